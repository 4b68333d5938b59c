import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dui_deploy.demo import loading, source


class Command(BaseCommand):
    help = "Écrit en JSON les comptes de démonstration, un par profil."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("Il n’y a de comptes de démonstration qu’en démonstration (DUI_DEMO=1).")
        logins = [
            {"name": item.name, "role": item.role, "email": item.email, "password": loading.PASSWORD}
            for item in source.personas()
        ]
        self.stdout.write(json.dumps(logins, ensure_ascii=False))
