"""Reading `demo.yaml`, with its dates moved so that its reference day is today."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from common.yaml_files import read_yaml

PATH = Path(__file__).parent / "demo.yaml"


@dataclass(frozen=True)
class Persona:
    """A demonstration account that the sign-in page offers."""

    code: str
    name: str
    role: str
    email: str


# One a persona, in the order of the sign-in page: code in demo.yaml → what they are there.
PERSONAS = {
    "lead": "Cheffe de projet",
    "ogdir_lucioles": "Directrice d’OG, préside le COSTRAT",
    "dir_enfance": "Directrice d’ESMS",
    "ref_ime": "Référent local",
    "comop_habitat": "Membre du COMOP",
    "dpo": "Délégué à la protection des données",
    "purchasing": "Cellule achat",
    "vendor": "Éditeur, Nacre Logiciels",
    "observer": "Observatrice, appui régional",
    "mir_lead": "Chef de projet d’un autre projet, DUI de Cap Mirabelle",
}


def read(today: date) -> dict[str, Any]:
    """The demonstration world as of `today`."""
    content = read_yaml(PATH)
    return _shifted(content, today - content["reference_date"])


def personas() -> list[Persona]:
    """The accounts that the sign-in page offers, one a persona."""
    users = {user["code"]: user for user in read_yaml(PATH)["users"]}
    return [
        Persona(code, f"{users[code]['first_name']} {users[code]['last_name']}", role, users[code]["email"])
        for code, role in PERSONAS.items()
    ]


def _shifted(value: Any, by: timedelta) -> Any:
    if isinstance(value, dict):
        return {key: _shifted(item, by) for key, item in value.items()}
    if isinstance(value, list):
        return [_shifted(item, by) for item in value]
    return value + by if isinstance(value, date) else value
