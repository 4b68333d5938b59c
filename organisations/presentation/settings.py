"""The settings of a project and of its OG."""

from dataclasses import dataclass

from django.urls import reverse

from common import french
from common.ui import Entry, Link
from organisations.enums import ProjectKind
from organisations.models import ESMS, OG, PhasePeriod, Project, Wave
from organisations.presentation.phases import when
from organisations.presentation.sheets import OG_SHEET, PROJECT_SHEET, Fact, SavedField, history_of, saved_fields
from organisations.presentation.waves import dates_of
from organisations.presentation.words import crumbs

ABOUT_KIND = {
    ProjectKind.SINGLE_OG: "Ce projet est celui d’un seul OG.",
    ProjectKind.MULTI_OG: "Ce projet réunit plusieurs OG.",
}


def settings_title(project: Project) -> str:
    missing = [
        word
        for word, value in (
            ("la présentation", project.summary),
            ("le DUI choisi", project.product),
            ("l’éditeur", project.publisher),
            ("la fin prévue", project.planned_end_on),
            ("le budget voté", project.budget_voted),
        )
        if value in (None, "")
    ]
    if missing:
        return f"Il manque {french.listed(missing)} dans la fiche du projet"
    return "La fiche du projet est complète"


def og_title(og: OG, count: int) -> str:
    words = french.counted(count, "structure", "structures", feminine=True) if count else "aucune structure"
    return french.typography(f"{og.name} prend part au projet avec {words}")


@dataclass(frozen=True)
class SettingsView:
    title: str
    lede: str
    crumbs: list[Link]
    fields: list[SavedField]
    ogs: list[dict[str, str]]
    og_add_url: str
    esms_add_url: str
    phases: list[Fact]
    phases_url: str
    waves: list[Fact]
    waves_url: str
    history: list[Entry]


def settings(project: Project, ogs: list[OG], periods: list[PhasePeriod], waves: list[Wave]) -> SettingsView:
    return SettingsView(
        title=settings_title(project),
        lede=french.typography(
            f"{ABOUT_KIND[ProjectKind(project.kind)]} Chaque réponse s’enregistre dès que vous quittez sa case ; "
            "tous les participants lisent cette fiche."
        ),
        crumbs=crumbs(project, ("Réglages", "")),
        fields=saved_fields(PROJECT_SHEET, project, project),
        ogs=[
            {
                "name": french.typography(og.name),
                "url": reverse("og_edit", args=[project.slug, og.pk]),
                "detail": french.plural(len(og.esms.all()), "structure", "structures"),
            }
            for og in ogs
        ],
        og_add_url=reverse("og_add", args=[project.slug]),
        esms_add_url=reverse("esms_add", args=[project.slug]) if ogs else "",
        phases=[Fact(period.get_phase_display(), when(period)) for period in periods],
        phases_url=reverse("project_phases", args=[project.slug]),
        waves=[Fact(french.typography(wave.name), dates_of(wave)) for wave in waves],
        waves_url=reverse("project_waves", args=[project.slug]),
        history=history_of((PROJECT_SHEET, project)),
    )


@dataclass(frozen=True)
class OGPageView:
    title: str
    crumbs: list[Link]
    fields: list[SavedField]
    structures: list[Link]
    esms_add_url: str
    history: list[Entry]


def og_page(project: Project, og: OG, structures: list[ESMS]) -> OGPageView:
    return OGPageView(
        title=og_title(og, len(structures)),
        crumbs=crumbs(
            project,
            ("Réglages", reverse("project_settings", args=[project.slug])),
            (french.typography(og.short_name), ""),
        ),
        fields=saved_fields(OG_SHEET, og, project),
        structures=[
            Link(french.typography(esms.name), reverse("structure", args=[project.slug, esms.slug]))
            for esms in structures
        ],
        esms_add_url=f"{reverse('esms_add', args=[project.slug])}?og={og.pk}",
        history=history_of((OG_SHEET, og)),
    )


@dataclass(frozen=True)
class AddingView:
    settings_url: str
    crumbs: list[Link]


def adding(project: Project) -> AddingView:
    url = reverse("project_settings", args=[project.slug])
    return AddingView(settings_url=url, crumbs=crumbs(project, ("Réglages", url), ("Ajouter", "")))
