"""The ANAP checklist as reference data, read from the file beside this module or from a stored version of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklist.enums import Actor, Letter
from common.yaml_files import read_yaml
from governance.enums import BodyKind

PATH = Path(__file__).parent / "checklist.yaml"
CODE = "checklist"
COMPLEMENTS = read_yaml(Path(__file__).parent / "complements.yaml")
DECIDED_BY = {number: BodyKind(body) for body, numbers in COMPLEMENTS["decided_by"].items() for number in numbers}


@dataclass(frozen=True)
class CatalogueAction:
    """One of the 100 actions.

    `multi_og`: only concerns a project of several OG. `decided_by`: the body whose decision makes it OK, or nothing.
    `previously`: its number in the version before, when it had another one.
    """

    number: str
    label: str
    objective: str
    multi_og: bool
    decided_by: str
    previously: str
    raci: dict[Letter, tuple[Actor, ...]]


@dataclass(frozen=True)
class CatalogueGroup:
    number: str
    title: str
    deliverables: tuple[str, ...]
    actions: tuple[CatalogueAction, ...]


@dataclass(frozen=True)
class CatalogueStep:
    number: int
    title: str
    groups: tuple[CatalogueGroup, ...]


def parse(content: dict[str, Any]) -> list[CatalogueStep]:
    """The steps of a catalogue. Raises KeyError or ValueError when it doesn't hold together."""
    if set(content["actors"]) != set(Actor.values):
        raise ValueError("les acteurs ne sont pas ceux que l’application connaît.")
    steps = [
        CatalogueStep(
            number=step["number"],
            title=step["title"],
            groups=tuple(_group(group) for group in step["groups"]),
        )
        for step in content["steps"]
    ]
    numbers = [action.number for step in steps for group in step.groups for action in group.actions]
    if len(set(numbers)) != len(numbers):
        raise ValueError("deux actions portent le même numéro.")
    return steps


def _group(group: dict[str, Any]) -> CatalogueGroup:
    return CatalogueGroup(
        number=group["number"],
        title=group["title"],
        deliverables=tuple(group["deliverables"]),
        actions=tuple(
            CatalogueAction(
                number=action["number"],
                label=action["label"],
                objective=action.get("objective", ""),
                multi_og=action.get("multi_og", False),
                decided_by=BodyKind(decided_by).value
                if (decided_by := action.get("decided_by", DECIDED_BY.get(action["number"], "")))
                else "",
                previously=action.get("previously", ""),
                raci={Letter(letter): tuple(Actor(code) for code in codes) for letter, codes in action["raci"].items()},
            )
            for action in group["actions"]
        ),
    )
