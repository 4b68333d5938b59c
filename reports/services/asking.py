"""Asking for a document. In the request; making it is the worker's (`tasks`, `rendering`)."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from common.errors import DomainError
from common.french import long_date, typography
from common.jobs.asking import ask, ask_again
from common.locks import one_at_a_time
from common.models import JobState
from common.scope import elevated
from governance.models import Meeting
from organisations.models import ESMS, Project, User
from reports.enums import ReportKind
from reports.kinds import KINDS, Kind
from reports.models import Report
from risks.enums import AssessmentStatus
from risks.models import Assessment
from structures.models import HabilitationMatrix

AT_ONCE = 3  # reports of one person in the making, in one project: the workers are everybody's


@transaction.atomic
def ask_for_report(
    *,
    project: Project,
    kind: ReportKind,
    user: User,
    token: uuid.UUID,
    since: date | None = None,
    filters: str = "",
    meeting: Meeting | None = None,
    sections: Sequence[str] = (),
    esms: ESMS | None = None,
    matrix: HabilitationMatrix | None = None,
    assessment: Assessment | None = None,
    named: bool = False,
) -> Report:
    """Number a report and ask for its making. The same form posted twice gives the same report.

    `since`: the day from which it shows changes; `filters`: those of the page it prints; `meeting`: what it is about,
    with its body; `sections`: codes of those wanted, to which the required ones are added; `esms`: the structure that
    it is about; `matrix`: the version that it shows; `assessment`: the analysis of risks that it shows, for all its
    readers once it is transmitted; `named`: whether it names people.
    Raises DomainError (field) for a day outside the life of the project, a meeting that it can't be about or that is
    missing, a section that it doesn't have; without a field beyond `AT_ONCE`.
    """
    described = KINDS[kind]
    _check_since(project, since)
    _check_meeting(described, project, meeting)
    _check_structure(described, project, esms)
    _check_matrix(described, esms, matrix)
    _check_assessment(described, esms, assessment)
    if unknown := set(sections) - {section.code for section in described.sections}:
        raise DomainError(f"Ce rapport n’a pas de partie « {min(unknown)} ».", field="sections")
    one_at_a_time(f"report-number:{project.pk}")  # so that numbers follow one another
    known = Report.objects.filter(project=project, job__token=token).first()
    if known:
        return known
    asked = Report.objects.filter(project=project, asked_by=user, job__state__in=(JobState.WAITING, JobState.RUNNING))
    if asked.count() >= AT_ONCE:
        raise DomainError("Trois de vos rapports sont déjà en fabrication : attendez que l’un d’eux soit prêt.")
    number = _next_number(project)
    report = Report(
        project=project,
        number=number,
        kind=kind,
        meeting=meeting,
        since=since,
        sections=described.kept(sections),
        filters=filters,
        asked_by=user,
        esms=esms,
        og_id=esms.og_id if esms else None,
        matrix=matrix,
        assessment=assessment,
        named=named,
        transmitted=assessment is not None and assessment.transmitted,
    )
    report.job, _ = ask(
        kind=kind.value,
        title=f"{kind.label}, rapport n° {number}",  # read by the whole project: it names no structure
        project_id=project.pk,
        asked_by=user,
        arguments={"report": str(report.pk)},
        token=token,
    )
    report.save()
    return report


def _next_number(project: Project) -> int:
    """Elevated: numbers follow one another over all the documents of the project, those of structures included."""
    with elevated():
        return (Report.objects.filter(project=project).aggregate(last=Max("number"))["last"] or 0) + 1


def _check_structure(kind: Kind, project: Project, esms: ESMS | None) -> None:
    if kind.about_a_structure is not (esms is not None) or (esms is not None and esms.project_id != project.pk):
        raise DomainError("Choisissez la structure dont vous voulez le document.")


def _check_matrix(kind: Kind, esms: ESMS | None, matrix: HabilitationMatrix | None) -> None:
    expected = kind.kind == ReportKind.HABILITATION_MATRIX
    if expected is not (matrix is not None) or (matrix is not None and (esms is None or matrix.esms_id != esms.pk)):
        raise DomainError("Choisissez la version de la matrice.", field="matrix")


def _check_assessment(kind: Kind, esms: ESMS | None, assessment: Assessment | None) -> None:
    expected = kind.kind == ReportKind.RISK_ANALYSIS
    mine = assessment is None or (esms is not None and assessment.esms_id == esms.pk)
    if expected is not (assessment is not None) or not mine:
        raise DomainError("Choisissez la campagne dont vous voulez l’analyse.", field="assessment")
    if assessment is not None and assessment.status == AssessmentStatus.ANSWERING:
        raise DomainError(
            "Les notes ne sont pas encore mises en commun : il n’y a rien à imprimer.", field="assessment"
        )


def _check_since(project: Project, since: date | None) -> None:
    if since is None:
        return
    if since < project.started_on:
        raise DomainError(
            typography(f"Le projet a commencé le {long_date(project.started_on)} : choisissez une date ultérieure."),
            field="since",
        )
    if since > timezone.localdate():
        raise DomainError("Cette date est à venir : choisissez un jour passé.", field="since")


def _check_meeting(kind: Kind, project: Project, meeting: Meeting | None) -> None:
    if meeting is None:
        if kind.about_a_meeting:
            raise DomainError("Choisissez la séance dont vous voulez le document.", field="meeting")
        return
    fits = meeting.project_id == project.pk and meeting.status in kind.statuses
    if not fits or (kind.body is not None and meeting.body.kind != kind.body):
        raise DomainError("Ce document ne se fait pas pour cette séance.", field="meeting")


@transaction.atomic
def try_again(report: Report) -> None:
    """Put a report whose making failed back in the queue; it keeps its number."""
    if report.job.state == JobState.FAILED:
        ask_again(report.job)
