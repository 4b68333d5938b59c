"""The scores of one place: what the page says, to whom, and what it keeps to itself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from common.scope import elevated
from organisations.enums import Role
from organisations.models import ESMS, User
from risks.catalogue import questionnaire
from risks.enums import AssessmentStatus
from risks.models import Assessment, Risk, RiskThresholds
from risks.places import Place
from tests.factories import MembershipFactory, UserFactory
from tests.harness.htmx import parse, text
from tests.harness.risks import untold
from tests.harness.world import INSIDE, SIBLING, SLUG, World
from tests.risks.reading_factories import NUMBERS, assessed, campaign, everywhere, structure

pytestmark = pytest.mark.django_db

LOGIN = Callable[[User], Client]
NOT_STARRED = [question.number for question in questionnaire().questions if not question.starred]


def url(esms: ESMS | None, **query: object) -> str:
    place = f"structures/{esms.slug}/" if esms else ""
    return f"/projets/{SLUG}/{place}risques/lecture/?{'&'.join(f'{key}={value}' for key, value in query.items())}"


def plain(answer: Any) -> str:
    return text(parse(answer.content).xpath("//main")[0]).replace("\xa0", " ").replace("\u202f", " ")


def heading(answer: Any) -> str:
    return " ".join(parse(answer.content).xpath("string(//h1)").split()).replace("\u202f", " ")


def row(answer: Any, section: int) -> list[str]:
    """The cells of a section in the table of scores: level, score, those it is compared with, raw points."""
    line = parse(answer.content).xpath(f"(//section[@aria-labelledby='t-sections']//tbody/tr)[{section}]")[0]
    found = [line.xpath("string(.//span[@class='mark'])"), *(cell.text_content() for cell in line.xpath("td")[1:])]
    return [" ".join(item.split()).replace("\u202f", " ") for item in found]


def titles(answer: Any) -> list[str]:
    found = parse(answer.content).xpath("//main//*[self::h2 or self::h3]")
    return [" ".join(item.text_content().split()).replace("\u202f", " ") for item in found]


def way_out(answer: Any) -> list[str]:
    links = parse(answer.content).xpath("//header//div[@class='actions']//a")
    return [" ".join(link.text_content().split()) for link in links]


def strong(answer: Any) -> list[Any]:
    return parse(answer.content).xpath("//section[@aria-labelledby='t-fortes']//li")


# --- Who reads what --------------------------------------------------------------------------------------------------


def test_inside_the_marks_agreed_so_far_are_a_provisional_reading(world: World, client_as: LOGIN) -> None:
    esms = world.own.structures[0]
    for role in (Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT):
        answer = client_as(world.person(role)).get(url(esms))
        assert heading(answer) == "Lecture provisoire : 306 points sur 1 000, le risque est nul ou faible"
        assert "Cette lecture est provisoire" in plain(answer)
        assert untold(INSIDE) in plain(answer)


@pytest.mark.parametrize("role", [Role.PROJECT_LEAD, Role.OG_DIRECTOR])
def test_above_only_what_was_transmitted_is_read(world: World, client_as: LOGIN, role: Role) -> None:
    client, esms = client_as(world.person(role)), world.own.structures[0]
    answer = client.get(url(esms))
    assert heading(answer) == "306 points sur 1 000 : le risque est nul ou faible"
    assert "Campagne n° 1" in plain(answer)
    assert "La campagne n° 2 est en cours" in plain(answer)
    assert INSIDE in plain(answer)
    assert untold(INSIDE) not in plain(answer)
    answer = client.get(url(esms, campagne=2))
    assert heading(answer) == "La structure n’a pas encore transmis son analyse de risques"
    assert "Ses notes se liront ici une fois transmises" in plain(answer)
    assert "306" not in plain(answer)
    assert untold(INSIDE) not in answer.content.decode()


def test_a_structure_that_never_transmitted_shows_nothing_above_it(world: World, client_as: LOGIN) -> None:
    esms, director = structure(world, "muette")
    assessed(
        Place(world.project, esms),
        world.own.risks.second,
        director,
        everywhere(8),
        status=AssessmentStatus.VALIDATED,
        comments={"1.1": "NONDIT"},
    )
    assert heading(client_as(director).get(url(esms))) == "800 points sur 1 000 : le risque est certain"
    for role in (Role.PROJECT_LEAD, Role.OG_DIRECTOR):
        answer = client_as(world.person(role)).get(url(esms))
        assert heading(answer) == "La structure n’a pas encore transmis son analyse de risques"
        assert "NONDIT" not in answer.content.decode()
        assert "800" not in plain(answer)


def test_the_other_organisation_and_a_sibling_are_told_nothing(world: World, client_as: LOGIN) -> None:
    esms = world.own.structures[0]
    for user in (world.rival_director, world.rival_referent, world.sibling_referent, world.person(Role.COSTRAT)):
        assert client_as(user).get(url(esms)).status_code == 404


def test_a_structure_that_takes_it_up_again_says_so_above(world: World, client_as: LOGIN) -> None:
    esms, director = structure(world, "reprise")
    back = {"sent_back_by": world.lead, "sent_back_at": timezone.now(), "sent_back_note": "À préciser"}
    status = AssessmentStatus.CONVERGING
    assessed(Place(world.project, esms), world.own.risks.second, director, everywhere(5), status=status, **back)
    answer = client_as(world.lead).get(url(esms))
    assert heading(answer) == "La structure reprend son analyse de risques"
    assert heading(client_as(director).get(url(esms))).startswith("Lecture provisoire")


# --- Why there is nothing to read ------------------------------------------------------------------------------------


def test_without_a_campaign_the_page_says_what_will_bring_it(world: World, client_as: LOGIN) -> None:
    esms, director = structure(world, "neuve")
    answer = client_as(director).get(url(esms))
    assert heading(answer) == "Aucune analyse de risques n’est encore demandée"
    assert "Le chef de projet ouvre une campagne" in plain(answer)
    assert "ANAP" in plain(answer)
    assert way_out(answer) == []
    assert way_out(client_as(world.lead).get(url(esms))) == ["Ouvrir une campagne"]


def test_while_everyone_answers_alone_there_is_nothing_to_read(world: World, client_as: LOGIN) -> None:
    esms, director = structure(world, "seule")
    place = Place(world.project, esms)
    assessed(place, world.own.risks.second, director, {}, status=AssessmentStatus.ANSWERING)
    answer = client_as(director).get(url(esms))
    assert heading(answer) == "La lecture viendra quand les réponses seront mises en commun"
    with elevated():
        Assessment.objects.filter(place=esms.pk).update(status=AssessmentStatus.CONVERGING)
    answer = client_as(director).get(url(esms))
    assert heading(answer) == "La lecture viendra à la première note retenue"
    assert way_out(answer) == ["Mettre les notes en commun"]
    assert way_out(client_as(world.lead).get(url(esms))) == ["Voir où elle en est"]
    with elevated():
        Assessment.objects.filter(place=esms.pk).update(closed_at=timezone.now())
    assert heading(client_as(director).get(url(esms))) == "La campagne n° 2 est close, sans rien à lire"


def test_a_campaign_that_asked_nothing_of_the_place_is_not_found(world: World, client_as: LOGIN) -> None:
    client, esms = client_as(world.person(Role.ESMS_DIRECTOR)), world.own.structures[0]
    assert client.get(url(esms, campagne=1)).status_code == 200
    for number in ("3", "0", "-1", "deux", "²", "99999999999999"):
        assert client.get(url(esms, campagne=number)).status_code == 404


# --- Scores ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def first(world: World) -> tuple[ESMS, User, Place]:
    """A structure that the first campaign asks."""
    esms, director = structure(world, "phare")
    return esms, director, Place(world.project, esms)


def test_scores_are_raw_and_brought_back_to_what_is_marked(world: World, client_as: LOGIN, first: tuple) -> None:
    esms, director, place = first
    marks = everywhere(5, q1_1=None, q1_2=0, q1_3=9, **{f"q10_{rank}": None for rank in range(1, 11)})
    assessed(place, world.own.risks.second, director, marks)
    answer = client_as(director).get(url(esms))
    assert heading(answer) == "505 points sur 1 000 : le risque est modéré"  # 444 for 88 marks
    assert "88 questions notées, 11 « non concerné » et 1 sans réponse." in plain(answer)
    assert row(answer, 1) == ["Modéré", "55", "44 pour 8 notes"]
    assert row(answer, 10) == ["Sans note", "–", "–"]
    assert "Plus le score est haut, plus le risque est fort." in plain(answer)


def test_everything_not_concerned_has_no_score(world: World, client_as: LOGIN, first: tuple) -> None:
    esms, director, place = first
    assessed(place, world.own.risks.first, director, dict.fromkeys(NUMBERS))
    answer = client_as(director).get(url(esms))
    assert heading(answer) == "Aucune note : toutes les questions sont « non concerné »"
    assert "il n’y a pas encore de dessin à en faire" in plain(answer)


def test_levels_follow_the_thresholds_of_the_project_and_say_whose_they_are(
    world: World, client_as: LOGIN, first: tuple
) -> None:
    esms, director, place = first
    assessed(place, world.own.risks.first, director, everywhere(5, q1_1=8))
    answer = client_as(director).get(url(esms))
    assert "le risque est modéré" in heading(answer)
    assert "ceux que propose cette application, pas ceux de l’ANAP" in plain(answer)
    assert "de 400 à 699" in plain(answer)
    assert "/seuils/" not in answer.content.decode()
    assert "/seuils/" in client_as(world.lead).get(url(esms)).content.decode()
    with elevated():
        RiskThresholds.objects.create(project=world.project, moderate_from=20, certain_from=50, action_from=9)
    answer = client_as(director).get(url(esms))
    assert "le risque est certain" in heading(answer)
    assert "ceux de votre projet, pas ceux de l’ANAP" in plain(answer)
    assert titles(answer)[0] == "Aucune note n’appelle d’action"


def test_what_is_read_may_be_taken_away_as_a_spreadsheet_and_a_document(
    world: World, client_as: LOGIN, first: tuple
) -> None:
    esms, director, place = first
    assessed(place, world.own.risks.first, director, everywhere(5))
    client = client_as(director)
    links = parse(client.get(url(esms)).content).xpath("//header//div[@class='actions']//a/@href")
    assert [link.rpartition("?")[2] for link in links] == ["campagne=1"] * 2
    assert [client.get(link).status_code for link in links] == [200, 200]


# --- The strongest ---------------------------------------------------------------------------------------------------


def test_the_strongest_come_first_with_what_was_said_and_what_to_do(
    world: World, client_as: LOGIN, first: tuple
) -> None:
    esms, director, place = first
    marks = everywhere(2, q3_1=8, q2_1=10, q2_2=7, q5_5=6)
    assessed(place, world.own.risks.first, director, marks, comments={"2.1": "Rien n'est prêt"})
    client = client_as(director)
    answer = client.get(url(esms))
    assert titles(answer)[0] == "Trois notes appellent une action"
    found = [" ".join(item.text_content().split()) for item in strong(answer)]
    numbers = [item.xpath("string(.//b)").split(". ")[0] for item in strong(answer)]
    assert numbers == ["2.1", "3.1", "2.2"]
    assert "10 sur 10" in found[0].replace("\xa0", " ")
    assert "Rien n’est prêt" in found[0]
    assert questionnaire().by_number["2.1"].mitigation in found[0]
    links = parse(answer.content).xpath("//section[@aria-labelledby='t-fortes']//li//a/@href")
    assert links == [place.url("risk_propose", number) for number in ("2-1", "3-1", "2-2")]
    for role in (Role.PROJECT_LEAD, Role.OG_DIRECTOR):  # they read, they write nothing here
        answer = client_as(world.person(role)).get(url(esms))
        assert len(strong(answer)) == 3
        assert "En faire une action" not in plain(answer)


def test_a_mark_that_is_already_in_the_register_leads_there(world: World, client_as: LOGIN, first: tuple) -> None:
    esms, director, place = first
    assessed(place, world.own.risks.first, director, everywhere(2, q2_1=10))
    risk = {"category": "human", "probability": 3, "impact": 3, "opened_by": director}
    with elevated():
        Risk.objects.create(**place.columns, number=1, title="Relevé", question="2.1", **risk)
    answer = client_as(director).get(url(esms))
    assert parse(answer.content).xpath("//section[@aria-labelledby='t-fortes']//li//a/@href") == [place.url("risk", 1)]
    assert "Risque n° 1 du registre" in plain(answer)
    assert "À traiter" in plain(answer)
    # Its own until transmitted: above, nothing says that it is there.
    assert "Risque n° 1" not in plain(client_as(world.lead).get(url(esms)))


def test_an_older_campaign_proposes_no_action(world: World, client_as: LOGIN, first: tuple) -> None:
    esms, director, place = first
    assessed(place, world.own.risks.first, director, everywhere(2, q2_1=10))
    assessed(place, world.own.risks.second, director, everywhere(2, q2_1=9))
    client = client_as(director)
    assert "En faire une action" in plain(client.get(url(esms)))
    assert "En faire une action" not in plain(client.get(url(esms, campagne=1)))


def test_beyond_five_the_strongest_are_folded(world: World, client_as: LOGIN, first: tuple) -> None:
    esms, director, place = first
    assessed(place, world.own.risks.first, director, everywhere(2, **{f"q1_{rank}": 8 for rank in range(1, 9)}))
    answer = client_as(director).get(url(esms))
    assert "Huit notes appellent une action" in titles(answer)
    assert "Lire 3 autres notes" in plain(answer)
    assert len(strong(answer)) == 8


# --- Since the last campaign -----------------------------------------------------------------------------------------


def test_what_changed_is_said_in_words(world: World, client_as: LOGIN, first: tuple) -> None:
    esms, director, place = first
    before = assessed(place, world.own.risks.first, director, everywhere(5))
    marks = everywhere(5, q1_1=9, q1_2=6, q7_1=2)
    assessed(place, world.own.risks.second, director, marks, based_on=before)
    answer = client_as(director).get(url(esms))
    assert "Le risque monte de 2 points depuis la campagne n° 1" in titles(answer)
    assert "Une section monte : les caractéristiques du projet (+5) ; une section baisse : les attitudes" in plain(
        answer
    )
    moved = parse(answer.content).xpath("//section[@aria-labelledby='t-depuis']//li")
    said = [" ".join(item.text_content().split()) for item in moved]
    assert [item.split(". ")[0] for item in said] == [
        "En hausse, de 5 à 9",
        "En baisse, de 5 à 2",
        "En hausse, de 5 à 6",
    ]
    assert row(answer, 1)[2:4] == ["50", "+5"]
    assert row(answer, 2)[2:4] == ["50", "="]
    assert row(answer, 7)[2:4] == ["50", "−3"]
    assert "De 500 à 502 points en deux campagnes" in titles(answer)
    assert "Le risque monte" not in plain(client_as(director).get(url(esms, campagne=1)))


def test_a_single_campaign_has_no_trend_and_no_change(world: World, client_as: LOGIN, first: tuple) -> None:
    esms, director, place = first
    assessed(place, world.own.risks.first, director, everywhere(5))
    answer = client_as(director).get(url(esms))
    assert "campagnes" not in " ".join(titles(answer))
    assert not parse(answer.content).xpath("//figure[@data-chart='line']")
    assert not parse(answer.content).xpath("//nav[@aria-label='Campagne à lire']")


def test_a_kept_mark_names_the_campaign_in_which_it_was_given(world: World, client_as: LOGIN, first: tuple) -> None:
    esms, director, place = first
    one = assessed(place, world.own.risks.first, director, everywhere(5))
    two = assessed(place, world.own.risks.second, director, everywhere(5), based_on=one, carried=NOT_STARRED)
    third = campaign(world.project, world.lead, 3)
    assessed(place, third, director, everywhere(5), based_on=two, carried=NOT_STARRED, asks_all=False)
    answer = client_as(director).get(url(esms))
    assert "38 questions ont été reposées ; 62 notes sont gardées d’une campagne précédente." in plain(answer)
    kept = parse(answer.content).xpath("//section[@aria-labelledby='t-notes']//th/span")
    assert len(kept) == 62
    assert {item.text_content().replace("\xa0", " ") for item in kept} == {"Note gardée de la campagne n° 1"}


# --- Among others ----------------------------------------------------------------------------------------------------


def others(world: World, *marks: int, og: int = 1) -> None:
    """Structures that transmit in the second campaign, with one mark everywhere."""
    for rank, mark in enumerate(marks):
        esms, director = structure(world, f"autre-{og}-{rank}", og=og)
        place = Place(world.project, esms)
        assessed(place, world.own.risks.second, director, everywhere(mark), comments={"1.1": "CHEZLESAUTRES"})


def test_the_median_of_three_others_is_there_without_a_name(world: World, client_as: LOGIN, first: tuple) -> None:
    esms, director, place = first
    assessed(place, world.own.risks.second, director, everywhere(5, q1_1=9))
    others(world, 2, 4, 9)
    answer = client_as(director).get(url(esms))
    assert "104 points au-dessus de la médiane des autres structures" in titles(answer)
    assert "La médiane est de 400 points" in plain(answer)
    assert row(answer, 1) == ["Modéré", "54", "40", "54 pour 10 notes"]
    for kept in ("Structure Autre", "autre-1", "CHEZLESAUTRES", "900", "200"):
        assert kept not in plain(answer)


@pytest.mark.parametrize("marks", [(), (9,), (2, 9)])
def test_with_fewer_than_three_others_their_figures_tell_nothing(
    world: World, client_as: LOGIN, first: tuple, marks: tuple[int, ...]
) -> None:
    """The page is the same, whatever they answered and however many they are."""
    esms, director, place = first
    assessed(place, world.own.risks.second, director, everywhere(5))
    client = client_as(director)
    alone = plain(client.get(url(esms, repere="mediane")))
    others(world, *marks)
    answer = client.get(url(esms, repere="mediane"))
    assert plain(answer) == alone
    assert "La comparaison avec la médiane des autres structures n’est pas encore là" in titles(answer)
    assert "Médiane des autres" not in plain(answer)


def test_a_section_that_fewer_than_three_others_marked_has_no_median(
    world: World, client_as: LOGIN, first: tuple
) -> None:
    esms, director, place = first
    assessed(place, world.own.risks.second, director, everywhere(5))
    others(world, 2, 4)
    last, its_director = structure(world, "derniere", og=1)
    marks = everywhere(9, **{f"q10_{rank}": None for rank in range(1, 11)})
    assessed(Place(world.project, last), world.own.risks.second, its_director, marks)
    answer = client_as(director).get(url(esms, repere="mediane"))
    assert row(answer, 9)[2] == "40"
    assert row(answer, 10)[2] == "–"


def test_who_already_reads_some_of_the_others_learns_nothing_of_the_last(
    world: World, client_as: LOGIN, first: tuple
) -> None:
    """The direction of an OG reads two of the three others: the median would give the third away."""
    esms, director, place = first
    assessed(place, world.own.risks.second, director, everywhere(5))
    others(world, 2, 4, og=0)
    others(world, 9, og=1)
    above = client_as(world.person(Role.OG_DIRECTOR)).get(url(esms))
    assert "La comparaison avec la médiane des autres structures n’est pas encore là" in titles(above)
    for user in (director, world.lead):  # one reads none of them, the other all
        assert "La médiane est de 400 points" in plain(client_as(user).get(url(esms)))


def test_while_marks_are_agreed_on_the_median_leads_nobody(world: World, client_as: LOGIN, first: tuple) -> None:
    esms, director, place = first
    assessed(place, world.own.risks.second, director, everywhere(5), status=AssessmentStatus.CONVERGING)
    others(world, 2, 4, 9)
    answer = client_as(director).get(url(esms))
    assert "pour n’orienter aucune note" in plain(answer)
    assert "La médiane est de" not in plain(answer)
    with elevated():
        Assessment.objects.filter(place=esms.pk).update(status=AssessmentStatus.SUBMITTED)
    assert "La médiane est de 400 points" in plain(client_as(director).get(url(esms)))


def test_the_radar_is_drawn_over_what_the_reader_chooses(world: World, client_as: LOGIN, first: tuple) -> None:
    esms, director, place = first
    before = assessed(place, world.own.risks.first, director, everywhere(3))
    assessed(place, world.own.risks.second, director, everywhere(5), based_on=before)
    others(world, 2, 4, 9)
    client = client_as(director)

    def outline(**query: str) -> str:
        figure = parse(client.get(url(esms, **query)).content).xpath("//figure[@data-chart='radar']")[0]
        return " ".join(figure.xpath(".//ul[contains(@class, 'legend')]/li[2]")[0].text_content().split())

    assert outline() == outline(repere="precedente") == outline(repere="autre") == "Campagne n° 1"
    assert outline(repere="mediane") == "Médiane des autres structures"


# --- The project -----------------------------------------------------------------------------------------------------


def test_the_project_s_own_analysis_is_read_by_its_lead_alone(world: World, client_as: LOGIN) -> None:
    answer = client_as(world.lead).get(url(None))
    assert heading(answer) == "La lecture viendra quand les réponses seront mises en commun"
    with elevated():
        Assessment.objects.filter(place=world.project.pk).delete()
    assessed(Place(world.project), world.own.risks.second, world.lead, everywhere(7))
    answer = client_as(world.lead).get(url(None))
    assert heading(answer) == "700 points sur 1 000 : le risque est certain"
    assert "Le projet" in plain(answer)
    for role in (Role.COSTRAT, Role.COMOP, Role.OG_DIRECTOR, Role.ESMS_DIRECTOR, Role.DPO, Role.VENDOR):
        assert client_as(world.person(role)).get(url(None)).status_code == 403


def test_somebody_who_answers_for_a_structure_without_being_of_it_reads_nothing_there(
    world: World, client_as: LOGIN
) -> None:
    guest = UserFactory()
    MembershipFactory(user=guest, role=Role.COMOP, target=world.project)
    answer = client_as(guest).get(url(world.own.structures[1]))
    assert answer.status_code == 404
    assert SIBLING not in answer.content.decode()
