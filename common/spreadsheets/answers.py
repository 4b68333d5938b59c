"""Spreadsheets that a page gives: files to keep, never to show."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from common.spreadsheets.files import write_csv, write_xlsx
from common.spreadsheets.tables import Sheet


def csv_file(sheet: Sheet, name: str) -> HttpResponse:
    """One sheet as CSV."""
    return _file(write_csv(sheet), "text/csv; charset=utf-8", name)


def xlsx_file(sheets: Sequence[Sheet], name: str) -> HttpResponse:
    """These sheets as a workbook. Raises DomainError when it can't be written."""
    return workbook_file(write_xlsx(sheets), name)


def workbook_file(content: bytes, name: str) -> HttpResponse:
    """A workbook that is already written."""
    return _file(content, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name)


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, name)
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})
