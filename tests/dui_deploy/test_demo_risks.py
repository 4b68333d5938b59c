"""The risks that the demonstration world loads are those that demo.yaml tells."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from common.history import versions_of
from common.scope import elevated
from common.yaml_files import read_yaml
from dui_deploy.demo import loading, source
from governance.models import Alert
from organisations.models import Project
from risks.catalogue import questionnaire
from risks.enums import RISK_SOURCE, AssessmentStatus
from risks.models import AgreedMark, Assessment, Mark, Respondent, Risk, RiskAction
from risks.scoring import HIGHEST, LOWEST, Scores, score
from risks.selectors.assessments import marks_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
WORLD = source.read(TODAY)
MOVED = TODAY - read_yaml(source.PATH)["reference_date"]
MONTHS = [date(2026, month + 1, 1) - timedelta(days=1) + MOVED for month in range(5, 11)]  # their last days
SCORES = {item["esms"]: item for item in WORLD["risk_questionnaires"]}
RISKS = {item["title"].replace("'", "’"): item for item in WORLD["risks"]}


@dataclass(frozen=True)
class Loaded:
    """What the loader wrote, by the name that demo.yaml gives to structures (None: the project)."""

    first: dict[str | None, Assessment]
    second: dict[str | None, Assessment]
    scores: dict[Any, Scores]
    agreed: dict[Any, list[AgreedMark]]
    marks: list[Mark]
    respondents: list[Respondent]
    risks: list[Risk]
    actions: list[RiskAction]
    alerts: list[Alert]
    authors: set[str]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Loaded:
    """The world is loaded once, read, and taken back."""
    names = {item["name"].replace("'", "’"): item["code"] for item in WORLD["esms"]}
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load(WORLD)
        with elevated():
            project = Project.objects.get(slug="trois-rivages")
            rows = Assessment.objects.filter(project=project).select_related("campaign", "esms")
            by_campaign: dict[int, dict[str | None, Assessment]] = {1: {}, 2: {}}
            for row in rows.order_by("pk"):
                name = names[row.esms.name.replace("'", "’")] if row.esms else None
                by_campaign[row.campaign.number][name] = row
            form = questionnaire()
            agreed: dict[Any, list[AgreedMark]] = {}
            for mark in AgreedMark.objects.filter(project=project).order_by("pk"):
                agreed.setdefault(mark.assessment_id, []).append(mark)
            found = Loaded(
                first=by_campaign[1],
                second=by_campaign[2],
                scores={pk: score(form, marks) for pk, marks in marks_of(rows).items()},
                agreed=agreed,
                marks=list(Mark.objects.filter(project=project).order_by("pk")),
                respondents=list(Respondent.objects.filter(project=project).order_by("pk")),
                risks=list(
                    Risk.objects.filter(project=project).select_related("owner", "esms").order_by("place", "number")
                ),
                actions=list(RiskAction.objects.filter(project=project).select_related("owner", "risk").order_by("pk")),
                alerts=list(Alert.objects.filter(project=project, source=RISK_SOURCE).order_by("number")),
                authors={
                    str(event.pgh_context["user"])
                    for event in versions_of(AgreedMark).filter(project=project).order_by("pgh_id")
                },
            )
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("name", SCORES, ids=str)
def test_each_section_and_each_total_is_the_one_of_demo_yaml(loaded: Loaded, name: str | None) -> None:
    row, told = loaded.first[name], SCORES[name]
    scores = loaded.scores[row.pk]
    assert list(scores.points) == list(told["section_scores"].values())
    assert (scores.total.raw, scores.total.points, scores.total.answered) == (told["total"], told["total"], 100)
    assert row.status == AssessmentStatus.TRANSMITTED
    assert row.validated_at.date() == told["validated_on"]


def test_structures_that_did_not_answer_are_asked_everything_again(loaded: Loaded) -> None:
    for name in WORLD["risk_questionnaires_missing"]:
        assert loaded.first[name].closed_at
        assert loaded.first[name].pk not in loaded.scores
        assert loaded.second[name].asks_all
    assert len(loaded.first) == len(loaded.second) == 13


def test_marks_are_plausible(loaded: Loaded) -> None:
    for marks in loaded.agreed.values():
        assert all(LOWEST <= mark.value <= HIGHEST for mark in marks)
    for name in SCORES:
        values = {mark.value for mark in loaded.agreed[loaded.first[name].pk]}
        assert len(values) > 4, name
    tournesols = sorted(loaded.agreed[loaded.first["eam_tournesols"].pk], key=lambda mark: -mark.value)
    assert {"8.2", "7.4"} <= {mark.question for mark in tournesols[:6]}
    assert len({mark.comment for mark in tournesols}) > 4


def test_the_open_campaign_shows_each_state(loaded: Loaded) -> None:
    states = {name: row.status for name, row in loaded.second.items()}
    assert set(states.values()) >= {"answering", "converging", "validated", "transmitted"}
    assert states["ime_clairiere"] == AssessmentStatus.CONVERGING
    assert loaded.second["ssiad_hirondelles"].sent_back_note
    for name in ("ehpad_lanternes", "eam_tournesols", "savs_boussole", "esat_nuage"):
        marks = loaded.agreed[loaded.second[name].pk]
        assert (len(marks), sum(mark.carried for mark in marks)) == (100, 62)
        assert loaded.scores[loaded.second[name].pk] != loaded.scores[loaded.first[name].pk]


def test_the_ime_has_two_people_to_agree(loaded: Loaded) -> None:
    row = loaded.second["ime_clairiere"]
    assert sum(person.assessment_id == row.pk for person in loaded.respondents) == 2
    answers: dict[str, list[int | None]] = {}
    for mark in loaded.marks:
        if mark.assessment_id == row.pk:
            answers.setdefault(mark.question, []).append(mark.value)
    apart = [question for question, values in answers.items() if len(set(values)) > 1]
    assert len(answers) == 38
    assert 8 < len(apart) < 30
    kept = {mark.question for mark in loaded.agreed[row.pk] if not mark.carried}
    assert kept == set(answers) - set(apart)


def test_the_register_is_the_one_of_demo_yaml(loaded: Loaded) -> None:
    assert {risk.title.replace("\xa0", " ").replace("\u202f", " ") for risk in loaded.risks} == set(RISKS)
    for risk in loaded.risks:
        told = RISKS[risk.title.replace("\xa0", " ").replace("\u202f", " ")]
        assert risk.criticality == told["level"]
        assert (risk.category, risk.opened_on, risk.closed_on) == (
            told["category"],
            told["opened_on"],
            told["closed_on"],
        )
        dated = [(action.due_on, action.started_on, action.done_on) for action in loaded.actions if action.risk == risk]
        assert dated == [(one["due_on"], one["started_on"], one["done_on"]) for one in told["actions"]]
    assert sum(risk.raised_at is not None for risk in loaded.risks) == 1
    assert sum(risk.accepted_on is not None for risk in loaded.risks) == 1


def computed(esms: str, indicator: str) -> list[Any]:
    rows = WORLD["expected_computed"]
    return next(row["values"] for row in rows if row["esms"] == esms and row["indicator"] == indicator)


@pytest.mark.parametrize(
    "esms",
    sorted(row["esms"] for row in WORLD["expected_computed"] if row["indicator"] == "open_risks_count"),
)
def test_the_indicators_about_risks_may_be_computed_from_the_register(loaded: Loaded, esms: str) -> None:
    """As demo.yaml expects them at the end of each month."""
    name = next(item["name"] for item in WORLD["esms"] if item["code"] == esms).replace("'", "’")
    risks = [risk for risk in loaded.risks if risk.esms and risk.esms.name.replace("'", "’") == name]
    actions = [action for action in loaded.actions if action.risk in risks]

    def still(risk: Risk, end: date) -> bool:
        return risk.opened_on <= end and (risk.closed_on is None or risk.closed_on > end)

    for place, end in enumerate(MONTHS):
        known = [action for action in actions if action.risk.opened_on <= end]
        done = [action for action in known if action.done_on and action.done_on <= end]
        late = [action for action in known if action not in done and action.due_on <= end]
        opened = [risk for risk in risks if still(risk, end)]
        assert len(opened) == computed(esms, "open_risks_count")[place]
        critical = [risk for risk in opened if risk.criticality == "critical"]
        assert len(critical) == computed(esms, "critical_risks_count")[place]
        rate = computed(esms, "risk_actions_completed_rate")[place]
        assert ([len(done), len(known)] if known else None) == rate
        assert len(late) == computed(esms, "risk_actions_overdue_count")[place]


def test_who_does_something_above_a_structure_may_read_its_risk(loaded: Loaded) -> None:
    for action in loaded.actions:
        if action.owner.email.startswith(("karim", "maelle")) and action.esms_id:
            assert action.risk.transmitted_at, action.label


def test_alerts_about_risks_lead_to_them(loaded: Loaded) -> None:
    told = {alert.source_id for alert in loaded.alerts}
    named = {risk.pk: risk for risk in loaded.risks if risk.pk in told}
    assert len(named) == 2
    critical = [risk for risk in loaded.risks if risk.criticality == "critical"]
    assert {risk.pk for risk in critical} <= set(named)


def test_the_history_says_who(loaded: Loaded) -> None:
    assert None not in loaded.authors
    assert len(loaded.authors) >= 6
