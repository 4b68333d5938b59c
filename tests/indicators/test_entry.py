"""Reading what somebody gives for one indicator, and judging it by its definition."""

from decimal import Decimal

import pytest

from common.errors import DomainError
from indicators.entry import HIGHEST, Given, checked, number, read_cell
from indicators.enums import Absence, Aggregation, Breakdown, Kind
from indicators.models import Definition
from indicators.values import Terms

COUNT = Definition(kind=Kind.COUNT)
AMOUNT = Definition(kind=Kind.AMOUNT)
RATIO = Definition(kind=Kind.RATIO, percent=True, numerator="A", denominator="B")
DECIMAL_RATIO = Definition(kind=Kind.RATIO, percent=False, numerator="A", denominator="B")
SCORE = Definition(kind=Kind.SCORE, minimum=Decimal(1), maximum=Decimal(5), aggregation=Aggregation.WEIGHTED_MEAN)
LEVEL = Definition(
    kind=Kind.LEVEL, levels=[{"code": code, "rank": rank, "label": code} for rank, code in ((1, "a"), (2, "b"))]
)
TEXT = Definition(kind=Kind.TEXT, max_length=20, breakdown=Breakdown.ATTENTION_LEVEL)
SLOTS = Definition(kind=Kind.COUNT, breakdown=Breakdown.TIME_SLOT)
PROFILES = Definition(kind=Kind.COUNT, breakdown=Breakdown.USER_PROFILE)
RATIO_BY_PROFILE = Definition(kind=Kind.RATIO, percent=True, breakdown=Breakdown.USER_PROFILE)


def refusal(text: str, definition: Definition) -> str:
    with pytest.raises(DomainError) as refused:
        read_cell(text, definition)
    return str(refused.value)


def refused_field(given: Given, definition: Definition) -> str | None:
    with pytest.raises(DomainError) as refused:
        checked(given, definition)
    return refused.value.field


# --- Numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        (" 12 ", "12"),
        ("4,5", "4.5"),
        ("4.5", "4.5"),
        ("1 234,5", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("1\xa0234", "1234"),
        ("+3", "3"),
        ("007", "7"),
        ("\u22125", "-5"),
        ("-5", "-5"),
    ],
)
def test_a_number_is_read_as_it_is_written_in_french(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "douze",
        "1.234,5",
        "4,5,6",
        "1e5",
        "1_000",
        "NaN",
        "Infinity",
        "0x10",
        "12 %",
        "=1+1",
        "٣",
        "--5",
        ",5",
        "5,",
    ],
)
def test_what_is_no_number_is_said_to_be_none(text: str) -> None:
    with pytest.raises(DomainError, match="n’est pas un nombre"):
        number(text)


def test_a_long_refused_text_is_told_short() -> None:
    with pytest.raises(DomainError) as refused:
        number("x" * 400)
    assert len(str(refused.value)) < 60


# --- Cells -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("definition", [COUNT, AMOUNT, RATIO, SCORE, LEVEL, TEXT, SLOTS, PROFILES])
def test_an_empty_cell_gives_nothing(definition: Definition) -> None:
    assert read_cell("  ", definition) == Given()
    assert Given().is_empty


@pytest.mark.parametrize(
    ("text", "definition", "given"),
    [
        ("12", COUNT, Given(amount=Decimal(12))),
        ("0", COUNT, Given(amount=Decimal(0))),
        ("4,5", AMOUNT, Given(amount=Decimal("4.5"))),
        ("67/72", RATIO, Given(amount=Decimal(67), base=Decimal(72))),
        (" 67 / 72 ", RATIO, Given(amount=Decimal(67), base=Decimal(72))),
        ("0/72", RATIO, Given(amount=Decimal(0), base=Decimal(72))),
        ("300/50", DECIMAL_RATIO, Given(amount=Decimal(300), base=Decimal(50))),
        ("2", LEVEL, Given(amount=Decimal(2))),
        ("3", PROFILES, Given(amount=Decimal(3))),
        ("Lenteurs", TEXT, Given(amount=Decimal(1), text="Lenteurs")),
        ("À surveiller : lent", TEXT, Given(amount=Decimal(2), text="lent")),
        ("bloquant:panne", TEXT, Given(amount=Decimal(3), text="panne")),
        ("Panne : hier", TEXT, Given(amount=Decimal(1), text="Panne : hier")),
        ("ND : panne", COUNT, Given(absence=Absence.UNAVAILABLE, why="panne")),
        ("non disponible : panne", TEXT, Given(absence=Absence.UNAVAILABLE, why="panne")),
        ("NC", RATIO, Given(absence=Absence.NOT_CONCERNED, why="Non concerné")),
        ("n/c : pas de dossier", SLOTS, Given(absence=Absence.NOT_CONCERNED, why="pas de dossier")),
        ("sans objet", RATIO, Given(absence=Absence.NOT_CONCERNED, why="Non concerné")),
        (
            "224/57/43/36",
            SLOTS,
            Given(
                amount=Decimal(360),
                cells={
                    "weekday_day": Terms(Decimal(224)),
                    "weekday_evening": Terms(Decimal(57)),
                    "night": Terms(Decimal(43)),
                    "weekend": Terms(Decimal(36)),
                },
            ),
        ),
    ],
)
def test_a_cell_says_a_figure(text: str, definition: Definition, given: Given) -> None:
    assert read_cell(text, definition) == given


@pytest.mark.parametrize(
    ("text", "definition", "why"),
    [
        ("67", RATIO, "Donnez le numérateur et le dénominateur, par exemple « 67/72 »"),
        ("1/2/3", RATIO, "a plus de deux nombres"),
        ("67/", RATIO, "n’est pas un nombre"),
        ("80/72", RATIO, "Le numérateur (80) dépasse le dénominateur (72)."),
        ("0/0", RATIO, "« non concerné » plutôt que zéro"),
        ("3/4", COUNT, "Cet indicateur attend un seul nombre."),
        ("4,5", COUNT, "il faut un nombre entier"),
        ("-1", AMOUNT, "Une valeur n’est pas négative."),
        ("1,234", AMOUNT, "Deux décimales au plus."),
        ("1000000000", COUNT, "Ce nombre est trop grand."),
        ("9" * 400, COUNT, "Ce nombre est trop grand."),
        ("6", SCORE, "de 1 à 5"),
        ("0,5", SCORE, "de 1 à 5"),
        ("3", LEVEL, "de 1 à 2"),
        ("ND", COUNT, "Dites pourquoi cette valeur n’est pas disponible."),
        ("ND : " + "x" * 301, COUNT, "300 signes"),
        ("NC : " + "x" * 301, COUNT, "300 signes"),
        ("x" * 21, TEXT, "Ce texte a 21 signes ; il en faut 20 au plus."),
        ("1/2", SLOTS, "Il faut 4 nombres"),
        ("12", SLOTS, "Il faut 4 nombres"),
    ],
)
def test_a_refused_cell_says_what_would_be_accepted(text: str, definition: Definition, why: str) -> None:
    assert why in refusal(text, definition).replace("\xa0", " ").replace("\u202f", " ")


# --- What a definition takes -----------------------------------------------------------------------------------------


def test_the_highest_number_is_taken() -> None:
    assert checked(Given(amount=HIGHEST), AMOUNT).amount == HIGHEST


def test_a_refusal_names_what_is_at_fault() -> None:
    assert refused_field(Given(amount=Decimal(3)), RATIO) == "base"
    assert refused_field(Given(amount=Decimal(3), base=Decimal(2)), RATIO) == "amount"
    assert refused_field(Given(amount=Decimal(3), base=Decimal(-2)), RATIO) == "base"
    assert refused_field(Given(absence=Absence.UNAVAILABLE), COUNT) == "why"
    assert refused_field(Given(amount=Decimal(1)), TEXT) == "text"
    assert refused_field(Given(base=Decimal(3)), RATIO) == "amount"
    assert refused_field(Given(cells={"night": Terms(Decimal(1))}), SLOTS) == "amount"
    assert refused_field(Given(amount=Decimal(3)), SLOTS) == "cells"


def parts(*amounts: int) -> dict[str, Terms]:
    codes = ("weekday_day", "weekday_evening", "night", "weekend")
    return {code: Terms(Decimal(amount)) for code, amount in zip(codes, amounts, strict=False)}


@pytest.mark.parametrize(
    ("given", "definition", "why"),
    [
        (Given(amount=Decimal(10), cells=parts(5, 4)), SLOTS, "Les parts font 9, le total dit 10."),
        (Given(amount=Decimal(3), cells={"rien": Terms(Decimal(3))}), SLOTS, "Parts inconnues : rien."),
        (Given(amount=Decimal(3), cells=parts(4, -1)), SLOTS, "n’est pas négative."),
        (Given(amount=Decimal(3), cells={"night": Terms(Decimal("1.5"))}), SLOTS, "il faut un nombre entier"),
        (Given(amount=Decimal(3), cells=parts(3)), COUNT, "Cet indicateur ne se ventile pas."),
        (
            Given(amount=Decimal(1), text="a", cells=parts(1)),
            Definition(kind=Kind.COUNT, breakdown="attention_level"),
            "ne se ventile pas",
        ),
    ],
)
def test_parts_that_do_not_make_the_figure_are_refused(given: Given, definition: Definition, why: str) -> None:
    with pytest.raises(DomainError, match=why.replace("(", r"\(")):
        checked(given, definition)


def test_parts_of_a_ratio_add_up_above_and_below() -> None:
    cells = {"other_profiles_grouped": Terms(Decimal(40), Decimal(50))}
    assert checked(Given(amount=Decimal(40), base=Decimal(50), cells=cells), RATIO_BY_PROFILE)
    for amount, base, field in ((39, 50, "total"), (40, 51, "dénominateur")):
        with pytest.raises(DomainError, match=f"le {field} dit"):
            checked(Given(amount=Decimal(amount), base=Decimal(base), cells=cells), RATIO_BY_PROFILE)
    over = {"other_profiles_grouped": Terms(Decimal(60), Decimal(50))}
    with pytest.raises(DomainError, match="le numérateur dépasse"):
        checked(Given(amount=Decimal(40), base=Decimal(50), cells=over), RATIO_BY_PROFILE)


def test_means_do_not_add_up_and_are_taken_as_they_are() -> None:
    cells = {"other_profiles_grouped": Terms(Decimal("4.5"), Decimal(3))}
    definition = Definition(kind=Kind.SCORE, minimum=Decimal(1), maximum=Decimal(5), breakdown=Breakdown.USER_PROFILE)
    assert checked(Given(amount=Decimal(4), base=Decimal(10), cells=cells), definition).cells == cells


def test_nothing_is_taken_for_nothing() -> None:
    assert checked(Given(), RATIO) == Given()
