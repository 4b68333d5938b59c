"""Weights of OG: fixed by a decision of the COSTRAT, from a day on, never changed."""

import uuid
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from common.errors import DomainError
from common.french import long_date, typography
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from governance.enums import BodyKind, WeightingMethod
from governance.models import Body, Decision, Weighting, WeightShare
from governance.selectors.weights import last_session
from governance.services.decisions import record_decision
from governance.weights import PROPORTIONAL, weigh
from organisations.enums import ProjectKind
from organisations.models import OG, Project, User

TITLE = "Les poids des OG"


@transaction.atomic
def record_weighting(
    *,
    project: Project,
    method: WeightingMethod,
    bases: Mapping[OG, Decimal],
    effective_on: date,
    user: User,
    token: uuid.UUID,
    decision: Decision | None = None,
    decided_on: date | None = None,
    text: str = "",
    cap: Decimal | None = None,
    floor: Decimal | None = None,
    rule: str = "",
) -> Weighting:
    """Fix what each OG weighs from a day on; the same form posted twice fixes it once.

    `bases`: of each OG of the project, its ESMS, its places, its euros, or the percentage agreed on. `decision`: of the
    COSTRAT, that adopts them; without it one is recorded, taken on `decided_on` in the words of `text`.
    Raises DomainError (field) for bases that give no weights, a decision that isn't the COSTRAT's, or a day before the
    decision or no later than the last COSTRAT: a revision takes effect at the next one.
    """
    if project.kind != ProjectKind.MULTI_OG:
        raise DomainError("Ce projet est celui d’un seul OG : il n’y a pas de poids à fixer.")
    one_at_a_time(f"weighting:{project.pk}")
    of_project = Weighting.objects.filter(project=project)
    if known := of_project.filter(token=token).first():
        return known
    if set(bases) != set(OG.objects.filter(project=project)):
        raise DomainError("Les OG du projet ont changé entre-temps : rechargez la page.")
    bounds = {"cap": cap, "floor": floor} if method in PROPORTIONAL else {}
    shares = weigh(method, bases, **bounds)
    if decision is None:
        decision = _decide(project, decided_on, text, user, token)
    _check_effective(project, decision, effective_on)
    weighting = Weighting.objects.create(
        project=project,
        number=(of_project.aggregate(last=Max("number"))["last"] or 0) + 1,
        method=method,
        rule=rule.strip(),
        decision=decision,
        effective_on=effective_on,
        recorded_by=user,
        token=token,
        **bounds,
    )
    with refused_in_words(WeightShare):
        WeightShare.objects.bulk_create(
            WeightShare(
                project=project,
                weighting=weighting,
                og=og,
                basis=bases[og] if method in PROPORTIONAL else None,
                percent=percent,
            )
            for og, percent in shares.items()
        )
    return weighting


def _decide(project: Project, decided_on: date | None, text: str, user: User, token: uuid.UUID) -> Decision:
    if decided_on is None:
        raise DomainError("Donnez la date de la décision du COSTRAT.", field="decided_on")
    costrat = Body.objects.select_related("project").filter(project=project, kind=BodyKind.COSTRAT).first()
    if costrat is None:
        raise DomainError("Le projet n’a pas encore de COSTRAT : créez-le d’abord, dans « Instances ».")
    return record_decision(body=costrat, decided_on=decided_on, title=TITLE, text=text, user=user, token=token)


def _check_effective(project: Project, decision: Decision, effective_on: date) -> None:
    if decision.project_id != project.pk or decision.body.kind != BodyKind.COSTRAT:
        raise DomainError("Les poids s’adoptent par une décision du COSTRAT.", field="decision")
    if effective_on < decision.decided_on:
        raise DomainError(
            typography(
                f"La décision est du {long_date(decision.decided_on)} : les poids ne prennent pas effet avant elle."
            ),
            field="effective_on",
        )
    last = last_session(project)
    if last is not None and effective_on <= last:
        raise DomainError(
            typography(
                "Toute révision prend effet à la séance suivante : choisissez un jour après le dernier COSTRAT, "
                f"du {long_date(last)}."
            ),
            field="effective_on",
        )
