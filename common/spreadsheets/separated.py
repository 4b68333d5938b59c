"""CSV as Excel in French opens it: UTF-8 with its mark, « ; » between cells."""

import csv
import io
from datetime import date

from common.spreadsheets import limits
from common.spreadsheets.tables import Sheet, Value
from common.spreadsheets.texts import plain, quote, unquote

BOM = b"\xef\xbb\xbf"
SHEET = "CSV"  # what the only sheet of a CSV file is called in sentences


def write_csv(sheet: Sheet) -> bytes:
    """One sheet as CSV."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";")
    writer.writerow([column.title for column in sheet.columns])
    writer.writerows([_text(value) for value in row.cells] for row in sheet.rows)
    return BOM + written.getvalue().encode()


def _text(value: Value) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return quote(plain(value or ""))


def read_csv(data: bytes) -> list[tuple[int, list[str]]]:
    """The lines of a CSV file. Raises ValueError with a sentence that says what is wrong and where."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(
            f"Ce fichier CSV n’est pas en UTF-8 : un caractère de la ligne {line} ne se lit pas. "
            "Enregistrez-le au format « CSV UTF-8 » ou en .xlsx."
        ) from error
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    csv.field_size_limit(limits.CELL_CHARACTERS)
    lines: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while len(lines) <= limits.ROWS:  # one too many is told by who checks the size
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise ValueError(
                f"La ligne {reader.line_num} de ce fichier CSV ne se lit pas : "
                "un guillemet n’est pas fermé, ou une cellule est trop longue."
            ) from error
        number += 1
        if any(cells):
            lines.append((number, [unquote(plain(cell)) for cell in cells]))
    return lines
