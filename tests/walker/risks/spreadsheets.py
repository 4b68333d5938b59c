"""The risks of a place as spreadsheets: to who reads the page that they are made of."""

from typing import Any

from common.scope import elevated
from risks.enums import AssessmentStatus
from risks.models import AgreedMark, Assessment
from risks.places import Place
from tests.harness.risks import HIGH
from tests.harness.world import World
from tests.walker.base import (
    COMOP,
    COSTRAT,
    ESMS_DIRECTOR,
    LEAD,
    OG_DIRECTOR,
    ONLY_LEAD,
    REFERENT,
    RIVAL_DIRECTOR,
    Row,
    Values,
)

INSIDERS = frozenset({LEAD, OG_DIRECTOR, ESMS_DIRECTOR, REFERENT})  # of the structure « foyer »
BODIES = frozenset({LEAD, COSTRAT, COMOP})  # who read the register of the project


def at(slug: str) -> Values:
    return lambda world: {"esms_slug": slug}


def settled(world: World) -> dict[str, Any]:
    """The project's own assessment, wherever it stands, with a mark agreed on."""
    place = Place(world.project)
    with elevated():
        found = Assessment.objects.get(pk=world.own.risks.assessment.pk)
        rows = Assessment.objects.filter(pk=found.pk)
        if not AgreedMark.objects.filter(assessment=found).exists():
            rows.update(status=AssessmentStatus.CONVERGING, closed_at=None)
            AgreedMark.objects.create(**place.columns, assessment=found, question=HIGH, value=9, agreed_by=world.lead)
            kept = AssessmentStatus.CONVERGING if found.answering else found.status
            rows.update(status=kept, closed_at=found.closed_at)
    return {}


def in_structure(name: str) -> list[Row]:
    return [
        Row(
            name,
            get={200: INSIDERS},
            post={405: INSIDERS},
            otherwise=404,
            place=at("foyer"),
            strange=at("ailleurs-seulement"),
            missing=at("absente"),
        ),
        Row(
            name,
            get={200: {LEAD, OG_DIRECTOR}},
            post={405: {LEAD, OG_DIRECTOR}},
            otherwise=404,
            place=at("atelier"),
            note="another structure of the same OG",
        ),
        Row(
            name,
            get={200: {LEAD, RIVAL_DIRECTOR}},
            post={405: {LEAD, RIVAL_DIRECTOR}},
            otherwise=404,
            place=at("foyer-aval"),
            note="a structure of the other OG",
        ),
    ]


ROWS: list[Row] = [
    *in_structure("esms_risk_export_answers"),
    *in_structure("esms_risk_export_register"),
    *in_structure("esms_risk_export_plan"),
    Row("project_risk_export_scores", get={200: ONLY_LEAD}, post={405: ONLY_LEAD}),
    Row("project_risk_export_answers", get={200: ONLY_LEAD}, post={405: ONLY_LEAD}, place=settled),
    Row("project_risk_export_register", get={200: BODIES}, post={405: BODIES}),
    Row("project_risk_export_plan", get={200: BODIES}, post={405: BODIES}),
]
