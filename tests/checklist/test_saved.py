"""The filters that a person keeps under a name."""

from collections.abc import Callable

import pytest
from django.test import Client

from checklist.models import SavedView
from checklist.services.saved import MOST
from common.scope import elevated
from organisations.enums import Role
from tests.checklist.test_views import PAGE, plain
from tests.factories import SavedViewFactory
from tests.harness.htmx import parse
from tests.harness.world import World

pytestmark = pytest.mark.django_db


def kept(world: World) -> list[tuple[str, str]]:
    """What the lead kept."""
    with elevated():
        mine = SavedView.objects.filter(project=world.project, user=world.lead).order_by("name")
        return list(mine.values_list("name", "query"))


def links(client: Client, query: str = "") -> dict[str, str]:
    page = parse(client.get(f"{PAGE}{query}").content)
    return {link.text_content().strip(): link.get("href") for link in page.xpath("//nav[@aria-label='Vos vues']//a")}


def test_a_view_is_kept_found_again_and_removed(world: World, lead: Client) -> None:
    answer = lead.post(f"{PAGE}vues/?etape=2&vue=ko&acteur=comop&depuis=2026-01-31", {"name": "  Ce qui bloque "})
    query = "etape=2&vue=ko&acteur=comop&depuis=2026-01-31"
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}?{query}")
    assert links(lead) == {"Ce qui bloque": f"{PAGE}?{query}"}
    current = parse(lead.get(f"{PAGE}?{query}").content).xpath("//nav[@aria-label='Vos vues']//a[@aria-current]")
    assert len(current) == 1
    with elevated():
        view = SavedView.objects.get(project=world.project, user=world.lead)
    assert lead.post(f"{PAGE}vues/{view.pk}/retirer/?etape=3")["Location"] == f"{PAGE}?etape=3"
    assert links(lead) == {}


def test_what_the_url_says_besides_is_not_kept(world: World, lead: Client) -> None:
    lead.post(f"{PAGE}vues/?vue=ko&choisir=oui&autre=%3Cscript%3E", {"name": "KO"})
    lead.post(f"{PAGE}vues/?vue=%22%3E%3Cscript%3E&etape=4", {"name": "Étape"})
    assert kept(world) == [("KO", "vue=ko"), ("Étape", "etape=4")]


def test_a_stored_filter_is_read_again_never_echoed(world: World, lead: Client) -> None:
    SavedViewFactory(project=world.project, user=world.lead, name="Ancienne", query='vue=perdue&etape=3&x="><b>')
    assert links(lead) == {"Ancienne": f"{PAGE}?etape=3"}


def test_a_name_is_asked_for_once_and_what_was_typed_stays(world: World, lead: Client) -> None:
    empty = lead.post(f"{PAGE}vues/?vue=ko", {"name": " "})
    assert empty.status_code == 422
    assert "Donnez un nom à cette vue." in plain(empty)
    lead.post(f"{PAGE}vues/?vue=ko", {"name": "KO"})
    again, other = lead.post(f"{PAGE}vues/?vue=ko", {"name": "KO"}), lead.post(f"{PAGE}vues/?etape=2", {"name": "KO"})
    assert again.status_code == 302
    assert other.status_code == 422
    assert "Vous avez déjà une vue de ce nom." in plain(other)
    assert parse(other.content).xpath("//details[@open]//input[@name='name']/@value") == ["KO"]
    assert parse(other.content).xpath("//a[@aria-current='step']/@href") == [f"{PAGE}?etape=2"]
    assert kept(world) == [("KO", "vue=ko")]
    too_long = lead.post(f"{PAGE}vues/?vue=ko", {"name": "K" * 61})
    assert too_long.status_code == 422


def test_twenty_are_enough(world: World, lead: Client) -> None:
    SavedViewFactory.create_batch(MOST, project=world.project, user=world.lead)
    answer = lead.post(f"{PAGE}vues/?vue=ko", {"name": "Une de trop"})
    assert answer.status_code == 422
    assert "retirez-en une" in plain(answer)
    assert len(kept(world)) == MOST


def test_views_are_one_s_own(world: World, client_as: Callable, lead: Client) -> None:
    other = client_as(world.person(Role.COMOP))
    other.post(f"{PAGE}vues/?vue=ko", {"name": "La mienne"})
    with elevated():
        view = SavedView.objects.get(project=world.project, name="La mienne")
    assert links(lead) == {}
    assert lead.post(f"{PAGE}vues/{view.pk}/retirer/").status_code == 404
    assert links(other) == {"La mienne": f"{PAGE}?vue=ko"}
