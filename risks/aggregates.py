"""Figures over rows that the reader may not see, read elevated: figures and days, never rows."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from django.db.models import CharField, Count, Func, Q, Sum, Value

from common.french import day
from common.scope import elevated
from organisations.models import ESMS, Project
from risks.catalogue import questionnaire
from risks.comparison import Median, enough, unnamed_median
from risks.criticality import criticality
from risks.enums import AssessmentStatus, Criticality
from risks.models import AgreedMark, Assessment, Mark, Respondent, Risk, RiskAction, RiskCampaign
from risks.scoring import A_SECTION, ALL, normalised, rounded
from risks.selectors import standings
from risks.selectors.overview import Followed, Overview, Summary, middle, overview

GIVEN = Q(value__isnull=False) | Q(not_concerned=True)  # a comment alone answers nothing


def answered_by(assessments: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """By respondent of these assessments, how many questions each answered; not those who answered none. One query."""
    with elevated():
        rows = Mark.objects.filter(GIVEN, assessment__in=assessments).order_by()
        return dict(rows.values_list("respondent_id").annotate(count=Count("pk")))


def has_written(respondent_id: uuid.UUID) -> bool:
    """Whether this respondent wrote anything, were it a comment. One query."""
    with elevated():
        return Mark.objects.filter(respondent=respondent_id).exists()


def standings_of(structures: Sequence[ESMS]) -> list[standings.Standing]:
    """Where the risks of structures stand: a line of the pathway must not depend on who reads it. Six queries."""
    with elevated():
        return standings.standings(structures)


@dataclass(frozen=True)
class Answering:
    """How the respondents of one assessment get on. `begun`: whether one of them answered a question."""

    respondents: int = 0
    finished: int = 0
    begun: bool = False


def answering_of(assessments: Collection[uuid.UUID]) -> dict[uuid.UUID, Answering]:
    """By assessment. Two queries."""
    with elevated():
        marks = Mark.objects.filter(GIVEN, assessment__in=assessments).order_by()
        begun = set(marks.values_list("assessment_id", flat=True).distinct())
        rows = Respondent.objects.filter(assessment__in=assessments).order_by().values_list("assessment_id")
        return {
            pk: Answering(respondents, finished, pk in begun)
            for pk, respondents, finished in rows.annotate(Count("pk"), Count("finished_at"))
        }


@dataclass(frozen=True)
class ProjectFigures:
    """`concerned`: structures that the campaign asked, or that transmitted by then; `asked` and `transmitted`: in the
    campaign. `summary`: of all that transmitted by then, None when they are too few to say nothing of one, without the
    sections that too few marked. `before` and `since`: the median total of those that transmitted twice, the earlier
    and the last time; None when they are too few."""

    campaign: RiskCampaign | None
    concerned: int
    asked: int
    transmitted: int
    summary: Summary | None
    before: int | None = None
    since: int | None = None


def project_figures(project: Project, campaign: RiskCampaign | None, *readers: Collection[uuid.UUID]) -> ProjectFigures:
    """What the structures of a project say together, for who reads the whole and no structure one by one. `readers`: of
    each of them, the structures that they know: what is known could be taken away from the whole. Five queries."""
    with elevated():
        found = overview(project, list(ESMS.objects.filter(project=project).order_by("pk")), campaign)
    asked = [one for one in found.structures if one.asked]
    twice = [one for one in found.read if one.change is not None]
    told = _tells_of_none(twice, readers)
    return ProjectFigures(
        campaign=campaign,
        concerned=len(found.structures),
        asked=len(asked),
        transmitted=sum(1 for one in asked if not one.awaited),
        summary=_unnamed(found, readers),
        before=middle([one.before.points for one in twice if one.before]) if told else None,
        since=middle([one.reading.scores.total.points for one in twice if one.reading]) if told else None,
    )


def _unnamed(found: Overview, readers: Sequence[Collection[uuid.UUID]]) -> Summary | None:
    """None when too few have a score; without the sections that too few marked, the others being not concerned."""
    if not _tells_of_none([one for one in found.read if one.level], readers):
        return None
    columns = zip(*(one.reading.levels for one in found.read if one.reading), strict=True)
    told = [
        _tells_of_none([one for one, level in zip(found.read, column, strict=True) if level], readers)
        for column in columns
    ]
    whole = found.summary
    return replace(
        whole,
        section_levels=[levels if kept else Counter() for levels, kept in zip(whole.section_levels, told, strict=True)],
        medians=[points if kept else None for points, kept in zip(whole.medians, told, strict=True)],
    )


def _tells_of_none(structures: Sequence[Followed], readers: Sequence[Collection[uuid.UUID]]) -> bool:
    """Whether figures over these tell none of these readers of one in particular."""
    places = [one.esms.pk for one in structures]
    return all(enough(places, known) for known in readers or [()])


def median_by_section(campaign: RiskCampaign, *, besides: uuid.UUID, known: Collection[uuid.UUID]) -> Median:
    """The median of the structures that transmitted in a campaign, but the place `besides`. `known`: the places whose
    marks the reader may read. One query."""
    sections: dict[int, dict[uuid.UUID, Fraction]] = defaultdict(dict)
    raw: Counter[uuid.UUID] = Counter()
    marked: Counter[uuid.UUID] = Counter()
    section = Func("question", Value("."), 1, function="split_part", output_field=CharField())
    with elevated():
        rows = AgreedMark.objects.filter(
            assessment__campaign=campaign,
            assessment__status=AssessmentStatus.TRANSMITTED,
            esms__isnull=False,
            value__isnull=False,
        ).exclude(place=besides)
        found = rows.order_by().annotate(section=section).values_list("place", "section")
        for place, number, added, count in found.annotate(Sum("value"), Count("pk")):
            sections[int(number)][place] = normalised(added, count, A_SECTION)
            raw[place] += added
            marked[place] += count
    total = {place: normalised(raw[place], marked[place], ALL) for place in marked}
    by_section = tuple(unnamed_median(sections[item.number], known) for item in questionnaire().sections)
    return Median(by_section, unnamed_median(total, known))


@dataclass(frozen=True)
class RegisterFigures:
    """The register of a structure as of a day, of the risks that it transmitted. `open` by criticality; `unattended`:
    critical ones of which no action was begun; `decided`: actions, but those given up, of which `done` and `overdue`.
    """

    open: Mapping[str, int] = field(default_factory=dict)
    unattended: int = 0
    decided: int = 0
    done: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class _Act:
    """What is dated of an action."""

    decided_on: date
    due_on: date | None
    started_on: date | None
    done_on: date | None
    given_up_on: date | None

    def stands(self, on: date) -> bool:
        return self.decided_on <= on and not _by(self.given_up_on, on)


def register_figures(
    structures: Collection[uuid.UUID], days: Collection[date]
) -> Mapping[tuple[uuid.UUID, date], RegisterFigures]:
    """By structure and day; each has one. What is transmitted today counts on days before too, with the criticality
    that it has today. Two queries."""
    with elevated():
        told = Risk.objects.filter(esms__in=structures, transmitted_at__isnull=False).order_by()
        risks = list(told.values_list("pk", "esms_id", "opened_on", "closed_on", "probability", "impact"))
        dated = ("written_at", "due_on", "started_on", "done_on", "given_up_on")
        acts: dict[uuid.UUID, list[_Act]] = defaultdict(list)
        rows = RiskAction.objects.filter(esms__in=structures, risk__transmitted_at__isnull=False).order_by()
        for risk_id, written_at, *others in rows.values_list("risk_id", *dated):
            acts[risk_id].append(_Act(day(written_at), *others))
    by_structure: dict[uuid.UUID, list[tuple[date, date | None, Criticality, list[_Act]]]] = defaultdict(list)
    for pk, esms_id, opened_on, closed_on, probability, impact in risks:
        if esms_id:
            by_structure[esms_id].append((opened_on, closed_on, criticality(probability, impact), acts[pk]))
    return {(esms_id, on): _register_on(by_structure[esms_id], on) for esms_id in structures for on in days}


def _register_on(risks: Sequence[tuple[date, date | None, Criticality, list[_Act]]], on: date) -> RegisterFigures:
    opened: Counter[str] = Counter()
    unattended = decided = done = overdue = 0
    for opened_on, closed_on, level, acts in risks:
        if opened_on > on:
            continue
        standing = [act for act in acts if act.stands(on)]
        decided += len(standing)
        done += sum(1 for act in standing if _by(act.done_on, on))
        if _by(closed_on, on):
            continue
        opened[level] += 1
        overdue += sum(1 for act in standing if _by(act.due_on, on) and not _by(act.done_on, on))
        if level == Criticality.CRITICAL and not any(_by(act.started_on or act.done_on, on) for act in standing):
            unattended += 1
    return RegisterFigures(opened, unattended, decided, done, overdue)


def _by(when: date | None, on: date) -> bool:
    return when is not None and when <= on


def score_figures(structures: Collection[uuid.UUID], days: Collection[date]) -> Mapping[tuple[uuid.UUID, date], int]:
    """By structure and day, the points of the last analysis that it had transmitted; none where it had none. Two
    queries."""
    with elevated():
        rows = Assessment.objects.transmitted().filter(esms__in=structures, transmitted_at__isnull=False)
        dated: dict[uuid.UUID, list[tuple[date, uuid.UUID]]] = defaultdict(list)
        for pk, esms_id, at in rows.order_by("campaign__number").values_list("pk", "esms_id", "transmitted_at"):
            if esms_id and at:
                dated[esms_id].append((day(at), pk))
        last = {
            (esms_id, on): known[-1]
            for esms_id, sent in dated.items()
            for on in days
            if (known := [pk for when, pk in sent if when <= on])
        }
        marks = AgreedMark.objects.filter(assessment__in=set(last.values()), value__isnull=False).order_by()
        points = {
            pk: rounded(normalised(added, count, ALL))
            for pk, added, count in marks.values_list("assessment_id").annotate(Sum("value"), Count("pk"))
        }
    return {key: points[pk] for key, pk in last.items() if pk in points}
