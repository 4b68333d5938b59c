"""A COSTRAT of three OG that weigh 41,67, 33,33 and 25 %, each with its director, and an arbitration before it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from common.scope import elevated
from governance.enums import (
    ArbitrationKind,
    ArbitrationStatus,
    BodyKind,
    Choice,
    DecisionMode,
    MeetingStatus,
    Presence,
    WeightingMethod,
)
from governance.models import (
    Arbitration,
    ArbitrationOption,
    ArbitrationVote,
    Attendance,
    Body,
    Meeting,
    Weighting,
    WeightShare,
)
from governance.services.rulings import decide
from governance.services.votes import cast_vote
from organisations.models import OG, User
from tests import factories
from tests.harness.world import World

WEIGHTS = (Decimal("41.67"), Decimal("33.33"), Decimal("25.00"))


@dataclass
class Council:
    """`ogs` and `directors` in the order of their weights; `arbitration` is on the agenda of `meeting`, in session."""

    world: World
    meeting: Meeting
    ogs: list[OG]
    directors: list[User]
    arbitration: Arbitration

    @property
    def lead(self) -> User:
        return self.world.lead

    def option(self, letter: str) -> ArbitrationOption:
        return self.arbitration.options.get(position="ABCDE".index(letter) + 1)

    def fresh(self) -> Arbitration:
        rows = Arbitration.objects.select_related("project", "meeting__body", "decision", "chosen")
        return rows.get(pk=self.arbitration.pk)

    def says(self, index: int, words: str, **values: Any) -> ArbitrationVote:
        """The vote of an OG: « A », « against », « abstention »."""
        option = self.option(words) if words in "ABCDE" else None
        choice = Choice.FOR if option else Choice(words)
        given = {"user": self.directors[index], "version": 0, "option": option, "choice": choice, **values}
        return cast_vote(arbitration=self.fresh(), unit_id=self.ogs[index].pk, **given)

    def decides(self, mode: DecisionMode = DecisionMode.WEIGHTED_VOTE, letter: str = "A", **values: Any) -> Arbitration:
        arbitration = self.fresh()
        given = {
            "version": arbitration.version,
            "mode": mode,
            "option": self.option(letter),
            "text": "Les Brumes Claires signent.",
            "user": self.lead,
            "token": uuid.uuid4(),
            **values,
        }
        return decide(arbitration=arbitration, **given)

    def presence(self, index: int, presence: Presence) -> None:
        Attendance.objects.filter(meeting=self.meeting, user=self.directors[index]).update(presence=presence)


def gather(
    world: World,
    *,
    kind: ArbitrationKind = ArbitrationKind.SCHEDULE,
    present: Sequence[int] = (0, 1, 2),
    quorum: int = 60,
    chair: int | None = 0,
    weights: Sequence[Decimal] = WEIGHTS,
    status: MeetingStatus = MeetingStatus.IN_SESSION,
    **values: Any,
) -> Council:
    """`present`: which directors attend; `chair`: which presides."""
    with elevated():
        project = world.project
        body = Body.objects.get(project=project, kind=BodyKind.COSTRAT)
        ogs = [*world.own.ogs, factories.OGFactory(project=project, name="OG Delta", short_name="Delta")]
        weighting = Weighting.objects.create(
            project=project,
            number=90,
            method=WeightingMethod.CUSTOM,
            decision=world.own.decision,
            effective_on=timezone.localdate() - timedelta(days=2),
            recorded_by=world.lead,
        )
        WeightShare.objects.bulk_create(
            WeightShare(project=project, weighting=weighting, og=og, percent=percent)
            for og, percent in zip(ogs, weights, strict=True)
        )
        directors = [factories.UserFactory(last_name=f"Direction {og.short_name}") for og in ogs]
        for og, director in zip(ogs, directors, strict=True):
            factories.MandateFactory(body=body, user=director, og=og, votes=True)
        Body.objects.filter(pk=body.pk).update(
            quorum_percent=quorum, chair=directors[chair] if chair is not None else None
        )
        body.refresh_from_db()
        meeting = factories.MeetingFactory(body=body, project=project, number=90, in_session=True)
        if status != MeetingStatus.IN_SESSION:
            Meeting.objects.filter(pk=meeting.pk).update(status=status)
        for index, (og, director) in enumerate(zip(ogs, directors, strict=True)):
            factories.AttendanceFactory(
                meeting=meeting,
                project=project,
                user=director,
                og=og,
                votes=True,
                presence=Presence.PRESENT if index in present else Presence.EXCUSED,
            )
        arbitration = factories.ArbitrationFactory(
            project=project,
            number=90,
            kind=kind,
            status=ArbitrationStatus.TO_DECIDE,
            meeting=meeting,
            requested_by=world.lead,
            **values,
        )
    return Council(world, meeting, ogs, directors, arbitration)
