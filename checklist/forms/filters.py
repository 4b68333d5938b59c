"""What the address of a page asks to see, and the name under which that is kept."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from checklist.enums import Actor, RaciView, View
from checklist.selectors import Filters, RaciFilters


def read_filters(query: MultiValueDict) -> tuple[Filters, bool]:
    """The filters that the URL asks for, and whether they all mean something. One that doesn't drops the others too."""
    step, known = _step(query.get("etape", ""))
    actor, since = query.get("acteur"), query.get("depuis")
    try:
        filters = Filters(
            step=step,
            view=View(query.get("vue", "")),
            actor=Actor(actor) if actor else None,
            since=_past_day(since) if since else None,
        )
    except ValueError:
        return Filters(step=step), False
    return filters, known


def read_month(query: MultiValueDict) -> tuple[date, bool]:
    """The first day of the month of the URL (`?mois=2026-11`), and whether it means one; of this month otherwise."""
    this_month, asked = timezone.localdate().replace(day=1), query.get("mois", "")
    if re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", asked):
        return date.fromisoformat(f"{asked}-01"), True
    return this_month, not asked


def _past_day(value: str) -> date:
    """« 2026-10-01 ». ValueError for what is no day, or a day to come."""
    day = date.fromisoformat(value)
    if not date(2000, 1, 1) <= day <= timezone.localdate():
        raise ValueError(value)
    return day


def _step(value: str) -> tuple[int | None, bool]:
    if not value:
        return None, True
    number = int(value) if re.fullmatch(r"[0-9]{1,2}", value) else None
    return number, number is not None


def read_raci_filters(query: MultiValueDict) -> tuple[RaciFilters, bool]:
    """The filters that the URL of the RACI matrix asks for, and whether they all mean something; none otherwise."""
    step, known = _step(query.get("etape", ""))
    actor = query.get("acteur")
    try:
        filters = RaciFilters(RaciView(query.get("voir", "")), step, Actor(actor) if actor else None)
    except ValueError:
        known = False
    return (filters, True) if known else (RaciFilters(), False)


class SaveViewForm(forms.Form):
    name = forms.CharField(label="Nom de la vue", max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="vue_%s", **kwargs)
