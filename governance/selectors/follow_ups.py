"""What has to be done after meetings and arbitrations, and how far it is."""

import uuid
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from governance.enums import BodyKind, FollowUpState
from governance.models import FollowUp, Meeting
from governance.rights import Rights
from organisations.access import Access
from organisations.models import Project, User

OPEN = (FollowUpState.TO_DO, FollowUpState.IN_PROGRESS)


class Which(models.TextChoices):
    OPEN = "ouvertes", "À faire"
    LATE = "retard", "En retard"
    OVER = "terminees", "Terminées"
    ALL = "toutes", "Toutes"


@dataclass(frozen=True)
class Filters:
    """What the address of the list asks to see (`forms.follow_ups.read_filters` reads it)."""

    which: Which = Which.OPEN
    body: uuid.UUID | None = None
    owner: uuid.UUID | None = None

    def with_(self, **changes: Any) -> "Filters":
        return replace(self, **changes)

    def parameters(self) -> dict[str, str]:
        """The parameters of an address that asks for these."""
        values = {"etat": self.which.value, "instance": self.body, "responsable": self.owner}
        return {name: str(value) for name, value in values.items() if value and value != Which.OPEN}


def follow_ups_of(project: Project) -> QuerySet[FollowUp]:
    """The actions decided in a project: open ones first, by due date, then the others, the latest first."""
    over = Case(When(state__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    due = Case(When(state__in=OPEN, then=F("due_on")))
    rows = FollowUp.objects.filter(project=project).select_related("owner", "meeting__body", "arbitration")
    return rows.annotate(over=over, due=due).order_by("over", "due", F("done_on").desc(nulls_last=True), "number")


def read_by(rows: QuerySet[FollowUp], user: User, rights: Rights) -> QuerySet[FollowUp]:
    """Those of these that a person reads: their own, and those of the arbitrations and the meetings that they read."""
    if rights.prepares or rights.reads_all_meetings:
        return rows
    theirs = Q(owner=user)
    if rights.reads_council:
        theirs |= Q(meeting=None) | Q(meeting__body__in=rights.seats)
    if rights.reads_comop_meetings:
        theirs |= Q(meeting__isnull=False) & ~Q(meeting__body__kind=BodyKind.COSTRAT)
    return rows.filter(theirs)


def narrowed(rows: QuerySet[FollowUp], filters: Filters, today: date) -> QuerySet[FollowUp]:
    """Those that the filters ask for. An action of an arbitration is that of the body whose meeting decides of it."""
    which = {
        Which.OPEN: Q(state__in=OPEN),
        Which.LATE: Q(state__in=OPEN, due_on__lt=today),
        Which.OVER: ~Q(state__in=OPEN),
        Which.ALL: Q(),
    }
    rows = rows.filter(which[filters.which])
    if filters.body:
        rows = rows.filter(Q(meeting__body=filters.body) | Q(arbitration__meeting__body=filters.body))
    return rows.filter(owner=filters.owner) if filters.owner else rows


@dataclass(frozen=True)
class Waiting:
    """How many actions are still to be done, and how many of them are late."""

    still: int
    late: int


def waiting_among(rows: QuerySet[FollowUp], today: date) -> Waiting:
    """One query."""
    still, late = Q(state__in=OPEN), Q(state__in=OPEN, due_on__lt=today)
    counted = rows.order_by().aggregate(still=Count("pk", filter=still), late=Count("pk", filter=late))
    return Waiting(**counted)


def follow_ups_of_meeting(meeting: Meeting) -> list[FollowUp]:
    """What a meeting gave to do, by due date. One query."""
    return list(FollowUp.objects.filter(meeting=meeting).select_related("owner").order_by("due_on", "number"))


def my_follow_ups(user: User, access: Access) -> list[FollowUp]:
    """What this person still has to do from meetings and arbitrations, across their projects, by due date. One query.

    Each with its project, and the meeting or arbitration that it comes from.
    """
    projects = Project.objects.visible_to(access).order_by()
    mine = FollowUp.objects.open().filter(owner=user, project__in=projects)
    return list(mine.select_related("project", "meeting__body", "arbitration").order_by("due_on", "number"))


def owners_among(rows: QuerySet[FollowUp]) -> list[User]:
    """The people who have something to do among these, by name. One query."""
    owners = User.objects.filter(pk__in=rows.order_by().values("owner"))
    return list(owners.order_by("last_name", "first_name"))
