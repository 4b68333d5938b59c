"""The addresses of the work of structures."""

from tests.walker.base import Row

ROWS: list[Row] = []
