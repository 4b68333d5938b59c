"""The directory of the people whom the project may call on, and the calls for applications, in French."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from common import french
from common.spreadsheets.tables import Column, Row, Sheet
from common.ui import Link
from organisations.models import ESMS, Project
from structures.enums.people import ApplicationStatus, Skill
from structures.models import Application, ResourceCall
from structures.presentation.applications import availability
from structures.presentation.people import MARKS, halves, skills_in_words
from structures.selectors.people import Directory, Filters

SHOWN = (
    ("", "Toutes"),
    (ApplicationStatus.SUBMITTED, "À examiner"),
    (ApplicationStatus.RETAINED, "Retenues"),
    (ApplicationStatus.DECLINED, "Non retenues"),
)


def crumbs(project: Project, *more: str) -> list[Link]:
    way = [
        Link(project.short_name, reverse("project", args=[project.slug])),
        Link("Structures", reverse("structures", args=[project.slug])),
    ]
    if not more:
        return [*way, Link("Personnes ressources")]
    here = Link("Personnes ressources", reverse("people_follow_up", args=[project.slug]))
    return [*way, here, *(Link(label) for label in more)]


@dataclass(frozen=True)
class PersonLine:
    name: str
    url: str
    function: str
    email: tuple[str, str]
    structure: str
    skills: str
    availability: str
    hours: str
    tone: str
    icon: str
    status: str


@dataclass(frozen=True)
class CallLine:
    title: str
    url: str
    detail: str
    tone: str
    icon: str
    state: str


@dataclass(frozen=True)
class DirectoryView:
    """`chosen`: the filters as the address has them, « » for those that are not there."""

    title: str
    lede: str
    crumbs: list[Link]
    views: list[Link]
    chosen: dict[str, str]
    skills: list[tuple[str, str]]
    structures: list[tuple[str, str]]
    ogs: list[tuple[str, str]]
    narrows: bool
    calls: list[CallLine]
    exports: list[Link]


def directory(
    found: Directory,
    calls: Sequence[ResourceCall],
    structures: Sequence[ESMS],
    project: Project,
    filters: Filters,
    today: date,
) -> DirectoryView:
    blank = {"etat": "", "competence": "", "structure": "", "og": "", "appel": "", "libre": ""}
    export = reverse("people_follow_up_export", args=[project.slug])
    return DirectoryView(
        title=_title(found),
        lede=_lede(found, calls, today),
        crumbs=crumbs(project),
        views=_views(found, project, filters),
        chosen={**blank, **filters.parameters},
        skills=list(Skill.choices),
        structures=[(esms.slug, french.typography(esms.name)) for esms in structures],
        ogs=list({str(esms.og_id): french.typography(esms.og.name) for esms in structures}.items()),
        narrows=bool(replace(filters, status="").parameters),
        calls=[call_line(call, project, today) for call in calls],
        exports=[
            Link(label, f"{export}?{urlencode({**filters.parameters, 'format': code})}")
            for code, label in (("xlsx", "Excel"), ("csv", "CSV"))
        ],
    )


def _title(found: Directory) -> str:
    """« Deux personnes peuvent être mobilisées, 14 heures par mois ; une candidature attend votre réponse »."""
    retained, waiting = found.counts[ApplicationStatus.RETAINED], found.counts[ApplicationStatus.SUBMITTED]
    if not sum(found.counts.values()):
        return "Aucune structure n’a encore proposé de personne"
    who = "Personne ne peut encore être mobilisé"
    if retained:
        people = french.counted(
            retained, "personne peut être mobilisée", "personnes peuvent être mobilisées", feminine=True
        )
        who = f"{french.capital(people)}, {french.plural(found.hours, 'heure', 'heures')} par mois"
    if not waiting:
        return who
    more = french.counted(waiting, "candidature attend", "candidatures attendent", feminine=True)
    return french.typography(f"{who} ; {more} une réponse")


def _lede(found: Directory, calls: Sequence[ResourceCall], today: date) -> str:
    opened = [call for call in calls if call.closed_at is None and call.open_until >= today]
    if found.counts[ApplicationStatus.SUBMITTED]:
        return "Ouvrez une candidature pour la retenir ou non : la structure lit votre réponse."
    if opened:
        count = french.counted(len(opened), "appel est ouvert", "appels sont ouverts")
        return f"{french.capital(count)} : les structures le voient sur leur page d’accueil.".replace(" :", "\u00a0:")
    return "Un appel à candidatures demande aux structures qui connaît le sujet, et combien de temps elles dégagent."


def _views(found: Directory, project: Project, filters: Filters) -> list[Link]:
    url = reverse("people_follow_up", args=[project.slug])
    links = []
    for status, label in SHOWN:
        query = replace(filters, status=str(status)).parameters
        count = found.counts[status] if status else sum(found.counts.values())
        links.append(
            Link(label, f"{url}?{urlencode(query)}" if query else url, current=filters.status == status, count=count)
        )
    return links


def call_line(call: ResourceCall, project: Project, today: date) -> CallLine:
    opened = call.closed_at is None and call.open_until >= today
    until = french.long_date(call.open_until)
    return CallLine(
        title=french.typography(call.title),
        url=reverse("people_call", args=[project.slug, call.pk]),
        detail=french.typography(call.workload),
        tone="progress" if opened else "none",
        icon="people" if opened else "lock",
        state=f"Ouvert jusqu’au {until}" if opened else "Fermé",
    )


def person_line(item: Application, project: Project) -> PersonLine:
    tone, icon = MARKS[ApplicationStatus(item.status)]
    return PersonLine(
        name=french.typography(item.name),
        url=reverse("people_application", args=[project.slug, item.esms.slug, item.pk]),
        function=french.typography(item.function),
        email=halves(item.email),
        structure=french.typography(item.esms.name),
        skills=skills_in_words(item.skills, item.own_skills) or "Non dites",
        availability=availability(item) or "Non dite",
        hours=f"{french.plural(item.hours_per_month or 0, 'heure', 'heures')} par mois",
        tone=tone,
        icon=icon,
        status=ApplicationStatus(item.status).label,
    )


def sheet(people: Sequence[Application], project: Project) -> Sheet:
    """The people shown, for a spreadsheet."""
    columns = [
        Column("Nom", 24),
        Column("Fonction", 26),
        Column("Adresse professionnelle", 30),
        Column("Structure", 30),
        Column("OG", 30),
        Column("Compétences", 44),
        Column("Disponibilité", 34),
        Column("Heures dégagées par mois", 14),
        Column("Compensation", 34),
        Column("Appel", 34),
        Column("Réponse", 14),
        Column("Un mot", 34),
    ]
    rows = [
        Row(
            [
                item.name,
                item.function,
                item.email,
                item.esms.name,
                item.esms.og.name,
                skills_in_words(item.skills, item.own_skills),
                availability(item),
                str(item.hours_per_month or ""),
                item.compensation,
                item.call.title if item.call else "",
                ApplicationStatus(item.status).label,
                item.word,
            ]
        )
        for item in people
    ]
    return Sheet("Personnes ressources", columns, rows, f"Personnes ressources, {project.name}", frozen=1)


@dataclass(frozen=True)
class CallSheet:
    """One call, and who was proposed for it."""

    title: str
    lede: str
    crumbs: list[Link]
    line: CallLine
    skills: str
    text: str
    workload: str
    opened: str


def call_sheet(call: ResourceCall, people: Sequence[Application], project: Project, today: date) -> CallSheet:
    line = call_line(call, project, today)
    answers = french.counted(len(people), "candidature reçue", "candidatures reçues", feminine=True)
    if not people:
        answers = "aucune candidature pour l’instant"
    return CallSheet(
        title=french.typography(f"{call.title} : {answers}"),
        lede=f"{line.state}.",
        crumbs=crumbs(project, line.title),
        line=line,
        skills=skills_in_words(call.skills) or "Toutes",
        text=french.typography(call.text),
        workload=line.detail,
        opened=f"{call.opened_by.get_full_name()}, le {french.long_date(call.opened_at)}",
    )
