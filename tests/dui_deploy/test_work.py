"""« Mon travail » and the overview of a project in words."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from checklist.enums import Actor, Letter, Status
from checklist.models import Action, ActionPerson, Comment, Mention, OpinionRequest, RaciEntry
from checklist.selectors import Counts, StatusChange, news_for, opinions_asked_of
from common.scope import elevated
from dui_deploy import overview, work
from governance.enums import BodyKind
from governance.models import Body
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import Membership, Project, User
from tests.factories import (
    ActionPersonFactory,
    CommentFactory,
    MandateFactory,
    MentionFactory,
    OpinionFactory,
    OpinionRequestFactory,
    UserFactory,
)
from tests.harness.days import days_ago
from tests.harness.htmx import parse, text
from tests.harness.world import SLUG, World

TODAY = date(2026, 11, 22)
MAELLE = User(first_name="Maëlle")
KARIM = User(first_name="Karim", last_name="Bellouard")
PROJECT = Project(slug="essai")
LABEL = "Formaliser un tableau"


def plain(words: str) -> str:
    return words.replace("\xa0", " ").replace("\u202f", " ")


def an_action(days: int | None) -> Action:
    """Due so many days from today."""
    due_on = None if days is None else TODAY + timedelta(days=days)
    return Action(project=PROJECT, number="1.1.1", label=LABEL, due_on=due_on, status=Status.TODO)


def page(*days: int | None, shared: bool = False) -> work.WorkPage:
    return work.work_page(MAELLE, work.Work([an_action(number) for number in days]), TODAY, shared=shared)


def a_request(days: int, **values: object) -> OpinionRequest:
    """An opinion expected so many days from today."""
    asked = {"actor": Actor.COMOP, "asked_by": KARIM, "due_on": TODAY + timedelta(days=days), **values}
    return OpinionRequest(action=an_action(None), project=PROJECT, **asked)


def a_mention(days: int = -1, text: str = "@Maëlle, qu’en penses-tu ?") -> Mention:
    """In a message written so many days from today."""
    written_at = timezone.now() + timedelta(days=days)
    comment = Comment(action=an_action(None), author=KARIM, text=text, created_at=written_at)
    return Mention(comment=comment, user=MAELLE, project=PROJECT)


def a_change(status: Status = Status.OK) -> StatusChange:
    action = an_action(None)
    action.status, action.status_by, action.status_at = status, KARIM, days_ago(2)
    return StatusChange(action, Status.IN_PROGRESS)


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
        (True, "action où vous pouvez agir, vous ou un autre membre de votre instance"),
    ],
)
def test_who_sits_in_a_body_is_told_that_others_may_act(shared: bool, note: str) -> None:
    assert page(-1, shared=shared).sections[0].note == note


def test_a_late_action_says_of_what_its_days_are() -> None:
    task = page(-281).sections[0].tasks[0]
    assert (plain(task.when), plain(task.when_detail)) == ("281 jours de retard", "due le 14 févr.")


# --- What others wait for, and what one is told ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "opinions", "mentions", "title"),
    [
        ([], 1, 0, "Un avis vous est demandé."),
        ([], 2, 1, "Deux avis vous sont demandés et un message vous attend."),
        ([], 0, 2, "Deux messages vous attendent."),
        ([8], 1, 0, "Un avis vous est demandé."),
        ([-3], 0, 1, "Une action est en retard ; un message vous attend."),
        (
            [-3, 0, 1],
            1,
            2,
            (
                "Une action est en retard, deux sont à finir d’ici dimanche 29 novembre ; "
                "un avis vous est demandé et deux messages vous attendent."
            ),
        ),
    ],
)
def test_the_title_counts_what_others_wait_for(days: list[int], opinions: int, mentions: int, title: str) -> None:
    found = work.Work(
        actions=[an_action(number) for number in days],
        opinions=[a_request(4)] * opinions,
        mentions=[a_mention()] * mentions,
    )
    assert plain(work.work_page(MAELLE, found, TODAY, shared=True).title) == f"Bonjour Maëlle. {title}"


@pytest.mark.parametrize(
    ("days", "lede"),
    [
        ([4], "Pour le 26 novembre 2026 : formaliser un tableau."),
        ([4, 9], "Le plus proche, pour le 26 novembre 2026 : formaliser un tableau."),
        ([-2, 9], "Attendu depuis le 20 novembre 2026 : formaliser un tableau."),
    ],
)
def test_with_nothing_urgent_the_first_opinion_is_what_one_opens(days: list[int], lede: str) -> None:
    asked = [a_request(number) for number in days]
    found = work.work_page(MAELLE, work.Work([an_action(20)], asked), TODAY, shared=True)
    assert plain(found.lede) == lede
    assert found.button
    assert found.button.label == "Donner mon avis"
    assert found.button.url.endswith(f"#avis-{asked[0].pk}")


def test_opinions_messages_and_news_have_their_sections() -> None:
    found = work.Work(
        actions=[an_action(-1), an_action(20)],
        opinions=[a_request(-3), a_request(4, actor="", user=MAELLE, question="Est-ce assez ?")],
        mentions=[a_mention()],
        news=[a_change()] * 6,
    )
    sections = work.work_page(MAELLE, found, TODAY, shared=True).sections
    assert [(section.title, section.tone, len(section.tasks), plain(section.fold)) for section in sections] == [
        ("En retard", "late", 1, ""),
        ("Avis demandés", "late", 2, ""),
        ("Message", "", 1, ""),
        ("Ensuite", "", 1, ""),
        ("Pour votre information", "", 6, "Voir les 6 changements"),
    ]
    late, own = sections[1].tasks
    assert (plain(late.when), plain(late.when_detail)) == ("3 jours de retard", "attendu le 19 nov.")
    assert (late.tone, own.tone) == ("late", "accent")
    assert plain(late.detail) == "Action 1.1.1 · demandé par Karim Bellouard, pour le COMOP"
    assert plain(own.detail) == "Action 1.1.1 · demandé par Karim Bellouard · « Est-ce assez ? »"
    message = sections[2].tasks[0]
    assert (plain(message.title), message.when) == ("Karim Bellouard : @Maëlle, qu’en penses-tu ?", "Hier")
    news = sections[4].tasks[0]
    assert plain(news.detail) == "Action 1.1.1 · OK (était En cours), par Karim Bellouard"
    assert plain(sections[4].note) == "là où vous êtes Informé, depuis le 8 novembre"


def home(client: Client) -> dict[str, list[str]]:
    """The links of each section of « Mon travail », by its heading."""
    page = parse(client.get(reverse("home")).content)
    return {
        heading.text.strip(): heading.xpath("following-sibling::*[1]/descendant-or-self::ul//a/@href")
        for heading in page.xpath("//h3[@class='group-title']")
    }


@pytest.fixture
def nothing_asked(world: World) -> None:
    """The world holds a request for the COMOP's opinion; here only those of the test count."""
    with elevated():
        OpinionRequest.objects.filter(project=world.project).delete()


def comop_seat(world: World, *, starts: int = 0, over: bool = False) -> User:
    """Somebody who sits on the COMOP from so many days on; with `over`, until yesterday."""
    with elevated():
        day = timezone.localdate()
        body = Body.objects.get(project=world.project, kind=BodyKind.COMOP)
        mandate = MandateFactory(body=body, user=UserFactory(), starts_on=day + timedelta(days=starts))
        if over:
            Membership.objects.filter(user=mandate.user).update(ends_on=day - timedelta(days=1))
        return mandate.user


@pytest.mark.django_db
@pytest.mark.usefixtures("nothing_asked")
def test_an_opinion_waits_for_all_members_until_one_answers(world: World, client_as: Callable) -> None:
    request = OpinionRequestFactory(action=world.action("2.3.1"), asked_by=world.lead)
    members = [world.person(Role.COMOP), comop_seat(world)]
    place = f"{reverse('checklist_action', args=[SLUG, '2.3.1'])}#avis-{request.pk}"
    for member in members:
        assert home(client_as(member))["Avis demandé"] == [place]
    assert "Avis demandé" not in home(client_as(world.person(Role.COSTRAT)))
    OpinionFactory(request=request, author=members[0])
    for member in members:
        assert "Avis demandé" not in home(client_as(member))


@pytest.mark.django_db
@pytest.mark.usefixtures("nothing_asked")
@pytest.mark.parametrize("gone", ["withdrawn", "retired"])
def test_an_opinion_nobody_waits_for_is_not_asked(world: World, client_as: Callable, gone: str) -> None:
    action = world.action("2.3.1")
    now = timezone.now()
    OpinionRequestFactory(action=action, asked_by=world.lead, withdrawn_at=now if gone == "withdrawn" else None)
    if gone == "retired":
        with elevated():
            Action.objects.filter(pk=action.pk).update(own=True, retired_at=now)
    assert "Avis demandé" not in home(client_as(world.person(Role.COMOP)))


@pytest.mark.django_db
@pytest.mark.usefixtures("nothing_asked")
@pytest.mark.parametrize(
    ("starts", "over", "sits"),
    [
        pytest.param(0, False, True, id="from today"),
        pytest.param(1, False, False, id="from tomorrow"),
        pytest.param(-9, True, False, id="until yesterday"),
    ],
)
def test_work_is_that_of_the_members_of_the_day(world: World, starts: int, over: bool, sits: bool) -> None:
    OpinionRequestFactory(action=world.action("2.3.1"), asked_by=world.lead)
    informed = world.action("1.1.3")
    with elevated():
        RaciEntry.objects.create(project=world.project, action=informed, actor=Actor.COMOP, letter=Letter.I)
        Action.objects.filter(pk=informed.pk).update(status=Status.KO, status_at=timezone.now(), status_by=world.lead)
    user = comop_seat(world, starts=starts, over=over)
    with acting_as(user.pk) as access:
        assert [row.action.number for row in opinions_asked_of(user, access)] == (["2.3.1"] if sits else [])
        news = news_for(user, access, timezone.localdate())
        assert [change.action.number for change in news] == (["1.1.3"] if sits else [])


@pytest.mark.django_db
def test_purchasing_is_asked_only_about_actions_that_it_opens(world: World, client_as: Callable) -> None:
    person = world.person(Role.PURCHASING)
    for number in ("3.1.3", "2.3.1"):
        OpinionRequestFactory(action=world.action(number), actor="", user=person, asked_by=world.lead)
    client = client_as(person)
    addresses = home(client)["Avis demandé"]
    assert len(addresses) == 1
    assert client.get(addresses[0]).status_code == 200


@pytest.mark.django_db
def test_a_message_that_names_me_waits_until_it_is_handled(world: World, client_as: Callable) -> None:
    comment = CommentFactory(action=world.action("2.3.1"), author=world.lead, text="@Membre, à vous.")
    MentionFactory(comment=comment, user=world.person(Role.COMOP))
    client = client_as(world.person(Role.COMOP))
    place = f"{reverse('checklist_action', args=[SLUG, '2.3.1'])}#m{comment.pk}"
    assert home(client)["Message"] == [place]
    assert parse(client.get(place).content).get_element_by_id(f"m{comment.pk}") is not None
    with elevated():
        Comment.objects.filter(pk=comment.pk).update(handled_at=timezone.now(), handled_by=world.lead)
    assert "Message" not in home(client)


@pytest.mark.django_db
def test_who_is_informed_is_told_what_others_changed(world: World, client_as: Callable) -> None:
    observer, recent = world.person(Role.OBSERVER), days_ago(3)
    numbers = {"2.1.1": recent, "2.1.2": days_ago(20), "2.2.1": recent}
    for number, moved_at in numbers.items():
        action = world.action(number)
        ActionPersonFactory(action=action, user=observer, letter=Letter.I)
        with elevated():
            status_by = observer if number == "2.2.1" else world.lead
            Action.objects.filter(pk=action.pk).update(
                status=Status.IN_PROGRESS, status_at=moved_at, status_by=status_by
            )
    assert home(client_as(observer))["Pour votre information"] == [reverse("checklist_action", args=[SLUG, "2.1.1"])]
    with elevated():
        ActionPerson.objects.filter(user=observer).update(letter=Letter.C)
    assert "Pour votre information" not in home(client_as(observer))


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
