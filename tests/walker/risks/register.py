"""The register and the plan of action: of a structure, for its people, and what it transmitted for those above; of the
project, for its bodies, kept by the lead. An action is followed by who does it, whoever they are."""

from typing import Any

from common.scope import elevated
from governance.enums import ALERT_SOURCE
from risks.models import Risk, RiskAction
from tests.harness.world import Tenant
from tests.walker.base import (
    COMOP,
    COSTRAT,
    ESMS_DIRECTOR,
    LEAD,
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
BODIES = frozenset({LEAD, COSTRAT, COMOP})  # who read the register of the project
NOTHING = form()
VERSION = form(version=1)
WHY = form(version=1, why="Le relais est posé.")
NEW_RISK = form(title="Grève au démarrage", category="human", cell="2-2", token=TOKEN)
NEW_ACTION = form(label="Former un remplaçant", kind="preventive", owner="", due_on="", token=TOKEN)
PROPOSED = form(kind="preventive", owner="", due_on="2030-01-31", probability="2", impact="2", token=TOKEN)
PROGRESS = form(version=1, progress="40", note="")


def at(slug: str, **more: Any) -> Values:
    return lambda world: {"esms_slug": slug, **more}


def here(**more: Any) -> dict[str, Values]:
    return {
        "place": at("foyer", **more),
        "strange": at("ailleurs-seulement", **more),
        "missing": at("absente", **more),
    }


def action_of(tenant: Tenant, *, own: bool = False) -> dict[str, Any]:
    """An action of the first structure, with the number of its risk; `own`: not transmitted."""
    work = tenant.risk_work[0]
    action = work.own_action if own else work.action
    return {"esms_slug": "foyer", "number": 2 if own else 1, "action_id": action.pk}


def here_on_action(**more: Any) -> dict[str, Values]:
    return {
        "place": lambda world: {**action_of(world.own), **more},
        "strange": lambda world: {**action_of(world.foreign), **more},
        "missing": lambda world: {**action_of(world.own), "action_id": UUID, **more},
    }


def there_on_action(**more: Any) -> dict[str, Values]:
    return {
        "place": lambda world: {"number": 1, "action_id": world.own.risks.action.pk, **more},
        "strange": lambda world: {"number": 1, "action_id": world.foreign.risks.action.pk, **more},
        "missing": form(number=1, action_id=UUID, **more),
    }


def project_risk(**more: Any) -> dict[str, Values]:
    return {"place": form(number=1, **more), "missing": form(number=99, **more)}


def pages(name: str, note: str = "", **more: Any) -> list[Row]:
    """A page of the structure that all who may see it read, whose siblings' are read too."""
    return [
        Row(name, get={200: who}, post={405: who}, otherwise=404, note=note, **place)
        for who, place, note in (
            (INSIDERS, here(**more), note),
            ({LEAD, OG_DIRECTOR}, {"place": at("atelier", **more)}, "another structure of the same OG"),
            ({LEAD, RIVAL_DIRECTOR}, {"place": at("foyer-aval", **more)}, "a structure of the other OG"),
        )
    ]


def kept(
    name: str,
    body: Values,
    place: dict[str, Values],
    *,
    who: frozenset[str] = FILLING,
    opens: bool = False,
    post: int = 302,
    note: str = "",
) -> Row:
    """A form of the structure's register. `opens`: it has a page, read by who may send it."""
    return Row(
        name,
        get={200 if opens else 405: who, 403: INSIDERS - who},
        post={post: who, 403: INSIDERS - who},
        otherwise=404,
        body=body,
        note=note,
        **place,
    )


def kept_there(name: str, body: Values, place: dict[str, Values], *, opens: bool = False, post: int = 302) -> Row:
    """The same form in the project, which the lead alone sends."""
    return Row(name, get={200 if opens else 405: ONLY_LEAD}, post={post: ONLY_LEAD}, body=body, **place)


TWICE = "who may not read the risk is answered 404 by the second wall too"


def raised(tenant: Tenant) -> Risk:
    """The risk that the first structure transmitted, raised to the project: nobody else's world has one."""
    work = tenant.risk_work[0]
    with elevated():
        Risk.objects.filter(pk=work.risk.pk).update(
            raised_by=work.risk.owner_id, raised_at=work.risk.transmitted_at, title="Débit insuffisant"
        )
        RiskAction.objects.filter(pk=work.action.pk).update(label="Poser un relais")
    return work.risk


def mine(name: str, body: Values = NOTHING, *, reads: bool = False) -> Row:
    """The action of the lead, on a page of its own; nobody else's, even for who reads its risk."""
    return Row(
        name,
        get={200 if reads else 405: ONLY_LEAD},
        post={405 if reads else 302: ONLY_LEAD},
        otherwise=404,
        place=lambda world: {"action_id": world.own.risks.action.pk},
        strange=lambda world: {"action_id": world.foreign.risks.action.pk},
        missing=form(action_id=UUID),
        body=body,
        note="whoever does it, and nobody else",
    )


LINKED = {"source": ALERT_SOURCE, "key": UUID}


ROWS: list[Row] = [
    # Read in a structure
    *pages("esms_risk_register"),
    *pages("esms_risk_plan"),
    *pages("esms_risk", TWICE, number=1),
    Row(
        "esms_risk",
        get={200: FILLING},
        post={405: FILLING},
        otherwise=404,
        place=at("foyer", number=2),
        note="not transmitted: nobody above reads it",
    ),
    Row(
        "esms_risk_action",
        get={200: INSIDERS},
        post={405: INSIDERS},
        otherwise=404,
        note=TWICE,
        **here_on_action(),
    ),
    Row(
        "esms_risk_action",
        get={200: FILLING},
        post={405: FILLING},
        otherwise=404,
        place=lambda world: action_of(world.own, own=True),
        note="about a risk that was not transmitted",
    ),
    # Kept in a structure
    kept("esms_risk_add", NEW_RISK, here(), opens=True),
    kept("esms_risk_propose", PROPOSED, here(question="2-1"), opens=True),
    kept("esms_risk_field", form(version=1, title="Débit trop faible"), here(number=1, field="title")),
    kept("esms_risk_cell", form(version=1, cell="2-2"), here(number=1)),
    kept("esms_risk_residual", form(version=1, cell="1-1"), here(number=1)),
    kept("esms_risk_accept", form(version=1, why=""), here(number=1), post=422, note="nobody named"),
    kept("esms_risk_close", WHY, here(number=1)),
    kept("esms_risk_open_again", NOTHING, here(number=1)),
    kept("esms_risk_link", form(target=""), here(number=1), post=422, note="nothing chosen"),
    kept("esms_risk_unlink", NOTHING, here(number=1, **LINKED)),
    kept("esms_risk_relink", NOTHING, here(number=1, **LINKED), post=422, note="no such alert"),
    kept("esms_risk_action_add", NEW_ACTION, here(number=1)),
    kept("esms_risk_action_field", form(version=1, label="Poser deux relais"), here_on_action(field="label")),
    kept("esms_risk_action_start", VERSION, here_on_action()),
    kept("esms_risk_action_follow", PROGRESS, here_on_action()),
    kept("esms_risk_action_finish", VERSION, here_on_action()),
    kept("esms_risk_action_give_up", WHY, here_on_action()),
    kept("esms_risk_action_resume", NOTHING, here_on_action()),
    kept("esms_risk_action_remove", NOTHING, here_on_action()),
    kept("esms_risk_transmit_one", VERSION, here(number=1), who=DIRECTING),
    kept("esms_risk_raise", WHY, here(number=1), who=DIRECTING),
    kept("esms_risk_return", WHY, here(number=1), who=ONLY_LEAD, post=422, note="it was not raised"),
    # In the project
    Row("project_risk_register", get={200: BODIES}, post={405: BODIES}),
    Row("project_risk_plan", get={200: BODIES}, post={405: BODIES}),
    Row("project_risk", get={200: BODIES}, post={405: BODIES}, **project_risk()),
    Row("project_risk_action", get={200: BODIES}, post={405: BODIES}, **there_on_action()),
    Row(
        "project_risk_raised",
        get={200: {COSTRAT, COMOP}, 302: INSIDERS},
        post={405: INSIDERS | {COSTRAT, COMOP}},
        otherwise=404,
        place=lambda world: {"risk_id": raised(world.own).pk},
        strange=lambda world: {"risk_id": raised(world.foreign).pk},
        missing=form(risk_id=UUID),
        note="who may open the structure reads it there",
    ),
    Row(
        "project_risk_raised",
        otherwise=404,
        place=lambda world: {"risk_id": world.own.risk_work[0].own.pk},
        note="one that was not raised",
    ),
    kept_there("project_risk_add", NEW_RISK, {}, opens=True),
    Row(
        "project_risk_propose",
        get={404: ONLY_LEAD},
        post={404: ONLY_LEAD},
        place=form(question="2-1"),
        body=PROPOSED,
        note="the project has agreed on no mark yet",
    ),
    kept_there("project_risk_field", form(version=1, title="Un seul appui"), project_risk(field="title")),
    kept_there("project_risk_cell", form(version=1, cell="2-2"), project_risk()),
    kept_there("project_risk_residual", form(version=1, cell="1-1"), project_risk()),
    kept_there("project_risk_accept", form(version=1, why=""), project_risk(), post=422),
    kept_there("project_risk_close", WHY, project_risk()),
    kept_there("project_risk_open_again", NOTHING, project_risk()),
    kept_there("project_risk_link", form(target=""), project_risk(), post=422),
    kept_there("project_risk_unlink", NOTHING, project_risk(**LINKED)),
    kept_there("project_risk_relink", NOTHING, project_risk(**LINKED), post=422),
    kept_there("project_risk_action_add", NEW_ACTION, project_risk()),
    kept_there("project_risk_action_field", form(version=1, label="Un autre"), there_on_action(field="label")),
    kept_there("project_risk_action_start", VERSION, there_on_action()),
    kept_there("project_risk_action_follow", PROGRESS, there_on_action()),
    kept_there("project_risk_action_finish", VERSION, there_on_action()),
    kept_there("project_risk_action_give_up", WHY, there_on_action()),
    kept_there("project_risk_action_resume", NOTHING, there_on_action()),
    kept_there("project_risk_action_remove", NOTHING, there_on_action()),
    # Who does it
    mine("project_risk_my_action", reads=True),
    mine("project_risk_my_action_start", VERSION),
    mine("project_risk_my_action_follow", PROGRESS),
    mine("project_risk_my_action_finish", VERSION),
    mine("project_risk_my_action_resume"),
]
