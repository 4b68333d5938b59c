from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from common import french

NOW = date(2026, 11, 20)
AN_EVENING = datetime(2026, 11, 20, 23, 32, tzinfo=UTC)  # the 21st in Paris, where it is 0:32


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 11, 21), "21\u00a0novembre\u00a02026"),
        (date(2027, 1, 1), "1er\u00a0janvier\u00a02027"),
        (AN_EVENING, "21\u00a0novembre\u00a02026"),
    ],
)
def test_long_date(value, expected):
    assert french.long_date(value) == expected


def test_a_date_with_its_weekday():
    assert french.long_date(NOW, weekday=True) == "vendredi 20\u00a0novembre\u00a02026"
    assert french.long_date(NOW, weekday=True, year=False) == "vendredi 20\u00a0novembre"
    assert french.short_date(NOW, weekday=True, now=NOW) == "ven.\u00a020\u00a0nov."


def test_a_short_date_says_the_year_only_when_it_is_another():
    assert french.short_date(date(2026, 9, 22), now=NOW) == "22\u00a0sept."
    assert french.short_date(date(2025, 4, 22), now=NOW) == "22\u00a0avr.\u00a02025"


def test_a_short_date_says_the_year_as_asked():
    assert french.short_date(NOW, now=NOW, year=True) == "20\u00a0nov.\u00a02026"
    assert french.short_date(date(2025, 4, 22), now=NOW, year=False) == "22\u00a0avr."


def test_hours_are_those_of_paris_in_winter_and_summer():
    assert french.long_datetime(AN_EVENING) == "21\u00a0novembre\u00a02026 à\u00a000:32"
    assert french.clock(datetime(2026, 7, 14, 10, 0, tzinfo=UTC)) == "12:00"


def test_a_naive_datetime_is_refused():
    with pytest.raises(ValueError, match="naive"):
        french.long_date(datetime(2026, 11, 20))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 11, 20), "aujourd’hui"),
        (date(2026, 11, 21), "demain"),
        (date(2026, 11, 19), "hier"),
        (date(2026, 12, 10), "dans 20 jours"),
        (date(2026, 11, 17), "il y a 3 jours"),
        (AN_EVENING, "demain"),
    ],
)
def test_relative(value, expected):
    assert french.relative(value, now=NOW) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0, None, "0"),
        (1234.5, None, "1\u202f234,5"),
        (1234567, None, "1\u202f234\u202f567"),
        (Decimal("41.67"), None, "41,67"),
        (Decimal("75.00"), None, "75"),
        (75, 2, "75,00"),
        (-3, None, "\u22123"),
        (-0.001, None, "0"),
    ],
)
def test_number(value, decimals, expected):
    assert french.number(value, decimals) == expected


def test_percent_and_euros_keep_their_sign_on_the_line():
    assert french.percent(Decimal("61.5")) == "61,5\u00a0%"
    assert french.euros(412000) == "412\u202f000\u00a0€"
    assert french.euros(Decimal("12.5")) == "12,50\u00a0€"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "0 action faite"),
        (1, "1 action faite"),
        (Decimal("1.9"), "1,9 action faite"),
        (2, "2 actions faites"),
        (1200, "1\u202f200 actions faites"),
    ],
)
def test_plural_begins_at_two(count, expected):
    assert french.plural(count, "action faite", "actions faites") == expected


@pytest.mark.parametrize(
    ("count", "feminine", "expected"),
    [(0, False, "zéro"), (1, False, "un"), (1, True, "une"), (16, False, "seize"), (17, False, "17")],
)
def test_counts_in_words(count, feminine, expected):
    assert french.in_words(count, feminine) == expected


def test_counts_in_words_agree_with_their_noun():
    assert french.counted(1, "action", "actions", feminine=True) == "une action"
    assert french.counted(16, "avis", "avis") == "seize avis"
    assert french.counted(17, "action", "actions", feminine=True) == "17 actions"


@pytest.mark.parametrize(
    ("parts", "expected"), [([], ""), (["R"], "R"), (["R", "A"], "R et A"), (["R", "A", "C"], "R, A et C")]
)
def test_a_list_in_a_sentence(parts, expected):
    assert french.listed(parts) == expected


def test_a_sentence_begins_with_a_capital_and_keeps_its_others():
    assert french.capital("élargir le COMOP") == "Élargir le COMOP"
    assert french.capital("") == ""


def test_a_month_and_its_first_day():
    assert french.month(date(2026, 12, 5)) == "décembre\xa02026"
    assert [french.ordinal(day) for day in (1, 2)] == ["1er", "2"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Quoi? C'est l'été!", "Quoi\u202f? C’est l’été\u202f!"),
        ("oui ; non", "oui\u202f; non"),
        ("Résultat : 57 %", "Résultat\u00a0: 57\u00a0%"),
        ("57% de 412 €", "57\u00a0% de 412\u00a0€"),
        ("« Prêt »", "«\u00a0Prêt\u00a0»"),
        ("Vraiment ?!", "Vraiment\u202f?!"),
        ("à 14:32, voir https://exemple.fr/?a=1;b=2", "à 14:32, voir https://exemple.fr/?a=1;b=2"),
    ],
)
def test_typography(typed, written):
    assert french.typography(typed) == written
    assert french.typography(written) == written


def test_in_a_template():
    template = Template(
        "{% load french %}{{ n|plural:'action faite,actions faites' }} {{ n|agree:'est,sont' }} {{ one|in_words:'f' }} "
        "{% when at 'datetime' %} {% when at 'short_year' %} {{ text|typo }}"
    )
    context = Context({"n": 3, "one": 1, "at": AN_EVENING, "text": "<b> ?"})
    assert template.render(context) == (
        "3 actions faites sont une "
        '<time datetime="2026-11-21T00:32:00+01:00">21\u00a0novembre\u00a02026 à\u00a000:32</time> '
        '<time datetime="2026-11-21T00:32:00+01:00">21\u00a0nov.\u00a02026</time> &lt;b&gt; ?'
    )
