"""The screens where answers given alone become one mark a question."""

from collections.abc import Sequence
from dataclasses import dataclass

from common import french
from common.charts.bars import Segment, segments
from common.ui import Link
from risks.catalogue import Question, Section, questionnaire
from risks.models import Assessment
from risks.places import Place
from risks.presentation.convergence_item import Item, Read, alone, item
from risks.presentation.crumbs import under_questionnaire
from risks.presentation.tabs import tabs
from risks.selectors.answers import Answering
from risks.selectors.assessments import asked_questions


@dataclass(frozen=True)
class Heads:
    """What each mark that is kept changes above the list."""

    title: str
    lede: str
    bar: Sequence[Segment]
    bar_label: str
    version: int
    submit_url: str = ""
    submit_label: str = ""
    medians_url: str = ""
    medians_label: str = ""
    one_url: str = ""


@dataclass(frozen=True)
class Count:
    """How many questions a filter has left to settle."""

    id: str
    left: int


@dataclass(frozen=True)
class Page:
    heads: Heads
    crumbs: list[Link]
    tabs: list[Link]
    filters: list[Link]
    to_settle: list[Item]
    agreed: list[Item]
    agreed_title: str
    writes: bool
    home_url: str
    carried: str = ""


@dataclass(frozen=True)
class OneQuestion:
    """`previous`, `next`: beside it, in the order of disagreement; `following`: where agreeing on it leads."""

    title: str
    crumbs: list[Link]
    item: Item
    previous: Link | None
    next: Link | None
    list_url: str
    left: str


@dataclass(frozen=True)
class Waiting:
    name: str
    detail: str


@dataclass(frozen=True)
class OpenPage:
    title: str
    lede: str
    crumbs: list[Link]
    waiting: list[Waiting]
    version: int
    url: str
    home_url: str
    label: str = ""
    nobody: bool = False
    answer_url: str = ""


def page(read: Read, section: int | None) -> Page:
    """The list of all questions, or of one `section`."""
    shown = [one for one in read.order if section is None or one.section == section]
    kept = [question for question in shown if question.number in read.agreed]
    label = french.counted(len(kept), "question accordée", "questions accordées", feminine=True)
    return Page(
        heads=heads(read),
        crumbs=under_questionnaire(read.place, Link("Mise en commun")),
        tabs=tabs(read.place, read.rights, "risk_questionnaire"),
        filters=_filters(read, section),
        to_settle=[item(read, question) for question in shown if question.number not in read.agreed],
        agreed=[item(read, question) for question in kept],
        agreed_title=french.capital(label),
        writes=read.writes,
        home_url=read.place.url("risk_questionnaire"),
        carried=_carried(read),
    )


def heads(read: Read) -> Heads:
    asked, left = len(read.order), len(read.left)
    url = read.place.url
    done = f"{french.plural(asked - left, 'question accordée', 'questions accordées')} sur {asked}"
    shared = {
        "bar": segments(("ok", asked - left), total=asked),
        "bar_label": done,
        "version": read.assessment.version,
    }
    if not read.writes:
        title = f"{french.capital(french.plural(asked - left, 'note retenue', 'notes retenues'))} sur {asked} questions"
        return Heads(title=title, lede="Elles ne changent plus, à moins de rouvrir la mise en commun.", **shared)
    if not left:
        validates = read.rights.validates
        return Heads(
            title="Toutes les notes sont accordées",
            lede=french.typography(
                "Relisez-les au besoin, puis validez l’analyse."
                if validates
                else "Relisez-les au besoin, puis soumettez l’analyse : la direction la valide et la transmet."
            ),
            submit_url=url("risk_validate" if validates else "risk_submit"),
            submit_label="Valider l’analyse" if validates else "Soumettre à la direction",
            **shared,
        )
    return Heads(
        title=f"{french.plural(left, 'question', 'questions')} à accorder sur {asked}",
        lede="Celles où vos réponses s’écartent le plus viennent d’abord. Une note touchée est retenue aussitôt.",
        medians_url=url("risk_convergence_medians") if read.close else "",
        medians_label=_medians(read.close, two=len(read.respondents) == 2),
        one_url=alone(read.place, read.left[0]),
        **shared,
    )


def _medians(count: int, *, two: bool) -> str:
    """`two`: respondents, whose median is the higher mark."""
    mark = "la plus haute des deux notes" if two else "la note du milieu"
    where = "la question" if count == 1 else f"les {french.number(count)} questions"
    return f"Retenir {mark} pour {where} où l’écart est d’un point"


def _filters(read: Read, section: int | None) -> list[Link]:
    url = read.place.url("risk_convergence")
    counts = {count.id: count.left for one in _sections(read) for count in counts_beside(read, one.number)}
    rows = [
        Link(
            one.short,
            f"{url}?section={one.number}",
            current=section == one.number,
            count=counts[_count_id(one.number)] if read.writes else None,
            count_id=_count_id(one.number),
        )
        for one in _sections(read)
    ]
    count = len(read.left) if read.writes else None
    return [Link("Toutes", url, current=section is None, count=count, count_id=_count_id(0)), *rows]


def _count_id(section: int) -> str:
    return f"reste-{section}"


def counts_beside(read: Read, section: int) -> list[Count]:
    """What a mark of this section changes in the filters."""
    here = sum(1 for question in read.left if question.section == section)
    return [Count(_count_id(0), len(read.left)), Count(_count_id(section), here)]


def _sections(read: Read) -> list[Section]:
    asked = {question.section for question in read.order}
    return [section for section in questionnaire().sections if section.number in asked]


def _carried(read: Read) -> str:
    carried = sum(1 for mark in read.agreed.values() if mark.carried)
    if not carried:
        return ""
    return f"{french.plural(carried, 'autre question garde sa note', 'autres questions gardent leur note')} précédente."


def one_question(read: Read, question: Question, *, error: str = "", comment: str | None = None) -> OneQuestion:
    """A screen for a meeting."""
    at, left = read.order.index(question), len(read.left)
    before = read.order[at - 1] if at else None
    after = read.order[at + 1] if at + 1 < len(read.order) else None
    told = f"encore {french.in_words(left, feminine=True)} à accorder" if left else "toutes sont accordées"
    return OneQuestion(
        title=question.text,
        crumbs=under_questionnaire(
            read.place, Link("Mise en commun", read.place.url("risk_convergence")), Link(f"Question {question.number}")
        ),
        item=item(read, question, error=error, comment=comment),
        previous=Link(before.number, alone(read.place, before)) if before else None,
        next=Link(after.number, alone(read.place, after)) if after else None,
        list_url=read.place.url("risk_convergence"),
        left=f"Question {question.number}, {told}",
    )


def opening(place: Place, assessment: Assessment, people: Sequence[Answering]) -> OpenPage:
    """Whether to close answers now; who would be cut short."""
    asked = len(asked_questions(assessment))
    late = [one for one in people if one.respondent.finished_at is None]
    waiting = [
        Waiting(
            one.respondent.user.get_full_name(),
            f"{french.plural(one.answered, 'réponse', 'réponses')} sur {asked}" if one.answered else "Aucune réponse",
        )
        for one in late
    ]
    way = under_questionnaire(place, Link("Mettre en commun"))
    shared = {
        "crumbs": way,
        "version": assessment.version,
        "url": place.url("risk_convergence_open"),
        "home_url": place.url("risk_questionnaire"),
    }
    if not any(one.answered for one in people):
        return OpenPage(
            title="Il n’y a encore rien à mettre en commun",
            lede="Personne n’a répondu. La mise en commun s’ouvre dès qu’une personne au moins l’a fait.",
            waiting=[],
            nobody=True,
            answer_url=place.url("risk_answer"),
            **shared,
        )
    count = french.counted(len(late), "personne n’a pas terminé", "personnes n’ont pas terminé", feminine=True)
    title = f"{french.capital(count)} : mettre en commun quand même ?" if late else "Mettre les réponses en commun ?"
    return OpenPage(
        title=french.typography(title),
        lede="Les réponses se ferment : chacun verra celles des autres, et plus personne ne changera les siennes. "
        "On ne revient pas en arrière.",
        waiting=waiting,
        label="Mettre en commun sans attendre" if late else "Mettre en commun",
        **shared,
    )
