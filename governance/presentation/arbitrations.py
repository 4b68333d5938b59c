"""The file of an arbitration in French, for its page and for a report alike."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from common import french
from common.ui import Link
from governance.completeness import missing
from governance.enums import (
    ARBITRATION_SOURCE,
    ArbitrationKind,
    ArbitrationStatus,
    DecisionMode,
    FollowUpState,
    MeetingStatus,
)
from governance.models import Alert, Arbitration, ArbitrationDocument, FollowUp, Meeting
from governance.presentation.options import OptionView, name_of, option_views, options_title
from governance.presentation.sheets import crumbs_to, unbroken
from governance.presentation.votes import VoteView, decided_vote, majority_needed, scrutiny_view, weights_of
from governance.selectors.votes import Scrutiny
from governance.sources import finds
from organisations.models import Project

# Tone, icon and word of each state.
OF_STATES = {
    ArbitrationStatus.DRAFT: ("none", "edit", "En instruction"),
    ArbitrationStatus.TO_DECIDE: ("accent", "vote", "À trancher"),
    ArbitrationStatus.POSTPONED: ("late", "clock", "Reporté"),
    ArbitrationStatus.DECIDED: ("accent", "lock", "Décidé"),
    ArbitrationStatus.APPLIED: ("accent", "lock", "Décidé et appliqué"),
    ArbitrationStatus.WITHDRAWN: ("none", "close", "Retiré"),
}
OF_FOLLOW_UPS = {
    FollowUpState.TO_DO: ("none", "clock"),
    FollowUpState.IN_PROGRESS: ("progress", "refresh"),
    FollowUpState.DONE: ("ok", "check"),
    FollowUpState.DROPPED: ("none", "close"),
}
FEW = 3  # things that a file lacks, which a heading can hold


@dataclass(frozen=True)
class Badge:
    text: str
    tone: str
    icon: str


@dataclass(frozen=True)
class DecisionView:
    """The decision as it was taken: its words, how it was adopted, why, under which conditions, its number."""

    text: str
    how: str
    reasons: str
    conditions: str
    reference: str
    url: str


@dataclass(frozen=True)
class OpinionView:
    """« Chef de projet : option A. », and why. `field`: what it is called where it is written."""

    who: str
    stance: str
    text: str
    icon: str
    field: str


@dataclass(frozen=True)
class FollowUpView:
    label: str
    owner: str
    tone: str
    icon: str
    state: str  # « À faire, pour le 12 déc. »


@dataclass(frozen=True)
class DocumentView:
    """A document, which is downloaded, or a `link`."""

    id: uuid.UUID
    label: str
    link: str
    detail: str


@dataclass(frozen=True)
class FileView:
    """All that the file says, whoever reads it. `where`: reference and meeting; `facts`: what is good to know beside
    the question; `told`: what became of it when it was postponed or withdrawn."""

    reference: str
    badge: Badge
    where: str
    question: str
    facts: list[str]
    told: str
    decision: DecisionView | None
    context: str
    consequence: str
    opinions: list[OpinionView]
    options_title: str
    options: list[OptionView]
    vote: VoteView | None
    structures: list[str]
    follow_ups: list[FollowUpView]
    documents: list[DocumentView]
    alerts: list[Link]  # that it will answer, those that the reader may read
    cites: Link | None
    cited_by: list[Link]
    frozen: str


def reference(arbitration: Arbitration) -> str:
    """« ARB‑2026‑04 »."""
    return unbroken(arbitration.reference)


def url_of(arbitration: Arbitration, project: Project, name: str = "arbitration") -> str:
    return reverse(name, args=[project.slug, arbitration.year, arbitration.number])


def crumbs(project: Project, *more: Link) -> list[Link]:
    """The way to a page of an arbitration, by the register."""
    register = Link("Arbitrages", reverse("arbitrations", args=[project.slug]))
    return [*crumbs_to(project, "Arbitrages")[:-1], register, *more]


def badge(arbitration: Arbitration) -> Badge:
    tone, icon, word = OF_STATES[ArbitrationStatus(arbitration.status)]
    return Badge(word, tone, icon)


def meeting_words(meeting: Meeting) -> str:
    """« COSTRAT du 10 décembre 2026 »."""
    return f"{meeting.body} du {french.long_date(meeting.starts_at)}"


def file_view(arbitration: Arbitration, scrutiny: Scrutiny | None, project: Project) -> FileView:
    """What the file says. `arbitration` comes from `selectors.with_file`; `scrutiny`: the vote under way, if one."""
    options = list(arbitration.options.all())
    return FileView(
        reference=reference(arbitration),
        badge=badge(arbitration),
        where=_where(arbitration),
        question=french.typography(arbitration.question),
        facts=_facts(arbitration),
        told=_told(arbitration),
        decision=_decision(arbitration, project),
        context=french.typography(arbitration.context),
        consequence=french.typography(arbitration.consequence),
        opinions=_opinions(arbitration),
        options_title=options_title(len(options)),
        options=option_views(arbitration, options),
        vote=scrutiny_view(scrutiny) if scrutiny else decided_vote(arbitration),
        structures=[french.typography(row.esms.name) for row in arbitration.concerns.all()],
        follow_ups=[_follow_up(row) for row in arbitration.follow_ups.all()],
        documents=[_document(row) for row in arbitration.documents.all()],
        alerts=[_alert(row, project) for row in arbitration.alerts.all()],
        cites=_link(arbitration.cites, project) if arbitration.cites else None,
        cited_by=[_link(row, project) for row in arbitration.cited_by.all()],
        frozen=f"Cet arbitrage est figé depuis le {french.long_date(arbitration.decided_on)}."
        if arbitration.decided_on and ArbitrationStatus(arbitration.status).frozen
        else "",
    )


def _where(arbitration: Arbitration) -> str:
    number = f"Arbitrage {reference(arbitration)}"
    if arbitration.mode == DecisionMode.WRITTEN:
        return f"{number}, consultation écrite du COSTRAT"
    return f"{number}, {meeting_words(arbitration.meeting)}" if arbitration.meeting else number


def _facts(arbitration: Arbitration) -> list[str]:
    kind = ArbitrationKind(arbitration.kind).label
    found = [french.typography(f"{kind}. {majority_needed(arbitration)}")]
    asked = f"Demandé par {arbitration.requested_by} le {french.long_date(arbitration.created_at)}"
    settled = ArbitrationStatus(arbitration.status).frozen or arbitration.status == ArbitrationStatus.POSTPONED
    if arbitration.deadline and not settled:
        asked += f", à trancher avant le {french.long_date(arbitration.deadline)}"
    found.append(f"{asked}.")
    return found


def _told(arbitration: Arbitration) -> str:
    if arbitration.status == ArbitrationStatus.WITHDRAWN:
        return french.typography(f"La question n’est plus posée : {arbitration.withdrawal_reason}")
    if arbitration.postponed_to is None or ArbitrationStatus(arbitration.status).frozen:
        return ""
    again = "Reporté" if arbitration.status == ArbitrationStatus.POSTPONED else "Déjà reporté une fois,"
    return french.typography(
        f"{again} au {french.long_date(arbitration.postponed_to)} : {arbitration.postponement_reason}"
    )


def _decision(arbitration: Arbitration, project: Project) -> DecisionView | None:
    decision = arbitration.decision
    if decision is None:
        return None
    return DecisionView(
        text=french.typography(arbitration.decision_text),
        how=_how(arbitration),
        reasons=french.typography(arbitration.reasons),
        conditions=french.typography(arbitration.conditions),
        reference=unbroken(decision.reference),
        url=reverse("decision", args=[project.slug, decision.year, decision.number]),
    )


def _how(arbitration: Arbitration) -> str:
    """« Option A, adoptée par 75 % du poids des OG le 18 septembre 2025. »"""
    if arbitration.chosen is None or arbitration.meeting is None:
        return ""
    weight = sum(vote.weight for vote in arbitration.votes.all() if vote.option_id == arbitration.chosen_id)
    of_what = weights_of(arbitration.meeting)
    share = f"{french.percent(weight)} {of_what}"
    represented = f"{french.percent(arbitration.represented_percent or 0)} {of_what} étant représenté"
    how = {
        DecisionMode.CONSENSUS: f"adoptée par consensus, {represented},",
        DecisionMode.WEIGHTED_VOTE: f"adoptée par {share}",
        DecisionMode.CASTING_VOTE: f"adoptée à égalité ({share}) par la voix prépondérante de la présidence",
        DecisionMode.WRITTEN: f"adoptée par {share} en consultation écrite",
    }[DecisionMode(arbitration.mode)]
    said = f"{name_of(arbitration.chosen)}, {how} le {french.long_date(arbitration.decided_on or date.min)}."
    return french.typography(said)


def _opinions(arbitration: Arbitration) -> list[OpinionView]:
    recommended = arbitration.recommended
    own = OpinionView(
        who="Chef de projet",
        stance=f"option{french.NBSP}{recommended.letter}" if recommended else "",
        text=french.typography(arbitration.recommendation),
        icon="user",
        field="recommendation",
    )
    found = [own] if recommended or arbitration.recommendation else []
    for who, icon, field in (("COMOP", "people", "comop_opinion"), ("DPD", "shield", "dpo_opinion")):
        if text := getattr(arbitration, field):
            found.append(OpinionView(who, "", french.typography(text), icon, field))
    return found


def _follow_up(row: FollowUp) -> FollowUpView:
    state = FollowUpState(row.state)
    tone, icon = OF_FOLLOW_UPS[state]
    late = row.days_late()
    if late:
        tone, icon = "late", "alert"
    return FollowUpView(
        label=french.typography(row.label),
        owner=str(row.owner),
        tone=tone,
        icon=icon,
        state=_when(row, state, late),
    )


def _when(row: FollowUp, state: FollowUpState, late: int) -> str:
    if row.done_on:
        return f"Faite le {french.short_date(row.done_on)}"
    due = f"pour le {french.short_date(row.due_on)}"
    if late:
        return f"{state.label}, {due}, en retard de {french.plural(late, 'jour', 'jours')}"
    return f"{state.label}, {due}" if state.open else str(state.label)


def _document(row: ArbitrationDocument) -> DocumentView:
    return DocumentView(
        id=row.pk,
        label=french.typography(row.label),
        link=row.link,
        detail=f"Ajouté par {row.added_by} le {french.short_date(row.added_at)}",
    )


def _link(arbitration: Arbitration, project: Project) -> Link:
    return Link(french.typography(f"{reference(arbitration)} : {arbitration.question}"), url_of(arbitration, project))


def _alert(alert: Alert, project: Project) -> Link:
    words = french.typography(f"alerte n°{french.NBSP}{alert.number} : {alert.subject}")
    return Link(words, reverse("alert", args=[project.slug, alert.number]))


@finds(ARBITRATION_SOURCE)
def link_to_arbitration(project: Project, arbitration_id: uuid.UUID) -> Link | None:
    """« Ouvrir l’arbitrage ARB‑2026‑04 ». One query."""
    found = Arbitration.objects.filter(project=project, pk=arbitration_id).first()
    return Link(f"Ouvrir l’arbitrage {reference(found)}", url_of(found, project)) if found else None


# --- What is still to be written


def lacks(arbitration: Arbitration) -> list[str]:
    """What the file lacks before it can go on an agenda. `arbitration`: with its options."""
    return missing(arbitration, list(arbitration.options.all()))


def completeness(arbitration: Arbitration) -> str:
    """« Il manque le contexte et deux options au moins » ; « Le dossier est complet »."""
    found = lacks(arbitration)
    if not found:
        return "Le dossier est complet"
    return french.typography(f"Il manque {french.listed(found)}")


def headline(arbitration: Arbitration) -> str:
    """The same in a line: « Il manque six éléments au dossier »."""
    found = lacks(arbitration)
    if len(found) <= FEW:
        return completeness(arbitration)
    return f"Il manque {french.counted(len(found), 'élément', 'éléments')} au dossier"


def lacking(arbitration: Arbitration) -> str:
    """What the headline only counts; nothing when it says all."""
    return f"{completeness(arbitration)}." if len(lacks(arbitration)) > FEW else ""


def over(meeting: Meeting | None) -> bool:
    """Whether the meeting that it was put to is behind: another is to be chosen."""
    return meeting is None or meeting.status in {MeetingStatus.CLOSED, MeetingStatus.CANCELLED}
