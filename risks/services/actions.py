"""What is done about risks: actions written, proposed from a mark, followed, done, given up."""

import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from common.errors import DomainError, Forbidden
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.versions import change, change_fields
from governance.models import Alert
from organisations.models import User
from risks.catalogue import Question
from risks.enums import RISK_SOURCE, ActionKind
from risks.models import Risk, RiskAction, RiskLink
from risks.people import action_owners
from risks.places import Place
from risks.selectors.register import agreed_value
from risks.services.register import add_risk

EDITABLE = ("label", "kind", "owner", "due_on")
STRONG, STRONGEST = 7, 9  # marks from which a risk is probable, then almost certain
IMPACT = 2  # of a risk that a mark brought up, until somebody places it: a mark doesn’t tell, and alerts nobody


@transaction.atomic
def add_action(
    *, risk: Risk, label: str, kind: ActionKind, owner: User | None, due_on: date | None, by: User, token: uuid.UUID
) -> RiskAction:
    """Write an action about a risk; the same form posted twice writes it once.

    Raises DomainError when it says nothing, for an owner who can't have it, when the risk is closed.
    """
    label = " ".join(label.split())
    if not label:
        raise DomainError("Dites ce qu’il y a à faire.", field="label")
    current = Risk.objects.select_for_update().get(pk=risk.pk)
    current.project, current.esms = risk.project, risk.esms
    if known := RiskAction.objects.filter(place=risk.place, token=token).first():
        return known
    if not current.is_open:
        raise DomainError("Ce risque est clos : rouvrez-le pour y ajouter une action.")
    _check_owner(current, owner)
    return RiskAction.objects.create(
        project_id=risk.project_id,
        og_id=risk.og_id,
        esms_id=risk.esms_id,
        place=risk.place,
        risk=risk,
        label=label[:300],
        kind=kind,
        owner=owner,
        due_on=due_on,
        written_by=by,
        token=token,
    )


def _check_owner(risk: Risk, owner: User | None) -> None:
    """Raises DomainError for somebody to whom this action can't be given."""
    place = Place(risk.project, risk.esms)
    transmitted = risk.transmitted_at is not None
    if owner is None or owner in action_owners(place, transmitted=transmitted):
        return
    name = owner.get_full_name()
    if place.esms is None:
        words = f"{name} ne prend pas part au projet."
    elif transmitted:
        words = f"{name} n’est ni de la structure, ni de la direction de son OG, ni chef de projet."
    else:
        words = (
            f"{name} n’est pas de la structure. Une fois le risque transmis, l’action pourra aussi se donner au-dessus."
        )
    raise DomainError(words, field="owner")


def guessed_probability(mark: int) -> int:
    """The probability that a mark of the questionnaire gives to its risk, until somebody says otherwise."""
    if mark >= STRONGEST:
        return 4
    return 3 if mark >= STRONG else 2


@transaction.atomic
def propose_from_mark(
    *,
    place: Place,
    question: Question,
    owner: User | None,
    due_on: date | None,
    kind: ActionKind,
    by: User,
    token: uuid.UUID,
    probability: int | None = None,
    impact: int = IMPACT,
) -> RiskAction:
    """Make an action of what the questionnaire proposes against a mark. The risk of that question is noted too, unless
    it is open already: `probability` and `impact` are for a new one. Posted twice it is made once.

    Raises DomainError when the question has no mark, or for an owner who can't have it.
    """
    one_at_a_time(f"register:{place.id}")
    risk = Risk.objects.open().filter(place.rows, question=question.number).first()
    if risk is None:
        mark = agreed_value(place, question)
        if mark is None:
            raise DomainError("Cette question n’a pas de note : rien n’est à proposer.")
        placed = add_risk(
            place=place,
            by=by,
            title=question.text,
            category=question.category,
            probability=probability or guessed_probability(mark),
            impact=impact,
            token=token,
            question=question.number,
            owner=by,
        )
        risk = placed.risk
    risk.project, risk.esms = place.project, place.esms
    return add_action(risk=risk, label=question.mitigation, kind=kind, owner=owner, due_on=due_on, by=by, token=token)


@transaction.atomic
def edit_action(*, action: RiskAction, version: int, values: dict[str, Any]) -> RiskAction:
    """Write one field of an action. Raises Conflict when somebody changed that field since `version`, DomainError for
    an owner who can't have it, or once it is done or given up."""
    if not set(values) <= set(EDITABLE):
        raise ValueError(f"{', '.join(values)}: not edited one by one.")
    _open_one(action)
    if "owner" in values:
        _check_owner(action.risk, values["owner"])
    return change_fields(action, version=version, **values)


@transaction.atomic
def start_action(*, action: RiskAction, version: int) -> RiskAction:
    """Begin it. Twice is once."""
    current = _open_one(action)
    return current if current.started_on else change(action, version=version, started_on=timezone.localdate())


@transaction.atomic
def follow_action(*, action: RiskAction, version: int, progress: int, note: str) -> RiskAction:
    """How far it is, and where it stands; at 100 it is done.

    Raises Conflict when somebody said otherwise since `version`, DomainError once it is done or given up.
    """
    current = _open_one(action)
    if not 0 <= progress <= 100:
        raise DomainError("L’avancement va de 0 à 100 %.", field="progress")
    values: dict[str, Any] = {"progress": progress, "note": note.strip()}
    today = timezone.localdate()
    if progress and current.started_on is None:
        values["started_on"] = today
    if progress == 100:
        values["done_on"] = today
    return change_fields(action, version=version, **values)


@transaction.atomic
def finish_action(*, action: RiskAction, version: int) -> RiskAction:
    """It is done. Twice is once. Raises Conflict when it moved meanwhile, DomainError once it is given up."""
    current = _locked(action)
    if current.done_on is not None:
        return current
    _check_open(current)
    today = timezone.localdate()
    values = {"progress": 100, "done_on": today, "started_on": current.started_on or today}
    return change(action, version=version, **values)


@transaction.atomic
def give_up_action(*, action: RiskAction, version: int, why: str) -> RiskAction:
    """Not do it after all. Twice is once. Raises DomainError without a reason or once it is done."""
    current, why = _locked(action), why.strip()
    if not why:
        raise DomainError("Dites pourquoi l’action est abandonnée.", field="why")
    if current.given_up_on is not None:
        return current
    _check_open(current)
    with refused_in_words(RiskAction, field="why"):
        return change(action, version=version, given_up_on=timezone.localdate(), given_up_why=why)


@transaction.atomic
def resume_action(*, action: RiskAction, keeps: bool) -> RiskAction:
    """Take back that it is done or given up: it is as far as it was. Twice is once. `keeps`: on behalf of the register,
    which alone takes up what it gave up (Forbidden)."""
    current = _locked(action)
    if current.done_on is None and current.given_up_on is None:
        return current
    if current.given_up_on is not None and not keeps:
        raise Forbidden("Cette action est abandonnée : qui tient le registre peut la reprendre.")
    events: Any = current
    before = events.history.filter(progress__lt=100).order_by("-pgh_id").first()
    values = {"progress": before.progress if before else 0, "done_on": None, "given_up_on": None, "given_up_why": ""}
    return change(current, version=current.version, **values)


@transaction.atomic
def remove_action(*, action: RiskAction) -> bool:
    """Take back an action just written, with the risk that was noted in the same gesture if nothing was made of it
    since. Returns whether the risk is gone too; twice is once. Raises DomainError once somebody worked on it."""
    current = RiskAction.objects.select_for_update().filter(pk=action.pk).first()
    if current is None:
        return False
    if current.version != 1:
        raise DomainError("Cette action a déjà changé : abandonnez-la en disant pourquoi.")
    current.delete()
    risk = Risk.objects.select_for_update().get(pk=action.risk_id)
    noted_with_it = risk.token == current.token and risk.version == 1
    if not noted_with_it or risk.actions.exists() or RiskLink.objects.filter(risk=risk).exists():
        return False
    if Alert.objects.filter(project=risk.project_id, source=RISK_SOURCE, source_id=risk.pk).exists():
        return False
    risk.delete()
    return True


def _locked(action: RiskAction) -> RiskAction:
    return RiskAction.objects.select_for_update().get(pk=action.pk)


def _check_open(action: RiskAction) -> None:
    if action.done_on is not None:
        raise DomainError("Cette action est faite : reprenez-la pour la changer.")
    if action.given_up_on is not None:
        raise DomainError("Cette action est abandonnée : reprenez-la pour la changer.")


def _open_one(action: RiskAction) -> RiskAction:
    current = _locked(action)
    _check_open(current)
    return current
