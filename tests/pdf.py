"""What tests ask of a PDF."""

from pathlib import Path

import outloud
import pymupdf
from outloud.findings import Finding

PAGE_HEIGHT, TOP, BOTTOM = 842, 79, 68  # points, of document.css: A4, margins of 28 and 24 mm


def accessibility_faults(document: bytes, folder: Path) -> list[str]:
    """What the PDF/UA-1 checker holds against a document, errors and warnings, a line each. Writes it in `folder`."""
    path = folder / "document.pdf"
    path.write_bytes(document)
    # TBL-010 is a guess, no rule of PDF/UA: to it a table of one figure a row, or of many groups, is badly cut.
    result = outloud.check(str(path), skip=["TBL-010"])
    if result.error:
        return [result.error]
    return [
        f"{finding.rule}, page {finding.page}: {finding.message} ({finding.evidence})"
        for finding in result.findings
        if finding.severity != "info" and not _is_running_head(finding)
    ]


def _is_running_head(finding: Finding) -> bool:
    """Whether the checker took for prose hidden from readers what is only a running head, on too few pages to tell."""
    in_margins = [box["y0"] > PAGE_HEIGHT - TOP or box["y1"] < BOTTOM for box in finding.boxes]
    return finding.rule == "TAG-002" and bool(in_margins) and all(in_margins)


def page_texts(document: bytes) -> list[str]:
    """The text of each page in reading order, every run of white space made one ordinary space."""
    with pymupdf.open(stream=document, filetype="pdf") as pdf:
        return [" ".join(page.get_text(sort=True).split()) for page in pdf]
