"""Meetings: planned, listed, moved and called off."""

import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from common import french
from common.errors import Conflict, DomainError
from common.french import PARIS
from common.scope import elevated
from governance.enums import BodyKind, DispatchKind, ItemState, MeetingStatus
from governance.models import AgendaItem, Attendance, Body, Dispatch, Meeting
from governance.schedule import holidays, rule, series, working
from governance.selectors.meetings import last_closed, my_meetings, next_meeting
from governance.services.meetings import cancel_meeting, change_meeting, discard_meeting, plan_meetings
from organisations.access import acting_as
from organisations.enums import Phase, ProjectKind, Role
from organisations.models import Project, User
from tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    BodyFactory,
    FollowUpFactory,
    MeetingFactory,
    MembershipFactory,
    UserFactory,
)
from tests.harness.htmx import parse, text
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db
PAGE = f"/projets/{SLUG}/gouvernance/seances/"
SignIn = Callable[[User], Client]


def plain(answer: HttpResponse) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def at(day: date, hour: int = 14, minute: int = 30) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=PARIS)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def body_of(world: World, kind: BodyKind = BodyKind.COSTRAT) -> Body:
    with elevated():
        return Body.objects.select_related("project").get(project=world.project, kind=kind)


def plan(world: World, body: Body | None = None, days: tuple[int, ...] = (40,), **values: Any) -> list[Meeting]:
    given = {
        "body": body or body_of(world),
        "starts": [at(in_days(day)) for day in days],
        "agenda": "",
        "token": uuid.uuid4(),
        **values,
    }
    with acting_as(world.lead.pk):
        return plan_meetings(**given)


def items_of(meeting: Meeting) -> list[AgendaItem]:
    with elevated():
        return list(
            AgendaItem.objects.filter(meeting=meeting)
            .select_related("owner", "carried_from__meeting")
            .order_by("position")
        )


def labels(meeting: Meeting) -> list[str]:
    return [item.label for item in items_of(meeting)]


# --- The days of a series --------------------------------------------------------------------------------------------


@given(
    first=st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31)),
    every=st.integers(1, 12),
    count=st.integers(1, 12),
)
def test_a_series_keeps_its_weekday_of_the_month_and_falls_on_working_days(first: date, every: int, count: int) -> None:
    slots = series(first, every, count)
    assert slots[0].asked == first
    months = [slot.asked.year * 12 + slot.asked.month for slot in slots]
    assert months == [months[0] + every * index for index in range(count)]
    assert {slot.asked.weekday() for slot in slots} == {first.weekday()}
    rank = (first.day - 1) // 7
    for slot in slots:
        last_ones = (slot.asked + timedelta(days=7)).month != slot.asked.month
        assert last_ones if rank == 4 else (slot.asked.day - 1) // 7 == rank
        assert slot.day.weekday() < 5
        assert slot.day not in holidays(slot.day.year)
        assert (slot.day == slot.asked) == (slot.why == "")
        assert timedelta(0) <= slot.day - slot.asked < timedelta(days=5)


def test_easter_is_where_it_is() -> None:
    mondays = [next(day for day, name in holidays(year).items() if "Pâques" in name) for year in (2000, 2026, 2027)]
    assert mondays == [date(2000, 4, 24), date(2026, 4, 6), date(2027, 3, 29)]


def test_a_day_off_says_why() -> None:
    ascension = working(date(2026, 5, 14))
    assert (ascension.why, ascension.day) == ("Ascension", date(2026, 5, 15))
    saturday = working(date(2026, 12, 12))
    assert (saturday.why, saturday.day) == ("samedi", date(2026, 12, 14))


def test_the_rule_is_said_in_words() -> None:
    assert rule(date(2026, 12, 10)) == "le deuxième jeudi du mois"
    assert rule(date(2026, 12, 31)) == "le dernier jeudi du mois"


# --- Planning --------------------------------------------------------------------------------------------------------


def test_a_meeting_is_planned_with_its_standard_agenda_and_nobody_is_told(world: World, mailoutbox: list) -> None:
    [meeting] = plan(world, agenda="costrat_periodic", place="Salle du conseil")
    assert (meeting.status, meeting.duration_minutes, meeting.place) == (MeetingStatus.DRAFT, 90, "Salle du conseil")
    items = items_of(meeting)
    standard = [item for item in items if not item.source and not item.carried_from_id]
    assert [item.label for item in standard][-1] == "Messages à relayer et prochaine séance"
    assert [item.position for item in items] == list(range(1, len(items) + 1))
    with elevated():
        assert not Dispatch.objects.filter(meeting=meeting).exists()
        assert not Attendance.objects.filter(meeting=meeting).exists()
    assert mailoutbox == []


def test_a_point_goes_to_the_one_person_who_stands_for_its_role(world: World) -> None:
    with elevated():
        Project.objects.filter(pk=world.project.pk).update(phase=Phase.PREPARATION)
    comop = body_of(world, BodyKind.COMOP)
    owners = {item.label.split()[0]: item.owner for item in items_of(plan(world, comop, agenda="comop_periodic")[0])}
    assert owners["Éditeur"] == world.person(Role.VENDOR)
    assert owners["Checklist"] == world.lead
    MembershipFactory(user=UserFactory(), role=Role.PROJECT_LEAD, target=world.project)
    owners = {item.label.split()[0]: item.owner for item in items_of(plan(world, comop, agenda="comop_periodic")[0])}
    assert owners["Checklist"] is None  # two leads: nobody chooses for them


def test_points_come_with_their_phase_and_their_kind_of_project(world: World) -> None:
    comop, costrat = body_of(world, BodyKind.COMOP), body_of(world)
    assert not any(label.startswith("Éditeur") for label in labels(plan(world, comop, agenda="comop_periodic")[0]))
    assert any("pondération" in label for label in labels(plan(world, costrat, agenda="costrat_launch")[0]))
    with elevated():
        Project.objects.filter(pk=world.project.pk).update(kind=ProjectKind.SINGLE_OG)
    costrat = body_of(world)
    assert not any("pondération" in label for label in labels(plan(world, costrat, agenda="costrat_launch")[0]))


def test_a_series_is_numbered_in_the_order_of_its_days(world: World) -> None:
    meetings = plan(world, body_of(world, BodyKind.COMOP), days=(90, 30, 60), agenda="comop_periodic")
    assert [meeting.number for meeting in meetings] == [6, 7, 8]
    assert meetings == sorted(meetings, key=lambda meeting: meeting.starts_at)
    assert len({meeting.series for meeting in meetings}) == 1
    assert all(labels(meeting) for meeting in meetings)


def test_the_same_form_posted_twice_plans_once(world: World) -> None:
    token = uuid.uuid4()
    first = plan(world, days=(30, 60), token=token)
    assert plan(world, days=(30, 60), token=token) == first


@pytest.mark.parametrize(
    ("values", "field"),
    [({"days": (-1,)}, "day"), ({"days": ()}, "days"), ({"days": tuple(range(20, 33))}, "count")],
)
def test_what_cannot_be_planned_is_refused_in_words(world: World, values: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        plan(world, **values)
    assert refused.value.field == field


def test_a_dissolved_group_does_not_meet(world: World) -> None:
    group = BodyFactory(project=world.project, kind=BodyKind.WORKING_GROUP, name="Flux", closed_on=in_days(-1))
    with pytest.raises(DomainError, match="dissous"):
        plan(world, group)


def held(body: Body, number: int, leaves: Callable[[Meeting], Any], **values: Any) -> Meeting:
    """A meeting of a body that was held three days ago, with what it leaves."""
    then = timezone.now() - timedelta(days=3)
    with elevated():
        meeting = MeetingFactory(body=body, number=number, in_session=True, starts_at=then, opened_at=then)
        leaves(meeting)
        ended = {"status": MeetingStatus.CLOSED, "closed_at": then, "quorum_reached": True, **values}
        Meeting.objects.filter(pk=meeting.pk).update(**ended)
        return Meeting.objects.select_related("body").get(pk=meeting.pk)


def test_an_agenda_takes_up_what_the_last_meeting_left(world: World) -> None:
    def leaves(meeting: Meeting) -> None:
        postponed = {"state": ItemState.POSTPONED, "owner": world.lead}
        AgendaItemFactory(meeting=meeting, label="Le budget 2027", **postponed)
        AgendaItemFactory(meeting=meeting, label="Le calendrier", state=ItemState.TREATED)
        FollowUpFactory(meeting=meeting, number=90, label="Trier les dossiers", owner=world.lead)

    closed = held(body_of(world), 90, leaves)
    items = items_of(plan(world, agenda="costrat_periodic")[0])
    approvals = [item for item in items if item.source == "minutes"]
    assert items[: len(approvals)] == approvals  # first
    assert {item.source_id for item in approvals} == {closed.pk, world.own.governance.closed.pk}
    carried = next(item for item in items if item.carried_from_id)
    assert (carried.label, carried.owner, carried.carried_from.meeting) == ("Le budget 2027", world.lead, closed)
    assert not any(item.label == "Le calendrier" for item in items)
    looking_back = next(item for item in items if item.label.startswith("Relevé de décisions"))
    assert "Trier les dossiers" in looking_back.detail
    again = labels(plan(world, agenda="costrat_periodic", days=(70,))[0])
    assert "Le budget 2027" not in again  # the other meeting has it


def test_only_the_first_of_a_series_takes_up_what_was_left(world: World) -> None:
    first, second = plan(world, days=(40, 130), agenda="costrat_periodic")
    assert any(label.startswith("Approbation") for label in labels(first))
    assert [item.source for item in items_of(second)] == [""] * 7


def test_an_agenda_without_a_standard_one_lists_what_is_still_to_be_done(world: World) -> None:
    group = world.own.governance.group
    with elevated():
        group = Body.objects.select_related("project").get(pk=group.pk)
    closed = held(
        group, 90, lambda meeting: FollowUpFactory(meeting=meeting, number=90, label="Trier", owner=world.lead)
    )
    approval, to_do = items_of(plan(world, group)[0])
    assert approval.source_id == closed.pk
    assert (to_do.label, to_do.source) == ("Actions en cours", "follow_up")
    assert f"N° 90, Trier : {world.lead}" in to_do.detail.replace("\xa0", " ")


# --- A second call ---------------------------------------------------------------------------------------------------


def missed_quorum(world: World) -> Meeting:
    return held(body_of(world), 90, lambda meeting: None, quorum_reached=False)


def test_a_second_call_is_held_within_fifteen_days(world: World) -> None:
    missed = missed_quorum(world)
    [meeting] = plan(world, days=(12,), second_call_of=missed)
    assert meeting.second_call_of == missed
    with pytest.raises(DomainError, match="sous quinze jours") as refused:
        plan(world, days=(13,), second_call_of=missed)
    assert refused.value.field == "day"


def test_a_second_call_is_offered_once(world: World, lead: Client) -> None:
    missed = missed_quorum(world)
    assert "Convoquer une seconde fois" in plain(lead.get(f"{PAGE}90/"))
    page = plain(lead.get(f"{PAGE}planifier/?seconde=90"))
    assert "sans condition de quorum" in page
    plan(world, days=(12,), second_call_of=missed)
    assert "Convoquer une seconde fois" not in plain(lead.get(f"{PAGE}90/"))
    assert lead.get(f"{PAGE}planifier/?seconde=90").status_code == 404
    assert lead.get(f"{PAGE}planifier/?seconde=x").status_code == 404


# --- Moving and calling off ------------------------------------------------------------------------------------------


def change(world: World, meeting: Meeting, **values: Any) -> Meeting:
    names = ("starts_at", "duration_minutes", "place", "link", "objective", "version")
    given = {name: getattr(meeting, name) for name in names} | values
    with acting_as(world.lead.pk):
        return change_meeting(meeting=meeting, user=world.lead, **given)


def called(world: World, meeting: Meeting, *roles: Role) -> None:
    for role in roles:
        AttendanceFactory(meeting=meeting, user=world.person(role))


def dispatches(meeting: Meeting) -> list[tuple[str, int, User]]:
    with elevated():
        rows = Dispatch.objects.filter(meeting=meeting).select_related("user").order_by("user__email")
        return [(row.kind, row.sequence, row.user) for row in rows]


def test_a_draft_moves_in_silence(world: World) -> None:
    draft = world.own.governance.draft
    moved = change(world, draft, starts_at=at(in_days(50)))
    assert (moved.starts_at, moved.sequence, dispatches(draft)) == (at(in_days(50)), 0, [])


def test_whoever_is_called_is_told_of_another_time_or_place(world: World) -> None:
    meeting = world.own.governance.meeting
    called(world, meeting, Role.COSTRAT, Role.DPO)
    moved = change(world, meeting, place="Salle des fêtes")
    assert moved.sequence == 1
    kind = DispatchKind.CHANGE
    assert dispatches(meeting) == [(kind, 1, world.person(Role.COSTRAT)), (kind, 1, world.person(Role.DPO))]


def test_another_objective_is_not_worth_an_e_mail(world: World) -> None:
    meeting = world.own.governance.meeting
    called(world, meeting, Role.COSTRAT)
    assert (change(world, meeting, objective="Décider").sequence, dispatches(meeting)) == (0, [])


def test_two_people_do_not_move_a_meeting_over_each_other(world: World) -> None:
    meeting = world.own.governance.meeting
    change(world, meeting, place="Salle A")
    with pytest.raises(Conflict) as conflict:
        change(world, Meeting(**{**vars_of(meeting), "version": 1}), place="Salle B")
    assert conflict.value.current.place == "Salle A"


def vars_of(meeting: Meeting) -> dict[str, Any]:
    return {field.attname: getattr(meeting, field.attname) for field in Meeting._meta.concrete_fields}


@pytest.mark.parametrize("which", ["session", "closed"])
def test_a_meeting_that_began_moves_no_more(world: World, which: str) -> None:
    with pytest.raises(DomainError, match="ne se déplace plus"):
        change(world, getattr(world.own.governance, which), place="Ailleurs")


def cancel(world: World, meeting: Meeting, reason: str = "La direction est absente.") -> Meeting:
    with acting_as(world.lead.pk):
        return cancel_meeting(meeting=meeting, version=meeting.version, reason=reason, user=world.lead)


def test_a_meeting_is_called_off_for_a_reason_and_everybody_called_is_told(world: World) -> None:
    meeting = world.own.governance.meeting
    called(world, meeting, Role.COSTRAT)
    with pytest.raises(DomainError) as refused:
        cancel(world, meeting, " ")
    assert refused.value.field == "reason"
    assert cancel(world, meeting).status == MeetingStatus.CANCELLED
    assert dispatches(meeting) == [(DispatchKind.CANCELLATION, 1, world.person(Role.COSTRAT))]
    cancel(world, meeting)  # posted twice
    assert len(dispatches(meeting)) == 1


def test_a_draft_is_dropped_with_its_agenda_and_a_convened_meeting_is_not(world: World) -> None:
    draft, meeting = world.own.governance.draft, world.own.governance.meeting
    AgendaItemFactory(meeting=draft)
    with acting_as(world.lead.pk):
        with pytest.raises(Conflict):
            discard_meeting(meeting=draft, version=draft.version + 1)
        discard_meeting(meeting=draft, version=draft.version)
        with pytest.raises(DomainError, match="annulez-la"):
            discard_meeting(meeting=meeting, version=meeting.version)
    with elevated():
        assert not Meeting.objects.filter(project=world.project, number=2).exists()


# --- Whose meetings --------------------------------------------------------------------------------------------------


def test_my_meetings_are_those_i_am_called_to_and_those_i_have_to_convene(world: World) -> None:
    found = world.own.governance
    called(world, found.meeting, Role.COSTRAT, Role.VENDOR)
    called(world, world.foreign.governance.meeting, Role.COSTRAT)  # a row that no right stands behind
    until = in_days(30)
    for role, expected in ((Role.COSTRAT, [found.meeting]), (Role.VENDOR, [found.meeting]), (Role.DPO, [])):
        user = world.person(role)
        with acting_as(user.pk) as access:
            mine = my_meetings(user, access, until)
            assert [item.meeting for item in mine if item.meeting != found.session] == expected
            assert found.meeting not in [item.meeting for item in my_meetings(user, access, in_days(20))]
    with acting_as(world.lead.pk) as access:
        [draft] = my_meetings(world.lead, access, until)
    assert (draft.meeting, draft.convene_by) == (found.draft, in_days(21 - found.costrat.convocation_days))


def test_the_last_closed_meeting_and_the_next_one(world: World) -> None:
    found = world.own.governance
    with acting_as(world.lead.pk):
        assert last_closed(world.project, BodyKind.COSTRAT) == found.closed
        assert last_closed(world.project, BodyKind.COMOP) is None
        assert next_meeting(found.comop_body) == found.comop
        assert next_meeting(found.group) is None


# --- Pages -----------------------------------------------------------------------------------------------------------


def test_the_list_says_what_comes_next(world: World, client_as: SignIn) -> None:
    member = plain(client_as(world.person(Role.COSTRAT)).get(PAGE))
    assert "Le COSTRAT est en séance" in member
    with elevated():
        Meeting.objects.filter(pk=world.own.governance.session.pk).update(status=MeetingStatus.CONVENED)
        Meeting.objects.filter(pk=world.own.governance.session.pk).update(starts_at=at(in_days(8)))
    assert "tient le" in (member := plain(client_as(world.person(Role.COSTRAT)).get(PAGE)))
    assert "dans 8 jours" in member


def test_a_draft_is_listed_for_who_prepares_it_only(world: World, client_as: SignIn) -> None:
    assert "en préparation" in plain(client_as(world.lead).get(PAGE))
    for role in set(Role) - {Role.PROJECT_LEAD}:
        client = client_as(world.person(role))
        assert "en préparation" not in plain(client.get(PAGE)), role
        assert client.get(f"{PAGE}2/").status_code == 404, role


def test_a_day_beyond_what_bodies_plan_is_refused_in_words(world: World, lead: Client) -> None:
    for day in ("9999-12-31", (timezone.localdate() + timedelta(days=6 * 365)).isoformat()):
        posted = {"day": day, "time": "14:00", "agenda": "vide", "count": 12, "every": 12, "token": uuid.uuid4()}
        answer = lead.post(f"{PAGE}planifier/", posted)
        assert answer.status_code == 422
        assert "Cette date est trop lointaine" in plain(answer)


@pytest.mark.parametrize("number", ["x", "²", "9" * 20, "1" * 4400])
def test_a_second_call_of_nothing_is_not_found(world: World, lead: Client, number: str) -> None:
    assert lead.get(f"{PAGE}planifier/?seconde={number}").status_code == 404


def test_the_list_narrows_to_a_body_and_shows_a_month(world: World, lead: Client) -> None:
    page = plain(lead.get(f"{PAGE}?instance=comop"))
    assert "COMOP du" in page
    assert "COSTRAT du" not in page
    month = french.month(in_days(21)).replace("\xa0", " ").capitalize()
    assert month in plain(lead.get(f"{PAGE}?mois={in_days(21):%Y-%m}"))
    assert lead.get(f"{PAGE}?mois=2026-99&instance=personne&page=x").status_code == 200


def planning(**values: Any) -> dict[str, Any]:
    return {
        "agenda": "comop_periodic",
        "day": in_days(30).isoformat(),
        "time": "14:30",
        "count": 3,
        "every": 1,
        "token": str(uuid.uuid4()),
        **values,
    }


def days_offered(answer: HttpResponse) -> list[str]:
    return parse(answer.content).xpath("//input[@name='days']/@value")


def test_dates_and_agenda_are_shown_before_anything_is_made(world: World, lead: Client) -> None:
    here, form = f"{PAGE}planifier/?instance=comop", planning()
    assert "Planifier une séance du COMOP" in plain(lead.get(here))
    preview = lead.post(here, {**form, "etape": "voir"})
    assert preview.status_code == 200
    assert f"Trois séances du COMOP, chaque mois, {rule(in_days(30))}" in plain(preview)
    assert "Checklist : actions en retard et actions KO" in plain(preview)
    offered = days_offered(preview)
    assert offered == [slot.day.isoformat() for slot in series(in_days(30), 1, 3)]
    with elevated():
        assert Meeting.objects.filter(project=world.project).count() == 5
    kept = [offered[0], offered[2]]
    for _ in range(2):  # a double click
        answer = lead.post(here, {**form, "days": kept, "etape": "preparer"})
        assert answer["Location"] == f"{PAGE}6/"
    with elevated():
        planned = Meeting.objects.filter(project=world.project, number__gt=5).order_by("number")
        assert [timezone.localtime(meeting.starts_at).strftime("%Y-%m-%dT%H:%M") for meeting in planned] == [
            f"{day}T14:30" for day in kept
        ]
    page = plain(lead.get(f"{PAGE}6/"))
    assert "Deux séances du COMOP se préparent ; voici la première." in page


def test_a_day_off_is_moved_and_said(world: World, lead: Client) -> None:
    next_year = timezone.localdate().year + 1
    bastille = date(next_year, 7, 14)
    preview = plain(lead.post(f"{PAGE}planifier/", planning(agenda="vide", day=bastille.isoformat(), count=1)))
    assert f"Le 14 juillet {next_year} est" in preview
    assert "la séance est proposée le" in preview


@pytest.mark.parametrize(
    "values", [{"day": ""}, {"time": "midi"}, {"count": 13}, {"every": 0}, {"agenda": "comop_launch"}, {"link": "x y"}]
)
def test_a_form_that_says_nothing_clear_comes_back_with_what_was_typed(
    world: World, lead: Client, values: dict[str, Any]
) -> None:
    answer = lead.post(f"{PAGE}planifier/?instance=costrat", planning(place="Mairie") | values)
    assert answer.status_code == 422
    assert parse(answer.content).xpath("//input[@name='place']/@value") == ["Mairie"]


def test_a_day_past_is_refused_at_the_last_step_too(world: World, lead: Client) -> None:
    past = working(in_days(-10)).day.isoformat()
    form = planning(agenda="vide", day=in_days(-10).isoformat(), count=1, days=past, etape="preparer")
    answer = lead.post(f"{PAGE}planifier/", form)
    assert answer.status_code == 422
    assert "Cette heure est passée" in plain(answer)
    assert lead.post(f"{PAGE}planifier/", {**form, "days": "2001-01-01"}).status_code == 422


def test_without_a_body_nothing_is_planned(world: World, lead: Client) -> None:
    with elevated():
        Body.objects.filter(project=world.project).update(closed_on=in_days(-1))
    assert "Aucune instance ne se réunit encore" in plain(lead.get(f"{PAGE}planifier/"))
    assert lead.post(f"{PAGE}planifier/", planning()).status_code == 404


def moving(world: World, **values: Any) -> dict[str, Any]:
    meeting = world.own.governance.meeting
    starts = timezone.localtime(meeting.starts_at)
    given = {"day": f"{starts:%Y-%m-%d}", "time": f"{starts:%H:%M}", "duration_minutes": 90, "version": 1}
    return {**given, **values}


def test_a_meeting_moved_meanwhile_is_shown_as_it_is_and_nothing_typed_is_lost(world: World, lead: Client) -> None:
    lead.post(f"{PAGE}1/date-et-lieu/", moving(world, place="Mairie"))
    answer = lead.post(f"{PAGE}1/date-et-lieu/", moving(world, place="Préfecture"))
    assert answer.status_code == 409
    assert ", Mairie." in plain(answer)
    page = parse(answer.content)
    assert page.xpath("//input[@name='place']/@value") == ["Préfecture"]
    assert page.xpath("//main//input[@name='version']/@value") == ["2"]


def test_the_word_that_goes_with_a_change_is_kept_for_its_readers(world: World, lead: Client) -> None:
    called(world, world.own.governance.meeting, Role.COSTRAT)
    lead.post(f"{PAGE}1/date-et-lieu/", moving(world, place="Mairie", message="La salle est en travaux."))
    with elevated():
        assert Dispatch.objects.get(meeting=world.own.governance.meeting).message == "La salle est en travaux."


@pytest.mark.parametrize("place", ["date-et-lieu/", "annuler/"])
def test_a_meeting_under_way_says_why_it_neither_moves_nor_stops(world: World, lead: Client, place: str) -> None:
    page = lead.get(f"{PAGE}3/{place}")
    assert "ouverte, close ou" in plain(page)
    assert parse(page.content).xpath("//main//form") == []


def test_a_cancelled_meeting_stays_in_the_list_and_says_why(world: World, lead: Client) -> None:
    assert lead.post(f"{PAGE}1/annuler/", {"reason": "", "version": 1}).status_code == 422
    lead.post(f"{PAGE}1/annuler/", {"reason": "La direction est absente.", "version": 1})
    page = plain(lead.get(f"{PAGE}1/"))
    assert "est annulé" in page
    assert "La direction est absente." in page
    assert "Annulée" in plain(lead.get(PAGE))


def test_a_draft_dropped_leaves_the_list(world: World, lead: Client) -> None:
    assert lead.post(f"{PAGE}2/annuler/", {"version": 1})["Location"] == PAGE
    assert "en préparation" not in plain(lead.get(PAGE))


@pytest.mark.parametrize("query", ["", "?instance=costrat"])
def test_the_number_of_meetings_does_not_change_the_number_of_queries(
    world: World, client_as: SignIn, query: str
) -> None:
    client, counts, number = client_as(world.lead), [], 100
    for more in (1, 2, 27):
        for _ in range(more):
            number += 1
            MeetingFactory(body=world.own.governance.costrat, number=number)
            MeetingFactory(body=world.own.governance.costrat, number=1000 + number, closed=True)
        with counted() as queries:
            assert client.get(f"{PAGE}{query}").status_code == 200
        counts.append(len(queries))
    assert counts == counts[:1] * 3


def test_the_number_of_projects_does_not_change_the_queries_of_my_meetings(world: World) -> None:
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            body = BodyFactory(kind=BodyKind.COSTRAT)
            MembershipFactory(user=world.lead, role=Role.PROJECT_LEAD, target=body.project)
            MeetingFactory(body=body, draft=True)
            AttendanceFactory(meeting=MeetingFactory(body=body, number=900), user=world.lead)
        with acting_as(world.lead.pk) as access, counted() as queries:
            found = my_meetings(world.lead, access, in_days(30))
            assert {str(item.meeting.body) for item in found if item.meeting.project.name} == {"COSTRAT"}
        counts.append(len(queries))
    assert counts == [2, 2, 2]
