"""One access: its form, what it says of itself; a profile and its accesses; what a save changes around it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from common import french
from common.ui import Link
from organisations.models import ESMS, Project
from structures.catalogue.habilitations import Catalogue, Cell
from structures.enums.habilitations import AccessLevel
from structures.forms.habilitations import CellForm
from structures.habilitation_rules import justified, min_length, rules_that_ask_why
from structures.presentation import habilitation_words as words
from structures.selectors.habilitations import Reading, Writer, differ
from structures.services.habilitations import Refused


@dataclass(frozen=True)
class CellPanel:
    """The form of an access. `asks`: the rules that ask why, in sentences; `lacks`: that nobody said it yet."""

    key: str
    title: str
    domain: str
    help: str
    proposal: str
    note: str
    form: CellForm
    url: str
    sensitive: bool
    differs: bool
    open: bool
    asks: list[str]
    lacks: str
    theirs: str = ""  # what somebody else wrote meanwhile
    state: str = ""


def panel(
    reading: Reading,
    project: Project,
    esms: ESMS,
    profile: str,
    domain: str,
    *,
    form: CellForm | None = None,
    theirs: str = "",
) -> CellPanel:
    known, cell = reading.catalogue, reading.cell(profile, domain)
    proposal = known.proposal[profile, domain]
    asking = rules_that_ask_why(known, profile, domain, cell)
    lacks = bool(asking) and not justified(known, profile, domain, cell)
    return CellPanel(
        key=words.cell_key(profile, domain),
        title=f"{known.profiles[profile].label} · {known.domains[domain].label}",
        domain=known.domains[domain].label,
        help=known.domains[domain].help,
        proposal=_proposal(reading, profile, proposal),
        note=proposal.note,
        form=form or cell_form(reading, profile, domain),
        url=words.cell_url(project, esms, profile, domain),
        sensitive=known.domains[domain].sensitive,
        differs=differ(proposal, cell),
        open=cell.level != AccessLevel.NONE,
        asks=[rule.message for rule in asking],
        lacks=_lacks(reading, [rule.code for rule in asking]) if lacks else "",
        theirs=theirs,
        state=words.access(cell),
    )


def _proposal(reading: Reading, profile: str, proposal: Cell) -> str:
    head = reading.values.heads[profile]
    who = "Profil sans objet." if head.unused else "Effectif à saisir."
    if head.users:
        who = f"{french.capital(french.counted(head.users, 'utilisateur', 'utilisateurs'))}."
    return french.typography(f"{who} La proposition : {words.access(proposal)}.")


def _lacks(reading: Reading, codes: list[str]) -> str:
    least = french.in_words(min_length(reading.catalogue))
    why = {
        "sensitive_needs_justification": "Ce domaine est sensible",
        "og_perimeter_needs_justification": "Le périmètre OG est exceptionnel",
        "psychological_restricted": "Ce domaine reste au psychologue par défaut",
        "above_default": "Cet accès dépasse la proposition",
    }
    reason = next(text for code, text in why.items() if code in codes)
    return french.typography(f"{reason} : dites pourquoi, en {least} caractères au moins.")


def cell_form(reading: Reading, profile: str, domain: str, data: Any = None, version: int | None = None) -> CellForm:
    """`data`: what was typed, kept under the version as it is now when somebody else wrote meanwhile."""
    cell = reading.cell(profile, domain)
    given = {
        "level": cell.level.value,
        "perimeter": (cell.perimeter or reading.catalogue.proposal[profile, domain].perimeter or "unit"),
        "justification": cell.justification,
        **{name: value for name, value in (data or {}).items() if value is not None},
        "version": version if version is not None else reading.version_of(profile, domain),
    }
    return CellForm(catalogue=reading.catalogue, profile=profile, domain=domain, initial=given)


def theirs(reading: Reading, profile: str, domain: str, writer: Writer | None) -> str:
    """What somebody else wrote meanwhile, in a sentence."""
    cell = reading.cell(profile, domain)
    who = writer.who if writer else "Quelqu’un"
    when = f" à {french.clock(writer.at)}" if writer else ""
    why = f" « {cell.justification} »" if cell.justification else ""
    return french.typography(f"{who} a écrit{when} : {words.access(cell)}.{why}")


@dataclass(frozen=True)
class ProfilePage:
    title: str
    lede: str
    panels: list[CellPanel]
    previous: Link | None
    next: Link | None


def profile_page(reading: Reading, project: Project, esms: ESMS, profile: str) -> ProfilePage:
    """A profile a screen: how many, then each domain as choices."""
    known = reading.catalogue
    codes = list(known.profiles)
    at = codes.index(profile)
    return ProfilePage(
        title=known.profiles[profile].label,
        lede=profile_lede(reading, profile),
        panels=[panel(reading, project, esms, profile, domain) for domain in known.domains],
        previous=_profile_link(reading, project, esms, codes[at - 1]) if at else None,
        next=_profile_link(reading, project, esms, codes[at + 1]) if at + 1 < len(codes) else None,
    )


def profile_lede(reading: Reading, profile: str) -> str:
    """How many have a profile, and how much it opens."""
    known = reading.catalogue
    opened = [domain for domain in known.domains if reading.cell(profile, domain).level != AccessLevel.NONE]
    head = reading.values.heads[profile]
    who = "ce profil est sans objet ici" if head.unused else "l’effectif reste à saisir"
    if head.users:
        who = french.counted(head.users, "utilisateur", "utilisateurs")
    count = french.counted(len(opened), "domaine est ouvert", "domaines sont ouverts")
    return french.typography(f"{french.capital(who)} ; {count} sur {french.in_words(len(known.domains))}.")


def _profile_link(reading: Reading, project: Project, esms: ESMS, code: str) -> Link:
    url = reverse("habilitation_profile", args=[project.slug, esms.slug, code])
    return Link(reading.catalogue.profiles[code].label, url)


@dataclass(frozen=True)
class Pasted:
    """What became of a pasted block."""

    title: str
    refused: list[tuple[str, str, str]]  # place in words, why, place in the page


def pasted(known: Catalogue, written: int, refused: list[Refused], outside: int) -> Pasted:
    done = french.counted(written, "case est enregistrée", "cases sont enregistrées", feminine=True)
    kept = french.counted(len(refused), "est refusée", "sont refusées", feminine=True) if refused else ""
    out = french.counted(outside, "tombe hors de la grille", "tombent hors de la grille", feminine=True)
    parts = [part for part in (done if written else "Rien n’est enregistré", kept, out if outside else "") if part]
    return Pasted(
        title=french.typography(f"{french.capital(' ; '.join(parts))}."),
        refused=[
            (
                words.place(known, item.profile, item.domain),
                french.typography(item.why),
                words.cell_key(item.profile, item.domain),
            )
            for item in refused
        ],
    )
