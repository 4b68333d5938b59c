"""The whole project in figures, for who reads no structure one by one: no name, no written text."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from common import french
from common.charts import Bar, Bars, Part
from common.ui import Link
from organisations.models import Project
from structures.aggregates import FEWEST, InventoryFigures
from structures.catalogue.inventory import Column, Questionnaire, questionnaire
from structures.inventory_figures import PROJECTS, SOFTWARE, Figures
from structures.presentation.inventory_follow_up import means, words
from structures.presentation.inventory_follow_up.overview import Stat, conclusion
from structures.presentation.inventory_follow_up.places import crumbs


@dataclass(frozen=True)
class Obstacle:
    label: str
    severity: str
    tone: str
    icon: str
    count: str


@dataclass(frozen=True)
class Theme:
    id: str
    title: str
    said: str
    charts: list[Bars]


@dataclass(frozen=True)
class FiguresPage:
    title: str
    lede: str
    crumbs: list[Link]
    stats: list[Stat]
    too_few: str
    readiness: Bars | None
    obstacles: list[Obstacle]
    themes: list[Theme]


def page(found: InventoryFigures, project: Project) -> FiguresPage:
    form, figures = questionnaire(), found.figures
    idle = found.structures - found.answered - found.begun
    return FiguresPage(
        title=_title(found),
        lede=_lede(found),
        crumbs=crumbs(project, Link("Tout le projet en chiffres")),
        stats=[
            Stat(found.answered, "transmis"),
            Stat(found.begun, "en route"),
            Stat(idle, french.agree(idle, "pas commencé", "pas commencés")),
        ],
        too_few="" if figures else _too_few(),
        readiness=_sections(figures) if figures else None,
        obstacles=_obstacles(figures) if figures else [],
        themes=_themes(form, figures) if figures else [],
    )


def _title(found: InventoryFigures) -> str:
    if not found.structures:
        return "Il n’y a pas encore de structure à suivre"
    if found.figures is None:
        if not found.answered:
            return "Aucun état des lieux n’est encore transmis"
        verb = french.agree(found.answered, "est transmis", "sont transmis")
        states = french.counted(found.answered, "état des lieux", "états des lieux")
        return words.begin(f"{states} sur {french.in_words(found.structures)} {verb}")
    return conclusion(found.structures, found.answered, Counter(found.figures.readiness))


def _lede(found: InventoryFigures) -> str:
    if found.due_on is None:
        return "Les chiffres de toutes les structures ensemble ; ce que chacune répond reste à elle."
    day = french.long_date(found.due_on)
    return french.typography(
        f"Attendus pour le {day}. Les chiffres de toutes les structures ensemble ; ce que chacune répond reste à elle."
    )


def _too_few() -> str:
    return french.typography(
        f"Les chiffres paraîtront quand {french.in_words(FEWEST)} structures au moins auront transmis : à moins, "
        "ils diraient ce qu’une seule a répondu."
    )


def _sections(figures: Figures) -> Bars:
    """How the structures stand, section by section."""
    parts = [Part("Bloqué", "ko", "s-ko"), Part("À corriger", "late", "s-watch"), Part("Rien à signaler", "ok", "s-ok")]
    bars = [
        Bar(
            state.section.label,
            [state.blocked, state.to_fix, state.clear],
            figures.structures,
            note=f"{state.clear} sur {figures.structures} sans rien",
        )
        for state in figures.sections
        if any(field.prerequisite for field in state.section.fields)
    ]
    worst = max(figures.sections, key=lambda state: (state.blocked, state.to_fix))
    title = "Aucun sujet ne bloque"
    if worst.blocked:
        title = f"« {worst.section.label} » bloque {words.structures(worst.blocked)}"
    return Bars(
        title=french.typography(title),
        sentence="Combien de structures ont un point bloquant, un point à corriger ou rien, sujet par sujet.",
        parts=parts,
        bars=bars,
        row_label="Sujet",
        total_label="Structures",
    )


def _obstacles(figures: Figures) -> list[Obstacle]:
    found = []
    for item in figures.signalled:
        if item.count:
            label, tone, icon = words.SEVERITY[item.severity]
            count = french.plural(item.count, "structure", "structures")
            found.append(Obstacle(item.field.label, label, tone, icon, count))
    return found


def _themes(form: Questionnaire, figures: Figures) -> list[Theme]:
    table, projects = form.by_code[SOFTWARE], form.by_code[PROJECTS]
    areas = _by_choice(table.column("functional_area"), figures.areas)
    lines = sum(figures.hosting.values())
    software = [
        words.shares(
            areas,
            figures.structures,
            title="Les domaines équipés d’un logiciel",
            context="Structures, par domaine",
            row_label="Domaine",
        ),
        _of_lines(table.column("hosting"), figures.hosting, lines, "Où les logiciels sont hébergés"),
        _of_lines(table.column("future"), figures.future, lines, "Ce qu’ils deviendront avec le DUI"),
        words.shares(
            [(str(year), count) for year, count in sorted(figures.ends.items())],
            sum(figures.ends.values()),
            title="Quand les contrats finissent",
            row_label="Année",
            part="Contrats",
            one="contrat",
            many="contrats",
            empty="Aucune fin de contrat n’est renseignée.",
        ),
    ]
    running = sum(figures.project_loads.values())
    busy = words.structures(figures.structures_with_projects)
    said = f"{french.counted(running, 'projet', 'projets')} dans {busy}." if running else "Aucun projet en cours."
    return [
        Theme(
            "reseau",
            "Réseau",
            "",
            [
                means.bands(figures),
                *(
                    means.distribution(form.by_code[code], figures)
                    for code in ("internet_access_type", "backup_link", "wifi_coverage")
                ),
            ],
        ),
        Theme("appareils", means.devices_title(figures), means.devices_said(figures), []),
        Theme("logiciels", french.capital(french.counted(lines, "logiciel", "logiciels") + " en place"), "", software),
        Theme(
            "equipes",
            means.teams_title(figures),
            means.teams_said(figures),
            [
                means.distribution(form.by_code[code], figures)
                for code in ("digital_ease_level", "past_projects_experience")
            ],
        ),
        Theme(
            "autres-projets",
            "Les autres projets des structures",
            french.capital(french.typography(said)),
            [
                _of_lines(projects.column("domain"), figures.project_domains, running, "De quelle nature", "projet"),
                _of_lines(projects.column("load"), figures.project_loads, running, "Ce qu’ils pèsent", "projet"),
            ],
        ),
    ]


def _by_choice(column: Column, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    found = [(choice.label, counts.get(choice.code, 0)) for choice in column.choices if counts.get(choice.code)]
    return sorted(found, key=lambda item: -item[1])


def _of_lines(column: Column, counts: Mapping[str, int], total: int, title: str, one: str = "logiciel") -> Bars:
    return words.shares(
        _by_choice(column, counts),
        total,
        title=title,
        part=f"{one.capitalize()}s",
        one=one,
        many=f"{one}s",
        empty="Rien n’est encore renseigné.",
    )
