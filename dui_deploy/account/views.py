"""The pages of signing in that django-allauth does not make by itself."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.views import LoginView
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from dui_deploy.account.forms import OneselfForm
from dui_deploy.demo.loading import PASSWORD
from dui_deploy.demo.signin import personas
from organisations.models import User
from organisations.selectors import roles_of


class SignInView(LoginView):
    """Sign-in, with the demonstration accounts beside it where there are some."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if settings.DEMO:
            context |= {"personas": personas(), "demo_password": PASSWORD}
        return context


class AccountView(View):
    """Me: name and title (mine to change), address, roles, what protects the account."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(OneselfForm(instance=request.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        # Another object than request.user: what was refused must not show in the top bar.
        form = OneselfForm(request.POST, instance=User.objects.get(pk=request.user.pk))
        if not form.is_valid():
            return self.show(form, status=422)
        form.save()
        messages.success(request, "Votre nom et votre fonction sont enregistrés.")
        return redirect("account")

    def show(self, form: OneselfForm, *, status: int = 200) -> HttpResponse:
        kinds = list(Authenticator.objects.filter(user=self.request.user).values_list("type", flat=True))
        context = {
            "form": form,
            "memberships": roles_of(self.request.user),
            "has_application": Authenticator.Type.TOTP in kinds,
            "keys": kinds.count(Authenticator.Type.WEBAUTHN),
            "has_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        }
        return render(self.request, "account/account.html", context, status=status)


@method_decorator([never_cache, reauthentication_required(app="allauth.mfa")], name="dispatch")
class CodesView(TemplateView):
    """The recovery codes that still serve. django-allauth's own view notes on a GET that they were seen."""

    template_name = "mfa/recovery_codes/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stored = get_object_or_404(Authenticator, user=self.request.user, type=Authenticator.Type.RECOVERY_CODES)
        codes = {"unused_codes": stored.wrap().get_unused_codes(), "total_count": mfa_settings.RECOVERY_CODE_COUNT}
        return super().get_context_data(**kwargs) | codes


class CodesFileView(CodesView):
    template_name = "mfa/recovery_codes/download.txt"
    content_type = "text/plain; charset=utf-8"

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        response = super().render_to_response(context, **response_kwargs)
        response["Content-Disposition"] = 'attachment; filename="codes-de-secours.txt"'
        return response
