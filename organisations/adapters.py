"""How django-allauth behaves here."""

import base64
import hashlib
import logging
from io import BytesIO
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from qrcode.image.svg import SvgPathFillImage

from common.french import typography
from organisations.models import User

logger = logging.getLogger(__name__)

SITE_NAME = "Passerelle DUI"
WRONG_CODE = "Ce code n’est pas le bon, ou il a expiré. Prenez celui que l’application montre maintenant."


def _french(messages: dict[str, str]) -> dict[str, str]:
    return {code: typography(message) for code, message in messages.items()}


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: an account is made from an invitation. E-mails need no request: some leave after it."""

    error_messages = DefaultAccountAdapter.error_messages | _french(
        {
            "account_inactive": "Ce compte est fermé.",
            "email_password_mismatch": "L’adresse ou le mot de passe n’est pas le bon. Vérifiez les deux, ou "
            "choisissez un nouveau mot de passe.",
            "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
            "incorrect_password": "Ce n’est pas votre mot de passe.",
            "incorrect_code": WRONG_CODE,
            "invalid_password_reset": "Ce lien a déjà servi ou n’est plus valable.",
            "too_many_login_attempts": "Trop d’essais à la suite. Attendez cinq minutes, puis recommencez : rien n’est "
            "bloqué pour de bon.",
            "rate_limited": "Trop d’essais à la suite. Attendez quelques minutes, puis recommencez.",
        }
    )

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_reauthentication_methods(self, user: User) -> list[dict[str, str]]:
        words = {
            "reauthenticate": "Donner mon mot de passe",
            "mfa_reauthenticate": "Donner un code",
            "mfa_reauthenticate:webauthn": "Utiliser une clé d’accès",
        }
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": words[method["id"]]} for method in methods]

    def format_email_subject(self, subject: str) -> str:
        return typography(f"{SITE_NAME} : {subject}")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        given = {"request": current.request, "email": email, "site_name": SITE_NAME, "site_url": settings.SITE_URL}
        self.render_mail(template_prefix, email, given | context).send()

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the person what changed on the account. The change stands even if the mail server is down."""
        try:
            super().send_notification_mail(template_prefix, user, context, email)
        except OSError:
            logger.exception("The notice %s could not be sent.", template_prefix)


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted in the database: a stolen copy of it opens no account."""

    error_messages = DefaultMFAAdapter.error_messages | _french(
        {
            "cannot_generate_recovery_codes": "Les codes de secours accompagnent une application ou une clé d’accès : "
            "ajoutez d’abord l’une des deux.",
            "incorrect_code": WRONG_CODE,
        }
    )

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """On white, whatever the colours of the page: a camera reads dark on light."""
        drawing = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawing)
        return drawing.getvalue().decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return f"Clé d’accès {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": SITE_NAME}


def _cipher() -> MultiFernet:
    """Keys drawn from SECRET_KEY; those of SECRET_KEY_FALLBACKS still decrypt."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(f"organisations.MFAAdapter:{secret}".encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
