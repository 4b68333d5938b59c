"""« Rapport d’arbitrages du COSTRAT »: what it says, what it must not say, and to whom it says the same."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone

import reports.tasks  # noqa: F401  registers what makes the documents, as a worker does when it starts
from checklist.enums import Status
from checklist.models import Action
from checklist.selectors import progress
from common.jobs.execution import run
from common.scope import elevated
from governance.enums import (
    ArbitrationStatus,
    BodyKind,
    Choice,
    DecisionMode,
    FollowUpState,
    Impact,
    MeetingStatus,
    Presence,
    Severity,
)
from governance.models import Arbitration, ArbitrationStructure, ArbitrationVote, Body, Meeting
from organisations.access import acting_as
from organisations.enums import ComopCategory, Phase, Role
from organisations.models import ESMS, User
from reports.enums import ReportKind
from reports.fingerprint import fingerprint, printed
from reports.rendering.costrat import SECTIONS
from reports.selectors.costrat import CostratFacts, costrat_facts
from tests import factories
from tests.harness.queries import counted
from tests.harness.world import CHECKLIST, COUNCIL, FOREIGN, INSIDE, RIVAL, SIBLING, World
from tests.pdf import accessibility_faults
from tests.reports.documents import asked, content, every_section, made, outline, pages, said, stored

pytestmark = pytest.mark.django_db(transaction=True)
KIND = ReportKind.COSTRAT_ARBITRATIONS
SECRET = "CANARIALERTE"  # what the alert of a structure says


@pytest.fixture
def council(world: World) -> World:
    """A COSTRAT of two OG that held a meeting, decided, and is called again."""
    found, today = world.own.governance, timezone.localdate()
    upstream, downstream = world.own.ogs
    directors = {upstream: world.person(Role.OG_DIRECTOR), downstream: world.rival_director}
    with elevated():
        Body.objects.filter(pk=found.costrat.pk).update(quorum_percent=60)
    for og, user in directors.items():
        factories.MandateFactory(body=found.costrat, user=user, og=og, votes=True)
        factories.AttendanceFactory(meeting=found.meeting, user=user, og=og, votes=True)
    decided = decide(world, number=60, choices={upstream: Choice.FOR, downstream: Choice.ABSTENTION})
    for number, state, days in ((61, FollowUpState.TO_DO, -12), (62, FollowUpState.DONE, -3)):
        factories.FollowUpFactory(
            project=world.project,
            meeting=None,
            arbitration=decided,
            number=number,
            label=f"Suite {number}",
            owner=directors[upstream],
            due_on=today + timedelta(days=days),
            state=state,
            done_on=today if state == FollowUpState.DONE else None,
        )
    return world


def decide(world: World, number: int, choices: dict) -> Arbitration:
    """An arbitration decided ten days ago by these votes, an OG the same weight as the other."""
    arbitration = factories.ArbitrationFactory(
        project=world.project, number=number, question="Faut-il financer le lien dédié ?", requested_by=world.lead
    )
    day = timezone.localdate() - timedelta(days=10)
    decision = factories.DecisionFactory(body=world.own.governance.costrat, number=number, decided_on=day)
    with elevated():
        option = arbitration.options.get(position=1)
        for og, choice in choices.items():
            ArbitrationVote.objects.create(
                project=world.project,
                arbitration=arbitration,
                unit_id=og.pk,
                og=og,
                voter=world.lead,
                weight=Decimal(50),
                choice=choice,
                option=option if choice == Choice.FOR else None,
                recorded_by=world.lead,
            )
        Arbitration.objects.filter(pk=arbitration.pk).update(
            status=ArbitrationStatus.DECIDED,
            meeting=world.own.governance.closed,
            chosen=option,
            decision=decision,
            decision_text="Le lien dédié est financé.",
            decided_on=day,
            mode=DecisionMode.WEIGHTED_VOTE,
            quorum_reached=True,
            represented_percent=100,
        )
        arbitration.refresh_from_db()
    return arbitration


def facts_for(world: World, user: User, **values: object) -> CostratFacts:
    with acting_as(user.pk) as access:
        body = Body.objects.get(project=world.project, kind=BodyKind.COSTRAT)
        meeting = Meeting.objects.select_related("body", "project").get(pk=world.own.governance.meeting.pk)
        since = world.project.started_on
        return costrat_facts(world.project, body, user, access, **{"since": since, "meeting": meeting, **values})


# --- What it says ----------------------------------------------------------------------------------------------------


def test_it_is_a_document_for_everybody_to_read(council: World, tmp_path: Path) -> None:
    document = content(made(asked(council.project, KIND, council.lead, meeting=council.own.governance.meeting)))
    assert accessibility_faults(document, tmp_path) == []
    titles = outline(document)
    assert titles[:3] == ["Sommaire", "1. Qui est convoqué, et le quorum à réunir", "2. Synthèse"]
    reference = council.own.governance.arbitration.reference.replace("-", "\N{NON-BREAKING HYPHEN}")
    assert f"3. Arbitrage {reference}" in titles
    assert titles[-2:] == ["Annexe : le poids des OG", "Annexe : les OG un à un"]


def test_each_page_bears_its_number_its_date_and_its_fingerprint(council: World) -> None:
    report = made(asked(council.project, KIND, council.lead, meeting=council.own.governance.meeting))
    code = printed(report.content_sha256)
    found = pages(content(report))
    assert re.fullmatch(r"([0-9A-F]{4} ?){4}", code)
    assert f"Empreinte {code}" in found[0]  # the cover has no foot: it is among its lines
    for number, text in enumerate(found[1:], start=2):
        assert f"Rapport n° {report.number}" in text
        assert f"Empreinte {code}" in text
        assert f"page {number} / {len(found)}" in text


def test_its_figures_are_those_of_the_pages(council: World) -> None:
    with elevated():
        Action.objects.filter(project=council.project, number__in=("1.1.1", "1.1.3")).update(status=Status.OK)
        Action.objects.filter(project=council.project, number="2.2.1").update(status=Status.IN_PROGRESS)
    facts = facts_for(council, council.lead)
    with acting_as(council.lead.pk):
        steps = progress(council.project).steps
    assert list(facts.progress.steps) == steps
    document = content(made(asked(council.project, KIND, council.lead, meeting=council.own.governance.meeting)))
    summary = next(text for text in pages(document) if "2. Synthèse Un arbitrage" in text)
    total = facts.progress.total
    assert f"{total.ok} actions sur {total.applicable} sont faites" in summary
    assert re.search(rf"\b1 {total.ok} {total.ko} {total.late} arbitrage à rendre", summary)  # the four figures
    first = steps[0].counts
    assert re.search(rf"{first.ok} {first.in_progress} {first.ko} {first.todo} {first.applicable}\b", summary)


def test_an_arbitration_to_render_has_its_file_on_a_page_with_boxes_for_each_voice(council: World) -> None:
    with elevated():
        arbitration = Arbitration.objects.get(pk=council.own.governance.arbitration.pk)
        option = arbitration.options.get(position=2)
        option.cost_impact, option.cost_amount, option.delay_days = Impact.HIGH, Decimal(16500), 60
        option.save()
        Arbitration.objects.filter(pk=arbitration.pk).update(recommended=option, comop_opinion="Favorable à B.")
        ArbitrationStructure.objects.create(
            project=council.project,
            arbitration=arbitration,
            og=council.own.ogs[0],
            esms=council.own.structures[0],
        )
    document = content(made(asked(council.project, KIND, council.lead, meeting=council.own.governance.meeting)))
    page = [text for text in pages(document) if f"3. Arbitrage {arbitration.reference}" in text][1:]
    assert len(page) == 1  # after the contents
    for words in (
        "Faut-il attendre ?",
        "Concerne Foyer",
        "Option B, recommandée",
        "Fort 16 500 €",
        "60 jours",
        "Recommandation, option B. La première.",
        "Avis du COMOP : Favorable à B.",
        "Amont 50 %",
        "Aval 50 %",
        "Majorité simple",
    ):
        assert words in page[0], words


def test_a_rendered_arbitration_has_its_votes_and_what_became_of_it(council: World) -> None:
    text = said(content(made(asked(council.project, KIND, council.lead))))
    rendered = text.partition("Faut-il financer le lien dédié ?")[2]
    for words in (
        "par vote pondéré ; quorum atteint, 100 % représentés.",
        "Option A : Oui. Le lien dédié est financé.",
        "Option A 50 %, abstention 50 %.",
        "Amont (50 %) : option A ; Aval (50 %) : abstention.",
        "Suite 61",
        "de 12 jours",
        "Suite 62",
    ):
        assert words in rendered, words


def test_what_changed_goes_back_to_the_last_meeting_that_was_closed(council: World) -> None:
    closed = timezone.localdate(council.own.governance.closed.starts_at)
    report = made(asked(council.project, KIND, council.lead))
    assert report.since is None
    text = said(content(report))
    assert f"Depuis le COSTRAT du {closed.day}" in text or "Depuis le COSTRAT du 1er" in text
    decided = facts_for(council, council.lead, since=timezone.localdate() - timedelta(days=5)).arbitrations.rendered
    assert decided == ()


def test_once_held_it_says_who_attended_and_the_quorum(council: World) -> None:
    session = council.own.governance.session
    upstream, downstream = council.own.ogs
    people = {upstream: council.person(Role.OG_DIRECTOR), downstream: council.rival_director}
    with elevated():
        council.own.governance.presence.delete()
    for og, user in people.items():
        factories.AttendanceFactory(meeting=session, user=user, og=og, votes=True, presence=Presence.PRESENT)
    text = said(content(made(asked(council.project, KIND, council.lead, meeting=session))))
    assert "1. Le quorum est atteint" in text
    assert "Deux membres sont là ; 100 % du poids des OG sont représentés, le quorum est de 60 %." in text


def test_a_structure_that_changed_phase_is_told(council: World) -> None:
    with elevated():
        ESMS.objects.filter(pk=council.own.structures[1].pk).update(phase=Phase.PILOT)
    since = timezone.localdate() + timedelta(days=1)
    assert facts_for(council, council.lead, since=since).structures.moves == ()
    moves = facts_for(council, council.lead).structures.moves
    assert moves == ()  # they came into being since
    text = said(content(made(asked(council.project, KIND, council.lead))))
    assert "Pilote (1) : Atelier." in text


def test_sections_that_were_left_out_are_not_there(council: World) -> None:
    meeting = council.own.governance.meeting
    report = made(asked(council.project, KIND, council.lead, meeting=meeting, sections=["weights"]))
    assert report.sections == ["summary", "arbitrations", "weights"]  # two are always there, in the order of the table
    document = content(report)
    reference = council.own.governance.arbitration.reference.replace("-", "\N{NON-BREAKING HYPHEN}")
    assert outline(document) == [
        "Sommaire",
        "1. Synthèse",
        f"2. Arbitrage {reference}",
        "Annexe : le poids des OG",
    ]
    assert "Suites des décisions passées" not in said(document)


def test_each_section_is_made_by_its_line_of_the_table(council: World) -> None:
    facts = facts_for(council, council.lead)
    assert set(SECTIONS) == set(every_section(KIND))
    anchors = {code: [chapter.anchor for chapter in SECTIONS[code](facts)] for code in SECTIONS}
    assert anchors == {
        "attendance": ["presences"],
        "summary": ["synthese"],
        "arbitrations": [council.own.governance.arbitration.reference.lower()],
        "decisions": ["decisions"],
        "checklist": ["checklist"],
        "alerts": ["alertes"],
        "indicators": ["indicateurs"],
        "risks": ["risques"],
        "calendar": ["calendrier"],
        "weights": ["poids"],
        "ogs": ["og"],
    }


def test_what_would_be_empty_is_not_printed(world: World) -> None:
    """A project that only begins: no decision, no alert, nothing that moved."""
    project = world.foreign.project
    lead = world.foreign.people[Role.PROJECT_LEAD]
    fresh = factories.ProjectFactory(kind=project.kind)
    factories.MembershipFactory(user=lead, role=Role.PROJECT_LEAD, target=fresh)
    factories.BodyFactory(project=fresh, kind=BodyKind.COSTRAT)
    document = content(made(asked(fresh, KIND, lead)))
    assert outline(document) == ["Sommaire", "1. Synthèse"]
    text = said(document)
    assert "Aucun arbitrage n’attend le comité." in text
    assert "Rien ne presse." in text


def test_without_a_costrat_it_says_what_is_missing(world: World) -> None:
    fresh = factories.ProjectFactory()
    factories.MembershipFactory(user=world.lead, role=Role.PROJECT_LEAD, target=fresh)
    report = asked(fresh, KIND, world.lead)
    run(report.job_id)
    assert "n’a pas encore de COSTRAT" in stored(report).job.error


# --- What it must not say --------------------------------------------------------------------------------------------


@pytest.fixture
def alerted(council: World) -> World:
    """Each structure gave an alert whose subject and text are its own."""
    for number, esms in enumerate(council.own.structures, start=70):
        factories.AlertFactory(
            project=council.project,
            number=number,
            og=esms.og,
            esms=esms,
            subject=f"{SECRET} le réseau tombe",
            text=f"{SECRET} chaque soir",
            severity=Severity.CRITICAL,
            raised_by=council.lead,
        )
    return council


@pytest.mark.parametrize("role", [Role.PROJECT_LEAD, Role.COSTRAT])
def test_it_never_carries_the_inside_of_a_structure(alerted: World, role: Role) -> None:
    """Whoever asks: the lead sees every structure from inside, and others read what the lead asked for."""
    text = said(content(made(asked(alerted.project, KIND, alerted.person(role)))))
    for canary in (INSIDE, SIBLING, RIVAL, FOREIGN, SECRET):
        assert canary not in text
    assert COUNCIL in text  # all its readers read what the committee deliberates
    assert CHECKLIST in text  # and the whole checklist
    assert "Trois alertes critiques dans des structures (Amont" in text  # cut by the other column
    assert re.search(r"Alertes des structures qui attendent une réponse, par OG .* Amont 2 1 Aval 1 0 ", text)


def test_it_says_the_same_to_whoever_asks(alerted: World) -> None:
    said_to = [facts_for(alerted, alerted.person(role)) for role in (Role.PROJECT_LEAD, Role.COSTRAT)]
    lead, member = (replace(facts, read_at=said_to[0].read_at) for facts in said_to)
    assert lead == member
    assert fingerprint(lead) == fingerprint(member)


def test_a_meeting_that_nobody_was_told_of_is_not_in_it(council: World) -> None:
    when = timezone.now() + timedelta(days=33)
    factories.MeetingFactory(body=council.own.governance.costrat, number=80, draft=True, starts_at=when)
    meetings = facts_for(council, council.lead).calendar.meetings
    assert {row.starts_at for row in meetings} == {
        council.own.governance.meeting.starts_at,
        council.own.governance.comop.starts_at,
    }
    assert when not in {row.starts_at for row in meetings}


# --- Queries ---------------------------------------------------------------------------------------------------------


def grow(world: World, count: int, first: int) -> None:
    for number in range(first, first + count):
        esms = factories.ESMSFactory(og=world.own.ogs[number % 2], comop_category=ComopCategory.SERVICE)
        arbitration = factories.ArbitrationFactory(
            project=world.project,
            number=number,
            status=ArbitrationStatus.TO_DECIDE,
            meeting=world.own.governance.meeting,
        )
        with elevated():
            ArbitrationStructure.objects.create(project=world.project, arbitration=arbitration, og=esms.og, esms=esms)
        decide(world, number=number + 1000, choices=dict.fromkeys(world.own.ogs, Choice.FOR))
        factories.FollowUpFactory(
            project=world.project, meeting=world.own.governance.meeting, number=number, arbitration=arbitration
        )
        factories.AlertFactory(project=world.project, number=number, og=esms.og, esms=esms)
        factories.MeetingFactory(body=world.own.governance.costrat, number=number, status=MeetingStatus.CONVENED)
        factories.MandateFactory(body=world.own.governance.costrat, user=factories.UserFactory(), invited=True)
        factories.AttendanceFactory(meeting=world.own.governance.meeting, user=factories.UserFactory(), invited=True)


def test_the_number_of_rows_does_not_change_the_number_of_queries(council: World) -> None:
    counts = []
    for count, first in ((1, 200), (2, 210), (27, 220)):
        grow(council, count, first)
        with counted() as queries:
            facts_for(council, council.lead)
        counts.append(queries)
    assert [len(queries) for queries in counts] == [len(counts[0])] * 3, "\n".join(counts[-1])
