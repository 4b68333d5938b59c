"""Meetings of a body: agenda, who attends, what came out of it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from common.frozen import Frozen, FrozenWith
from common.history import tracked
from common.outbox import Letter
from common.policies import COUNCIL_ROWS, ME, PROJECT_ROWS, TenantPolicy, council_or_mine, same_project
from common.versions import Versioned
from governance.enums import (
    ARBITRATION_SOURCE,
    DispatchKind,
    FollowUpState,
    ItemKind,
    ItemState,
    MeetingStatus,
    Presence,
)
from governance.models.bodies import Body, Mandate
from organisations.models import OG, ProjectRow, User

LOCKED = "Cette séance est close : elle ne change plus. Pour corriger, ajoutez un rectificatif."
CLOSED = f"parent.status = '{MeetingStatus.CLOSED}'"
# Of a draft nobody is told but who prepares it.
MEETING_ROWS = f"{COUNCIL_ROWS} or ({PROJECT_ROWS} and status <> '{MeetingStatus.DRAFT}')"
# Whoever brings a point reads it; one that puts an arbitration, if they read that too.
ITEM_ROWS = (
    f"{COUNCIL_ROWS} or ({PROJECT_ROWS} and owner_id = {ME} and (source <> '{ARBITRATION_SOURCE}' "
    "or exists (select from governance_arbitration arbitration where arbitration.id = source_id)))"
)
TO_DO_ROWS = council_or_mine("owner_id")
PERSON_ROWS = council_or_mine("user_id")


def _with_meeting(name: str, *but: str) -> FrozenWith:
    return FrozenWith(name=name, message=LOCKED, parent="governance_meeting", key="meeting_id", when=CLOSED, but=but)


@tracked(MEETING_ROWS)
class Meeting(ProjectRow, Versioned):
    """A meeting. Its date and place are known to all once it is convened; what it treats, to those who may read it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings", verbose_name="instance")
    number = models.PositiveIntegerField("numéro")
    agenda = models.CharField("ordre du jour type", max_length=40, blank=True)
    starts_at = models.DateTimeField("début")
    duration_minutes = models.PositiveSmallIntegerField("durée en minutes", default=90)
    place = models.CharField("lieu", max_length=200, blank=True)
    link = models.URLField("lien de visioconférence", max_length=500, blank=True)
    objective = models.CharField("objet", max_length=300, blank=True)
    status = models.CharField("état", max_length=12, choices=MeetingStatus, default=MeetingStatus.DRAFT)
    series = models.UUIDField("série", null=True, blank=True)
    second_call_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="seconde convocation de"
    )
    sequence = models.PositiveSmallIntegerField("envois", default=0)
    convened_at = models.DateTimeField("convoquée le", null=True, blank=True)
    opened_at = models.DateTimeField("ouverte le", null=True, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="close par"
    )
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True)
    cancel_reason = models.CharField("motif de l’annulation", max_length=300, blank=True)
    quorum_reached = models.BooleanField("quorum atteint", null=True, blank=True)
    represented_percent = models.DecimalField(
        "part représentée, en %", max_digits=5, decimal_places=2, null=True, blank=True
    )
    minutes_sent_at = models.DateTimeField("compte rendu envoyé le", null=True, blank=True)
    minutes_approved_at = models.DateTimeField("compte rendu approuvé le", null=True, blank=True)
    minutes_approved_in = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="approves", verbose_name="approuvé en"
    )
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "séance"
        ordering = ["-starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="meeting_in_project"),
            models.UniqueConstraint(fields=["project", "number"], name="meeting_number_once"),
            models.UniqueConstraint(fields=["project", "token"], name="meeting_planned_once"),
            models.CheckConstraint(
                condition=Q(duration_minutes__gte=10, duration_minutes__lte=600),
                name="meeting_duration",
                violation_error_message="Une séance dure de dix minutes à dix heures.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[MeetingStatus.DRAFT, MeetingStatus.CANCELLED]) | Q(convened_at__isnull=False),
                name="meeting_convened_first",
                violation_error_message="Une séance se tient une fois convoquée.",
            ),
            models.CheckConstraint(
                condition=~Q(status=MeetingStatus.CLOSED)
                | Q(closed_at__isnull=False, opened_at__isnull=False, quorum_reached__isnull=False),
                name="meeting_closed_after_session",
                violation_error_message="Une séance se clôt après s’être tenue.",
            ),
            models.CheckConstraint(
                condition=~Q(status=MeetingStatus.CANCELLED)
                | (Q(cancelled_at__isnull=False) & Q(cancel_reason__gt="")),
                name="meeting_cancelled_for_a_reason",
                violation_error_message="Dites pourquoi la séance est annulée.",
            ),
            models.CheckConstraint(
                condition=Q(minutes_approved_at=None) | Q(minutes_sent_at__isnull=False),
                name="minutes_sent_before_approved",
                violation_error_message="Un compte rendu s’approuve une fois envoyé.",
            ),
            same_project("meeting_body_same_project", "body_id", "governance_body"),
            same_project("meeting_second_call_same_project", "second_call_of_id", "governance_meeting"),
            same_project("meeting_approved_in_same_project", "minutes_approved_in_id", "governance_meeting"),
            TenantPolicy(name="meeting_rows", rows=MEETING_ROWS),
        ]
        indexes = [models.Index(fields=["project", "starts_at"], name="meeting_by_day")]
        triggers = [
            Frozen(
                name="meeting_locked",
                message=LOCKED,
                when=f"old.status = '{MeetingStatus.CLOSED}'",
                but=("version", "minutes_sent_at", "minutes_approved_at", "minutes_approved_in_id"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}, {timezone.localtime(self.starts_at):%d/%m/%Y}"


@tracked(ITEM_ROWS)
class AgendaItem(ProjectRow, Versioned):
    """One point of an agenda: what is treated, how long, who brings it; then what was said and what became of it.

    `source` and `source_id` say what it came from (an app's own word, a row's id).
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items", verbose_name="séance")
    position = models.PositiveSmallIntegerField("rang")
    label = models.CharField("point", max_length=300)
    detail = models.TextField("ce qu’il faut savoir avant", max_length=2000, blank=True)
    minutes = models.PositiveSmallIntegerField("durée en minutes", default=10)
    kind = models.CharField("nature", max_length=12, choices=ItemKind, default=ItemKind.DISCUSSION)
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="porté par"
    )
    source = models.CharField("vient de", max_length=30, blank=True)
    source_id = models.UUIDField("objet d’origine", null=True, blank=True)
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="reporté de"
    )
    notes = models.TextField("ce qui s’est dit", max_length=4000, blank=True)
    state = models.CharField("état", max_length=10, choices=ItemState, default=ItemState.TO_TREAT)

    class Meta:
        verbose_name = "point de l’ordre du jour"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="item_in_project"),
            models.CheckConstraint(
                condition=Q(minutes__lte=300),
                name="item_minutes",
                violation_error_message="Un point dure cinq heures au plus.",
            ),
            models.UniqueConstraint(
                fields=["meeting", "source", "source_id"],
                condition=~Q(source=""),
                name="item_source_once",
                violation_error_message="Ce sujet est déjà à l’ordre du jour de cette séance.",
            ),
            same_project("item_meeting_same_project", "meeting_id", "governance_meeting"),
            same_project("item_carried_same_project", "carried_from_id", "governance_agendaitem"),
            TenantPolicy(name="item_rows", rows=ITEM_ROWS),
        ]
        triggers = [_with_meeting("item_locked")]

    def __str__(self) -> str:
        return self.label


@tracked(PERSON_ROWS)
class Attendance(ProjectRow, Versioned):
    """A person called to a meeting, and how they attended. `proxy`: who votes for them in their absence.

    `og` is the OG that they vote for, None when they don't vote for one; a substitute stands in for `stands_in_for`.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances", verbose_name="séance")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="personne")
    mandate = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="mandat"
    )
    og = models.ForeignKey(OG, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="OG")
    votes = models.BooleanField("vote", default=False)
    invited = models.BooleanField("invité", default=False)
    stands_in_for = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="suppléance de"
    )
    presence = models.CharField("présence", max_length=10, choices=Presence, default=Presence.EXPECTED)
    proxy = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="donne pouvoir à"
    )

    class Meta:
        verbose_name = "présence"
        ordering = ["user__last_name", "user__first_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                name="attendance_once",
                violation_error_message="Cette personne est déjà convoquée à cette séance.",
            ),
            models.CheckConstraint(
                condition=Q(proxy=None) | (~Q(proxy=F("user")) & ~Q(presence__in=[Presence.PRESENT, Presence.REMOTE])),
                name="attendance_proxy_of_an_absent",
                violation_error_message="Seule une personne absente donne pouvoir, et à quelqu’un d’autre.",
            ),
            models.CheckConstraint(
                condition=~Q(invited=True, votes=True),
                name="attendance_guest_does_not_vote",
                violation_error_message="Un invité ne vote pas.",
            ),
            same_project("attendance_meeting_same_project", "meeting_id", "governance_meeting"),
            same_project("attendance_mandate_same_project", "mandate_id", "governance_mandate"),
            same_project("attendance_og_same_project", "og_id", "organisations_og"),
            TenantPolicy(name="attendance_rows", rows=PERSON_ROWS),
        ]
        triggers = [_with_meeting("attendance_locked")]

    def __str__(self) -> str:
        return f"{self.user}, {self.meeting}"


@tracked(COUNCIL_ROWS)
class Minutes(ProjectRow, Versioned):
    """What the secretary writes above the points of a meeting: what to remember of it."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes", verbose_name="séance")
    summary = models.TextField("ce qu’il faut retenir", max_length=4000, blank=True)

    class Meta:
        verbose_name = "compte rendu"
        verbose_name_plural = "comptes rendus"
        constraints = [
            same_project("minutes_meeting_same_project", "meeting_id", "governance_meeting"),
            TenantPolicy(name="minutes_rows", rows=COUNCIL_ROWS),
        ]
        triggers = [_with_meeting("minutes_locked")]

    def __str__(self) -> str:
        return f"Compte rendu, {self.meeting}"


@tracked(COUNCIL_ROWS)
class Amendment(ProjectRow):
    """A correction of a closed meeting: it is added beside what it corrects, and stays."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="amendments", verbose_name="séance")
    text = models.TextField("rectificatif", max_length=2000)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="écrit par")
    written_at = models.DateTimeField("écrit le", default=timezone.now)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "rectificatif"
        ordering = ["written_at"]
        constraints = [
            models.UniqueConstraint(fields=["project", "token"], name="amendment_written_once"),
            models.CheckConstraint(
                condition=Q(text__gt=""),
                name="amendment_says_something",
                violation_error_message="Écrivez ce que le rectificatif corrige.",
            ),
            same_project("amendment_meeting_same_project", "meeting_id", "governance_meeting"),
            TenantPolicy(name="amendment_rows", rows=COUNCIL_ROWS),
        ]
        triggers = [Frozen(name="amendment_kept", message="Un rectificatif ne se modifie plus : ajoutez-en un autre.")]

    def __str__(self) -> str:
        return f"Rectificatif, {self.meeting}"


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def open(self) -> "FollowUpQuerySet":
        """Those still to be done."""
        return self.filter(state__in=[FollowUpState.TO_DO, FollowUpState.IN_PROGRESS])


@tracked(TO_DO_ROWS)
class FollowUp(ProjectRow, Versioned):
    """Something to do that came out of a meeting or an arbitration: who, by when, and how far it is.

    It lives on after the meeting is closed: its state moves, its words don't.
    """

    number = models.PositiveIntegerField("numéro")
    label = models.CharField("action", max_length=300)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="responsable")
    due_on = models.DateField("pour le")
    state = models.CharField("état", max_length=12, choices=FollowUpState, default=FollowUpState.TO_DO)
    comment = models.CharField("où en est-on", max_length=500, blank=True)
    done_on = models.DateField("faite le", null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name="séance"
    )
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name="point"
    )
    arbitration = models.ForeignKey(
        "governance.Arbitration",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name="arbitrage",
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="créée par")
    created_at = models.DateTimeField("créée le", default=timezone.now)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "action décidée"
        verbose_name_plural = "actions décidées"
        ordering = ["due_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="followup_number_once"),
            models.UniqueConstraint(fields=["project", "token"], name="followup_created_once"),
            models.CheckConstraint(
                condition=Q(meeting__isnull=False) | Q(arbitration__isnull=False),
                name="followup_comes_from_somewhere",
            ),
            models.CheckConstraint(
                condition=~Q(state=FollowUpState.DONE) | Q(done_on__isnull=False), name="followup_done_on_a_day"
            ),
            same_project("followup_meeting_same_project", "meeting_id", "governance_meeting"),
            same_project("followup_item_same_project", "item_id", "governance_agendaitem"),
            same_project("followup_arbitration_same_project", "arbitration_id", "governance_arbitration"),
            TenantPolicy(name="followup_rows", rows=TO_DO_ROWS),
        ]
        triggers = [_with_meeting("followup_locked", "version", "state", "comment", "done_on", "owner_id", "due_on")]

    def __str__(self) -> str:
        return self.label

    def days_late(self, today: object = None) -> int:
        """Days since the day it was due; 0 when it is done, dropped or not due yet."""
        late = ((today or timezone.localdate()) - self.due_on).days
        return max(late, 0) if FollowUpState(self.state).open else 0


@tracked(PERSON_ROWS)
class Dispatch(ProjectRow, Letter):
    """An e-mail about a meeting to one person: written here in the request, sent by a job, once.

    `arbitration`: the one whose vote by writing it tells of; `sequence` is then the version at which that was opened.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="dispatches", verbose_name="séance")
    arbitration = models.ForeignKey(
        "governance.Arbitration",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="dispatches",
        verbose_name="arbitrage",
    )
    kind = models.CharField("nature", max_length=15, choices=DispatchKind)
    sequence = models.PositiveSmallIntegerField("envoi n°", default=0)
    message = models.TextField("mot qui l’accompagne", max_length=1000, blank=True)

    class Meta:
        verbose_name = "envoi"
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user", "kind", "sequence", "arbitration"],
                nulls_distinct=False,
                name="dispatch_once",
            ),
            same_project("dispatch_meeting_same_project", "meeting_id", "governance_meeting"),
            same_project("dispatch_arbitration_same_project", "arbitration_id", "governance_arbitration"),
            TenantPolicy(name="dispatch_rows", rows=PERSON_ROWS),
        ]
        indexes = [models.Index(fields=["asked_at"], condition=Q(sent_at=None), name="dispatch_to_send")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.user}"
