"""What the table of addresses is made of: who asks, and how one address is described.

Whoever takes no part in the project is answered 404, as for a project that doesn't exist; a visitor is sent to the
sign-in page; a member whom a `Row` doesn't name is answered 403, or `otherwise`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from organisations.enums import Role
from tests.harness.indicators import point
from tests.harness.risks import untold
from tests.harness.structures.resources import paper
from tests.harness.world import CHECKLIST, COUNCIL, FOREIGN, INSIDE, RIVAL, SIBLING, World

# --- Who asks --------------------------------------------------------------------------------------------------------

LEAD, COSTRAT, COMOP = Role.PROJECT_LEAD.value, Role.COSTRAT.value, Role.COMOP.value
OG_DIRECTOR, ESMS_DIRECTOR, REFERENT = Role.OG_DIRECTOR.value, Role.ESMS_DIRECTOR.value, Role.LOCAL_REFERENT.value
DPO, PURCHASING, VENDOR, OBSERVER = Role.DPO.value, Role.PURCHASING.value, Role.VENDOR.value, Role.OBSERVER.value
RIVAL_DIRECTOR = "rival_director"  # of the other OG of the project
ENDED, INVITED, SUPERUSER, FOREIGN_LEAD = "ended", "invited", "superuser", "foreign_lead"
ANONYMOUS = "anonymous"

MEMBERS = frozenset(Role.values) | {RIVAL_DIRECTOR}
OUTSIDERS = frozenset({ENDED, INVITED, SUPERUSER, FOREIGN_LEAD})
SIGNED_IN = MEMBERS | OUTSIDERS
ACTORS = (*sorted(MEMBERS), *sorted(OUTSIDERS), ANONYMOUS)

READERS = MEMBERS - {PURCHASING, VENDOR}
ACTING = READERS - {REFERENT, OBSERVER} | {PURCHASING}
REPORT_READERS = frozenset({LEAD, COSTRAT, OG_DIRECTOR, RIVAL_DIRECTOR, DPO, OBSERVER})
TEAM_DIRECTORS = frozenset({LEAD, OG_DIRECTOR, ESMS_DIRECTOR})
ONLY_LEAD = frozenset({LEAD})
NOBODY: frozenset[str] = frozenset()

_DETAILS = {INSIDE, SIBLING, RIVAL}
# What must not be in any answer to this actor. « deux rives » is the name of the project.
FORBIDDEN: dict[str, set[str]] = {
    **{actor: {FOREIGN, *_DETAILS} for actor in MEMBERS},
    LEAD: {FOREIGN},
    OG_DIRECTOR: {FOREIGN, RIVAL},
    ESMS_DIRECTOR: {FOREIGN, COUNCIL, RIVAL, SIBLING},
    REFERENT: {FOREIGN, COUNCIL, RIVAL, SIBLING},
    RIVAL_DIRECTOR: {FOREIGN, INSIDE, SIBLING},
    PURCHASING: {FOREIGN, CHECKLIST, *_DETAILS},
    VENDOR: {FOREIGN, CHECKLIST, COUNCIL, *_DETAILS},
    **{actor: {FOREIGN, CHECKLIST, COUNCIL, "deux rives", *_DETAILS} for actor in OUTSIDERS | {ANONYMOUS}},
    FOREIGN_LEAD: {"deux rives", *_DETAILS},
}

# What structures deposit has a canary of its own: the DPD reads it in all of them.
for _actor, _canaries in FORBIDDEN.items():
    _hidden = _canaries & ({FOREIGN} if _actor == DPO else {FOREIGN, *_DETAILS})
    FORBIDDEN[_actor] = _canaries | {paper(canary) for canary in _hidden}

# What a structure has not transmitted of its risks: nobody above it reads that, whatever else they read of it.
for _actor, _canaries in FORBIDDEN.items():
    _inside = {INSIDE} if _actor in {ESMS_DIRECTOR, REFERENT} else set()
    FORBIDDEN[_actor] = _canaries | {untold(canary) for canary in {FOREIGN, *_DETAILS} - _inside}
FORBIDDEN[FOREIGN_LEAD] -= {untold(FOREIGN)}  # its director answers there

# What a structure gave of its indicators: read one structure after the other by the lead and both bodies too.
for _actor, _canaries in FORBIDDEN.items():
    _hidden = _canaries & ({FOREIGN} if _actor in {LEAD, COSTRAT, COMOP} else {FOREIGN, *_DETAILS})
    FORBIDDEN[_actor] = _canaries | {point(canary) for canary in _hidden}

# --- What they are answered ------------------------------------------------------------------------------------------

Answers = Mapping[int, frozenset[str] | set[str]]  # status → who gets it
Values = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """One address, at one place. `get` and `post` say who is answered what; `body` is a form that would be accepted.

    `place` gives the parameters of the URL but the project's; `strange` those that only the other project has (the
    answer must be that of `missing`, 404).
    """

    name: str
    get: Answers = field(default_factory=dict)
    post: Answers = field(default_factory=dict)
    otherwise: int = 403
    place: Values = lambda world: {}
    body: Values = lambda world: {}
    strange: Values | None = None
    missing: Values | None = None
    note: str = ""


@dataclass(frozen=True)
class OpenRow:
    """An address that belongs to no project: what a visitor and a signed-in person are answered."""

    name: str
    visitor: int  # to GET
    signed_in: int
    visitor_post: int
    signed_in_post: int
    place: Values = lambda world: {}
    tells: str = ""  # what outsiders may read there all the same
    welcomes: str = ""  # whose form is accepted (302)


UUID = "01900000-0000-7000-8000-000000000000"
TOKEN = "01900000-0000-7000-8000-0000000000aa"


def form(**values: Any) -> Values:
    return lambda world: dict(values)
