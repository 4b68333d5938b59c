"""A new version of the catalogue in a checklist that lives: what is seen is what is done, and it can be undone."""

import copy
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as some

from checklist.catalogue import CatalogueAction, CatalogueGroup, CatalogueStep
from checklist.differences import differences
from checklist.enums import Actor, Letter, Status
from checklist.merging import Facts, merged, restored
from checklist.models import Action, Checklist, Deliverable, Group, RaciEntry, Snapshot
from checklist.selectors import followed_version, plan_of_taking
from checklist.selectors.structure import read_structure
from checklist.services import add_own_action, take_version
from checklist.structure import ActionNode, DeliverableNode, GroupNode, StepNode, Tree, from_json, to_json
from common.catalogues import latest
from common.errors import DomainError
from common.models import Catalogue
from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from tests.factories import ActionPersonFactory, CommentFactory, DepositFactory
from tests.harness.htmx import parse, text
from tests.harness.threads import together
from tests.harness.world import SLUG, World

CHECKLIST = f"/projets/{SLUG}/checklist/"
PAGE = f"{CHECKLIST}catalogue/"

# --- The merge itself, on any checklist ------------------------------------------------------------------------------

ON_ANY_CHECKLIST = settings(max_examples=50, deadline=None)
GROUPS = ("1.1", "1.2", "2.1")
LETTERS = some.frozensets(some.tuples(some.sampled_from(Letter), some.sampled_from(Actor)), max_size=3)


def catalogue(actions: list[tuple[str, str, str, frozenset]], slots: dict[str, list[str]]) -> list[CatalogueStep]:
    """A catalogue of (number, previous number, label, letters) and the deliverables of each group."""
    steps: dict[int, list[CatalogueGroup]] = {}
    for group in GROUPS:
        inside = tuple(
            CatalogueAction(number, label, "", False, "", previously, _raci(letters))
            for number, previously, label, letters in actions
            if number.rpartition(".")[0] == group
        )
        steps.setdefault(int(group[0]), []).append(
            CatalogueGroup(group, f"Bloc {group}", tuple(slots.get(group, [])), inside)
        )
    return [CatalogueStep(number, f"Étape {number}", tuple(groups)) for number, groups in steps.items()]


def _raci(letters: frozenset) -> dict[Letter, tuple[Actor, ...]]:
    return {letter: tuple(actor for held, actor in sorted(letters) if held == letter) for letter in Letter}


def checklist(source: list[CatalogueStep]) -> Tree:
    """What `instantiate` makes of a catalogue."""
    return Tree(
        tuple(
            StepNode(
                step.number,
                step.title,
                tuple(
                    GroupNode(
                        group.number,
                        group.title,
                        tuple(DeliverableNode(f"d-{group.number}-{label}", label) for label in group.deliverables),
                        tuple(
                            ActionNode(
                                key=f"k-{action.number}",
                                number=action.number,
                                label=action.label,
                                objective="",
                                decided_by="",
                                own=False,
                                retired=False,
                                letters=frozenset((k, actor) for k, actors in action.raci.items() for actor in actors),
                            )
                            for action in group.actions
                        ),
                    )
                    for group in step.groups
                ),
            )
            for step in source
        )
    )


@some.composite
def situations(draw: Callable) -> tuple[Tree, Facts, list[CatalogueStep], list[CatalogueStep]]:
    """A checklist that a project worked on and added to, the catalogue it was made from, and the next one."""
    slots = {group: draw(some.lists(some.sampled_from("abc"), unique=True, max_size=3)) for group in GROUPS}
    counts = {group: draw(some.integers(0, 4)) for group in GROUPS}
    old_numbers = [f"{group}.{rank + 1}" for group, count in counts.items() for rank in range(count)]
    old = catalogue([(number, "", f"Faire {number}", draw(LETTERS)) for number in old_numbers], slots)
    kept = draw(some.permutations(old_numbers))[: draw(some.integers(0, len(old_numbers)))]
    homes = [draw(some.sampled_from(GROUPS)) for _ in kept] + draw(some.lists(some.sampled_from(GROUPS), max_size=3))
    ranks = dict.fromkeys(GROUPS, 0)
    new_actions = []
    for index, group in enumerate(homes):
        ranks[group] += 1
        number = f"{group}.{ranks[group]}"
        was = kept[index] if index < len(kept) else ""
        new_actions.append((number, was if was != number else "", f"Faire {was or 'mieux'}", draw(LETTERS)))
    labels = some.lists(some.sampled_from("abcd"), unique=True, max_size=3)
    new = catalogue(new_actions, {group: draw(labels) for group in GROUPS})
    current = checklist(old)
    for rank in range(draw(some.integers(0, 3))):
        home, place, retired = draw(some.tuples(some.sampled_from(GROUPS), some.integers(0, 4), some.booleans()))
        current = _with_own(current, home, rank, place, retired)
    keys = sorted(item.key for item in current.actions)
    current = _change(current, draw(some_of(keys)), draw(LETTERS))
    slots_now = sorted(item.key for item in current.deliverables)
    return current, Facts(touched=draw(some_of(keys)), filled=draw(some_of(slots_now))), old, new


def some_of(keys: list[str]) -> some.SearchStrategy[frozenset[str]]:
    return some.frozensets(some.sampled_from(keys)) if keys else some.just(frozenset())


def _each_group(tree: Tree, change: Callable[[GroupNode], GroupNode]) -> Tree:
    return Tree(tuple(replace(step, groups=tuple(map(change, step.groups))) for step in tree.steps))


def _with_own(tree: Tree, home: str, rank: int, place: int, retired: bool) -> Tree:
    own = ActionNode(f"own-{rank}", f"{home}.P{rank + 1}", "À nous", "", "", True, retired, frozenset())

    def put(group: GroupNode) -> GroupNode:
        if group.number != home:
            return group
        return replace(group, actions=(*group.actions[:place], own, *group.actions[place:]))

    return _each_group(tree, put)


def _change(tree: Tree, keys: frozenset[str], letters: frozenset) -> Tree:
    def of(group: GroupNode) -> GroupNode:
        actions = (replace(item, letters=letters) if item.key in keys else item for item in group.actions)
        return replace(group, actions=tuple(actions))

    return _each_group(tree, of)


@ON_ANY_CHECKLIST
@given(situations())
def test_what_people_did_or_added_stays_whatever_the_catalogue_says(situation: tuple) -> None:
    current, facts, old, new = situation
    after = merged(current, facts, old, new, multi_og=True).tree
    keys = {item.key for item in after.actions}
    assert facts.touched <= keys
    assert {item.key for item in current.actions if item.own} <= keys
    assert facts.filled <= {item.key for item in after.deliverables}
    numbers = [item.number for item in after.actions]
    assert len(set(numbers)) == len(numbers)


@ON_ANY_CHECKLIST
@given(situations())
def test_every_action_of_the_new_version_is_there_once_as_it_says(situation: tuple) -> None:
    current, facts, old, new = situation
    after = merged(current, facts, old, new, multi_og=True).tree
    anap = {item.number: item.label for item in after.actions if not item.own}
    assert anap == {item.number: item.label for step in new for group in step.groups for item in group.actions}
    for group in after.groups:
        said = next(item for step in new for item in step.groups if item.number == group.number)
        assert [item.label for item in group.deliverables][: len(said.deliverables)] == list(said.deliverables)
        assert [a.number for a in group.actions if not a.own] == [a.number for a in said.actions]


@ON_ANY_CHECKLIST
@given(situations())
def test_letters_that_the_project_gave_win_and_the_others_follow(situation: tuple) -> None:
    current, facts, old, new = situation
    merge = merged(current, facts, old, new, multi_og=True)
    was = {item.number: item.letters for item in checklist(old).actions}
    now = {item.key: item for item in current.actions}
    said = {item.number: item.letters for item in checklist(new).actions}
    for item in merge.tree.actions:
        if item.own or item.key not in now:
            continue
        before = now[item.key]
        given_by_project = before.letters != was[before.number]
        assert item.letters == (before.letters if given_by_project else said[item.number])


@ON_ANY_CHECKLIST
@given(situations())
def test_going_back_gives_exactly_what_was(situation: tuple) -> None:
    current, facts, old, new = situation
    after = merged(current, facts, old, new, multi_og=True).tree
    back = restored(current, after, after, facts).tree
    assert back == current
    assert not any(vars(differences(current, back)).values())


@ON_ANY_CHECKLIST
@given(situations())
def test_the_same_version_again_changes_nothing(situation: tuple) -> None:
    current, facts, old, new = situation
    after = merged(current, facts, old, new, multi_og=True).tree
    assert merged(after, facts, new, new_again(new), multi_og=True).tree == after


def new_again(steps: list[CatalogueStep]) -> list[CatalogueStep]:
    """The next version, which renumbers nothing."""
    return [
        replace(
            step,
            groups=tuple(
                replace(group, actions=tuple(replace(action, previously="") for action in group.actions))
                for group in step.groups
            ),
        )
        for step in steps
    ]


@ON_ANY_CHECKLIST
@given(situations())
def test_a_structure_is_stored_and_read_back(situation: tuple) -> None:
    current = situation[0]
    assert from_json(to_json(current)) == current


def test_an_own_action_stays_behind_the_one_it_followed() -> None:
    old = catalogue([(f"1.1.{rank}", "", f"Faire {rank}", frozenset()) for rank in (1, 2, 3)], {})
    current = _with_own(checklist(old), "1.1", rank=0, place=1, retired=False)  # after 1.1.1
    new = catalogue([("1.1.1", "", "Mieux", frozenset()), ("1.1.2", "1.1.1", "Faire 1", frozenset())], {})
    after = merged(current, Facts(), old, new, multi_og=True).tree
    assert [item.number for item in after.actions] == ["1.1.1", "1.1.2", "1.1.P1"]
    current = _with_own(checklist(old), "1.1", rank=0, place=0, retired=False)  # before all
    after = merged(current, Facts(), old, new, multi_og=True).tree
    assert [item.number for item in after.actions] == ["1.1.P1", "1.1.1", "1.1.2"]


def test_an_action_that_was_elsewhere_is_not_the_one_whose_number_it_takes() -> None:
    """It was 1.2.1, which this project never had (one of several OG): 1.1.1 gives its number up."""
    old = catalogue([("1.1.1", "", "Faire 1", frozenset())], {})
    new = catalogue([("1.1.1", "1.2.1", "Faire autre chose", frozenset())], {})
    current = checklist(old)
    worked_on = Facts(touched=frozenset({"k-1.1.1"}))
    after = {item.number: item for item in merged(current, worked_on, old, new, multi_og=True).tree.actions}
    assert (after["1.1.1"].label, after["1.1.P1"].label) == ("Faire autre chose", "Faire 1")
    assert (after["1.1.P1"].key, after["1.1.P1"].own) == ("k-1.1.1", True)


# --- In a project ----------------------------------------------------------------------------------------------------

pages = pytest.mark.django_db


def plain(answer: HttpResponse) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def group_of(content: dict[str, Any], number: str) -> dict[str, Any]:
    return next(group for step in content["steps"] for group in step["groups"] if group["number"] == number)


@pytest.fixture
def second(world: World) -> Catalogue:
    """A version 2: an action put in before 2.4.3, one reworded, letters changed, two gone, Résultats replaced."""
    with elevated():
        content = copy.deepcopy(latest("checklist").content)
        content["version"] = 2
        named = group_of(content, "2.4")
        last = named["actions"][2:]
        for action, number in zip(last, ("2.4.4", "2.4.5"), strict=True):
            action.update(previously=action["number"], number=number)
        fresh = {"number": "2.4.3", "label": "Prévoir leur remplacement", "raci": {"R": ["comop"]}}
        named["actions"].insert(2, fresh)
        group_of(content, "2.1")["actions"][0]["label"] = "S'entretenir avec chaque membre du COSTRAT"
        for action in group_of(content, "2.2")["actions"][:2]:
            action["raci"] = {"R": ["project_lead"], "A": ["dpo"]}
        del group_of(content, "3.1")["actions"][:2]
        group_of(content, "2.1")["deliverables"] = ["Note de cadrage signée"]
        group_of(content, "2.2")["deliverables"] = ["Cartographie du SI"]
        return Catalogue.objects.create(code="checklist", version=2, sha256="2" * 64, content=content)


@pytest.fixture
def lived(world: World) -> None:
    """What the project did before: work on 2.4.3, 3.1.1 and 2.2.1, letters of 2.2.2, a Résultat in 2.1."""
    CommentFactory(action=world.action("2.4.3"), author=world.lead, text="Vu avec la direction")
    ActionPersonFactory(action=world.action("3.1.1"), user=world.person(Role.DPO), letter=Letter.A)
    with elevated():
        rows = Action.objects.filter(project=world.project)
        rows.filter(number="2.4.3").update(status=Status.OK, done_on="2026-01-05")
        rows.filter(number="2.2.1").update(status=Status.IN_PROGRESS)
        RaciEntry.objects.filter(project=world.project, action__number="2.2.2", letter=Letter.A).delete()
        slot = Deliverable.objects.get(project=world.project, group__number="2.1")
    DepositFactory(deliverable=slot, deposited_by=world.lead)


def structure(world: World) -> Tree:
    with elevated():
        return read_structure(world.project)


def seen(client: Client, address: str = PAGE) -> str:
    (value,) = parse(client.get(address).content).xpath("//input[@name='seen']/@value")
    return value


def take(client: Client) -> HttpResponse:
    return client.post(PAGE, {"seen": seen(client)})


def followed(world: World) -> int:
    with elevated():
        return Checklist.objects.get(project=world.project).catalogue.version


@pages
def test_without_a_newer_version_the_page_says_so(world: World, lead: Client) -> None:
    page = lead.get(PAGE)
    assert "La checklist suit la dernière version de l’ANAP" in plain(page)
    assert not parse(page.content).xpath("//input[@name='seen']")
    assert lead.post(PAGE, {"seen": "x"}).status_code == 302
    assert followed(world) == 1


@pages
def test_the_lead_is_told_on_the_checklist(world: World, lead: Client, client_as: Callable, second: Catalogue) -> None:
    page = lead.get(CHECKLIST)
    assert "Une nouvelle version de la checklist ANAP est parue" in plain(page)
    assert parse(page.content).xpath(f"//a[@href='{PAGE}']")
    assert "nouvelle version" not in plain(client_as(world.person(Role.COSTRAT)).get(CHECKLIST))
    take(lead)
    assert "nouvelle version" not in plain(lead.get(CHECKLIST))


@pages
def test_the_preview_tells_each_change(world: World, lead: Client, lived: None, second: Catalogue) -> None:
    page = plain(lead.get(PAGE))
    for sentence in (
        "Une nouvelle version de la checklist ANAP est parue",
        "1 action ajoutée",
        "2.4.3 Prévoir leur remplacement",
        "2.4.3 devient 2.4.4 : Valider auprès de la hiérarchie",
        "« Organiser des entretiens avec les membres du COSTRAT » devient « S’entretenir avec chaque membre",
        "1 action quitte la checklist de l’ANAP et devient propre au projet",
        "3.1.1 Solliciter la cellule achat de l’OG",
        "1 action disparaît : rien n’y avait été fait",
        "3.1.2 Solliciter la direction juridique",
        "Acteur COMOP, Consulté OG / Directeurs ; désormais Responsable Chef de projet, Acteur DPD",
        "1 action garde les rôles que le projet lui a donnés",
        "2.2.2 Analyser la base documentaire : Responsable Chef de projet",
        "Bloc 2.1 : Note de cadrage signée",
        "Bloc 2.2 : État des lieux des SI des OG",
    ):
        assert sentence in page, sentence
    assert followed(world) == 1


@pages
def test_a_merge_keeps_what_was_done(world: World, lead: Client, lived: None, second: Catalogue) -> None:
    moved, dropped = world.action("2.4.3").pk, world.action("3.1.1").pk
    assert take(lead).status_code == 302
    assert followed(world) == 2
    with elevated():
        action = Action.objects.get(pk=moved)
        assert (action.number, action.status, action.comments.count()) == ("2.4.4", Status.OK, 1)
        kept = Action.objects.get(pk=dropped)
        assert (kept.number, kept.own, kept.people.count()) == ("3.1.1", True, 1)
        assert not Action.objects.filter(project=world.project, number="3.1.2").exists()
        new = Action.objects.get(project=world.project, number="2.4.3")
        assert (new.label, new.status, new.own) == ("Prévoir leur remplacement", Status.TODO, False)
        letters = RaciEntry.objects.filter(project=world.project, action__number="2.2.1")
        assert set(letters.values_list("letter", "actor")) == {("R", "project_lead"), ("A", "dpo")}
        labels = Deliverable.objects.filter(project=world.project, group__number="2.1").order_by("position")
        assert list(labels.values_list("label", flat=True)) == [
            "Note de cadrage signée",
            "Note de cadrage projet validée",
        ]
    page = lead.get(f"{CHECKLIST}?etape=2")
    assert page.status_code == 200
    shown = [item.get("id") for item in parse(page.content).xpath("//*[@id='b2.4']//li[contains(@class, 'action')]")]
    assert shown == ["a2.4.1", "a2.4.2", "a2.4.3", "a2.4.4", "a2.4.5"]
    assert "Version 2 prise le" in plain(lead.get(PAGE))


@pages
def test_what_is_applied_is_what_was_seen(world: World, lead: Client, lived: None, second: Catalogue) -> None:
    read = seen(lead)
    CommentFactory(action=world.action("3.1.2"), author=world.lead)  # now it would become the project's own
    before = structure(world)
    answer = lead.post(PAGE, {"seen": read})
    assert answer.status_code == 409
    assert "La checklist a changé depuis cet aperçu" in plain(answer)
    assert "2 actions quittent la checklist de l’ANAP" in plain(answer)
    assert (structure(world), followed(world)) == (before, 1)
    assert take(lead).status_code == 302


@pages
def test_going_back_gives_the_structure_back_and_keeps_the_states(
    world: World, lead: Client, lived: None, second: Catalogue
) -> None:
    before = structure(world)
    take(lead)
    lead.post(f"{CHECKLIST}actions/2.4.5/etat/", {"status": "ok", "version": 1})
    (link,) = parse(lead.get(PAGE).content).xpath("//a[contains(., 'Revenir à la version 1')]/@href")
    assert "2.4.4 devient 2.4.3" in plain(lead.get(link))
    assert lead.post(link, {"seen": seen(lead, link)}).status_code == 302
    assert structure(world) == before
    assert followed(world) == 1
    assert world.action("2.4.4").status == Status.OK  # given since, under its other number
    assert "défaite le" in plain(lead.get(PAGE))
    assert lead.get(link).status_code == 302
    assert lead.post(link, {"seen": "x"}).status_code == 409
    take(lead)
    assert followed(world) == 2


@pages
def test_whole_groups_come_and_go_and_come_back(world: World, lead: Client, lived: None) -> None:
    """Version 2 has no group 2.3, on which nobody worked, nor 2.4, of which 2.4.3 stays, and an eighth step."""
    with elevated():
        content = copy.deepcopy(latest("checklist").content)
        second_step = content["steps"][1]
        second_step["groups"] = [group for group in second_step["groups"] if group["number"] not in {"2.3", "2.4"}]
        new = {"number": "8.1.1", "label": "Faire le bilan", "raci": {"R": ["costrat"]}}
        group = {"number": "8.1", "title": "Bilan", "deliverables": ["Le bilan"], "actions": [new]}
        content["steps"].append({"number": 8, "title": "Après", "groups": [group]})
        Catalogue.objects.create(code="checklist", version=2, sha256="2" * 64, content=content)
    before = structure(world)
    page = plain(lead.get(PAGE))
    assert "Bloc 2.3, en moins : « Analyser les risques du projet »" in page
    assert "Étape 8, en plus : « Après »" in page
    assert take(lead).status_code == 302
    groups = {group.number: [action.number for action in group.actions] for group in structure(world).groups}
    assert "2.3" not in groups
    assert (groups["2.4"], groups["8.1"]) == (["2.4.3"], ["8.1.1"])
    assert lead.get(f"{CHECKLIST}?etape=8").status_code == 200
    with elevated():
        (snapshot,) = Snapshot.objects.filter(project=world.project)
    link = f"{PAGE}instantanes/{snapshot.pk}/"
    assert lead.post(link, {"seen": seen(lead, link)}).status_code == 302
    assert structure(world) == before


@pages
def test_what_came_with_the_merge_stays_as_own_when_it_was_worked_on(
    world: World, lead: Client, second: Catalogue
) -> None:
    take(lead)
    lead.post(f"{CHECKLIST}actions/2.4.3/etat/", {"status": "in_progress", "version": 1})
    with elevated():
        (snapshot,) = Snapshot.objects.filter(project=world.project)
    link = f"{PAGE}instantanes/{snapshot.pk}/"
    assert lead.post(link, {"seen": seen(lead, link)}).status_code == 302
    with elevated():
        kept = Action.objects.get(project=world.project, label="Prévoir leur remplacement")
    assert (kept.own, kept.status, kept.number) == (True, Status.IN_PROGRESS, "2.4.P1")


@pages
def test_an_action_already_ok_is_not_asked_for_a_decision(world: World, lead: Client) -> None:
    with elevated():
        content = copy.deepcopy(latest("checklist").content)
        group_of(content, "2.1")["actions"][0]["decided_by"] = "costrat"
        Catalogue.objects.create(code="checklist", version=2, sha256="2" * 64, content=content)
    lead.post(f"{CHECKLIST}actions/2.1.1/etat/", {"status": "ok", "version": 1})
    assert take(lead).status_code == 302
    assert (world.action("2.1.1").status, world.action("2.1.1").decided_by) == (Status.OK, "")


@pages
def test_the_snapshot_of_another_project_is_none(world: World, lead: Client) -> None:
    assert lead.get(f"{PAGE}instantanes/{uuid.uuid4()}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_an_action_being_added_when_the_merge_starts_is_not_lost(world: World, second: Catalogue) -> None:
    with elevated():
        read = plan_of_taking(world.project, followed_version(world.project), second).fingerprint
    added = threading.Event()

    def add() -> str:
        with acting_as(world.lead.pk):
            group = Group.objects.get(project=world.project, number="2.4")
            last = group.actions.latest("position")  # after which nobody has to make room
            values = {"label": "Former la nuit", "objective": "", "letters": {}, "after": last}
            action = add_own_action(group=group, token=uuid.uuid4(), **values)
            added.set()
            wait_until_somebody_waits()
            return action.number

    def merge() -> str:
        assert added.wait(60)
        with acting_as(world.lead.pk), pytest.raises(DomainError, match="a changé depuis cet aperçu"):
            take_version(project=world.project, catalogue=second, seen=read, user=world.lead)
        return ""

    number, _ = together(2, lambda index: (add, merge)[index]())
    assert world.action(number).label == "Former la nuit"
    assert followed(world) == 1


def wait_until_somebody_waits() -> None:
    """Until another connection waits for a lock that this one holds."""
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise TimeoutError
