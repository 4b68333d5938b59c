"""One question of the convergence: what each respondent said of it, the mark that is kept, two that meet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from common import french
from risks.catalogue import Question
from risks.disagreement import Answers, Apart, compare, most_apart_first
from risks.forms.convergence import NOT_CONCERNED
from risks.models import AgreedMark, Assessment, Mark, Respondent
from risks.places import Place
from risks.presentation import words
from risks.rights import Rights
from risks.scoring import HIGHEST, LOWEST, Marks
from risks.selectors.assessments import asked_questions
from risks.selectors.convergence import answers_in

STEP = 10  # percent of the line that a mark takes, from its left end


@dataclass(frozen=True)
class Read:
    """What the screens are made from. `marks`: what respondents said, `agreed`: what is kept, `last`: what was kept the
    last time, by question."""

    place: Place
    rights: Rights
    assessment: Assessment
    respondents: Sequence[Respondent]
    marks: Mapping[str, Sequence[Mark]]
    agreed: Mapping[str, AgreedMark]
    last: Marks

    @property
    def writes(self) -> bool:
        return self.assessment.converging and self.rights.fills

    @cached_property
    def answers(self) -> dict[str, Answers]:
        return answers_in(self.marks)

    @cached_property
    def order(self) -> list[Question]:
        """What is asked, what is most apart first."""
        return most_apart_first(asked_questions(self.assessment), self.answers)

    @cached_property
    def left(self) -> list[Question]:
        """What is to be settled, in that order."""
        return [question for question in self.order if question.number not in self.agreed]

    @cached_property
    def close(self) -> int:
        """To be settled, a point apart."""
        return sum(1 for question in self.left if compare(self.answers, question).close)

    def after(self, question: Question) -> Question | None:
        """The next one to settle, from the top again at the end."""
        at = self.order.index(question)
        around = [*self.order[at + 1 :], *self.order[:at]]
        return next((one for one in around if one.number not in self.agreed), None)


@dataclass(frozen=True)
class SaidView:
    """What one respondent said. `x`: where their mark stands on the line, in percent; "" without one."""

    who: str
    capacity: str
    text: str
    x: str
    comment: str


@dataclass(frozen=True)
class KeptView:
    text: str
    comment: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class Item:
    """A question. `gap`: how far apart answers are, in words; `writes`: its mark may be chosen here."""

    id: str
    number: str
    text: str
    low: str
    high: str
    said: list[SaidView]
    gap: str
    tone: str
    icon: str
    kept: KeptView | None
    writes: bool
    choices: list[Choice]
    version: int
    kept_id: str
    comment: str
    url: str
    withdraw_url: str
    alone_url: str
    last: str = ""
    error: str = ""


@dataclass(frozen=True)
class ConflictView:
    item: Item
    who: str
    at: datetime
    theirs: str
    their_comment: str
    mine: str
    my_comment: str
    value: str
    keep_url: str
    one: bool


def alone(place: Place, question: Question) -> str:
    return f"{place.url('risk_convergence')}?question={question.slug}"


def item(read: Read, question: Question, *, error: str = "", comment: str | None = None) -> Item:
    """One question. `comment`: what was typed, when it was refused."""
    kept = read.agreed.get(question.number)
    gap, tone, icon = _gap(compare(read.answers, question))
    value = _value(kept) if kept else ""
    return Item(
        id=question.anchor,
        number=question.number,
        text=question.text,
        low=question.low,
        high=question.high,
        said=_said(read.respondents, read.marks.get(question.number, ())),
        gap=french.typography(gap),
        tone=tone,
        icon=icon,
        kept=_kept(kept),
        writes=read.writes,
        choices=_choices(value),
        version=kept.version if kept else 0,
        kept_id=str(kept.pk) if kept else "",
        comment=comment if comment is not None else kept.comment if kept else "",
        url=read.place.url("risk_convergence_agree", question.slug),
        withdraw_url=read.place.url("risk_convergence_withdraw", question.slug),
        alone_url=alone(read.place, question),
        last=_last(read.last, question),
        error=french.typography(error),
    )


def _last(last: Marks, question: Question) -> str:
    if question.number not in last:
        return ""
    return french.typography(f"La dernière fois : {words.mark_of(last[question.number]).lower()}")


def _kept(kept: AgreedMark | None) -> KeptView | None:
    if kept is None:
        return None
    text = words.mark_of(kept.value)
    return KeptView(text, kept.comment, kept.agreed_by.get_full_name(), kept.agreed_at)


def _value(mark: AgreedMark) -> str:
    return NOT_CONCERNED if mark.not_concerned else str(mark.value)


def _choices(value: str) -> list[Choice]:
    marks = [str(mark) for mark in range(LOWEST, HIGHEST + 1)]
    found = [Choice(mark, mark, f"Retenir {mark} sur 10", mark == value) for mark in marks]
    return [*found, Choice(NOT_CONCERNED, "Non concerné", "Retenir « Non concerné »", value == NOT_CONCERNED)]


def _said(respondents: Iterable[Respondent], marks: Iterable[Mark]) -> list[SaidView]:
    by_respondent = {mark.respondent_id: mark for mark in marks}
    found = []
    for one in respondents:
        mark = by_respondent.get(one.pk)
        value = mark.value if mark else None
        found.append(
            SaidView(
                who=one.user.get_full_name(),
                capacity=one.get_capacity_display(),
                text=words.mark_of(value, answered=bool(mark and mark.given)),
                x=f"{value * STEP - STEP // 2}%" if value is not None else "",
                comment=mark.comment if mark else "",
            )
        )
    return found


def _gap(apart: Apart) -> tuple[str, str, str]:
    """In words, with a tone and a shape."""
    if not apart.answers:
        return "Personne n’a répondu", "none", "s-todo"
    if len(apart.answers) == 1:
        return "Une seule réponse", "ok", "s-ok"
    if apart.unanimous:
        return "Tout le monde est d’accord", "ok", "s-ok"
    if len(apart.marks) < len(apart.answers):
        return "Concernés pour les uns, pas pour les autres", "late", "s-watch"
    tone, icon = ("none", "s-watch") if apart.close else ("late", "s-watch")
    return f"{french.capital(french.counted(apart.spread, 'point', 'points'))} d’écart", tone, icon


def conflict(
    read: Read, question: Question, theirs: AgreedMark, value: int | None, comment: str, *, one: bool
) -> ConflictView:
    """Two people kept two marks for one question."""
    return ConflictView(
        item=item(read, question),
        who=theirs.agreed_by.get_full_name(),
        at=theirs.agreed_at,
        theirs=words.mark_of(theirs.value),
        their_comment=theirs.comment,
        mine=words.mark_of(value),
        my_comment=comment,
        value=NOT_CONCERNED if value is None else str(value),
        keep_url=alone(read.place, question) if one else f"{read.place.url('risk_convergence')}#{question.anchor}",
        one=one,
    )
