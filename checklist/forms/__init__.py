"""The edges of the checklist: what is posted or stands in an address, turned into values or refused in words."""

from checklist.forms.base import DateInput, VersionForm
from checklist.forms.bulk import Change, SelectionForm, read_selection
from checklist.forms.documents import DepositForm, DocumentForm
from checklist.forms.exchanges import CommentForm
from checklist.forms.fields import FieldForm
from checklist.forms.filters import SaveViewForm, read_filters, read_month, read_raci_filters
from checklist.forms.opinions import AskOpinionForm, OpinionForm, opinion_forms
from checklist.forms.own_actions import NewOwnActionForm, OwnActionForm
from checklist.forms.people import AppointForm, PersonForm
from checklist.forms.raci import RaciForm
from checklist.forms.spreadsheets import ImportForm
from checklist.forms.status import CiteForm, StatusForm

__all__ = [
    "AppointForm",
    "AskOpinionForm",
    "Change",
    "CiteForm",
    "CommentForm",
    "DateInput",
    "DepositForm",
    "DocumentForm",
    "FieldForm",
    "ImportForm",
    "NewOwnActionForm",
    "OpinionForm",
    "OwnActionForm",
    "PersonForm",
    "RaciForm",
    "SaveViewForm",
    "SelectionForm",
    "StatusForm",
    "VersionForm",
    "opinion_forms",
    "read_filters",
    "read_month",
    "read_raci_filters",
    "read_selection",
]
