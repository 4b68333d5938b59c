"""« Matrice des habilitations »: facts in, PDF out."""

from collections.abc import Sequence
from dataclasses import dataclass

from common import french
from common.documents.parts import Chapter
from reports.models import Report
from reports.rendering.issued import OnStep, draw
from reports.rendering.words import Mark
from reports.selectors.habilitations import AccessFact, DifferenceFact, DomainFact, MatrixFacts, ProfileFact, RuleFact
from structures.enums.habilitations import AccessLevel, MatrixStatus, Perimeter, RuleSeverity

A_TABLE = 8  # domains side by side, so that their names are read without turning the page
PERIMETERS = {Perimeter.UNIT: "unité", Perimeter.ESMS: "ESMS", Perimeter.OG: "OG"}
SATISFIED = Mark("Satisfaite", "ok", "s-ok")
MISSES = {
    RuleSeverity.BLOCKING: Mark("Bloque", "ko", "s-ko"),
    RuleSeverity.WARNING: Mark("À regarder", "late", "s-watch"),
}
WIDER, NARROWER = Mark("Élargi", "late", "s-watch"), Mark("Restreint", "ok", "s-ok")
FOLDER = "reports/habilitations"


@dataclass(frozen=True)
class CellView:
    """A cell of the grid: « L », « ESMS ». `said`: the same in words."""

    letter: str
    perimeter: str
    said: str
    differs: bool


@dataclass(frozen=True)
class RowView:
    label: str
    users: str
    unused: bool
    cells: list[CellView]


@dataclass(frozen=True)
class GridView:
    """Some of the domains, for all profiles."""

    caption: str
    domains: Sequence[DomainFact]
    rows: list[RowView]


@dataclass(frozen=True)
class DifferenceView:
    fact: DifferenceFact
    proposed: str
    chosen: str
    mark: Mark


@dataclass(frozen=True)
class RuleView:
    fact: RuleFact
    mark: Mark


def habilitation_matrix(report: Report, facts: MatrixFacts, on_step: OnStep) -> bytes:
    """The document as PDF/UA-1."""
    return draw(
        report,
        "reports/habilitation_matrix.html",
        _chapters(facts),
        project=facts.structure,
        occasion="Matrice des habilitations",
        subtitle=french.typography(f"{facts.project}. {standing(facts)}."),
        on_step=on_step,
        author="" if report.named else "Passerelle DUI",
        facts=facts,
        said=said(facts),
        standing=standing(facts),
    )


def standing(facts: MatrixFacts) -> str:
    """« Version 2, validée par la direction le 31 mars 2026 »: where this version stands, without a full stop."""
    approved = french.long_date(facts.approved_on) if facts.approved_on else ""
    states = {
        MatrixStatus.DRAFT: "en préparation",
        MatrixStatus.SHARED: "partagée avec l’encadrement",
        MatrixStatus.APPROVED: f"validée par la direction le {approved}",
        MatrixStatus.CONSOLIDATED: f"validée par la direction le {approved} et consolidée pour l’éditeur",
    }
    return french.typography(f"Version {facts.number}, {states[facts.status]}")


def said(facts: MatrixFacts) -> str:
    """« 58 utilisateurs, quinze profils ; cinq accès diffèrent de la proposition. »"""
    users = french.plural(facts.users, "utilisateur", "utilisateurs")
    profiles = french.counted(facts.used, "profil", "profils")
    count = len(facts.differences)
    differ = (
        f"{french.counted(count, 'accès diffère', 'accès diffèrent')} de la proposition de départ"
        if count
        else "tous les accès sont ceux de la proposition de départ"
    )
    return french.typography(f"{users}, {profiles} ; {differ}. {checked(facts)}")


def checked(facts: MatrixFacts) -> str:
    """« Toutes les règles sont satisfaites. », « Une règle bloque la validation, deux sont à regarder. »"""
    warnings = len(facts.unmet) - facts.blocking
    blocks = french.counted(facts.blocking, "règle bloque", "règles bloquent", feminine=True)
    if not facts.unmet:
        return "Toutes les règles sont satisfaites."
    if not facts.blocking:
        watched = french.counted(warnings, "règle reste à regarder", "règles restent à regarder", feminine=True)
        return f"{french.capital(watched)}."
    more = f", {french.counted(warnings, 'est à regarder', 'sont à regarder', feminine=True)}" if warnings else ""
    return f"{french.capital(blocks)} la validation{more}."


def _chapters(facts: MatrixFacts) -> list[Chapter]:
    return [
        Chapter(
            anchor="matrice",
            title="Qui voit quoi dans le DUI",
            running="La matrice",
            template=f"{FOLDER}/grid.html",
            data={"grids": _grids(facts), "levels": _levels()},
            wide=True,
        ),
        Chapter(
            anchor="ecarts",
            title=_differ_title(facts),
            running="Écarts avec la proposition",
            template=f"{FOLDER}/differences.html",
            data={"rows": [_difference(item) for item in facts.differences]},
            wide=True,
        ),
        Chapter(
            anchor="effectifs",
            title=french.typography(
                f"{french.plural(facts.users, 'utilisateur', 'utilisateurs')} dans "
                f"{french.counted(facts.used, 'profil', 'profils')}"
            ),
            running="Effectifs",
            template=f"{FOLDER}/headcounts.html",
            data={"total": french.number(facts.users)},
        ),
        Chapter(
            anchor="regles",
            title=checked(facts).rstrip("."),
            running="Les règles",
            template=f"{FOLDER}/rules.html",
            data={"rules": [_rule(rule) for rule in _unmet_first(facts.rules)]},
        ),
        Chapter(
            anchor="declarations",
            title="Ce que la structure déclare",
            running="Déclarations",
            template=f"{FOLDER}/declarations.html",
            data={"rows": declarations(facts)},
            new_page=False,
        ),
        Chapter(
            anchor="validation",
            title="Validation",
            template=f"{FOLDER}/signatures.html",
            data={"standing": standing(facts)},
            new_page=False,
        ),
    ]


def _grids(facts: MatrixFacts) -> list[GridView]:
    total = len(facts.domains)
    return [
        GridView(
            caption=french.typography(f"Domaines {start + 1} à {min(start + A_TABLE, total)} sur {total}"),
            domains=facts.domains[start : start + A_TABLE],
            rows=[
                RowView(
                    profile.label,
                    _users(profile),
                    profile.unused,
                    [_cell(access) for access in row[start : start + A_TABLE]],
                )
                for profile, row in zip(facts.profiles, facts.rows, strict=True)
            ],
        )
        for start in range(0, total, A_TABLE)
    ]


def _cell(access: AccessFact) -> CellView:
    perimeter = PERIMETERS[access.perimeter] if access.perimeter else ""
    return CellView(access.level.letter, perimeter, words(access), access.differs)


def words(access: AccessFact) -> str:
    """« Lecture, ESMS », « Aucun »."""
    return f"{access.level.label}, {PERIMETERS[access.perimeter]}" if access.perimeter else access.level.label


def _users(profile: ProfileFact) -> str:
    if profile.unused:
        return "sans objet"
    return "à dire" if profile.users is None else french.number(profile.users)


def _levels() -> list[tuple[str, str]]:
    return [(level.letter, level.label) for level in AccessLevel]


def _differ_title(facts: MatrixFacts) -> str:
    count = len(facts.differences)
    if not count:
        return "Aucun accès ne diffère de la proposition"
    differ = french.capital(french.counted(count, "accès diffère", "accès diffèrent"))
    wider = french.counted(facts.wider, "l’élargit", "l’élargissent") if facts.wider else ""
    return french.typography(f"{differ} de la proposition{f', dont {wider}' if wider and count > 1 else ''}")


def _difference(fact: DifferenceFact) -> DifferenceView:
    return DifferenceView(fact, words(fact.proposed), words(fact.chosen), WIDER if fact.wider else NARROWER)


def _unmet_first(rules: Sequence[RuleFact]) -> list[RuleFact]:
    return sorted(rules, key=lambda rule: (not rule.findings, rule.severity != RuleSeverity.BLOCKING))


def _rule(rule: RuleFact) -> RuleView:
    return RuleView(rule, MISSES[rule.severity] if rule.findings else SATISFIED)


def declarations(facts: MatrixFacts) -> list[tuple[str, str]]:
    """What is declared of the whole, and in which words."""
    said = facts.declared
    return [
        (label, french.typography(text))
        for label, text in (
            ("Administration", _backup(facts)),
            (
                "Comptes génériques ou partagés",
                french.plural(said.generic_accounts, "compte", "comptes") if said.generic_accounts else "Aucun",
            ),
            ("Accès d’urgence", _emergency(facts)),
            ("Accès d’assistance de l’éditeur", _publisher(facts)),
        )
    ]


def _backup(facts: MatrixFacts) -> str:
    return (
        "Un suppléant administre depuis l’OG."
        if facts.declared.og_backup
        else "Aucun suppléant n’est déclaré au niveau de l’OG."
    )


def _emergency(facts: MatrixFacts) -> str:
    said = facts.declared
    if not said.emergency_profiles:
        return "Aucun profil n’a l’accès d’urgence."
    hours = f", pour {french.plural(said.emergency_hours, 'heure', 'heures')} au plus" if said.emergency_hours else ""
    how = [
        "un motif est demandé" if said.emergency_reason else "aucun motif n’est demandé",
        "une trace est gardée" if said.emergency_logged else "aucune trace n’est gardée",
    ]
    return f"{french.listed(facts.emergency_profiles)}{hours} ; {', '.join(how)}."


def _publisher(facts: MatrixFacts) -> str:
    said = facts.declared
    if not said.publisher_access:
        return "L’éditeur n’a pas d’accès d’assistance."
    until = f"jusqu’au {french.long_date(said.publisher_until)}" if said.publisher_until else "sans date de fin"
    ticket = f"demande {said.publisher_ticket}" if said.publisher_ticket.strip() else "sans numéro de demande"
    return f"Ouvert {until}, {ticket}."
