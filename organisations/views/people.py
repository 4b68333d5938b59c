"""« Qui a accès à quoi »: the page, its export, giving and ending roles."""

import csv
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render

from common import french
from common.errors import DomainError
from organisations import selectors, services
from organisations.enums import Permission, Role
from organisations.forms import EndForm, InviteForm
from organisations.models import ESMS, OG, Invitation, Membership
from organisations.presentation import invitations, people, words
from organisations.tenancy import ProjectView

TAKES_PART = (Permission.VIEW_PROJECT,)


def read_role(request: HttpRequest) -> Role | None:
    """The role that the URL filters by. Raises ValidationError on one that doesn't exist."""
    value = request.GET.get("role", "")
    if value and value not in Role.values:
        raise ValidationError("Ce rôle n’existe pas.")
    return Role(value) if value else None


class PeopleView(ProjectView):
    """Who has access to what, narrowed to the reader."""

    permission_required = TAKES_PART

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            role = read_role(request)
        except ValidationError as error:
            return HttpResponseBadRequest(error.message)
        page = selectors.people_page(self.project, request.access)
        leads = selectors.holders(self.project, [Role.PROJECT_LEAD]).get(Role.PROJECT_LEAD, [])
        manages = request.access.in_project(self.project, Permission.MANAGE_PROJECT)
        may_invite = manages or page.reach is selectors.Reach.PART
        view = people.people(page, self.project, request.access, role, may_invite=may_invite, leads=leads)
        review = people.review(selectors.latest_review(self.project), self.project) if manages else None
        return render(request, "organisations/people.html", {"view": view, "review": review})


class PeopleReviewView(ProjectView):
    """The yearly review: the lead confirms having read who has access to what."""

    permission_required = (Permission.MANAGE_PROJECT,)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        page = selectors.people_page(self.project, request.access)
        services.review_access(project=self.project, user=request.user, roles=len(page.active))
        messages.success(request, "La revue des accès est enregistrée à votre nom.")
        return redirect("people", slug)


class PeopleExportView(ProjectView):
    """The same table, for a spreadsheet: semicolons, a byte order mark, and no cell that counts as a formula."""

    permission_required = TAKES_PART

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            role = read_role(request)
        except ValidationError as error:
            return HttpResponseBadRequest(error.message)
        page = selectors.people_page(self.project, request.access)
        name = f"acces-{self.project.slug}-{french.today().isoformat()}.csv"
        response = HttpResponse(
            "\ufeff",
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
        writer = csv.writer(response, delimiter=";")
        for row in people.export_rows(page, role):
            writer.writerow([as_text(cell) for cell in row])
        return response


def as_text(cell: str) -> str:
    """A cell that a spreadsheet takes as text, whatever it begins with."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


class InviteView(ProjectView):
    """Invite an address to a role that the reader may give."""

    permission_required = TAKES_PART
    ogs: list[OG]

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        self.ogs = selectors.ogs_with_structures(self.project)
        return bool(self.form().roles)

    def form(self, data: Any = None, **initial: str) -> InviteForm:
        return InviteForm(data, access=self.request.access, project=self.project, ogs=self.ogs, initial=initial)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(self.form(role=request.GET.get("role", ""), where=request.GET.get("where", "")))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        given = form.cleaned_data
        target = form.targets[given["where"]]
        try:
            invitation = services.invite(
                email=given["email"],
                role=Role(given["role"]),
                target=target,
                invited_by=request.user,
                access=request.access,
            )
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(form, status=422)
        messages.success(request, f"L’invitation part à {invitation.email}. Elle est valable 14 jours.")
        if isinstance(target, ESMS) and request.POST.get("retour") == "structure":
            return redirect("structure_team", slug, target.slug)
        return redirect("people", slug)

    def show(self, form: InviteForm, *, status: int = 200) -> HttpResponse:
        view = invitations.inviting(form, self.project)
        template = "organisations/invite.html#where" if self.request.htmx else "organisations/invite.html"
        return render(self.request, template, {"form": form, "view": view}, status=status)


class MembershipEndView(ProjectView):
    """End a role, once what will be lost has been read."""

    permission_required = TAKES_PART
    membership: Membership

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        found = selectors.membership_of(self.project, self.kwargs["membership_id"])
        if found is None:
            raise Http404
        self.membership = found
        return services.may_give(self.request.access, Role(found.role), words.held_on(found))

    def get(self, request: HttpRequest, slug: str, membership_id: uuid.UUID) -> HttpResponse:
        return self.show(EndForm())

    def post(self, request: HttpRequest, slug: str, membership_id: uuid.UUID) -> HttpResponse:
        form = EndForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            services.end(self.membership, last_day=form.cleaned_data["last_day"])
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(form, status=422)
        if self.membership.user_id == request.user.pk:
            return redirect("home")  # who ends their own role may have lost this page with it
        messages.success(request, invitations.ended_sentence(self.membership, form.cleaned_data["last_day"]))
        return redirect("people", slug)

    def show(self, form: EndForm, *, status: int = 200) -> HttpResponse:
        held = [row for row in selectors.roles_of(self.membership.user) if row.project_id == self.project.pk]
        view = invitations.ending(
            self.membership,
            self.project,
            others=[row for row in held if row.pk != self.membership.pk],
            own=self.membership.user_id == self.request.user.pk,
            sees_all=self.request.access.in_project(self.project, Permission.VIEW_PEOPLE),
        )
        return render(self.request, "organisations/membership_end.html", {"form": form, "view": view}, status=status)


class PendingInvitationView(ProjectView, abstract=True):
    """A view of one invitation without an answer, by who may give its role."""

    invitation: Invitation

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        found = selectors.invitation_of(self.project, self.kwargs["invitation_id"])
        if found is None:
            raise Http404
        self.invitation = found
        return services.may_give(self.request.access, Role(found.role), words.held_on(found))


class InvitationRevokeView(PendingInvitationView):
    permission_required = TAKES_PART

    def post(self, request: HttpRequest, slug: str, invitation_id: uuid.UUID) -> HttpResponse:
        services.revoke(self.invitation)
        sentence = f"L’invitation de {self.invitation.email} est retirée : son lien n’ouvre plus rien."
        messages.success(request, french.typography(sentence))
        return redirect("people", slug)


class InvitationResendView(PendingInvitationView):
    permission_required = TAKES_PART

    def post(self, request: HttpRequest, slug: str, invitation_id: uuid.UUID) -> HttpResponse:
        try:
            services.resend(self.invitation)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"L’invitation repart à {self.invitation.email}, valable 14 jours.")
        return redirect("people", slug)
