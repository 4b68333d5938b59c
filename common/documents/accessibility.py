"""Holds a finished file to what a screen reader needs, whoever made it."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name

from common.documents.errors import InaccessibleDocument


def verify(document: bytes) -> None:
    """Raise InaccessibleDocument unless the PDF is tagged, titled, says its language and scopes its header cells."""
    with pikepdf.open(BytesIO(document)) as pdf:
        missing = [words for words, kept in _promises(pdf) if not kept]
    if missing:
        raise InaccessibleDocument(f"Le document n’est pas accessible : il lui manque {', '.join(missing)}.")


def _promises(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    """What is promised, in words, and whether it is kept."""
    root = pdf.Root
    yield "ses balises", "/StructTreeRoot" in root and _is_true(root.get("/MarkInfo"), "/Marked")
    yield "sa langue", bool(str(root.get("/Lang", "")))
    yield (
        "son titre",
        bool(str(pdf.docinfo.get("/Title", ""))) and _is_true(root.get("/ViewerPreferences"), "/DisplayDocTitle"),
    )
    yield "la portée de ses cellules d’en-tête", all("/Scope" in header.get("/A", {}) for header in _headers(pdf))


def _is_true(options: pikepdf.Object | None, key: str) -> bool:
    return options is not None and bool(options.get(key, False))


def _headers(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    return (item for item in pdf.objects if isinstance(item, Dictionary) and item.get("/S") == Name.TH)
