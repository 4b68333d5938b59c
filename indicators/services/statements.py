"""The life of a statement: submitted to the direction where the campaign wants it, given, sent back, taken up again."""

from django.db import transaction
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.versions import change
from indicators.enums import StatementStatus
from indicators.models import Figure, Statement
from indicators.selectors.entry import blocking, missing, read_sheet
from indicators.services.figures import OVER, withdraw
from organisations.models import User

NOT_SUBMITTED = "Ce relevé n’est pas soumis à la direction : il n’y a rien à renvoyer."
DIRECTION_GIVES = "Dans cette campagne, c’est la direction de la structure qui valide et rend le relevé."
NOTHING_TO_SUBMIT = "Dans cette campagne, un relevé se rend sans passer par la direction."


@transaction.atomic
def give(*, statement: Statement, validates: bool, by: User, version: int | None = None) -> Statement:
    """Its figures are read above the structure from now on. `validates`: who gives has the last word in the structure;
    `version`: that of the statement that was read, for who signs what others entered. Twice is once. Raises Conflict
    when it was taken up again since, DomainError while it is not complete or doesn't hold together, or when it may not
    be given."""
    current = _locked(statement)
    if current.status == StatementStatus.GIVEN:
        return current
    if version is not None and current.version != version:
        raise Conflict(current=current, attempted={})
    _entered(current)
    if current.campaign.validated and not validates:
        raise DomainError(DIRECTION_GIVES)
    _complete(current)
    _weigh(current)
    Figure.objects.filter(statement=current).update(published=True)
    now = timezone.now()
    return change(
        current,
        version=current.version,
        status=StatementStatus.GIVEN,
        given_by=by,
        given_at=now,
        first_given_at=current.first_given_at or now,
        sent_back_by=None,
        sent_back_at=None,
        sent_back_why="",
    )


@transaction.atomic
def submit(*, statement: Statement, by: User) -> Statement:
    """Ask the direction to validate it. Twice is once. Raises DomainError as `give`."""
    current = _locked(statement)
    if current.status != StatementStatus.OPEN:
        return current
    _entered(current)
    if not current.campaign.validated:
        raise DomainError(NOTHING_TO_SUBMIT)
    _complete(current)
    return change(
        current,
        version=current.version,
        status=StatementStatus.SUBMITTED,
        submitted_by=by,
        submitted_at=timezone.now(),
        sent_back_by=None,
        sent_back_at=None,
        sent_back_why="",
    )


@transaction.atomic
def send_back(*, statement: Statement, why: str, by: User) -> Statement:
    """The direction wants something else in what was submitted to it. Raises DomainError without a word, or when it was
    not submitted."""
    current = _locked(statement)
    why = why.strip()
    if not why:
        raise DomainError("Dites en un mot ce qui est à reprendre.", field="why")
    if len(why) > 300:
        raise DomainError("Ce mot tient en 300 signes.", field="why")
    if current.status != StatementStatus.SUBMITTED:
        raise DomainError(NOT_SUBMITTED)
    return change(
        current,
        version=current.version,
        status=StatementStatus.OPEN,
        submitted_by=None,
        submitted_at=None,
        sent_back_by=by,
        sent_back_at=timezone.now(),
        sent_back_why=why,
    )


@transaction.atomic
def resume(*, statement: Statement, validates: bool) -> Statement:
    """Take it back while it may be entered: its figures can change, and are read above the structure no more until it
    is given again. Twice is once. Raises DomainError when the collection is over, or when only the direction may."""
    current = _locked(statement)
    if current.status == StatementStatus.OPEN:
        return current
    _entered(current)
    was_given = current.status == StatementStatus.GIVEN
    if was_given and current.campaign.validated and not validates:
        raise DomainError("La direction a validé ce relevé : elle seule peut le reprendre.")
    change(
        current,
        version=current.version,
        status=StatementStatus.OPEN,
        submitted_by=None,
        submitted_at=None,
        given_by=None,
        given_at=None,
    )
    if was_given:
        withdraw(current)
    return current


def _locked(statement: Statement) -> Statement:
    """Nobody writes a figure of it, gives it or takes it back meanwhile."""
    rows = Statement.objects.select_for_update(no_key=True, of=("self",)).select_related("campaign", "esms__project")
    return rows.get(pk=statement.pk)


def _entered(statement: Statement) -> None:
    if not statement.may_be_entered(timezone.localdate()):
        raise DomainError(OVER)


def _complete(statement: Statement) -> None:
    sheet = read_sheet(statement.esms, statement)
    if left := len(missing(sheet)):
        raise DomainError(
            "Il manque encore une valeur : donnez-la, ou dites pourquoi elle manque."
            if left == 1
            else f"Il manque encore {left} valeurs : donnez-les, ou dites pourquoi elles manquent."
        )
    if found := blocking(sheet):
        raise DomainError(found[0].message)


def _weigh(statement: Statement) -> None:
    """What weighs a mean among structures is the figure of another indicator of the same statement."""
    figures = {
        figure.indicator.code: figure
        for figure in Figure.objects.filter(statement=statement).select_related("indicator", "definition")
    }
    for figure in figures.values():
        if not figure.definition.weighted_by or figure.amount is None:
            continue
        weight = figures.get(figure.definition.weighted_by)
        base = weight.amount if weight and weight.amount else None  # nothing to weigh it by: it weighs as one
        if figure.base != base:
            Figure.objects.filter(pk=figure.pk).update(base=base)
