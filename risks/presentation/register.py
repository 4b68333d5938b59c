"""The register in French: what is critical, what is late, the matrix, the risks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from common import french
from common.ui import Link
from organisations.models import User
from risks.catalogue import Question
from risks.enums import Category, Criticality, RiskStatus
from risks.models import AgreedMark, Risk
from risks.places import Place
from risks.presentation.crumbs import crumbs
from risks.presentation.register_words import Cell, Matrix, choosing, due_words, late_by, matrix, spoken_cell
from risks.presentation.tabs import tabs
from risks.presentation.words import CRITICALITIES, RISK_STATUSES, Mark, mark_of
from risks.rights import Rights
from risks.selectors.register import OWN, RAISED, TRANSMITTED, Filters, action_is_late, action_is_open
from risks.services.actions import IMPACT, guessed_probability

REGISTER = "Registre"


@dataclass(frozen=True)
class RiskLine:
    """A risk as it is listed. `late`: its next action, or its review, should have been done already."""

    title: str
    url: str
    detail: str
    criticality: Mark
    status: Mark
    owner: str
    next: str
    next_when: str
    next_late: bool
    review: str
    review_late: bool


@dataclass(frozen=True)
class Group:
    """Risks of one kind, under one heading; in a structure there is one kind, without a heading."""

    id: str
    title: str
    lines: list[RiskLine]


@dataclass(frozen=True)
class RegisterView:
    title: str
    lede: str
    crumbs: list[Link]
    tabs: list[Link]
    matrix: Matrix
    groups: list[Group]
    whose: list[Link]
    filtered: str
    shown: str
    all_url: str
    empty: bool
    add_url: str = ""
    export_url: str = ""


def url_of(risk: Risk, place: Place) -> str:
    """Where a risk is read from the register of this place: what a structure raised has its page in the project too."""
    if place.esms or risk.esms is None:
        return place.url("risk", risk.number)
    if risk.raised_at is not None:
        return place.url("risk_raised", risk.pk)
    return Place(place.project, risk.esms).url("risk", risk.number)


def register(place: Place, rights: Rights, risks: Sequence[Risk], filters: Filters, today: date) -> RegisterView:
    """`risks`: all that the reader reads, with their actions."""
    scope = [risk for risk in risks if belongs(risk, place, filters.whose)]
    shown = [risk for risk in scope if filters.keeps(risk, today)]
    base = place.url("risk_register")
    return RegisterView(
        title=_title(scope, today),
        lede=_lede(place, rights, scope),
        crumbs=crumbs(place, Link(REGISTER)),
        tabs=tabs(place, rights, "risk_register"),
        matrix=_counted(scope, filters, base),
        groups=_groups(place, shown, today),
        whose=_whose(place, rights, risks, filters, base),
        filtered=_filtered(filters),
        shown=_shown(len(shown), filters),
        all_url=_query(base, des=filters.whose),
        empty=not scope,
        add_url=place.url("risk_add") if rights.fills else "",
        export_url=_query(place.url("risk_export_register"), **_asked(filters)),
    )


def belongs(risk: Risk, place: Place, whose: str) -> bool:
    """Whether the register of the project shows it under this heading; that of a structure has no headings."""
    if place.esms or whose == OWN:
        return place.esms is not None or risk.esms_id is None
    if whose == RAISED:
        return risk.raised_at is not None
    if whose == TRANSMITTED:
        return risk.esms_id is not None
    return risk.esms_id is None or risk.raised_at is not None


def _title(risks: Sequence[Risk], today: date) -> str:
    """« Deux risques sont critiques, trois actions sont en retard »."""
    if not risks:
        return "Aucun risque n’est encore noté"
    open_ones = [risk for risk in risks if risk.is_open]
    critical = sum(risk.criticality == Criticality.CRITICAL for risk in open_ones)
    late = sum(action_is_late(action, today) for risk in open_ones for action in risk.actions.all())
    if not open_ones:
        return "Tous les risques notés sont clos"
    if critical:
        what = french.counted(critical, "risque est critique", "risques sont critiques")
    else:
        what = "aucun risque n’est critique"
    done = french.counted(late, "action est en retard", "actions sont en retard", feminine=True) if late else ""
    return french.capital(f"{what}, {done}" if done else what)


def _lede(place: Place, rights: Rights, risks: Sequence[Risk]) -> str:
    count = sum(risk.is_open for risk in risks)
    if not risks:
        words = "Ce qui peut arriver au projet se note ici, avec ce qu’on fait pour l’éviter."
    else:
        words = f"{french.capital(french.counted(count, 'risque est ouvert', 'risques sont ouverts'))}."
    if place.esms and rights.inside:
        words += _untold(sum(risk.is_open and risk.transmitted_at is None for risk in risks), count)
    elif place.esms:
        words += " Vous lisez ce que la structure a transmis."
    return french.typography(words)


def _untold(untold: int, count: int) -> str:
    """Whether some are the structure's alone, and who reads the others."""
    if not untold:
        return ""
    who = (
        french.agree(untold, "Il", "Ils")
        if untold == count
        else f"{french.capital(french.in_words(untold))} d’entre eux"
    )
    read = french.agree(untold, "n’est lu", "ne sont lus")
    others = "le chef de projet et la direction de votre OG lisent ce qui leur est transmis"
    return f" {who} {read} que par la structure ; {others}."


def _asked(filters: Filters) -> dict[str, str]:
    """The filters as an address has them."""
    return {
        "des": filters.whose,
        "categorie": filters.category,
        "etat": filters.status,
        "criticite": filters.criticality,
        "porteur": str(filters.owner) if filters.owner else "",
        "retard": "oui" if filters.late else "",
        "case": "-".join(map(str, filters.cell)) if filters.cell else "",
    }


def _query(base: str, **values: str) -> str:
    given = {name: value for name, value in values.items() if value}
    return f"{base}?{urlencode(given)}" if given else base


def _counted(risks: Sequence[Risk], filters: Filters, base: str) -> Matrix:
    counts = Counter((risk.probability, risk.impact) for risk in risks if risk.is_open)

    def make(probability: int, impact: int, mark: Mark) -> Cell:
        count, current = counts[probability, impact], filters.cell == (probability, impact)
        target = "" if current else f"{probability}-{impact}"
        said = french.counted(count, "risque", "risques") if count else "aucun risque"
        return Cell(
            f"{probability}-{impact}",
            mark,
            f"{said}, {spoken_cell(probability, impact)}",
            current=current,
            count=count,
            url=f"{_query(base, des=filters.whose, case=target)}#liste" if count or current else "",
        )

    return matrix(make)


def _whose(place: Place, rights: Rights, risks: Sequence[Risk], filters: Filters, base: str) -> list[Link]:
    """In the project: its own risks, those raised to it, for the lead those that structures transmitted."""
    if place.esms:
        return []
    kinds = [("", "Tout le registre"), (OWN, "Ceux du projet"), (RAISED, "Portés par des structures")]
    if rights.leads:
        kinds.append((TRANSMITTED, "Tous ceux des structures"))
    return [
        Link(
            label,
            _query(base, des=code),
            current=filters.whose == code,
            count=sum(risk.is_open and belongs(risk, place, code) for risk in risks),
        )
        for code, label in kinds
    ]


def _filtered(filters: Filters) -> str:
    """What the list is narrowed to by a click on the matrix."""
    return spoken_cell(*filters.cell) if filters.cell else ""


def _shown(count: int, filters: Filters) -> str:
    if not filters.narrow:
        return ""
    said = french.counted(count, "risque correspond", "risques correspondent")
    return f"{french.capital(said)} à ces filtres." if count else "Aucun risque ne correspond à ces filtres."


def _groups(place: Place, risks: Sequence[Risk], today: date) -> list[Group]:
    if place.esms:
        kinds = [("risques", "", risks)]
    else:
        kinds = [
            ("du-projet", "Du projet", [risk for risk in risks if risk.esms_id is None]),
            ("portes", "Portés au projet par des structures", [risk for risk in risks if risk.raised_at is not None]),
            (
                "transmis",
                "Transmis par les structures",
                [risk for risk in risks if risk.esms_id is not None and risk.raised_at is None],
            ),
        ]
    return [Group(code, title, [line(risk, place, today) for risk in rows]) for code, title, rows in kinds if rows]


def line(risk: Risk, place: Place, today: date) -> RiskLine:
    waiting = [action for action in risk.actions.all() if action_is_open(action)]
    first = waiting[0] if waiting else None
    category = str(Category(risk.category).label)
    where = f"{risk.esms.name}, {category.lower()}" if risk.esms and place.esms is None else category
    review = risk.review_on if risk.is_open else None
    return RiskLine(
        title=french.typography(risk.title),
        url=url_of(risk, place),
        detail=french.typography(
            f"n°{french.NBSP}{risk.number}, {where[:1].lower()}{where[1:]}" if place.esms else where
        ),
        criticality=CRITICALITIES[risk.criticality],
        status=RISK_STATUSES[RiskStatus(risk.status)],
        owner=risk.owner.get_full_name() if risk.owner else "Personne encore",
        next=french.typography(first.label) if first else "",
        next_when=due_words(first.due_on, today) if first else "",
        next_late=first is not None and action_is_late(first, today),
        review=_review(review, today),
        review_late=review is not None and review < today,
    )


def _review(review_on: date | None, today: date) -> str:
    if review_on is None:
        return ""
    return late_by(review_on, today) if review_on < today else french.short_date(review_on, now=today)


def owners_among(risks: Sequence[Risk]) -> list[User]:
    """Who carries some of these, by name."""
    found = {risk.owner.pk: risk.owner for risk in risks if risk.owner}
    return sorted(found.values(), key=lambda user: (user.last_name, user.first_name))


# --- A risk to note ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AddView:
    crumbs: list[Link]
    matrix: Matrix
    warning: str
    back_url: str


def adding(place: Place, chosen: tuple[int, int] | None) -> AddView:
    way = crumbs(place, Link(REGISTER, place.url("risk_register")), Link("Noter un risque"))
    return AddView(way, choosing(chosen or (None, None)), critical_warning(place), place.url("risk_register"))


def critical_warning(place: Place) -> str:
    """What placing a risk among the critical ones does, said before."""
    return french.typography(f"Si sa place est critique, {_what_critical_does(place)}.")


def _what_critical_does(place: Place) -> str:
    if place.esms is None:
        return "le COMOP reçoit une alerte dès l’enregistrement"
    return "le COMOP reçoit une alerte, et le risque se transmet au chef de projet et à la direction de l’OG"


# --- From a mark to an action -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ProposeView:
    """`known`: the risk that is open already for this question; `initial`: where a new one would be placed."""

    title: str
    lede: str
    crumbs: list[Link]
    statement: str
    mark: str
    mitigation: str
    known: Link | None
    warning: str
    back_url: str
    initial: dict[str, int] = field(default_factory=dict)


def proposing(place: Place, question: Question, mark: AgreedMark, known: Risk | None) -> ProposeView:
    probability = guessed_probability(mark.value or 0)
    return ProposeView(
        title="Agir contre ce risque",
        lede=french.typography("Relisez, puis créez l’action : elle entre dans le plan d’action."),
        crumbs=crumbs(place, Link(REGISTER, place.url("risk_register")), Link(f"Question {question.number}")),
        statement=question.text,
        mark=mark_of(mark.value),
        mitigation=question.mitigation,
        known=Link(french.typography(known.title), place.url("risk", known.number)) if known else None,
        warning=critical_warning(place) if known is None else "",
        back_url=place.url("risk_scores"),
        initial={"probability": probability, "impact": IMPACT},
    )
