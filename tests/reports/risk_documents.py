"""Analyses of risks in tests: written as services leave them, asked as a person does."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from common.scope import elevated
from organisations.access import acting_as
from organisations.models import ESMS, Project, User
from reports.enums import ReportKind
from reports.models import Report
from reports.selectors.campaigns import campaign_filter
from reports.services import ask_for_report
from risks.catalogue import questionnaire
from risks.enums import AssessmentStatus, Category
from risks.models import AgreedMark, Assessment, Risk, RiskAction, RiskCampaign
from risks.places import Place
from tests.harness.htmx import parse, text
from tests.harness.world import SLUG

S = AssessmentStatus
Given = Callable[[int], int | None]  # rank of a question → its mark


def spread(shift: int = 0) -> Given:
    """Marks all over the scale, some questions « non concernées »."""
    return lambda rank: None if rank % 17 == 0 else (rank * 7 + shift) % 10 + 1


def flat(value: int) -> Given:
    return lambda rank: value


def analysis(
    place: Place,
    campaign: RiskCampaign,
    by: User,
    *,
    given: Given,
    status: AssessmentStatus = S.TRANSMITTED,
    comments: Mapping[str, str] | None = None,
    based_on: Assessment | None = None,
) -> Assessment:
    """Every question agreed on. Based on another, it asked the starred ones only and kept the marks of the rest."""
    now, said = timezone.now(), comments or {}
    with elevated():
        kept = {mark.question: mark for mark in AgreedMark.objects.filter(assessment=based_on)} if based_on else {}
        made = Assessment.objects.create(
            **place.columns, campaign=campaign, status=S.CONVERGING, based_on=based_on, asks_all=based_on is None
        )
        rows = []
        for question in questionnaire().questions:
            carried = kept.get(question.number) if not question.starred else None
            value = carried.value if carried else given(question.rank)
            rows.append(
                AgreedMark(
                    **place.columns,
                    assessment=made,
                    question=question.number,
                    value=value,
                    not_concerned=value is None,
                    comment=said.get(question.number, ""),
                    carried=carried is not None,
                    agreed_by=by,
                )
            )
        AgreedMark.objects.bulk_create(rows)
        validated = {"validated_by": by, "validated_at": now} if status in (S.VALIDATED, S.TRANSMITTED) else {}
        sent = {"transmitted_by": by, "transmitted_at": now} if status == S.TRANSMITTED else {}
        Assessment.objects.filter(pk=made.pk).update(status=status, **validated, **sent)
        return Assessment.objects.select_related("campaign").get(pk=made.pk)


def risk(
    place: Place,
    number: int,
    title: str,
    by: User,
    *,
    cell: tuple[int, int] = (3, 3),
    transmitted: bool = False,
    raised: bool = False,
    **values: object,
) -> Risk:
    now = timezone.now()
    told = {"transmitted_by": by, "transmitted_at": now} if transmitted or raised else {}
    if raised:
        told |= {"raised_by": by, "raised_at": now, "raised_why": "Il dépasse la structure."}
    with elevated():
        return Risk.objects.create(
            **place.columns,
            number=number,
            title=title,
            probability=cell[0],
            impact=cell[1],
            **{"category": Category.TECHNICAL, "opened_by": by, "owner": by, **told, **values},
        )


def action(
    about: Risk, label: str, owner: User | None, by: User, *, days: int | None = 20, **values: object
) -> RiskAction:
    """`days`: in how many it is due; late when they are past."""
    due_on: date | None = None if days is None else timezone.localdate() + timedelta(days=days)
    with elevated():
        return RiskAction.objects.create(
            project=about.project,
            og_id=about.og_id,
            esms=about.esms,
            place=about.place,
            risk=about,
            label=label,
            owner=owner,
            due_on=due_on,
            written_by=by,
            **values,
        )


def asked_analysis(assessment: Assessment, esms: ESMS, user: User, *, named: bool = False) -> Report:
    with acting_as(user.pk):
        return ask_for_report(
            project=esms.project,
            kind=ReportKind.RISK_ANALYSIS,
            user=user,
            token=uuid.uuid4(),
            esms=esms,
            assessment=assessment,
            named=named,
        )


def asked_consolidated(project: Project, user: User, campaign: RiskCampaign) -> Report:
    with acting_as(user.pk):
        return ask_for_report(
            project=project,
            kind=ReportKind.RISKS_CONSOLIDATED,
            user=user,
            token=uuid.uuid4(),
            filters=campaign_filter(campaign.number),
        )


def url(name: str, *more: object) -> str:
    """Of the structure of `conftest`."""
    return reverse(name, args=[SLUG, "residence", *more])


def plain(value: bytes) -> str:
    return spaced(text(parse(value)))


def spaced(text: str) -> str:
    """No-break spaces made ordinary."""
    return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())
