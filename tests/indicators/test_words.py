"""Figures as people read them."""

from decimal import Decimal

import pytest

from indicators.enums import Kind
from indicators.models import Definition
from indicators.presentation.words import written
from indicators.values import Terms


@pytest.mark.parametrize(
    ("unit", "value", "said"),
    [
        ("risques", "1", "1\u00a0risque"),
        ("risques", "0", "0\u00a0risque"),
        ("tickets", "2", "2\u00a0tickets"),
        ("jours ouvrés", "1.5", "1,5\u00a0jour ouvré"),
        ("jours-personnes", "0.5", "0,5\u00a0jour-personne"),
        ("connexions par compte", "1", "1\u00a0connexion par compte"),
        ("mois", "1", "1\u00a0mois"),
        ("sur 5", "1.9", "1,9\u00a0sur 5"),
        ("€", "1", "1\u00a0€"),
    ],
)
def test_a_unit_agrees_with_its_value(unit: str, value: str, said: str) -> None:
    assert written(Definition(kind=Kind.AMOUNT, unit=unit), Terms(Decimal(value))) == said


def test_a_text_is_told_by_its_severity() -> None:
    definition = Definition(kind=Kind.TEXT, unit="texte", breakdown="attention_level")
    assert written(definition, Terms(Decimal(3))) == "Bloquant"
