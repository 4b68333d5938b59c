"""The two documents of a meeting, its agenda and its minutes: facts in, PDF out."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from common import french
from common.documents.parts import Cover
from common.documents.render import render_pdf
from governance.enums import ItemState, MeetingStatus
from reports.fingerprint import printed
from reports.models import Report
from reports.rendering.chapters.attendance import needed, said
from reports.rendering.chapters.attendance import title as quorum_title
from reports.rendering.chapters.decisions import FollowUpRow, RenderedView, in_order, rendered_view, row
from reports.rendering.issued import OnStep, notice
from reports.rendering.words import Mark, reference
from reports.selectors.meetings import MeetingFacts, PointFact

STATES = {
    ItemState.TO_TREAT: Mark("Non traité", "todo", "s-todo"),
    ItemState.TREATED: Mark("Traité", "ok", "s-ok"),
    ItemState.POSTPONED: Mark("Reporté", "late", "s-watch"),
}


@dataclass(frozen=True)
class PointView:
    """A point as a document has it. `rendered`: the arbitration that was rendered on it, if one."""

    fact: PointFact
    hours: str
    documents: str
    mark: Mark
    rendered: RenderedView | None
    postponed: str
    follow_ups: list[FollowUpRow]


@dataclass(frozen=True)
class OwnerPart:
    """What one person has to do after a meeting."""

    owner: str
    rows: list[FollowUpRow]


def agenda(report: Report, facts: MeetingFacts, on_step: OnStep) -> bytes:
    """« Ordre du jour », numbered, as PDF/UA-1."""
    return _draw("reports/agenda.html", "Ordre du jour", facts, report, on_step)


def minutes(report: Report, facts: MeetingFacts, on_step: OnStep) -> bytes:
    """« Compte rendu », numbered, as PDF/UA-1."""
    return _draw("reports/minutes.html", "Compte rendu", facts, report, on_step)


def enclosed_agenda(facts: MeetingFacts) -> bytes:
    """The agenda that goes with a convocation: without a number, as its reader may read it."""
    return _draw("reports/agenda.html", "Ordre du jour", facts)


def enclosed_minutes(facts: MeetingFacts) -> bytes:
    """The minutes that go with an e-mail: without a number, as their reader may read them."""
    return _draw("reports/minutes.html", "Compte rendu", facts)


def _draw(
    template: str, what: str, facts: MeetingFacts, report: Report | None = None, on_step: OnStep | None = None
) -> bytes:
    made_at = report.issued_at if report and report.issued_at else timezone.now()
    author = report.asked_by.get_full_name() if report else "Passerelle DUI"
    about = f"{facts.body} du {french.long_date(facts.starts_at)}"
    cover = Cover(
        project=facts.project,
        occasion=what,
        subtitle=about,
        running_name=_name(report, what, about, made_at),
        established_by=author,
        established_at=made_at,
        number=report.number if report else None,
        fingerprint=printed(report.content_sha256).replace(" ", french.NBSP) if report else "",
        notice=notice(),
    )
    return render_pdf(
        template,
        {
            "cover": cover,
            "chapters": [],
            "facts": facts,
            "count": french.capital(french.counted(len(facts.points), "point", "points")),
            "points": [_point(point) for point in facts.points],
            "when": _when(facts),
            "quorum": needed(facts.attendance) if facts.attendance else "",
            "quorum_title": quorum_title(facts.attendance) if facts.attendance else "",
            "attended": said(facts.attendance) if facts.attendance else "",
            "owners": _owners(facts),
            "decisions": [(reference(decided.reference), decided) for decided in facts.every_decision],
            "standing": _standing(facts),
        },
        title=f"{what}, {about}, {facts.project}",
        author=author,
        created=made_at,
        on_step=on_step,
    )


def _name(report: Report | None, what: str, about: str, made_at: datetime) -> str:
    """What runs at the foot of its pages, on a line."""
    return f"Rapport n° {report.number}, {french.long_date(made_at)}" if report else f"{what}, {about}"


def _when(facts: MeetingFacts) -> str:
    """« Jeudi 10 décembre 2026, de 14:00 à 15:30 »."""
    day = french.capital(french.long_date(facts.starts_at, weekday=True))
    return f"{day}, de {french.clock(facts.starts_at)} à {french.clock(facts.ends_at)}"


def _standing(facts: MeetingFacts) -> str:
    """Whether the minutes are approved."""
    if facts.status != MeetingStatus.CLOSED:
        return "Projet de compte rendu : la séance n’est pas close."
    if facts.approved_on is None:
        return "À approuver à la prochaine séance."
    where = f" en séance du {french.long_date(facts.approved_in)}" if facts.approved_in else ""
    return f"Approuvé le {french.long_date(facts.approved_on)}{where}."


def _point(point: PointFact) -> PointView:
    found = point.arbitration
    rendered = rendered_view(found, ()) if found and found.decided_on else None
    return PointView(
        fact=point,
        hours=f"{french.clock(point.starts_at)}",
        documents=_titles(point),
        mark=STATES[point.state],
        rendered=rendered,
        postponed=_postponed(point),
        follow_ups=[row(line) for line in in_order(point.follow_ups)],
    )


def _postponed(point: PointFact) -> str:
    """« Reporté au 20 mars 2027 : le financement est attendu. »"""
    found = point.arbitration
    if found is None or not found.postponed_to or found.decided_on:
        return ""
    return french.typography(f"Reporté au {french.long_date(found.postponed_to)} : {found.postponement_reason}")


def _titles(point: PointFact) -> str:
    """What is to be read before a point."""
    if point.arbitration is None:
        return ""
    return french.typography(
        " ; ".join([f"dossier {reference(point.arbitration.reference)}", *point.arbitration.documents])
    )


def _owners(facts: MeetingFacts) -> list[OwnerPart]:
    """What is to be done, a person after the other."""
    by_owner: dict[str, list[FollowUpRow]] = defaultdict(list)
    for line in in_order(facts.follow_ups):
        by_owner[line.owner].append(row(line))
    return [OwnerPart(owner, rows) for owner, rows in sorted(by_owner.items())]
