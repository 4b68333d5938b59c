"""The documents that one person may know of."""

import hashlib
from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils import timezone

from common.models import WorkerPulse
from governance.enums import MeetingStatus
from governance.models import Meeting
from organisations.models import ESMS, Project
from reports.enums import ReportKind
from reports.kinds import Kind
from reports.models import Report
from reports.rights import Reader
from risks.enums import AssessmentStatus
from risks.models import Assessment
from risks.places import Place
from risks.selectors.assessments import assessments_of
from structures.enums.habilitations import MatrixStatus
from structures.models import HabilitationMatrix


def reports_of(project: Project) -> QuerySet[Report]:
    """Every report of a project, newest first, with their jobs, their meetings and their structures."""
    about = ("meeting__body", "esms", "matrix", "assessment__campaign")
    return Report.objects.filter(project=project).select_related("job", "asked_by", *about)


def committee_reports(project: Project) -> QuerySet[Report]:
    """Those that are about no structure alone."""
    return reports_of(project).filter(esms=None)


def structure_reports(esms: ESMS) -> QuerySet[Report]:
    """Those about one structure."""
    return reports_of(esms.project).filter(esms=esms)


def matrices_of(esms: ESMS) -> QuerySet[HabilitationMatrix]:
    """The versions of a structure's matrix, the latest first."""
    return HabilitationMatrix.objects.filter(esms=esms).order_by("-number")


def analyses_of(esms: ESMS, reader: Reader) -> list[Assessment]:
    """The analyses of risks of a structure that the person may have printed, the latest campaign first: once marks are
    put together for its own people, once they are transmitted for the others. One query."""
    found = assessments_of(Place(esms.project, esms)).exclude(status=AssessmentStatus.ANSWERING)
    return list(found if reader.works_in(esms) else found.filter(status=AssessmentStatus.TRANSMITTED))


def has_consolidated_matrix(esms: ESMS) -> bool:
    """Whether a version of its matrix was consolidated for the vendor. One query."""
    return HabilitationMatrix.objects.filter(esms=esms, status=MatrixStatus.CONSOLIDATED).exists()


def readable(reports: Iterable[Report], reader: Reader) -> list[Report]:
    """Those of these that the person may know of. No query."""
    return [report for report in reports if reader.reads(report)]


def no_worker() -> bool:
    """Whether no worker has done anything lately: what is asked will wait. One query."""
    return not WorkerPulse.objects.filter(seen_at__gte=timezone.now() - WorkerPulse.MAX_AGE).exists()


def with_fingerprint(project: Project, start: str, reader: Reader) -> Report | None:
    """The report whose fingerprint begins so, if the person may know of it. One query."""
    found = reports_of(project).exclude(issued_at=None).filter(content_sha256__startswith=start)
    return next(iter(readable(found, reader)), None)


def with_file(project: Project, sha256: str, reader: Reader) -> Report | None:
    """The report whose file has this SHA-256, if the person may know of it. One query."""
    return next(iter(readable(reports_of(project).filter(job__file_sha256=sha256), reader)), None)


def sha256_of(file: UploadedFile) -> str:
    """Read piece by piece: an upload may be large."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def meetings_for(project: Project, kind: Kind) -> QuerySet[Meeting]:
    """The meetings that a document of this kind may be about, the latest first, with their body."""
    found = Meeting.objects.filter(project=project, status__in=kind.statuses)
    if kind.body:
        found = found.filter(body__kind=kind.body)
    return found.select_related("body").order_by("-starts_at", "pk")


def next_of(meetings: Iterable[Meeting], kind: Kind) -> Meeting | None:
    """The meeting that is most likely meant: for minutes the last one, otherwise the nearest to come."""
    ordered = sorted(meetings, key=lambda meeting: meeting.starts_at)
    if kind.kind == ReportKind.MINUTES:
        return ordered[-1] if ordered else None
    begun = {MeetingStatus.CLOSED}
    return next((meeting for meeting in ordered if meeting.status not in begun), None)
