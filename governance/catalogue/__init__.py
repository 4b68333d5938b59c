"""Bodies, agendas, the convention's outline and the weighting methods as reference data, read from the file beside
this module. Kinds, statuses and rules of arbitrations are choices of `enums`; a test holds the two together."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from common.french import typography
from common.yaml_files import read_yaml
from governance.enums import BodyKind, ItemKind, WeightingMethod
from organisations.enums import Phase, ProjectKind

PATH = Path(__file__).parent / "governance.yaml"
CODE = "governance"


@dataclass(frozen=True)
class CatalogueItem:
    """A point of a standard agenda. `owner` is a role of the catalogue; `only_if`, `from_phase`: when it is treated."""

    label: str
    minutes: int
    kind: ItemKind
    owner: str
    only_if: ProjectKind | None = None
    from_phase: Phase | None = None


@dataclass(frozen=True)
class CatalogueAgenda:
    code: str
    body: BodyKind
    label: str
    duration_minutes: int
    objective: str
    items: tuple[CatalogueItem, ...]


@dataclass(frozen=True)
class Composition:
    """Who should sit on a body of one kind of project, and how many."""

    rule: str
    members: tuple[str, ...]
    min_members: int
    max_members: int
    categories_above: int | None = None  # number of ESMS above which representatives are by category


@dataclass(frozen=True)
class CatalogueBody:
    """What a body is for, how it is composed in each kind of project, how often and how it meets by default."""

    kind: BodyKind
    label: str
    purpose: str
    missions: tuple[str, ...]
    compositions: dict[ProjectKind, Composition]
    chair: str
    frequency_months: int
    convocation_days: int
    minutes_days: int
    quorum_percent: int
    second_call: str


@dataclass(frozen=True)
class CatalogueArticle:
    position: int
    code: str
    title: str
    guide: str


@dataclass(frozen=True)
class CatalogueMethod:
    """A way to weigh OG: its formula, what it suits, what to watch."""

    method: WeightingMethod
    formula: str
    suits: str
    watch: str


@dataclass(frozen=True)
class Catalogue:
    bodies: dict[BodyKind, CatalogueBody]
    agendas: tuple[CatalogueAgenda, ...]
    articles: tuple[CatalogueArticle, ...]
    annexes: tuple[str, ...]
    methods: tuple[CatalogueMethod, ...]

    def agendas_of(self, kind: BodyKind) -> list[CatalogueAgenda]:
        """The standard agendas of a body; a working group has none."""
        return [agenda for agenda in self.agendas if agenda.body == kind]

    def agenda(self, code: str) -> CatalogueAgenda | None:
        return next((agenda for agenda in self.agendas if agenda.code == code), None)


def parse(content: dict[str, Any]) -> Catalogue:
    """A catalogue. Raises KeyError or ValueError when it doesn't hold together."""
    agreement = content["cooperation_agreement"]
    return Catalogue(
        bodies={BodyKind(item["code"]): _body(item) for item in content["bodies"]},
        agendas=tuple(_agenda(item) for item in content["agendas"]),
        articles=tuple(
            CatalogueArticle(item["order"], item["code"], typography(item["label"]), typography(item["content"]))
            for item in agreement["articles"]
        ),
        annexes=tuple(typography(annex) for annex in agreement["annexes"]),
        methods=tuple(
            CatalogueMethod(
                WeightingMethod(item["code"]),
                typography(item["formula"]),
                typography(item["suits"]),
                typography(item["watch"]),
            )
            for item in content["weighting_methods"]
        ),
    )


def _body(item: dict[str, Any]) -> CatalogueBody:
    return CatalogueBody(
        kind=BodyKind(item["code"]),
        label=typography(item["label"]),
        purpose=typography(item["purpose"]),
        missions=tuple(typography(mission) for mission in item["missions"]),
        compositions={
            ProjectKind(kind): Composition(
                rule=typography(found["rule"]),
                members=tuple(typography(member) for member in found["members"]),
                min_members=found["min_members"],
                max_members=found["max_members"],
                categories_above=found.get("switch_to_categories_above"),
            )
            for kind, found in item["composition"].items()
            if kind in ProjectKind.values
        },
        chair=typography(item["chair"]),
        frequency_months=item["frequency_months"],
        convocation_days=item["convocation_days"],
        minutes_days=item["minutes_days"],
        quorum_percent=item["quorum"]["default_percent"],
        second_call=typography(item["quorum"]["second_call"]),
    )


def _agenda(item: dict[str, Any]) -> CatalogueAgenda:
    return CatalogueAgenda(
        code=item["code"],
        body=BodyKind(item["body"]),
        label=typography(item["label"]),
        duration_minutes=item["duration_minutes"],
        objective=typography(item["objective"]),
        items=tuple(
            CatalogueItem(
                label=typography(point["label"]),
                minutes=point["minutes"],
                kind=ItemKind(point["kind"]),
                owner=point["owner"],
                only_if=ProjectKind(point["only_if"]) if "only_if" in point else None,
                from_phase=Phase(point["from_phase"]) if "from_phase" in point else None,
            )
            for point in sorted(item["items"], key=lambda point: point["order"])
        ),
    )


@cache
def catalogue() -> Catalogue:
    """The catalogue as it is in this version of the application."""
    return parse(read_yaml(PATH))
