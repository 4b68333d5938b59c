"""Home (« Mon travail ») and the overview of a project: the pages that know every app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from checklist import presentation
from checklist.selectors import my_open_actions, read_checklist
from dui_deploy.work import work_page
from organisations.enums import Permission
from organisations.selectors import projects_of, structures_of
from organisations.tenancy import ProjectView


class HomeView(View):
    """« Mon travail »: what is asked of me, by date, across projects; my projects; my structures."""

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "work": work_page(request.user, my_open_actions(request.user), timezone.localdate()),
            "my_projects": list(projects_of(request.access)),
            "my_structures": list(structures_of(request.access)),
        }
        return render(request, "pages/home.html", context)


class ProjectOverview(ProjectView):
    """Where the project stands, and where to go."""

    permission_required = (Permission.VIEW_PROJECT,)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        context = {"may_read_checklist": request.access.in_project(self.project, Permission.VIEW_CHECKLIST)}
        if context["may_read_checklist"]:
            reading = read_checklist(self.project, request.user, request.access)
            context["carpet"] = presentation.carpet(reading, self.project, "Les actions de la checklist")
        return render(request, "pages/project.html", context)
