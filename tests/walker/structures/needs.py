"""Needs: of a structure, for who may see its inside; of all of them, and their common expression."""

from typing import Any

from tests.harness.structures.needs import CARRIED, DRAFT, PROPOSED, UNDECIDED, VALIDATED, Needs
from tests.harness.world import World
from tests.walker.base import (
    COMOP,
    COSTRAT,
    ESMS_DIRECTOR,
    LEAD,
    OBSERVER,
    OG_DIRECTOR,
    ONLY_LEAD,
    REFERENT,
    RIVAL_DIRECTOR,
    TOKEN,
    UUID,
    Row,
    Values,
    form,
)

INSIDERS = frozenset({LEAD, OG_DIRECTOR, ESMS_DIRECTOR, REFERENT})  # of the structure « foyer »
FILLING = frozenset({ESMS_DIRECTOR, REFERENT})
DIRECTING = frozenset({ESMS_DIRECTOR})
WRITING = FILLING | {LEAD}
OGS = frozenset({LEAD, OG_DIRECTOR, RIVAL_DIRECTOR})  # who follows structures from the project's side
INSTANCES = frozenset({COSTRAT, COMOP, OBSERVER})
READERS = OGS | INSTANCES  # of the common expression


def needs(world: World) -> Needs:
    return world.own.work[0].needs


def at(slug: str, **more: Any) -> Values:
    return lambda world: {"esms_slug": slug, **more}


def here(**more: Any) -> dict[str, Values]:
    """In the structure « foyer »; in one that only the other project has; in none."""
    return {
        "place": at("foyer", **more),
        "strange": at("ailleurs-seulement", **more),
        "missing": at("absente", **more),
    }


def read(name: str, **more: Any) -> list[Row]:
    """A page that all who may see the structure read: this one, a sibling, one of the other OG."""
    return [
        Row(name, get={200: who}, post={405: who}, otherwise=404, note=note, **place)
        for who, place, note in (
            (INSIDERS, here(**more), ""),
            ({LEAD, OG_DIRECTOR}, {"place": at("atelier", **more)}, "another structure of the same OG"),
            ({LEAD, RIVAL_DIRECTOR}, {"place": at("foyer-aval", **more)}, "a structure of the other OG"),
        )
    ]


def write(
    name: str, who: frozenset[str], body: Values, *, opens: bool = False, post: int = 302, **more: Any
) -> list[Row]:
    """A form of the structure. `opens`: its page is read by who may send it."""
    return [
        Row(
            name,
            get={200 if opens else 405: who, 403: INSIDERS - who},
            post={post: who, 403: INSIDERS - who},
            otherwise=404,
            body=body,
            **here(**more),
        )
    ]


def versioned(number: int, **values: Any) -> Values:
    return lambda world: {"version": needs(world).rows[number].version, **values}


def chosen(number: int, **values: Any) -> Values:
    return lambda world: {"besoin": needs(world).key(number), **values}


def common(name: str, body: Values = form(), *, number: int = 1, **more: Any) -> Row:  # noqa: B008
    """A form about a common need, which the lead alone sends."""
    place = {"number": number, **more}
    return Row(
        name,
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=form(**place),
        strange=form(**{**place, "number": 45}),
        missing=form(**{**place, "number": 99}),
        body=body,
    )


ROWS = [
    *read("need_home"),
    *read("need_collection"),
    *read("need_synthesis"),
    *read("need", number=UNDECIDED),
    *write("need_add", FILLING, form(title="Écrire au lit", token=TOKEN)),
    *write("need_paste", FILLING, form(lines="- Un\n- Deux", confirm="1", token=TOKEN), opens=True),
    *write("need_submit", FILLING, chosen(DRAFT, act="propose"), opens=True),
    Row(
        "need_submit",
        get={200: FILLING, 403: INSIDERS - FILLING},
        post={302: DIRECTING, 403: INSIDERS - DIRECTING},
        otherwise=404,
        body=chosen(PROPOSED, act="transmit"),
        note="transmitted by the direction only",
        **here(),
    ),
    *write("need_scope", DIRECTING, form(version=1)),
    *write("need_collection_field", FILLING, form(version=1, professionals="12"), field="professionals"),
    *write("need_field", FILLING, versioned(DRAFT, title="Écrire au lit"), number=DRAFT, field="title"),
    *write("need_remove", FILLING, versioned(DRAFT), number=DRAFT),
    *write("need_restore", FILLING, form(), number=DRAFT),
    *write("need_reopen", DIRECTING, versioned(VALIDATED), number=VALIDATED),
    *write("need_message", WRITING, form(text="Et la nuit ?", token=TOKEN), number=UNDECIDED),
    Row("need_follow_up", get={200: OGS, 302: INSTANCES}, post={405: READERS}),
    Row("need_progress", get={200: OGS}, post={405: OGS}),
    Row("need_expression", get={200: READERS}, post={405: READERS}),
    Row("need_export", get={200: READERS}, post={405: READERS}),
    Row(
        "need_common",
        get={200: READERS},
        post={405: READERS},
        place=form(number=1),
        strange=form(number=45),
        missing=form(number=99),
    ),
    Row(
        "need_merge",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        body=chosen(UNDECIDED, into="nouveau", title="Sans réseau", domain="mobility", priority="must", token=TOKEN),
    ),
    Row(
        "need_call",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        body=form(due_on="2030-01-31", message="Merci.", version=1),
    ),
    Row(
        "need_decide",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=lambda world: {"need_id": needs(world).rows[UNDECIDED].pk},
        strange=lambda world: {"need_id": world.foreign.work[0].needs.rows[UNDECIDED].pk},
        missing=form(need_id=UUID),
        body=versioned(UNDECIDED, outcome="local", reason="Le logiciel actuel suffit."),
    ),
    common("need_common_field", form(version=1, title="Sans réseau"), field="title"),
    common("need_common_status", form(version=1, status="retained", reason="")),
    common("need_attach", chosen(UNDECIDED)),
    common("need_detach", chosen(CARRIED)),
    common("need_common_remove", number=2),
]
