"""What the document of a structure's matrix says, read at one moment."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from common.french import day, today
from organisations.enums import Role
from organisations.models import ESMS, Membership, User
from structures.catalogue.habilitations import Catalogue
from structures.enums.habilitations import AccessLevel, MatrixStatus, Perimeter, RuleSeverity
from structures.habilitation_rules import APPROVAL, HEADCOUNT, Declarations, Finding, exceeds
from structures.models import HabilitationMatrix
from structures.selectors.habilitations import Reading, read


@dataclass(frozen=True)
class ProfileFact:
    """`users`: None when nobody said how many; `account_days`: how long its accounts last, if they end."""

    code: str
    label: str
    examples: str
    users: int | None
    unused: bool
    account_days: int | None


@dataclass(frozen=True)
class DomainFact:
    code: str
    label: str
    sensitive: bool


@dataclass(frozen=True)
class AccessFact:
    """One cell; `differs` from the proposal."""

    level: AccessLevel
    perimeter: Perimeter | None
    differs: bool


@dataclass(frozen=True)
class DifferenceFact:
    """An access that isn't that of the proposal. `wider`: it goes beyond it."""

    profile: str
    domain: str
    proposed: AccessFact
    chosen: AccessFact
    wider: bool
    justification: str


@dataclass(frozen=True)
class FindingFact:
    where: str
    message: str
    mend: str


@dataclass(frozen=True)
class RuleFact:
    """A rule, and where it doesn't hold."""

    label: str
    severity: RuleSeverity
    findings: tuple[FindingFact, ...]


@dataclass(frozen=True)
class MatrixFacts:
    """`rows`: accesses by profile, in the order of `domains`. `director` and `approved_by`: empty when nobody is to be
    named; the direction of today may be several people."""

    project: str
    structure: str
    og: str
    number: int
    status: MatrixStatus
    shared_on: date | None
    approved_on: date | None
    consolidated_on: date | None
    profiles: tuple[ProfileFact, ...]
    domains: tuple[DomainFact, ...]
    rows: tuple[tuple[AccessFact, ...], ...]
    differences: tuple[DifferenceFact, ...]
    rules: tuple[RuleFact, ...]
    declared: Declarations
    emergency_profiles: tuple[str, ...]
    direction: tuple[str, ...]
    approved_by: str
    consolidated_by: str
    read_at: datetime

    @property
    def users(self) -> int:
        return sum(profile.users or 0 for profile in self.profiles if not profile.unused)

    @property
    def used(self) -> int:
        """Profiles that somebody has, or may have."""
        return sum(not profile.unused for profile in self.profiles)

    @property
    def wider(self) -> int:
        return sum(difference.wider for difference in self.differences)

    @property
    def unmet(self) -> tuple[RuleFact, ...]:
        return tuple(rule for rule in self.rules if rule.findings)

    @property
    def blocking(self) -> int:
        """Rules that stand in the way of a validation."""
        return sum(rule.severity == RuleSeverity.BLOCKING for rule in self.unmet)

    @property
    def levels(self) -> Counter[AccessLevel]:
        """How many accesses of each level, over the profiles that are used."""
        return Counter(
            access.level
            for profile, row in zip(self.profiles, self.rows, strict=True)
            if not profile.unused
            for access in row
        )


def matrix_facts(matrix: HabilitationMatrix, esms: ESMS, *, named: bool) -> MatrixFacts:
    """`matrix` comes with who validated and consolidated it. `named`: whether people may be."""
    reading = read(matrix, today=today())
    known, values = reading.catalogue, reading.values
    return MatrixFacts(
        project=esms.project.name,
        structure=esms.name,
        og=esms.og.name,
        number=matrix.number,
        status=MatrixStatus(matrix.status),
        shared_on=day(matrix.shared_at) if matrix.shared_at else None,
        approved_on=day(matrix.approved_at) if matrix.approved_at else None,
        consolidated_on=day(matrix.consolidated_at) if matrix.consolidated_at else None,
        profiles=tuple(
            ProfileFact(
                code=code,
                label=profile.label,
                examples=profile.examples,
                users=values.heads[code].users,
                unused=values.heads[code].unused,
                account_days=values.heads[code].account_days if profile.expiry_required else None,
            )
            for code, profile in known.profiles.items()
        ),
        domains=tuple(DomainFact(item.code, item.label, item.sensitive) for item in known.domains.values()),
        rows=tuple(tuple(_access(reading, profile, domain) for domain in known.domains) for profile in known.profiles),
        differences=tuple(_differences(reading)),
        rules=tuple(_rules(reading)),
        declared=values.declared,
        emergency_profiles=tuple(known.profiles[code].label for code in values.declared.emergency_profiles),
        direction=_direction(esms) if named else (),
        approved_by=_name(matrix.approved_by) if named and matrix.validated else "",
        consolidated_by=_name(matrix.consolidated_by) if named and matrix.validated else "",
        read_at=timezone.now(),
    )


def _access(reading: Reading, profile: str, domain: str) -> AccessFact:
    cell = reading.cell(profile, domain)
    return AccessFact(cell.level, cell.perimeter, reading.differs(profile, domain))


def _differences(reading: Reading) -> list[DifferenceFact]:
    """Profile after profile."""
    known = reading.catalogue
    found = []
    for profile, domain in reading.differences:
        proposed, cell = known.proposal[profile, domain], reading.cell(profile, domain)
        found.append(
            DifferenceFact(
                profile=known.profiles[profile].label,
                domain=known.domains[domain].label,
                proposed=AccessFact(proposed.level, proposed.perimeter, differs=False),
                chosen=_access(reading, profile, domain),
                wider=exceeds(proposed, cell),
                justification=cell.justification,
            )
        )
    return found


def _rules(reading: Reading) -> list[RuleFact]:
    """Every rule but the director's own act, which a matrix that isn't validated can't have yet."""
    return [
        RuleFact(
            label=rule.label,
            severity=rule.severity,
            findings=tuple(
                FindingFact(_where(reading.catalogue, item), item.message, _mend(item))
                for item in reading.findings
                if item.rule.code == code
            ),
        )
        for code, rule in reading.catalogue.rules.items()
        if reading.matrix.validated or code != APPROVAL
    ]


def _mend(finding: Finding) -> str:
    """Without the figure of the inventory: the DPD and the vendor, who don't read that, read this document."""
    return finding.message if finding.rule.code == HEADCOUNT else finding.mend


def _where(known: Catalogue, finding: Finding) -> str:
    """« Éducateur, Bilans et rééducation »; empty for the whole."""
    profile = known.profiles[finding.profile].label if finding.profile else ""
    domain = known.domains[finding.domain].label if finding.domain else ""
    return ", ".join(filter(None, (profile, domain)))


def _direction(esms: ESMS) -> tuple[str, ...]:
    held = Membership.objects.active().filter(esms=esms, role=Role.ESMS_DIRECTOR).select_related("user")
    return tuple(item.user.get_full_name() for item in held.order_by("starts_on", "pk"))


def _name(user: User | None) -> str:
    return user.get_full_name() if user else ""
