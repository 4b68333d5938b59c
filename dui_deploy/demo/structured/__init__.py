"""The structures of the demonstration world at work."""

from typing import Any

from dui_deploy.demo.governed import Cast
from organisations.models import Project


def load(world: dict[str, Any], project: Project, code: str, cast: Cast) -> None:
    """Write what the structures of `project` did."""
