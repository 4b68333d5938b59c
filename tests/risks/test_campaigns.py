"""Campaigns: the lead asks, follows, gives more time, stops waiting, thinks again; thresholds of the project."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.ids import new_id
from common.scope import elevated
from organisations.enums import Phase, Role
from organisations.models import ESMS, User
from risks.enums import AssessmentStatus, CampaignKind
from risks.models import Assessment, RiskCampaign, RiskThresholds
from risks.services import campaigns as services
from risks.services.thresholds import set_thresholds
from tests.factories import ESMSFactory
from tests.harness.htmx import parse, text
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=30)


def url(name: str, *args: Any) -> str:
    return reverse(f"project_{name}", args=[SLUG, *args])


def plain(answer: Any) -> str:
    return text(parse(answer.content).xpath("//main")[0]).replace("\xa0", " ").replace("\u202f", " ")


def heading(answer: Any) -> str:
    return " ".join(parse(answer.content).xpath("string(//h1)").split()).replace("\u202f", " ")


def assessments(campaign: RiskCampaign) -> dict[UUID, Assessment]:
    with elevated():
        return {row.place: row for row in campaign.assessments.select_related("based_on").order_by("place")}


def campaign_of(world: World, number: int) -> RiskCampaign:
    with elevated():
        return RiskCampaign.objects.select_related("project").get(project=world.project, number=number)


def close_second(world: World) -> None:
    """The second campaign of the world is over: everybody is free."""
    with elevated():
        services.close(campaign=campaign_of(world, 2), version=1, by=world.lead)


def opens(world: World, structures: list[ESMS], **values: Any) -> RiskCampaign:
    """As the lead would."""
    given: dict[str, Any] = {
        "kind": CampaignKind.PHASE_END,
        "phase": Phase.PILOT,
        "due_on": SOON,
        "message": "",
        "with_project": False,
        "by": world.lead,
        "token": new_id(),
    }
    with elevated():
        return services.open_campaign(project=world.project, structures=structures, **{**given, **values})


def form(structures: list[ESMS], **values: Any) -> dict[str, Any]:
    return {
        "kind": CampaignKind.PHASE_END,
        "phase": Phase.PILOT,
        "due_on": SOON.isoformat(),
        "message": "Avant la bascule",
        "structures": [str(esms.pk) for esms in structures],
        "token": new_id(),
        **values,
    }


# --- Opening ---------------------------------------------------------------------------------------------------------


def test_the_end_of_a_phase_asks_all_only_of_who_never_transmitted(world: World) -> None:
    close_second(world)
    new = ESMSFactory(og=world.own.ogs[0], name="Nouvelle", slug="nouvelle")
    campaign = opens(world, [world.own.structures[0], new], with_project=True)
    found = assessments(campaign)
    assert campaign.number == 3
    known = found[world.own.structures[0].pk]
    assert (known.asks_all, known.based_on) == (False, world.own.risk_work[0].sent)
    assert (found[new.pk].asks_all, found[new.pk].based_on) == (True, None)
    assert found[world.project.pk].asks_all
    assert len(found) == 3


def test_a_start_asks_all_of_everybody(world: World) -> None:
    close_second(world)
    found = assessments(opens(world, world.own.structures, kind=CampaignKind.START))
    assert all(row.asks_all for row in found.values())
    assert found[world.own.structures[0].pk].based_on == world.own.risk_work[0].sent


def test_the_same_form_twice_opens_once(world: World, lead: Client) -> None:
    close_second(world)
    data = form(world.own.structures)
    first, second = lead.post(url("risk_campaign_open"), data), lead.post(url("risk_campaign_open"), data)
    assert first.url == second.url == url("risk_campaign", 3)
    page = lead.get(first.url)
    assert heading(page) == "Aucune analyse n’est encore transmise"
    assert "Avant la bascule" in plain(page)
    with elevated():
        assert RiskCampaign.objects.filter(project=world.project).count() == 3


def test_who_still_answers_another_campaign_is_named_and_not_asked(world: World) -> None:
    with pytest.raises(DomainError, match="répondent encore à une autre campagne") as refused:
        opens(world, world.own.structures[:2])
    assert world.own.structures[0].name in str(refused.value)
    assert refused.value.field == "structures"
    with pytest.raises(DomainError, match="Le projet lui-même répond encore"):
        opens(world, [], with_project=True)


def test_nobody_to_ask_and_a_day_gone_by_are_refused_and_nothing_typed_is_lost(world: World, lead: Client) -> None:
    close_second(world)
    nobody = lead.post(url("risk_campaign_open"), form([]))
    assert nobody.status_code == 422
    assert "Choisissez au moins une structure" in plain(nobody)
    assert "Avant la bascule" in plain(nobody)
    past = lead.post(
        url("risk_campaign_open"), form(world.own.structures[:1], due_on=(TODAY - timedelta(days=1)).isoformat())
    )
    assert past.status_code == 422
    assert "Ce jour est passé" in plain(past)
    ticked = parse(past.content).xpath("//input[@name='structures'][@checked]/@value")
    assert ticked == [str(world.own.structures[0].pk)]
    with elevated():
        assert RiskCampaign.objects.filter(project=world.project).count() == 2


def test_one_button_ticks_an_og_and_keeps_what_was_typed(world: World, lead: Client) -> None:
    close_second(world)
    og = world.own.ogs[1]
    answer = lead.post(url("risk_campaign_open"), {**form([]), "tick": f"og:{og.pk}"})
    page = parse(answer.content)
    assert answer.status_code == 200
    assert set(page.xpath("//input[@name='structures'][@checked]/@value")) == {
        str(esms.pk) for esms in world.own.structures if esms.og_id == og.pk
    }
    assert page.xpath("string(//textarea[@name='message'])").strip() == "Avant la bascule"
    assert page.xpath("//input[@name='kind'][@checked]/@value") == ["phase_end"]
    none = parse(lead.post(url("risk_campaign_open"), {**form(world.own.structures), "tick": "aucune"}).content)
    assert not none.xpath("//input[@name='structures'][@checked]")


def test_who_is_busy_is_told_apart(world: World, lead: Client) -> None:
    page = lead.get(url("risk_campaign_open"))
    assert not parse(page.content).xpath("//input[@type='checkbox']")
    assert "Le projet lui-même" in plain(page)
    assert "répondent encore à une campagne ouverte" in plain(page)


def test_those_of_the_phase_are_ticked_first(world: World, lead: Client) -> None:
    close_second(world)
    phase = next(phase for phase in Phase if phase != world.project.phase)
    with elevated():
        ESMS.objects.filter(pk=world.own.structures[0].pk).update(phase=phase)
    page = parse(lead.get(url("risk_campaign_open")).content)
    ticked = set(page.xpath("//input[@name='structures'][@checked]/@value"))
    assert ticked == {str(esms.pk) for esms in world.own.structures[1:] if esms.phase == world.project.phase}


def test_a_structure_of_another_project_is_not_on_offer(world: World, lead: Client) -> None:
    close_second(world)
    answer = lead.post(url("risk_campaign_open"), form(world.foreign.structures[:1]))
    assert answer.status_code == 422
    with elevated():
        assert not Assessment.objects.filter(project=world.project, campaign__number=3).exists()


# --- Following -------------------------------------------------------------------------------------------------------


def test_the_page_says_who_is_where_without_a_mark(world: World, lead: Client) -> None:
    page = plain(lead.get(url("risk_campaign", 2)))
    assert "Aucune analyse n’est encore transmise" in page
    assert "En mise en commun" in page
    assert "Le projet lui-même" in page
    assert "Pas commencées" in page
    assert "NONTRANSMIS" not in page


def test_figures_of_who_answers_reach_the_lead(world: World, lead: Client) -> None:
    work = world.own.risk_work[0]
    with elevated():
        Assessment.objects.filter(pk=work.assessment.pk).update(status=AssessmentStatus.ANSWERING)
    assert "un répondant, n’a pas terminé" in plain(lead.get(url("risk_campaign", 2)))
    with elevated():
        type(work.respondent).objects.filter(pk=work.respondent.pk).update(finished_at=timezone.now())
    assert "un répondant, un a terminé" in plain(lead.get(url("risk_campaign", 2)))


@pytest.mark.parametrize(("days", "late"), [(-1, True), (0, False), (1, False)])
def test_what_waits_past_its_day_is_late(world: World, lead: Client, days: int, late: bool) -> None:
    with elevated():
        RiskCampaign.objects.filter(project=world.project, number=2).update(due_on=TODAY + timedelta(days=days))
    assert ("sont en retard" in heading(lead.get(url("risk_campaign", 2)))) is late


# --- More time, more structures --------------------------------------------------------------------------------------


def test_more_time_says_why_and_structures_read_it(world: World, lead: Client) -> None:
    answer = lead.post(
        url("risk_campaign_extend", 2), {"due_on": SOON.isoformat(), "reason": "Les vacances", "version": 1}
    )
    assert answer.status_code == 302
    page = plain(lead.get(url("risk_campaign", 2)))
    assert "La date a changé : Les vacances" in page
    assert "nouvelle date" in page


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"reason": " "}, "Dites pourquoi la date change"),
        ({"due_on": (TODAY - timedelta(days=1)).isoformat()}, "Ce jour est passé"),
        ({"due_on": (TODAY + timedelta(days=10)).isoformat()}, "C’est déjà la date demandée"),
    ],
)
def test_more_time_refuses_in_words(world: World, lead: Client, values: dict[str, str], said: str) -> None:
    answer = lead.post(
        url("risk_campaign_extend", 2), {"due_on": SOON.isoformat(), "reason": "Les vacances", "version": 1, **values}
    )
    assert answer.status_code == 422
    assert said in plain(answer)


def test_two_people_who_move_the_date_see_each_other(world: World, lead: Client) -> None:
    with elevated():
        services.extend(campaign=campaign_of(world, 2), version=1, due_on=SOON, reason="La grève")
    data = {"due_on": (SOON + timedelta(days=3)).isoformat(), "reason": "Les vacances", "version": 1}
    answer = lead.post(url("risk_campaign_extend", 2), data)
    assert answer.status_code == 409
    page = parse(answer.content)
    assert "La grève" in plain(answer)
    assert page.xpath("//input[@name='reason']/@value") == ["Les vacances"]
    assert page.xpath("//input[@name='version']/@value") == ["2"]
    assert lead.post(url("risk_campaign_extend", 2), {**data, "version": 2}).status_code == 302


def test_structures_that_came_since_are_asked_too(world: World, lead: Client) -> None:
    new = ESMSFactory(og=world.own.ogs[0], name="Nouvelle", slug="nouvelle")
    assert "Une structure n’est pas sollicitée" in plain(lead.get(url("risk_campaign", 2)))
    page = plain(lead.get(url("risk_campaign_add", 2)))
    assert "Nouvelle" in page
    assert "Le projet lui-même" not in page  # it is asked already
    nobody = lead.post(url("risk_campaign_add", 2), {"structures": [], "version": 1})
    assert nobody.status_code == 422
    assert "Choisissez au moins une structure" in plain(nobody)
    for _ in ("once", "and by mistake again"):
        assert lead.post(url("risk_campaign_add", 2), {"structures": [str(new.pk)], "version": 1}).status_code == 302
    assert assessments(campaign_of(world, 2))[new.pk].asks_all


def test_adding_to_a_campaign_that_moved_keeps_the_choice(world: World, lead: Client) -> None:
    new = ESMSFactory(og=world.own.ogs[0], name="Nouvelle", slug="nouvelle")
    with elevated():
        services.extend(campaign=campaign_of(world, 2), version=1, due_on=SOON, reason="La grève")
    answer = lead.post(url("risk_campaign_add", 2), {"structures": [str(new.pk)], "version": 1})
    assert answer.status_code == 409
    assert parse(answer.content).xpath("//input[@name='structures'][@checked]/@value") == [str(new.pk)]


# --- Closing ---------------------------------------------------------------------------------------------------------


def test_closing_says_first_what_stops_then_stops_it(world: World, lead: Client) -> None:
    before = lead.get(url("risk_campaign_close", 2))
    assert "Quatre analyses s’arrêtent où elles en sont" in plain(before)
    assert world.own.structures[0].name in plain(before)
    answer = lead.post(url("risk_campaign_close", 2), {"version": 1}, follow=True)
    assert "Campagne n° 2 est close. Quatre analyses s’arrêtent" in plain(answer)
    assert all(row.closed_at for row in assessments(campaign_of(world, 2)).values())
    undo = parse(answer.content).xpath("//form[.//input[@name='undo']]/@action")
    assert undo == [url("risk_campaign_reopen", 2)]
    assert "Quatre analyses reprennent" in plain(lead.post(undo[0], {"undo": 1}, follow=True))
    assert not any(row.closed_at for row in assessments(campaign_of(world, 2)).values())


def test_what_is_transmitted_stays_so_when_the_campaign_closes(world: World) -> None:
    campaign = opens_after_closing(world)
    with elevated():
        transmit(campaign, world.own.structures[0], world.lead)
        assert services.close(campaign=campaign, version=1, by=world.lead) == 2
    rows = assessments(campaign)
    assert rows[world.own.structures[0].pk].closed_at is None
    assert rows[world.own.structures[1].pk].closed_at is not None


def opens_after_closing(world: World) -> RiskCampaign:
    close_second(world)
    return opens(world, world.own.structures)


def transmit(campaign: RiskCampaign, esms: ESMS, by: User) -> None:
    now = timezone.now()
    campaign.assessments.filter(esms=esms).update(
        status=AssessmentStatus.TRANSMITTED,
        validated_by=by,
        validated_at=now,
        transmitted_by=by,
        transmitted_at=now,
    )


def test_a_campaign_whose_places_were_asked_again_stays_closed(world: World, lead: Client) -> None:
    opens_after_closing(world)
    answer = lead.post(url("risk_campaign_reopen", 2), {"undo": 1}, follow=True)
    assert "Une campagne plus récente a été ouverte pour" in plain(answer)
    assert campaign_of(world, 2).closed_at is not None


def test_closing_what_moved_shows_it_and_closes_nothing(world: World, lead: Client) -> None:
    with elevated():
        services.extend(campaign=campaign_of(world, 2), version=1, due_on=SOON, reason="La grève")
    answer = lead.post(url("risk_campaign_close", 2), {"version": 1})
    assert answer.status_code == 409
    assert "Quelqu’un a changé la campagne entre-temps" in plain(answer)
    assert campaign_of(world, 2).closed_at is None


def test_a_closed_campaign_takes_no_more_time_nor_structures(world: World) -> None:
    close_second(world)
    campaign = campaign_of(world, 2)
    new = ESMSFactory(og=world.own.ogs[0], name="Nouvelle", slug="nouvelle")
    with elevated():
        for act in (
            lambda: services.extend(campaign=campaign, version=2, due_on=SOON, reason="La grève"),
            lambda: services.add_structures(campaign=campaign, version=2, structures=[new]),
            lambda: services.close(campaign=campaign, version=2, by=world.lead),
        ):
            with pytest.raises(DomainError, match="Cette campagne est close"):
                act()


# --- Thresholds ------------------------------------------------------------------------------------------------------

TRIED = {"moderate_from": 20, "certain_from": 36, "action_from": 3}


def test_what_thresholds_change_is_read_before_they_are_saved(world: World, lead: Client) -> None:
    answer = lead.post(url("risk_thresholds"), {**TRIED, "version": 0, "preview": 1})
    assert answer.status_code == 200
    assert (
        "Trois structures changeraient de niveau dans l’ensemble : trois de « nul ou faible » à « modéré »."
        in plain(answer)
    )
    assert "Les sections en risque certain passeraient de 0 à 3" in plain(answer)
    assert "Les actions proposées passeraient de 3 à 300" in plain(answer)
    with elevated():
        assert not RiskThresholds.objects.filter(project=world.project).exists()
    assert lead.post(url("risk_thresholds"), {**TRIED, "version": 0}).status_code == 302
    assert "Les seuils de ce projet" in heading(lead.get(url("risk_thresholds")))


def test_thresholds_written_meanwhile_are_shown_beside_ours(world: World, lead: Client) -> None:
    with elevated():
        set_thresholds(project=world.project, version=0, moderate_from=30, certain_from=60, action_from=8)
    answer = lead.post(url("risk_thresholds"), {**TRIED, "version": 0})
    assert answer.status_code == 409
    assert "à partir de 30 points" in plain(answer)
    assert parse(answer.content).xpath("//input[@name='certain_from']/@value") == ["36"]
    with elevated(), pytest.raises(Conflict):
        set_thresholds(project=world.project, version=7, **TRIED)
    assert lead.post(url("risk_thresholds"), {**TRIED, "version": 1}).status_code == 302


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"certain_from": 20}, "« Certain » commence plus haut que « modéré »"),
        ({"action_from": 1}, "Donnez un nombre de 2 à 10"),
        ({"moderate_from": "beaucoup"}, "Donnez un nombre de 11 à 99"),
    ],
)
def test_thresholds_out_of_order_are_refused(world: World, lead: Client, values: dict[str, Any], said: str) -> None:
    answer = lead.post(url("risk_thresholds"), {**TRIED, "version": 0, **values})
    assert answer.status_code == 422
    assert said in plain(answer)


# --- Who -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PROJECT_LEAD])
def test_only_the_lead_holds_campaigns(world: World, client_as: Callable[..., Client], role: Role) -> None:
    client = client_as(world.own.people[role])
    for name in ("risk_campaigns", "risk_campaign_open", "risk_thresholds"):
        assert client.get(url(name)).status_code == 403
