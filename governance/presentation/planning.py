"""Planning a meeting in French: the form, the dates that it gives, what moving or cancelling one does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from common import french
from common.ui import Link
from governance.agenda import agendas_of
from governance.enums import ItemKind, MeetingStatus
from governance.models import Body, Meeting
from governance.offers import Offer
from governance.presentation.agendas import span
from governance.presentation.meetings import crumb_of, crumbs, key_of, named, of_day
from governance.presentation.sheets import SheetView
from governance.schedule import SECOND_CALL, Slot, rule, series, working
from organisations.models import Project

AFTERNOON = time(14, 0)


@dataclass(frozen=True)
class PlanView:
    title: str
    lede: str
    crumbs: list[Link]
    bodies: list[Link]
    back_url: str


@dataclass(frozen=True)
class PointPreview:
    hours: str
    label: str
    facts: str
    detail: str


@dataclass(frozen=True)
class PreviewView:
    """`moved`: what kept days from the rule, a sentence each."""

    title: str
    lede: str
    crumbs: list[Link]
    moved: list[str]
    points: list[PointPreview]
    total: str
    button: str


def plan_page(project: Project, body: Body, bodies: Sequence[Body], missed: Meeting | None, today: date) -> PlanView:
    """The form that plans. `missed`: the meeting that a second call follows."""
    url = reverse("meeting_plan", args=[project.slug])
    return PlanView(
        title=f"Planifier une séance du {named(body)}",
        lede=_delay(body, missed, today),
        crumbs=crumbs(project, "Planifier"),
        bodies=[]
        if missed
        else [
            Link(french.typography(str(item)), f"{url}?{urlencode({'instance': key_of(item)})}", current=item == body)
            for item in bodies
        ],
        back_url=reverse("meetings", args=[project.slug]),
    )


def no_body(project: Project) -> SheetView:
    return SheetView(
        title="Aucune instance ne se réunit encore",
        lede="Composez d’abord le COSTRAT et le COMOP : leurs séances se planifient ensuite ici.",
        crumbs=crumbs(project, "Planifier"),
    )


def initial(body: Body, latest: Meeting | None, missed: Meeting | None, today: date) -> dict[str, Any]:
    """What the form proposes: as last time, one period later."""
    before = missed or latest
    values: dict[str, Any] = {
        "agenda": _agenda(body, before),
        "time": AFTERNOON,
        "count": 1,
        "every": body.frequency_months,
    }
    if before is not None:
        starts = french.moment(before.starts_at)
        values |= {"time": starts.time(), "place": before.place, "link": before.link}
        if missed is not None:
            values["day"] = working(max(starts.date() + timedelta(days=7), today + timedelta(days=7))).day
            values |= {"duration_minutes": missed.duration_minutes, "objective": missed.objective}
        else:
            after = series(starts.date(), body.frequency_months, 2)[1].day
            values["day"] = after if after > today else working(today + timedelta(days=body.convocation_days + 1)).day
    return values


def preview_page(
    project: Project,
    body: Body,
    *,
    slots: Sequence[Slot],
    first: datetime,
    every: int,
    minutes: int,
    points: Sequence[Offer],
) -> PreviewView:
    """What would be planned: the days, the agenda of the meeting that begins at `first`, `minutes` long."""
    count = len(slots)
    noun = french.counted(count, "séance", "séances", feminine=True)
    many = f", {_every(every, slots[0].asked)}" if count > 1 else ""
    return PreviewView(
        title=french.capital(f"{noun} du {named(body)}{many}"),
        lede=french.typography(
            "Rien n’est encore créé. Décochez ce qui ne convient pas ; personne n’est prévenu avant la convocation."
        ),
        crumbs=crumbs(project, "Planifier"),
        moved=[_moved(slot) for slot in slots if slot.why],
        points=_points(first, points),
        total=_total(points, minutes),
        button="Préparer la séance" if count == 1 else "Préparer ces séances",
    )


def planned(meetings: Sequence[Meeting]) -> str:
    first = meetings[0]
    if len(meetings) == 1:
        return french.typography(f"Le {of_day(first)} se prépare ici. Personne n’en est prévenu.")
    noun = french.counted(len(meetings), "séance", "séances", feminine=True)
    return french.capital(f"{noun} du {named(first.body)} se préparent ; voici la première. Personne n’en est prévenu.")


def _is_over(meeting: Meeting) -> bool:
    """Whether it is too late to move or cancel it: the page says so, and nothing of what that would do."""
    return meeting.status not in {MeetingStatus.DRAFT, MeetingStatus.CONVENED}


def change_page(meeting: Meeting, project: Project) -> SheetView:
    told = meeting.status == MeetingStatus.CONVENED
    return SheetView(
        title=f"Changer la date ou le lieu du {of_day(meeting)}",
        lede=""
        if _is_over(meeting)
        else "Chaque personne conviée recevra la nouvelle date ou le nouveau lieu, et son agenda se mettra à jour."
        if told
        else "Personne n’est encore prévenu de cette séance.",
        crumbs=crumbs(project, crumb_of(meeting, project), "Date et lieu"),
    )


def cancel_page(meeting: Meeting, project: Project) -> SheetView:
    draft = meeting.status == MeetingStatus.DRAFT
    return SheetView(
        title=f"{'Supprimer' if draft else 'Annuler'} le {of_day(meeting)}",
        lede=""
        if _is_over(meeting)
        else french.typography(
            "Personne n’en est prévenu : la séance et son ordre du jour disparaissent, et ce qui y était inscrit est "
            "de nouveau proposé."
            if draft
            else "Chaque personne conviée sera prévenue, avec votre motif. La séance reste dans la liste, annulée."
        ),
        crumbs=crumbs(project, crumb_of(meeting, project), "Suppression" if draft else "Annulation"),
    )


def changed(meeting: Meeting) -> str:
    if meeting.status == MeetingStatus.CONVENED:
        return french.typography(f"C’est enregistré : {of_day(meeting)}. Ce qui change part à chaque personne conviée.")
    return french.typography(f"C’est enregistré : {of_day(meeting)}.")


def cancelled(meeting: Meeting) -> str:
    return french.typography(f"Le {of_day(meeting)} est annulé : l’annonce part à chaque personne conviée.")


def discarded(meeting: Meeting) -> str:
    return f"Le {of_day(meeting)} est supprimé. Personne n’en avait été prévenu."


def changed_meanwhile(current: Meeting) -> str:
    """What somebody else left while this was written."""
    starts = french.long_datetime(current.starts_at)
    where = f", {current.place}" if current.place else ""
    return french.typography(
        f"Quelqu’un a changé cette séance pendant que vous écriviez : elle est maintenant prévue le {starts}{where}. "
        "Vérifiez vos réponses, puis enregistrez-les de nouveau."
    )


def _delay(body: Body, missed: Meeting | None, today: date) -> str:
    if missed is not None:
        last = french.long_date(french.day(missed.starts_at) + SECOND_CALL)
        return french.typography(
            f"Le {of_day(missed)} n’a pas eu son quorum. La seconde convocation se tient au plus tard le {last} : "
            "le comité y délibère sans condition de quorum."
        )
    from_day = french.long_date(today + timedelta(days=body.convocation_days))
    days = french.plural(body.convocation_days, "jour", "jours")
    return french.typography(
        f"Le délai de convocation est de {days} : à partir du {from_day}, il peut être respecté. "
        "Rien n’est envoyé en planifiant."
    )


def _agenda(body: Body, before: Meeting | None) -> str:
    """The launch agenda for a first meeting, then the periodic one."""
    codes = [model.code for model in agendas_of(body)]
    launch = [code for code in codes if code.endswith("launch")]
    periodic = [code for code in codes if not code.endswith("launch")]
    return next(iter([*launch, *periodic] if before is None else [*periodic, *launch]), "")


def _every(months: int, first: date) -> str:
    when = "chaque mois" if months == 1 else f"tous les {french.in_words(months)} mois"
    return f"{when}, {rule(first)}"


def _moved(slot: Slot) -> str:
    asked, why = french.long_date(slot.asked), slot.why
    because = f"un {why}" if why in french.WEEKDAYS else f"férié ({why})"
    return french.typography(
        f"Le {asked} est {because} : la séance est proposée le {french.long_date(slot.day, weekday=True, year=False)}."
    )


def _points(at: datetime, points: Sequence[Offer]) -> list[PointPreview]:
    lines = []
    for point in points:
        owner = point.owner.get_full_name() if point.owner else ""
        lines.append(
            PointPreview(
                hours=span(at, point.minutes),
                label=french.typography(point.label),
                facts=", ".join(part for part in (ItemKind(point.kind).label, owner) if part),
                detail=french.typography(point.detail),
            )
        )
        at += timedelta(minutes=point.minutes)
    return lines


def _total(points: Sequence[Offer], minutes: int) -> str:
    total = sum(point.minutes for point in points)
    if total <= minutes:
        return ""
    return french.typography(
        f"L’ordre du jour dure {french.number(total)} minutes : {french.number(total - minutes)} de plus que la "
        "séance. Vous l’ajusterez ensuite."
    )
