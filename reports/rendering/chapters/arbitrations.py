"""The arbitrations to render, each with its file on one page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from common import french
from common.documents.parts import Chapter
from governance.enums import Choice, Impact, Majority
from reports.rendering.chapters.room import SIZES, Size
from reports.rendering.words import IMPACTS, Mark, reference, share, shortened
from reports.selectors.arbitrations import ArbitrationFact, OptionFact, VoteFact
from reports.selectors.attendance import Delegate

# What of a file is printed at most, in characters; a table of four or five options is narrow.
ROOM = {"context": 2000, "consequence": 600, "recommendation": 1000, "opinion": 700, "documents": 400}
DESCRIPTION = {2: 900, 3: 600, 4: 400, 5: 300}
COMMENT = {2: 300, 3: 200, 4: 150, 5: 120}
LABEL = {2: 80, 3: 60, 4: 50, 5: 40}
SHARES = (1, 0.75, 0.55, 0.4, 0.28, 0.18, 0.1, 0.05)  # of that, until the file holds on its page
VOICES, NAME = 14, 42  # voices that have their boxes, and characters of their names


@dataclass(frozen=True)
class Criterion:
    """A line of the table of options: what is compared, and a mark with its detail in each column."""

    label: str
    cells: tuple[tuple[Mark, str, bool], ...]  # mark, detail, whether it is the recommended option


@dataclass(frozen=True)
class OptionColumn:
    letter: str
    label: str
    description: str
    comment: str
    recommended: bool


@dataclass(frozen=True)
class BallotRow:
    """A voice and its boxes: one an option, then against and abstention. `ticked`: what was voted already."""

    label: str
    weight: str
    boxes: tuple[bool, ...]


@dataclass(frozen=True)
class FileView:
    """The file of one arbitration, as a page holds it."""

    fact: ArbitrationFact
    reference: str
    asked: str
    context: str
    consequence: str
    options: tuple[OptionColumn, ...]
    criteria: tuple[Criterion, ...]
    recommendation: str
    recommended: str
    opinions: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    ballots: tuple[BallotRow, ...]
    majority: str
    documents: str
    left_out: int

    @property
    def is_cut(self) -> bool:
        """Whether some text is longer in the application."""
        texts = [self.context, self.consequence, self.recommendation, self.documents]
        texts += [text for _, text in self.opinions]
        texts += [text for option in self.options for text in (option.label, option.description, option.comment)]
        return any(text.endswith("…") for text in texts)

    @property
    def size(self) -> Size:
        """The largest at which it holds on a page, by its length."""
        return next((size for size in SIZES if self.height(size) <= size.page), SIZES[-1])

    def height(self, size: Size) -> float:
        """Millimetres, on the safe side."""
        paragraphs = [self.asked, self.context, self.consequence, self.documents]
        advice = [self.recommendation, *(text for _, text in self.opinions)]
        count = max(len(self.options), 1)
        columns = [size.cells([o.label, o.description, o.comment], count) for o in self.options]
        marks = [size.cells([f"{mark.text} {detail}"], count) for row in self.criteria for mark, detail, _ in row.cells]
        lines = 1 + max(columns, default=0) + sum(marks) / count
        ballots = len(self.ballots) + 1
        return (
            size.question(self.fact.question)
            + sum(size.paragraph(f"{WORDS}{text}") for text in (*paragraphs, *advice) if text)
            + size.table(lines, rows=2 + len(self.criteria))
            + size.table(ballots, rows=ballots)
            + size.headings(4)
        )


WORDS = "Sans décision : "  # what stands before a text, about


def to_render(facts: Sequence[ArbitrationFact], delegates: Sequence[Delegate]) -> list[Chapter]:
    """A page each."""
    return [
        Chapter(
            anchor=fact.reference.lower(),
            title=f"Arbitrage {reference(fact.reference)}",
            template="reports/committee/arbitration.html",
            data={"file": file_view(fact, delegates)},
        )
        for fact in facts
    ]


def file_view(fact: ArbitrationFact, delegates: Sequence[Delegate]) -> FileView:
    """As long as it holds on a page: what is too long is shortened, and read whole in the application."""
    views = (_view(fact, delegates, share) for share in SHARES)
    found = view = next(views)
    while view.height(SIZES[-1]) > SIZES[-1].page and (view := next(views, None)) is not None:
        found = view
    return found


def _view(fact: ArbitrationFact, delegates: Sequence[Delegate], share: float) -> FileView:
    count = max(len(fact.options), 2)

    def cut(text: str, most: int) -> str:
        return shortened(text, int(most * share))

    opinions = (("Avis du COMOP", fact.comop_opinion), ("Avis du DPD", _dpo(fact)))
    rows = _ballots(fact, delegates)
    return FileView(
        fact=fact,
        reference=reference(fact.reference),
        asked=_asked(fact),
        context=cut(fact.context, ROOM["context"]),
        consequence=cut(fact.consequence, ROOM["consequence"]),
        options=tuple(
            OptionColumn(
                letter=option.letter,
                label=shortened(option.label, max(int(LABEL[count] * share), 20)),
                description=cut(option.description, DESCRIPTION[count]),
                comment=cut(option.comment, COMMENT[count]),
                recommended=option.letter == fact.recommended,
            )
            for option in fact.options
        ),
        criteria=_criteria(fact),
        recommendation=cut(fact.recommendation, ROOM["recommendation"]),
        recommended=fact.recommended,
        opinions=tuple((who, cut(text, ROOM["opinion"])) for who, text in opinions if text),
        heads=(*(option.letter for option in fact.options), "Contre", "Abst."),
        ballots=tuple(rows[:VOICES]),
        majority=_majority(fact),
        documents=cut(" ; ".join(fact.documents), ROOM["documents"]),
        left_out=max(len(rows) - VOICES, 0),
    )


def _asked(fact: ArbitrationFact) -> str:
    """« Calendrier, vagues, report. Demandé par Bastien Quellennec, à trancher avant le 10 décembre 2026. »"""
    before = f", à trancher avant le {french.long_date(fact.deadline)}" if fact.deadline else ""
    cites = f" Revient sur {reference(fact.cites)}." if fact.cites else ""
    names = fact.structures[:3]
    more = len(fact.structures) - len(names)
    concerned = ""
    if names:
        others = [french.counted(more, "autre structure", "autres structures", feminine=True)] if more else []
        concerned = f" Concerne {french.listed([*names, *others])}."
    return french.typography(f"{fact.kind.label}. Demandé par {fact.requested_by}{before}.{cites}{concerned}")


def _dpo(fact: ArbitrationFact) -> str:
    if not fact.dpo_opinion and fact.kind.needs_dpo:
        return "attendu : il est requis avant de décider."
    return fact.dpo_opinion


def _criteria(fact: ArbitrationFact) -> tuple[Criterion, ...]:
    def line(label: str, impact: Callable[[OptionFact], Impact], detail: Callable[[OptionFact], str]) -> Criterion:
        cells = [
            (IMPACTS[impact(option)], detail(option), option.letter == fact.recommended) for option in fact.options
        ]
        return Criterion(label, tuple(cells))

    return (
        line("Coût", lambda option: option.cost, lambda option: _amount(option.amount)),
        line("Délai", lambda option: option.delay, lambda option: _delay(option.days)),
        line("Qualité", lambda option: option.quality, lambda option: ""),
        line("Risque", lambda option: option.risk, lambda option: ""),
    )


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else french.euros(amount)


def _delay(days: int | None) -> str:
    if not days:
        return ""
    return french.plural(abs(days), "jour", "jours") + (" gagnés" if days < 0 else "")


def _majority(fact: ArbitrationFact) -> str:
    if fact.majority == Majority.QUALIFIED:
        return "Majorité qualifiée : 66 % des voix exprimées."
    return "Majorité simple : plus de la moitié des voix exprimées."


def _ballots(fact: ArbitrationFact, delegates: Sequence[Delegate]) -> list[BallotRow]:
    """A line a voice; those that voted already, as they did."""
    cast = {vote.label: vote for vote in fact.votes}
    letters = [option.letter for option in fact.options]
    return [
        BallotRow(shortened(row.label, NAME), share(row.weight), _boxes(cast.get(row.label), letters))
        for row in delegates
    ]


def _boxes(vote: VoteFact | None, letters: Sequence[str]) -> tuple[bool, ...]:
    if vote is None:
        return (False,) * (len(letters) + 2)
    against, abstained = vote.choice == Choice.AGAINST, vote.choice == Choice.ABSTENTION
    return (*(vote.letter == letter for letter in letters), against, abstained)


def asked_questions(facts: Sequence[ArbitrationFact]) -> list[tuple[str, str]]:
    """« Ce que le comité doit décider »: references and questions."""
    return [(reference(fact.reference), french.typography(fact.question)) for fact in facts]
