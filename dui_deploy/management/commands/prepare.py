from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils import timezone

from common.database import create_roles
from common.scope import elevated
from dui_deploy.demo import loading, source
from organisations.models import Project
from organisations.services import sync_permissions


class Command(BaseCommand):
    help = "Prépare la base : rôles, base de données, tables, catalogues et, en démonstration, le monde inventé."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", action="store_true", help="Efface d’abord la base de démonstration.")

    def handle(self, *args: object, reset: bool = False, **options: object) -> None:
        if reset and not settings.DEMO:
            self.stderr.write("Seule une base de démonstration s’efface ainsi (DUI_DEMO=1, hors production).")
            raise SystemExit(1)
        self._create_database(reset)
        call_command("migrate", verbosity=0)
        call_command("load_catalogues", stdout=self.stdout)
        with elevated():
            sync_permissions()  # a new version may let a role do more, or less
        if settings.DEMO:
            self._load_demo()

    def _create_database(self, reset: bool) -> None:
        """Create the roles and the database, from the maintenance database; `reset` drops it before."""
        name = connection.settings_dict["NAME"]
        with connection._nodb_cursor() as cursor:
            create_roles(cursor)
            cursor.execute("select 1 from pg_database where datname = %s", [name])
            exists = cursor.fetchone() is not None
            if exists and reset:
                cursor.execute(f'drop database "{name}" with (force)')
            if not exists or reset:
                cursor.execute(f"create database \"{name}\" encoding 'UTF8' template template0")
                self.stdout.write("Base créée.")

    def _load_demo(self) -> None:
        with elevated():
            loaded = Project.objects.exists()
        if loaded:
            self.stdout.write("Monde de démonstration : déjà là")
            return
        loading.load(source.read(timezone.localdate()))
        self.stdout.write("Monde de démonstration : chargé")
