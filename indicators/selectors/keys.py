"""Keys: those of a place, whose a key is, and what one may send with it."""

import hashlib
from collections.abc import Sequence

from django.utils import timezone

from common.scope import Scope, elevated
from indicators.enums import IndicatorPhase
from indicators.models import PushKey
from indicators.selectors.definitions import Followed
from organisations.models import ESMS, Project

LONGEST = 100  # what is longer is no key


def digest_of(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def keys_of(project: Project, esms: ESMS | None) -> list[PushKey]:
    """Those of a structure, or the vendor's; the latest first. One query."""
    place = esms.pk if esms else project.pk
    return list(PushKey.objects.filter(project=project, place=place).select_related("issued_by", "revoked_by"))


def find_key(text: str) -> PushKey | None:
    """The key that this is, when it is good today. Elevated: who sends has signed in nowhere. One query.

    Found by its digest: what is compared is nothing that the sender chooses.
    """
    if not text.isascii() or len(text) > LONGEST:
        return None
    with elevated():
        rows = PushKey.objects.select_related("project", "esms").filter(
            revoked_at=None, expires_on__gte=timezone.localdate()
        )
        return rows.filter(digest=digest_of(text)).first()


def scope_of_key(key: PushKey) -> Scope:
    """What the key itself is kept in: its project, and its structure; for the vendor, who has none, also what was given
    in the project, since the rows of their keys are shown with it. No query."""
    project = frozenset({str(key.project_id)})
    if key.esms_id:
        return Scope(project_ids=project, esms_ids=frozenset({str(key.esms_id)}))
    return Scope(project_ids=project, indicator_project_ids=project)


def scope_of_sending(esms: ESMS) -> Scope:
    """What is written under a key: one structure. No query."""
    return Scope(project_ids=frozenset({str(esms.project_id)}), esms_ids=frozenset({str(esms.pk)}))


def sent_by(esms: ESMS | None, found: Sequence[Followed]) -> list[Followed]:
    """The indicators that a key of a structure, or of the vendor, may send: those that are entered; of usage only for
    the vendor. No query."""
    return [
        one
        for one in found
        if one.entered and (one.concerns(esms) if esms else one.definition.phase == IndicatorPhase.USAGE)
    ]


def structures_of(project: Project) -> list[ESMS]:
    """Those that the vendor may send for, by name. One query."""
    return list(ESMS.objects.filter(project=project).order_by("name", "pk"))
