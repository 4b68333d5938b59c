"""The risks of the tests' world: a campaign that each structure transmitted, a second one that they put together."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from organisations.enums import Phase
from organisations.models import ESMS, Project, User
from risks.catalogue import questionnaire
from risks.enums import AssessmentStatus, CampaignKind, Capacity, Category
from risks.models import AgreedMark, Assessment, Mark, Respondent, Risk, RiskAction, RiskCampaign
from risks.places import Place

HIGH = "2.1"  # the question that calls for an action


def untold(canary: str) -> str:
    """The canary of what a structure has not transmitted. It doesn't hold the structure's own."""
    return f"NONTRANSMIS{canary[::-1]}"


@dataclass
class ProjectRisks:
    """`first` is over, `second` is open; the project's own assessment is being answered; a risk and its action."""

    first: RiskCampaign
    second: RiskCampaign
    assessment: Assessment
    risk: Risk
    action: RiskAction


@dataclass
class RiskWork:
    """Of one structure: `sent` was transmitted, `assessment` is being put together (`respondent` answered, `agreed` is
    one of its marks). `risk` was transmitted, `own` was not; each has an action."""

    sent: Assessment
    assessment: Assessment
    respondent: Respondent
    agreed: AgreedMark
    risk: Risk
    action: RiskAction
    own: Risk
    own_action: RiskAction


def build_project(project: Project, canary: str, lead: User) -> ProjectRisks:
    """Write it, in the elevated role."""
    place, today = Place(project), timezone.localdate()
    first = RiskCampaign.objects.create(
        project=project,
        number=1,
        kind=CampaignKind.START,
        phase=Phase.FRAMING,
        opened_by=lead,
        due_on=today - timedelta(days=60),
        closed_by=lead,
        closed_at=timezone.now(),
    )
    second = RiskCampaign.objects.create(
        project=project,
        number=2,
        kind=CampaignKind.PHASE_END,
        phase=Phase.FRAMING,
        message=f"Avant le COSTRAT {canary}".strip(),
        opened_by=lead,
        due_on=today + timedelta(days=10),
    )
    assessment = Assessment.objects.create(**place.columns, campaign=second)
    risk = _risk(place, 1, f"Un seul intervenant chez l’éditeur {canary}".strip(), lead)
    return ProjectRisks(first, second, assessment, risk, _action(risk, f"En demander un second {canary}".strip(), lead))


def build(esms: ESMS, canary: str, director: User, project: ProjectRisks) -> RiskWork:
    """Write it, in the elevated role."""
    place, now = Place(esms.project, esms), timezone.now()
    sent = Assessment.objects.create(**place.columns, campaign=project.first, status=AssessmentStatus.CONVERGING)
    _agree(sent, place, canary, director)
    Assessment.objects.filter(pk=sent.pk).update(
        status=AssessmentStatus.TRANSMITTED,
        validated_by=director,
        validated_at=now,
        transmitted_by=director,
        transmitted_at=now,
    )
    sent.refresh_from_db()
    assessment = Assessment.objects.create(**place.columns, campaign=project.second, asks_all=False, based_on=sent)
    respondent = Respondent.objects.create(
        **place.columns, assessment=assessment, user=director, capacity=Capacity.DIRECTION, asked_by=director
    )
    Mark.objects.create(
        **place.columns,
        assessment=assessment,
        respondent=respondent,
        user=director,
        question=HIGH,
        value=9,
        comment=untold(canary),
    )
    Assessment.objects.filter(pk=assessment.pk).update(
        status=AssessmentStatus.CONVERGING, converging_by=director, converging_at=now
    )
    assessment.refresh_from_db()
    _agree(assessment, place, untold(canary), director)
    risk = _risk(place, 1, f"Débit insuffisant {canary}", director)
    Risk.objects.filter(pk=risk.pk).update(transmitted_by=director, transmitted_at=now)
    risk.refresh_from_db()
    own = _risk(place, 2, f"Départ d’un cadre {untold(canary)}", director)
    return RiskWork(
        sent=sent,
        assessment=assessment,
        respondent=respondent,
        agreed=AgreedMark.objects.get(assessment=assessment, question=HIGH),
        risk=risk,
        action=_action(risk, f"Poser un relais {canary}", director),
        own=own,
        own_action=_action(own, f"Nommer un suppléant {untold(canary)}", director),
    )


def _agree(assessment: Assessment, place: Place, text: str, by: User) -> None:
    """Every question, a nine at 2.1."""
    AgreedMark.objects.bulk_create(
        AgreedMark(
            **place.columns,
            assessment=assessment,
            question=question.number,
            value=9 if question.number == HIGH else 3,
            comment=text if question.number == HIGH else "",
            agreed_by=by,
        )
        for question in questionnaire().questions
    )


def _risk(place: Place, number: int, title: str, by: User) -> Risk:
    return Risk.objects.create(
        **place.columns,
        number=number,
        title=title,
        category=Category.TECHNICAL,
        probability=3,
        impact=3,
        opened_by=by,
        owner=by,
    )


def _action(risk: Risk, label: str, owner: User) -> RiskAction:
    return RiskAction.objects.create(
        project=risk.project,
        og_id=risk.og_id,
        esms=risk.esms,
        place=risk.place,
        risk=risk,
        label=label,
        owner=owner,
        due_on=timezone.localdate() + timedelta(days=20),
        written_by=owner,
    )
