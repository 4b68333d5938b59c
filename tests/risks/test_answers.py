"""Answering the questionnaire: each alone, a question a screen or a section a page, until marks are put together."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from common import french
from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import User
from risks.catalogue import questionnaire
from risks.enums import Capacity
from risks.models import Mark, Respondent
from risks.places import Place
from risks.selectors.answers import respondent_in, sheet_of
from tests.factories import ESMSFactory, MembershipFactory, ProjectFactory, UserFactory
from tests.harness.htmx import HTMX, parse, text
from tests.harness.world import World
from tests.risks.answering import Room, asked_again, campaign_of, room_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(world: World, client_as: Callable[[User], Client]) -> Room:
    return room_of(world, client_as)


def words(answer: HttpResponse) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def h1(answer: HttpResponse) -> str:
    return text(parse(answer.content).xpath("//h1")[0])


def checked(answer: HttpResponse) -> list[str]:
    return [item.get("value") for item in parse(answer.content).xpath("//input[@name='mark'][@checked]")]


class TestOneQuestion:
    def test_opens_at_the_first_question_and_says_what_the_ends_mean(self, room: Room) -> None:
        client = room.sign_in(room.referent)
        answer = client.get(room.url("risk_answer"), follow=True)
        assert answer.redirect_chain == [(room.url("risk_answer_question", "1-1"), 302)]
        first = questionnaire().questions[0]
        assert h1(answer) == first.text
        assert "Question 1 sur 100" in words(answer)
        assert first.low in words(answer)
        assert first.high in words(answer)
        assert len(parse(answer.content).xpath("//input[@type='radio'][@name='mark']")) == 11

    def test_saves_itself_and_says_so(self, room: Room) -> None:
        answer = room.mark(room.referent, "1.1", "7", comment="Rien n’est écrit.")
        assert answer.status_code == 200
        assert "Enregistré à" in words(answer)
        assert "1 réponse sur 100" in words(answer)
        kept = room.kept(room.referent, "1.1")
        assert (kept.value, kept.not_concerned, kept.comment) == (7, False, "Rien n’est écrit.")
        page = room.sign_in(room.referent).get(room.url("risk_answer_question", "1-1"))
        assert checked(page) == ["7"]

    def test_goes_on_after_the_last_answer_and_comes_back_to_what_was_skipped(self, room: Room) -> None:
        room.mark(room.referent, "1.1", "7")
        room.mark(room.referent, "1.4", "nc")
        client = room.sign_in(room.referent)
        assert client.get(room.url("risk_answer"))["Location"] == room.url("risk_answer_question", "1-5")
        for question in questionnaire().questions[4:]:
            room.mark(room.referent, question.number, "2")
        assert client.get(room.url("risk_answer"))["Location"] == room.url("risk_answer_question", "1-2")

    def test_not_concerned_is_an_answer_and_a_comment_alone_is_none(self, room: Room) -> None:
        room.mark(room.referent, "1.1", "nc")
        answer = room.mark(room.referent, "1.2", "", comment="À voir avec l’éditeur.")
        assert "1 réponse sur 100" in words(answer)
        assert room.kept(room.referent, "1.1").not_concerned
        assert room.kept(room.referent, "1.2").comment == "À voir avec l’éditeur."

    def test_nothing_said_writes_nothing(self, room: Room) -> None:
        assert room.mark(room.referent, "1.1", "").status_code == 200
        assert room.kept(room.referent, "1.1") is None
        assert room.respondent(room.referent) is None

    @pytest.mark.parametrize("mark", ["0", "11", "-3", "5,5", "beaucoup"])
    def test_what_is_no_mark_is_refused_in_words(self, room: Room, mark: str) -> None:
        answer = room.mark(room.referent, "1.1", mark, comment="Gardez-moi.")
        assert answer.status_code == 422
        assert "Choisissez une note de 1 à 10, ou « Non concerné »." in words(answer)
        assert "Gardez-moi." in words(answer)
        assert room.kept(room.referent, "1.1") is None

    def test_a_comment_too_long_is_refused_and_kept_in_the_box(self, room: Room) -> None:
        answer = room.mark(room.referent, "1.1", "4", comment="x" * 1001)
        assert answer.status_code == 422
        assert "1001 caractères pour 1000" in words(answer)
        assert "x" * 1001 in words(answer)
        assert checked(answer) == ["4"]

    def test_without_scripts_it_goes_on_to_the_next(self, room: Room) -> None:
        client = room.sign_in(room.referent)
        posted = {"mark": "3", "version": 0, "campaign": room.assessment.campaign.number, "comment": ""}
        answer = client.post(room.url("risk_mark", "1-1"), {**posted, "screen": "question"})
        assert answer["Location"] == room.url("risk_answer_question", "1-2")
        answer = client.post(room.url("risk_mark", "1-2"), {**posted, "screen": "section"})
        assert answer["Location"] == room.url("risk_answer_section", 1) + "#q-1-3"
        answer = client.post(room.url("risk_mark", "10-10"), {**posted, "screen": "question"})
        assert answer["Location"] == room.url("risk_answer_finish")
        refused = client.post(room.url("risk_mark", "1-3"), {**posted, "screen": "question", "mark": "12"})
        assert refused.status_code == 422
        assert h1(refused) == questionnaire().by_number["1.3"].text

    def test_a_page_of_another_campaign_writes_nothing(self, room: Room) -> None:
        answer = room.mark(room.referent, "1.1", "4", campaign=1)
        assert answer.status_code == 422
        assert "une autre campagne est ouverte" in words(answer)
        assert room.kept(room.referent, "1.1") is None

    def test_a_post_that_lost_its_version_asks_to_reload(self, room: Room) -> None:
        assert room.mark(room.referent, "1.1", "4", version="").status_code == 400


class TestWhatLooksLikeAPersonsData:
    def test_is_kept_and_said_to_be_out_of_place(self, room: Room) -> None:
        answer = room.mark(room.referent, "1.1", "3", comment="M. Durand, résident, né le 12/03/1948.")
        assert answer.status_code == 200
        assert room.kept(room.referent, "1.1").comment == "M. Durand, résident, né le 12/03/1948."
        assert "ne garde rien des usagers" in words(answer)
        page = room.sign_in(room.referent).get(room.url("risk_answer_question", "1-1"))
        assert parse(page.content).xpath("//*[@id='q-1-1-warning']//*[@class='mark']")
        again = room.mark(room.referent, "1.1", "3", version=1, comment="Rien à en dire.")
        assert not parse(again.content).xpath("//*[@id='q-1-1-warning']//*[@class='mark']")


class TestTwoWindows:
    def test_the_second_sees_both_answers_and_may_keep_its_own(self, room: Room) -> None:
        room.mark(room.referent, "1.1", "3", comment="Vu lundi.")
        answer = room.mark(room.referent, "1.1", "8")
        assert answer.status_code == 409
        assert answer["HX-Reswap"] == "outerHTML"
        assert "8 sur 10" in words(answer)
        assert "3 sur 10. Vu lundi." in words(answer)
        assert room.kept(room.referent, "1.1").value == 3
        form = parse(answer.content)
        posted = {item.get("name"): item.get("value") for item in form.xpath(".//input[@type='hidden']")}
        again = room.sign_in(room.referent).post(form.get("action"), posted, **HTMX)
        assert again.status_code == 200
        assert checked(again) == ["8"]  # the whole form is back
        assert room.kept(room.referent, "1.1").value == 8

    def test_the_same_answer_is_no_conflict(self, room: Room) -> None:
        room.mark(room.referent, "1.1", "3")
        assert room.mark(room.referent, "1.1", "3").status_code == 200

    def test_without_scripts_the_page_shows_both(self, room: Room) -> None:
        room.mark(room.referent, "1.1", "3")
        posted = {"mark": "8", "version": 0, "campaign": room.assessment.campaign.number, "screen": "question"}
        answer = room.sign_in(room.referent).post(room.url("risk_mark", "1-1"), posted)
        assert answer.status_code == 409
        assert h1(answer) == questionnaire().questions[0].text
        assert "Celle de l’autre fenêtre" in words(answer)

    def test_each_change_follows_the_version_that_the_answer_brought(self, room: Room) -> None:
        for version, mark in enumerate(("3", "4", "nc", "10")):
            answer = room.mark(room.referent, "1.1", mark, version)
            brought = parse(b"<div>" + answer.content + b"</div>").xpath("//input[@id='q-1-1-version']")[0]
            assert (answer.status_code, brought.get("value")) == (200, str(version + 1))
        kept = room.kept(room.referent, "1.1")
        assert (kept.value, kept.not_concerned) == (10, False)


class TestASection:
    def test_asks_its_ten_questions_and_counts(self, room: Room) -> None:
        room.mark(room.referent, "3.1", "4")
        page = room.sign_in(room.referent).get(room.url("risk_answer_section", 3))
        assert h1(page).endswith(": 1 réponse sur 10")
        assert len(parse(page.content).xpath("//form[contains(@class, 'answer')]")) == 10
        answer = room.mark(room.referent, "3.2", "4", screen="section")
        assert "2 réponses sur 10" in words(answer)
        assert "2 réponses sur 100" in words(answer)
        assert "Section suivante" in words(page)

    def test_at_the_end_of_a_phase_asks_the_starred_ones_with_the_last_mark(self, room: Room) -> None:
        asked_again(room, 6)
        starred = questionnaire().starred
        page = room.sign_in(room.referent).get(room.url("risk_answer"), follow=True)
        assert f"Question 1 sur {len(starred)}" in words(page)
        assert "La dernière fois : 6 sur 10" in words(page)
        section = next(one for one in questionnaire().sections if any(q.starred for q in one.questions))
        page = room.sign_in(room.referent).get(room.url("risk_answer_section", section.number))
        asked = [question for question in section.questions if question.starred]
        assert len(parse(page.content).xpath("//form[contains(@class, 'answer')]")) == len(asked)
        silent = next(question for question in questionnaire().questions if not question.starred)
        client = room.sign_in(room.referent)
        assert client.get(room.url("risk_answer_question", silent.slug)).status_code == 404
        assert room.mark(room.referent, silent.number, "4").status_code == 404

    @pytest.mark.parametrize("address", [("risk_answer_section", 11), ("risk_answer_question", "11-1")])
    def test_what_the_questionnaire_has_not_is_not_found(self, room: Room, address: tuple) -> None:
        assert room.sign_in(room.referent).get(room.url(*address)).status_code == 404


class TestFinishing:
    def test_says_how_many_are_left_and_where_then_finishes_and_takes_it_back(self, room: Room) -> None:
        client = room.sign_in(room.referent)
        assert h1(client.get(room.url("risk_answer_finish"))) == "Vous n’avez pas encore répondu"
        room.mark(room.referent, "1.1", "3")
        page = client.get(room.url("risk_answer_finish"))
        assert h1(page) == "Vous avez répondu à 1 question sur 100"
        assert "99 questions sont sans réponse" in words(page)
        assert room.url("risk_answer_question", "1-2") in page.content.decode()
        page = client.post(room.url("risk_answer_finish"), follow=True)
        assert h1(page) == "C’est terminé : vous avez répondu à 1 question sur 100"
        assert "Reprendre mes réponses" in words(page)
        assert "Vous avez dit avoir terminé" in words(room.mark(room.referent, "1.1", "4", 1))
        page = client.get(room.url("risk_answer_question", "1-1"))
        assert "Reprenez vos réponses pour en changer une" in words(page)
        assert checked(page) == ["3"]
        client.post(room.url("risk_answer_resume"))
        assert room.mark(room.referent, "1.1", "4", 1).status_code == 200
        assert room.respondent(room.referent).finished_at is None

    def test_a_day_that_is_past_is_said_as_such(self, world: World, client_as: Callable[[User], Client]) -> None:
        yesterday = timezone.localdate() - timedelta(days=1)
        late = room_of(world, client_as, campaign=campaign_of(world.own.project, world.lead, due_on=yesterday))
        page = late.sign_in(late.referent).get(late.url("risk_answer_finish"))
        day = " ".join(french.long_date(yesterday).split())
        assert f"100 affirmations à noter de 1 à 10, attendues depuis le {day}" in words(page)

    def test_who_answered_nothing_has_not_finished(self, room: Room) -> None:
        answer = room.sign_in(room.director).post(room.url("risk_answer_finish"))
        assert answer.status_code == 422
        assert "Vous n’avez encore répondu à aucune question." in words(answer)

    def test_once_put_together_nothing_changes_and_the_page_says_why(self, room: Room) -> None:
        room.mark(room.referent, "1.1", "3")
        room.put_together()
        answer = room.mark(room.referent, "1.1", "4", 1)
        assert answer.status_code == 422
        assert "Les réponses sont mises en commun : elles ne changent plus." in words(answer)
        client = room.sign_in(room.referent)
        assert client.get(room.url("risk_answer"))["Location"] == room.url("risk_answer_finish")
        page = client.get(room.url("risk_answer_finish"))
        assert "La note de chaque question se règle désormais ensemble" in words(page)
        assert room.url("risk_convergence") in page.content.decode()
        for act in ("risk_answer_finish", "risk_answer_resume"):
            assert client.post(room.url(act)).status_code == 422

    def test_a_closed_campaign_says_who_opens_another(self, room: Room) -> None:
        room.mark(room.referent, "1.1", "3")
        room.change(closed_at=timezone.now())
        answer = room.mark(room.referent, "1.1", "4", 1)
        assert (answer.status_code, "La campagne est close" in words(answer)) == (422, True)
        page = room.sign_in(room.referent).get(room.url("risk_answer_section", 1))
        assert "lui seul peut en ouvrir une autre" in words(page)

    def test_the_database_refuses_by_itself_once_put_together(
        self, room: Room, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        room.mark(room.referent, "1.1", "3")
        room.put_together()
        monkeypatch.setattr("risks.services.answers._answering", lambda assessment: assessment)
        answer = room.mark(room.referent, "1.1", "4", 1)
        assert answer.status_code == 422
        assert "Les réponses sont mises en commun : elles ne changent plus." in words(answer)


class TestWhoAnswers:
    def test_proposes_the_people_of_the_structure_and_offers_the_lead(self, room: Room) -> None:
        page = room.sign_in(room.director).get(room.url("risk_respondents"))
        boxes = {
            item.get("value"): item.get("checked") for item in parse(page.content).xpath("//input[@name='people']")
        }
        assert {key for key, on in boxes.items() if on is not None} == {str(room.director.pk), str(room.referent.pk)}
        assert boxes[str(room.lead.pk)] is None
        assert "Chacun répond seul et ne voit les notes de personne avant la mise en commun." in words(page)

    def test_asks_them_in_the_capacity_chosen_once_each(self, room: Room) -> None:
        client = room.sign_in(room.referent)
        posted = {
            "people": [str(room.director.pk), str(room.referent.pk), str(room.lead.pk)],
            f"capacity-{room.director.pk}": "direction",
            f"capacity-{room.referent.pk}": "deputy",
        }
        for _ in range(2):
            assert client.post(room.url("risk_respondents"), posted).status_code == 302
        found = {user: room.respondent(user).capacity for user in (room.director, room.referent, room.lead)}
        assert list(found.values()) == [Capacity.DIRECTION, Capacity.DEPUTY, Capacity.LEAD]

    @pytest.mark.parametrize("people", [[], ["01900000-0000-7000-8000-000000000000"]])
    def test_nobody_or_a_stranger_is_refused_in_words(self, room: Room, people: list[str]) -> None:
        answer = room.sign_in(room.director).post(room.url("risk_respondents"), {"people": people})
        assert answer.status_code == 422
        assert "Cochez au moins une personne." in words(answer) or "n’est plus dans la liste" in words(answer)

    def test_is_removed_before_a_first_mark_and_put_back(self, room: Room) -> None:
        row = room.ask(room.lead)
        client = room.sign_in(room.director)
        page = client.post(room.url("risk_respondent_remove", row.pk), follow=True)
        assert "ne répond plus" in words(page)
        assert room.respondent(room.lead) is None
        undo = room.url("risk_respondent_restore", room.lead.pk, Capacity.LEAD)
        assert undo in page.content.decode()
        client.post(undo, {"undo": "1"})
        assert room.respondent(room.lead).capacity == Capacity.LEAD
        strange = room.url("risk_respondent_restore", room.lead.pk, Capacity.DIRECTION)
        assert client.post(strange).status_code == 404

    def test_is_not_removed_after(self, room: Room) -> None:
        room.mark(room.referent, "1.1", "9")
        row = room.respondent(room.referent)
        answer = room.sign_in(room.director).post(room.url("risk_respondent_remove", row.pk))
        assert answer.status_code == 422
        assert f"{room.referent} a déjà commencé à répondre" in words(answer)
        assert "1 réponse sur 100" in words(answer)

    def test_a_capacity_is_changed_and_the_other_hand_is_told(self, room: Room) -> None:
        row = room.ask(room.referent, Capacity.REFERENT)
        client, url = room.sign_in(room.director), room.url("risk_respondent_capacity", row.pk)
        assert client.post(url, {"capacity": "deputy", "version": 1}).status_code == 302
        answer = client.post(url, {"capacity": "direction", "version": 1})
        assert answer.status_code == 409
        assert "« Direction adjointe »" in words(answer)
        assert client.post(url, {"capacity": "roi", "version": 2}).status_code == 422
        lead = room.ask(room.lead)
        refused = client.post(room.url("risk_respondent_capacity", lead.pk), {"capacity": "deputy", "version": 1})
        assert refused.status_code == 422
        assert room.respondent(room.referent).capacity == Capacity.DEPUTY

    def test_who_fills_the_structure_answers_without_being_asked(self, room: Room) -> None:
        room.mark(room.director, "1.1", "5")
        room.mark(room.referent, "1.1", "5")
        assert room.respondent(room.director).capacity == Capacity.DIRECTION
        assert room.respondent(room.referent).capacity == Capacity.REFERENT

    def test_the_lead_answers_in_a_structure_once_asked_and_not_before(self, room: Room) -> None:
        lead = room.sign_in(room.lead)
        answer = lead.get(room.url("risk_answer"))
        assert answer.status_code == 403
        assert "On ne vous a pas demandé de répondre ici" in words(answer)
        assert room.mark(room.lead, "1.1", "5").status_code == 403
        room.ask(room.lead)
        assert lead.get(room.url("risk_answer_section", 1)).status_code == 200
        assert room.mark(room.lead, "1.1", "5").status_code == 200
        assert lead.get(room.url("risk_respondents")).status_code == 403  # it is the structure's to say

    def test_nothing_is_asked_yet(self, world: World, client_as: Callable[[User], Client]) -> None:
        esms = ESMSFactory(og=world.own.ogs[0], project=world.own.project)
        director = UserFactory()
        MembershipFactory(user=director, role=Role.ESMS_DIRECTOR, target=esms)
        for name in ("risk_answer", "risk_respondents"):
            page = client_as(director).get(Place(world.own.project, esms).url(name))
            assert (page.status_code, h1(page)) == (200, "Aucune analyse de risques n’est demandée pour l’instant")
            assert "Le chef de projet ouvre une campagne" in words(page)

    def test_who_answers_does_not_change_once_put_together(self, room: Room) -> None:
        row = room.ask(room.lead)
        room.put_together()
        client = room.sign_in(room.director)
        assert client.post(room.url("risk_respondent_remove", row.pk)).status_code == 422
        assert client.post(room.url("risk_respondents"), {"people": [str(room.referent.pk)]}).status_code == 422
        page = client.get(room.url("risk_respondents"))
        assert not parse(page.content).xpath("//input[@name='people']")


class TestOfTheProject:
    """The project's own assessment: its lead answers, and members of its bodies whom the lead asked."""

    @pytest.fixture
    def whole(self, world: World, room: Room) -> Room:
        place = Place(world.own.project)
        return Room(place, world.own.risks.assessment, world.lead, room.referent, world.lead, room.sign_in)

    def test_a_member_of_the_comop_answers_once_asked(self, world: World, whole: Room) -> None:
        comop = world.own.people[Role.COMOP]
        client = whole.sign_in(comop)
        assert client.get(whole.url("risk_answer")).status_code == 403
        lead = whole.sign_in(world.lead)
        posted = {"people": [str(world.lead.pk), str(comop.pk)]}
        assert lead.post(whole.url("risk_respondents"), posted).status_code == 302
        assert whole.respondent(comop).capacity == Capacity.BODY
        assert client.get(whole.url("risk_answer"), follow=True).status_code == 200
        assert whole.mark(comop, "1.1", "5").status_code == 200
        assert client.post(whole.url("risk_answer_finish"), follow=True).status_code == 200
        assert whole.respondent(comop).finished_at is not None
        assert "Terminé, 1 réponse sur 100" in words(lead.get(whole.url("risk_respondents")))

    def test_before_the_first_campaign_the_lead_is_shown_where_to_open_one(
        self, client_as: Callable[[User], Client]
    ) -> None:
        lead, project = UserFactory(), ProjectFactory()
        MembershipFactory(user=lead, role=Role.PROJECT_LEAD, target=project)
        page = client_as(lead).get(Place(project).url("risk_answer"))
        assert h1(page) == "Aucune analyse de risques n’est demandée pour l’instant"
        assert Place(project).url("risk_campaigns") in page.content.decode()

    def test_the_lead_answers_as_such(self, world: World, whole: Room) -> None:
        assert whole.mark(world.lead, "1.1", "5").status_code == 200
        assert whole.respondent(world.lead).capacity == Capacity.LEAD


def marks_read_by(user: User, room: Room) -> list[str]:
    """By SQL of their own, in the scope of a request."""
    with acting_as(user.pk), connection.cursor() as cursor:
        cursor.execute(
            "select distinct comment from risks_mark where assessment_id = %s "
            "union select distinct comment from risks_markevent where assessment_id = %s order by 1",
            [room.assessment.pk, room.assessment.pk],
        )
        return [comment for (comment,) in cursor.fetchall()]


class TestWalls:
    def test_marks_of_another_cannot_be_read_before_they_are_put_together(self, world: World, room: Room) -> None:
        room.ask(room.lead)
        for user, comment in (
            (room.director, "De la direction"),
            (room.referent, "Du référent"),
            (room.lead, "Du chef"),
        ):
            assert room.mark(user, "1.1", "5", comment=comment).status_code == 200
        assert marks_read_by(room.director, room) == ["De la direction"]
        assert marks_read_by(room.referent, room) == ["Du référent"]
        assert marks_read_by(room.lead, room) == ["Du chef"]
        og_director = world.own.people[Role.OG_DIRECTOR]
        assert marks_read_by(og_director, room) == []
        room.put_together()
        assert marks_read_by(room.director, room) == ["De la direction", "Du chef", "Du référent"]
        assert marks_read_by(room.referent, room) == ["De la direction", "Du chef", "Du référent"]
        assert marks_read_by(room.lead, room) == ["Du chef"]  # never a structure's sheets
        assert marks_read_by(og_director, room) == []

    def test_pages_of_one_show_nothing_of_another_but_how_many(self, room: Room) -> None:
        room.mark(room.director, "1.1", "5", comment="SECRETDEDIRECTION")
        client = room.sign_in(room.referent)
        for address in (
            ("risk_answer_question", "1-1"),
            ("risk_answer_section", 1),
            ("risk_answer_finish",),
            ("risk_respondents",),
        ):
            page = client.get(room.url(*address))
            assert "SECRETDEDIRECTION" not in words(page)
            assert checked(page) == []
        assert "1 réponse sur 100" in words(client.get(room.url("risk_respondents")))

    def test_a_mark_is_not_written_in_the_name_of_another(self, room: Room) -> None:
        room.mark(room.director, "1.1", "5")
        row = room.respondent(room.director)
        with acting_as(room.referent.pk):
            assert Mark.objects.filter(respondent=row).update(value=1) == 0
            assert sheet_of(room.assessment, respondent_in(room.assessment, room.referent)).answered == 0
        with elevated():
            assert Mark.objects.get(respondent=row).value == 5
            assert Respondent.objects.filter(assessment=room.assessment).count() == 1
