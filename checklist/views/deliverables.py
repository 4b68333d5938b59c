"""The « Résultats » of a group."""

import uuid

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from checklist import presentation, services
from checklist.enums import DepositKind
from checklist.forms import DepositForm
from checklist.models import Action, Deliverable, Deposit
from checklist.rights import may_change, may_read, rights_in, with_letters
from checklist.views.base import CHANGE, READ
from common.errors import DomainError
from common.ids import new_id
from common.ui import Link
from common.uploads import limit, too_large
from organisations.tenancy import ProjectView


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
        at_work = (action for action in actions if action.retired_at is None)
        return self.rights.manages or any(may_change(self.rights, action) for action in at_work)

    def get(self, request: HttpRequest, slug: str, deliverable_id: uuid.UUID) -> HttpResponse:
        asked = request.GET.get("par")
        kind = asked if asked in DepositKind.values else DepositKind.FILE
        return self.show(DepositForm(initial={"token": new_id(), "kind": kind}))

    def post(self, request: HttpRequest, slug: str, deliverable_id: uuid.UUID) -> HttpResponse:
        form = DepositForm(request.POST, request.FILES)
        if too_large(request):
            form.add_error("file", f"Ce document dépasse {limit()}.")
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
                return redirect(presentation.group_url(self.deliverable.group, self.project))
        return self.show(form, status=422)

    def show(self, form: DepositForm, *, status: int = 200) -> HttpResponse:
        step_url = presentation.group_url(self.deliverable.group, self.project)
        context = {
            "form": form,
            "waives": form["kind"].value() == DepositKind.WAIVER,
            "crumbs": presentation.crumbs(self.project, Link("Résultat"), checklist=step_url),
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
