"""The risks of a project: who reads which structures, who reads figures alone; these are those of a hand count."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.scope import elevated
from organisations.enums import Phase, Role
from organisations.models import ESMS, User, Wave
from risks.aggregates import project_figures
from risks.enums import AssessmentStatus, Level
from risks.models import Assessment, Risk, RiskAction, RiskCampaign
from risks.places import Place
from risks.selectors.overview import Overview, overview
from tests.factories import MembershipFactory, ProjectFactory, UserFactory
from tests.harness.htmx import parse, text
from tests.harness.risks import untold
from tests.harness.world import CANARIES, INSIDE, RIVAL, SIBLING, SLUG, World
from tests.risks.reading_factories import assessed, campaign, everywhere, structure

pytestmark = pytest.mark.django_db

FIGURES_READERS = (Role.COSTRAT, Role.COMOP)
NOBODY = (Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT, Role.DPO, Role.PURCHASING, Role.VENDOR, Role.OBSERVER)


def url(**query: Any) -> str:
    found = reverse("project_risks", args=[SLUG])
    return f"{found}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else found


def plain(answer: Any) -> str:
    return text(parse(answer.content).xpath("//main")[0]).replace("\xa0", " ").replace("\u202f", " ")


def heading(answer: Any) -> str:
    return " ".join(parse(answer.content).xpath("string(//h1)").split()).replace("\u202f", " ")


def rows(answer: Any) -> dict[str, list[str]]:
    """Of the heat-map: structure → the words of its cells."""
    found = parse(answer.content).xpath("//figure[.//div[contains(@class, 'heat')]]//tbody/tr[td]")
    return {
        text(row.xpath("th")[0]): [text(cell).split(" : ")[0].replace("\xa0", " ") for cell in row.xpath("td")]
        for row in found
    }


def stats(answer: Any) -> dict[str, str]:
    found = parse(answer.content).xpath("//p[contains(concat(' ', @class, ' '), ' stat ')]")
    return {text(one.xpath("small")[0]): text(one.xpath("b")[0]) for one in found}


@pytest.fixture
def several(world: World) -> RiskCampaign:
    """A third campaign. Of five structures: two are in certain risk, one in moderate, one in low; one didn't answer."""
    with elevated():
        Assessment.objects.open().filter(project=world.project).update(closed_at=timezone.now())
    asked, by = campaign(world.project, world.lead, 3), world.lead
    first, sibling, rival = world.own.structures
    assessed(Place(world.project, first), asked, by, everywhere(8, q1_1=10), based_on=world.own.risk_work[0].sent)
    assessed(Place(world.project, sibling), asked, by, everywhere(2), based_on=world.own.risk_work[1].sent)
    assessed(Place(world.project, rival), asked, by, everywhere(5, q10_10=9), based_on=world.own.risk_work[2].sent)
    more, _ = structure(world, "haute")
    assessed(Place(world.project, more), asked, by, everywhere(9, q1_1=None))
    late, _ = structure(world, "muette")
    assessed(Place(world.project, late), asked, by, everywhere(10), status=AssessmentStatus.VALIDATED)
    return asked


def of_all(world: World, asked: RiskCampaign) -> Overview:
    with elevated():
        return overview(world.project, list(ESMS.objects.filter(project=world.project).order_by("name")), asked)


# --- What the lead reads ---------------------------------------------------------------------------------------------


def test_the_title_says_who_is_at_risk_and_who_did_not_answer(several: RiskCampaign, lead: Client) -> None:
    answer = lead.get(url())
    assert heading(answer) == ("Deux structures sur cinq sont en risque certain ; une n’a pas encore transmis")
    page = plain(answer)
    assert "Campagne n° 3, fin de la phase Pilote : les analyses sont attendues pour le" in page
    assert "le risque a baissé dans une structure et monté dans deux autres" in page
    assert "Une structure doit encore transmettre" in page
    assert "Structure Muette, Amont : validée" in page
    assert "Plus le score est haut, plus le risque est fort." in page
    assert stats(answer)["score médian, sur 1 000"] == "653"  # of 202, 504, 802 and 900


def test_each_cell_is_the_score_of_the_structure_and_opens_it(
    several: RiskCampaign, world: World, lead: Client
) -> None:
    answer = lead.get(url())
    found = rows(answer)
    first = next(cells for name, cells in found.items() if name == world.own.structures[0].name)
    assert first[:3] == ["802 (+496)", "82", "80"]
    assert found["Structure Haute"][:2] == ["900", "90"]
    page = parse(answer.content)
    (row,) = page.xpath("//tr[starts-with(normalize-space(th), 'Structure Haute')]")
    (cell,) = row.xpath("td[@data-label='Projet']")
    assert cell.get("data-tone") == "ko"
    (target,) = cell.xpath("a/@href")
    assert target == f"/projets/{SLUG}/structures/haute/risques/lecture/?campagne=3"
    assert lead.get(target).status_code == 200


def test_figures_are_those_of_a_hand_count(several: RiskCampaign, world: World) -> None:
    found = of_all(world, several)
    assert found.summary.levels == {Level.CERTAIN: 2, Level.MODERATE: 1, Level.LOW: 1}
    assert found.summary.section_levels[9] == {Level.CERTAIN: 2, Level.MODERATE: 1, Level.LOW: 1}
    assert found.summary.medians[0] == 66  # of 20, 50, 82 and 90
    assert found.summary.medians[9] == 67  # of 20, 54, 80 and 90
    assert [(item.question.number, item.count) for item in found.summary.common] == [("10.10", 3)]
    assert sorted(found.changes) == [-106, 198, 496]


def test_a_structure_with_marks_that_it_did_not_transmit_is_read_as_it_was(world: World, lead: Client) -> None:
    answer = lead.get(url())
    assert heading(answer) == "Aucune structure n’est en risque modéré ni certain ; trois n’ont pas encore transmis"
    assert "Trois analyses lues datent d’une campagne précédente." in plain(answer)
    found = rows(answer)
    assert all(name.endswith("(campagne n° 1)") for name in found)
    assert [cells[:3] for cells in found.values()] == [["306", "30", "36"]] * 3
    for canary in (INSIDE, SIBLING, RIVAL):
        assert untold(canary) not in answer.content.decode()


def test_what_is_sent_back_is_no_longer_read(several: RiskCampaign, lead: Client) -> None:
    with elevated():
        Assessment.objects.filter(esms__slug="haute").update(status=AssessmentStatus.CONVERGING)
    answer = lead.get(url())
    assert heading(answer).startswith("Une structure sur cinq est en risque certain ; deux")
    assert rows(answer)["Structure Haute (mise en commun)"] == ["À venir"] * 11


def test_an_earlier_campaign_is_read_as_it_was(several: RiskCampaign, world: World, lead: Client) -> None:
    answer = lead.get(url(campagne=1))
    assert len(rows(answer)) == 3
    assert "(campagne" not in "".join(rows(answer))
    assert "Campagne n° 1, début du projet, close le" in plain(answer)
    assert lead.get(url(campagne=9)).status_code == 404
    assert lead.get(url(campagne="x")).status_code == 404


def test_filters_narrow_the_page_to_what_is_there(several: RiskCampaign, world: World, lead: Client) -> None:
    assert heading(lead.get(url(niveau="certain"))) == "Les deux structures sont en risque certain"
    assert heading(lead.get(url(og=world.own.ogs[1].pk))) == (
        "La structure est en risque modéré, aucune en risque certain"
    )
    assert list(rows(lead.get(url(niveau="sans")))) == ["Structure Muette (validée)"]
    with elevated():
        ESMS.objects.filter(slug="haute").update(phase=Phase.ROLLOUT)
    assert list(rows(lead.get(url(phase=Phase.ROLLOUT, campagne=3)))) == ["Structure Haute"]
    for wrong in ({"og": world.foreign.ogs[0].pk}, {"niveau": "haut"}, {"phase": "ailleurs"}):
        assert lead.get(url(**wrong)).status_code == 404


def test_rows_stand_by_wave(several: RiskCampaign, world: World, lead: Client) -> None:
    with elevated():
        second = Wave.objects.create(project=world.project, position=92, name="Les suivants")
        first = Wave.objects.create(project=world.project, position=91, name="Les premiers")
        ESMS.objects.filter(slug="haute").update(wave=second)
        ESMS.objects.filter(slug="muette").update(wave=first)
    heads = parse(lead.get(url()).content).xpath("//figure//tr[@class='rowhead']/th")
    names = [text(head) for head in heads]
    assert names[-2:] == ["Les premiers", "Les suivants"]


def test_what_is_common_becomes_a_risk_of_the_project_in_one_tap(
    several: RiskCampaign, lead: Client, world: World, client_as: Callable[[User], Client]
) -> None:
    target = reverse("project_risk_propose", args=[SLUG, "10-10"])
    answer = lead.get(url())
    assert "Un risque est commun à trois structures au moins" in plain(answer)
    assert "3 sur 4" in plain(answer)
    assert target in parse(answer.content).xpath("//table//a/@href")
    director = client_as(world.own.people[Role.OG_DIRECTOR])
    assert target not in director.get(url()).content.decode()


def test_the_project_s_own_scores_stand_beside_the_medians(several: RiskCampaign, world: World, lead: Client) -> None:
    assert "Le projet lui-même" not in plain(lead.get(url()))
    assessed(Place(world.project), several, world.lead, everywhere(4))
    assert "En pointillé, le projet lui-même : 400 sur 1 000 dans l’ensemble, pour 653 en médiane" in plain(
        lead.get(url())
    )


def test_the_register_counts_what_the_project_carries(world: World, lead: Client) -> None:
    answer = lead.get(url())
    assert "Un risque est ouvert au registre du projet" in plain(answer)
    work, now = world.own.risk_work[0], timezone.now()
    with elevated():
        Risk.objects.filter(pk=work.risk.pk).update(
            raised_at=now, raised_by=world.lead, raised_why="Trop lourd", probability=4, impact=4
        )
        RiskAction.objects.filter(pk=work.action.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    answer = lead.get(url())
    assert "Deux risques sont ouverts au registre du projet, dont un critique" in plain(answer)
    assert stats(answer)["porté par une structure"] == "1"
    assert stats(answer)["action en retard"] == "1"


def test_structures_that_nobody_asked_are_counted_apart(several: RiskCampaign, world: World, lead: Client) -> None:
    structure(world, "oubliee")
    assert "Une structure n’a jamais été sollicitée." in plain(lead.get(url()))
    assert "Structure Oubliee" not in rows(lead.get(url()))


def test_thirty_rows_a_page(world: World, lead: Client) -> None:
    asked = campaign(world.project, world.lead, 9)
    with elevated():
        for rank in range(30):
            esms, _ = structure(world, f"s{rank:02}")
            Assessment.objects.create(**Place(world.project, esms).columns, campaign=asked)
    assert len(rows(lead.get(url()))) == 30
    assert len(rows(lead.get(url(page=2)))) == 3
    assert heading(lead.get(url(page=2))).endswith("30 n’ont pas encore transmis")


def test_a_project_without_campaign_says_where_to_begin(client_as: Callable[[User], Client], db: None) -> None:
    user, project = UserFactory(), ProjectFactory(slug="neuf")
    MembershipFactory(user=user, role=Role.PROJECT_LEAD, target=project)
    answer = client_as(user).get(reverse("project_risks", args=["neuf"]))
    assert heading(answer) == "Les risques n’ont pas encore été analysés"
    assert reverse("project_risk_campaign_open", args=["neuf"]) in answer.content.decode()


# --- What the direction of an OG reads -------------------------------------------------------------------------------


def test_the_direction_of_an_og_reads_its_own_structures_and_nothing_of_the_others(
    several: RiskCampaign, world: World, client_as: Callable[[User], Client]
) -> None:
    director = client_as(world.own.people[Role.OG_DIRECTOR])
    own = director.get(url())
    rival = client_as(world.rival_director).get(url())
    ours = {esms.name for esms in world.own.structures if esms.og == world.own.ogs[0]}
    assert {name.split(" (")[0] for name in rows(own)} == ours | {"Structure Haute", "Structure Muette"}
    assert list(rows(rival)) == [world.own.structures[2].name]
    assert heading(own) == "Deux structures sur quatre sont en risque certain ; une n’a pas encore transmis"
    assert heading(rival) == "La structure est en risque modéré, aucune en risque certain"
    assert "registre du projet" not in plain(own) + plain(rival)
    addresses = set(parse(own.content).xpath("//main//section//ul//a/@href | //main//figure//a/@href"))
    assert len(addresses) > 3
    assert {address: director.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
    for answer, hidden in ((own, {RIVAL, untold(INSIDE), untold(SIBLING)}), (rival, {INSIDE, SIBLING, untold(RIVAL)})):
        for canary in hidden:
            assert canary not in answer.content.decode()


# --- What bodies of the project read ---------------------------------------------------------------------------------


@pytest.mark.parametrize("role", FIGURES_READERS)
def test_bodies_read_figures_and_the_register_and_nobody_s_name(
    several: RiskCampaign, world: World, client_as: Callable[[User], Client], role: Role
) -> None:
    answer = client_as(world.own.people[role]).get(url())
    page = plain(answer)
    assert heading(answer) == "Deux structures sur cinq sont en risque certain ; une n’a pas encore transmis"
    assert stats(answer)["en risque modéré"] == "1"
    assert "Dans celles qui ont répondu deux fois, le score médian passe de 306 à 504 points." in page
    assert "« Les caractéristiques du projet » est en risque modéré ou certain dans trois structures sur quatre" in page
    assert "Un risque est ouvert au registre du projet" in page
    with elevated():
        names = list(ESMS.objects.filter(project=world.project).values_list("name", flat=True))
        names += [og.name for og in world.own.ogs]
    assert not [name for name in names if name in page]
    assert not [canary for canary in CANARIES if canary in answer.content.decode()]
    assert "/structures/" not in "".join(parse(answer.content).xpath("//main//a/@href"))


@pytest.mark.parametrize("role", FIGURES_READERS)
@pytest.mark.parametrize(("kept", "told"), [(2, False), (3, True)])
def test_figures_of_fewer_than_three_structures_are_refused(
    world: World, client_as: Callable[[User], Client], role: Role, kept: int, told: bool
) -> None:
    with elevated():
        for work in world.own.risk_work[kept:]:
            Assessment.objects.filter(pk=work.sent.pk).update(
                status=AssessmentStatus.VALIDATED, closed_at=timezone.now()
            )
    answer = client_as(world.own.people[role]).get(url())
    assert ("Les chiffres paraîtront quand trois structures au moins auront transmis" in plain(answer)) is not told
    assert ("score médian, sur 1 000" in stats(answer)) is told
    assert bool(parse(answer.content).xpath("//main//figure")) is told


def test_who_reads_a_figure_cannot_take_away_what_they_know(several: RiskCampaign, world: World) -> None:
    """Of four structures that transmitted: who knows two of them would read the two others."""
    known = [esms.pk for esms in world.own.structures]
    assert project_figures(world.project, several).summary is not None
    assert project_figures(world.project, several, known[:1]).summary is not None
    assert project_figures(world.project, several, known[:2]).summary is None
    assert project_figures(world.project, several, known).summary is None


def test_a_member_of_the_comop_who_directs_a_structure_has_no_remainder_to_compute(
    world: World, client_as: Callable[[User], Client]
) -> None:
    director = world.own.people[Role.ESMS_DIRECTOR]
    MembershipFactory(user=director, role=Role.COMOP, target=world.project)
    answer = client_as(director).get(url())
    assert answer.status_code == 200
    assert "Il est trop tôt pour des chiffres" in plain(answer)


def test_a_member_of_the_costrat_who_directs_an_og_reads_both(
    several: RiskCampaign, world: World, client_as: Callable[[User], Client]
) -> None:
    for number in range(3):
        esms, by = structure(world, f"aval-{number}", og=1)
        assessed(Place(world.project, esms), several, by, everywhere(8))
    director = world.own.people[Role.OG_DIRECTOR]
    MembershipFactory(user=director, role=Role.COSTRAT, target=world.project)
    answer = client_as(director).get(url())
    assert "Tout le projet en chiffres" in plain(answer)
    assert "Cinq structures sur huit sont en risque certain" in plain(answer)
    assert "Structure Haute" in rows(answer)
    assert RIVAL not in answer.content.decode()
    assert "Structure Aval-1" not in plain(answer)


# --- Who reads nothing -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", NOBODY)
def test_a_structure_reads_nothing_of_the_others_there(
    world: World, client_as: Callable[[User], Client], role: Role
) -> None:
    assert client_as(world.own.people[role]).get(url()).status_code == 403
