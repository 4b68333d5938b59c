"""The people of a structure in French."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from common import french, history
from common.ui import Entry, Link
from organisations.models import ESMS, User
from structures.enums.people import ApplicationStatus, ContactFunction, Skill
from structures.models import Application, Appointment, Contact, ResourceCall
from structures.rights import Rights
from structures.selectors.people import ENDS_SOON, People, letters_in_force, what_is_missing, without_letter

# How an application stands: tone, icon.
MARKS = {
    ApplicationStatus.DRAFT: ("todo", "s-todo"),
    ApplicationStatus.SUBMITTED: ("progress", "s-progress"),
    ApplicationStatus.RETAINED: ("ok", "s-ok"),
    ApplicationStatus.DECLINED: ("none", "s-na"),
}


def crumbs(esms: ESMS, *more: str) -> list[Link]:
    """The way to a page of the people of a structure."""
    place = [esms.project.slug, esms.slug]
    home = Link("Personnes", "" if not more else reverse("people_home", args=place))
    return [
        Link(esms.project.short_name, reverse("project", args=place[:1])),
        Link(french.typography(esms.name), reverse("structure", args=place)),
        home,
        *(Link(label) for label in more),
    ]


@dataclass(frozen=True)
class Line:
    """A person, a contact or a letter, as it is listed."""

    title: str
    url: str
    detail: str
    tone: str
    icon: str
    state: str


@dataclass(frozen=True)
class CallView:
    """A call that a structure may answer."""

    title: str
    text: str
    workload: str
    skills: str
    until: str
    propose_url: str


@dataclass(frozen=True)
class HomeView:
    """`unsigned`: referents without a letter, with the address where it is signed."""

    title: str
    lede: str
    crumbs: list[Link]
    letters: list[Line]
    unsigned: list[Link]
    calls: list[CallView]
    applications: list[Line]
    contacts: list[Line]


def home(found: People, esms: ESMS, rights: Rights, today: date) -> HomeView:
    current = letters_in_force(found.letters, today)
    place = [esms.project.slug, esms.slug]
    appoint_url = reverse("people_appoint", args=place)
    return HomeView(
        title=_title(found, current),
        lede=_lede(found, current, rights),
        crumbs=crumbs(esms),
        letters=[letter_line(letter, esms, today) for letter in current],
        unsigned=[
            Link(user.get_full_name(), f"{appoint_url}?referent={user.pk}")
            for user in without_letter(found.referents, current)
        ],
        calls=[call_view(call, reverse("people_application_add", args=place)) for call in found.calls],
        applications=[application_line(item, esms) for item in found.applications],
        contacts=[contact_line(contact, esms) for contact in found.contacts],
    )


def _title(found: People, current: Sequence[Appointment]) -> str:
    """« Un référent local nommé, quatre contacts et deux personnes proposées »."""
    parts = []
    if current:
        parts.append(french.counted(len(current), "référent local nommé", "référents locaux nommés"))
    if found.contacts:
        parts.append(french.counted(len(found.contacts), "contact", "contacts"))
    if found.applications:
        count = len(found.applications)
        parts.append(french.counted(count, "personne proposée", "personnes proposées", feminine=True))
    return french.capital(french.listed(parts)) if parts else "Personne n’est encore inscrit ici"


def _lede(found: People, current: Sequence[Appointment], rights: Rights) -> str:
    if not rights.fills:
        return "Des coordonnées professionnelles seulement, pour le chef de projet et la direction de l’OG."
    answered = {item.call_id for item in found.applications}
    if waiting := [call for call in found.calls if call.pk not in answered]:
        call = waiting[0]
        return french.typography(
            f"Le chef de projet cherche des personnes jusqu’au {french.long_date(call.open_until)} : "
            f"« {call.title} ». Qui pouvez-vous proposer ?"
        )
    lacking = sum(1 for item in found.applications if _waits_for_direction(item))
    if lacking and rights.validates:
        return french.typography(
            f"{french.capital(french.counted(lacking, 'personne proposée', 'personnes proposées', feminine=True))} "
            f"{french.agree(lacking, 'attend', 'attendent')} votre accord."
        )
    if not current:
        return "Il reste à nommer un référent local : la direction signe sa mission."
    if not any(contact.authorised_on for contact in found.contacts):
        return "Inscrivez qui peut répondre aux questions techniques du chef de projet."
    return "Rien ne vous est demandé. Tenez ces coordonnées à jour : le projet s’appuie dessus."


def _waits_for_direction(item: Application) -> bool:
    return item.status == ApplicationStatus.DRAFT and item.manager_agreed_on is None


def call_view(call: ResourceCall, propose_url: str = "") -> CallView:
    return CallView(
        title=french.typography(call.title),
        text=french.typography(call.text),
        workload=french.typography(call.workload),
        skills=skills_in_words(call.skills),
        until=french.long_date(call.open_until),
        propose_url=f"{propose_url}?appel={call.pk}",
    )


def skills_in_words(codes: Sequence[str], own: str = "") -> str:
    """« Soins et circuit du médicament, formation et animation »."""
    words = [Skill(code).label for code in codes if code in Skill.values]
    words = [word if number == 0 else word[:1].lower() + word[1:] for number, word in enumerate(words)]
    return ", ".join([*words, *([french.typography(own)] if own else [])])


def halves(email: str) -> tuple[str, str]:
    """An address as a narrow page breaks it: before and after its @."""
    mailbox, _, domain = email.partition("@")
    return mailbox, domain


def contact_line(contact: Contact, esms: ESMS) -> Line:
    opened = contact.authorised_on is not None
    return Line(
        title=french.typography(contact.name or contact.organisation),
        url=reverse("people_contact", args=[esms.project.slug, esms.slug, contact.pk]),
        detail=", ".join(
            part
            for part in (
                ContactFunction(contact.function).label,
                french.typography(contact.organisation) if contact.name else "",
            )
            if part
        ),
        tone="ok" if opened else "todo",
        icon="s-ok" if opened else "lock",
        state="Peut répondre" if opened else "Pas encore autorisé",
    )


def application_line(item: Application, esms: ESMS) -> Line:
    status = ApplicationStatus(item.status)
    tone, icon = MARKS[status]
    state = status.label
    if status == ApplicationStatus.DRAFT:
        missing = what_is_missing(item)
        state = f"Il manque {french.listed(missing)}" if missing else "Prête à transmettre"
    return Line(
        title=french.typography(item.name),
        url=reverse("people_application", args=[esms.project.slug, esms.slug, item.pk]),
        detail=french.typography(item.function),
        tone=tone,
        icon=icon,
        state=state,
    )


def letter_line(letter: Appointment, esms: ESMS, today: date) -> Line:
    soon = letter.ends_on is not None and letter.ends_on <= today + ENDS_SOON
    return Line(
        title=letter.referent.get_full_name(),
        url=reverse("people_letter", args=[esms.project.slug, esms.slug, letter.pk]),
        detail=f"{hours(letter.hours_per_week)} par semaine, {span(letter)}",
        tone="late" if soon else "ok",
        icon="clock" if soon else "s-ok",
        state="À reconduire" if soon else "Reconduit" if letter.renews_id else "Nommé",
    )


def hours(value: Decimal) -> str:
    return french.plural(value, "heure", "heures")


def span(letter: Appointment) -> str:
    begins = f"depuis le {french.long_date(letter.starts_on)}"
    return f"{begins} et jusqu’au {french.long_date(letter.ends_on)}" if letter.ends_on else begins


# --- One contact, one letter -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SheetView:
    title: str
    lede: str
    crumbs: list[Link]
    tone: str
    icon: str
    state: str
    facts: list[tuple[str, str]]
    history: list[Entry]


CONTACT_LABELS = {
    "function": "Fonction",
    "organisation": "Organisme",
    "name": "Nom",
    "email": "Adresse",
    "phone": "Téléphone",
    "note": "À savoir",
    "authorised_on": "Autorisation",
}
LETTER_LABELS = {
    "mission": "Mission",
    "hours_per_week": "Temps par semaine",
    "starts_on": "À partir du",
    "ends_on": "Jusqu’au",
    "removed_at": "Lettre",
}


def contact(item: Contact, esms: ESMS, entries: list[history.Entry]) -> SheetView:
    line = contact_line(item, esms)
    lede = "Le chef de projet peut lui poser ses questions directement."
    if item.authorised_on is None:
        lede = "Le chef de projet voit ce contact, mais doit passer par la direction."
    elif item.authorised_by is not None:
        when = french.long_date(item.authorised_on)
        lede = f"{item.authorised_by.get_full_name()} l’a autorisé le {when} à répondre au chef de projet."
    facts = [
        (CONTACT_LABELS[name], in_words(name, getattr(item, name))) for name in ("function", "organisation", "note")
    ]
    return SheetView(
        title=line.title,
        lede=lede,
        crumbs=crumbs(esms, line.title),
        tone=line.tone,
        icon=line.icon,
        state=line.state,
        facts=[(label, value) for label, value in facts if value],
        history=history_lines(entries, CONTACT_LABELS),
    )


def letter(item: Appointment, esms: ESMS, entries: list[history.Entry], today: date) -> SheetView:
    line = letter_line(item, esms, today)
    signed = french.long_date(item.appointed_at)
    return SheetView(
        title=f"{line.title} a {hours(item.hours_per_week)} par semaine pour le projet",
        lede=f"Lettre de mission signée par {item.appointed_by.get_full_name()} le {signed}.",
        crumbs=crumbs(esms, line.title),
        tone=line.tone,
        icon=line.icon,
        state=line.state,
        facts=[("Mission", french.typography(item.mission)), ("Durée", french.capital(span(item)))],
        history=history_lines(entries, LETTER_LABELS),
    )


def history_lines(entries: list[history.Entry], labels: dict[str, str]) -> list[Entry]:
    return [
        Entry(entry.at, entry.who, "inscription" if entry.label == "insert" else _changes(entry, labels))
        for entry in entries
    ]


def _changes(entry: history.Entry, labels: dict[str, str]) -> str:
    told = []
    for change in entry.changes:
        if change.field == "removed_at":
            told.append("retirée" if change.new else "remise")
            continue
        new, old = (in_words(change.field, value) for value in (change.new, change.old))
        label = labels[change.field]
        told.append(f"{label} : « {new or 'rien'} »" + (f" au lieu de « {old} »" if old else ""))
    return french.typography(" ; ".join(told))


def in_words(name: str, value: Any) -> str:
    """A value of one of these sheets, as it is read."""
    if value in (None, "", []):
        return ""
    if name == "function" and value in ContactFunction.values:
        return ContactFunction(value).label
    if name == "skills":
        return skills_in_words(value)
    if name == "status":
        return ApplicationStatus(value).label
    if isinstance(value, User):
        return value.get_full_name()
    if isinstance(value, date):
        return french.long_date(value)
    if isinstance(value, int | Decimal):
        return french.number(value)
    return french.typography(str(value))
