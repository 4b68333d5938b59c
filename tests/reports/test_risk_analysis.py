"""« Analyse de risques » of a structure: what it says, what it leaves out, whom it names, how it is asked for."""

import io
import uuid
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

import reports.tasks  # noqa: F401  registers what makes the documents, as a worker does when it starts
from common.errors import DomainError
from common.jobs.execution import run
from common.models import JobState
from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import ESMS, Membership, User
from reports.enums import ReportKind
from reports.fingerprint import fingerprint, printed
from reports.models import Report
from reports.rendering.risk_analysis import holds, radar, said, standing
from reports.selectors.risk_analysis import AnalysisFacts, analysis_facts
from reports.services import ask_for_report
from risks.enums import AssessmentStatus
from risks.models import Assessment, Risk
from risks.places import Place
from risks.selectors.reading import read
from tests.factories import ReportFactory
from tests.harness.htmx import parse
from tests.harness.world import World
from tests.pdf import accessibility_faults
from tests.reports.documents import content, made, outline, pages, stored
from tests.reports.documents import said as words_of
from tests.reports.risk_documents import action, analysis, asked_analysis, flat, plain, risk, spaced, spread, url

pytestmark = pytest.mark.django_db
making = pytest.mark.django_db(transaction=True)  # a worker says how far it is outside transactions
S = AssessmentStatus
Browsers = Callable[[User], Client]
KEPT, TOLD = "CANARIGARDE", "Débit insuffisant au deuxième étage"
WHY = "Le réseau tombe dès que quatre personnes se connectent."


@pytest.fixture
def sent(world: World, esms: ESMS, director: User) -> Assessment:
    """The first campaign, transmitted, with marks all over the scale."""
    return analysis(Place(world.project, esms), world.own.risks.first, director, given=spread(), comments={"2.1": WHY})


@pytest.fixture
def again(world: World, esms: ESMS, director: User, sent: Assessment) -> Assessment:
    """The second, transmitted too: starred questions asked again."""
    place = Place(world.project, esms)
    return analysis(place, world.own.risks.second, director, given=spread(4), comments={"2.2": WHY}, based_on=sent)


@pytest.fixture
def working(world: World, esms: ESMS, director: User, sent: Assessment) -> Assessment:
    """The second, still being put together."""
    place = Place(world.project, esms)
    return analysis(place, world.own.risks.second, director, given=spread(4), based_on=sent, status=S.CONVERGING)


@pytest.fixture
def register(world: World, esms: ESMS, director: User) -> list[Risk]:
    """A transmitted one with an action that is late, and one that the structure keeps for itself."""
    place = Place(world.project, esms)
    told = risk(place, 1, TOLD, director, cell=(4, 4), transmitted=True, cause="Une seule box")
    kept = risk(place, 2, f"Départ {KEPT}", director, cell=(2, 2))
    referent = world.person(Role.LOCAL_REFERENT)
    action(told, "Poser deux relais", referent, director, days=-3, progress=20)
    action(kept, f"Suppléer {KEPT}", referent, director)
    return [told, kept]


def facts_of(found: Assessment, esms: ESMS, user: User, *, named: bool = False) -> AnalysisFacts:
    with acting_as(user.pk):
        return analysis_facts(found, esms, transmitted=found.transmitted, named=named)


# --- What it says ----------------------------------------------------------------------------------------------------


@making
def test_it_says_the_figures_of_the_selectors(
    world: World, esms: ESMS, director: User, again: Assessment, register: list[Risk], tmp_path: Path
) -> None:
    document = content(made(asked_analysis(again, esms, director)))
    assert accessibility_faults(document, tmp_path) == []
    found, facts = words_of(document), facts_of(again, esms, director)
    with acting_as(director.pk):
        read_ = read(Place(world.project, esms), again.campaign.number)
    assert read_ is not None
    scores = read_.reading.scores
    assert [item.points for item in facts.sections] == list(scores.points)
    assert (facts.total.points, facts.total.raw) == (scores.total.points, scores.total.raw)
    assert [mark.number for mark in facts.strongest] == [question.number for question, _ in read_.reading.to_act_on]
    assert facts.total.before == read_.before.scores.total.points if read_.before else None
    assert facts.carried == 62
    for sentence in (said(facts), standing(facts), holds(facts)):
        assert spaced(sentence) in found
    for item in facts.sections:
        assert f"{item.number}. {spaced(item.title)} : {item.points} points sur 100" in found
    assert "les parades et les seuils ne sont pas de l’ANAP" in found
    assert "Ces seuils sont ceux du projet, pas de l’ANAP." in found
    assert "Plus le score est haut, plus le risque est fort." in found
    assert "Modéré" in found
    assert TOLD in found
    assert "4 × 4 = 16" in found
    assert "Une action est en retard." in found
    assert found.count("gardée") >= facts.carried
    assert WHY in found
    assert found.count("Date et signature :") == 2
    assert outline(document)[:3] == [
        "Sommaire",
        "1. Le risque est le plus fort dans « Histoire »",
        f"2. {len(facts.strongest)} notes appellent une action",
    ]


@making
def test_it_is_french_titled_and_bears_its_number_and_fingerprint(esms: ESMS, director: User, sent: Assessment) -> None:
    report = made(asked_analysis(sent, esms, director))
    with pikepdf.open(io.BytesIO(content(report))) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        assert str(pdf.docinfo["/Title"]) == "Analyse de risques, Résidence du Pont"
    first, *others = pages(content(report))
    assert f"rapport n° {report.number}" in first
    assert all(printed(report.content_sha256) in page for page in others)


def test_the_radar_has_the_last_campaign_or_nothing_beneath(
    esms: ESMS, director: User, sent: Assessment, again: Assessment
) -> None:
    alone, compared = (radar(facts_of(one, esms, director)) for one in (sent, again))
    assert alone is not None
    assert compared is not None
    assert (alone.reference, compared.reference_label) == ((), "Début du projet")
    facts = facts_of(again, esms, director)
    assert list(compared.reference) == [item.before for item in facts.sections]
    assert list(compared.values) == [item.points for item in facts.sections]


@making
def test_what_is_transmitted_leaves_out_what_the_structure_keeps_and_says_so(
    world: World, esms: ESMS, director: User, sent: Assessment, register: list[Risk]
) -> None:
    report = made(asked_analysis(sent, esms, director))
    assert report.transmitted
    found = words_of(content(report))
    assert TOLD in found
    assert KEPT not in found
    assert "Ceux qu’elle garde pour elle n’y sont pas." in found
    facts = [facts_of(sent, esms, user) for user in (director, world.lead, world.person(Role.OG_DIRECTOR))]
    plain_facts = {fingerprint({"risks": one.risks, "marks": one.marks, "total": one.total}) for one in facts}
    assert len(plain_facts) == 1  # whoever asks


@making
def test_a_working_document_holds_all_and_says_what_it_is(
    esms: ESMS, director: User, working: Assessment, register: list[Risk]
) -> None:
    report = made(asked_analysis(working, esms, director))
    assert not report.transmitted
    found = words_of(content(report))
    assert TOLD in found
    assert KEPT in found
    assert "document de travail (mise en commun)" in found
    assert "Pas encore transmise." in found


@making
@pytest.mark.parametrize("named", [False, True])
def test_people_are_named_when_the_direction_asks_for_it_and_never_otherwise(
    esms: ESMS, director: User, sent: Assessment, register: list[Risk], named: bool
) -> None:
    document = content(made(asked_analysis(sent, esms, director, named=named)))
    with pikepdf.open(io.BytesIO(document)) as pdf:
        metadata = f"{pdf.docinfo} {pdf.Root.Metadata.read_bytes().decode()}"
    found = f"{words_of(document)} {metadata}"
    with elevated():
        people = [item.user.get_full_name() for item in Membership.objects.select_related("user")]
    assert (director.get_full_name() in found) is named
    if not named:
        assert not [name for name in people if name in found]
        assert "Direction d’ESMS" in found
        owners = {one.owner for item in facts_of(sent, esms, director).risks for one in item.actions}
        assert owners == {"Référent local"}


@making
def test_nothing_marked_and_an_empty_register_make_a_document_all_the_same(
    world: World, esms: ESMS, director: User, tmp_path: Path
) -> None:
    none = analysis(Place(world.project, esms), world.own.risks.first, director, given=lambda rank: None)
    document = content(made(asked_analysis(none, esms, director)))
    assert accessibility_faults(document, tmp_path) == []
    found = words_of(document)
    for words in ("Rien n’est encore noté.", "Aucune note n’appelle d’action", "Aucun risque ouvert au registre"):
        assert words in found


@making
def test_the_fingerprint_changes_with_a_mark_a_risk_or_an_action(
    world: World, esms: ESMS, director: User, working: Assessment, register: list[Risk]
) -> None:
    def code() -> str:
        facts = facts_of(working, esms, director)
        return fingerprint([facts.marks, facts.sections, facts.risks])

    seen = [code()]
    with elevated():
        working.agreed.filter(question="1.1").update(comment="Autre chose")
    seen.append(code())
    with elevated():
        Risk.objects.filter(pk=register[1].pk).update(probability=4)
    seen.append(code())
    action(register[0], "Une de plus", None, director)
    seen.append(code())
    assert len(set(seen)) == 4


# --- Asked -----------------------------------------------------------------------------------------------------------


@making
def test_it_is_asked_followed_listed_and_downloaded(
    world: World, client_as: Browsers, esms: ESMS, director: User, sent: Assessment, working: Assessment
) -> None:
    client = client_as(director)
    listed = parse(client.get(url("structure_reports")).content)
    assert url("risk_analysis_pdf") in listed.xpath("//main//a/@href")
    page = client.get(url("risk_analysis_pdf"), {"campagne": str(sent.campaign.number)})
    form = parse(page.content).xpath("//form[@id='demande']")[0]
    assert "pas encore transmise : un document de travail, que seule la structure lit" in plain(page.content)
    posted = {
        "assessment": form.xpath(".//input[@name='assessment'][@checked]/@value")[0],
        "token": form.xpath(".//input[@name='token']/@value")[0],
    }
    assert posted["assessment"] == str(sent.pk)
    answer = client.post(url("risk_analysis_pdf"), posted)
    assert (answer.status_code, client.post(url("risk_analysis_pdf"), posted)["Location"]) == (302, answer["Location"])
    number = int(answer["Location"].rstrip("/").rsplit("/", 1)[1])
    with elevated():
        report = Report.objects.select_related("job").get(project=world.project, number=number)
    made(report)
    assert f"Le rapport n° {number} est prêt" in plain(client.get(answer["Location"]).content)
    lines = plain(client.get(url("structure_reports")).content)
    assert f"N° {number}. Analyse de risques" in lines
    assert "Début du projet, telle que transmise. Demandé par Odile Nommée" in lines
    file = client.get(url("structure_report_download", number))
    assert b"".join(file.streaming_content)[:5] == b"%PDF-"


def test_only_the_direction_may_have_people_named(
    world: World, client_as: Browsers, esms: ESMS, director: User, sent: Assessment
) -> None:
    for user, offered in ((director, True), (world.lead, False), (world.person(Role.LOCAL_REFERENT), False)):
        client = client_as(user)
        page = parse(client.get(url("risk_analysis_pdf")).content)
        assert bool(page.xpath("//input[@name='named']")) is offered
        form = {"assessment": sent.pk, "named": "on", "token": str(uuid.uuid4())}
        number = int(client.post(url("risk_analysis_pdf"), form)["Location"].rstrip("/").rsplit("/", 1)[1])
        with elevated():
            assert Report.objects.get(project=world.project, number=number).named is offered


def test_those_above_are_offered_what_was_transmitted_only(
    world: World, client_as: Browsers, esms: ESMS, sent: Assessment, working: Assessment
) -> None:
    for user in (world.lead, world.person(Role.OG_DIRECTOR)):
        client = client_as(user)
        page = parse(client.get(url("risk_analysis_pdf")).content)
        assert page.xpath("//input[@name='assessment']/@value") == [str(sent.pk)]
        posted = client.post(url("risk_analysis_pdf"), {"assessment": working.pk, "token": str(uuid.uuid4())})
        assert posted.status_code == 422


def test_blind_answers_are_not_printed(world: World, client_as: Browsers, esms: ESMS, director: User) -> None:
    place = Place(world.project, esms)
    with elevated():
        blind = Assessment.objects.create(**place.columns, campaign=world.own.risks.second)
    assert client_as(director).get(url("risk_analysis_pdf")).status_code == 404
    with pytest.raises(DomainError, match="mises en commun"):
        asked_analysis(blind, esms, director)


@making
def test_what_was_sent_back_before_it_is_made_is_not_told_to_those_above(
    esms: ESMS, world: World, sent: Assessment
) -> None:
    report = asked_analysis(sent, esms, world.lead)
    with elevated():
        Assessment.objects.filter(pk=sent.pk).update(status=S.CONVERGING, transmitted_at=None, transmitted_by=None)
    run(report.job_id)
    found = stored(report)
    assert found.job.state == JobState.FAILED
    assert not found.job.file
    assert "renvoyée à la structure" in found.job.error


def test_a_document_is_about_an_analysis_of_its_own_structure(
    world: World, esms: ESMS, director: User, sent: Assessment
) -> None:
    other = world.own.risk_work[1].sent
    for wrong in (other, None):
        with pytest.raises(DomainError, match="Choisissez la campagne"), acting_as(director.pk):
            ask_for_report(
                project=world.project,
                kind=ReportKind.RISK_ANALYSIS,
                user=director,
                token=uuid.uuid4(),
                esms=esms,
                assessment=wrong,
            )
    given = {
        "project": world.project,
        "kind": ReportKind.RISK_ANALYSIS,
        "asked_by": director,
        "esms": esms,
        "og": esms.og,
        "assessment": sent,
        "number": 500,
        "since": None,
    }
    for wrong in (
        {"assessment": other},
        {"assessment": None},
        {"esms": None, "og": None},
        {"kind": ReportKind.CHECKLIST},
        {"consolidated": True},  # it would open it to the vendor
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReportFactory(**{**given, **wrong})
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")


def test_a_flat_analysis_says_the_same_level_everywhere(world: World, esms: ESMS, director: User) -> None:
    high = analysis(Place(world.project, esms), world.own.risks.first, director, given=flat(9))
    facts = facts_of(high, esms, director)
    assert {item.points for item in facts.sections} == {90}
    assert facts.total.points == 900
    assert "le risque est certain" in said(facts)
    assert len(facts.strongest) == 100
