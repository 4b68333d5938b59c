"""Query budgets, as production counts them: the scope's and the session's own included, transaction marks not.

Each page is asked with 1, 3 and 30 rows of what it shows: the number of queries must be the same.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from checklist.enums import ACTION_SOURCE, Actor, Letter, Status
from checklist.models import Action, ActionPerson, Comment, Deliverable, Group, RaciEntry, Snapshot, Step
from common.catalogues import latest
from common.scope import elevated
from governance.models import Alert
from organisations.enums import Role
from organisations.models import Membership, PhasePeriod
from tests.factories import (
    ActionDocumentFactory,
    ActionPersonFactory,
    AgendaRequestFactory,
    AlertFactory,
    CommentFactory,
    DecisionFactory,
    DepositFactory,
    ESMSFactory,
    InvitationFactory,
    MembershipFactory,
    MentionFactory,
    OpinionFactory,
    OpinionRequestFactory,
    ProjectFactory,
    ReportFactory,
    SavedViewFactory,
    UserFactory,
)
from tests.harness.htmx import HTMX
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db(transaction=True)

Grow = Callable[[World], None]
SINCE = "depuis=2020-01-01"
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


def saved_views(world: World) -> None:
    SavedViewFactory(project=world.project, user=world.lead)


def changes(world: World) -> None:
    with elevated():
        Action.objects.filter(pk=world.action("1.1.1").pk).update(note=str(uuid.uuid4()))


def own_actions(world: World) -> None:
    with elevated():
        group = world.action("1.1.1").group
        count = Action.objects.filter(group=group).count()
        for number, values in ((2 * count, {}), (2 * count + 1, {"retired_at": timezone.now()})):
            Action.objects.create(
                project=world.project,
                group=group,
                number=f"1.1.P{number}",
                label="Une action à nous",
                position=count + 500,
                own=True,
                **values,
            )


def dates_of_phases(world: World) -> None:
    with elevated():
        PhasePeriod.objects.filter(project=world.project).update(
            planned_start=timezone.localdate(), planned_end=timezone.localdate() + timedelta(days=90)
        )


def letters(world: World) -> None:
    with elevated():
        without = Action.objects.filter(project=world.project).exclude(raci__actor=Actor.USER_REFERENTS)
        action = without.order_by("position")[0]
        RaciEntry.objects.create(project=world.project, action=action, actor=Actor.USER_REFERENTS, letter=Letter.I)


def letters_of_one(world: World) -> None:
    with elevated():
        action = world.action("1.1.1")
        for _ in range(2):  # given, then taken
            if not RaciEntry.objects.filter(action=action, actor=Actor.VENDOR).delete()[0]:
                RaciEntry.objects.create(project=world.project, action=action, actor=Actor.VENDOR, letter=Letter.I)


def alerts(world: World) -> None:
    """About one action: all answered but the last."""
    about = {"source": ACTION_SOURCE, "source_id": world.action("1.1.1").pk}
    with elevated():
        Alert.objects.filter(**about, answered_at=None).update(
            answer="Vu.", answered_by=UserFactory(), answered_at=timezone.now()
        )
    number = 100 + uuid.uuid4().int % 10**8
    AlertFactory(project=world.project, number=number, raised_by=UserFactory(), **about)


def questions(world: World) -> None:
    with elevated():
        AgendaRequestFactory(body=world.own.question.body, asked_by=UserFactory())


def settled_questions(world: World) -> None:
    with elevated():
        AgendaRequestFactory(body=world.own.question.body, asked_by=UserFactory(), settled_by=world.own.decision)


def decisions(world: World) -> None:
    with elevated():
        number = 100 + uuid.uuid4().int % 10**8
        DecisionFactory(body=world.own.question.body, number=number, recorded_by=UserFactory())


def opinions(world: World) -> None:
    """Asked of the lead on 1.1.1, and answered there by one member after another."""
    action = world.action("1.1.1")
    OpinionRequestFactory(action=action, actor=Actor.PROJECT_LEAD, asked_by=UserFactory())
    OpinionFactory(request=OpinionRequestFactory(action=action, asked_by=UserFactory()))
    consulted = UserFactory()
    MembershipFactory(user=consulted, role=Role.OBSERVER, target=world.project)
    ActionPersonFactory(action=action, user=consulted, letter=Letter.C)


def without_responsible(world: World) -> None:
    """People who may be named on 1.1.1, which nobody answers for."""
    with elevated():
        RaciEntry.objects.filter(action=world.action("1.1.1"), letter=Letter.R).delete()
    MembershipFactory(user=UserFactory(), role=Role.DPO, target=world.project)


def mentions(world: World) -> None:
    MentionFactory(comment=CommentFactory(action=world.action("1.1.1"), author=UserFactory()), user=world.lead)


def news(world: World) -> None:
    """Actions on which the lead is Informé, changed by somebody else, each in a project of its own."""
    project = ProjectFactory()
    MembershipFactory(user=world.lead, role=Role.PROJECT_LEAD, target=project)
    with elevated():
        step = Step.objects.create(project=project, number=1, title="Une étape")
        group = Group.objects.create(project=project, step=step, number="1.1", title="Un bloc", position=1)
        action = Action.objects.create(
            project=project,
            group=group,
            number="1.1.1",
            label="Une action",
            position=1,
            status=Status.IN_PROGRESS,
            status_at=timezone.now(),
            status_by=UserFactory(),
        )
    ActionPersonFactory(action=action, user=world.lead, letter=Letter.I)
    OpinionRequestFactory(action=action, actor=Actor.PROJECT_LEAD, asked_by=UserFactory())


def documents(world: World) -> None:
    """Documents beside 1.1.1, and links that were removed."""
    ActionDocumentFactory(action=world.action("1.1.1"), document=True, added_by=UserFactory())
    ActionDocumentFactory(action=world.action("1.1.1"), removed_at=timezone.now(), added_by=UserFactory())


def handled_messages(world: World) -> None:
    """Messages about 1.1.1 that name somebody and that somebody handled."""
    values = {"handled_at": timezone.now(), "handled_by": UserFactory()}
    mentioned = CommentFactory(action=world.action("1.1.1"), author=UserFactory(), **values)
    MentionFactory(comment=mentioned, user=UserFactory())


def dated_actions(world: World) -> None:
    """One more action with its days in this month, and an opinion awaited."""
    actions(world)
    with elevated():
        latest = Action.objects.filter(project=world.project, start_on=None).order_by("-position")[0]
        today = timezone.localdate()
        Action.objects.filter(pk=latest.pk).update(start_on=today, due_on=today)
    OpinionRequestFactory(action=latest, due_on=timezone.localdate(), asked_by=UserFactory())


def snapshots(world: World) -> None:
    with elevated():
        version, empty = latest("checklist"), {"before": [], "after": []}
        Snapshot.objects.create(
            project=world.project, before=version, after=version, content=empty, taken_by=world.lead
        )


CASES: dict[str, tuple[str, Grow]] = {
    "export, actions": ("checklist_export", actions),
    "export, named people": ("checklist_export", named_people),
    "import, actions": ("checklist_import_preview", actions),
    "action, documents": ("checklist_action", documents),
    "action, handled messages": ("checklist_action", handled_messages),
    "action, members": ("checklist_action", members),
    "checklist, mentions": ("checklist", mentions),
    "board, actions": ("checklist_board", actions),
    "board, named people": ("checklist_board", named_people),
    "calendar, actions": ("checklist_calendar", dated_actions),
    "checklist, opinions": ("checklist", opinions),
    "action, opinions": ("checklist_action", opinions),
    "action, without a Responsable": ("checklist_action", without_responsible),
    "home, opinions": ("home", opinions),
    "home, mentions": ("home", mentions),
    "home, news of many projects": ("home", news),
    "checklist, comments": ("checklist", comments),
    "checklist, named people": ("checklist", named_people),
    "checklist, members": ("checklist", members),
    "checklist, deposits": ("checklist", deposits),
    "checklist, actions": ("checklist", actions),
    "checklist, deliverables": ("checklist", deliverables),
    "checklist, saved views": ("checklist", saved_views),
    "since a day, changes": (f"checklist?{SINCE}", changes),
    "since a day, comments": (f"checklist?{SINCE}", comments),
    "since a day, named people": (f"checklist?{SINCE}", named_people),
    "since a day, deposits": (f"checklist?{SINCE}", deposits),
    "selection, actions": ("checklist?choisir=oui", actions),
    "selection, members": ("checklist?choisir=oui", members),
    "action, comments": ("checklist_action", comments),
    "action, named people": ("checklist_action", named_people),
    "action, history": ("checklist_action", changes),
    "deposit, versions": ("checklist_deposit", deposits),
    "action, alerts": ("checklist_action", alerts),
    "card, alerts": ("checklist_card", alerts),
    "governance, alerts": ("governance", alerts),
    "governance, questions": ("governance", questions),
    "governance, decisions": ("governance", decisions),
    "decision, questions": ("decision", settled_questions),
    "record, questions": ("decision_record", questions),
    "home, projects": ("home", projects),
    "home, actions": ("home", actions),
    "project, actions": ("project", actions),
    "project, projects": ("project", projects),
    "reports": ("reports", reports),
    "structures": ("structures", structures),
    "structure_team, invitations": ("structure_team", invitations),
    "people, members": ("people", members),
    "people, invitations": ("people", invitations),
    "action, own actions": ("checklist_action", own_actions),
    "dates, actions": ("checklist_dates", actions),
    "dates, phases": ("checklist_dates", dates_of_phases),
    "versions, snapshots": ("checklist_versions", snapshots),
    "own actions": ("checklist_own", own_actions),
    "phases, history": ("project_phases", dates_of_phases),
    "matrix, letters": ("checklist_raci", letters),
    "matrix, named people": ("checklist_raci", named_people),
    "matrix, actions": ("checklist_raci", actions),
    "matrix, members": ("checklist_raci", members),
    "letters of an action": ("checklist_raci_action", named_people),
    "history, letters": ("checklist_action", letters_of_one),
    "settings, structures": ("project_settings", structures),
}


def address(name: str, world: World) -> str:
    name, _, query = name.partition("?")
    more = {
        "home": None,
        "checklist_action": {"number": "1.1.1"},
        "checklist_import_preview": {"import_id": world.own.received.pk},
        "checklist_card": {"number": "1.1.1"},
        "decision": {"year": world.own.decision.year, "number": world.own.decision.number},
        "checklist_raci_action": {"number": "1.1.1"},
        "checklist_deposit": {"deliverable_id": world.own.deliverable.pk},
        "structure_team": {"esms_slug": "foyer"},
    }.get(name, {})
    path = reverse(name) if more is None else reverse(name, kwargs={"slug": SLUG, **more})
    return f"{path}?{query}" if query else path


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
    if name.partition("?")[0] == "checklist":
        assert len(counts[0]) <= CHECKLIST_BUDGET, "\n".join(counts[0])


@pytest.mark.parametrize("role", [role for role in Role if role != Role.VENDOR])
def test_the_checklist_keeps_its_budget_for_every_role(world: World, client_as: Callable, role: Role) -> None:
    for query in ("", "?etape=3", "?vue=mes-actions", "?vue=ko&acteur=comop", f"?{SINCE}", "?choisir=oui"):
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


@pytest.mark.parametrize("options", [HTMX, {}], ids=["scripts", "no scripts"])
def test_an_ok_that_the_costrat_decides_keeps_its_budget(world: World, client_as: Callable, options: dict) -> None:
    client, path = client_as(world.lead), reverse("checklist_status", args=[SLUG, "2.1.3"])
    for decision in (None, world.own.decision.pk):  # the question, then the answer
        for _ in range(5):
            decisions(world)
        posted = {"status": "ok", "version": 1} | ({"decision": decision} if decision else {})
        with counted() as queries:
            assert client.post(path, posted, **options).status_code in {200, 302}
        assert len(queries) <= TICK_BUDGET + 2, "\n".join(queries)  # the decision and the question it settles


def crowd(world: World) -> None:
    """Thirty messages and forty named people on each of the hundred actions."""
    people = UserFactory.create_batch(40)
    with elevated():
        actions = Action.objects.filter(project=world.project)
        Membership.objects.bulk_create(
            Membership(project=world.project, user=user, role=Role.DPO, starts_on=timezone.localdate())
            for user in people
        )
        ActionPerson.objects.bulk_create(
            ActionPerson(project=world.project, action=action, user=user, letter=Letter.I)
            for action in actions
            for user in people
        )
        Comment.objects.bulk_create(
            Comment(project=world.project, action=action, author=people[number], text="Relancé.")
            for action in actions
            for number in range(30)
        )
        assert len(actions) >= 98


def test_a_full_checklist_keeps_its_budgets(world: World, client_as: Callable) -> None:
    """A hundred actions, thirty messages and forty named people on each of them."""
    client = client_as(world.lead)
    page, action = address("checklist", world), address("checklist_action", world)
    comments(world)
    named_people(world)
    before = len(ask(client, action))
    crowd(world)
    for query in ("", "?vue=en-retard", "?acteur=comop", "?vue=mes-actions&acteur=dpo"):
        queries = ask(client, page + query)
        assert len(queries) <= CHECKLIST_BUDGET, "\n".join(queries)
    assert len(ask(client, action)) == before
    told = client.get(action, **HTMX).content.decode()
    assert told.count("Relancé.") >= 30
    path, version = reverse("checklist_status", args=[SLUG, "1.1.1"]), world.action("1.1.1").version
    with counted() as queries:
        assert client.post(path, {"status": "ok", "version": version}, **HTMX).status_code == 200
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
