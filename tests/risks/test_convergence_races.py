"""Several people in one analysis at once lose nothing."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from common.errors import Conflict
from common.scope import elevated
from organisations.models import User
from risks.enums import AssessmentStatus
from risks.models import AgreedMark, Mark
from risks.services import convergence
from tests.harness.htmx import HTMX
from tests.harness.threads import together
from tests.harness.world import World
from tests.risks.test_convergence import text
from tests.risks.together import EVERYTHING, Analysis, begun

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = ("director", "referent")


@pytest.fixture
def analysis(world: World, client_as: Callable[[User], Client]) -> Analysis:
    found = begun(world, client_as)
    for who in PEOPLE:
        found.get(who, "risk_questionnaire")  # one browser alone meets the middleware first
    return found


def send(analysis: Analysis, who: str, name: str, *more: object, **posted: object) -> HttpResponse:
    """From a browser of its own that shares the session."""
    client = Client(raise_request_exception=False)
    client.cookies.update(analysis.clients[who].cookies)
    return client.post(analysis.place.url(name, *more), posted, **HTMX)


def agree(analysis: Analysis, rank: int, question: str = "1-1", **seen: object) -> HttpResponse:
    given = {"mark": rank % 10 + 1, "comment": f"Avis {rank}", "version": 0, "kept": "", **seen}
    return send(analysis, PEOPLE[rank % 2], "risk_convergence_agree", question, **given)


def test_a_question_agreed_on_by_twelve_at_once_keeps_the_first_and_shows_it_to_the_others(
    analysis: Analysis,
) -> None:
    analysis.converging({"1.1": 3}, {"1.1": 9})
    got = together(12, lambda rank: agree(analysis, rank))
    assert Counter(answer.status_code for answer in got) == {200: 1, 409: 11}
    (kept,) = [rank for rank, answer in enumerate(got) if answer.status_code == 200]
    assert analysis.kept("1.1").comment == f"Avis {kept}"
    for rank, answer in enumerate(got):
        if rank != kept:
            assert f"Avis {kept}" in text(answer)
            assert f"Avis {rank}" in answer.content.decode()  # theirs is still there


def test_a_mark_changed_by_twelve_at_once_is_changed_by_one(analysis: Analysis) -> None:
    analysis.converging({"1.1": 3}, {"1.1": 3})
    row = analysis.kept("1.1")
    got = together(12, lambda rank: agree(analysis, rank, version=row.version, kept=str(row.pk)))
    assert Counter(answer.status_code for answer in got) == {200: 1, 409: 11}


def test_without_the_guard_marks_would_be_lost(analysis: Analysis, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test above: the same taps, the version not looked at."""
    analysis.converging({"1.1": 3}, {"1.1": 3})
    row = analysis.kept("1.1")
    agree_on = convergence.agree

    def blindly(**given: Any) -> AgreedMark:
        while True:
            given |= {"kept": row.pk, "version": analysis.kept("1.1").version}
            with suppress(Conflict):
                return agree_on(**given)

    monkeypatch.setattr(convergence, "agree", blindly)
    got = together(4, lambda rank: agree(analysis, rank, version=row.version, kept=str(row.pk)))
    assert Counter(answer.status_code for answer in got)[200] > 1


def test_different_questions_agreed_on_at_once_are_all_kept(analysis: Analysis) -> None:
    numbers = list(EVERYTHING)[:8]
    analysis.converging(dict.fromkeys(numbers, 2), dict.fromkeys(numbers, 9))
    got = together(8, lambda rank: agree(analysis, rank, numbers[rank].replace(".", "-")))
    assert [answer.status_code for answer in got] == [200] * 8
    assert analysis.agreed() == {number: rank % 10 + 1 for rank, number in enumerate(numbers)}


def test_who_submits_and_who_takes_a_mark_back_meet_in_one_order(analysis: Analysis) -> None:
    analysis.converging()
    row, version = analysis.kept("5.5"), analysis.assessment.version

    def do(rank: int) -> HttpResponse:
        if rank == 0:
            return send(analysis, "director", "risk_submit", version=version)
        seen = {"version": row.version, "kept": str(row.pk)}
        return send(analysis, "referent", "risk_convergence_withdraw", "5-5", **seen)

    submitted, taken_back = together(2, do)
    if taken_back.status_code == 200:  # first: a mark is missing, nothing is submitted
        assert (submitted.status_code, analysis.status) == (422, AssessmentStatus.CONVERGING)
        assert "5.5" not in analysis.agreed()
    else:
        assert (submitted.status_code, taken_back.status_code) == (302, 422)
        assert analysis.status == AssessmentStatus.SUBMITTED
        assert "5.5" in analysis.agreed()


def test_an_answer_given_while_answers_close_is_put_together_or_refused(analysis: Analysis) -> None:
    analysis.answered({"1.1": 3}, {"1.1": 3})
    with elevated():
        analysis.assessment.respondents.update(finished_at=None)
    version = analysis.assessment.version

    def do(rank: int) -> HttpResponse:
        if rank == 0:
            return send(analysis, "director", "risk_convergence_open", version=version)
        return send(analysis, "referent", "risk_mark", "1-2", mark="8", version=0, campaign=2)

    opened, marked = together(2, do)
    assert opened.status_code == 302
    with elevated():
        there = Mark.objects.filter(assessment=analysis.assessment, question="1.2").exists()
    assert there == (marked.status_code == 200)
    assert there == ("1.2" in analysis.agreed())  # alone to answer it, they agree


def test_a_double_opening_opens_once(analysis: Analysis) -> None:
    analysis.answered()
    version = analysis.assessment.version
    got = together(6, lambda rank: send(analysis, PEOPLE[rank % 2], "risk_convergence_open", version=version))
    assert {answer.status_code for answer in got} == {302}
    assert analysis.agreed() == EVERYTHING


def test_medians_kept_twice_at_once_are_kept_once(analysis: Analysis) -> None:
    analysis.converging({"1.1": 3, "1.2": 5}, {"1.1": 4, "1.2": 6})
    got = together(6, lambda rank: send(analysis, PEOPLE[rank % 2], "risk_convergence_medians"))
    assert {answer.status_code for answer in got} == {302}
    assert analysis.agreed() == {"1.1": 4, "1.2": 6}
