"""Spreadsheets that mean harm, or are merely broken: refused in words, within the memory and the time allowed."""

import io
import os
import random
import struct
import subprocess
import sys
import tracemalloc
import zipfile
from datetime import date

import openpyxl
import pytest

from common.errors import DomainError
from common.spreadsheets import limits
from common.spreadsheets.files import ROOT, annotate, read, write_csv, write_xlsx
from common.spreadsheets.tables import Column, Row, Sheet, cell_name, find_table

MIB = 1024**2
NASTY = [
    "==1",
    "=cmd|' /C calc'!A0",
    "+33",
    "-1",
    "@x",
    "\tx",
    " =1",
    " \tx",
    "'=1",
    "''-1",
    "a\nb",
    'é;"',
    "＝1",
    "normal",
]


def sheet(values: list[str]) -> Sheet:
    return Sheet("Liste", [Column("Clé"), Column("Texte")], [Row([str(i), text]) for i, text in enumerate(values)])


def workbook(*rows: list[object]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part more, or another one under that name."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return changed.getvalue()


NAMESPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHARED = (
    b'<Override PartName="/xl/sharedStrings.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)


def with_rows(rows: bytes) -> bytes:
    """A workbook with these rows, as XML."""
    start = b'<worksheet xmlns="%s"><dimension ref="A1:B2"/><sheetData>' % NAMESPACE
    worksheet = start + rows + b"</sheetData></worksheet>"
    return with_part(saved(workbook(["a"])), "xl/worksheets/sheet1.xml", worksheet)


def with_shared(texts: bytes, rows: bytes, before: bytes = b"") -> bytes:
    """A workbook with these rows and these shared texts, as XML."""
    data = with_rows(rows)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read("[Content_Types].xml").replace(b"</Types>", SHARED)
    data = with_part(data, "[Content_Types].xml", types)
    return with_part(data, "xl/sharedStrings.xml", before + b'<sst xmlns="%s">%s</sst>' % (NAMESPACE, texts))


def refused(data: bytes) -> str:
    """Why this file is refused; the process that asks takes little memory for it, whatever the child had to."""
    tracemalloc.start()
    try:
        with pytest.raises(DomainError) as caught:
            read(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert caught.value.field == "file"
    assert peak < 2 * len(data) + 4 * MIB
    return str(caught.value)


# --- There and back --------------------------------------------------------------------------------------------------


def test_texts_come_back_from_xlsx_as_they_were_and_none_is_a_formula() -> None:
    data = write_xlsx([sheet(NASTY)])
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [row[1].value for row in book["Liste"].iter_rows(min_row=2)] == NASTY
    assert {row[1].data_type for row in book["Liste"].iter_rows(min_row=2)} == {"s"}
    found = read(data)
    assert [cells[1] for _, cells in found.sheets["Liste"][1:]] == NASTY
    assert found.formulas == {"Liste": []}


def test_texts_come_back_from_csv_as_they_were_and_none_begins_like_a_formula() -> None:
    data = write_csv(sheet(NASTY))
    for line in data.decode("utf-8-sig").splitlines():
        assert line.partition(";")[2].strip('" ')[:1] not in {"=", "+", "-", "@", "\t", "＝"}, line
    assert [cells[1] for _, cells in read(data).sheets["CSV"][1:]] == NASTY


def test_dates_are_dates_in_excel_and_french_when_read() -> None:
    data = write_xlsx([Sheet("Dates", [Column("Jour")], [Row([date(2026, 12, 31)])])])
    cell = openpyxl.load_workbook(io.BytesIO(data)).active["A2"]
    assert (cell.value.date(), cell.number_format) == (date(2026, 12, 31), "dd/mm/yyyy")
    assert read(data).sheets["Dates"][1] == (2, ["31/12/2026"])


def test_numbers_and_formulas_are_read_as_texts() -> None:
    found = read(saved(workbook(["n", 12, 1.5, True], [None, "=1+1", "=A1"])))
    assert found.sheets["Sheet"][0] == (1, ["n", "12", "1.5", "VRAI"])
    assert found.formulas["Sheet"] == ["B2", "C2"]


def test_content_tells_the_format_whatever_the_name() -> None:
    assert "Liste" in read(write_xlsx([sheet(["a"])])).sheets
    assert "CSV" in read(write_csv(sheet(["a"]))).sheets


@pytest.mark.parametrize(("column", "name"), [(0, "A4"), (5, "F4"), (25, "Z4"), (26, "AA4"), (702, "AAA4")])
def test_cells_have_the_names_that_a_spreadsheet_gives_them(column: int, name: str) -> None:
    assert cell_name(column, 4) == name


def test_an_annotated_file_keeps_what_was_in_it_and_marks_the_bad_cells() -> None:
    for data, name in ((write_xlsx([sheet(["==1", "b"])]), "Liste"), (write_csv(sheet(["==1", "b"])), "CSV")):
        found = openpyxl.load_workbook(io.BytesIO(annotate(data, name, {"B2": "Non."}))).worksheets[0]
        assert (found["B2"].value, found["B2"].data_type) == ("==1", "s")
        assert found["B2"].comment.text == "Non."
        assert found["B2"].fill.fgColor.rgb != found["B3"].fill.fgColor.rgb
        assert found["B3"].comment is None


def test_a_bad_cell_among_merged_ones_is_marked_where_it_is_seen() -> None:
    book = workbook(["Clé", "a", "b"], ["1", "x", None])
    book.active.merge_cells("B2:C2")
    content = annotate(saved(book), book.active.title, {"C2": "Dites pourquoi.", "B2": "Deux états."})
    found = openpyxl.load_workbook(io.BytesIO(content)).active
    assert found["B2"].comment.text == "Dites pourquoi. Deux états."
    assert [str(area) for area in found.merged_cells.ranges] == ["B2:C2"]


# --- Files that mean harm --------------------------------------------------------------------------------------------


def test_a_file_over_ten_megabytes_is_refused_unopened() -> None:
    assert "dépasse 10 Mo" in refused(b"a" * (10 * MIB + 1))


def test_a_zip_bomb_is_refused() -> None:
    data = with_part(saved(workbook(["a"])), "xl/worksheets/sheet1.xml", b"<a>" + b" " * (200 * MIB))
    assert len(data) < MIB
    assert "trop lourd une fois ouvert" in refused(data)


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    """The directory says 1,000 bytes where there are 100 MiB."""
    data = with_part(saved(workbook(["a"])), "xl/worksheets/sheet1.xml", b"<a>" + b" " * (100 * MIB))
    real = struct.pack("<I", 100 * MIB + 3)
    assert data.count(real) == 2
    assert "abîmé" in refused(data.replace(real, struct.pack("<I", 1000)))


def test_a_million_rows_are_refused() -> None:
    rows = b"".join(b'<row r="%d"><c t="n"><v>1</v></c></row>' % i for i in range(1, 1_000_001))
    data = with_rows(rows)
    assert "plus de 20000 lignes" in refused(data)


def test_a_million_rows_of_csv_are_refused() -> None:
    assert "plus de 20000 lignes" in refused(b"a;b\n" * 1_000_000)


def test_a_row_far_away_and_a_column_far_away_cost_nothing() -> None:
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>'
    data = with_rows(cells)
    assert read(data).sheets["Sheet"] == [(1, ["1"]), (1_048_576, ["2"])]
    cells = b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'
    data = with_rows(cells)
    assert "ligne 1, a plus de 100 colonnes" in refused(data)


def test_one_long_text_shared_by_many_cells_is_refused() -> None:
    """A few kilobytes on the disk, gigabytes once each cell has its copy."""
    row = b"".join(b'<c t="s"><v>0</v></c>' for _ in range(50))
    rows = b"".join(b'<row r="%d">%s</row>' % (i, row) for i in range(1, 2001))
    assert "trop de texte" in refused(with_shared(b"<si><t>%s</t></si>" % (b"a" * 30_000), rows))


def test_entities_that_multiply_are_refused() -> None:
    entities = b"".join(b'<!ENTITY e%d "%s">' % (i, b"&e%d;" % (i - 1) * 20) for i in range(1, 9))
    bomb = b'<!DOCTYPE sst [<!ENTITY e0 "aaaaaaaaaa">' + entities + b"]>"
    assert "abîmé" in refused(with_shared(b"<si><t>&e8;</t></si>", b"", before=bomb))


def test_a_book_that_takes_too_much_memory_ends_its_child_alone() -> None:
    """Within what may be unpacked and repeated, beyond the memory of the child."""
    noise = random.Random(1).randbytes(400_000).hex().encode()
    shared = b"<!--%s--><si>%s</si>" % (noise, b"<r/>" * 10_000_000)
    assert len(shared) < limits.UNPACKED_BYTES
    assert "trop de mémoire" in refused(with_shared(shared, b""))


def test_a_book_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Less time than a process needs to start."""
    monkeypatch.setattr(limits, "CHILD_SECONDS", 0.001)
    assert "30 secondes de lecture" in refused(write_csv(sheet(["a"])))


@pytest.mark.parametrize(
    ("part", "said"),
    [("xl/vbaProject.bin", "des macros"), ("xl/externalLinks/externalLink1.xml", "d’autres fichiers")],
)
def test_macros_and_links_to_other_files_are_refused(part: str, said: str) -> None:
    assert said in refused(with_part(saved(workbook(["a"])), part, b"x"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "est vide", id="empty"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"\x00" * 500, "ancien .xls", id="xls"),
        pytest.param(b"%PDF-1.7 a;b", "ni un classeur", id="pdf"),
        pytest.param(b"\x7fELF\x00\x00", "ni un classeur", id="program"),
        pytest.param("a;b".encode("utf-16"), "UTF-16", id="UTF-16"),
        pytest.param("clé;b\n1;2\n3;é".encode("latin-1"), "un caractère de la ligne 1", id="Latin-1"),
        pytest.param("a;b\n1;2\n3;é".encode("cp1252"), "un caractère de la ligne 3", id="Windows"),
        pytest.param(b'a;b\n1;"2\n3;4', "un guillemet n’est pas fermé", id="open quote"),
        pytest.param(b"a;b\n1;" + b"x" * 40_000, "une cellule est trop longue", id="long cell"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 50, "abîmé", id="broken zip"),
        pytest.param(saved(workbook(["a"]))[:-300], "abîmé", id="cut off"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_in_words(data: bytes, said: str) -> None:
    assert said in refused(data)


def test_another_office_document_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    assert "n’est pas un classeur .xlsx" in refused(content.getvalue())


def test_broken_xml_is_refused_with_the_sheet_that_has_it() -> None:
    rows = b"".join(b'<row r="%d"><c><v>1</v></c></row>' % i for i in range(1, 20_000))
    assert "La feuille « Sheet » ne se lit plus après la ligne" in refused(with_rows(rows + b"<row"))


# --- The child -------------------------------------------------------------------------------------------------------


def test_the_child_knows_neither_django_nor_the_database() -> None:
    code = (
        "import sys, common.spreadsheets.child; "
        "print([name for name in sys.modules if name.startswith(('django', 'psycopg2'))])"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={}, capture_output=True, check=True)
    assert told.stdout.strip() == b"[]"


def test_the_web_process_does_not_load_openpyxl() -> None:
    """26 MB a worker."""
    code = "import django; django.setup(); import dui_deploy.urls, sys; print('openpyxl' in sys.modules)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "dui_deploy.settings"}
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert told.stdout.strip() == b"False"


# --- Headings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["Clé", "Autre"]], "Il manque la colonne « Texte » à la feuille « Sheet », ligne 1."),
        ([["Rien"]], "n’a pas les titres de colonnes attendus"),
        (
            [["Clé", "Texte", "Texte"]],
            "La colonne « Texte » est deux fois dans la feuille « Sheet », la seconde en C1",
        ),
        ([[None]], "il n’a aucune ligne"),
    ],
)
def test_headings_that_lack_are_named(rows: list[list[object]], said: str) -> None:
    with pytest.raises(DomainError) as caught:
        find_table(read(saved(workbook(*rows))), ["Clé", "Texte"])
    assert said in str(caught.value)


def test_a_title_above_the_headings_is_no_trouble() -> None:
    table = find_table(read(saved(workbook(["Ma liste"], [], ["Clé ", "Texte"], ["1", "un"]))), ["Clé", "Texte"])
    assert table.lines == [(4, ["1", "un"])]
    assert table.cell("Texte", 4) == "B4"
