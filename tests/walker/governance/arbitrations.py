"""Arbitrations: the register, the file, the vote."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from common.scope import elevated
from governance.models import Arbitration, ArbitrationOption
from tests.harness.world import Tenant, World
from tests.walker.base import COMOP, COSTRAT, ESMS_DIRECTOR, LEAD, ONLY_LEAD, TOKEN, UUID, Row, Values, form
from tests.walker.governance.readers import DECISION_READERS

# It concerns no structure: the direction of one is not told that it exists.
NOT_THEIRS = {404: frozenset({ESMS_DIRECTOR})}
REGISTER_READERS = DECISION_READERS | {ESMS_DIRECTOR}


def at(tenant: Tenant, **more: Any) -> dict[str, Any]:
    arbitration = tenant.governance.arbitration
    return {"year": arbitration.year, "number": arbitration.number, **more}


def own(world: World) -> dict[str, Any]:
    return at(world.own)


def strange(world: World) -> dict[str, Any]:
    return at(world.foreign)


def missing(world: World) -> dict[str, Any]:
    return {"year": 2001, "number": 99}


def version(**values: Any) -> Values:
    return lambda world: {"version": world.own.governance.arbitration.version, **values}


def option_of(arbitration: Arbitration, position: int = 2) -> ArbitrationOption:
    with elevated():
        return ArbitrationOption.objects.get(arbitration=arbitration, position=position)


def part(name: str, of: Any, none: Any = UUID, **more: Any) -> dict[str, Values]:
    """The places of a part of the file: its own, the other project's, one that doesn't exist."""
    return {
        "place": lambda world: at(world.own, **{name: of(world.own)}, **more),
        "strange": lambda world: at(world.own, **{name: of(world.foreign)}, **more),
        "missing": lambda world: at(world.own, **{name: none}, **more),
    }


ONE = {"place": own, "strange": strange, "missing": missing}
OPTION = part("option_id", lambda tenant: option_of(tenant.governance.arbitration).pk)
DOCUMENT = part("document_id", lambda tenant: tenant.governance.document.pk)
VOICE = part("unit_id", lambda tenant: tenant.ogs[0].pk)


def posted(name: str, body: Values, status: int = 302, place: dict[str, Values] = ONE) -> Row:
    """An act of who prepares the meetings."""
    return Row(name, get={405: ONLY_LEAD, **NOT_THEIRS}, post={status: ONLY_LEAD, **NOT_THEIRS}, body=body, **place)


def asked(name: str, body: Values, status: int = 302) -> Row:
    """An act that asks for words on a page of its own."""
    return Row(name, get={200: ONLY_LEAD, **NOT_THEIRS}, post={status: ONLY_LEAD, **NOT_THEIRS}, body=body, **ONE)


def decided(world: World) -> dict[str, Any]:
    return {
        **version()(world),
        "mode": "consensus",
        "option": option_of(world.own.governance.arbitration).pk,
        "text": "Oui.",
        "decided_on": timezone.localdate().isoformat(),
        "token": TOKEN,
        "suites-TOTAL_FORMS": "0",
        "suites-INITIAL_FORMS": "0",
    }


ROWS = [
    Row("arbitrations", get={200: REGISTER_READERS}, post={405: REGISTER_READERS}),
    Row(
        "arbitration_open",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        body=form(question="Attendre ?", kind="schedule", token=TOKEN),
    ),
    Row(
        "arbitration",
        get={200: DECISION_READERS, **NOT_THEIRS},
        post={405: DECISION_READERS, **NOT_THEIRS},
        **ONE,
    ),
    Row("arbitration_edit", get={200: ONLY_LEAD, **NOT_THEIRS}, post={405: ONLY_LEAD, **NOT_THEIRS}, **ONE),
    posted("arbitration_structures", version()),
    Row(
        "arbitration_field",
        get={405: {LEAD, COMOP}, **NOT_THEIRS},
        post={302: {LEAD, COMOP}, **NOT_THEIRS},
        body=version(comop_opinion="Favorable."),
        place=lambda world: at(world.own, field="comop_opinion"),
        strange=lambda world: at(world.foreign, field="comop_opinion"),
        missing=lambda world: {**missing(world), "field": "comop_opinion"},
    ),
    posted("arbitration_options", form(label="Attendre le printemps")),
    Row("arbitration_option", get={200: ONLY_LEAD, **NOT_THEIRS}, post={405: ONLY_LEAD, **NOT_THEIRS}, **OPTION),
    posted("arbitration_option_move", form(version=1, vers="haut"), place=OPTION),
    posted("arbitration_option_recommend", version(), place=OPTION),
    posted("arbitration_option_remove", form(version=1), status=422, place=OPTION),  # on an agenda: two are needed
    Row(
        "arbitration_option_restore",
        get={405: ONLY_LEAD, **NOT_THEIRS},
        post={302: ONLY_LEAD, **NOT_THEIRS},  # it is there: nothing to do
        place=OPTION["place"],
    ),
    Row(
        "arbitration_option_field",
        get={405: ONLY_LEAD, **NOT_THEIRS},
        post={302: ONLY_LEAD, **NOT_THEIRS},
        body=form(label="Attendre", version=1),
        **part("option_id", lambda tenant: option_of(tenant.governance.arbitration).pk, field="label"),
    ),
    posted("arbitration_documents", form(link="https://exemple.fr/devis", token=TOKEN)),
    Row(
        "arbitration_document",
        get={200: DECISION_READERS, **NOT_THEIRS},
        post={405: DECISION_READERS, **NOT_THEIRS},
        **DOCUMENT,
    ),
    posted("arbitration_document_remove", form(), place=DOCUMENT),
    posted("arbitration_put", lambda world: {**version()(world), "meeting": world.own.governance.meeting.pk}),
    posted("arbitration_take_off", version()),
    asked(
        "arbitration_postpone",
        version(to=(timezone.localdate() + timedelta(days=40)).isoformat(), reason="Le devis manque."),
    ),
    asked("arbitration_withdraw", version(reason="La question est réglée.")),
    posted("arbitration_consult", version()),
    posted("arbitration_resend", form()),
    Row(
        "arbitration_tally",
        get={302: DECISION_READERS, **NOT_THEIRS},
        post={405: DECISION_READERS, **NOT_THEIRS},
        **ONE,
    ),
    Row(
        "arbitration_vote",
        get={405: {LEAD, COSTRAT, COMOP}, **NOT_THEIRS},
        post={302: {COSTRAT}, 422: {LEAD, COMOP}, **NOT_THEIRS},  # each their own voice
        body=form(ballot="abstention", version=0),
        **VOICE,
    ),
    asked("arbitration_decide", decided),
    posted(
        "arbitration_follow_up",
        lambda world: {
            "label": "Prévenir",
            "owner": world.lead.pk,
            "due_on": timezone.localdate().isoformat(),
            "token": TOKEN,
        },
        status=422,  # it isn't decided
    ),
    posted("arbitration_applied", version(applied_on=timezone.localdate().isoformat()), status=422),
]
