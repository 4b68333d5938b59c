"""The directory of structures."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse

from common import french
from common.ui import Link
from organisations.access import Access
from organisations.catalogue import esms_categories
from organisations.enums import ComopCategory, Permission, Phase
from organisations.models import ESMS, OG, Project
from organisations.presentation.words import (
    IN_PHASE,
    crumbs,
)

PHASE_TONES = {Phase.FRAMING: "none", Phase.PURCHASE: "none", Phase.ROUTINE: "ok", Phase.USAGE: "ok"}


@dataclass(frozen=True)
class StructureLine:
    name: str
    url: str  # empty for who may not see its inside
    acronym: str
    category: str
    city: str
    phase: str
    tone: str
    icon: str
    comop: str
    wave: str


@dataclass(frozen=True)
class OGBlock:
    id: str
    name: str
    detail: str
    edit_url: str
    add_url: str
    lines: list[StructureLine]


@dataclass(frozen=True)
class DirectoryView:
    title: str
    lede: str
    crumbs: list[Link]
    blocks: list[OGBlock]
    og_add_url: str
    esms_add_url: str


def directory(project: Project, ogs: list[OG], access: Access) -> DirectoryView:
    manages = access.in_project(project, Permission.MANAGE_PROJECT)
    structures = [esms for og in ogs for esms in og.esms.all()]
    opened = [esms for esms in structures if access.in_esms(esms, Permission.VIEW_STRUCTURES)]
    add_url = reverse("esms_add", args=[project.slug]) if manages and ogs else ""
    return DirectoryView(
        title=_directory_title(ogs, structures),
        lede=_directory_lede(structures, opened),
        crumbs=crumbs(project, ("Structures", "")),
        blocks=[_block(og, set(opened), project, add_url) for og in ogs],
        og_add_url=reverse("og_add", args=[project.slug]) if manages else "",
        esms_add_url=add_url,
    )


def _directory_title(ogs: list[OG], structures: list[ESMS]) -> str:
    if not structures:
        return "L’annuaire des structures est encore vide"
    count = french.capital(french.counted(len(structures), "structure", "structures", feminine=True))
    of = "d’un seul OG" if len(ogs) == 1 else f"de {french.in_words(len(ogs))} OG"
    return french.typography(f"{count} {of} : {_phases(structures)}")


def _phases(structures: list[ESMS]) -> str:
    """« trois en phase pilote, six en préparation et trois en cadrage », the furthest first."""
    counts = Counter(Phase(esms.phase) for esms in structures)
    parts = [
        f"{french.in_words(counts[phase], feminine=True)} {IN_PHASE[phase]}"
        for phase in reversed(Phase)
        if counts[phase]
    ]
    return french.listed(parts)


def _directory_lede(structures: list[ESMS], opened: list[ESMS]) -> str:
    if not structures:
        return ""
    if len(opened) == len(structures):
        return "Ouvrez une structure pour lire sa fiche et savoir qui y travaille."
    if opened:
        names = french.listed([french.typography(esms.name) for esms in opened[:3]])
        if len(opened) <= 3:
            return f"Vous pouvez ouvrir {names}. Des autres structures, vous lisez l’annuaire."
        count = french.in_words(len(opened))
        return f"Vous pouvez ouvrir les {count} structures dont le nom est un lien. Des autres, vous lisez l’annuaire."
    return "Vous lisez l’annuaire. La fiche d’une structure s’ouvre à qui y travaille, à son OG et au chef de projet."


def _block(og: OG, opened: set[ESMS], project: Project, add_url: str) -> OGBlock:
    return OGBlock(
        id=f"og-{og.pk}",
        name=french.typography(og.name),
        detail=", ".join(part for part in (french.typography(og.legal_form), french.typography(og.city)) if part),
        edit_url=reverse("og_edit", args=[project.slug, og.pk]) if add_url else "",
        add_url=f"{add_url}?og={og.pk}" if add_url else "",
        lines=[_line(esms, project, linked=esms in opened) for esms in og.esms.all()],
    )


def _line(esms: ESMS, project: Project, *, linked: bool) -> StructureLine:
    category = esms_categories().get(esms.category)
    phase = Phase(esms.phase)
    tone = PHASE_TONES.get(phase, "progress")
    return StructureLine(
        name=french.typography(esms.name),
        url=reverse("structure", args=[project.slug, esms.slug]) if linked else "",
        acronym=category.acronym if category else "",
        category=french.typography(category.label) if category else esms.category,
        city=french.typography(esms.city),
        phase=phase.label,
        tone=tone,
        icon={"none": "s-todo", "ok": "s-ok"}.get(tone, "s-progress"),
        comop=ComopCategory(esms.comop_category).label,
        wave=french.typography(esms.wave.name) if esms.wave else "",
    )
