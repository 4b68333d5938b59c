"""Decisions in French."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import Truncator

from common import french
from common.ui import Link
from governance.enums import DECIDING, BodyKind
from governance.models import Decision
from governance.presentation.sheets import SheetView, crumbs_to, unbroken
from governance.rights import Rights
from organisations.models import Project

EXCERPT = 160  # characters of a decision in a list


def decided(decision: Decision) -> str:
    """« D-2026-03, 12 mars 2026 »."""
    return f"{decision.reference}, {french.long_date(decision.decided_on)}"


def decision_sheet(decision: Decision, project: Project) -> SheetView:
    return SheetView(
        title=french.typography(decision.title),
        lede=f"Décision {unbroken(decision.reference)}, prise par le {decision.body} le "
        f"{french.long_date(decision.decided_on)}.",
        crumbs=crumbs_to(project, unbroken(decision.reference)),
    )


def record_sheet(project: Project) -> SheetView:
    return SheetView(
        title="Enregistrer une décision",
        lede="Elle reçoit son numéro, et les actions de la checklist qui en dépendent peuvent la citer.",
        crumbs=crumbs_to(project, "Nouvelle décision"),
    )


@dataclass(frozen=True)
class DecisionLine:
    """The parameters of the task component."""

    url: str
    title: str
    detail: str
    when: str


@dataclass(frozen=True)
class RegisterView:
    title: str
    crumbs: list[Link]
    filters: list[Link]
    lines: list[DecisionLine]


def decision_register(project: Project, decisions: Sequence[Decision], kind: BodyKind | None) -> RegisterView:
    """All that was decided, or by one body: `kind`."""
    address = reverse("decisions", args=[project.slug])
    choices = ((None, "Toutes"), *((item, f"Du {item.label}") for item in DECIDING))
    return RegisterView(
        title=french.capital(_title(len(decisions), kind)),
        crumbs=crumbs_to(project, "Décisions"),
        filters=[
            Link(label, f"{address}?instance={item}" if item else address, current=item == kind)
            for item, label in choices
        ],
        lines=[_line(project, decision) for decision in decisions],
    )


def _title(count: int, kind: BodyKind | None) -> str:
    """« Neuf décisions sont enregistrées », « le COMOP n’a encore rien décidé »."""
    if not count:
        return f"le {kind.label} n’a encore rien décidé" if kind else "aucune décision n’est encore enregistrée"
    by = f" du {kind.label}" if kind else ""
    return french.counted(count, f"décision{by} est enregistrée", f"décisions{by} sont enregistrées", feminine=True)


def _line(project: Project, decision: Decision) -> DecisionLine:
    return DecisionLine(
        url=reverse("decision", args=[project.slug, decision.year, decision.number]),
        title=french.typography(decision.title),
        detail=french.typography(
            f"{unbroken(decision.reference)}, {decision.body}. {Truncator(decision.text).chars(EXCERPT)}"
        ),
        when=french.short_date(decision.decided_on, year=True),
    )


@dataclass(frozen=True)
class DecisionView:
    """One decision: where it was taken, and what it came from, as far as the reader may open them."""

    sheet: SheetView
    meeting: Link | None
    arbitration: Link | None


def decision_view(decision: Decision, project: Project, rights: Rights) -> DecisionView:
    meeting, arbitration = decision.meeting, getattr(decision, "arbitration", None)
    return DecisionView(
        sheet=decision_sheet(decision, project),
        meeting=Link(
            f"Séance du {french.long_date(meeting.starts_at)}", reverse("meeting", args=[project.slug, meeting.number])
        )
        if meeting and rights.reads_meeting(meeting)
        else None,
        arbitration=Link(
            f"Arbitrage {unbroken(arbitration.reference)}",
            reverse("arbitration", args=[project.slug, arbitration.year, arbitration.number]),
        )
        if arbitration
        else None,
    )
