"""The file of an arbitration holds on one page, however long it was written and whoever votes."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.documents.parts import Chapter, Cover
from common.documents.render import render_pdf
from governance.enums import ArbitrationKind, ArbitrationStatus, Choice, Impact
from reports.rendering.chapters.arbitrations import DESCRIPTION, ROOM, VOICES, file_view, to_render
from reports.rendering.chapters.attendance import enough, needed
from reports.rendering.words import shortened
from reports.selectors.arbitrations import ArbitrationFact, OptionFact, TallyFact, VoteFact
from reports.selectors.attendance import AttendanceFacts, Delegate
from tests.reports.documents import pages

WORDS = "Les structures de la vague demandent un accompagnement renforcé pendant la reprise des données existantes ; "
NOW = datetime(2026, 12, 1, 13, 32, tzinfo=UTC)


def prose(length: int) -> str:
    return (WORDS * 40)[:length].strip()


def arbitration(options: int, part: float, number: int = 1, **values: object) -> ArbitrationFact:
    """Each text as long as that part of what the tables allow."""

    def text(most: int) -> str:
        return prose(int(most * part))

    given = {
        "reference": f"ARB-2026-{number:02d}",
        "kind": ArbitrationKind.DATA_PROTECTION,
        "status": ArbitrationStatus.TO_DECIDE,
        "question": text(300),
        "context": text(2000),
        "consequence": text(1000),
        "deadline": date(2026, 12, 10),
        "requested_by": "Maëlle Kerdrain",
        "cites": "",
        "options": tuple(
            OptionFact(
                letter="ABCDE"[rank],
                label=text(120),
                description=text(1000),
                cost=Impact.HIGH,
                amount=Decimal("125000.50"),
                delay=Impact.MEDIUM,
                days=90,
                quality=Impact.FAVOURABLE,
                risk=Impact.NONE,
                comment=text(500),
            )
            for rank in range(options)
        ),
        "recommended": "B",
        "recommendation": text(1000),
        "comop_opinion": text(1000),
        "dpo_opinion": text(1000),
        "structures": tuple(f"EHPAD Les Trois Lanternes {rank}" for rank in range(int(12 * part))),
        "documents": tuple(f"Étude comparée des coûts de reprise {rank}" for rank in range(int(8 * part))),
        "votes": (),
        "tally": TallyFact((), Decimal(0), Decimal(0)),
        "mode": None,
        "quorum_reached": None,
        "represented": None,
        "chosen": "",
        "decision": "",
        "decision_text": "",
        "reasons": "",
        "conditions": "",
        "decided_on": None,
        "postponed_to": None,
        "postponement_reason": "",
    }
    return ArbitrationFact(**{**given, **values})


def voices(count: int) -> list[Delegate]:
    return [Delegate(f"Organisme gestionnaire n° {rank}", Decimal("7.14"), "") for rank in range(1, count + 1)]


def printed(chapters: list[Chapter]) -> list[str]:
    cover = Cover(
        project="Deux Rives",
        occasion="COSTRAT",
        subtitle="Rapport",
        running_name="Rapport n° 1",
        established_by="Maëlle Kerdrain",
        established_at=NOW,
        number=1,
    )
    context = {"cover": cover, "chapters": chapters}
    return pages(render_pdf("documents/base.html", context, title="Rapport", author="Maëlle", created=NOW))


def test_each_file_holds_on_a_page() -> None:
    cases = [(options, part, count) for options in (2, 3, 4, 5) for part in (0.1, 0.3, 1) for count in (3, VOICES)]
    chapters = [
        to_render([arbitration(options, part, number)], voices(count))[0]
        for number, (options, part, count) in enumerate(cases, start=10)
    ]
    found: dict[str, int] = {}
    for text in printed(chapters):
        if running := re.match(r"Deux Rives \d+\. Arbitrage (ARB-2026-\d\d)", text):
            found[running[1]] = found.get(running[1], 0) + 1
    assert len(found) == len(cases)
    assert {reference for reference, count in found.items() if count > 1} == set()


def test_a_short_file_is_set_large_and_whole() -> None:
    view = file_view(arbitration(2, 0.04), voices(2))
    assert view.size.name == ""
    assert not view.is_cut


def test_a_long_file_says_that_it_goes_on_elsewhere() -> None:
    [chapter] = to_render([arbitration(5, 1)], voices(VOICES))
    text = " ".join(printed([chapter]))
    assert "Le dossier ARB-2026-01 se lit en entier dans l’application." in text
    assert prose(300) in text.replace(" ;", " ;")  # the question is never cut
    assert "… " in text


@given(
    options=st.integers(2, 5), part=st.floats(0, 1), count=st.integers(0, 40), question=st.text("ab c’é", max_size=300)
)
@settings(max_examples=60, deadline=None)
def test_nothing_is_longer_than_its_room_and_each_voice_has_its_boxes(
    options: int, part: float, count: int, question: str
) -> None:
    view = file_view(arbitration(options, part, question=question), voices(count))
    assert len(view.context) <= ROOM["context"] + 1
    assert all(len(option.description) <= DESCRIPTION[options] + 1 for option in view.options)
    assert len(view.ballots) + view.left_out == count
    assert all(len(row.boxes) == options + 2 == len(view.heads) for row in view.ballots)
    assert not any(ticked for row in view.ballots for ticked in row.boxes)


def test_a_vote_that_was_cast_is_ticked() -> None:
    people = voices(3)
    votes = (
        VoteFact(people[0].label, Decimal("7.14"), Choice.FOR, "B", ""),
        VoteFact(people[1].label, Decimal("7.14"), Choice.AGAINST, "", ""),
        VoteFact(people[2].label, Decimal("7.14"), Choice.ABSTENTION, "", ""),
    )
    view = file_view(arbitration(2, 0.1, votes=votes), people)
    assert [row.boxes for row in view.ballots] == [
        (False, True, False, False),
        (False, False, True, False),
        (False, False, False, True),
    ]


@given(st.text("abc ’é;", max_size=400), st.integers(5, 100))
def test_a_text_is_cut_between_two_words(text: str, most: int) -> None:
    cut = shortened(text, most)
    assert len(cut) <= most + 1
    assert "\n" not in cut
    if not cut.endswith("…"):
        assert len(cut) <= most


def attendance(*weights: str, percent: int = 60) -> AttendanceFacts:
    names = ("Brumes Claires", "Hautes-Lucioles", "Val-Cendré", "Mirabelle")
    delegates = tuple(Delegate(name, Decimal(weight), "") for name, weight in zip(names, weights, strict=False))
    needed = -(-len(delegates) // 2)
    return AttendanceFacts(held=False, by_og=True, seats=(), delegates=delegates, percent=percent, voices_needed=needed)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            attendance("41.67", "33.33", "25"),
            "Deux OG présents suffisent, sauf Hautes-Lucioles avec Val-Cendré (58,33 %).",
        ),
        (attendance("50", "30", "20", percent=50), "Deux OG présents suffisent."),
        (attendance("50", "50", percent=60), "Tous les OG doivent être présents."),
        (attendance("70", "20", "10", percent=90), "Deux OG présents suffisent, sauf"),
        (attendance("100"), ""),
    ],
)
def test_which_og_are_enough_for_the_quorum(facts: AttendanceFacts, sentence: str) -> None:
    assert enough(facts).replace("\xa0", " ").startswith(sentence)


def test_the_quorum_in_words() -> None:
    assert needed(attendance("50", "50")).replace("\xa0", " ") == (
        "Le quorum est de 60 % du poids des OG, et d’un OG sur deux."
    )


@given(st.lists(st.integers(1, 100), min_size=2, max_size=5), st.integers(10, 100))
def test_what_is_said_to_be_enough_is(weights: list[int], percent: int) -> None:
    """Of the groups of that size, those that are not named as exceptions reach the quorum."""
    from itertools import combinations

    total = sum(weights)
    shares = [Decimal(weight * 100) / total for weight in weights]
    names = [f"OG{rank}" for rank in range(len(weights))]
    facts = AttendanceFacts(
        held=False,
        by_og=True,
        seats=(),
        delegates=tuple(Delegate(name, share, "") for name, share in zip(names, shares, strict=True)),
        percent=percent,
        voices_needed=-(-len(weights) // 2),
    )
    sentence = enough(facts)
    if not sentence or sentence.startswith("Tous"):
        return
    size = {"Un": 1, "Deux": 2, "Trois": 3, "Quatre": 4}[sentence.split()[0]]
    for group in combinations(range(len(weights)), size):
        named = " avec ".join(names[rank] for rank in group)
        reaches = sum(shares[rank] for rank in group) >= percent
        assert reaches or f"{named} (" in sentence
