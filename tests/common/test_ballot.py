"""The drawing of a vote: every voice as wide as it weighs, words that fit, the same figures as a table."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from common.charts import Ballot, ChartError, Vote

CHART = Template("{% load ui %}{% chart figure id='c' paper=paper %}")


def vote(who: str, weight: object, words: str = "Pour A", tone: str = "ok", **values: object) -> Vote:
    return Vote(who, weight, words, words[-1], tone, "s-ok", **values)


def ballot(*votes: Vote, **values: object) -> Ballot:
    return Ballot(title="Le vote, pondéré par OG", sentence="Le quorum est atteint.", votes=votes, **values)


def drawn(figure: Ballot, *, paper: bool = False) -> html.HtmlElement:
    return html.fromstring(CHART.render(Context({"figure": figure, "paper": paper})))


THREE = (
    vote("Brumes Claires", Decimal("41.67")),
    vote("Hautes-Lucioles", Decimal("33.33")),
    vote("Val-Cendré", Decimal("25.00"), "Abstention", "none", pale=True),
)


@given(st.lists(st.decimals(0, 100, places=2), max_size=12).filter(lambda weights: sum(weights) <= 100))
def test_each_voice_follows_the_one_before_and_none_leaves_the_bar(weights: list[Decimal]) -> None:
    parts = ballot(*(vote(str(index), weight) for index, weight in enumerate(weights))).parts
    edge = 0.0
    for part, weight in zip(parts, weights, strict=True):
        assert float(part.x.rstrip("%")) == pytest.approx(edge, abs=0.02)
        assert float(part.width.rstrip("%")) == pytest.approx(float(weight), abs=0.01)
        edge += float(weight)
    assert edge <= 100.001


@given(st.decimals(0, 100, places=2))
def test_words_are_written_where_they_fit_and_the_weight_before_nothing(weight: Decimal) -> None:
    (part,) = ballot(vote("Brumes Claires", weight, "Pas encore voté")).parts
    assert len(part.text) * 2.4 + 4 <= weight or not part.text
    assert bool(part.text) or weight < 16


def test_more_than_the_whole_cannot_be_drawn() -> None:
    with pytest.raises(ChartError):
        ballot(vote("A", 60), vote("B", 41))
    with pytest.raises(ChartError):
        ballot(vote("A", 60), needed=101)


def test_the_drawing_says_its_words_and_where_the_quorum_is() -> None:
    figure = ballot(*THREE, needed=Decimal(60), description="Pour, 75 % : Brumes Claires et Hautes-Lucioles.")
    page = drawn(figure)
    assert page.xpath("string(//title)") == "Le vote, pondéré par OG"
    assert page.xpath("string(//desc)") == "Pour, 75 % : Brumes Claires et Hautes-Lucioles."
    assert [text.text for text in page.xpath("//svg[@class='ballot']/text")] == [
        "Pour A 41,67",
        "Pour A 33,33",
        "n 25",
        "Quorum 60",
    ]
    assert page.xpath("//line/@x1") == ["60.00%"]
    assert [item.text_content().strip() for item in page.xpath("//ul[@aria-label='Légende']/li")] == [
        "Pour A",
        "Abstention",
    ]


def test_without_a_quorum_to_reach_there_is_no_mark() -> None:
    assert not drawn(ballot(*THREE)).xpath("//line")


def test_the_same_figures_are_a_table_unless_the_page_has_one() -> None:
    figure = ballot(*THREE)
    rows = [[cell.text_content() for cell in row] for row in drawn(figure, paper=True).xpath("//tbody/tr")]
    assert rows[0] == ["Brumes Claires", "Pour A", "41,67\xa0%"]
    assert not drawn(ballot(*THREE, beside=True)).xpath("//table")


def test_nobody_to_vote_is_an_empty_state() -> None:
    assert "Personne n’est encore là" in drawn(ballot(empty="Personne n’est encore là pour voter.")).text_content()


def test_on_paper_colours_are_attributes() -> None:
    fills = drawn(ballot(*THREE), paper=True).xpath("//svg[@class='ballot']/rect[@data-tone]/@fill")
    assert fills == ["#1c6240", "#1c6240", "#efe9e0"]
