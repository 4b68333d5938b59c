from django.apps import AppConfig

from common import catalogue_sources
from organisations import catalogue


class OrganisationsConfig(AppConfig):
    name = "organisations"
    verbose_name = "Organisations"

    def ready(self) -> None:
        catalogue_sources.register("esms_categories", catalogue.PATH, catalogue.parse)
