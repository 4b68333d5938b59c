"""A software sends the figures of a structure: what is written, what it is told, and that twice is once."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from common.history import versions_of
from common.scope import elevated, open_scope
from indicators.models import Campaign, Definition, Figure, Push, PushKey, Statement
from indicators.selectors.keys import find_key, scope_of_key, scope_of_sending
from organisations.enums import Role
from organisations.models import ESMS
from tests.harness.indicators import OWN, RATE, RECORDS, SLOTS, TEXT, current_period
from tests.harness.world import FOREIGN, RIVAL, SIBLING, World
from tests.indicators.sending import Software, cells, key_for, sendings, stored

pytestmark = pytest.mark.django_db
SPLIT = {"weekday_day": 224, "weekday_evening": 57, "night": 43, "weekend": 36}


@pytest.fixture
def dui(world: World) -> Software:
    """The record of the structure « foyer »."""
    return Software(key_for(world.project, world.own.structures[0], world.person(Role.ESMS_DIRECTOR)))


@pytest.fixture
def vendor(world: World) -> Software:
    return Software(key_for(world.project, None, world.lead))


@pytest.fixture
def statement(world: World) -> Statement:
    return world.own.indicator_work[0].statement


def test_what_is_sent_is_in_the_statement(dui: Software, statement: Statement) -> None:
    answer = dui.send(
        {"indicator": RATE, "numerator": 67, "denominator": 72},
        {"indicator": SLOTS, "breakdown": SPLIT},
        {"indicator": "ticket_resolution_days", "value": 4.5},
        {"indicator": TEXT, "text": "Des lenteurs le matin", "severity": "warning"},
        {"indicator": RECORDS, "absence": {"kind": "unavailable", "why": "Requête en panne"}},
        {"indicator": "tickets_created_count", "absence": {"kind": "not_concerned"}},
    )
    assert answer.status_code == 200
    assert stored(statement) == {
        RATE: (67, 72, ""),
        SLOTS: (360, None, ""),
        "ticket_resolution_days": (Decimal("4.5"), None, ""),
        TEXT: (2, None, "Des lenteurs le matin"),
        RECORDS: (None, None, "Requête en panne"),
        "tickets_created_count": (None, None, "Non concerné"),
    }
    assert cells(statement, SLOTS) == SPLIT
    with elevated():
        assert set(Figure.objects.filter(statement=statement).values_list("origin", "published", "written_by")) == {
            ("pushed", False, None)
        }


def test_the_answer_says_where_the_statement_stands_and_no_figure(dui: Software, statement: Statement) -> None:
    told = dui.send({"indicator": RATE, "numerator": 6789, "denominator": 7234}).json()
    assert told["written"] == [RATE]
    assert told["unchanged"] == []
    standing = told["statement"]
    assert (standing["structure"], standing["period"], standing["status"]) == ("foyer", current_period().code, "open")
    assert standing["entered"] == 2  # the rate, and the attention point that was there
    assert standing["asked"] == 2 + len(standing["missing"])
    assert {RECORDS, OWN} <= set(standing["missing"])
    assert not {RATE, TEXT} & set(standing["missing"])
    with elevated():
        campaign = Campaign.objects.get(pk=statement.campaign_id)
    assert (standing["due_on"], standing["closes_on"]) == (campaign.due_on.isoformat(), campaign.closes_on.isoformat())
    assert "6789" not in json.dumps(told)


def test_what_was_there_is_replaced_and_its_comment_stays(dui: Software, world: World, statement: Statement) -> None:
    dui.send({"indicator": RATE, "numerator": 60, "denominator": 72})
    with elevated():
        Figure.objects.filter(statement=statement, indicator__code=RATE).update(comment="Deux départs")
    assert dui.send({"indicator": RATE, "numerator": 61, "denominator": 72}).json()["written"] == [RATE]
    again = dui.send({"indicator": RATE, "numerator": 61, "denominator": 72}).json()
    assert (again["written"], again["unchanged"]) == ([], [RATE])
    with elevated():
        figure = Figure.objects.get(statement=statement, indicator__code=RATE)
        assert (figure.amount, figure.comment) == (61, "Deux départs")
        context = versions_of(Figure).filter(pgh_obj_id=figure.pk).latest("pgh_id").pgh_context
    assert (context["user"], bool(context["request"])) == (None, True)  # nobody's: not that of who gave the key


def test_the_vendor_sends_for_each_structure_figures_of_usage_only(vendor: Software, world: World) -> None:
    rate = {"indicator": RATE, "numerator": 8, "denominator": 9}
    for work in world.own.indicator_work:
        assert vendor.send(rate, structure=work.statement.esms.slug).status_code == 200
        assert stored(work.statement)[RATE] == (8, 9, "")
    refused = vendor.send(rate, {"indicator": TEXT, "text": "Bonjour"}, structure="foyer")
    assert refused.status_code == 422
    [error] = refused.json()["errors"]
    assert (error["pointer"], error["indicator"]) == ("/values/1/indicator", TEXT)
    assert "indicateurs d’usage" in error["detail"]


def test_the_same_sending_again_is_told_the_same_and_writes_nothing(dui: Software, statement: Statement) -> None:
    rate = {"indicator": RATE, "numerator": 67, "denominator": 72}
    first = dui.send(rate, reference="octobre-a")
    assert "Idempotency-Replayed" not in first
    dui.send({"indicator": RATE, "numerator": 70, "denominator": 72})  # corrected since
    again = dui.send(rate, reference="octobre-a")
    assert (again.status_code, again.json(), again["Idempotency-Replayed"]) == (200, first.json(), "true")
    assert stored(statement)[RATE] == (70, 72, "")
    with elevated():
        Statement.objects.filter(pk=statement.pk).update(
            status="given", given_at=timezone.now(), first_given_at=timezone.now()
        )
    assert dui.send(rate, reference="octobre-a").json() == first.json()  # given meanwhile: the answer was lost, no more


def test_the_same_reference_for_other_figures_is_refused(dui: Software, statement: Statement) -> None:
    dui.send({"indicator": RATE, "numerator": 67, "denominator": 72}, reference="octobre-a")
    answer = dui.send({"indicator": RATE, "numerator": 68, "denominator": 72}, reference="octobre-a")
    assert answer.status_code == 409
    assert "a déjà servi" in answer.json()["detail"]
    assert stored(statement)[RATE] == (67, 72, "")


def test_a_refused_sending_leaves_its_reference_free(dui: Software) -> None:
    assert dui.send({"indicator": RATE, "numerator": 73, "denominator": 72}, reference="a").status_code == 422
    assert dui.send({"indicator": RATE, "numerator": 72, "denominator": 72}, reference="a").status_code == 200


def test_two_keys_do_not_share_references(dui: Software, vendor: Software) -> None:
    rate = {"indicator": RATE, "numerator": 1, "denominator": 2}
    assert dui.send(rate, reference="a").status_code == 200
    other = vendor.send({**rate, "numerator": 2}, reference="a", structure="foyer")
    assert (other.status_code, other.json()["written"]) == (200, [RATE])
    assert sendings() == 2


def test_when_the_key_last_served_is_kept_whatever_was_answered(dui: Software) -> None:
    with elevated():
        key = PushKey.objects.get(label="DUI de test")
        assert key.last_used_at is None
    dui.post("pas du JSON")
    with elevated():
        key.refresh_from_db()
        assert key.last_used_at > timezone.now() - timedelta(minutes=1)
        assert key.version == 1  # nobody who is about to revoke it is told that it changed


def test_a_session_beside_the_key_gives_nothing_more(
    dui: Software, world: World, lead: Client, statement: Statement
) -> None:
    """Whoever is signed in in that browser: the key alone says what is open, and who writes."""
    rate = {"indicator": RATE, "numerator": 1, "denominator": 2}
    signed_in = Software(dui.key, lead)
    assert signed_in.send(rate, structure="atelier").status_code == 404
    assert signed_in.send(rate).status_code == 200
    with elevated():
        figure = Figure.objects.get(statement=statement, indicator__code=RATE)
        assert {event.pgh_context["user"] for event in versions_of(Figure).filter(pgh_obj_id=figure.pk)} == {None}
    assert Software("dui_inventee", lead).send(rate).status_code == 401


def test_without_a_csrf_token_it_is_taken_in(dui: Software) -> None:
    strict = Software(dui.key, Client(enforce_csrf_checks=True))
    assert strict.send({"indicator": RATE, "numerator": 1, "denominator": 2}).status_code == 200


def test_the_scopes_of_a_key_show_nothing_else(world: World) -> None:
    """The second wall, asked without a filter."""
    esms = world.own.structures[0]
    for key, seen in (
        (key_for(world.project, esms, world.lead), {esms.pk}),
        (key_for(world.project, None, world.lead), set()),
    ):
        found = find_key(key)
        assert found is not None
        with open_scope(scope_of_key(found)):
            assert set(Figure.objects.filter(published=False).values_list("place", flat=True)) == seen
            assert set(PushKey.objects.values_list("place", flat=True)) == ({esms.pk} if seen else {world.project.pk})
            assert set(ESMS.objects.values_list("project_id", flat=True)) == {world.project.pk}
    with open_scope(scope_of_sending(esms)):
        assert set(Figure.objects.values_list("place", flat=True)) == {esms.pk}
        assert set(Statement.objects.values_list("esms", flat=True)) == {esms.pk}
        assert set(Definition.objects.values_list("project", flat=True)) == {world.project.pk}
        texts = " ".join(Figure.objects.values_list("text", flat=True))
    assert not any(canary in texts or canary[::-1] in texts for canary in (FOREIGN, RIVAL, SIBLING))


def test_what_was_sent_is_kept_without_the_figures(dui: Software) -> None:
    dui.send({"indicator": RATE, "numerator": 6789, "denominator": 7234}, reference="octobre-a")
    with elevated():
        push = Push.objects.get()
        row = json.dumps({"answer": push.answer, "reference": push.reference, "digest": push.body_digest})
        assert push.key.label == "DUI de test"
    assert "6789" not in row
    assert dui.key not in row
