"""The risks of the demonstration world: campaigns and register. What is past is written as it stands in the end."""

from typing import Any

from dui_deploy.demo.governed.cast import Cast
from dui_deploy.demo.risked import campaigns, register
from organisations.models import Project
from risks.models import Risk


def load(world: dict[str, Any], project: Project, code: str, cast: Cast) -> dict[str, Risk]:
    """Write the risks of `project`, whose checklist is there; the risks of its register, by their codes."""
    campaigns.load(world, project, code, cast)
    return register.load(world, project, code, cast)
