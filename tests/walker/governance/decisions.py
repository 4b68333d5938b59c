"""Decisions and questions."""

from typing import Any

from tests.walker.base import ONLY_LEAD, TOKEN, UUID, Row, Values, form
from tests.walker.governance.readers import DECISION_READERS


def decision_made(**values: Any) -> Values:
    return lambda world: {"decided_on": world.project.started_on.isoformat(), "text": "Oui", "token": TOKEN, **values}


ROWS = [
    Row("decisions", get={200: DECISION_READERS}, post={405: DECISION_READERS}),
    Row(
        "decision_record",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        body=lambda world: {**decision_made(title="Le budget")(world), "body": world.own.decision.body_id},
    ),
    Row(
        "decision",
        get={200: DECISION_READERS},
        post={405: DECISION_READERS},
        place=lambda world: {"year": world.own.decision.year, "number": world.own.decision.number},
        strange=lambda world: {"year": world.foreign.decision.year, "number": world.foreign.decision.number},
        missing=form(year=2001, number=99),
    ),
    Row(
        "question_withdraw",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=lambda world: {"request_id": world.own.question.pk},
        strange=lambda world: {"request_id": world.foreign.question.pk},
        missing=form(request_id=UUID),
    ),
]
