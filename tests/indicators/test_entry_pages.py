"""Entering a statement, line by line: what is saved, what is refused and stays, what the others see of it."""

from collections.abc import Callable

import pytest
from django.test import Client

from common.scope import elevated
from indicators.models import Figure, Indicator
from organisations.models import User
from tests.harness.htmx import parse, text
from tests.harness.indicators import OWN, RATE, SLOTS, TEXT, add_figure
from tests.harness.world import World
from tests.indicators.entering import Desk, desk_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(world: World, client_as: Callable[[User], Client]) -> Desk:
    return desk_of(world, client_as)


def value(page: object, name: str) -> str:
    (field,) = page.xpath(f"//*[@id='{name}']")  # type: ignore[attr-defined]
    return str(field.get("value", field.text_content()))


def line(page: object, code: str) -> str:
    (found,) = page.xpath(f"//*[@id='v-{code}']")  # type: ignore[attr-defined]
    return text(found)


def test_the_page_asks_each_figure_of_the_structure_and_nothing_computed(desk: Desk) -> None:
    page = parse(desk.get(desk.referent).content)
    asked = [item.get("id").removeprefix("v-") for item in page.xpath("//ol[@class='lines']/li")]
    assert sorted(asked) == sorted(one.code for one in desk.asked)
    assert RATE in asked
    assert OWN in asked
    assert "open_risks_count" not in asked
    assert f"{len(asked)} valeurs à saisir" in text(page.xpath("//h1")[0])


def test_usage_is_not_asked_before_the_record_is_open(world: World, client_as: Callable[[User], Client]) -> None:
    desk = desk_of(world, client_as, opened_on=None)
    page = text(parse(desk.get(desk.referent).content))
    assert "Déploiement" in page
    assert "Taux de connexion" not in page


def test_a_ratio_is_saved_with_both_terms_and_told_in_words(desk: Desk) -> None:
    page = parse(desk.get(desk.referent).content)
    answer = desk.save(desk.referent, RATE, amount="40", base="50")
    assert answer.status_code == 200
    figure = desk.kept(RATE)
    assert figure
    assert (figure.amount, figure.base, figure.written_by_id) == (40, 50, desk.referent.pk)
    # htmx puts each part of the answer where it goes; the line itself is left alone.
    parts = parse(b"<div>" + answer.content + b"</div>")
    for part in parts.xpath("//*[@hx-swap-oob]/@id"):
        assert len(page.xpath(f"//*[@id='{part}']")) == 1, part
    assert not parts.xpath("//*[@id='v-connection_rate-box']")
    assert text(parts.xpath("//*[@id='v-connection_rate-now']")[0]) == "Soit 80 %"
    assert "Enregistré à" in text(parts.xpath("//*[@id='v-connection_rate-sv']")[0])
    assert "1 valeur sur" in text(parts.xpath("//*[@id='titre']")[0])
    assert value(parts, "v-connection_rate-version") == "1"


def test_decimals_take_a_comma_and_spaces(desk: Desk) -> None:
    assert desk.save(desk.referent, "resource_days_consumed", amount=" 1 204,5 ").status_code == 200
    assert str(desk.kept("resource_days_consumed").amount) == "1204.50"
    assert value(parse(desk.get(desk.referent).content), "v-resource_days_consumed-amount") == "1204,5"


@pytest.mark.parametrize(
    ("code", "typed", "why"),
    [
        (RATE, {"amount": "60", "base": "50"}, "Le numérateur (60) dépasse le dénominateur (50)."),
        (RATE, {"amount": "60"}, "Donnez aussi le dénominateur."),
        (RATE, {"base": "50"}, "Donnez aussi le numérateur."),
        (RATE, {"amount": "0", "base": "0"}, "Un dénominateur nul rend le taux sans objet"),
        (OWN, {"amount": "douze"}, "n’est pas un nombre"),
        (OWN, {"amount": "1,5"}, "il faut un nombre entier"),
        (OWN, {"amount": "-3"}, "Une valeur n’est pas négative."),
        (SLOTS, {"part-night": "3"}, "Donnez chaque part, zéro compris."),
        (TEXT, {"amount": "1", "text": "é" * 1001}, "1\u202f001 signes"),
        (OWN, {"absence": "unavailable"}, "Dites pourquoi"),
        (OWN, {"why": "panne du serveur"}, "Dites si la valeur n’est pas disponible"),
        (OWN, {"amount": "3", "comment": "a" * 501}, "Un commentaire tient en 500 signes."),
    ],
)
def test_what_is_refused_says_why_and_stays_typed(desk: Desk, code: str, typed: dict[str, str], why: str) -> None:
    answer = desk.save(desk.referent, code, **typed)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert desk.kept(code) is None
    fragment = parse(answer.content)
    for name, said in typed.items():
        if name != "absence" and code != TEXT:
            assert value(fragment, f"v-{code}-{name}") == said
    # Without scripts the whole page comes back, with it.
    answer = desk.save(desk.referent, code, htmx=False, **typed)
    assert answer.status_code == 422
    assert why in answer.content.decode()


def test_a_split_is_given_by_its_parts_and_its_sum_is_shown(desk: Desk) -> None:
    parts = {"weekday_day": "70", "weekday_evening": "18", "night": "3", "weekend": "9"}
    answer = desk.save(desk.referent, SLOTS, **{f"part-{name}": one for name, one in parts.items()})
    assert "Total\xa0: 100\xa0connexions" in answer.content.decode()
    assert desk.kept(SLOTS).amount == 100
    assert desk.cells(SLOTS) == {name: int(one) for name, one in parts.items()}
    version = desk.kept(SLOTS).version
    desk.save(desk.referent, SLOTS, version, **{f"part-{name}": "1" for name in parts})
    assert desk.cells(SLOTS) == dict.fromkeys(parts, 1)
    page = parse(desk.get(desk.referent).content)
    assert value(page, f"v-{SLOTS}-part-night") == "1"


def test_a_rate_split_by_profile_must_add_up(desk: Desk) -> None:
    inputs = f"//*[@id='v-{RATE}-form']//input[starts-with(@name, 'part-')]/@name"
    page = parse(desk.get(desk.referent).content)
    assert page.xpath(inputs) == []  # they are many: on demand
    (link,) = page.xpath(f"//*[@id='v-{RATE}']//a[contains(., 'Ventiler')]/@href")
    page = parse(desk.sign_in(desk.referent).get(desk.url("statement") + link.partition("#")[0]).content)
    profile = page.xpath(inputs)[0].removeprefix("part-")
    typed = {"amount": "40", "base": "50", f"part-{profile}": "10", f"base-{profile}": "12"}
    answer = desk.save(desk.referent, RATE, **typed)
    assert answer.status_code == 422
    assert "Les parts font 10, le total dit 40." in answer.content.decode()
    grouped = {"part-other_profiles_grouped": "30", "base-other_profiles_grouped": "38"}
    assert desk.save(desk.referent, RATE, **typed, **grouped).status_code == 200
    assert desk.cells(RATE) == {profile: 10, "other_profiles_grouped": 30}
    page = parse(desk.get(desk.referent).content)
    assert value(page, f"v-{RATE}-base-{profile}") == "12"  # given, they are there


def test_an_attention_point_has_a_severity_and_warns_about_names(desk: Desk) -> None:
    answer = desk.save(desk.referent, TEXT, amount="3", text="Panne depuis lundi, voir Mme Durand")
    assert answer.status_code == 200
    assert "Un nom de personne semble écrit ici" in answer.content.decode()
    figure = desk.kept(TEXT)
    assert (figure.amount, figure.text) == (3, "Panne depuis lundi, voir Mme Durand")
    # A severity alone says nothing.
    assert desk.save(desk.referent, TEXT, figure.version, amount="2", text="").status_code == 200
    assert desk.kept(TEXT) is None
    assert desk.save(desk.referent, TEXT, amount="9", text="Lenteurs").status_code == 422


def test_a_value_that_is_not_there_says_why_until_one_is_given(desk: Desk) -> None:
    answer = desk.save(desk.referent, OWN, absence="unavailable", why="panne", amount="")
    assert answer.status_code == 200
    assert answer["HX-Reswap"] == "outerHTML"  # the line says something else now
    assert "Non disponible\xa0: panne" in answer.content.decode()
    figure = desk.kept(OWN)
    assert (figure.absence, figure.why, figure.amount) == ("unavailable", "panne", None)
    # The comment beside it changes, it goes on missing.
    desk.save(desk.referent, OWN, figure.version, kept="unavailable", why="panne", comment="en cours")
    figure = desk.kept(OWN)
    assert (figure.absence, figure.comment) == ("unavailable", "en cours")
    answer = desk.save(
        desk.referent, OWN, figure.version, kept="unavailable", why="panne", amount="4", comment="en cours"
    )
    figure = desk.kept(OWN)
    assert (figure.absence, figure.why, figure.amount, figure.comment) == ("", "", 4, "en cours")
    assert answer["HX-Reswap"] == "outerHTML"


def test_not_concerned_needs_no_reason_and_is_taken_back(desk: Desk) -> None:
    desk.save(desk.referent, OWN, absence="not_concerned")
    assert desk.kept(OWN).absence == "not_concerned"
    desk.save(desk.referent, OWN, desk.kept(OWN).version, clear="on", kept="not_concerned", why="Non concerné")
    assert desk.kept(OWN) is None


def test_last_month_s_absence_is_said_again_in_one_tap(desk: Desk) -> None:
    (before,) = desk.earlier(1)
    with elevated():
        row = add_figure(before, desk.found["medical_records_rate"], None)
        Figure.objects.filter(pk=row.pk).update(absence="not_concerned", why="Pas de dossier médical")
    page = parse(desk.get(desk.referent).content)
    (form,) = page.xpath("//form[@class='again']")
    assert "Toujours «\xa0non concerné\xa0: pas de dossier médical\xa0»" in form.text_content()
    posted = {item.get("name"): item.get("value") for item in form.xpath(".//input")}
    answer = desk.sign_in(desk.referent).post(form.get("action"), posted)
    assert answer.status_code == 302
    kept = desk.kept("medical_records_rate")
    assert (kept.absence, kept.why) == ("not_concerned", "Pas de dossier médical")


def test_accounts_created_propose_the_last_value_and_never_write_it(desk: Desk) -> None:
    with elevated():
        Indicator.objects.filter(project=desk.esms.project, code="accounts_created_count").update(asked=True)
    (before,) = desk.earlier(1)
    with elevated():
        add_figure(before, desk.found["accounts_created_count"], 62)
    page = parse(desk.get(desk.referent).content)
    (field,) = page.xpath("//*[@id='v-accounts_created_count-amount']")
    assert (field.get("value"), field.get("placeholder")) == ("", "62")
    (form,) = page.xpath("//form[@class='again']")
    assert "Inchangé\xa0: 62\xa0comptes" in form.text_content()
    desk.sign_in(desk.referent).post(
        form.get("action"), {item.get("name"): item.get("value") for item in form.xpath(".//input")}
    )
    assert desk.kept("accounts_created_count").amount == 62


def test_beside_each_line_stand_its_last_values_and_its_target(desk: Desk) -> None:
    before = desk.earlier(3)
    with elevated():
        for row, amount in zip(before, (45, 40, 35), strict=True):
            add_figure(row, desk.found[RATE], amount, 50)
    page = parse(desk.get(desk.referent).content)
    assert "90 % (45 sur 50)" in line(page, RATE)
    assert "Cible : 80 %" in line(page, RATE)
    (curve,) = page.xpath(f"//*[@id='v-{RATE}']//*[@role='img']")
    told = curve.get("aria-label").replace("\xa0", " ")
    assert "70 %" in told
    assert "80 %" in told
    assert "90 %" in told


def test_a_second_person_overwrites_nothing(desk: Desk) -> None:
    desk.save(desk.referent, OWN, amount="4", comment="compté")
    answer = desk.save(desk.director, OWN, amount="5")
    assert answer.status_code == 409
    shown = text(parse(answer.content))
    assert f"{desk.referent} a saisi autre chose" in shown
    assert "4 réunions. compté" in shown.replace("\xa0", " ")
    assert "5 réunions" in shown.replace("\xa0", " ")
    assert desk.kept(OWN).amount == 4
    form = parse(answer.content)
    posted = {item.get("name"): item.get("value") for item in form.xpath(".//input")}
    assert desk.save(desk.director, OWN, int(posted.pop("version")), **posted).status_code == 200
    assert desk.kept(OWN).amount == 5
    # The same without scripts, on the whole page.
    answer = desk.save(desk.referent, OWN, 1, htmx=False, amount="6")
    assert answer.status_code == 409
    assert f"{desk.director} a saisi autre chose" in text(parse(answer.content))


def test_the_same_value_from_two_people_is_no_conflict_but_another_comment_is(desk: Desk) -> None:
    desk.save(desk.referent, OWN, amount="4")
    assert desk.save(desk.director, OWN, amount="4").status_code == 200
    assert desk.save(desk.director, OWN, 1, amount="4", comment="compté").status_code == 200
    assert desk.save(desk.referent, OWN, 1, amount="4", comment="estimé").status_code == 409
    assert desk.kept(OWN).comment == "compté"


def test_figures_that_do_not_hold_together_are_said_beside_both_lines(desk: Desk) -> None:
    desk.save(desk.referent, "tickets_created_count", amount="3")
    answer = desk.save(desk.referent, "tickets_handled_count", amount="5").content.decode()
    fragment = parse(f"<div>{answer}</div>".encode())
    for code in ("tickets_created_count", "tickets_handled_count"):
        (beside,) = fragment.xpath(f"//*[@id='v-{code}-problems']")
        assert "3 créés et 5 traités" in text(beside)
    (beside,) = fragment.xpath("//*[@id='v-tickets_closed_count-problems']")
    assert text(beside) == ""
    # Put right, it is said no more.
    answer = desk.save(desk.referent, "tickets_handled_count", 1, amount="3").content.decode()
    assert "3 créés" not in answer


def test_one_who_may_not_enter_reads_nothing_before_it_is_given(desk: Desk, world: World) -> None:
    desk.save(desk.referent, OWN, amount="4177")
    answer = desk.get(world.lead)
    assert answer.status_code == 200
    assert "La structure le saisit." in answer.content.decode()
    assert "4177" not in answer.content.decode().replace("\u202f", "")
    assert desk.save(world.lead, OWN, amount="5").status_code == 403


def test_a_period_of_which_nothing_is_asked_is_not_there(desk: Desk) -> None:
    assert desk.get(desk.referent, period=desk.period.back(7)).status_code == 404
    answer = desk.sign_in(desk.referent).get(desk.url("statements") + "octobre/")
    assert answer.status_code == 404
    assert desk.save(desk.referent, "open_risks_count", amount="5").status_code == 404


def test_the_history_of_a_line_tells_who_wrote_what(desk: Desk) -> None:
    desk.save(desk.referent, RATE, amount="40", base="50")
    desk.save(desk.director, RATE, 1, amount="45", base="50", comment="recompté")
    page = text(parse(desk.get(desk.referent, "statement_history", RATE).content)).replace("\xa0", " ")
    assert f"{desk.director.get_full_name()} : 90 % (45 sur 50), au lieu de « 80 % (40 sur 50) »" in page
    assert f"{desk.referent.get_full_name()} : 80 % (40 sur 50)" in page
    assert "commentaire : « recompté »" in page
