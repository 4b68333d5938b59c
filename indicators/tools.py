"""What indicators tell the pathway of a structure, and what they ask of it. Imported by the app when it is ready."""

import uuid
from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.text import Truncator

from common import french
from indicators.aggregates import filled_lines
from indicators.enums import IndicatorPhase, StatementStatus
from indicators.models import Statement
from indicators.selectors.awaited import latest, of_phase
from indicators.selectors.campaigns import Progress, asked_in, enterable, progress_of, sent_back
from indicators.selectors.definitions import followed_in
from organisations.models import ESMS
from structures.addresses import done_at
from structures.asks import Ask, asks
from structures.enums.pathway import LineState
from structures.facts import Fact, facts

EXCERPT = 120  # characters of why it is to be taken up again
# Lines of local_actions.yaml that a statement says: what it holds of each phase. Steering is the direction's to say.
LINES = {
    "act_enter_deployment_indicators": IndicatorPhase.DEPLOYMENT,
    "act_follow_usage": IndicatorPhase.USAGE,
}

done_at("indicators", "structure_indicators")  # who only reads may open it too


@facts("indicators")
def indicator_facts(structures: Sequence[ESMS]) -> dict[tuple[uuid.UUID, str], Fact]:
    """From the last statement that asked something of the kind. A structure of which no campaign asked anything ticks
    its lines by hand. Three queries, and those that change role."""
    today = french.today()
    rows = latest(structures, today)
    known = followed_in({row.project_id for row in rows})
    filled = filled_lines([row.pk for row in rows])
    found: dict[tuple[uuid.UUID, str], Fact] = {}
    for row in sorted(rows, key=lambda row: (row.campaign.opens_on, row.campaign.period_start)):
        asked = asked_in(row, known)
        for code, phase in LINES.items():
            if lines := of_phase(asked, phase):
                done = sum(one.indicator.pk in filled.get(row.pk, ()) for one in lines)
                found[row.esms_id, code] = _fact(row, Progress(done, len(lines)))
    return found


def _fact(row: Statement, progress: Progress) -> Fact:
    campaign, today = row.campaign, french.today()
    what = f"relevé {campaign.period.genitive}"
    if row.status == StatementStatus.GIVEN and row.given_at:
        day = french.day(row.given_at)
        return Fact(LineState.DONE, f"{what} rendu le {french.long_date(day)}", day)
    if row.status == StatementStatus.SUBMITTED and row.submitted_at:
        day = french.day(row.submitted_at)
        return Fact(LineState.SUBMITTED, f"{what} soumis à la direction le {french.long_date(day)}", day)
    if sent_back(row) and row.sent_back_at:
        return Fact(LineState.IN_PROGRESS, f"{what} renvoyé le {french.long_date(row.sent_back_at)}, à reprendre")
    if not row.may_be_entered(today):
        return Fact(LineState.TODO, f"{what} non rendu, la collecte est finie")
    if progress.filled:
        return Fact(LineState.IN_PROGRESS, f"{what}, {_lines(progress)}")
    return Fact(LineState.TODO, f"{what} attendu pour le {french.long_date(campaign.due_on)}")


def _lines(progress: Progress) -> str:
    """« 5 valeurs sur 9 »."""
    return f"{french.plural(progress.filled, 'valeur', 'valeurs')} sur {french.number(progress.asked)}"


@asks("indicators")
def indicator_asks(structures: Sequence[ESMS]) -> list[Ask]:
    """What comes next for each statement that may be entered today. Three queries, and those that change role."""
    rows = enterable(structures, french.today())
    progress: Mapping[uuid.UUID, Progress] = progress_of(rows) if rows else {}
    return [_ask(row, progress[row.pk]) for row in rows]


def _ask(row: Statement, progress: Progress) -> Ask:
    esms, campaign = row.esms, row.campaign
    what = campaign.period.genitive
    url = reverse("statement", args=[esms.project.slug, esms.slug, campaign.period.code])
    again = None if campaign.is_running(french.today()) else row.reopened_until
    due_on = again or campaign.due_on
    if row.status == StatementStatus.SUBMITTED:
        day = f"soumis le {french.long_date(row.submitted_at)}" if row.submitted_at else ""
        return Ask(esms, f"Valider le relevé {what}", url, day, due_on, of_director=True, icon="check")
    word = Truncator(row.sent_back_why).chars(EXCERPT)
    if sent_back(row):
        return Ask(
            esms, f"Reprendre le relevé {what}", url, french.typography(f"renvoyé : « {word} »"), due_on, icon="chat"
        )
    said = [_lines(progress)]
    if again:
        said.append(f"rouvert jusqu’au {french.long_date(again)} : « {word} »")
    elif campaign.extended_why:
        said.append(f"date changée : {campaign.extended_why}")
    title = f"Saisir les indicateurs {what}"
    if progress.complete:
        title = f"{'Soumettre' if campaign.validated else 'Rendre'} les indicateurs {what}"
    icon = "check" if progress.complete else "edit"
    return Ask(esms, title, url, french.typography(" · ".join(said)), due_on, icon=icon)
