"""Campaigns as they are followed: all of them, then who answers one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from common import french
from common.history import entries
from common.ui import Entry, Link
from organisations.models import Project
from risks.enums import AssessmentStatus
from risks.models import RiskCampaign
from risks.places import Place
from risks.presentation import words
from risks.presentation.crumbs import crumbs
from risks.selectors.campaigns import Counted, FollowUp, Standing

THE_PROJECT = "Le projet lui-même"


def name_of(campaign: RiskCampaign) -> str:
    """« Campagne n° 2, fin de la phase Cadrage »."""
    return french.typography(f"{campaign}, {campaign.title[:1].lower()}{campaign.title[1:]}")


def said_of(campaign: RiskCampaign, today: date) -> str:
    """« Campagne n° 2, fin de la phase Cadrage : analyses attendues pour le 10 décembre 2026, dans 10 jours. »"""
    name, day = name_of(campaign), french.long_date(campaign.due_on)
    if campaign.closed_at:
        return french.typography(f"{name}, close le {french.long_date(campaign.closed_at)}.")
    said = "les analyses étaient attendues" if campaign.due_on < today else "les analyses sont attendues"
    return french.typography(f"{name} : {said} pour le {day}, {french.relative(campaign.due_on, today)}.")


def state_of(campaign: RiskCampaign, today: date) -> words.Mark:
    if campaign.closed_at:
        return words.Mark("Close", "ok", "s-ok")
    if campaign.due_on < today:
        return words.Mark("Ouverte, date passée", "late", "s-watch")
    return words.Mark("Ouverte", "progress", "s-progress")


# --- All of them -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CampaignLine:
    url: str
    title: str
    when: str
    due: str
    count: str
    mark: words.Mark


@dataclass(frozen=True)
class CampaignsPage:
    title: str
    lede: str
    crumbs: list[Link]
    lines: list[CampaignLine]


def campaigns_page(found: Sequence[Counted], project: Project) -> CampaignsPage:
    today, place = french.today(), Place(project)
    return CampaignsPage(
        title=_campaigns_title(found),
        lede="Au début du projet, puis à la fin de chaque phase, chaque structure dit où est le risque.",
        crumbs=crumbs(place, Link("Campagnes")),
        lines=[
            CampaignLine(
                url=place.url("risk_campaign", one.campaign.number),
                title=french.typography(str(one.campaign)),
                when=one.campaign.title,
                due=french.long_date(one.campaign.due_on),
                count=f"{french.number(one.transmitted)} sur {french.number(one.asked)}",
                mark=state_of(one.campaign, today),
            )
            for one in found
        ],
    )


def _campaigns_title(found: Sequence[Counted]) -> str:
    opened = [one for one in found if one.campaign.closed_at is None]
    if not found:
        return "Aucune campagne n’a encore été ouverte"
    if not opened:
        return "Aucune campagne n’est ouverte"
    asked, done = sum(one.asked for one in opened), sum(one.transmitted for one in opened)
    campaigns = french.counted(len(opened), "campagne est ouverte", "campagnes sont ouvertes", feminine=True)
    return french.typography(french.capital(f"{campaigns} : {_transmitted(done, asked)}"))


def _transmitted(done: int, asked: int) -> str:
    """« neuf analyses sur douze sont transmises »."""
    if not done:
        return "aucune analyse n’est encore transmise"
    if done == asked:
        return french.agree(asked, "l’analyse est transmise", f"les {french.in_words(asked)} analyses sont transmises")
    count = french.counted(done, "analyse", "analyses", feminine=True)
    return f"{count} sur {french.in_words(asked)} {french.agree(done, 'est transmise', 'sont transmises')}"


# --- One of them -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stat:
    value: str
    label: str
    tone: str | None = None


@dataclass(frozen=True)
class Line:
    url: str
    icon: str
    title: str
    tone: str
    detail: str
    when: str


@dataclass(frozen=True)
class LineGroup:
    id: str
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class CampaignPage:
    title: str
    lede: str
    crumbs: list[Link]
    message: str
    reason: str
    stats: list[Stat]
    groups: list[LineGroup]
    may_add: str
    entries: list[Entry]


NOT_BEGUN = "pas-commence"
# What waits longest for somebody first.
STEPS = {
    NOT_BEGUN: "Pas commencées",
    "reponses": "Réponses en cours",
    "commun": "En mise en commun",
    "direction": "Chez la direction",
    "transmises": "Transmises",
}
STEP_OF = {
    AssessmentStatus.ANSWERING: "reponses",
    AssessmentStatus.CONVERGING: "commun",
    AssessmentStatus.SUBMITTED: "direction",
    AssessmentStatus.VALIDATED: "direction",
    AssessmentStatus.TRANSMITTED: "transmises",
}


def campaign_page(found: FollowUp) -> CampaignPage:
    campaign, place = found.campaign, Place(found.campaign.project)
    by_step = {step: [one for one in found.standings if _step(one) == step] for step in STEPS}
    adding = french.counted(
        len(found.to_add), "structure n’est pas sollicitée", "structures ne sont pas sollicitées", feminine=True
    )
    return CampaignPage(
        title=_title(found),
        lede=said_of(campaign, found.today),
        crumbs=crumbs(place, Link("Campagnes", place.url("risk_campaigns")), Link(french.typography(str(campaign)))),
        message=french.typography(campaign.message),
        reason=french.typography(campaign.extended_why),
        stats=[
            Stat(french.number(len(by_step[step])), label.lower(), "ok" if step == "transmises" else None)
            for step, label in STEPS.items()
        ],
        groups=[
            LineGroup(step, STEPS[step], [_line(item, found) for item in held])
            for step, held in by_step.items()
            if held
        ],
        may_add=french.capital(adding) if found.to_add and not campaign.closed_at else "",
        entries=_history(campaign),
    )


def _title(found: FollowUp) -> str:
    """« Neuf analyses sur douze sont transmises ; trois sont en retard »."""
    said = _transmitted(len(found.transmitted), len(found.standings))
    if found.late and (late := len(found.awaited)):
        said += f" ; {french.in_words(late, feminine=True)} {french.agree(late, 'est', 'sont')} en retard"
    return french.typography(french.capital(said))


def _step(one: Standing) -> str:
    return STEP_OF[one.assessment.state] if one.begun else NOT_BEGUN


def _line(one: Standing, found: FollowUp) -> Line:
    esms, row = one.place.esms, one.assessment
    mark = words.ASSESSMENT_STATUSES[row.state] if one.begun else words.Mark("", "todo", "s-todo")
    late = found.late and not row.transmitted
    done = "transmise" if esms else "figée"
    when = f"{done} {french.relative(row.transmitted_at)}" if row.transmitted and row.transmitted_at else ""
    if row.closed_at:
        when = "non transmise"
    detail = french.capital(doing(one))
    return Line(
        url=one.place.url("risk_scores" if row.transmitted else "risk_questionnaire"),
        icon=mark.icon,
        title=french.typography(one.place.name) if esms else THE_PROJECT,
        tone="late" if late else mark.tone,
        detail=french.typography(f"{esms.og.short_name} : {doing(one)}" if esms else detail),
        when="en retard" if late else when,
    )


def doing(one: Standing) -> str:
    """What happens there: « deux répondants sur trois ont terminé »."""
    row, answering = one.assessment, one.answering
    if row.transmitted:
        return "les cent questions" if row.asks_all else "les questions de fin de phase"
    if row.converging and row.sent_back_at:
        return "renvoyée pour être reprise"
    if row.state != AssessmentStatus.ANSWERING:
        return row.get_status_display().lower()
    if not answering.respondents:
        return "personne n’a répondu" if row.closed_at else "personne n’a encore été désigné pour répondre"
    asked = french.counted(answering.respondents, "répondant", "répondants")
    if not one.begun:
        return f"{asked}, aucune réponse"
    if not answering.finished:
        return f"{asked}, {french.agree(answering.respondents, 'n’a pas', 'aucun n’a')} terminé"
    finished = french.in_words(answering.finished)
    return f"{asked}, {finished} {french.agree(answering.finished, 'a', 'ont')} terminé"


def _history(campaign: RiskCampaign) -> list[Entry]:
    """Opened, given more time, closed, opened again; one after the other, with why."""
    found = []
    for entry in entries(campaign, ["due_on", "extended_why", "closed_at"]):
        values: dict[str, Any] = {change.field: change.new for change in entry.changes}
        if entry.label == "insert":
            said = f"ouverte pour le {french.long_date(values['due_on'])}"
        elif "closed_at" in values:
            said = "close" if values["closed_at"] else "rouverte"
        else:
            day = french.long_date(values.get("due_on", campaign.due_on))
            said = f"nouvelle date, le {day} : {values.get('extended_why', campaign.extended_why)}"
        found.append(Entry(entry.at, entry.who, french.typography(said)))
    return found
