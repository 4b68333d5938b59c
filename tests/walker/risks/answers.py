"""Answering: the people of the structure, the lead in the project, and whoever was asked; nobody else, not even above
them. The structure puts its marks together already, the project still answers."""

from typing import Any

from tests.harness.world import World
from tests.walker.base import (
    ESMS_DIRECTOR,
    LEAD,
    MEMBERS,
    OG_DIRECTOR,
    ONLY_LEAD,
    REFERENT,
    RIVAL_DIRECTOR,
    UUID,
    Row,
    Values,
    form,
)

INSIDERS = frozenset({LEAD, OG_DIRECTOR, ESMS_DIRECTOR, REFERENT})  # of the structure « foyer »
FILLING = frozenset({ESMS_DIRECTOR, REFERENT})
ABOVE = INSIDERS - FILLING
NOTHING = form()
MARK = form(mark="4", version=0, campaign=2, screen="question", comment="")


def at(slug: str, **more: Any) -> Values:
    return lambda world: {"esms_slug": slug, **more}


def here(**more: Any) -> dict[str, Values]:
    return {
        "place": at("foyer", **more),
        "strange": at("ailleurs-seulement", **more),
        "missing": at("absente", **more),
    }


def respondent(world: World) -> dict[str, Any]:
    return {"esms_slug": "foyer", "respondent": world.own.risk_work[0].respondent.pk}


def of_the_other_project(world: World) -> dict[str, Any]:
    return {"esms_slug": "foyer", "respondent": world.foreign.risk_work[0].respondent.pk}


def person(world: World) -> dict[str, Any]:
    return {"esms_slug": "foyer", "person": world.lead.pk, "capacity": "lead"}


def stranger(world: World) -> dict[str, Any]:
    return {"esms_slug": "foyer", "person": world.foreign.people[LEAD].pk, "capacity": "lead"}


ONE: dict[str, Values] = {
    "place": respondent,
    "strange": of_the_other_project,
    "missing": at("foyer", respondent=UUID),
}
PERSON: dict[str, Values] = {
    "place": person,
    "strange": stranger,
    "missing": at("foyer", person=UUID, capacity="lead"),
}


def inside(name: str, status: int, post: int = 405, body: Values = NOTHING, **more: Any) -> list[Row]:
    """A page of the people of a structure: here, in a sibling, in one of the other OG."""
    above, rival = {LEAD, OG_DIRECTOR}, {LEAD, RIVAL_DIRECTOR}
    return [
        Row(
            name,
            get={status: FILLING, 403: ABOVE},
            post={post: FILLING, 403: ABOVE},
            otherwise=404,
            body=body,
            **here(**more),
        ),
        Row(
            name,
            get={403: above},
            post={403: above},
            otherwise=404,
            place=at("atelier", **more),
            body=body,
            note="another structure of the same OG",
        ),
        Row(
            name,
            get={403: rival},
            post={403: rival},
            otherwise=404,
            place=at("foyer-aval", **more),
            body=body,
            note="a structure of the other OG",
        ),
    ]


def acted(name: str, status: int, places: dict[str, Values], body: Values = NOTHING) -> Row:
    """Something that the people of a structure do."""
    return Row(
        name,
        get={405: FILLING, 403: ABOVE},
        post={status: FILLING, 403: ABOVE},
        otherwise=404,
        body=body,
        **places,
    )


def whole(name: str, get: int, post: int = 405, body: Values = NOTHING, **more: Any) -> Row:
    """The same of the project itself: its lead's alone, while nobody else was asked."""
    return Row(
        name,
        get={get: ONLY_LEAD, 403: MEMBERS - ONLY_LEAD},
        post={post: ONLY_LEAD, 403: MEMBERS - ONLY_LEAD},
        body=body,
        place=lambda world: dict(more),
    )


ROWS: list[Row] = [
    # Its answers are put together: they are read, nothing of them changes.
    *inside("esms_risk_answer", 302),
    *inside("esms_risk_answer_question", 200, question="2-1"),
    *inside("esms_risk_answer_section", 200, section=2),
    *inside("esms_risk_answer_finish", 200, 422),
    *inside("esms_risk_respondents", 200, 422),
    acted("esms_risk_mark", 422, here(question="2-1"), MARK),
    acted("esms_risk_answer_resume", 422, here()),
    acted("esms_risk_respondent_remove", 422, ONE),
    acted("esms_risk_respondent_capacity", 422, ONE, form(capacity="deputy", version=1)),
    acted("esms_risk_respondent_restore", 422, PERSON),
    whole("project_risk_answer", 302),
    whole("project_risk_answer_question", 200, question="2-1"),
    whole("project_risk_answer_section", 200, section=2),
    whole("project_risk_answer_finish", 200, 422),  # nothing is answered yet
    whole("project_risk_mark", 405, 302, MARK, question="2-1"),
    whole("project_risk_answer_resume", 405, 302),
    whole("project_risk_respondents", 200, 422),  # nobody is named
    Row(
        "project_risk_respondent_remove",
        get={405: ONLY_LEAD, 403: MEMBERS - ONLY_LEAD},
        post={404: ONLY_LEAD, 403: MEMBERS - ONLY_LEAD},
        place=lambda world: {"respondent": world.own.risk_work[0].respondent.pk},  # a structure's, nobody's here
    ),
    Row(
        "project_risk_respondent_restore",
        get={405: ONLY_LEAD, 403: MEMBERS - ONLY_LEAD},
        post={302: ONLY_LEAD, 403: MEMBERS - ONLY_LEAD},
        place=lambda world: {"person": world.lead.pk, "capacity": "lead"},
        strange=lambda world: {"person": world.foreign.people[LEAD].pk, "capacity": "lead"},
        missing=lambda world: {"person": UUID, "capacity": "lead"},
    ),
]
