"""Query budgets of the documents and the people: the same number of queries with 1, 3 and 30 rows, 12 and 300
structures."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from common.scope import elevated
from organisations.enums import Role
from organisations.models import ESMS, ESMSProfile
from structures.asks import _finders as ask_finders
from structures.enums.documents import DocumentKind
from structures.facts import _finders as fact_finders
from structures.models import Application, DocumentAbsence, RequestedDocument
from tests.factories import ESMSFactory, MembershipFactory, UserFactory
from tests.harness.queries import counted
from tests.harness.world import SLUG, World
from tests.structures.resource_factories import (
    AbsenceFactory,
    ApplicationFactory,
    CallFactory,
    ContactFactory,
    DocumentFactory,
    DocumentVersionFactory,
    LetterFactory,
    request_documents,
)

pytestmark = pytest.mark.django_db(transaction=True)

Grow = Callable[[World], None]


def foyer(world: World) -> ESMS:
    return world.own.structures[0]


def documents(world: World) -> None:
    DocumentFactory(esms=foyer(world), title=f"Document {uuid.uuid4()}", added_by=UserFactory())


def versions(world: World) -> None:
    found = world.own.work[0].resources
    with elevated():
        number = found.document.versions.count() + 1
    DocumentVersionFactory(document=found.document, number=number, deposited_by=UserFactory())


def requests(world: World) -> None:
    request_documents([foyer(world)], UserFactory(), list(DocumentKind)[5:9])


def contacts(world: World) -> None:
    ContactFactory(esms=foyer(world), authorised_by=UserFactory(), added_by=world.lead)


def applications(world: World) -> None:
    call = CallFactory(project=world.project, opened_by=UserFactory())
    ApplicationFactory(esms=foyer(world), call=call, added_by=world.lead, decided_by=UserFactory())
    ApplicationFactory(esms=foyer(world), draft=True, added_by=world.lead)


def letters(world: World) -> None:
    user = UserFactory()
    MembershipFactory(user=user, role=Role.LOCAL_REFERENT, target=foyer(world))
    LetterFactory(esms=foyer(world), referent=user, appointed_by=UserFactory())


def structures(world: World) -> None:
    """Another structure that answers, owes and proposes."""
    esms = ESMSFactory(og=world.own.ogs[0])
    request_documents([esms], world.lead, [DocumentKind.IT_ROADMAP, DocumentKind.IT_CHARTER])
    DocumentFactory(esms=esms, added_by=world.lead)
    AbsenceFactory(esms=esms, told_by=world.lead)
    ApplicationFactory(esms=esms, added_by=world.lead)


CASES: dict[str, tuple[str, Grow]] = {
    "base, documents": ("document_base", documents),
    "base, requests": ("document_base", requests),
    "document, versions": ("document", versions),
    "people, contacts": ("people_home", contacts),
    "people, applications": ("people_home", applications),
    "people, letters": ("people_home", letters),
    "follow-up of documents, structures": ("document_follow_up", structures),
    "follow-up of documents, requests": ("document_follow_up", requests),
    "request, structures": ("document_ask", structures),
    "directory, structures": ("people_follow_up", structures),
    "directory, applications": ("people_follow_up", applications),
    "contacts, contacts": ("people_contacts", contacts),
    "contacts, structures": ("people_contacts", structures),
    "call, applications": ("people_call", applications),
    "export, applications": ("people_follow_up_export?format=csv", applications),
}


def address(name: str, world: World) -> str:
    found = world.own.work[0].resources
    name, _, query = name.partition("?")
    more = {
        "document_base": ["foyer"],
        "document": ["foyer", found.document.pk],
        "people_home": ["foyer"],
        "people_call": [found.call.pk],
    }.get(name, [])
    return reverse(name, args=[SLUG, *more]) + (f"?{query}" if query else "")


def ask(client: Client, path: str) -> list[str]:
    with counted() as queries:
        assert client.get(path).status_code == 200
    return queries


@pytest.mark.parametrize("case", CASES)
def test_the_number_of_rows_does_not_change_the_number_of_queries(world: World, client_as: Callable, case: str) -> None:
    name, grow = CASES[case]
    client, path, counts = client_as(world.lead), address(name, world), []
    for more in (1, 2, 27):
        for _ in range(more):
            grow(world)
        counts.append(ask(client, path))
    assert [len(queries) for queries in counts] == [len(counts[0])] * 3, "\n".join(counts[-1])
    assert len(counts[0]) <= 20, "\n".join(counts[0])


@pytest.mark.parametrize("tool", ["documents", "people"])
def test_what_the_tools_tell_and_ask_costs_the_same_whatever_the_structures(world: World, tool: str) -> None:
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            structures(world)
        with elevated():
            found = list(ESMS.objects.filter(project=world.project).select_related("project", "og").order_by("pk"))
            with counted() as queries:
                fact_finders[tool](found)
                ask_finders[tool](found)
        counts.append(len(queries))
    assert counts == [counts[0]] * 3


def crowd(world: World, count: int) -> None:
    """As many structures as that in the project, each of which owes, answers and proposes."""
    og = world.own.ogs[0]
    with elevated():
        made = ESMS.objects.bulk_create(
            ESMS(
                project=world.project,
                og=og,
                slug=f"s-{count}-{n}",
                name=f"Structure {count}-{n:03}",
                category="183",
                comop_category="work",
            )
            for n in range(count - ESMS.objects.filter(project=world.project).count())
        )
        ESMSProfile.objects.bulk_create(ESMSProfile(project=world.project, og=og, esms=esms) for esms in made)
        place = {"project": world.project, "og": og}
        request = world.own.work[0].resources.request
        RequestedDocument.objects.bulk_create(
            RequestedDocument(**place, esms=esms, request=request, kind=kind)
            for esms in made
            for kind in list(DocumentKind)[:4]
        )
        DocumentAbsence.objects.bulk_create(
            DocumentAbsence(**place, esms=esms, kind="it_roadmap", told_by=world.lead) for esms in made
        )
        Application.objects.bulk_create(
            Application(
                **place,
                esms=esms,
                name=f"Personne {esms.name}",
                email="a@exemple.fr",
                function="Infirmière",
                status="submitted",
                person_agreed_on="2026-01-01",
                manager_agreed_on="2026-01-01",
                hours_per_month=4,
                added_by=world.lead,
            )
            for esms in made
        )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("document_follow_up", "297 réponses sur 1191 documents demandés"),
        ("people_follow_up", "300 candidatures attendent une réponse"),
    ],
)
def test_three_hundred_structures_are_followed_in_as_many_queries_as_twelve(
    world: World, client_as: Callable, name: str, told: str
) -> None:
    client, path, counts = client_as(world.lead), reverse(name, args=[SLUG]), []
    for count in (12, 300):
        crowd(world, count)
        counts.append(len(ask(client, path)))
    assert counts[0] == counts[1]
    page = client.get(path).content.decode().replace("\u202f", "").replace("\u00a0", " ")
    assert told in page
    assert len(page) < 100_000
