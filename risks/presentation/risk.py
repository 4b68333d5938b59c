"""One risk in French: what it is, what is done about it, who knows of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.urls import reverse

from common import french
from common.ui import Entry, Link
from governance.enums import ALERT_SOURCE
from governance.models import Alert
from governance.presentation import alert_line, alert_sentence
from governance.sources import Linkable, finds
from organisations.models import Project
from organisations.presentation.sheets import Fact, SavedField
from risks.catalogue import questionnaire
from risks.enums import RISK_SOURCE, Criticality, RiskStatus, Treatment
from risks.models import Risk, RiskAction, RiskLink
from risks.places import Place
from risks.presentation.crumbs import crumbs
from risks.presentation.register import REGISTER, critical_warning, url_of
from risks.presentation.register_actions import ActionLine, action_line
from risks.presentation.register_words import (
    RISK_SHEET,
    Matrix,
    choosing,
    facts,
    history_of,
    place_of,
    saved_fields,
    spoken_cell,
)
from risks.presentation.words import CRITICALITIES, RISK_STATUSES, Mark
from risks.rights import Rights

WORDS = ("title", "category", "description", "cause", "consequence")
FOLLOWED = ("owner", "status", "treatment", "review_on")
HISTORY = (
    *WORDS,
    *FOLLOWED,
    "probability",
    "impact",
    "residual_probability",
    "residual_impact",
    "accepted_by",
    "accepted_why",
    "closing_note",
    "transmitted_at",
    "raised_at",
    "raised_why",
    "returned_why",
)


@dataclass(frozen=True)
class LinkLine:
    """What the risk is linked with; without `url`, something that the reader may not read."""

    label: str
    url: str
    remove_url: str


@dataclass(frozen=True)
class RiskView:
    """`edits`: the reader keeps this register and the risk is open. `told`: who reads it; `raised`, `returned`: between
    the structure and the project; `question`: the statement that brought it up."""

    title: str
    lede: str
    crumbs: list[Link]
    criticality: Mark
    status: Mark
    edits: bool
    matrix: Matrix
    residual: Matrix
    residual_said: str
    warning: str
    actions: list[ActionLine]
    alerts: list[Link]
    links: list[LinkLine]
    history: list[Entry]
    told: str
    fields: list[SavedField] = field(default_factory=list)
    follow_fields: list[SavedField] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    follow_facts: list[Fact] = field(default_factory=list)
    accepted: str = ""
    accepted_why: str = ""
    closed: str = ""
    closed_why: str = ""
    raised: str = ""
    raised_why: str = ""
    returned_why: str = ""
    question: str = ""
    transmits: bool = False
    raises: bool = False
    returns: bool = False


@dataclass(frozen=True)
class Around:
    """What the page of a risk reads beside it."""

    actions: list[RiskAction]
    alerts: list[Alert]
    links: list[RiskLink]
    offered: list[tuple[str, list[Linkable]]]


def risk_page(risk: Risk, rights: Rights, around: Around, today: date) -> RiskView:
    """In its own place."""
    place = place_of(risk)
    return _view(risk, place, rights, around, today, edits=rights.fills and risk.is_open)


def raised_page(risk: Risk, project: Project, rights: Rights, around: Around, today: date) -> RiskView:
    """In the project, for who may not open its structure."""
    return _view(risk, Place(project), rights, around, today, edits=False)


def _view(risk: Risk, place: Place, rights: Rights, around: Around, today: date, *, edits: bool) -> RiskView:
    own = place.id == risk.place
    residual = (risk.residual_probability, risk.residual_impact)
    return RiskView(
        title=french.typography(risk.title),
        lede=_lede(risk, around.actions, today),
        crumbs=crumbs(place, Link(REGISTER, place.url("risk_register")), Link(f"Risque n°{french.NBSP}{risk.number}")),
        criticality=CRITICALITIES[risk.criticality],
        status=RISK_STATUSES[RiskStatus(risk.status)],
        edits=edits,
        matrix=choosing((risk.probability, risk.impact)),
        residual=choosing(residual, id="reste"),
        residual_said=_residual(risk),
        warning="" if risk.criticality == Criticality.CRITICAL else critical_warning(place_of(risk)),
        actions=[action_line(action, today, follows=own and rights.fills) for action in around.actions],
        alerts=[_alerted(alert, place.project, today) for alert in around.alerts],
        links=_links(risk, around),
        history=history_of(risk, HISTORY, "risque noté"),
        told=_told(risk, rights),
        fields=saved_fields(RISK_SHEET, risk, WORDS) if edits else [],
        follow_fields=saved_fields(RISK_SHEET, risk, FOLLOWED) if edits else [],
        facts=[] if edits else facts(RISK_SHEET, risk, WORDS[1:]),
        follow_facts=[] if edits else facts(RISK_SHEET, risk, FOLLOWED),
        accepted=_accepted(risk),
        accepted_why=french.typography(risk.accepted_why),
        closed=f"Clos le {french.long_date(risk.closed_on)}" if risk.closed_on else "",
        closed_why=french.typography(risk.closing_note),
        raised=_raised(risk),
        raised_why=french.typography(risk.raised_why),
        returned_why=french.typography(risk.returned_why),
        question=_question(risk),
        transmits=own and rights.validates and risk.is_open and bool(risk.esms) and risk.transmitted_at is None,
        raises=own and rights.validates and risk.is_open and bool(risk.esms) and risk.raised_at is None,
        returns=own and rights.leads and risk.raised_at is not None,
    )


def _lede(risk: Risk, actions: Sequence[RiskAction], today: date) -> str:
    """« Probable, grave : criticité élevée. Deux actions sont en cours, dont une en retard. »"""
    said = f"{french.capital(spoken_cell(risk.probability, risk.impact))}."
    if not risk.is_open:
        return f"Ce risque est clos. Il était {said[:1].lower()}{said[1:]}"
    waiting = [action for action in actions if action.done_on is None and action.given_up_on is None]
    late = sum(action.due_on is not None and action.due_on < today for action in waiting)
    if not waiting:
        return f"{said} Aucune action n’est en cours contre lui."
    doing = french.counted(len(waiting), "action est prévue", "actions sont prévues", feminine=True)
    delayed = f", dont {french.in_words(late, feminine=True)} en retard" if late else ""
    if late == len(waiting):
        delayed = french.agree(late, " ; elle est en retard", ", toutes en retard")
    return f"{said} {french.capital(doing)}{delayed}."


def _residual(risk: Risk) -> str:
    if risk.residual_probability is None or risk.residual_impact is None:
        return "Pas encore estimé."
    return f"{french.capital(spoken_cell(risk.residual_probability, risk.residual_impact))}."


def _told(risk: Risk, rights: Rights) -> str:
    """Who reads it."""
    if risk.esms is None:
        return "Lu par le chef de projet, le COSTRAT et le COMOP."
    if risk.raised_at:
        return "Lu par la structure, la direction de son OG, le chef de projet, le COSTRAT et le COMOP."
    if risk.transmitted_at:
        by = f", par {risk.transmitted_by.get_full_name()}" if risk.transmitted_by else ""
        when = french.long_date(risk.transmitted_at)
        return french.typography(f"Transmis le {when}{by} : la direction de l’OG et le chef de projet le lisent.")
    words = "Seule la structure lit ce risque."
    return words if rights.validates else f"{words} La direction peut le transmettre."


def _accepted(risk: Risk) -> str:
    if risk.treatment != Treatment.ACCEPT or risk.accepted_by is None or risk.accepted_on is None:
        return ""
    return f"Accepté par {risk.accepted_by.get_full_name()} le {french.long_date(risk.accepted_on)}"


def _raised(risk: Risk) -> str:
    if risk.raised_at is None or risk.raised_by is None:
        return ""
    return f"Porté au projet le {french.long_date(risk.raised_at)}, par {risk.raised_by.get_full_name()}"


def _question(risk: Risk) -> str:
    question = questionnaire().by_number.get(risk.question)
    return f"Question {question.number} du questionnaire : {question.text}" if question else ""


def _alerted(alert: Alert, project: Project, today: date) -> Link:
    """« Alerte n° 3, donnée le 3 novembre 2026 par Maëlle Kerdrain, sans réponse depuis 19 jours. »"""
    return Link(alert_sentence(alert_line(alert, today)), reverse("alert", args=[project.slug, alert.number]))


def _links(risk: Risk, around: Around) -> list[LinkLine]:
    known = {(item.source, item.key): item for _, items in around.offered for item in items}
    lines = []
    for row in around.links:
        item = known.get((row.source, row.source_id))
        label = item.label if item else "Quelque chose que vous ne pouvez pas lire"
        remove_url = place_of(risk).url("risk_unlink", risk.number, row.source, row.source_id)
        lines.append(LinkLine(label, item.url if item else "", remove_url))
    return lines


def link_choices(around: Around) -> list[tuple[str, list[tuple[str, str]]]]:
    """What may still be linked, in groups; not the alerts that the risk raised itself."""
    taken = {(row.source, row.source_id) for row in around.links}
    taken |= {(ALERT_SOURCE, alert.pk) for alert in around.alerts}
    groups = []
    for heading, items in around.offered:
        free = [(f"{item.source}:{item.key}", item.label) for item in items if (item.source, item.key) not in taken]
        if free:
            groups.append((heading, free))
    return groups


def saved_words(placed_alert: Alert | None, risk: Risk) -> str:
    """What placing a risk did."""
    where = french.capital(spoken_cell(risk.probability, risk.impact))
    if placed_alert is None:
        return f"C’est enregistré. {where}."
    told = " et le risque est transmis" if risk.esms_id else ""
    return f"C’est enregistré. {where}. L’alerte n° {placed_alert.number} est donnée au COMOP{told}."


@finds(RISK_SOURCE)
def link_to_risk(project: Project, risk_id: UUID) -> Link | None:
    """« Ouvrir le risque n° 3 de Foyer Les Tilleuls », for the page of an alert. One query."""
    risk = Risk.objects.filter(project=project, pk=risk_id).select_related("esms").first()
    if risk is None:
        return None
    risk.project = project
    name = f" de {risk.esms.name}" if risk.esms else " du projet"
    label = french.typography(f"Ouvrir le risque n°{french.NBSP}{risk.number}{name}")
    return Link(label, url_of(risk, Place(project)))
