"""Who reads and who asks for which document: one dataclass a request, asked by pages and workers alike."""

from dataclasses import dataclass

from governance.rights import Rights, rights_of
from organisations.access import Access
from organisations.models import Project, User
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
        """Whether they may know of this one. `report` comes with its meeting and that one's body, if it has one."""
        kind = KINDS[ReportKind(report.kind)]
        if not kind.about_a_meeting:
            return self.access.in_project(self.project, *kind.reads)
        return report.meeting is not None and self.governance.reads_meeting(report.meeting)

    def asks(self, kind: Kind) -> bool:
        """Whether they may ask for one: who couldn't read it doesn't."""
        reads = kind.about_a_meeting or self.access.in_project(self.project, *kind.reads)
        return reads and self.access.in_project(self.project, kind.asks)

    @property
    def asked_kinds(self) -> list[Kind]:
        """The kinds that they may ask for, in their order."""
        return [kind for kind in KINDS.values() if self.asks(kind)]


def reader_of(user: User, project: Project, access: Access) -> Reader:
    """One query."""
    return Reader(project, access, rights_of(user, project, access))
