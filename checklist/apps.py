from django.apps import AppConfig

from common import catalogue_sources
from checklist import catalogue


class ChecklistConfig(AppConfig):
    name = "checklist"
    verbose_name = "Checklist"

    def ready(self) -> None:
        catalogue_sources.register(catalogue.CODE, catalogue.PATH, catalogue.parse)
