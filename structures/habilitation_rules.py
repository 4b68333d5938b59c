"""The twenty rules of habilitations.yaml, checked over plain values: no query, no row.

A rule that doesn't hold gives findings: where, what, how to mend it. Profiles without object open nothing, so that the
rules of accesses leave them out.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from common.french import typography
from structures.catalogue.habilitations import Catalogue, Cell, Rule
from structures.enums.habilitations import AccessLevel, Perimeter, RuleSeverity

APPROVAL = "director_approval"  # what the director's own act brings about: it can't be asked before it
REVIEW = "yearly_review"
HEADCOUNT = "users_total_consistent"  # what it finds tells a figure of the inventory


@dataclass(frozen=True)
class Headcount:
    """How many use a profile (None: not said yet), or that nobody will; `account_days`: how long its accounts last."""

    users: int | None = None
    unused: bool = False
    account_days: int | None = None


@dataclass(frozen=True)
class Declarations:
    """What is said of the matrix as a whole."""

    og_backup: bool = False
    generic_accounts: int = 0
    emergency_profiles: tuple[str, ...] = ()
    emergency_hours: int | None = None
    emergency_reason: bool = False
    emergency_logged: bool = False
    publisher_access: bool = False
    publisher_until: datetime.date | None = None
    publisher_ticket: str = ""


@dataclass(frozen=True)
class Matrix:
    """A matrix as the rules read it. `cells`: every profile × domain, the proposal where nothing was changed;
    `to_equip`: users of the structure's inventory, None when nobody counted them."""

    heads: Mapping[str, Headcount]
    cells: Mapping[tuple[str, str], Cell]
    declared: Declarations = field(default_factory=Declarations)
    to_equip: int | None = None
    approved_on: datetime.date | None = None
    approved_by_director: bool = False

    @property
    def used(self) -> list[str]:
        """Profiles that somebody has, or may have."""
        return [code for code, head in self.heads.items() if not head.unused]

    @property
    def total(self) -> int:
        return sum(self.heads[code].users or 0 for code in self.used)

    @property
    def administrators(self) -> int:
        """Users of profiles that administer a domain."""
        found = {profile for (profile, _), cell in self.cells.items() if cell.level == AccessLevel.ADMIN}
        return sum(self.heads[code].users or 0 for code in self.used if code in found)


@dataclass(frozen=True)
class Finding:
    """A rule that doesn't hold: of a profile, of one of its accesses, or of the whole. Both texts are sentences."""

    rule: Rule
    mend: str
    profile: str | None = None
    domain: str | None = None

    @property
    def message(self) -> str:
        return self.rule.message

    @property
    def blocking(self) -> bool:
        return self.rule.severity == RuleSeverity.BLOCKING


def _found(rule: Rule, mend: str, profile: str | None = None, domain: str | None = None) -> Finding:
    return Finding(rule, typography(mend), profile, domain)


Check = Callable[[Catalogue, Rule, Matrix, datetime.date], Iterator[Finding]]
CHECKS: dict[str, Check] = {}


def _checks(check: Check) -> Check:
    CHECKS[check.__name__] = check
    return check


def findings(catalogue: Catalogue, matrix: Matrix, *, today: datetime.date) -> list[Finding]:
    """All that doesn't hold, what blocks first, then in the order of the rules."""
    found = [
        finding for code, rule in catalogue.rules.items() for finding in CHECKS[code](catalogue, rule, matrix, today)
    ]
    return sorted(found, key=lambda finding: not finding.blocking)


def justified(catalogue: Catalogue, profile: str, domain: str, cell: Cell) -> bool:
    """Whether what is written says enough. What the proposal says of itself doesn't explain that one goes beyond it."""
    proposal = catalogue.proposal[profile, domain]
    if exceeds(proposal, cell) and cell.justification == proposal.justification:
        return False
    return len(cell.justification.strip()) >= min_length(catalogue)


def min_length(catalogue: Catalogue) -> int:
    """Characters that a justification has at least."""
    return int(catalogue.rules["sensitive_needs_justification"].params["min_length"])


def rules_that_ask_why(catalogue: Catalogue, profile: str, domain: str, cell: Cell) -> list[Rule]:
    """The rules that ask for a justification of an access, whether it has one or not."""
    asks = {
        "sensitive_needs_justification": catalogue.domains[domain].sensitive
        and not catalogue.profiles[profile].care_team
        and cell.level != AccessLevel.NONE,
        "psychological_restricted": domain == "psychological_follow_up"
        and profile != "psychologist"
        and cell.level != AccessLevel.NONE,
        "og_perimeter_needs_justification": cell.perimeter == Perimeter.OG,
        "above_default": exceeds(catalogue.proposal[profile, domain], cell),
    }
    return [catalogue.rules[code] for code, asked in asks.items() if asked]


def exceeds(proposal: Cell, cell: Cell) -> bool:
    """Whether an access goes beyond the proposal, by its level or by its perimeter."""
    return cell.level.rank > proposal.level.rank or _reach(cell) > _reach(proposal)


def _reach(cell: Cell) -> int:
    return cell.perimeter.rank if cell.perimeter else 0


def _used_cells(matrix: Matrix) -> Iterator[tuple[str, str, Cell]]:
    used = set(matrix.used)
    for (profile, domain), cell in matrix.cells.items():
        if profile in used:
            yield profile, domain, cell


def _unexplained(catalogue: Catalogue, rule: Rule, matrix: Matrix) -> Iterator[tuple[str, str, Cell]]:
    """Accesses that this rule asks to justify and that nobody justified."""
    for profile, domain, cell in _used_cells(matrix):
        if rule in rules_that_ask_why(catalogue, profile, domain, cell) and not justified(
            catalogue, profile, domain, cell
        ):
            yield profile, domain, cell


def _why(catalogue: Catalogue) -> str:
    return f"Écrivez pourquoi, en {min_length(catalogue)} caractères au moins, ou revenez à la proposition."


@_checks
def every_profile_used(catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date) -> Iterator[Finding]:
    for profile in matrix.used:
        if not matrix.heads[profile].users:
            yield _found(rule, "Saisissez l’effectif de ce profil, ou cochez « sans objet ».", profile)


@_checks
def users_total_consistent(catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date) -> Iterator[Finding]:
    expected = matrix.to_equip
    if expected is not None and abs(matrix.total - expected) * 100 > rule.params["tolerance_percent"] * expected:
        yield _found(
            rule, f"La matrice en compte {matrix.total}, l’état des lieux {expected} : corrigez l’un ou l’autre."
        )


@_checks
def admin_share_max(catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date) -> Iterator[Finding]:
    most = max(rule.params["floor"], rule.params["share_percent"] * matrix.total // 100)
    if matrix.administrators > most:
        yield _found(rule, f"La matrice en compte {matrix.administrators} : réduisez leur effectif à {most} ou moins.")


@_checks
def admin_continuity(catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date) -> Iterator[Finding]:
    if matrix.administrators < rule.params["minimum"] and not matrix.declared.og_backup:
        yield _found(rule, "Comptez un second administrateur, ou déclarez le suppléant au niveau de l’OG.")


@_checks
def admin_only_on_technical(
    catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date
) -> Iterator[Finding]:
    for profile, domain, cell in _used_cells(matrix):
        if cell.level == AccessLevel.ADMIN and not catalogue.domains[domain].technical:
            yield _found(rule, "Choisissez un autre niveau : validation est le plus haut.", profile, domain)


@_checks
def sensitive_needs_justification(
    catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date
) -> Iterator[Finding]:
    for profile, domain, _ in _unexplained(catalogue, rule, matrix):
        yield _found(rule, _why(catalogue), profile, domain)


@_checks
def health_prescription_reserved(
    catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date
) -> Iterator[Finding]:
    for profile, domain, cell in _used_cells(matrix):
        if domain == "medication" and cell.level == AccessLevel.VALIDATE and profile != "physician":
            yield _found(rule, "Limitez ce profil à l’écriture.", profile, domain)


@_checks
def psychological_restricted(
    catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date
) -> Iterator[Finding]:
    for profile, domain, _ in _unexplained(catalogue, rule, matrix):
        yield _found(rule, _why(catalogue), profile, domain)


@_checks
def segregation_config_content(
    catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date
) -> Iterator[Finding]:
    records = rule.params["user_record_domains"]
    for profile, domain, cell in _used_cells(matrix):
        if matrix.cells[profile, "configuration"].level != AccessLevel.ADMIN:
            continue
        if catalogue.domains[domain].sensitive and cell.level != AccessLevel.NONE:
            yield _found(rule, "Fermez ce domaine sensible à qui administre les comptes.", profile, domain)
        elif domain in records and cell.level.rank > AccessLevel.READ.rank:
            yield _found(rule, "Limitez à la lecture qui administre les comptes.", profile, domain)


@_checks
def segregation_logs(catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date) -> Iterator[Finding]:
    for profile in matrix.used:
        manages = matrix.cells[profile, "configuration"].level.rank >= AccessLevel.WRITE.rank
        if manages and matrix.cells[profile, "access_logs"].level != AccessLevel.NONE:
            yield _found(rule, "Fermez le journal des accès à qui gère les comptes.", profile, "access_logs")


@_checks
def segregation_billing(catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date) -> Iterator[Finding]:
    held = {matrix.cells[profile, "billing"].level for profile in matrix.used}
    missing = [level.label.lower() for level in (AccessLevel.WRITE, AccessLevel.VALIDATE) if level not in held]
    if missing:
        yield _found(
            rule, f"Aucun profil occupé n’a la facturation en {' ni en '.join(missing)} : ouvrez-la à l’un d’eux."
        )


@_checks
def og_perimeter_needs_justification(
    catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date
) -> Iterator[Finding]:
    for profile, domain, cell in _used_cells(matrix):
        if cell.perimeter != Perimeter.OG:
            continue
        if not catalogue.profiles[profile].og_perimeter_allowed:
            yield _found(rule, "Pour ce profil, le périmètre OG n’est pas prévu : choisissez l’ESMS.", profile, domain)
        elif not justified(catalogue, profile, domain, cell):
            yield _found(rule, _why(catalogue), profile, domain)


@_checks
def perimeter_required(catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date) -> Iterator[Finding]:
    for profile, domain, cell in _used_cells(matrix):
        if cell.level != AccessLevel.NONE and cell.perimeter is None:
            yield _found(rule, "Choisissez le périmètre de cet accès.", profile, domain)


@_checks
def above_default(catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date) -> Iterator[Finding]:
    for profile, domain, _ in _unexplained(catalogue, rule, matrix):
        yield _found(rule, _why(catalogue), profile, domain)


@_checks
def temporary_expiry(catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date) -> Iterator[Finding]:
    most = rule.params["max_days"]
    for profile in matrix.used:
        days = matrix.heads[profile].account_days
        if catalogue.profiles[profile].expiry_required and not (days and days <= most):
            yield _found(rule, f"Dites combien de jours durent ces comptes : {most} au plus.", profile)


@_checks
def named_accounts_only(catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date) -> Iterator[Finding]:
    if matrix.declared.generic_accounts:
        yield _found(rule, "Remplacez chacun par des comptes au nom d’une personne, puis ramenez ce nombre à zéro.")


@_checks
def emergency_access_bounded(
    catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date
) -> Iterator[Finding]:
    said = matrix.declared
    if not said.emergency_profiles:
        return
    for profile in said.emergency_profiles:
        if profile not in rule.params["allowed"]:
            yield _found(rule, "Ce profil n’a pas d’accès d’urgence : retirez-le de la liste.", profile)
    most = rule.params["max_hours"]
    if not (said.emergency_hours and said.emergency_hours <= most and said.emergency_reason and said.emergency_logged):
        yield _found(rule, f"Bornez-le à {most} heures au plus, avec un motif demandé et une trace gardée.")


@_checks
def publisher_access_bounded(
    catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date
) -> Iterator[Finding]:
    said = matrix.declared
    if said.publisher_access and not (said.publisher_until and said.publisher_ticket.strip()):
        yield _found(rule, "Donnez la date de fin de cet accès et le numéro de la demande.")


@_checks
def director_approval(catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date) -> Iterator[Finding]:
    if matrix.approved_on is None or not matrix.approved_by_director:
        yield _found(rule, "Le directeur valide la matrice une fois les autres règles satisfaites.")


@_checks
def yearly_review(catalogue: Catalogue, rule: Rule, matrix: Matrix, today: datetime.date) -> Iterator[Finding]:
    if matrix.approved_on and review_due(catalogue, matrix.approved_on) < today:
        yield _found(rule, "Préparez une révision : elle part de la matrice en vigueur.")


def review_due(catalogue: Catalogue, approved_on: datetime.date) -> datetime.date:
    """The last day on which a validation holds without being looked at again."""
    months = int(catalogue.rules[REVIEW].params["max_months"])
    year, month = divmod(approved_on.month - 1 + months, 12)
    year, month = approved_on.year + year, month + 1
    first_of_next = datetime.date(year + month // 12, month % 12 + 1, 1)
    last = (first_of_next - datetime.timedelta(days=1)).day
    return datetime.date(year, month, min(approved_on.day, last))
