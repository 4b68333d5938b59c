"""What the URL of the checklist asks to see."""

from dataclasses import dataclass
from datetime import date

from checklist.enums import Actor, View


@dataclass(frozen=True)
class Filters:
    """What the URL asks to see (`checklist.forms.read_filters` reads it).

    A view other than « Toutes », an actor or a day since which something changed looks across all steps unless one is
    named.
    """

    step: int | None = None
    view: View = View.ALL
    actor: Actor | None = None
    since: date | None = None

    @property
    def narrowed(self) -> bool:
        return self.view != View.ALL or self.actor is not None or self.since is not None

    @property
    def of_one_state(self) -> bool:
        """Whether it looks for actions in one state: the deliverables of their groups are then beside the point."""
        return self.since is None and self.view in (View.LATE, View.SOON, View.KO, View.TO_NAME)

    def parameters(self) -> dict[str, str]:
        """The parameters of a URL that asks for these filters."""
        values = {
            "etape": "" if self.step is None else str(self.step),
            "vue": self.view.value,
            "acteur": self.actor.value if self.actor else "",
            "depuis": self.since.isoformat() if self.since else "",
        }
        return {name: value for name, value in values.items() if value}
