"""Pages of text, and pages that say what went wrong."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse

import checklist
from common.french import typography
from common.yaml_files import read_yaml
from dui_deploy import errors, pages
from organisations.enums import Role
from tests.dui_deploy.test_accounts import SignIn, words
from tests.harness.world import World

CATALOGUE = Path(checklist.__file__).parent / "catalogue" / "checklist.yaml"

pytestmark = pytest.mark.django_db

PUBLIC = {
    "help": ("L’essentiel tient en une page", "A ne veut pas dire « approbateur »", "Organisme gestionnaire"),
    "accessibility": ("non conforme (non auditée)", "RGAA 4.1", "Aucun audit RGAA complet", "Défenseur des droits"),
    "personal_data": ("rien sur les personnes accompagnées", "Vos droits", "CNIL"),
}


NOT_SAVED = "Rien n’a été enregistré"


def main_words(response: Any) -> str:
    """What a page says itself, without the notices that every page keeps ready."""
    return words(response).split(" Accessibilité")[0]


class TestPublicPages:
    @pytest.mark.parametrize("name", PUBLIC)
    def test_anybody_reads_them(self, name: str, lead: Client) -> None:
        for client in (Client(), lead):
            page = words(client.get(reverse(name)))
            for text in PUBLIC[name]:
                assert text in page

    @pytest.mark.parametrize("name", PUBLIC)
    def test_anonymous_is_offered_to_sign_in_and_no_menu(self, name: str) -> None:
        page = words(Client().get(reverse(name)))
        assert "Se connecter" in page
        assert "Mon travail" not in page.split("L’essentiel")[0]

    @pytest.mark.parametrize("name", PUBLIC)
    def test_cost_no_query(self, name: str, django_assert_num_queries: Any) -> None:
        # The transaction around each request, and nothing in it.
        with django_assert_num_queries(2) as queries:
            Client().get(reverse(name))
        assert all("SAVEPOINT" in query["sql"] for query in queries)

    def test_help_names_the_steps_of_the_checklist(self) -> None:
        catalogue = read_yaml(CATALOGUE)
        assert [typography(step["title"]) for step in catalogue["steps"]] == [typography(step) for step in pages.STEPS]

    def test_help_names_each_role_and_what_it_opens(self) -> None:
        table = words(Client().get(reverse("help"))).split("Qui voit quoi")[-1]
        for text in ("Chef de projet", "COSTRAT", "COMOP", "OG", "ESMS", "Référents locaux", "DPD", "Cellule achat"):
            assert text in table
        assert "Ni arbitrage, ni décision, ni rapport." in table

    def test_say_og_in_the_masculine(self) -> None:
        for name in (*PUBLIC, "account_signup"):
            assert not re.search(r"\b(une|une autre|quelle|cette|la) OG\b", words(Client().get(reverse(name))))

    def test_says_whom_to_write_to(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for view in (pages.AccessibilityPage, pages.PersonalDataPage):
            monkeypatch.setattr(view, "extra_context", view.extra_context | {"contact": "aide@exemple.fr"})
        for name in ("accessibility", "personal_data"):
            assert "aide@exemple.fr" in words(Client().get(reverse(name)))


def an_answer(handler: Any, *rest: Any) -> Any:
    """What an error handler answers to somebody anonymous, as Django calls it outside the view."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return handler(request, *rest)


class TestErrors:
    def test_not_found_says_the_same_for_what_is_not_mine(self, world: World, lead: Client) -> None:
        missing = lead.get(reverse("project", args=["projet-qui-n-existe-pas"]))
        foreign = lead.get(reverse("project", args=[world.foreign.project.slug]))
        assert (missing.status_code, foreign.status_code) == (404, 404)
        assert words(missing) == words(foreign)
        assert "Cette page n’existe pas, ou ne vous est pas ouverte" in words(missing)
        assert "Ouvrir mon travail" in words(missing)

    def test_not_found_anonymous(self) -> None:
        response = Client().get("/nulle-part/")
        assert response.status_code == 404
        assert "Se connecter" in words(response)
        assert "Ouvrir mon travail" not in words(response)

    def test_forbidden_says_who_can_give_the_right(self, world: World, client_as: SignIn) -> None:
        client = client_as(world.person(Role.VENDOR))
        response = client.get(reverse("checklist", args=[world.project.slug]))
        assert response.status_code == 403
        page = words(response)
        assert "Cette page n’est pas ouverte à votre rôle" in page
        assert "demandez-le au chef de projet" in page
        assert f"Revenir à {world.project.short_name}" in page
        assert NOT_SAVED not in main_words(response), "a visit saves nothing, and nothing is to be said of it"

    def test_forbidden_says_that_what_was_sent_is_not_saved(self, world: World, client_as: SignIn) -> None:
        response = client_as(world.person(Role.VENDOR)).post(reverse("people_review", args=[world.project.slug]))
        assert response.status_code == 403
        assert NOT_SAVED in main_words(response)

    def test_a_refusal_leaves_my_work_and_my_account_in_reach(self, world: World, client_as: SignIn) -> None:
        vendor = world.person(Role.VENDOR)
        for address in (reverse("checklist", args=[world.project.slug]), "/nulle-part/"):
            top = client_as(vendor).get(address).content.decode().split("</header>")[0]
            assert f'href="{reverse("home")}"' in top
            assert f'href="{reverse("account")}" aria-label="{vendor.get_full_name()}, mon compte"' in top
            assert "Se connecter" not in top

    def test_expired_form(self) -> None:
        response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "x"})
        assert response.status_code == 403
        assert "Cette page avait expiré : rien n’a été enregistré" in words(response)

    @pytest.mark.parametrize(
        ("handler", "status", "text"),
        [
            (errors.bad_request, 400, "Nous n’avons pas compris cette demande"),
            (errors.forbidden, 403, "Cette page n’est pas ouverte à votre rôle"),
            (errors.not_found, 404, "Cette page n’existe pas"),
        ],
    )
    def test_for_anybody(self, handler: Any, status: int, text: str) -> None:
        response = an_answer(handler, Exception())
        assert response.status_code == status
        assert text in words(response)
        assert NOT_SAVED not in main_words(response)
        assert reverse("account_login") in response.content.decode()

    def test_failure_stands_alone(self, django_assert_num_queries: Any) -> None:
        request = RequestFactory().get("/")  # no user, no session, no access: whatever failed may be those
        request.id = "0198-demande"
        with django_assert_num_queries(0):
            response = errors.server_error(request)
        assert response.status_code == 500
        page = words(response)
        assert "Une panne de notre côté : rien n’a été enregistré" in page
        assert "0198-demande" in page

    def test_failure_before_the_request_has_a_number(self) -> None:
        assert errors.server_error(RequestFactory().get("/")).status_code == 500
