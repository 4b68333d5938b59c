"""The waves of the demonstration world, and which structures are in them."""

from typing import Any

from common import french
from dui_deploy.demo.governed import Cast
from organisations.models import ESMS, Project, Wave
from organisations.services import add_wave


def waves(world: dict[str, Any], project: Project, code: str, cast: Cast) -> None:
    item = next(item for item in world["projects"] if item["code"] == code)
    for wave in item.get("waves") or ():
        made: Wave = add_wave(
            project=project,
            name=french.typography(wave["label"]),
            planned_start=wave["planned_start"],
            planned_end=wave["revised_end"] or wave["planned_end"],
        )
        ESMS.objects.filter(pk__in=[cast.esms[name].pk for name in wave["esms"]]).update(wave=made)
    for esms in cast.esms.values():
        if esms.project_id == project.pk:
            esms.refresh_from_db(fields=["wave"])
