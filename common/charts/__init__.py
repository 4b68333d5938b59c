"""Drawings as dataclasses: figures go in, geometry comes out, ``{% chart figure id="…" %}`` shows it.

The same template draws in a page and in a PDF. Figures are checked when the object is made (ChartError); a chart
without figures shows its empty state.
"""

from common.charts.ballot import Ballot, Vote
from common.charts.bars import Bar, Bars, Part, segments
from common.charts.base import Chart, ChartError
from common.charts.carpet import Carpet, CarpetRow, Square
from common.charts.heat import HeatCell, HeatGroup, HeatMap, HeatRow
from common.charts.line import Event, Lines, Series
from common.charts.radar import Axis, Radar

__all__ = [
    "Axis",
    "Ballot",
    "Bar",
    "Bars",
    "Carpet",
    "CarpetRow",
    "Chart",
    "ChartError",
    "Event",
    "HeatCell",
    "HeatGroup",
    "HeatMap",
    "HeatRow",
    "Lines",
    "Part",
    "Radar",
    "Series",
    "Square",
    "Vote",
    "segments",
]
