"""The e-mails about a meeting: each concern says how those of its kinds are written.

The job that empties the outbox (`governance.tasks`) knows no kind; it asks here, in the scope of the person written to.
"""

from collections.abc import Callable

from django.core.mail import EmailMultiAlternatives

from governance.enums import DispatchKind
from governance.models import Dispatch
from organisations.access import Access

# None: there is nothing left to say to this person, and the row is done with.
Builder = Callable[[Dispatch, Access], EmailMultiAlternatives | None]
builders: dict[DispatchKind, Builder] = {}


def builds(*kinds: DispatchKind) -> Callable[[Builder], Builder]:
    """Decorator: this function writes the e-mails of these kinds, as their reader may read them."""

    def register(builder: Builder) -> Builder:
        builders.update(dict.fromkeys(kinds, builder))
        return builder

    return register
