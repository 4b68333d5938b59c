"""Where a line of the pathway stands, and what may be said of it: the rules, the services, the database."""

import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from common import french
from common.errors import Conflict, DomainError
from common.scope import elevated
from common.yaml_files import read_yaml
from governance.enums import Choice
from governance.models import ArbitrationVote, Mandate
from organisations.access import acting_as
from organisations.enums import Phase, Role
from organisations.models import ESMS, User, place_of
from structures import facts as registry
from structures.asks import Ask
from structures.catalogue import local_actions
from structures.catalogue.local_actions import PathwayAction, pathway
from structures.enums.pathway import NOT_DELEGATED, Doer, LineState, Recurrence
from structures.facts import Fact
from structures.models import PathwayLine
from structures.pathway import PERIODS, Standing, is_over, may_do, standing
from structures.selectors.pathway import board_of
from structures.selectors.waiting import for_person
from structures.services import pathway as services
from tests.factories import AlertFactory, ArbitrationFactory, MandateFactory
from tests.harness.days import days_ago
from tests.harness.threads import together
from tests.harness.world import World

TODAY = date(2026, 11, 29)
DIRECTORS, REFERENTS = "act_build_change_plan", "act_run_change_plan"  # no tool does them
VALIDATED = "act_prepare_communication_kit"  # a referent's, which the direction validates


def action(code: str) -> PathwayAction:
    return pathway().by_code[code]


# --- The catalogue ---------------------------------------------------------------------------------------------------


def test_the_catalogue_is_the_method_of_directors() -> None:
    content = read_yaml(local_actions.PATH)
    assert len(pathway().actions) == 59
    assert [len(section.actions) for section in pathway().sections] == [4, 10, 1, 3, 3, 4, 3, 2, 12, 4, 7, 6]
    assert set(NOT_DELEGATED) == set(content["delegation"]["non_delegable"])
    assert {item["code"]: item["label"] for item in content["statuses"]} == {
        **dict(LineState.choices),
        "not_applicable": "Sans objet (motif exigé)",
    }
    assert {item.code for item in pathway().actions if item.delegable} == {
        item.code for item in pathway().actions if item.doer == Doer.DIRECTOR and item.code not in NOT_DELEGATED
    }


@pytest.mark.parametrize(
    ("where", "value", "said"),
    [("section", "9", "unknown"), ("feature", "absente", "unknown"), ("code", "act_carry_needs", "twice")],
)
def test_a_catalogue_that_does_not_hold_together_is_refused(where: str, value: str, said: str) -> None:
    content = read_yaml(local_actions.PATH)
    content["actions"][0][where] = value
    with pytest.raises(ValueError, match=said):
        local_actions.parse(content)


# --- Where a line stands: pure ---------------------------------------------------------------------------------------


def seen(code: str, line: PathwayLine | None = None, fact: Fact | None = None, **values: Any) -> Standing:
    given = {"phase": Phase.FRAMING, "referents": set(), "today": TODAY, **values}
    return standing(action(code), line=line, fact=fact, **given)


def said(code: str, state: LineState, **values: Any) -> PathwayLine:
    return PathwayLine(action=code, state=state, **values)


@pytest.mark.parametrize(
    ("manual", "fact", "expected"),
    [
        (None, None, LineState.TODO),
        (LineState.DONE, None, LineState.DONE),
        (None, LineState.IN_PROGRESS, LineState.IN_PROGRESS),
        (LineState.IN_PROGRESS, LineState.DONE, LineState.DONE),
        (LineState.DONE, LineState.IN_PROGRESS, LineState.IN_PROGRESS),
        (LineState.DONE, LineState.TODO, LineState.DONE),  # said before the tool was begun
        (LineState.BLOCKED, LineState.IN_PROGRESS, LineState.BLOCKED),
        (LineState.NOT_APPLICABLE, LineState.TODO, LineState.NOT_APPLICABLE),
        (LineState.BLOCKED, LineState.DONE, LineState.DONE),
    ],
)
def test_what_a_tool_knows_wins(manual: LineState | None, fact: LineState | None, expected: LineState) -> None:
    line = said(DIRECTORS, manual, done_on=TODAY, blocker="L’attente", reason="Rien") if manual else None
    found = seen(DIRECTORS, line, Fact(fact, "ce que dit l’outil", TODAY) if fact else None)
    assert found.state == expected
    assert found.known == (fact is not None)


@pytest.mark.parametrize("recurrence", list(Recurrence))
def test_what_is_done_again_and_again_is_to_do_again_after_its_period(recurrence: Recurrence) -> None:
    period = PERIODS.get(recurrence)
    if period is None:
        assert not is_over(recurrence, TODAY - timedelta(days=4000), TODAY)
        return
    assert not is_over(recurrence, TODAY - period, TODAY)
    assert is_over(recurrence, TODAY - period - timedelta(days=1), TODAY)
    assert not is_over(recurrence, None, TODAY)


def test_a_line_to_do_again_is_not_done_and_says_when_it_was() -> None:
    found = seen(REFERENTS, said(REFERENTS, LineState.DONE, done_on=TODAY - timedelta(days=40)))
    assert found.again
    assert not found.done
    assert not found.closed
    assert found.day == TODAY - timedelta(days=40)
    fresh = seen(REFERENTS, said(REFERENTS, LineState.DONE, done_on=TODAY - timedelta(days=3)))
    assert fresh.done


def test_a_line_is_late_once_the_structure_has_passed_its_phase() -> None:
    assert not seen("act_hold_announcement").late  # of the framing, in the framing
    assert seen("act_hold_announcement", phase=Phase.PREPARATION).late
    done = said("act_hold_announcement", LineState.DONE, done_on=TODAY)
    assert not seen("act_hold_announcement", done, phase=Phase.PREPARATION).late
    apart = said("act_hold_announcement", LineState.NOT_APPLICABLE, reason="Rien")
    assert not seen("act_hold_announcement", apart, phase=Phase.PREPARATION).late


def test_a_line_given_to_somebody_who_is_no_referent_any_more_is_the_directions_again() -> None:
    referent = uuid.uuid4()
    line = said(DIRECTORS, LineState.TODO, delegated_to_id=referent)
    held = seen(DIRECTORS, line, referents={referent})
    assert may_do(held, fills=True, validates=False, user_id=referent)
    assert not may_do(held, fills=True, validates=False, user_id=uuid.uuid4())
    gone = seen(DIRECTORS, line, referents={uuid.uuid4()})
    assert gone.held_by is None
    assert not may_do(gone, fills=True, validates=False, user_id=referent)


def test_a_referent_does_their_own_lines_the_direction_all_and_a_reader_none() -> None:
    me = uuid.uuid4()
    for code, mine in ((REFERENTS, True), (DIRECTORS, False)):
        found = seen(code)
        assert may_do(found, fills=True, validates=False, user_id=me) is mine
        assert may_do(found, fills=True, validates=True, user_id=me)
        assert not may_do(found, fills=False, validates=False, user_id=me)


def test_what_is_asked_of_a_direction_is_not_asked_of_its_referents() -> None:
    esms = ESMS(id=uuid.uuid4())
    both = [Ask(esms, "Valider", "/", of_director=True), Ask(esms, "Remplir", "/")]
    assert [ask.title for ask in for_person(both, set())] == ["Remplir"]
    assert for_person(both, {esms.pk}) == both


def test_what_somebody_did_their_part_of_is_asked_of_the_others_only() -> None:
    esms, done, still = ESMS(id=uuid.uuid4()), uuid.uuid4(), uuid.uuid4()
    asked = [Ask(esms, "Répondre", "/", done_by=frozenset({done}))]
    assert for_person(asked, set(), done) == []
    assert for_person(asked, set(), still) == asked


# --- Saying where it stands ------------------------------------------------------------------------------------------


@pytest.fixture
def esms(world: World) -> ESMS:
    """A structure of the director and the referent of the world; nothing is said of the lines of these tests."""
    return world.own.structures[0]


@contextmanager
def as_director(world: World) -> Iterator[User]:
    user = world.person(Role.ESMS_DIRECTOR)
    with acting_as(user.pk):
        yield user


@contextmanager
def as_referent(world: World) -> Iterator[User]:
    user = world.person(Role.LOCAL_REFERENT)
    with acting_as(user.pk):
        yield user


def say(esms: ESMS, code: str, user: User, *, validates: bool, version: int = 0, **values: Any) -> PathwayLine:
    given = {"state": LineState.DONE, "evidence": "Le plan est écrit.", **values}
    return services.say_state(esms=esms, action=action(code), version=version, user=user, validates=validates, **given)


@pytest.mark.django_db
class TestSaying:
    def test_the_direction_does_and_validates_at_once(self, world: World, esms: ESMS) -> None:
        with as_director(world) as user:
            line = say(esms, DIRECTORS, user, validates=True)
            assert (line.state, line.done_on, line.validated_by) == (LineState.DONE, french.today(), user)
            assert line.submitted_by is None

    def test_a_referent_submits_what_the_direction_validates(self, world: World, esms: ESMS) -> None:
        with elevated():
            PathwayLine.objects.filter(esms=esms).delete()
        with as_referent(world) as user:
            line = say(esms, VALIDATED, user, validates=False)
            assert (line.state, line.submitted_by, line.validated_by) == (LineState.SUBMITTED, user, None)
            done = say(esms, REFERENTS, user, validates=False)
            assert (done.state, done.submitted_by) == (LineState.DONE, None)
        with as_director(world) as user:
            written = services.validate_line(line=PathwayLine.objects.get(pk=line.pk), version=1, user=user)
            assert (written.state, written.validated_by, written.version) == (LineState.DONE, user, 2)
            with pytest.raises(DomainError, match="n’attend pas"):
                services.validate_line(line=written, version=2, user=user)

    def test_what_is_given_back_says_what_is_missing(self, world: World, esms: ESMS) -> None:
        with as_director(world):
            line = world.own.work[0].pathway.line
            with pytest.raises(DomainError, match="ce qui manque"):
                services.return_line(line=line, version=1, why="  ")
            written = services.return_line(line=line, version=1, why="L’affiche.")
            assert (written.state, written.returned, written.done_on) == (LineState.IN_PROGRESS, "L’affiche.", None)

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"evidence": " "}, "evidence"),
            ({"state": LineState.BLOCKED, "why": " "}, "why"),
            ({"state": LineState.NOT_APPLICABLE}, "why"),
            ({"done_on": date(2999, 1, 1)}, "done_on"),
            ({"link": "javascript:alert(1)"}, "link"),
            ({"file": SimpleUploadedFile("kit.pdf", b"<html>")}, "file"),
            ({"state": LineState.SUBMITTED}, "state"),
        ],
    )
    def test_what_does_not_hold_is_refused_at_its_field(
        self, world: World, esms: ESMS, values: dict[str, Any], field: str
    ) -> None:
        with as_director(world) as user, pytest.raises(DomainError) as refused:
            say(esms, DIRECTORS, user, validates=True, **values)
        assert refused.value.field == field

    def test_a_document_or_a_link_is_evidence_enough_and_stays(self, world: World, esms: ESMS) -> None:
        file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan")
        with as_director(world) as user:
            say(esms, DIRECTORS, user, validates=True, evidence="", link="https://exemple.fr/plan")
            line = say(esms, DIRECTORS, user, validates=True, version=1, evidence="", link="", file=file)
            begun = say(esms, DIRECTORS, user, validates=True, version=2, state=LineState.IN_PROGRESS, evidence=None)
        assert (line.file_name, begun.file_name) == ("plan.pdf", "plan.pdf")
        with elevated():
            kept = PathwayLine.objects.get(pk=begun.pk)
        with kept.file.open("rb") as document:
            assert document.read() == b"%PDF-1.7 plan"

    def test_undoing_puts_back_what_was_there_and_only_one_s_own_latest_change(self, world: World, esms: ESMS) -> None:
        with as_director(world) as user:
            say(esms, DIRECTORS, user, validates=True, state=LineState.BLOCKED, why="Le comité", evidence=None)
            line = say(esms, DIRECTORS, user, validates=True, version=1)
            with pytest.raises(Conflict):
                services.undo(line=line, version=1, user=user)
            back = services.undo(line=line, version=2, user=user)
            assert (back.state, back.blocker, back.evidence) == (LineState.BLOCKED, "Le comité", "")
            with pytest.raises(Conflict):
                services.undo(line=back, version=3, user=world.lead)
        with as_director(world) as user:
            fresh = say(esms, "act_hold_announcement", user, validates=True)
            assert services.undo(line=fresh, version=1, user=user).state == LineState.TODO

    def test_two_people_on_one_line_lose_nothing(self, world: World, esms: ESMS) -> None:
        with as_director(world) as user:
            say(esms, DIRECTORS, user, validates=True, evidence="Le premier texte")
            for version in (0, 7):
                with pytest.raises(Conflict) as conflict:
                    say(esms, DIRECTORS, user, validates=True, version=version, evidence="Le second")
                assert conflict.value.current.evidence == "Le premier texte"
                assert conflict.value.attempted["evidence"] == "Le second"


@pytest.mark.django_db(transaction=True)
def test_of_eight_first_words_about_one_line_one_is_written(world: World) -> None:
    esms, user = world.own.structures[0], world.person(Role.ESMS_DIRECTOR)

    def write(index: int) -> str:
        with acting_as(user.pk):
            try:
                return say(esms, DIRECTORS, user, validates=True, evidence=f"Texte {index}").evidence
            except Conflict:
                return "conflict"

    answers = Counter(together(8, write))
    assert answers.pop("conflict") == 7
    with elevated():
        assert list(answers) == [PathwayLine.objects.get(esms=esms, action=DIRECTORS).evidence]


# --- Giving to a referent --------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestDelegation:
    def test_several_lines_are_given_at_once_and_taken_back(self, world: World, esms: ESMS) -> None:
        referent = world.person(Role.LOCAL_REFERENT)
        codes = (DIRECTORS, "act_hold_announcement")
        with as_director(world):
            services.delegate_lines(esms=esms, actions={action(code): 0 for code in codes}, referent=referent)
            board = board_of(esms)
            for code in codes:
                found = board.standing_of(action(code))
                assert board.holder(found) == referent
                assert may_do(found, fills=True, validates=False, user_id=referent.pk)
            services.delegate_lines(esms=esms, actions={action(DIRECTORS): 1}, referent=None)
            assert board_of(esms).standing_of(action(DIRECTORS)).held_by is None

    @pytest.mark.parametrize("code", [*NOT_DELEGATED, REFERENTS])
    def test_what_the_direction_keeps_is_refused_with_all_the_rest(self, world: World, esms: ESMS, code: str) -> None:
        with as_director(world):
            with pytest.raises(DomainError, match="ne se confie pas"):
                services.delegate_lines(
                    esms=esms,
                    actions={action(DIRECTORS): 0, action(code): 0},
                    referent=world.person(Role.LOCAL_REFERENT),
                )
            assert not PathwayLine.objects.filter(esms=esms, action=DIRECTORS).exists()

    def test_only_a_referent_of_this_structure_may_hold_a_line(self, world: World, esms: ESMS) -> None:
        with as_director(world):
            for stranger in (world.sibling_referent, world.person(Role.COMOP)):
                with pytest.raises(DomainError, match="référent local de cette structure"):
                    services.delegate_lines(esms=esms, actions={action(DIRECTORS): 0}, referent=stranger)
            with pytest.raises(DomainError, match="au moins une"):
                services.delegate_lines(esms=esms, actions={}, referent=None)

    @pytest.mark.parametrize("code", NOT_DELEGATED)
    def test_the_database_refuses_the_five_as_well(self, world: World, esms: ESMS, code: str) -> None:
        with elevated(), pytest.raises(IntegrityError, match="pathway_line_not_delegated"), transaction.atomic():
            PathwayLine.objects.create(
                **place_of(esms),
                action=code,
                delegated_to=world.person(Role.LOCAL_REFERENT),
                delegated_on=french.today(),
            )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"state": LineState.DONE, "done_on": TODAY}, "pathway_line_done_is_shown"),
        ({"state": LineState.DONE, "evidence": "Oui"}, "pathway_line_done_on_a_day"),
        ({"state": LineState.BLOCKED}, "pathway_line_blocked_says_what"),
        ({"state": LineState.NOT_APPLICABLE}, "pathway_line_without_object_says_why"),
        (
            {"state": LineState.SUBMITTED, "done_on": TODAY, "evidence": "Oui"},
            "pathway_line_submitted_by_somebody",
        ),
        (
            {"state": LineState.DONE, "done_on": TODAY, "evidence": "Oui", "needs_validation": True},
            "pathway_line_done_once_validated",
        ),
        ({"delegated_on": TODAY}, "pathway_line_delegated_since"),
    ],
)
def test_the_database_holds_what_a_line_says(world: World, esms: ESMS, values: dict[str, Any], name: str) -> None:
    with elevated(), pytest.raises(IntegrityError, match=name), transaction.atomic():
        PathwayLine.objects.create(**place_of(esms), action=DIRECTORS, **values)


# --- What governance knows -------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestGovernance:
    def seen(self, world: World, esms: ESMS, code: str) -> Standing:
        with acting_as(world.person(Role.LOCAL_REFERENT).pk):  # the facts don't depend on who reads them
            return board_of(esms).standing_of(action(code))

    def test_a_seat_accepted_by_the_direction_closes_the_line(self, world: World, esms: ESMS) -> None:
        director = world.person(Role.ESMS_DIRECTOR)
        assert not self.seen(world, esms, "act_join_bodies").known
        seat = MandateFactory(body=world.own.governance.comop_body, user=director)
        found = self.seen(world, esms, "act_join_bodies")
        assert (found.state, found.words) == (LineState.IN_PROGRESS, "siège proposé au COMOP, à accepter ou décliner")
        with elevated():
            Mandate.objects.filter(pk=seat.pk).update(accepted_at=days_ago(2))
        found = self.seen(world, esms, "act_join_bodies")
        assert (found.state, found.words) == (LineState.DONE, "siège accepté au COMOP")
        assert found.day == french.today() - timedelta(days=2)

    def test_an_alert_about_the_structure_closes_the_line(self, world: World, esms: ESMS) -> None:
        other = world.own.structures[1]
        assert not self.seen(world, other, "act_raise_alerts").known
        found = self.seen(world, esms, "act_raise_alerts")
        assert (found.state, found.words) == (LineState.DONE, "une alerte transmise")
        AlertFactory(project=world.project, og=esms.og, esms=esms, number=500, raised_by=world.lead)
        assert self.seen(world, esms, "act_raise_alerts").words == "deux alertes transmises"

    def test_a_vote_of_the_direction_closes_the_line_for_who_reads_no_vote(self, world: World, esms: ESMS) -> None:
        assert not self.seen(world, esms, "act_seek_consensus").known
        director = world.person(Role.ESMS_DIRECTOR)
        with elevated():
            ArbitrationVote.objects.create(
                project=world.project,
                arbitration=ArbitrationFactory(project=world.project, number=300),
                unit_id=esms.og_id,
                og=esms.og,
                voter=director,
                recorded_by=director,
                weight=50,
                choice=Choice.ABSTENTION,
            )
        found = self.seen(world, esms, "act_seek_consensus")
        assert found.state == LineState.DONE
        assert found.day == french.today()


# --- A tool that knows nothing of one structure says nothing of another ----------------------------------------------


@pytest.mark.django_db
def test_a_fact_is_of_its_structure(world: World, esms: ESMS, monkeypatch: pytest.MonkeyPatch) -> None:
    def finder(structures: Any) -> dict[tuple[uuid.UUID, str], Fact]:
        return {(esms.pk, DIRECTORS): Fact(LineState.DONE, "fait ailleurs", french.today())}

    monkeypatch.setitem(registry._finders, "of the test", finder)
    with acting_as(world.lead.pk):
        assert board_of(esms).standing_of(action(DIRECTORS)).done
        assert board_of(world.own.structures[1]).standing_of(action(DIRECTORS)).state == LineState.TODO


@pytest.mark.django_db
def test_row_level_security_shows_a_line_to_its_structure_alone(world: World) -> None:
    def count(user: User) -> int:
        with acting_as(user.pk), connection.cursor() as cursor:
            cursor.execute("select count(*) from structures_pathwayline")
            return cursor.fetchone()[0]

    assert count(world.person(Role.ESMS_DIRECTOR)) == 1
    assert count(world.person(Role.OG_DIRECTOR)) == 2
    assert count(world.lead) == 3
    assert count(world.rival_director) == 1
    for role in (Role.COSTRAT, Role.COMOP, Role.OBSERVER, Role.DPO, Role.VENDOR, Role.PURCHASING):
        assert count(world.person(role)) == 0
