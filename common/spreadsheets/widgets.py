"""How a value stands in a cell, both ways. `clean` raises ValueError with a French sentence."""

import re
from datetime import date
from typing import Any

from import_export.widgets import Widget

from common.spreadsheets.texts import plain

_DATE = re.compile(r"(?:(\d{1,2})/(\d{1,2})/(\d{4})|(\d{4})-(\d{2})-(\d{2}))")
CROSS = "X"
_CROSSES = {"x", "✓", "✔", "✗", "✘", "☒", "☑", "oui", "1"}


class TextWidget(Widget):
    """A text of at most `longest` characters."""

    def __init__(self, longest: int) -> None:
        super().__init__()
        self.longest = longest

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = plain(value or "").strip()
        if len(text) > self.longest:
            raise ValueError(f"Ce texte a {len(text)} caractères ; il en tient {self.longest} au plus.")
        return text

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return plain(value or "").strip()


class DateWidget(Widget):
    """A day: « 31/12/2026 », or a date of the spreadsheet."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        text = str(value or "").strip()
        if not text:
            return None
        if found := _DATE.fullmatch(text):
            day, month, year, iso_year, iso_month, iso_day = found.groups()
            try:
                return date(int(year or iso_year), int(month or iso_month), int(day or iso_day))
            except ValueError:
                pass
        raise ValueError(f"« {text} » n’est pas une date : écrivez-la jj/mm/aaaa, par exemple 31/12/2026.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> date | None:
        return value


class CrossWidget(Widget):
    """A column that a cross ticks."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        text = str(value or "").strip().casefold()
        if text and text not in _CROSSES:
            raise ValueError(f"« {text} » ne dit rien ici : mettez une croix ({CROSS}), ou laissez la cellule vide.")
        return bool(text)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return CROSS if value else ""
