"""Matrices as a workbook for the vendor: profiles, accesses, declarations. It names nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from common import french
from common.spreadsheets.tables import Column, Row, Sheet
from organisations.models import ESMS, Project
from structures.catalogue.habilitations import Catalogue
from structures.enums.habilitations import AccessLevel
from structures.models import HabilitationMatrix
from structures.selectors.habilitations import Reading

OF_STRUCTURE = [Column("Structure", 34), Column("OG", 20), Column("Version", 9)]


@dataclass(frozen=True)
class Exported:
    esms: ESMS
    reading: Reading


def sheets(exported: Sequence[Exported], title: str, *, every_access: bool) -> list[Sheet]:
    """`every_access`: domains that aren't open are written too; left out, they say that by not being there."""
    return [
        Sheet("Profils", _profile_columns(), _profiles(exported), title=title, frozen=1),
        Sheet("Droits", _access_columns(), _accesses(exported, every_access=every_access), title=title, frozen=1),
        Sheet("Déclarations", _declared_columns(), _declared(exported), title=title, frozen=1),
    ]


def of_structure(esms: ESMS, reading: Reading) -> list[Sheet]:
    return sheets([Exported(esms, reading)], f"{title_of(esms, reading.matrix)}", every_access=True)


def title_of(esms: ESMS, matrix: HabilitationMatrix) -> str:
    """« Matrice des habilitations, IME La Clairière, version 2 validée le 31 mars 2026 »."""
    state = (
        f"validée le {french.long_date(matrix.approved_at)}"
        if matrix.validated and matrix.approved_at
        else ("en préparation")
    )
    return f"Matrice des habilitations, {esms.name}, version {matrix.number} {state}"


def of_project(project: Project, found: Mapping[UUID, Reading], structures: Sequence[ESMS]) -> list[Sheet]:
    exported = [Exported(esms, found[esms.pk]) for esms in structures]
    title = f"Matrices consolidées, {project.name}, le {french.long_date(french.today())}"
    return sheets(exported, f"{title}. Un domaine qui n’est pas cité n’est pas ouvert.", every_access=False)


def file_name(slug: str) -> str:
    """« habilitations-ime-la-clairiere-2026-11-29.xlsx »."""
    return f"habilitations-{slug}-{french.today().isoformat()}.xlsx"


def _profile_columns() -> list[Column]:
    return [*OF_STRUCTURE, Column("Profil", 32), Column("Utilisateurs", 13), Column("Durée des comptes (jours)", 14)]


def _access_columns() -> list[Column]:
    return [
        *OF_STRUCTURE,
        Column("Profil", 32),
        Column("Domaine", 36),
        Column("Niveau", 16),
        Column("Périmètre", 12),
        Column("Justification", 60),
    ]


def _declared_columns() -> list[Column]:
    return [*OF_STRUCTURE, Column("Sujet", 40), Column("Déclaration", 60)]


def _start(item: Exported) -> list[str]:
    return [item.esms.name, item.esms.og.name, str(item.reading.matrix.number)]


def _profiles(exported: Sequence[Exported]) -> list[Row]:
    rows = []
    for item in exported:
        for code, profile in item.reading.catalogue.profiles.items():
            head = item.reading.values.heads[code]
            users = "sans objet" if head.unused else "à saisir" if head.users is None else str(head.users)
            days = str(head.account_days) if head.account_days and not head.unused else ""
            rows.append(Row([*_start(item), profile.label, users, days]))
    return rows


def _accesses(exported: Sequence[Exported], *, every_access: bool) -> list[Row]:
    """Of the profiles that somebody has, or may have."""
    rows = []
    for item in exported:
        known = item.reading.catalogue
        for profile in item.reading.values.used:
            for domain in known.domains:
                cell = item.reading.cell(profile, domain)
                if every_access or cell.level != AccessLevel.NONE:
                    rows.append(
                        Row(
                            [
                                *_start(item),
                                known.profiles[profile].label,
                                known.domains[domain].label,
                                cell.level.label,
                                cell.perimeter.label if cell.perimeter else "",
                                cell.justification,
                            ]
                        )
                    )
    return rows


def _declared(exported: Sequence[Exported]) -> list[Row]:
    return [
        Row([*_start(item), subject, said])
        for item in exported
        for subject, said in declared(item.reading.catalogue, item.reading)
    ]


def declared(known: Catalogue, reading: Reading) -> list[tuple[str, str]]:
    """What is declared of the whole, as subject and answer."""
    said = reading.values.declared
    emergency = ", ".join(known.profiles[code].label for code in said.emergency_profiles if code in known.profiles)
    return [
        ("Suppléant de l’administration au niveau de l’OG", _yes(said.og_backup)),
        ("Comptes génériques ou partagés", str(said.generic_accounts)),
        ("Profils qui ont l’accès d’urgence", emergency or "aucun"),
        *(
            [
                (
                    "Durée de l’accès d’urgence",
                    f"{said.emergency_hours} heures" if said.emergency_hours else "non dite",
                ),
                ("Un motif est demandé à l’accès d’urgence", _yes(said.emergency_reason)),
                ("L’accès d’urgence est tracé", _yes(said.emergency_logged)),
            ]
            if emergency
            else []
        ),
        ("Accès d’assistance de l’éditeur", _yes(said.publisher_access)),
        *(
            [
                (
                    "Fin de l’accès d’assistance",
                    french.long_date(said.publisher_until) if said.publisher_until else "non dite",
                ),
                ("Demande d’assistance", said.publisher_ticket or "non dite"),
            ]
            if said.publisher_access
            else []
        ),
    ]


def _yes(value: bool) -> str:
    return "oui" if value else "non"
