"""Who should sit on a body, and who speaks for whom: what is missing and what is too much, each in a sentence
(governance.yaml: bodies, composition). No row is read or written here.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from common import french
from governance.catalogue import Composition
from governance.enums import BodyKind, Severity
from organisations.enums import ComopCategory, ProjectKind, Role

SEAT_ROLES = {BodyKind.COSTRAT: Role.COSTRAT, BodyKind.COMOP: Role.COMOP}  # a seat in a working group gives none
GUESTS = frozenset({Role.DPO, Role.PURCHASING, Role.VENDOR, Role.OBSERVER})  # who only sits when invited
MEMBERS = frozenset({Role.PROJECT_LEAD, Role.OG_DIRECTOR, Role.ESMS_DIRECTOR})
DIRECTORS_WANTED = range(1, 4)  # directors of ESMS on the COSTRAT of a single OG
FEW = 4  # names said one by one


@dataclass(frozen=True)
class Partner:
    """An OG of the project."""

    id: uuid.UUID
    name: str


@dataclass(frozen=True)
class Structure:
    """An ESMS of the project."""

    id: uuid.UUID
    og_id: uuid.UUID
    name: str
    category: ComopCategory


@dataclass(frozen=True)
class Seat:
    """A seat as the rules see it: who holds it, what it carries, which roles that person has in the project."""

    person_id: uuid.UUID
    person: str
    og_id: uuid.UUID | None = None
    esms_id: uuid.UUID | None = None
    category: ComopCategory | None = None
    votes: bool = False
    invited: bool = False
    substituted: bool = False
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Finding:
    """What the rule asks and the body hasn't (critical), or what deserves a second look (warning)."""

    severity: Severity
    text: str


class Spoken(Enum):
    """How far the structures of one category of one OG are represented."""

    ABSENT = "absent"  # the OG has none of that category
    BY_NOBODY = "nobody"
    PARTLY = "partly"
    WHOLLY = "wholly"


@dataclass(frozen=True)
class Cell:
    """One category of one OG: its structures, who speaks for them, and those for whom nobody does."""

    partner: Partner
    category: ComopCategory
    structures: tuple[Structure, ...] = ()
    people: tuple[str, ...] = ()
    alone: tuple[Structure, ...] = ()

    @property
    def spoken(self) -> Spoken:
        if not self.structures:
            return Spoken.ABSENT
        if not self.people:
            return Spoken.BY_NOBODY
        return Spoken.PARTLY if self.alone else Spoken.WHOLLY


@dataclass(frozen=True)
class Coverage:
    """Who represents whom: a line an OG that has structures, a column a category that some OG has."""

    categories: tuple[ComopCategory, ...]
    lines: tuple[tuple[Partner, tuple[Cell, ...]], ...]

    @property
    def cells(self) -> list[Cell]:
        """Those where there is somebody to represent."""
        return [cell for _, cells in self.lines for cell in cells if cell.structures]

    def those(self, spoken: Spoken) -> list[Cell]:
        return [cell for cell in self.cells if cell.spoken is spoken]


def coverage(partners: Sequence[Partner], structures: Iterable[Structure], seats: Iterable[Seat]) -> Coverage:
    """Who speaks for which category of which OG. A guest speaks for nobody; a seat for one structure speaks for it
    alone; with a single OG a seat needs not name it."""
    by_cell: dict[tuple[uuid.UUID, ComopCategory], list[Structure]] = defaultdict(list)
    for structure in structures:
        by_cell[structure.og_id, structure.category].append(structure)
    members = [seat for seat in seats if not seat.invited]
    present = {category for _, category in by_cell}
    categories = tuple(category for category in ComopCategory if category in present)
    only = partners[0].id if len(partners) == 1 else None
    lines = tuple(
        (
            partner,
            tuple(_cell(partner, category, by_cell[partner.id, category], members, only) for category in categories),
        )
        for partner in partners
        if any((partner.id, category) in by_cell for category in categories)
    )
    return Coverage(categories, lines)


def _cell(
    partner: Partner,
    category: ComopCategory,
    structures: Sequence[Structure],
    members: Sequence[Seat],
    only: uuid.UUID | None,
) -> Cell:
    whole = [seat.person for seat in members if seat.category == category and (seat.og_id or only) == partner.id]
    own = {seat.esms_id: seat.person for seat in members if seat.esms_id}
    one_by_one = [own[structure.id] for structure in structures if structure.id in own]
    return Cell(
        partner=partner,
        category=category,
        structures=tuple(structures),
        people=tuple(dict.fromkeys([*whole, *one_by_one])) if structures else (),
        alone=() if whole else tuple(structure for structure in structures if structure.id not in own),
    )


@dataclass(frozen=True)
class Situation:
    """A body on a day, in its project. `lead_runs_it`: the project lead chairs it or is its secretary;
    `contract_signed`: the vendor may be invited."""

    kind: BodyKind
    project_kind: ProjectKind
    rule: Composition
    seats: Sequence[Seat]
    partners: Sequence[Partner] = ()
    structures: Sequence[Structure] = ()
    lead_runs_it: bool = False
    contract_signed: bool = True

    @property
    def name(self) -> str:
        """« COSTRAT »."""
        return self.kind.label

    @cached_property
    def members(self) -> list[Seat]:
        return [seat for seat in self.seats if not seat.invited]

    @cached_property
    def coverage(self) -> Coverage:
        return coverage(self.partners, self.structures, self.seats)

    @property
    def by_structure(self) -> bool:
        """Whether each structure has its own representative on the COMOP: in a single OG, while they are few enough."""
        few = len(self.structures) <= (self.rule.categories_above or 0)
        return self.kind is BodyKind.COMOP and self.project_kind is ProjectKind.SINGLE_OG and few


def findings(situation: Situation) -> list[Finding]:
    """What the composition rule says of a body, the critical first; nothing when it is as it should be."""
    if situation.kind is BodyKind.COSTRAT:
        several = situation.project_kind is ProjectKind.MULTI_OG
        own = _voters_of_each_og(situation) if several else _council_of_one_og(situation)
    else:
        own = _structures(situation) if situation.by_structure else _categories(situation)
    found = [*_size(situation), *_lead(situation), *own, *_guests(situation)]
    return sorted(found, key=lambda finding: finding.severity is not Severity.CRITICAL)


def _critical(text: str) -> Finding:
    return Finding(Severity.CRITICAL, french.typography(text))


def _warning(text: str) -> Finding:
    return Finding(Severity.WARNING, french.typography(text))


def _size(situation: Situation) -> list[Finding]:
    count, rule = len({seat.person_id for seat in situation.members}), situation.rule
    if not count:
        wanted = french.counted(rule.min_members, "membre", "membres")
        return [_critical(f"Personne ne siège encore au {situation.name} : il faut au moins {wanted}.")]
    has = f"Le {situation.name} compte {french.counted(count, 'membre', 'membres')}"
    if count < rule.min_members:
        return [_critical(f"{has} : il en faut au moins {french.in_words(rule.min_members)}.")]
    if count > rule.max_members:
        advice = (
            "regroupez des catégories, une même personne peut en porter deux"
            if situation.kind is BodyKind.COMOP
            else "gardez qui décide, et invitez les autres"
        )
        return [_warning(f"{has}, au-delà du maximum de {french.in_words(rule.max_members)} : {advice}.")]
    return []


def _lead(situation: Situation) -> list[Finding]:
    leads = [seat for seat in situation.members if Role.PROJECT_LEAD in seat.roles]
    council = situation.kind is BodyKind.COSTRAT
    if not leads and not situation.lead_runs_it:
        why = "il en est le rapporteur" if council else "il l’anime"
        return [_critical(f"Le chef de projet ne siège pas au {situation.name} : {why}.")]
    voting = _people(seat for seat in leads if seat.votes)
    if council and voting:
        return [_warning(f"Le chef de projet rapporte, il ne vote pas : retirez le vote à {french.listed(voting)}.")]
    return []


def _council_of_one_og(situation: Situation) -> list[Finding]:
    found = []
    if situation.members and not any(seat.votes for seat in situation.members):
        found.append(_critical("Personne n’y vote : le COSTRAT ne pourrait rien décider."))
    if not any(Role.OG_DIRECTOR in seat.roles for seat in situation.members):
        found.append(_critical("La direction générale de l’OG ne siège pas au COSTRAT."))
    directors = _people(seat for seat in situation.members if Role.ESMS_DIRECTOR in seat.roles)
    if not directors:
        found.append(_warning("Aucun directeur d’ESMS ne siège au COSTRAT : il en faut un à trois."))
    elif len(directors) not in DIRECTORS_WANTED:
        count = french.capital(french.counted(len(directors), "directeur", "directeurs"))
        found.append(_warning(f"{count} d’ESMS siègent au COSTRAT : un à trois suffisent."))
    return found


def _voters_of_each_og(situation: Situation) -> list[Finding]:
    voters: dict[uuid.UUID | None, list[Seat]] = defaultdict(list)
    for seat in situation.members:
        if seat.votes:
            voters[seat.og_id].append(seat)
    found = []
    silent = [partner.name for partner in situation.partners if partner.id not in voters]
    if silent:
        found.append(_critical(f"Personne ne vote pour {_some(silent)}."))
    for partner in situation.partners:
        people = _people(voters.get(partner.id, []))
        if len(people) > 1:
            count = french.capital(french.counted(len(people), "personne vote", "personnes votent", feminine=True))
            found.append(_critical(f"{count} pour {partner.name} : un OG ne dispose que d’un vote."))
    if strays := _people(voters.get(None, [])):
        verb = french.agree(len(strays), "vote", "votent")
        found.append(_critical(f"{french.listed(strays)} {verb} sans représenter d’OG."))
    held = [partner for partner in situation.partners if partner.id in voters]
    bare = [partner.name for partner in held if not any(seat.substituted for seat in voters[partner.id])]
    if bare:
        found.append(_warning(f"Il manque une suppléance pour {_some(bare)} : sans elle, une absence coûte une voix."))
    return found


def _categories(situation: Situation) -> list[Finding]:
    several = len(situation.partners) > 1
    found = []
    for partner, cells in situation.coverage.lines:
        whom = f" pour {partner.name}" if several else ""
        silent = [f"« {cell.category.label} »" for cell in cells if cell.spoken is Spoken.BY_NOBODY]
        if silent:
            found.append(_critical(f"Personne ne représente {french.listed(silent)}{whom}."))
        found += [
            _warning(
                f"« {cell.category.label} »{whom} n’est représenté qu’en partie : personne ne parle pour "
                f"{_some([structure.name for structure in cell.alone])}."
            )
            for cell in cells
            if cell.spoken is Spoken.PARTLY
        ]
    return [*found, *(_double_seats(situation) if several else ()), *_idle_seats(situation)]


def _double_seats(situation: Situation) -> list[Finding]:
    """One representative for each OG and category is enough."""
    names = {partner.id: partner.name for partner in situation.partners}
    held: dict[tuple[uuid.UUID, ComopCategory], set[uuid.UUID]] = defaultdict(set)
    for seat in situation.members:
        if seat.og_id in names and seat.category:
            held[seat.og_id, seat.category].add(seat.person_id)
    found = []
    for (og_id, category), people in held.items():
        if len(people) > 1:
            count = french.capital(french.counted(len(people), "personne", "personnes", feminine=True))
            found.append(_warning(f"{count} représentent « {category.label} » pour {names[og_id]} : une seule suffit."))
    return found


def _idle_seats(situation: Situation) -> list[Finding]:
    """Seats for a category of which the OG has no structure."""
    names = {partner.id: partner.name for partner in situation.partners}
    has = {(structure.og_id, structure.category) for structure in situation.structures}
    only = situation.partners[0].id if len(situation.partners) == 1 else None
    return [
        _warning(f"{seat.person} représente « {seat.category.label} », que {names[og_id]} n’a pas.")
        for seat in situation.members
        if seat.category and (og_id := seat.og_id or only) in names and (og_id, seat.category) not in has
    ]


def _structures(situation: Situation) -> list[Finding]:
    named = {seat.esms_id for seat in situation.members}
    alone = [structure for cell in situation.coverage.cells for structure in cell.alone]
    by_category = [
        structure.name for structure in situation.structures if structure.id not in named and structure not in alone
    ]
    found = []
    if alone:
        found.append(_critical(f"Personne ne représente {_some([structure.name for structure in alone])}."))
    if by_category:
        limit = french.in_words(situation.rule.categories_above or 0)
        have = french.capital(french.counted(len(by_category), "structure n’a", "structures n’ont", feminine=True))
        found.append(
            _warning(f"{have} qu’un représentant de catégorie. Jusqu’à {limit} structures, chacune peut avoir le sien.")
        )
    return [*found, *_idle_seats(situation)]


def _guests(situation: Situation) -> list[Finding]:
    found = []
    misplaced = _people(seat for seat in situation.members if seat.roles & GUESTS and not seat.roles & MEMBERS)
    if misplaced:
        verb = french.agree(len(misplaced), "siège comme membre", "siègent comme membres")
        found.append(
            _warning(f"{_some(misplaced)} {verb} : DPD, cellule achat, éditeur et observateurs sont des invités.")
        )
    if not situation.contract_signed and any(Role.VENDOR in seat.roles for seat in situation.seats):
        found.append(_warning("L’éditeur est déjà là : il ne l’est qu’après la signature du contrat."))
    return found


def _people(seats: Iterable[Seat]) -> list[str]:
    """The names of who holds these seats, each once."""
    return list({seat.person_id: seat.person for seat in seats}.values())


def _some(names: Sequence[str]) -> str:
    """« A, B et C », « A, B, C et 12 autres »."""
    if len(names) <= FEW:
        return french.listed(names)
    rest = len(names) - FEW + 1
    return f"{', '.join(names[: FEW - 1])} et {french.number(rest)} autres"
