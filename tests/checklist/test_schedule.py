"""The dates that phases propose: the arithmetic, the page, the panel."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as some

from checklist import catalogue as reference
from checklist.enums import Status
from checklist.models import Action
from checklist.schedule import PARTS, propose
from common.catalogues import latest
from common.scope import elevated
from organisations.enums import Phase, Role
from organisations.models import PhasePeriod
from tests.harness.htmx import HTMX, parse, text
from tests.harness.world import LEADS_ACTION, SLUG, World

PAGE = f"/projets/{SLUG}/checklist/dates/"
DETAIL = f"/projets/{SLUG}/checklist/actions/2.1.1/"
TODAY = date(2026, 6, 1)
ON_ANY_DAYS = settings(deadline=None)
DAYS = some.dates(date(2024, 1, 1), date(2030, 1, 1))
LENGTHS = some.integers(0, 900).map(lambda days: timedelta(days=days))


# --- The arithmetic --------------------------------------------------------------------------------------------------


@ON_ANY_DAYS
@given(some.sampled_from(sorted(PARTS)), DAYS, LENGTHS, some.integers(1, 12))
def test_proposals_are_weekdays_of_the_phase_in_the_order_of_the_group(
    group: str, start: date, length: timedelta, count: int
) -> None:
    periods = {PARTS[group].phase: (start, start + length)}
    found = [propose(group, rank, count, periods) for rank in range(count)]
    if found[0] is None:  # a phase without a weekday
        assert length < timedelta(days=2)
        return
    for proposal in found:
        assert start <= proposal.start <= proposal.due <= start + length
        assert {proposal.start.weekday(), proposal.due.weekday()} <= set(range(5))
    for one, next_one in pairwise(found):
        assert one.start <= next_one.start
        assert one.due <= next_one.due


@ON_ANY_DAYS
@given(DAYS, some.integers(1, 900))
def test_a_phase_that_ends_before_it_starts_proposes_nothing(start: date, days: int) -> None:
    assert propose("2.1", 0, 1, {Phase.FRAMING: (start, start - timedelta(days=days))}) is None


def test_the_groups_of_one_phase_follow_the_checklist_from_its_first_day_to_its_last() -> None:
    periods = {Phase.FRAMING: (date(2026, 1, 5), date(2026, 12, 31))}
    groups = [number for number, part in PARTS.items() if part.phase == Phase.FRAMING]
    found = [propose(number, 0, 1, periods) for number in groups]
    assert found[0].start == date(2026, 1, 5)
    assert found[-1].due == date(2026, 12, 31)
    assert all(one.start <= next_one.start for one, next_one in pairwise(found))


@pytest.mark.parametrize("part", PARTS.values(), ids=list(PARTS))
def test_a_part_is_a_part_of_its_phase(part) -> None:
    assert 0 <= part.start < part.end <= 100


@pytest.mark.django_db
def test_every_group_of_the_catalogue_has_its_part() -> None:
    groups = {group.number for step in reference.parse(latest("checklist").content) for group in step.groups}
    assert set(PARTS) == groups


def test_what_has_no_phase_or_no_dates_has_no_proposal() -> None:
    assert propose("9.9", 0, 1, {Phase.FRAMING: (TODAY, TODAY)}) is None
    assert propose("2.1", 0, 1, {Phase.PILOT: (TODAY, TODAY)}) is None


# --- The page --------------------------------------------------------------------------------------------------------

pages = pytest.mark.django_db


@pytest.fixture
def phases(world: World) -> None:
    """Framing lies ahead, purchase is over, the others have no dates."""
    ahead, over = date.today() + timedelta(days=30), date.today() - timedelta(days=300)
    with elevated():
        rows = PhasePeriod.objects.filter(project=world.project)
        rows.filter(phase=Phase.FRAMING).update(planned_start=ahead, planned_end=ahead + timedelta(days=200))
        rows.filter(phase=Phase.PURCHASE).update(started_on=over, ended_on=over + timedelta(days=100))


def plain(answer: HttpResponse) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def boxes(client: Client, *, checked: bool | None = None) -> dict[str, str]:
    """Number → value of the boxes of the page."""
    state = {None: "", True: "[@checked]", False: "[not(@checked)]"}[checked]
    values = parse(client.get(PAGE).content).xpath(f"//input[@name='action']{state}/@value")
    return {value.split("|")[0]: value for value in values}


@pages
def test_the_page_says_how_many_and_which_phases_lack_their_dates(world: World, lead: Client, phases: None) -> None:
    page = plain(lead.get(PAGE))
    with elevated():
        dated = Action.objects.filter(project=world.project).exclude(due_on=None).count()
        waiting = Action.objects.filter(project=world.project, group__number__startswith="7.").count()
    assert f"{100 - dated} actions n’ont pas d’échéance" in page
    assert re.search(rf"« Développement des usages » : ({waiting}|\w+) actions attendent ses dates", page)


@pages
def test_only_what_replaces_nothing_and_is_not_past_is_ticked(world: World, lead: Client, phases: None) -> None:
    ticked, unticked = boxes(lead, checked=True), boxes(lead, checked=False)
    assert {number[0] for number in ticked} == {"1", "2"}
    assert unticked.pop(LEADS_ACTION)  # it has its date
    assert {number[0] for number in unticked} == {"3"}
    assert plain(lead.get(PAGE)).count("Date déjà passée") == len(unticked)


@pages
def test_what_is_ticked_is_written_and_can_be_taken_back(world: World, lead: Client, phases: None) -> None:
    chosen = boxes(lead, checked=True)
    answer = lead.post(PAGE, {"action": list(chosen.values())}, follow=True)
    assert re.search(rf"{len(chosen)} actions ont reçu leurs dates", plain(answer))
    _, version, start, due = chosen["2.1.1"].split("|")
    taken = world.action("2.1.1")
    assert (taken.start_on.isoformat(), taken.due_on.isoformat(), taken.version) == (start, due, int(version) + 1)
    assert world.action("3.1.1").due_on is None
    again = lead.post(f"{PAGE}annuler/", follow=True)
    assert "ont reçu leurs dates" not in plain(again)
    assert (world.action("2.1.1").start_on, world.action("2.1.1").due_on) == (None, None)
    assert set(boxes(lead, checked=True)) == set(chosen)


@pages
def test_one_date_given_meanwhile_and_none_is_written(world: World, lead: Client, phases: None) -> None:
    chosen = boxes(lead, checked=True)
    day = (date.today() + timedelta(days=3)).isoformat()
    assert lead.post(f"{DETAIL}champs/due_on/", {"due_on": day, "version": 1}).status_code == 302
    answer = lead.post(PAGE, {"action": list(chosen.values())})
    assert answer.status_code == 409
    assert "Les dates de l’action 2.1.1 ont changé entre-temps" in plain(answer)
    assert world.action("2.1.2").due_on is None
    kept = parse(answer.content).xpath("//input[@name='action'][@checked]/@value")
    assert {value.split("|")[0] for value in kept} == set(chosen)
    assert lead.post(PAGE, {"action": kept}).status_code == 302


@pages
def test_a_note_written_meanwhile_is_no_conflict(world: World, lead: Client, phases: None) -> None:
    chosen = boxes(lead, checked=True)
    lead.post(f"{DETAIL}champs/note/", {"note": "Vu", "version": 1})
    assert lead.post(PAGE, {"action": list(chosen.values())}).status_code == 302
    assert (world.action("2.1.1").note, world.action("2.1.1").version) == ("Vu", 3)


@pages
def test_an_undo_that_would_undo_somebody_elses_date_is_refused(
    world: World, lead: Client, client_as: Callable, phases: None
) -> None:
    lead.post(PAGE, {"action": list(boxes(lead, checked=True).values())})
    day = (date.today() + timedelta(days=400)).isoformat()
    lead.post(f"{DETAIL}champs/due_on/", {"due_on": day, "version": 2})
    answer = lead.post(f"{PAGE}annuler/")
    assert answer.status_code == 409
    assert "2.1.1 ont changé entre-temps" in plain(answer)
    assert world.action("2.1.1").due_on.isoformat() == day
    assert world.action("2.1.2").due_on is not None


@pages
@pytest.mark.parametrize(
    ("posted", "status"),
    [
        ([], 422),
        (["2.1.1|1|2026-03-20|2026-03-02"], 422),
        (["8.8.8|1|2026-03-02|2026-03-20"], 422),
        (["2.1.1|x||"], 400),
        (["2.1.1"], 400),
        (["2.1.1|1|2026-02-30|"], 400),
        (["2.1.1\0|1||"], 400),
        (["2.1.1|99999999999|2026-03-02|"], 400),
    ],
)
def test_what_means_nothing_is_refused(world: World, lead: Client, posted: list[str], status: int) -> None:
    assert lead.post(PAGE, {"action": posted}).status_code == status
    assert world.action("2.1.1").version == 1


@pages
def test_dates_that_cross_are_refused_on_the_page_of_the_action(world: World, lead: Client, phases: None) -> None:
    answer = lead.post(f"{DETAIL}dates/", {"action": "2.1.1|1|2026-03-20|2026-03-02"})
    assert answer.status_code == 422
    assert "L’échéance vient avant le début." in plain(answer)
    assert world.action("2.1.1").version == 1


@pages
def test_done_and_not_applicable_actions_get_no_date(world: World, lead: Client, phases: None) -> None:
    with elevated():
        rows = Action.objects.filter(project=world.project)
        rows.filter(number="2.1.1").update(status=Status.OK)
        rows.filter(number="2.1.2").update(status=Status.NOT_APPLICABLE, not_applicable_reason="Un seul site")
    assert not {"2.1.1", "2.1.2"} & set(boxes(lead))


@pages
def test_a_past_date_is_never_proposed_in_place_of_another(world: World, lead: Client, phases: None) -> None:
    with elevated():
        Action.objects.filter(project=world.project, number="3.1.1").update(due_on=date.today())
    assert "3.1.1" not in boxes(lead)
    assert "Proposé d’après" not in plain(lead.get(f"/projets/{SLUG}/checklist/actions/3.1.1/"))


@pages
def test_without_phases_the_page_leads_to_them(lead: Client) -> None:
    page = lead.get(PAGE)
    assert "les phases n’en proposent pas encore" in plain(page)
    assert f"/projets/{SLUG}/reglages/phases/" in page.content.decode()


# --- The panel -------------------------------------------------------------------------------------------------------


def value_in(answer: HttpResponse) -> str:
    (value,) = parse(answer.content).xpath("//form[contains(., 'Prendre ces dates')]//input[@name='action']/@value")
    return value


@pages
def test_the_panel_proposes_and_one_tap_takes(world: World, lead: Client, phases: None) -> None:
    panel = lead.get(DETAIL, **HTMX)
    assert "Proposé d’après la phase « Cadrage » : du " in plain(panel)
    assert lead.post(f"{DETAIL}dates/", {"action": value_in(panel)}).status_code == 302
    assert world.action("2.1.1").due_on is not None
    after = plain(lead.get(DETAIL))
    assert "Prendre ces dates" not in after
    assert "date de début fixée au " in after  # in its history


@pages
def test_a_proposal_taken_after_somebody_gave_a_date_is_told(world: World, lead: Client, phases: None) -> None:
    value = value_in(lead.get(DETAIL))
    day = (date.today() + timedelta(days=3)).isoformat()
    lead.post(f"{DETAIL}champs/due_on/", {"due_on": day, "version": 1})
    for options in ({}, HTMX):
        answer = lead.post(f"{DETAIL}dates/", {"action": value}, **options)
        assert answer.status_code == 409
        assert "ont changé entre-temps" in plain(answer)
    assert world.action("2.1.1").due_on.isoformat() == day
    assert lead.post(f"{DETAIL}dates/", {"action": value.replace("2.1.1", "2.1.2")}).status_code == 400


@pages
def test_the_proposal_is_the_leads(world: World, client_as: Callable, phases: None) -> None:
    assert "Prendre ces dates" not in plain(client_as(world.person(Role.COSTRAT)).get(DETAIL))


@pages
def test_a_due_date_before_the_start_is_refused_in_words(world: World, lead: Client) -> None:
    assert lead.post(f"{DETAIL}champs/start_on/", {"start_on": "2026-03-20", "version": 1}).status_code == 302
    answer = lead.post(f"{DETAIL}champs/due_on/", {"due_on": "2026-03-02", "version": 2}, **HTMX)
    assert answer.status_code == 422
    assert "L’échéance vient avant le début." in plain(answer)
    assert parse(answer.content).xpath("//input[@name='due_on']/@value") == ["2026-03-02"]
    assert world.action("2.1.1").due_on is None
