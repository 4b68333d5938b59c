"""How a structure collects its needs, and what they become, in French."""

from collections.abc import Sequence
from dataclasses import dataclass

from common import french
from common.ui import Link
from organisations.models import ESMS
from organisations.presentation.sheets import Fact, SavedField
from structures.enums.needs import Outcome
from structures.models import Need, NeedCollection
from structures.presentation.needs.structure import NeedLine, line
from structures.presentation.needs.words import (
    COLLECTION_SHEET,
    Mark,
    common_mark,
    facts,
    own_crumbs,
    own_tabs,
    saved_fields,
)
from structures.rights import Rights
from structures.selectors.needs.own import Decided
from structures.services.needs.collection import SCOPE

METHOD = ("methods", "starts_on", "ends_on")
WHO = ("professionals", "managers", "users", "relatives")
SHARING = ("shared_on", "shared_how")

# --- How they are collected ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CollectionView:
    title: str
    lede: str
    crumbs: list[Link]
    tabs: list[Link]
    scope_fields: list[SavedField]
    scope_facts: list[Fact]
    method_fields: list[SavedField]
    method_facts: list[Fact]
    who_fields: list[SavedField]
    who_facts: list[Fact]
    approved: str
    may_approve: bool
    may_reopen: bool
    waits: bool


def collection(row: NeedCollection, esms: ESMS, rights: Rights) -> CollectionView:
    fills, project, approved = rights.fills, esms.project, row.approved_at is not None
    says = bool(row.scope and row.users_voice)
    by = f" par {row.approved_by.get_full_name()}" if row.approved_by else ""
    return CollectionView(
        title=collection_title(row),
        lede=_collected_from(row),
        crumbs=own_crumbs(esms, "Le recueil"),
        tabs=own_tabs(esms, "need_collection"),
        scope_fields=saved_fields(COLLECTION_SHEET, row, project, SCOPE) if fills and not approved else [],
        scope_facts=[] if fills and not approved else facts(COLLECTION_SHEET, row, SCOPE),
        method_fields=saved_fields(COLLECTION_SHEET, row, project, METHOD) if fills else [],
        method_facts=[] if fills else facts(COLLECTION_SHEET, row, METHOD),
        who_fields=saved_fields(COLLECTION_SHEET, row, project, WHO) if fills else [],
        who_facts=[] if fills else facts(COLLECTION_SHEET, row, WHO),
        approved=f"Périmètre validé{by} le {french.long_date(row.approved_at)}." if row.approved_at else "",
        may_approve=rights.validates and not approved,
        may_reopen=rights.validates and approved,
        waits=fills and not rights.validates and says and not approved,
    )


def collection_title(row: NeedCollection) -> str:
    if not row.scope:
        return french.typography("Qui consultez-vous, et comment ?")
    who = row.get_scope_display()
    return f"{who} {'est consulté' if row.approved_at else 'sera consulté'}" if who else ""


def _collected_from(row: NeedCollection) -> str:
    count = sum(filter(None, (row.professionals, row.managers, row.users, row.relatives)))
    heard = [
        french.counted(number, one, many)
        for number, one, many in (
            (row.professionals, "professionnel", "professionnels"),
            (row.managers, "cadre", "cadres"),
            (row.users, "usager", "usagers"),
            (row.relatives, "proche", "proches"),
        )
        if number
    ]
    if heard:
        return f"{french.capital(french.listed(heard))} {french.agree(count, 'a', 'ont')} pris part au recueil."
    return "La direction décide qui est consulté ; des nombres suffisent ensuite, sans aucun nom."


# --- What becomes of them --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fate:
    """A transmitted need and what became of it: `common` and its mark when it is carried, `words` otherwise."""

    need: Need
    title: str
    url: str
    detail: str
    mark: Mark
    common: str = ""
    common_mark: Mark | None = None
    words: str = ""


@dataclass(frozen=True)
class SynthesisView:
    title: str
    place: str
    lede: str
    crumbs: list[Link]
    tabs: list[Link]
    groups: list[tuple[str, str, list[Fate]]]
    kept: list[NeedLine]
    collected: list[Fact]
    shared: str
    sharing_fields: list[SavedField]
    empty: bool


def synthesis(
    esms: ESMS, decided: Sequence[Decided], kept: Sequence[Need], row: NeedCollection, rights: Rights
) -> SynthesisView:
    """`kept`: those not transmitted."""
    fates = [_fate(item, esms) for item in decided]
    labels = (
        (Outcome.COMMON, "Portés au niveau commun"),
        (Outcome.LOCAL, "Restent locaux"),
        (Outcome.DISMISSED, "Écartés"),
        (Outcome.UNDECIDED, "En attente d’une suite"),
    )
    groups = [
        (f"suite-{outcome.value or 'attente'}", label, [fate for fate in fates if fate.need.outcome == outcome])
        for outcome, label in labels
    ]
    shared = ""
    if row.is_shared and row.shared_on:
        shared = french.typography(f"Synthèse diffusée le {french.long_date(row.shared_on)} : {row.shared_how}")
    return SynthesisView(
        title=_fate_title(decided),
        place=french.typography(esms.name),
        lede="À lire en équipe : ce que la structure a demandé, et ce que le projet en fait.",
        crumbs=own_crumbs(esms, "Ce qu’ils deviennent"),
        tabs=own_tabs(esms, "need_synthesis"),
        groups=[group for group in groups if group[2]],
        kept=[line(item, esms) for item in kept],
        collected=[*facts(COLLECTION_SHEET, row, (*SCOPE, *METHOD)), Fact("Participation", _collected_from(row))]
        if row.scope
        else [],
        shared=shared,
        sharing_fields=saved_fields(COLLECTION_SHEET, row, esms.project, SHARING) if rights.fills else [],
        empty=not fates and not kept,
    )


def _fate(item: Decided, esms: ESMS) -> Fate:
    row = item.need
    base = line(row, esms)
    fate = Fate(row, base.title, base.url, base.detail, base.mark)
    if row.common is None:
        return Fate(row, base.title, base.url, base.detail, base.mark, words=french.typography(row.outcome_reason))
    others = item.carried.structures - 1
    with_whom = f"avec {french.counted(others, 'autre structure', 'autres structures', feminine=True)}"
    said = french.typography(row.common.reason)
    return Fate(
        *(fate.need, fate.title, fate.url, fate.detail, fate.mark),
        common=french.typography(f"n° {row.common.number}, {row.common.title}"),
        common_mark=common_mark(row.common),
        words=". ".join(filter(None, [french.capital(with_whom) if others > 0 else "", said])),
    )


def _fate_title(decided: Sequence[Decided]) -> str:
    """« Sur cinq besoins transmis, trois sont portés au niveau commun »."""
    if not decided:
        return "Aucun besoin n’est encore transmis"
    carried = sum(item.need.outcome == Outcome.COMMON for item in decided)
    base = f"Sur {french.counted(len(decided), 'besoin transmis', 'besoins transmis')}"
    if not carried:
        undecided = sum(item.need.outcome == Outcome.UNDECIDED for item in decided)
        if undecided:
            return f"{base}, {french.in_words(undecided)} {french.agree(undecided, 'attend', 'attendent')} une suite"
        return f"{base}, aucun n’est porté au niveau commun"
    return f"{base}, {french.in_words(carried)} {french.agree(carried, 'est porté', 'sont portés')} au niveau commun"
