"""Query budgets of the pathway: the same number with 1, 3 and 30 rows, and with 300 structures."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common import french
from common.scope import elevated
from organisations.enums import Phase, Role
from organisations.models import ESMS, ESMSProfile, Membership, Wave, place_of
from organisations.services import sync_permissions
from structures.catalogue.local_actions import pathway
from structures.enums.pathway import LineState
from structures.models import PathwayLine, Reminder
from tests.factories import ESMSFactory, MembershipFactory, UserFactory
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db(transaction=True)
Grow = Callable[[World], None]


def touched(world: World) -> None:
    """One more line of the structure: submitted, given to a referent of its own."""
    esms = world.own.structures[0]
    referent = UserFactory()
    MembershipFactory(user=referent, role=Role.LOCAL_REFERENT, target=esms)
    with elevated():
        taken = PathwayLine.objects.filter(esms=esms).values_list("action", flat=True)
        action = next(item for item in pathway().actions if item.code not in set(taken))
        PathwayLine.objects.create(
            **place_of(esms),
            action=action.code,
            needs_validation=action.validated,
            state=LineState.SUBMITTED,
            done_on=french.today(),
            evidence="Fait",
            submitted_by=referent,
            submitted_at=timezone.now(),
            **({"delegated_to": referent, "delegated_on": french.today()} if action.delegable else {}),
        )


def versions(world: World) -> None:
    """One more version of the line that the world submitted."""
    with elevated():
        PathwayLine.objects.filter(pk=world.own.work[0].pathway.line.pk).update(evidence=str(uuid.uuid4()))


def reminders(world: World) -> None:
    """One more reminder that nobody has read, a day before the others."""
    esms = world.own.structures[0]
    with elevated():
        first = Reminder.objects.filter(esms=esms).order_by("asked_on")[0]
        Reminder.objects.create(
            **place_of(esms), about="Une étape", asked_by=UserFactory(), asked_on=first.asked_on - timedelta(days=1)
        )


def structures(world: World) -> None:
    """One more structure of the project, late, with its wave, its referent, a reminder and a line."""
    with elevated():
        esms = ESMSFactory(og=world.own.ogs[0], phase=Phase.ROLLOUT)
        count = Wave.objects.filter(project=world.project).count()
        esms.wave = Wave.objects.create(project=world.project, name=f"V{count}", position=count + 1)
        esms.save()
        user = UserFactory()
        MembershipFactory(user=user, role=Role.LOCAL_REFERENT, target=esms)
        Reminder.objects.create(**place_of(esms), about="Une étape", asked_by=user, seen_by=user)
        PathwayLine.objects.create(**place_of(esms), action="act_build_change_plan", state=LineState.IN_PROGRESS)


def mine(world: World) -> None:
    """One more structure of the director, in another OG's project or not, with all that waits in one."""
    structures(world)
    director = world.person(Role.ESMS_DIRECTOR)
    with elevated():
        esms = ESMS.objects.filter(project=world.project).order_by("-pk")[0]
        MembershipFactory(user=director, role=Role.ESMS_DIRECTOR, target=esms)
        PathwayLine.objects.filter(esms=esms).update(
            state=LineState.SUBMITTED,
            done_on=french.today(),
            evidence="Fait",
            submitted_by=director,
            submitted_at=timezone.now(),
        )


def waves(world: World) -> None:
    with elevated():
        count = Wave.objects.filter(project=world.project).count()
        Wave.objects.create(project=world.project, name=f"Vague {count}", position=count + 1)


LINE = {"line": "preparer-la-communication-locale"}
CASES: dict[str, tuple[str, dict[str, str] | None, Role, Grow]] = {
    "home, lines": ("structure", {}, Role.ESMS_DIRECTOR, touched),
    "home, reminders": ("structure", {}, Role.LOCAL_REFERENT, reminders),
    "pathway, lines": ("pathway", {}, Role.ESMS_DIRECTOR, touched),
    "line, versions": ("pathway_line", LINE, Role.ESMS_DIRECTOR, versions),
    "line, lines": ("pathway_line", LINE, Role.ESMS_DIRECTOR, touched),
    "delegation, lines": ("pathway_delegation", {}, Role.ESMS_DIRECTOR, touched),
    "follow-up, structures": ("pathway_follow_up", None, Role.PROJECT_LEAD, structures),
    "follow-up of an OG, structures": ("pathway_follow_up", None, Role.OG_DIRECTOR, structures),
    "totals, structures": ("pathway_follow_up", None, Role.OBSERVER, structures),
    "work, structures": ("home", None, Role.ESMS_DIRECTOR, mine),
    "work, reminders": ("home", None, Role.ESMS_DIRECTOR, reminders),
    "waves": ("project_waves", None, Role.PROJECT_LEAD, waves),
    "directory, waves": ("structures", None, Role.PROJECT_LEAD, structures),
    "sheet, waves": ("structure_team", {}, Role.PROJECT_LEAD, waves),
}


def address(name: str, place: dict[str, str] | None) -> str:
    if name == "home":
        return reverse(name)
    here = {} if place is None else {"esms_slug": "foyer", **place}
    return reverse(name, kwargs={"slug": SLUG, **here})


def ask(client: Client, path: str) -> list[str]:
    with counted() as queries:
        assert client.get(path).status_code == 200
    return queries


@pytest.mark.parametrize("case", CASES)
def test_the_number_of_rows_does_not_change_the_number_of_queries(world: World, client_as: Callable, case: str) -> None:
    name, place, role, grow = CASES[case]
    client, path = client_as(world.person(role)), address(name, place)
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            grow(world)
        counts.append(ask(client, path))
    assert [len(queries) for queries in counts] == [len(counts[0])] * 3, "\n".join(counts[-1])


def test_three_hundred_structures_cost_the_follow_up_nothing_more(world: World, client_as: Callable) -> None:
    structures(world)
    client, path = client_as(world.lead), reverse("pathway_follow_up", args=[SLUG])
    before = len(ask(client, path))
    og = world.own.ogs[0]
    director = UserFactory()
    with elevated():
        made = ESMS.objects.bulk_create(
            ESMS(
                project=world.project,
                og=og,
                slug=f"s{number}",
                name=f"Lot {number}",
                category="500",
                comop_category="other",
                phase=Phase.ROLLOUT,
            )
            for number in range(300)
        )
        ESMSProfile.objects.bulk_create(ESMSProfile(project=world.project, og=og, esms=esms) for esms in made)
        Membership.objects.bulk_create(
            Membership(
                project=world.project,
                og=og,
                esms=esms,
                user=director,
                role=Role.ESMS_DIRECTOR,
                starts_on=french.today(),
            )
            for esms in made
        )
        sync_permissions([director.pk])
        PathwayLine.objects.bulk_create(
            PathwayLine(**place_of(esms), action="act_build_change_plan", state=LineState.IN_PROGRESS) for esms in made
        )
    assert len(ask(client, path)) == before
    with counted() as queries:
        answer = client.post(reverse("pathway_remind", args=[SLUG]), {"token": str(uuid.uuid4())})
    assert answer.status_code == 302
    assert len(queries) < before + 15, "\n".join(queries)
    with elevated():
        assert Reminder.objects.filter(project=world.project, esms__in=made).count() == 300
