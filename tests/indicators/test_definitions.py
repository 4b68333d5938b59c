"""The lead chooses what is followed, and says what it means."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from common.scope import elevated
from indicators.catalogue import catalogue
from indicators.enums import Frequency, Kind, Source
from indicators.models import AlertRule, Collection, Definition, Figure, Indicator
from indicators.selectors.definitions import by_code, followed
from organisations.enums import Role
from organisations.models import Project
from tests.factories import MembershipFactory, ProjectFactory, UserFactory
from tests.harness.queries import counted
from tests.harness.threads import together
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db(transaction=True)
RATE = "connection_rate"
OWN = {
    "label": "Réunions d’équipe sur le DUI",
    "kind": "count",
    "phase": "usage",
    "unit": "réunions",
    "direction": "higher_better",
    "frequency": "monthly",
    "breakdown": "",
    "about": "things",
    "help": "Celles où il est à l'ordre du jour.",
}


def text(answer: Any) -> str:
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture
def empty(client_as: Callable[..., Client]) -> tuple[Project, Client]:
    """A project that follows nothing yet, and its lead."""
    project, user = ProjectFactory(), UserFactory()
    MembershipFactory(user=user, role=Role.PROJECT_LEAD, target=project)
    return project, client_as(user)


def post_own(client: Client, slug: str = SLUG, **changed: str) -> Any:
    token = changed.pop("token", str(uuid.uuid4()))
    return client.post(reverse("indicator_definition_add", args=[slug]), {**OWN, "token": token, **changed})


def latest(code: str, project: Project) -> Definition:
    with elevated():
        return by_code(followed(project, active=False))[code].definition


class TestTheCatalogue:
    def test_an_empty_project_is_offered_all_of_it_ticked(self, empty: tuple[Project, Client]) -> None:
        project, client = empty
        page = text(client.get(reverse("indicator_definitions", args=[project.slug])))
        assert "Aucun indicateur n’est suivi" in page
        assert page.count('name="codes"') == page.count(" checked") == len(catalogue().indicators) == 38

    def test_what_is_ticked_is_followed_with_its_rules(self, empty: tuple[Project, Client]) -> None:
        project, client = empty
        url = reverse("indicator_definition_adopt", args=[project.slug])
        answer = client.post(url, {"codes": [RATE, "tickets_created_count"]}, follow=True)
        assert "deux indicateurs sont suivis" in text(answer)
        assert text(answer).count('name="codes"') == 36
        with elevated():
            rules = set(AlertRule.objects.filter(project=project).values_list("code", flat=True))
            assert Collection.objects.filter(project=project).count() == 3
        assert rules == {RATE, "tickets_created_count", "missing_entry", "repeated_missing_entry"}

    def test_the_rest_may_be_followed_later(self, empty: tuple[Project, Client]) -> None:
        project, client = empty
        url = reverse("indicator_definition_adopt", args=[project.slug])
        client.post(url, {"codes": ["tickets_handled_count"]})
        client.post(url, {"codes": ["tickets_handled_count", "tickets_created_count"]})
        with elevated():  # the gap between both waited for the second
            assert AlertRule.objects.filter(project=project, code="tickets_handled_count").count() == 1
            assert Indicator.objects.filter(project=project).count() == 2

    @pytest.mark.parametrize("codes", [[], ["nombre_de_pannes"]])
    def test_nothing_or_something_else_is_refused(self, empty: tuple[Project, Client], codes: list[str]) -> None:
        project, client = empty
        answer = client.post(reverse("indicator_definition_adopt", args=[project.slug]), {"codes": codes})
        assert answer.status_code == 422
        with elevated():
            assert not Indicator.objects.filter(project=project).exists()


class TestOwn:
    def test_it_is_followed_under_a_code_made_of_its_label(self, world: World, lead: Client) -> None:
        answer = post_own(lead)
        assert answer["Location"] == reverse("indicator_definition", args=[SLUG, "reunions-dequipe-sur-le-dui"])
        written = latest("reunions-dequipe-sur-le-dui", world.project)
        assert (written.kind, written.source, written.masked, written.unit) == (
            Kind.COUNT,
            Source.ENTERED,
            False,
            "réunions",
        )
        assert written.help == "Celles où il est à l’ordre du jour."
        assert (written.indicator.own, written.indicator.asked) == (True, True)

    def test_twice_the_same_form_adds_one(self, world: World, lead: Client) -> None:
        token = str(uuid.uuid4())
        assert post_own(lead, token=token)["Location"] == post_own(lead, token=token)["Location"]

    def test_two_at_once_have_two_codes(self, world: World, lead: Client) -> None:
        lead.get("/")

        def send(rank: int) -> str:
            client = Client()
            client.cookies.update(lead.cookies)
            return str(post_own(client)["Location"])

        assert len(set(together(3, send))) == 3

    @pytest.mark.parametrize("label", ["Règles", "Collecte", "Ajouter", "Adopter"])
    def test_it_takes_no_address_of_ours(self, lead: Client, label: str) -> None:
        answer = post_own(lead, label=label)
        assert answer["Location"].endswith("-2/")
        assert text(lead.get(answer["Location"])).count(label)

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"label": ""}, "Donnez un intitulé à l’indicateur."),
            ({"unit": ""}, "Donnez l’unité."),
            ({"kind": "text"}, "Nature"),
            ({"kind": "ratio", "unit": "%", "denominator": "Prévues"}, "Dites ce que compte le numérateur."),
            ({"kind": "ratio", "unit": "%", "numerator": "Tenues"}, "Dites ce que compte le dénominateur."),
            ({"kind": "score", "minimum": "1"}, "Une note a deux bornes"),
            ({"kind": "score", "minimum": "5", "maximum": "1"}, "Le maximum est au-dessus du minimum."),
            ({"kind": "score", "minimum": "1", "maximum": "5", "breakdown": "time_slot"}, "que par profil"),
            ({"about": ""}, "Dites ce que l’indicateur mesure."),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_what_does_not_hold_is_said_and_kept(
        self, world: World, lead: Client, changed: dict[str, str], words: str
    ) -> None:
        with elevated():
            before = Indicator.objects.count()
        answer = post_own(lead, **changed)
        assert answer.status_code == 422
        assert words in text(answer)
        assert "ordre du jour" in text(answer)
        with elevated():
            assert Indicator.objects.count() == before

    def test_a_rate_is_read_out_of_a_hundred_when_its_unit_says_so(self, world: World, lead: Client) -> None:
        terms = {"kind": "ratio", "numerator": "Tenues", "denominator": "Prévues"}
        post_own(lead, label="Part tenue", unit="%", **terms)
        post_own(lead, label="Tenues par prévue", unit="par réunion", **terms)
        assert latest("part-tenue", world.project).percent is True
        assert latest("tenues-par-prevue", world.project).percent is False

    def test_the_first_one_brings_how_it_is_collected(self, empty: tuple[Project, Client]) -> None:
        project, client = empty
        post_own(client, project.slug)
        with elevated():
            assert Collection.objects.filter(project=project).count() == 3


class TestChanging:
    @pytest.fixture
    def url(self) -> str:
        return reverse("indicator_definition_change", args=[SLUG, RATE])

    def body(self, **changed: Any) -> dict[str, Any]:
        return {
            "label": "Taux de connexion",
            "direction": "higher_better",
            "frequency": "monthly",
            "help": "Lu par profil.",
            "why": "Le compte était mal compris.",
            "number": 2,
            "token": str(uuid.uuid4()),
            **changed,
        }

    def test_it_is_a_new_version_and_given_figures_keep_theirs(self, world: World, lead: Client, url: str) -> None:
        page = text(lead.post(url, self.body(frequency="weekly"), follow=True))
        assert "version 3" in page
        assert "par semaine à partir de la prochaine campagne" in page
        assert "« Chaque mois » devient « Chaque semaine »" in page
        assert "Le compte était mal compris." in page
        written = latest(RATE, world.project)
        assert (written.number, written.frequency, written.help) == (3, Frequency.WEEKLY, "Lu par profil.")
        with elevated():
            given = Figure.objects.filter(project=world.project, indicator__code=RATE)
            assert {figure.definition.number for figure in given.select_related("definition")} == {2}

    def test_of_the_catalogue_what_is_counted_stays(self, world: World, lead: Client, url: str) -> None:
        before = latest(RATE, world.project)
        lead.post(url, self.body(kind="count", source="computed_from_risks", unit="pannes", numerator="Pannes"))
        after = latest(RATE, world.project)
        assert after.number == 3
        for name in ("kind", "source", "unit", "numerator", "denominator", "masked", "breakdown"):
            assert getattr(after, name) == getattr(before, name)

    def test_of_an_own_one_more_may_change_but_not_its_kind(self, world: World, lead: Client) -> None:
        code = post_own(lead)["Location"].split("/")[-2]
        changed = {**self.body(number=1), **OWN, "unit": "rencontres", "kind": "ratio", "about": "people"}
        lead.post(reverse("indicator_definition_change", args=[SLUG, code]), changed)
        after = latest(code, world.project)
        assert (after.number, after.unit, after.kind, after.masked) == (2, "rencontres", Kind.COUNT, True)

    def test_a_reason_is_asked(self, lead: Client, url: str) -> None:
        answer = lead.post(url, self.body(why=""))
        assert answer.status_code == 422
        assert "Dites pourquoi la définition change." in text(answer)

    def test_the_same_again_is_no_version(self, world: World, lead: Client, url: str) -> None:
        now = latest(RATE, world.project)
        answer = lead.post(url, self.body(label=now.label, help=now.help))
        assert answer.status_code == 422
        assert "Rien n’a changé" in text(answer)

    def test_twice_the_same_form_is_one_version(self, world: World, lead: Client, url: str) -> None:
        body = self.body()
        for _ in range(2):
            assert lead.post(url, body).status_code == 302
        assert latest(RATE, world.project).number == 3

    def test_what_somebody_else_wrote_meanwhile_is_shown_beside(self, world: World, lead: Client, url: str) -> None:
        lead.post(url, self.body(label="Taux de connexion hebdomadaire"))
        answer = lead.post(url, self.body(label="Connexions"))
        assert answer.status_code == 409
        page = text(answer)
        assert "Taux de connexion hebdomadaire" in page
        assert 'value="Connexions"' in page
        assert latest(RATE, world.project).number == 3


class TestSwitches:
    def test_given_up_then_taken_up_again(self, world: World, lead: Client) -> None:
        page = text(lead.post(reverse("indicator_definition_give_up", args=[SLUG, RATE]), follow=True))
        resume = reverse("indicator_definition_resume", args=[SLUG, RATE])
        assert "est abandonné" in page
        assert resume in page
        with elevated():
            assert RATE not in by_code(followed(world.project))
        lead.post(resume, {"undo": "1"})
        with elevated():
            assert RATE in by_code(followed(world.project))

    def test_accounts_may_be_entered_in_place_of_the_application(self, world: World, lead: Client) -> None:
        code = "accounts_created_count"
        page = text(lead.post(reverse("indicator_definition_entered", args=[SLUG, code]), follow=True))
        assert "Les structures le saisissent, à la place du calcul." in page
        assert latest(code, world.project).indicator.asked is True
        lead.post(reverse("indicator_definition_computed", args=[SLUG, code]))
        assert latest(code, world.project).indicator.asked is False

    @pytest.mark.parametrize("code", ["schedule_drift_days", "budget_consumed_amount", RATE])
    def test_others_may_not(self, world: World, lead: Client, code: str) -> None:
        before = latest(code, world.project).indicator.asked
        page = text(lead.post(reverse("indicator_definition_entered", args=[SLUG, code]), follow=True))
        assert "ne se saisit pas à la place du calcul" in page
        assert latest(code, world.project).indicator.asked is before


@pytest.mark.parametrize("page", ["indicator_definitions", "indicator_rules", "indicator_collections"])
def test_a_page_asks_as_much_whatever_is_followed(world: World, lead: Client, page: str) -> None:
    found, made, url = [], 0, reverse(page, args=[SLUG])
    for size in (1, 3, 30):
        while made < size:
            made += 1
            post_own(lead, label=f"Nombre {made}")
        lead.get(url)
        with counted() as queries:
            assert lead.get(url).status_code == 200
        found.append(len(queries))
    assert found == [found[0]] * 3
    assert found[0] <= 15


def test_the_page_of_one_asks_as_much_whatever_its_history(world: World, lead: Client) -> None:
    found, number = [], 2
    url = reverse("indicator_definition", args=[SLUG, RATE])
    for size in (3, 5, 32):
        while number < size:
            with elevated():
                row = latest(RATE, world.project)
                row.pk, row.token, row.number, number = uuid.uuid4(), uuid.uuid4(), number + 1, number + 1
                row.save(force_insert=True)
        lead.get(url)
        with counted() as queries:
            assert lead.get(url).status_code == 200
        found.append(len(queries))
    assert found == [found[0]] * 3
    assert found[0] <= 15
