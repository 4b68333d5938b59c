"""The people named on an action, and its Responsable."""

from uuid import UUID

from django.db import transaction

from checklist.enums import Actor, Letter
from checklist.models import Action, ActionPerson, RaciEntry
from common.errors import DomainError
from common.history import versions_of
from organisations.models import Project, User
from organisations.selectors import participants


@transaction.atomic
def name_person(*, action: Action, user: User, letter: Letter) -> ActionPerson:
    """Name a person on an action. Naming twice changes nothing. Raises DomainError for an outsider."""
    check_takes_part(action.project, user)
    person, _ = ActionPerson.objects.get_or_create(
        project_id=action.project_id, action=action, user=user, letter=letter
    )
    return person


@transaction.atomic
def unname_person(*, person: ActionPerson) -> None:
    person.delete()


@transaction.atomic
def restore_person(*, action: Action, person_id: UUID) -> ActionPerson:
    """Name again somebody taken off the action, under the same letter, as the history knows it.

    Raises ActionPerson.DoesNotExist for a row that this action never had, DomainError for somebody who has left.
    """
    versions = versions_of(ActionPerson).filter(action=action, pgh_obj=person_id)
    was = versions.select_related("user").order_by("-pgh_id").first()
    if was is None:
        raise ActionPerson.DoesNotExist(person_id)
    return name_person(action=action, user=was.user, letter=Letter(was.letter))


@transaction.atomic
def appoint_responsible(*, action: Action, who: Actor | User) -> RaciEntry | ActionPerson:
    """Give an action without a Responsable one: a body or function, or a person. The same choice twice is made once.

    Raises DomainError (field `who`) when somebody else was appointed meanwhile, or for an outsider.
    """
    Action.objects.select_for_update(of=("self",)).get(pk=action.pk)  # one writer at a time
    entries = RaciEntry.objects.filter(action=action, letter=Letter.R).order_by("pk")
    named = ActionPerson.objects.filter(action=action, letter=Letter.R).select_related("user").order_by("pk")
    held = entries.first() or named.first()
    if held is not None:
        holder = Actor(held.actor) if isinstance(held, RaciEntry) else held.user
        if holder == who:
            return held
        name = holder.label if isinstance(holder, Actor) else holder.get_full_name()
        raise DomainError(f"{name} a été désigné Responsable entre-temps. Rien n’a été changé.", field="who")
    if isinstance(who, User):
        return name_person(action=action, user=who, letter=Letter.R)
    return RaciEntry.objects.create(project_id=action.project_id, action=action, letter=Letter.R, actor=who)


@transaction.atomic
def dismiss_responsible(*, action: Action, given_id: UUID) -> None:
    """Take back what `appoint_responsible` gave; twice is once."""
    for model in (RaciEntry, ActionPerson):
        model._default_manager.filter(action=action, letter=Letter.R, pk=given_id).delete()


def check_takes_part(project: Project, user: User) -> None:
    """Raises DomainError (field `user`) for somebody who takes no part in the project."""
    if not participants(project).filter(pk=user.pk).exists():
        raise DomainError("Cette personne ne participe pas au projet.", field="user")
