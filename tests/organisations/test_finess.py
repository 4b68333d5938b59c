"""The identity numbers: malformed is refused, a wrong key is only pointed out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisations.finess import FINESS, SIREN, SIRET


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (FINESS, "37 099 010 3", "370990103"),
        (FINESS, "2a0000014", "2A0000014"),
        (FINESS, "", ""),
        (SIREN, "732 829 320", "732829320"),
        (SIRET, "732\u00a0829\u202f320 00074", "73282932000074"),
        (SIRET, "732.829.320-00074", "73282932000074"),
    ],
)
def test_a_number_is_read_as_people_write_it(kind, typed, kept):
    assert kind.read(typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "wanted"),
    [
        (FINESS, "37099010", "9 chiffres"),
        (FINESS, "3709901034", "9 chiffres"),
        (FINESS, "2C0000014", "2A ou 2B"),
        (FINESS, "A20000014", "2A ou 2B"),
        (FINESS, "٣٧٠٩٩٠١٠٣", "9 chiffres"),
        (SIREN, "73282932X", "9 chiffres"),
        (SIRET, "732829320", "14 chiffres"),
    ],
)
def test_a_malformed_number_is_refused_with_what_is_wanted(kind, typed, wanted):
    with pytest.raises(ValueError, match=wanted):
        kind.read(typed)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (FINESS, "370990103"),
        (FINESS, "2A0000014"),  # 2A counts as 21: 210000014
        (FINESS, "2B0000012"),  # 2B counts as 22: 220000012
        (SIREN, "732829320"),
        (SIRET, "73282932000074"),
        (SIRET, "35600000049837"),  # La Poste: the sum of the digits is a multiple of five
        (FINESS, ""),
    ],
)
def test_a_right_key_says_nothing(kind, number):
    assert kind.warning(number) == ""


@pytest.mark.parametrize(
    ("kind", "number"),
    [(FINESS, "370990104"), (FINESS, "2B0000014"), (SIREN, "732829321"), (SIRET, "73282932000075")],
)
def test_a_wrong_key_is_pointed_out(kind, number):
    assert f"La clé de ce numéro {kind.name} n’est pas juste" in kind.warning(number)


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_always_shows(number, position, shift):
    """What the key is for: of two FINESS that differ in one digit, at most one has a right key."""
    digit = str((int(number[position]) + shift) % 10)
    other = number[:position] + digit + number[position + 1 :]
    assert FINESS.warning(number) or FINESS.warning(other)
