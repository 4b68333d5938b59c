"""Accepting an invitation: the only pages of the organisations that are open to all."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from common.errors import DomainError
from common.french import typography
from organisations import selectors, services
from organisations.enums import Role
from organisations.forms import AccountForm
from organisations.models import Invitation
from organisations.presentation import invitations

INVITATION_TRIES = 20  # an hour, for one invitation
AUTHENTICATION = "allauth.account.auth_backends.AuthenticationBackend"


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
            error = "Trop d’essais. Attendez une heure, puis rouvrez ce lien."
            return self.show(AccountForm(), error=error, status=429)
        if request.user.is_authenticated or self.known:
            return self.accept_with_account()
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

    def accept_with_account(self) -> HttpResponse:
        """By who is signed in; who has an account and isn't is told to."""
        user = self.request.user if self.request.user.is_authenticated else None
        try:
            services.accept_invitation(invitation=self.invitation, user=user)
        except DomainError as error:
            return self.show(AccountForm(), error=str(error), status=422)
        return self.welcome()

    def welcome(self) -> HttpResponse:
        role = Role(self.invitation.role).label
        messages.success(self.request, typography(f"Bienvenue. Vous prenez part à ce projet : {role}."))
        return redirect("project", self.invitation.project.slug)

    def show(self, form: AccountForm, *, error: str = "", status: int = 200) -> HttpResponse:
        view = invitations.invitation(self.invitation, self.request.user, self.request.path, known=self.known)
        return render(
            self.request, "organisations/invitation.html", {"form": form, "view": view, "error": error}, status=status
        )


def too_many_tries(invitation: Invitation) -> bool:
    """Whether this invitation was answered too often within the hour: a password is costly to hash."""
    key = f"invitation-tries:{invitation.pk}"
    cache.add(key, 0, timeout=3600)
    return cache.incr(key) > INVITATION_TRIES
