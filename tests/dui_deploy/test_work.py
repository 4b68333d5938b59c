"""« Mon travail » and the overview of a project in words."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse

from checklist.enums import Status
from checklist.models import Action
from checklist.selectors import Counts
from common.scope import elevated
from dui_deploy import overview, work
from organisations.enums import Role
from organisations.models import Project, User
from tests.harness.htmx import parse, text
from tests.harness.world import SLUG, World

TODAY = date(2026, 11, 22)
MAELLE = User(first_name="Maëlle")
LABEL = "Formaliser un tableau"


def plain(words: str) -> str:
    return words.replace("\xa0", " ").replace("\u202f", " ")


def an_action(days: int | None) -> Action:
    """Due so many days from today."""
    due_on = None if days is None else TODAY + timedelta(days=days)
    return Action(project=Project(slug="essai"), number="1.1.1", label=LABEL, due_on=due_on, status=Status.TODO)


def page(*days: int | None, shared: bool = False) -> work.WorkPage:
    return work.work_page(MAELLE, [an_action(number) for number in days], TODAY, shared=shared)


@pytest.mark.parametrize(
    ("days", "title", "lede", "button"),
    [
        (
            [-281, *[-3] * 11],
            "Douze actions sont en retard.",
            "La plus ancienne, de 281 jours : formaliser un tableau.",
            "Ouvrir la plus ancienne",
        ),
        (
            [-281, *[-3] * 11, 0, 7, 8],
            "Douze actions sont en retard, deux sont à finir d’ici dimanche 29 novembre.",
            "La plus ancienne, de 281 jours : formaliser un tableau.",
            "Ouvrir la plus ancienne",
        ),
        ([-1], "Une action est en retard.", "Il s’agit de : formaliser un tableau.", "Ouvrir cette action"),
        (
            [-1, 3],
            "Une action est en retard, une est à finir d’ici dimanche 29 novembre.",
            "En retard de 1 jour : formaliser un tableau.",
            "Ouvrir la plus ancienne",
        ),
        (
            [0, 7],
            "Deux actions sont à finir d’ici dimanche 29 novembre.",
            "La plus proche, pour le 22 novembre 2026 : formaliser un tableau.",
            "Ouvrir la plus proche",
        ),
        (
            [8, 60],
            "Rien n’est à finir d’ici dimanche 29 novembre.",
            "La plus proche, pour le 30 novembre 2026 : formaliser un tableau.",
            "Ouvrir la plus proche",
        ),
        ([None, None], "Rien n’est à finir d’ici dimanche 29 novembre.", "", "Ouvrir la première"),
    ],
)
def test_the_page_says_what_is_late_and_what_is_near(days: list[int], title: str, lede: str, button: str) -> None:
    found = page(*days)
    assert plain(found.title) == f"Bonjour Maëlle. {title}"
    assert plain(found.lede) == lede
    assert found.button
    assert found.button.label == button


def test_nothing_asked_is_said_and_nothing_is_offered() -> None:
    found = page()
    assert found.title == "Bonjour Maëlle. Rien ne vous est demandé pour l’instant."
    assert (found.lede, found.button, found.sections) == ("", None, [])


def test_what_is_far_is_folded_with_its_number_and_day() -> None:
    found = page(-1, 7, 30, *[31] * 22)
    assert [(section.title, len(section.tasks), plain(section.fold)) for section in found.sections] == [
        ("En retard", 1, ""),
        ("Cette semaine", 1, ""),
        ("Ensuite", 1, ""),
        ("", 22, "Voir les 22 actions d’après le 22 décembre"),
    ]
    assert not found.sections[-1].unfolded


def test_what_is_far_is_shown_when_nothing_is_near() -> None:
    section = page(31).sections[0]
    assert (section.title, plain(section.fold), section.unfolded) == (
        "Ensuite",
        "Voir l’action d’après le 22 décembre",
        True,
    )


@pytest.mark.parametrize(("count", "fold"), [(5, ""), (6, "Voir les 6 actions sans échéance")])
def test_many_without_a_date_are_folded(count: int, fold: str) -> None:
    assert page(1, *[None] * count).sections[-1].fold == fold


@pytest.mark.parametrize(
    ("shared", "note"),
    [
        (False, "action où vous pouvez agir"),
        (True, "action où vous, ou un autre membre de votre instance, pouvez agir"),
    ],
)
def test_who_sits_in_a_body_is_told_that_others_may_act(shared: bool, note: str) -> None:
    assert page(-1, shared=shared).sections[0].note == note


def test_a_late_action_says_of_what_its_days_are() -> None:
    task = page(-281).sections[0].tasks[0]
    assert (plain(task.when), plain(task.when_detail)) == ("281 jours de retard", "due le 14 févr.")


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (Counts(), "Aucune action n’est à votre charge"),
        (Counts(ok=3, ko=1, todo=1), "Vos 5 actions : 3 sont faites, 1 est bloquée"),
        (Counts(todo=2, late=1), "Vos 2 actions : aucune n’est encore faite, 1 est en retard"),
        (Counts(todo=1), "Votre action est à faire"),
        (Counts(ok=1), "Votre action est faite"),
        (Counts(ko=1), "Votre action est bloquée"),
    ],
)
def test_own_actions_in_a_sentence(counts: Counts, said: str) -> None:
    assert plain(overview._own_progress(counts, counts.late)) == said


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (Counts(ok=43, todo=57, late=12), "43 actions sur 100 sont faites, douze sont en retard"),
        (Counts(ok=1, todo=1, late=1), "1 action sur 2 est faite, une est en retard"),
        (Counts(todo=2), "Aucune des 2 actions n’est faite"),
    ],
)
def test_the_whole_in_a_sentence(counts: Counts, said: str) -> None:
    assert plain(overview._progress(counts)) == said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "title", "button", "budget"),
    [
        (Role.PROJECT_LEAD, "Aucune des 100 actions n’est faite, une est en retard", "Ouvrir la checklist", True),
        (Role.COMOP, "Aucune des 100 actions n’est faite, une est en retard", "Ouvrir la checklist", False),
        (Role.PURCHASING, "Vos ", "Ouvrir mes actions", True),
        (Role.VENDOR, "", "Ouvrir les structures", False),
    ],
)
def test_the_overview_concludes_for_its_reader(
    world: World, client_as: Callable, role: Role, title: str, button: str, budget: bool
) -> None:
    with elevated():
        Project.objects.filter(pk=world.project.pk).update(budget_voted=412000)
    found = parse(client_as(world.person(role)).get(reverse("project", args=[SLUG])).content)
    assert plain(text(found.xpath("//h1")[0])).startswith(title or world.project.name)
    assert found.xpath("//main//a[@class='button primary']/text()") == [button]
    assert ("412 000 €" in plain(text(found))) is budget


@pytest.mark.django_db
def test_home_opens_what_is_late_first(world: World, client_as: Callable) -> None:
    found = parse(client_as(world.lead).get(reverse("home")).content)
    assert plain(text(found.xpath("//h1")[0])).endswith("Une action est en retard.")
    assert found.xpath("//main//a[@class='button primary']/@href") == [
        reverse("checklist_action", args=[SLUG, world.own.action.number])
    ]
