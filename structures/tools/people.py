"""What the contacts, the people proposed and the mission letters tell the pathway, and what they ask of structures."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from common import french
from organisations.enums import Role
from organisations.models import ESMS, Membership, User
from structures.asks import Ask, asks
from structures.enums.pathway import LineState
from structures.enums.people import ApplicationStatus
from structures.facts import Fact, facts
from structures.models import Application, Appointment, Contact, ResourceCall
from structures.selectors.people import ENDS_SOON, applications_in, letters_in, letters_in_force, without_letter

Found = dict[tuple[uuid.UUID, str], Fact]


@facts("people")
def people_facts(structures: Sequence[ESMS]) -> Found:
    """Four queries."""
    contacts: dict[uuid.UUID, list[Contact]] = defaultdict(list)
    for contact in Contact.objects.filter(esms__in=structures).order_by("added_at"):
        contacts[contact.esms_id].append(contact)
    applications: dict[uuid.UUID, list[Application]] = defaultdict(list)
    for application in applications_in(structures):
        applications[application.esms_id].append(application)
    letters = _letters(structures)
    referents = _referents(structures)
    today, found = french.today(), {}
    for esms in structures:
        found[esms.pk, "act_share_contacts"] = _shared(contacts[esms.pk])
        found[esms.pk, "act_identify_resource_persons"] = _identified(applications[esms.pk])
        found[esms.pk, "act_involve_resource_persons"] = _involved(applications[esms.pk])
        found[esms.pk, "act_release_time"] = _released(applications[esms.pk])
        found[esms.pk, "act_appoint_referent"] = _appointed(letters[esms.pk], referents[esms.pk], today)
        found[esms.pk, "act_keep_referent"] = _kept(letters[esms.pk], today)
    return found


def _letters(structures: Sequence[ESMS]) -> dict[uuid.UUID, list[Appointment]]:
    letters: dict[uuid.UUID, list[Appointment]] = defaultdict(list)
    for letter in letters_in(structures):
        letters[letter.esms_id].append(letter)
    return letters


def _referents(structures: Sequence[ESMS]) -> dict[uuid.UUID, list[User]]:
    held: dict[uuid.UUID, list[User]] = defaultdict(list)
    rows = Membership.objects.active().filter(esms__in=structures, role=Role.LOCAL_REFERENT).select_related("user")
    for membership in rows.order_by("user__last_name", "user__first_name"):
        if membership.esms_id is not None:
            held[membership.esms_id].append(membership.user)
    return held


def _shared(contacts: list[Contact]) -> Fact:
    opened = [contact for contact in contacts if contact.authorised_on]
    if opened:
        words = french.counted(len(opened), "contact peut", "contacts peuvent")
        day = min(contact.authorised_on for contact in opened if contact.authorised_on)
        return Fact(LineState.DONE, f"{words} répondre au chef de projet", day)
    if contacts:
        words = french.counted(len(contacts), "contact inscrit", "contacts inscrits")
        return Fact(LineState.IN_PROGRESS, f"{words}, sans autorisation de répondre au chef de projet")
    return Fact(LineState.TODO, "aucun contact n’est inscrit")


def _identified(applications: list[Application]) -> Fact:
    sent = [item for item in applications if item.submitted_at]
    if sent:
        words = french.counted(len(sent), "personne proposée", "personnes proposées", feminine=True)
        day = min(french.day(item.submitted_at) for item in sent if item.submitted_at)
        return Fact(LineState.DONE, f"{words} au chef de projet", day)
    if applications:
        words = french.counted(len(applications), "candidature", "candidatures", feminine=True)
        return Fact(LineState.IN_PROGRESS, f"{words} à compléter et à transmettre")
    return Fact(LineState.TODO, "aucune personne n’est proposée")


def _involved(applications: list[Application]) -> Fact:
    agreed = [item for item in applications if item.person_agreed_on]
    if not applications:
        return Fact(LineState.TODO, "aucune personne n’est proposée")
    if len(agreed) < len(applications):
        missing = len(applications) - len(agreed)
        return Fact(LineState.IN_PROGRESS, f"{french.plural(missing, 'accord attendu', 'accords attendus')}")
    words = french.counted(len(agreed), "accord enregistré", "accords enregistrés")
    return Fact(LineState.DONE, words, max(item.person_agreed_on for item in agreed if item.person_agreed_on))


def _released(applications: list[Application]) -> Fact:
    agreed = [item for item in applications if item.manager_agreed_on and item.hours_per_month]
    if not applications:
        return Fact(LineState.TODO, "aucune personne n’est proposée")
    if len(agreed) < len(applications):
        missing = len(applications) - len(agreed)
        words = french.counted(missing, "personne", "personnes", feminine=True)
        return Fact(LineState.IN_PROGRESS, f"le temps de {words} reste à dégager")
    hours = sum(item.hours_per_month or 0 for item in agreed)
    words = french.counted(len(agreed), "personne", "personnes", feminine=True)
    day = max(item.manager_agreed_on for item in agreed if item.manager_agreed_on)
    return Fact(LineState.DONE, f"{french.plural(hours, 'heure', 'heures')} par mois pour {words}", day)


def _appointed(letters: list[Appointment], referents: list[User], today: date) -> Fact:
    current = letters_in_force(letters, today)
    if current:
        names = french.listed([letter.referent.get_full_name() for letter in current])
        return Fact(LineState.DONE, f"lettre de mission de {names}", french.day(current[-1].appointed_at))
    if letters:
        return Fact(LineState.IN_PROGRESS, "la lettre de mission est arrivée à son terme")
    if referents:
        names = french.listed([user.get_full_name() for user in referents])
        has = french.agree(len(referents), "a", "ont")
        return Fact(LineState.IN_PROGRESS, f"{names} {has} un accès, sans lettre de mission")
    return Fact(LineState.TODO, "aucun référent local n’est nommé")


def _kept(letters: list[Appointment], today: date) -> Fact:
    renewed = [letter for letter in letters_in_force(letters, today) if letter.renews_id]
    if renewed:
        hours = french.plural(renewed[0].hours_per_week, "heure", "heures")
        return Fact(LineState.DONE, f"mission reconduite, {hours} par semaine", french.day(renewed[0].appointed_at))
    return Fact(LineState.TODO, "la mission n’est pas encore reconduite")


@asks("people")
def people_asks(structures: Sequence[ESMS]) -> list[Ask]:
    """Calls without an answer, agreements and mission letters that wait for the direction. Four queries."""
    today = french.today()
    projects = {esms.project_id: esms.project for esms in structures}
    calls = ResourceCall.objects.filter(project__in=list(projects), closed_at=None, open_until__gte=today)
    applications = list(applications_in(structures))
    answered = {(item.esms_id, item.call_id) for item in applications}
    places = {esms.pk: esms for esms in structures}
    found = [
        Ask(
            esms=esms,
            title=french.typography(f"Proposer une personne ressource : {call.title}"),
            url=f"{_url('people_application_add', esms)}?appel={call.pk}",
            detail="appel à candidatures du chef de projet",
            due_on=call.open_until,
            icon="people",
        )
        for call in calls.order_by("open_until")
        for esms in structures
        if esms.project_id == call.project_id and (esms.pk, call.pk) not in answered
    ]
    for item in applications:
        if item.status == ApplicationStatus.DRAFT and item.person_agreed_on and not item.manager_agreed_on:
            esms = places[item.esms_id]
            found.append(
                Ask(
                    esms=esms,
                    title=f"Donner l’accord de la direction pour {item.name}",
                    url=f"{_url('people_application', esms, item.pk)}#direction",
                    detail="avec le temps dégagé pour le projet",
                    due_on=item.call.open_until if item.call else None,
                    of_director=True,
                    icon="check",
                )
            )
    return [*found, *_about_letters(structures, today)]


def _about_letters(structures: Sequence[ESMS], today: date) -> list[Ask]:
    letters, referents = _letters(structures), _referents(structures)
    found = []
    for esms in structures:
        found += [
            Ask(
                esms=esms,
                title=f"Signer la lettre de mission de {user.get_full_name()}",
                url=f"{_url('people_appoint', esms)}?referent={user.pk}",
                detail="référent local, sans mission écrite",
                of_director=True,
                icon="edit",
            )
            for user in without_letter(referents[esms.pk], letters_in_force(letters[esms.pk], today))
        ]
        found += [
            Ask(
                esms=esms,
                title=f"Reconduire la mission de {letter.referent.get_full_name()}",
                url=f"{_url('people_appoint', esms)}?reconduire={letter.pk}",
                detail="la lettre de mission arrive à son terme",
                due_on=letter.ends_on,
                of_director=True,
                icon="refresh",
            )
            for letter in letters_in_force(letters[esms.pk], today)
            if letter.ends_on and letter.ends_on <= today + ENDS_SOON
        ]
    return found


def _url(name: str, esms: ESMS, *more: object) -> str:
    return reverse(name, args=[esms.project.slug, esms.slug, *more])
