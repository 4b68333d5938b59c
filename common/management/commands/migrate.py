from django.conf import settings
from django.core.management.commands.migrate import Command as DjangoMigrate

from common.database import as_owner, prepare_schema, secure_tables


class Command(DjangoMigrate):
    """Migrate as the owner of the tables, then grant what the application's role may do."""

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DATABASE_OWNER_URL:
            prepare_schema()
        with as_owner():
            super().handle(*args, **options)
            secure_tables()
