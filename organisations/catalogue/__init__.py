"""The FINESS categories of ESMS: reference data, read from the file beside this module."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from common.yaml_files import read_yaml
from organisations.enums import ComopCategory

PATH = Path(__file__).parent / "esms_categories.yaml"


@dataclass(frozen=True)
class EsmsCategory:
    """A category of structure: three-digit code, acronym, label, and how it is usually represented at the COMOP.

    `operating_mode`: how it receives people; `medicalised`: whether it usually keeps medical records (full, partial,
    none).
    """

    code: str
    acronym: str
    label: str
    comop_category: ComopCategory
    core: bool
    operating_mode: str
    medicalised: str


def parse(content: dict[str, Any]) -> list[EsmsCategory]:
    """The categories of a catalogue. Raises KeyError or ValueError when it doesn't hold together."""
    categories = [
        EsmsCategory(
            code=item["code"],
            acronym=item["acronym"] or "",
            label=item["label"],
            comop_category=ComopCategory(item["comop_category"]),
            core=item["core"],
            operating_mode=item["operating_mode"],
            medicalised=item["medicalised"],
        )
        for item in content["categories"]
    ]
    codes = [item.code for item in categories]
    if len(set(codes)) != len(codes) or not all(len(code) == 3 and code.isdigit() for code in codes):
        raise ValueError("les codes doivent être uniques et faits de trois chiffres.")
    return categories


@cache
def esms_categories() -> dict[str, EsmsCategory]:
    """The categories by code, in the order of the catalogue."""
    content = read_yaml(PATH)
    return {item.code: item for item in parse(content)}
