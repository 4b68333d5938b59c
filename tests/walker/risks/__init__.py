"""The addresses of risks."""

from tests.walker.base import Row
from tests.walker.risks import answers, campaigns, convergence, reading, register, reports, spreadsheets

ROWS: list[Row] = [
    *answers.ROWS,
    *convergence.ROWS,
    *reading.ROWS,
    *campaigns.ROWS,
    *register.ROWS,
    *spreadsheets.ROWS,
    *reports.ROWS,
]
