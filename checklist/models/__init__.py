"""The checklist of a project: steps, groups, actions, who does what, deliverables, exchanges."""

from checklist.models.actions import SOON, Action, ActionQuerySet
from checklist.models.deliverables import Deliverable, Deposit, deposit_path
from checklist.models.exchanges import ActionDocument, Comment, Mention, document_path
from checklist.models.raci import ActionPerson, Opinion, OpinionRequest, RaciEntry
from checklist.models.saved import SavedView
from checklist.models.snapshots import Snapshot
from checklist.models.tree import Checklist, Group, Step

__all__ = [
    "SOON",
    "Action",
    "ActionDocument",
    "ActionPerson",
    "ActionQuerySet",
    "Checklist",
    "Comment",
    "Deliverable",
    "Deposit",
    "Group",
    "Mention",
    "Opinion",
    "OpinionRequest",
    "RaciEntry",
    "SavedView",
    "Snapshot",
    "Step",
    "deposit_path",
    "document_path",
]
