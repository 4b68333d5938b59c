"""What a risk has to do with elsewhere: linked, taken away, put back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from common.errors import DomainError
from risks.forms.register import LinkForm
from risks.presentation.risk import link_choices
from risks.services import links
from risks.views.base import FILL, LEAD, InProject, InStructure
from risks.views.risk import OneRiskView


class LinkPage(OneRiskView, abstract=True):
    """Link the risk with an action of the checklist, or an alert."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = LinkForm(request.POST, choices=link_choices(self.around()), auto_id="lien-%s")
        if not form.is_valid():
            return self.show(link_form=form, status=422)
        source, key = form.chosen
        links.link(risk=self.risk, source=source, source_id=key, by=request.user)
        undo_url = self.place.url("risk_unlink", self.risk.number, source, key)
        return self.told("Le lien est fait.", self.url("liens"), undo_url=undo_url)


class StructureLink(LinkPage, InStructure):
    permission_required = FILL


class ProjectLink(LinkPage, InProject):
    permission_required = LEAD


class UnlinkPage(OneRiskView, abstract=True):
    """Take a link away."""

    def post(self, request: HttpRequest, source: str, key: UUID, **kwargs: Any) -> HttpResponse:
        links.unlink(risk=self.risk, source=source, source_id=key)
        undo_url = self.place.url("risk_relink", self.risk.number, source, key)
        return self.told("Le lien est retiré.", self.url("liens"), undo_url=undo_url)


class StructureUnlink(UnlinkPage, InStructure):
    permission_required = FILL


class ProjectUnlink(UnlinkPage, InProject):
    permission_required = LEAD


class RelinkPage(OneRiskView, abstract=True):
    """Put a link back."""

    def post(self, request: HttpRequest, source: str, key: UUID, **kwargs: Any) -> HttpResponse:
        try:
            links.link(risk=self.risk, source=source, source_id=key, by=request.user)
        except DomainError as error:
            return self.refuse(error)
        return self.told("Le lien est de nouveau là.", self.url("liens"))


class StructureRelink(RelinkPage, InStructure):
    permission_required = FILL


class ProjectRelink(RelinkPage, InProject):
    permission_required = LEAD
