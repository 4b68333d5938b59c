"""« Indicateurs de la structure »: what it says, what it leaves out, who reads it, how it is asked for."""

import io
import uuid
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import reports.tasks  # noqa: F401  registers what makes the documents, as a worker does when it starts
from common.jobs.execution import run
from common.models import JobState
from common.scope import elevated
from indicators.models import Campaign, Figure, Statement
from indicators.periods import Period
from indicators.presentation.structure_line import shown
from indicators.selectors.definitions import followed
from indicators.selectors.structure import read_structure
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import ESMS, User, place_of
from reports.enums import ReportKind
from reports.fingerprint import fingerprint, printed
from reports.models import Report
from reports.rendering.structure_indicators import curves, groups, splits
from reports.selectors.structure_indicators import (
    StructureIndicatorFacts,
    given_periods,
    period_filter,
    structure_indicator_facts,
)
from reports.services import ask_for_report
from tests.factories import JobFactory, ReportFactory
from tests.harness.htmx import parse
from tests.harness.indicators import RATE, RECORDS, SLOTS, TEXT, current_period
from tests.harness.queries import counted
from tests.harness.world import SLUG, World
from tests.indicators.given import give, split
from tests.pdf import accessibility_faults
from tests.reports.documents import content, made, outline, pages, said, stored
from tests.reports.risk_documents import plain, spaced, url

pytestmark = pytest.mark.django_db
making = pytest.mark.django_db(transaction=True)  # a worker says how far it is outside transactions
Browsers = Callable[[User], Client]
KIND = ReportKind.STRUCTURE_INDICATORS
UNGIVEN, TOLD = "CANARISAISIE", "Lenteurs du lundi matin"
KNOW = {Role.PROJECT_LEAD, Role.OG_DIRECTOR, Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT}


def month() -> Period:
    return current_period().previous


@pytest.fixture
def figures(world: World, esms: ESMS, director: User) -> ESMS:
    """A year of two rates, a split of which one cell is small, a text; the next month is being entered."""
    given(esms, world.own.indicators.before, director)
    give(esms, RATE, month().code, [(20 + number, 50) for number in range(12)])
    give(esms, RECORDS, month().code, [None] * 6 + [(3, 4), (20, 60), (25, 60), (40, 60), (35, 60), (30, 60)])
    [slots] = give(esms, SLOTS, month().code, [100])
    split(slots, {"weekday_day": 70, "weekday_evening": 18, "night": 3, "weekend": 9})
    give(esms, TEXT, month().code, [2], text=TOLD)
    give(esms, TEXT, month().next.code, [1], text=UNGIVEN, published=False)
    give(esms, RATE, month().next.code, [(49, 50)], published=False)
    return esms


def given(esms: ESMS, campaign: Campaign, by: User) -> Statement:
    now = timezone.now()
    with elevated():
        return Statement.objects.create(
            **place_of(esms), campaign=campaign, status="given", given_by=by, given_at=now, first_given_at=now
        )


def facts_of(esms: ESMS, user: User, period: Period | None = None) -> StructureIndicatorFacts:
    with acting_as(user.pk):
        return structure_indicator_facts(esms, period or month())


def asked(esms: ESMS, user: User, period: Period | None = None) -> Report:
    with acting_as(user.pk):
        return ask_for_report(
            project=esms.project,
            kind=KIND,
            user=user,
            token=uuid.uuid4(),
            esms=esms,
            filters=period_filter(period or month()),
        )


# --- What it says ----------------------------------------------------------------------------------------------------


@making
def test_it_says_what_the_page_says(figures: ESMS, director: User, tmp_path: Path) -> None:
    document = content(made(asked(figures, director)))
    assert accessibility_faults(document, tmp_path) == []
    found = said(document)
    with acting_as(director.pk):
        reading = read_structure(figures, followed(figures.project), timezone.localdate(), period=month())
    lines = {line.one.code: shown(line, month()) for line in reading.lines}
    rate = lines[RATE]
    assert (spaced(rate.value), rate.terms, spaced(rate.target)) == ("62 %", "31 sur 50", "80 %")
    for words in (
        rate.value,
        rate.terms,
        f"({rate.target})",
        "Loin de la cible",
        TOLD,
        "En recul",
        lines[RECORDS].value,
    ):
        assert spaced(words) in found, words
    titles = outline(document)
    assert titles[:2] == ["Sommaire", "1. Deux indicateurs demandent l’attention"]
    assert titles[-1] == "Annexe : comment chaque indicateur se compte"
    assert "Numérateur. Comptes" in found
    assert "L’essentiel" in found


def test_every_curve_and_every_row_has_the_figures_of_its_twelve_periods(figures: ESMS, director: User) -> None:
    facts = facts_of(figures, director)
    drawn = dict(curves(facts))[f"courbe-{RATE}"]
    assert [int(value) for value in drawn.series[0].values if value is not None] == list(range(40, 64, 2))
    assert drawn.target == 80
    rows = {row.label: row for group in groups(facts) for row in group.rows}
    label = next(line.one.definition.label for line in facts.there if line.one.code == RATE)
    assert [spaced(cell) for cell in rows[label].cells] == [f"{value} %" for value in range(40, 64, 2)]


def test_small_groups_are_masked_with_their_reason(figures: ESMS, director: User) -> None:
    facts = facts_of(figures, director)
    [table] = splits(facts)
    cells = {label: values[0] for label, values in table.rows}
    assert list(cells.values()).count("masqué") >= 2
    assert "3" not in cells.values()
    assert "moins de cinq" in table.why
    assert facts.splits  # told by the selector alone
    [one] = facts.splits.values()
    assert "night" in one.withheld


def test_a_rate_over_fewer_than_five_people_is_masked(figures: ESMS, director: User) -> None:
    give(figures, RATE, month().code, [(3, 4)])
    rows = {row.label: row for group in groups(facts_of(figures, director)) for row in group.rows}
    label = next(one.definition.label for one in found_of(figures) if one.code == RATE)
    assert rows[label].cells[-1] == "masqué"
    assert "75" not in " ".join(rows[label].cells)


def found_of(esms: ESMS) -> list:
    with elevated():
        return followed(esms.project)


@making
def test_it_holds_nothing_that_is_not_given_whoever_asks(figures: ESMS, director: User, world: World) -> None:
    for user in (director, world.person(Role.LOCAL_REFERENT), world.person(Role.OG_DIRECTOR), world.lead):
        found = said(content(made(asked(figures, user))))
        assert UNGIVEN not in found
        assert "98 %" not in found
        assert TOLD in found
    people = (director, world.person(Role.OG_DIRECTOR), world.lead)
    same = {fingerprint({**facts_of(figures, user).plain(), "read_at": None}) for user in people}
    assert len(same) == 1


@making
def test_it_is_french_titled_and_names_nobody(figures: ESMS, director: User) -> None:
    report = made(asked(figures, director))
    document = content(report)
    with pikepdf.open(io.BytesIO(document)) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        assert str(pdf.docinfo["/Title"]) == "Indicateurs de la structure, Résidence du Pont"
        assert director.get_full_name() not in f"{pdf.docinfo} {pdf.Root.Metadata.read_bytes().decode()}"
    first, *others = pages(document)
    assert f"rapport n° {report.number}" in first
    assert all(printed(report.content_sha256) in page for page in others)
    assert director.get_full_name() not in said(document)


@making
def test_a_structure_without_a_target_nor_a_figure_that_moved_has_its_document_too(
    world: World, esms: ESMS, director: User, tmp_path: Path
) -> None:
    given(esms, world.own.indicators.before, director)
    give(esms, TEXT, month().code, [1], text="Rien à signaler")
    document = content(made(asked(esms, director)))
    assert accessibility_faults(document, tmp_path) == []
    assert "Rien ne demande l’attention" in said(document)


def test_the_fingerprint_changes_with_a_figure_and_a_target(figures: ESMS, director: User, world: World) -> None:
    def code() -> str:
        return fingerprint({**facts_of(figures, director).plain(), "read_at": None})

    seen = [code()]
    give(figures, RATE, month().code, [(45, 50)])
    seen.append(code())
    with elevated():
        world.own.indicators.target.value = 50
        world.own.indicators.target.save()
    seen.append(code())
    assert len(set(seen)) == 3


def test_its_facts_take_a_fixed_number_of_queries(figures: ESMS, director: User) -> None:
    with counted() as few:
        facts_of(figures, director)
    for code in ("tickets_created_count", "tickets_closed_count", "tickets_blocking_open_count"):
        give(figures, code, month().code, [7] * 12)
    with counted() as more:
        facts_of(figures, director)
    assert len(more) == len(few)


# --- Asked -----------------------------------------------------------------------------------------------------------


@making
def test_it_is_asked_followed_listed_and_downloaded(
    world: World, client_as: Browsers, figures: ESMS, director: User
) -> None:
    client = client_as(director)
    listed = parse(client.get(url("structure_reports")).content)
    assert url("structure_indicators_pdf") in listed.xpath("//main//a/@href")
    form = parse(client.get(url("structure_indicators_pdf"), {"periode": month().code}).content)
    [demand] = form.xpath("//form[@id='demande']")
    assert demand.xpath(".//input[@name='period']/@value") == [month().code]  # the one that is given
    posted = {"period": month().code, "token": demand.xpath(".//input[@name='token']/@value")[0]}
    answer = client.post(url("structure_indicators_pdf"), posted)
    assert answer.status_code == 302
    assert client.post(url("structure_indicators_pdf"), posted)["Location"] == answer["Location"]
    number = int(answer["Location"].rstrip("/").rsplit("/", 1)[1])
    with elevated():
        report = Report.objects.select_related("job").get(project=world.project, number=number)
    made(report)
    lines = plain(client.get(url("structure_reports")).content)
    assert f"N° {number}. Indicateurs de la structure" in lines
    assert f"Jusqu’à la fin {spaced(month().genitive)}. Demandé par Odile Nommée" in lines
    file = client.get(url("structure_report_download", number))
    assert b"".join(file.streaming_content)[:5] == b"%PDF-"


def test_a_period_that_was_not_given_is_refused(client_as: Browsers, figures: ESMS, director: User) -> None:
    client = client_as(director)
    for code in (month().next.code, "2020-01", "demain", ""):
        answer = client.post(url("structure_indicators_pdf"), {"period": code, "token": str(uuid.uuid4())})
        assert answer.status_code == 422, code
        assert parse(answer.content).xpath("//*[contains(@class, 'error')]")


def test_before_anything_is_given_there_is_nothing_to_ask_for(client_as: Browsers, esms: ESMS, director: User) -> None:
    client = client_as(director)
    assert client.get(url("structure_indicators_pdf")).status_code == 404
    assert url("structure_indicators_pdf") not in client.get(url("structure_reports")).content.decode()


@making
def test_what_was_taken_back_before_it_is_made_is_not_told(figures: ESMS, director: User) -> None:
    report = asked(figures, director)
    with elevated():
        Statement.objects.filter(esms=figures).update(status="open", given_at=None, given_by=None)
    run(report.job_id)
    found = stored(report)
    assert found.job.state == JobState.FAILED
    assert not found.job.file
    assert "n’est plus rendu" in found.job.error


def test_the_periods_offered_are_those_given_the_latest_first(world: World) -> None:
    with acting_as(world.lead.pk):
        assert given_periods(world.own.structures[0]) == [month()]
        with elevated():
            assert Figure.objects.filter(esms=world.own.structures[0], published=False).exists()


# --- Who may know of it ----------------------------------------------------------------------------------------------


@pytest.fixture
def issued(world: World, figures: ESMS, director: User) -> Report:
    return ReportFactory(
        project=world.project,
        number=71,
        kind=KIND,
        asked_by=director,
        since=None,
        issued_at=timezone.now(),
        content_sha256="71" * 32,
        esms=figures,
        og=figures.og,
        filters=period_filter(month()),
        job=JobFactory(
            project_id=world.project.pk, asked_by=director, kind=KIND, title=f"{KIND.label}, n° 71", finished=True
        ),
    )


def rows(user: User, table: str, column: str, report: Report) -> int:
    """What raw SQL is shown under this person's scope."""
    with acting_as(user.pk), connection.cursor() as cursor:
        cursor.execute(f"select count(distinct {column}) from {table} where {column} = %s", [report.pk])
        return cursor.fetchone()[0]


def test_raw_sql_shows_it_to_who_follows_the_structure_alone(world: World, issued: Report) -> None:
    strangers = (
        world.rival_director,
        world.rival_referent,
        world.sibling_referent,
        world.foreign.people[Role.PROJECT_LEAD],
    )
    for table, column in (("reports_report", "id"), ("reports_reportevent", "pgh_obj_id")):
        for role in Role:
            assert rows(world.person(role), table, column, issued) == (role in KNOW), (role, table)
        for user in strangers:
            assert rows(user, table, column, issued) == 0


@pytest.mark.parametrize("role", list(Role))
def test_pages_answer_as_rows_do(world: World, client_as: Browsers, issued: Report, role: Role) -> None:
    client, known = client_as(world.person(role)), role in KNOW
    expected = 200 if known else 404
    assert client.get(url("structure_report", issued.number)).status_code == expected
    answer = client.get(url("structure_report_download", issued.number))
    assert answer.status_code == expected
    if answer.streaming:
        b"".join(answer.streaming_content)
    assert client.get(url("structure_indicators_pdf")).status_code == expected
    told = plain(client.post(reverse("report_verify", args=[SLUG]), {"code": printed(issued.content_sha256)}).content)
    assert ("Rien ne correspond" not in told) is known
    listed = plain(client.get(url("structure_reports")).content)
    assert (f"N° {issued.number}." in listed) is known
    assert ("Indicateurs de la structure" in listed) is known


def test_the_job_that_the_whole_project_may_see_names_no_structure(world: World, figures: ESMS, director: User) -> None:
    asked(figures, director)
    with acting_as(world.person(Role.OBSERVER).pk), connection.cursor() as cursor:
        for table in ("common_job", "common_jobevent"):
            cursor.execute(f"select t::text from {table} t where kind = %s", [KIND])
            told = "\n".join(row[0] for row in cursor.fetchall())
            assert "Indicateurs de la structure, rapport n°" in told
            for secret in (figures.name, figures.slug, str(figures.pk), month().code):
                assert secret not in told, secret
