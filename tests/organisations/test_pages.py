"""The pages of organisations, as each person sees them."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from common import french
from common.french import typography
from common.scope import elevated
from organisations.enums import Role
from organisations.models import ESMS, OG, ESMSProfile, Invitation, Membership, Project, User
from organisations.services import update_profile, update_project
from organisations.tasks import send_invitations
from tests import factories
from tests.harness.world import FOREIGN, INSIDE, RIVAL, SIBLING

GOOD_PASSWORD = "quatre mots sans rapport"


@pytest.fixture
def url(world):
    """The address of a page of the project."""

    def address(name, *args):
        return reverse(name, args=[world.project.slug, *args])

    return address


@pytest.fixture
def director(world, client_as):
    return client_as(world.person(Role.ESMS_DIRECTOR))


@pytest.fixture
def observer(world, client_as):
    return client_as(world.person(Role.OBSERVER))


@pytest.fixture
def full_sheet(world):
    """The structure « foyer » with right numbers in its sheet."""
    with elevated():
        profile = ESMSProfile.objects.get(esms=world.own.structures[0])
        return update_profile(profile, version=1, siret="73282932000074", finess_et="370990210")


def text(response):
    """The words of a page, without its tags, on one line."""
    body = re.sub(r"<(head|nav)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def htmx(client, address, **data):
    return client.post(address, data, headers={"HX-Request": "true"})


# --- The directory --------------------------------------------------------------------------------------------------


def test_the_directory_says_where_the_structures_stand(world, lead, url):
    page = text(lead.get(url("structures")))
    assert "Trois structures de deux OG" in page
    assert "en cadrage" in page
    assert "Foyer d’Aval" in page


def test_who_takes_part_reads_the_directory_but_opens_nothing_that_is_not_theirs(world, observer, director, url):
    inside = url("structure", "foyer")
    page = observer.get(url("structures")).content.decode()
    assert "Foyer d’Aval" in page
    assert inside not in page
    page = director.get(url("structures")).content.decode()
    assert inside in page
    assert url("structure", "foyer-aval") not in page
    assert url("structure", "atelier") not in page


def test_only_the_lead_is_offered_to_add(world, lead, director, url):
    assert url("og_add") in lead.get(url("structures")).content.decode()
    assert url("og_add") not in director.get(url("structures")).content.decode()


def test_an_empty_directory_offers_the_first_step(db, client_as):
    project = factories.ProjectFactory()
    first = factories.MembershipFactory(role=Role.PROJECT_LEAD, target=project)
    page = client_as(first.user).get(reverse("structures", args=[project.slug])).content.decode()
    assert "encore vide" in page
    assert reverse("og_add", args=[project.slug]) in page


# --- A structure ----------------------------------------------------------------------------------------------------


def test_a_structure_shows_what_its_sheet_lacks_and_who_works_there(world, director, url, full_sheet):
    update_as_elevated(full_sheet, siret="")
    page = text(director.get(url("structure_team", "foyer")))
    assert "Il manque le SIRET dans sa fiche." in page
    assert INSIDE in page  # its referent
    assert SIBLING not in page


@pytest.mark.parametrize("slug", ["atelier", "foyer-aval", "nulle-part"])
def test_the_inside_of_another_structure_does_not_exist(director, url, slug):
    assert director.get(url("structure_team", slug)).status_code == 404


def test_a_referent_and_an_og_director_read_the_sheet_but_do_not_write_it(world, client_as, url, full_sheet):
    for role in (Role.LOCAL_REFERENT, Role.OG_DIRECTOR):
        client = client_as(world.person(role))
        page = client.get(url("structure_team", "foyer"))
        assert "73282932000074" in text(page)
        assert url("profile_field", "foyer", "siret") not in page.content.decode()
        answer = htmx(client, url("profile_field", "foyer", "siret"), version=full_sheet.version, siret="1")
        assert answer.status_code == 403


def test_a_director_does_not_write_what_the_whole_project_reads(director, url):
    answer = htmx(director, url("esms_field", "foyer", "name"), version=1, name="Autre nom")
    assert answer.status_code == 403


def test_the_lead_writes_the_day_on_which_the_record_opened_and_its_people_read_it(world, lead, client_as, url):
    address = url("esms_field", "foyer", "opened_on")
    with elevated():
        ESMS.objects.filter(pk=world.own.structures[0].pk).update(opened_on=None)
        version = ESMS.objects.get(pk=world.own.structures[0].pk).version
    tomorrow = french.today() + timedelta(days=1)
    refused = htmx(lead, address, version=version, opened_on=tomorrow.isoformat())
    assert refused.status_code == 422
    assert "n’est pas encore passée" in text(refused)
    assert htmx(lead, address, version=version, opened_on="2026-04-27").status_code == 200
    director = client_as(world.person(Role.ESMS_DIRECTOR))
    page = text(director.get(url("structure_team", "foyer")))
    assert "Ouverture du DUI (J0)" in page
    assert "27 avril 2026" in page
    assert htmx(director, address, version=version + 1, opened_on="").status_code == 403
    assert htmx(lead, address, version=version, opened_on="2026-05-04").status_code == 409
    today = french.today().isoformat()
    assert htmx(lead, address, version=version + 1, opened_on=today).status_code == 200


def test_a_field_saves_itself_and_says_so(world, director, url, full_sheet):
    address = url("profile_field", "foyer", "siret")
    answer = htmx(director, address, version=full_sheet.version, siret="356 000 000 00048")
    assert answer.status_code == 200
    assert "Enregistré à" in text(answer)
    assert 'value="35600000000048"' in answer.content.decode()
    assert "Sa fiche est complète" in text(answer)  # the page's own sentence follows
    with elevated():
        assert ESMSProfile.objects.get(pk=full_sheet.pk).siret == "35600000000048"


def test_a_wrong_key_is_kept_and_pointed_out_to_who_writes_and_who_reads(world, director, client_as, url, full_sheet):
    answer = htmx(director, url("profile_field", "foyer", "siret"), version=full_sheet.version, siret="73282932000075")
    assert answer.status_code == 200
    assert "La clé de ce numéro SIRET n’est pas juste" in text(answer)
    assert "La clé de ce numéro SIRET n’est pas juste" in text(director.get(url("structure_team", "foyer")))
    reader = client_as(world.person(Role.LOCAL_REFERENT))
    assert "La clé de ce numéro SIRET n’est pas juste" in text(reader.get(url("structure_team", "foyer")))


def test_a_malformed_number_is_refused_and_stays_on_the_screen(director, url, full_sheet):
    answer = htmx(director, url("profile_field", "foyer", "siret"), version=full_sheet.version, siret="12")
    assert answer.status_code == 422
    assert "14 chiffres" in text(answer)
    assert 'value="12"' in answer.content.decode()
    with elevated():
        assert ESMSProfile.objects.get(pk=full_sheet.pk).siret == "73282932000074"


def test_what_the_rules_refuse_is_said_beside_the_field(director, url, full_sheet):
    answer = htmx(
        director, url("profile_field", "foyer", "users_to_equip"), version=full_sheet.version, users_to_equip="900"
    )
    assert answer.status_code == 422
    assert "plus d’utilisateurs à équiper que de professionnels" in text(answer)


def test_two_texts_that_meet_are_shown_side_by_side(world, lead, url):
    update_as_elevated(world.project, summary="Le texte de l’autre.")
    answer = htmx(lead, url("project_field", "summary"), version=1, summary="Mon texte à moi.")
    assert answer.status_code == 409
    assert "Mon texte à moi." in text(answer)
    assert "Le texte de l’autre." in text(answer)
    kept = re.search(r'name="version" value="(\d+)"', answer.content.decode())[1]
    assert htmx(lead, url("project_field", "summary"), version=kept, summary="Les deux.").status_code == 200
    with elevated():
        assert Project.objects.get(pk=world.project.pk).summary == "Les deux."


def test_two_choices_that_meet_are_shown_in_words(world, lead, url):
    update_as_elevated(world.project, phase="pilot")
    answer = htmx(lead, url("project_field", "phase"), version=1, phase="purchase")
    assert answer.status_code == 409
    assert "Achat" in text(answer)
    assert "Pilote" in text(answer)


def test_without_scripts_the_same_fields_work(director, url, full_sheet):
    address = url("profile_field", "foyer", "capacity")
    saved = director.post(address, {"version": full_sheet.version, "capacity": "44"})
    assert saved.status_code == 302
    refused = director.post(address, {"version": full_sheet.version + 1, "capacity": "beaucoup"})
    assert refused.status_code == 422
    assert "n’est pas encore enregistrée" in text(refused)
    met = director.post(address, {"version": full_sheet.version, "capacity": "45"})
    assert met.status_code == 409
    assert "n’est pas encore enregistrée" in text(met)


def test_no_other_field_can_be_slipped_in(world, director, url, full_sheet):
    rival = world.own.structures[2]
    htmx(
        director, url("profile_field", "foyer", "capacity"), version=full_sheet.version, capacity="44", staff="1",
        esms=rival.pk, og=rival.og_id,
    )  # fmt: skip
    with elevated():
        kept = ESMSProfile.objects.get(pk=full_sheet.pk)
    assert (kept.capacity, kept.staff, kept.esms_id) == (44, full_sheet.staff, full_sheet.esms_id)
    for field in ("esms", "version", "id", "nothing"):
        assert htmx(director, url("profile_field", "foyer", field), version=1).status_code == 404


def test_the_history_tells_who_changed_what(world, director, url, full_sheet):
    htmx(director, url("profile_field", "foyer", "capacity"), version=full_sheet.version, capacity="44")
    page = text(director.get(url("structure_team", "foyer")))
    assert re.search(r"Direction d’ESMS \w+(\s|&nbsp;): Capacité\s: «\s44\s» au lieu de «\s40\s»", page)


def update_as_elevated(row, **values):
    """Somebody else wrote these meanwhile."""
    with elevated():
        fresh = type(row).objects.get(pk=row.pk)
        write = update_project if isinstance(row, Project) else update_profile
        write(fresh, version=fresh.version, **values)


# --- « Qui a accès à quoi » -----------------------------------------------------------------------------------------


def test_the_lead_sees_everybody_of_the_project_and_nobody_else(lead, url):
    page = text(lead.get(url("people")))
    for canary in (INSIDE, SIBLING, RIVAL):
        assert canary in page
    assert FOREIGN not in page
    assert "personnes ont accès à ce projet" in page


def test_a_director_sees_their_structures_only(director, url):
    page = text(director.get(url("people")))
    assert INSIDE in page
    assert INSIDE.lower() in page  # the invitation that waits
    assert "un rôle dans votre structure" in page
    assert "Le chef de projet et la direction de votre OG lisent aussi sa fiche." in page
    for canary in (SIBLING, RIVAL, SIBLING.lower(), RIVAL.lower()):
        assert canary not in page


def test_an_og_director_sees_their_og_only(world, client_as, url):
    page = text(client_as(world.person(Role.OG_DIRECTOR)).get(url("people")))
    assert "un rôle dans votre OG ou ses structures" in page
    assert "Le chef de projet lit aussi leur fiche." in page
    assert INSIDE in page
    assert SIBLING in page
    assert RIVAL not in page
    assert RIVAL.lower() not in page


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.VENDOR, Role.LOCAL_REFERENT, Role.COMOP])
def test_the_others_see_their_own_roles_and_are_told_why(world, client_as, url, role):
    page = text(client_as(world.person(role)).get(url("people")))
    assert "Vous avez un rôle dans ce projet" in page
    assert "Vous lisez vos propres rôles" in page
    for canary in (INSIDE, SIBLING, RIVAL, INSIDE.lower()):
        assert canary not in page


def test_a_role_to_come_and_one_that_is_over_are_told_apart(world, lead, url):
    today = timezone.localdate()
    factories.MembershipFactory(
        user__last_name="Demain", role=Role.VENDOR, target=world.project, starts_on=today + timedelta(days=9)
    )
    before, after = lead.get(url("people")).content.decode().split('aria-labelledby="t-avenir"')
    assert "Demain" not in before
    assert "Demain" in after
    assert "2 rôles terminés" in after
    assert "Ancienne" not in before


def test_the_page_narrows_to_one_role(world, lead, url):
    page = text(lead.get(url("people") + "?role=vendor"))
    assert "Une personne a le rôle" in page
    assert INSIDE not in page
    assert lead.get(url("people") + "?role=roi").status_code == 400
    assert lead.get(url("people_export") + "?role=roi").status_code == 400


def test_the_export_opens_in_a_spreadsheet_and_runs_nothing(world, lead, url):
    factories.MembershipFactory(
        user__first_name="=HYPERLINK(1)", user__title="@SOMME", role=Role.VENDOR, target=world.project
    )
    answer = lead.get(url("people_export"))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][0] == "Personne"
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert any(row[0].startswith("'=HYPERLINK(1)") and row[2] == "'@SOMME" for row in rows)


def test_the_export_is_narrowed_as_the_page_is(director, url):
    body = director.get(url("people_export")).content.decode()
    assert INSIDE in body
    assert SIBLING not in body
    assert RIVAL not in body


# --- Inviting -------------------------------------------------------------------------------------------------------


def test_a_director_names_a_local_referent_from_the_structure(world, director, url):
    page = director.get(url("structure_team", "foyer")).content.decode()
    form = dict(re.findall(r'type="hidden" name="(role|where|retour)" value="([^"]*)"', page))
    answer = director.post(url("invite"), {**form, "email": "nina@exemple.fr"}, follow=True)
    assert "L’invitation part à nina@exemple.fr" in text(answer)
    assert answer.redirect_chain[0][0] == url("structure_team", "foyer")
    assert "nina@exemple.fr" in text(answer)
    with elevated():
        send_invitations()
    received = [message.body for message in mail.outbox if message.to == ["nina@exemple.fr"]]
    assert len(received) == 1
    assert "Référent local" in received[0]
    assert "&" not in mail.outbox[-1].body  # plain text, nothing escaped


def test_a_refused_invitation_keeps_what_was_typed(director, url):
    answer = director.post(url("invite"), {"email": "nina", "role": "local_referent", "where": ""})
    assert answer.status_code == 422
    assert 'value="nina"' in answer.content.decode()


def test_a_place_that_one_may_not_give_in_is_no_choice(world, director, url):
    for place in (f"esms:{world.own.structures[2].pk}", f"esms:{world.foreign.structures[0].pk}", "projet", "rien"):
        answer = director.post(url("invite"), {"email": "n@exemple.fr", "role": "local_referent", "where": place})
        assert answer.status_code == 422
    answer = director.post(
        url("invite"),
        {"email": "n@exemple.fr", "role": "esms_director", "where": f"esms:{world.own.structures[0].pk}"},
    )
    assert answer.status_code == 422


def test_a_role_and_a_place_that_do_not_go_together_are_explained(world, lead, url):
    answer = lead.post(
        url("invite"), {"email": "n@exemple.fr", "role": "og_director", "where": f"esms:{world.own.structures[0].pk}"}
    )
    assert answer.status_code == 422


def test_a_role_of_the_project_needs_no_place(world, lead, url):
    answer = lead.post(url("invite"), {"email": "n@exemple.fr", "role": "dpo"})
    assert answer.status_code == 302
    with elevated():
        assert Invitation.objects.get(email="n@exemple.fr").esms is None


def test_choosing_a_role_narrows_the_places(world, lead, url):
    answer = lead.get(url("invite") + "?role=og_director", headers={"HX-Request": "true"})
    assert "OG Amont" in text(answer)
    assert "Foyer" not in text(answer)


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.LOCAL_REFERENT, Role.COSTRAT, Role.VENDOR])
def test_who_gives_no_role_has_no_invitation_page(world, client_as, url, role):
    client = client_as(world.person(role))
    assert client.get(url("invite")).status_code == 403
    assert client.post(url("invite"), {"email": "n@exemple.fr", "role": role}).status_code == 403


def test_an_invitation_is_taken_back_or_sent_again(world, lead, url):
    invitation = world.own.invitation
    assert "repart" in text(lead.post(url("invitation_resend", invitation.pk), follow=True))
    assert "est retirée" in text(lead.post(url("invitation_revoke", invitation.pk), follow=True))
    assert invitation.email not in text(lead.get(url("people")))
    assert lead.post(url("invitation_revoke", invitation.pk)).status_code == 404


def test_the_invitations_of_others_are_out_of_reach(world, director, url):
    with elevated():
        rival = Invitation.objects.get(esms=world.own.structures[2])
    assert director.post(url("invitation_revoke", rival.pk)).status_code == 404
    assert director.post(url("invitation_resend", rival.pk)).status_code == 404
    assert director.post(url("invitation_revoke", world.own.invitation.pk)).status_code == 404


# --- Ending a role --------------------------------------------------------------------------------------------------


def role_of(world, role):
    with elevated():
        return Membership.objects.active().get(user=world.person(role), role=role)


def test_what_will_be_lost_is_said_before_a_role_ends(world, director, client_as, url):
    address = url("membership_end", role_of(world, Role.LOCAL_REFERENT).pk)
    page = text(director.get(address))
    assert "Ce qu’elle ne pourra plus faire" in page
    assert "Lire le détail des structures" in page
    referent = client_as(world.person(Role.LOCAL_REFERENT))
    assert referent.get(url("structure_team", "foyer")).status_code == 200
    assert "n’a plus le rôle" in text(director.post(address, {"last_day": ""}, follow=True))
    assert referent.get(url("structure_team", "foyer")).status_code == 302  # the open session is over


def test_what_another_role_still_gives_is_not_lost(world, lead, url):
    referent = world.person(Role.LOCAL_REFERENT)
    ended = role_of(world, Role.LOCAL_REFERENT)
    factories.MembershipFactory(user=referent, role=Role.COSTRAT, target=world.project)
    page = text(lead.get(url("membership_end", ended.pk)))
    lost, kept = page.split("Ce qu’elle ne pourra plus faire")[1].split("Elle reste membre du COSTRAT.")
    assert "Lire le détail des structures" in lost
    assert "Lire la checklist" not in lost
    assert "Ses sessions ouvertes se ferment" in kept


def test_who_directs_the_og_as_well_still_reads_the_structure_but_fills_it_no_more(world, lead, url):
    ended = role_of(world, Role.ESMS_DIRECTOR)
    factories.MembershipFactory(user=ended.user, role=Role.OG_DIRECTOR, target=world.own.ogs[0])
    page = text(lead.get(url("membership_end", ended.pk)))
    lost, kept = page.split("Ce qu’elle ne pourra plus faire")[1].split("Elle reste à la direction d’OG")
    assert "Remplir le travail de la structure" in lost
    assert "Lire le détail des structures" not in lost
    assert "Ses sessions ouvertes se ferment" in kept


def test_what_a_director_may_not_know_of_is_not_told(world, director, url):
    page = text(director.get(url("membership_end", role_of(world, Role.LOCAL_REFERENT).pk)))
    assert "Elle ne garde aucun autre rôle" not in page
    assert "Un rôle de référent local tenu ailleurs" in page


def test_a_role_may_be_ended_for_later(world, director, url):
    address = url("membership_end", role_of(world, Role.LOCAL_REFERENT).pk)
    later = timezone.localdate() + timedelta(days=10)
    assert "garde le rôle" in text(director.post(address, {"last_day": later.isoformat()}, follow=True))
    past = timezone.localdate() - timedelta(days=1)
    refused = director.post(address, {"last_day": past.isoformat()})
    assert refused.status_code == 422
    assert "Ce jour est passé" in text(refused)


def test_a_director_ends_no_office(world, director, url):
    for role in (Role.DPO, Role.ESMS_DIRECTOR, Role.PROJECT_LEAD):
        assert director.post(url("membership_end", role_of(world, role).pk)).status_code == 403
    with elevated():
        rival = Membership.objects.get(user=world.rival_referent)
        foreign = Membership.objects.filter(project=world.foreign.project).first()
    assert director.post(url("membership_end", rival.pk)).status_code == 404
    assert director.post(url("membership_end", foreign.pk)).status_code == 404


def test_the_last_lead_stays(world, lead, url):
    answer = lead.post(url("membership_end", role_of(world, Role.PROJECT_LEAD).pk))
    assert answer.status_code == 422
    assert "nommez d’abord la personne qui reprend" in text(answer)


def test_a_lead_who_hands_over_is_let_out(world, lead, url):
    factories.MembershipFactory(role=Role.PROJECT_LEAD, target=world.project)
    address = url("membership_end", role_of(world, Role.PROJECT_LEAD).pk)
    assert "C’est votre propre rôle" in text(lead.get(address))
    answer = lead.post(address)
    assert answer.url == reverse("home")
    assert lead.get(url("project_settings")).status_code == 302


# --- Settings -------------------------------------------------------------------------------------------------------


def test_the_settings_say_what_is_missing(world, lead, url):
    page = text(lead.get(url("project_settings")))
    assert "Il manque le DUI choisi" in page
    assert "dans la fiche du projet" in page
    assert "OG Amont" in page


@pytest.mark.parametrize("name", ["project_settings", "og_add", "esms_add"])
def test_the_settings_are_the_leads(world, director, url, name):
    assert director.get(url(name)).status_code == 403


def test_a_setting_saves_itself(world, lead, url):
    answer = htmx(lead, url("project_field", "budget_voted"), version=1, budget_voted="412000")
    assert answer.status_code == 200
    early = world.project.started_on - timedelta(days=1)
    answer = htmx(lead, url("project_field", "planned_end_on"), version=2, planned_end_on=early.isoformat())
    assert answer.status_code == 422
    assert "la fin prévue vient avant le début" in text(answer)


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("name", "", "Rien n’est enregistré : le nom ne peut pas être vide."),
        ("started_on", "", "Rien n’est enregistré : la date de début ne peut pas être vide."),
        ("budget_voted", "-5", "Rien n’est enregistré : écrivez un montant positif."),
        ("budget_voted", "beaucoup", "Rien n’est enregistré : écrivez un montant en chiffres"),
    ],
)
def test_what_a_setting_refuses_is_said_in_words(lead, url, name, typed, said):
    answer = htmx(lead, url("project_field", name), version=1, **{name: typed})
    assert answer.status_code == 422
    assert typography(said) in answer.content.decode()


def test_the_browser_refuses_nothing_in_silence(lead, url):
    page = lead.get(url("project_settings")).content.decode()
    for name in ("name", "budget_voted", "summary"):
        assert "novalidate" in re.search(rf'<form[^>]* id="projet-{name}"[^>]*>', page)[0]
    # Half a date stays in the browser: it would be sent as no date.
    assert "novalidate" not in re.search(r'<form[^>]* id="projet-started_on"[^>]*>', page)[0]
    assert "required" not in re.search(r'<input[^>]* name="started_on"[^>]*>', page)[0]


@pytest.mark.parametrize("typed", ["412 000", "412\u202f000,00", "412\u00a0000 €", "412000.00"])
def test_an_amount_is_read_and_shown_as_french_writes_it(world, lead, url, typed):
    answer = htmx(lead, url("project_field", "budget_voted"), version=1, budget_voted=typed)
    assert 'value="412\u202f000"' in answer.content.decode()
    assert 'inputmode="decimal"' in answer.content.decode()
    with elevated():
        assert Project.objects.get(pk=world.project.pk).budget_voted == 412000


def test_the_lead_adds_an_og_then_a_structure(world, lead, url):
    given = {"name": "Association Neuve", "short_name": "Neuve", "finess_ej": "370990103"}
    answer = lead.post(url("og_add"), given, follow=True)
    assert "Association Neuve prend part au projet" in text(answer)
    again = lead.post(url("og_add"), given)
    assert again.status_code == 422
    assert "porte déjà ce nom" in text(again)
    with elevated():
        og = OG.objects.get(name="Association Neuve")
    answer = lead.post(url("esms_add"), {"og": og.pk, "name": "IME Neuf", "category": "183"}, follow=True)
    assert "IME Neuf est dans l’annuaire" in text(answer)
    with elevated():
        assert ESMS.objects.get(name="IME Neuf").comop_category == "children"  # that of its FINESS category


def test_a_structure_is_added_under_an_og_of_the_project_only(world, lead, url):
    foreign = world.foreign.ogs[0]
    answer = lead.post(url("esms_add"), {"og": foreign.pk, "name": "Intrus", "category": "183"})
    assert answer.status_code == 422
    assert FOREIGN not in answer.content.decode()
    assert lead.get(url("og_edit", foreign.pk)).status_code == 404


def test_an_og_is_corrected_on_its_page(world, lead, url):
    og = world.own.ogs[0]
    assert "deux structures" in text(lead.get(url("og_edit", og.pk)))
    answer = htmx(lead, url("og_field", og.pk, "siren"), version=1, siren="732829321")
    assert answer.status_code == 200
    assert "La clé de ce numéro SIREN n’est pas juste" in text(answer)
    answer = htmx(lead, url("og_field", og.pk, "name"), version=2, name=world.own.ogs[1].name)
    assert answer.status_code == 422
    assert "un OG de ce projet porte déjà ce nom" in text(answer)


# --- Accepting an invitation ----------------------------------------------------------------------------------------


@pytest.fixture
def offer(world):
    """An invitation to be the local referent of « foyer », for an address without an account."""
    structure = world.own.structures[0]
    return factories.InvitationFactory(
        project=world.project,
        og=structure.og,
        esms=structure,
        role=Role.LOCAL_REFERENT,
        email="nina@exemple.fr",
        invited_by=world.person(Role.ESMS_DIRECTOR),
    )


def link(invitation):
    return reverse("invitation", args=[invitation.token])


ANSWER = {
    "first_name": "Nina", "last_name": "Nouvelle", "title": "", "password": GOOD_PASSWORD,
    "password_again": GOOD_PASSWORD,
}  # fmt: skip


def test_an_invitation_says_who_invites_to_what(offer):
    page = text(Client().get(link(offer)))
    assert "vous invite au projet" in page
    assert "Projet Deux Rives" in page
    assert "Référent local, Foyer" in page
    assert "14 caractères ou plus" in page


def test_accepting_makes_the_account_and_opens_the_project(world, offer, url):
    client = Client()
    answer = client.post(link(offer), ANSWER)
    assert answer.url == reverse("project", args=[world.project.slug])
    assert client.get(url("structure_team", "foyer")).status_code == 200
    assert client.get(url("structure", "atelier")).status_code == 404
    assert "n’ouvre plus rien" in text(Client().get(link(offer)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"password": "court", "password_again": "court"}, "trop court"),
        ({"password_again": "une autre phrase ici"}, "différents"),
        ({"password": "nina@exemple.fr nina", "password_again": "nina@exemple.fr nina"}, "semblable"),
        ({"first_name": ""}, "Prénom"),
    ],
)
def test_a_refused_answer_keeps_what_was_typed_and_the_invitation(offer, change, said):
    answer = Client().post(link(offer), {**ANSWER, **change})
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'value="Nouvelle"' in answer.content.decode()
    assert GOOD_PASSWORD not in answer.content.decode()
    assert not User.objects.filter(email="nina@exemple.fr").exists()
    assert Client().get(link(offer)).status_code == 200


def test_a_dead_link_says_the_same_whatever_the_reason(world, offer):
    now = timezone.now()
    pages = {Client().get("/invitation/inventee/").content}
    for change in (
        {"accepted_at": now},
        {"revoked_at": now},
        {"expires_at": now - timedelta(minutes=1)},
    ):
        other = factories.InvitationFactory(project=world.project, email=f"x{len(change)}@exemple.fr", **change)
        with elevated():
            Invitation.objects.filter(pk=other.pk).update(email=f"{other.pk}@exemple.fr")
        answer = Client().get(link(other))
        assert answer.status_code == 404
        pages.add(answer.content)
    forged = offer.token[:-1] + ("a" if offer.token[-1] != "a" else "b")
    pages.add(Client().get(reverse("invitation", args=[forged])).content)
    without_csrf = {re.sub(rb'X-CSRFToken": "[^"]+"', b"", page) for page in pages}
    assert len(without_csrf) == 1


def test_who_has_an_account_is_sent_to_sign_in_and_back(world):
    invitation = factories.InvitationFactory(
        project=world.project, email=world.invited.email.upper(), role=Role.DPO, invited_by=world.lead
    )
    page = Client().get(link(invitation)).content.decode()
    assert f"{reverse('account_login')}?next=%2Finvitation%2F" in page
    assert 'name="password"' not in page
    answer = Client().post(link(invitation), ANSWER)
    assert answer.status_code == 422
    assert "Un compte existe déjà" in text(answer)


def test_who_is_signed_in_accepts_with_one_button(world, client_as):
    client = client_as(world.invited)
    page = client.get(link(world.own.invitation))
    assert "Accepter l’invitation" in text(page)
    answer = client.post(link(world.own.invitation), follow=True)
    assert "Bienvenue" in text(answer)


def test_an_invitation_for_somebody_else_is_not_accepted(world, client_as, offer):
    client = client_as(world.person(Role.VENDOR))
    assert "Cette invitation est pour une autre adresse" in text(client.get(link(offer)))
    answer = client.post(link(offer))
    assert answer.status_code == 422
    with elevated():
        assert Invitation.objects.get(pk=offer.pk).pending


def test_tries_are_counted(offer):
    client = Client()
    answers = [client.post(link(offer), {**ANSWER, "password_again": "x"}).status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]


# --- Queries --------------------------------------------------------------------------------------------------------


PAGES = ["structures", "people", "people_export", "invite", "project_settings"]


def fill(world, number):
    """As many more OG, structures, people, roles and invitations."""
    for _ in range(number):
        og = factories.OGFactory(project=world.project)
        esms = factories.ESMSFactory(og=og)
        own = world.own.structures[0]
        factories.MembershipFactory(role=Role.ESMS_DIRECTOR, target=esms)
        factories.MembershipFactory(role=Role.OG_DIRECTOR, target=og)
        factories.MembershipFactory(role=Role.LOCAL_REFERENT, target=own, granted_by=factories.UserFactory())
        factories.InvitationFactory(project=world.project, og=own.og, esms=own, role=Role.LOCAL_REFERENT)


def count(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_pages_ask_the_database_as_much_for_thirty_rows_as_for_one(world, lead, director, url):
    addresses = [(lead, url(name)) for name in PAGES]
    addresses += [(lead, url("structure_team", "foyer")), (lead, url("og_edit", world.own.ogs[0].pk))]
    addresses += [(director, url(name)) for name in ("structures", "people", "invite")]
    addresses += [(director, url("structure_team", "foyer"))]
    counts = []
    for more in (1, 2, 27):
        fill(world, more)
        counts.append([count(client, address) for client, address in addresses])
    assert counts[0] == counts[1] == counts[2]
    assert max(counts[0]) <= 22
