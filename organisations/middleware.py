"""Who is asking, and what they may see: once per request."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.cache import patch_cache_control

from organisations.access import Access, acting_as


class AccessMiddleware:
    """`request.access`, and the transaction and row-level scope around the whole request.

    Around the whole of it because templates read the database after the view has returned. An answer of 500 or
    above writes nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            with acting_as(request.user.pk, request_id=request.id) as request.access:
                return self._answer(request)
        request.access = Access()
        with transaction.atomic():
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.access.user_id is not None:
            # Posts in structures are shared: nothing of one person stays in the browser after signing out.
            patch_cache_control(response, private=True, no_store=True)
        if response.status_code >= 500:
            transaction.set_rollback(True)
        return response


class SignedInMiddleware(LoginRequiredMiddleware):
    """Every page asks for a sign-in unless it says otherwise. To htmx, 401: the page keeps what was typed."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:
        if request.htmx:
            login = resolve_url(self.get_login_url(view_func))
            return HttpResponse(
                "Votre session est terminée. Reconnectez-vous.", status=401, headers={"X-Login-URL": login}
            )
        return super().handle_no_permission(request, view_func)
