"""Each table is of one structure (`StructureRow`), or of the project when it says what is common to all."""

from structures.models.documents import (
    DocumentAbsence,
    DocumentRequest,
    DocumentVersion,
    RequestedDocument,
    StructureDocument,
)
from structures.models.habilitations import HabilitationMatrix, MatrixCell, MatrixComment, MatrixProfile, MatrixQuerySet
from structures.models.inventory import Inventory, InventoryAnswer, InventoryLine, InventoryRemark, InventoryThreshold
from structures.models.inventory_collections import InventoryCollection
from structures.models.needs import CommonNeed, Need, NeedCall, NeedCollection, NeedMessage
from structures.models.pathway import PathwayLine, Reminder, ReminderLetter
from structures.models.people import Application, Appointment, Contact, ResourceCall

__all__ = [
    "Application",
    "Appointment",
    "CommonNeed",
    "Contact",
    "DocumentAbsence",
    "DocumentRequest",
    "DocumentVersion",
    "HabilitationMatrix",
    "Inventory",
    "InventoryAnswer",
    "InventoryCollection",
    "InventoryLine",
    "InventoryRemark",
    "InventoryThreshold",
    "MatrixCell",
    "MatrixComment",
    "MatrixProfile",
    "MatrixQuerySet",
    "Need",
    "NeedCall",
    "NeedCollection",
    "NeedMessage",
    "PathwayLine",
    "Reminder",
    "ReminderLetter",
    "RequestedDocument",
    "ResourceCall",
    "StructureDocument",
]
