"""The weights of OG in French, drawn and in a table; what new ones would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from common import french
from common.charts import Bar, Bars, Part
from common.ui import Link
from governance.catalogue import catalogue
from governance.enums import WeightingMethod
from governance.models import Decision, Weighting
from governance.presentation.sheets import crumbs_to, unbroken
from governance.selectors.weights import Figures, Weights
from governance.weights import PROPORTIONAL, WHOLE
from organisations.models import OG, Project
from organisations.presentation.sheets import Fact

FEW = 3  # OG whose weights the title says one by one


class WeightBars(Bars):
    """A bar an OG; the page has the same figures in a table of its own."""

    @property
    def table(self) -> None:
        return None


@dataclass(frozen=True)
class WeightLine:
    """What one OG weighs; `basis`: from what, when it was computed."""

    name: str
    basis: str
    percent: str


@dataclass(frozen=True)
class PastWeights:
    """Weights once fixed: which, from when, by which decision, and whether they count, did or will."""

    name: str
    since: str
    method: str
    shares: str
    decision: str
    decision_url: str
    state: str
    tone: str
    icon: str


@dataclass(frozen=True)
class WeightsView:
    """`computed`: whether the weights come from figures of each OG."""

    title: str
    lede: str
    crumbs: list[Link]
    chart: Bars
    lines: list[WeightLine]
    computed: bool
    facts: list[Fact]
    decision: Link | None
    rule: str
    newcomers: str
    past: list[PastWeights]


def crumbs(project: Project) -> list[Link]:
    return crumbs_to(project, "Poids des OG")


def weights_page(weights: Weights, project: Project, today: date) -> WeightsView:
    current = weights.current
    bases = {share.og: share.basis for share in current.shares.all()} if current else {}
    method = WeightingMethod(current.method) if current else WeightingMethod.EQUAL
    in_order = _in_order(weights.shares)
    return WeightsView(
        title=_title(in_order, fixed=current is not None),
        lede=_lede(current),
        crumbs=crumbs(project),
        chart=bars(weights.shares),
        lines=[
            WeightLine(_name(og), in_words(method, bases.get(og)), _hundredths(percent)) for og, percent in in_order
        ],
        computed=method in PROPORTIONAL,
        facts=_facts(current) if current else [],
        decision=_decision(current.decision, project) if current else None,
        rule=french.typography(current.rule) if current else "",
        newcomers=_newcomers(weights.newcomers),
        past=[_past(item, current, project, today) for item in weights.all],
    )


def _in_order(shares: Mapping[OG, Decimal]) -> list[tuple[OG, Decimal]]:
    """The heaviest first."""
    return sorted(shares.items(), key=lambda item: (-item[1], item[0].name.casefold()))


def _name(og: OG) -> str:
    return french.typography(og.short_name)


def _hundredths(percent: Decimal) -> str:
    """« 41,67 % », « 25,00 % »: figures of one column align."""
    return french.percent(percent, 2)


def _title(shares: Sequence[tuple[OG, Decimal]], *, fixed: bool) -> str:
    if not shares:
        return "Le projet n’a pas encore d’OG à peser"
    if not fixed:
        return "Chaque OG pèse autant, tant que le COSTRAT n’a pas fixé de poids"
    if len({percent for _, percent in shares}) == 1 and len(shares) > 1:
        return f"Les {french.in_words(len(shares))} OG pèsent chacun {french.percent(shares[0][1])} au COSTRAT"
    heaviest, percent = shares[0]
    if len(shares) > FEW:
        count = french.in_words(len(shares))
        return f"{_name(heaviest)} pèse le plus, avec {french.percent(percent)} des voix de {count} OG"
    others = french.listed([f"{_name(og)} {french.percent(part)}" for og, part in shares[1:]])
    return f"{_name(heaviest)} pèse {french.percent(percent)} des voix" + (f", {others}" if others else "")


def _lede(current: Weighting | None) -> str:
    if current is None:
        return "Les poids comptent pour le quorum et les votes du COSTRAT. Leur méthode se décide à plusieurs OG."
    return french.typography(
        f"{WeightingMethod(current.method).label}, depuis le {french.long_date(current.effective_on)}. "
        "Ces poids comptent pour le quorum et les votes du COSTRAT."
    )


def bars(shares: Mapping[OG, Decimal]) -> Bars:
    """What each OG weighs, the heaviest first."""
    in_order = _in_order(shares)
    half = next((og for og, percent in in_order if percent > WHOLE / 2), None)
    return WeightBars(
        title="Ce que pèse chaque OG aujourd’hui",
        context="En % des voix du COSTRAT",
        sentence=f"{_name(half)} pèse plus que tous les autres réunis."
        if half
        else "Aucun OG ne l’emporte seul : il en faut au moins deux pour une majorité.",
        parts=[Part("Poids", "accent")],
        bars=[Bar(_name(og), [percent], WHOLE, note=_hundredths(percent)) for og, percent in in_order],
        row_label="OG",
        empty="Le projet n’a pas encore d’OG.",
    )


def in_words(method: WeightingMethod, basis: Decimal | None) -> str:
    """« 5 ESMS », « 276 places », « 120 000 € »; nothing without a figure."""
    if basis is None or method not in PROPORTIONAL:
        return ""
    if method is WeightingMethod.CONTRIBUTION:
        return french.euros(basis)
    if method is WeightingMethod.CAPACITY:
        return french.plural(basis, "place", "places")
    return f"{french.number(basis)} ESMS"


def _facts(weighting: Weighting) -> list[Fact]:
    return [
        Fact("Méthode", WeightingMethod(weighting.method).label),
        Fact("Prennent effet le", french.long_date(weighting.effective_on)),
        *([Fact("Plafond", french.percent(weighting.cap))] if weighting.cap is not None else []),
        *([Fact("Plancher", french.percent(weighting.floor))] if weighting.floor is not None else []),
        Fact("Enregistrés par", f"{weighting.recorded_by}, le {french.long_date(weighting.recorded_at)}"),
    ]


def _decision(decision: Decision, project: Project) -> Link:
    return Link(
        french.typography(f"{unbroken(decision.reference)} : {decision.title}"),
        reverse("decision", args=[project.slug, decision.year, decision.number]),
    )


def _newcomers(ogs: Sequence[OG]) -> str:
    if not ogs:
        return ""
    names = french.listed([_name(og) for og in ogs])
    return f"{names} {french.agree(len(ogs), 'n’a', 'n’ont')} pas de poids : le projet comptait moins d’OG alors."


def _past(weighting: Weighting, current: Weighting | None, project: Project, today: date) -> PastWeights:
    if weighting == current:
        state = ("En vigueur", "ok", "s-ok")
    elif weighting.effective_on > today:
        state = ("À venir", "progress", "clock")
    else:
        state = ("Remplacés", "none", "s-na")
    shares = _in_order({share.og: share.percent for share in weighting.shares.all()})
    link = _decision(weighting.decision, project)
    return PastWeights(
        f"Poids n°{french.NBSP}{weighting.number}",
        french.long_date(weighting.effective_on),
        WeightingMethod(weighting.method).label,
        french.typography(" ; ".join(f"{_name(og)} {french.percent(percent)}" for og, percent in shares)),
        link.label,
        link.url,
        *state,
    )


# --- New ones --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ProposalLine:
    """What one OG would weigh, from what, and what it weighs today."""

    name: str
    basis: str
    before: str
    after: str
    change: str


@dataclass(frozen=True)
class Proposal:
    """What new weights would be. `warning`: figures that are missing; `refusal`: why there are none."""

    sentence: str = ""
    lines: Sequence[ProposalLine] = ()
    warning: str = ""
    refusal: str = ""


def proposal(
    method: WeightingMethod,
    bases: Mapping[OG, Decimal],
    shares: Mapping[OG, Decimal],
    weights: Weights,
    figures: Sequence[Figures],
) -> Proposal:
    """The preview of new weights: old → new, OG by OG."""
    lines = [
        ProposalLine(
            name=_name(og),
            basis=in_words(method, bases[og]),
            before=_hundredths(weights.shares[og]) if og in weights.shares else "Aucun",
            after=_hundredths(percent),
            change=_change(percent - weights.shares.get(og, Decimal(0))),
        )
        for og, percent in _in_order(shares)
    ]
    return Proposal(
        sentence=_changed(shares, weights.shares),
        lines=lines,
        warning=_unknown(figures) if method is WeightingMethod.CAPACITY else "",
    )


def _changed(after: Mapping[OG, Decimal], before: Mapping[OG, Decimal]) -> str:
    """« Brumes Claires gagne 8,34 points, Val-Cendré en perd 8,33 »."""
    moves = {og: percent - before.get(og, Decimal(0)) for og, percent in after.items()}
    most, least = max(moves, key=lambda og: moves[og]), min(moves, key=lambda og: moves[og])
    if not moves[most]:
        return "Ces poids sont ceux d’aujourd’hui : rien ne changerait."
    return (
        f"{_name(most)} gagnerait le plus, {french.plural(moves[most], 'point', 'points')} ; "
        f"{_name(least)} perdrait le plus, {french.plural(-moves[least], 'point', 'points')}."
        if moves[least] < 0
        else f"{_name(most)} gagnerait {french.plural(moves[most], 'point', 'points')}."
    )


def _change(points: Decimal) -> str:
    if not points:
        return "Inchangé"
    return f"{'+' if points > 0 else ''}{french.number(points, 2)}"


def _unknown(figures: Sequence[Figures]) -> str:
    names = [name for item in figures for name in item.unknown]
    if not names:
        return ""
    some = french.listed(names) if len(names) <= FEW else french.plural(len(names), "structure", "structures")
    verb = french.agree(len(names), "n’a pas dit sa capacité et compte", "n’ont pas dit leur capacité et comptent")
    return french.typography(f"{some} {verb} pour zéro.")


@dataclass(frozen=True)
class MethodLine:
    """A method as one chooses it: what it suits, what to watch."""

    label: str
    formula: str
    suits: str
    watch: str


@dataclass(frozen=True)
class FixingView:
    """The page on which new weights are fixed."""

    crumbs: list[Link]
    methods: list[MethodLine]
    last: str


def fixing_page(project: Project, last_session: date | None) -> FixingView:
    before = crumbs_to(project, "Poids des OG")[:-1]
    return FixingView(
        crumbs=[*before, Link("Poids des OG", reverse("weights", args=[project.slug])), Link("Nouveaux poids")],
        methods=[
            MethodLine(WeightingMethod(item.method).label, item.formula, item.suits, item.watch)
            for item in catalogue().methods
        ],
        last=french.typography(f"Le dernier COSTRAT s’est tenu le {french.long_date(last_session)}.")
        if last_session
        else "",
    )


def fixed(weighting: Weighting, today: date) -> str:
    when = "dès aujourd’hui" if weighting.effective_on <= today else f"le {french.long_date(weighting.effective_on)}"
    return french.typography(f"Les nouveaux poids sont enregistrés : ils prennent effet {when}.")
