from django.core.management.base import BaseCommand, CommandError

from common import catalogues
from common.errors import DomainError


class Command(BaseCommand):
    help = "Charge les catalogues de référence (sans effet si leur version est déjà là)."

    def handle(self, *args: object, **options: object) -> None:
        try:
            loaded = catalogues.load_all()
        except DomainError as error:
            raise CommandError(str(error)) from error
        for catalogue, created in loaded:
            self.stdout.write(f"{catalogue.code} v{catalogue.version} : {'chargé' if created else 'déjà là'}")
