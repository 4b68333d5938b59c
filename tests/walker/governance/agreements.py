"""The convention: read by who reads decisions, written by who prepares the meetings. It is a draft here."""

from typing import Any

from tests.harness.world import Tenant, World
from tests.walker.base import ONLY_LEAD, UUID, Row, Values, form
from tests.walker.governance.readers import DECISION_READERS


def number(tenant: Tenant) -> dict[str, Any]:
    return {"number": tenant.governance.agreement.number}


def article(tenant: Tenant) -> dict[str, Any]:
    return {**number(tenant), "code": tenant.governance.article.code}


def party(tenant: Tenant) -> dict[str, Any]:
    return {**number(tenant), "party_id": tenant.governance.party.pk}


def places(place: Any, **missing: Any) -> dict[str, Values]:
    """The own one, the other project's, and one that doesn't exist."""
    return {
        "place": lambda world: place(world.own),
        "strange": lambda world: place(world.foreign),
        "missing": form(**missing),
    }


def version(world: World) -> dict[str, Any]:
    return {"version": 1}


ONE = places(number, number=99)
PARTY = places(party, number=99, party_id=UUID)

ROWS = [
    Row("agreement", get={200: DECISION_READERS}, post={405: DECISION_READERS}),
    Row(
        "agreement_start",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        body=lambda world: {"ogs": [og.pk for og in world.own.ogs]},
    ),
    Row("agreement_open", get={302: ONLY_LEAD}, post={302: ONLY_LEAD}),  # back to the draft: none is in force
    Row("agreement_version", get={200: DECISION_READERS}, post={405: DECISION_READERS}, **ONE),
    Row(
        "agreement_article",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        body=lambda world: {"text": "Ce que les parties font ensemble.", **version(world)},
        **places(article, number=99, code="rien"),
    ),
    Row(
        "agreement_party_add",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        body=lambda world: {"og": world.own.ogs[0].pk},
        **ONE,
    ),
    Row("agreement_party_remove", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}, **PARTY),
    Row("agreement_signing", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}, body=version, **ONE),
    Row("agreement_drafting", get={405: ONLY_LEAD}, post={422: ONLY_LEAD}, body=version, **ONE),
    Row("agreement_abandon", get={405: ONLY_LEAD}, post={422: ONLY_LEAD}, **ONE),  # the first one stays
    Row(
        "agreement_sign",
        get={302: ONLY_LEAD},  # not to be signed yet
        post={422: ONLY_LEAD},
        body=lambda world: {"signatory": "A", "capacity": "B", "signed_on": "2020-01-01", **version(world)},
        **PARTY,
    ),
    Row("agreement_unsign", get={405: ONLY_LEAD}, post={422: ONLY_LEAD}, body=version, **PARTY),
    Row("agreement_document", get={200: DECISION_READERS}, post={405: DECISION_READERS}, **PARTY),
]
