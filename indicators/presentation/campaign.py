"""One campaign: who gave, who is where, who is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from common import french
from common.charts import Bar, Bars, Part
from common.history import entries
from common.ui import Entry, Link
from indicators.enums import StatementStatus
from indicators.models import Campaign
from indicators.presentation import crumbs
from indicators.presentation.campaigns import Mark, given_in_words, mark_of
from indicators.selectors.campaigns import FollowUp, Standing, sent_back
from organisations.forms.follow_up import Filters


@dataclass(frozen=True)
class Stat:
    value: str
    label: str
    tone: str | None = None


@dataclass(frozen=True)
class Line:
    """One structure. `act`: what the lead may do of its statement, if anything."""

    name: str
    url: str
    og: str
    mark: Mark
    detail: str
    note: str
    act: Link | None


@dataclass(frozen=True)
class CampaignPage:
    title: str
    lede: str
    crumbs: list[Link]
    mark: Mark
    stats: list[Stat]
    picture: Bars
    message: str
    reason: str
    more: str
    remind: str
    entries: list[Entry]


def campaign_page(found: FollowUp) -> CampaignPage:
    campaign, counts = found.campaign, found.reporting
    project, late = campaign.project, len(found.late)
    campaigns = Link("Campagnes", reverse("indicator_campaigns", args=[project.slug]))
    adding = french.counted(
        len(found.others),
        "autre structure peut être interrogée",
        "autres structures peuvent être interrogées",
        feminine=True,
    )
    return CampaignPage(
        title=_title(found),
        lede=said_of(found),
        crumbs=crumbs.of_project(project, campaigns, Link(french.capital(campaign.period.label))),
        mark=mark_of(campaign, found.today),
        stats=[
            Stat(french.number(counts.expected), french.agree(counts.expected, "attendu", "attendus")),
            Stat(french.number(counts.received), french.agree(counts.received, "rendu", "rendus"), "ok"),
            Stat(french.number(counts.on_time), french.agree(counts.on_time, "à temps", "à temps")),
            Stat(french.number(counts.late), "après la date", "late" if counts.late else None),
        ],
        picture=_picture(found),
        message=french.typography(campaign.message),
        reason=french.typography(campaign.extended_why),
        more=french.capital(adding) if found.others and not campaign.closed_at else "",
        remind=f"Relancer {french.agree(late, 'la structure', f'les {late} structures')} en retard" if late else "",
        entries=_history(campaign),
    )


def _title(found: FollowUp) -> str:
    """« Sept relevés sur douze sont rendus ; trois sont en retard »."""
    said, counts = given_in_words(found.reporting), found.reporting
    late = sum(bool(one.days_late) for one in found.standings)
    if found.campaign.closed_at or found.campaign.closes_on < found.today:
        if counts.received and counts.missing:
            said += f" ; {french.in_words(counts.missing)} {french.agree(counts.missing, 'manque', 'manquent')}"
        said = said.replace("n’est encore", "n’est")
    elif late:
        said += f" ; {french.in_words(late)} {french.agree(late, 'est en retard', 'sont en retard')}"
    return french.typography(french.capital(said))


def said_of(found: FollowUp) -> str:
    """« Relevés d’octobre 2026, à rendre le 10 novembre 2026, dans dix jours ; saisie possible jusqu’au … »."""
    campaign, today = found.campaign, found.today
    what = f"Relevés {campaign.period.genitive}"
    if campaign.closed_at:
        return french.typography(f"{what} : campagne close le {french.long_date(campaign.closed_at)}.")
    due, last = french.long_date(campaign.due_on), french.long_date(campaign.closes_on)
    if campaign.closes_on < today:
        return french.typography(f"{what}, à rendre le {due} : la saisie s’est achevée le {last}.")
    if campaign.opens_on > today:
        first = french.long_date(campaign.opens_on)
        return french.typography(f"{what} : la saisie ouvre le {first}, ils sont à rendre le {due}.")
    day = f"à rendre le {due}, {french.relative(campaign.due_on, today)}"
    return french.typography(f"{what}, {day} ; la saisie reste possible jusqu’au {last}.")


def _picture(found: FollowUp) -> Bars:
    """How many are where, by OG."""
    by_og: dict[str, list[Standing]] = {}
    for one in sorted(found.standings, key=lambda one: one.esms.og.name):
        by_og.setdefault(french.typography(one.esms.og.short_name), []).append(one)
    worst = min(by_og.items(), key=lambda og: sum(one.given for one in og[1]) / len(og[1]), default=None)
    sentence = "Le reste de chaque barre n’est pas commencé."
    if worst and len(by_og) > 1 and not all(one.given for one in worst[1]):
        sentence = f"C’est chez {worst[0]} qu’il en manque le plus. {sentence}"
    return Bars(
        title="Où en sont les relevés, par OG",
        sentence=french.typography(sentence),
        row_label="OG",
        total_label="Attendus",
        parts=[
            Part("Rendus à temps", "ok", "s-ok"),
            Part("Rendus en retard", "late", "s-watch"),
            Part("En cours", "progress", "s-progress"),
        ],
        bars=[
            Bar(
                label=name,
                values=[
                    sum(one.on_time for one in held),
                    sum(one.given and not one.on_time for one in held),
                    sum(not one.given and _begun(one) for one in held),
                ],
                total=len(held),
                note=f"{sum(one.given for one in held)} sur {len(held)}",
            )
            for name, held in by_og.items()
        ],
    )


def _begun(one: Standing) -> bool:
    return bool(one.progress.filled) or one.statement.status == StatementStatus.SUBMITTED


def _history(campaign: Campaign) -> list[Entry]:
    """Opened, given more time, closed, opened again; one after the other, with why."""
    found = []
    for entry in entries(campaign, ["due_on", "extended_why", "closed_at"]):
        values: dict[str, Any] = {change.field: change.new for change in entry.changes}
        if entry.label == "insert":
            by_itself = "" if campaign.opened_by_id else " d’elle-même"
            said = f"ouverte{by_itself} pour le {french.long_date(values['due_on'])}"
        elif "closed_at" in values:
            said = "close" if values["closed_at"] else "rouverte"
        else:
            day = values.get("due_on", campaign.due_on)
            said = f"nouvelle date, le {french.long_date(day)} : {values.get('extended_why', campaign.extended_why)}"
        found.append(Entry(entry.at, entry.who, french.typography(said)))
    return found


# --- Structures ------------------------------------------------------------------------------------------------------

# What waits longest for somebody first.
_RANKS = ("ko", "late", "todo", "progress", "accent", "ok")


def in_order(standings: Sequence[Standing]) -> list[Standing]:
    """Those that the lead has to look at first."""
    return sorted(standings, key=lambda one: (_RANKS.index(state_of(one).tone), one.esms.og.name, one.esms.name))


def lines_of(standings: Sequence[Standing]) -> list[Line]:
    return [_line(one) for one in standings]


def _line(one: Standing) -> Line:
    esms, row = one.esms, one.statement
    project = row.campaign.project
    note = ""
    if row.sent_back_why and not one.given:
        note = f"« {row.sent_back_why} »"
    return Line(
        name=french.typography(esms.name),
        url=reverse("structure_indicators", args=[project.slug, esms.slug]),
        og=french.typography(esms.og.short_name),
        mark=state_of(one),
        detail=french.typography(detail_of(one)),
        note=french.typography(note),
        act=_act(one),
    )


def _act(one: Standing) -> Link | None:
    campaign = one.statement.campaign
    arguments = [campaign.project.slug, campaign.period.code, one.esms.slug]
    if one.given:
        return Link("Renvoyer", reverse("indicator_campaign_statement_return", args=arguments))
    if one.open_until is None and campaign.opens_on <= one.today:
        return Link("Rouvrir", reverse("indicator_campaign_statement_reopen", args=arguments))
    return None


def state_of(one: Standing) -> Mark:
    row, campaign = one.statement, one.statement.campaign
    if one.given:
        return Mark("Rendu", "ok", "s-ok") if one.on_time else Mark("Rendu en retard", "ok", "s-ok")
    if campaign.opens_on > one.today:
        return Mark("À venir", "todo", "s-todo")
    if one.open_until is None:
        return Mark("Non rendu", "ko", "s-ko")
    if row.status == StatementStatus.SUBMITTED:
        return Mark("Soumis à la direction", "accent", "s-watch")
    if not campaign.is_running(one.today):
        return Mark("Rouvert", "progress", "s-progress")
    if one.days_late:
        return Mark("En retard", "late", "s-watch")
    if sent_back(row):
        return Mark("Renvoyé", "late", "s-watch")
    return Mark("En cours", "progress", "s-progress") if one.progress.filled else Mark("Non commencé", "todo", "s-todo")


def detail_of(one: Standing) -> str:
    """« le 8 novembre, à temps », « 5 valeurs sur 17, en retard de trois jours »."""
    row = one.statement
    if one.given:
        first, last = row.first_given_at, row.given_at
        if not (first and last):
            return ""
        days = (french.day(first) - row.campaign.due_on).days
        delay = "à temps" if one.on_time else f"{french.counted(days, 'jour', 'jours')} après la date"
        again = f", repris le {french.short_date(last)}" if french.day(last) != french.day(first) else ""
        return f"le {french.short_date(first)}, {delay}{again}"
    done = lines_in_words(one)
    if row.status == StatementStatus.SUBMITTED and row.submitted_at:
        done = f"le {french.short_date(row.submitted_at)}"
    said = [done] if done else []
    if one.open_until and not row.campaign.is_running(one.today):
        said.append(f"jusqu’au {french.short_date(one.open_until)}")
    elif one.days_late and one.open_until:
        said.append(f"en retard de {french.counted(one.days_late, 'jour', 'jours')}")
    return ", ".join(said)


def lines_in_words(one: Standing) -> str:
    """« 5 valeurs sur 17 »; « rien à saisir »."""
    if not one.progress.asked:
        return "rien à saisir"
    if not one.progress.filled:
        return f"0 valeur sur {french.number(one.progress.asked)}"
    return f"{french.plural(one.progress.filled, 'valeur', 'valeurs')} sur {french.number(one.progress.asked)}"


def shown_in_words(shown: Sequence[Standing], found: FollowUp, filters: Filters[Standing]) -> str:
    """« 3 structures sur 12 », once narrowed."""
    if not filters.parameters:
        return ""
    count = french.plural(len(shown), "structure", "structures")
    return f"{count} sur {french.number(len(found.standings))}"
