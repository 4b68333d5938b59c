"""Writing calls for applications, and the people whom structures propose."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.locks import one_at_a_time
from common.versions import change_fields
from organisations.models import ESMS, Project, User, place_of
from structures.enums.people import ApplicationStatus, Skill
from structures.models import Application, ResourceCall
from structures.selectors.people import what_is_missing
from structures.services.restoring import restore

WHO = ("name", "email")  # whom agreements are about
NOT_AGREED = {"person_agreed_on": None, "manager_agreed_on": None, "manager_agreed_by": None}

# --- Calls -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def open_call(
    *,
    project: Project,
    title: str,
    text: str,
    skills: Sequence[Skill],
    workload: str,
    open_until: date,
    user: User,
    token: uuid.UUID,
) -> ResourceCall:
    """Call for applications; the same form posted twice calls once. Raises DomainError for a day that is over."""
    values = _call(title, text, skills, workload, open_until)
    call, _ = ResourceCall.objects.get_or_create(project=project, token=token, defaults={"opened_by": user, **values})
    return call


@transaction.atomic
def edit_call(*, call: ResourceCall, version: int, **values: Any) -> ResourceCall:
    """Correct a call. Raises Conflict when somebody else did since `version`, DomainError as `open_call`."""
    return change_fields(call, version=version, **_call(**values))


@transaction.atomic
def close_call(*, call: ResourceCall, again: bool = False) -> None:
    """Take no more applications; or, `again`, take some. Twice is once."""
    closed = None if again else timezone.now()
    ResourceCall.objects.filter(pk=call.pk, closed_at__isnull=not again).update(
        closed_at=closed, version=F("version") + 1
    )


def _call(title: str, text: str, skills: Sequence[Skill], workload: str, open_until: date) -> dict[str, Any]:
    if open_until < timezone.localdate():
        raise DomainError("Cette date est passée : laissez aux structures le temps de répondre.", field="open_until")
    return {
        "title": title.strip(),
        "text": text.strip(),
        "skills": [str(item) for item in skills],
        "workload": workload.strip(),
        "open_until": open_until,
    }


# --- Applications: by the structure ----------------------------------------------------------------------------------


@transaction.atomic
def propose(
    *,
    esms: ESMS,
    name: str,
    email: str,
    function: str,
    user: User,
    token: uuid.UUID,
    call: ResourceCall | None = None,
) -> Application:
    """Begin an application; the same form posted twice begins one. Raises DomainError when the call is over."""
    one_at_a_time(f"application:{token}")  # the same form posted twice at once
    if known := Application.objects.filter(esms=esms, token=token).first():
        return known
    if call is not None and not call.is_open():
        raise DomainError("Cet appel n’est plus ouvert : proposez la personne sans appel.", field="call")
    return Application.objects.create(
        **place_of(esms),
        call=call,
        name=name.strip(),
        email=email.strip(),
        function=function.strip(),
        added_by=user,
        token=token,
    )


@transaction.atomic
def edit_application(*, application: Application, version: int, validates: bool, **values: Any) -> Application:
    """Change what a draft says. Agreements given for somebody else are no more, unless the direction (`validates`)
    writes. Raises DomainError once transmitted, or for dates that can't be; Conflict when somebody else wrote since
    `version`."""
    current = _check_draft(application)
    if "skills" in values:
        values["skills"] = [str(item) for item in values["skills"]]
    begins, ends = values.get("available_from"), values.get("available_until")
    if begins and ends and ends < begins:
        raise DomainError("La fin de la disponibilité vient avant son début.", field="available_until")
    if not validates and any(name in values and getattr(current, name) != values[name] for name in WHO):
        values |= NOT_AGREED
    return change_fields(current, version=version, **values)


@transaction.atomic
def note_agreement(*, application: Application, agreed: bool) -> None:
    """The person agrees to be proposed, or no longer. Twice is once. Raises DomainError once transmitted."""
    _check_draft(application)
    Application.objects.filter(pk=application.pk, person_agreed_on__isnull=agreed).update(
        person_agreed_on=timezone.localdate() if agreed else None, version=F("version") + 1
    )


@transaction.atomic
def release_time(
    *, application: Application, version: int, hours_per_month: int, compensation: str, user: User
) -> Application:
    """The direction agrees and says how much time it releases, and how it makes up for it.

    Raises DomainError once transmitted or without time, Conflict when somebody else wrote since `version`.
    """
    _check_draft(application)
    if hours_per_month < 1:
        raise DomainError("Indiquez le temps dégagé, en heures par mois.", field="hours_per_month")
    return change_fields(
        application,
        version=version,
        hours_per_month=hours_per_month,
        compensation=compensation.strip(),
        manager_agreed_on=timezone.localdate(),
        manager_agreed_by=user,
    )


@transaction.atomic
def withdraw_release(*, application: Application) -> None:
    """The direction takes its agreement back; the hours stay written. Twice is once."""
    _check_draft(application)
    Application.objects.filter(pk=application.pk, manager_agreed_on__isnull=False).update(
        manager_agreed_on=None, manager_agreed_by=None, version=F("version") + 1
    )


@transaction.atomic
def submit_application(*, application: Application) -> None:
    """Transmit an application to the project lead. Twice is once. Raises DomainError that says what is missing."""
    current = _locked(application)
    if current.status != ApplicationStatus.DRAFT:
        return
    if missing := what_is_missing(current):
        raise DomainError(f"Avant de transmettre, il manque {' et '.join(missing)}.")
    _move(current, ApplicationStatus.SUBMITTED, submitted_at=timezone.now())


@transaction.atomic
def take_back(*, application: Application) -> None:
    """Take a transmitted application back to change it. Twice is once. Raises DomainError once it has its answer."""
    current = _locked(application)
    if current.status in {ApplicationStatus.RETAINED, ApplicationStatus.DECLINED}:
        raise DomainError("Le chef de projet a déjà répondu à cette candidature.")
    if current.status == ApplicationStatus.SUBMITTED:
        _move(current, ApplicationStatus.DRAFT, submitted_at=None)


@transaction.atomic
def remove_application(*, application: Application) -> None:
    """Take a person out; the history keeps it, and `restore_application` puts it back."""
    application.delete()


@transaction.atomic
def restore_application(*, esms: ESMS, application_id: uuid.UUID) -> Application:
    """Put back a person who was taken out. Twice is once. Raises DomainError when there was none."""
    return restore(Application, esms, application_id, "Cette personne n’a jamais été proposée ici.")


# --- Applications: by the project lead -------------------------------------------------------------------------------


@transaction.atomic
def decide(*, application: Application, version: int, status: ApplicationStatus, word: str, user: User) -> None:
    """Retain or decline a transmitted application, with a word that is needed to decline.

    Raises DomainError (field) without one, or when it isn't transmitted; Conflict when it changed since `version`: the
    structure may have taken it back and transmitted something else.
    """
    current, word = _locked(application), word.strip()
    if current.status == ApplicationStatus.DRAFT:
        raise DomainError("La structure a repris cette candidature : elle n’est plus transmise.")
    if status == ApplicationStatus.DECLINED and not word:
        raise DomainError("Dites en un mot pourquoi : la structure et la personne le liront.", field="word")
    if current.version != version:
        raise Conflict(current=current, attempted={"status": status, "word": word})
    _move(current, status, word=word, decided_at=timezone.now(), decided_by=user)


@transaction.atomic
def reopen(*, application: Application) -> None:
    """Take the answer back: the application waits for one again. Twice is once."""
    current = _locked(application)
    if current.status in {ApplicationStatus.RETAINED, ApplicationStatus.DECLINED}:
        _move(current, ApplicationStatus.SUBMITTED, word="", decided_at=None, decided_by=None)


def _move(application: Application, status: ApplicationStatus, **values: Any) -> None:
    Application.objects.filter(pk=application.pk).update(status=status, version=F("version") + 1, **values)


def _locked(application: Application) -> Application:
    return Application.objects.select_for_update(of=("self",)).get(pk=application.pk)


def _check_draft(application: Application) -> Application:
    current = _locked(application)
    if current.status != ApplicationStatus.DRAFT:
        raise DomainError("Cette candidature est transmise : reprenez-la pour la changer.")
    return current
