"""Following one's meetings from a calendar, in French."""

from dataclasses import dataclass

from common import french
from governance.models import CalendarFeed


@dataclass(frozen=True)
class CalendarPage:
    """`address`: of the feed, told this once; `webcal`: the same, that opens a calendar."""

    title: str
    lede: str
    address: str
    webcal: str
    opened: bool


def calendar_page(feed: CalendarFeed | None, address: str) -> CalendarPage:
    if feed is None:
        title = "Suivez vos séances depuis votre agenda"
        lede = "Une adresse privée donne à votre agenda les dates de vos séances, et les tient à jour."
    elif address:
        title = "Votre abonnement est ouvert : copiez son adresse maintenant"
        lede = (
            "Elle ne sera plus montrée. Toute personne qui la connaît lit vos dates de séances : gardez-la pour vous."
        )
    else:
        title = f"Votre agenda suit vos séances depuis le {french.long_date(feed.created_at)}"
        lede = (
            "L’adresse ne se montre qu’une fois. Si elle est perdue, ou connue d’autres, fermez l’abonnement puis "
            "ouvrez-en un autre."
        )
    return CalendarPage(
        title=french.typography(title),
        lede=french.typography(lede),
        address=address,
        webcal=f"webcal:{address.partition(':')[2]}" if address else "",
        opened=feed is not None,
    )
