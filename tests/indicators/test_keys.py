"""Keys are given, shown once, listed, taken away."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from common import french
from common.history import versions_of
from common.scope import elevated
from indicators.models import Indicator, PushKey
from indicators.selectors.keys import digest_of
from organisations.enums import Role
from organisations.models import User
from tests.factories import ESMSFactory
from tests.harness.indicators import OWN, RATE, SLOTS, TEXT
from tests.harness.queries import counted
from tests.harness.world import SLUG, World
from tests.indicators.sending import Software, many_keys

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
HERE = f"/projets/{SLUG}/structures/foyer/indicateurs/cles/"
PROJECT = f"/projets/{SLUG}/indicateurs/cles/"
GOOD = {"indicator": RATE, "numerator": 67, "denominator": 72}


@pytest.fixture
def director(world: World, client_as: SignIn) -> Client:
    return client_as(world.person(Role.ESMS_DIRECTOR))


def form(**values: Any) -> dict[str, Any]:
    """As the page gives it, with a name."""
    until = timezone.localdate() + timedelta(days=365)
    return {"label": "DUI de production", "expires_on": until.isoformat(), "token": str(uuid4()), **values}


def shown(page: str) -> str:
    """The key that a page shows."""
    return "dui_" + page.split('value="dui_')[1].split('"')[0]


def text(answer: Any) -> str:
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ").replace("\u202f", " ")


def given(label: str) -> PushKey:
    with elevated():
        return PushKey.objects.select_related("issued_by").get(label=label)


def test_a_key_is_shown_once_and_only_its_digest_is_kept(director: Client, world: World) -> None:
    key = shown(director.post(f"{HERE}donner/", form()).content.decode())
    assert len(key) == 47
    row = given("DUI de production")
    assert (row.digest, row.hint, row.issued_by) == (digest_of(key), key[:12], world.person(Role.ESMS_DIRECTOR))
    page = text(director.get(HERE))
    assert key[:12] in page
    assert key not in page
    assert f"par {row.issued_by.get_full_name()}" in page
    assert "jamais" in page  # served
    assert Software(key).send(GOOD).status_code == 200
    assert "Dernier envoi aujourd’hui" in text(director.get(HERE))
    with elevated():
        kept = versions_of(PushKey).filter(pgh_obj_id=row.pk)
        assert kept.exists()
        assert not hasattr(kept[0], "digest")


def test_a_form_posted_again_shows_the_same_key_then_no_more(director: Client) -> None:
    values = form()
    first = shown(director.post(f"{HERE}donner/", values).content.decode())
    assert shown(director.post(f"{HERE}donner/", values).content.decode()) == first
    assert shown(director.post(f"{HERE}donner/", form()).content.decode()) != first
    with elevated():
        assert PushKey.objects.filter(label="DUI de production").count() == 2
        PushKey.objects.filter(digest=digest_of(first)).update(issued_at=timezone.now() - timedelta(minutes=6))
    late = director.post(f"{HERE}donner/", values)
    assert (late.status_code, "n’est montrée qu’une fois" in text(late)) == (422, True)
    assert first not in text(late)


def test_a_form_of_others_gives_no_key_of_theirs(director: Client, lead: Client) -> None:
    """The same token, of another place and another person."""
    values = form()
    pages = [director.post(f"{HERE}donner/", values), lead.post(f"{PROJECT}donner/", values)]
    assert len({shown(page.content.decode()) for page in pages}) == 2


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"label": " "}, "Donnez un nom à la clé"),
        ({"expires_on": ""}, "Donnez le dernier jour de la clé"),
        ({"expires_on": "demain"}, "Donnez une date"),
        ({"expires_on": str(timezone.localdate() - timedelta(days=1))}, "Ce jour est passé"),
        ({"expires_on": str(timezone.localdate() + timedelta(days=732))}, "deux ans au plus"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(director: Client, values: dict[str, str], said: str) -> None:
    answer = director.post(f"{HERE}donner/", form(**values))
    assert answer.status_code == 422
    assert said in text(answer)
    for typed in form(**values).keys() - {"token"}:
        assert f'value="{form(**values)[typed]}"' in answer.content.decode() or not form(**values)[typed].strip()
    with elevated():
        assert not PushKey.objects.filter(label="DUI de production").exists()


def test_a_year_is_offered(director: Client) -> None:
    until = timezone.localdate() + timedelta(days=365)
    assert f'value="{until.isoformat()}"' in director.get(f"{HERE}donner/").content.decode()


def test_a_revoked_key_sends_nothing_any_more(director: Client, world: World) -> None:
    key = shown(director.post(f"{HERE}donner/", form()).content.decode())
    row = given("DUI de production")
    asked = text(director.get(f"{HERE}{row.pk}/retirer/"))
    assert "Retirer la clé « DUI de production » ?" in asked
    assert "Elle n’a jamais servi" in asked
    assert Software(key).send(GOOD).status_code == 200
    for _ in range(2):  # twice is once
        assert director.post(f"{HERE}{row.pk}/retirer/", {"version": 1}).status_code == 302
    assert Software(key).send(GOOD).status_code == 401
    page = text(director.get(HERE))
    assert "La clé « DUI de production » est retirée." in page
    assert f"retirée le {french.long_date(timezone.localdate())}".replace("\xa0", " ") in page
    assert f"{row.pk}/retirer" not in page
    assert director.get(f"{HERE}{row.pk}/retirer/").status_code == 302
    with elevated():
        row.refresh_from_db()
    assert (row.version, row.revoked_by_id) == (2, world.person(Role.ESMS_DIRECTOR).pk)


def test_a_key_that_changed_meanwhile_is_read_again(director: Client) -> None:
    director.post(f"{HERE}donner/", form())
    row = given("DUI de production")
    with elevated():
        PushKey.objects.filter(pk=row.pk).update(version=2)
    answer = director.post(f"{HERE}{row.pk}/retirer/", {"version": 1})
    assert (answer.status_code, "vient de changer" in text(answer)) == (409, True)
    assert 'name="version" value="2"' in answer.content.decode()


def test_each_key_says_its_state_and_those_that_are_good_come_first(director: Client, world: World) -> None:
    esms, user, today = world.own.structures[0], world.person(Role.ESMS_DIRECTOR), timezone.localdate()
    many_keys(esms, user, 4)
    with elevated():
        for label, values in {
            "Clé 0": {"expires_on": today - timedelta(days=1)},
            "Clé 1": {"revoked_at": timezone.now(), "revoked_by": user},
            "Clé 2": {"expires_on": today + timedelta(days=10)},
            "Clé 3": {"expires_on": today + timedelta(days=31)},
        }.items():
            PushKey.objects.filter(label=label).update(**values)
    page = text(director.get(HERE))
    states = {f"Clé {index}": page.split(f"Clé {index} ")[1].split('data-label="Valable')[0] for index in range(4)}
    assert "Expirée" in states["Clé 0"]
    assert "Retirée" in states["Clé 1"]
    assert "Expire dans 10 jours" in states["Clé 2"]
    assert "Valable" in states["Clé 3"]
    assert max(map(page.index, ("Clé 2 ", "Clé 3 "))) < min(map(page.index, ("Clé 0 ", "Clé 1 ")))
    assert "Trois clés permettent d’envoyer des chiffres" in page


def test_the_referent_reads_the_keys_and_is_told_who_gives_them(client_as: SignIn, world: World) -> None:
    referent = client_as(world.person(Role.LOCAL_REFERENT))
    page = text(referent.get(HERE))
    assert "La direction de la structure donne et retire les clés." in page
    assert "Donner une clé" not in page
    assert "retirer/" not in page


@pytest.mark.parametrize("address", [HERE, PROJECT])
def test_without_a_key_the_page_says_what_one_is_for(director: Client, lead: Client, address: str) -> None:
    with elevated():
        PushKey.objects.all().delete()
    page = text((director if address == HERE else lead).get(address))
    assert "Aucun logiciel n’envoie de chiffres ici" in page
    assert "Avec une clé" in page
    assert f"{address}donner/" in page
    assert "/api/v1/indicateurs/" in page


def test_the_page_lists_the_codes_to_send(director: Client, lead: Client) -> None:
    page = text(director.get(HERE))
    assert "Comptes connectés au moins une fois dans la période" in page
    assert "4 cases de « breakdown », à donner" in page
    for code in (RATE, SLOTS, TEXT, OWN, "weekday_evening", "psychologist"):
        assert f">{code}<" in page
    assert "risks_open_count" not in page  # computed
    of_vendor = text(lead.get(PROJECT))
    assert f">{RATE}<" in of_vendor
    assert f">{TEXT}<" not in of_vendor  # of the deployment
    assert ">foyer-aval<" in of_vendor
    assert ">foyer-aval<" not in page


def test_a_project_that_asks_for_nothing_says_so(director: Client, world: World) -> None:
    with elevated():
        Indicator.objects.filter(project=world.project).update(active=False)
    assert "Aucun indicateur n’est demandé" in text(director.get(HERE))


@pytest.mark.parametrize("address", [HERE, PROJECT])
def test_the_number_of_keys_does_not_change_the_number_of_queries(
    director: Client, lead: Client, world: World, address: str
) -> None:
    counts = []
    client = director if address == HERE else lead
    for more in (0, 2, 27):
        many_keys(world.own.structures[0], world.person(Role.ESMS_DIRECTOR), more)
        with elevated():
            for _ in range(more):
                ESMSFactory(og=world.own.ogs[0])
        with counted() as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts == counts[:1] * 3
