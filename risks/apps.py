from django.apps import AppConfig

from common import catalogue_sources
from risks import catalogue


class RisksConfig(AppConfig):
    name = "risks"
    verbose_name = "Risques"

    def ready(self) -> None:
        catalogue_sources.register(catalogue.CODE, catalogue.PATH, catalogue.parse)
