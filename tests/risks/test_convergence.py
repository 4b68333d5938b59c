"""Marks given alone become one mark a question: opened, sorted by disagreement, agreed on, taken back."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from common.scope import elevated
from organisations.models import User
from risks.catalogue import questionnaire
from risks.disagreement import Apart, most_apart_first
from risks.enums import AssessmentStatus, Capacity
from risks.models import AgreedMark, Mark
from tests.harness.htmx import parse, swap
from tests.harness.world import World
from tests.risks.together import EVERYTHING, Analysis, begun, respond

db = pytest.mark.django_db
NUMBERS = list(EVERYTHING)


@pytest.fixture
def analysis(world: World, client_as: Callable[[User], Client]) -> Analysis:
    return begun(world, client_as)


def text(answer: HttpResponse) -> str:
    """What a reader sees, on one line, with plain spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def title(answer: HttpResponse) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.content.decode(), re.DOTALL)
    assert found
    return " ".join(unescape(re.sub(r"<[^>]+>", "", found[1])).split())


def order(answer: HttpResponse) -> list[str]:
    """The questions of the page, in its order."""
    return re.findall(r'<li class="stack" id="q-([\d-]+)"', answer.content.decode())


# --- How far apart -------------------------------------------------------------------------------------------------

answers = st.lists(st.one_of(st.none(), st.integers(1, 10)), min_size=1, max_size=5)


@given(answers)
def test_the_gap_is_that_of_the_two_farthest_whoever_speaks_first(said: list[int | None]) -> None:
    gap = Apart(said).spread
    assert gap == Apart(list(reversed(said))).spread
    assert 0 <= gap <= 10
    assert (gap == 0) == Apart(said).unanimous


@given(answers, st.integers(1, 10))
def test_one_more_answer_never_brings_people_together(said: list[int | None], more: int) -> None:
    assert Apart([*said, more]).spread >= Apart(said).spread


@given(st.lists(st.integers(1, 10), min_size=1, max_size=5))
def test_the_median_is_one_of_the_marks_given(said: list[int]) -> None:
    assert Apart(said).median in said


def test_of_two_marks_a_point_apart_the_riskier_is_kept() -> None:
    assert Apart([6, 7]).median == 7


@given(st.dictionaries(st.sampled_from(NUMBERS), answers, max_size=12))
def test_the_most_apart_come_first_and_the_unanswered_last(said: dict[str, list[int | None]]) -> None:
    found = most_apart_first(questionnaire().questions, said)
    assert sorted(one.rank for one in found) == list(range(1, 101))
    gaps = [Apart(said[one.number]).spread for one in found if one.number in said]
    assert gaps == sorted(gaps, reverse=True)
    assert all(one.number in said for one in found[: len(said)])


def test_not_concerned_against_a_mark_is_a_disagreement_but_no_median() -> None:
    apart = Apart([None, 1])
    assert (apart.spread, apart.unanimous, apart.close) == (1, False, False)
    assert Apart([None, 9]).spread > Apart([3, 9]).spread


# --- Opening -------------------------------------------------------------------------------------------------------


@db
def test_who_has_not_finished_is_named_before_answers_close(analysis: Analysis) -> None:
    with elevated():
        respond(analysis, analysis.director, Capacity.DIRECTION, EVERYTHING)
        respond(analysis, analysis.referent, Capacity.REFERENT, {"1.1": 5}, finished=False)
    page = analysis.get("director", "risk_convergence_open")
    assert title(page) == "Une personne n’a pas terminé : mettre en commun quand même ?"
    assert "Jo Marchand 1 réponse sur 100" in text(page)
    assert "Mettre en commun sans attendre" in text(page)
    assert analysis.status == AssessmentStatus.ANSWERING  # looking opens nothing
    assert analysis.act("director", "risk_convergence_open").status_code == 302
    assert analysis.status == AssessmentStatus.CONVERGING


@db
def test_nobody_answered_is_refused_in_words(analysis: Analysis) -> None:
    page = analysis.get("director", "risk_convergence_open")
    assert title(page) == "Il n’y a encore rien à mettre en commun"
    with elevated():
        respond(analysis, analysis.director, Capacity.DIRECTION, {}, finished=False)
    refused = analysis.act("director", "risk_convergence_open")
    assert refused.status_code == 422
    assert "Personne n’a encore répondu" in text(refused)
    assert analysis.status == AssessmentStatus.ANSWERING


@db
def test_what_everybody_marked_alike_is_agreed_and_the_rest_is_not(analysis: Analysis) -> None:
    analysis.converging(
        {"1.1": 3, "1.2": 8, "1.3": None, "1.4": None, "1.5": 6}, {"1.1": 3, "1.2": 2, "1.3": None, "1.4": 4}
    )
    # 1.5: one person alone answered it.
    assert analysis.agreed() == {"1.1": 3, "1.3": None, "1.5": 6}


@db
def test_a_single_respondent_agrees_with_themselves(analysis: Analysis) -> None:
    with elevated():
        respond(analysis, analysis.director, Capacity.DIRECTION, EVERYTHING)
    analysis.act("director", "risk_convergence_open")
    assert analysis.agreed() == EVERYTHING
    assert title(analysis.get("director", "risk_convergence")) == "Toutes les notes sont accordées"


@db
def test_what_is_not_asked_this_time_keeps_its_mark(world: World, client_as: Callable[[User], Client]) -> None:
    analysis = begun(world, client_as, asks_all=False)
    asked = [question.number for question in questionnaire().starred]
    analysis.converging(dict.fromkeys(asked, 9), dict.fromkeys(asked, 9))
    assert analysis.agreed() == {number: 9 if number in asked else 4 for number in NUMBERS}
    with elevated():
        carried = AgreedMark.objects.filter(assessment=analysis.assessment, carried=True)
        assert set(carried.values_list("question", flat=True)) == set(NUMBERS) - set(asked)
    assert "62 autres questions gardent leur note précédente." in text(analysis.get("director", "risk_convergence"))
    one = analysis.get("director", "risk_convergence", query=f"?question={asked[0].replace('.', '-')}")
    assert "La dernière fois : 4 sur 10" in text(one)
    other = next(number for number in NUMBERS if number not in asked)
    assert analysis.agree("director", other, 1).status_code == 404


@db
def test_once_together_nobody_changes_an_answer_even_in_bulk(analysis: Analysis) -> None:
    analysis.converging({"1.1": 3}, {"1.1": 5})
    with elevated(), pytest.raises(DatabaseError, match="mark_frozen"), transaction.atomic():
        Mark.objects.filter(assessment=analysis.assessment).update(value=1)


@db
def test_a_second_opening_says_that_it_is_done(analysis: Analysis) -> None:
    analysis.answered()
    version = analysis.assessment.version
    first, second = (analysis.post("director", "risk_convergence_open", version=version) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert second.url == analysis.place.url("risk_convergence")


# --- Settling ------------------------------------------------------------------------------------------------------


@db
def test_the_screen_shows_who_said_what_the_farthest_first(analysis: Analysis) -> None:
    analysis.converging({"1.1": 3, "1.2": 9, "1.3": None}, {"1.1": 4, "1.2": 2, "1.3": 4})
    page = analysis.get("referent", "risk_convergence")
    assert title(page) == "100 questions à accorder sur 100"
    assert order(page)[:4] == ["1-2", "1-3", "1-1", "1-4"]
    said = text(page)
    assert "Sept points d’écart Alix Vidal Direction 9 sur 10 Jo Marchand Référent local 2 sur 10" in said
    assert "Concernés pour les uns, pas pour les autres Alix Vidal Direction Non concerné" in said
    assert "Vu par Vidal" in said
    assert "Personne n’a répondu" in said
    only = analysis.get("referent", "risk_convergence", query="?section=2")
    assert set(order(only)) == {f"2-{rank}" for rank in range(1, 11)}


@db
def test_one_tap_keeps_a_mark_and_moves_what_is_left(analysis: Analysis) -> None:
    analysis.converging({"1.1": 3, "1.2": 9}, {"1.1": 4, "1.2": 2})
    page = parse(analysis.get("referent", "risk_convergence").content)
    answer = analysis.agree("referent", "1.2", 7, comment="Vu en réunion", htmx=True)
    assert answer.status_code == 200
    after = swap(page, answer.content, "q-1-2")
    assert " ".join(after.xpath("string(//h1)").split()) == "99 questions à accorder sur 100"
    kept = analysis.kept("1.2")
    assert (kept.value, kept.comment, kept.agreed_by) == (7, "Vu en réunion", analysis.referent)
    assert "Note retenue 7 sur 10 Jo Marchand" in text(answer)
    assert "Vu en réunion" in text(answer)
    fresh = parse(analysis.get("referent", "risk_convergence").content)
    counts = [[item.text for item in one.xpath("//nav[@class='filters']//b")] for one in (after, fresh)]
    assert counts[0] == counts[1]


@db
def test_without_scripts_a_form_does_the_same(analysis: Analysis) -> None:
    analysis.converging({"1.1": 3, "1.2": 9}, {"1.1": 4, "1.2": 2})
    answer = analysis.agree("referent", "1.2", "nc")
    assert answer.status_code == 302
    assert answer.url.endswith("/risques/mise-en-commun/#q-1-2")
    assert analysis.agreed()["1.2"] is None
    refused = analysis.agree("referent", "1.1", "11", comment="À ne pas perdre")
    assert refused.status_code == 422
    assert "À ne pas perdre" in text(refused)
    assert "Choisissez une note de 1 à 10" in text(refused)


@db
def test_in_a_meeting_agreeing_leads_to_the_next_question(analysis: Analysis) -> None:
    analysis.converging({"1.1": 3, "1.2": 9, "1.3": 5}, {"1.1": 4, "1.2": 2, "1.3": 9})
    page = analysis.get("director", "risk_convergence", query="?question=1-2")
    assert title(page) == questionnaire().by_number["1.2"].text
    assert analysis.agree("director", "1.2", 6, one="on").url.endswith("?question=1-3")
    assert analysis.get("director", "risk_convergence", query="?question=77").status_code == 404


@db
def test_two_people_who_keep_two_marks_see_both(analysis: Analysis) -> None:
    analysis.converging({"1.1": 3}, {"1.1": 9})
    assert analysis.agree("director", "1.1", 5, comment="Avis de la direction").status_code == 302
    for htmx in (True, False):
        answer = analysis.agree("referent", "1.1", 8, comment="Le mien", htmx=htmx)
        assert answer.status_code == 409
        assert "Alix Vidal a retenu une autre note" in text(answer)
        assert "Votre note : 8 sur 10" in text(answer)
        assert "Le mien" in text(answer)
        assert "Celle de Alix Vidal : 5 sur 10" in text(answer)
        assert "Avis de la direction" in text(answer)
    kept = analysis.kept("1.1")
    assert kept.value == 5
    # Having seen it, one may still keep one's own.
    again = analysis.agree("referent", "1.1", 8, version=kept.version, kept=str(kept.pk))
    assert again.status_code == 302
    assert analysis.agreed()["1.1"] == 8


@db
def test_a_mark_kept_anew_is_not_overwritten_by_who_read_the_old_one(analysis: Analysis) -> None:
    analysis.converging({"1.1": 3}, {"1.1": 9})
    analysis.agree("director", "1.1", 5)
    read = analysis.kept("1.1")
    seen = {"version": read.version, "kept": str(read.pk)}
    assert analysis.post("director", "risk_convergence_withdraw", "1-1", **seen).status_code == 302
    assert analysis.agreed() == {}
    analysis.agree("director", "1.1", 7)
    assert analysis.agree("referent", "1.1", 2, **seen).status_code == 409
    late = analysis.post("referent", "risk_convergence_withdraw", "1-1", **seen)
    assert late.status_code == 422
    assert "Alix Vidal vient d’en retenir une autre" in text(late)
    assert analysis.agreed() == {"1.1": 7}


@db
def test_medians_are_kept_in_one_tap_and_taken_back_in_another(analysis: Analysis) -> None:
    analysis.converging({"1.1": 3, "1.2": 9, "1.3": 6}, {"1.1": 4, "1.2": 2, "1.3": 5})
    page = analysis.get("director", "risk_convergence")
    assert "Retenir la plus haute des deux notes pour les 2 questions où l’écart est d’un point" in text(page)
    assert analysis.post("director", "risk_convergence_medians").status_code == 302
    assert analysis.agreed() == {"1.1": 4, "1.3": 6}
    told = analysis.get("director", "risk_convergence")
    assert "2 notes sont retenues." in text(told)
    undo = re.search(r'action="([^"]+/medianes/\d+/annuler/)"', told.content.decode())
    assert undo
    kept = analysis.kept("1.3")
    analysis.agree("referent", "1.3", 9, version=kept.version, kept=str(kept.pk))
    assert analysis.clients["director"].post(undo[1]).status_code == 302
    assert analysis.agreed() == {"1.3": 9}  # what was talked over since stays
    assert "1 question est de nouveau à accorder." in text(analysis.get("director", "risk_convergence"))


@db
def test_who_is_above_does_not_come_to_the_meeting(analysis: Analysis) -> None:
    analysis.converging({"1.1": 3}, {"1.1": 9})
    assert analysis.get("lead", "risk_convergence").status_code == 403
    assert analysis.get("og_director", "risk_convergence").status_code == 403
    assert analysis.get("rival", "risk_convergence").status_code == 404
    assert analysis.agree("lead", "1.1", 5).status_code == 403


@db
def test_the_screen_is_closed_while_people_answer(analysis: Analysis) -> None:
    analysis.answered()
    answer = analysis.get("director", "risk_convergence")
    assert answer.status_code == 302
    assert answer.url == analysis.place.url("risk_questionnaire")
    refused = analysis.agree("director", "1.1", 5)
    assert refused.status_code == 422
    assert "chacun répond encore de son côté" in text(refused)
    assert "Vu par Marchand" not in text(refused)  # blind still
