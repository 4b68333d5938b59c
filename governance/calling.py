"""Who is called to a meeting of a body: one line a person, whatever the number of their seats."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from governance.models import Body, Mandate
from organisations.models import OG, User


@dataclass(frozen=True)
class Called:
    """A person to call. `og`: for whom they sit; a substitute stands in for `stands_in_for`."""

    user: User
    mandate: Mandate
    og: OG | None = None
    votes: bool = False
    invited: bool = False
    stands_in_for: User | None = None


def called_on(body: Body, day: date) -> list[Called]:
    """Those who sit on a body on a day and their substitutes, by name. One query.

    Several seats of one person make one line, the one that votes first; who holds a seat stands in for nobody.
    """
    found = Mandate.objects.active(day).filter(body=body).select_related("user", "substitute", "og")
    seats: dict[User, list[Mandate]] = defaultdict(list)
    for mandate in found.order_by("-votes", "invited", "pk"):
        seats[mandate.user].append(mandate)
    called = {user: _of(user, mandates) for user, mandates in seats.items()}
    for mandates in seats.values():
        for mandate in mandates:
            if mandate.substitute is not None:
                called.setdefault(mandate.substitute, _substitute(mandate.substitute, mandate))
    return sorted(called.values(), key=lambda line: (line.user.last_name, line.user.first_name))


def _of(user: User, mandates: list[Mandate]) -> Called:
    first = mandates[0]
    return Called(user, first, og=first.og, votes=first.votes, invited=first.invited)


def _substitute(user: User, mandate: Mandate) -> Called:
    return Called(
        user, mandate, og=mandate.og, votes=mandate.votes, invited=mandate.invited, stands_in_for=mandate.user
    )
