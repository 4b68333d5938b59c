"""Saying where a line of the pathway stands, validating it, giving it to a referent."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from common import french
from common.errors import Conflict, DomainError
from common.history import author_id
from common.refusals import refused_in_words
from common.uploads import check_document
from common.versions import change
from organisations.enums import Role
from organisations.models import ESMS, Membership, User, place_of
from structures.catalogue.local_actions import PathwayAction
from structures.enums.pathway import LineState
from structures.models import PathwayLine

# What people say of a line, and what taking it back puts back as it was.
SAID = (
    "state", "done_on", "evidence", "link", "file", "file_name", "reason", "blocker", "returned",
    "submitted_by_id", "submitted_at", "validated_by_id", "validated_at", "delegated_to_id", "delegated_on",
)  # fmt: skip
_NOTHING_SAID: dict[str, Any] = {
    "reason": "", "blocker": "", "returned": "",
    "submitted_by": None, "submitted_at": None, "validated_by": None, "validated_at": None,
}  # fmt: skip


@transaction.atomic
def say_state(
    *,
    esms: ESMS,
    action: PathwayAction,
    version: int,
    state: LineState,
    user: User,
    validates: bool,
    done_on: date | None = None,
    evidence: str | None = None,
    link: str | None = None,
    file: UploadedFile | None = None,
    why: str = "",
) -> PathwayLine:
    """Say where a line stands. `version` is 0 for one that nobody touched yet.

    Done by a referent, a line that the direction validates is submitted to it; by the direction (`validates`), it is
    validated at once. `evidence` and `link` stay as they are when None, a document until another one takes its place.
    `why`: what blocks, or why it is without object.
    Raises DomainError naming the field, Conflict when somebody changed the line since `version`.
    """
    if state == LineState.SUBMITTED:
        raise DomainError("Une étape se soumet en la disant faite.", field="state")
    now, why = timezone.now(), why.strip()
    values: dict[str, Any] = {**_NOTHING_SAID, "state": state, "done_on": None}
    if state == LineState.DONE:
        day = done_on or french.today()
        if day > french.today():
            raise DomainError("Cette date est à venir : dites quel jour l’étape a été faite.", field="done_on")
        values["done_on"] = day
        if action.validated and validates:
            values |= {"validated_by": user, "validated_at": now}
        elif action.validated:
            values |= {"state": LineState.SUBMITTED, "submitted_by": user, "submitted_at": now}
    elif state == LineState.BLOCKED:
        values["blocker"] = _needed(why, "Dites ce qui bloque.")
    elif state == LineState.NOT_APPLICABLE:
        if action.validated and not validates:
            raise DomainError("La direction valide cette étape : elle seule peut la dire sans objet.", field="state")
        values["reason"] = _needed(why, "Dites pourquoi cette étape est sans objet.")
    if evidence is not None:
        values["evidence"] = evidence.strip()
    if link is not None:
        values["link"] = _checked(link)
    if file is not None:
        values |= {"file_name": check_document(file), "file": file}
    with refused_in_words(PathwayLine, field="evidence"):
        return _write(esms, action, version, values)


def _needed(why: str, refusal: str) -> str:
    if not why:
        raise DomainError(refusal, field="why")
    return why


def _checked(link: str) -> str:
    link = link.strip()
    if link:
        try:
            URLValidator(schemes=["https", "http"])(link)
        except ValidationError as error:
            raise DomainError("Indiquez une adresse complète, qui commence par https://.", field="link") from error
    return link


def _write(esms: ESMS, action: PathwayAction, version: int, values: dict[str, Any]) -> PathwayLine:
    """Make the row of a line, or change it."""
    if version == 0:
        fresh = {**place_of(esms), "needs_validation": action.validated, **values}
        line, made = PathwayLine.objects.get_or_create(esms=esms, action=action.code, defaults=fresh)
        if made:
            return line
        raise Conflict(current=line, attempted=values)
    line = line_of(esms, action)
    if file := values.pop("file", None):  # update() writes no file: it is stored first, and its name kept
        field: Any = PathwayLine._meta.get_field("file")
        name = field.generate_filename(line, values["file_name"])
        values["file"] = field.storage.save(name, file)
    return change(line, version=version, **values)


@transaction.atomic
def validate_line(*, line: PathwayLine, version: int, user: User) -> PathwayLine:
    """The direction validates what a referent submitted.

    Raises DomainError when it isn't waiting any more, Conflict when somebody changed it since `version`.
    """
    if line.state != LineState.SUBMITTED:
        raise DomainError("Cette étape n’attend pas de validation.")
    return change(
        line,
        version=version,
        state=LineState.DONE,
        validated_by=user,
        validated_at=timezone.now(),
        returned="",
    )


@transaction.atomic
def return_line(*, line: PathwayLine, version: int, why: str) -> PathwayLine:
    """The direction gives back what was submitted, and says what is missing. As `validate_line`."""
    if line.state != LineState.SUBMITTED:
        raise DomainError("Cette étape n’attend pas de validation.")
    return change(
        line,
        version=version,
        state=LineState.IN_PROGRESS,
        returned=_needed(why.strip(), "Dites ce qui manque, pour que le référent puisse compléter."),
        done_on=None,
    )


@transaction.atomic
def delegate_lines(*, esms: ESMS, actions: dict[PathwayAction, int], referent: User | None) -> list[PathwayLine]:
    """Give lines of the direction to a local referent of the structure, or take them back (`referent` None).

    `actions`: each with the version that was read. All or none. Raises DomainError for a line that isn't given, or
    somebody who is no referent of the structure, Conflict when somebody changed one of them.
    """
    if referent is not None:
        held = Membership.objects.active(french.today()).filter(esms=esms, user=referent, role=Role.LOCAL_REFERENT)
        if not held.exists():
            raise DomainError("Choisissez un référent local de cette structure.", field="referent")
    if not actions:
        raise DomainError("Choisissez au moins une étape.", field="actions")
    values = {"delegated_to": referent, "delegated_on": french.today() if referent else None}
    written = []
    with refused_in_words(PathwayLine, field="actions"):
        for action, version in actions.items():
            if not action.delegable and referent is not None:
                why = "la direction la fait elle-même, ou elle revient déjà au référent"
                raise DomainError(french.typography(f"« {action.title} » ne se confie pas : {why}."), field="actions")
            written.append(_write(esms, action, version, dict(values)))
    return written


@transaction.atomic
def undo(*, line: PathwayLine, version: int, user: User) -> PathwayLine:
    """Put a line back as it was before its latest change, by who made it. Raises Conflict for any other change."""
    events: Any = line
    latest = events.history.filter(version=version).order_by("pgh_id").first()
    before = events.history.filter(version__lt=version).order_by("-pgh_id").first()
    if line.version != version or latest is None or author_id(latest) != str(user.pk):
        raise Conflict(current=line, attempted={})
    values = {name: getattr(before, name) for name in SAID} if before else _untouched()
    return change(line, version=version, **values)


def _untouched() -> dict[str, Any]:
    """A line as it is before anybody touches it."""
    fresh = PathwayLine()
    return {name: getattr(fresh, name) for name in SAID}


def line_of(esms: ESMS, action: PathwayAction) -> PathwayLine:
    """The row of a line. Raises DomainError while nobody touched it."""
    line = PathwayLine.objects.filter(esms=esms, action=action.code).first()
    if line is None:
        raise DomainError("Personne n’a encore rien dit de cette étape.")
    return line
