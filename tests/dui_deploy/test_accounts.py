"""Signing in, passwords, second factors, one's own account."""

import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from allauth.account import urls as account_urls
from allauth.mfa import urls as mfa_urls
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, reverse

from dui_deploy.demo import signin
from dui_deploy.demo.source import Persona
from organisations.enums import Role
from organisations.models import Membership, User
from organisations.services import end, grant
from tests.factories import PASSWORD, UserFactory
from tests.harness.world import World

NEW = "quatre mots sans rapport"
SignIn = Callable[..., Any]

pytestmark = pytest.mark.django_db


def words(response: Any) -> str:
    """What a page says, without tags and with plain spaces."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def sign_in(client: Client, user: User, password: str = PASSWORD, **data: str) -> Any:
    return client.post(reverse("account_login"), {"login": user.email, "password": password, **data})


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


@pytest.fixture
def user() -> User:
    return UserFactory()


@pytest.fixture
def me(user: User) -> Client:
    """A browser in which the person has signed in with the password."""
    client = Client()
    sign_in(client, user)
    return client


@pytest.fixture
def confirmed(me: Client) -> Client:
    """The same, and the person has just confirmed the password."""
    me.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return me


def code_of(secret: str) -> str:
    """What the telephone shows now: accepted for half a minute at least, where the one before it may end at once."""
    counters = list(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counters[len(counters) // 2]))


def enrol(client: Client) -> str:
    """Add a code application; its secret."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert page.context["form"].secret_in_groups in words(page)
    response = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert response.url == reverse("mfa_view_recovery_codes")
    return secret


class TestSignIn:
    def test_opens_my_work(self, user: User) -> None:
        client = Client()
        assert sign_in(client, user).url == reverse("home")
        assert is_signed_in(client)

    def test_address_in_any_case(self, user: User) -> None:
        response = Client().post(reverse("account_login"), {"login": user.email.upper(), "password": PASSWORD})
        assert response.url == reverse("home")

    def test_says_the_same_for_a_wrong_password_and_an_unknown_address(self, user: User) -> None:
        wrong = words(sign_in(Client(), user, "un autre mot de passe"))
        unknown = words(Client().post(reverse("account_login"), {"login": "x@exemple.fr", "password": PASSWORD}))
        for page in (wrong, unknown):
            assert "Connexion refusée L’adresse ou le mot de passe n’est pas le bon." in page
            assert "est à corriger" not in page

    def test_says_what_is_left_to_write(self) -> None:
        page = words(Client().post(reverse("account_login"), {"login": "", "password": ""}))
        for text in ("Écrivez votre adresse électronique.", "Écrivez votre mot de passe."):
            assert page.count(text) == 2, "once above, once beside its field"
        assert "Ce champ est obligatoire" not in page

    def test_keeps_the_address_typed(self, user: User) -> None:
        assert f'value="{user.email}"' in sign_in(Client(), user, "un autre mot de passe").content.decode()

    def test_opens_the_page_asked_for(self, user: User) -> None:
        client = Client()
        asked = client.get(reverse("account"))
        assert asked.url == f"{reverse('account_login')}?next={reverse('account')}"
        page = client.get(asked.url).content.decode()
        assert f'name="next" value="{reverse("account")}"' in page
        assert sign_in(client, user, next=reverse("account")).url == reverse("account")

    def test_opens_no_other_site(self, user: User) -> None:
        assert sign_in(Client(), user, next="https://ailleurs.example/").url == reverse("home")

    def test_slows_down_guessing(self, user: User) -> None:
        for _ in range(5):
            sign_in(Client(), user, "un autre mot de passe")
        client = Client()
        assert "Trop d’essais à la suite. Attendez cinq minutes" in words(sign_in(client, user))
        assert not is_signed_in(client)

    def test_too_many_requests_says_how_long_to_wait(self, user: User, settings: Any) -> None:
        settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
        sign_in(Client(), user, "un autre mot de passe")
        response = sign_in(Client(), user)
        assert response.status_code == 429
        assert response["Retry-After"] == "300"
        assert "attendez cinq minutes" in words(response)

    def test_a_closed_account_stays_out(self, user: User) -> None:
        User.objects.filter(pk=user.pk).update(is_active=False)
        client = Client()
        sign_in(client, user)
        assert not is_signed_in(client)

    def test_leaving_asks_first_and_never_by_a_link(self, me: Client) -> None:
        assert "Vous allez vous déconnecter" in words(me.get(reverse("account_logout")))
        assert is_signed_in(me)
        assert me.post(reverse("account_logout")).url == reverse("account_login")
        assert not is_signed_in(me)


class TestDemonstration:
    @pytest.fixture(autouse=True)
    def persona(self, user: User, monkeypatch: pytest.MonkeyPatch) -> Persona:
        persona = Persona("lead", user.get_full_name(), "Cheffe de projet", user.email)
        monkeypatch.setattr(signin, "personas", lambda: (persona,))
        monkeypatch.setattr("dui_deploy.account.views.personas", lambda: (persona,))
        return persona

    def test_is_nowhere_outside_it(self, settings: Any, persona: Persona) -> None:
        settings.DEMO = False
        client = Client()
        page = words(client.get(reverse("account_login")))
        assert "démonstration" not in page
        assert persona.name not in page
        assert client.post(reverse("demo_signin"), {"compte": "lead"}).status_code == 404
        assert client.get(reverse("demo_signin")).status_code == 404
        assert not is_signed_in(client)

    def test_enters_as_the_person_chosen(self, settings: Any, user: User) -> None:
        settings.DEMO = True
        client = Client()
        assert "Entrer dans la démonstration" in words(client.get(reverse("account_login")))
        response = client.post(reverse("demo_signin"), {"compte": "lead", "next": reverse("help")})
        assert response.url == reverse("help")
        assert client.get(reverse("account")).context["request"].user == user

    def test_opens_no_other_site(self, settings: Any) -> None:
        settings.DEMO = True
        response = Client().post(reverse("demo_signin"), {"compte": "lead", "next": "//ailleurs.example/"})
        assert response.url == reverse("home")

    def test_knows_only_its_people(self, settings: Any) -> None:
        settings.DEMO = True
        assert Client().post(reverse("demo_signin"), {"compte": "personne"}).status_code == 404
        assert Client().post(reverse("demo_signin")).status_code == 404

    def test_asks_for_the_token_of_the_form(self, settings: Any) -> None:
        settings.DEMO = True
        response = Client(enforce_csrf_checks=True).post(reverse("demo_signin"), {"compte": "lead"})
        assert response.status_code == 403


class TestPassword:
    def change(self, client: Client, new: str, again: str = "", old: str = PASSWORD) -> Any:
        data = {"oldpassword": old, "password1": new, "password2": again or new}
        return client.post(reverse("account_change_password"), data)

    def test_says_its_rule_before_typing(self, me: Client) -> None:
        assert "14 caractères au moins, sans autre règle" in words(me.get(reverse("account_change_password")))

    @pytest.mark.parametrize("new", ["aaaa bbbb cccc", "12345678901234567890x", "éèà çù ï ô û ê â"])
    def test_any_fourteen_characters_will_do(self, me: Client, new: str) -> None:
        assert self.change(me, new).url == reverse("account")

    def test_thirteen_will_not(self, me: Client) -> None:
        assert "au minimum 14 caractères" in words(self.change(me, "treize signes"))

    def test_nor_a_common_one(self, me: Client) -> None:
        assert "trop courant" in words(self.change(me, "password123456"))

    def test_nor_ones_own_name(self, me: Client, user: User) -> None:
        User.objects.filter(pk=user.pk).update(last_name="Duchemin-Vauclair")
        assert "trop semblable" in words(self.change(me, "duchemin-vauclair"))

    def test_nor_two_different_ones(self, me: Client) -> None:
        assert "mot de passe" in words(self.change(me, NEW, "autre chose que cela"))
        assert is_signed_in(me)

    def test_the_old_one_is_asked(self, me: Client) -> None:
        assert "Ce n’est pas votre mot de passe actuel." in words(self.change(me, NEW, old="autre chose"))

    def test_changing_it_ends_the_other_sessions(self, me: Client, user: User, mailoutbox: list[Any]) -> None:
        elsewhere = Client()
        sign_in(elsewhere, user)
        self.change(me, NEW)
        assert is_signed_in(me)
        assert not is_signed_in(elsewhere)
        assert [mail.to for mail in mailoutbox] == [[user.email]]
        assert "vient de changer" in mailoutbox[0].body

    def test_changing_it_does_not_wait_for_the_mail_server(
        self, me: Client, user: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: Any, **kwargs: Any) -> None:
            raise ConnectionRefusedError

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
        assert self.change(me, NEW).status_code == 302
        user.refresh_from_db()
        assert user.check_password(NEW)

    def test_first_one_of_an_account_without(self, client_as: SignIn) -> None:
        user = UserFactory(password=None)
        client = client_as(user)
        assert client.get(reverse("account_change_password")).url == reverse("account_set_password")
        assert client.post(reverse("account_set_password"), {"password1": NEW, "password2": NEW}).status_code == 302
        assert client.get(reverse("account")).status_code == 200

    def ask_link(self, user: User, mailoutbox: list[Any]) -> str:
        response = Client().post(reverse("account_reset_password"), {"email": user.email})
        assert response.url == reverse("account_reset_password_done")
        return re.search(r"https?://[^/\s]+(/\S+)", mailoutbox[-1].body).group(1)

    def test_forgotten(self, me: Client, user: User, mailoutbox: list[Any]) -> None:
        link = self.ask_link(user, mailoutbox)
        assert mailoutbox[0].subject.startswith("Passerelle DUI")
        client = Client()
        form = client.get(link, follow=True)
        assert "14 caractères au moins" in words(form)
        done = client.post(form.context["action_url"], {"password1": NEW, "password2": NEW}, follow=True)
        assert "Votre nouveau mot de passe est enregistré" in words(done)
        assert not is_signed_in(me), "sessions from before the reset must end"
        assert sign_in(Client(), user, NEW).status_code == 302
        assert "Ce lien n’est plus valable" in words(Client().get(link, follow=True))

    def test_forgotten_link_lasts_two_hours(self, user: User, mailoutbox: list[Any], settings: Any) -> None:
        assert django_settings.PASSWORD_RESET_TIMEOUT == 7200
        link = self.ask_link(user, mailoutbox)
        settings.PASSWORD_RESET_TIMEOUT = -1
        assert "Ce lien n’est plus valable" in words(Client().get(link, follow=True))

    def test_forgotten_says_nothing_of_who_has_an_account(self, user: User, mailoutbox: list[Any]) -> None:
        known = Client().post(reverse("account_reset_password"), {"email": user.email})
        unknown = Client().post(reverse("account_reset_password"), {"email": "inconnue@exemple.fr"})
        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
        assert "Aucun compte n’y est rattaché" in mailoutbox[1].body


class TestRoleEnds:
    def test_open_sessions_end_with_it(self, world: World) -> None:
        user = UserFactory()
        membership: Membership = grant(user=user, role=Role.OBSERVER, target=world.project, granted_by=world.lead)
        client = Client()
        sign_in(client, user)
        assert world.project.name in words(client.get(reverse("account")))
        end(membership)
        assert not is_signed_in(client)
        sign_in(client, user)
        page = words(client.get(reverse("account")))
        assert "vous ne tenez aucun rôle aujourd’hui" in page
        assert world.project.name not in page


class TestSecondFactor:
    def test_enrolling_asks_the_password_again(self, me: Client) -> None:
        response = me.get(reverse("mfa_activate_totp"))
        assert response.url.startswith(reverse("account_reauthenticate"))
        confirmed = me.post(response.url, {"password": PASSWORD})
        assert confirmed.url == reverse("mfa_activate_totp")

    def test_then_signing_in_asks_a_code(self, confirmed: Client, user: User) -> None:
        secret = enrol(confirmed)
        client = Client()
        first = sign_in(client, user, next=reverse("help"))
        assert first.url.startswith(reverse("mfa_authenticate"))
        assert not is_signed_in(client)
        assert "Ce code n’est pas le bon" in words(client.post(first.url, {"code": "000000"}))
        second = client.post(first.url, {"code": code_of(secret)})
        assert second.url == reverse("help")
        assert is_signed_in(client)

    def test_a_code_serves_once(self, confirmed: Client, user: User) -> None:
        secret = enrol(confirmed)
        code = code_of(secret)
        for client, enters in ((Client(), True), (Client(), False)):
            client.post(sign_in(client, user).url, {"code": code})
            assert is_signed_in(client) is enters

    def test_recovery_codes_serve_once_each(self, confirmed: Client, user: User) -> None:
        enrol(confirmed)
        page = confirmed.get(reverse("mfa_view_recovery_codes"))
        codes = page.context["unused_codes"]
        assert len(codes) == 10
        assert all(code in words(page) for code in codes)
        saved = confirmed.get(reverse("mfa_download_recovery_codes"))
        assert saved["Content-Disposition"].startswith("attachment")
        assert all(code in saved.content.decode() for code in codes)
        for client, enters in ((Client(), True), (Client(), False)):
            client.post(sign_in(client, user).url, {"code": codes[0]})
            assert is_signed_in(client) is enters
        assert "Neuf codes servent encore" in words(confirmed.get(reverse("mfa_view_recovery_codes")))

    def test_new_recovery_codes_annul_the_old(self, confirmed: Client) -> None:
        enrol(confirmed)
        before = confirmed.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
        generate = reverse("mfa_generate_recovery_codes")
        assert "De nouveaux codes annuleront les anciens" in words(confirmed.get(generate))
        confirmed.post(generate)
        after = confirmed.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
        assert not set(before) & set(after)

    def test_taking_it_away(self, confirmed: Client, user: User) -> None:
        enrol(confirmed)
        assert "plus aucun code ne sera demandé" in words(confirmed.get(reverse("mfa_deactivate_totp")))
        confirmed.post(reverse("mfa_deactivate_totp"))
        assert not Authenticator.objects.filter(user=user).exists()
        assert sign_in(Client(), user).url == reverse("home")

    def test_each_change_is_told_by_mail(
        self, confirmed: Client, user: User, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            enrol(confirmed)
        assert [mail.to for mail in mailoutbox] == [[user.email]]
        assert "application à codes" in mailoutbox[0].body
        assert "Ce n’était pas vous" in mailoutbox[0].body

    def test_secrets_are_not_readable_in_the_database(self, confirmed: Client, user: User) -> None:
        secret = enrol(confirmed)
        stored = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data
        assert secret not in str(stored)

    def test_secrets_outlive_a_change_of_key(self, confirmed: Client, user: User, settings: Any) -> None:
        secret = enrol(confirmed)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "une autre clé" * 6
        client = Client()
        assert client.post(sign_in(client, user).url, {"code": code_of(secret)}).url == reverse("home")

    def test_the_operator_can_remove_it(self, confirmed: Client, user: User) -> None:
        enrol(confirmed)
        call_command("remove_second_factor", user.email, stdout=StringIO())
        assert not is_signed_in(confirmed)
        assert sign_in(Client(), user).url == reverse("home")
        with pytest.raises(CommandError, match="pas de seconde vérification"):
            call_command("remove_second_factor", user.email)

    def test_nobody_elses(self, confirmed: Client) -> None:
        other = Authenticator.objects.create(user=UserFactory(), type=Authenticator.Type.WEBAUTHN, data={})
        for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
            assert confirmed.get(reverse(name, args=[other.pk])).status_code == 404
            assert confirmed.post(reverse(name, args=[other.pk])).status_code == 404
        assert Authenticator.objects.filter(pk=other.pk).exists()


class TestAccount:
    def test_shows_who_i_am(self, world: World, client_as: SignIn) -> None:
        director = world.person(Role.ESMS_DIRECTOR)
        page = words(client_as(director).get(reverse("account")))
        for text in (director.get_full_name(), director.email, world.project.name, Role.ESMS_DIRECTOR.label):
            assert text in page

    def test_changes_my_name_and_title(self, me: Client, user: User) -> None:
        data = {"first_name": "Ève", "last_name": "L’Hôpital", "title": "Directrice"}
        page = words(me.post(reverse("account"), data, follow=True))
        assert "sont enregistrés" in page
        user.refresh_from_db()
        assert (user.get_full_name(), user.title) == ("Ève L’Hôpital", "Directrice")

    def test_never_the_address_nor_a_right(self, me: Client, user: User) -> None:
        data = {"first_name": "Ève", "last_name": "L", "email": "autre@exemple.fr", "is_superuser": "on"}
        me.post(reverse("account"), data)
        before = user.email
        user.refresh_from_db()
        assert (user.email, user.is_superuser) == (before, False)

    def test_refuses_no_name_and_keeps_what_was_typed(self, me: Client, user: User) -> None:
        response = me.post(reverse("account"), {"first_name": " ", "last_name": "Saisi", "title": ""})
        assert response.status_code == 422
        assert 'value="Saisi"' in response.content.decode()
        assert user.get_full_name() in words(response)


# Each address that django-allauth offers: None when it is closed here; otherwise where a GET leads somebody anonymous,
# and somebody signed in: a status, or the name of the page that it leads to.
ADDRESSES: dict[str, tuple[int | str, int | str] | None] = {
    "account_login": (200, "home"),
    "account_logout": ("account_login", 200),
    "account_inactive": (200, 200),
    "account_signup": (200, "home"),
    "account_reauthenticate": ("account_login", 200),
    "account_email": None,
    "account_email_verification_sent": None,
    "account_confirm_email": None,
    "account_confirm_login_code": None,
    "account_change_password": ("account_login", 200),
    "account_set_password": ("account_login", "account_change_password"),
    "account_reset_password": (200, 200),
    "account_reset_password_done": (200, 200),
    "account_reset_password_from_key": (200, 200),
    "account_reset_password_from_key_done": (200, 200),
    "mfa_index": ("account_login", 200),
    "mfa_authenticate": ("account_login", "home"),
    "mfa_reauthenticate": ("account_login", "account_reauthenticate"),
    "mfa_activate_totp": ("account_login", 200),
    "mfa_deactivate_totp": ("account_login", 404),
    "mfa_view_recovery_codes": ("account_login", 404),
    "mfa_download_recovery_codes": ("account_login", 404),
    "mfa_generate_recovery_codes": ("account_login", 200),
    "mfa_list_webauthn": ("account_login", 200),
    "mfa_add_webauthn": ("account_login", 200),
    "mfa_reauthenticate_webauthn": ("account_login", "account_reauthenticate"),
    "mfa_remove_webauthn": ("account_login", 404),
    "mfa_edit_webauthn": ("account_login", 404),
    "mfa_login_webauthn": ("account_login", "home"),
}
ARGUMENTS = {
    "account_reset_password_from_key": {"uidb36": "abc", "key": "def"},
    "mfa_remove_webauthn": {"pk": 1},
    "mfa_edit_webauthn": {"pk": 1},
}


def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        found |= names(pattern.url_patterns) if isinstance(pattern, URLResolver) else {pattern.name}
    return found


class TestAddresses:
    def test_each_of_allauths_is_decided(self) -> None:
        assert names(account_urls.urlpatterns) | names(mfa_urls.urlpatterns) == set(ADDRESSES)

    @pytest.mark.parametrize("name", [name for name, leads in ADDRESSES.items() if leads is None])
    def test_closed(self, name: str) -> None:
        with pytest.raises(NoReverseMatch):
            reverse(name)

    @pytest.mark.parametrize("name", [name for name, leads in ADDRESSES.items() if leads])
    @pytest.mark.parametrize("signed_in", [False, True])
    def test_leads(self, name: str, signed_in: bool, confirmed: Client) -> None:
        client = confirmed if signed_in else Client()
        leads = ADDRESSES[name][signed_in]
        response = client.get(reverse(name, kwargs=ARGUMENTS.get(name)))
        if isinstance(leads, int):
            assert response.status_code == leads
        else:
            assert response.status_code == 302
            assert response.url.split("?")[0] == reverse(leads)

    def test_nobody_signs_up(self) -> None:
        count = User.objects.count()
        data = {"email": "intruse@exemple.fr", "password1": NEW, "password2": NEW}
        assert "on vous invite" in words(Client().post(reverse("account_signup"), data))
        assert User.objects.count() == count

    @pytest.mark.parametrize("name", ["account_login", "mfa_add_webauthn", "mfa_activate_totp"])
    def test_no_code_in_the_page(self, name: str, confirmed: Client) -> None:
        """The Content-Security-Policy would refuse it: scripts are files; what is inline is data."""
        client = Client() if name == "account_login" else confirmed
        page = client.get(reverse(name)).content.decode()
        assert not re.search(r"\son\w+=|\sstyle=|javascript:|<style", page)
        for script in re.findall(r"<script[^>]*>", page):
            assert " src=" in script or 'type="application/json"' in script
