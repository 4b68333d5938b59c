"""The people named on an action."""

from django.db import transaction

from checklist.enums import Letter
from checklist.models import Action, ActionPerson
from common.errors import DomainError
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


def check_takes_part(project: Project, user: User) -> None:
    """Raises DomainError (field `user`) for somebody who takes no part in the project."""
    if not participants(project).filter(pk=user.pk).exists():
        raise DomainError("Cette personne ne participe pas au projet.", field="user")
