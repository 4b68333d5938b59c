"""What the inventories of several structures say together: counts by code, never a name nor a written text. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from structures.catalogue.inventory import UNKNOWN, Field, Questionnaire, Section
from structures.enums.inventory import Readiness, Severity
from structures.readiness import Evaluation

# Mbit/s for each user at the busiest time: the lowest of a band, and its name.
BANDS = (
    (Decimal(2), "2 Mbit/s et plus"),
    (Decimal(1), "de 1 à 2 Mbit/s"),
    (Decimal("0.5"), "de 0,5 à 1 Mbit/s"),
    (Decimal(0), "moins de 0,5 Mbit/s"),
)
NO_MEASURE = "débit ou affluence non renseignés"
DEVICES = ("fixed_workstations", "laptops", "tablets_smartphones")
SOFTWARE, PROJECTS = "software_in_place", "projects"
NO_ANSWER = ""  # among counted answers


@dataclass(frozen=True)
class Signalled:
    """How many structures a prerequisite is signalled in, and how many gave no answer to it."""

    field: Field
    severity: Severity
    count: int
    missing: int

    @property
    def touched(self) -> int:
        return self.count + self.missing


@dataclass(frozen=True)
class SectionState:
    """How the structures stand in one section: `blocked` with a blocking point or without a needed answer."""

    section: Section
    blocked: int
    to_fix: int
    clear: int


@dataclass(frozen=True)
class Figures:
    """Of `structures` inventories. `answers`: by field of choice or yes/no, how many gave each answer. `sums`: of
    numbers, over the structures that gave one. `areas`: by functional area, how many structures have a software
    there. The other counters are of lines of tables, by code; `ends`: contracts by year."""

    structures: int
    readiness: Mapping[Readiness, int]
    signalled: tuple[Signalled, ...]
    sections: tuple[SectionState, ...]
    bands: Mapping[str, int]
    answers: Mapping[str, Mapping[Any, int]]
    sums: Mapping[str, int]
    areas: Mapping[str, int]
    hosting: Mapping[str, int]
    future: Mapping[str, int]
    ends: Mapping[int, int]
    project_domains: Mapping[str, int]
    project_loads: Mapping[str, int]
    structures_with_projects: int


def figures_of(form: Questionnaire, evaluations: Sequence[Evaluation], *, today: date) -> Figures:
    """The figures of some inventories."""
    values = [one.values for one in evaluations]
    software = [line for one in values for line in rows(one, SOFTWARE)]
    projects = [running(rows(one, PROJECTS), today) for one in values]
    return Figures(
        structures=len(evaluations),
        readiness=Counter(one.readiness for one in evaluations),
        signalled=signalled(form, evaluations),
        sections=tuple(_section(section, evaluations) for section in form.sections),
        bands=Counter(band(one) for one in values),
        answers={
            field.code: Counter(answer_key(one.get(field.code, UNKNOWN)) for one in values)
            for field in form.fields
            if field.type in {"choice", "boolean"}
        },
        sums={
            field.code: sum(one[field.code] for one in values if isinstance(one.get(field.code), int))
            for field in form.fields
            if field.type == "integer"
        },
        areas=Counter(area for one in values for area in _areas(one)),
        hosting=_counted(software, "hosting"),
        future=_counted(software, "future"),
        ends=Counter(line["contract_end"].year for line in software if line.get("contract_end")),
        project_domains=_counted([line for lines in projects for line in lines], "domain"),
        project_loads=_counted([line for lines in projects for line in lines], "load"),
        structures_with_projects=sum(1 for lines in projects if lines),
    )


def signalled(form: Questionnaire, evaluations: Iterable[Evaluation]) -> tuple[Signalled, ...]:
    """The prerequisites that stop or slow somebody: what blocks first, then what touches most structures."""
    flagged: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for one in evaluations:
        codes = {signal.field.code for signal in one.signals}
        flagged.update(codes)
        missing.update({field.code for field in one.missing} - codes)
    found = [
        Signalled(field, field.flag.severity, flagged[field.code], missing[field.code])
        for field in form.flagged
        if field.flag and (flagged[field.code] or missing[field.code])
    ]
    return tuple(sorted(found, key=lambda item: (-item.count, item.severity != Severity.BLOCKING, -item.missing)))


def tone_of(section: Section, evaluation: Evaluation) -> tuple[int, int, int]:
    """In one section of one inventory: blocking points, points to fix, prerequisites without an answer."""
    codes = {field.code for field in section.fields}
    blocking = sum(1 for signal in evaluation.blocking if signal.field.code in codes)
    to_fix = sum(1 for signal in evaluation.to_fix if signal.field.code in codes)
    flagged = {signal.field.code for signal in evaluation.signals}
    missing = sum(1 for field in evaluation.missing if field.code in codes - flagged)
    return blocking, to_fix, missing


def per_user(values: Mapping[str, Any]) -> Decimal | None:
    """Mbit/s for each user connected at the busiest time; None when one of the two is not known."""
    rate, users = values.get("downstream_mbps"), values.get("peak_users")
    if not isinstance(rate, Decimal) or not isinstance(users, int) or not users:
        return None
    return rate / users


def band(values: Mapping[str, Any]) -> str:
    found = per_user(values)
    return NO_MEASURE if found is None else next(label for lowest, label in BANDS if found >= lowest)


def devices(values: Mapping[str, Any]) -> int | None:
    """Devices fit for the record; None when nothing is counted."""
    numbers = [values[code] for code in DEVICES if isinstance(values.get(code), int)]
    return sum(numbers) if numbers else None


def rows(values: Mapping[str, Any], code: str) -> list[dict[str, Any]]:
    """The lines of a table, none when it isn't answered."""
    found = values.get(code)
    return found if isinstance(found, list) else []


def running(lines: Iterable[dict[str, Any]], today: date) -> list[dict[str, Any]]:
    """The projects that are not over."""
    return [line for line in lines if not line.get("end") or line["end"] >= today]


def answer_key(value: Any) -> Any:
    """An answer as it is counted; « ne sait pas » and no answer are one."""
    return NO_ANSWER if value is UNKNOWN or value is None else value


def _areas(values: Mapping[str, Any]) -> set[str]:
    return {line["functional_area"] for line in rows(values, SOFTWARE) if line.get("functional_area")}


def _section(section: Section, evaluations: Sequence[Evaluation]) -> SectionState:
    blocked = to_fix = 0
    for one in evaluations:
        stops, slows, missing = tone_of(section, one)
        if stops or missing:
            blocked += 1
        elif slows:
            to_fix += 1
    return SectionState(section, blocked, to_fix, len(evaluations) - blocked - to_fix)


def _counted(lines: Iterable[dict[str, Any]], column: str) -> Counter[str]:
    return Counter(line[column] for line in lines if line.get(column))
