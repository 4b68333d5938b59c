"""Alerts: raised by who may, handled, answered or put to the COSTRAT, and how long all that takes."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.enums import ACTION_SOURCE
from common import french
from common.errors import DomainError
from common.scope import elevated
from governance.delays import Wait, measure, months_after
from governance.enums import ArbitrationKind, ArbitrationStatus, BodyKind, DecisionMode, Severity
from governance.models import Alert, Arbitration, ArbitrationOption, ArbitrationStructure, Body
from governance.selectors import alerts as selectors
from governance.services.alerts import answer_alert, mark_answer_read, raise_alert, take_alert
from governance.services.arbitrations import withdraw
from governance.services.escalations import escalate_alert
from governance.services.rulings import decide
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import ESMS, User
from tests.factories import (
    AlertFactory,
    ArbitrationFactory,
    ESMSFactory,
    MembershipFactory,
    OGFactory,
    ProjectFactory,
    UserFactory,
)
from tests.governance.room import costrat_of_three
from tests.harness.days import days_ago
from tests.harness.htmx import parse, text
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

PAGE = f"/projets/{SLUG}/gouvernance/alertes/"
NEW = f"{PAGE}nouvelle/"
TODAY = date(2026, 11, 21)


def said(answer: HttpResponse) -> str:
    """What one reads, with ordinary spaces and hyphens."""
    return plain(text(parse(answer.content)))


def plain(words: str) -> str:
    return words.replace("\xa0", " ").replace("\u202f", " ").replace("\u2011", "-")


def structure(world: World, index: int = 0) -> ESMS:
    """0: that of the director and the referent; 1: another of the same OG; 2: of the other OG."""
    return world.own.structures[index]


def about(esms: ESMS, **values: object) -> Alert:
    """An alert about a structure."""
    number = 100 + uuid.uuid4().int % 10**6
    return AlertFactory(**{"project": esms.project, "og": esms.og, "esms": esms, "number": number, **values})


def fresh(alert: Alert) -> Alert:
    with elevated():
        return Alert.objects.select_related("arbitration", "owner").get(pk=alert.pk)


def posted(**values: object) -> dict[str, object]:
    return {
        "about": ":projet",
        "subject": "Le réseau",
        "text": "Il tombe chaque soir.",
        "severity": "warning",
        "token": uuid.uuid4(),
        **values,
    }


def alone(world: World) -> None:
    """No alert yet in the own project."""
    with elevated():
        Alert.objects.filter(project=world.project).delete()


# --- Raising ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def as_the_lead(world: World):
    with acting_as(world.lead.pk):
        yield


def raised(world: World, **values: object) -> Alert:
    token = uuid.uuid4()
    words = {"subject": "Le contrat", "text": "Le juriste manque.", "severity": Severity.WARNING, "token": token}
    return raise_alert(project=world.project, user=world.lead, **{**words, **values})


@pytest.mark.django_db
def test_alerts_are_numbered_and_raised_once(world: World, as_the_lead: None) -> None:
    token = uuid.uuid4()
    first, again, second = raised(world, token=token), raised(world, token=token), raised(world)
    assert first == again
    assert second.number == first.number + 1


@pytest.mark.django_db
def test_one_alert_is_open_about_each_thing_of_another_app(world: World, as_the_lead: None) -> None:
    thing = {"source": "essai", "source_id": uuid.uuid4()}
    first = raised(world, **thing)
    with pytest.raises(DomainError, match="Une alerte est déjà ouverte"):
        raised(world, **thing)
    answer_alert(first, answer="Un renfort arrive.", user=world.lead)
    assert raised(world, **thing).number == first.number + 1


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["subject", "text"])
def test_an_alert_says_what_happens(world: World, as_the_lead: None, missing: str) -> None:
    with pytest.raises(DomainError) as refused:
        raised(world, **{missing: "  "})
    assert refused.value.field == missing


@pytest.mark.django_db
def test_whoever_reads_few_alerts_still_gets_the_next_number(world: World, client_as: Callable) -> None:
    """The numbers before are not all theirs to read."""
    highest = AlertFactory(project=world.project, number=500)
    answer = client_as(world.person(Role.LOCAL_REFERENT)).post(NEW, posted(about="foyer"))
    assert answer["Location"] == f"{PAGE}{highest.number + 1}/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "project", "own", "sibling", "rival"),
    [
        (Role.PROJECT_LEAD, True, True, True, True),
        (Role.COSTRAT, True, True, True, True),
        (Role.COMOP, True, True, True, True),
        (Role.OG_DIRECTOR, False, True, True, False),
        (Role.ESMS_DIRECTOR, False, True, False, False),
        (Role.LOCAL_REFERENT, False, True, False, False),
        (Role.DPO, True, False, False, False),
    ],
)
def test_each_raises_on_what_is_theirs(
    world: World, client_as: Callable, role: Role, project: bool, own: bool, sibling: bool, rival: bool
) -> None:
    client = client_as(world.person(role))
    choices = parse(client.get(NEW).content).xpath(
        "//input[@name='about']/@value | //select[@name='about']//option/@value"
    )
    wanted = {":projet": project, "foyer": own, "atelier": sibling, "foyer-aval": rival}
    assert set(choices) - {""} == {value for value, allowed in wanted.items() if allowed}
    for value, allowed in wanted.items():
        assert client.post(NEW, posted(about=value)).status_code == (302 if allowed else 422), value


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.OBSERVER, Role.VENDOR, Role.PURCHASING])
def test_who_raises_none_is_refused(world: World, client_as: Callable, role: Role) -> None:
    client = client_as(world.person(role))
    assert (client.get(NEW).status_code, client.post(NEW, posted()).status_code) == (403, 403)


@pytest.mark.django_db
def test_a_director_elsewhere_raises_nothing_here(world: World, client_as: Callable) -> None:
    user = UserFactory()
    MembershipFactory(user=user, role=Role.OG_DIRECTOR, target=OGFactory())
    MembershipFactory(user=user, role=Role.OBSERVER, target=world.project)
    assert client_as(user).get(NEW).status_code == 403


@pytest.mark.django_db
def test_a_director_alerts_from_the_page_of_the_structure(world: World, client_as: Callable) -> None:
    director = client_as(world.person(Role.ESMS_DIRECTOR))
    page = parse(director.get(f"/projets/{SLUG}/structures/foyer/").content)
    link = page.xpath("//a[contains(., 'Alerter le COMOP')]/@href")[0]
    form = parse(director.get(link).content)
    assert form.xpath("//input[@name='about'][@checked]/@value") == ["foyer"]
    assert "Pas de nom d’usager ni de donnée de santé" in plain(text(form))
    answer = director.post(NEW, posted(about="foyer"), follow=True)
    assert "Votre alerte est donnée" in said(answer)
    alert = answer.context["alert"]
    assert (alert.esms, alert.og, alert.raised_by) == (
        structure(world),
        structure(world).og,
        world.person(Role.ESMS_DIRECTOR),
    )


@pytest.mark.django_db
def test_a_long_list_of_structures_is_a_list_by_og(world: World, lead: Client) -> None:
    for _ in range(4):
        ESMSFactory(og=world.own.ogs[1])
    page = parse(lead.get(f"{NEW}?structure=atelier").content)
    assert page.xpath("//select[@name='about']/optgroup/@label") == [og.name for og in world.own.ogs]
    assert page.xpath("//select[@name='about']//option[@selected]/@value") == ["atelier"]


@pytest.mark.django_db
def test_what_is_missing_is_said_and_what_was_typed_stays(world: World, lead: Client) -> None:
    answer = lead.post(NEW, posted(text=""))
    assert answer.status_code == 422
    assert parse(answer.content).xpath("//input[@name='subject']/@value") == ["Le réseau"]


# --- Who reads which -------------------------------------------------------------------------------------------------

READERS = [
    (Role.PROJECT_LEAD, {"project", "own", "sibling", "rival", "mine"}),
    (Role.COSTRAT, {"project", "own", "sibling", "rival", "mine"}),
    (Role.COMOP, {"project", "own", "sibling", "rival", "mine"}),
    (Role.OBSERVER, {"project", "own", "sibling", "rival", "mine"}),
    (Role.OG_DIRECTOR, {"own", "sibling", "mine"}),
    (Role.ESMS_DIRECTOR, {"own", "mine"}),
    (Role.LOCAL_REFERENT, {"own", "mine"}),
    (Role.DPO, {"mine"}),
    (Role.VENDOR, {"mine"}),
]


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["raised_by", "owner"])
@pytest.mark.parametrize(("role", "read"), READERS)
def test_each_reads_those_that_are_theirs(
    world: World, client_as: Callable, role: Role, read: set[str], how: str
) -> None:
    alone(world)
    user = world.person(role)
    alerts = {
        "project": AlertFactory(project=world.project, number=101, subject="Sur project"),
        "own": about(structure(world, 0), subject="Sur own"),
        "sibling": about(structure(world, 1), subject="Sur sibling"),
        "rival": about(structure(world, 2), subject="Sur rival"),
        "mine": AlertFactory(project=world.project, number=102, subject="Sur mine", **{how: user}),
    }
    client = client_as(user)
    page = said(client.get(PAGE))
    assert {name for name in alerts if f"Sur {name}" in page} == read
    for name, alert in alerts.items():
        assert client.get(f"{PAGE}{alert.number}/").status_code == (200 if name in read else 404), name
    with acting_as(user.pk) as access:  # the database's own wall, and the figures
        assert Alert.objects.filter(project=world.project).count() == len(read)
        assert selectors.overview(world.project, access, user, TODAY).counts[selectors.Shown.ALL] == len(read)


@pytest.mark.django_db
def test_the_vendor_is_told_nothing_of_an_arbitration(world: World, client_as: Callable) -> None:
    alert = AlertFactory(project=world.project, number=101, owner=world.person(Role.VENDOR), raised_by=world.lead)
    with acting_as(world.lead.pk):
        escalated = put_to_costrat(world, alert)
    page = said(client_as(world.person(Role.VENDOR)).get(f"{PAGE}{alert.number}/"))
    assert "Portée au COSTRAT" in page
    assert escalated.arbitration.reference not in page
    assert "arbitrage" not in page.lower()


@pytest.mark.django_db
def test_the_director_of_the_structure_reads_the_arbitration_once_it_is_on_an_agenda(
    world: World, client_as: Callable
) -> None:
    alert = about(structure(world), raised_by=world.person(Role.ESMS_DIRECTOR))
    with acting_as(world.lead.pk):
        reference = put_to_costrat(world, alert).arbitration.reference
    director, referent = client_as(world.person(Role.ESMS_DIRECTOR)), client_as(world.person(Role.LOCAL_REFERENT))
    address = f"{PAGE}{alert.number}/"
    assert reference not in said(director.get(address))
    with elevated():
        session = world.own.governance.session
        Arbitration.objects.filter(alerts=alert).update(status=ArbitrationStatus.TO_DECIDE, meeting=session)
    page = director.get(address)
    assert reference in said(page)
    link = parse(page.content).xpath("//a[contains(@href, '/arbitrages/')]/@href")[-1]
    assert director.get(link).status_code == 200
    assert reference not in said(referent.get(address))


@pytest.mark.django_db
def test_the_thing_it_is_about_is_shown_to_who_reads_the_checklist(world: World, client_as: Callable) -> None:
    with elevated():
        alert = AlertFactory(
            project=world.project,
            number=101,
            source=ACTION_SOURCE,
            source_id=world.own.action.pk,
            owner=world.person(Role.VENDOR),
        )
    assert "Ouvrir l’action" in said(client_as(world.lead).get(f"{PAGE}101/"))
    assert "Ouvrir l’action" not in said(client_as(world.person(Role.VENDOR)).get(f"{PAGE}{alert.number}/"))


# --- The list --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_list_says_first_what_waits_then_the_most_pressing(world: World, lead: Client) -> None:
    alone(world)
    about(structure(world, 0), subject="Ancienne", raised_at=days_ago(71))
    about(structure(world, 0), subject="Récente", raised_at=days_ago(2))
    about(structure(world, 2), subject="Pressante", severity=Severity.CRITICAL)
    AlertFactory(
        project=world.project,
        number=9,
        subject="Répondue",
        raised_at=days_ago(20),
        answered_at=days_ago(8),
        answered_by=world.lead,
        answer="Oui.",
    )
    answer = lead.get(PAGE)
    page = said(answer)
    assert "Trois alertes attendent une réponse, la plus ancienne depuis 71 jours" in page
    titles = parse(answer.content).xpath("//ul[@class='tasks']//b/text()")
    assert titles == ["Pressante", "Ancienne", "Récente", "Répondue"]
    assert "1 alerte sur 2 a eu sa réponse dans le mois." in page
    assert "La seule réponse est venue en 12 jours" in page
    assert "71 jours" in page
    assert "réponse en 12 jours" in page
    assert "Réponse en 12 jours." in said(lead.get(f"{PAGE}9/"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"A", "B", "C", "D"}),
        ("?vue=ouvertes", {"A", "B", "D"}),
        ("?vue=closes", {"C"}),
        ("?vue=portees", {"D"}),
        ("?vue=miennes", {"B"}),
        ("?gravite=critical", {"A"}),
        ("?structure=foyer", {"A", "C"}),
        ("?og={og}", {"B"}),
        ("?structure=foyer&vue=ouvertes", {"A"}),
        ("?vue=rien&gravite=x&og=x&structure=%00", {"A", "B", "C", "D"}),
        ("?structure=ailleurs-seulement", set()),
    ],
)
def test_filters_are_in_the_address(world: World, lead: Client, query: str, shown: set[str]) -> None:
    alone(world)
    about(structure(world, 0), subject="Sujet A", severity=Severity.CRITICAL)
    about(structure(world, 2), subject="Sujet B", raised_by=world.lead)
    about(structure(world, 0), subject="Sujet C", answered_at=timezone.now(), answered_by=world.lead, answer="Oui.")
    AlertFactory(
        project=world.project,
        number=9,
        subject="Sujet D",
        escalated_at=timezone.now(),
        arbitration=world.own.governance.arbitration,
    )
    page = said(lead.get(PAGE + query.format(og=world.own.ogs[1].pk)))
    assert {letter for letter in "ABCD" if f"Sujet {letter}" in page} == shown
    if not shown:
        assert "Aucune alerte ne répond à ces filtres" in page


@pytest.mark.django_db
def test_an_empty_list_says_what_will_be_there(world: World, lead: Client, client_as: Callable) -> None:
    alone(world)
    page = said(lead.get(PAGE))
    assert "Aucune alerte n’a été donnée" in page
    assert "Donner la première" in page
    assert "Donner la première" not in said(client_as(world.person(Role.OBSERVER)).get(PAGE))


@pytest.mark.django_db
def test_what_somebody_writes_is_shown_as_text(world: World, lead: Client) -> None:
    alert = AlertFactory(project=world.project, number=7, subject="<b>Gras</b>", text="<script>alert(1)</script>")
    for address in (PAGE, f"{PAGE}{alert.number}/"):
        page = lead.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>Gras" not in page


# --- In hand, answered, read -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_comop_takes_an_alert_in_hand_passes_it_on_and_gives_it_back(world: World, client_as: Callable) -> None:
    alert, member = about(structure(world)), world.person(Role.COMOP)
    client, address = client_as(member), f"{PAGE}{alert.number}/"
    page = said(client.post(f"{address}en-main/", {"owner": member.pk, "version": alert.version}, follow=True))
    assert "Vous avez cette alerte en main." in page
    assert f"prise en main par {member}" in page  # its history
    vendor = world.person(Role.VENDOR)
    client.post(f"{address}en-main/", {"owner": vendor.pk, "version": fresh(alert).version})
    assert fresh(alert).owner == vendor
    client.post(f"{address}en-main/", {"owner": "", "version": fresh(alert).version})
    assert fresh(alert).owner is None
    assert "rendue au COMOP" in said(client.get(address))


@pytest.mark.django_db
def test_only_who_reads_what_they_have_in_hand_may_have_it(world: World, lead: Client) -> None:
    alert = about(structure(world))
    others = (world.person(Role.PURCHASING), world.rival_director, world.ended, world.foreign.people[Role.COMOP])
    names = {str(user) for user in others}
    options = parse(lead.get(f"{PAGE}{alert.number}/").content).xpath("//select[@name='owner']/option/text()")
    assert str(world.person(Role.VENDOR)) in {option.split(",")[0] for option in options}
    assert not names & {option.split(",")[0] for option in options}
    stranger = {"owner": world.foreign.people[Role.COMOP].pk, "version": alert.version}
    assert lead.post(f"{PAGE}{alert.number}/en-main/", stranger).status_code == 422


@pytest.mark.django_db
def test_two_people_take_it_at_once(world: World, client_as: Callable) -> None:
    alert = about(structure(world))
    address, member = f"{PAGE}{alert.number}/en-main/", world.person(Role.COMOP)
    client_as(member).post(address, {"owner": member.pk, "version": alert.version})
    answer = client_as(world.lead).post(address, {"owner": world.lead.pk, "version": alert.version})
    assert answer.status_code == 409
    assert f"{member} l’a en main depuis un instant" in said(answer)
    assert fresh(alert).owner == member


@pytest.mark.django_db
def test_an_answered_alert_is_not_taken_any_more(world: World, as_the_lead: None) -> None:
    alert = raised(world)
    answer_alert(alert, answer="Oui.", user=world.lead)
    with pytest.raises(DomainError, match="a reçu sa réponse"):
        take_alert(alert=alert, version=alert.version, owner=world.lead)


@pytest.mark.django_db
def test_an_alert_is_answered_and_closed(world: World, client_as: Callable) -> None:
    member, observer = client_as(world.person(Role.COMOP)), client_as(world.person(Role.OBSERVER))
    address = f"{PAGE}{world.own.alert.number}/"
    assert "La réponse se lira ici." in said(observer.get(address))
    assert observer.post(address, {"answer": "Non"}).status_code == 403
    assert member.post(address, {"answer": " "}).status_code == 422
    assert "Un renfort arrive." in said(member.post(address, {"answer": "Un renfort arrive."}, follow=True))
    assert "Un renfort arrive." in said(observer.get(address))


@pytest.mark.django_db
def test_the_first_answer_stays_and_the_second_is_not_lost(world: World, client_as: Callable) -> None:
    address = f"{PAGE}{world.own.alert.number}/"
    for _ in range(2):  # posted twice, given once
        answer = client_as(world.person(Role.COMOP)).post(address, {"answer": "Un renfort arrive."})
        assert answer.status_code == 302
    answer = client_as(world.lead).post(address, {"answer": "Voyez le siège."})
    assert answer.status_code == 409
    for words in ("quelqu’un a répondu juste avant vous", "Voyez le siège.", "Un renfort arrive."):
        assert words in said(answer)


@pytest.mark.django_db
def test_the_answer_goes_back_to_who_raised_it_until_they_read_it(world: World, client_as: Callable) -> None:
    director = world.person(Role.ESMS_DIRECTOR)
    alert, client = about(structure(world), raised_by=director, subject="Le réseau tombe"), client_as(director)
    assert "Une réponse à votre alerte" not in said(client.get(PAGE))
    client_as(world.person(Role.COMOP)).post(f"{PAGE}{alert.number}/", {"answer": "Un lien est commandé."})
    for who, read in ((director, True), (world.person(Role.LOCAL_REFERENT), False), (world.lead, False)):
        with acting_as(who.pk) as access:
            assert (alert in selectors.answers_to_read(who, access)) is read
    page = said(client.get(PAGE))
    assert "Une réponse à votre alerte" in page
    assert "Un lien est commandé." in page
    referent = client_as(world.person(Role.LOCAL_REFERENT))
    assert referent.post(f"{PAGE}{alert.number}/lue/").status_code == 422
    assert "J’ai lu" not in said(referent.get(f"{PAGE}{alert.number}/"))
    assert "C’est noté" in said(client.post(f"{PAGE}{alert.number}/lue/", follow=True))
    assert "Une réponse à votre alerte" not in said(client.get(PAGE))
    when = fresh(alert).read_at
    client.post(f"{PAGE}{alert.number}/lue/")
    assert fresh(alert).read_at == when  # twice is once


@pytest.mark.django_db
def test_nobody_reads_an_answer_that_is_not_there(world: World, as_the_lead: None) -> None:
    with pytest.raises(DomainError, match="pas encore de réponse"):
        mark_answer_read(alert=raised(world), user=world.lead)


@pytest.mark.django_db
def test_who_answers_their_own_alert_is_told_nothing(world: World) -> None:
    with acting_as(world.lead.pk) as access:
        alert = raised(world)
        answer_alert(alert, answer="Réglé.", user=world.lead)
        assert not selectors.answers_to_read(world.lead, access).exists()


@pytest.mark.django_db
def test_nothing_closes_without_an_answer(world: World, as_the_lead: None) -> None:
    alert = raised(world)
    with pytest.raises(DomainError, match="ne se ferme pas sans elle"):
        answer_alert(alert, answer=" ", user=world.lead)
    for close in (
        lambda: Alert.objects.filter(pk=alert.pk).update(answered_at=timezone.now()),
        lambda: raw("update governance_alert set answered_at = now() where id = %s", alert.pk),
    ):
        with pytest.raises(IntegrityError, match="alert_closed_by_an_answer"), transaction.atomic():
            close()
    assert Alert.objects.open().filter(pk=alert.pk).exists()


def raw(sql: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


# --- What waits for whom ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_the_comop_is_asked_to_answer(world: World) -> None:
    alone(world)
    member = world.person(Role.COMOP)
    elsewhere = ProjectFactory()
    MembershipFactory(user=member, role=Role.COMOP, target=elsewhere)
    free, mine = about(structure(world)), about(structure(world), owner=member, severity=Severity.CRITICAL)
    other = AlertFactory(project=elsewhere, number=3)
    about(structure(world), owner=world.lead)
    about(structure(world), answered_at=timezone.now(), answered_by=member, answer="Oui.")
    about(structure(world), escalated_at=timezone.now(), arbitration=world.own.governance.arbitration)
    AlertFactory(project=world.foreign.project, number=99)

    def asked(user: User) -> list[Alert]:
        with acting_as(user.pk) as access:
            return list(selectors.open_alerts_to_answer(user, access))

    assert asked(member)[0] == mine  # it presses
    assert set(asked(member)) == {free, mine, other}
    handed = about(structure(world), owner=world.person(Role.VENDOR))
    assert asked(world.person(Role.VENDOR)) == [handed]
    assert asked(world.person(Role.COSTRAT)) == []
    assert asked(world.person(Role.ESMS_DIRECTOR)) == []


# --- To the COSTRAT --------------------------------------------------------------------------------------------------


def put_to_costrat(world: World, alert: Alert, **values: object) -> Alert:
    given = {
        "kind": ArbitrationKind.SCHEDULE,
        "question": "Reporter la vague ?",
        "context": "Le réseau tombe.",
        "user": world.lead,
        "token": uuid.uuid4(),
    }
    return escalate_alert(alert=alert, **{**given, **values})


@pytest.mark.django_db
def test_an_alert_becomes_an_arbitration_about_the_same_structure(world: World, client_as: Callable) -> None:
    alert = about(structure(world), subject="Le réseau tombe.", text="Chaque soir.", raised_at=days_ago(10))
    client, address = client_as(world.person(Role.COMOP)), f"{PAGE}{alert.number}/porter/"
    page = parse(client.get(address).content)
    question = page.xpath("//textarea[@name='question']")[0].text_content().strip()
    context = plain(page.xpath("//textarea[@name='context']")[0].text_content())
    assert plain(question) == "Le réseau tombe : que décide le COSTRAT ?"
    assert f"donnée le {plain(french.long_date(alert.raised_at))} par {alert.raised_by}, Foyer." in context
    assert "Chaque soir." in context
    deadline = timezone.localdate() + timedelta(days=30)
    token = page.xpath("//form[@id='porter']//input[@name='token']/@value")[0]
    fields = {"question": question, "context": context, "kind": "schedule", "deadline": deadline, "token": token}
    for _ in range(2):  # posted twice, opened once
        assert client.post(address, fields).status_code == 302
    arbitration = fresh(alert).arbitration
    with elevated():
        assert Arbitration.objects.filter(project=world.project, kind="schedule").exclude(alerts=None).count() == 1
        assert [concern.esms for concern in arbitration.concerns.select_related("esms")] == [structure(world)]
    assert (arbitration.deadline, arbitration.requested_by) == (deadline, world.person(Role.COMOP))
    page = said(client.get(f"{PAGE}{alert.number}/"))
    assert f"arbitrage {arbitration.reference}" in page
    assert "Répondre et fermer" not in page
    assert client.get(address).status_code == 302  # not twice


@pytest.mark.django_db
def test_what_is_refused_keeps_what_was_typed(world: World, lead: Client) -> None:
    alert = about(structure(world))
    past = timezone.localdate() - timedelta(days=1)
    fields = {
        "question": "Que faire ?",
        "context": "Ceci.",
        "kind": "schedule",
        "deadline": past,
        "token": uuid.uuid4(),
    }
    answer = lead.post(f"{PAGE}{alert.number}/porter/", fields)
    assert answer.status_code == 422
    assert "Cette date est passée" in said(answer)
    assert "Ceci." in said(answer)
    assert fresh(alert).arbitration is None


@pytest.mark.django_db
def test_an_escalated_alert_waits_for_the_costrat(world: World, as_the_lead: None) -> None:
    alert = raised(world)
    put_to_costrat(world, alert)
    with pytest.raises(DomainError, match="elle recevra pour réponse ce qu’il décide"):
        answer_alert(alert, answer="Non.", user=world.lead)
    with pytest.raises(DomainError, match="déjà portée au COSTRAT"):
        put_to_costrat(world, alert)


@pytest.mark.django_db
def test_an_answered_alert_is_not_put_to_the_costrat(world: World, as_the_lead: None) -> None:
    alert = raised(world)
    answer_alert(alert, answer="Oui.", user=world.lead)
    with pytest.raises(DomainError, match="a déjà reçu sa réponse"):
        put_to_costrat(world, alert)
    assert not Arbitration.objects.filter(alerts=alert).exists()


@pytest.mark.django_db
def test_an_arbitration_that_is_withdrawn_gives_the_alert_back(world: World, as_the_lead: None) -> None:
    alert = raised(world)
    arbitration = put_to_costrat(world, alert).arbitration
    withdraw(arbitration=arbitration, version=arbitration.version, reason="Plus d’objet.")
    assert put_to_costrat(world, alert).arbitration != arbitration
    other = raised(world)
    withdrawn = put_to_costrat(world, other).arbitration
    withdraw(arbitration=withdrawn, version=withdrawn.version, reason="Plus d’objet.")
    answer_alert(other, answer="Le COMOP s’en charge.", user=world.lead)
    assert fresh(other).answered_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize("concerned", [True, False])
def test_a_long_decision_is_cut_where_the_whole_of_it_can_be_read(client_as: Callable, concerned: bool) -> None:
    """Who raised it may read the arbitration when it concerns their structure; otherwise the answer is all there is."""
    room = costrat_of_three()
    director, esms = UserFactory(), ESMSFactory(og=room.ogs["Amont"])
    MembershipFactory(user=director, role=Role.ESMS_DIRECTOR, target=esms)
    with elevated():
        arbitration = ArbitrationFactory(
            project=room.project, requested_by=room.lead, meeting=room.meeting, status=ArbitrationStatus.TO_DECIDE
        )
        if concerned:
            ArbitrationStructure.objects.create(
                project=room.project, arbitration=arbitration, og=room.ogs["Amont"], esms=esms
            )
    ending = "Le COSTRAT y reviendra en mars."
    text = f"{'La vague attend que le réseau tienne. ' * 60}{ending}"
    alert = about(
        esms,
        raised_by=director,
        escalated_at=timezone.now(),
        escalated_by=room.lead,
        arbitration=arbitration,
        answer=text,
        answered_by=room.lead,
        answered_at=timezone.now(),
    )
    where = f"/projets/{room.project.slug}/gouvernance/alertes/"
    client = client_as(director)
    for address in (where, f"{where}{alert.number}/"):
        answer = client.get(address)
        page, links = said(answer), parse(answer.content).xpath("//a[starts-with(., 'Lire la décision')]/@href")
        assert "La vague attend que le réseau tienne." in page
        if concerned:
            assert ending not in page
            assert "le réseau tienne. […]" in page  # at the end of a sentence
            assert [link.endswith("#decision") for link in links] == [True]
            assert client.get(links[0]).status_code == 200
        else:
            assert ending in page
            assert links == []
    with elevated():
        Alert.objects.filter(pk=alert.pk).update(answer=text[-2000:])
    assert ending in said(client.get(f"{where}{alert.number}/"))  # as long as an answer may be: whole


@pytest.mark.django_db
def test_what_the_costrat_decides_goes_back_to_who_raised_the_alert(client_as: Callable) -> None:
    room = costrat_of_three()
    room.come("Amont", "Aval", "Delta")
    esms = ESMSFactory(og=room.ogs["Amont"])
    director = UserFactory()
    MembershipFactory(user=director, role=Role.ESMS_DIRECTOR, target=esms)
    alert = about(esms, raised_by=director)
    with acting_as(room.lead.pk):
        arbitration = escalate_alert(
            alert=alert,
            kind=ArbitrationKind.SCHEDULE,
            question="Reporter la vague ?",
            context="Le réseau tombe.",
            user=room.lead,
            token=uuid.uuid4(),
        ).arbitration
        option = ArbitrationOption.objects.create(
            project=room.project, arbitration=arbitration, position=1, label="Oui", description="D’un mois."
        )
        Arbitration.objects.filter(pk=arbitration.pk).update(status=ArbitrationStatus.TO_DECIDE, meeting=room.meeting)
        decide(
            arbitration=arbitration,
            version=arbitration.version,
            mode=DecisionMode.CONSENSUS,
            option=option,
            text="La vague est reportée d’un mois.",
            user=room.lead,
            token=uuid.uuid4(),
        )
    with acting_as(director.pk) as access:
        assert list(selectors.answers_to_read(director, access)) == [alert]
    page = said(client_as(director).get(f"/projets/{room.project.slug}/gouvernance/alertes/{alert.number}/"))
    assert "La vague est reportée d’un mois." in page
    assert f"arbitrage {arbitration.reference}" in page


@pytest.mark.django_db
def test_escalated_means_to_an_arbitration(world: World, as_the_lead: None) -> None:
    alert = raised(world)
    with pytest.raises(IntegrityError, match="alert_escalated_to_an_arbitration"), transaction.atomic():
        raw("update governance_alert set escalated_at = now() where id = %s", alert.pk)


# --- How long it takes -----------------------------------------------------------------------------------------------

ON_ANYTHING = settings(deadline=None)
AGO = st.integers(0, 1000)  # days


def wait_of(ago: tuple[int, int | None]) -> Wait:
    """Raised and answered so many days ago, whichever comes first."""
    one, other = ago
    if other is None:
        return Wait(TODAY - timedelta(days=one))
    return Wait(TODAY - timedelta(days=max(one, other)), TODAY - timedelta(days=min(one, other)))


WAITS = st.tuples(AGO, st.none() | AGO).map(wait_of)


@ON_ANYTHING
@given(st.lists(WAITS, max_size=20), st.integers(1, 12))
def test_delays_hold_together(found: list[Wait], months: int) -> None:
    delays = measure(found, months=months, today=TODAY)
    answered = [wait.days(TODAY) for wait in found if wait.answered_on]
    assert delays.answered + delays.waiting == len(found)
    assert sum(band.answered for band in delays.bands) == delays.answered
    assert sum(band.waiting for band in delays.bands) == delays.waiting
    assert delays.in_time <= delays.answered <= delays.due <= len(found)
    assert delays.share is None or 0 <= delays.share <= 1
    assert (delays.median_days is None) == (not answered)
    if delays.median_days is not None:
        below = sum(days <= delays.median_days for days in answered)
        above = sum(days >= delays.median_days for days in answered)
        assert below * 2 >= len(answered) <= above * 2
    assert (delays.oldest_days is None) == (delays.waiting == 0)


@ON_ANYTHING
@given(WAITS, st.integers(1, 11))
def test_more_time_to_answer_is_never_less_in_time(wait: Wait, months: int) -> None:
    assert wait.within(months + 1, TODAY) >= wait.within(months, TODAY)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 10, 31), 14, date(2027, 12, 31)),
    ],
)
def test_the_same_day_so_many_months_later(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


@pytest.mark.parametrize(
    ("waited", "in_time", "due", "median", "bands"),
    [
        ([], 0, 0, None, [(0, 0)] * 4),
        ([(0, 0)], 1, 1, 0, [(1, 0), (0, 0), (0, 0), (0, 0)]),
        ([(7, 0), (8, 0), (40, 0)], 2, 3, 8, [(1, 0), (1, 0), (1, 0), (0, 0)]),
        ([(10, None)], 0, 0, None, [(0, 0), (0, 1), (0, 0), (0, 0)]),  # still has time
        ([(100, None), (12, 0)], 1, 2, 12, [(0, 0), (1, 0), (0, 0), (0, 1)]),
    ],
)
def test_delays_by_example(waited: list, in_time: int, due: int, median: float | None, bands: list) -> None:
    """Each: days since it was raised, days since it was answered."""
    found = [
        Wait(TODAY - timedelta(days=raised), None if answered is None else TODAY - timedelta(days=answered))
        for raised, answered in waited
    ]
    delays = measure(found, months=1, today=TODAY)
    assert (delays.in_time, delays.due, delays.median_days) == (in_time, due, median)
    assert [(band.answered, band.waiting) for band in delays.bands] == bands


@pytest.mark.django_db
def test_delays_since_a_day_for_reports(world: World, as_the_lead: None) -> None:
    with elevated():
        Alert.objects.filter(project=world.project).delete()
        Body.objects.filter(project=world.project, kind=BodyKind.COMOP).update(frequency_months=2)
    for raised_on, answered in ((100, 60), (50, 10), (5, None)):
        AlertFactory(
            project=world.project,
            number=1000 + raised_on,
            raised_at=days_ago(raised_on),
            answered_at=None if answered is None else days_ago(answered),
            answer="" if answered is None else "Oui.",
        )
    today = timezone.localdate()
    ever = selectors.delays(world.project, None, today)
    recent = selectors.delays(world.project, today - timedelta(days=30), today)
    assert (ever.months, ever.answered, ever.in_time) == (2, 2, 2)
    assert (recent.answered, recent.waiting, recent.median_days) == (1, 1, 40)


# --- Queries ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", [Role.PROJECT_LEAD, Role.ESMS_DIRECTOR])
def test_the_pages_ask_as_much_for_thirty_alerts_as_for_one(world: World, client_as: Callable, role: Role) -> None:
    client, user = client_as(world.person(role)), world.person(role)
    addresses = [
        PAGE,
        f"{PAGE}?vue=closes&gravite=critical",
        NEW,
        f"{PAGE}{world.own.governance.structure_alert.number}/",
    ]
    found = []
    for rows in (1, 2, 27):
        for index in range(rows):
            severity = Severity.CRITICAL if index % 2 else Severity.WARNING
            about(structure(world), severity=severity, owner=world.person(Role.COMOP))
            about(
                structure(world),
                raised_by=user,
                answered_at=timezone.now(),
                answered_by=world.person(Role.COMOP),
                answer="Oui.",
            )
            ESMSFactory(og=structure(world).og)
        counts = []
        for address in addresses:
            with counted() as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))
        found.append(counts)
    assert found[0] == found[1] == found[2], found
    assert max(found[0]) <= 17, found[0]
