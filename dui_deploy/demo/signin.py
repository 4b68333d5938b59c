"""Entering the demonstration as one of its people. Where there is no demonstration, there is no such page."""

from functools import cache

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views import View

from dui_deploy.demo import source
from organisations.models import User


@cache
def personas() -> tuple[source.Persona, ...]:
    """The accounts that the sign-in page offers, read once."""
    return tuple(source.personas())


@method_decorator(login_not_required, name="dispatch")
class DemoSignInView(View):
    """POST `compte=<code>` signs that persona in, without a password. 404 outside the demonstration."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("account_login")

    def post(self, request: HttpRequest) -> HttpResponse:
        emails = {persona.code: persona.email for persona in personas()}
        user = User.objects.filter(email=emails.get(request.POST.get("compte", "")), is_active=True).first()
        if user is None:
            raise Http404
        adapter = get_adapter()
        adapter.login(request, user)
        target = request.POST.get("next", "")
        return redirect(target if target and adapter.is_safe_url(target) else settings.LOGIN_REDIRECT_URL)
