"""The two requests that are measured, as often as asked, in figures."""

import statistics
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from checklist.enums import Status
from checklist.models import Action
from common.scope import elevated
from dui_deploy.bench.server import Answer, Server, Unexpected, Visitor
from dui_deploy.bench.world import Measured
from organisations.models import User

WARM_UP = 16  # ticks, so that each thread has made one or two


@dataclass(frozen=True)
class Figures:
    """One request, measured many times, by one person. Milliseconds and bytes."""

    request: str
    person: str
    projects: int
    median: float
    p95: float
    computing: float
    in_database: float
    queries: int
    size: int


def measure(server: Server, measured: Measured, *, projects: int, times: int) -> tuple[list[Figures], int]:
    """The page and the tick, by both people, with this many projects in the database. Also the worker's process id."""
    page = f"{reverse('checklist', args=[measured.slug])}?{urlencode({'etape': measured.step})}"
    people = {"une structure": measured.one_structure, "tous les projets": measured.everything}
    visitors = {name: server.client(user) for name, user in people.items()}
    server.warm_up(list(visitors.values()), page)
    found, process = [], 0
    for name, visitor in visitors.items():
        browser = visitor.fresh()  # gunicorn closes a connection that was silent for two seconds
        answers = [browser.get(page) for _ in range(times)]
        found.append(_figures("Page d’une étape", name, projects, answers))
        process = answers[-1].process
    for name, visitor in visitors.items():
        ticks = _ticks(visitor.fresh(), measured, times + WARM_UP)[WARM_UP:]
        found.append(_figures("Un état changé", name, projects, ticks))
    return found, process


def measure_dashboard(
    server: Server, readers: dict[str, User], slug: str, *, projects: int, times: int
) -> list[Figures]:
    """The dashboard of indicators of a project, over the family that is looked at first, by each of these people."""
    page = reverse("indicators", args=[slug])
    visitors = {name: server.client(user) for name, user in readers.items()}
    server.warm_up(list(visitors.values()), page)
    return [
        _figures("Tableau de bord", name, projects, [browser.get(page) for _ in range(times)])
        for name, visitor in visitors.items()
        for browser in (visitor.fresh(),)
    ]


def _ticks(visitor: Visitor, measured: Measured, times: int) -> list[Answer]:
    """Tick one action, to OK and back, each time with the version that the last answer left."""
    with elevated():
        version = Action.objects.get(pk=measured.action_id).version
    address = reverse("checklist_status", args=[measured.slug, measured.action_number])
    answers = []
    for number in range(times):
        status = (Status.OK, Status.IN_PROGRESS)[number % 2]
        answer = visitor.post(address, {"version": version, "status": status.value})
        version += 1
        if f'name="version" value="{version}"' not in answer.body:
            raise Unexpected(f"Le changement d’état n° {number + 1} n’a rien écrit.")
        answers.append(answer)
    return answers


def _figures(request: str, person: str, projects: int, answers: list[Answer]) -> Figures:
    times = [answer.milliseconds for answer in answers]
    return Figures(
        request=request,
        person=person,
        projects=projects,
        median=statistics.median(times),
        p95=statistics.quantiles(times, n=20, method="inclusive")[-1],
        computing=statistics.median(answer.computing for answer in answers),
        in_database=statistics.median(answer.in_database for answer in answers),
        queries=round(statistics.median(answer.queries for answer in answers)),
        size=round(statistics.median(answer.size for answer in answers)),
    )
