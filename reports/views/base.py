"""What the pages of the reports share: what their reader may read and ask for."""

from functools import cached_property

from organisations.enums import Permission
from organisations.tenancy import ProjectView
from reports.rights import Reader, reader_of

# Who has documents of committees to read. A meeting's documents are read by who reads the meeting, at their address.
READS_REPORTS = (Permission.VIEW_COSTRAT_REPORTS, Permission.VIEW_COMOP_REPORTS)
READS_MEETINGS = (*READS_REPORTS, Permission.VIEW_DECISIONS)


class DocumentsView(ProjectView, abstract=True):
    """A page about documents; `self.reader` says whose."""

    @cached_property
    def reader(self) -> Reader:
        return reader_of(self.request.user, self.project, self.request.access)
