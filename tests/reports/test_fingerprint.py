"""What is printed at the foot of each page, and typed from there."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.enums import Severity
from organisations.models import Project
from reports.fingerprint import PRINTED, fingerprint, plain, printed, typed

HEXADECIMAL = st.text("0123456789abcdef", min_size=64, max_size=64)


@dataclass(frozen=True)
class Fact:
    name: str
    on: date
    weight: Decimal


FACT = Fact("Brumes Claires", date(2026, 11, 20), Decimal("41.67"))


def test_the_same_facts_have_one_fingerprint_and_others_another() -> None:
    same = Fact("Brumes Claires", date(2026, 11, 20), Decimal("41.670"))
    assert fingerprint([FACT]) == fingerprint((same,))
    for other in (
        Fact("Brumes claires", FACT.on, FACT.weight),
        Fact(FACT.name, FACT.on + timedelta(days=1), FACT.weight),
        Fact(FACT.name, FACT.on, Decimal("41.66")),
    ):
        assert fingerprint(other) != fingerprint(FACT)


def test_a_moment_is_the_same_on_all_clocks() -> None:
    paris = datetime(2026, 11, 20, 14, 32, tzinfo=timezone(timedelta(hours=1)))
    assert fingerprint(paris) == fingerprint(paris.astimezone(UTC))


def test_facts_are_plain_values() -> None:
    row = uuid.UUID(int=1)
    assert plain({"fact": FACT, row: Severity.CRITICAL, "none": None}) == {
        "fact": {"name": "Brumes Claires", "on": "2026-11-20", "weight": "41.67"},
        str(row): "critical",
        "none": None,
    }
    for hidden in (Project(name="Deux Rives"), 1.5, {1, 2}, Fact):
        with pytest.raises(TypeError):
            fingerprint({"facts": [hidden]})


@given(HEXADECIMAL)
def test_what_is_printed_is_read_back(sha256: str) -> None:
    code = printed(sha256)
    assert code.count(" ") == 3
    assert typed(f"Empreinte {code}") == typed(code.replace(" ", "\N{NO-BREAK SPACE}")) == sha256[:PRINTED]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("3f2a-91c0-7b11-0e2d", "3f2a91c07b110e2d"),
        ("3F2A91CO7BIlOE2D", "3f2a91c07b110e2d"),  # letters for the figures they look like
        ("3F2A 91C0 7B11", ""),
        ("3F2A 91C0 7B11 0E2G", ""),
        ("%' or true --", ""),
        ("", ""),
    ],
)
def test_what_is_typed_is_a_fingerprint_or_nothing(text: str, read: str) -> None:
    assert typed(text) == read
