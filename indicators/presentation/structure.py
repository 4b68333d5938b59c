"""The dashboard of one structure: where it stands, what to look at, then everything."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from common import french
from common.charts import Lines
from common.ui import Link
from governance.enums import Severity
from indicators.distribution import Distance, share_of
from indicators.enums import StatementStatus
from indicators.families import families
from indicators.models import Statement
from indicators.periods import SPAN, Period
from indicators.presentation import crumbs, structure_charts, tabs
from indicators.presentation.dashboards_words import moves_words
from indicators.presentation.structure_line import Shown, change, gap, shown, since_words, value_words
from indicators.presentation.words import MASKED_WHY, written_value
from indicators.rights import Rights
from indicators.selectors.structure import Line, Reading

# What a structure is first asked about, the most telling before; then what has a target.
KEY = (
    "connection_rate",
    "administrative_records_rate",
    "personalised_projects_rate",
    "trained_people_rate",
    "tickets_blocking_open_count",
    "accounts_created_rate",
    "ticket_resolution_days",
    "deployment_units_completed_rate",
    "medical_records_rate",
    "critical_risks_count",
    "resource_release_rate",
    "open_risks_count",
)
TILES, CURVES, WATCHED = 6, 6, 6
AT_ONCE = 2  # curves in sight, before the others are asked for


@dataclass(frozen=True)
class Watch:
    """Something to look at, and where."""

    title: str
    detail: str
    url: str
    tone: str
    icon: str
    when: str = ""


@dataclass(frozen=True)
class Group:
    """What is neither above nor left out, by what it is about. `said`: how much there is under its name."""

    label: str
    said: str
    lines: Sequence[Shown]


@dataclass(frozen=True)
class Due:
    """What its people have to give."""

    title: str
    text: str
    url: str
    act: str
    late: bool


@dataclass(frozen=True)
class Board:
    name: str
    title: str
    lede: str
    crumbs: Sequence[Link]
    tabs: Sequence[Link]
    due: Due | None
    watched: Sequence[Watch]
    more_watched: Sequence[Watch]
    tiles: Sequence[Shown]
    curves: Sequence[tuple[str, Lines]]
    more_curves: Sequence[tuple[str, Lines]]
    more_curves_words: str
    groups: Sequence[Group]
    unread: Sequence[str]
    export_url: str
    empty: bool
    empty_text: str


def page(reading: Reading, rights: Rights, today: date) -> Board:
    esms, period = reading.esms, reading.period
    there = [line for line in reading.lines if line.told is not None]
    first = foremost(there)
    tiles = [line for line in first if line.value is not None][:TILES]
    curves = [line for line in first if structure_charts.may_be_drawn(line, SPAN)][:CURVES]
    apart = {line.one.indicator.pk for line in [*tiles, *curves]}
    watched = watch(reading, rights, today)
    where = [esms.project.slug, esms.slug]
    asked = {"periode": period.code} | ({"comparee": reading.against.code} if reading.against else {})
    return Board(
        name=french.typography(esms.name),
        title=title_of(reading, there),
        lede=lede_of(reading, there),
        crumbs=crumbs.of_structure(esms, rights),
        tabs=tabs.of_structure(esms, rights, "structure_indicators"),
        due=due_of(reading.awaited, today) if rights.inside else None,
        watched=watched[:WATCHED],
        more_watched=watched[WATCHED:],
        tiles=[shown(line, period) for line in tiles],
        curves=[_curve(line) for line in curves[:AT_ONCE]],
        more_curves=[_curve(line) for line in curves[AT_ONCE:]],
        more_curves_words=_more_curves(len(curves) - AT_ONCE),
        groups=groups_of([line for line in there if line.one.indicator.pk not in apart], period),
        unread=unread(reading.lines),
        export_url=f"{reverse('structure_indicators_export', args=where)}?{urlencode(asked)}",
        empty=reading.is_empty,
        empty_text=_empty_text(reading, rights),
    )


def _curve(line: Line) -> tuple[str, Lines]:
    return f"courbe-{line.one.code}", structure_charts.small(line, SPAN)


def _more_curves(count: int) -> str:
    return f"Voir les {french.in_words(count)} autres courbes" if count > 1 else "Voir une autre courbe"


def foremost(lines: Sequence[Line]) -> list[Line]:
    """Those that say most first: `KEY`, then what has a target, then the rest as the project orders it."""
    rank = {code: place for place, code in enumerate(KEY)}
    return sorted(lines, key=lambda line: (rank.get(line.one.code, len(KEY)), line.target is None))


def title_of(reading: Reading, there: Sequence[Line]) -> str:
    """What the page concludes."""
    name = reading.esms.name
    if reading.is_empty:
        return french.typography(f"{name} : rien à lire pour l’instant")
    judged = [found for line in there if (found := gap(line))]
    if judged:
        held = sum(found is Distance.REACHED for found in judged)
        if held == len(judged):
            words = french.plural(held, "cible atteinte, la seule fixée", "cibles atteintes, toutes celles fixées")
        elif not held:
            words = f"aucune cible atteinte sur {_count(len(judged))}"
        else:
            words = (
                f"{_count(held)} {french.agree(held, 'cible atteinte', 'cibles atteintes')} sur {_count(len(judged))}"
            )
        return french.typography(f"{name} : {words}")
    count = sum(line.value is not None for line in there)
    return french.typography(f"{name} : {french.plural(count, 'indicateur à lire', 'indicateurs à lire')}")


def _count(count: int) -> str:
    return french.in_words(count, feminine=True)


def lede_of(reading: Reading, there: Sequence[Line]) -> str:
    """« Octobre 2026. Cinq indicateurs progressent et deux reculent depuis septembre 2026. »"""
    if reading.is_empty:
        return ""
    moves = [moved for line in there if line.period == reading.period and (moved := change(line))]
    better = sum(moved.mark.tone == "ok" for moved in moves)
    worse = sum(moved.worse for moved in moves)
    words = [f"{french.capital(reading.period.label)}."]
    if better or worse:
        since = f" {since_words(reading.against)}" if reading.against else " par rapport au relevé précédent"
        words.append(f"{french.capital(moves_words(better, worse))}{since}.")
    return french.typography(" ".join(words))


# --- What to look at -------------------------------------------------------------------------------------------------


def watch(reading: Reading, rights: Rights, today: date) -> list[Watch]:
    """Open alerts, what is far from its target or moved the wrong way; what is late, for the lead."""
    slug = reading.esms.project.slug
    found = [
        Watch(
            title=french.typography(alert.subject),
            detail=f"Alerte {Severity(alert.severity).label.lower()}, sans réponse",
            url=reverse("alert", args=[slug, alert.number]),
            tone="ko" if alert.severity == Severity.CRITICAL else "late",
            icon="alert",
            when=french.relative(alert.raised_at, today),
        )
        for alert in reading.alerts
    ]
    if rights.defines:
        found += [
            Watch(
                title=f"Relevé {statement.campaign.period.genitive} attendu",
                detail=_due_words(statement, today),
                url=reverse("indicator_campaign", args=[slug, statement.campaign.period.code]),
                tone="late",
                icon="clock",
            )
            for statement in reading.awaited
            if statement.campaign.due_on < today
        ]
    return [*found, *(_watch_line(line) for line in pressing(reading.lines))]


def pressing(lines: Iterable[Line]) -> list[Line]:
    """The furthest from its target first, then what goes the wrong way without one."""
    found = []
    for line in lines:
        moved = change(line)
        worse = moved is not None and moved.worse
        standing = gap(line)
        if standing is Distance.FAR or (worse and standing is not Distance.REACHED):
            share = share_of(line.value, line.target, line.one.definition.direction) if line.value is not None else None
            found.append((share is None, share or 0, line))
    return [line for _, _, line in sorted(found, key=lambda one: one[:2])]


def why_pressing(line: Line) -> str:
    """« Loin de la cible de 80 %, et dans le mauvais sens : −6 points depuis août 2026 »."""
    standing, moved = gap(line), change(line)
    detail = []
    if standing and line.target is not None:
        how_far = "loin" if standing is Distance.FAR else "proche"
        detail.append(f"{how_far} de la cible de {written_value(line.one.definition, line.target)}")
    if moved and moved.worse:
        link = "" if not detail else "et " if standing is Distance.FAR else "mais "
        detail.append(f"{link}dans le mauvais sens : {moved.words[:1].lower()}{moved.words[1:]}")
    return french.typography(french.capital(", ".join(detail)))


def _watch_line(line: Line) -> Watch:
    return Watch(
        title=french.typography(f"{line.one.definition.label} : {value_words(line, line.told)}"),
        detail=why_pressing(line),
        url=reverse("structure_indicator", args=[line.esms.project.slug, line.esms.slug, line.one.code]),
        tone="late",
        icon="chart",
    )


def due_of(awaited: Sequence[Statement], today: date) -> Due | None:
    """The first one that is to be given."""
    if not awaited:
        return None
    statement = awaited[0]
    campaign = statement.campaign
    late = campaign.due_on < today
    others = len(awaited) - 1
    what, day = f"Le relevé {campaign.period.genitive}", french.long_date(campaign.due_on, year=False)
    when, verb = french.relative(campaign.due_on, today), "était" if late else "est"
    submitted = statement.status == StatementStatus.SUBMITTED
    title = f"{what} est soumis à la direction, qui le rend" if submitted else f"{what} {verb} à rendre pour le {day}"
    more = (
        f" {french.capital(french.counted(others, 'autre relevé attend', 'autres relevés attendent'))}."
        if others
        else ""
    )
    text = f"Il {verb} à rendre pour le {day}, {when}." if submitted else f"{'C’était' if late else 'C’est'} {when}."
    return Due(
        title=title,
        text=french.typography(f"{text}{more}"),
        url=reverse("statement", args=[statement.esms.project.slug, statement.esms.slug, campaign.period.code]),
        act="Ouvrir le relevé" if submitted else "Saisir le relevé",
        late=late,
    )


def _due_words(statement: Statement, today: date) -> str:
    due = statement.campaign.due_on
    return f"À rendre le {french.long_date(due)}, {french.relative(due, today)}"


# --- The rest --------------------------------------------------------------------------------------------------------


def groups_of(lines: Sequence[Line], period: Period) -> list[Group]:
    by_pk = {line.one.indicator.pk: line for line in lines}
    return [
        Group(family.label, _group_words(rows), [shown(line, period) for line in rows])
        for family in families([line.one for line in lines])
        for rows in [[by_pk[one.indicator.pk] for one in family.members]]
    ]


def _group_words(lines: Sequence[Line]) -> str:
    """« 4 indicateurs, dont un à regarder »."""
    counted = french.plural(len(lines), "indicateur", "indicateurs")
    watched = len(pressing(lines))
    return f"{counted}, dont {french.in_words(watched)} à regarder" if watched else counted


def unread(lines: Sequence[Line]) -> list[str]:
    """Why some indicators have no value: in a sentence each way."""
    withheld = [line for line in lines if line.told and line.told.withheld]
    by_wait: dict[str, list[str]] = defaultdict(list)
    silent = []
    for line in lines:
        if line.figures:
            continue
        if line.waits:
            by_wait[line.waits].append(line.one.definition.label)
        else:
            silent.append(line.one.definition.label)
    found = []
    if withheld:
        found.append(f"Masqué : {_listed(line.one.definition.label for line in withheld)}. {MASKED_WHY}")
    if silent:
        found.append(f"Rien de rendu ni de calculé encore : {_listed(silent)}.")
    found += [f"{_listed(labels)} : {wait[:1].lower()}{wait[1:]}" for wait, labels in by_wait.items()]
    return [french.typography(words) for words in found]


def _listed(labels: Iterable[str]) -> str:
    first, *others = labels
    return french.listed([first, *(label[:1].lower() + label[1:] for label in others)])


def _empty_text(reading: Reading, rights: Rights) -> str:
    if rights.fills:
        return "Vos chiffres se liront ici, avec leur cible et leur évolution, dès qu’un relevé sera rendu."
    if not rights.inside and reading.esms.opened_on is None:
        return (
            "La structure n’a pas encore ouvert son dossier : les premiers chiffres viendront avec son premier relevé."
        )
    return "Les chiffres de cette structure se liront ici dès qu’elle aura rendu un relevé."
