"""What the management team says of a matrix."""

from collections.abc import Sequence
from dataclasses import dataclass

from common import french
from structures.catalogue.habilitations import catalogue
from structures.models import MatrixComment


@dataclass(frozen=True)
class Line:
    remark: MatrixComment
    about: str
    resolved: str


@dataclass(frozen=True)
class Comments:
    lines: list[Line]
    title: str


def lines(remarks: Sequence[MatrixComment]) -> Comments:
    """Those still open first, with what they are about."""
    left = sum(remark.resolved_at is None for remark in remarks)
    title = "Les remarques de l’encadrement"
    if left:
        verb = french.agree(left, "reste à traiter", "restent à traiter")
        title = f"{french.capital(french.counted(left, 'remarque', 'remarques', feminine=True))} {verb}"
    return Comments([Line(remark, _about(remark), _resolved(remark)) for remark in remarks], title)


def _about(remark: MatrixComment) -> str:
    known = catalogue()
    labels = [
        items[code].label
        for items, code in ((known.profiles, remark.profile), (known.domains, remark.domain))
        if code in items
    ]
    return ", ".join(labels) or "Toute la matrice"


def _resolved(remark: MatrixComment) -> str:
    if remark.resolved_at is None or remark.resolved_by is None:
        return ""
    return f"Traitée par {remark.resolved_by.get_full_name()} le {french.long_date(remark.resolved_at)}"
