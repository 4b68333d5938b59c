"""What `indicators.pushed` and the address take and answer, described: for software (OpenAPI 3.1), and for the guide.

Sizes and choices are those of the code that judges; the tests hold their requests and answers against it.
"""

import json
from typing import Any

from indicators.entry import HIGHEST
from indicators.enums import Absence, StatementStatus
from indicators.pushed import (
    LONGEST_CODE,
    LONGEST_TEXT,
    LONGEST_WHY,
    MOST_BYTES,
    MOST_VALUES,
    REFERENCE,
    SEVERITIES,
    SLUG,
)

# The refusals: what each is called, and what it means for who writes the software.
PROBLEMS = (
    (401, "no-key", "Clé refusée", "La clé manque, n’existe pas, a expiré ou a été retirée : la réponse est la même."),
    (400, "no-reference", "Référence absente", "L’en-tête Idempotency-Key manque, ou ne s’écrit pas ainsi."),
    (400, "unreadable", "JSON illisible", "Le corps n’est pas du JSON en UTF-8, ou répète un nom."),
    (
        404,
        "no-structure",
        "Structure introuvable",
        "Elle n’existe pas, ou cette clé ne l’ouvre pas : la réponse est la même.",
    ),
    (405, "only-post", "Méthode refusée", "Seul POST est reçu."),
    (
        409,
        "not-now",
        "Relevé fermé",
        "La collecte n’est pas ouverte, ou le relevé est soumis ou rendu. La structure ou le chef de projet le rouvre.",
    ),
    (409, "reference-reused", "Référence déjà servie", "La même référence est venue avec un autre corps."),
    (413, "too-large", "Envoi trop gros", f"Plus de {MOST_BYTES // 1024} kio."),
    (415, "not-json", "Format refusé", "Le corps n’est pas annoncé comme du JSON, ou est compressé."),
    (
        422,
        "refused",
        "Valeurs refusées",
        "Une valeur au moins ne va pas. Toutes les fautes sont dites, chacune à sa place ; rien n’est enregistré.",
    ),
)
TITLES = {code: title for _, code, title, _ in PROBLEMS}

_NUMBER = {"type": "number", "minimum": 0, "maximum": int(HIGHEST), "description": "Deux décimales au plus."}
_TERMS = {
    "type": "object",
    "additionalProperties": False,
    "required": ["numerator", "denominator"],
    "properties": {"numerator": _NUMBER, "denominator": _NUMBER},
}
_CODES = {"type": "array", "items": {"type": "string"}}
_SCHEMAS: dict[str, Any] = {
    "Sending": {
        "type": "object",
        "additionalProperties": False,
        "required": ["period", "values"],
        "properties": {
            "structure": {
                "type": "string",
                "pattern": f"^{SLUG.pattern.removesuffix(chr(92) + 'Z')}$",
                "description": "Nom court de la structure, comme dans l’adresse de ses pages. Obligatoire avec la "
                "clé de l’éditeur ; avec celle d’une structure, la sienne ou rien.",
            },
            "period": {
                "type": "string",
                "pattern": "^[0-9]{4}-([0-9]{2}|S[0-9]{2}|T[1-4])$",
                "description": "Mois (2026-10), semaine (2026-S41) ou trimestre (2026-T4), selon les indicateurs.",
            },
            "values": {
                "type": "array",
                "minItems": 1,
                "maxItems": MOST_VALUES,
                "items": {"$ref": "#/components/schemas/Value"},
            },
        },
    },
    "Value": {
        "type": "object",
        "additionalProperties": False,
        "required": ["indicator"],
        "description": "Un indicateur, une fois par envoi. Un taux : numerator et denominator. Un nombre : value. "
        "Un texte : text. Ce qui manque : absence.",
        "properties": {
            "indicator": {"type": "string", "minLength": 1, "maxLength": LONGEST_CODE},
            "value": _NUMBER,
            "numerator": _NUMBER,
            "denominator": _NUMBER,
            "breakdown": {
                "type": "object",
                "minProperties": 1,
                "description": "Par code de case. Les parts font le total.",
                "additionalProperties": {"oneOf": [_NUMBER, _TERMS]},
            },
            "absence": {
                "type": "object",
                "additionalProperties": False,
                "required": ["kind"],
                "properties": {
                    "kind": {"enum": list(Absence.values)},
                    "why": {
                        "type": "string",
                        "maxLength": LONGEST_WHY,
                        "description": f"Obligatoire avec « {Absence.UNAVAILABLE} ».",
                    },
                },
            },
            "text": {"type": "string", "maxLength": LONGEST_TEXT},
            "severity": {"enum": list(SEVERITIES)},
        },
    },
    "Receipt": {
        "type": "object",
        "additionalProperties": False,
        "required": ["written", "unchanged", "statement"],
        "properties": {
            "written": {**_CODES, "description": "Les indicateurs dont la valeur est nouvelle."},
            "unchanged": {**_CODES, "description": "Ceux dont la valeur était déjà celle-là."},
            "statement": {"$ref": "#/components/schemas/Statement"},
        },
    },
    "Statement": {
        "type": "object",
        "additionalProperties": False,
        "required": ["structure", "period", "status", "entered", "asked", "missing", "due_on", "closes_on"],
        "description": "Où en est le relevé. Les chiffres eux-mêmes ne sont jamais renvoyés.",
        "properties": {
            "structure": {"type": "string"},
            "period": {"type": "string"},
            "status": {"enum": list(StatementStatus.values)},
            "entered": {"type": "integer", "minimum": 0},
            "asked": {"type": "integer", "minimum": 0},
            "missing": {**_CODES, "description": "Ce qu’il reste à donner."},
            "due_on": {"type": "string", "format": "date"},
            "closes_on": {"type": "string", "format": "date"},
        },
    },
    "Problem": {
        "type": "object",
        "additionalProperties": False,
        "required": ["type", "title", "status", "detail"],
        "description": "Un refus (RFC 9457).",
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": {"enum": list(TITLES.values())},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["pointer", "detail"],
                    "properties": {
                        "pointer": {"type": "string", "description": "Place dans le corps (RFC 6901)."},
                        "indicator": {"type": "string"},
                        "detail": {"type": "string"},
                    },
                },
            },
        },
    },
}


def document(address: str) -> dict[str, Any]:
    """The OpenAPI document. `address`: where figures are sent, whole."""
    site, _, path = address.partition("/api/")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Passerelle DUI : envoi des indicateurs",
            "version": "1",
            "description": "Le DUI, ou son éditeur, écrit ses chiffres d’usage dans le relevé d’une structure.",
        },
        "servers": [{"url": site}],
        "security": [{"key": []}],
        "paths": {f"/api/{path}": {"post": _operation()}},
        "components": {
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "Une clé d’envoi : « dui_… »."}
            },
            "schemas": _SCHEMAS,
        },
    }


def _operation() -> dict[str, Any]:
    problems: dict[str, list[str]] = {}
    for status, _, title, what in PROBLEMS:
        problems.setdefault(str(status), []).append(f"{title}. {what}")
    return {
        "operationId": "sendFigures",
        "summary": "Envoyer les chiffres d’une structure pour une période",
        "description": "Tout est enregistré, ou rien. Une valeur envoyée remplace celle qui était là ; ce qui n’est "
        "pas envoyé n’est pas touché.",
        "parameters": [
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": True,
                "description": "La référence de l’envoi, choisie par qui envoie. Le même envoi sous la même référence "
                "reçoit la même réponse, sans rien écrire.",
                "schema": {"type": "string", "pattern": f"^{REFERENCE.pattern.removesuffix(chr(92) + 'Z')}$"},
            }
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Sending"}, "example": EXAMPLE}},
        },
        "responses": {
            "200": {
                "description": "Reçu.",
                "headers": {
                    "Idempotency-Replayed": {
                        "description": "Présent, à « true », quand la réponse avait déjà été donnée.",
                        "schema": {"const": "true"},
                    }
                },
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Receipt"}}},
            },
            **{
                status: {
                    "description": " ".join(said),
                    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
                }
                for status, said in sorted(problems.items())
            },
        },
    }


EXAMPLE: dict[str, Any] = {
    "structure": "eam-les-tilleuls",
    "period": "2026-10",
    "values": [
        {"indicator": "administrative_records_rate", "numerator": 67, "denominator": 72},
        {
            "indicator": "connections_by_time_slot_count",
            "breakdown": {"weekday_day": 224, "weekday_evening": 57, "night": 43, "weekend": 36},
        },
        {"indicator": "tickets_created_count", "value": 12},
        {
            "indicator": "medical_records_rate",
            "absence": {"kind": "unavailable", "why": "Requête en panne jusqu’au 15"},
        },
    ],
}


def guide() -> dict[str, Any]:
    """What the page of the guide says of the same."""
    return {
        "example": json.dumps(EXAMPLE, ensure_ascii=False, indent=2),
        "most_bytes": MOST_BYTES // 1024,
        "most_values": MOST_VALUES,
        "problems": [
            {"status": status, "code": code, "title": title, "what": what}
            for status, code, title, what in sorted(PROBLEMS)
        ],
    }
