"""What somebody who looks for a way round would try: figures of too few, what was not transmitted, acts out of turn."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.errors import DomainError
from common.scope import elevated
from governance.models import Alert
from organisations.access import acting_as
from organisations.enums import Phase, Role
from organisations.models import ESMS, Membership, User
from reports.selectors.risks import risks_since
from risks.aggregates import project_figures
from risks.enums import RISK_SOURCE, AssessmentStatus, CampaignKind, Capacity
from risks.models import AgreedMark, Assessment, Mark, Respondent, Risk, RiskAction, RiskCampaign
from risks.places import Place
from risks.services import campaigns
from tests.factories import MembershipFactory
from tests.harness.htmx import parse, text
from tests.harness.risks import RiskWork, untold
from tests.harness.threads import together
from tests.harness.world import INSIDE, SLUG, World
from tests.risks.reading_factories import NUMBERS, assessed, campaign, everywhere, structure
from tests.risks.together import EVERYTHING, Analysis, begun, respond

pytestmark = pytest.mark.django_db


@pytest.fixture
def foyer(world: World) -> ESMS:
    return world.own.structures[0]


@pytest.fixture
def work(world: World) -> RiskWork:
    return world.own.risk_work[0]


@pytest.fixture
def director(world: World, client_as: Callable[..., Client]) -> Client:
    return client_as(world.person(Role.ESMS_DIRECTOR))


def at(name: str, *more: object) -> str:
    return reverse(f"esms_{name}", args=[SLUG, "foyer", *more])


def there(name: str, *more: object) -> str:
    return reverse(f"project_{name}", args=[SLUG, *more])


def plain(answer: Any) -> str:
    return text(parse(answer.content).xpath("//main")[0]).replace("\xa0", " ").replace("\u202f", " ")


def raw(user: User, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """What the database shows to somebody, whatever the views do."""
    with acting_as(user.pk), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


# --- Figures ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def three(world: World) -> RiskCampaign:
    """A third campaign, to which three structures answered; the last section concerns one of them."""
    with elevated():
        Assessment.objects.open().filter(project=world.project).update(closed_at=timezone.now())
    asked = campaign(world.project, world.lead, 3)
    tenth = {f"q10_{number}": None for number in range(1, 11)}
    for rank, esms in enumerate(world.own.structures):
        marks = everywhere(4, **({} if rank else tenth), **({"q9_1": 9} if rank else {}))
        if rank == 1:
            marks |= {number: None for number in NUMBERS if number.startswith("10.")}
        assessed(Place(world.project, esms), asked, world.lead, marks)
    return asked


def test_a_section_that_concerns_one_structure_is_not_told_in_figures(
    world: World, three: RiskCampaign, client_as: Callable[..., Client]
) -> None:
    found = project_figures(world.project, three)
    assert found.summary is not None
    assert found.summary.medians[:9] == [40] * 8 + [45]
    assert found.summary.medians[9] is None
    assert not found.summary.section_levels[9]
    for role in (Role.COSTRAT, Role.COMOP):
        assert client_as(world.person(role)).get(there("risks")).status_code == 200


def test_a_report_tells_figures_that_none_of_its_readers_can_take_theirs_away_from(world: World) -> None:
    """Three structures of one OG: its direction knows them all; a member of the COMOP who directs one does not."""
    with elevated():
        Assessment.objects.filter(esms=world.own.structures[2]).update(
            status=AssessmentStatus.CONVERGING, closed_at=timezone.now()
        )
    more, by = structure(world, "haute")
    assessed(Place(world.project, more), world.own.risks.first, by, everywhere(9))
    today = timezone.localdate()

    def told() -> bool:
        with acting_as(world.lead.pk):
            return risks_since(world.project, today, today).together is not None

    assert told()
    MembershipFactory(user=world.person(Role.ESMS_DIRECTOR), role=Role.COMOP, target=world.project)
    assert not told()
    fourth, by = structure(world, "quatre")
    assessed(Place(world.project, fourth), world.own.risks.first, by, everywhere(2))
    assert told()


def test_a_report_tells_no_figure_of_few_structures_of_another_og(world: World) -> None:
    """Five of one OG and two of another: the direction of the first would know these two."""
    for rank in range(3):
        more, by = structure(world, f"amont-{rank}")
        assessed(Place(world.project, more), world.own.risks.first, by, everywhere(9))
    today = timezone.localdate()
    for name, told in (("aval-1", False), ("aval-2", True)):
        more, by = structure(world, name, og=1)
        assessed(Place(world.project, more), world.own.risks.first, by, everywhere(5))
        with acting_as(world.lead.pk):
            assert (risks_since(world.project, today, today).together is not None) is told


# --- What was not transmitted ----------------------------------------------------------------------------------------


@pytest.fixture
def submitted(world: World, client_as: Callable[[User], Client]) -> Analysis:
    """A structure whose only strong mark is agreed on, and not transmitted."""
    analysis = begun(world, client_as)
    analysis.converging({**EVERYTHING, "2.1": 9}, {**EVERYTHING, "2.1": 9})
    assert analysis.act("referent", "risk_submit").status_code == 302
    return analysis


@pytest.mark.parametrize("who", ["lead", "og_director"])
def test_that_a_mark_is_strong_is_not_told_above_before_it_is_transmitted(submitted: Analysis, who: str) -> None:
    esms = submitted.place.esms
    assert esms is not None
    home = reverse("structure", args=[SLUG, esms.slug])
    pathway = reverse("pathway", args=[SLUG, esms.slug])
    for address in (home, pathway):
        shown = plain(submitted.clients[who].get(address))
        assert "risque fort" not in shown
    assert "Donner une action datée à chaque risque fort" in plain(submitted.clients["director"].get(home))
    for name in ("risk_validate", "risk_transmit"):
        assert submitted.act("director", name).status_code == 302
    assert "Donner une action datée à chaque risque fort" in plain(submitted.clients[who].get(home))


def test_what_an_action_was_before_its_risk_was_transmitted_stays_in_the_structure(
    work: RiskWork, director: Client, lead: Client
) -> None:
    secret = "Le cadre est en arrêt, ne pas le dire"
    url = at("risk_action_field", work.own.number, work.own_action.pk, "label")
    assert director.post(url, {"label": secret, "version": 1}).status_code in (200, 302)
    assert director.post(url, {"label": "Nommer quelqu’un", "version": 2}).status_code in (200, 302)
    assert director.post(at("risk_transmit_one", work.own.number), {"version": 1}).status_code == 302
    shown = lead.get(at("risk_action", work.own.number, work.own_action.pk))
    assert "Nommer quelqu’un" in plain(shown)
    assert secret not in plain(shown)
    assert untold(INSIDE) not in plain(shown).split("Historique")[1]


def test_the_history_of_marks_stays_where_they_were_given(world: World, client_as: Callable[[User], Client]) -> None:
    """Those above read the marks that are transmitted, not those that were kept before; peers, what stands."""
    analysis = begun(world, client_as)
    analysis.answered()
    with elevated():
        mark = Mark.objects.get(assessment=analysis.assessment, user=analysis.director, question="1.2")
        Mark.objects.filter(pk=mark.pk).update(comment="Retiré ensuite")
        Mark.objects.filter(pk=mark.pk).update(comment="")
    assert analysis.act("referent", "risk_convergence_open").status_code == 302
    kept = analysis.kept("1.1")
    assert analysis.agree("referent", "1.1", 10, kept=kept.pk, version=kept.version).status_code == 302
    kept = analysis.kept("1.1")
    assert analysis.agree("referent", "1.1", 4, kept=kept.pk, version=kept.version).status_code == 302
    for name in ("risk_validate", "risk_transmit"):
        assert analysis.act("director", name).status_code == 302
    sql = "select value from risks_agreedmarkevent where assessment_id = %s and question = '1.1'"
    for reader in (world.lead, world.person(Role.OG_DIRECTOR)):
        assert raw(reader, sql, analysis.assessment.pk) == []
        assert raw(reader, "select 1 from risks_agreedmark where assessment_id = %s", analysis.assessment.pk)
    assert raw(analysis.director, sql, analysis.assessment.pk)
    sql = "select 1 from risks_markevent where comment = 'Retiré ensuite'"
    assert raw(analysis.director, sql)
    assert raw(analysis.referent, sql) == []


# --- Blind -----------------------------------------------------------------------------------------------------------


def test_nobody_reads_another_s_mark_before_they_are_together(
    world: World, client_as: Callable[[User], Client]
) -> None:
    analysis = begun(world, client_as).answered({**EVERYTHING, "1.1": 10}, {**EVERYTHING, "1.1": 1})
    for reader in (analysis.director, analysis.referent, world.lead, world.person(Role.OG_DIRECTOR)):
        for table in ("risks_mark", "risks_markevent"):
            rows = raw(reader, f"select user_id from {table} where assessment_id = %s", analysis.assessment.pk)
            assert {row[0] for row in rows} <= {reader.pk}
    pages = ("risk_questionnaire", "risk_respondents", "risk_answer_finish", "risk_convergence_open", "risk_scores")
    for name in pages:
        answer = analysis.get("referent", name)
        assert "Vidal" not in plain(answer) or "Vu par Vidal" not in plain(answer)
    refused = analysis.act("referent", "risk_submit")
    assert refused.status_code == 422
    # Trying to put together with an old version shows nothing, and changes nothing.
    stale = analysis.post("referent", "risk_convergence_open", version=99)
    assert stale.status_code == 409
    assert "Vu par Vidal" not in stale.content.decode()
    assert analysis.status == AssessmentStatus.ANSWERING


# --- Campaigns -------------------------------------------------------------------------------------------------------


def test_a_structure_asked_by_a_newer_campaign_is_not_added_to_an_older_one(
    world: World, client_as: Callable[[User], Client]
) -> None:
    """Its pages would show the newer one, and it could never answer the older."""
    esms, by = structure(world, "nouvelle")
    older = world.own.risks.second
    newer = campaign(world.project, world.lead, 3)
    assessed(Place(world.project, esms), newer, by, everywhere(4))
    with acting_as(world.lead.pk):
        older = RiskCampaign.objects.select_related("project").get(pk=older.pk)
        with pytest.raises(DomainError, match="plus récente") as refused:
            campaigns.add_structures(campaign=older, version=older.version, structures=[esms])
    assert refused.value.field == "structures"
    with elevated():
        assert Assessment.objects.filter(esms=esms).count() == 1


def test_a_place_sent_back_while_it_is_asked_is_refused_in_words(
    world: World, foyer: ESMS, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lead, twice at once: the check came before the other one had sent the analysis back."""
    monkeypatch.setattr(campaigns, "_check_free", lambda places: None)
    with acting_as(world.lead.pk), pytest.raises(DomainError, match="déjà en cours") as refused:
        campaigns.open_campaign(
            project=world.project,
            kind=CampaignKind.START,
            phase=Phase.PILOT,
            due_on=timezone.localdate(),
            message="",
            structures=[foyer],
            with_project=False,
            by=world.lead,
            token=uuid.uuid4(),
        )
    assert refused.value.field == "structures"


# --- Register --------------------------------------------------------------------------------------------------------


def test_a_risk_that_raised_an_alert_is_not_undone_under_it(world: World, lead: Client) -> None:
    """The alert says its number, which another risk would take."""
    with elevated():
        place = Place(world.project).columns
        Assessment.objects.filter(pk=world.own.risks.assessment.pk).update(status=AssessmentStatus.CONVERGING)
        AgreedMark.objects.create(
            **place, assessment=world.own.risks.assessment, question="2.1", value=10, agreed_by=world.lead
        )
    posted = {"kind": "preventive", "owner": "", "due_on": "", "probability": 4, "impact": 4, "token": uuid.uuid4()}
    assert lead.post(there("risk_propose", "2-1"), posted).status_code == 302
    with elevated():
        action = RiskAction.objects.get(token=posted["token"])
        number = action.risk.number
        assert Alert.objects.filter(source=RISK_SOURCE, source_id=action.risk_id).exists()
    lead.post(there("risk_action_remove", number, action.pk))
    with elevated():
        assert Risk.objects.filter(pk=action.risk_id).exists()
        assert not RiskAction.objects.filter(pk=action.pk).exists()


def test_who_does_an_action_does_not_take_up_what_the_register_gave_up(
    world: World, work: RiskWork, director: Client, client_as: Callable[[User], Client]
) -> None:
    dpo = world.person(Role.DPO)
    action = world.own.risks.action
    with elevated():
        RiskAction.objects.filter(pk=action.pk).update(
            owner=dpo, given_up_on=timezone.localdate(), given_up_why="Trop cher"
        )
    answer = client_as(dpo).post(there("risk_my_action_resume", action.pk))
    assert answer.status_code == 422
    with elevated():
        action.refresh_from_db()
    assert action.given_up_why == "Trop cher"
    assert "Reprendre" not in plain(client_as(dpo).get(there("risk_my_action", action.pk)))


def test_why_an_action_is_given_up_is_kept_whole_or_refused(work: RiskWork, director: Client) -> None:
    why = "é" * 301
    answer = director.post(at("risk_action_give_up", work.risk.number, work.action.pk), {"why": why, "version": 1})
    assert answer.status_code == 422
    assert why in answer.content.decode()


def test_who_left_is_not_asked_for_what_they_can_no_longer_open(
    world: World, client_as: Callable[[User], Client]
) -> None:
    """Asked while they worked there, or sat in a body; they still take part in the project."""
    analysis = begun(world, client_as)
    costrat = world.person(Role.COSTRAT)
    place, row = Place(world.project), world.own.risks.assessment
    with elevated():
        respond(analysis, analysis.referent, Capacity.REFERENT, {}, finished=False)
        Respondent.objects.create(
            **place.columns, assessment=row, user=costrat, capacity=Capacity.BODY, asked_by=world.lead
        )
    assert "Répondre au questionnaire de risques" in client_as(costrat).get("/").content.decode()
    with elevated():
        Membership.objects.filter(user__in=[analysis.referent, costrat]).delete()
        for user in (analysis.referent, costrat):
            for table in ("projectpermission_set", "esmspermission_set"):
                getattr(user, table).all().delete()
            MembershipFactory(user=user, role=Role.OBSERVER, target=world.project)
    for user in (analysis.referent, costrat):
        browser = client_as(user)
        assert "Répondre au questionnaire de risques" not in browser.get("/").content.decode()
        assert browser.get(there("risk_answer")).status_code == 403
        assert browser.get(analysis.place.url("risk_answer")).status_code == 404


# --- Addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["9" * 5000, "²", "９", "-1"])
def test_an_address_that_means_nothing_is_not_found(director: Client, number: str) -> None:
    for name in ("risk_export_answers", "risk_scores"):
        assert director.get(at(name), {"campagne": number}).status_code == 404


# --- At once ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(4))
def test_a_campaign_that_closes_while_it_is_transmitted_ends_in_one_state(
    world: World, client_as: Callable[[User], Client], attempt: int
) -> None:
    analysis = begun(world, client_as).converging()
    assert analysis.act("director", "risk_validate").status_code == 302
    version, before = analysis.assessment.version, analysis.campaign
    browsers = [Client(raise_request_exception=False) for _ in range(2)]
    for browser, who in zip(browsers, ("director", "lead"), strict=True):
        browser.cookies.update(analysis.clients[who].cookies)
    acts = [
        (analysis.place.url("risk_transmit"), {"version": version}),
        (there("risk_campaign_close", before.number), {"version": before.version}),
    ]
    sent, closed = [answer.status_code for answer in together(2, lambda rank: browsers[rank].post(*acts[rank]))]
    row = analysis.assessment
    assert closed == 302
    assert (sent, row.transmitted, row.closed_at is None) in {
        (302, True, True),
        (422, False, False),
        (409, False, False),
    }
