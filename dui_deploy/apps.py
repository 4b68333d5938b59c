from importlib import import_module

from django.apps import AppConfig


class DuiDeployConfig(AppConfig):
    name = "dui_deploy"
    verbose_name = "Déploiement du DUI"

    def ready(self) -> None:
        import_module("dui_deploy.bridges")  # registers what apps tell each other; the models are there by now
