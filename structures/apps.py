from importlib import import_module

from django.apps import AppConfig

from common import catalogue_sources
from structures.catalogue import habilitations as habilitation_catalogue
from structures.catalogue import inventory as inventory_catalogue
from structures.catalogue import local_actions


class StructuresConfig(AppConfig):
    name = "structures"
    verbose_name = "Structures"

    def ready(self) -> None:
        catalogue_sources.register(
            habilitation_catalogue.CODE, habilitation_catalogue.PATH, habilitation_catalogue.parse
        )
        catalogue_sources.register(local_actions.CODE, local_actions.PATH, local_actions.parse)
        catalogue_sources.register(inventory_catalogue.CODE, inventory_catalogue.PATH, inventory_catalogue.parse)
        import_module("structures.tools")  # registers what they tell; the models are there by now
