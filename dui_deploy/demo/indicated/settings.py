"""What the invented lead chose to follow: the whole catalogue, some of it by the month, with targets."""

from datetime import date
from decimal import Decimal
from typing import Any

from common.ids import new_id
from indicators.enums import Frequency
from indicators.models import Collection
from indicators.selectors.definitions import by_code, followed
from indicators.services.collections import set_collection
from indicators.services.defining import ask, change_definition
from indicators.services.definitions import adopt_catalogue
from indicators.services.targets import set_target
from organisations.models import Project, User, Wave

ENTERED_MEANWHILE = "accounts_created_count"  # the application doesn't know accounts
WAVES_ASKED = 2  # the pilots, and the first wave


def load(world: dict[str, Any], project: Project, since: date, lead: User) -> None:
    """Write it; targets hold from `since`."""
    adopt_catalogue(project=project, user=lead)
    known = by_code(followed(project))
    ask(indicator=known[ENTERED_MEANWHILE].indicator, asked=True)
    for item in world["indicator_settings"]:
        one = known[item["indicator"]]
        if item["frequency"]:
            change_definition(
                indicator=one.indicator,
                number=one.definition.number,
                by=lead,
                token=new_id(),
                why="Les structures saisissent tout une fois par mois.",
                frequency=Frequency(item["frequency"]),
            )
        set_target(indicator=one.indicator, value=Decimal(str(item["target"])), from_on=since)
    collection = Collection.objects.get(project=project, frequency=Frequency.MONTHLY)
    waves = Wave.objects.filter(project=project).order_by("position").values_list("pk", flat=True)[:WAVES_ASKED]
    set_collection(collection=collection, version=collection.version, wave_ids=list(waves))
