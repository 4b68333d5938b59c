"""The first page: who transmitted, how ready they are, what stops them most often."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from common import french
from common.charts import HeatCell, HeatGroup, HeatMap, HeatRow
from common.ui import Link
from organisations.models import Project
from structures.catalogue.inventory import Section
from structures.enums.inventory import InventoryStatus, Readiness
from structures.forms.inventory_follow_up import Filters
from structures.inventory_answers import progress
from structures.inventory_figures import signalled, tone_of
from structures.models import InventoryCollection
from structures.presentation.inventory_follow_up import words
from structures.presentation.inventory_follow_up.places import crumbs, field_url, inventory_url, section_url
from structures.presentation.inventory_follow_up.rules import message_of
from structures.selectors.inventory_follow_up import Followed, FollowUp

# What waits longest for somebody first.
WAITING = (
    None,
    InventoryStatus.TRANSMITTED,  # too early
    InventoryStatus.DRAFT,
    InventoryStatus.TO_COMPLETE,
    InventoryStatus.SUBMITTED,
    InventoryStatus.VALIDATED,
)
LEGEND = (("ok", "Rien à signaler"), ("late", "À corriger"), ("ko", "Bloquant"), ("progress", "À renseigner"))
SHOWN = 12  # of those awaited, before the others
FIRST = 6  # obstacles, before the others


@dataclass(frozen=True)
class Stat:
    value: int
    label: str
    tone: str | None = None


@dataclass(frozen=True)
class Awaited:
    url: str
    icon: str
    title: str
    tone: str
    detail: str
    when: str


@dataclass(frozen=True)
class Obstacle:
    """A prerequisite that stops or slows structures. `who`: their names."""

    label: str
    url: str
    severity: str
    tone: str
    icon: str
    count: int
    who: str
    missing: int
    message: str


@dataclass(frozen=True)
class Overview:
    title: str
    lede: str
    crumbs: list[Link]
    stats: list[Stat]
    awaited_title: str
    awaited: list[Awaited]
    more_awaited: list[Awaited]
    heat: HeatMap
    obstacles_title: str
    obstacles: list[Obstacle]
    more_obstacles: list[Obstacle]
    message: str
    reason: str
    received: list[Awaited]


def overview(follow: FollowUp, shown: Sequence[Followed], filters: Filters) -> Overview:
    """`shown`: the structures of this page of the heat-map; everything else is of all."""
    obstacles = _obstacles(follow, filters)
    awaited = [_awaited(one, follow.project) for one in _by_urgency(follow.awaited)]
    collection = follow.collection
    return Overview(
        title=title(follow, filtered=bool(filters.parameters)),
        lede=lede(collection, len(follow.awaited), follow),
        crumbs=crumbs(follow.project),
        stats=_stats(follow),
        awaited_title=_awaited_title(follow),
        awaited=awaited[:SHOWN],
        more_awaited=awaited[SHOWN:],
        heat=_heat(follow, shown),
        obstacles_title=_obstacles_title(follow),
        obstacles=obstacles[:FIRST],
        more_obstacles=obstacles[FIRST:],
        message=french.typography(collection.message) if collection else "",
        reason=french.typography(f"{collection.reason.rstrip('.')}.") if collection and collection.reason else "",
        received=[_received(one, follow.project) for one in shown if one.received],
    )


def title(follow: FollowUp, *, filtered: bool = False) -> str:
    """« Huit structures sur douze ont transmis leur état des lieux ; deux ne sont pas prêtes »."""
    total, answered = len(follow.structures), len(follow.answered)
    if not total:
        return "Aucune structure ne répond à ces filtres" if filtered else "Il n’y a pas encore de structure à suivre"
    ready = Counter(one.evaluation.readiness for one in follow.received if one.evaluation)
    return conclusion(total, answered, ready)


def conclusion(total: int, answered: int, ready: Counter[Readiness]) -> str:
    """The title, from figures alone."""
    if not answered:
        return "Aucun état des lieux n’est encore transmis"
    if answered == total:
        said = (
            "La structure a transmis son"
            if total == 1
            else f"Les {french.in_words(total)} structures ont transmis leur"
        )
    elif answered == 1:
        said = f"Une structure sur {french.in_words(total)} a transmis son"
    else:
        said = f"{french.in_words(answered, feminine=True)} structures sur {french.in_words(total)} ont transmis leur"
    return words.begin(f"{said} état des lieux ; {_readiness(ready)}")


def _readiness(ready: Counter[Readiness]) -> str:
    stopped, reserved = ready[Readiness.NOT_READY], ready[Readiness.READY_WITH_RESERVES]
    if stopped:
        verb = french.agree(stopped, "n’est pas prête", "ne sont pas prêtes")
        return f"{french.in_words(stopped, feminine=True)} {verb}"
    if reserved:
        return f"{french.in_words(reserved, feminine=True)} {french.agree(reserved, 'l’est', 'le sont')} sous réserve"
    return "toutes sont prêtes" if ready[Readiness.READY] > 1 else "elle est prête"


def lede(collection: InventoryCollection | None, missing: int, follow: FollowUp) -> str:
    """By when they are expected, and how many are missing."""
    if not follow.structures:
        return ""
    if collection is None:
        return "Aucune date n’est encore fixée : chaque structure transmet quand elle est prête."
    day = french.long_date(collection.due_on)
    if not missing:
        return french.typography(f"Demandés pour le {day} : rien ne manque.")
    lack = f"{french.in_words(missing)} {french.agree(missing, 'manque', 'manquent')}"
    if collection.due_on < follow.today:
        return french.typography(f"Ils étaient attendus pour le {day} : {lack} encore.")
    return french.typography(
        f"Attendus pour le {day}, {french.relative(collection.due_on, follow.today)} : {lack} encore."
    )


def _stats(follow: FollowUp) -> list[Stat]:
    ready = Counter(one.evaluation.readiness for one in follow.received if one.evaluation)
    begun = sum(1 for one in follow.awaited if one.current)
    return [
        Stat(len(follow.answered), "transmis"),
        Stat(len(follow.awaited), f"à recevoir, dont {begun} en route" if begun else "à recevoir"),
        Stat(
            ready[Readiness.READY],
            french.agree(ready[Readiness.READY], "structure prête", "structures prêtes"),
            "ok",
        ),
        Stat(
            ready[Readiness.READY_WITH_RESERVES],
            french.agree(ready[Readiness.READY_WITH_RESERVES], "prête sous réserve", "prêtes sous réserve"),
            "late",
        ),
        Stat(
            ready[Readiness.NOT_READY],
            french.agree(ready[Readiness.NOT_READY], "structure non prête", "structures non prêtes"),
            "ko",
        ),
    ]


def _by_urgency(found: Sequence[Followed]) -> list[Followed]:
    return sorted(found, key=lambda one: WAITING.index(one.status))


def _awaited_title(follow: FollowUp) -> str:
    count = len(follow.awaited)
    if not count:
        return "Tous les états des lieux sont transmis"
    return words.begin(f"{words.structures(count)} {french.agree(count, 'doit', 'doivent')} encore transmettre")


def _awaited(one: Followed, project: Project) -> Awaited:
    state, tone, icon = words.state_of(one)
    done = ""
    if one.progress and one.status in {InventoryStatus.DRAFT, InventoryStatus.TO_COMPLETE} and not one.received:
        done = f", {french.plural(one.progress.answered, 'réponse', 'réponses')} sur {one.progress.asked}"
    changed = f"modifié {french.relative(one.updated_on)}" if one.updated_on else ""
    return Awaited(
        url=inventory_url(project, one.esms),
        icon=icon,
        title=words.name_of(one),
        tone=tone,
        detail=french.typography(f"{one.esms.og.short_name} : {state[:1].lower()}{state[1:]}{done}"),
        when=changed,
    )


def _received(one: Followed, project: Project) -> Awaited:
    """An inventory to read again, or to send back."""
    assert one.evaluation is not None  # noqa: S101  of what was transmitted
    ready, tone, icon = words.READINESS[one.evaluation.readiness]
    at = one.received.transmitted_at if one.received else None
    return Awaited(
        url=inventory_url(project, one.esms),
        icon=icon,
        title=words.name_of(one),
        tone=tone,
        detail=french.typography(f"{one.esms.og.short_name} : {ready[:1].lower()}{ready[1:]}"),
        when=f"transmis {french.relative(at)}" if at else "",
    )


def _heat(follow: FollowUp, shown: Sequence[Followed]) -> HeatMap:
    sections = follow.form.sections
    groups = [
        HeatGroup([_row(one, follow, sections) for one in rows], french.typography(label))
        for label, rows in groupby(shown, key=lambda one: one.esms.og.short_name)
    ]
    return HeatMap(
        title="Où chaque structure en est, sujet par sujet",
        sentence="Chaque case compte les points signalés ; elle s’ouvre sur les réponses de la structure.",
        caption="Préparation des structures, section par section de l’état des lieux",
        columns=["Ensemble", *(section.label for section in sections)],
        groups=groups,
        legend=LEGEND,
        empty="Aucune structure à montrer.",
    )


def _row(one: Followed, follow: FollowUp, sections: Sequence[Section]) -> HeatRow:
    url = inventory_url(follow.project, one.esms)
    label = words.name_of(one)
    if not one.received:
        label = french.typography(f"{label} ({words.state_of(one)[0].lower()})")
    if not one.evaluation:
        return HeatRow(label, [HeatCell() for _ in range(len(sections) + 1)], url)
    text, tone, _ = words.READINESS[one.evaluation.readiness]
    if not one.received and one.progress:  # nobody stands by it yet
        text, tone = f"{one.progress.answered} sur {one.progress.asked}", "progress"
    cells = [_cell(one, section, section_url(follow.project, one.esms, section.code)) for section in sections]
    return HeatRow(label, [HeatCell(tone, text, url), *cells], url)


def _cell(one: Followed, section: Section, url: str) -> HeatCell:
    assert one.evaluation is not None  # noqa: S101  of a structure that began
    blocking, to_fix, missing = tone_of(section, one.evaluation)
    if blocking:
        return HeatCell("ko", french.plural(blocking, "bloquant", "bloquants"), url)
    done = progress(section.fields, one.evaluation.values)
    if missing or done.needed:
        return HeatCell("progress", f"{done.answered} sur {done.asked}", url)
    if to_fix:
        return HeatCell("late", f"{to_fix} à corriger", url)
    return HeatCell("ok", "Rien", url)


def _obstacles_title(follow: FollowUp) -> str:
    first = next(iter(signalled(follow.form, follow.evaluations)), None)
    if not follow.evaluations:
        return "Ce qui bloque se lira ici"
    if first is None or not first.count:
        return "Rien ne bloque dans ce qui est transmis"
    said = french.agree(first.count, "est concernée", "sont concernées")
    return words.begin(f"« {first.field.label} » revient le plus : {words.structures(first.count)} {said}")


def _obstacles(follow: FollowUp, filters: Filters) -> list[Obstacle]:
    found = []
    for item in signalled(follow.form, follow.evaluations):
        code = item.field.code
        touched = [one for one in follow.received if one.evaluation and one.evaluation.signal(code)]
        label, tone, icon = words.SEVERITY[item.severity]
        found.append(
            Obstacle(
                label=item.field.label,
                url=field_url(follow.project, code, filters),
                severity=label,
                tone=tone,
                icon=icon,
                count=item.count,
                who=words.names(touched) if touched else "",
                missing=item.missing,
                message=message_of(item.field, follow.thresholds),
            )
        )
    return found
