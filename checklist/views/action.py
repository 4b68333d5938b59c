"""One action: its panel or page, what is written there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from checklist import presentation, selectors, services
from checklist.forms import CommentForm, FieldForm, PersonForm
from checklist.views.base import READ, ActionView
from common.ids import new_id
from organisations.enums import Permission


class ActionDetailView(ActionView):
    """One action: people, exchanges, history. A panel beside the work, or a page of its own."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        return self.show(CommentForm(initial={"token": new_id()}))

    def show(self, comment_form: CommentForm, *, status: int = 200) -> HttpResponse:
        detail = selectors.action_detail(self.action, self.rights)
        template = "checklist/detail.html#panel" if self.request.htmx else "checklist/detail.html"
        context = {
            "panel": bool(self.request.htmx),  # beside the work, forms are answered in place
            "level": 3 if self.request.htmx else 2,  # of the headings
            "may_change": detail.line.may_change,
            "detail": detail,
            "view": presentation.detail(detail, self.project, comments=self.rights.comments),
            "comment_form": comment_form,
            "may_comment": self.rights.comments,
            "manages": self.rights.manages,
            "action": self.action,
            "person_form": PersonForm(project=self.project) if self.rights.manages else None,
            "field_form": FieldForm(project=self.project, instance=self.action),
        }
        return render(self.request, template, context, status=status)


class CommentView(ActionDetailView):
    """Write in the exchanges of an action."""

    permission_required = (Permission.COMMENT_CHECKLIST,)

    def get(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        return redirect("checklist_action", slug, number)

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        form = CommentForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        services.comment(
            action=self.action, author=request.user, text=form.cleaned_data["text"], token=form.cleaned_data["token"]
        )
        return redirect(f"{reverse('checklist_action', args=[slug, number])}#echanges")
