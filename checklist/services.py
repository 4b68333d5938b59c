"""Writes of the checklist: one function for one thing a person does."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from checklist import catalogue as reference
from checklist.enums import DepositKind, Letter, Status
from checklist.models import (
    Action,
    ActionPerson,
    Checklist,
    Comment,
    Deliverable,
    Deposit,
    Group,
    RaciEntry,
    Step,
)
from common.errors import DomainError
from common.models import Catalogue
from common.uploads import check_document
from common.versions import change, change_fields
from organisations.enums import ProjectKind
from organisations.models import Project, User
from organisations.selectors import participants

EDITABLE = ("due_on", "note", "ko_blocker", "ko_unblock", "ko_owner", "ko_review_on")


@transaction.atomic
def instantiate(*, project: Project, catalogue: Catalogue) -> Checklist:
    """Make the project's checklist from a version of the catalogue, without multi-OG actions for a single OG.

    Raises DomainError when the project already has one.
    """
    if Checklist.objects.filter(project=project).exists():
        raise DomainError("Ce projet a déjà sa checklist.")
    checklist = Checklist.objects.create(project=project, catalogue=catalogue)
    steps: list[Step] = []
    groups: list[Group] = []
    actions: list[Action] = []
    raci: list[RaciEntry] = []
    deliverables: list[Deliverable] = []
    for step_source in reference.parse(catalogue.content):
        step = Step(project=project, number=step_source.number, title=step_source.title)
        steps.append(step)
        for group_source in step_source.groups:
            group = Group(
                project=project, step=step, number=group_source.number, title=group_source.title, position=len(groups)
            )
            groups.append(group)
            deliverables += [
                Deliverable(project=project, group=group, label=label, position=position)
                for position, label in enumerate(group_source.deliverables)
            ]
            for source in group_source.actions:
                if source.multi_og and project.kind != ProjectKind.MULTI_OG:
                    continue
                action = Action(
                    project=project,
                    group=group,
                    number=source.number,
                    label=source.label,
                    objective=source.objective,
                    position=len(actions),
                )
                actions.append(action)
                raci += [
                    RaciEntry(project=project, action=action, letter=letter, actor=actor)
                    for letter, actors in source.raci.items()
                    for actor in actors
                ]
    Step.objects.bulk_create(steps)
    Group.objects.bulk_create(groups)
    Action.objects.bulk_create(actions)
    RaciEntry.objects.bulk_create(raci)
    Deliverable.objects.bulk_create(deliverables)
    return checklist


def set_status(*, action: Action, version: int, status: Status, user: User, reason: str = "") -> Action:
    """Change the status of an action. OK dates it today; « sans objet » needs a reason.

    Raises DomainError (field `reason`) without one, Conflict when somebody changed the action since `version`.
    """
    reason = reason.strip()
    if status == Status.NOT_APPLICABLE and not reason:
        raise DomainError("Dites pourquoi cette action est sans objet.", field="reason")
    return change(
        action,
        version=version,
        status=status,
        status_at=timezone.now(),
        status_by=user,
        not_applicable_reason=reason if status == Status.NOT_APPLICABLE else "",
        done_on=timezone.localdate() if status == Status.OK else None,
    )


def edit(*, action: Action, version: int, field: str, value: Any) -> Action:
    """Write one field of an action (`EDITABLE`), already of the right type.

    Raises DomainError when the person named doesn't take part in the project, Conflict when somebody changed
    the action since `version`.
    """
    if field not in EDITABLE:
        raise ValueError(f"{field} is not edited one by one.")
    if field == "ko_owner" and value is not None:
        _check_takes_part(action.project, value)
    return change_fields(action, version=version, **{field: value})


@transaction.atomic
def name_person(*, action: Action, user: User, letter: Letter) -> ActionPerson:
    """Name a person on an action. Naming twice changes nothing. Raises DomainError for an outsider."""
    _check_takes_part(action.project, user)
    person, _ = ActionPerson.objects.get_or_create(
        project_id=action.project_id, action=action, user=user, letter=letter
    )
    return person


@transaction.atomic
def unname_person(*, person: ActionPerson) -> None:
    person.delete()


@transaction.atomic
def comment(*, action: Action, author: User, text: str, token: uuid.UUID) -> Comment:
    """Write in the exchanges of an action; the same form posted twice writes once. Raises DomainError when empty."""
    text = text.strip()
    if not text:
        raise DomainError("Écrivez votre message avant de l’envoyer.", field="text")
    written, _ = Comment.objects.get_or_create(
        project_id=action.project_id, token=token, defaults={"action": action, "author": author, "text": text}
    )
    return written


@transaction.atomic
def deposit(
    *,
    deliverable: Deliverable,
    kind: DepositKind,
    user: User | None,
    token: uuid.UUID,
    file: UploadedFile | None = None,
    link: str = "",
    reason: str = "",
) -> Deposit:
    """Fill the slot of a deliverable with a document, a link or a written waiver. The older ones are kept.

    Raises DomainError naming the field when what was given isn't acceptable.
    """
    values: dict[str, Any] = {}
    if kind == DepositKind.FILE:
        if file is None:
            raise DomainError("Choisissez le document à déposer.", field="file")
        values = {"file_name": check_document(file), "file": file}
    elif kind == DepositKind.LINK:
        values = {"link": _checked_link(link.strip())}
    elif reason.strip():
        values = {"reason": reason.strip()}
    else:
        raise DomainError("Dites pourquoi ce Résultat n’est pas nécessaire.", field="reason")
    given, _ = Deposit.objects.get_or_create(
        project_id=deliverable.project_id,
        token=token,
        defaults={"deliverable": deliverable, "kind": kind, "deposited_by": user, **values},
    )
    return given


def _checked_link(link: str) -> str:
    try:
        URLValidator(schemes=["https", "http"])(link)
    except ValidationError as error:
        raise DomainError("Indiquez une adresse complète, qui commence par https://.", field="link") from error
    return link


def _check_takes_part(project: Project, user: User) -> None:
    if not participants(project).filter(pk=user.pk).exists():
        raise DomainError("Cette personne ne participe pas au projet.", field="user")
