"""The filters of the page: what each leaves, « depuis le … », how links keep them."""

import uuid
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from checklist.enums import Actor, Letter, Status, View
from checklist.forms import read_filters
from checklist.models import Action, ActionPerson, RaciEntry
from checklist.selectors import Filters, What, checklist_page, read_checklist
from checklist.selectors.since import happened_since
from checklist.services import comment, edit, name_person, set_status, unname_person
from common.scope import elevated
from organisations.access import Access, acting_as
from organisations.enums import Role
from tests.checklist.test_views import PAGE, plain
from tests.factories import CommentFactory, DecisionFactory, DepositFactory
from tests.harness.htmx import parse
from tests.harness.world import CHECKLIST, World

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def access(world: World) -> Iterator[Access]:
    with acting_as(world.lead.pk) as access:
        yield access


@pytest.fixture
def a_month_ago(db: None) -> date:
    """The world is a month old: what follows is news since yesterday."""
    tables = ("actionevent", "actionpersonevent", "racientryevent", "comment")
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        role = cursor.fetchone()[0]
        cursor.execute("reset role; set local session_replication_role = replica")  # history is append-only
        for table in tables:
            column = "created_at" if table == "comment" else "pgh_created_at"
            cursor.execute(f"update checklist_{table} set {column} = {column} - interval '30 days'")
        cursor.execute(f"set local session_replication_role = origin; set role {role}")
    return TODAY() - timedelta(days=1)


def numbers(page) -> list[str]:
    return [line.action.number for group in page.groups for line in group.lines]


def told(world: World, since: date, number: str) -> list:
    return happened_since(world.project, since).get(world.action(number).pk, [])


def shown(client: Client, query: str) -> list[str]:
    page = parse(client.get(f"{PAGE}?{query}").content)
    return [item.get("id")[1:] for item in page.xpath("//li[starts-with(@class, 'action')]")]


# --- The URL ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(step=2),
        Filters(view=View.SOON, actor=Actor.DPO),
        Filters(step=5, view=View.TO_NAME, actor=Actor.COMOP, since=date(2026, 10, 1)),
    ],
)
def test_filters_come_back_from_their_own_url(filters: Filters) -> None:
    query = QueryDict(mutable=True)
    query.update(filters.parameters())
    assert read_filters(query) == (filters, True)


@pytest.mark.parametrize("day", ["hier", "2026-02-30", "20261001x", "1871-03-18", "99999-01-01"])
def test_a_day_that_is_none_is_told(lead: Client, day: str) -> None:
    assert "Ce filtre n’existe pas" in plain(lead.get(f"{PAGE}?depuis={day}"))


def test_tomorrow_is_no_day_to_look_back_to(lead: Client) -> None:
    assert "Ce filtre n’existe pas" in plain(lead.get(f"{PAGE}?depuis={TODAY() + timedelta(days=1)}"))


def test_links_keep_the_other_filters(world: World, lead: Client) -> None:
    since = (TODAY() - timedelta(days=3)).isoformat()
    page = parse(lead.get(f"{PAGE}?etape=2&vue=ko&acteur=comop&depuis={since}").content)
    kept = {"etape": "2", "vue": "ko", "acteur": "comop", "depuis": since}

    def query(label: str) -> dict[str, str]:
        address = page.xpath(f"//main//a[contains(normalize-space(), '{label}')]/@href")[0]
        return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}

    assert query("En retard") == {**kept, "vue": "en-retard"}
    assert query("KO, toutes étapes") == {name: value for name, value in kept.items() if name != "etape"}
    assert query("Préparer l’achat") == {**kept, "etape": "3"}
    assert query("Depuis 30 jours") == {**kept, "depuis": (TODAY() - timedelta(days=30)).isoformat()}
    assert query("Changées depuis le") == {name: value for name, value in kept.items() if name != "depuis"}
    assert query("Tableau") == kept


# --- The views -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "status", "soon"),
    [
        (0, Status.TODO, True),
        (7, Status.IN_PROGRESS, True),
        (7, Status.KO, True),
        (8, Status.TODO, False),
        (-1, Status.TODO, False),
        (3, Status.OK, False),
    ],
)
def test_due_soon_is_within_a_week(
    world: World, access: Access, lead: Client, days: int, status: Status, soon: bool
) -> None:
    with elevated():
        due = TODAY() + timedelta(days=days)
        Action.objects.filter(project=world.project, number="3.1.1").update(due_on=due, status=status)
    page = checklist_page(world.project, world.lead, access, Filters(view=View.SOON))
    assert (numbers(page) == ["3.1.1"]) is soon
    assert dict(page.views)[View.SOON] == int(soon)
    assert Action.objects.due_soon(TODAY()).filter(number="3.1.1").exists() is soon


def test_to_name_lists_the_actions_that_nobody_answers_for(world: World, lead: Client) -> None:
    assert shown(lead, "vue=a-designer") == ["5.3.1", "5.3.2", "5.3.3", "5.3.4", "5.3.5"]
    page = plain(lead.get(f"{PAGE}?vue=a-designer"))
    assert "5 actions sans Responsable" in page
    assert "Personne n’en répond encore" in page
    assert "À désigner" not in plain(lead.get(f"{PAGE}?etape=1"))
    assert "À désigner 5" in plain(lead.get(f"{PAGE}?etape=5"))


# --- Since a day -----------------------------------------------------------------------------------------------------


def test_what_happened_says_from_what_to_what_and_by_whom(world: World, access: Access, a_month_ago: date) -> None:
    due, dpo = TODAY() + timedelta(days=10), world.person(Role.DPO)
    action = set_status(action=world.action("2.1.1"), version=1, status=Status.IN_PROGRESS, user=world.lead)
    action = set_status(action=action, version=2, status=Status.OK, user=world.lead)
    edit(action=action, version=3, field="due_on", value=due)
    name_person(action=action, user=dpo, letter=Letter.C)
    RaciEntry.objects.filter(action=action, letter=Letter.R).delete()
    comment(action=action, author=world.lead, text="Fait ce matin", token=uuid.uuid4())

    found = {thing.what: thing for thing in told(world, a_month_ago, "2.1.1")}
    lead = world.lead.get_full_name()
    assert {thing.who for thing in found.values()} == {lead}
    assert (found[What.STATUS].old, found[What.STATUS].new) == (Status.TODO, Status.OK)
    assert (found[What.DUE].old, found[What.DUE].new) == (None, due)
    assert found[What.COMMENT].new == "Fait ce matin"
    letters = [thing.new for thing in told(world, a_month_ago, "2.1.1") if thing.what == What.LETTER]
    assert {(item.holder, item.letter, item.gained) for item in letters} == {
        (dpo.get_full_name(), Letter.C, True),
        (Actor.PROJECT_LEAD, Letter.R, False),
    }
    assert told(world, TODAY() + timedelta(days=1), "2.1.1") == []


def test_what_came_back_to_what_it_was_is_no_news(world: World, access: Access, a_month_ago: date) -> None:
    action = set_status(action=world.action("2.1.1"), version=1, status=Status.KO, user=world.lead)
    action = set_status(action=action, version=2, status=Status.TODO, user=world.lead)
    edit(action=action, version=3, field="due_on", value=TODAY())
    edit(action=action, version=4, field="due_on", value=None)
    unname_person(person=name_person(action=action, user=world.lead, letter=Letter.C))
    assert told(world, a_month_ago, "2.1.1") == []


def test_what_an_action_was_made_with_is_no_news(world: World, access: Access) -> None:
    """All of the world was made today, in one go: only the message of its lead is news, and the status since."""
    found = happened_since(world.project, TODAY())
    assert {thing.what for things in found.values() for thing in things} == {What.COMMENT}


def test_an_action_of_the_project_s_own_is_news_and_not_what_it_came_with(
    world: World, access: Access, a_month_ago: date
) -> None:
    with elevated():
        own = Action.objects.create(
            project=world.project,
            group=world.action("2.1.1").group,
            number="2.1.9",
            label="À nous",
            position=900,
            own=True,
        )
        RaciEntry.objects.create(project=world.project, action=own, letter=Letter.R, actor=Actor.COMOP)
    assert [thing.what for thing in told(world, a_month_ago, "2.1.9")] == [What.ADDED]


def test_the_page_since_a_day_tells_each_change(world: World, lead: Client, a_month_ago: date) -> None:
    lead.post(f"{PAGE}actions/2.1.1/etat/", {"status": "ok", "version": 1})
    with elevated():
        CommentFactory(action=world.action("3.1.1"), author=world.person(Role.COMOP), text="À relire d'ici vendredi")
    DepositFactory(deliverable=world.own.deliverable, deposited_by=world.lead)
    assert shown(lead, f"depuis={a_month_ago}") == ["2.1.1", "3.1.1"]
    page = plain(lead.get(f"{PAGE}?depuis={a_month_ago}"))
    name = world.lead.get_full_name()
    assert "2 actions ont changé depuis le" in page
    assert "Une est passée à « OK » ; une a reçu des messages ; un Résultat a été déposé." in page
    assert f"{name} : de « À faire » à « OK »" in page
    assert f"{world.person(Role.COMOP).get_full_name()} : « À relire d’ici vendredi »" in page
    assert f"Déposé le {TODAY().day}" in page
    assert f"par {name}" in page
    assert shown(lead, f"depuis={a_month_ago}&etape=3") == ["3.1.1"]
    assert shown(lead, f"depuis={a_month_ago}&vue=ko") == []


def test_the_days_offered_include_the_last_costrat(world: World, lead: Client, a_month_ago: date) -> None:
    page = parse(lead.get(f"{PAGE}?depuis={a_month_ago}").content)
    link = page.xpath("//a[contains(., 'Depuis le dernier COSTRAT')]/@href")[0]
    assert f"depuis={timezone.localdate(world.own.governance.closed.starts_at).isoformat()}" in link


def test_before_any_was_held_the_days_offered_include_its_last_decision(
    world: World, lead: Client, a_month_ago: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checklist.views.page.last_closed", lambda project, kind: None)
    with elevated():
        body = world.project.bodies.get(kind="costrat")
        decided_on = TODAY() - timedelta(days=2)
        DecisionFactory(body=body, decided_on=decided_on)
        DecisionFactory(body=body, decided_on=TODAY() - timedelta(days=40))
        DecisionFactory(body=world.project.bodies.get(kind="comop"), decided_on=TODAY())
    page = parse(lead.get(f"{PAGE}?depuis={a_month_ago}").content)
    link = page.xpath("//a[contains(., 'dernière décision du COSTRAT')]/@href")[0]
    assert f"depuis={decided_on.isoformat()}" in link


def test_who_reads_only_own_actions_hears_of_them_alone(
    world: World, client_as: Callable, lead: Client, a_month_ago: date
) -> None:
    with elevated():
        for number in ("3.1.3", "1.1.2"):
            CommentFactory(action=world.action(number), author=world.lead, text=f"{CHECKLIST} {number}")
    DepositFactory(deliverable=world.own.deliverable, deposited_by=world.lead)  # of the group of 1.1.2
    buyer = client_as(world.person(Role.PURCHASING))
    assert shown(buyer, f"depuis={a_month_ago}") == ["3.1.3"]
    page = plain(buyer.get(f"{PAGE}?depuis={a_month_ago}"))
    assert f"{CHECKLIST} 1.1.2" not in page
    assert "Résultat a été déposé" not in page
    assert shown(lead, f"depuis={a_month_ago}") == ["1.1.2", "3.1.3"]


def test_a_reading_that_did_not_look_back_refuses_to_filter_by_a_day(world: World, access: Access) -> None:
    reading = read_checklist(world.project, world.lead, access)
    with pytest.raises(ValueError, match="was not read"):
        reading.matching(Filters(since=TODAY()))


def test_named_people_are_read_with_their_action(world: World, access: Access) -> None:
    reading = read_checklist(world.project, world.lead, access)
    held = [person for line in reading.lines for item in line.raci for person in item.people]
    stored = ActionPerson.objects.filter(project=world.project).select_related("user")
    assert {(item.pk, item.letter, item.user.get_full_name()) for item in held} == {
        (item.pk, item.letter, item.user.get_full_name()) for item in stored
    }
