"""The forms of django-allauth in our words, without placeholders (a label that goes away helps nobody)."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from common.french import typography
from organisations.models import User
from organisations.services import update_oneself

NO_ADDRESS, NO_PASSWORD = "Écrivez votre adresse électronique.", "Écrivez votre mot de passe."
RULE = (
    "14 caractères au moins, sans autre règle : une phrase que vous retenez convient très bien. "
    "Sont refusés votre nom, votre adresse et les mots de passe les plus répandus."
)


def _word(form: forms.BaseForm, name: str, label: str, help_text: str = "", *, empty: str = "", **attrs: str) -> None:
    """The words of a field; `empty` is what it says when left so."""
    field = form.fields[name]
    field.label, field.help_text = label, typography(help_text)
    if empty:
        field.error_messages["required"] = empty
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


def _ask_code(form: forms.BaseForm, help_text: str) -> None:
    attrs = {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "12"}
    _word(form, "code", "Code", help_text, empty="Écrivez le code.", **attrs)


class SignInForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(
            self,
            "login",
            "Adresse électronique",
            "Celle qui a reçu l’invitation.",
            empty=NO_ADDRESS,
            autocomplete="username",
        )
        _word(self, "password", "Mot de passe", empty=NO_PASSWORD)


class AskPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(
            self,
            "email",
            "Adresse électronique",
            "Celle avec laquelle vous vous connectez.",
            empty=NO_ADDRESS,
            autocomplete="username",
        )


class NewPasswordMixin:
    """The rule is said before typing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password1", "Nouveau mot de passe", RULE, empty="Écrivez le nouveau mot de passe.")
        _word(self, "password2", "Le même, une seconde fois", empty="Écrivez-le une seconde fois.")


class ChangePasswordForm(NewPasswordMixin, account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "oldpassword", "Mot de passe actuel", empty="Écrivez votre mot de passe actuel.")


class SetPasswordForm(NewPasswordMixin, account.SetPasswordForm):
    pass


class ResetPasswordForm(NewPasswordMixin, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password", "Mot de passe", empty=NO_PASSWORD)


class CodeForm(mfa.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, "Les 6 chiffres que montre votre application, ou l’un de vos codes de secours (8 chiffres).")


class ReauthenticateCodeForm(mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, "Les 6 chiffres que montre votre application, ou l’un de vos codes de secours (8 chiffres).")


class ActivateCodeForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, "Les 6 chiffres que l’application montre maintenant.")

    @property
    def secret_in_groups(self) -> str:
        """« ABCD EFGH … », easier to copy."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


class PasskeyForm(webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(
            self,
            "name",
            "Nom de cette clé",
            "Pour la reconnaître : « téléphone », « ordinateur du bureau »…",
            maxlength="60",
        )
        self.fields["passwordless"].initial = True
        _word(self, "passwordless", "Me connecter avec cette clé seule, sans mot de passe")


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "name", "Nom de cette clé", "Pour la reconnaître : « téléphone », « ordinateur du bureau »…")
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs["maxlength"] = "60"


class OneselfForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("first_name", "last_name", "title")
        widgets = {
            "first_name": forms.TextInput({"autocomplete": "given-name"}),
            "last_name": forms.TextInput({"autocomplete": "family-name"}),
            "title": forms.TextInput({"autocomplete": "organization-title"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "first_name", "Prénom", empty="Écrivez votre prénom.")
        _word(self, "last_name", "Nom", empty="Écrivez votre nom.")
        _word(self, "title", "Fonction", "Telle qu’elle s’écrit dans les comptes rendus : « Directrice de l’IME ».")

    def save(self, commit: bool = True) -> User:
        return update_oneself(self.instance, **self.cleaned_data)
