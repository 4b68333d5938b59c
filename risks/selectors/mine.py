"""What one person has to do about risks, across their projects."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from organisations.access import Access
from organisations.enums import Level, Permission
from organisations.models import Project, User
from risks.enums import AssessmentStatus
from risks.models import Assessment, Respondent, RiskAction


def _answering() -> QuerySet[Assessment]:
    return Assessment.objects.open().filter(status=AssessmentStatus.ANSWERING).order_by()


def my_risk_actions(user: User, access: Access) -> list[RiskAction]:
    """What this person still has to do about risks, by due date, each with its project and its structure; not with its
    risk, which they may not read. One query."""
    rows = RiskAction.objects.open().filter(owner=user, project__in=Project.objects.visible_to(access).order_by())
    return list(rows.select_related("project", "esms").order_by("due_on", "written_at", "pk"))


def questionnaires_asked_of(user: User, access: Access) -> list[Respondent]:
    """The questionnaires that this person was asked to answer, has not finished and may still open, but in structures
    where they work: these ask it of them, and in projects that they lead (`led_assessments`). One query."""
    worked = access.ids_with(Level.ESMS, Permission.FILL_STRUCTURES)
    led = access.projects_with(Permission.MANAGE_RISKS)
    mine = Respondent.objects.filter(user=user, finished_at=None, assessment__in=_answering())
    opened = Q(esms=None, project__in=access.projects_with(Permission.VIEW_RISKS))
    opened |= Q(esms__isnull=False, project__in=access.projects_with(Permission.VIEW_STRUCTURES))
    opened |= Q(og__in=access.ids_with(Level.OG, Permission.VIEW_STRUCTURES))
    rows = mine.filter(opened, project__in=Project.objects.visible_to(access).order_by())
    rows = rows.exclude(Q(esms__in=worked) | Q(esms=None, project__in=led))
    return list(rows.select_related("assessment__campaign", "project", "esms").order_by("asked_at", "pk"))


@dataclass(frozen=True)
class Led:
    """The open analysis of a project itself. `over`: all who were asked have answered; `mine`: this person still
    has to, as one of them or because nobody was asked yet."""

    assessment: Assessment
    over: bool
    mine: bool


def led_assessments(user: User, access: Access) -> list[Led]:
    """Those of the projects that this person leads. Two queries."""
    led = Q(esms=None, project__in=access.projects_with(Permission.MANAGE_RISKS))
    rows = Assessment.objects.open().filter(led).select_related("campaign", "project")
    people: dict[object, list[Respondent]] = defaultdict(list)
    asked = Respondent.objects.filter(led, assessment__in=_answering())
    for respondent in asked.order_by("asked_at", "pk"):
        people[respondent.assessment_id].append(respondent)
    return [_led(row, people[row.pk], user) for row in rows.order_by("campaign__due_on", "pk")]


def _led(assessment: Assessment, asked: Sequence[Respondent], user: User) -> Led:
    over = bool(asked) and all(person.finished_at for person in asked)
    own = [person for person in asked if person.user_id == user.pk]
    return Led(assessment, over=over, mine=not asked or any(person.finished_at is None for person in own))
