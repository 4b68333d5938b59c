import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from django.template import Context, Template

from common.charts import (
    Axis,
    Bar,
    Bars,
    Carpet,
    CarpetRow,
    ChartError,
    Event,
    HeatCell,
    HeatGroup,
    HeatMap,
    HeatRow,
    Lines,
    Part,
    Radar,
    Series,
    Square,
    segments,
)
from common.charts.line import BOTTOM, LINE_HEIGHT, TOP, rounded_up, spread
from common.charts.palette import PALETTE

CHART = Template("{% load ui %}{% chart figure id='c' level=level paper=paper %}")
AXES = [Axis(f"Section {n}", f"S{n}") for n in range(4)]


def shown(figure, level=2, paper=False):
    return CHART.render(Context({"figure": figure, "level": level, "paper": paper}))


def lines(**changes):
    given = {
        "title": "L’usage monte",
        "labels": ["M+1", "M+2", "M+3"],
        "series": [Series("EHPAD Les Trois Lanternes", [62, None, 93], "EHPAD", "ok")],
        "target": 80,
        "maximum": 100,
    }
    return Lines(**{**given, **changes})


def bars():
    return Bars(
        title="L’étape 2 avance",
        parts=[Part("OK", "ok", "s-ok"), Part("KO", "ko", "s-ko")],
        bars=[Bar("2. Cadrer", [14, 1], 20, "14 sur 20", "/2/")],
    )


def radar(**changes):
    given = {"title": "Nos risques", "axes": AXES, "values": [42, 46, 40, 38], "label": "Nous"}
    return Radar(**{**given, **changes})


def heat_map():
    return HeatMap(
        title="Structures et sujets",
        columns=["Usage", "Risques"],
        groups=[HeatGroup([HeatRow("EAM", [HeatCell("ko", "29 %"), HeatCell()], "/eam/")], "Pilotes")],
    )


def carpet():
    squares = [Square("ok"), Square("progress"), Square("ko", late=True), Square("todo"), Square("none")]
    return Carpet(title="Où nous en sommes", rows=[CarpetRow("1. Gouvernance", squares, "1 sur 5")])


@pytest.mark.parametrize("figure", [lines(), bars(), radar(reference=[1, 2, 3, 4]), carpet()])
def test_a_drawing_has_a_heading_and_the_same_figures_in_a_table(figure):
    html = shown(figure)
    assert f'<h2 id="c">{figure.title}</h2>' in html
    assert "<details><summary>Lire les mêmes chiffres en tableau</summary><table" in html
    for name, cells in figure.table.rows:
        assert f'<th scope="row">{name}</th>' in html
        for cell in cells:
            assert f">{cell}</td>" in html


@pytest.mark.parametrize("figure", [lines(), bars(), radar(), carpet(), heat_map()])
def test_on_paper_nothing_is_folded_and_nothing_comes_from_another_file(figure):
    html = shown(figure, level=3, paper=True)
    assert "<details" not in html
    assert "<use" not in html
    assert '<h3 id="c">' in html


@pytest.mark.parametrize("figure", [lines(), radar()])
def test_a_plot_is_named_and_described(figure):
    html = shown(figure)
    assert 'aria-labelledby="c-title c-desc"' in html
    assert f'<title id="c-title">{figure.title}</title>' in html


@pytest.mark.parametrize(
    "figure",
    [
        Lines(title="Usage", labels=["M+1"], series=[Series("EAM", [None])], empty="Rien encore."),
        Bars(title="Étapes", parts=[], bars=[], empty="Rien encore."),
        Radar(title="Risques", axes=AXES, values=[], label="Nous", empty="Rien encore."),
        HeatMap(title="Carte", columns=[], groups=[], empty="Rien encore."),
        Carpet(title="Actions", rows=[], empty="Rien encore."),
    ],
)
def test_without_figures_there_is_an_empty_state_and_no_drawing(figure):
    html = shown(figure)
    assert "Rien encore." in html
    assert 'class="plot"' not in html
    assert "<table" not in html


@pytest.mark.parametrize(
    "make",
    [
        lambda: lines(series=[Series("EAM", [1, 2])]),
        lambda: lines(series=[Series("EAM", [1, 2, 101])]),
        lambda: lines(series=[Series("EAM", [1, 2, 3], tone="green")]),
        lambda: lines(target=120),
        lambda: lines(events=[Event(3, "J0")]),
        lambda: radar(values=[1, 2, 3]),
        lambda: radar(values=[1, 2, 3, -1]),
        lambda: radar(reference=[1]),
        lambda: radar(axes=AXES[:2], values=[1, 2]),
        lambda: segments(("ok", 14), ("ko", 8), total=21),
        lambda: segments(("ok", -1), total=21),
        lambda: HeatCell("ko"),
        lambda: HeatCell("rouge", "x"),
        lambda: HeatMap(title="x", columns=["a"], groups=[HeatGroup([HeatRow("r", [])])]),
        lambda: Square("late"),
    ],
)
def test_figures_that_cannot_be_drawn_are_refused(make):
    with pytest.raises(ChartError):
        make()


def test_a_curve_stops_where_a_month_is_missing():
    assert lines().plot.curves[0].path.count("M") == 2


def test_a_value_is_drawn_at_its_height():
    plot = lines(series=[Series("EAM", [0, 50, 100])]).plot
    assert plot.curves[0].path == f"M44 {BOTTOM:.0f}L204 112L364 {TOP:.0f}"
    assert plot.target.text == "Cible 80\u00a0%"


def test_what_happened_stands_on_its_month_and_is_written_inside_the_plot():
    first, last = lines(events=[Event(0, "J0"), Event(2, "v2")]).plot.events
    assert (first.position, first.text) == ("44", "J0")
    assert last.position == "364"
    assert float(first.text_position) > float(first.position)
    assert float(last.text_position) < float(last.position)


def test_decimals_of_the_database_are_drawn():
    figure = lines(series=[Series("EAM", [Decimal("0.5"), Decimal(50), None])], target=Decimal(75))
    assert figure.plot.curves[0].end == "EAM 50\u00a0%"
    assert radar(values=[Decimal(n) for n in (1, 2, 3, 4)]).plot.area


def test_labels_that_would_touch_are_thinned_out_and_the_last_stays():
    months = [f"mois {n} de 2026" for n in range(1, 13)]
    shown_months = [tick.text for tick in lines(labels=months, series=[Series("EAM", range(12))]).plot.columns]
    assert len(shown_months) < 6
    assert shown_months[-1] == months[-1]


def test_end_labels_never_touch_nor_leave_the_plot():
    placed = sorted(spread([210, 211, 209, 40]))
    assert all(after - before >= LINE_HEIGHT for before, after in pairwise(placed))
    assert placed[-1] <= BOTTOM
    assert placed[0] == 40


@pytest.mark.parametrize(("value", "top"), [(0.4, 1), (63, 80), (100, 100), (101, 150), (1450, 1500)])
def test_a_scale_ends_on_a_round_number(value, top):
    assert rounded_up(value) == top


def test_segments_follow_each_other():
    first, second = segments(("ok", 5), ("progress", 0), ("ko", 5), total=20)
    assert (first.x, first.width) == ("0.00%", "25.00%")
    assert (second.x, second.tone) == ("25.00%", "ko")
    assert segments(("ok", 0), total=0) == ()


def test_a_long_step_goes_on_below():
    drawing = Carpet(title="x", rows=[CarpetRow("1", [Square("ok")] * 30)]).drawings[0]
    assert drawing.height == 38
    assert (drawing.squares[26].x, drawing.squares[26].y) == ("1", "21")


def test_a_cell_not_yet_measured_says_so_in_words():
    html = shown(heat_map())
    assert '<td data-tone="none" data-label="Risques">' in html
    assert "À venir</span>" in html


def test_the_carpet_counts_what_it_draws():
    assert carpet().table.rows[-1] == ("Ensemble", ("5", "1", "1", "1", "1", "1", "1"))


def test_paper_colours_are_those_of_the_stylesheet():
    tokens = Path(__file__).parents[2].joinpath("static/css/tokens.css").read_text(encoding="utf-8")
    light = dict(re.findall(r"--([\w-]+): (#\w+);", tokens.partition("@media")[0]))
    names = {name: {"track": "sand-2", "todo": "muted"}.get(name, name) for name in PALETTE}
    assert {name: light[token] for name, token in names.items()} == PALETTE
