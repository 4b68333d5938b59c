"""The arbitrations and the alerts about structures of the demonstration world."""

import uuid
from datetime import time, timedelta
from typing import Any

from common import french
from dui_deploy.demo.governed.cast import Cast, at
from dui_deploy.demo.governed.meetings import Meetings
from governance.enums import ARBITRATION_SOURCE, ArbitrationKind, ArbitrationStatus, Choice, Severity
from governance.models import (
    Alert,
    Arbitration,
    ArbitrationOption,
    ArbitrationStructure,
    ArbitrationVote,
    Decision,
)
from governance.services import raise_alert
from organisations.models import Project
from risks.enums import RISK_SOURCE

# Structures that an arbitration of the world concerns.
CONCERNED = {"ARB-2026-03": ("ssiad_hirondelles", "eam_tournesols"), "ARB-2026-04": ("eam_tournesols",)}
SUBJECTS = {"indicator": "Indicateur", "risk": "Risque", "manual": "Matériel"}


def arbitration(
    project: Project, item: dict[str, Any], cast: Cast, meetings: Meetings, decision: Decision | None
) -> None:
    """One file, its options and votes, then what became of it."""
    number = int(item["reference"].rpartition("-")[2])
    opened = at(item["deadline"] - timedelta(days=45), time(10))
    meeting = meetings.by_code[item["meeting"]]
    texts = {
        name: french.typography(item[source] or "")
        for name, source in (
            ("question", "question"),
            ("context", "context"),
            ("consequence", "consequence_of_no_decision"),
            ("recommendation", "recommendation_text"),
            ("comop_opinion", "comop_opinion"),
            ("dpo_opinion", "dpo_opinion"),
        )
    }
    file = Arbitration.objects.create(
        project=project,
        year=opened.year,
        number=number,
        kind=ArbitrationKind(item["kind"]),
        deadline=item["deadline"],
        requested_by=cast.users[item["requested_by"]],
        meeting=meeting,
        created_at=opened,
        **texts,
    )
    options = {
        option["code"]: ArbitrationOption.objects.create(
            project=project,
            arbitration=file,
            position=position,
            label=french.typography(option["label"]),
            description=french.typography(option["description"]),
            **{name: option[name] for name in ("cost_impact", "delay_impact", "quality_impact", "risk_impact")},
            cost_amount=option["cost_amount"],
            delay_days=option["delay_days"],
        )
        for position, option in enumerate(item["options"], start=1)
    }
    for code in CONCERNED.get(item["reference"], ()):
        esms = cast.esms[code]
        ArbitrationStructure.objects.create(project=project, arbitration=file, og_id=esms.og_id, esms=esms)
    chosen = options.get(item["decided_option"])
    for vote in item["votes"]:
        og = cast.ogs[vote["og"]]
        ArbitrationVote.objects.create(
            project=project,
            arbitration=file,
            unit_id=og.pk,
            og=og,
            voter=cast.users[vote["voter"]],
            weight=vote["weight"],
            choice=Choice(vote["choice"]),
            option=chosen if vote["choice"] == Choice.FOR else None,
            recorded_by=cast.users["lead"],
            voted_at=meeting.starts_at + timedelta(minutes=60),
        )
    for follow_up in item["follow_up"]:
        meetings.follow_up(follow_up, meeting=meeting, arbitration=file)
    meetings.item_about(meeting, texts["question"], ARBITRATION_SOURCE, file.pk)
    values: dict[str, Any] = {
        "recommended": options[item["recommendation"]],
        "status": ArbitrationStatus(item["status"]),
        "quorum_reached": item["quorum_reached"],
        "postponed_to": item.get("postponed_to"),
        "postponement_reason": french.typography(item.get("postponement_reason") or ""),
    }
    if decision is not None:
        values |= {
            "chosen": chosen,
            "decision": decision,
            "decision_text": decision.text,
            "conditions": french.typography(item["conditions"] or ""),
            "mode": item["decision_mode"],
            "decided_on": decision.decided_on,
            "represented_percent": 100,
            "quorum_percent": meeting.body.quorum_percent,
            "applied_on": max(found["due_on"] for found in item["follow_up"]),
        }
    Arbitration.objects.filter(pk=file.pk).update(**values)


def alert(project: Project, item: dict[str, Any], cast: Cast) -> None:
    """An alert about a structure, raised by who directs it or by the lead, on the day the world says; about a risk of
    its register, if it names one."""
    esms, owner = cast.esms[item["esms"]], cast.users[item["owner"]]
    by = cast.users["lead"] if item["origin"] == "indicator" else owner
    text, risk = french.typography(item["message"]), cast.risks.get(item["ref"])
    raised = raise_alert(
        project=project,
        subject=f"{SUBJECTS[item['origin']]} : {text.rstrip('.')}"[:200],
        text=text,
        severity=Severity(item["level"]),
        user=by,
        token=uuid.uuid4(),
        source=RISK_SOURCE if risk else "",
        source_id=risk.pk if risk else None,
        esms=esms,
        owner=owner if item["status"] != "open" else None,
    )
    values: dict[str, Any] = {"raised_at": at(item["opened_on"], time(12))}
    if item["closed_on"]:
        values |= {
            "answer": "Dix appareils de plus ont été livrés à l’internat.",
            "answered_by": cast.users["comop_habitat"],
            "answered_at": at(item["closed_on"], time(15)),
            "read_at": at(item["closed_on"], time(18)),
        }
    Alert.objects.filter(pk=raised.pk).update(**values)
