"""The first wall: views of one project or one structure, which refuse to exist without a declared permission.

The project and the structure come from the URL. Another tenant's id answers 404, just like one that doesn't exist;
a missing right within one's own tenant answers 403.
"""

from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpRequest, HttpResponse
from django.views import View

from common.policies import in_scope
from organisations.enums import Permission
from organisations.models import ESMS, Project

SWITCHER_SIZE = 8

# What is left of each part of the scope within the project that a query on organisations_project finds.
_WITHIN = {
    "project_ids": "array[organisations_project.id]",
    **{
        setting: f"array(select organisations_project.id where {in_scope('organisations_project.id', setting)})"
        for setting in (
            "structure_project_ids",
            "council_project_ids",
            "alert_project_ids",
            "checklist_project_ids",
            "document_project_ids",
            "habilitation_project_ids",
            "validated_matrix_project_ids",
            "common_need_project_ids",
            "risk_project_ids",
            "indicator_project_ids",
        )
    },
    **{
        setting: f"array(select og.id from organisations_og og where og.project_id = organisations_project.id "  # noqa: S608  our own names
        f"and {in_scope('og.id', setting)})"
        for setting in ("og_ids", "arbitration_og_ids")
    },
    **{
        setting: f"array(select esms.id from organisations_esms esms where esms.project_id = organisations_project.id "  # noqa: S608
        f"and {in_scope('esms.id', setting)})"
        for setting in ("esms_ids", "arbitration_esms_ids")
    },
}
# The rows of that query itself were admitted before: a policy reads its array once a statement.
_NARROWS = "case when organisations_project.slug = %s then concat({}) end".format(
    ", ".join(f"set_config('dui.{setting}', ({ids})::text, true)" for setting, ids in _WITHIN.items())
)
# Whether the reader directs an OG of that project: its follow-up is open to them.
_DIRECTS = (
    "exists (select from organisations_og og where og.project_id = organisations_project.id "
    f"and {in_scope('og.id', 'og_ids')})"
)


class TenantView(View):
    """Base of the views below. `permission_required`: one of these is enough."""

    permission_required: ClassVar[tuple[Permission, ...]]
    request: HttpRequest

    def __init_subclass__(cls, *, abstract: bool = False, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if not abstract and not getattr(cls, "permission_required", ()):
            raise ImproperlyConfigured(f"{cls.__qualname__} declares no permission_required.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.find_tenant(**kwargs)
        if not self.has_permission():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def find_tenant(self, **kwargs: Any) -> None:
        raise NotImplementedError

    def has_permission(self) -> bool:
        raise NotImplementedError


class ProjectView(TenantView, abstract=True):
    """A view of one project: `self.project`, from `slug` in the URL.

    From there on the database shows the rows of this project only, whatever else the person takes part in.
    """

    project: Project

    def find_tenant(self, slug: str, **kwargs: Any) -> None:
        # The project and those that the switcher offers, and the narrowing of the scope, in one query.
        this_one = ExpressionWrapper(Q(slug=slug), output_field=BooleanField())
        found = Project.objects.visible_to(self.request.access).order_by(this_one.desc(), "name")
        found = found.annotate(directs_og=RawSQL(_DIRECTS, []), narrowed=RawSQL(_NARROWS, [slug]))  # noqa: S611  our own SQL
        projects = list(found[: SWITCHER_SIZE + 1])
        if not projects or projects[0].slug != slug:
            raise Http404
        self.project = self.request.project = projects[0]
        self.request.projects = sorted(projects, key=lambda item: item.name)

    def has_permission(self) -> bool:
        return self.request.access.in_project(self.project, *self.permission_required)

    def require(self, *permissions: Permission) -> None:
        """Raises PermissionDenied unless one of these is granted too: what one method needs above the view."""
        if not self.request.access.in_project(self.project, *permissions):
            raise PermissionDenied


class EsmsView(ProjectView, abstract=True):
    """A view of one structure: `self.esms`, from `esms_slug` in the URL. The right may come from above it.

    `visible_with`: one of these lets a person know what the page is about; the others are answered 404.
    """

    esms: ESMS
    visible_with: ClassVar[tuple[Permission, ...]] = (Permission.VIEW_STRUCTURES,)

    def find_tenant(self, slug: str, esms_slug: str, **kwargs: Any) -> None:
        super().find_tenant(slug, **kwargs)
        esms = ESMS.objects.select_related("og", "profile", "wave").filter(project=self.project, slug=esms_slug).first()
        # Who may not see the inside of a structure is not told that it has one.
        if esms is None or not self.request.access.in_esms(esms, *self.visible_with):
            raise Http404
        esms.project = self.project
        self.esms = self.request.esms = esms

    def has_permission(self) -> bool:
        return self.request.access.in_esms(self.esms, *self.permission_required)
