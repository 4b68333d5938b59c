"""The edges of arbitrations: what the register's address asks, what is opened, written, put to a meeting."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict

from common import french
from common.uploads import ACCEPT, limit
from governance.enums import ArbitrationKind
from governance.models import Arbitration, Meeting
from governance.selectors.arbitrations import Filters, Shown
from organisations.forms import SheetForm
from organisations.models import ESMS, OG


def read_filters(query: MultiValueDict, ogs: Sequence[OG]) -> tuple[Filters, bool]:
    """The filters that the address of the register asks for, and whether they all mean something; none otherwise.

    `ogs`: those of the project, with their structures.
    """
    year, kind, concerned = query.get("annee", ""), query.get("nature", ""), query.get("concerne", "")
    places: dict[str, OG | ESMS] = {str(og.pk): og for og in ogs}
    places |= {str(esms.pk): esms for og in ogs for esms in og.esms.all()}
    try:
        filters = Filters(
            shown=Shown(query.get("vue", "")),
            kind=ArbitrationKind(kind) if kind else None,
            year=int(year) if re.fullmatch(r"20[0-9]{2}", year) else None,
            concerned=places[concerned] if concerned else None,
        )
    except (ValueError, KeyError):
        return Filters(), False
    return (filters, True) if filters.year or not year else (Filters(), False)


def read_beginning(query: MultiValueDict) -> dict[str, str]:
    """What an address puts in the form that opens an arbitration; a nature that is none is left out."""
    kind = query.get("nature", "")
    return {
        "kind": kind if kind in ArbitrationKind.values else "",
        "question": query.get("question", "")[:300],
    }


def _text(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"})


class OpenForm(forms.Form):
    """A question to be settled: the rest of its file is written afterwards, field by field."""

    question = forms.CharField(
        label="La question à trancher",
        max_length=300,
        widget=_text(2),
        help_text="Une seule question, à laquelle on répond en choisissant une option.",
        error_messages={"required": "Écrivez la question à trancher."},
    )
    kind = forms.ChoiceField(
        label="Sa nature",
        choices=[("", "Choisir une nature"), *ArbitrationKind.choices],
        help_text="Elle détermine la majorité requise.",
        error_messages={"required": "Choisissez une nature dans la liste."},
    )
    context = forms.CharField(
        label="Le contexte",
        max_length=2000,
        required=False,
        widget=_text(4),
        help_text="Faits, chiffres, contraintes, avis déjà rendus. Vous pourrez le compléter.",
    )
    deadline = forms.DateField(label="À trancher avant le", required=False, widget=_day())
    token = forms.UUIDField(widget=forms.HiddenInput)


class FileForm(SheetForm):
    """The fields of the file, each saved by itself."""

    kind = forms.ChoiceField(
        label="Nature", choices=ArbitrationKind.choices, help_text="Elle détermine la majorité requise."
    )

    class Meta:
        model = Arbitration
        fields = (
            "question",
            "kind",
            "context",
            "consequence",
            "deadline",
            "recommendation",
            "comop_opinion",
            "dpo_opinion",
        )
        widgets = {
            "question": _text(2),
            "context": _text(5),
            "consequence": _text(2),
            "deadline": forms.DateInput(),
            "recommendation": _text(2),
            "comop_opinion": _text(2),
            "dpo_opinion": _text(2),
        }
        labels = {"recommendation": "Pourquoi vous recommandez cette option"}
        help_texts = {
            "question": "Une seule question, à laquelle on répond en choisissant une option.",
            "context": "Faits, chiffres, contraintes, avis déjà rendus.",
            "consequence": "Ce qui se passe si personne ne tranche.",
            "recommendation": "La raison principale, en une phrase ou deux.",
        }


class MeetingChoice(forms.ModelChoiceField):
    widget = forms.RadioSelect

    def label_from_instance(self, meeting: Meeting) -> str:
        state = "" if meeting.convened_at else ", en préparation"
        return french.typography(f"{meeting.body} du {french.long_date(meeting.starts_at)}{state}")


class PutForm(forms.Form):
    """At which meeting it is to be decided."""

    meeting = MeetingChoice(Meeting.objects.none(), label="À quelle séance", empty_label=None)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="seance_%s", **kwargs)
        self.fields["meeting"].queryset = meetings


class VersionForm(forms.Form):
    """The version at which the file was read."""

    version = forms.IntegerField(min_value=1)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi la question n’est plus posée",
        max_length=1000,
        widget=_text(3),
        help_text="Cette raison se lit avec le dossier.",
        error_messages={"required": "Dites pourquoi la question n’est plus posée."},
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class PostponeForm(forms.Form):
    to = forms.DateField(
        label="Reporté au",
        widget=_day(),
        help_text="Le jour où la question reviendra.",
        error_messages={"required": "Choisissez le jour où la question reviendra."},
    )
    reason = forms.CharField(
        label="Pourquoi",
        max_length=1000,
        widget=_text(3),
        error_messages={"required": "Dites pourquoi il est reporté."},
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class AppliedForm(forms.Form):
    applied_on = forms.DateField(label="Appliquée le", widget=_day())
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="appliquee_%s", **kwargs)


class ConcernedChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, esms: ESMS) -> str:
        return french.typography(esms.name)


class StructuresForm(forms.Form):
    """The structures that it concerns: a field for each OG of the project."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, ogs: Sequence[OG], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="concernees_%s", **kwargs)
        self.names = [f"og-{og.pk}" for og in ogs]
        for og in ogs:
            choices = ConcernedChoice(ESMS.objects.filter(og=og), label=french.typography(og.name), required=False)
            choices.widget.choices = [(esms.pk, french.typography(esms.name)) for esms in og.esms.all()]
            self.fields[f"og-{og.pk}"] = choices

    @property
    def groups(self) -> list[forms.BoundField]:
        return [self[name] for name in self.names]

    @property
    def chosen(self) -> list[ESMS]:
        return [esms for name in self.names for esms in self.cleaned_data[name]]


class DocumentForm(forms.Form):
    """A document or a link put in the file."""

    file = forms.FileField(
        label="Document",
        required=False,
        help_text=f"PDF, document de bureautique ou image, {limit()} au plus.",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    link = forms.CharField(
        label="Ou un lien", required=False, max_length=500, help_text="Une adresse qui commence par https://."
    )
    label = forms.CharField(label="Comment l’appeler", required=False, max_length=200)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="document_%s", **kwargs)
