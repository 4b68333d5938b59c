"""The two campaigns: who answered what alone, what each place agreed on, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from common import french
from common.scope import Scope, open_scope
from dui_deploy.demo.governed.cast import Cast, at
from dui_deploy.demo.risked.marks import moved, spread, two_sides
from organisations.enums import Role
from organisations.models import Membership, Project, User
from risks.catalogue import questionnaire
from risks.enums import AssessmentStatus, CampaignKind, Capacity
from risks.models import AgreedMark, Assessment, Mark, Respondent, RiskCampaign
from risks.places import Place
from risks.services.convergence import carry

ANSWERED = timedelta(days=8)  # before the marks were validated
TOGETHER = timedelta(days=3)
AGREEING, SETTLED = AssessmentStatus.CONVERGING, (AssessmentStatus.VALIDATED, AssessmentStatus.TRANSMITTED)


@dataclass(frozen=True)
class Said:
    """What a place says: its code, who directs and who else answers, in what capacity."""

    code: str
    place: Place
    director: User
    second: User | None
    capacity: str
    first_marks: Mapping[str, int]
    comments: Mapping[str, str]

    @property
    def own_capacity(self) -> Capacity:
        return Capacity.DIRECTION if self.place.esms else Capacity.LEAD


def load(world: dict[str, Any], project: Project, code: str, cast: Cast) -> None:
    held = [item for item in world["risk_campaigns"] if item["project"] == code]
    if not held:
        return
    lead = cast.users[held[0]["opened_by"]]
    first, second = (_campaign(project, item, lead) for item in held)
    scores = {item["esms"]: item for item in world["risk_questionnaires"] if item["project"] == code}
    said = {item["esms"]: _said(world, item, scores[item["esms"]], project, cast, lead) for item in world["risk_marks"]}
    before = {name: _first(first, one, scores[name]["validated_on"]) for name, one in said.items()}
    for name in world["risk_questionnaires_missing"]:
        esms = cast.esms[name]
        Assessment.objects.create(**Place(project, esms).columns, campaign=first, closed_at=first.closed_at)
    for item in world["risk_answers"]:
        if known := said.get(item["esms"]):
            _second(second, known, before[item["esms"]], item, lead)
        else:
            Assessment.objects.create(**Place(project, cast.esms[item["esms"]]).columns, campaign=second)


def _campaign(project: Project, item: Mapping[str, Any], lead: User) -> RiskCampaign:
    closed = item["closed_on"]
    return RiskCampaign.objects.create(
        project=project,
        number=item["number"],
        kind=CampaignKind(item["kind"]),
        phase=item["phase"],
        message=french.typography(item["message"]),
        opened_by=lead,
        opened_at=at(item["opened_on"], time(9, 15)),
        due_on=item["due_on"],
        closed_by=lead if closed else None,
        closed_at=at(closed, time(17, 30)) if closed else None,
    )


def _said(
    world: dict[str, Any],
    item: Mapping[str, Any],
    scores: Mapping[str, Any],
    project: Project,
    cast: Cast,
    lead: User,
) -> Said:
    name, second = item["esms"], item["second"]
    codes = [section["code"] for section in sorted(world["risk_sections"], key=lambda section: section["number"])]
    marks: dict[str, int] = {}
    for section, code in zip(questionnaire().sections, codes, strict=True):
        marks |= spread(name or "project", section, scores["section_scores"][code], item["marks"])
    esms = cast.esms[name] if name else None
    director = Membership.objects.get(esms=esms, role=Role.ESMS_DIRECTOR).user if esms else lead
    return Said(
        code=name or "project",
        place=Place(project, esms),
        director=director,
        second=cast.users[second["user"]] if second else None,
        capacity=second["capacity"] if second else "",
        first_marks=marks,
        comments={number: french.typography(text) for number, text in item["comments"].items()},
    )


def _first(campaign: RiskCampaign, said: Said, on: date) -> Assessment:
    """All hundred questions, transmitted."""
    with open_scope(Scope(user_id=said.director.pk)):  # so that the history says who
        row = Assessment.objects.create(**said.place.columns, campaign=campaign)
        _answers(row, said, said.first_marks, on - ANSWERED)
        _put_together(row, said, on - TOGETHER)
        _agree(row, said, said.first_marks, on - TOGETHER)
        _settle(row, said, AssessmentStatus.TRANSMITTED, on)
    return row


def _second(campaign: RiskCampaign, said: Said, before: Assessment, item: Mapping[str, Any], lead: User) -> None:
    """What the pilot changed, as far as the place is today."""
    status = AssessmentStatus.ANSWERING if item["status"] == "not_begun" else AssessmentStatus(item["status"])
    with open_scope(Scope(user_id=said.director.pk)):
        row = Assessment.objects.create(**said.place.columns, campaign=campaign, asks_all=False, based_on=before)
        if item["status"] == "not_begun":
            return
        form, on = questionnaire(), item["day"]
        marks = moved(said.code, said.first_marks, form.starred, item["trend"], item["marks"])
        if status == AssessmentStatus.ANSWERING:
            answered = list(marks)[: item["answered"]]
            _answers(row, said, {number: marks[number] for number in answered}, on, finished=False)
            return
        _answers(row, said, marks, max(on - ANSWERED, french.day(campaign.opened_at)))
        _put_together(row, said, on - TOGETHER)
        carry(said.place, row, {question.number for question in questionnaire().starred})
        if status in SETTLED or "sent_back_on" in item:
            _agree(row, said, marks, on - TOGETHER)
            _settle(row, said, status if status in SETTLED else AssessmentStatus.TRANSMITTED, on)
        else:
            one, other = two_sides(said.code, marks)
            alike = {number: mark for number, mark in marks.items() if one[number] == other[number]}
            _agree(row, said, alike, on - TOGETHER)
    if "sent_back_on" in item:
        with open_scope(Scope(user_id=lead.pk)):
            Assessment.objects.filter(pk=row.pk).update(
                status=AGREEING,
                sent_back_by=lead,
                sent_back_at=at(item["sent_back_on"], time(15, 20)),
                sent_back_note=french.typography(item["sent_back_note"]),
            )


def _answers(row: Assessment, said: Said, marks: Mapping[str, int], on: date, *, finished: bool = True) -> None:
    """Each alone: the direction, and the other one if there is one."""
    answered = at(on, time(10, 40))
    if said.second is None:
        _answer(row, said, said.director, said.own_capacity, marks, answered, finished=finished)
        return
    one, other = two_sides(said.code, marks)
    _answer(row, said, said.director, said.own_capacity, one, answered, finished=finished)
    with open_scope(Scope(user_id=said.second.pk)):
        later = answered + timedelta(days=1)
        _answer(row, said, said.second, Capacity(said.capacity), other, later, finished=finished, alone=False)


def _answer(
    row: Assessment,
    said: Said,
    user: User,
    capacity: Capacity,
    marks: Mapping[str, int],
    answered: datetime,
    *,
    finished: bool,
    alone: bool = True,
) -> None:
    columns = said.place.columns
    respondent = Respondent.objects.create(
        **columns,
        assessment=row,
        user=user,
        capacity=capacity,
        asked_by=said.director,
        asked_at=answered - timedelta(hours=2),
        finished_at=answered + timedelta(minutes=50) if finished else None,
    )
    Mark.objects.bulk_create(
        Mark(
            **columns,
            assessment=row,
            respondent=respondent,
            user=user,
            question=number,
            value=mark,
            comment=said.comments.get(number, "") if alone else "",
            answered_at=answered,
        )
        for number, mark in marks.items()
    )


def _put_together(row: Assessment, said: Said, on: date) -> None:
    moment = at(on, time(14, 5))
    Assessment.objects.filter(pk=row.pk).update(status=AGREEING, converging_by=said.director, converging_at=moment)


def _agree(row: Assessment, said: Said, marks: Mapping[str, int], on: date) -> None:
    AgreedMark.objects.bulk_create(
        AgreedMark(
            **said.place.columns,
            assessment=row,
            question=number,
            value=mark,
            comment=said.comments.get(number, ""),
            agreed_by=said.director,
            agreed_at=at(on, time(15, 10)),
        )
        for number, mark in marks.items()
    )


def _settle(row: Assessment, said: Said, status: AssessmentStatus, on: date) -> None:
    """Submitted by the referent where one answers, then validated and, unless it waits for that, transmitted."""
    refers = said.second is not None and said.capacity == Capacity.REFERENT
    values: dict[str, Any] = {
        "status": status,
        "submitted_by": said.second if refers else said.director,
        "submitted_at": at(on - timedelta(days=1), time(17, 20)) if refers else at(on, time(10, 30)),
        "validated_by": said.director,
        "validated_at": at(on, time(10, 30)),
    }
    if status == AssessmentStatus.TRANSMITTED:
        values |= {"transmitted_by": said.director, "transmitted_at": at(on, time(10, 45))}
    Assessment.objects.filter(pk=row.pk).update(**values)
    row.refresh_from_db()
