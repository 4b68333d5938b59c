from django.apps import AppConfig

from checklist import catalogue
from common import catalogue_sources


class ChecklistConfig(AppConfig):
    name = "checklist"
    verbose_name = "Checklist"

    def ready(self) -> None:
        catalogue_sources.register(catalogue.CODE, catalogue.PATH, catalogue.parse)
