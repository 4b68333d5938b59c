"""The answers of one respondent: a question a screen, or a section a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from common import french
from common.charts.bars import Segment, segments
from common.sensitive import warning
from common.ui import Link
from risks.catalogue import Question, Section
from risks.forms.answers import MARKS, NOT_CONCERNED, QUESTION, SECTION, MarkForm, chosen
from risks.models import Mark
from risks.places import Place
from risks.presentation import crumbs, words
from risks.presentation.answers_end import why_read_only
from risks.rights import Rights
from risks.selectors.answers import Sheet

ALONE = "Vous répondez sans voir les notes des autres, et personne ne voit les vôtres avant la mise en commun."


@dataclass(frozen=True)
class Choice:
    """A radio: `meaning` is what is said to who doesn't see the landmarks beside the scale."""

    id: str
    value: str
    label: str
    checked: bool
    meaning: str = ""


@dataclass(frozen=True)
class AnswerView:
    """A question to answer. `whole`: it shows a refusal, and its answer brings all of it again."""

    id: str
    number: int
    statement: str
    low: str
    high: str
    choices: Sequence[Choice]
    not_concerned: Choice
    form: MarkForm
    url: str
    writes: bool
    last: str
    whole: bool
    button: str
    warning: str
    saved_at: datetime | None = None


@dataclass(frozen=True)
class Progress:
    """How far one is. `id` stays, so that it changes alone."""

    id: str
    words: str
    segments: Sequence[Segment]


@dataclass(frozen=True)
class QuestionPage:
    title: str
    context: str
    crumbs: list[Link]
    answer: AnswerView
    progress: Progress
    alone: str
    locked: str
    previous: Link | None
    next: Link
    section: Link
    end: Link


@dataclass(frozen=True)
class SectionPage:
    title: str
    lede: str
    crumbs: list[Link]
    answers: list[AnswerView]
    progress: Progress
    locked: str
    previous: Link | None
    next: Link
    sections: list[Link]
    question: Link
    end: Link


@dataclass(frozen=True)
class Conflict:
    """Two windows of the same person answered otherwise. `posted`: what to send again to keep this one."""

    id: str
    statement: str
    mine: str
    theirs: str
    saved_at: datetime
    posted: list[tuple[str, str]]
    url: str
    keep_url: str


@dataclass(frozen=True)
class Read:
    """All that a page of answers is made of."""

    place: Place
    rights: Rights
    sheet: Sheet

    def url(self, question: Question, screen: str = QUESTION) -> str:
        """Where a question is answered."""
        if screen == SECTION:
            return f"{self.place.url('risk_answer_section', question.section)}#{question.anchor}"
        return self.place.url("risk_answer_question", question.slug)

    def section_url(self, section: Section) -> str:
        return self.place.url("risk_answer_section", section.number)

    @property
    def end(self) -> Link:
        return Link("Voir où j’en suis", self.place.url("risk_answer_finish"))

    def after(self, question: Question, screen: str) -> str:
        """Where one goes on without scripts, once this is answered."""
        _, following = self.sheet.beside(question)
        return self.url(following, screen) if following else self.end.url


def question_page(read: Read, section: Section, question: Question, *, form: MarkForm | None = None) -> QuestionPage:
    """`form`: what was typed and refused."""
    sheet = read.sheet
    before, after = sheet.beside(question)
    number, total = sheet.place_of(question), len(sheet.questions)
    return QuestionPage(
        title=question.text,
        context=french.typography(f"{read.place.name} · Question {number} sur {total} · {section.title}"),
        # Short: on a phone the question comes first.
        crumbs=_crumbs(read, Link(f"Question {number}"))[-3:],
        answer=answer(read, question, QUESTION, form=form),
        progress=progress(sheet),
        alone=ALONE,
        locked=why_read_only(sheet),
        previous=Link("Précédente", read.url(before)) if before else None,
        next=Link("Suivante", read.url(after)) if after else read.end,
        section=Link("Une section par page", read.url(question, SECTION)),
        end=read.end,
    )


def section_page(read: Read, section: Section) -> SectionPage:
    """Raises KeyError when nothing of the section is asked."""
    sheet = read.sheet
    at = next((at for at, (one, _) in enumerate(sheet.sections) if one.number == section.number), None)
    if at is None:
        raise KeyError(section.number)
    questions = sheet.sections[at][1]
    first = next((one for one in questions if not sheet.answers(one)), questions[0])
    return SectionPage(
        title=section_title(sheet, section),
        lede=ALONE if sheet.writes else "",
        crumbs=_crumbs(read, Link(section.title)),
        answers=[answer(read, one, SECTION) for one in questions],
        progress=progress(sheet),
        locked=why_read_only(sheet),
        previous=_section(read, at - 1, "Section précédente") if at else None,
        next=_section(read, at + 1, "Section suivante") if at + 1 < len(sheet.sections) else read.end,
        sections=[
            Link(f"{one.number}. {one.short}", read.section_url(one), current=one.number == section.number)
            for one, _ in sheet.sections
        ],
        question=Link("Une question par écran", read.url(first)),
        end=read.end,
    )


def _section(read: Read, at: int, label: str) -> Link:
    section, _ = read.sheet.sections[at]
    return Link(french.typography(f"{label} : {section.title}"), read.section_url(section))


def section_title(sheet: Sheet, section: Section) -> str:
    """« Le management du projet : 4 réponses sur 10 »."""
    asked = next(questions for one, questions in sheet.sections if one.number == section.number)
    done = sum(sheet.answers(question) for question in asked)
    said = "toutes les réponses y sont" if done == len(asked) else counted(done, len(asked))
    return french.typography(f"{section.title} : {said}")


def counted(done: int, total: int) -> str:
    """« 4 réponses sur 10 », « aucune réponse sur 10 »."""
    answers = french.plural(done, "réponse", "réponses") if done else "aucune réponse"
    return f"{answers} sur {total}"


def progress(sheet: Sheet) -> Progress:
    done, total = sheet.answered, len(sheet.questions)
    said = "toutes vos réponses y sont" if done == total else f"{counted(done, total)} en tout"
    return Progress("avancement", french.capital(said), segments(("ok", done), total=total))


def answer(
    read: Read, question: Question, screen: str, *, form: MarkForm | None = None, saved_at: datetime | None = None
) -> AnswerView:
    """`form`: what was typed and refused, in place of what is written."""
    sheet = read.sheet
    shown = form or mark_form(sheet, question, screen)
    value = str(shown["mark"].value() or "")
    meanings = {MARKS[0]: question.low, MARKS[-1]: question.high}
    last = sheet.last.get(question.number, 0)
    return AnswerView(
        id=question.anchor,
        number=sheet.place_of(question),
        statement=question.text,
        low=question.low,
        high=question.high,
        choices=[Choice(f"{question.anchor}-n{one}", one, one, one == value, meanings.get(one, "")) for one in MARKS],
        not_concerned=Choice(f"{question.anchor}-nc", NOT_CONCERNED, "Non concerné", value == NOT_CONCERNED),
        form=shown,
        url=read.place.url("risk_mark", question.slug),
        writes=sheet.writes,
        last="" if last == 0 else french.typography(f"La dernière fois : {words.mark_of(last).lower()}"),
        whole=form is not None,
        button="Enregistrer et continuer" if sheet.beside(question)[1] else "Enregistrer et terminer",
        warning=warning(str(shown["comment"].value() or "")),
        saved_at=saved_at,
    )


def mark_form(sheet: Sheet, question: Question, screen: str) -> MarkForm:
    """The form of what is written."""
    mark = sheet.marks.get(question.number)
    written = {
        "version": mark.version if mark else 0,
        "campaign": sheet.assessment.campaign.number,
        "screen": screen,
        "mark": chosen(mark),
        "comment": mark.comment if mark else "",
    }
    return MarkForm(question=question, initial=written)


def conflict(read: Read, question: Question, theirs: Mark, form: MarkForm) -> Conflict:
    """`form`: the valid one that came too late."""
    screen = form.cleaned_data["screen"]
    posted = {
        "version": theirs.version,
        "campaign": form.cleaned_data["campaign"],
        "screen": screen,
        "whole": "on",
        "mark": form.cleaned_data["mark"],
        "comment": form.cleaned_data["comment"],
    }
    mine = Mark(**form.given)
    return Conflict(
        id=question.anchor,
        statement=question.text,
        mine=_said(mine),
        theirs=_said(theirs),
        saved_at=theirs.answered_at,
        posted=[(name, str(value)) for name, value in posted.items()],
        url=read.place.url("risk_mark", question.slug),
        keep_url=read.url(question, screen),
    )


def _said(mark: Mark) -> str:
    """« 6 sur 10. L’éditeur l’a confirmé. »"""
    said = words.mark_of(mark.value, answered=mark.given)
    return french.typography(f"{said}. {mark.comment}" if mark.comment else said)


def _crumbs(read: Read, *steps: Link) -> list[Link]:
    return crumbs.crumbs(read.place, Link("Mes réponses", read.end.url), *steps)
