"""Contacts, people proposed to the project, mission letters; the directory of the project lead."""

import csv
import io
import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from common.errors import DomainError
from common.scope import elevated
from organisations.enums import Role
from organisations.models import ESMS
from structures.asks import Ask, asks_of
from structures.enums.pathway import LineState
from structures.enums.people import ApplicationStatus, Skill
from structures.facts import facts_of
from structures.models import Application, Appointment, Contact, ResourceCall
from structures.services.people import appoint
from tests.browser.visitor import plain
from tests.harness.world import INSIDE, RIVAL, SLUG, World
from tests.structures.resource_factories import ApplicationFactory, CallFactory, ContactFactory, LetterFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def foyer(world: World) -> ESMS:
    """A structure with nobody yet, and no call in the project."""
    esms = world.own.structures[0]
    esms.project = world.project
    with elevated():
        Application.objects.filter(project=world.project).delete()
        ResourceCall.objects.filter(project=world.project).delete()
        Contact.objects.filter(esms=esms).delete()
        Appointment.objects.filter(esms=esms).delete()
    return esms


@pytest.fixture
def director(world: World, client_as: Callable) -> Client:
    return client_as(world.person(Role.ESMS_DIRECTOR))


@pytest.fixture
def referent(world: World, client_as: Callable) -> Client:
    return client_as(world.person(Role.LOCAL_REFERENT))


def url(name: str, *more: object) -> str:
    return reverse(name, args=[SLUG, "foyer", *more])


def words(answer: HttpResponse) -> str:
    return plain(html.fromstring(answer.content.decode()).xpath("//main")[0].text_content())


def title(answer: HttpResponse) -> str:
    return plain(html.fromstring(answer.content.decode()).xpath("//h1")[0].text_content())


def state(esms: ESMS, code: str) -> LineState:
    with elevated():
        return facts_of([esms])[esms.pk, code].state


def asked(esms: ESMS, start: str) -> list[Ask]:
    with elevated():
        return [ask for ask in asks_of([esms]) if plain(ask.title).startswith(start)]


# --- Contacts --------------------------------------------------------------------------------------------------------

CONTACT = {"function": "it_manager", "organisation": "Service informatique", "email": "si@exemple.fr"}


def test_a_contact_is_entered_once_and_opened_by_the_direction_alone(
    foyer: ESMS, director: Client, referent: Client
) -> None:
    assert state(foyer, "act_share_contacts") == LineState.TODO
    token = uuid.uuid4()
    for _ in range(2):
        page = referent.post(url("people_contact_add"), {**CONTACT, "token": token}, follow=True)
    assert title(page) == "Service informatique"
    assert "La direction de la structure l’autorise à répondre au chef de projet." in words(page)
    assert state(foyer, "act_share_contacts") == LineState.IN_PROGRESS
    with elevated():
        contact = Contact.objects.get(esms=foyer)
    authorise = url("people_contact_authorise", contact.pk)
    assert referent.post(authorise).status_code == 403
    assert "peut répondre au chef de projet" in words(director.post(authorise, follow=True))
    assert state(foyer, "act_share_contacts") == LineState.DONE
    director.post(authorise, {"undo": "1"})
    assert state(foyer, "act_share_contacts") == LineState.IN_PROGRESS


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"organisation": ""}, "Donnez un organisme, un service ou un nom."),
        ({"email": ""}, "Donnez une adresse électronique ou un téléphone."),
        ({"email": "si"}, "Cette adresse n’est pas complète"),
    ],
)
def test_a_contact_that_cannot_be_reached_is_refused_at_its_field(
    foyer: ESMS, director: Client, values: dict[str, str], told: str
) -> None:
    answer = director.post(url("people_contact_add"), {**CONTACT, "token": uuid.uuid4(), **values})
    assert answer.status_code == 422
    page = html.fromstring(answer.content.decode())
    field = next(iter(values))
    assert told in plain(page.xpath(f"//*[@id='id_{field}_error']")[0].text_content())


def test_a_contact_taken_out_leaves_the_table_and_comes_back_as_it_was(
    world: World, foyer: ESMS, director: Client
) -> None:
    contact = ContactFactory(esms=foyer, name="Joris Penvéral", added_by=world.lead)
    remove = url("people_contact_remove", contact.pk)
    page = director.post(remove, follow=True)
    assert "Joris Penvéral est retiré des contacts." in words(page)
    with elevated():
        assert not Contact.objects.filter(esms=foyer).exists()
    for _ in range(2):
        page = director.post(remove, {"undo": "1"}, follow=True)
    assert "Joris Penvéral" in words(page)
    with elevated():
        assert Contact.objects.get(esms=foyer).email == contact.email


def test_nobody_puts_back_a_contact_of_another_structure(world: World, foyer: ESMS, director: Client) -> None:
    stranger = world.own.work[2].resources.contact.pk
    with elevated():
        Contact.objects.filter(pk=stranger).delete()
    page = director.post(url("people_contact_remove", stranger), {"undo": "1"}, follow=True)
    assert RIVAL not in page.content.decode()
    assert "Ce contact n’a jamais été inscrit ici." in words(page)


def test_two_people_who_correct_a_contact_lose_nothing(
    world: World, foyer: ESMS, director: Client, referent: Client
) -> None:
    contact = ContactFactory(esms=foyer, added_by=world.lead)
    sheet = {**CONTACT, "version": contact.version}
    referent.post(url("people_contact", contact.pk), {**sheet, "note": "Le matin"})
    answer = director.post(url("people_contact", contact.pk), {**sheet, "note": "L’après-midi"})
    assert answer.status_code == 409
    assert "Vous : L’après-midi" in words(answer)
    assert "L’autre personne : Le matin" in words(answer)
    assert 'value="L’après-midi"' in answer.content.decode()


# --- People proposed -------------------------------------------------------------------------------------------------

PERSON = {"name": "Capucine Jonquelet", "email": "c.jonquelet@exemple.fr", "function": "Infirmière"}


def test_from_the_call_to_the_directory(
    world: World, foyer: ESMS, director: Client, referent: Client, lead: Client
) -> None:
    """The lead calls, the referent proposes, the person and the direction agree, the lead retains."""
    posted = {
        "title": "Relire les transmissions",
        "workload": "Deux heures par mois",
        "skills": ["care"],
        "open_until": TODAY + timedelta(days=9),
        "token": uuid.uuid4(),
    }
    lead.post(reverse("people_call_open", args=[SLUG]), posted)
    with elevated():
        call = ResourceCall.objects.get(project=world.project)
    (ask,) = asked(foyer, "Proposer une personne")
    assert ask.due_on == call.open_until
    assert not ask.of_director

    page = referent.post(url("people_application_add"), {**PERSON, "call": call.pk, "token": uuid.uuid4()}, follow=True)
    assert not asked(foyer, "Proposer une personne")
    with elevated():
        application = Application.objects.get(esms=foyer)
    here = [application.pk]
    assert title(page) == (
        "Capucine Jonquelet : il manque ses compétences, sa disponibilité, son accord et l’accord de la direction"
    )
    early = referent.post(url("people_application_submit", *here))
    assert early.status_code == 422
    assert "Avant de transmettre, il manque ses compétences" in words(early)
    assert lead.get(url("people_application", *here)).status_code == 404  # who may still say no is not shown

    known = {"part": "competences", "skills": ["care", "writing"], "days_per_month": "1,5", "version": 1}
    referent.post(url("people_application", *here), known)
    referent.post(url("people_application_agreement", *here))
    assert state(foyer, "act_involve_resource_persons") == LineState.DONE
    (ask,) = asked(foyer, "Donner l’accord de la direction")
    assert ask.of_director
    with elevated():
        application.refresh_from_db()
    assert application.days_per_month == Decimal("1.5")
    time = {"hours_per_month": "12", "compensation": "Remplacée le jeudi", "version": application.version}
    assert referent.post(url("people_application_release", *here), time).status_code == 403
    director.post(url("people_application_release", *here), time)
    assert state(foyer, "act_release_time") == LineState.DONE
    assert state(foyer, "act_identify_resource_persons") == LineState.IN_PROGRESS
    page = referent.post(url("people_application_submit", *here), follow=True)
    assert title(page) == "Capucine Jonquelet : candidature transmise, sans réponse pour l’instant"
    assert state(foyer, "act_identify_resource_persons") == LineState.DONE

    directory = lead.get(reverse("people_follow_up", args=[SLUG]))
    assert title(directory) == "Personne ne peut encore être mobilisé ; une candidature attend une réponse"
    with elevated():
        application.refresh_from_db()
    read = {"version": application.version}
    silent = lead.post(url("people_application_decide", *here), {"answer": "declined", "word": " ", **read})
    assert silent.status_code == 422
    assert "Dites en un mot pourquoi" in words(silent)
    lead.post(url("people_application_decide", *here), {"answer": "retained", "word": "Premier atelier mardi.", **read})
    assert title(lead.get(reverse("people_follow_up", args=[SLUG]))) == (
        "Une personne peut être mobilisée, 12 heures par mois"
    )
    assert "Premier atelier mardi." in words(referent.get(url("people_application", *here)))


def test_what_is_transmitted_is_taken_back_before_it_is_changed(world: World, foyer: ESMS, director: Client) -> None:
    application = ApplicationFactory(esms=foyer, added_by=world.lead)
    here, person = [application.pk], {**PERSON, "part": "personne", "name": "Autre nom", "version": application.version}
    locked = director.post(url("people_application", *here), person)
    assert locked.status_code == 422
    assert "Cette candidature est transmise : reprenez-la pour la changer." in words(locked)
    director.post(url("people_application_submit", *here), {"undo": "1"})
    with elevated():
        application.refresh_from_db()
    assert application.status == ApplicationStatus.DRAFT
    director.post(url("people_application", *here), {**person, "version": application.version})
    with elevated():
        application.refresh_from_db()
    assert application.name == "Autre nom"


def test_an_answered_application_is_not_taken_back(world: World, foyer: ESMS, director: Client, lead: Client) -> None:
    application = ApplicationFactory(esms=foyer, added_by=world.lead)
    decide = url("people_application_decide", application.pk)
    lead.post(decide, {"answer": "declined", "word": "Déjà trois infirmières.", "version": application.version})
    late = director.post(url("people_application_submit", application.pk), {"undo": "1"})
    assert late.status_code == 422
    assert "Le chef de projet a déjà répondu" in words(late)
    lead.post(decide, {"undo": "1"})
    assert director.post(url("people_application_submit", application.pk), {"undo": "1"}).status_code == 302


def test_the_lead_who_answers_what_was_just_taken_back_is_told(world: World, foyer: ESMS, lead: Client) -> None:
    application = ApplicationFactory(esms=foyer, draft=True, added_by=world.lead)
    page = lead.post(url("people_application_decide", application.pk), {"answer": "retained"}, follow=True)
    assert "La structure vient de reprendre cette candidature" in words(page)
    with elevated():
        application.refresh_from_db()
    assert application.status == ApplicationStatus.DRAFT


def test_two_parts_of_one_application_are_written_at_once(
    world: World, foyer: ESMS, director: Client, referent: Client
) -> None:
    application = ApplicationFactory(esms=foyer, draft=True, added_by=world.lead)
    here, version = [application.pk], application.version
    known = {"part": "competences", "skills": ["care"], "days_per_month": "2", "version": version}
    assert referent.post(url("people_application", *here), known).status_code == 302
    time = {"hours_per_month": "9", "version": version}
    assert director.post(url("people_application_release", *here), time).status_code == 302
    answer = director.post(url("people_application", *here), {**known, "days_per_month": "3"})
    assert answer.status_code == 409
    assert "L’autre personne : 2" in words(answer)
    with elevated():
        application.refresh_from_db()
    assert (application.skills, application.hours_per_month) == (["care"], 9)


def test_a_closed_call_takes_no_more_people(world: World, foyer: ESMS, director: Client, lead: Client) -> None:
    call = CallFactory(project=world.project, opened_by=world.lead)
    close = reverse("people_call_close", args=[SLUG, call.pk])
    lead.post(close)
    assert not asked(foyer, "Proposer une personne")
    answer = director.post(url("people_application_add"), {**PERSON, "call": call.pk, "token": uuid.uuid4()})
    assert answer.status_code == 422
    assert "Cet appel n’est plus ouvert" in words(answer)
    lead.post(close, {"undo": "1"})
    assert len(asked(foyer, "Proposer une personne")) == 1


def test_a_person_taken_out_comes_back(world: World, foyer: ESMS, director: Client) -> None:
    application = ApplicationFactory(esms=foyer, draft=True, name="Léonce", added_by=world.lead)
    remove = url("people_application_remove", application.pk)
    assert "Léonce n’est plus proposé." in words(director.post(remove, follow=True))
    with elevated():
        assert not Application.objects.filter(esms=foyer).exists()
    assert "Léonce est de nouveau inscrit ici." in words(director.post(remove, {"undo": "1"}, follow=True))


# --- The directory ---------------------------------------------------------------------------------------------------


@pytest.fixture
def three(world: World, foyer: ESMS) -> list[Application]:
    """One who cares until next month, one who writes in the other OG, one begun."""
    rival = world.own.structures[2]
    return [
        ApplicationFactory(
            esms=foyer, name="Soignante", available_until=TODAY + timedelta(days=30), added_by=world.lead
        ),
        ApplicationFactory(esms=rival, name="Écrivain", skills=[Skill.WRITING.value], added_by=world.lead),
        ApplicationFactory(esms=foyer, name="Pressentie", draft=True, added_by=world.lead),
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Soignante", "Écrivain"]),
        ("competence=care", ["Soignante"]),
        ("structure=foyer-aval", ["Écrivain"]),
        ("etat=retained", []),
        (f"libre={TODAY + timedelta(days=60)}", ["Écrivain"]),
        ("competence=rien&og=rien&libre=rien", ["Soignante", "Écrivain"]),
    ],
)
def test_the_directory_is_narrowed(three: list[Application], lead: Client, query: str, names: list[str]) -> None:
    page = html.fromstring(lead.get(f"{reverse('people_follow_up', args=[SLUG])}?{query}").content.decode())
    assert sorted(plain(item) for item in page.xpath("//tbody//th//a/text()")) == sorted(names)


def test_a_director_of_an_og_reads_its_own_people_only(
    world: World, three: list[Application], client_as: Callable
) -> None:
    rival = client_as(world.rival_director)
    assert "Soignante" not in rival.get(reverse("people_follow_up", args=[SLUG])).content.decode()
    exported = rival.get(reverse("people_follow_up_export", args=[SLUG]) + "?format=csv").content.decode()
    assert "Écrivain" in exported
    assert "Soignante" not in exported


def test_the_export_takes_no_cell_for_a_formula(world: World, foyer: ESMS, lead: Client) -> None:
    ApplicationFactory(esms=foyer, name="=1+1", compensation="@SUM(A1)", added_by=world.lead)
    content = lead.get(reverse("people_follow_up_export", args=[SLUG]) + "?format=csv").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(content), delimiter=";") for cell in row]
    assert "'=1+1" in cells
    assert "'@SUM(A1)" in cells
    book = lead.get(reverse("people_follow_up_export", args=[SLUG]))
    assert book.content[:2] == b"PK"


def test_a_vendor_or_an_observer_hears_of_no_call(world: World, client_as: Callable) -> None:
    for role in (Role.VENDOR, Role.OBSERVER, Role.COSTRAT, Role.COMOP, Role.PURCHASING):
        client = client_as(world.person(role))
        assert client.get(reverse("people_follow_up", args=[SLUG])).status_code == 403
        assert client.get(reverse("people_call", args=[SLUG, world.own.work[0].resources.call.pk])).status_code == 403


def test_the_contacts_of_all_structures_say_who_may_answer(
    world: World, foyer: ESMS, lead: Client, client_as: Callable
) -> None:
    with elevated():
        Contact.objects.filter(project=world.project).delete()
    assert title(lead.get(reverse("people_contacts", args=[SLUG]))) == "Aucune structure n’a encore inscrit de contact"
    ContactFactory(esms=foyer, name="Joris", authorised_on=TODAY, added_by=world.lead)
    ContactFactory(esms=foyer, name="Hanaé", function="quality", added_by=world.lead)
    ContactFactory(esms=world.own.structures[2], name="Ailleurs", added_by=world.lead)
    page = lead.get(reverse("people_contacts", args=[SLUG]))
    assert title(page) == "Un contact peut répondre ; une structure n’en a inscrit aucun"
    narrowed = words(lead.get(reverse("people_contacts", args=[SLUG]) + "?fonction=quality"))
    assert "Hanaé" in narrowed
    assert "Joris" not in narrowed
    exported = client_as(world.rival_director).get(reverse("people_contacts_export", args=[SLUG]) + "?format=csv")
    assert "Ailleurs" in exported.content.decode()
    assert "Joris" not in exported.content.decode()


# --- Mission letters -------------------------------------------------------------------------------------------------

LETTER = {"mission": "Seconder la direction.", "hours_per_week": "7,5", "starts_on": TODAY}


def test_the_direction_signs_the_letter_of_a_referent(
    world: World, foyer: ESMS, director: Client, referent: Client
) -> None:
    user = world.person(Role.LOCAL_REFERENT)
    assert state(foyer, "act_appoint_referent") == LineState.IN_PROGRESS  # has access, no letter
    assert all(ask.of_director for ask in asked(foyer, "Signer la lettre de mission"))
    posted = {**LETTER, "referent": user.pk, "token": uuid.uuid4()}
    assert referent.post(url("people_appoint"), posted).status_code == 403
    for _ in range(2):
        page = director.post(url("people_appoint"), posted, follow=True)
    assert title(page) == f"{user.get_full_name()} a 7,5 heures par semaine pour le projet"
    assert state(foyer, "act_appoint_referent") == LineState.DONE
    assert state(foyer, "act_keep_referent") == LineState.TODO
    with elevated():
        assert Appointment.objects.filter(esms=foyer).count() == 1


def test_only_a_referent_of_the_structure_is_appointed(world: World, foyer: ESMS, director: Client) -> None:
    for stranger in (world.rival_referent, world.person(Role.COMOP)):
        answer = director.post(url("people_appoint"), {**LETTER, "referent": stranger.pk, "token": uuid.uuid4()})
        assert answer.status_code == 422
        with elevated(), pytest.raises(DomainError, match="n’est pas référent local"):
            appoint(
                esms=foyer,
                referent=stranger,
                mission="x",
                hours_per_week=Decimal(1),
                starts_on=TODAY,
                ends_on=None,
                user=world.lead,
                token=uuid.uuid4(),
            )


def test_a_letter_that_ends_asks_to_be_renewed_and_is(world: World, foyer: ESMS, director: Client) -> None:
    user = world.person(Role.LOCAL_REFERENT)
    former = LetterFactory(esms=foyer, referent=user, ends_on=TODAY + timedelta(days=20), appointed_by=world.lead)
    (ask,) = asked(foyer, "Reconduire la mission")
    assert (ask.due_on, ask.of_director) == (former.ends_on, True)
    page = html.fromstring(director.get(ask.url).content.decode())
    form = page.xpath("//form[@id='mission']")[0]
    given = {name: form.xpath(f".//*[@name='{name}']/@value")[0] for name in ("renews", "starts_on", "hours_per_week")}
    assert given["starts_on"] == (former.ends_on + timedelta(days=1)).isoformat()
    assert given["hours_per_week"] == "7"
    director.post(
        url("people_appoint"), {**LETTER, **given, "hours_per_week": "3", "referent": user.pk, "token": uuid.uuid4()}
    )
    assert not asked(foyer, "Reconduire la mission")
    assert state(foyer, "act_keep_referent") == LineState.DONE
    assert "3 heures par semaine" in words(director.get(url("people_home")))


def test_a_letter_that_ended_without_a_word_asks_to_be_signed_again(world: World, foyer: ESMS) -> None:
    user = world.person(Role.LOCAL_REFERENT)
    LetterFactory(esms=foyer, referent=user, ends_on=TODAY - timedelta(days=1), appointed_by=world.lead)
    assert f"Signer la lettre de mission de {user.get_full_name()}" in [ask.title for ask in asked(foyer, "Signer")]
    assert state(foyer, "act_appoint_referent") == LineState.IN_PROGRESS


def test_a_letter_taken_back_says_so_and_comes_back(world: World, foyer: ESMS, director: Client) -> None:
    user = world.person(Role.LOCAL_REFERENT)
    letter = LetterFactory(esms=foyer, referent=user, appointed_by=world.lead)
    remove = url("people_letter_remove", letter.pk)
    page = director.post(remove, follow=True)
    assert "Son accès ne change pas." in words(page)
    assert director.get(url("people_letter", letter.pk)).status_code == 404
    director.post(remove, {"undo": "1"})
    assert director.get(url("people_letter", letter.pk)).status_code == 200


def test_the_lead_reads_the_people_and_changes_nothing(lead: Client) -> None:
    answer = lead.get(url("people_home"))
    assert INSIDE in words(answer)
    assert "Pressentie" not in words(answer)
    assert not html.fromstring(answer.content.decode()).xpath("//main//form")
