"""The contacts of all structures, in French."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from common import french
from common.spreadsheets.tables import Column, Row, Sheet
from common.ui import Link
from organisations.models import ESMS, Project
from structures.enums.people import ContactFunction
from structures.models import Contact
from structures.presentation.people import contact_line, halves
from structures.presentation.people_follow_up import crumbs


@dataclass(frozen=True)
class ContactLine:
    name: str
    url: str
    organisation: str
    function: str
    structure: str
    email: tuple[str, str]
    phone: str
    tone: str
    icon: str
    state: str


@dataclass(frozen=True)
class ContactsView:
    title: str
    lede: str
    crumbs: list[Link]
    views: list[Link]
    exports: list[Link]


def contacts(found: Sequence[Contact], structures: Sequence[ESMS], project: Project, function: str) -> ContactsView:
    """`found`: those of every function; `function`: the one shown."""
    url, export = (reverse(name, args=[project.slug]) for name in ("people_contacts", "people_contacts_export"))
    kinds = [kind for kind in ContactFunction if any(contact.function == kind for contact in found)]
    query = {"fonction": function} if function else {}
    return ContactsView(
        title=_title(found, structures),
        lede="Posez vos questions techniques à qui peut répondre ; aux autres, par la direction de la structure.",
        crumbs=crumbs(project, "Contacts"),
        views=[
            Link("Tous", url, current=not function, count=len(found)),
            *(
                Link(
                    kind.label,
                    f"{url}?{urlencode({'fonction': kind.value})}",
                    current=kind == function,
                    count=sum(contact.function == kind for contact in found),
                )
                for kind in kinds
            ),
        ],
        exports=[
            Link(label, f"{export}?{urlencode({**query, 'format': code})}")
            for code, label in (("xlsx", "Excel"), ("csv", "CSV"))
        ],
    )


def _title(found: Sequence[Contact], structures: Sequence[ESMS]) -> str:
    """« Douze contacts peuvent répondre ; trois structures n’en ont inscrit aucun »."""
    if not found:
        return "Aucune structure n’a encore inscrit de contact"
    opened = sum(contact.authorised_on is not None for contact in found)
    title = french.capital(french.counted(opened, "contact peut répondre", "contacts peuvent répondre"))
    without = len(structures) - len({contact.esms_id for contact in found})
    if without:
        none = french.counted(without, "structure n’en a", "structures n’en ont", feminine=True)
        title += f" ; {none} inscrit aucun"
    return french.typography(title)


def line(contact: Contact, project: Project) -> ContactLine:
    contact.esms.project = project
    listed = contact_line(contact, contact.esms)
    return ContactLine(
        name=listed.title,
        url=listed.url,
        organisation=french.typography(contact.organisation) if contact.name else "",
        function=ContactFunction(contact.function).label,
        structure=french.typography(contact.esms.name),
        email=halves(contact.email) if contact.email else ("Non donnée", ""),
        phone=contact.phone or "Non donné",
        tone=listed.tone,
        icon=listed.icon,
        state=listed.state,
    )


def sheet(found: Sequence[Contact], project: Project) -> Sheet:
    """The contacts shown, for a spreadsheet."""
    columns = [
        Column("Structure", 30),
        Column("OG", 30),
        Column("Fonction", 28),
        Column("Nom", 24),
        Column("Organisme", 30),
        Column("Adresse", 30),
        Column("Téléphone", 18),
        Column("Autorisé le", 14),
        Column("À savoir", 40),
    ]
    rows = [
        Row(
            [
                contact.esms.name,
                contact.esms.og.name,
                ContactFunction(contact.function).label,
                contact.name,
                contact.organisation,
                contact.email,
                contact.phone,
                contact.authorised_on,
                contact.note,
            ]
        )
        for contact in found
    ]
    return Sheet("Contacts", columns, rows, f"Contacts, {project.name}", frozen=1)
