"""What the grid sends: one cell, a block, all its cells, what takes a paste back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from common.pasted import cells
from indicators.entry import is_writable
from indicators.periods import Period
from indicators.selectors.definitions import Followed
from indicators.services.grid import Typed

BLOCK = 250_000


def versions(seen: str) -> dict[str, int]:
    """« code/2026-05:3 » as the page showed them; anything else is left out, as if it had shown nothing."""
    found = {}
    for item in seen.split():
        name, _, version = item.rpartition(":")
        if version.isdecimal() and len(version) < 10:
            found[name] = int(version)
    return found


def lines(text: str) -> str:
    """Line ends made one: browsers send two signs."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class CellForm(forms.Form):
    """One cell."""

    code = forms.CharField(max_length=60)
    period = forms.CharField(max_length=10)
    version = forms.IntegerField(min_value=0)
    text = forms.CharField(max_length=BLOCK, required=False, strip=False)

    def typed(self, periods: Mapping[str, Period]) -> Typed | None:
        """None outside the grid."""
        data = self.cleaned_data
        period = periods.get(data["period"])
        return Typed(data["code"], period, lines(data["text"]), data["version"]) if period else None


class PasteForm(forms.Form):
    """A block copied from a spreadsheet, and where its first cell falls. `seen`: the versions that the page showed."""

    code = forms.ChoiceField(label="Première ligne")
    period = forms.ChoiceField(label="Première colonne")
    text = forms.CharField(
        label="Ce que vous avez copié",
        max_length=BLOCK,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Une cellule vide laisse la valeur comme elle est.",
    )
    seen = forms.CharField(max_length=BLOCK, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, rows: Sequence[Followed], periods: Sequence[Period], opened: Sequence[Period], **kwargs: Any
    ) -> None:
        super().__init__(*args, auto_id="coller-%s", **kwargs)
        self.rows, self.periods = rows, periods
        self.fields["code"].choices = [(one.code, one.definition.label) for one in rows]
        self.fields["period"].choices = [(period.code, period.label) for period in periods]
        if opened:
            self.fields["period"].initial = opened[0].code

    def typed(self) -> tuple[list[Typed], int]:
        """The cells of the block where they fall, and how many fall outside."""
        data = self.cleaned_data
        codes, known = [one.code for one in self.rows], versions(data["seen"])
        first_row = codes.index(data["code"])
        first_column = [period.code for period in self.periods].index(data["period"])
        found, outside = [], 0
        for down, across, text in cells(data["text"]):
            row, column = first_row + down, first_column + across
            if row >= len(codes) or column >= len(self.periods):
                outside += 1
                continue
            code, period = codes[row], self.periods[column]
            found.append(Typed(code, period, text, known.get(f"{code}/{period.code}", 0)))
        return found, outside


class WholeForm(forms.Form):
    """All the cells that the page shows, for who has no script."""

    seen = forms.CharField(max_length=BLOCK, required=False)

    def typed(self, rows: Sequence[Followed], periods: Sequence[Period]) -> list[Typed]:
        known = versions(self.cleaned_data["seen"])
        found = []
        for one in rows:
            for period in periods:
                name = f"{one.code}/{period.code}"
                if name in self.data:
                    found.append(Typed(one.code, period, lines(self.data[name]), known.get(name, 0)))
        return found


class UndoForm(forms.Form):
    """The former texts, as `presentation.grid_answers` wrote them."""

    before = forms.CharField(max_length=BLOCK, strip=False)

    def clean_before(self) -> list[tuple[str, str, int, str]]:
        try:
            found = [
                (str(code), str(period), int(version), str(text))
                for code, period, version, text in json.loads(self.cleaned_data["before"])
            ]
            if not all(is_writable(said) for item in found for said in item if isinstance(said, str)):
                raise ValueError
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise forms.ValidationError("Cette annulation ne se lit pas : rechargez la page.") from error
        return found

    def typed(self, periods: Mapping[str, Period]) -> list[Typed]:
        """Each place once."""
        found = {
            (code, period): Typed(code, periods[period], text, version)
            for code, period, version, text in self.cleaned_data["before"]
            if period in periods
        }
        return list(found.values())
