"""The structures as the directory has them, which all who take part in the project read; and who represents them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from checklist.selectors.changes import start_of
from common.history import versions_of
from governance.composition import Partner, Seat, Structure, coverage
from governance.enums import ArbitrationStatus, BodyKind, Severity
from governance.models import Alert, ArbitrationStructure, Mandate
from organisations.enums import ComopCategory, Phase, Role
from organisations.models import ESMS, OG, Membership, Project


@dataclass(frozen=True)
class StructureLine:
    """A structure: its phase, its direction by name, whether the COMOP has somebody who represents it, how many of its
    alerts wait (`oldest`: days), and the arbitrations to render that concern it."""

    name: str
    category: ComopCategory
    phase: Phase
    directors: tuple[str, ...]
    represented: bool
    critical: int
    warning: int
    oldest: int
    arbitrations: tuple[str, ...]


@dataclass(frozen=True)
class OgStructures:
    """The structures of one OG."""

    og: str
    name: str
    structures: tuple[StructureLine, ...]


@dataclass(frozen=True)
class PhaseMove:
    """A structure that went from one phase to another."""

    structure: str
    before: Phase
    after: Phase


@dataclass(frozen=True)
class Uncovered:
    """The structures of one category of an OG, that nobody represents at the COMOP."""

    og: str
    category: ComopCategory
    structures: tuple[str, ...]


@dataclass(frozen=True)
class StructureFacts:
    ogs: tuple[OgStructures, ...]
    moves: tuple[PhaseMove, ...]

    @property
    def every(self) -> list[StructureLine]:
        return [structure for og in self.ogs for structure in og.structures]

    @property
    def uncovered(self) -> list[Uncovered]:
        """What nobody represents: an OG and a category after the other."""
        found: dict[tuple[str, ComopCategory], list[str]] = defaultdict(list)
        for og in self.ogs:
            for structure in og.structures:
                if not structure.represented:
                    found[og.og, structure.category].append(structure.name)
        return [Uncovered(og, category, tuple(names)) for (og, category), names in found.items()]


def structures_since(project: Project, since: date, today: date) -> StructureFacts:
    """Seven queries, whatever the number of structures."""
    structures = list(ESMS.objects.filter(project=project).select_related("og").order_by("og__name", "name"))
    directors = _directors(project, today)
    alone = _alone(project, structures, today)
    waiting = _waiting(project, today)
    concerned = _concerned(project)
    by_og: dict[OG, list[StructureLine]] = defaultdict(list)
    for esms in structures:
        critical, warning, oldest = waiting.get(esms.pk, (0, 0, 0))
        by_og[esms.og].append(
            StructureLine(
                name=esms.name,
                category=ComopCategory(esms.comop_category),
                phase=Phase(esms.phase),
                directors=tuple(directors[esms.pk]),
                represented=esms.pk not in alone,
                critical=critical,
                warning=warning,
                oldest=oldest,
                arbitrations=tuple(concerned[esms.pk]),
            )
        )
    return StructureFacts(
        ogs=tuple(OgStructures(og.short_name, og.name, tuple(lines)) for og, lines in by_og.items()),
        moves=_moves(project, structures, since),
    )


def _directors(project: Project, today: date) -> dict[UUID | None, list[str]]:
    """Who directs each structure: an office, known to the whole project."""
    held = Membership.objects.active(today).filter(project=project, role=Role.ESMS_DIRECTOR).select_related("user")
    found: dict[UUID | None, list[str]] = defaultdict(list)
    for membership in held.order_by("user__last_name", "user__first_name", "pk"):
        found[membership.esms_id].append(membership.user.get_full_name())
    return found


def _alone(project: Project, structures: list[ESMS], today: date) -> set[UUID]:
    """The structures for which nobody speaks at the COMOP. One query."""
    partners = [Partner(og.pk, og.short_name) for og in dict.fromkeys(esms.og for esms in structures)]
    known = [Structure(row.pk, row.og_id, row.name, ComopCategory(row.comop_category)) for row in structures]
    mandates = Mandate.objects.active(today).filter(project=project, body__kind=BodyKind.COMOP, invited=False)
    seats = [
        Seat(user_id, "-", og_id, esms_id, ComopCategory(category) if category else None)
        for user_id, og_id, esms_id, category in mandates.order_by("pk").values_list(
            "user_id", "og_id", "esms_id", "comop_category"
        )
    ]
    return {structure.id for cell in coverage(partners, known, seats).cells for structure in cell.alone}


def _waiting(project: Project, today: date) -> dict[UUID, tuple[int, int, int]]:
    """By structure: open alerts, critical and others, and the days of the oldest."""
    found: dict[UUID, tuple[int, int, int]] = {}
    told = Alert.objects.open().filter(project=project, esms__isnull=False).order_by("pk")
    for esms_id, severity, raised_at in told.values_list("esms_id", "severity", "raised_at__date"):
        critical, warning, oldest = found.get(esms_id, (0, 0, 0))
        is_critical = severity == Severity.CRITICAL
        found[esms_id] = (critical + is_critical, warning + (not is_critical), max(oldest, (today - raised_at).days))
    return found


def _concerned(project: Project) -> dict[UUID, list[str]]:
    """By structure: the references of the arbitrations to render that concern it."""
    concerns = ArbitrationStructure.objects.filter(
        project=project, arbitration__status=ArbitrationStatus.TO_DECIDE
    ).select_related("arbitration")
    found: dict[UUID, list[str]] = defaultdict(list)
    for concern in concerns.order_by("arbitration__year", "arbitration__number"):
        found[concern.esms_id].append(concern.arbitration.reference)
    return found


def _moves(project: Project, structures: list[ESMS], since: date) -> tuple[PhaseMove, ...]:
    """The structures whose phase isn't what it was at the start of a day."""
    before = dict(
        versions_of(ESMS)
        .filter(project=project, pgh_created_at__lt=start_of(since))
        .order_by("pgh_obj_id", "-pgh_id")
        .distinct("pgh_obj_id")
        .values_list("pgh_obj_id", "phase")
    )
    return tuple(
        PhaseMove(esms.name, Phase(before[esms.pk]), Phase(esms.phase))
        for esms in structures
        if before.get(esms.pk, esms.phase) != esms.phase
    )
