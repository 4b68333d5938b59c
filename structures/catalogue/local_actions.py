"""The pathway of a structure as reference data: 59 lines in twelve sections, read from the file beside this module."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from common.french import typography
from common.yaml_files import read_yaml
from organisations.enums import Phase
from structures.enums.pathway import Doer, Recurrence

PATH = Path(__file__).parent / "local_actions.yaml"
CODE = "local_actions"


@dataclass(frozen=True)
class PathwayAction:
    """A line: what is expected, what shows that it is done, who does it. `slug` is its address, `number` its rank."""

    code: str
    slug: str
    number: int
    section: str
    title: str
    expected: str
    evidence: str
    doer: Doer
    validated: bool
    phase: Phase
    recurrence: Recurrence
    feature: str
    delegable: bool


@dataclass(frozen=True)
class PathwaySection:
    code: str
    label: str
    actions: tuple[PathwayAction, ...]

    @property
    def anchor(self) -> str:
        """Its place on the page of the pathway."""
        return f"section-{self.code.replace('.', '-')}"

    @property
    def number(self) -> str:
        """« 3 » for the head of section 3."""
        return self.code.removesuffix(".0")


@dataclass(frozen=True)
class Pathway:
    sections: tuple[PathwaySection, ...]
    features: dict[str, str]
    delegation_rule: str

    @cached_property
    def actions(self) -> tuple[PathwayAction, ...]:
        return tuple(action for section in self.sections for action in section.actions)

    @cached_property
    def by_code(self) -> dict[str, PathwayAction]:
        return {action.code: action for action in self.actions}

    @cached_property
    def by_slug(self) -> dict[str, PathwayAction]:
        return {action.slug: action for action in self.actions}


def parse(content: dict[str, Any]) -> Pathway:
    """The pathway. Raises KeyError or ValueError when it doesn't hold together."""
    features = {item["code"]: typography(item["label"]) for item in content["features"]}
    kept = set(content["delegation"]["non_delegable"])
    actions = [_action(item, number, kept) for number, item in enumerate(content["actions"], start=1)]
    _once("code", (action.code for action in actions))
    _once("address", (action.slug for action in actions))
    codes = {action.code for action in actions}
    sections = {item["code"] for item in content["sections"]}
    if unknown := kept - codes:
        raise ValueError(f"delegation: no action {', '.join(sorted(unknown))}")
    for action in actions:
        if action.feature not in features or action.section not in sections:
            raise ValueError(f"{action.code}: unknown feature or section")
    return Pathway(
        sections=tuple(
            PathwaySection(
                item["code"],
                typography(item["label"]),
                tuple(action for action in actions if action.section == item["code"]),
            )
            for item in content["sections"]
        ),
        features=features,
        delegation_rule=typography(content["delegation"]["rule"]),
    )


def _action(item: dict[str, Any], number: int, kept: set[str]) -> PathwayAction:
    doer = Doer(item["who"])
    return PathwayAction(
        code=item["code"],
        slug=slugify(item["title"].replace("'", " ").replace("’", " ")),
        number=number,
        section=item["section"],
        title=typography(item["title"]),
        expected=typography(item["expected"]),
        evidence=typography(item["evidence"]),
        doer=doer,
        validated=item["director_validation"],
        phase=Phase(item["phase"]),
        recurrence=Recurrence(item["recurrence"]),
        feature=item["feature"],
        delegable=doer == Doer.DIRECTOR and item["code"] not in kept,
    )


def _once(what: str, values: Iterable[str]) -> None:
    if twice := [value for value, count in Counter(values).items() if count > 1]:
        raise ValueError(f"{what} given twice: {', '.join(twice)}")


@cache
def pathway() -> Pathway:
    """The pathway as it is in this version of the application."""
    return parse(read_yaml(PATH))
