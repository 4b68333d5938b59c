"""The pathway of one structure of the tests' world."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from organisations.models import ESMS, User, Wave, place_of
from structures.enums.pathway import LineState
from structures.models import PathwayLine, Reminder

SUBMITTED = "act_prepare_communication_kit"  # of the referent, validated by the direction
SUBMITTED_SLUG = "preparer-la-communication-locale"


@dataclass
class PathwayWork:
    """`line` was submitted with a document; `reminder` waits; `wave` is the structure's."""

    line: PathwayLine
    reminder: Reminder
    wave: Wave


def build(esms: ESMS, canary: str, director: User, lead: User) -> PathwayWork:
    # A wave is read by the whole project: only the other project's bears a canary.
    name = f"Vague {esms.slug}" if "ETRANGER" not in canary else f"Vague {esms.slug} {canary}"
    opens_on = timezone.localdate() + timedelta(days=30)
    wave = Wave.objects.create(
        project_id=esms.project_id,
        name=name,
        position=Wave.objects.filter(project_id=esms.project_id).count() + 1,
        planned_start=opens_on,
        planned_end=opens_on + timedelta(days=60),
    )
    ESMS.objects.filter(pk=esms.pk).update(wave=wave)
    esms.wave = wave
    line = PathwayLine.objects.create(
        **place_of(esms),
        action=SUBMITTED,
        needs_validation=True,
        state=LineState.SUBMITTED,
        done_on=timezone.localdate(),
        evidence=f"Le kit est prêt {canary}",
        file=ContentFile(b"%PDF-1.7 kit", name="kit.pdf"),
        file_name=f"kit {canary}.pdf",
        submitted_by=director,
        submitted_at=timezone.now(),
    )
    reminder = Reminder.objects.create(
        **place_of(esms), about=f"Une étape à valider {canary}", message=f"Merci {canary}", asked_by=lead
    )
    return PathwayWork(line, reminder, wave)
