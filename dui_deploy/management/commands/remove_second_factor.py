"""`manage.py remove_second_factor adresse`: for somebody who lost telephone, key and recovery codes."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import F

from organisations.models import User


class Command(BaseCommand):
    help = "Retire la seconde vérification d’un compte et ferme ses sessions, une fois sûr que c’est la personne."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="Adresse électronique du compte.")

    @transaction.atomic
    def handle(self, *, email: str, **options: object) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Aucun compte à l’adresse {email}.")
        removed, _ = Authenticator.objects.filter(user=user).delete()
        if not removed:
            raise CommandError(f"Le compte {email} n’a pas de seconde vérification.")
        User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
        self.stdout.write(
            f"{user}, {user.email} : seconde vérification retirée, sessions fermées. Le mot de passe reste."
        )
