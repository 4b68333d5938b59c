"""Actions on risks in French: as they are listed beside their risk, on their own page, by who does them."""

from dataclasses import dataclass, field
from datetime import date

from common import french
from common.charts.bars import Segment, segments
from common.ui import Entry, Link
from organisations.models import Project
from organisations.presentation.sheets import Fact, SavedField
from risks.enums import ActionKind
from risks.models import Risk, RiskAction
from risks.places import Place
from risks.presentation.crumbs import crumbs
from risks.presentation.register_words import (
    ACTION_SHEET,
    due_words,
    facts,
    history_of,
    place_of,
    saved_fields,
)
from risks.presentation.words import Mark
from risks.rights import Rights
from risks.selectors.register import action_is_late, action_is_open

FIELDS = ("label", "kind", "owner", "due_on")
HISTORY = (*FIELDS, "progress", "note", "started_on", "done_on", "given_up_why")


@dataclass(frozen=True)
class ActionLine:
    """An action as it is listed. `follows`: the reader may say how far it is."""

    title: str
    detail: str
    mark: Mark
    when: str
    late: bool
    open: bool
    progress: int
    segments: list[Segment]
    note: str
    url: str
    done_url: str
    version: int
    follows: bool


def state_of(action: RiskAction, today: date) -> Mark:
    """Its word, tone and shape."""
    if action.done_on is not None:
        return Mark("Faite", "ok", "s-ok")
    if action.given_up_on is not None:
        return Mark("Abandonnée", "none", "s-na")
    if action_is_late(action, today):
        return Mark("En retard", "late", "clock")
    if action.started_on is not None:
        return Mark("En cours", "progress", "s-progress")
    return Mark("À commencer", "todo", "s-todo")


def action_line(action: RiskAction, today: date, *, follows: bool) -> ActionLine:
    """Its risk is known."""
    place, number = place_of(action.risk), action.risk.number
    return ActionLine(
        title=french.typography(action.label),
        detail=f"{kind_of(action)}, {who_does(action)}",
        mark=state_of(action, today),
        when=when_of(action, today),
        late=action_is_late(action, today),
        open=action_is_open(action),
        progress=action.progress,
        segments=list(bar_of(action)),
        note=french.typography(action.note),
        url=place.url("risk_action", number, action.pk),
        done_url=place.url("risk_action_finish", number, action.pk),
        version=action.version,
        follows=follows and action_is_open(action),
    )


def bar_of(action: RiskAction) -> list[Segment]:
    tone = "ok" if action.done_on else "progress"
    return list(segments((tone, action.progress), total=100))


def kind_of(action: RiskAction) -> str:
    """« préventive »."""
    return str(ActionKind(action.kind).label).lower()


def who_does(action: RiskAction) -> str:
    return action.owner.get_full_name() if action.owner else "personne encore"


def when_of(action: RiskAction, today: date) -> str:
    """« en retard de trois jours », « faite le 12 déc. »."""
    if action.done_on is not None:
        return f"faite le {french.short_date(action.done_on, now=today)}"
    if action.given_up_on is not None:
        return f"abandonnée le {french.short_date(action.given_up_on, now=today)}"
    return due_words(action.due_on, today)


@dataclass(frozen=True)
class ActionView:
    """The page of one action. `edits`: its words may change; `follows`: how far it is may be said."""

    title: str
    lede: str
    crumbs: list[Link]
    mark: Mark
    open: bool
    edits: bool
    follows: bool
    segments: list[Segment]
    progress: str
    history: list[Entry]
    fields: list[SavedField] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    note: str = ""
    given_up_why: str = ""
    risk: str = ""
    risk_url: str = ""


def action_page(action: RiskAction, rights: Rights, today: date) -> ActionView:
    """In the register."""
    risk = action.risk
    place, edits = place_of(risk), rights.fills and action_is_open(action) and risk.is_open
    way = crumbs(
        place,
        Link("Registre", place.url("risk_register")),
        Link(f"Risque n°{french.NBSP}{risk.number}", place.url("risk", risk.number)),
        Link("Action"),
    )
    return _view(
        action,
        today,
        crumbs=way,
        edits=edits,
        follows=rights.fills,
        fields=saved_fields(ACTION_SHEET, action, FIELDS) if edits else [],
        facts=[] if edits else facts(ACTION_SHEET, action, FIELDS[1:]),
        risk=risk,
        risk_url=place.url("risk", risk.number),
    )


def own_page(action: RiskAction, project: Project, risk: Risk | None, risk_url: str, today: date) -> ActionView:
    """For who does it. `risk`: None when they may not read it."""
    way = [*crumbs(Place(project))[:-1], Link("Mon action")]
    shown = facts(ACTION_SHEET, action, ("kind", "due_on"))
    return _view(
        action,
        today,
        crumbs=way,
        edits=False,
        follows=action.given_up_on is None,
        fields=[],
        facts=shown,
        risk=risk,
        risk_url=risk_url,
    )


def _view(
    action: RiskAction,
    today: date,
    *,
    crumbs: list[Link],
    edits: bool,
    follows: bool,
    fields: list[SavedField],
    facts: list[Fact],
    risk: Risk | None,
    risk_url: str,
) -> ActionView:
    return ActionView(
        title=french.typography(action.label),
        lede=f"{french.capital(kind_of(action))}, {who_does(action)}, {when_of(action, today)}",
        crumbs=crumbs,
        mark=state_of(action, today),
        open=action_is_open(action),
        edits=edits,
        follows=follows,
        segments=bar_of(action),
        progress=french.percent(action.progress),
        history=history_of(action, HISTORY, "action écrite"),
        fields=fields,
        facts=facts,
        note=french.typography(action.note),
        given_up_why=french.typography(action.given_up_why),
        risk=french.typography(risk.title) if risk else "",
        risk_url=risk_url if risk else "",
    )
