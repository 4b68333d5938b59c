"""Who holds which letter on an action."""

from django.db import transaction

from checklist.models import Action, RaciEntry
from checklist.raci import Letters, letters_held
from common.errors import Conflict


@transaction.atomic
def set_letters(*, action: Action, wanted: Letters, expected: Letters) -> Letters:
    """Give the actors of an action the letters `wanted`, and return those that it has then.

    `expected` are the letters that were read. An actor for whom both are the same is left as it is now. Raises
    Conflict, and writes nothing, when somebody gave one of the others letters that are neither.
    """
    Action.objects.select_for_update(of=("self",)).get(pk=action.pk)  # one writer at a time
    held = letters_held(action)
    changed = {actor: wanted[actor] for actor in wanted if wanted[actor] != expected[actor]}
    if any(held[actor] not in (expected[actor], letters) for actor, letters in changed.items()):
        raise Conflict(current=held, attempted={"letters": wanted})
    for actor, letters in changed.items():
        RaciEntry.objects.filter(action=action, actor=actor, letter__in=held[actor] - letters).delete()
    RaciEntry.objects.bulk_create(
        RaciEntry(project_id=action.project_id, action=action, actor=actor, letter=letter)
        for actor, letters in changed.items()
        for letter in sorted(letters - held[actor])
    )
    return {**held, **changed}
