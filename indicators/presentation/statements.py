"""The statements of a structure in a list; one of them as it is read, given or not; what one may do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from common import french
from common.ui import Act, Link
from indicators.enums import IndicatorPhase, StatementStatus
from indicators.forms.entry import parts_of
from indicators.models import Campaign, Statement
from indicators.periods import Period
from indicators.presentation import crumbs, said, tabs, words
from indicators.rights import Rights
from indicators.selectors import statements as selectors
from indicators.selectors.definitions import Followed
from organisations.models import ESMS, User

NOT_TOLD_YET = "Rien n’en est lu au-dessus de la structure avant qu’elle le rende."


@dataclass(frozen=True)
class State:
    """Where a statement stands: a word or a sentence without its full stop, a tone, a shape."""

    words: str
    tone: str
    icon: str


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    state: State
    progress: str
    structure: str = ""


@dataclass(frozen=True)
class ListPage:
    title: str
    lede: str
    crumbs: list[Link]
    tabs: list[Link]
    now: Sequence[Row]
    elsewhere: Sequence[Row]
    past: Sequence[Row]
    empty: str
    links: Sequence[Link]


@dataclass(frozen=True)
class ReadLine:
    label: str
    value: str
    tone: str
    parts: Sequence[tuple[str, str]]
    comment: str
    history_url: str


@dataclass(frozen=True)
class ReadGroup:
    id: str
    title: str
    lines: Sequence[ReadLine]


@dataclass(frozen=True)
class ReadPage:
    """`locked`: why nothing changes there, and who can do something about it; `warns`: what taking it back does."""

    title: str
    lede: str
    crumbs: list[Link]
    tabs: list[Link]
    locked: str
    groups: Sequence[ReadGroup]
    version: int
    give: Act | None
    readers: str
    return_url: str
    resume: Act | None
    warns: str
    following: Link | None
    links: Sequence[Link]


def period_title(period: Period) -> str:
    return french.capital(period.label)


def url_of(statement: Statement, name: str, *more: str) -> str:
    esms = statement.esms
    return reverse(name, args=[esms.project.slug, esms.slug, statement.campaign.period.code, *more])


def due(campaign: Campaign, today: date | None = None) -> State:
    """« à rendre le 10 décembre 2026, dans 10 jours »."""
    days = (campaign.due_on - (today or french.today())).days
    if days < 0:
        since = f"était à rendre le {french.long_date(campaign.due_on)}, {french.relative(campaign.due_on)}"
        return State(since, "late", "clock")
    return State(
        f"à rendre le {french.long_date(campaign.due_on)}, {french.relative(campaign.due_on)}", "todo", "s-todo"
    )


def state_of(statement: Statement) -> State:
    campaign, today = statement.campaign, french.today()
    if statement.status == StatementStatus.GIVEN:
        late = is_late(statement)
        day = french.long_date(statement.first_given_at or statement.given_at or today)
        return State(f"rendu le {day}, {'après l’échéance' if late else 'à temps'}", "late" if late else "ok", "s-ok")
    if campaign.opens_on > today:
        return State(f"s’ouvre le {french.long_date(campaign.opens_on)}", "none", "lock")
    if not statement.may_be_entered(today):
        return State("pas rendu, collecte close", "ko", "s-ko")
    if statement.status == StatementStatus.SUBMITTED:
        return State("soumis à la direction", "progress", "s-progress")
    if statement.reopened_until and not campaign.is_running(today):
        return State(f"rouvert jusqu’au {french.long_date(statement.reopened_until)}", "late", "clock")
    return due(campaign, today)


def is_late(statement: Statement) -> bool:
    first = statement.first_given_at
    return first is not None and french.day(first) > statement.campaign.due_on


def readers(esms: ESMS, asked: Sequence[Followed], leads: Sequence[User]) -> str:
    """Who reads a statement once it is given."""
    lead = f"le chef de projet ({french.listed([str(user) for user in leads])})" if leads else "le chef de projet"
    masked = any(one.definition.masked for one in asked)
    return french.typography(
        f"Une fois rendu, ce relevé est lu par {lead}, le COSTRAT, le COMOP et la direction de l’OG "
        f"{esms.og.short_name}.{' Les groupes de moins de cinq personnes n’y paraissent pas.' if masked else ''}"
    )


def list_page(
    esms: ESMS,
    rights: Rights,
    now: Sequence[selectors.Standing],
    past: Sequence[selectors.Standing],
    elsewhere: Sequence[Statement],
) -> ListPage:
    return ListPage(
        title=french.typography(_list_title(now, rights)),
        lede=french.typography(_list_lede(now, rights)),
        crumbs=crumbs.of_structure(esms, rights, Link("Saisie")),
        tabs=tabs.of_structure(esms, rights, "statements"),
        now=[_row(one) for one in now],
        elsewhere=[_row(selectors.Standing(one, None), structure=one.esms.name) for one in elsewhere],
        past=[_row(one) for one in past],
        empty=french.typography(_empty(rights)),
        links=[
            Link("Saisir dans un tableau", reverse("statement_grid", args=[esms.project.slug, esms.slug]), icon="list")
        ]
        if rights.fills and (now or past)
        else [],
    )


def _list_title(now: Sequence[selectors.Standing], rights: Rights) -> str:
    if not now:
        return "Aucun relevé à saisir" if rights.inside else "Les relevés de cette structure"
    if len(now) == 1:
        statement = now[0].statement
        return f"Le relevé {statement.campaign.period.genitive} est attendu"
    return f"{french.capital(french.in_words(len(now)))} relevés sont attendus"


def _list_lede(now: Sequence[selectors.Standing], rights: Rights) -> str:
    if not rights.inside:
        return NOT_TOLD_YET
    return "Le plus pressé d’abord. Une dizaine de minutes suffit, en plusieurs fois si vous voulez." if now else ""


def _empty(rights: Rights) -> str:
    if rights.inside:
        return "Quand le chef de projet ouvrira une campagne, le relevé à saisir sera ici, avec sa date."
    return "Un relevé paraît ici dès qu’une campagne le demande à la structure."


def _row(one: selectors.Standing, *, structure: str = "") -> Row:
    statement = one.statement
    progress = ""
    if one.progress:
        progress = f"{french.plural(one.progress.filled, 'valeur', 'valeurs')} sur {one.progress.asked}"
    state = state_of(statement)
    return Row(
        title=period_title(statement.campaign.period),
        url=url_of(statement, "statement"),
        state=State(french.typography(french.capital(state.words)), state.tone, state.icon),
        progress=progress,
        structure=french.typography(structure),
    )


def read_page(
    statement: Statement,
    rights: Rights,
    lines: Sequence[selectors.Line],
    leads: Sequence[User],
    *,
    following: Statement | None,
) -> ReadPage:
    esms, period = statement.esms, statement.campaign.period
    given = statement.status == StatementStatus.GIVEN
    enters = statement.may_be_entered(french.today())
    submitted = statement.status == StatementStatus.SUBMITTED
    resumes = (
        rights.fills and enters and (submitted or (given and (rights.validates or not statement.campaign.validated)))
    )
    told = given or rights.inside
    home = reverse("statements", args=[esms.project.slug, esms.slug])
    return ReadPage(
        title=french.typography(f"{period_title(period)} : {_read_title(statement)}"),
        lede=french.typography(_read_lede(statement)),
        crumbs=crumbs.of_structure(esms, rights, Link("Saisie", home), Link(period_title(period))),
        tabs=tabs.of_structure(esms, rights, "statements"),
        locked=french.typography(_locked(statement, rights, leads)),
        groups=_groups(lines, statement, rights) if told else [],
        version=statement.version,
        give=Act("Valider et rendre", url_of(statement, "statement_give"), posts=True)
        if submitted and enters and rights.validates
        else None,
        readers=readers(esms, [one.followed for one in lines], leads),
        return_url=url_of(statement, "statement_return") if submitted and enters and rights.validates else "",
        resume=Act("Reprendre le relevé", url_of(statement, "statement_resume"), posts=True, icon="undo", primary=False)
        if resumes
        else None,
        warns=french.typography(_warns(statement)) if resumes else "",
        following=_following(following, esms),
        links=[Link("Tous les relevés", home, icon="list")],
    )


def _read_title(statement: Statement) -> str:
    if statement.status == StatementStatus.GIVEN:
        return "relevé rendu après l’échéance" if is_late(statement) else "relevé rendu à temps"
    if statement.status == StatementStatus.SUBMITTED:
        return "relevé soumis à la direction"
    return "relevé pas encore rendu" if statement.may_be_entered(french.today()) else "relevé pas rendu"


def _read_lede(statement: Statement) -> str:
    campaign = statement.campaign
    expected = f"Il était attendu le {french.long_date(campaign.due_on)}."
    if statement.status == StatementStatus.GIVEN and statement.given_at:
        by = f"Rendu par {statement.given_by} le {french.long_datetime(statement.given_at)}."
        first = statement.first_given_at
        if first and french.day(first) != french.day(statement.given_at):
            by += f" Il l’avait été une première fois le {french.long_date(first)}, et corrigé depuis."
        return f"{by} {expected}"
    if statement.status == StatementStatus.SUBMITTED and statement.submitted_at:
        return f"Soumis par {statement.submitted_by} le {french.long_datetime(statement.submitted_at)}."
    return expected if campaign.due_on < french.today() else f"Il est attendu le {french.long_date(campaign.due_on)}."


def _locked(statement: Statement, rights: Rights, leads: Sequence[User]) -> str:
    """Why nothing changes here, and who can do something about it."""
    campaign, today = statement.campaign, french.today()
    lead = f"{french.listed([str(user) for user in leads])}, chef de projet," if leads else "Le chef de projet"
    if campaign.opens_on > today:
        return f"La saisie s’ouvre le {french.long_date(campaign.opens_on)}."
    if not statement.may_be_entered(today):
        day = french.long_date(french.day(campaign.closed_at) if campaign.closed_at else campaign.closes_on)
        return f"La collecte de cette période est close depuis le {day}. {lead} peut la rouvrir pour votre structure."
    if statement.status == StatementStatus.SUBMITTED:
        if rights.validates:
            return ""
        return "La direction de la structure le relit : elle le rend, ou vous le renvoie avec un mot."
    if statement.status == StatementStatus.OPEN and not rights.fills:
        return f"La structure le saisit. {NOT_TOLD_YET}"
    if statement.status == StatementStatus.GIVEN and rights.fills and campaign.validated and not rights.validates:
        return "La direction l’a validé : elle seule peut le reprendre."
    return ""


def _warns(statement: Statement) -> str:
    until = statement.campaign.closes_on
    if statement.reopened_until:
        until = max(until, statement.reopened_until)
    if statement.status == StatementStatus.SUBMITTED:
        return "Vous pourrez changer les valeurs ; il faudra le soumettre à nouveau."
    return (
        "Repris, il n’est plus lu au-dessus de la structure tant qu’il n’est pas rendu à nouveau, "
        f"au plus tard le {french.long_date(until)}. La date du premier rendu reste."
    )


def _following(statement: Statement | None, esms: ESMS) -> Link | None:
    if statement is None:
        return None
    of = "" if statement.esms_id == esms.pk else f", {statement.esms.name}"
    label = f"Saisir le suivant : {statement.campaign.period.label}{of}"
    return Link(french.typography(label), url_of(statement, "statement"), icon="next")


def _groups(lines: Sequence[selectors.Line], statement: Statement, rights: Rights) -> list[ReadGroup]:
    return [
        ReadGroup(f"t-{phase.value}", phase.label, [_read_line(one, statement, rights) for one in found])
        for phase in IndicatorPhase
        if (found := [one for one in lines if one.followed.definition.phase == phase])
    ]


def _read_line(one: selectors.Line, statement: Statement, rights: Rights) -> ReadLine:
    definition, told = one.followed.definition, one.told
    value, tone = "Pas de valeur", "none"
    if told and told.withheld:
        value, tone = f"{french.capital(words.MASKED)}. {words.MASKED_WHY}", "none"
    elif told and (told.terms or told.text or told.absence):
        value = said.of_terms(definition, told.terms, told.text, told.absence, told.why)
        tone = "none" if told.absence else ""
    labels = {choice.code: choice.label for choice in parts_of(definition)}
    parts = []
    if one.split and not (told and told.withheld):
        cells = {**{code: said.of_terms(definition, terms) for code, terms in one.split.cells.items()}}
        cells |= dict.fromkeys(one.split.withheld, words.MASKED)
        parts = [(french.typography(label), cells[code]) for code, label in labels.items() if code in cells]
    return ReadLine(
        label=definition.label,
        value=value,
        tone=tone,
        parts=parts,
        comment=told.comment if told else "",
        history_url=url_of(statement, "statement_history", one.followed.code) if rights.fills and told else "",
    )
