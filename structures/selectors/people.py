"""The people of structures: contacts, calls and applications, mission letters of the local referents."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from organisations.enums import Role
from organisations.models import ESMS, Membership, Project, User
from structures.enums.people import ApplicationStatus
from structures.models import Application, Appointment, Contact, ResourceCall

ENDS_SOON = timedelta(days=45)


@dataclass(frozen=True)
class People:
    """The people of one structure. `referents`: who has that role today; `letters`: the mission letters, the latest
    first; `calls`: those open."""

    contacts: list[Contact]
    applications: list[Application]
    calls: list[ResourceCall]
    referents: list[User]
    letters: list[Appointment]


def read_people(esms: ESMS, today: date, *, drafts: bool) -> People:
    """Five queries. `drafts`: with the people who are not transmitted yet, whom only the structure reads."""
    return People(
        contacts=list(Contact.objects.filter(esms=esms).select_related("authorised_by")),
        applications=list(applications_in([esms]) if drafts else transmitted_in([esms])),
        calls=list(open_calls(esms.project, today)),
        referents=referents_of(esms),
        letters=list(letters_in([esms])),
    )


def referents_of(esms: ESMS) -> list[User]:
    """Who is a local referent of the structure today. One query."""
    held = Membership.objects.active().filter(esms=esms, role=Role.LOCAL_REFERENT).select_related("user")
    return [item.user for item in held.order_by("user__last_name", "user__first_name")]


def letters_in(structures: Sequence[ESMS]) -> QuerySet[Appointment]:
    """The mission letters of these structures that stand, the latest first."""
    rows = Appointment.objects.filter(esms__in=structures, removed_at=None)
    return rows.select_related("referent", "appointed_by").order_by("-starts_on", "-appointed_at")


def applications_in(structures: Sequence[ESMS]) -> QuerySet[Application]:
    rows = Application.objects.filter(esms__in=structures)
    return rows.select_related("call", "manager_agreed_by", "decided_by").order_by("name", "added_at")


def transmitted_in(structures: Sequence[ESMS]) -> QuerySet[Application]:
    """What others than the structure read: not who may still say no."""
    return applications_in(structures).exclude(status=ApplicationStatus.DRAFT)


def what_is_missing(application: Application) -> list[str]:
    """What an application waits for before it can be transmitted, in words after « il manque »."""
    waits = []
    if not application.skills and not application.own_skills:
        waits.append("ses compétences")
    if application.days_per_month is None:
        waits.append("sa disponibilité")
    if application.person_agreed_on is None:
        waits.append("son accord")
    if application.manager_agreed_on is None:
        waits.append("l’accord de la direction")
    return waits


def calls_of(project: Project) -> QuerySet[ResourceCall]:
    """The calls of a project, the latest first."""
    return ResourceCall.objects.filter(project=project).select_related("opened_by").order_by("-opened_at")


def open_calls(project: Project, today: date) -> QuerySet[ResourceCall]:
    """Those that a structure may still answer, the first to end first."""
    rows = ResourceCall.objects.filter(project=project, closed_at=None, open_until__gte=today)
    return rows.select_related("opened_by").order_by("open_until")


def letters_in_force(letters: Sequence[Appointment], today: date) -> list[Appointment]:
    """Of these letters, those that stand today or begin later, without those that another one follows."""
    followed = {letter.renews_id for letter in letters if letter.renews_id}
    return [
        letter
        for letter in letters
        if letter.pk not in followed and (letter.ends_on is None or letter.ends_on >= today)
    ]


def without_letter(referents: Sequence[User], letters: Sequence[Appointment]) -> list[User]:
    """The referents whose mission is written nowhere."""
    signed = {letter.referent_id for letter in letters}
    return [user for user in referents if user.pk not in signed]


def contacts_of(project: Project, structures: Sequence[ESMS], function: str = "") -> list[Contact]:
    """The contacts of structures that the reader follows, by structure; those of one function, if said. One query."""
    places = {esms.pk: esms for esms in structures}
    order = {esms.pk: number for number, esms in enumerate(structures)}
    rows = Contact.objects.filter(project=project).order_by("function", "name", "organisation")
    kept = [contact for contact in (rows.filter(function=function) if function else rows) if contact.esms_id in places]
    for contact in kept:
        contact.esms = places[contact.esms_id]
    return sorted(kept, key=lambda contact: order[contact.esms_id])


# --- The directory of a project --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Filters:
    """What the directory is narrowed to. `structure`, `og`: a slug and an id; `free_on`: available that day."""

    status: str = ""
    skill: str = ""
    structure: str = ""
    og: UUID | None = None
    call: UUID | None = None
    free_on: date | None = None

    @property
    def parameters(self) -> dict[str, str]:
        """As the address has them, those without a value left out."""
        asked = {
            "etat": self.status,
            "competence": self.skill,
            "structure": self.structure,
            "og": str(self.og or ""),
            "appel": str(self.call or ""),
            "libre": self.free_on.isoformat() if self.free_on else "",
        }
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class Directory:
    """The people whom structures transmitted to the project. `shown`: those that the filters keep; `counts`: all of
    them by status."""

    shown: list[Application]
    counts: dict[str, int] = field(default_factory=dict)
    hours: int = 0  # released a month, by who is retained


def directory(project: Project, structures: Sequence[ESMS], filters: Filters) -> Directory:
    """The directory over structures that the reader follows. One query, whatever their number."""
    places = {esms.pk: esms for esms in structures}
    rows = Application.objects.filter(project=project).exclude(status=ApplicationStatus.DRAFT)
    found = []
    for application in rows.select_related("call", "decided_by").order_by("name", "submitted_at"):
        if application.esms_id in places:
            application.esms = places[application.esms_id]
            found.append(application)
    counts = {status.value: sum(item.status == status for item in found) for status in ApplicationStatus}
    retained = [item for item in found if item.status == ApplicationStatus.RETAINED]
    order = [ApplicationStatus.SUBMITTED, ApplicationStatus.RETAINED, ApplicationStatus.DECLINED]
    found.sort(key=lambda item: order.index(ApplicationStatus(item.status)))  # what waits first; by name within
    return Directory(
        shown=[item for item in found if _kept(item, filters)],
        counts=counts,
        hours=sum(item.hours_per_month or 0 for item in retained),
    )


def _kept(application: Application, filters: Filters) -> bool:
    day = filters.free_on
    return (
        (not filters.status or application.status == filters.status)
        and (not filters.skill or filters.skill in application.skills)
        and (not filters.structure or application.esms.slug == filters.structure)
        and (filters.og is None or application.og_id == filters.og)
        and (filters.call is None or application.call_id == filters.call)
        and (
            day is None
            or (
                (application.available_from is None or application.available_from <= day)
                and (application.available_until is None or application.available_until >= day)
            )
        )
    )
