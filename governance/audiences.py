"""Whom a meeting's minutes are told to besides those who were called: the apps above say, and say what of.

Governance knows no action of the checklist; who is Informé of one reads of it in the minutes of the body.
"""

from collections.abc import Callable, Iterable, Sequence

from common.ui import Link
from governance.models import Meeting
from organisations.access import Access
from organisations.models import User

People = Callable[[Meeting], Iterable[User]]
News = Callable[[Meeting, User, Access], Sequence[Link]]
_people: list[People] = []
_news: list[News] = []


def tells(people: People) -> Callable[[News], News]:
    """Decorator: `people` gives whom an app has something to tell beside the minutes of a meeting; the function gives
    what, to one of them, in their own scope."""

    def register(news: News) -> News:
        _people.append(people)
        _news.append(news)
        return news

    return register


def told_of_minutes(meeting: Meeting) -> list[User]:
    """The people to whom the apps have something to tell with the minutes of this meeting, each once."""
    found = {person.pk: person for people in _people for person in people(meeting)}
    return list(found.values())


def news_beside(meeting: Meeting, user: User, access: Access) -> list[Link]:
    """What the apps tell this person beside the minutes, « Pour votre information »."""
    return [line for news in _news for line in news(meeting, user, access)]
