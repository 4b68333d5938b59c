"""Twelve periods at once: what is shown, typed, pasted, refused, taken back."""

import json
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from lxml import html

from common.pasted import cells
from common.scope import elevated
from indicators.enums import Frequency, Origin, StatementStatus
from indicators.models import Cell, Figure, Statement
from indicators.periods import Period
from indicators.selectors.definitions import by_code, followed
from organisations.enums import Role
from organisations.models import ESMS
from tests.harness.htmx import HTMX
from tests.harness.indicators import RATE, RECORDS, SLOTS, TEXT, add_figure
from tests.harness.world import World
from tests.indicators.gridding import grid_url, months, opened, type_in

pytestmark = pytest.mark.django_db
TICKETS = "tickets_created_count"


@pytest.fixture
def esms(world: World) -> ESMS:
    """« Foyer », whose twelve last months are open but the one that it gave in the world."""
    found = world.own.structures[0]
    found.project = world.own.project
    opened(found, world.lead)
    return found


@pytest.fixture
def director(world: World, client_as: Callable) -> Client:
    return client_as(world.person(Role.ESMS_DIRECTOR))


def told(answer: HttpResponse) -> str:
    return " ".join(html.fromstring(answer.content.decode()).text_content().split())


def plain(text: str) -> str:
    return " ".join(text.split())


def page(client: Client, esms: ESMS, **more: object) -> html.HtmlElement:
    answer = client.get(grid_url(esms, **more))
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def cell(page: html.HtmlElement, code: str, period: Period) -> html.HtmlElement:
    return page.get_element_by_id(f"c-{code}-{period.code}")


def stored(esms: ESMS, code: str, period: Period) -> Figure | None:
    with elevated():
        return Figure.objects.filter(place=esms.pk, indicator__code=code, period_start=period.start).first()


def paste(
    client: Client, esms: ESMS, code: str, period: Period, text: str, *, seen: str = "", htmx: bool = True
) -> HttpResponse:
    posted = {"code": code, "period": period.code, "text": text, "seen": seen}
    return client.post(grid_url(esms, "statement_grid_paste"), posted, **(HTMX if htmx else {}))


def outcome(answer: HttpResponse) -> dict[str, dict[str, object]]:
    """What the script learns, by cell."""
    found = html.fromstring(answer.content.decode())
    place = found if found.get("data-cells") else found.xpath("//*[@data-cells]")[0]
    return {item["id"]: item for item in json.loads(place.get("data-cells"))}


# --- Shown -----------------------------------------------------------------------------------------------------------


def test_twelve_months_across_the_asked_indicators_down(director: Client, esms: ESMS) -> None:
    found = page(director, esms)
    heads = [item.text_content().strip() for item in found.xpath("//thead//th")]
    assert len(heads) == 13
    rows = found.xpath("//tbody/tr")
    asked = [one for one in followed_in(esms) if one.entered and one.definition.frequency == Frequency.MONTHLY]
    assert len(rows) == len([one for one in asked if one.concerns(esms)])
    assert all(len(row.xpath("./td")) == 12 for row in rows)
    assert all(row.xpath("./th[@scope='row']") for row in rows)
    assert cell(found, TEXT, months()[-1]).tag == "textarea"
    assert cell(found, TEXT, months()[-1]).text.startswith("Pour information : Rien à signaler")


def followed_in(esms: ESMS) -> list:
    with elevated():
        return followed(esms.project)


def test_a_given_statement_is_read_with_a_lock_and_why(director: Client, esms: ESMS) -> None:
    found = page(director, esms)
    shut = cell(found, RATE, months()[-2])
    assert shut.tag == "td"
    assert shut.text_content() == "40/50"
    assert "rendu" in shut.get("title")
    assert "Relevé rendu" in found.text_content()
    assert "rendu" in found.xpath("//thead//th")[-2].text_content()


def test_before_the_record_was_open_usage_is_not_asked(director: Client, esms: ESMS) -> None:
    with elevated():
        ESMS.objects.filter(pk=esms.pk).update(opened_on=months()[6].start)
    found = page(director, esms)
    shut = cell(found, SLOTS, months()[0])
    assert shut.tag == "td"
    assert "non demandé" in shut.get("title")
    assert cell(found, TEXT, months()[0]).tag == "textarea"
    assert cell(found, SLOTS, months()[6]).tag == "input"


def test_a_period_without_a_collection_says_so(director: Client, esms: ESMS) -> None:
    found = page(director, esms, until=months()[-1].back(12))
    assert not found.xpath("//form[@id='grille']//td/input")
    assert "Aucune collecte ouverte" in found.text_content()


@pytest.mark.parametrize(
    "query", ["jusqua=2026-13", "jusqua=hier", "frequence=daily", "jusqua=2026-10&frequence=weekly", "jusqua=0001-01"]
)
def test_periods_that_are_none_answer_404(director: Client, esms: ESMS, query: str) -> None:
    address = grid_url(esms).partition("?")[0]
    assert director.get(f"{address}?{query}").status_code == 404


def test_without_a_question_the_latest_months_are_shown(director: Client, esms: ESMS) -> None:
    answer = director.get(grid_url(esms).partition("?")[0])
    assert months()[-1].code in answer.content.decode()


# --- Typed -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "text", "amount", "base", "kept"),
    [
        (TICKETS, " 12 ", 12, None, "12"),
        ("ticket_resolution_days", "4.50", Decimal("4.5"), None, "4,5"),
        (RECORDS, "67 / 72", 67, 72, "67/72"),
        (SLOTS, "224/57/43/36", 360, None, "224/57/43/36"),
        (TEXT, "à surveiller: lenteurs", 2, None, "À surveiller : lenteurs"),
        (TICKETS, "nd : logiciel arrêté", None, None, "ND : logiciel arrêté"),
    ],
)
def test_a_cell_saves_itself_and_says_so(
    director: Client, esms: ESMS, code: str, text: str, amount: object, base: object, kept: str
) -> None:
    period = months()[3]
    answer = type_in(director, esms, code, period, text, **HTMX)
    assert answer.status_code == 200
    assert "Enregistré à" in told(answer)
    item = outcome(answer)[f"c-{code}-{period.code}"]
    assert (item["state"], item["text"], item["version"]) == ("saved", kept, 1)
    figure = stored(esms, code, period)
    assert figure
    assert (figure.amount, figure.base, figure.origin) == (amount, base, Origin.ENTERED)
    found = cell(page(director, esms), code, period)
    assert (found.get("value") or found.text) == kept


def test_what_is_refused_says_where_and_why_and_writes_nothing(director: Client, esms: ESMS) -> None:
    period = months()[3]
    answer = type_in(director, esms, RECORDS, period, "80/72", **HTMX)
    assert answer.status_code == 422
    label = by_code(followed_in(esms))[RECORDS].definition.label
    assert f"{label}, {plain(period.label)} : Le numérateur (80) dépasse le dénominateur (72)." in told(answer)
    assert outcome(answer)[f"c-{RECORDS}-{period.code}"]["typed"] == "80/72"
    assert stored(esms, RECORDS, period) is None


def test_a_cell_that_somebody_changed_is_not_overwritten_unseen(director: Client, esms: ESMS) -> None:
    period = months()[3]
    type_in(director, esms, TICKETS, period, "12", **HTMX)
    answer = type_in(director, esms, TICKETS, period, "15", 0, **HTMX)
    assert answer.status_code == 409
    item = outcome(answer)[f"c-{TICKETS}-{period.code}"]
    assert "« 12 »" in item["why"].replace("\xa0", " ")
    assert (item["typed"], item["text"], item["version"]) == ("15", "12", 1)
    assert stored(esms, TICKETS, period).amount == 12
    assert type_in(director, esms, TICKETS, period, "15", 1, **HTMX).status_code == 200
    assert stored(esms, TICKETS, period).amount == 15


def test_both_wrote_the_same_is_no_conflict(director: Client, esms: ESMS) -> None:
    period = months()[3]
    type_in(director, esms, TICKETS, period, "12", **HTMX)
    answer = type_in(director, esms, TICKETS, period, "12,0", 0, **HTMX)
    assert answer.status_code == 200
    assert stored(esms, TICKETS, period).version == 1


def test_an_emptied_cell_takes_the_value_away_but_not_its_comment(director: Client, esms: ESMS) -> None:
    with elevated():
        statements = {
            item.campaign.period: item for item in Statement.objects.filter(esms=esms).select_related("campaign")
        }
        add_figure(statements[months()[3]], by_code(followed_in(esms))[TICKETS], 5, comment="Vacances")
    type_in(director, esms, TICKETS, months()[4], "12", **HTMX)
    assert type_in(director, esms, TICKETS, months()[4], "", 1, **HTMX).status_code == 200
    assert stored(esms, TICKETS, months()[4]) is None
    assert type_in(director, esms, TICKETS, months()[3], "", 1, **HTMX).status_code == 200
    left = stored(esms, TICKETS, months()[3])
    assert (left.amount, left.comment, left.version) == (None, "Vacances", 2)


@pytest.mark.parametrize(
    ("status", "why"), [(StatementStatus.SUBMITTED, "soumis à la direction"), (StatementStatus.GIVEN, "est rendu")]
)
def test_a_statement_that_is_no_longer_open_takes_nothing(
    director: Client, esms: ESMS, status: StatementStatus, why: str
) -> None:
    period = months()[3]
    with elevated():
        now = timezone.now()
        Statement.objects.filter(esms=esms, campaign__period_start=period.start).update(
            status=status, given_at=now, first_given_at=now
        )
    answer = type_in(director, esms, TICKETS, period, "12", **HTMX)
    assert answer.status_code == 422
    assert why in told(answer)
    assert stored(esms, TICKETS, period) is None


def test_the_split_of_a_rate_is_not_lost_by_typing_its_total(director: Client, esms: ESMS) -> None:
    period = months()[3]
    with elevated():
        statement = Statement.objects.get(esms=esms, campaign__period_start=period.start)
        figure = add_figure(statement, by_code(followed_in(esms))[RATE], 9, 10)
        Cell.objects.create(
            project_id=figure.project_id, og_id=figure.og_id, esms_id=figure.esms_id, place=figure.place,
            figure=figure, value="direction", amount=9, base=10,
        )  # fmt: skip
    answer = type_in(director, esms, RATE, period, "8/10", 1, **HTMX)
    assert answer.status_code == 422
    assert "ventil" in told(answer)
    assert type_in(director, esms, RATE, period, "9/10", 1, **HTMX).status_code == 200
    with elevated():
        assert Cell.objects.filter(figure=figure).count() == 1


def test_the_parts_of_a_split_are_written_and_rewritten(director: Client, esms: ESMS) -> None:
    period = months()[3]
    type_in(director, esms, SLOTS, period, "1/2/3/4", **HTMX)
    type_in(director, esms, SLOTS, period, "1/2/3/5", 1, **HTMX)
    with elevated():
        found = Cell.objects.filter(figure=stored(esms, SLOTS, period)).order_by("amount")
        assert [item.amount for item in found] == [1, 2, 3, 5]
        changes = Cell.history if hasattr(Cell, "history") else None
        assert changes is None or found[0].history.count() == 1  # what stays as it is has no change to tell


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"code": TICKETS, "period": "2020-01", "text": "1", "version": "0"},
        {"code": TICKETS, "period": "x", "text": "1", "version": "a"},
    ],
)
def test_a_post_that_the_page_does_not_make_is_refused(director: Client, esms: ESMS, posted: dict[str, str]) -> None:
    assert director.post(grid_url(esms, "statement_grid_cell"), posted, **HTMX).status_code == 400


def test_an_indicator_that_is_not_asked_is_refused(director: Client, esms: ESMS) -> None:
    for code in ("risks_open_by_level_count", "inconnu"):
        answer = type_in(director, esms, code, months()[3], "1", **HTMX)
        assert answer.status_code == 422
        assert "n’est pas demandé" in told(answer)


def test_without_a_script_the_grid_is_a_form(director: Client, esms: ESMS) -> None:
    found = page(director, esms)
    fields = {
        item.get("name"): item.get("value") or item.text or "" for item in found.xpath("//form[@id='grille']//*[@name]")
    }
    first, second = months()[3], months()[4]
    fields[f"{TICKETS}/{first.code}"] = "31"
    fields[f"{RECORDS}/{second.code}"] = "9/8"
    answer = director.post(grid_url(esms), fields)
    assert answer.status_code == 422
    assert "1 valeur enregistrée, 1 refusée" in told(answer)
    after = html.fromstring(answer.content.decode())
    assert cell(after, TICKETS, first).get("value") == "31"
    kept = cell(after, RECORDS, second)
    assert (kept.get("value"), kept.get("aria-invalid")) == ("9/8", "true")
    assert "dépasse" in after.get_element_by_id(kept.get("aria-describedby")).text_content()
    assert stored(esms, TICKETS, first).amount == 31


# --- Pasted ----------------------------------------------------------------------------------------------------------


def test_a_block_spreads_from_its_cell(director: Client, esms: ESMS) -> None:
    one, two = months()[3], months()[4]
    answer = paste(director, esms, TICKETS, one, "12\t13\r\n10\toups\r\n")
    assert answer.status_code == 422
    assert "3 valeurs enregistrées, 1 refusée." in told(answer)
    label = by_code(followed_in(esms))["tickets_handled_count"].definition.label
    assert f"{label}, {plain(two.label)} : « oups » n’est pas un nombre." in told(answer)
    assert f'href="#c-tickets_handled_count-{two.code}"' in answer.content.decode()
    states = {key: item["state"] for key, item in outcome(answer).items()}
    assert states == {
        f"c-{TICKETS}-{one.code}": "saved",
        f"c-{TICKETS}-{two.code}": "saved",
        f"c-tickets_handled_count-{one.code}": "saved",
        f"c-tickets_handled_count-{two.code}": "refused",
    }
    assert [stored(esms, TICKETS, item).amount for item in (one, two)] == [12, 13]
    assert stored(esms, "tickets_handled_count", two) is None


def test_cells_outside_the_grid_are_counted_and_locked_ones_said_once(director: Client, esms: ESMS) -> None:
    given = months()[-2]
    answer = paste(director, esms, TICKETS, given, "1\t2\t3\n1\t2\t3\n")
    said = told(answer)
    assert "2 valeurs enregistrées, 2 refusées, 2 cellules tombent hors de la grille." in said
    assert f"{plain(given.label).capitalize()}, 2 valeurs : Ce relevé est rendu" in said


def test_an_empty_cell_of_a_block_leaves_the_value(director: Client, esms: ESMS) -> None:
    one, two = months()[3], months()[4]
    type_in(director, esms, TICKETS, one, "12", **HTMX)
    paste(director, esms, TICKETS, one, "\t13")
    assert [stored(esms, TICKETS, item).amount for item in (one, two)] == [12, 13]


def test_what_somebody_wrote_since_is_a_conflict_in_a_paste_too(director: Client, esms: ESMS) -> None:
    one, two = months()[3], months()[4]
    type_in(director, esms, TICKETS, one, "12", **HTMX)
    answer = paste(director, esms, TICKETS, one, "15\t16")
    assert outcome(answer)[f"c-{TICKETS}-{one.code}"]["state"] == "refused"
    assert [stored(esms, TICKETS, item).amount for item in (one, two)] == [12, 16]
    paste(director, esms, TICKETS, one, "15\t16", seen=f"{TICKETS}/{one.code}:1")
    assert stored(esms, TICKETS, one).amount == 15


def test_a_paste_is_taken_back_in_one_gesture(director: Client, esms: ESMS) -> None:
    one, two, three = months()[3:6]
    type_in(director, esms, TICKETS, one, "12", **HTMX)
    answer = paste(director, esms, TICKETS, one, "15\t16\t17", seen=f"{TICKETS}/{one.code}:1")
    before = html.fromstring(answer.content.decode()).xpath("//input[@name='before']")[0].get("value")
    type_in(director, esms, TICKETS, three, "18", 1, **HTMX)  # somebody goes on meanwhile
    answer = director.post(grid_url(esms, "statement_grid_undo"), {"before": before}, **HTMX)
    assert "2 valeurs remises comme avant, 1 refusée." in told(answer)
    assert stored(esms, TICKETS, one).amount == 12
    assert stored(esms, TICKETS, two) is None
    assert stored(esms, TICKETS, three).amount == 18


@pytest.mark.parametrize(
    "before",
    [
        "",
        "nope",
        "[1]",
        '[["a"]]',
        '{"a": 1}',
        '[["a", "b", "c", "d"]]',
        '[["a", "2026-10", Infinity, "d"]]',
        '[["\\ud800", "2026-10", 0, "d"]]',
        '[["a", "2026-10", 0, "null\\u0000"]]',
        pytest.param("[" * 100_000, id="endless"),
    ],
)
def test_an_undo_that_the_page_does_not_make_is_refused(director: Client, esms: ESMS, before: str) -> None:
    assert director.post(grid_url(esms, "statement_grid_undo"), {"before": before}, **HTMX).status_code == 400


def test_without_a_script_a_table_is_pasted_in_a_text(director: Client, esms: ESMS) -> None:
    found = page(director, esms)
    seen = found.xpath("//form[@id='coller']//input[@name='seen']")[0].get("value")
    answer = paste(director, esms, TICKETS, months()[3], "12\t-4", seen=seen, htmx=False)
    assert answer.status_code == 422
    after = html.fromstring(answer.content.decode())
    assert cell(after, TICKETS, months()[3]).get("value") == "12"
    assert cell(after, TICKETS, months()[4]).get("aria-invalid") == "true"
    assert after.xpath("//form[.//input[@name='before']]//button")
    answer = paste(director, esms, "inconnu", months()[3], "12\t13", htmx=False)
    assert answer.status_code == 422
    after = html.fromstring(answer.content.decode())
    assert after.xpath("//form[@id='coller']//textarea")[0].text.strip() == "12\t13"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1\t2\r\n3", [(0, 0, "1"), (0, 1, "2"), (1, 0, "3")]),
        ("1\t\t2\n\n3\n", [(0, 0, "1"), (0, 2, "2"), (2, 0, "3")]),
        ('"une\nligne"\t"dit ""oui"""', [(0, 0, "une\nligne"), (0, 1, 'dit "oui"')]),
        ('"a" b\t2', [(0, 0, '"a" b'), (0, 1, "2")]),
        ('"ouvert\t2\n3', [(0, 0, '"ouvert'), (0, 1, "2"), (1, 0, "3")]),
        ("", []),
    ],
)
def test_a_block_is_read_as_spreadsheets_write_it(text: str, read: list[tuple[int, int, str]]) -> None:
    assert list(cells(text)) == read


def test_a_sign_that_cannot_be_written_is_refused_in_its_cell(director: Client, esms: ESMS) -> None:
    period = months()[3]
    posted = {"seen": "", f"{TEXT}/{period.code}": "Tout va\0 bien", f"{TICKETS}/{period.code}": "12"}
    answer = director.post(grid_url(esms), posted)
    assert answer.status_code == 422
    assert "Ce texte contient un signe qui ne s’écrit pas" in told(answer)
    assert stored(esms, TEXT, period) is None
    assert stored(esms, TICKETS, period).amount == 12
