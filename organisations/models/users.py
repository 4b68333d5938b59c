"""People who sign in."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from common.history import tracked
from common.models import Row


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


@tracked(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin, Row):
    """A person. Signs in with an e-mail address; belongs to no tenant, takes part through memberships."""

    email = models.EmailField("adresse électronique", unique=True)
    first_name = models.CharField("prénom", max_length=80)
    last_name = models.CharField("nom", max_length=80)
    title = models.CharField("fonction", max_length=120, blank=True)
    is_active = models.BooleanField("compte actif", default=True)
    session_epoch = models.PositiveIntegerField("génération des sessions", default=0, editable=False)
    date_joined = models.DateTimeField("créé le", default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]
    objects = UserManager()

    class Meta:
        ordering = ["last_name", "first_name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Changes with the password, and when a role ends: open sessions end with it.
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac(
            "organisations.User.session", value, secret=secret or settings.SECRET_KEY, algorithm="sha256"
        ).hexdigest()
