"""The days of a series of meetings: the same weekday of the month, moved to the next working day where it must be."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from common import french

MOST = 12  # meetings in a series
SECOND_CALL = timedelta(days=15)  # governance.yaml, quorum of the COSTRAT
WEEKEND = 5  # weekday from which nobody works
ORDINALS = ("premier", "deuxième", "troisième", "quatrième", "dernier")
LAST = 4  # a fifth weekday isn't in every month: it stands for the last one


@dataclass(frozen=True)
class Slot:
    """A day of a series. `why`: what kept the meeting from the day that the series asks for, empty when nothing did."""

    day: date
    asked: date
    why: str = ""


def series(first: date, every_months: int, count: int) -> list[Slot]:
    """The days of `count` meetings, the first on `first`, one every so many months."""
    rank = (first.day - 1) // 7
    return [working(_same_weekday(first, rank, every_months * index)) for index in range(count)]


def working(asked: date) -> Slot:
    """That day, or the next one on which people work."""
    day, why = asked, reason_not_to_meet(asked)
    while reason_not_to_meet(day):
        day += timedelta(days=1)
    return Slot(day, asked, why)


def reason_not_to_meet(day: date) -> str:
    """« samedi », « Ascension »; empty for a working day."""
    return holidays(day.year).get(day) or (french.WEEKDAYS[day.weekday()] if day.weekday() >= WEEKEND else "")


def rule(first: date) -> str:
    """« le deuxième jeudi du mois »."""
    return f"le {ORDINALS[(first.day - 1) // 7]} {french.WEEKDAYS[first.weekday()]} du mois"


def holidays(year: int) -> dict[date, str]:
    """The public holidays of a year in mainland France (Code du travail, article L3133-1)."""
    easter = _easter(year)
    return {
        date(year, 1, 1): "jour de l’An",
        easter + timedelta(days=1): "lundi de Pâques",
        date(year, 5, 1): "1er mai",
        date(year, 5, 8): "8 mai",
        easter + timedelta(days=39): "Ascension",
        easter + timedelta(days=50): "lundi de Pentecôte",
        date(year, 7, 14): "14 juillet",
        date(year, 8, 15): "Assomption",
        date(year, 11, 1): "Toussaint",
        date(year, 11, 11): "11 novembre",
        date(year, 12, 25): "Noël",
    }


def _same_weekday(first: date, rank: int, months: int) -> date:
    """The weekday of `first` that has that rank in its month, so many months later."""
    month = first.month - 1 + months
    year, month = first.year + month // 12, month % 12 + 1
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    days = [week[first.weekday()] for week in weeks if week[first.weekday()].month == month]
    return days[-1] if rank == LAST else days[rank]


def _easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian computus)."""
    golden, century, of_century = year % 19, year // 100, year % 100
    leap, left = century // 4, century % 4
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - correction + 15) % 30
    weekday = (32 + 2 * left + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
