"""The home of an analysis, its convergence and its life. In a structure: read by who sees the structure, filled by its
people, ended by its direction, sent back by the project lead. The project's own is the lead's."""

from typing import Any

from tests.harness.world import World
from tests.walker.base import (
    ESMS_DIRECTOR,
    LEAD,
    OG_DIRECTOR,
    ONLY_LEAD,
    REFERENT,
    RIVAL_DIRECTOR,
    Row,
    Values,
    form,
)

INSIDERS = frozenset({LEAD, OG_DIRECTOR, ESMS_DIRECTOR, REFERENT})  # of the structure « foyer »
FILLING = frozenset({ESMS_DIRECTOR, REFERENT})
DIRECTING = frozenset({ESMS_DIRECTOR})
MOMENT = 1_700_000_000_000_000


def at(slug: str, **more: Any) -> Values:
    return lambda world: {"esms_slug": slug, **more}


def here(**more: Any) -> dict[str, Values]:
    return {
        "place": at("foyer", **more),
        "strange": at("ailleurs-seulement", **more),
        "missing": at("absente", **more),
    }


def versioned(world: World) -> dict[str, int]:
    return {"version": world.own.risk_work[0].assessment.version}


def sent_back(world: World) -> dict[str, Any]:
    return {**versioned(world), "note": "Revoyez la section 3."}


def kept(world: World) -> dict[str, Any]:
    """The mark that the structure agreed on."""
    row = world.own.risk_work[0].agreed
    return {"version": row.version, "kept": str(row.pk)}


def changed(world: World) -> dict[str, Any]:
    return {**kept(world), "mark": "4", "comment": ""}


def of_project(world: World) -> dict[str, int]:
    return {"version": world.own.risks.assessment.version}


def project_sent_back(world: World) -> dict[str, Any]:
    return {**of_project(world), "note": "On a oublié l’éditeur."}


def written(name: str, who: frozenset[str], status: int, body: Values, places: dict[str, Values]) -> Row:
    """A form of the structure that these people alone may post."""
    refused = INSIDERS - who
    return Row(name, get={405: who, 403: refused}, post={status: who, 403: refused}, otherwise=404, body=body, **places)


def of_lead(name: str, status: int, body: Values, **places: Values) -> Row:
    """A form about the project's own, which the lead alone may post."""
    return Row(name, get={405: ONLY_LEAD}, post={status: ONLY_LEAD}, body=body, **places)


ROWS = [
    Row("esms_risk_questionnaire", get={200: INSIDERS}, post={405: INSIDERS}, otherwise=404, **here()),
    Row(
        "esms_risk_questionnaire",
        get={200: {LEAD, OG_DIRECTOR}},
        post={405: {LEAD, OG_DIRECTOR}},
        otherwise=404,
        place=at("atelier"),
        note="another structure of the same OG",
    ),
    Row(
        "esms_risk_questionnaire",
        get={200: {LEAD, RIVAL_DIRECTOR}},
        post={405: {LEAD, RIVAL_DIRECTOR}},
        otherwise=404,
        place=at("foyer-aval"),
        note="a structure of the other OG",
    ),
    Row(
        "esms_risk_convergence",
        get={200: FILLING, 403: INSIDERS - FILLING},
        post={405: FILLING, 403: INSIDERS - FILLING},
        otherwise=404,
        **here(),
    ),
    Row(
        "esms_risk_convergence",
        get={403: {LEAD, OG_DIRECTOR}},
        post={403: {LEAD, OG_DIRECTOR}},
        otherwise=404,
        place=at("atelier"),
        note="another structure of the same OG",
    ),
    Row(
        "esms_risk_convergence_open",
        get={302: FILLING, 403: INSIDERS - FILLING},  # it is open
        post={422: FILLING, 403: INSIDERS - FILLING},
        otherwise=404,
        body=versioned,
        **here(),
    ),
    written("esms_risk_convergence_agree", FILLING, 302, changed, here(question="2-1")),
    written("esms_risk_convergence_withdraw", FILLING, 302, kept, here(question="2-1")),
    written("esms_risk_convergence_medians", FILLING, 302, form(), here()),
    written("esms_risk_convergence_medians_undo", FILLING, 302, form(), here(moment=MOMENT)),
    written("esms_risk_submit", FILLING, 302, versioned, here()),
    written("esms_risk_validate", DIRECTING, 302, versioned, here()),
    written("esms_risk_transmit", DIRECTING, 422, versioned, here()),  # it is not validated
    written("esms_risk_reopen", FILLING, 422, versioned, here()),
    written("esms_risk_send_back", ONLY_LEAD, 422, sent_back, here()),  # it is with the structure already
    Row("project_risk_questionnaire", get={200: ONLY_LEAD}, post={405: ONLY_LEAD}),
    Row("project_risk_convergence", get={302: ONLY_LEAD}, post={405: ONLY_LEAD}),  # people still answer
    Row("project_risk_convergence_open", get={200: ONLY_LEAD}, post={422: ONLY_LEAD}, body=of_project),  # nobody did
    of_lead(
        "project_risk_convergence_agree",
        422,
        form(mark="4", version=0, kept="", comment=""),
        place=form(question="2-1"),
        missing=form(question="77-7"),
    ),
    of_lead(
        "project_risk_convergence_withdraw",
        422,
        form(version=0, kept=""),
        place=form(question="2-1"),
        missing=form(question="77-7"),
    ),
    of_lead("project_risk_convergence_medians", 422, form()),
    of_lead("project_risk_convergence_medians_undo", 422, form(), place=form(moment=MOMENT)),
    of_lead("project_risk_submit", 422, of_project),
    of_lead("project_risk_validate", 422, of_project),
    of_lead("project_risk_transmit", 422, of_project),
    of_lead("project_risk_reopen", 422, of_project),
    of_lead("project_risk_send_back", 422, project_sent_back),
]
