"""Where the inventory of a structure stands: what to do now and by whom, what blocks, its sections, its history."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from common import french
from common.ui import Act, Link, Stage
from organisations.models import ESMS, User
from structures.catalogue.inventory import Section, questionnaire
from structures.enums.inventory import InventoryStatus
from structures.inventory_answers import Progress, progress
from structures.models import Inventory
from structures.presentation.inventory import words
from structures.presentation.inventory.section import Read, RemarkView, remarks_of
from structures.rights import Rights
from structures.services.inventory import WHY_LOCKED

SOON = timedelta(days=30)  # before a review is due, it is offered first
FEW = 3  # points to correct that are shown at once
RANKS = {
    InventoryStatus.DRAFT: 0,
    InventoryStatus.TO_COMPLETE: 0,
    InventoryStatus.SUBMITTED: 1,
    InventoryStatus.VALIDATED: 2,
    InventoryStatus.TRANSMITTED: 3,
}


@dataclass(frozen=True)
class SectionLine:
    title: str
    url: str
    detail: str
    tone: str
    icon: str
    when: str


@dataclass(frozen=True)
class PointView:
    label: str
    detail: str
    url: str
    tone: str
    icon: str


@dataclass(frozen=True)
class Points:
    """What is signalled with one severity, or not answered: the first points, then those folded under `others`."""

    title: str
    points: list[PointView]
    more: list[PointView]
    others: str


@dataclass(frozen=True)
class HistoryLine:
    title: str
    status: str
    tone: str
    icon: str
    dates: str
    url: str
    differences_url: str = ""


@dataclass(frozen=True)
class Overview:
    title: str
    lede: str
    crumbs: list[Link]
    version: int = 0
    acts: list[Act] = field(default_factory=list)
    steps: list[Stage] = field(default_factory=list)
    sections: list[SectionLine] = field(default_factory=list)
    readiness: str = ""
    readiness_tone: str = "none"
    readiness_icon: str = "s-na"
    rule: str = ""
    points: list[Points] = field(default_factory=list)
    remarks: list[RemarkView] = field(default_factory=list)
    history: list[HistoryLine] = field(default_factory=list)
    whole_url: str = ""
    differences_url: str = ""


def not_begun(esms: ESMS, rights: Rights) -> Overview:
    form = questionnaire()
    lede = (
        f"{french.counted(len(form.sections), 'section', 'sections', feminine=True)} et {len(form.asked)} questions, "
        "du réseau aux équipes. Chaque réponse s’enregistre seule : arrêtez-vous et revenez quand vous voulez."
        if rights.fills
        else "La direction de la structure ou son référent local le commencera. Ses réponses se liront ici."
    )
    start = Act("Commencer l’état des lieux", words.url("inventory_start", esms), posts=True, icon="edit")
    return Overview(
        title="L’état des lieux n’est pas commencé",
        lede=french.typography(french.capital(lede)),
        crumbs=words.crumbs(esms),
        acts=[start] if rights.fills else [],
    )


def overview(read: Read, inventories: list[Inventory], today: date) -> Overview:
    done = progress(read.form.asked, read.values)
    label, tone, icon = words.READINESS[read.evaluation.readiness]
    level = next(level for level in read.form.levels if level.readiness == read.evaluation.readiness)
    number = read.inventory.number
    return Overview(
        title=french.typography(_title(read, done)),
        lede=french.typography(_lede(read, done, today)),
        crumbs=words.crumbs(read.esms),
        version=read.inventory.version,
        acts=_acts(read, done, today),
        steps=_steps(read.inventory),
        sections=[_section(read, section) for section in read.form.sections],
        readiness=f"Structure {label.lower()}",
        readiness_tone=tone,
        readiness_icon=icon,
        rule=level.rule,
        points=_points(read),
        remarks=[one for one in remarks_of(read) if read.inventory.state.open or not one.resolved],
        history=[_history(read.esms, one) for one in inventories] if len(inventories) > 1 else [],
        whole_url=words.url("inventory_whole", read.esms, number),
        differences_url=words.url("inventory_differences", read.esms, number) if read.inventory.based_on_id else "",
    )


def _title(read: Read, done: Progress) -> str:
    remarks = sum(1 for one in remarks_of(read) if one.sent and not one.resolved)
    match read.inventory.state:
        case InventoryStatus.SUBMITTED:
            return (
                "L’état des lieux attend votre validation"
                if read.rights.validates
                else "L’état des lieux attend la validation de la direction"
            )
        case InventoryStatus.VALIDATED:
            return "L’état des lieux est validé : il reste à le transmettre au chef de projet"
        case InventoryStatus.TRANSMITTED:
            label = words.READINESS[read.evaluation.readiness][0].lower()
            return f"L’état des lieux est transmis : structure {label}"
        case InventoryStatus.TO_COMPLETE if remarks:
            return f"L’état des lieux est à compléter : {_counted_remarks(remarks)} du chef de projet"
    return f"{words.answers_count(done.answered, done.asked)} ; {words.points(read.evaluation)}"


def _counted_remarks(count: int) -> str:
    return french.counted(count, "remarque", "remarques", feminine=True)


def _lede(read: Read, done: Progress, today: date) -> str:
    inventory, fills = read.inventory, read.rights.fills
    match inventory.state:
        case InventoryStatus.SUBMITTED:
            by = inventory.submitted_by.get_full_name() if inventory.submitted_by else ""
            told = f"{by} l’a soumis le {french.long_date(inventory.submitted_at or today)}."
            return (
                f"{told} Relisez-le, puis validez-le."
                if read.rights.validates
                else f"{told} La direction de la structure le valide, puis le transmet."
            )
        case InventoryStatus.VALIDATED:
            return "Une fois transmis, il sert au cadrage du projet ; il ne change plus, sauf renvoi du chef de projet."
        case InventoryStatus.TRANSMITTED:
            review = french.long_date(inventory.review_on or today)
            over = inventory.review_on is not None and inventory.review_on <= today
            late = (
                f"La mise à jour était due le {review}."
                if over
                else f"La prochaine mise à jour est prévue le {review}."
            )
            told = f"Transmis le {french.long_date(inventory.transmitted_at or today)}. {late}"
            if read.rights.coordinates:
                told += " Pour le faire compléter, ouvrez une section et notez vos remarques."
            return told
    if done.complete and fills and inventory.based_on and inventory.state == InventoryStatus.DRAFT:
        number = inventory.based_on.number
        return f"Les réponses du n° {number} sont reprises : corrigez ce qui a changé, puis soumettez-le."
    if done.complete:
        return (
            "Toutes les réponses exigées sont là : vous pouvez le soumettre."
            if fills
            else "Toutes les réponses exigées sont là ; la structure ne l’a pas encore soumis."
        )
    needed = french.counted(len(done.needed), "réponse exigée manque", "réponses exigées manquent", feminine=True)
    return french.capital(f"{needed} pour le soumettre à la direction.")


def _acts(read: Read, done: Progress, today: date) -> list[Act]:
    esms, rights, state = read.esms, read.rights, read.inventory.state
    acts = []
    if state.open and rights.fills:
        if done.complete:
            acts.append(Act("Soumettre à la direction", words.url("inventory_submit", esms), posts=True))
        section = _next_section(read)
        if section:
            url = words.url("inventory_section", esms, section.code)
            label = f"{'Commencer' if not done.answered else 'Continuer'} : {section.label}"
            acts.append(Act(french.typography(label), url, icon="edit", primary=not done.complete))
    if state == InventoryStatus.SUBMITTED and rights.validates:
        acts.append(Act("Valider l’état des lieux", words.url("inventory_validate", esms), posts=True))
    if state == InventoryStatus.VALIDATED and rights.validates:
        acts.append(
            Act("Transmettre au chef de projet", words.url("inventory_transmit", esms), posts=True, icon="mail")
        )
    if (state == InventoryStatus.SUBMITTED and rights.fills) or (
        state == InventoryStatus.VALIDATED and rights.validates
    ):
        acts.append(
            Act("Rouvrir la saisie", words.url("inventory_reopen", esms), posts=True, icon="undo", primary=False)
        )
    if state == InventoryStatus.TRANSMITTED and rights.fills:
        due = read.inventory.review_on is not None and read.inventory.review_on <= today + SOON
        acts.append(
            Act(
                "Mettre à jour l’état des lieux",
                words.url("inventory_start", esms),
                posts=True,
                icon="refresh",
                primary=due,
            )
        )
    if state == InventoryStatus.TRANSMITTED and rights.coordinates:
        waiting = sum(1 for one in remarks_of(read) if not one.sent)
        if waiting:
            label = f"Renvoyer à compléter, avec {_counted_remarks(waiting)}"
            acts.append(Act(label, words.url("inventory_send_back", esms), posts=True, icon="undo"))
    return acts


def _next_section(read: Read) -> Section | None:
    """The first where a required answer is missing, else any."""
    states = [(section, progress(section.fields, read.values)) for section in read.form.sections]
    lacking = [section for section, done in states if done.needed]
    unfinished = [section for section, done in states if done.answered < done.asked]
    return next(iter([*lacking, *unfinished]), None)


def _steps(inventory: Inventory) -> list[Stage]:
    """Who does what, in order."""
    rank = RANKS[inventory.state]
    moments: list[tuple[str, str, User | None, datetime | None]] = [
        ("Répondre et soumettre", "La direction ou le référent local", inventory.submitted_by, inventory.submitted_at),
        ("Valider", "La direction de la structure", inventory.validated_by, inventory.validated_at),
        ("Transmettre au chef de projet", "La direction", inventory.transmitted_by, inventory.transmitted_at),
    ]
    steps = []
    for place, (title, who, by, at) in enumerate(moments):
        done, current = place < rank, place == rank
        word, tone, icon = (
            ("Fait", "ok", "s-ok")
            if done
            else ("En cours", "progress", "s-progress")
            if current
            else ("À venir", "none", "s-todo")
        )
        if done and by:
            who = by.get_full_name()
        steps.append(Stage(title, who, tone, icon, word, current, at=at if done else None))
    return steps


def _section(read: Read, section: Section) -> SectionLine:
    done = progress(section.fields, read.values)
    blocking = [one for one in read.evaluation.blocking if one.field.section == section.code]
    to_fix = [one for one in read.evaluation.to_fix if one.field.section == section.code]
    parts = []
    if blocking:
        parts.append(f"{french.counted(len(blocking), 'point bloque', 'points bloquent')}")
    if to_fix:
        parts.append(f"{french.counted(len(to_fix), 'point', 'points')} à corriger")
    if done.needed and done.answered:
        parts.append(
            f"il manque {french.counted(len(done.needed), 'réponse exigée', 'réponses exigées', feminine=True)}"
        )
    tone, icon = (
        ("ko", "s-ko")
        if blocking
        else ("late", "s-watch")
        if to_fix
        else ("ok", "s-ok")
        if done.answered == done.asked
        else ("progress", "s-progress")
        if done.answered
        else ("none", "s-todo")
    )
    return SectionLine(
        title=section.label,
        url=words.url("inventory_section", read.esms, section.code),
        detail=french.typography(french.capital(", ".join(parts))),
        tone=tone,
        icon=icon,
        when=f"{done.answered} / {done.asked}",
    )


def _points(read: Read) -> list[Points]:
    found = []
    for title, signals, tone, icon in (
        ("Ce qui bloque", read.evaluation.blocking, "ko", "s-ko"),
        ("À corriger", read.evaluation.to_fix, "late", "s-watch"),
    ):
        points = [
            PointView(one.field.label, one.message, words.field_url(read.esms, one.field), tone, icon)
            for one in signals
        ]
        if points:
            found.append(_few(title, points, len(points) if tone == "ko" else FEW))
    missing = [
        PointView(one.label, "Prérequis sans réponse", words.field_url(read.esms, one), "none", "s-todo")
        for one in read.evaluation.missing
    ]
    if missing:
        found.append(_few("Sans réponse", missing, FEW))
    return found


def _few(title: str, points: list[PointView], few: int) -> Points:
    """A single one more isn't folded."""
    if len(points) <= few + 1:
        few = len(points)
    more = points[few:]
    return Points(f"{title} ({len(points)})", points[:few], more, f"Voir les {french.number(len(more))} autres")


def _history(esms: ESMS, one: Inventory) -> HistoryLine:
    tone, icon = words.STATUS[one.state]
    if one.transmitted_at and one.state == InventoryStatus.TRANSMITTED:
        dates = f"transmis le {french.long_date(one.transmitted_at)}"
    else:
        dates = f"commencé le {french.long_date(one.started_at)}"
    return HistoryLine(
        title=french.typography(f"État des lieux n° {one.number}"),
        status="" if one.state == InventoryStatus.TRANSMITTED else one.state.label,
        tone=tone,
        icon=icon,
        dates=dates,
        url=words.url("inventory_whole", esms, one.number),
        differences_url=words.url("inventory_differences", esms, one.number) if one.based_on_id else "",
    )


def why_locked(inventory: Inventory) -> str:
    return french.typography(WHY_LOCKED.get(inventory.state, ""))
