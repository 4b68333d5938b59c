from django.apps import AppConfig

from common import catalogue_sources
from governance import catalogue


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = "Gouvernance"

    def ready(self) -> None:
        catalogue_sources.register(catalogue.CODE, catalogue.PATH, catalogue.parse)
