"""From the catalogue to a project's checklist: nothing lost, nothing added."""

from collections import Counter

import pytest
import yaml

from checklist import catalogue as reference
from checklist.enums import Actor, Letter, Status
from checklist.models import Action, Checklist, Deliverable, Group, RaciEntry, Step
from checklist.services import instantiate
from common.catalogues import latest
from common.errors import DomainError
from common.scope import elevated
from organisations.enums import ProjectKind
from organisations.models import Project
from tests.factories import ProjectFactory

pytestmark = pytest.mark.django_db

# Read here without the code under test. The numbers are the ANAP's own.
SOURCE = yaml.safe_load(reference.PATH.read_text(encoding="utf-8"))
ACTIONS = {
    action["number"]: action for step in SOURCE["steps"] for group in step["groups"] for action in group["actions"]
}


def made(kind: ProjectKind) -> Project:
    project = ProjectFactory(kind=kind)
    with elevated():
        instantiate(project=project, catalogue=latest("checklist"))
    return project


@pytest.fixture
def several(db: None) -> Project:
    return made(ProjectKind.MULTI_OG)


def test_the_source_has_the_numbers_of_the_anap() -> None:
    groups = [group for step in SOURCE["steps"] for group in step["groups"]]
    assert (len(SOURCE["steps"]), len(groups), len(ACTIONS)) == (7, 24, 100)


def test_a_project_of_several_og_has_all_of_it(several: Project) -> None:
    with elevated():
        counts = [model.objects.filter(project=several).count() for model in (Step, Group, Action)]
    assert counts == [7, 24, 100]


def test_a_project_of_one_og_leaves_out_the_two_that_do_not_concern_it() -> None:
    project = made(ProjectKind.SINGLE_OG)
    with elevated():
        numbers = set(Action.objects.filter(project=project).values_list("number", flat=True))
        letters = RaciEntry.objects.filter(project=project, action__number__in=["1.1.5", "3.1.3"])
        assert len(numbers) == 98
        assert set(ACTIONS) - numbers == {"1.1.5", "3.1.3"}
        assert not letters.exists()
        assert Group.objects.filter(project=project).count() == 24


def test_every_letter_is_the_sources(several: Project) -> None:
    with elevated():
        entries = RaciEntry.objects.filter(project=several).values_list("action__number", "letter", "actor")
        stored = Counter(entries)
    wanted = Counter(
        (number, letter, actor)
        for number, action in ACTIONS.items()
        for letter, actors in action["raci"].items()
        for actor in actors
    )
    assert stored == wanted
    assert sum(wanted.values()) > 200


def test_every_wording_and_its_place_is_the_sources(several: Project) -> None:
    with elevated():
        stored = list(
            Action.objects.filter(project=several)
            .order_by("position")
            .values_list(
                "number",
                "label",
                "objective",
                "group__number",
                "group__title",
                "group__step__number",
                "group__step__title",
            )
        )
        slots = list(
            Deliverable.objects.filter(project=several)
            .order_by("group__position", "position")
            .values_list("group__number", "label")
        )
    wanted = [
        (
            action["number"],
            action["label"],
            action.get("objective", ""),
            group["number"],
            group["title"],
            step["number"],
            step["title"],
        )
        for step in SOURCE["steps"]
        for group in step["groups"]
        for action in group["actions"]
    ]
    assert stored == wanted
    assert slots == [
        (group["number"], label)
        for step in SOURCE["steps"]
        for group in step["groups"]
        for label in group["deliverables"]
    ]


def test_the_six_validations_of_the_costrat_are_decided_by_it_and_no_other(several: Project) -> None:
    with elevated():
        decided = dict(
            Action.objects.filter(project=several).exclude(decided_by="").values_list("number", "decided_by")
        )
    assert decided == dict.fromkeys(["2.1.3", "2.6.2", "3.2.6", "3.3.3", "3.3.4", "4.4.4"], "costrat")
    assert {ACTIONS[number]["label"].split()[0] for number in decided} == {"Valider", "Signer"}


def test_a_new_checklist_is_all_to_do(several: Project) -> None:
    with elevated():
        fresh = Action.objects.filter(project=several)
        assert set(fresh.values_list("status", "version", "due_on", "done_on", "note")) == {
            (Status.TODO, 1, None, None, "")
        }


def test_a_project_has_one_checklist_and_remembers_its_version(several: Project) -> None:
    with elevated():
        assert Checklist.objects.get(project=several).catalogue == latest("checklist")
        with pytest.raises(DomainError, match="déjà sa checklist"):
            instantiate(project=several, catalogue=latest("checklist"))
        assert Action.objects.filter(project=several).count() == 100


def test_the_letters_are_those_that_the_anap_reads() -> None:
    assert [(item.value, item.label) for item in Letter] == [
        ("R", "Responsable"),
        ("A", "Acteur"),
        ("C", "Consulté"),
        ("I", "Informé"),
    ]
    assert {item.value: item.label for item in Actor} == SOURCE["actors"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content["actors"].pop("dpo"),
        lambda content: content["actors"].update(facteur="Facteur"),
        lambda content: content["steps"][0]["groups"][0]["actions"][1].update(number="1.1.1"),
        lambda content: content["steps"][0]["groups"][0]["actions"][1].update(raci={"R": ["facteur"]}),
        lambda content: content["steps"][0]["groups"][0]["actions"][1].update(raci={"Z": ["dpo"]}),
        lambda content: content["steps"][0]["groups"][0].pop("title"),
    ],
)
def test_a_catalogue_that_does_not_hold_together_is_refused(spoil) -> None:
    content = yaml.safe_load(reference.PATH.read_text(encoding="utf-8"))
    reference.parse(content)
    spoil(content)
    with pytest.raises((KeyError, ValueError)):
        reference.parse(content)
