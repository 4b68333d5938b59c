"""Reads: progress and its formula, lateness, filters, what changed, my work."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from checklist.enums import Actor, DepositKind, Letter, Status, View
from checklist.models import Action, Deliverable
from checklist.presentation import formula
from checklist.selectors import (
    Counts,
    Filters,
    changed_since,
    checklist_page,
    my_open_actions,
    progress,
    read_checklist,
    step_progress,
)
from checklist.services import edit, set_status
from common.scope import elevated
from organisations.access import Access, acting_as
from organisations.enums import Role
from organisations.models import Membership
from organisations.services import end
from tests.factories import ActionPersonFactory, DepositFactory
from tests.harness.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def access(world: World) -> Iterator[Access]:
    with acting_as(world.lead.pk) as access:
        Action.objects.update(status=Status.TODO, due_on=None, done_on=None)
        yield access


def put(prefix: str, status: Status, number: int) -> None:
    """Give the first `number` actions whose number starts with `prefix` this status."""
    ids = (
        Action.objects.filter(number__startswith=prefix, status=Status.TODO)
        .order_by("position")
        .values_list("pk")[:number]
    )
    reason = "Sans objet ici" if status == Status.NOT_APPLICABLE else ""
    Action.objects.filter(pk__in=[row[0] for row in ids]).update(status=status, not_applicable_reason=reason)


# --- Progress --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "percent"),
    [
        (Counts(ok=43, todo=57), 43.0),
        (Counts(ok=43, todo=47, na=10), 43 / 90 * 100),
        (Counts(ok=1, na=99), 100.0),
        (Counts(todo=3), 0.0),
        (Counts(na=5), None),
        (Counts(), None),
    ],
)
def test_progress_is_ok_over_all_but_not_applicable(counts: Counts, percent: float | None) -> None:
    assert counts.percent == pytest.approx(percent) if percent is not None else counts.percent is None


def test_the_formula_is_shown_with_its_figures() -> None:
    said = [int(number) for number in re.findall(r"\d+", formula(Counts(ok=43, todo=46, ko=1, na=10)))]
    assert said[:2] == [48, 43]
    assert said[2:] in ([90, 10], [100, 10])  # what it is of, and what was left out
    assert "Aucune action" in formula(Counts(na=2))


def test_counts_add_up() -> None:
    assert Counts(ok=1, late=2) + Counts(ok=2, ko=1) == Counts(ok=3, ko=1, late=2)
    assert sum([Counts(todo=1)] * 4, Counts()).total == 4


def test_the_three_ways_to_count_agree(world: World, access: Access) -> None:
    """The page, a tick and the report: one in Python, one in SQL."""
    put("1.", Status.OK, 4)
    put("2.", Status.KO, 3)
    put("3.", Status.NOT_APPLICABLE, 2)
    put("4.", Status.IN_PROGRESS, 5)
    Action.objects.filter(number__startswith="4.").update(due_on=timezone.localdate() - timedelta(days=1))
    Action.objects.filter(status=Status.OK).update(due_on=timezone.localdate() - timedelta(days=9))
    reading = read_checklist(world.project, world.lead, access)
    by_python, by_sql = step_progress(reading), progress(world.project)
    assert by_python == by_sql.steps
    assert by_sql.total == checklist_page(world.project, world.lead, access, Filters()).total
    late = Action.objects.filter(number__startswith="4.").count()
    assert by_sql.total == Counts(ok=4, ko=3, na=2, in_progress=5, todo=86, late=late)
    assert {block.number: block.counts for block in reading.blocks(reading.lines, reading.lines)} == by_sql.groups


@pytest.mark.parametrize(
    ("status", "days", "late"),
    [
        (Status.TODO, -1, True),
        (Status.IN_PROGRESS, -1, True),
        (Status.KO, -30, True),
        (Status.OK, -1, False),
        (Status.NOT_APPLICABLE, -1, False),
        (Status.TODO, 0, False),
        (Status.TODO, 1, False),
        (Status.TODO, None, False),
    ],
)
def test_an_open_action_is_late_the_day_after_its_due_date(
    access: Access, status: Status, days: int | None, late: bool
) -> None:
    today = timezone.localdate()
    due = None if days is None else today + timedelta(days=days)
    Action.objects.filter(number="2.1.1").update(status=status, due_on=due, not_applicable_reason="x")
    action = Action.objects.get(number="2.1.1")
    assert (action.days_late(today) > 0) is late
    assert Action.objects.late(today).filter(pk=action.pk).exists() is late


# --- The page --------------------------------------------------------------------------------------------------------


def numbers(page) -> list[str]:
    return [line.action.number for group in page.groups for line in group.lines]


def test_the_page_opens_on_the_first_step_in_order(world: World, access: Access) -> None:
    page = checklist_page(world.project, world.lead, access, Filters())
    assert page.step.number == 1
    assert numbers(page) == list(
        Action.objects.filter(group__step__number=1).order_by("position").values_list("number", flat=True)
    )
    assert [step.number for step in page.steps] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("view", [View.KO, View.LATE, View.MINE])
def test_a_filter_looks_across_all_steps(world: World, access: Access, view: View) -> None:
    put("2.", Status.KO, 2)
    put("6.", Status.KO, 1)
    Action.objects.filter(number__in=["3.1.1", "7.1.1"]).update(due_on=timezone.localdate() - timedelta(days=1))
    shown = numbers(checklist_page(world.project, world.lead, access, Filters(view=view)))
    if view == View.KO:
        assert len(shown) == 3
        assert set(shown) == set(Action.objects.filter(status=Status.KO).values_list("number", flat=True))
    elif view == View.LATE:
        assert shown == ["3.1.1", "7.1.1"]
    else:
        mine = Action.objects.filter(raci__actor=Actor.PROJECT_LEAD, raci__letter__in="RA").distinct()
        assert set(shown) == set(mine.values_list("number", flat=True))


def test_filters_combine_and_counts_follow(world: World, access: Access) -> None:
    put("2.", Status.KO, 9)
    page = checklist_page(world.project, world.lead, access, Filters(step=2, view=View.KO, actor=Actor.COMOP))
    wanted = Action.objects.filter(status=Status.KO, number__startswith="2.", raci__actor=Actor.COMOP).distinct()
    assert set(numbers(page)) == set(wanted.values_list("number", flat=True)) != set()
    assert dict(page.views)[View.KO] == len(numbers(page))


def test_purchasing_sees_its_own_actions_and_counts_only_them(world: World, access: Access) -> None:
    user = world.person(Role.PURCHASING)
    with acting_as(user.pk) as own:
        page = checklist_page(world.project, user, own, Filters())
    assert numbers(page) == ["3.1.3", "3.1.4", "3.1.5", "3.3.1", "3.3.2"]
    assert page.total.total == 5
    assert page.step is None


def test_a_missing_responsable_is_told_until_somebody_is_named(world: World, access: Access) -> None:
    def to_be_named() -> set[str]:
        reading = read_checklist(world.project, world.lead, access)
        return {line.action.number for line in reading.lines if line.to_be_named}

    assert to_be_named() == {"5.3.1", "5.3.2", "5.3.3", "5.3.4", "5.3.5"}
    ActionPersonFactory(action=Action.objects.get(number="5.3.2"), user=world.person(Role.DPO), letter=Letter.R)
    assert "5.3.2" not in to_be_named()


def test_letters_stand_for_the_people_of_the_day(world: World, access: Access) -> None:
    def behind(actor: Actor) -> set:
        reading = read_checklist(world.project, world.lead, access)
        return {
            user.pk
            for line in reading.lines
            for item in line.raci
            for held, users in item.actors
            if held == actor
            for user in users
        }

    assert behind(Actor.DPO) == {world.person(Role.DPO).pk}
    assert behind(Actor.OG_DIRECTORS) == {
        world.person(Role.OG_DIRECTOR).pk,
        world.person(Role.ESMS_DIRECTOR).pk,
        world.rival_director.pk,
    }
    with elevated():
        membership = Membership.objects.get(user=world.person(Role.DPO), project=world.project)
    end(membership)
    assert behind(Actor.DPO) == set()


def test_a_group_is_complete_when_its_actions_are_done_and_its_slots_filled(world: World, access: Access) -> None:
    def block():
        page = checklist_page(world.project, world.lead, access, Filters(step=2))
        return next(group for group in page.groups if group.number == "2.2")

    put("2.2.", Status.OK, 99)
    assert block().counts.all_done
    assert not block().complete
    slot = Deliverable.objects.get(group__number="2.2")
    DepositFactory(deliverable=slot, deposited_by=world.lead)
    assert block().complete
    newest = DepositFactory(deliverable=slot, deposited_by=world.lead, kind=DepositKind.WAIVER, link="", reason="Fait")
    assert block().slots[0].kind == DepositKind.WAIVER
    assert block().slots[0].deposited_at == newest.deposited_at


# --- Other pages and reports -----------------------------------------------------------------------------------------


def test_my_work_is_what_i_may_act_on_by_due_date(world: World) -> None:
    user = world.person(Role.DPO)
    with elevated():
        Action.objects.filter(project=world.project, number="5.2.3").update(due_on=timezone.localdate())
    with acting_as(user.pk) as access:
        assert [item.number for item in my_open_actions(user, access)] == ["5.2.3", "5.2.2"]
    with elevated():
        Action.objects.filter(project=world.project, number="5.2.3").update(status=Status.OK)
    ActionPersonFactory(action=world.action("1.1.1"), user=user, letter=Letter.A)
    ActionPersonFactory(action=world.action("1.1.3"), user=user, letter=Letter.I)
    with acting_as(user.pk) as access:
        assert [item.number for item in my_open_actions(user, access)] == ["1.1.1", "5.2.2"]


@pytest.mark.parametrize("who", ["ended", "invited", "superuser"])
def test_who_takes_no_part_has_no_work(world: World, who: str) -> None:
    user = getattr(world, who)
    with acting_as(user.pk) as access:
        assert my_open_actions(user, access) == []


def test_what_changed_since_a_day_compares_both_ends(world: World, access: Access) -> None:
    today = timezone.localdate()
    moved, back = Action.objects.get(number="2.1.1"), Action.objects.get(number="2.1.2")
    edited = Action.objects.select_related("project").get(number="2.1.3")
    set_status(action=moved, version=moved.version, status=Status.OK, user=world.lead)
    set_status(action=back, version=back.version, status=Status.OK, user=world.lead)
    set_status(action=back, version=back.version, status=Status.TODO, user=world.lead)
    edit(action=edited, version=edited.version, field="note", value="Sans changer d’état")
    found = {item.action.number: item.before for item in changed_since(world.project, today)}
    assert found.get("2.1.1") == Status.TODO
    assert not found.keys() & {"2.1.2", "2.1.3"}
    assert changed_since(world.project, today + timedelta(days=1)) == []


def test_nothing_of_another_project_is_read(world: World, access: Access) -> None:
    foreign = world.foreign.project
    assert read_checklist(foreign, world.lead, access).lines == []
    assert progress(foreign).total == Counts()
    assert changed_since(foreign, timezone.localdate() - timedelta(days=400)) == []
