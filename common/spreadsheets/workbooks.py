"""XLSX, in the child process alone: openpyxl is heavy, and trusts what it reads."""

import io
import re
import zipfile
from collections.abc import Mapping
from copy import copy
from datetime import date, datetime, time
from typing import Any

import openpyxl
from openpyxl.cell.cell import TYPE_STRING, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from common.spreadsheets import limits
from common.spreadsheets.texts import looks_like_formula, plain

NAME = re.compile(r"[\\/*?:\[\]]")
THIN = Side(style="thin", color="C9CED6")
HEAD = {
    "font": Font(bold=True, color="FFFFFF"),
    "fill": PatternFill("solid", fgColor="1F3A5F"),
    "alignment": Alignment(wrap_text=True, vertical="center"),
}
KINDS = {
    "section": {"font": Font(bold=True, size=12), "fill": PatternFill("solid", fgColor="D6E2F0")},
    "heading": {"font": Font(bold=True), "fill": PatternFill("solid", fgColor="F1F4F8")},
    "": {},
}
BAD = PatternFill("solid", fgColor="F8C9C4")
AUTHOR = "Contrôle de l’import"

# --- Reading ---------------------------------------------------------------------------------------------------------


def check_package(data: bytes) -> None:
    """Raises ValueError for a package that isn't a plain workbook, or that would unpack to too much."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, UnicodeDecodeError) as error:
        raise ValueError("Ce fichier est abîmé : il ne s’ouvre pas. Exportez-le à nouveau.") from error
    names = {part.filename.lower() for part in parts}
    unpacked = sum(part.file_size for part in parts)
    if any(name.endswith("vbaproject.bin") for name in names):
        raise ValueError("Ce classeur contient des macros : enregistrez-le au format .xlsx, qui n’en a pas.")
    if "xl/workbook.xml" not in names:
        raise ValueError("Ce fichier n’est pas un classeur .xlsx : enregistrez-le au format .xlsx ou « CSV UTF-8 ».")
    if any(part.flag_bits & 1 for part in parts):
        raise ValueError("Ce classeur est protégé par un mot de passe : enregistrez-le sans mot de passe.")
    if any(name.startswith("xl/externallinks/") for name in names):
        raise ValueError(
            "Ce classeur va chercher des valeurs dans d’autres fichiers : remplacez ces liens par leurs valeurs."
        )
    repetitive = unpacked > limits.RATIO_FROM and unpacked > limits.RATIO * len(data)
    if len(parts) > limits.PARTS or unpacked > limits.UNPACKED_BYTES or repetitive:
        raise ValueError(
            f"Ce classeur est trop lourd une fois ouvert (plus de {limits.UNPACKED_BYTES // limits.MIB} Mo, "
            "ou rempli de répétitions) : gardez-y seulement les lignes utiles."
        )


def read_workbook(data: bytes) -> tuple[dict[str, list[tuple[int, list[str]]]], dict[str, list[str]]]:
    """The texts of each sheet by line, and the cells that hold a formula. Raises ValueError in words."""
    book = _opened(data, read_only=True)
    sheets: dict[str, list[tuple[int, list[str]]]] = {}
    formulas: dict[str, list[str]] = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        sheets[sheet.title], formulas[sheet.title] = _sheet(sheet)
    return sheets, formulas


def _opened(data: bytes, *, read_only: bool) -> Workbook:
    try:
        return openpyxl.load_workbook(io.BytesIO(data), read_only=read_only, keep_links=False)
    except MemoryError:
        raise
    except Exception as error:  # whatever a damaged file makes openpyxl raise
        raise ValueError("Ce classeur est abîmé : il ne s’ouvre pas. Exportez-le à nouveau.") from error


def _sheet(sheet: Any) -> tuple[list[tuple[int, list[str]]], list[str]]:
    lines: list[tuple[int, list[str]]] = []
    formulas: list[str] = []
    number = characters = 0
    try:
        for number, row in enumerate(sheet.iter_rows(), start=1):
            cells = [_text(cell.value) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if not cells:
                continue
            lines.append((number, cells))
            formulas += [cell.coordinate for cell in row if cell.value is not None and cell.data_type == "f"]
            characters += sum(map(len, cells))
            if len(cells) > limits.COLUMNS or len(lines) > limits.ROWS or characters > limits.CHARACTERS:
                break  # told by who checks the size
    except MemoryError:
        raise
    except Exception as error:
        raise ValueError(f"La feuille « {sheet.title} » ne se lit plus après la ligne {number}.") from error
    return lines, formulas


def _text(value: object) -> str:
    """A cell as a text: dates « 31/12/2026 », whole numbers without decimals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return plain(str(value))


# --- Writing ---------------------------------------------------------------------------------------------------------


def written(sheets: list[dict[str, Any]]) -> bytes:
    """A workbook, from what `files.write_xlsx` sends."""
    book = Workbook()
    book.remove(book.active)
    for asked in sheets:
        sheet = book.create_sheet(NAME.sub(" ", asked["name"])[:31])
        _heads(sheet, asked["columns"])
        styles: dict[tuple[object, ...], Any] = {}
        for number, (kind, values) in enumerate(asked["rows"], start=2):
            _line(sheet, number, kind, values, asked["columns"], styles)
        if asked["hidden"]:
            sheet.sheet_state = "hidden"
        else:
            _laid_out(sheet, asked)
    return _saved(book)


def _heads(sheet: Worksheet, columns: list[list[Any]]) -> None:
    for index, (title, width, _, _) in enumerate(columns, start=1):
        _dress(_put(sheet, 1, index, title), HEAD)
        sheet.column_dimensions[get_column_letter(index)].width = width


def _line(
    sheet: Worksheet,
    number: int,
    kind: str,
    values: list[Any],
    columns: list[list[Any]],
    styles: dict[tuple[object, ...], Any],
) -> None:
    """`styles`: those that were worked out before, each once a workbook: openpyxl takes long over every one."""
    for index, value in enumerate(values, start=1):
        _, _, centred, typed = columns[index - 1]
        alike = (kind, centred, typed, _nature(value))
        if alike in styles:
            cell = sheet.cell(number, index)
            _fill(cell, value)
            cell._style = copy(styles[alike])
            continue
        cell = _put(sheet, number, index, value)
        if typed:
            cell.number_format = "@"
        cell.border = Border(bottom=THIN)
        cell.alignment = Alignment(
            # A band speaks across its line.
            wrap_text=kind != "section",
            vertical="top",
            horizontal="center" if centred else None,
        )
        _dress(cell, KINDS[kind])
        styles[alike] = copy(cell._style)


def _nature(value: Any) -> str:
    """What a cell's own style depends on."""
    if isinstance(value, dict):
        return "date"
    return ("formula" if looks_like_formula(value) else "text") if value else ""


def _put(sheet: Worksheet, line: int, column: int, value: Any) -> Any:
    cell = sheet.cell(line, column)
    _fill(cell, value)
    if isinstance(value, dict):
        cell.number_format = "dd/mm/yyyy"
    elif value:
        cell.quotePrefix = int(looks_like_formula(value))  # it stays a text when somebody edits the cell
        cell.number_format = "@"
    return cell


def _fill(cell: Any, value: Any) -> None:
    if isinstance(value, dict):
        cell.value = date.fromisoformat(value["date"])
    elif value:
        cell.value = value[: limits.CELL_CHARACTERS]
        cell.data_type = TYPE_STRING  # a text, whatever it begins with


def _dress(cell: Any, style: Mapping[str, Any]) -> None:
    for name, value in style.items():
        setattr(cell, name, value)


def _laid_out(sheet: Worksheet, asked: dict[str, Any]) -> None:
    last = get_column_letter(len(asked["columns"]))
    sheet.freeze_panes = f"{get_column_letter(asked['frozen'] + 1)}2"
    sheet.auto_filter.ref = f"A1:{last}{max(sheet.max_row, 2)}"
    sheet.row_dimensions[1].height = 32
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if asked["title"]:
        sheet.oddHeader.left.text = asked["title"].replace("&", "&&")
    sheet.oddFooter.right.text = "Page &P sur &N"


def _saved(book: Workbook) -> bytes:
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


# --- A refused file, given back --------------------------------------------------------------------------------------


def annotated(data: bytes, sheet: str, marks: Mapping[str, str]) -> bytes:
    """The workbook as it came, with what is wrong marked in it."""
    book = _opened(data, read_only=False)
    if sheet in book.sheetnames:
        _mark(book[sheet], marks)
    return _saved(book)


def from_lines(lines: list[tuple[int, list[str]]], marks: Mapping[str, str]) -> bytes:
    """A workbook of these lines, marked: what a CSV file comes back as."""
    book = Workbook()
    for number, cells in lines:
        for index, text in enumerate(cells, start=1):
            _put(book.active, number, index, text)
    _mark(book.active, marks)
    return _saved(book)


def _mark(sheet: Worksheet, marks: Mapping[str, str]) -> None:
    whys: dict[str, list[str]] = {}
    for name, why in marks.items():
        whys.setdefault(_seen_at(sheet, name), []).append(why)
    for name, found in whys.items():
        cell = sheet[name]
        cell.fill = BAD
        cell.comment = Comment(" ".join(found), AUTHOR, height=110, width=320)


def _seen_at(sheet: Worksheet, name: str) -> str:
    """Where a cell is seen: among merged cells, the first of them stands for all."""
    if not isinstance(sheet[name], MergedCell):
        return name
    return next(area.start_cell.coordinate for area in sheet.merged_cells.ranges if name in area)
