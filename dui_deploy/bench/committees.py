"""A project of so many structures, its committees at work: what their reports are made of."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from governance.enums import (
    ArbitrationKind,
    ArbitrationStatus,
    BodyKind,
    Choice,
    DecisionMode,
    FollowUpState,
    Impact,
    ItemKind,
    MeetingStatus,
    Presence,
    Severity,
    WeightingMethod,
)
from governance.models import (
    AgendaItem,
    Alert,
    Arbitration,
    ArbitrationOption,
    ArbitrationStructure,
    ArbitrationVote,
    Attendance,
    Body,
    Decision,
    FollowUp,
    Mandate,
    Meeting,
    Weighting,
    WeightShare,
)
from governance.services import create_body
from governance.weights import shares
from organisations.models import ESMS, OG, Project, User

CONTEXT = (
    "Deux pilotes sur trois remplissent les conditions de passage. Dans le troisième, le taux de connexion est "
    "descendu sous 30 %, cinq tickets bloquants sont ouverts et la référente est absente. Sans décision, la vague "
    "suivante glisse d’un mois par mois d’attente et les formations déjà suivies se perdent."
)
OPTIONS = (
    ("Attendre", "La vague suivante démarre quand les trois pilotes sont conformes.", Impact.MEDIUM, 22000, 90),
    (
        "Démarrer et accompagner à part",
        "Appui sur place de six semaines, vague suivante en janvier.",
        Impact.LOW,
        16500,
        60,
    ),
    (
        "Sortir le site de la phase pilote",
        "Le site revient au papier et rejoint la dernière vague.",
        Impact.HIGH,
        4000,
        0,
    ),
)


class Committees:
    """Writes the COSTRAT and the COMOP of a project and what they did. In the elevated role."""

    def __init__(self, project: Project, lead: User, people: Sequence[User]) -> None:
        self.project, self.lead, self.people = project, lead, people
        self.today = timezone.localdate()
        self.ogs = list(OG.objects.filter(project=project).order_by("name"))
        self.structures = list(ESMS.objects.filter(project=project).select_related("og").order_by("og__name", "name"))
        self.numbers = dict.fromkeys(("meeting", "decision", "arbitration", "follow_up", "alert"), 0)

    def fill(self) -> None:
        """All of it: seats, weights, meetings held and to come, arbitrations, alerts."""
        costrat = create_body(project=self.project, kind=BodyKind.COSTRAT, frequency_months=3, quorum_percent=60)
        comop = create_body(project=self.project, kind=BodyKind.COMOP, frequency_months=1, quorum_percent=50)
        directors = self.people[: len(self.ogs)]
        self._seats(costrat, [(user, og, "") for user, og in zip(directors, self.ogs, strict=True)], votes=True)
        self._seats(comop, self._representatives(), votes=False)
        weights = self._weights(costrat)
        held = self._held(costrat, days=90)
        self._held(comop, days=30)
        for body, days in ((comop, 10), (costrat, 20)):
            ahead = self._meeting(body, self._day(days), MeetingStatus.CONVENED)
            self._called(ahead)
        self._arbitrations(costrat, held, ahead, weights)
        self._alerts()

    # --- Seats and weights

    def _representatives(self) -> list[tuple[User, OG, str]]:
        """One for each OG and category, fifteen at most: of large consortiums some categories have nobody."""
        pairs = dict.fromkeys((esms.og, esms.comop_category) for esms in self.structures)
        people = self.people[len(self.ogs) :] or self.people
        return [(people[n % len(people)], og, category) for n, (og, category) in enumerate(list(pairs)[:15])]

    def _seats(self, body: Body, seats: Sequence[tuple[User, OG, str]], *, votes: bool) -> None:
        Mandate.objects.bulk_create(
            Mandate(
                project=self.project,
                body=body,
                user=user,
                og=og,
                comop_category=category,
                votes=votes,
                starts_on=self.project.started_on,
            )
            for user, og, category in seats
        )

    def _weights(self, body: Body) -> dict[OG, Decimal]:
        decision = self._decision(body, "Les poids des OG", self._day(-600).date())
        weighting = Weighting.objects.create(
            project=self.project,
            number=1,
            method=WeightingMethod.ESMS_COUNT,
            decision=decision,
            effective_on=decision.decided_on,
            recorded_by=self.lead,
        )
        counts = {og: sum(esms.og_id == og.pk for esms in self.structures) for og in self.ogs}
        found = shares(counts)
        WeightShare.objects.bulk_create(
            WeightShare(project=self.project, weighting=weighting, og=og, basis=counts[og], percent=percent)
            for og, percent in found.items()
        )
        return found

    # --- Meetings

    def _meeting(self, body: Body, starts_at: datetime, status: MeetingStatus) -> Meeting:
        return Meeting.objects.create(
            project=self.project,
            body=body,
            number=self._next("meeting"),
            starts_at=starts_at,
            place="Salle du conseil",
            status=status,
            convened_at=starts_at - timedelta(days=25),
            opened_at=starts_at if status == MeetingStatus.IN_SESSION else None,
        )

    def _called(self, meeting: Meeting, presence: Presence = Presence.EXPECTED) -> None:
        seats = Mandate.objects.filter(body=meeting.body).select_related("user", "og").order_by("user_id", "pk")
        first = {seat.user_id: seat for seat in reversed(seats)}
        Attendance.objects.bulk_create(
            Attendance(
                project=self.project,
                meeting=meeting,
                user=seat.user,
                mandate=seat,
                og=seat.og if seat.votes else None,
                votes=seat.votes,
                presence=presence,
            )
            for seat in first.values()
        )

    def _held(self, body: Body, *, days: int) -> Meeting:
        """A meeting that was held and closed, with its points and what it gave people to do."""
        meeting = self._meeting(body, self._day(-days), MeetingStatus.IN_SESSION)
        self._called(meeting, Presence.PRESENT)
        AgendaItem.objects.bulk_create(
            AgendaItem(
                project=self.project,
                meeting=meeting,
                position=position,
                label=f"Point {position} : avancement, difficultés et suites",
                notes="Le comité prend acte et demande un nouveau point à la prochaine séance.",
                kind=ItemKind.DISCUSSION,
                owner=self.lead,
            )
            for position in range(1, 9)
        )
        self._follow_ups(meeting=meeting, count=8)
        Meeting.objects.filter(pk=meeting.pk).update(
            status=MeetingStatus.CLOSED,
            closed_at=meeting.starts_at,
            closed_by=self.lead,
            quorum_reached=True,
            represented_percent=100,
        )
        return meeting

    def _follow_ups(
        self, *, count: int, meeting: Meeting | None = None, arbitration: Arbitration | None = None
    ) -> None:
        """Late, under way, to be done and done, in turn."""
        states = (FollowUpState.TO_DO, FollowUpState.IN_PROGRESS, FollowUpState.TO_DO, FollowUpState.DONE)
        offsets = (-20, 12, 25, -5)
        FollowUp.objects.bulk_create(
            FollowUp(
                project=self.project,
                number=self._next("follow_up"),
                label="Chiffrer l’appui sur place et le présenter au prochain comité",
                owner=self.people[n % len(self.people)],
                due_on=self.today + timedelta(days=offsets[n % 4]),
                state=states[n % 4],
                done_on=self.today - timedelta(days=6) if n % 4 == 3 else None,
                meeting=meeting,
                arbitration=arbitration,
                created_by=self.lead,
            )
            for n in range(count)
        )

    # --- Arbitrations and decisions

    def _decision(self, body: Body, title: str, day: date) -> Decision:
        return Decision.objects.create(
            project=self.project,
            body=body,
            year=day.year,
            number=self._next("decision"),
            decided_on=day,
            title=title,
            text="Adopté par le comité.",
            recorded_by=self.lead,
            token=uuid.uuid4(),
        )

    def _arbitrations(self, body: Body, held: Meeting, ahead: Meeting, weights: dict[OG, Decimal]) -> None:
        for _ in range(3):
            self._arbitration(ArbitrationStatus.TO_DECIDE, meeting=ahead)
        for _ in range(2):
            self._arbitration(ArbitrationStatus.DRAFT)
        self._arbitration(
            ArbitrationStatus.POSTPONED,
            postponed_to=self.today + timedelta(days=100),
            postponement_reason="Le financement est attendu.",
        )
        for _ in range(2):
            arbitration = self._arbitration(ArbitrationStatus.TO_DECIDE, meeting=held)
            self._decide(arbitration, body, weights)

    def _arbitration(self, status: ArbitrationStatus, **values: object) -> Arbitration:
        arbitration = Arbitration.objects.create(
            project=self.project,
            year=self.today.year,
            number=self._next("arbitration"),
            kind=ArbitrationKind.SCHEDULE,
            status=status,
            question="La vague suivante démarre-t-elle avant que le troisième site ait retrouvé un usage normal ?",
            context=CONTEXT,
            consequence="La vague glisse d’un mois par mois d’attente.",
            deadline=self.today + timedelta(days=22),
            requested_by=self.lead,
            recommendation="Préserve l’élan des autres sans abandonner celui-ci.",
            comop_opinion="Favorable, sous condition de l’appui sur place.",
            **values,
        )
        ArbitrationOption.objects.bulk_create(
            ArbitrationOption(
                project=self.project,
                arbitration=arbitration,
                position=position,
                label=label,
                description=description,
                cost_impact=impact,
                cost_amount=amount,
                delay_impact=Impact.LOW,
                delay_days=days,
            )
            for position, (label, description, impact, amount, days) in enumerate(OPTIONS, start=1)
        )
        ArbitrationStructure.objects.bulk_create(
            ArbitrationStructure(project=self.project, arbitration=arbitration, og=esms.og, esms=esms)
            for esms in self.structures[:5]
        )
        return arbitration

    def _decide(self, arbitration: Arbitration, body: Body, weights: dict[OG, Decimal]) -> None:
        option = arbitration.options.order_by("position")[1]
        ArbitrationVote.objects.bulk_create(
            ArbitrationVote(
                project=self.project,
                arbitration=arbitration,
                unit_id=og.pk,
                og=og,
                voter=self.people[n % len(self.people)],
                weight=weight,
                choice=Choice.ABSTENTION if n % 5 == 4 else Choice.FOR,
                option=None if n % 5 == 4 else option,
                recorded_by=self.lead,
            )
            for n, (og, weight) in enumerate(weights.items())
        )
        self._follow_ups(arbitration=arbitration, count=4)
        day = self.today - timedelta(days=80)
        Arbitration.objects.filter(pk=arbitration.pk).update(
            status=ArbitrationStatus.DECIDED,
            chosen=option,
            quorum_reached=True,
            represented_percent=100,
            decided_on=day,
            mode=DecisionMode.WEIGHTED_VOTE,
            decision_text="La vague démarre, avec un appui sur place de six semaines.",
            decision=self._decision(body, arbitration.question[:200], day),
        )

    # --- Alerts

    def _alerts(self) -> None:
        """Five of the project, and of one structure in four; one in three was answered."""
        about: list[ESMS | None] = [None] * 5 + list(self.structures[::4])
        raised = [self._day(-5 - n % 60) for n in range(len(about))]
        Alert.objects.bulk_create(
            Alert(
                project=self.project,
                number=self._next("alert"),
                severity=Severity.CRITICAL if n % 3 == 0 else Severity.WARNING,
                subject="Le réseau tombe chaque soir",
                text="Trois soirs de suite, les transmissions ont été faites sur papier.",
                esms=esms,
                og=esms.og if esms else None,
                raised_by=self.lead,
                raised_at=raised[n],
                answer="Vu avec l’éditeur." if n % 3 == 1 else "",
                answered_by=self.lead if n % 3 == 1 else None,
                answered_at=raised[n] + timedelta(days=3) if n % 3 == 1 else None,
            )
            for n, esms in enumerate(about)
        )

    def _day(self, days: int) -> datetime:
        """That many days from today, at two o’clock."""
        return timezone.make_aware(datetime.combine(self.today + timedelta(days=days), time(14)))

    def _next(self, what: str) -> int:
        self.numbers[what] += 1
        return self.numbers[what]


def ogs_for(structures: int) -> int:
    """As many OG as a consortium of that size has: twelve at most sit on a COSTRAT."""
    return min(12, max(2, structures // 12))
