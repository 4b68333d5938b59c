"""What is withheld cannot be computed back: by subtraction, by addition, by who knows how it is withheld, from another
indicator, from the database, through another page."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as some

from common.scope import elevated
from indicators.aggregates import splits, splits_of
from indicators.enums import Aggregation, Kind
from indicators.masking import FEWEST, Split, is_told, masked, size_of
from indicators.models import Definition, Figure
from indicators.periods import Period
from indicators.selectors.definitions import Followed, by_code, followed
from indicators.selectors.told import Told, told
from indicators.selectors.totals import totals
from indicators.values import Terms
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import Project, User
from tests.harness.world import World
from tests.indicators.watching import Watching, watching

RATE, PER_ACCOUNT = "connection_rate", "connections_per_account"
SLOTS, PLACES = "connections_by_time_slot_count", "connections_by_place_count"
MONTH = Period.at("2025-02")


def terms(amount: int, base: int | None = None) -> Terms:
    return Terms(Decimal(amount), None if base is None else Decimal(base))


def count(*amounts: int) -> Split:
    """A count that splits in these."""
    return masked(terms(sum(amounts)), {str(place): terms(amount) for place, amount in enumerate(amounts)})


def rate(*pairs: tuple[int, int], percent: bool = True) -> Split:
    """A ratio that splits in these."""
    total = terms(sum(amount for amount, _ in pairs), sum(base for _, base in pairs))
    return masked(
        total,
        {str(place): terms(*pair) for place, pair in enumerate(pairs)},
        kind=Kind.RATIO,
        percent=percent,
    )


# --- One split -------------------------------------------------------------------------------------------------------

AMOUNTS = some.lists(some.integers(0, 60) | some.integers(0, 6), min_size=2, max_size=20)
PAIRS = some.lists(
    (some.integers(0, 60) | some.integers(0, 6)).flatmap(
        lambda base: some.tuples(some.integers(0, base), some.just(base))
    ),
    min_size=2,
    max_size=20,
)


def given_away(split: Split) -> Terms:
    """What is known of the withheld cells together: the total less what is told."""
    assert split.total is not None
    shown = list(split.cells.values())
    base = None
    if split.total.base is not None:
        base = split.total.base - sum((one.base or Decimal() for one in shown), Decimal())
    return Terms(split.total.amount - sum((one.amount for one in shown), Decimal()), base)


@settings(deadline=None, max_examples=400)
@given(AMOUNTS.map(lambda amounts: count(*amounts)) | PAIRS.map(lambda pairs: rate(*pairs)))
def test_no_small_cell_is_told_and_none_can_be_taken_from_the_total(split: Split) -> None:
    if split.total is None:
        assert not split.cells
        return
    assert is_told(split.total)
    for cell in split.cells.values():
        assert is_told(cell)
    if split.withheld:
        assert len(split.withheld) >= 2
        assert size_of(given_away(split)) >= FEWEST


@settings(deadline=None, max_examples=200)
@given(AMOUNTS, some.randoms())
def test_which_cells_are_withheld_says_nothing_of_one_of_them(amounts: list[int], chance: Any) -> None:
    """Withheld cells exchanged among themselves, the same is read."""
    split = count(*amounts)
    places = sorted(int(code) for code in split.withheld)
    mixed = [amounts[place] for place in places]
    chance.shuffle(mixed)
    others = list(amounts)
    for place, amount in zip(places, mixed, strict=True):
        others[place] = amount
    assert count(*others) == split


@pytest.mark.parametrize(
    ("amounts", "withheld"),
    [
        ((70, 18, 12, 9), set()),
        ((70, 18, 0, 12), set()),  # nobody at night: that may be told
        ((70, 18, 3, 9), {2, 3}),  # the smallest neighbour goes with it
        ((132, 1, 0, 0), {0, 1}),
        ((50, 4, 4, 0), {1, 2}),
        ((50, 2, 2, 9), {1, 2, 3}),  # both small ones together are still too few
        ((50, 20, 4, 4, 5), {2, 3, 4}),  # two of four at most that make eight could only be four and four
        ((1, 1, 1, 1, 1), {0, 1, 2, 3, 4}),
        ((3, 1), {0, 1}),
    ],
)
def test_what_is_withheld(amounts: tuple[int, ...], withheld: set[int]) -> None:
    assert {int(code) for code in count(*amounts).withheld} == withheld


def test_a_figure_about_too_few_tells_nothing_at_all() -> None:
    assert rate((1, 2), (1, 2)) == Split(None, {}, frozenset("01"))
    assert count(3, 1) == Split(None, {}, frozenset("01"))
    assert count(0, 0) == Split(terms(0), {"0": terms(0), "1": terms(0)}, frozenset())


def test_connections_of_one_to_four_are_not_told_by_their_ratio() -> None:
    assert is_told(terms(3, 7), kind=Kind.RATIO)  # three people of seven
    assert not is_told(terms(3, 7), kind=Kind.RATIO, percent=False)  # three connections of seven accounts
    assert rate((3, 7), (0, 6), percent=False).total is None


# --- To who knows how it is done -------------------------------------------------------------------------------------


def parted(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to part a total."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in parted(total - first, parts - 1):
            yield (first, *rest)


def read(split: Split) -> Any:
    """All that is seen of it."""
    return split.total, split.withheld, frozenset(split.cells.items())


@pytest.mark.parametrize(("parts", "most"), [(2, 40), (3, 24), (4, 16), (5, 12), (6, 9)])
def test_each_withheld_count_could_be_another(parts: int, most: int) -> None:
    """Of all that could have been given, at least two values of each withheld cell read the same."""
    for total in range(FEWEST, most + 1):
        same: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
        for amounts in parted(total, parts):
            split = count(*amounts)
            if split.withheld:
                same[read(split)].append(amounts)
        for (_, withheld, _), inputs in same.items():
            for code in withheld:
                assert len({amounts[int(code)] for amounts in inputs}) > 1, inputs


@pytest.mark.parametrize("known", [False, True], ids=["", "denominators known"])
@pytest.mark.parametrize(("parts", "most"), [(2, 13), (3, 10), (4, 7)])
def test_each_withheld_rate_could_be_another(parts: int, most: int, known: bool) -> None:
    """As for counts, for each term; `known`: accounts are told by profile elsewhere, so that denominators are no
    secret. Nobody, or everybody, is said by the total itself."""
    for base in range(FEWEST, most + 1):
        same: dict[Any, list[tuple[tuple[int, int], ...]]] = defaultdict(list)
        for bases in parted(base, parts):
            for amounts in product(*(range(one + 1) for one in bases)):
                pairs = tuple(zip(amounts, bases, strict=True))
                split = rate(*pairs)
                if split.withheld:
                    same[read(split), bases if known else ()].append(pairs)
        for ((total, withheld, _), _), inputs in same.items():
            if total.amount in {0, total.base}:
                continue
            for code in withheld:
                cells = [pairs[int(code)] for pairs in inputs]
                if known and cells[0][1] == 0:
                    continue
                assert len({amount for amount, _ in cells}) > 1, inputs
                assert known or len({base for _, base in cells}) > 1, inputs


# --- Together, and beside one another --------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(world: World) -> Watching:
    return watching(world)


def one_of(project: Project, code: str) -> Followed:
    with elevated():
        return by_code(followed(project))[code]


def tell(place: Watching, code: str) -> Told | None:
    with elevated():
        found = followed(place.project)
        return told(place.project, [by_code(found)[code]], [MONTH]).get(
            (place.esms.pk, by_code(found)[code].indicator.pk, MONTH.start)
        )


def test_a_total_adds_only_what_is_told_of_each(place: Watching, world: World) -> None:
    first, second, third = world.own.structures
    place.figure(SLOTS, MONTH.code, 3, esms=first)
    place.figure(SLOTS, MONTH.code, 40, esms=second)
    place.figure(SLOTS, MONTH.code, 0, esms=third)
    one = one_of(place.project, SLOTS)
    with elevated():
        each = told(place.project, [one], [MONTH])
        whole = totals(place.project, [one], [MONTH])[one.indicator.pk, MONTH.start]
    assert [each[esms.pk, one.indicator.pk, MONTH.start].withheld for esms in (first, second, third)] == [
        True,
        False,
        False,
    ]
    assert (whole.terms, whole.count) == (terms(40), 2)
    assert one.definition.aggregation == Aggregation.SUM


def test_connections_withheld_are_not_read_from_another_indicator(place: Watching) -> None:
    """Three connections: neither counted by time slot, nor by place, nor above the accounts."""
    place.figure(SLOTS, MONTH.code, 3, weekday_day=3)
    place.figure(PLACES, MONTH.code, 3, on_site=3)
    place.figure(PER_ACCOUNT, MONTH.code, 3, 7)
    for code in (SLOTS, PLACES, PER_ACCOUNT):
        found = tell(place, code)
        assert found is not None
        assert (found.withheld, found.terms) == (True, None), code


@pytest.mark.parametrize("code", [PER_ACCOUNT, RATE])
def test_connections_of_fewer_than_five_accounts_are_not_read_from_their_count(place: Watching, code: str) -> None:
    """Forty connections of four accounts: the ratio is withheld, so is its numerator wherever it is told."""
    place.figure(SLOTS, MONTH.code, 40, weekday_day=30, night=10)
    figure = place.figure(PLACES, MONTH.code, 40, on_site=40)
    for one in (SLOTS, PLACES):
        found = tell(place, one)
        assert found is not None
        assert found.terms == terms(40)
    place.figure(code, MONTH.code, 3, 4)
    for one in (SLOTS, PLACES):
        found = tell(place, one)
        assert found is not None
        assert (found.withheld, found.terms) == (True, None)
    with elevated():
        whole = totals(place.project, [one_of(place.project, SLOTS)], [MONTH])
        assert not whole
        figure = Figure.objects.select_related("definition").get(pk=figure.pk)
    assert splits([figure])[figure.pk] == Split(None, {}, frozenset({"on_site"}))


def test_the_same_total_elsewhere_gives_no_cell_away(place: Watching) -> None:
    """Time slots and places add up to the connections of the ratio: each of the three says what the others said."""
    slots = place.figure(SLOTS, MONTH.code, 100, weekday_day=70, weekday_evening=18, night=3, weekend=9)
    places = place.figure(PLACES, MONTH.code, 100, on_site=90, mobile=10)
    place.figure(PER_ACCOUNT, MONTH.code, 100, 20)
    with elevated():
        rows = {row.pk: row for row in Figure.objects.select_related("definition")}
    found = splits([rows[slots.pk], rows[places.pk]])
    ratio = tell(place, PER_ACCOUNT)
    assert ratio is not None
    assert ratio.terms is not None
    assert found[slots.pk].withheld == {"night", "weekend"}
    assert given_away(found[slots.pk]) == terms(12)
    assert found[slots.pk].total == found[places.pk].total == Terms(ratio.terms.amount)


def test_a_figure_stays_masked_under_the_definition_it_was_given(place: Watching) -> None:
    """The lead lifts the rule by a new version: what was given before was given under it."""
    figure = place.figure(SLOTS, MONTH.code, 3, night=3)
    definition = figure.definition
    with elevated():
        last = Definition.objects.filter(indicator=definition.indicator).latest("number")
        last.pk, last.number, last.masked = None, last.number + 1, False
        last.token = figure.pk
        last.save(force_insert=True)
        opened = Definition.objects.get(indicator=definition.indicator, number=last.number)
    assert not one_of(place.project, SLOTS).definition.masked
    found = tell(place, SLOTS)
    assert found is not None
    assert found.withheld
    assert splits_of({figure.pk: (terms(3), opened)})[figure.pk].total is None


# --- Past the selectors ----------------------------------------------------------------------------------------------


def raw(user: User, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """What the database shows to somebody, whatever the views do."""
    with acting_as(user.pk), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


COUNT = "select count(*) from indicators_cell where esms_id = %s"


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT}])
def test_the_database_shows_no_cell_above_the_structure(world: World, role: Role) -> None:
    foyer = world.own.structures[0]
    assert raw(world.person(role), COUNT, foyer.pk) == [(0,)]
    assert raw(world.person(role), "select count(*) from indicators_cell") == [(0,)]
    assert raw(world.rival_director, COUNT, foyer.pk) == [(0,)]


def test_the_database_shows_its_cells_to_the_structure(world: World) -> None:
    for role in (Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT):
        assert raw(world.person(role), COUNT, world.own.structures[0].pk) == [(4,)]
        assert raw(world.person(role), COUNT, world.own.structures[1].pk) == [(0,)]


def test_splits_read_above_the_structure_are_masked(world: World) -> None:
    slots = one_of(world.project, SLOTS)
    for reader in (world.lead, world.person(Role.OG_DIRECTOR), world.person(Role.COSTRAT)):
        with acting_as(reader.pk):
            figures = Figure.objects.filter(indicator=slots.indicator, esms=world.own.structures[0])
            found = splits(list(figures.select_related("definition")))
        (split,) = found.values()
        assert split.withheld == {"night", "weekend"}
        assert set(split.cells) == {"weekday_day", "weekday_evening"}


# --- No way round for a new page -------------------------------------------------------------------------------------

ROOT = Path(django_settings.BASE_DIR)
# Who may read the rows of figures and of cells, and why.
DOORS = {
    "indicators/models": "the tables",
    "indicators/services": "write them: the structure's own entry, what is computed",
    "indicators/computing": "reads what a structure entered to compute with it",
    "indicators/aggregates.py": "masks what it returns",
    "indicators/selectors/withheld.py": "is the rule",
    "indicators/selectors/told.py": "masks what it returns",
    "indicators/selectors/totals.py": "adds what is told",
    "indicators/selectors/watched.py": "what rules look at: what is told",
    "indicators/selectors/asked.py": "the entry, by the people of the structure",
    "indicators/selectors/entry.py": "the entry, by the people of the structure",
    "indicators/selectors/grid.py": "the entry, by the people of the structure",
    "indicators/selectors/statements.py": "as it is for the people of the structure, through `told` for others",
    "indicators/selectors/spreadsheets.py": "as it is for the people of the structure, through `told` for others",
    "indicators/selectors/computed.py": "when a figure that `told` told was computed",
    "dui_deploy/demo": "writes the demonstration world",
}
# What is about the entry page is handed rows by those, and names their type.
HANDED = {
    "indicators/cells.py",
    "indicators/forms/entry.py",
    "indicators/presentation/entry.py",
    "indicators/presentation/entry_line.py",
    "indicators/presentation/said.py",
    "indicators/views/entry.py",
}
TABLES = {"Figure", "Cell"}


def is_door(name: str) -> bool:
    return any(name == door or name.startswith(f"{door}/") for door in DOORS)


def modules() -> Iterator[tuple[str, ast.Module]]:
    for app in ("indicators", "reports", "dui_deploy"):
        for path in sorted((ROOT / app).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if "/migrations/" not in name and not is_door(name):
                yield name, ast.parse(path.read_text("utf-8"))


def reads_rows(node: ast.AST, *, handed: bool) -> bool:
    """Whether this names the tables, or goes to their rows from another. `handed`: their types may be named."""
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("indicators.models"):
        names = {alias.name for alias in node.names}
        return "*" in names or (bool(names & TABLES) and not handed)
    if isinstance(node, ast.Import):
        return any(alias.name.startswith("indicators.models") for alias in node.names)
    if isinstance(node, ast.Attribute) and node.attr in {"objects", "_base_manager", "_default_manager"}:
        return isinstance(node.value, ast.Name) and node.value.id in TABLES
    if isinstance(node, ast.Attribute) and node.attr in {"all", "filter", "exclude", "values_list"}:
        return isinstance(node.value, ast.Attribute) and node.value.attr in {"figures", "cells"}
    return isinstance(node, ast.Constant) and node.value in {"indicators.Figure", "indicators.Cell"}


def test_pages_reports_and_exports_read_no_row_of_figures() -> None:
    found = [
        (name, node.lineno)
        for name, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.stmt | ast.expr) and reads_rows(node, handed=name in HANDED)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "from indicators.models import Figure",
        "from indicators.models.figures import Cell",
        "import indicators.models",
        "statement.figures.all()",
        "figure.cells.filter(value='night')",
        "apps.get_model('indicators.Cell')",
    ],
)
def test_a_page_that_did_would_be_seen(line: str) -> None:
    nodes = list(ast.walk(ast.parse(line)))
    assert any(isinstance(node, ast.stmt | ast.expr) and reads_rows(node, handed=False) for node in nodes)


def test_every_door_is_there() -> None:
    assert [door for door in [*DOORS, *HANDED] if not (ROOT / door).exists()] == []
