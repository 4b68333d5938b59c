"""Bodies: all of them, one of them, how they meet; working groups."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.french import typography
from common.ids import new_id
from governance import services
from governance.enums import BodyKind
from governance.forms.bodies import GroupForm
from governance.forms.seats import VersionForm
from governance.models import Body
from governance.presentation import bodies as presentation
from governance.presentation.seats import body_url
from governance.selectors import bodies as selectors
from governance.views.base import GovernanceView
from organisations.enums import Permission
from organisations.models import User
from organisations.presentation import sheets
from organisations.views.fields import FieldMixin

READ = (Permission.VIEW_PROJECT,)
PREPARE = (Permission.PREPARE_MEETINGS,)


class BodiesView(GovernanceView):
    """The bodies of the project, next to what the rule says of each."""

    permission_required = READ
    tab = "bodies"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        states = selectors.states_of(self.project, selectors.bodies_of(self.project))
        waiting = selectors.own_seats_to_answer(request.user, self.project)
        for seat in waiting:
            seat.project = self.project
        return self.page(
            "governance/bodies/list.html", {"view": presentation.bodies_page(states, waiting, self.project)}
        )


class SetUpView(GovernanceView):
    """Create the COSTRAT and the COMOP of a project that hasn't them."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        services.set_up_bodies(project=self.project)
        messages.success(request, typography("Le COSTRAT et le COMOP sont créés : nommez maintenant qui y siège."))
        return redirect("bodies", slug)


class GroupAddView(GovernanceView):
    """Open a working group."""

    permission_required = PREPARE
    tab = "bodies"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(GroupForm(initial={"token": new_id()}))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = GroupForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            group = services.create_group(project=self.project, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(form, status=422)
        messages.success(request, typography(f"Le groupe « {group.name} » est ouvert : nommez qui y prend part."))
        return redirect(body_url(group, self.project))

    def show(self, form: GroupForm, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "crumbs": presentation.group_crumbs(self.project)}
        return self.page("governance/bodies/group.html", context, status=status)


class BodyMixin:
    """Finds the body of the project that `code` names in the URL; 404 for another."""

    body: Body
    kwargs: dict[str, Any]

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        body = selectors.body_of(self.project, self.kwargs["code"])
        if body is None:
            raise Http404
        self.body = body
        return True


class BodyPage(BodyMixin):
    """Shows the page of a body. For a GovernanceView."""

    tab = "bodies"

    def show(self, *, refused: str = "", status: int = 200) -> HttpResponse:
        (state,) = selectors.states_of(self.project, [self.body])
        view = presentation.body_page(
            state,
            selectors.seats_of(self.body),
            self.project,
            self.request.user,
            selectors.history_of(self.body, presentation.settings_columns(self.body)),
            manages=self.rights.prepares,
            today=timezone.localdate(),
        )
        context = {"view": view, "body": self.body, "code": presentation.body_code(self.body), "refused": refused}
        return self.page("governance/bodies/body.html", context, status=status)


class BodyView(BodyPage, GovernanceView):
    """One body: who sits there and in what name, what the rule says, how it meets."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        return self.show()


class BodyFieldView(FieldMixin, BodyMixin, GovernanceView):
    """How a body meets, a field at a time."""

    permission_required = PREPARE

    @property
    def sheet(self) -> sheets.Sheet:
        return presentation.sheet_of(self.body)

    def row(self) -> Body:
        return self.body

    def write(self, row: Body, version: int, values: dict[str, Any]) -> Body:
        return services.update_body(row, version=version, **values)

    def page_url(self) -> str:
        return body_url(self.body, self.project)

    def heads(self, row: Body) -> dict[str, str]:
        (state,) = selectors.states_of(self.project, [row])
        return {"titre": presentation.body_title(state)}

    def conflict(self, current: Body, field: str, mine: Any) -> HttpResponse:
        if not isinstance(mine, User):
            return super().conflict(current, field, mine)
        # A person is posted by their id and read by their name.
        view = sheets.conflict(self.sheet, current, self.project, field, mine, page_url=self.page_url())
        return self.show("organisations/_conflict.html", {"view": replace(view, mine=str(mine.pk))}, 409)


class GroupCloseView(BodyPage, GovernanceView):
    """Close a working group, and end its seats."""

    permission_required = PREPARE

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        if self.body.kind != BodyKind.WORKING_GROUP:
            raise Http404
        return True

    def post(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        form = VersionForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
        try:
            services.close_group(body=self.body, version=form.cleaned_data["version"])
        except Conflict as conflict:
            conflict.current.project = self.project
            self.body = conflict.current
            return self.show(refused="Quelqu’un vient de changer ce groupe. Le voici comme il est.", status=409)
        messages.success(request, typography(f"Le groupe « {self.body.name} » est dissous."))
        return redirect("bodies", slug)
