"""The lead follows all pathways and reminds; OG directors read their own; who reads the whole reads figures alone."""

import logging
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend
from django.http import HttpResponse
from django.test import Client

from common.errors import DomainError
from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Phase, Role
from organisations.models import ESMS, Membership, User, Wave
from organisations.services import end
from structures.aggregates import pathway_totals
from structures.models import Reminder, ReminderLetter
from structures.selectors.pathway import Tally, boards_of
from structures.services.reminders import remind
from structures.tasks import send_reminders
from tests.factories import ESMSFactory, OGFactory, ProjectFactory
from tests.harness.htmx import parse, text
from tests.harness.world import FOREIGN, INSIDE, RIVAL, SLUG, World

pytestmark = pytest.mark.django_db
PAGE = f"/projets/{SLUG}/suivi/parcours/"
REMIND = f"{PAGE}relancer/"
HOME = f"/projets/{SLUG}/structures/foyer/"
SignIn = Callable[[User], Client]


def said(answer: HttpResponse) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def names(answer: HttpResponse) -> list[str]:
    """The structures of the heat-map, in its order."""
    return [text(item) for item in parse(answer.content).xpath("//div[@class='heat']//th[@scope='row']")]


@pytest.fixture
def no_reminder(world: World) -> None:
    """As on a day on which nobody was reminded."""
    with elevated():
        Reminder.objects.all().delete()


@pytest.fixture
def late(world: World) -> None:
    """All structures of the project have passed the framing, so that its lines are late."""
    with elevated():
        ESMS.objects.filter(project=world.project).update(phase=Phase.PREPARATION)


# --- Who reads what --------------------------------------------------------------------------------------------------


def test_each_reads_the_structures_that_are_theirs_to_read(world: World, client_as: SignIn) -> None:
    def seen(user: User) -> list[str]:
        return sorted(names(client_as(user).get(PAGE)))

    assert seen(world.lead) == ["Atelier", "Foyer", "Foyer d’Aval"]
    assert seen(world.person(Role.OG_DIRECTOR)) == ["Atelier", "Foyer"]
    assert seen(world.rival_director) == ["Foyer d’Aval"]
    assert seen(world.person(Role.ESMS_DIRECTOR)) == ["Foyer"]
    for role in (Role.VENDOR, Role.PURCHASING, Role.DPO):
        assert client_as(world.person(role)).get(PAGE).status_code == 403


def test_who_reads_the_whole_reads_figures_and_no_structure(world: World, client_as: SignIn) -> None:
    with acting_as(world.lead.pk):
        boards = boards_of(list(ESMS.objects.filter(project=world.project).select_related("project")))
    whole = sum((board.tally for board in boards), Tally())
    for role in (Role.COSTRAT, Role.COMOP, Role.OBSERVER):
        page = client_as(world.person(role)).get(PAGE)
        assert f"sur {whole.total} " in said(page)
        assert "Foyer" not in said(page)
        assert "Relancer" not in said(page)
    with acting_as(world.person(Role.OBSERVER).pk):
        totals = pathway_totals(world.project)
    assert sum((item.tally for item in totals.sections), Tally()) == whole


def test_a_total_of_two_structures_would_tell_of_each(client_as: SignIn) -> None:
    project = ProjectFactory()
    og = OGFactory(project=project)
    for _ in range(2):
        ESMSFactory(og=og)
    assert pathway_totals(project).sections == []
    ESMSFactory(og=og)
    assert len(pathway_totals(project).sections) == 12


# --- The heat-map ----------------------------------------------------------------------------------------------------


def test_each_cell_opens_the_pathway_at_its_section(lead: Client) -> None:
    page = parse(lead.get(PAGE).content)
    links = [link.get("href") for link in page.xpath("//div[@class='heat']//td/a")]
    assert len(links) == 3 * 12
    assert f"{HOME}parcours/#section-3-1" in links
    pathway = parse(lead.get(f"{HOME}parcours/").content)
    for link in (link for link in links if link.startswith(HOME)):
        assert pathway.get_element_by_id(link.partition("#")[2]) is not None


def test_the_map_narrows_and_sorts(lead: Client, world: World) -> None:
    with elevated():
        ESMS.objects.filter(pk=world.own.structures[1].pk).update(phase=Phase.ROLLOUT)
        waves = dict(Wave.objects.filter(project=world.project).values_list("name", "pk"))
    assert names(lead.get(PAGE))[0] == "Atelier"  # the latest first
    assert names(lead.get(f"{PAGE}?ordre=nom")) == ["Atelier", "Foyer", "Foyer d’Aval"]
    assert names(lead.get(f"{PAGE}?phase=rollout")) == ["Atelier"]
    assert names(lead.get(f"{PAGE}?vague={waves['Vague foyer-aval']}")) == ["Foyer d’Aval"]
    assert names(lead.get(f"{PAGE}?og={world.own.ogs[1].pk}")) == ["Foyer d’Aval"]
    nothing = lead.get(f"{PAGE}?og={world.foreign.ogs[0].pk}")
    assert nothing.status_code == 200
    assert "Aucune structure ne répond à ces filtres" in said(nothing)
    for query in ("?og=x", "?phase=x", "?vague=x", "?ordre=x", "?page=999999", "?page=x"):
        assert len(names(lead.get(PAGE + query))) == 3


def test_the_title_concludes(lead: Client, late: None) -> None:
    assert "Trois structures sur trois ont des étapes en retard" in said(lead.get(PAGE))


# --- Reminding -------------------------------------------------------------------------------------------------------


def letters() -> list[ReminderLetter]:
    with elevated():
        return list(ReminderLetter.objects.select_related("user", "esms").order_by("user__email"))


def token() -> str:
    return str(uuid.uuid4())


def test_one_click_reminds_a_structure_and_all_who_work_there(
    lead: Client, world: World, client_as: SignIn, no_reminder: None, late: None, mailoutbox: list
) -> None:
    form = {"token": token(), "structure": "foyer"}
    answer = lead.post(REMIND, form, follow=True)
    assert "Foyer est relancée" in said(answer)
    assert "Relancée aujourd’hui, pas encore lue" in said(answer)
    lead.post(REMIND, form)  # posted twice
    inside = Membership.objects.filter(esms=world.own.structures[0], ends_on=None)
    with elevated():
        people = {row.user.email for row in inside.select_related("user")}
    send_reminders()
    assert {message.to[0] for message in mailoutbox} == people
    assert len(mailoutbox) == len(people)
    mail = next(item for item in mailoutbox if item.to == [world.person(Role.ESMS_DIRECTOR).email])
    assert "étapes en retard" in mail.body
    assert HOME in mail.body
    assert mail.reply_to == [world.lead.email]
    for canary in (RIVAL, FOREIGN):
        assert canary not in mail.body + mail.subject
    assert "vous relance, aujourd’hui" in said(client_as(world.person(Role.LOCAL_REFERENT)).get(HOME))
    send_reminders()
    assert len(mailoutbox) == len(people)


def test_a_structure_is_reminded_once_a_day(lead: Client, world: World, no_reminder: None, late: None) -> None:
    lead.post(REMIND, {"token": token(), "structure": "foyer"})
    page = parse(lead.get(PAGE).content)
    assert page.xpath("//button[@name='structure']/@value") == ["atelier", "foyer-aval"]
    answer = lead.post(REMIND, {"token": token(), "structure": "foyer"}, follow=True)
    assert "Déjà relancée aujourd’hui : Foyer." in said(answer)
    with elevated():
        assert Reminder.objects.filter(esms=world.own.structures[0]).count() == 1


def test_all_that_are_late_under_the_filters_are_reminded_with_a_word(
    lead: Client, world: World, no_reminder: None, late: None
) -> None:
    og = world.own.ogs[0].pk
    page = lead.get(f"{PAGE}?og={og}")
    assert "Relancer les 2 structures en retard" in said(page)
    form = {"token": token(), "message": "Le COMOP est mardi."}
    lead.post(f"{REMIND}?og={og}", form)
    with elevated():
        rows = Reminder.objects.order_by("esms__slug")
        assert [(row.esms.slug, row.message) for row in rows.select_related("esms")] == [
            ("atelier", "Le COMOP est mardi."),
            ("foyer", "Le COMOP est mardi."),
        ]
    rest = lead.get(PAGE)
    assert "Relancer la structure en retard" in said(rest)


def test_a_reminder_is_taken_back_the_same_day_and_its_mails_with_it(
    lead: Client, world: World, client_as: SignIn, no_reminder: None, late: None, mailoutbox: list
) -> None:
    given = token()
    answer = lead.post(REMIND, {"token": given, "structure": "foyer"}, follow=True)
    [form] = parse(answer.content).xpath("//div[@class='messages']//form")
    answer = lead.post(form.get("action"), follow=True)
    assert "Une relance est reprise." in said(answer)
    send_reminders()
    assert mailoutbox == []
    assert "vous relance" not in said(client_as(world.person(Role.ESMS_DIRECTOR)).get(HOME))
    assert "plus rien à reprendre" in said(lead.post(form.get("action"), follow=True))
    assert "Foyer est relancée" in said(lead.post(REMIND, {"token": token(), "structure": "foyer"}, follow=True))


def test_nobody_is_reminded_where_nobody_works_and_of_what_is_not_the_project_s(
    lead: Client, world: World, no_reminder: None, late: None
) -> None:
    with elevated():
        esms = ESMSFactory(og=world.own.ogs[0], name="Neuve", slug="neuve")
    answer = lead.post(REMIND, {"token": token(), "structure": esms.slug}, follow=True)
    assert "Personne n’a encore de rôle ici : Neuve." in said(answer)
    assert lead.post(REMIND, {"token": token(), "structure": "ailleurs-seulement"}).status_code == 422
    assert lead.post(REMIND, {"structure": "foyer"}).status_code == 400
    long = lead.post(REMIND, {"token": token(), "structure": "foyer", "message": "x" * 600})
    assert long.status_code == 422
    with acting_as(world.lead.pk), pytest.raises(DomainError, match="trop long"):
        remind(about={esms: "…"}, message="x" * 600, user=world.lead, token=uuid.uuid4())


def test_who_lost_their_role_meanwhile_and_who_has_read_it_are_written_nothing(
    lead: Client, world: World, client_as: SignIn, no_reminder: None, late: None, mailoutbox: list
) -> None:
    gone = world.person(Role.LOCAL_REFERENT)
    lead.post(REMIND, {"token": token(), "structure": "foyer"})
    with elevated():
        for membership in Membership.objects.filter(user=gone):
            end(membership)
    send_reminders()
    assert gone.email not in [message.to[0] for message in mailoutbox]
    [failed] = [row for row in letters() if row.user == gone]
    assert failed.error.startswith("Cette personne n’a plus de rôle")
    mailoutbox.clear()
    lead.post(REMIND, {"token": token(), "structure": "foyer-aval"})
    with elevated():
        row = Reminder.objects.get(esms__slug="foyer-aval", project=world.project)
    reader = client_as(world.rival_referent)
    reader.post(f"/projets/{SLUG}/structures/foyer-aval/relances/{row.pk}/lue/")
    send_reminders()
    assert mailoutbox == []


class Down(EmailBackend):
    """Takes no message."""

    def send_messages(self, messages: list[EmailMultiAlternatives]) -> int:
        raise ConnectionRefusedError(111, "Connection refused")


def test_a_mail_server_that_is_down_loses_no_reminder(
    lead: Client, world: World, no_reminder: None, late: None, mailoutbox: list, settings: Any
) -> None:
    lead.post(REMIND, {"token": token(), "structure": "foyer"})
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    logging.getLogger("common.outbox").disabled = True
    send_reminders()
    logging.getLogger("common.outbox").disabled = False
    waiting = letters()
    assert {row.attempts for row in waiting} == {1}
    assert {row.error for row in waiting} == {"Le serveur de courriel n’a pas pris le message."}
    assert "pas encore lue ; un courriel n’a pas pu partir" in said(lead.get(PAGE))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with elevated():
        for row in waiting:
            ReminderLetter.objects.filter(pk=row.pk).update(asked_at=row.asked_at - timedelta(minutes=2))
    send_reminders()
    assert len(mailoutbox) == len(waiting)
    assert "n’a pas pu partir" not in said(lead.get(PAGE))


# --- « Mon travail » -------------------------------------------------------------------------------------------------


def test_my_work_tells_what_my_structures_ask_and_only_mine(world: World, client_as: SignIn, late: None) -> None:
    director = said(client_as(world.person(Role.ESMS_DIRECTOR)).get("/"))
    assert "une étape attend votre validation" in director.lower()
    assert "Préparer la communication locale" in director
    assert "relance Foyer" in director
    assert f"Merci {INSIDE}" in director
    assert "d’une phase déjà passée" in director
    referent = said(client_as(world.person(Role.LOCAL_REFERENT)).get("/"))
    assert "attend votre validation" not in referent
    assert "relance Foyer" in referent
    for user in (world.person(Role.OG_DIRECTOR), world.lead, world.person(Role.COMOP)):
        words = said(client_as(user).get("/"))
        assert "relance Foyer" not in words
        assert "d’une phase déjà passée" not in words
