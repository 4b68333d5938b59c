"""What waits in the governance of a project, for this reader."""

from django.http import HttpRequest, HttpResponse

from governance import presentation
from governance.selectors.waiting import waiting_for
from governance.views.base import GovernanceView
from organisations.enums import Permission


class HomeView(GovernanceView):
    """Dates and bodies are known to all who take part; each reads the rest as far as it is theirs."""

    permission_required = (Permission.VIEW_PROJECT,)
    tab = "governance"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        waiting = waiting_for(self.project, request.user, self.rights, request.access)
        return self.page(
            "governance/home.html",
            {"view": presentation.home_page(self.project, waiting, prepares=self.rights.prepares)},
        )
