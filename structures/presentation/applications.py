"""A person whom a structure proposes, in French."""

from dataclasses import dataclass

from common import french, history
from common.ui import Entry, Link
from organisations.models import ESMS
from structures.enums.people import ApplicationStatus
from structures.models import Application
from structures.presentation.people import MARKS, crumbs, history_lines, skills_in_words
from structures.selectors.people import what_is_missing

LABELS = {
    "name": "Nom",
    "email": "Adresse",
    "function": "Fonction",
    "skills": "Compétences",
    "own_skills": "Autres compétences",
    "days_per_month": "Jours par mois",
    "available_from": "À partir du",
    "available_until": "Jusqu’au",
    "person_agreed_on": "Accord de la personne",
    "hours_per_month": "Heures par mois",
    "compensation": "Compensation",
    "manager_agreed_on": "Accord de la direction",
    "status": "État",
    "word": "Un mot",
}


@dataclass(frozen=True)
class ApplicationView:
    """One person proposed. `missing`: what is to be said before transmitting."""

    title: str
    lede: str
    crumbs: list[Link]
    tone: str
    icon: str
    status: str
    call: str
    skills: str
    availability: str
    agreement: str
    release: str
    compensation: str
    answer: str
    word: str
    missing: list[str]
    draft: bool
    transmitted: bool
    decided: bool
    history: list[Entry]


def application(item: Application, esms: ESMS, entries: list[history.Entry]) -> ApplicationView:
    status = ApplicationStatus(item.status)
    tone, icon = MARKS[status]
    missing = what_is_missing(item) if status == ApplicationStatus.DRAFT else []
    return ApplicationView(
        title=_title(item, missing),
        lede=_lede(item, missing),
        crumbs=crumbs(esms, french.typography(item.name)),
        tone=tone,
        icon=icon,
        status=status.label,
        call=french.typography(item.call.title) if item.call else "Aucun appel en particulier",
        skills=skills_in_words(item.skills, item.own_skills),
        availability=availability(item),
        agreement=f"Donné le {french.long_date(item.person_agreed_on)}" if item.person_agreed_on else "",
        release=_release(item),
        compensation=french.typography(item.compensation),
        answer=_answer(item),
        word=french.typography(item.word),
        missing=missing,
        draft=status == ApplicationStatus.DRAFT,
        transmitted=status == ApplicationStatus.SUBMITTED,
        decided=status in {ApplicationStatus.RETAINED, ApplicationStatus.DECLINED},
        history=history_lines(entries, LABELS),
    )


def _title(item: Application, missing: list[str]) -> str:
    state = {
        ApplicationStatus.DRAFT: "il reste à transmettre sa candidature",
        ApplicationStatus.SUBMITTED: "candidature transmise, sans réponse pour l’instant",
        ApplicationStatus.RETAINED: "candidature retenue",
        ApplicationStatus.DECLINED: "candidature non retenue",
    }[ApplicationStatus(item.status)]
    if missing:
        state = f"il manque {french.listed(missing)}"
    return french.typography(f"{item.name} : {state}")


def _lede(item: Application, missing: list[str]) -> str:
    if item.status == ApplicationStatus.DRAFT:
        if missing:
            return "Chaque partie s’enregistre à part : vous pouvez vous arrêter et revenir."
        return "Tout y est. Transmettez-la au chef de projet."
    if item.status == ApplicationStatus.SUBMITTED:
        return "Les deux accords sont donnés. Le chef de projet retient la personne ou non, et dit pourquoi."
    return _answer(item)


def availability(item: Application) -> str:
    """« 2 jours par mois, du 1er décembre 2026 au 31 mars 2027 »."""
    parts = []
    if item.days_per_month is not None:
        parts.append(f"{french.plural(item.days_per_month, 'jour', 'jours')} par mois")
    if item.available_from and item.available_until:
        parts.append(f"du {french.long_date(item.available_from)} au {french.long_date(item.available_until)}")
    elif item.available_from:
        parts.append(f"à partir du {french.long_date(item.available_from)}")
    elif item.available_until:
        parts.append(f"jusqu’au {french.long_date(item.available_until)}")
    return ", ".join(parts)


def _release(item: Application) -> str:
    if item.manager_agreed_on is None:
        return ""
    by = f" par {item.manager_agreed_by.get_full_name()}" if item.manager_agreed_by else ""
    hours = french.plural(item.hours_per_month or 0, "heure", "heures")
    return f"{hours} par mois, accord donné le {french.long_date(item.manager_agreed_on)}{by}"


def _answer(item: Application) -> str:
    if item.decided_at is None or item.decided_by is None:
        return ""
    words = "a retenu" if item.status == ApplicationStatus.RETAINED else "n’a pas retenu"
    return f"{item.decided_by.get_full_name()} {words} cette candidature le {french.long_date(item.decided_at)}."
