"""Query budgets, as production counts them: the scope's and the session's own included, transaction marks not.

Each page is asked with 1, 3 and 30 rows of what it shows: the number of queries must be the same.
"""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from checklist.enums import Letter
from checklist.models import Action, Deliverable
from common.scope import elevated
from organisations.enums import Role
from tests.factories import (
    ActionPersonFactory,
    CommentFactory,
    DepositFactory,
    ESMSFactory,
    InvitationFactory,
    MembershipFactory,
    ProjectFactory,
    ReportFactory,
    UserFactory,
)
from tests.harness.htmx import HTMX
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db(transaction=True)

Grow = Callable[[World], None]
CHECKLIST_BUDGET, TICK_BUDGET = 12, 10


def comments(world: World) -> None:
    CommentFactory(action=world.action("1.1.1"), author=world.lead)


def named_people(world: World) -> None:
    user = UserFactory()
    MembershipFactory(user=user, role=Role.OBSERVER, target=world.project)
    ActionPersonFactory(action=world.action("1.1.1"), user=user, letter=Letter.I)


def members(world: World) -> None:
    MembershipFactory(user=UserFactory(), role=Role.DPO, target=world.project)


def deposits(world: World) -> None:
    DepositFactory(deliverable=world.own.deliverable, deposited_by=world.lead)


def actions(world: World) -> None:
    with elevated():
        group = world.action("1.1.1").group
        count = Action.objects.filter(group=group).count()
        Action.objects.create(
            project=world.project, group=group, number=f"1.1.{count + 50}", label="Une action", position=count + 500
        )


def deliverables(world: World) -> None:
    with elevated():
        Deliverable.objects.create(
            project=world.project, group=world.own.action.group, label=f"Résultat {uuid.uuid4()}", position=9
        )


def reports(world: World) -> None:
    number = 100 + uuid.uuid4().int % 10**8
    ReportFactory(project=world.project, number=number, asked_by=UserFactory())


def projects(world: World) -> None:
    MembershipFactory(user=world.lead, role=Role.PROJECT_LEAD, target=ProjectFactory())


def structures(world: World) -> None:
    ESMSFactory(og=world.own.ogs[0])


def invitations(world: World) -> None:
    structure = world.own.structures[0]
    InvitationFactory(
        project=world.project, og=structure.og, esms=structure, role=Role.LOCAL_REFERENT, invited_by=UserFactory()
    )


def changes(world: World) -> None:
    with elevated():
        Action.objects.filter(pk=world.action("1.1.1").pk).update(note=str(uuid.uuid4()))


CASES: dict[str, tuple[str, Grow]] = {
    "checklist, comments": ("checklist", comments),
    "checklist, named people": ("checklist", named_people),
    "checklist, members": ("checklist", members),
    "checklist, deposits": ("checklist", deposits),
    "checklist, actions": ("checklist", actions),
    "checklist, deliverables": ("checklist", deliverables),
    "action, comments": ("checklist_action", comments),
    "action, named people": ("checklist_action", named_people),
    "action, history": ("checklist_action", changes),
    "deposit, versions": ("checklist_deposit", deposits),
    "home, projects": ("home", projects),
    "home, actions": ("home", actions),
    "project, actions": ("project", actions),
    "project, projects": ("project", projects),
    "reports": ("reports", reports),
    "structures": ("structures", structures),
    "structure, invitations": ("structure", invitations),
    "people, members": ("people", members),
    "people, invitations": ("people", invitations),
    "settings, structures": ("project_settings", structures),
}


def address(name: str, world: World) -> str:
    more = {
        "home": None,
        "checklist_action": {"number": "1.1.1"},
        "checklist_deposit": {"deliverable_id": world.own.deliverable.pk},
        "structure": {"esms_slug": "foyer"},
    }.get(name, {})
    return reverse(name) if more is None else reverse(name, kwargs={"slug": SLUG, **more})


def ask(client: Client, path: str) -> list[str]:
    with counted() as queries:
        assert client.get(path).status_code == 200
    return queries


@pytest.mark.parametrize("case", CASES)
def test_the_number_of_rows_does_not_change_the_number_of_queries(world: World, client_as: Callable, case: str) -> None:
    name, grow = CASES[case]
    client, path = client_as(world.lead), address(CASES[case][0], world)
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            grow(world)
        counts.append(ask(client, path))
    assert [len(queries) for queries in counts] == [len(counts[0])] * 3, "\n".join(counts[-1])
    if name == "checklist":
        assert len(counts[0]) <= CHECKLIST_BUDGET, "\n".join(counts[0])


@pytest.mark.parametrize("role", [role for role in Role if role != Role.VENDOR])
def test_the_checklist_keeps_its_budget_for_every_role(world: World, client_as: Callable, role: Role) -> None:
    for query in ("", "?etape=3", "?vue=mes-actions", "?vue=ko&acteur=comop"):
        queries = ask(client_as(world.person(role)), reverse("checklist", args=[SLUG]) + query)
        assert len(queries) <= CHECKLIST_BUDGET, "\n".join(queries)


@pytest.mark.parametrize(
    ("role", "number", "options"),
    [
        pytest.param(Role.PROJECT_LEAD, "1.1.2", HTMX, id="lead"),
        pytest.param(Role.PROJECT_LEAD, "1.1.2", {}, id="lead, without scripts"),
        pytest.param(Role.COMOP, "2.2.1", HTMX, id="COMOP"),
        pytest.param(Role.COMOP, "2.2.1", {}, id="COMOP, without scripts"),
        pytest.param(Role.DPO, "5.2.2", HTMX, id="DPO"),
    ],
)
def test_a_tick_keeps_its_budget(world: World, client_as: Callable, role: Role, number: str, options: dict) -> None:
    for _ in range(5):
        CommentFactory(action=world.action(number), author=world.lead)
    action, path = world.action(number), reverse("checklist_status", args=[SLUG, number])
    with counted() as queries:
        answer = client_as(world.person(role)).post(path, {"status": "ok", "version": action.version}, **options)
    assert answer.status_code in {200, 302}
    assert len(queries) <= TICK_BUDGET, "\n".join(queries)


def test_a_page_that_asked_more_would_be_noticed(
    world: World, client_as: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A control: one query a line, as a forgotten `select_related` makes."""
    from checklist.selectors import page

    original = page.action_line

    def careless(action: Action, *arguments: object) -> object:
        action.comments.count()
        return original(action, *arguments)

    client = client_as(world.lead)
    before = len(ask(client, reverse("checklist", args=[SLUG])))
    monkeypatch.setattr(page, "action_line", careless)
    assert len(ask(client, reverse("checklist", args=[SLUG]))) > CHECKLIST_BUDGET >= before
