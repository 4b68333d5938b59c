"""The checklist of a project: steps, groups, actions, who does what, deliverables, exchanges."""

from checklist.models.actions import Action, ActionQuerySet
from checklist.models.deliverables import Deliverable, Deposit, deposit_path
from checklist.models.exchanges import Comment
from checklist.models.raci import ActionPerson, RaciEntry
from checklist.models.tree import Checklist, Group, Step

__all__ = [
    "Action",
    "ActionPerson",
    "ActionQuerySet",
    "Checklist",
    "Comment",
    "Deliverable",
    "Deposit",
    "Group",
    "RaciEntry",
    "Step",
    "deposit_path",
]
