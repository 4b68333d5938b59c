"""The habilitation matrix of a structure: filled by its people, validated by its direction; the DPD reads it, and the
vendor what is consolidated."""

from typing import Any

from common.scope import elevated
from structures.selectors import habilitations as selectors
from tests.harness.world import World
from tests.walker.base import (
    DPO,
    ESMS_DIRECTOR,
    LEAD,
    OG_DIRECTOR,
    REFERENT,
    RIVAL_DIRECTOR,
    TOKEN,
    UUID,
    VENDOR,
    Answers,
    Row,
    Values,
    form,
)

INSIDERS = frozenset({LEAD, OG_DIRECTOR, ESMS_DIRECTOR, REFERENT})  # of the structure « foyer »
FILLING = frozenset({ESMS_DIRECTOR, REFERENT})
DIRECTING = frozenset({ESMS_DIRECTOR})
READING = INSIDERS | {DPO}
VISITING = READING | {VENDOR}  # know of the page
SIBLING = frozenset({LEAD, OG_DIRECTOR, DPO, VENDOR})  # know of that of « atelier »
RIVAL = frozenset({LEAD, RIVAL_DIRECTOR, DPO, VENDOR})
PROFILE, DOMAIN = "nurse", "medical_record"


def at(slug: str, **more: Any) -> Values:
    return lambda world: {"esms_slug": slug, **more}


def here(**more: Any) -> dict[str, Values]:
    """In the structure « foyer »; in one that only the other project has; in none."""
    return {
        "place": at("foyer", **more),
        "strange": at("ailleurs-seulement", **more),
        "missing": at("absente", **more),
    }


def filled(name: str, body: Values, *, get: int = 405, by: frozenset[str] = FILLING, **more: Any) -> list[Row]:
    """What who fills the structure does: 403 for who only reads, 404 for who doesn't know of it."""
    refused = {403: VISITING - by}
    return [
        Row(name, get={get: by, **refused}, post={302: by, **refused}, otherwise=404, body=body, **here(**more)),
        Row(
            name,
            get={403: SIBLING},
            post={403: SIBLING},
            otherwise=404,
            place=at("atelier", **more),
            body=body,
            note="another structure of the same OG",
        ),
        Row(
            name,
            get={403: RIVAL},
            post={403: RIVAL},
            otherwise=404,
            place=at("foyer-aval", **more),
            body=body,
            note="a structure of the other OG",
        ),
    ]


def read(name: str, own: Answers, sibling: Answers, rival: Answers, **more: Any) -> list[Row]:
    """A page of who reads; the answers to GET in this structure, a sibling's and one of the other OG."""
    places = [
        ("foyer", own, VISITING, ""),
        ("atelier", sibling, SIBLING, "another structure of the same OG"),
        ("foyer-aval", rival, RIVAL, "a structure of the other OG"),
    ]
    rows = []
    for slug, answers, everybody, note in places:
        others = {"strange": at("ailleurs-seulement", **more), "missing": at("absente", **more)} if not note else {}
        rows.append(
            Row(name, get=answers, post={405: everybody}, otherwise=404, place=at(slug, **more), note=note, **others)
        )
    return rows


def version(world: World) -> int:
    return world.own.work[0].habilitations.matrix.version


def seen(world: World) -> dict[str, str]:
    with elevated():
        return {"seen": selectors.read(world.own.work[0].habilitations.matrix).fingerprint}


def field(**values: Any) -> Values:
    return lambda world: {"version": world.own.work[0].habilitations.profile.version, **values}


def comment(index: int, slug: str) -> Values:
    return lambda world: {"esms_slug": slug, "pk": world.own.work[index].habilitations.comment.pk}


NONE_FOR_VENDOR = {404: frozenset({VENDOR})}  # nothing is consolidated

ROWS = [
    # Posting begins the next version; one is being prepared.
    Row(
        "habilitation_matrix",
        get={200: VISITING},
        post={422: FILLING, 403: VISITING - FILLING},
        otherwise=404,
        body=form(token=TOKEN),
        **here(),
    ),
    Row(
        "habilitation_matrix",
        get={200: SIBLING},
        post={403: SIBLING},
        otherwise=404,
        place=at("atelier"),
        note="another structure of the same OG",
    ),
    Row(
        "habilitation_matrix",
        get={200: RIVAL},
        post={403: RIVAL},
        otherwise=404,
        place=at("foyer-aval"),
        note="a structure of the other OG",
    ),
    *read(
        "habilitation_version",
        {200: READING, **NONE_FOR_VENDOR},
        {200: SIBLING - {VENDOR}},
        {200: RIVAL - {VENDOR}},
        number=1,
    ),
    *read(
        "habilitation_compare",
        {200: READING, 302: {VENDOR}},
        {200: SIBLING - {VENDOR}, 302: {VENDOR}},
        {200: RIVAL - {VENDOR}, 302: {VENDOR}},
    ),
    *filled("habilitation_share", lambda world: {"version": version(world)}, by=DIRECTING),
    *filled("habilitation_approve", seen, by=DIRECTING),
    *filled("habilitation_comments", form(text="Et la nuit ?", about="p-nurse", token=TOKEN)),
    Row(
        "habilitation_comment",
        get={405: FILLING, 403: VISITING - FILLING},
        post={302: FILLING, 403: VISITING - FILLING},
        otherwise=404,
        place=comment(0, "foyer"),
        strange=lambda world: {"esms_slug": "foyer", "pk": world.foreign.work[0].habilitations.comment.pk},
        missing=at("foyer", pk=UUID),
    ),
    Row(
        "habilitation_comment",
        get={405: FILLING, 403: VISITING - FILLING},
        post={404: FILLING, 403: VISITING - FILLING},
        otherwise=404,
        place=comment(1, "foyer"),
        note="a remark of another structure under one's own address",
    ),
    *filled("habilitation_paste", form(profile=PROFILE, domain=DOMAIN, text="L"), get=200),
    *filled(
        "habilitation_cell",
        form(level="read", version=1),
        get=200,
        profile=PROFILE,
        domain=DOMAIN,
    ),
    Row(
        "habilitation_cell",
        get={404: FILLING, 403: VISITING - FILLING},
        post={404: FILLING, 403: VISITING - FILLING},
        otherwise=404,
        place=at("foyer", profile="cook", domain=DOMAIN),
        body=form(level="read", version=1),
        note="no such profile",
    ),
    *(
        Row(
            row.name,
            get=row.get,
            post={405: FILLING, 403: row.post[403]} if 302 in row.post else row.post,
            otherwise=404,
            place=row.place,
            strange=row.strange,
            missing=row.missing,
            note=row.note,
        )
        for row in filled("habilitation_profile", form(), get=200, profile=PROFILE)
    ),
    *filled("habilitation_profile_field", field(users_count="5"), profile=PROFILE, field="users_count"),
    *filled(
        "habilitation_declaration",
        lambda world: {"version": version(world), "generic_accounts": "0"},
        field="generic_accounts",
    ),
]
