"""Who reads which document, and who asks for it: the table of product.md, « reports: ask / read »."""

from collections.abc import Callable

import pytest
from django.test import Client

from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from reports.enums import ReportKind
from reports.kinds import KINDS, kind_at
from reports.models import OF_A_MEETING, Report
from reports.rights import reader_of
from tests.factories import JobFactory, MandateFactory, MeetingFactory, ReportFactory
from tests.harness.htmx import parse, text
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db
PAGE = f"/projets/{SLUG}/rapports/"
K = ReportKind

OF_COSTRAT = {K.COSTRAT_ARBITRATIONS, K.CHECKLIST_FOR_COSTRAT, K.CHECKLIST}
OF_COMOP = {K.COMOP_FOLLOW_UP}
MEETINGS = {K.AGENDA, K.MINUTES}
OF_PROJECT = [kind for kind in K if not KINDS[kind].about_a_structure]
EVERY = set(OF_PROJECT)
FOR_MANY = EVERY - {K.RISKS_CONSOLIDATED}  # who leads the analysis of risks reads that one alone
ASKED_BY_MEMBERS = OF_COSTRAT
# Of documents about a COSTRAT.
READS = {
    Role.PROJECT_LEAD: EVERY,
    Role.COSTRAT: OF_COSTRAT | MEETINGS,
    Role.COMOP: OF_COMOP,
    Role.OG_DIRECTOR: FOR_MANY,
    Role.ESMS_DIRECTOR: set(),
    Role.LOCAL_REFERENT: set(),
    Role.DPO: OF_COSTRAT,
    Role.PURCHASING: set(),
    Role.VENDOR: set(),
    Role.OBSERVER: FOR_MANY,
}
ASKS = {Role.PROJECT_LEAD: EVERY, Role.COSTRAT: ASKED_BY_MEMBERS}


@pytest.fixture
def every_kind(world: World) -> dict[ReportKind, Report]:
    """One document of each kind, all about a COSTRAT, and nothing else."""
    meeting = MeetingFactory(body=world.own.governance.costrat, number=90, closed=True)
    with elevated():
        for old in world.own.reports:
            old.delete() if old.job.state != "done" else None
    return {
        kind: ReportFactory(project=world.project, number=100 + number, kind=kind, asked_by=world.lead, meeting=meeting)
        for number, kind in enumerate(OF_PROJECT)
    }


def status(client: Client, report: Report, path: str = "") -> int:
    answer = client.get(f"{PAGE}{report.number}/{path}")
    if answer.streaming:
        b"".join(answer.streaming_content)  # so that its file is closed
    return answer.status_code


@pytest.mark.parametrize("role", list(Role))
def test_each_role_reads_what_the_product_says_and_is_not_told_of_the_rest(
    world: World, client_as: Callable, every_kind: dict[ReportKind, Report], role: Role
) -> None:
    client = client_as(world.person(role))
    opens_one = role not in {Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT, Role.VENDOR}  # the others have nothing to read
    for kind, report in every_kind.items():
        wanted = 200 if kind in READS[role] else 404 if opens_one else 403
        assert status(client, report) == wanted, kind
        assert status(client, report, "document/") == wanted, kind


@pytest.mark.parametrize("role", [role for role in Role if READS[role]])
def test_the_list_shows_and_counts_those_alone(
    world: World, client_as: Callable, every_kind: dict[ReportKind, Report], role: Role
) -> None:
    page = parse(client_as(world.person(role)).get(PAGE).content)
    shown = {int(link.rstrip("/").rsplit("/", 1)[1]) for link in page.xpath("//ul[1]//a/@href") if link[-2].isdigit()}
    assert shown >= {report.number for kind, report in every_kind.items() if kind in READS[role]}
    assert not shown & {report.number for kind, report in every_kind.items() if kind not in READS[role]}
    filters = text(page.xpath("//nav[contains(@class, 'filters')]")[0]) if page.xpath("//nav[@class='filters']") else ""
    for kind in OF_PROJECT:
        if kind not in READS[role]:
            assert kind.label not in filters


def test_a_kind_is_shown_by_itself(world: World, lead: Client, every_kind: dict[ReportKind, Report]) -> None:
    page = parse(lead.get(PAGE, {"nature": "compte-rendu"}).content)
    titles = [text(item) for item in page.xpath("//main//section[1]//b")]
    assert [title.replace("\xa0", " ") for title in titles if title.startswith("N°")] == [
        f"N° {every_kind[K.MINUTES].number}. Compte rendu"
    ]
    assert lead.get(PAGE, {"nature": "inconnue"}).status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_who_asks_is_who_the_product_says(world: World, client_as: Callable, role: Role) -> None:
    client = client_as(world.person(role))
    asked = {kind for kind in ReportKind if client.get(f"{PAGE}demander/{KINDS[kind].slug}/").status_code == 200}
    assert asked == ASKS.get(role, set())
    with acting_as(world.person(role).pk) as access:
        reader = reader_of(world.person(role), world.project, access)
        assert {kind.kind for kind in reader.asked_kinds} == asked


def test_the_documents_of_a_comop_are_read_by_its_members(world: World, client_as: Callable) -> None:
    meeting = world.own.governance.comop
    agenda = ReportFactory(project=world.project, number=120, kind=K.AGENDA, asked_by=world.lead, meeting=meeting)
    readers = {role for role in Role if status(client_as(world.person(role)), agenda) == 200}
    assert readers == {Role.PROJECT_LEAD, Role.COSTRAT, Role.COMOP, Role.OG_DIRECTOR, Role.OBSERVER}


def test_a_guest_who_reads_the_meeting_reads_its_documents(world: World, client_as: Callable) -> None:
    """Purchasing has no list of reports, but what the COSTRAT that it sits on issues."""
    purchasing, meeting = world.person(Role.PURCHASING), world.own.governance.meeting
    agenda = ReportFactory(project=world.project, number=121, kind=K.AGENDA, asked_by=world.lead, meeting=meeting)
    client = client_as(purchasing)
    assert status(client, agenda) == 404
    MandateFactory(body=meeting.body, user=purchasing, invited=True)
    assert status(client, agenda) == status(client, agenda, "document/") == 200
    assert client.get(PAGE).status_code == 403


def test_a_document_of_a_meeting_needs_one(world: World) -> None:
    from django.db import IntegrityError, transaction

    job = JobFactory(project_id=world.project.pk, asked_by=world.lead, finished=True)
    for kind in OF_A_MEETING:
        with pytest.raises(IntegrityError), transaction.atomic():
            ReportFactory(project=world.project, number=130, kind=kind, asked_by=world.lead, job=job)


def test_an_issued_report_does_not_change_any_more(world: World) -> None:
    from django.db import IntegrityError, transaction

    report = world.own.reports[0]
    for change in ({"content_sha256": "0" * 64, "issued_at": report.asked_at}, {"kind": K.CHECKLIST}, {"number": 77}):
        with elevated(), pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(**change)
    with elevated(), pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).delete()


def test_every_kind_has_its_place_in_the_table() -> None:
    assert set(KINDS) == set(ReportKind)
    of_project = {KINDS[kind] for kind in OF_PROJECT}
    assert {kind_at(kind.slug) for kind in KINDS.values()} - {None} == of_project
    for kind in KINDS.values():
        codes = [section.code for section in kind.sections]
        assert len(codes) == len(set(codes))
        assert kind.kept([]) == [section.code for section in kind.sections if section.required]
        assert kind.kept(codes[::-1]) == codes


@pytest.mark.django_db(transaction=True)
def test_reading_the_rights_asks_as_much_whatever_there_is(world: World) -> None:
    counts = []
    for count in (1, 3, 30):
        for number in range(count):
            MandateFactory(body=world.own.governance.group, user=world.lead, comop_category=f"c{count}-{number}")
        with acting_as(world.lead.pk) as access, counted() as queries:
            reader_of(world.lead, world.project, access)
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
