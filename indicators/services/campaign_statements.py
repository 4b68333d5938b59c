"""What the lead does of the statement of one structure: lets it be entered after the end, sends it back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from common import french
from common.errors import Conflict, DomainError
from common.scope import elevated
from common.versions import change
from indicators.enums import StatementStatus
from indicators.models import Statement
from indicators.services.figures import withdraw
from organisations.models import User

NO_REASON = "Dites pourquoi : la structure le lira."
GONE_BY = "Ce jour est passé : donnez un jour à venir."


@transaction.atomic
def reopen_statement(*, statement: Statement, version: int, until: date, reason: str, by: User) -> Statement:
    """Let one structure enter until a day, though the campaign is over for the others. Raises DomainError for a day
    gone by, without a reason, for what is given (it is sent back); Conflict when somebody changed it since."""
    reason = reason.strip()
    _check(until, reason)
    current = _seen(statement, version)
    if current.status == StatementStatus.GIVEN:
        raise DomainError("Ce relevé est rendu : renvoyez-le à la structure pour qu’elle le reprenne.")
    campaign = current.campaign
    if campaign.is_running(timezone.localdate()) and until <= campaign.closes_on:
        raise DomainError(
            f"La saisie est ouverte à tous jusqu’au {french.long_date(campaign.closes_on)} : donnez un jour d’après.",
            field="until",
        )
    return change(
        current,
        version=version,
        reopened_until=until,
        sent_back_why=reason,
        sent_back_by=by,
        sent_back_at=timezone.now(),
    )


@transaction.atomic
def return_statement(
    *, statement: Statement, version: int, reason: str, by: User, until: date | None = None
) -> Statement:
    """Send what was given back to its structure, with a word: its figures are its own again. `until`: the last day on
    which it may be entered, asked for when its campaign is over. Raises as `reopen_statement`."""
    reason = reason.strip()
    _check(until, reason)
    current = _seen(statement, version)
    if current.status != StatementStatus.GIVEN:
        raise DomainError("Ce relevé n’est pas rendu : il n’y a rien à renvoyer.")
    last = max(filter(None, (until, current.reopened_until)), default=None)
    if not current.campaign.is_running(timezone.localdate()) and (last is None or last < timezone.localdate()):
        raise DomainError("La campagne est finie : dites jusqu’à quel jour la structure peut corriger.", field="until")
    change(
        current,
        version=version,
        status=StatementStatus.OPEN,
        reopened_until=last,
        sent_back_why=reason,
        sent_back_by=by,
        sent_back_at=timezone.now(),
    )
    with elevated():  # the lead doesn't read what is not given
        withdraw(current)
    return current


def _check(until: date | None, reason: str) -> None:
    if not reason:
        raise DomainError(NO_REASON, field="reason")
    if until and until < timezone.localdate():
        raise DomainError(GONE_BY, field="until")


def _seen(statement: Statement, version: int) -> Statement:
    """As it stands, held until the transaction ends, if it is the one that was read."""
    rows = Statement.objects.select_for_update(no_key=True, of=("self",)).select_related("campaign", "esms")
    current = rows.get(pk=statement.pk)
    if current.version != version:
        raise Conflict(current=current, attempted={})
    return current
