from django.core.management.commands.flush import Command as DjangoFlush

from common.database import as_owner


class Command(DjangoFlush):
    """Empty the tables as their owner: the application's role may not truncate."""

    def handle(self, *args: object, **options: object) -> None:
        with as_owner():
            super().handle(*args, **options)
