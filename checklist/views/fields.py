"""One field of an action, saved by itself."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from checklist import selectors, services
from checklist.forms import FieldForm
from checklist.models import Action
from checklist.views.base import CHANGE, ActionView
from common.errors import Conflict, DomainError


class FieldView(ActionView):
    """One field, saved by itself: dates and note by who manages, the KO card by who may change the action."""

    permission_required = CHANGE

    def post(self, request: HttpRequest, slug: str, number: str, field: str) -> HttpResponse:
        if field not in services.EDITABLE:
            raise Http404
        if field in services.MANAGED and not self.rights.manages:
            raise PermissionDenied
        self.check_may_change()
        form = FieldForm(request.POST, project=self.project, instance=self.action)
        for name in services.EDITABLE:
            if name != field:
                del form.fields[name]
        if not form.is_valid():
            return self.answer(form, field, status=422)
        version, value = form.cleaned_data["version"], form.cleaned_data[field]
        fresh = Action.objects.get(pk=self.action.pk)  # the form has put what was typed in self.action
        fresh.project = self.project
        try:
            written = services.edit(action=fresh, version=version, field=field, value=value)
        except Conflict as conflict:
            return self.conflict(conflict, field, value)
        except DomainError as error:
            form.add_error(field, str(error))
            return self.answer(form, field, status=422)
        self.action.version = written.version
        return self.answer(form, field) if request.htmx else self.back()

    def answer(self, form: FieldForm, field: str, *, status: int = 200) -> HttpResponse:
        context = {"action": self.action, "field": form[field], "saved_at": timezone.now() if status == 200 else None}
        return render(self.request, "checklist/field.html", context, status=status)

    def conflict(self, conflict: Conflict, field: str, mine: Any) -> HttpResponse:
        latest = selectors.latest_writer(conflict.current)
        context = {
            "action": conflict.current,
            "name": field,
            "label": FieldForm.base_fields[field].label,
            "mine": mine or "",
            "theirs": getattr(conflict.current, field) or "",
            "who": latest.who,
            "saved_at": latest.at,
            "url": reverse("checklist_field", args=[self.project.slug, self.action.number, field]),
            "keep_url": reverse("checklist_action", args=[self.project.slug, self.action.number]),
        }
        return render(self.request, "checklist/conflict.html", context, status=409)
