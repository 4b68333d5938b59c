"""Says in the file what the HTML says and WeasyPrint leaves out or gets wrong.

WeasyPrint 70 writes no Scope, takes a group's heading for a column's, makes one table a page of a table that runs over
several, describes a link by the name of its anchor, tags a running head as content and asks an alternative of every
drawing. All of it is mended here, between the making of the structure tree and its writing: later the HTML is out of
reach, and a pass over the finished file took a fifth of the whole time. It leans on marks that WeasyPrint
keeps on its boxes (`mark`, `link_annotation`) and on the order of pydyf's lists; the tests would miss them at once.
"""

from collections.abc import Iterator
from itertools import count
from xml.etree.ElementTree import Element, SubElement

import pydyf
from weasyprint import Document

from common.documents.tables import Cell, grid

SVG = "{http://www.w3.org/2000/svg}"
PRINTED = 4  # annotation flag
SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Both"}

Marks = dict[Element, list[pydyf.Dictionary]]


def describe_drawings(html: Element) -> None:
    """Put what a drawing says in its `<title>`, the only place where WeasyPrint looks: its label, or title and desc."""
    for drawing in html.iter(f"{SVG}svg"):
        title = drawing.find(f"{SVG}title")
        said = drawing.get("aria-label") or ". ".join(
            part.text.strip(" .\n") for part in (title, drawing.find(f"{SVG}desc")) if part is not None and part.text
        )
        if said:
            if title is None:
                title = SubElement(drawing, f"{SVG}title")
            title.text = said


def complete(document: Document, pdf: pydyf.PDF, html: Element) -> None:
    """Complete the structure tree of `pdf`, laid out from `html`. WeasyPrint calls it as its finisher."""
    marks: Marks = {}
    for page in document.pages:
        for box in page._page_box.descendants():
            if mark := getattr(box, "mark", None):
                marks.setdefault(box.element, []).append(mark)
            if box.link_annotation and box.element is not None:
                box.link_annotation["Contents"] = pydyf.String(" ".join("".join(box.element.itertext()).split()))
                box.link_annotation["F"] = PRINTED

    names = (f"h{number}" for number in count(1))
    for table in html.iter("table"):
        if cells := [cell for cell in grid(table) if cell.element in marks]:
            _name_headers(cells, marks, names)
            _join_pages(cells, marks, pdf)

    _set_apart(pdf, _claim(_tree(pdf), pdf))


def _name_headers(cells: list[Cell], marks: Marks, names: Iterator[str]) -> None:
    """Give each header cell its Scope and a name, and each data cell the names of its headers."""
    headers = [(cell, next(names)) for cell in cells if cell.scope]
    for cell, name in headers:
        for repeat, mark in enumerate(marks[cell.element]):
            mark["A"]["Scope"] = SCOPES[cell.scope]
            mark.pop("ID", None)
            if not repeat:
                mark["ID"] = pydyf.String(name)
    for cell in cells:
        if not cell.scope:
            mine = [pydyf.String(name) for header, name in headers if header.heads(cell)]
            for mark in marks[cell.element]:
                mark["A"]["Headers"] = pydyf.Array(mine)


def _join_pages(cells: list[Cell], marks: Marks, pdf: pydyf.PDF) -> None:
    """Make one table of the pieces that page breaks left: their rows move to the first, their repeated heads go."""
    pieces: dict[int, pydyf.Dictionary] = {}
    for cell in cells:
        for mark in marks[cell.element]:
            piece = _enclosing_table(mark, pdf)
            pieces[piece.number] = piece
    first, *others = (pieces[number] for number in sorted(pieces))
    for piece in others:
        for reference in piece["K"]:
            child = _object(reference, pdf)
            if child["S"] not in ("/THead", "/Caption"):
                child["P"] = first.reference
                first["K"].append(reference)
        _unlink(piece, pdf)


def _claim(element: pydyf.Dictionary, pdf: pydyf.PDF) -> set[bytes]:
    """The references of all elements below `element`, once the pictures without an alternative are taken out.

    Such a picture repeats in shape what a word or a number says beside it. A chart stays, by its `<title>`.
    """
    claimed = set()
    for kid in list(element["K"]):
        if isinstance(kid, int) or "S" not in (child := _object(kid, pdf)):
            continue
        if child["S"] == "/Figure" and "Alt" not in child:
            element["K"].remove(kid)
        else:
            claimed |= {kid} | _claim(child, pdf)
    return claimed


def _set_apart(pdf: pydyf.PDF, claimed: set[bytes]) -> None:
    """Turn what no element of the tree claims into artifacts: running heads, repeated table heads, silent pictures."""
    parents = _object(_tree(pdf)["ParentTree"], pdf)["Nums"]
    owners = dict(zip(parents[::2], parents[1::2], strict=True))
    for page in (_object(reference, pdf) for reference in pdf.page_references):
        claims = owners[page["StructParents"]]
        operators = _object(page["Contents"], pdf).stream
        for position, item in enumerate(operators):
            # A mark is three items, tag, properties, BDC; WeasyPrint never puts one inside another.
            if isinstance(item, pydyf.Dictionary) and claims[number := item["MCID"]] not in claimed:
                # The text of the pages' margins and of repeated heads comes with the page, a picture with the lay-out.
                kind = "/Layout" if operators[position - 1] == "/Figure" else "/Pagination"
                operators[position - 1 : position + 1] = "/Artifact", pydyf.Dictionary({"Type": kind})
                claims[number] = "null"


def _tree(pdf: pydyf.PDF) -> pydyf.Dictionary:
    return _object(pdf.catalog["StructTreeRoot"], pdf)


def _enclosing_table(element: pydyf.Dictionary, pdf: pydyf.PDF) -> pydyf.Dictionary:
    while element["S"] != "/Table":
        element = _object(element["P"], pdf)
    return element


def _unlink(element: pydyf.Dictionary, pdf: pydyf.PDF) -> None:
    """Take `element` out of its parent, and the parent too when nothing else is in it."""
    parent = _object(element["P"], pdf)
    parent["K"].remove(element.reference)
    if not parent["K"] and "P" in parent:
        _unlink(parent, pdf)


def _object(reference: bytes, pdf: pydyf.PDF) -> pydyf.Object:
    return pdf.objects[int(reference.split()[0])]
