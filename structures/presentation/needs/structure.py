"""The needs of a structure in French."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from common import french
from common.sensitive import warning
from common.ui import Entry, Link
from organisations.models import ESMS
from organisations.presentation.sheets import Fact, SavedField
from structures.enums.needs import OPEN, NeedStatus
from structures.models import Need, NeedCall, NeedMessage
from structures.presentation.needs.words import (
    NEED_SHEET,
    Mark,
    common_mark,
    detail_of,
    facts,
    history_of,
    own_crumbs,
    own_tabs,
    own_url,
    saved_fields,
    status_mark,
)
from structures.rights import Rights
from structures.services.needs.entries import EDITABLE

HISTORY = ("title", "priority", "domain", "description", "source", "status", "outcome", "outcome_reason", "removed_at")


@dataclass(frozen=True)
class NeedLine:
    """A need as it is listed."""

    need: Need
    title: str
    url: str
    detail: str
    mark: Mark


@dataclass(frozen=True)
class HomeView:
    """`ready`: how many the reader may put to the direction, validate or transmit; `noted`: the need just noted, with
    the fields to complete at once."""

    title: str
    lede: str
    crumbs: list[Link]
    tabs: list[Link]
    groups: list[tuple[str, str, list[NeedLine]]]
    empty: bool
    ready: int
    act: str
    call: str = ""
    call_message: str = ""
    noted: NeedLine | None = None
    noted_warning: str = ""
    noted_fields: list[SavedField] = field(default_factory=list)


def line(need: Need, esms: ESMS) -> NeedLine:
    return NeedLine(
        need=need,
        title=french.typography(need.title),
        url=own_url("need", esms, need.number),
        detail=detail_of(need),
        mark=status_mark(need),
    )


def ready_for(needs: Sequence[Need], rights: Rights) -> list[Need]:
    """Complete needs that this person may propose (who fills) or validate and transmit (the direction)."""
    if rights.validates:
        states: tuple[str, ...] = (*OPEN, NeedStatus.VALIDATED)
    else:
        states = (NeedStatus.DRAFT,) if rights.fills else ()
    return [need for need in needs if need.status in states and need.is_complete]


def home(
    esms: ESMS, needs: Sequence[Need], call: NeedCall | None, rights: Rights, today: date, *, noted: int | None = None
) -> HomeView:
    ready = ready_for(needs, rights)
    just = next((need for need in needs if need.number == noted and need.is_open), None) if rights.fills else None
    return HomeView(
        title=_title(needs),
        lede=_lede(needs, ready, rights),
        crumbs=own_crumbs(esms),
        tabs=own_tabs(esms, "need_home"),
        groups=_groups(needs, esms),
        empty=not needs,
        ready=len(ready),
        act=_act(len(ready), rights),
        call=_call(call, needs, today),
        call_message=french.typography(call.message) if call else "",
        noted=line(just, esms) if just else None,
        noted_warning=warning(just.title) if just else "",
        noted_fields=saved_fields(NEED_SHEET, just, esms.project, ("priority", "domain")) if just else [],
    )


def _title(needs: Sequence[Need]) -> str:
    """« Cinq besoins notés, dont deux transmis au chef de projet »."""
    if not needs:
        return "Aucun besoin n’est encore noté"
    sent = sum(need.is_transmitted for need in needs)
    if sent == len(needs):
        return french.agree(
            sent,
            "Le besoin noté est transmis au chef de projet",
            f"Les {french.in_words(sent)} besoins notés sont transmis au chef de projet",
        )
    said = french.capital(french.counted(len(needs), "besoin noté", "besoins notés"))
    return f"{said}, dont {french.in_words(sent)} {french.agree(sent, 'transmis', 'transmis')}" if sent else said


def _lede(needs: Sequence[Need], ready: Sequence[Need], rights: Rights) -> str:
    waiting = sum(not need.is_complete for need in needs)
    if rights.fills and waiting:
        what = french.capital(french.counted(waiting, "besoin attend", "besoins attendent"))
        return f"{what} encore {french.agree(waiting, 'sa priorité et son domaine', 'leur priorité et leur domaine')}."
    if rights.validates and ready:
        what = french.capital(french.counted(len(ready), "besoin est prêt", "besoins sont prêts"))
        return french.typography(f"{what} : relisez, validez, transmettez.")
    if rights.fills and ready:
        return "Proposez-les à la direction, qui les valide et les transmet."
    if not needs:
        return french.typography(
            "Un besoin, c’est ce que le logiciel doit permettre : une ligne suffit pour commencer."
        )
    return french.typography("Ce que le projet en fait se lit dans « Ce qu’ils deviennent ».")


def _act(ready: int, rights: Rights) -> str:
    if not ready:
        return ""
    what = french.counted(ready, "besoin", "besoins")
    return f"Valider et transmettre {what}" if rights.validates else f"Proposer {what} à la direction"


def _call(call: NeedCall | None, needs: Sequence[Need], today: date) -> str:
    """What the project lead awaits, until something was transmitted since it was asked."""
    if call is None or any(need.transmitted_at and need.transmitted_at >= call.called_at for need in needs):
        return ""
    when = french.long_date(call.due_on)
    if call.due_on < today:
        return f"Le chef de projet attendait vos besoins avant le {when}."
    return f"Le chef de projet attend vos besoins avant le {when}."


def _groups(needs: Sequence[Need], esms: ESMS) -> list[tuple[str, str, list[NeedLine]]]:
    """Id, heading and lines."""
    kinds = (
        ("a-completer", "À compléter", lambda need: not need.is_complete),
        ("brouillons", "Brouillons", lambda need: need.is_complete and need.status == NeedStatus.DRAFT),
        ("proposes", "Proposés à la direction", lambda need: need.status == NeedStatus.PROPOSED),
        ("valides", "Validés, à transmettre", lambda need: need.status == NeedStatus.VALIDATED),
        ("transmis", "Transmis au chef de projet", lambda need: need.is_transmitted),
    )
    groups = [(code, label, [line(need, esms) for need in needs if belongs(need)]) for code, label, belongs in kinds]
    return [group for group in groups if group[2]]


# --- Several lines pasted --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PastedLine:
    """A line as it would be noted. `problem`: why it can't be; `known`: a need has the same words already."""

    title: str
    problem: str = ""
    known: bool = False
    warning: str = ""


@dataclass(frozen=True)
class PasteView:
    title: str
    lede: str
    crumbs: list[Link]
    lines: list[PastedLine] = field(default_factory=list)
    accepted: bool = False


def paste(esms: ESMS, lines: Sequence[PastedLine] = ()) -> PasteView:
    crumbs = own_crumbs(esms, "Coller plusieurs besoins")
    if not lines:
        lede = "Une ligne devient un besoin. Vous verrez ce qui sera noté avant d’enregistrer."
        return PasteView("Collez votre liste de besoins", lede, crumbs)
    wrong = sum(bool(item.problem) for item in lines)
    if wrong:
        what = french.counted(wrong, "ligne est", "lignes sont", feminine=True)
        return PasteView(f"{french.capital(what)} à raccourcir", "Rien n’est encore noté.", crumbs, list(lines))
    what = french.counted(len(lines), "besoin sera noté", "besoins seront notés")
    return PasteView(
        french.capital(what), "Relisez, puis enregistrez. Rien n’est encore noté.", crumbs, list(lines), True
    )


# --- One need --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NeedView:
    """`locked`: why the words don't change, and who may open them; `reason`: why the project doesn't carry it."""

    title: str
    lede: str
    crumbs: list[Link]
    mark: Mark
    fields: list[SavedField] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    locked: str = ""
    reopens: bool = False
    common: "Link | None" = None
    common_mark: Mark | None = None
    common_text: str = ""
    reason: str = ""
    decided: str = ""
    messages: list[NeedMessage] = field(default_factory=list)
    history: list[Entry] = field(default_factory=list)


def need(row: Need, esms: ESMS, rights: Rights, messages: Sequence[NeedMessage]) -> NeedView:
    edits = rights.fills and row.is_open
    return NeedView(
        title=french.typography(row.title),
        lede=_told(row),
        crumbs=own_crumbs(esms, f"Besoin n°{french.NBSP}{row.number}"),
        mark=status_mark(row),
        fields=saved_fields(NEED_SHEET, row, esms.project, EDITABLE) if edits else [],
        facts=[] if edits else facts(NEED_SHEET, row, EDITABLE[1:]),
        locked=_locked(row, rights),
        reopens=rights.validates and row.status == NeedStatus.VALIDATED,
        common=Link(french.typography(f"n° {row.common.number}, {row.common.title}")) if row.common else None,
        common_mark=common_mark(row.common) if row.common else None,
        common_text=french.typography(row.common.description) if row.common else "",
        reason=french.typography(row.common.reason if row.common else row.outcome_reason),
        decided=f"Décidé le {french.long_date(row.outcome_at)}." if row.outcome_at else "",
        messages=list(messages),
        history=history_of(row, HISTORY),
    )


def _told(row: Need) -> str:
    kind = "Demande d’évolution notée" if row.evolution else "Besoin noté"
    said = f"{kind} par {row.written_by.get_full_name()} le {french.long_date(row.written_at)}"
    return f"{said}, transmis le {french.long_date(row.transmitted_at)}." if row.transmitted_at else f"{said}."


def _locked(row: Need, rights: Rights) -> str:
    if row.is_transmitted:
        return french.typography(
            "Ce besoin est transmis : ses mots ne changent plus. Pour préciser, écrivez un message, ou notez un "
            "nouveau besoin."
        )
    if row.status == NeedStatus.VALIDATED and rights.fills:
        who = "Rouvrez-le pour le changer." if rights.validates else "Elle peut le rouvrir."
        return f"La direction a validé ce besoin. {who}"
    return ""


# --- Put to the direction, validated, transmitted ---------------------------------------------------------------------


@dataclass(frozen=True)
class SubmitView:
    title: str
    lede: str
    crumbs: list[Link]
    lines: list[NeedLine]
    incomplete: list[NeedLine]


def submit(esms: ESMS, needs: Sequence[Need], rights: Rights) -> SubmitView:
    ready = ready_for(needs, rights)
    incomplete = [row for row in needs if not row.is_complete]
    if not ready:
        title = "Rien n’est prêt à être transmis" if rights.validates else "Rien n’est prêt à être proposé"
        lede = "Un besoin est prêt quand il a une priorité et un domaine."
    elif rights.validates:
        title = "Quels besoins transmettez-vous au chef de projet ?"
        lede = "Une fois transmis, un besoin ne change plus : relisez-le avant."
    else:
        title = "Quels besoins proposez-vous à la direction ?"
        lede = "La direction les relit, les valide et les transmet."
    return SubmitView(
        title=french.typography(title),
        lede=french.typography(lede),
        crumbs=own_crumbs(esms, "Transmettre" if rights.validates else "Proposer"),
        lines=[line(row, esms) for row in ready],
        incomplete=[line(row, esms) for row in incomplete],
    )
