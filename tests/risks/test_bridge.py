"""What risks tell the pathway of a structure, and what they ask of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from common import french
from common.scope import elevated
from dui_deploy.bridges.risks import risk_asks, risk_facts
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import ESMS, User
from risks.enums import AssessmentStatus as S
from risks.enums import Capacity, RiskStatus, Treatment
from risks.models import AgreedMark, Assessment, Mark, Respondent, Risk, RiskAction, RiskCampaign, RiskThresholds
from risks.places import Place
from structures.addresses import address_of
from structures.asks import Ask
from structures.enums.pathway import LineState
from structures.facts import Fact
from tests.factories import ESMSFactory, MembershipFactory
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db
ASSESS, PLAN, TRANSMIT = "act_assess_risks", "act_plan_risk_actions", "act_transmit_risks"
DAYS = timedelta(days=1)


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture
def director(world: World) -> User:
    return world.person(Role.ESMS_DIRECTOR)


@pytest.fixture
def foyer(world: World, director: User) -> ESMS:
    """A structure of the director and the referent of the world, which nobody asked anything yet."""
    esms = ESMSFactory(og=world.own.ogs[0])
    MembershipFactory(user=director, role=Role.ESMS_DIRECTOR, target=esms)
    MembershipFactory(user=world.person(Role.LOCAL_REFERENT), role=Role.LOCAL_REFERENT, target=esms)
    with elevated():
        return ESMS.objects.select_related("project").get(pk=esms.pk)


@pytest.fixture
def alone(world: World, foyer: ESMS) -> Assessment:
    """Its first analysis, being answered."""
    with elevated():
        return Assessment.objects.create(**Place(foyer.project, foyer).columns, campaign=world.own.risks.second)


def put(row: Assessment, **values: Any) -> None:
    """Bring it to this state, whatever the triggers think of it."""
    with elevated():
        Assessment.objects.filter(pk=row.pk).update(**values)


def settled(by: User, status: S, ago: int = 3) -> dict[str, Any]:
    """What a settled analysis holds."""
    moment = timezone.now() - ago * DAYS
    values: dict[str, Any] = {"status": status, "submitted_by": by, "submitted_at": moment}
    if status in {S.VALIDATED, S.TRANSMITTED}:
        values |= {"validated_by": by, "validated_at": moment}
    if status == S.TRANSMITTED:
        values |= {"transmitted_by": by, "transmitted_at": moment}
    return values


def facts_for(user: User, *structures: ESMS) -> dict[tuple[Any, str], Fact]:
    with acting_as(user.pk):
        return dict(risk_facts(structures))


def fact(user: User, esms: ESMS, code: str) -> Fact:
    return facts_for(user, esms)[esms.pk, code]


def asked(user: User, esms: ESMS) -> list[Ask]:
    with acting_as(user.pk):
        return risk_asks([esms])


def answer(row: Assessment, esms: ESMS, user: User, *, finished: bool = False, marks: int = 1) -> Respondent:
    columns = Place(esms.project, esms).columns
    with elevated():
        respondent = Respondent.objects.create(
            **columns,
            assessment=row,
            user=user,
            capacity=Capacity.DIRECTION,
            asked_by=user,
            finished_at=timezone.now() if finished else None,
        )
        for number in range(1, marks + 1):
            Mark.objects.create(
                **columns, assessment=row, respondent=respondent, user=user, question=f"1.{number}", value=5
            )
    return respondent


def agree(row: Assessment, esms: ESMS, user: User, **marks: int) -> None:
    """Marks by question, as `q2_1=9`, while they are put together."""
    with elevated():
        Assessment.objects.filter(pk=row.pk).update(status=S.CONVERGING)
        AgreedMark.objects.bulk_create(
            AgreedMark(
                **Place(esms.project, esms).columns,
                assessment=row,
                question=name[1:].replace("_", "."),
                value=value,
                agreed_by=user,
            )
            for name, value in marks.items()
        )


def risk(esms: ESMS, user: User, question: str, *, due: bool = True, **values: Any) -> Risk:
    place = Place(esms.project, esms)
    with elevated():
        row = Risk.objects.create(
            **place.columns,
            number=Risk.objects.filter(place.rows).count() + 1,
            title="Débit insuffisant",
            category="technical",
            question=question,
            probability=3,
            impact=3,
            opened_by=user,
            **values,
        )
        RiskAction.objects.create(
            **place.columns,
            risk=row,
            label="Poser un relais",
            due_on=french.today() + 20 * DAYS if due else None,
            written_by=user,
        )
    return row


# --- What the pathway reads ------------------------------------------------------------------------------------------


def test_a_structure_that_nobody_asked_ticks_its_lines_by_hand(foyer: ESMS, director: User) -> None:
    assert facts_for(director, foyer) == {}
    assert asked(director, foyer) == []


def test_the_questionnaire_from_asked_to_agreed(foyer: ESMS, alone: Assessment, director: User) -> None:
    assert fact(director, foyer, ASSESS).state == LineState.TODO
    assert "questionnaire attendu pour le" in plain(fact(director, foyer, ASSESS).words)
    respondent = answer(alone, foyer, director, marks=0)
    assert fact(director, foyer, ASSESS).state == LineState.TODO  # asked is not begun
    with elevated():
        respondent.delete()
    answer(alone, foyer, director)
    begun = fact(director, foyer, ASSESS)
    assert (begun.state, begun.words) == (LineState.IN_PROGRESS, "une personne a commencé à répondre")
    put(alone, status=S.CONVERGING)
    together = fact(director, foyer, ASSESS)
    assert (together.state, together.words) == (LineState.IN_PROGRESS, "les réponses sont mises en commun")
    for status in (S.SUBMITTED, S.VALIDATED, S.TRANSMITTED):
        put(alone, **settled(director, status))
        done = fact(director, foyer, ASSESS)
        assert (done.state, done.day) == (LineState.DONE, french.today() - 3 * DAYS)


def test_the_transmission_from_submitted_to_sent_back(foyer: ESMS, alone: Assessment, director: User) -> None:
    assert fact(director, foyer, TRANSMIT).state == LineState.TODO
    put(alone, **settled(director, S.SUBMITTED))
    assert fact(director, foyer, TRANSMIT).state == LineState.SUBMITTED
    put(alone, **settled(director, S.VALIDATED))
    validated = fact(director, foyer, TRANSMIT)
    assert (validated.state, plain(validated.words).endswith("à transmettre")) == (LineState.IN_PROGRESS, True)
    put(alone, **settled(director, S.TRANSMITTED))
    sent = fact(director, foyer, TRANSMIT)
    assert (sent.state, sent.day) == (LineState.DONE, french.today() - 3 * DAYS)
    put(alone, status=S.CONVERGING, sent_back_by=director, sent_back_at=timezone.now(), sent_back_note="2.1 ?")
    for code in (ASSESS, TRANSMIT):
        back = fact(director, foyer, code)
        assert (back.state, "renvoyée" in back.words) == (LineState.IN_PROGRESS, True)


def test_a_new_campaign_does_not_undo_what_was_done(world: World, director: User) -> None:
    """The world's structure transmitted a first analysis and puts the second together."""
    foyer = world.own.structures[0]
    for code in (ASSESS, TRANSMIT):
        found = fact(director, foyer, code)
        assert found.state == LineState.DONE
        assert found.words.endswith("une nouvelle analyse est en cours")


def test_a_campaign_closed_too_early_leaves_everything_to_do(foyer: ESMS, alone: Assessment, director: User) -> None:
    answer(alone, foyer, director)
    put(alone, closed_at=timezone.now())
    for code in (ASSESS, PLAN, TRANSMIT):
        assert fact(director, foyer, code).state == LineState.TODO
    assert asked(director, foyer) == []


def test_strong_marks_want_a_dated_action(foyer: ESMS, alone: Assessment, director: User) -> None:
    assert fact(director, foyer, PLAN).state == LineState.TODO
    agree(alone, foyer, director, q2_1=9, q3_1=7, q4_1=6)
    assert fact(director, foyer, PLAN).words == "les notes ne sont pas encore retenues"
    put(alone, **settled(director, S.VALIDATED))
    untold = fact(director, foyer, PLAN)
    assert (untold.state, "avant de les transmettre" in untold.words) == (LineState.IN_PROGRESS, True)
    put(alone, **settled(director, S.TRANSMITTED))
    assert fact(director, foyer, PLAN).state == LineState.TODO
    first = risk(foyer, director, "2.1")
    assert fact(director, foyer, PLAN).state == LineState.IN_PROGRESS
    undated = risk(foyer, director, "3.1", due=False)
    assert fact(director, foyer, PLAN).state == LineState.IN_PROGRESS
    with elevated():
        RiskAction.objects.filter(risk=undated).update(due_on=french.today() + 5 * DAYS)
    done = fact(director, foyer, PLAN)
    assert (done.state, done.day) == (LineState.DONE, french.today())
    with elevated():
        RiskAction.objects.filter(risk=first).update(given_up_on=french.today(), given_up_why="Trop cher.")
    assert fact(director, foyer, PLAN).state == LineState.IN_PROGRESS
    with elevated():
        Risk.objects.filter(pk=first.pk).update(
            treatment=Treatment.ACCEPT, accepted_by=director, accepted_on=french.today(), accepted_why="Rien à faire."
        )
    assert fact(director, foyer, PLAN).state == LineState.DONE


def test_a_risk_closed_before_the_marks_covers_none_of_them(foyer: ESMS, alone: Assessment, director: User) -> None:
    agree(alone, foyer, director, q2_1=9)
    put(alone, **settled(director, S.TRANSMITTED, ago=3))
    closed = {"status": RiskStatus.CLOSED, "closing_note": "Réglé."}
    old = risk(foyer, director, "2.1", **closed, closed_on=french.today() - 10 * DAYS)
    assert fact(director, foyer, PLAN).state == LineState.TODO
    with elevated():
        Risk.objects.filter(pk=old.pk).update(closed_on=french.today() - DAYS)
    assert fact(director, foyer, PLAN).state == LineState.DONE


def test_the_thresholds_of_the_project_say_what_is_strong(
    world: World, foyer: ESMS, alone: Assessment, director: User
) -> None:
    agree(alone, foyer, director, q2_1=8)
    put(alone, **settled(director, S.TRANSMITTED))
    assert fact(director, foyer, PLAN).state == LineState.TODO
    with elevated():
        RiskThresholds.objects.create(project=world.project, moderate_from=40, certain_from=70, action_from=9)
    assert fact(director, foyer, PLAN).state == LineState.DONE


def test_the_pathway_does_not_depend_on_who_reads_it(
    world: World, foyer: ESMS, alone: Assessment, director: User
) -> None:
    """Marks and risks are the structure's own before it transmits; no word tells of a mark."""
    agree(alone, foyer, director, q2_1=9, q3_1=7)
    put(alone, **settled(director, S.SUBMITTED))
    risk(foyer, director, "2.1")
    readers = (director, world.lead, world.person(Role.OG_DIRECTOR), world.person(Role.LOCAL_REFERENT))
    found = [facts_for(user, foyer) for user in readers]
    assert found == [found[0]] * len(readers)
    assert found[0][foyer.pk, PLAN].state == LineState.IN_PROGRESS
    words = " ".join(one.words for one in found[0].values())
    assert not any(text in words for text in ("9", "2.1", "Débit"))


# --- What the structure has to do ------------------------------------------------------------------------------------


def test_each_state_asks_its_next_step(world: World, foyer: ESMS, alone: Assessment, director: User) -> None:
    referent = world.person(Role.LOCAL_REFERENT)

    def only() -> Ask:
        (ask,) = asked(director, foyer)
        assert ask.due_on == world.own.risks.second.due_on
        return ask

    assert (only().title, only().of_director) == ("Répondre au questionnaire de risques", False)
    assert "100 questions" in plain(only().detail)
    answer(alone, foyer, director, finished=True)
    first = answer(alone, foyer, referent)
    assert only().title == "Répondre au questionnaire de risques"
    assert only().done_by == {director.pk}
    assert "1 sur 2 ont terminé" in only().detail
    with elevated():
        Respondent.objects.filter(pk=first.pk).update(finished_at=timezone.now())
    assert only().title == "Mettre en commun les réponses sur les risques"
    put(alone, status=S.CONVERGING)
    assert (only().title, plain(only().detail)) == (
        "Retenir ensemble les notes de risques",
        "0 note retenue sur 100",
    )
    agree(alone, foyer, director, **{f"q{section}_{rank}": 3 for section in range(1, 11) for rank in range(1, 11)})
    assert only().title == "Soumettre l’analyse de risques"
    put(alone, **settled(director, S.SUBMITTED))
    assert (only().title, only().of_director) == ("Valider l’analyse de risques", True)
    put(alone, **settled(director, S.VALIDATED))
    assert (only().title, only().of_director) == ("Transmettre l’analyse de risques au chef de projet", True)
    put(alone, **settled(director, S.TRANSMITTED))
    assert asked(director, foyer) == []
    put(alone, status=S.CONVERGING, sent_back_by=director, sent_back_at=timezone.now(), sent_back_note="Revoir 2.1")
    assert only().title == "Reprendre l’analyse de risques"
    assert "Revoir 2.1" in only().detail


def test_strong_marks_without_an_action_are_asked_about(foyer: ESMS, alone: Assessment, director: User) -> None:
    agree(alone, foyer, director, q2_1=9)
    put(alone, **settled(director, S.TRANSMITTED))
    (ask,) = asked(director, foyer)
    assert ask.title == "Donner une action datée à chaque risque fort"
    risk(foyer, director, "2.1")
    assert asked(director, foyer) == []


def test_risks_to_look_at_again(world: World, foyer: ESMS, alone: Assessment, director: User) -> None:
    put(alone, **settled(director, S.TRANSMITTED))
    today = french.today()
    first = risk(foyer, director, "", review_on=today - 2 * DAYS)
    risk(foyer, director, "", review_on=today + DAYS)
    (ask,) = asked(director, foyer)
    assert (ask.title, ask.due_on) == ("Revoir le risque : Débit insuffisant", today - 2 * DAYS)
    assert ask.url == Place(foyer.project, foyer).url("risk", first.number)
    risk(foyer, director, "", review_on=today)
    (ask,) = asked(director, foyer)
    assert (ask.title, ask.due_on) == ("Revoir 2 risques du registre", today - 2 * DAYS)
    assert asked(world.lead, foyer) == []  # not transmitted: not the lead's to read


# --- Where they meet -------------------------------------------------------------------------------------------------


def test_the_lines_of_the_pathway_open_the_questionnaire(foyer: ESMS) -> None:
    assert address_of(foyer, "risk_analysis") == Place(foyer.project, foyer).url("risk_questionnaire")


def test_the_first_page_of_a_structure_and_my_work_ask_it(
    world: World, client_as: Callable, foyer: ESMS, alone: Assessment, director: User
) -> None:
    for path in (reverse("structure", args=[SLUG, foyer.slug]), "/"):
        assert "Répondre au questionnaire de risques" in client_as(director).get(path).text
    answer(alone, foyer, director, finished=True)
    answer(alone, foyer, world.person(Role.LOCAL_REFERENT))
    for path in (reverse("structure", args=[SLUG, foyer.slug]), "/"):
        assert "Répondre au questionnaire de risques" not in client_as(director).get(path).text
        assert "Répondre au questionnaire de risques" in client_as(world.person(Role.LOCAL_REFERENT)).get(path).text


@pytest.mark.parametrize("status", [S.ANSWERING, S.CONVERGING, S.SUBMITTED, S.VALIDATED])
def test_whoever_is_shown_what_waits_may_open_it(
    world: World, client_as: Callable, foyer: ESMS, alone: Assessment, director: User, status: S
) -> None:
    """The lead and the direction of the OG read what waits in the structure."""
    agree(alone, foyer, director, q2_1=9)
    put(alone, **(settled(director, status) if status in {S.SUBMITTED, S.VALIDATED} else {"status": status}))
    found = asked(director, foyer)
    for user in (director, world.person(Role.LOCAL_REFERENT), world.lead, world.person(Role.OG_DIRECTOR)):
        for ask in found:
            assert client_as(user).get(ask.url).status_code == 200, (user.title, ask.title)


@pytest.mark.parametrize("ask", [risk_facts, risk_asks])
def test_twelve_structures_cost_no_more_than_one(
    world: World, foyer: ESMS, alone: Assessment, director: User, ask: Callable[[list[ESMS]], object]
) -> None:
    def cost(structures: list[ESMS]) -> int:
        with elevated(), counted() as queries:
            ask(structures)
        return len(queries)

    before, made = cost([foyer]), []
    with elevated():
        campaign = RiskCampaign.objects.get(pk=world.own.risks.second.pk)
        for _ in range(11):
            esms = ESMSFactory(og=world.own.ogs[0])
            row = Assessment.objects.create(**Place(esms.project, esms).columns, campaign=campaign)
            made.append((esms, row))
    for esms, row in made:
        answer(row, esms, director)
        agree(row, esms, director, q2_1=9, q3_1=7)
        put(row, **settled(director, S.TRANSMITTED))
        risk(esms, director, "2.1", review_on=french.today())
    assert cost([foyer, *(esms for esms, _ in made)]) == before
