"""The pages of organisations: the directory, a structure, who has access to what, settings, invitations."""

import csv
import uuid
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from common import french
from common.errors import Conflict, DomainError
from organisations import presentation, selectors, services
from organisations.enums import Level, Permission, Role
from organisations.forms import AccountForm, EndForm, InviteForm, NewEsmsForm, NewOGForm, SheetForm
from organisations.models import ESMS, OG, ESMSProfile, Invitation, Membership, Project
from organisations.presentation import DIRECTORY_SHEET, OG_SHEET, PROFILE_SHEET, PROJECT_SHEET, Sheet
from organisations.tenancy import EsmsView, ProjectView

TAKES_PART = (Permission.VIEW_PROJECT,)
MANAGES = (Permission.MANAGE_PROJECT,)
INVITATION_TRIES = 20  # an hour, for one invitation
AUTHENTICATION = "allauth.account.auth_backends.AuthenticationBackend"


# --- The directory and its structures -------------------------------------------------------------------------------


class StructuresView(ProjectView):
    """The directory, OG by OG."""

    permission_required = TAKES_PART

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        view = presentation.directory(self.project, selectors.ogs_with_structures(self.project), request.access)
        return render(request, "organisations/structures.html", {"view": view})


class StructureView(EsmsView):
    """A structure: its sheet, who works there, its history."""

    permission_required = (Permission.VIEW_STRUCTURES,)

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        view = presentation.structure(
            self.esms,
            self.project,
            selectors.team_of(self.esms),
            request.access,
            edits_directory=request.access.in_project(self.project, Permission.MANAGE_PROJECT),
            edits_profile=may_edit_profile(request, self.esms),
        )
        return render(request, "organisations/structure.html", {"view": view})


def may_edit_profile(request: HttpRequest, esms: ESMS) -> bool:
    """The direction of the structure itself, or who sets the project. An OG's direction reads (product.md)."""
    own = request.access.grants.get(Level.ESMS, {}).get(Permission.MANAGE_TEAM, frozenset())
    return esms.pk in own or request.access.in_project(esms.project, Permission.MANAGE_PROJECT)


# --- Fields that save themselves ------------------------------------------------------------------------------------


class FieldMixin:
    """Save the field that the URL names, under the version that was read. For a ProjectView or an EsmsView."""

    sheet: ClassVar[Sheet]
    request: HttpRequest
    project: Project

    def row(self) -> Any:
        raise NotImplementedError

    def write(self, row: Any, version: int, values: dict[str, Any]) -> Any:
        raise NotImplementedError

    def page_url(self) -> str:
        raise NotImplementedError

    def heads(self, row: Any) -> dict[str, str]:
        """What the page's title and sentence say now."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, field: str, **kwargs: Any) -> HttpResponse:
        if field not in self.sheet.form.names():
            raise Http404
        row = self.row()
        form = self.sheet.form(request.POST, instance=row, only=field, auto_id=f"{self.sheet.code}-id-%s")
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
            return self.answer(form, row, field, status=422)
        value = form.cleaned_data[field]
        try:
            row = self.write(row, form.cleaned_data["version"], {field: value})
        except Conflict as conflict:
            return self.conflict(conflict.current, field, value)
        except DomainError as error:
            form.add_error(field, str(error))
            return self.answer(form, row, field, status=422)
        if not request.htmx:
            messages.success(request, "C’est enregistré.")
            return redirect(self.page_url())
        # Shown as it was written: without the spaces of a SIRET.
        form = self.sheet.form(instance=row, only=field, auto_id=f"{self.sheet.code}-id-%s")
        return self.answer(form, row, field)

    def answer(self, form: SheetForm, row: Any, field: str, *, status: int = 200) -> HttpResponse:
        saved_at = timezone.now() if status == 200 else None
        item = presentation.saved_field(self.sheet, form, row, self.project, field, saved_at=saved_at)
        if status != 200:  # the form has put what was typed in the row; the version is the one posted
            item = presentation.with_version(item, self.request.POST.get("version", ""))
        return self.show("organisations/_field.html", {"item": item, "heads": self.heads(row) if saved_at else {}}, status)

    def conflict(self, current: Any, field: str, mine: Any) -> HttpResponse:
        view = presentation.conflict(self.sheet, current, self.project, field, mine, page_url=self.page_url())
        return self.show("organisations/_conflict.html", {"view": view}, 409)

    def show(self, fragment: str, context: dict[str, Any], status: int) -> HttpResponse:
        """The fragment for htmx, a page around it for a browser without scripts."""
        if self.request.htmx:
            return render(self.request, fragment, context, status=status)
        context = {**context, "fragment": fragment, "page_url": self.page_url()}
        return render(self.request, "organisations/field_page.html", context, status=status)


class ProjectFieldView(FieldMixin, ProjectView):
    permission_required = MANAGES
    sheet = PROJECT_SHEET

    def row(self) -> Project:
        return self.project

    def write(self, row: Project, version: int, values: dict[str, Any]) -> Project:
        return services.update_project(row, version=version, **values)

    def page_url(self) -> str:
        return reverse("project_settings", args=[self.project.slug])

    def heads(self, row: Project) -> dict[str, str]:
        return {"titre": presentation.settings_title(row)}


class DirectoryFieldView(FieldMixin, EsmsView):
    """What the whole project reads of a structure: the lead's to change."""

    permission_required = MANAGES
    sheet = DIRECTORY_SHEET

    def row(self) -> ESMS:
        return self.esms

    def write(self, row: ESMS, version: int, values: dict[str, Any]) -> ESMS:
        return services.update_esms(row, version=version, **values)

    def page_url(self) -> str:
        return reverse("structure", args=[self.project.slug, self.esms.slug])

    def heads(self, row: ESMS) -> dict[str, str]:
        return {"titre": presentation.structure_title(row)}


class ProfileFieldView(FieldMixin, EsmsView):
    """What a structure tells of itself: its direction's to change, or the lead's."""

    permission_required = (Permission.MANAGE_TEAM, Permission.MANAGE_PROJECT)
    sheet = PROFILE_SHEET

    def has_permission(self) -> bool:
        return super().has_permission() and may_edit_profile(self.request, self.esms)

    def row(self) -> ESMSProfile:
        self.esms.profile.esms = self.esms
        return self.esms.profile

    def write(self, row: ESMSProfile, version: int, values: dict[str, Any]) -> ESMSProfile:
        written = services.update_profile(row, version=version, **values)
        written.esms = self.esms
        return written

    def page_url(self) -> str:
        return reverse("structure", args=[self.project.slug, self.esms.slug])

    def heads(self, row: ESMSProfile) -> dict[str, str]:
        return {"bilan": presentation.structure_lede(row)}


class OGMixin:
    """Finds the OG of the project that `og_id` names in the URL."""

    project: Project
    kwargs: dict[str, Any]

    def find_og(self) -> OG:
        og = get_object_or_404(OG, project=self.project, pk=self.kwargs["og_id"])
        og.project = self.project
        return og


class OGFieldView(FieldMixin, OGMixin, ProjectView):
    permission_required = MANAGES
    sheet = OG_SHEET

    def row(self) -> OG:
        return self.find_og()

    def write(self, row: OG, version: int, values: dict[str, Any]) -> OG:
        return services.update_og(row, version=version, **values)

    def page_url(self) -> str:
        return reverse("og_edit", args=[self.project.slug, self.kwargs["og_id"]])

    def heads(self, row: OG) -> dict[str, str]:
        return {}


# --- Settings -------------------------------------------------------------------------------------------------------


class SettingsView(ProjectView):
    """The sheet of the project, its OG, its history."""

    permission_required = MANAGES

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        view = presentation.settings(self.project, selectors.ogs_with_structures(self.project))
        return render(request, "organisations/settings.html", {"view": view})


class OGView(OGMixin, ProjectView):
    """The sheet of an OG, its structures, its history."""

    permission_required = MANAGES

    def get(self, request: HttpRequest, slug: str, og_id: uuid.UUID) -> HttpResponse:
        og = self.find_og()
        view = presentation.og_page(self.project, og, list(og.esms.all()))
        return render(request, "organisations/og.html", {"view": view})


class AddView(ProjectView, abstract=True):
    """A form that adds a row."""

    template: ClassVar[str]

    def form(self, data: Any = None) -> Any:
        raise NotImplementedError

    def add(self, given: dict[str, Any]) -> HttpResponse:
        raise NotImplementedError

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            try:
                return self.add(form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field, str(error))
        return self.show(form, status=422)

    def show(self, form: Any, *, status: int = 200) -> HttpResponse:
        view = presentation.adding(self.project)
        return render(self.request, self.template, {"form": form, "view": view}, status=status)


class OGAddView(AddView):
    permission_required = MANAGES
    template = "organisations/og_add.html"

    def form(self, data: Any = None) -> NewOGForm:
        return NewOGForm(data)

    def add(self, given: dict[str, Any]) -> HttpResponse:
        given.pop("version", None)
        og = services.add_og(project=self.project, **given)
        messages.success(self.request, f"{og.name} prend part au projet. Ajoutez maintenant ses structures.")
        return redirect("og_edit", self.project.slug, og.pk)


class EsmsAddView(AddView):
    permission_required = MANAGES
    template = "organisations/esms_add.html"

    def form(self, data: Any = None) -> NewEsmsForm:
        return NewEsmsForm(data, project=self.project, initial={"og": self.request.GET.get("og", "")})

    def add(self, given: dict[str, Any]) -> HttpResponse:
        profile = {"finess_et": given.pop("finess_et")}
        esms = services.add_esms(profile=profile, **given)
        messages.success(self.request, f"{esms.name} est dans l’annuaire. Complétez sa fiche et nommez sa direction.")
        return redirect("structure", self.project.slug, esms.slug)


# --- « Qui a accès à quoi » -----------------------------------------------------------------------------------------


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
        view = presentation.people(page, self.project, request.access, role, may_invite=may_invite, leads=leads)
        return render(request, "organisations/people.html", {"view": view})


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
        for row in presentation.export_rows(page, role):
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
            return redirect("structure", slug, target.slug)
        return redirect("people", slug)

    def show(self, form: InviteForm, *, status: int = 200) -> HttpResponse:
        view = presentation.inviting(form, self.project)
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
        return services.may_give(self.request.access, Role(found.role), presentation.held_on(found))

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
        messages.success(request, presentation.ended_sentence(self.membership, form.cleaned_data["last_day"]))
        return redirect("people", slug)

    def show(self, form: EndForm, *, status: int = 200) -> HttpResponse:
        view = presentation.ending(self.membership, self.project, own=self.membership.user_id == self.request.user.pk)
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
        return services.may_give(self.request.access, Role(found.role), presentation.held_on(found))


class InvitationRevokeView(PendingInvitationView):
    permission_required = TAKES_PART

    def post(self, request: HttpRequest, slug: str, invitation_id: uuid.UUID) -> HttpResponse:
        services.revoke(self.invitation)
        messages.success(request, f"L’invitation de {self.invitation.email} est retirée : son lien n’ouvre plus rien.")
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


# --- Accepting an invitation ----------------------------------------------------------------------------------------


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class InvitationView(View):
    """The link of an invitation's e-mail. Open to all: the token says which invitation, or nothing."""

    def dispatch(self, request: HttpRequest, token: str) -> HttpResponse:
        self.invitation = services.find_invitation(token)
        if self.invitation is None:
            return render(request, "organisations/invitation_dead.html", status=404)
        self.known = selectors.has_account(self.invitation.email)
        return super().dispatch(request, token)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.show(AccountForm())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        if too_many_tries(self.invitation):
            return self.show(AccountForm(), error="Trop d’essais. Attendez une heure, puis rouvrez ce lien.", status=429)
        if request.user.is_authenticated:
            return self.accept_as_myself()
        form = AccountForm(request.POST)
        if form.is_valid():
            fields = {name: value for name, value in form.cleaned_data.items() if name != "password_again"}
            try:
                user = services.accept_invitation(invitation=self.invitation, user=None, **fields)
            except DomainError as error:
                form.add_error(error.field, str(error))
            except ValidationError as error:
                form.add_error("password", error)
            else:
                login(request, user, backend=AUTHENTICATION)
                return self.welcome()
        return self.show(form, status=422)

    def accept_as_myself(self) -> HttpResponse:
        try:
            services.accept_invitation(invitation=self.invitation, user=self.request.user)
        except DomainError as error:
            return self.show(AccountForm(), error=str(error), status=422)
        return self.welcome()

    def welcome(self) -> HttpResponse:
        role = Role(self.invitation.role).label
        messages.success(self.request, f"Bienvenue. Vous prenez part à ce projet : {role}.")
        return redirect("project", self.invitation.project.slug)

    def show(self, form: AccountForm, *, error: str = "", status: int = 200) -> HttpResponse:
        view = presentation.invitation(self.invitation, self.request.user, self.request.path, known=self.known)
        return render(
            self.request, "organisations/invitation.html", {"form": form, "view": view, "error": error}, status=status
        )


def too_many_tries(invitation: Invitation) -> bool:
    """Whether this invitation was answered too often within the hour: a password is costly to hash."""
    key = f"invitation-tries:{invitation.pk}"
    cache.add(key, 0, timeout=3600)
    return cache.incr(key) > INVITATION_TRIES
