"""The pathway, the first page of a structure, delegation, waves, the follow-up of all and its reminders."""

from typing import Any

from tests.harness.structures.pathway import SUBMITTED_SLUG
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
FOLLOWING = INSIDERS | {RIVAL_DIRECTOR, COSTRAT, COMOP, OBSERVER}
DIRECTORS_OWN = "annoncer-le-projet-en-trois-temps"  # nobody touched it


def at(slug: str, **more: str) -> Values:
    return lambda world: {"esms_slug": slug, **more}


def here(**more: str) -> dict[str, Values]:
    """In the structure « foyer »; in one that only the other project has; in none."""
    return {
        "place": at("foyer", **more),
        "strange": at("ailleurs-seulement", **more),
        "missing": at("absente", **more),
    }


def version(world: World) -> int:
    return world.own.work[0].pathway.line.version


def versioned(**values: str) -> Values:
    return lambda world: {"version": version(world), **values}


def reminder(index: int, slug: str) -> Values:
    def values(world: World) -> dict[str, Any]:
        return {"esms_slug": slug, "reminder_id": world.own.work[index].pathway.reminder.pk}

    return values


def read(name: str, **more: str) -> list[Row]:
    """A page that all who may see the structure read: this one, a sibling, one of the other OG."""
    return [
        Row(name, get={200: INSIDERS}, post={405: INSIDERS}, otherwise=404, **here(**more)),
        Row(
            name,
            get={200: {LEAD, OG_DIRECTOR}},
            post={405: {LEAD, OG_DIRECTOR}},
            otherwise=404,
            place=at("atelier", **more),
            note="another structure of the same OG",
        ),
        Row(
            name,
            get={200: {LEAD, RIVAL_DIRECTOR}},
            post={405: {LEAD, RIVAL_DIRECTOR}},
            otherwise=404,
            place=at("foyer-aval", **more),
            note="a structure of the other OG",
        ),
    ]


def written(name: str, who: frozenset[str], status: int, body: Values, **more: str) -> Row:
    """A form that these people alone may post, the other readers of the structure being refused."""
    refused = INSIDERS - who
    return Row(
        name,
        get={405: who, 403: refused},
        post={status: who, 403: refused},
        otherwise=404,
        body=body,
        **here(**more),
    )


def wave(world: World, **more: str) -> dict[str, Any]:
    return {"wave_id": world.own.work[0].pathway.wave.pk, **more}


def strange_wave(world: World, **more: str) -> dict[str, Any]:
    return {"wave_id": world.foreign.work[0].pathway.wave.pk, **more}


ROWS = [
    *read("pathway"),
    *read("pathway_line", line=SUBMITTED_SLUG),
    *read("pathway_evidence", line=SUBMITTED_SLUG),
    Row(
        "pathway_line",
        get={200: INSIDERS},
        post={405: INSIDERS},
        otherwise=404,
        place=at("foyer", line=DIRECTORS_OWN),
        missing=at("foyer", line="une-etape-inconnue"),
        note="a line that nobody touched; one that isn't",
    ),
    written(
        "pathway_done",
        FILLING,
        302,
        versioned(evidence="Le kit", done_on="2026-01-05"),
        line=SUBMITTED_SLUG,
    ),
    Row(
        "pathway_done",
        get={405: DIRECTING, 403: INSIDERS - DIRECTING},
        post={302: DIRECTING, 403: INSIDERS - DIRECTING},
        otherwise=404,
        place=at("foyer", line=DIRECTORS_OWN),
        body=form(version=0, evidence="Trois réunions", done_on="2026-01-05"),
        note="a line of the direction: its referents don't do it",
    ),
    written("pathway_state", FILLING, 302, versioned(state="in_progress"), line=SUBMITTED_SLUG),
    written("pathway_validate", DIRECTING, 302, versioned(), line=SUBMITTED_SLUG),
    written("pathway_return", DIRECTING, 302, versioned(why="Il manque l’affiche."), line=SUBMITTED_SLUG),
    Row(
        "pathway_undo",
        get={405: FILLING, 403: INSIDERS - FILLING},
        post={409: FILLING, 403: INSIDERS - FILLING},
        otherwise=404,
        place=lambda world: {"esms_slug": "foyer", "line": SUBMITTED_SLUG, "version": version(world)},
        missing=lambda world: {"esms_slug": "absente", "line": SUBMITTED_SLUG, "version": 1},
        note="who may change it, but who didn't make the latest change",
    ),
    Row(
        "pathway_delegation",
        get={200: DIRECTING, 403: INSIDERS - DIRECTING},
        post={302: DIRECTING, 403: INSIDERS - DIRECTING},
        otherwise=404,
        body=form(reprendre=1, actions=f"{DIRECTORS_OWN}:0"),
        **here(),
    ),
    Row(
        "pathway_reminder_seen",
        get={405: FILLING, 403: INSIDERS - FILLING},
        post={302: FILLING, 403: INSIDERS - FILLING},
        otherwise=404,
        place=reminder(0, "foyer"),
        strange=reminder(2, "foyer"),  # of another structure of the project
        missing=at("foyer", reminder_id=UUID),
    ),
    # The follow-up of all
    Row("pathway_follow_up", get={200: FOLLOWING}, post={405: FOLLOWING}),
    Row(
        "pathway_remind",
        get={302: ONLY_LEAD},
        post={302: ONLY_LEAD},
        body=form(token=TOKEN, structure="foyer"),
    ),
    Row(
        "pathway_remind_undo",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=lambda world: {"token": world.own.work[0].pathway.reminder.token},
    ),
    # Waves
    Row("project_waves", get={200: ONLY_LEAD}, post={302: ONLY_LEAD}, body=form(name="Vague 9")),
    Row(
        "wave_field",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=lambda world: wave(world, field="name"),
        strange=lambda world: strange_wave(world, field="name"),
        missing=form(wave_id=UUID, field="name"),
        body=form(name="Vague pilote", version=1),
    ),
    Row(
        "wave_remove",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=wave,
        strange=strange_wave,
        missing=form(wave_id=UUID),
    ),
]
