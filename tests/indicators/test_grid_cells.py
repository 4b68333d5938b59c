"""A figure as one text, there and back."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.errors import DomainError
from indicators.catalogue import catalogue
from indicators.cells import read_text, says_all, text_of
from indicators.entry import Given, read_cell
from indicators.enums import Absence, Kind
from indicators.models import Definition
from indicators.services.definitions import _definition as proposed
from indicators.splits import choices_of
from indicators.values import Terms
from organisations.models import Project, User


def definition(code: str) -> Definition:
    """As the catalogue proposes it; no row of any database."""
    return proposed(Project(), None, catalogue().by_code()[code], User())


CODES = [one.code for one in catalogue().indicators if one.source == "entered"]
DEFINITIONS = {code: definition(code) for code in CODES}
whole = st.integers(0, 999_999)
amounts = st.decimals(0, 99_999, places=2)
written = st.characters(exclude_characters="\0", exclude_categories=["Cs"])  # what cannot be stored is refused
reasons = st.text(written, min_size=1, max_size=300).map(str.strip).filter(bool)


def test_the_catalogue_asks_for_seventeen() -> None:
    assert len(CODES) == 17


@st.composite
def givens(draw: st.DrawFn) -> tuple[Definition, Given]:
    """Anything that one cell can say of an indicator."""
    found = DEFINITIONS[draw(st.sampled_from(CODES))]
    absence = draw(st.sampled_from([*Absence.values, "", "", ""]))
    if absence:
        return found, Given(absence=absence, why=draw(reasons))
    if found.kind == Kind.TEXT:
        return found, Given(amount=Decimal(draw(st.integers(1, 3))), text=draw(reasons))
    if found.kind == Kind.RATIO:
        base = draw(st.integers(1, 9999))
        top = base if found.percent else 99_999
        return found, Given(amount=Decimal(draw(st.integers(0, top))), base=Decimal(base))
    if found.breakdown:
        cells = {choice.code: Terms(Decimal(draw(whole))) for choice in choices_of(found.breakdown)}
        return found, Given(amount=sum((one.amount for one in cells.values()), Decimal()), cells=cells)
    return found, Given(amount=Decimal(draw(whole)) if found.kind == Kind.COUNT else draw(amounts))


@given(givens())
@settings(max_examples=400, deadline=None)
def test_what_is_written_in_a_cell_is_read_back_the_same(case: tuple[Definition, Given]) -> None:
    found, one = case
    text = text_of(one, found)
    assert read_cell(text, found) == one
    assert says_all(one, found)
    assert text_of(read_cell(text, found), found) == text


@pytest.mark.parametrize(
    ("code", "one", "text"),
    [
        ("tickets_created_count", Given(amount=Decimal("12.00")), "12"),
        ("ticket_resolution_days", Given(amount=Decimal("4.50")), "4,5"),
        ("ticket_resolution_days", Given(amount=Decimal("1200.00")), "1200"),
        ("administrative_records_rate", Given(amount=Decimal(67), base=Decimal(72)), "67/72"),
        ("attention_points_text", Given(amount=Decimal(2), text="lenteurs"), "À surveiller : lenteurs"),
        ("attention_points_text", Given(amount=Decimal(1), text="Bloquant : non"), "Pour information : Bloquant : non"),
        ("tickets_created_count", Given(absence=Absence.UNAVAILABLE, why="panne"), "ND : panne"),
        ("tickets_created_count", Given(absence=Absence.NOT_CONCERNED, why="Non concerné"), "NC"),
        ("tickets_created_count", Given(), ""),
    ],
)
def test_how_a_figure_is_written(code: str, one: Given, text: str) -> None:
    assert text_of(one, DEFINITIONS[code]) == text


def test_the_parts_of_a_split_are_in_order() -> None:
    found = DEFINITIONS["connections_by_time_slot_count"]
    one = read_cell("224/57/43/36", found)
    assert one.amount == 360
    assert text_of(one, found) == "224/57/43/36"


def test_a_split_that_its_text_does_not_say_is_known() -> None:
    """A rate by profile, a split where a part is missing."""
    rate = DEFINITIONS["connection_rate"]
    split = Given(Decimal(9), Decimal(10), cells={choices_of(rate.breakdown)[0].code: Terms(Decimal(9), Decimal(10))})
    assert text_of(split, rate) == "9/10"
    assert not says_all(split, rate)
    slots = DEFINITIONS["connections_by_time_slot_count"]
    part = Given(Decimal(9), cells={choices_of(slots.breakdown)[0].code: Terms(Decimal(9))})
    assert not says_all(part, slots)


@pytest.mark.parametrize("text", ["05/12/2026", "5/12/2026", "05-12-2026"])
def test_what_a_spreadsheet_made_a_day_is_no_value(text: str) -> None:
    with pytest.raises(DomainError, match="date"):
        read_text(text, DEFINITIONS["connections_by_place_count"])
    assert read_text(text, DEFINITIONS["attention_points_text"]).text == text
