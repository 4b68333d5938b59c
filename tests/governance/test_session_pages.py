"""The pages of a meeting in session, as a browser meets them, with and without scripts."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from lxml.html import HtmlElement

from checklist.enums import ACTION_SOURCE
from common.scope import elevated
from governance.enums import (
    ALERT_SOURCE,
    ARBITRATION_SOURCE,
    QUESTION_SOURCE,
    ArbitrationStatus,
    BodyKind,
    ItemState,
    MeetingStatus,
    Presence,
)
from governance.models import AgendaItem, Attendance, Decision, FollowUp, Meeting, Minutes
from organisations.enums import Role
from tests import factories
from tests.governance.room import Room, committee, costrat_of_three
from tests.harness.htmx import HTMX, outline, parse, swap, text
from tests.harness.queries import counted
from tests.harness.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return costrat_of_three()


@pytest.fixture
def lead(room: Room, client_as: Callable) -> Client:
    return client_as(room.lead)


@pytest.fixture
def member(room: Room, client_as: Callable) -> Client:
    return client_as(room.people["Amont"])


def url(room: Room, what: str = "en-seance/") -> str:
    return f"/projets/{room.project.slug}/gouvernance/seances/{room.meeting.number}/{what}"


def said(element: HtmlElement) -> str:
    return text(element).replace("\xa0", " ").replace("\u202f", " ")


def plain(answer: HttpResponse) -> str:
    return said(parse(answer.content))


def heading(client: Client, room: Room) -> str:
    return said(parse(client.get(url(room)).content).xpath("//h1")[0])


def part(client: Client, room: Room, place: str) -> str:
    return said(parse(client.get(url(room)).content).xpath(f"//*[@id='{place}']")[0])


def tap(client: Client, room: Room, name: str, presence: Presence, **options: object) -> HttpResponse:
    row = room.attendance(name)
    posted = {"presence": presence.value, "version": options.pop("version", row.version)}
    return client.post(url(room, f"presences/{row.pk}/"), posted, **options)


# --- Before it opens -------------------------------------------------------------------------------------------------


def test_the_lead_opens_a_meeting_on_its_day_and_the_members_follow_it(client_as: Callable) -> None:
    room = costrat_of_three(in_session=False, starts_at=timezone.now())
    lead, member = client_as(room.lead), client_as(room.people["Amont"])
    assert heading(lead, room) == "La séance peut s’ouvrir"
    assert "Ouvrir la séance" not in plain(member.get(url(room)))
    assert member.post(url(room, "ouvrir/")).status_code == 403
    answer = lead.post(url(room, "ouvrir/"))
    assert (answer.status_code, answer["Location"]) == (302, url(room))
    assert heading(member, room) == "Le quorum n’est pas atteint"


def test_before_its_day_the_page_says_when(client_as: Callable) -> None:
    room = costrat_of_three(in_session=False, starts_at=timezone.now() + timedelta(days=3))
    lead = client_as(room.lead)
    assert "La séance s’ouvrira le" in heading(lead, room)
    assert "Ouvrir la séance" not in plain(lead.get(url(room)))
    answer = lead.post(url(room, "ouvrir/"))
    assert answer.status_code == 422
    assert "elle s’ouvre ce jour-là" in plain(answer)
    assert room.fresh().status == MeetingStatus.CONVENED


def test_a_draft_is_told_to_nobody_but_who_prepares(client_as: Callable) -> None:
    room = costrat_of_three(in_session=False, draft=True, starts_at=timezone.now())
    assert client_as(room.people["Amont"]).get(url(room)).status_code == 404
    assert client_as(room.lead).get(url(room)).status_code == 302


# --- Who is here, and the quorum -------------------------------------------------------------------------------------


def test_one_tap_a_person_and_the_quorum_follows(room: Room, lead: Client) -> None:
    page = parse(lead.get(url(room)).content)
    assert "0 % du poids des OG est représenté, il en faut 60 % : le quorum n’est pas atteint." in said(page)
    assert "Il manque : Amont (41,67 %), Aval (33,33 %) et Delta (25 %)." in said(page)
    for name in ("Amont", "Aval"):
        answer = tap(lead, room, name, Presence.PRESENT, **HTMX)
        assert answer.status_code == 200
        page = swap(page, answer.content, f"p-{room.attendance(name).pk}")
    assert "75 % du poids des OG est représenté, il en faut 60 % : le quorum est atteint." in said(page)
    assert "Il manque : Delta (25 %)." in said(page)
    assert said(page.xpath("//h1")[0]) == "Le quorum est atteint"
    fresh = parse(lead.get(url(room)).content)
    for place in ("qui", "quorum"):
        assert outline(page.xpath(f"//*[@id='{place}']")[0]) == outline(fresh.xpath(f"//*[@id='{place}']")[0])


def test_a_tap_without_scripts_comes_back_to_the_page(room: Room, lead: Client) -> None:
    answer = tap(lead, room, "Amont", Presence.REMOTE)
    assert (answer.status_code, answer["Location"]) == (302, f"{url(room)}#qui")
    assert "Direction Amont : à distance." in plain(lead.get(url(room)))


@pytest.mark.parametrize("options", [HTMX, {}], ids=["scripts", "no scripts"])
def test_the_second_of_two_taps_is_told_and_overwrites_nothing(room: Room, lead: Client, options: dict) -> None:
    tap(lead, room, "Amont", Presence.EXCUSED, version=1)
    answer = tap(lead, room, "Amont", Presence.PRESENT, version=1, **options)
    assert answer.status_code == 409
    assert "Maëlle Kerdrain a noté « Excusé » juste avant vous." in plain(answer)
    assert room.attendance("Amont").presence == Presence.EXCUSED
    assert 'value="2"' in answer.content.decode()  # the next tap is about what stands


def test_a_tap_that_means_nothing_is_refused(room: Room, lead: Client) -> None:
    row = room.attendance("Amont")
    for posted in (
        {},
        {"presence": "present"},
        {"presence": "expected", "version": 1},
        {"presence": "x", "version": 1},
    ):
        assert lead.post(url(room, f"presences/{row.pk}/"), posted).status_code == 400
    other = costrat_of_three().attendance("Amont")
    assert lead.post(url(room, f"presences/{other.pk}/"), {"presence": "present", "version": 1}).status_code == 404


def test_a_voice_is_given_and_taken_back(room: Room, lead: Client) -> None:
    room.come("Delta")
    giver, bearer = room.attendance("Amont"), room.attendance("Delta")
    answer = lead.post(url(room, "pouvoirs/"), {"giver": giver.pk, "to": bearer.pk}, **HTMX)
    page = swap(parse(lead.get(url(room)).content), answer.content, "qui")
    assert "Direction Amont donne pouvoir à Direction Delta" in said(page)
    assert "66,67 % du poids des OG est représenté" in said(page)
    tap(lead, room, "Delta", Presence.ABSENT)
    assert "ce pouvoir ne compte pas" in part(lead, room, "pouvoirs")
    given = room.attendance("Amont")
    answer = lead.post(url(room, f"pouvoirs/{given.pk}/retirer/"), {"version": given.version}, follow=True)
    assert "Direction Amont ne donne plus pouvoir." in plain(answer)
    assert room.attendance("Amont").proxy_id is None


@pytest.mark.parametrize("options", [HTMX, {}], ids=["scripts", "no scripts"])
def test_a_proxy_that_can_not_be_is_refused_beside_its_field(room: Room, lead: Client, options: dict) -> None:
    posted = {"giver": room.attendance("Amont").pk, "to": room.attendance("Delta").pk}
    answer = lead.post(url(room, "pouvoirs/"), posted, **options)
    assert answer.status_code == 422
    assert "Direction Delta n’est pas là : un pouvoir se donne à une personne présente." in plain(answer)
    assert lead.post(url(room, "pouvoirs/"), {}, **options).status_code == 422


def test_who_came_uncalled_is_added_from_the_people_of_the_project(room: Room, lead: Client) -> None:
    person = factories.UserFactory(first_name="Venue", last_name="Seule")
    stranger = factories.UserFactory()
    factories.MembershipFactory(user=person, role=Role.OBSERVER, target=room.project)
    answer = lead.post(url(room, "presences/ajouter/"), {"person": person.pk}, follow=True)
    assert "Venue Seule est là, sur invitation." in plain(answer)
    assert lead.post(url(room, "presences/ajouter/"), {"person": stranger.pk}).status_code == 422


def test_a_member_follows_the_session_and_changes_nothing(room: Room, lead: Client, member: Client) -> None:
    item = room.point(notes="Les comptes sont justes.")
    page = parse(member.get(url(room)).content)
    assert page.xpath("//main//form") == []
    assert "Les comptes sont justes." in said(page)
    (quorum,) = page.xpath("//*[@id='quorum']")
    assert quorum.get("hx-get").startswith(url(room, "quorum/"))
    assert quorum.get("hx-trigger") == "every 20s"
    assert member.get(quorum.get("hx-get"), **HTMX).status_code == 204  # nothing changed: nothing to swap
    tap(lead, room, "Amont", Presence.PRESENT)
    page = swap(page, member.get(quorum.get("hx-get"), **HTMX).content, "quorum")
    assert "41,67 % du poids des OG est représenté" in said(page)
    for what, posted in (
        (f"presences/{room.attendance('Delta').pk}/", {"presence": "present", "version": 1}),
        (f"points/{item.pk}/notes/", {"notes": "Non", "version": 1}),
        (f"points/{item.pk}/decision/", {"title": "Non", "text": "Non", "token": uuid.uuid4()}),
        ("clore/", {"summary": "", "version": 1}),
    ):
        assert member.post(url(room, what), posted).status_code == 403


def test_the_quorum_that_is_asked_for_after_the_close_says_so(room: Room, member: Client) -> None:
    with elevated():
        Meeting.objects.filter(pk=room.meeting.pk).update(
            status=MeetingStatus.CLOSED, closed_at=timezone.now(), quorum_reached=False, represented_percent=0
        )
    answer = member.get(url(room, "quorum/"), **HTMX)
    assert "La séance n’est plus ouverte" in plain(answer)
    assert "hx-trigger" not in answer.content.decode()
    assert member.get(url(room))["Location"] == url(room, "compte-rendu/")


def test_a_guest_who_does_not_read_the_council_is_refused(client_as: Callable) -> None:
    room = committee(BodyKind.COMOP)
    assert client_as(room.others["éditeur"]).get(url(room)).status_code == 403
    assert client_as(room.people["membre 1"]).get(url(room)).status_code == 200


def test_a_comop_and_a_working_group_say_what_they_may(client_as: Callable) -> None:
    comop, group = committee(BodyKind.COMOP), committee(BodyKind.WORKING_GROUP)
    assert "Le COMOP se tient sans quorum, mais ne décide alors de rien." in plain(
        client_as(comop.lead).get(url(comop))
    )
    group.point()
    page = plain(client_as(group.lead).get(url(group)))
    assert "Un groupe de travail ne décide pas" in page
    assert "Noter une décision" not in page
    assert "Noter une action" in page


# --- Points ----------------------------------------------------------------------------------------------------------


def test_points_have_their_time_and_their_notes_save_themselves(room: Room, lead: Client) -> None:
    first, second = room.point(minutes=20), room.point("Le calendrier")
    page = parse(lead.get(url(room)).content)
    times = [said(item)[:5] for item in page.xpath("//article/header/p")]
    assert len(times) == len(set(times)) == 2
    answer = lead.post(url(room, f"points/{first.pk}/notes/"), {"notes": "Dit.", "version": 1}, **HTMX)
    page = swap(page, answer.content, f"notes-{first.pk}")
    assert "Enregistré à" in said(page)
    fresh = parse(lead.get(url(room)).content)
    for place in (f"point-{first.pk}", f"point-{second.pk}"):
        shown, kept = (item.xpath(f"//*[@id='{place}']//input[@name='version']/@value") for item in (page, fresh))
        assert shown == kept
    assert lead.post(url(room, f"points/{second.pk}/notes/"), {"notes": "Là", "version": 1})["Location"] == (
        f"{url(room)}#point-{second.pk}"
    )


@pytest.mark.parametrize("options", [HTMX, {}], ids=["scripts", "no scripts"])
def test_two_texts_that_meet_are_shown_side_by_side(room: Room, lead: Client, options: dict) -> None:
    item = room.point()
    lead.post(url(room, f"points/{item.pk}/notes/"), {"notes": "Le premier texte.", "version": 1})
    answer = lead.post(url(room, f"points/{item.pk}/notes/"), {"notes": "Le second texte.", "version": 1}, **options)
    assert answer.status_code == 409
    page = plain(answer)
    assert "Le premier texte." in page
    assert "Le second texte." in page
    answer = lead.post(url(room, "retenir/"), {"summary": "Un résumé.", "version": 1})
    answer = lead.post(url(room, "retenir/"), {"summary": "Un autre.", "version": 1}, **options)
    assert answer.status_code == 409
    assert "Un résumé." in plain(answer)
    assert "Un autre." in plain(answer)


@pytest.mark.parametrize("options", [HTMX, {}], ids=["scripts", "no scripts"])
def test_what_is_typed_is_kept_when_somebody_emptied_the_text(room: Room, lead: Client, options: dict) -> None:
    lead.post(url(room, "retenir/"), {"summary": "Un résumé.", "version": 1})
    lead.post(url(room, "retenir/"), {"summary": "", "version": 2})
    answer = lead.post(url(room, "retenir/"), {"summary": "Un autre.", "version": 2}, **options)
    assert answer.status_code == 409
    assert "Un autre." in plain(answer)


def test_a_point_is_treated_by_one_tap_and_the_title_counts_it(room: Room, lead: Client) -> None:
    item = room.point()
    room.point("Le calendrier")
    page = parse(lead.get(url(room)).content)
    answer = lead.post(url(room, f"points/{item.pk}/etat/"), {"state": "treated", "version": 1}, **HTMX)
    page = swap(page, answer.content, f"point-{item.pk}")
    assert said(page.xpath("//h1")[0]) == "Le quorum n’est pas atteint ; 1 point sur 2 est traité"
    fresh = parse(lead.get(url(room)).content)
    place = f"//*[@id='point-{item.pk}']"
    assert outline(page.xpath(place)[0]) == outline(fresh.xpath(place)[0])
    answer = lead.post(url(room, f"points/{item.pk}/etat/"), {"state": "postponed", "version": 1}, **HTMX)
    assert answer.status_code == 409
    assert "Quelqu’un a noté « Traité » entre-temps." in plain(answer)


@pytest.mark.parametrize("options", [HTMX, {}], ids=["scripts", "no scripts"])
def test_a_decision_is_noted_beside_its_point(room: Room, lead: Client, options: dict) -> None:
    room.come("Amont", "Aval")
    item = room.point()
    where = url(room, f"points/{item.pk}/decision/")
    form = parse(lead.get(where, **options).content)
    assert form.xpath("//input[@name='title']/@value") == ["Le budget"]
    token = form.xpath("//input[@name='token']/@value")[0]
    answer = lead.post(where, {"title": "Le budget", "text": "", "token": token}, **options)
    assert answer.status_code == 422
    assert "est à corriger" in plain(answer)
    for _ in range(2):
        answer = lead.post(where, {"title": "Le budget", "text": "412 000 €.", "token": token}, **options)
    assert answer.status_code == (200 if options else 302)
    shown = part(lead, room, f"point-{item.pk}")
    assert f"D‑{timezone.localdate().year}‑01 : Le budget" in shown
    with elevated():
        assert Decision.objects.filter(meeting=room.meeting).count() == 1


@pytest.mark.parametrize("options", [HTMX, {}], ids=["scripts", "no scripts"])
def test_without_a_quorum_no_decision_is_noted_and_the_page_says_why(room: Room, lead: Client, options: dict) -> None:
    item = room.point()
    where = url(room, f"points/{item.pk}/decision/")
    assert "Sans quorum, le COSTRAT ne décide de rien" in plain(lead.get(where, **options))
    posted = {"title": "Le budget", "text": "Validé.", "token": uuid.uuid4()}
    answer = lead.post(where, posted, **options)
    assert answer.status_code == 422
    assert "Sans quorum, le COSTRAT ne décide de rien" in plain(answer)


@pytest.mark.parametrize("options", [HTMX, {}], ids=["scripts", "no scripts"])
def test_an_action_is_noted_with_its_owner_and_its_day(room: Room, lead: Client, options: dict) -> None:
    item = room.point()
    where = url(room, f"points/{item.pk}/action/")
    token = parse(lead.get(where, **options).content).xpath("//input[@name='token']/@value")[0]
    posted = {"label": "Chiffrer l’appui", "owner": room.people["Delta"].pk, "token": token}
    late = {"due_on": timezone.localdate() - timedelta(days=1), **posted}
    answer = lead.post(where, late, **options)
    assert answer.status_code == 422
    assert "Cette date est passée" in plain(answer)
    lead.post(where, {"due_on": timezone.localdate() + timedelta(days=9), **posted}, **options)
    assert "Action n° 1 : Chiffrer l’appui" in part(lead, room, f"point-{item.pk}")
    stranger = factories.UserFactory()
    refused = lead.post(where, {**posted, "owner": stranger.pk, "due_on": timezone.localdate()}, **options)
    assert refused.status_code == 422


def test_a_point_leads_to_what_it_is_about(room: Room, lead: Client) -> None:
    arbitration = factories.ArbitrationFactory(
        project=room.project, number=4, status=ArbitrationStatus.TO_DECIDE, meeting=room.meeting
    )
    alert = factories.AlertFactory(project=room.project, number=3)
    question = factories.AgendaRequestFactory(body=room.body, question="Qui signe ?")
    points = [
        room.point("L’arbitrage", source=ARBITRATION_SOURCE, source_id=arbitration.pk),
        room.point("L’alerte", source=ALERT_SOURCE, source_id=alert.pk),
        room.point("Qui signe ?", source=QUESTION_SOURCE, source_id=question.pk),
    ]
    page = parse(lead.get(url(room)).content)
    first, second, third = (page.xpath(f"//*[@id='point-{item.pk}']")[0] for item in points)
    base = f"/projets/{room.project.slug}/gouvernance/"
    assert f"{base}arbitrages/{arbitration.year}/4/" in first.xpath(".//a/@href")
    assert "On y vote, et la décision s’y enregistre." in said(first)
    assert "Noter une décision" not in said(first)
    assert f"{base}alertes/3/" in second.xpath(".//a/@href")
    assert "Une décision notée ici répond à la question" in said(third)
    assert lead.get(url(room, f"points/{points[0].pk}/decision/")).status_code == 404


def test_a_point_about_a_thing_of_another_app_leads_there(world: World, client_as: Callable) -> None:
    held, action = world.own.governance.session, world.action("2.1.1")
    item = factories.AgendaItemFactory(meeting=held, source=ACTION_SOURCE, source_id=action.pk)
    base = f"/projets/{world.project.slug}/gouvernance/seances/{held.number}/"
    member = client_as(world.person(Role.COSTRAT))
    page = parse(member.get(f"{base}en-seance/").content)
    (where,) = page.xpath(f"//*[@id='point-{item.pk}']//a/@href")
    assert member.get(where)["Location"] == f"/projets/{world.project.slug}/checklist/actions/2.1.1/"


# --- Closing ---------------------------------------------------------------------------------------------------------


def test_closing_says_first_what_it_will_do(room: Room, lead: Client) -> None:
    room.come("Amont")
    room.point("Le budget", state=ItemState.TREATED)
    room.point("Le calendrier")
    page = plain(lead.get(url(room, "clore/")))
    assert "La séance peut être close : un point reste à traiter" in page
    assert "41,67 % du poids des OG est représenté, il en faut 60 % : le quorum n’est pas atteint." in page
    assert "Un point va à la séance suivante : « Le calendrier »." in page
    assert "seront notés absents" in page
    answer = lead.post(url(room, "clore/"), {"summary": "L’essentiel.", "version": 1})
    assert (answer.status_code, answer["Location"]) == (302, url(room, "compte-rendu/"))
    assert room.fresh().status == MeetingStatus.CLOSED
    with elevated():
        assert Minutes.objects.get(meeting=room.meeting).summary == "L’essentiel."


def test_who_closes_over_another_summary_sees_both(room: Room, lead: Client) -> None:
    lead.post(url(room, "retenir/"), {"summary": "Celui de l’autre.", "version": 1})
    answer = lead.post(url(room, "clore/"), {"summary": "Le mien.", "version": 1})
    assert answer.status_code == 409
    page = plain(answer)
    assert "Celui de l’autre." in page
    assert "Le mien." in page
    (version,) = parse(answer.content).xpath("//input[@name='version']/@value")
    assert lead.post(url(room, "clore/"), {"summary": "Les deux.", "version": version}).status_code == 302


def test_a_form_posted_after_the_close_is_refused_in_words(room: Room, lead: Client) -> None:
    item = room.point()
    lead.post(url(room, "clore/"), {"summary": "", "version": 1})
    for what, posted in (
        (f"presences/{room.attendance('Delta').pk}/", {"presence": "present", "version": 2}),
        (f"points/{item.pk}/notes/", {"notes": "Après coup", "version": 2}),
        (f"points/{item.pk}/etat/", {"state": "treated", "version": 2}),
        (f"points/{item.pk}/decision/", {"title": "Après", "text": "Coup", "token": uuid.uuid4()}),
        ("retenir/", {"summary": "Après coup", "version": 2}),
        ("presences/ajouter/", {"person": room.lead.pk}),
    ):
        for options in (HTMX, {}):
            answer = lead.post(url(room, what), posted, **options)
            assert answer.status_code == 422, what
            assert "Cette séance est close : elle ne change plus." in plain(answer), what
    with elevated():
        assert AgendaItem.objects.get(pk=item.pk).notes == ""


# --- Queries ---------------------------------------------------------------------------------------------------------


def grow(room: Room) -> None:
    """A person, a point with a decision and an action, a point about each kind of thing."""
    factories.AttendanceFactory(meeting=room.meeting, user=factories.UserFactory(), invited=True)
    item = room.point()
    factories.DecisionFactory(body=room.body, number=500 + item.position, meeting=room.meeting, item=item)
    factories.FollowUpFactory(meeting=room.meeting, item=item, owner=room.lead)
    arbitration = factories.ArbitrationFactory(project=room.project)
    alert = factories.AlertFactory(project=room.project)
    question = factories.AgendaRequestFactory(body=room.body)
    for source, row in ((ARBITRATION_SOURCE, arbitration), (ALERT_SOURCE, alert), (QUESTION_SOURCE, question)):
        room.point(f"{source}", source=source, source_id=row.pk)


@pytest.mark.parametrize("what", ["en-seance/", "clore/", "compte-rendu/"])
def test_a_longer_meeting_asks_no_more_queries(room: Room, lead: Client, what: str) -> None:
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            grow(room)
        with counted() as queries:
            assert lead.get(url(room, what)).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_a_tap_asks_no_more_queries_in_a_longer_meeting(room: Room, lead: Client) -> None:
    counts = []
    for more in (1, 29):
        for _ in range(more):
            grow(room)
        with counted() as queries:
            assert tap(lead, room, "Amont", Presence.PRESENT, **HTMX).status_code == 200
        counts.append(len(queries))
        tap(lead, room, "Amont", Presence.ABSENT)
    assert counts[0] == counts[1], counts
    with elevated():
        assert Attendance.objects.filter(meeting=room.meeting).count() == 35
        assert FollowUp.objects.filter(meeting=room.meeting).count() == 30
