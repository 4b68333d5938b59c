from importlib import import_module

from django.apps import AppConfig

from common import catalogue_sources
from indicators import catalogue


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "Indicateurs"

    def ready(self) -> None:
        catalogue_sources.register(catalogue.CODE, catalogue.PATH, catalogue.parse)
        import_module("indicators.tools")  # registers what they tell; the models are there by now
