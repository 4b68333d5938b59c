"""One action: its panel or page, what is written there."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from checklist import presentation, selectors
from checklist.forms import AppointForm, AskOpinionForm, CommentForm, DocumentForm, FieldForm, PersonForm, opinion_forms
from checklist.views.base import READ, ActionView
from common.ids import new_id


class ActionDetailView(ActionView):
    """One action: people, exchanges, history. A panel beside the work, or a page of its own."""

    permission_required = READ
    dates_refused = ""  # why the dates proposed were not taken, when the page says so

    def get(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        return self.show()

    def show(self, *, status: int = 200, **forms: Form) -> HttpResponse:
        """The page or the panel; `forms` replace the empty ones, by the name that the templates give them."""
        detail = selectors.action_detail(self.action, self.rights)
        view = presentation.detail(detail, self.project, self.rights)
        answers = opinion_forms(detail.opinions, self.request.user, forms.get("answer_form"))
        template = "checklist/detail.html#panel" if self.request.htmx else "checklist/detail.html"
        context = {
            "panel": bool(self.request.htmx),  # beside the work, forms are answered in place
            "level": 3 if self.request.htmx else 2,  # of the headings
            "may_change": detail.line.may_change,
            "detail": detail,
            "governed": presentation.governed(
                selectors.governed(self.action, self.rights), self.action, self.project, self.rights
            ),
            "view": view,
            "comment_form": CommentForm(initial={"token": new_id()}),
            "document_form": DocumentForm(initial={"token": new_id()}),
            "may_comment": self.rights.comments,
            "manages": self.rights.manages,
            "action": self.action,
            "person_form": PersonForm(project=self.project) if self.rights.manages else None,
            "field_form": FieldForm(project=self.project, instance=self.action),
            "dates_refused": self.dates_refused,
            "ask_form": AskOpinionForm(choices=detail.opinion_choices),
            "appoint_form": self.appoint_form(detail),
            **forms,
            "opinions": list(zip(view.opinions.blocks, answers, strict=True)),
        }
        return render(self.request, template, context, status=status)

    def appoint_form(self, detail: selectors.ActionDetail) -> AppointForm | None:
        """For who manages an action without a Responsable."""
        if not (self.rights.manages and detail.line.to_be_named):
            return None
        return AppointForm(action=self.action, appointees=selectors.appointees(self.project))


class PostedView(ActionDetailView, abstract=True):
    """What the page of an action posts. A refusal is that page with the form as it was sent; a GET leads there."""

    @property
    def place(self) -> str:
        """Which part of the page."""
        return ""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        return redirect(self.address(self.place))
