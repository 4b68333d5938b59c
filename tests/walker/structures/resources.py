"""The documents and the people of structures, and what the project follows of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.harness.structures.resources import Resources
from tests.harness.world import World
from tests.walker.base import (
    DPO,
    ESMS_DIRECTOR,
    LEAD,
    OG_DIRECTOR,
    ONLY_LEAD,
    REFERENT,
    RIVAL_DIRECTOR,
    TOKEN,
    UUID,
    Answers,
    Row,
    Values,
    form,
)

INSIDERS = frozenset({LEAD, OG_DIRECTOR, ESMS_DIRECTOR, REFERENT})  # of the structure « foyer »
PAPER_READERS = INSIDERS | {DPO}
FILLING = frozenset({ESMS_DIRECTOR, REFERENT})
DIRECTING = frozenset({ESMS_DIRECTOR})
FOLLOWING = frozenset({LEAD, OG_DIRECTOR, RIVAL_DIRECTOR})
TOMORROW = timezone.localdate() + timedelta(days=1)
Pick = Callable[[Resources], dict[str, Any]]


def nothing(found: Resources) -> dict[str, Any]:
    return {}


def document(found: Resources) -> dict[str, Any]:
    return {"document_id": found.document.pk}


def latest(found: Resources) -> dict[str, Any]:
    return {**document(found), "version_id": found.latest.pk}


def former(found: Resources) -> dict[str, Any]:
    return {**document(found), "version_id": found.former.pk}


def contact(found: Resources) -> dict[str, Any]:
    return {"contact_id": found.contact.pk}


def letter(found: Resources) -> dict[str, Any]:
    return {"letter_id": found.letter.pk}


def draft(found: Resources) -> dict[str, Any]:
    return {"application_id": found.draft.pk}


def proposed(found: Resources) -> dict[str, Any]:
    return {"application_id": found.proposed.pk}


def at(slug: str, pick: Pick, structure: int = 0) -> Values:
    return lambda world: {"esms_slug": slug, **pick(world.own.work[structure].resources)}


def here(pick: Pick) -> dict[str, Values]:
    """A row of the structure « foyer »; one of the other project under its address; none."""

    def strange(world: World) -> dict[str, Any]:
        return {"esms_slug": "foyer", **pick(world.foreign.work[0].resources)}

    def missing(world: World) -> dict[str, Any]:
        return {"esms_slug": "foyer", **dict.fromkeys(pick(world.own.work[0].resources), UUID)}

    if pick is nothing:
        return {
            "place": at("foyer", nothing),
            "strange": form(esms_slug="ailleurs-seulement"),
            "missing": form(esms_slug="absente"),
        }
    return {"place": at("foyer", pick), "strange": strange, "missing": missing}


def read(
    name: str, pick: Pick = nothing, *, more: frozenset[str] = frozenset(), post: Answers | None = None, **row: Any
) -> list[Row]:
    """A page that all who may see the structure read, and `more`: this one, a sibling, one of the other OG. Without
    `post` it only shows."""
    readers = INSIDERS | more

    def posted(actors: frozenset[str]) -> Answers:
        if post is None:
            return {405: actors}
        accepted = {status: frozenset(who) & actors for status, who in post.items()}
        return {**accepted, 403: actors - frozenset().union(*accepted.values())}

    own_og, rival = frozenset({LEAD, OG_DIRECTOR}) | more, frozenset({LEAD, RIVAL_DIRECTOR}) | more
    return [
        Row(name, get={200: readers}, post=posted(readers), otherwise=404, **here(pick), **row),
        Row(
            name,
            get={200: own_og},
            post=posted(own_og),
            otherwise=404,
            place=at("atelier", pick, 1),
            note="another structure of the same OG",
        ),
        Row(
            name,
            get={200: rival},
            post=posted(rival),
            otherwise=404,
            place=at("foyer-aval", pick, 2),
            note="a structure of the other OG",
        ),
    ]


def write(
    name: str,
    who: frozenset[str],
    pick: Pick = nothing,
    *,
    readers: frozenset[str] = INSIDERS,
    get: int = 405,
    answer: int = 302,
    body: Values = lambda world: {},
    note: str = "",
) -> list[Row]:
    """An address where `who` changes something in « foyer »; the other readers of the page are refused."""
    refused = readers - who
    row = Row(
        name,
        get={get: who, 403: refused},
        post={answer: who, 403: refused},
        otherwise=404,
        body=body,
        note=note,
        **here(pick),
    )
    return [row]


def versioned(pick: Callable[[Resources], Any], **values: Any) -> Values:
    return lambda world: {"version": pick(world.own.work[0].resources).version, **values}


DOCUMENTS = [
    *read("document_base", more=frozenset({DPO})),
    *write(
        "document_add",
        FILLING,
        readers=PAPER_READERS,
        get=200,
        body=form(kind="it_charter", link="https://exemple.fr/charte", token=TOKEN),
    ),
    *write("document_absence", FILLING, readers=PAPER_READERS, body=form(kind="degraded_mode", word="En projet")),
    *read(
        "document",
        document,
        more=frozenset({DPO}),
        post={302: FILLING},
        body=versioned(lambda found: found.document, kind="it_charter", title="Charte"),
    ),
    *write(
        "document_version",
        FILLING,
        document,
        readers=PAPER_READERS,
        body=form(link="https://exemple.fr/charte", token=TOKEN),
    ),
    *read("document_file", latest, more=frozenset({DPO})),
    *write("document_remove", FILLING, document, readers=PAPER_READERS),
    *write("document_version_remove", FILLING, former, readers=PAPER_READERS),
    Row("document_follow_up", get={200: FOLLOWING | {DPO}}, post={405: FOLLOWING | {DPO}}),
    Row(
        "document_ask",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        body=form(kinds=["it_charter"], due_on=TOMORROW, whom="all", token=TOKEN),
    ),
    Row(
        "document_request_withdraw",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=lambda world: {"request_id": world.own.work[0].resources.request.pk},
        strange=lambda world: {"request_id": world.foreign.work[0].resources.request.pk},
        missing=form(request_id=UUID),
    ),
]

LETTER = {"mission": "Seconder la direction.", "hours_per_week": "7", "starts_on": timezone.localdate()}
CALL = {"title": "Relire", "workload": "Deux heures par mois", "open_until": TOMORROW}
PERSON = {"name": "Une personne", "email": "personne@exemple.fr", "function": "Infirmière"}


def referent(world: World) -> dict[str, Any]:
    return {**LETTER, "referent": world.own.people[REFERENT].pk, "token": TOKEN}


PEOPLE = [
    *read("people_home"),
    *write(
        "people_contact_add",
        FILLING,
        get=200,
        body=form(function="quality", name="Une personne", email="qualite@exemple.fr", token=TOKEN),
    ),
    *read(
        "people_contact",
        contact,
        post={302: FILLING},
        body=versioned(lambda found: found.contact, function="quality", name="Autre", email="q@exemple.fr"),
    ),
    *write("people_contact_authorise", DIRECTING, contact),
    *write("people_contact_remove", FILLING, contact),
    *write("people_appoint", DIRECTING, get=200, body=referent),
    *read("people_letter", letter, post={302: DIRECTING}, body=versioned(lambda found: found.letter, **LETTER)),
    *write("people_letter_remove", DIRECTING, letter),
    *write("people_application_add", FILLING, get=200, body=form(**PERSON, call="aucun", token=TOKEN)),
    *read(
        "people_application",
        proposed,
        post={422: FILLING},  # transmitted: to be taken back first
        body=versioned(lambda found: found.proposed, part="personne", **PERSON),
    ),
    Row(
        "people_application",
        get={200: FILLING},
        post={302: FILLING, 403: {LEAD, OG_DIRECTOR}},
        otherwise=404,
        body=versioned(lambda found: found.draft, part="personne", **PERSON),
        note="begun: the structure’s alone until it is transmitted",
        **here(draft),
    ),
    *write("people_application_agreement", FILLING, draft),
    *write(
        "people_application_release",
        DIRECTING,
        draft,
        body=versioned(lambda found: found.draft, hours_per_month=8),
    ),
    *write("people_application_submit", FILLING, proposed),
    *write("people_application_remove", FILLING, draft),
    *write(
        "people_application_decide",
        ONLY_LEAD,
        proposed,
        body=versioned(lambda found: found.proposed, answer="retained", word="Merci."),
    ),
    Row("people_follow_up", get={200: FOLLOWING}, post={405: FOLLOWING}),
    Row("people_follow_up_export", get={200: FOLLOWING}, post={405: FOLLOWING}),
    Row("people_contacts", get={200: FOLLOWING}, post={405: FOLLOWING}),
    Row("people_contacts_export", get={200: FOLLOWING}, post={405: FOLLOWING}),
    Row("people_call_open", get={200: ONLY_LEAD}, post={302: ONLY_LEAD}, body=form(**CALL, token=TOKEN)),
    Row(
        "people_call",
        get={200: FOLLOWING},
        post={302: ONLY_LEAD},
        place=lambda world: {"call_id": world.own.work[0].resources.call.pk},
        strange=lambda world: {"call_id": world.foreign.work[0].resources.call.pk},
        missing=form(call_id=UUID),
        body=versioned(lambda found: found.call, **CALL),
    ),
    Row(
        "people_call_close",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=lambda world: {"call_id": world.own.work[0].resources.call.pk},
        strange=lambda world: {"call_id": world.foreign.work[0].resources.call.pk},
        missing=form(call_id=UUID),
    ),
]

ROWS = [*DOCUMENTS, *PEOPLE]
