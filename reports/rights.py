"""Who reads and who asks for which document: one dataclass a request, asked by pages and workers alike."""

from dataclasses import dataclass

from governance.rights import Rights, rights_of
from organisations.access import Access
from organisations.enums import Level, Permission
from organisations.models import ESMS, Project, User
from reports.enums import ReportKind
from reports.kinds import KINDS, Kind
from reports.models import Report


@dataclass(frozen=True)
class Reader:
    """What one person may read and ask for among the documents of a project."""

    project: Project
    access: Access
    governance: Rights

    def reads(self, report: Report) -> bool:
        """Whether they may know of this one. `report` comes with its structure, its meeting and that one's body, if
        it has one."""
        kind = KINDS[ReportKind(report.kind)]
        if kind.about_a_structure:
            return report.esms is not None and self._reads_inside(kind, report, report.esms)
        if not kind.about_a_meeting:
            return self.access.in_project(self.project, *kind.reads)
        return report.meeting is not None and self.governance.reads_meeting(report.meeting)

    def _reads_inside(self, kind: Kind, report: Report, esms: ESMS) -> bool:
        if kind.once_transmitted and not report.transmitted:
            return self.works_in(esms)
        return self.access.in_esms(esms, *kind.reads) or (
            report.consolidated and self.access.in_esms(esms, Permission.VIEW_VALIDATED_MATRICES)
        )

    def works_in(self, esms: ESMS) -> bool:
        """Whether they are of the structure itself, rather than above it."""
        return str(esms.pk) in self.access.ids_with(Level.ESMS, Permission.VIEW_STRUCTURES)

    def asks(self, kind: Kind, esms: ESMS | None = None) -> bool:
        """Whether they may ask for one, of that structure if it is about one: who couldn't read it doesn't."""
        if kind.about_a_structure:
            return esms is not None and self.access.in_esms(esms, kind.asks)
        reads = kind.about_a_meeting or self.access.in_project(self.project, *kind.reads)
        return reads and self.access.in_project(self.project, kind.asks)

    def knows_who_asked(self, report: Report) -> bool:
        """Who may not see the inside of a structure isn't told who asks for its documents, unless these name people."""
        inside = report.esms is None or self.access.in_esms(report.esms, Permission.VIEW_STRUCTURES)
        return inside or report.named

    @property
    def asked_kinds(self) -> list[Kind]:
        """The kinds of the project's documents that they may ask for, in their order."""
        return [kind for kind in KINDS.values() if self.asks(kind)]


def reader_of(user: User, project: Project, access: Access) -> Reader:
    """One query."""
    return Reader(project, access, rights_of(user, project, access))
