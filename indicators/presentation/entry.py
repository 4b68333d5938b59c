"""Entering a statement: its lines by phase, how far it is, what is missing, how it is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.urls import reverse

from common import french
from common.ui import Link
from indicators.enums import IndicatorPhase
from indicators.forms.entry import LineForm
from indicators.models import Figure
from indicators.presentation import crumbs, said, tabs
from indicators.presentation.entry_line import Line, anchor, line, lines
from indicators.presentation.statements import period_title, readers, state_of, url_of
from indicators.rights import Rights
from indicators.selectors.definitions import Followed
from indicators.selectors.entry import Sheet, blocking, missing, problems_by_code
from indicators.values import Terms
from organisations.models import User

TO_THE_DIRECTION = (
    "La direction de la structure le relit, puis le rend ou vous le renvoie. Personne d’autre ne le lit d’ici là."
)


@dataclass(frozen=True)
class Group:
    id: str
    title: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Ending:
    """How far it is, and what one does once all is there. `gives`: may be given as it is; `lacking`: links to the lines
    without a value; `refused`: what doesn't hold together, with the line to look at."""

    words: str
    lacking: Sequence[Link]
    refused: Sequence[Link]
    gives: bool
    submits: bool
    label: str
    url: str
    readers: str


@dataclass(frozen=True)
class EntryPage:
    title: str
    lede: str
    crumbs: list[Link]
    tabs: list[Link]
    sent_back: str
    sent_back_why: str
    groups: Sequence[Group]
    ending: Ending
    links: Sequence[Link]


@dataclass(frozen=True)
class Conflict:
    """Two people said otherwise. `posted`: what to send again to keep this one."""

    id: str
    label: str
    who: str
    mine: str
    theirs: str
    saved_at: datetime | None
    posted: list[tuple[str, str]]
    url: str
    keep_url: str


def entry_page(
    sheet: Sheet, rights: Rights, leads: Sequence[User], *, refused: Line | None = None, split: str = ""
) -> EntryPage:
    """`refused`: a line that was not saved, in place of what is written; `split`: as `lines`."""
    shown = [refused if refused and one.id == refused.id else one for one in lines(sheet, split=split)]
    by_id = {anchor(one.code): one for one in sheet.asked}
    statement = sheet.statement
    back = statement.sent_back_by if statement.sent_back_at else None
    return EntryPage(
        title=title(sheet),
        lede=_lede(sheet),
        crumbs=crumbs.of_structure(
            sheet.esms,
            rights,
            Link("Saisie", reverse("statements", args=[sheet.esms.project.slug, sheet.esms.slug])),
            Link(french.capital(sheet.period.label)),
        ),
        tabs=tabs.of_structure(sheet.esms, rights, "statements"),
        sent_back=french.typography(f"{back} vous renvoie ce relevé") if back else "",
        sent_back_why=statement.sent_back_why,
        groups=[
            Group(f"t-{phase.value}", phase.label, found)
            for phase in IndicatorPhase
            if (found := [one for one in shown if by_id[one.id].definition.phase == phase])
        ],
        ending=ending(sheet, rights, leads),
        links=[
            Link(
                "Saisir dans un tableau",
                reverse("statement_grid", args=[sheet.esms.project.slug, sheet.esms.slug]),
                icon="list",
            )
        ],
    )


def title(sheet: Sheet) -> str:
    """« Octobre 2026 : 15 valeurs sur 17 »."""
    return french.typography(f"{period_title(sheet.period)} : {_progress(sheet)}")


def _progress(sheet: Sheet) -> str:
    total = len(sheet.asked)
    left = len(missing(sheet))
    if not left:
        return "toutes les valeurs y sont" if not blocking(sheet) else "des valeurs ne s’accordent pas"
    if left == total:
        return f"{french.plural(total, 'valeur', 'valeurs')} à saisir"
    return f"{french.plural(total - left, 'valeur', 'valeurs')} sur {total}"


def _lede(sheet: Sheet) -> str:
    campaign = sheet.statement.campaign
    due = state_of(sheet.statement).words
    asked = "Chaque valeur s’enregistre seule : arrêtez-vous quand vous voulez."
    return french.typography(" ".join(filter(None, (french.capital(f"{due}."), asked, campaign.message))))


def ending(sheet: Sheet, rights: Rights, leads: Sequence[User]) -> Ending:
    left, refused = missing(sheet), blocking(sheet)
    by_code = {one.code: one for one in sheet.asked}
    submits = sheet.statement.campaign.validated and not rights.validates
    label = "Rendre le relevé"
    if sheet.statement.campaign.validated:
        label = "Soumettre à la direction" if submits else "Valider et rendre"
    name = "statement_submit" if submits else "statement_give"
    return Ending(
        words=french.typography(french.capital(f"{_progress(sheet)}.")),
        lacking=[_to(one) for one in left],
        refused=[
            Link(problem.message, f"#{anchor(next(code for code in problem.codes if code in by_code))}")
            for problem in refused
        ],
        gives=not left and not refused,
        submits=submits,
        label=label,
        url=url_of(sheet.statement, name),
        readers=french.typography(TO_THE_DIRECTION) if submits else readers(sheet.esms, sheet.asked, leads),
    )


def _to(one: Followed) -> Link:
    return Link(one.definition.label, f"#{anchor(one.code)}")


def one_line(
    sheet: Sheet,
    one: Followed,
    *,
    form: LineForm | None = None,
    whole: bool = False,
    saved_at: datetime | None = None,
) -> Line:
    found = problems_by_code(sheet).get(one.code, ())
    return line(sheet, one, found, form=form, whole=whole, saved_at=saved_at)


def conflict(sheet: Sheet, one: Followed, theirs: Figure, by: str, posted: QueryDict, form: LineForm) -> Conflict:
    """`form`: the valid one that came too late; `by`: who wrote the other."""
    again = [
        (name, value)
        for name, value in posted.items()
        if name not in {"csrfmiddlewaretoken", "version", "whole"} and value
    ]
    given = form.given
    terms = None if given.amount is None else Terms(given.amount, given.base)
    mine = said.of_terms(one.definition, terms, given.text, given.absence, given.why) if not given.is_empty else ""
    return Conflict(
        id=anchor(one.code),
        label=one.definition.label,
        who=by,
        mine=_with_comment(mine, form.cleaned_data["comment"]),
        theirs=_with_comment(said.of_figure(one.definition, theirs) if theirs.is_there else "", theirs.comment),
        saved_at=theirs.written_at,
        posted=[("version", str(theirs.version)), ("whole", "on"), *((name, str(value)) for name, value in again)],
        url=url_of(sheet.statement, "statement_figure", one.code),
        keep_url=f"{url_of(sheet.statement, 'statement')}#{anchor(one.code)}",
    )


def _with_comment(value: str, comment: str) -> str:
    return french.typography(f"{value or 'Rien'}. {comment}" if comment else value or "Rien")
