"""Profiles, domains, levels, rules and the least-privilege proposal of the habilitation matrix, read from the file
beside this module. What the rules mean in code is in `structures.habilitation_rules`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from common.french import typography
from common.yaml_files import read_yaml
from structures.enums.habilitations import AccessLevel, MatrixStatus, Perimeter, RuleSeverity

PATH = Path(__file__).parent / "habilitations.yaml"
CODE = "habilitations"


@dataclass(frozen=True)
class CatalogueLevel:
    code: AccessLevel
    label: str
    help: str


@dataclass(frozen=True)
class CataloguePerimeter:
    code: Perimeter
    label: str
    help: str


@dataclass(frozen=True)
class Domain:
    """A part of the record. `technical`: the only ones that can be administered."""

    code: str
    label: str
    help: str
    sensitive: bool
    technical: bool


@dataclass(frozen=True)
class Profile:
    """A function of the people who use the record. `care_team`: opens sensitive domains without a reason of its own.

    `max_days`: how long an account of a profile whose accounts end lasts at most.
    """

    code: str
    label: str
    examples: str
    care_team: bool
    privileged: bool
    og_perimeter_allowed: bool
    expiry_required: bool
    max_days: int | None


@dataclass(frozen=True)
class Rule:
    code: str
    label: str
    severity: RuleSeverity
    message: str
    params: Mapping[str, Any]


Coded = TypeVar("Coded", Domain, Profile, Rule)


@dataclass(frozen=True)
class Cell:
    """An access: level, perimeter (none without access), why; `note`: what the proposal says of it."""

    level: AccessLevel = AccessLevel.NONE
    perimeter: Perimeter | None = None
    justification: str = ""
    note: str = ""


@dataclass(frozen=True)
class Catalogue:
    version: int
    levels: tuple[CatalogueLevel, ...]
    perimeters: tuple[CataloguePerimeter, ...]
    domains: Mapping[str, Domain]
    profiles: Mapping[str, Profile]
    rules: Mapping[str, Rule]
    proposal: Mapping[tuple[str, str], Cell]  # profile and domain


def parse(content: dict[str, Any]) -> Catalogue:
    """A catalogue. Raises KeyError or ValueError when it doesn't hold together."""
    levels = tuple(
        CatalogueLevel(AccessLevel(item["code"]), typography(item["label"]), typography(item["help"]))
        for item in sorted(content["levels"], key=lambda item: item["rank"])
    )
    perimeters = tuple(
        CataloguePerimeter(Perimeter(item["code"]), typography(item["label"]), typography(item["help"]))
        for item in sorted(content["perimeters"], key=lambda item: item["rank"])
    )
    _require([level.code for level in levels] == list(AccessLevel), "the levels are not those of the application")
    _require([item.code for item in perimeters] == list(Perimeter), "the perimeters are not those of the application")
    statuses = [item["code"] for item in content["workflow"]]
    _require(statuses == list(MatrixStatus), "the statuses are not those of the application")
    domains = _once([_domain(item) for item in content["domains"]])
    profiles = _once([_profile(item) for item in content["profiles"]])
    return Catalogue(
        version=content["version"],
        levels=levels,
        perimeters=perimeters,
        domains=domains,
        profiles=profiles,
        rules=_once([_rule(item, domains, profiles) for item in content["rules"]]),
        proposal=_proposal(content["default_matrix"], domains, profiles),
    )


def _domain(item: dict[str, Any]) -> Domain:
    return Domain(
        code=item["code"],
        label=typography(item["label"]),
        help=typography(item["help"]),
        sensitive=item["sensitive"],
        technical=item.get("technical", False),
    )


def _profile(item: dict[str, Any]) -> Profile:
    found = Profile(
        code=item["code"],
        label=typography(item["label"]),
        examples=typography(item["examples"]),
        care_team=item["care_team"],
        privileged=item["privileged"],
        og_perimeter_allowed=item["og_perimeter_allowed"],
        expiry_required=item.get("expiry_required", False),
        max_days=item.get("max_days"),
    )
    _require(not found.expiry_required or bool(found.max_days), f"{found.code}: accounts end, but after how long?")
    return found


def _rule(item: dict[str, Any], domains: Mapping[str, Domain], profiles: Mapping[str, Profile]) -> Rule:
    params = item.get("params", {})
    unknown = {*params.get("user_record_domains", [])} - {*domains} | {*params.get("allowed", [])} - {*profiles}
    _require(not unknown, f"{item['code']}: unknown {unknown}")
    return Rule(
        code=item["code"],
        label=typography(item["label"]),
        severity=RuleSeverity(item["severity"]),
        message=typography(item["message"]),
        params=params,
    )


def _proposal(
    rows: list[dict[str, Any]], domains: Mapping[str, Domain], profiles: Mapping[str, Profile]
) -> dict[tuple[str, str], Cell]:
    _require([row["profile"] for row in rows] == list(profiles), "the proposal is not of the profiles, in their order")
    found = {}
    for row in rows:
        _require({*row["cells"]} <= {*domains}, f"{row['profile']}: unknown domain")
        for domain in domains:
            found[row["profile"], domain] = _cell(row["cells"].get(domain, {"level": "none"}))
    return found


def _cell(item: dict[str, Any]) -> Cell:
    level = AccessLevel(item["level"])
    perimeter = Perimeter(item["perimeter"]) if item.get("perimeter") else None
    _require((level == AccessLevel.NONE) == (perimeter is None), "an access has a perimeter, no access has none")
    return Cell(level, perimeter, typography(item.get("justification", "")), typography(item.get("note", "")))


def _once(items: list[Coded]) -> dict[str, Coded]:
    found = {item.code: item for item in items}
    _require(len(found) == len(items), "a code stands twice")
    return found


def _require(holds: bool, why: str) -> None:
    if not holds:
        raise ValueError(why)


@cache
def catalogue() -> Catalogue:
    """The catalogue as it is in this version of the application."""
    return parse(read_yaml(PATH))
