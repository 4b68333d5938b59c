"""Query budgets of the matrices as the project follows them: as many with 12 structures as with 300."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.scope import elevated
from organisations.enums import Role
from organisations.models import ESMS, Project, User, place_of
from structures.catalogue.habilitations import catalogue
from structures.enums.habilitations import MatrixStatus
from structures.models import HabilitationMatrix, MatrixCell, MatrixProfile
from tests.factories import (
    ESMSFactory,
    JobFactory,
    MembershipFactory,
    OGFactory,
    ProjectFactory,
    ReportFactory,
    UserFactory,
)
from tests.harness.queries import counted
from tests.harness.world import SLUG, World
from tests.structures.habilitation_matrices import HEADS, WHY

pytestmark = pytest.mark.django_db(transaction=True)
BUDGET = 12


def many(project: Project, user: User, first: int, last: int) -> None:
    """Structures whose matrix is consolidated, validated, or being prepared, by turns; written in a few statements."""
    with elevated():
        og = OGFactory(project=project, name=f"OG {first}", short_name=f"OG {first}")
        structures = [
            ESMSFactory(og=og, name=f"Structure {index:03d}", slug=f"s{index:03d}") for index in range(first, last)
        ]
        matrices = [
            HabilitationMatrix(**place_of(esms), number=1, catalogue_version=1, started_by=user) for esms in structures
        ]
        HabilitationMatrix.objects.bulk_create(matrices)
        MatrixProfile.objects.bulk_create(
            MatrixProfile(
                **place_of(matrix.esms),
                matrix=matrix,
                profile=code,
                users_count=HEADS.get(code),
                unused=code not in HEADS,
            )
            for matrix in matrices
            for code in catalogue().profiles
        )
        MatrixCell.objects.bulk_create(
            MatrixCell(
                **place_of(matrix.esms),
                matrix=matrix,
                profile="educator",
                domain=domain,
                level="read",
                perimeter="unit",
                justification=WHY,
            )
            for matrix in matrices
            for domain in ("rehabilitation_care", "nursing_care")
        )
        day = timezone.now() - timedelta(days=20)
        approved = {"approved_by": user, "approved_at": day}
        moves = (
            {"status": MatrixStatus.CONSOLIDATED, "consolidated_by": user, "consolidated_at": day, **approved},
            {"status": MatrixStatus.APPROVED, **approved},
        )
        for turn, values in enumerate(moves):
            ids = [matrix.pk for index, matrix in enumerate(matrices) if index % 3 == turn]
            HabilitationMatrix.objects.filter(pk__in=ids).update(**values)


def test_pages_and_workbooks_ask_as_much_with_twelve_structures_as_with_three_hundred(
    db: None, client_as: Callable[[User], Client]
) -> None:
    project = ProjectFactory(slug="grand", name="Grand projet", short_name="Grand")
    people = {role: UserFactory() for role in (Role.PROJECT_LEAD, Role.VENDOR)}
    for role, user in people.items():
        MembershipFactory(user=user, role=role, target=project)
    lead, vendor = (client_as(people[role]) for role in (Role.PROJECT_LEAD, Role.VENDOR))
    asked = [
        (lead, "habilitation_follow_up", ()),
        (lead, "habilitation_gaps", ()),
        (lead, "habilitation_gap", ("educator", "nursing_care")),
        (lead, "habilitation_export_all", ()),
        (vendor, "habilitation_follow_up", ()),
        (vendor, "habilitation_export_all", ()),
    ]
    found: list[list[int]] = []
    many(project, people[Role.PROJECT_LEAD], 0, 12)
    for _ in range(2):
        numbers = []
        for client, name, more in asked:
            with counted() as queries:
                assert client.get(reverse(name, args=["grand", *more])).status_code == 200, name
            numbers.append(len(queries))
        found.append(numbers)
        if len(found) == 1:
            many(project, people[Role.PROJECT_LEAD], 12, 300)
    assert ESMS.objects.count() == 0  # the structures are nobody's outside a scope
    assert found[0] == found[1]
    assert max(found[0]) <= BUDGET, dict(zip([name for _, name, _ in asked], found[0], strict=True))


def test_the_documents_of_a_structure_ask_as_much_with_one_three_or_thirty(
    world: World, client_as: Callable[[User], Client]
) -> None:
    director, esms = world.person(Role.ESMS_DIRECTOR), world.own.structures[0]
    client, number, numbers = client_as(director), 100, []
    for count in (1, 3, 26):
        for _ in range(count):
            number += 1
            kind = "habilitation_matrix"
            ReportFactory(
                project=world.project,
                number=number,
                kind=kind,
                asked_by=UserFactory(),
                esms=esms,
                og=esms.og,
                matrix=world.own.work[0].habilitations.approved,
                since=None,
                job=JobFactory(project_id=world.project.pk, kind=kind, finished=True),
            )
        with counted() as queries:
            page = client.get(reverse("structure_reports", args=[SLUG, "foyer"]))
        assert f"{number}. Matrice" in page.content.decode()
        numbers.append(len(queries))
    assert numbers == [numbers[0]] * 3
    assert numbers[0] <= BUDGET + 2  # and whether it gave indicators of which a document may be made
