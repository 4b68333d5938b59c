"""Where the record itself sends its figures, and where that is described. No session: a key says who sends."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView

from common.errors import DomainError
from indicators import openapi
from indicators.pushed import MOST_BYTES, REFERENCE, Faulty, Unreadable
from indicators.selectors.keys import find_key
from indicators.services.keys import note_use
from indicators.services.push import NoStructure, NotNow, Receipt, Reused, receive

NO_KEY = (
    "Cette clé n’est pas valable : inconnue, expirée ou retirée. Elle s’envoie dans « Authorization: Bearer dui_… »."
)
NOT_JSON = "Envoyez du JSON : « Content-Type: application/json », sans compression."
TOO_LARGE = f"Un envoi tient en {MOST_BYTES // 1024} kio. Envoyez les chiffres en plusieurs fois."
NO_REFERENCE = (
    "Donnez à cet envoi une référence, « Idempotency-Key » : 80 signes au plus, sans espace ni accent. La même pour le "
    "renvoyer, une autre pour un autre envoi."
)
ONLY_POST = "Les chiffres s’envoient par POST."
STATUSES: dict[type[DomainError], tuple[int, str]] = {
    Unreadable: (400, "unreadable"),
    Faulty: (422, "refused"),
    NoStructure: (404, "no-structure"),
    NotNow: (409, "not-now"),
    Reused: (409, "reference-reused"),
}


@method_decorator((login_not_required, csrf_exempt), name="dispatch")
class PushView(View):
    """Takes in what a software sends under its key (`services.push`)."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        key = find_key(_bearer(request))
        if key is None:
            return problem(401, "no-key", NO_KEY, headers={"WWW-Authenticate": "Bearer"})
        if request.content_type != "application/json" or request.headers.get("Content-Encoding"):
            answer = problem(415, "not-json", NOT_JSON)
        elif int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            answer = problem(413, "too-large", TOO_LARGE)
        elif not REFERENCE.match(reference := request.headers.get("Idempotency-Key", "")):
            answer = problem(400, "no-reference", NO_REFERENCE)
        else:
            try:
                receipt = receive(key=key, reference=reference, body=request.body, request_id=request.id)
            except DomainError as error:
                answer = _refused(error)
            else:
                answer = _taken(receipt)
        note_use(key=key, request_id=request.id)
        return answer

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return problem(405, "only-post", ONLY_POST, headers={"Allow": "POST, OPTIONS"})


@method_decorator(login_not_required, name="dispatch")
class OpenApiView(View):
    """The same, described for software."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = openapi.document(settings.SITE_URL + reverse("indicator_push"))
        return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 2})


@method_decorator(login_not_required, name="dispatch")
class GuideView(TemplateView):
    """The same, described for people. Nothing of any project."""

    template_name = "indicators/keys/guide.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            address=settings.SITE_URL + reverse("indicator_push"), **openapi.guide(), **context
        )


def _bearer(request: HttpRequest) -> str:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def _taken(receipt: Receipt) -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    if receipt.again:
        headers["Idempotency-Replayed"] = "true"
    return JsonResponse(receipt.answer, headers=headers, json_dumps_params={"ensure_ascii": False, "sort_keys": True})


def _refused(error: DomainError) -> HttpResponse:
    status, code = STATUSES[type(error)]
    faults = error.faults if isinstance(error, Faulty) else []
    errors = [
        {
            "pointer": fault.pointer,
            **({"indicator": fault.indicator} if fault.indicator else {}),
            "detail": fault.message,
        }
        for fault in faults
    ]
    return problem(status, code, str(error), **({"errors": errors} if errors else {}))


def problem(
    status: int, code: str, detail: str, *, headers: dict[str, str] | None = None, **more: object
) -> HttpResponse:
    """A refusal as RFC 9457 writes it; its `type` opens the line of the guide that explains it."""
    return JsonResponse(
        {
            "type": f"{settings.SITE_URL}{reverse('indicator_push_guide')}#{code}",
            "title": openapi.TITLES[code],
            "status": status,
            "detail": detail,
            **more,
        },
        status=status,
        content_type="application/problem+json",
        headers={"Cache-Control": "no-store", **(headers or {})},
        json_dumps_params={"ensure_ascii": False},
    )
