"""The pages of the checklist."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from checklist import presentation, selectors, services
from checklist.enums import DepositKind, Letter, Status
from checklist.forms import CommentForm, DepositForm, FieldForm, PersonForm, StatusForm, read_filters
from checklist.models import Action, ActionPerson, Deliverable, Deposit
from checklist.rights import Rights, may_change, may_read, rights_in, with_letters
from checklist.selectors import Filters
from checklist.selectors.action import TRACKED_FIELDS
from common.errors import Conflict, DomainError
from common.history import entries
from common.ids import new_id
from common.ui import Link
from common.uploads import too_large
from organisations.enums import Permission
from organisations.tenancy import ProjectView

READ = (Permission.VIEW_CHECKLIST, Permission.VIEW_OWN_ACTIONS)
CHANGE = (Permission.CHANGE_CHECKLIST, Permission.CHANGE_OWN_ACTIONS)


class ActionView(ProjectView, abstract=True):
    """A view of one action: `self.action`, from `number` in the URL; 404 when the person may not read it."""

    action: Action
    rights: Rights

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        self.rights = rights_in(self.project, self.request.user, self.request.access)
        actions = with_letters(Action.objects.select_related("group__step", "status_by"), self.request.user)
        self.action = get_object_or_404(actions, project=self.project, number=self.kwargs["number"])
        self.action.project = self.project
        if not may_read(self.rights, self.action):
            raise Http404
        return True

    def check_may_change(self) -> None:
        """Raises PermissionDenied when the person may read this action but not change it."""
        if not may_change(self.rights, self.action):
            raise PermissionDenied

    def back(self) -> HttpResponse:
        """To the action on its page, for a browser without scripts."""
        page = reverse("checklist", args=[self.project.slug])
        return redirect(f"{page}?{urlencode({'etape': self.action.group.step.number})}#a{self.action.number}")


class ChecklistView(ProjectView):
    """The checklist by step, filtered by the URL."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        filters, known = read_filters(request.GET)
        page = selectors.checklist_page(self.project, request.user, request.access, filters)
        if page.exists and filters.step is not None and page.step is None:
            known = False
            page = selectors.checklist_page(self.project, request.user, request.access, Filters())
        context = {
            "page": page,
            "view": presentation.page(page, self.project, request.GET if known else QueryDict()),
            "unknown": not known,
        }
        return render(request, "checklist/page.html", context)


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


class StatusView(ActionView):
    """One tap."""

    permission_required = CHANGE

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        self.check_may_change()
        form = StatusForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest("Cet état n’existe pas.")
        status = Status(form.cleaned_data["status"])
        if self.is_as_it_stands(status, form.cleaned_data["version"]):
            return self.answer(self.action) if request.htmx else self.back()  # as it is: nothing to write
        try:
            services.set_status(
                action=self.action,
                version=form.cleaned_data["version"],
                status=status,
                user=request.user,
                reason=form.cleaned_data["reason"],
            )
        except Conflict as conflict:
            return self.answer(conflict.current, attempted=status, status=409)
        except DomainError as error:
            # A tap on « sans objet » is answered by a question; only an empty answer to it is an error.
            return self.answer(
                self.action,
                attempted=status,
                error=str(error) if "reason" in request.POST else "",
                status=422 if "reason" in request.POST else 200,
            )
        return self.answer(self.action, saved=True) if request.htmx else self.back()

    def is_as_it_stands(self, status: Status, version: int) -> bool:
        return (status, version) == (self.action.status, self.action.version) and status != Status.NOT_APPLICABLE

    def answer(
        self,
        action: Action,
        *,
        attempted: Status | None = None,
        error: str = "",
        status: int = 200,
        saved: bool = False,
    ) -> HttpResponse:
        """What changes on the page: the switch, what it opens, and the progress."""
        action.group, action.project = self.action.group, self.project
        days_late = action.days_late(timezone.localdate())
        opened = self.request.POST.get("opened") == action.number  # its history is on the screen
        changes = entries(action, TRACKED_FIELDS) if opened else []
        context = {
            "action": action,
            "late": days_late > 0,
            "days_late": days_late,
            "reads_all": self.rights.reads_all,
            "attempted": attempted,
            "error": error,
            "conflict": status == 409,
            "saved_at": timezone.now() if saved else None,
            "shown": self.request.POST.get("shown", "step"),  # the page that asks: step, filter or action
            "opened": opened,
            "may_change": True,
            "just": True,  # a KO opens its card at once
            "view": presentation.tick(action, days_late, changes, selectors.progress(self.project), self.project),
        }
        template = "checklist/tick.html#fragment" if self.request.htmx else "checklist/tick.html"
        return render(self.request, template, context, status=status)


class CardView(ActionView):
    """The card that a KO opens, loaded after the tap."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        form = FieldForm(project=self.project, instance=self.action)
        context = {"action": self.action, "form": form, "may_change": may_change(self.rights, self.action)}
        return render(request, "checklist/ko_card.html", context)


class FieldView(ActionView):
    """One field, saved by itself: due date and note by who manages, the KO card by who may change the action."""

    permission_required = CHANGE

    def post(self, request: HttpRequest, slug: str, number: str, field: str) -> HttpResponse:
        if field not in services.EDITABLE:
            raise Http404
        if field in {"due_on", "note"} and not self.rights.manages:
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


class PeopleView(ActionView):
    """Name a person beside the bodies."""

    permission_required = (Permission.CHANGE_CHECKLIST,)

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        form = PersonForm(request.POST, project=self.project)
        if not form.is_valid():
            return HttpResponseBadRequest("Choisissez une personne qui participe au projet.")
        letter = Letter(form.cleaned_data["letter"])
        services.name_person(action=self.action, user=form.cleaned_data["user"], letter=letter)
        return redirect("checklist_action", slug, number)


class UnnameView(ActionView):
    permission_required = (Permission.CHANGE_CHECKLIST,)

    def post(self, request: HttpRequest, slug: str, number: str, person_id: uuid.UUID) -> HttpResponse:
        services.unname_person(person=get_object_or_404(ActionPerson, action=self.action, pk=person_id))
        return redirect("checklist_action", slug, number)


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


class DeliverableView(ProjectView, abstract=True):
    """A view of one deliverable slot, from `deliverable_id` in the URL."""

    deliverable: Deliverable

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        slots = Deliverable.objects.select_related("group__step")
        self.deliverable = get_object_or_404(slots, project=self.project, pk=self.kwargs["deliverable_id"])
        self.rights = rights_in(self.project, self.request.user, self.request.access)
        actions = with_letters(self.deliverable.group.actions.all(), self.request.user)
        return self.allowed(list(actions))

    def allowed(self, actions: list[Action]) -> bool:
        raise NotImplementedError


class DepositView(DeliverableView):
    """Fill the slot: a document, a link or a written waiver."""

    permission_required = CHANGE

    def allowed(self, actions: list[Action]) -> bool:
        return self.rights.manages or any(may_change(self.rights, action) for action in actions)

    def get(self, request: HttpRequest, slug: str, deliverable_id: uuid.UUID) -> HttpResponse:
        asked = request.GET.get("par")
        kind = asked if asked in DepositKind.values else DepositKind.FILE
        return self.show(DepositForm(initial={"token": new_id(), "kind": kind}))

    def post(self, request: HttpRequest, slug: str, deliverable_id: uuid.UUID) -> HttpResponse:
        form = DepositForm(request.POST, request.FILES)
        if too_large(request):
            form.add_error("file", f"Ce document dépasse {settings.UPLOAD_MAX_BYTES // 1024**2} Mo.")
        elif form.is_valid():
            given = form.cleaned_data
            try:
                services.deposit(
                    deliverable=self.deliverable,
                    kind=DepositKind(given["kind"]),
                    user=request.user,
                    token=given["token"],
                    file=given["file"],
                    link=given["link"],
                    reason=given["reason"],
                )
            except DomainError as error:
                form.add_error(error.field, str(error))
            else:
                page = reverse("checklist", args=[self.project.slug])
                return redirect(f"{page}?etape={self.deliverable.group.step.number}#b{self.deliverable.group.number}")
        return self.show(form, status=422)

    def show(self, form: DepositForm, *, status: int = 200) -> HttpResponse:
        group = self.deliverable.group
        page = reverse("checklist", args=[self.project.slug])
        step_url = f"{page}?etape={group.step.number}#b{group.number}"
        context = {
            "form": form,
            "waives": form["kind"].value() == DepositKind.WAIVER,
            "crumbs": [
                Link(self.project.short_name, reverse("project", args=[self.project.slug])),
                Link("Checklist", step_url),
                Link("Résultat"),
            ],
            "step_url": step_url,
            "deliverable": self.deliverable,
            "versions": self.deliverable.deposits.select_related("deposited_by"),
        }
        return render(self.request, "checklist/deposit.html", context, status=status)


class DocumentView(DeliverableView):
    """A deposited document, always as a download."""

    permission_required = READ

    def allowed(self, actions: list[Action]) -> bool:
        return self.rights.reads_all or any(may_read(self.rights, action) for action in actions)

    def get(self, request: HttpRequest, slug: str, deliverable_id: uuid.UUID, deposit_id: uuid.UUID) -> FileResponse:
        deposits = Deposit.objects.filter(deliverable=self.deliverable, kind=DepositKind.FILE)
        deposit = get_object_or_404(deposits, pk=deposit_id)
        return FileResponse(deposit.file.open("rb"), as_attachment=True, filename=deposit.file_name)
