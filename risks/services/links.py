"""What a risk has to do with elsewhere: actions of the checklist, alerts. See `governance.sources`."""

import uuid

from django.db import transaction

from common.errors import DomainError
from governance.sources import offered_links
from organisations.models import User
from risks.models import Risk, RiskLink


@transaction.atomic
def link(*, risk: Risk, source: str, source_id: uuid.UUID, by: User) -> RiskLink:
    """Link a risk with something that the reader may read. Twice is once. Raises DomainError for what isn't there."""
    if not any(item.key == source_id for item in offered_links(risk.project, source)):
        raise DomainError("Choisissez dans la liste ce qui est à relier.", field="target")
    Risk.objects.select_for_update().get(pk=risk.pk)  # linked twice at once
    known = RiskLink.objects.filter(risk=risk, source=source, source_id=source_id).first()
    return known or RiskLink.objects.create(
        project_id=risk.project_id,
        og_id=risk.og_id,
        esms_id=risk.esms_id,
        place=risk.place,
        risk=risk,
        source=source,
        source_id=source_id,
        linked_by=by,
    )


@transaction.atomic
def unlink(*, risk: Risk, source: str, source_id: uuid.UUID) -> None:
    """Take a link away. Twice is once."""
    RiskLink.objects.filter(risk=risk, source=source, source_id=source_id).delete()
