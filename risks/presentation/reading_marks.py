"""The marks of an analysis: the strongest, each with what may be done about it, and all of them."""

from dataclasses import dataclass
from fractions import Fraction

from common import french
from common.ui import Link
from risks.catalogue import Question, questionnaire
from risks.enums import RiskStatus
from risks.models import AgreedMark
from risks.places import Place
from risks.presentation.words import RISK_STATUSES, Mark, level_mark, mark_of
from risks.rights import Rights
from risks.scoring import A_SECTION, strongest
from risks.selectors.assessments import Reading
from risks.selectors.reading import PlaceReading

SHOWN = 5  # strong marks before the others are folded; as many are shown when none calls for an action


@dataclass(frozen=True)
class MarkLine:
    """`kept`: from which campaign the mark was kept. `risk`: the risk of the register that it already brought up;
    `propose_url`: where it becomes one."""

    number: str
    anchor: str
    text: str
    mark: Mark
    comment: str
    kept: str
    mitigation: str
    risk: Link | None = None
    risk_status: Mark | None = None
    propose_url: str = ""


@dataclass(frozen=True)
class Strongest:
    title: str
    text: str
    first: list[MarkLine]
    others: list[MarkLine]
    others_title: str


@dataclass(frozen=True)
class SectionMarks:
    title: str
    lines: list[MarkLine]


def strongest_marks(place: Place, found: PlaceReading, rights: Rights) -> Strongest:
    reading, bound = found.reading, found.reading.thresholds.action_from
    calling = reading.to_act_on
    # What is past, and what is still answered, proposes nothing.
    acts = rights.fills and found.assessment == found.latest
    picked = calling or strongest(questionnaire(), reading.marks, from_mark=2)[:SHOWN]
    lines = [_line(place, found, question, acts=acts and mark >= bound) for question, mark in picked]
    others = lines[SHOWN:]
    counted = french.counted(len(calling), "note appelle une action", "notes appellent une action", feminine=True)
    text = (
        f"À partir de {bound} sur 10, une parade est proposée. De la plus forte à la moins forte."
        if calling
        else f"Une action est proposée à partir de {bound} sur 10. Les notes les plus fortes restent à surveiller."
        if lines
        else "Rien n’est noté au-dessus de 1."
    )
    return Strongest(
        title=french.capital(counted) if calling else "Aucune note n’appelle d’action",
        text=text,
        first=lines[:SHOWN],
        others=others,
        others_title=f"Lire {french.plural(len(others), 'autre note', 'autres notes')}",
    )


def all_marks(place: Place, found: PlaceReading) -> list[SectionMarks]:
    return [
        SectionMarks(
            f"{section.number}. {section.title}",
            [_line(place, found, question, acts=False) for question in section.questions],
        )
        for section in questionnaire().sections
    ]


def _line(place: Place, found: PlaceReading, question: Question, *, acts: bool) -> MarkLine:
    kept, risk = found.agreed.get(question.number), found.open_risks.get(question.number)
    origin = found.origins.get(question.number)
    return MarkLine(
        number=question.number,
        anchor=question.anchor,
        text=question.text,
        mark=shown_mark(found.reading, kept),
        comment=french.typography(kept.comment) if kept else "",
        kept=f"Note gardée de la campagne n° {origin.number}" if origin else "",
        mitigation=question.mitigation,
        risk=Link(f"Risque n° {risk.number} du registre", place.url("risk", risk.number)) if risk else None,
        risk_status=RISK_STATUSES[RiskStatus(risk.status)] if risk else None,
        propose_url=place.url("risk_propose", question.slug) if acts and not risk else "",
    )


def shown_mark(reading: Reading, kept: AgreedMark | None) -> Mark:
    """« 9 sur 10 » in the tone of a section that would have nothing but such marks."""
    value = kept.value if kept else None
    look = level_mark(None if value is None else reading.thresholds.level(Fraction(A_SECTION * value)))
    return Mark(mark_of(value, answered=kept is not None), look.tone, look.icon)
