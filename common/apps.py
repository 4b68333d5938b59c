from django.apps import AppConfig

from common import database


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = "Socle"

    def ready(self) -> None:
        database.connect_signals()
