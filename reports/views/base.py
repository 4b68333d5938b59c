"""What the pages of the reports share: what their reader may read and ask for."""

from functools import cached_property

from django.http import Http404

from organisations.enums import Permission
from organisations.tenancy import EsmsView, ProjectView
from reports.rights import Reader, reader_of
from reports.selectors import listing

# Who has documents of committees to read. A meeting's documents are read by who reads the meeting, at their address.
READS_REPORTS = (Permission.VIEW_COSTRAT_REPORTS, Permission.VIEW_COMOP_REPORTS)
READS_MEETINGS = (*READS_REPORTS, Permission.VIEW_DECISIONS)
READS_STRUCTURES = (Permission.VIEW_STRUCTURES, Permission.VIEW_HABILITATIONS)


class DocumentsView(ProjectView, abstract=True):
    """A page about documents; `self.reader` says whose."""

    @cached_property
    def reader(self) -> Reader:
        return reader_of(self.request.user, self.project, self.request.access)


class StructureDocumentsView(EsmsView, DocumentsView, abstract=True):
    """A page about the documents of one structure. The vendor knows of it once its matrix was consolidated."""

    visible_with = permission_required = (*READS_STRUCTURES, Permission.VIEW_VALIDATED_MATRICES)

    def has_permission(self) -> bool:
        inside = self.request.access.in_esms(self.esms, *READS_STRUCTURES)
        if not inside and not listing.has_consolidated_matrix(self.esms):
            raise Http404
        return super().has_permission()
