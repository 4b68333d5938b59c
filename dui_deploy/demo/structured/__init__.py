"""The structures of the demonstration world at work."""

from typing import Any

from dui_deploy.demo.governed import Cast
from dui_deploy.demo.structured import habilitations, inventories, inventory_calls, needs, pathway, resources, waves
from organisations.models import Project


def load(world: dict[str, Any], project: Project, code: str, cast: Cast) -> None:
    """Write what the structures of `project` did."""
    waves.waves(world, project, code, cast)
    pathway.load(world, project, cast)
    resources.load(world, project, code, cast)
    inventories.load(world, project, cast)
    inventory_calls.load(world, project, code)
    habilitations.load(world, project, code, cast)
    needs.load(world, project, code, cast)
