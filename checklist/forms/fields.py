"""The fields of an action that save themselves one by one."""

from typing import Any

from django import forms
from django.db.models import Q

from checklist.forms.base import DateInput
from checklist.models import Action
from checklist.people import people_at_work
from organisations.models import Project
from organisations.selectors import participants


class FieldForm(forms.ModelForm):
    """One field of an action, saved by itself. The other fields of the form are dropped, so they can't be touched."""

    version = forms.IntegerField(min_value=1)

    class Meta:
        model = Action
        fields = ("start_on", "due_on", "note", "ko_blocker", "ko_unblock", "ko_owner", "ko_review_on")
        widgets = {
            "start_on": DateInput(),
            "due_on": DateInput(),
            "ko_review_on": DateInput(),
            "ko_blocker": forms.Textarea(attrs={"rows": 2}),
            "ko_unblock": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {
            "start_on": "Début",
            "due_on": "Échéance",
            "note": "Où en est-on, en une phrase",
            "ko_blocker": "Ce qui bloque",
            "ko_unblock": "Ce qui la débloquerait",
            "ko_owner": "Qui peut la débloquer",
            "ko_review_on": "À revoir le",
        }

    def __init__(self, *args: Any, project: Project, instance: Action, **kwargs: Any) -> None:
        # A page shows these fields for several actions: each its own ids.
        super().__init__(*args, instance=instance, auto_id=f"id_{instance.pk}_%s", **kwargs)
        able = Q(pk__in=people_at_work(project).values("pk")) | Q(pk=instance.ko_owner_id)
        self.fields["ko_owner"].queryset = participants(project).filter(able)
        self.fields["ko_owner"].empty_label = "À préciser"

    def clean_version(self) -> int:
        # A ModelForm would write its instance; the service does, under this version.
        return self.cleaned_data["version"]
