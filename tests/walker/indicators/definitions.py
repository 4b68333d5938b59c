"""What is followed, what it aims at, when it alerts, how it is collected: the lead's alone."""

from typing import Any

from common.scope import elevated
from indicators.models import AlertRule
from tests.harness.indicators import OWN, RATE
from tests.harness.world import Tenant
from tests.walker.base import ONLY_LEAD, TOKEN, UUID, Row, Values, form

NOTHING = form()
OWN_ONE = form(
    label="Pannes de réseau",
    kind="count",
    phase="usage",
    unit="pannes",
    direction="lower_better",
    frequency="monthly",
    breakdown="",
    about="things",
    help="",
    token=TOKEN,
)
VERSION = form(
    label="Taux de connexion",
    direction="higher_better",
    frequency="monthly",
    help="Lu par profil.",
    why="Il était mal compris.",
    number=2,
    token=TOKEN,
)
RULE = {
    "severity": "warning",
    "metric": "value",
    "operator": "lt",
    "threshold": "12",
    "periods": "1",
    "message": "Trop peu de connexions.",
}
DAYS = {"opens_after": "1", "due_after": "10", "closes_after": "40", "phases": ["usage"], "version": "1"}


def reads(name: str, place: Values = NOTHING, **more: Any) -> Row:
    return Row(name, get={200: ONLY_LEAD}, post={405: ONLY_LEAD}, place=place, **more)


def fills(name: str, body: Values, place: Values = NOTHING, **more: Any) -> Row:
    """A form on a page of its own."""
    return Row(name, get={200: ONLY_LEAD}, post={302: ONLY_LEAD}, place=place, body=body, **more)


def acts(name: str, place: Values = NOTHING, body: Values = NOTHING, **more: Any) -> Row:
    """A button."""
    return Row(name, get={405: ONLY_LEAD}, post={302: ONLY_LEAD}, place=place, body=body, **more)


def rule_of(tenant: Tenant) -> AlertRule:
    """Of what is not entered: it has no indicator, and each project has its own."""
    with elevated():
        return AlertRule.objects.get(project=tenant.project, code="missing_entry")


def on_rule() -> dict[str, Values]:
    return {
        "place": lambda world: {"rule_id": world.own.indicators.rule.pk},
        "strange": lambda world: {"rule_id": world.foreign.indicators.rule.pk},
        "missing": form(rule_id=UUID),
    }


def on_target() -> dict[str, Values]:
    return {
        "place": lambda world: {"code": RATE, "target_id": world.own.indicators.target.pk},
        "strange": lambda world: {"code": RATE, "target_id": world.foreign.indicators.target.pk},
        "missing": form(code=RATE, target_id=UUID),
    }


def on_code(code: str = RATE) -> dict[str, Values]:
    return {"place": form(code=code), "missing": form(code="rien-de-tel")}


ROWS: list[Row] = [
    reads("indicator_definitions"),
    acts("indicator_definition_adopt", body=form(codes=[RATE])),
    fills("indicator_definition_add", OWN_ONE),
    reads("indicator_collections"),
    acts(
        "indicator_collection",
        form(frequency="monthly"),
        form(**{f"monthly-{name}": value for name, value in DAYS.items()}),
        missing=form(frequency="chaque-jour"),
    ),
    reads("indicator_rules"),
    acts("indicator_rules_check"),
    fills("indicator_rule", form(**RULE, version=1), **on_rule()),
    fills(
        "indicator_rule",
        form(severity="warning", threshold="2", message="Deux relevés manquent.", version=1),
        lambda world: {"rule_id": rule_of(world.own).pk},
        strange=lambda world: {"rule_id": rule_of(world.foreign).pk},
        missing=form(rule_id=UUID),
        note="about what is not entered",
    ),
    acts("indicator_rule_on", **on_rule()),
    acts("indicator_rule_off", **on_rule()),
    reads("indicator_definition", **on_code()),
    reads("indicator_definition", **on_code(OWN), note="of the project's own"),
    fills("indicator_definition_change", VERSION, **on_code()),
    acts("indicator_definition_give_up", **on_code()),
    acts("indicator_definition_resume", **on_code()),
    acts("indicator_definition_entered", **on_code("accounts_created_count")),
    acts("indicator_definition_computed", **on_code("accounts_created_count")),
    fills("indicator_target_add", form(of="projet", value="70", from_on="2024-01-31"), **on_code()),
    fills("indicator_target", form(value="70", from_on="2024-01-31", version=1), **on_target()),
    acts("indicator_target_remove", body=form(version=1), **on_target()),
    fills("indicator_rule_add", form(**RULE, token=TOKEN), **on_code()),
]
