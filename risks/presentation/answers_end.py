"""Where one's answers stand: how many, what was skipped, done or not; why they don't change any more."""

from collections.abc import Sequence
from dataclasses import dataclass

from common import french
from common.ui import Link
from risks.catalogue import Question, Section
from risks.models import Assessment
from risks.places import Place
from risks.presentation import crumbs, tabs
from risks.presentation.words import Mark
from risks.rights import Rights
from risks.selectors.answers import Sheet


@dataclass(frozen=True)
class SectionLine:
    """A section, how far one is in it. `skipped`: its questions without answer, once it is begun, and their place among
    all as `count`."""

    label: str
    url: str
    state: Mark
    skipped: list[Link]
    skipped_label: str


@dataclass(frozen=True)
class EndPage:
    title: str
    lede: str
    crumbs: list[Link]
    tabs: list[Link]
    finishes: bool
    resume_url: str
    locked: str
    go_on: Link | None
    left: int
    sections: list[SectionLine]
    links: list[Link]


@dataclass(frozen=True)
class NothingAsked:
    title: str
    text: str
    crumbs: list[Link]
    tabs: list[Link]
    act: Link | None


def end_page(place: Place, rights: Rights, sheet: Sheet) -> EndPage:
    left, done = len(sheet.unanswered), sheet.answered
    go_on = sheet.resume if sheet.writes else None
    return EndPage(
        title=french.typography(_title(sheet)),
        lede=french.typography(_lede(sheet)),
        crumbs=crumbs.crumbs(place, Link("Mes réponses")),
        tabs=tabs.tabs(place, rights, "risk_questionnaire"),
        finishes=sheet.writes and done > 0,
        resume_url=place.url("risk_answer_resume") if sheet.assessment.answering and sheet.finished else "",
        locked=why_closed(sheet.assessment),
        go_on=Link("Continuer" if done else "Commencer", place.url("risk_answer_question", go_on.slug))
        if go_on
        else None,
        left=left,
        sections=[_section(place, sheet, section, asked) for section, asked in sheet.sections],
        links=_links(place, rights, sheet.assessment),
    )


def _title(sheet: Sheet) -> str:
    done, total = sheet.answered, len(sheet.questions)
    if not done:
        return "Vous n’avez pas encore répondu" if sheet.writes else "Vous n’avez pas répondu à cette analyse"
    said = (
        f"aux {total} questions" if done == total else f"à {french.plural(done, 'question', 'questions')} sur {total}"
    )
    if sheet.finished and sheet.assessment.answering:
        return f"C’est terminé : vous avez répondu {said}"
    return f"Vous avez répondu {said}"


def _lede(sheet: Sheet) -> str:
    left, done = len(sheet.unanswered), sheet.answered
    if not sheet.assessment.answering:
        return ""
    if sheet.finished:
        return "Vos notes restent à vous jusqu’à la mise en commun. D’ici là, vous pouvez les reprendre."
    if not done:
        due = sheet.assessment.campaign.due_on
        by = "avant le" if due >= french.today() else "attendues depuis le"
        asked = f"{len(sheet.questions)} affirmations à noter de 1 à 10, {by} {french.long_date(due)}"
        return f"{asked}. Arrêtez-vous quand vous voulez : tout est gardé."
    if not left:
        return "Dites que vous avez terminé : la mise en commun pourra commencer."
    them = french.agree(left, "elle sera mise en commun", "elles seront mises en commun")
    asked = french.counted(left, "question est sans réponse", "questions sont sans réponse", feminine=True)
    return f"{french.capital(asked)}. Vous pouvez terminer ainsi : {them} sans votre note."


def why_read_only(sheet: Sheet) -> str:
    """Empty while answers can change."""
    if closed := why_closed(sheet.assessment):
        return closed
    if sheet.finished:
        return french.typography("Vous avez dit avoir terminé. Reprenez vos réponses pour en changer une.")
    return ""


def why_closed(assessment: Assessment) -> str:
    """Why nobody answers any more, and who can do something about it; empty while people answer."""
    if assessment.answering:
        return ""
    if assessment.closed_at:
        day = french.long_date(assessment.closed_at)
        said = f"Le chef de projet a clos la campagne le {day} : lui seul peut en ouvrir une autre."
    else:
        since = f" depuis le {french.long_date(assessment.converging_at)}" if assessment.converging_at else ""
        said = (
            f"Les réponses sont mises en commun{since} : elles ne changent plus. La note de chaque question se règle "
        )
        said += "désormais ensemble, sur la page de la mise en commun."
    return french.typography(said)


def _section(place: Place, sheet: Sheet, section: Section, asked: Sequence[Question]) -> SectionLine:
    missing = [question for question in asked if not sheet.answers(question)]
    done, total = len(asked) - len(missing), len(asked)
    state = Mark(f"{done} sur {total}", "progress", "s-progress")
    if not missing:
        state = Mark("Complète", "ok", "s-ok")
    elif not done:
        state = Mark("À commencer" if sheet.writes else "Sans réponse", "todo", "s-todo")
    begun = missing if done and sheet.writes else []
    skipped = [Link(one.text, place.url("risk_answer_question", one.slug), count=sheet.place_of(one)) for one in begun]
    said = french.plural(len(skipped), "question sans réponse", "questions sans réponse")
    return SectionLine(
        label=french.typography(f"{section.number}. {section.title}"),
        url=place.url("risk_answer_section", section.number),
        state=state,
        skipped=skipped,
        skipped_label=said,
    )


def _links(place: Place, rights: Rights, assessment: Assessment) -> list[Link]:
    """What else there is to do, for who may."""
    links = []
    if rights.inside and not assessment.answering and not assessment.closed_at:
        links.append(Link("Voir la mise en commun", place.url("risk_convergence"), icon="people"))
    if rights.fills and assessment.answering:
        links.append(Link("Qui répond", place.url("risk_respondents"), icon="people"))
    return links


def nothing_asked(place: Place, rights: Rights) -> NothingAsked:
    """Before the first campaign."""
    act = Link("Voir les campagnes", place.url("risk_campaigns")) if rights.leads and place.esms is None else None
    who = "Vous ouvrez une campagne" if act else "Le chef de projet ouvre une campagne"
    text = (
        "Vous noterez ici, de 1 à 10, cent affirmations sur le projet : chacun répond seul, puis les notes sont mises "
        f"en commun. {who} au début du projet et à la fin de chaque phase."
    )
    return NothingAsked(
        title="Aucune analyse de risques n’est demandée pour l’instant",
        text=french.typography(text),
        crumbs=crumbs.crumbs(place, Link("Mes réponses")),
        tabs=tabs.tabs(place, rights, "risk_questionnaire"),
        act=act,
    )
