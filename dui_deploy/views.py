"""Home (« Mon travail ») and the overview of a project: the pages that know every app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from checklist.selectors import my_open_actions, news_for, opinions_asked_of, read_checklist, unhandled_mentions
from dui_deploy.overview import given_figures, overview
from dui_deploy.work import AHEAD, NEWS, Work, work_page
from dui_deploy.work_governed import Governed
from dui_deploy.work_indicators import missing
from dui_deploy.work_risks import risky
from dui_deploy.work_structures import structural
from governance.selectors.alerts import answers_to_read, open_alerts_to_answer
from governance.selectors.bodies import seats_to_answer
from governance.selectors.follow_ups import my_follow_ups
from governance.selectors.meetings import my_meetings
from governance.selectors.votes import votes_to_cast
from indicators.selectors.awaited import overdue_campaigns
from indicators.selectors.campaigns import last_asked
from organisations.enums import Permission, Role
from organisations.models import Membership
from organisations.selectors import projects_of, structures_of
from organisations.tenancy import ProjectView
from risks.selectors.mine import led_assessments, my_risk_actions, questionnaires_asked_of
from structures.selectors.waiting import waiting_in

BODIES = (Role.COSTRAT, Role.COMOP)
READS_BUDGET = (Permission.MANAGE_PROJECT, Permission.VIEW_COSTRAT_REPORTS, Permission.VIEW_OWN_ACTIONS)


class HomeView(View):
    """« Mon travail »: what is asked of me, by date, across projects; my projects; my structures."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user, access, today = request.user, request.access, timezone.localdate()
        my_structures = list(structures_of(access))
        work = Work(
            actions=my_open_actions(user, access),
            opinions=opinions_asked_of(user, access),
            mentions=unhandled_mentions(user, access),
            news=news_for(user, access, today - NEWS),
            governed=Governed(
                seats=seats_to_answer(user, access),
                meetings=my_meetings(user, access, today + AHEAD),
                follow_ups=my_follow_ups(user, access),
                alerts=list(open_alerts_to_answer(user, access)),
                answers=list(answers_to_read(user, access)),
                votes=votes_to_cast(user, access),
            ),
            structural=structural(waiting_in(my_structures, access)),
            risks=risky(
                led_assessments(user, access), questionnaires_asked_of(user, access), my_risk_actions(user, access)
            ),
            indicators=missing(overdue_campaigns(access, today)),
        )
        in_a_body = Membership.objects.active().filter(user=user, role__in=BODIES).exists()
        context = {
            "work": work_page(user, work, today, shared=in_a_body),
            "my_projects": list(projects_of(access)),
            "my_structures": my_structures,
        }
        return render(request, "pages/home.html", context)


class ProjectOverview(ProjectView):
    """Where the project stands, and where to go."""

    permission_required = (Permission.VIEW_PROJECT,)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        access = request.access
        reads_all = access.in_project(self.project, Permission.VIEW_CHECKLIST)
        reads_some = reads_all or access.in_project(self.project, Permission.VIEW_OWN_ACTIONS)
        reading = read_checklist(self.project, request.user, access) if reads_some else None
        reads_figures = access.in_project(self.project, Permission.VIEW_INDICATORS)
        asked = last_asked(self.project, timezone.localdate()) if reads_figures else None
        context = {
            "view": overview(self.project, reading, reads_all=reads_all),
            "given": given_figures(asked, self.project) if asked else None,
            "may_read_budget": access.in_project(self.project, *READS_BUDGET),
        }
        return render(request, "pages/project.html", context)
