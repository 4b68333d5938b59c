"""What became of a selection, in French."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checklist.enums import Letter, Status
from checklist.models import Action
from checklist.services.bulk import Refusal, SelectionRefused
from common import french
from common.errors import Conflict, Forbidden

DATES = {"due_on": ("échéance", "plus d’échéance"), "start_on": ("début", "plus de début")}


@dataclass(frozen=True)
class Refused:
    """Why nothing was changed: a sentence, and a line an action at fault."""

    title: str
    reasons: Sequence[str] = ()


def refused(sentence: str) -> Refused:
    return Refused(french.typography(sentence))


def refused_selection(error: SelectionRefused) -> Refused:
    count = len(error.refusals)
    verb = french.agree(count, "ne peut pas changer", "ne peuvent pas changer")
    title = f"Rien n’a été changé : {french.plural(count, 'action', 'actions')} {verb}. Votre choix est gardé."
    return Refused(french.typography(title), [_reason(refusal) for refusal in error.refusals])


def refused_undo(error: SelectionRefused) -> Refused:
    title = "Rien n’a été annulé : ces actions ont changé depuis."
    return Refused(french.typography(title), [_reason(refusal) for refusal in error.refusals])


def changed(given: Mapping[str, Any], actions: Sequence[Action]) -> str:
    """« 12 actions sont OK. », « 3 actions ont pour échéance le 12 déc. », « Odile devient Acteur de 4 actions. »"""
    count = len(actions)
    subject = french.plural(count, "action", "actions")
    match given["change"]:
        case "status":
            return f"{subject} {french.agree(count, 'est', 'sont')} {_state(Status(given['status']))}."
        case "person":
            return f"{given['user'].get_full_name()} devient {Letter(given['letter']).label} de {subject}."
        case field:
            has, (name, none) = french.agree(count, "a", "ont"), DATES[field]
            if given[field] is None:
                return f"{subject} {french.agree(count, 'n’a', 'n’ont')} {none}."
            return f"{subject} {has} pour {name} le {french.long_date(given[field])}."


def restored(actions: Sequence[Action]) -> str:
    count = len(actions)
    verb = french.agree(count, "est redevenue comme avant", "sont redevenues comme avant")
    return f"{french.plural(count, 'action', 'actions')} {verb}."


def _state(status: Status) -> str:
    return status.label if status in {Status.OK, Status.KO} else status.label.lower()


def _reason(refusal: Refusal) -> str:
    """« 2.1.3 ne devient OK qu’en citant une décision. »"""
    action, error = refusal.action, refusal.error
    if isinstance(error, Forbidden):
        said = "vous la lisez sans la modifier."
    elif isinstance(error, Conflict):
        who = action.status_by.get_full_name() if action.status_by else "quelqu’un"
        said = f"changée entre-temps, elle est maintenant « {action.get_status_display()} » ({who})."
    elif error.field == "decision":
        return french.typography(f"{action.number} ne devient OK qu’en citant une décision : ouvrez-la pour la citer.")
    else:
        said = str(error)
    return french.typography(f"{action.number} : {said}")
