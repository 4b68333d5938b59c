"""The life of a statement: what is asked of whom, given, sent back, taken up again, locked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from common.scope import elevated
from indicators.enums import Frequency, StatementStatus
from indicators.models import Campaign, Definition, Figure, Statement
from indicators.periods import Period
from indicators.services.campaign_statements import return_statement
from organisations.enums import Role
from organisations.models import User
from tests.factories import MembershipFactory
from tests.harness.htmx import parse, text
from tests.harness.indicators import OWN, RATE, SLOTS
from tests.harness.world import World
from tests.indicators.entering import Desk, desk_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(world: World, client_as: Callable[[User], Client]) -> Desk:
    return desk_of(world, client_as)


def read(answer: object) -> str:
    return text(parse(answer.content))  # type: ignore[attr-defined]


def published(desk: Desk) -> set[bool]:
    with elevated():
        return set(Figure.objects.filter(statement=desk.statement).values_list("published", flat=True))


# --- The list --------------------------------------------------------------------------------------------------------


def test_what_is_to_enter_comes_first_with_its_day_and_how_far_it_is(desk: Desk) -> None:
    desk.earlier(2)
    desk.save(desk.referent, OWN, amount="4")
    page = parse(desk.get(desk.referent, "statements").content)
    now, past = page.xpath("//ul[@class='statements']")
    assert f"1 valeur sur {len(desk.asked)}" in text(now)
    assert "À rendre le" in text(now)
    assert text(past).count("Pas rendu, collecte close") == 2
    assert "est attendu" in text(page.xpath("//h1")[0])


def test_the_same_list_above_the_structure_says_that_nothing_is_read_yet(desk: Desk, world: World) -> None:
    page = read(desk.get(world.lead, "statements"))
    assert "Rien n’en est lu au-dessus de la structure avant qu’elle le rende." in page


def test_an_empty_list_says_what_will_be_there(world: World, client_as: Callable[[User], Client]) -> None:
    desk = desk_of(world, client_as)
    with elevated():
        desk.statement.delete()
    page = read(desk.get(desk.referent, "statements"))
    assert "Quand le chef de projet ouvrira une campagne" in page


def test_a_director_of_two_structures_is_led_to_the_next_one(desk: Desk, world: World) -> None:
    other = desk_of(world, desk.sign_in)
    MembershipFactory(user=desk.director, role=Role.ESMS_DIRECTOR, target=other.esms)
    assert other.esms.name in read(desk.get(desk.director, "statements"))
    assert other.esms.name not in read(desk.get(desk.referent, "statements"))
    desk.fill()
    answer = desk.act(desk.director, "statement_give")
    page = parse(desk.sign_in(desk.director).get(answer["Location"]).content)
    (link,) = page.xpath("//a[contains(., 'Saisir le suivant')]")
    assert link.get("href") == other.url("statement")


# --- Giving ----------------------------------------------------------------------------------------------------------


def test_an_empty_statement_is_not_complete(desk: Desk) -> None:
    page = parse(desk.get(desk.referent).content)
    assert not page.xpath("//form[@id='rendre']")
    answer = desk.act(desk.referent, "statement_give")
    assert answer.status_code == 422
    assert f"Il manque encore {len(desk.asked)} valeurs" in read(answer)
    assert desk.fresh().status == StatementStatus.OPEN


def test_what_is_missing_is_linked(desk: Desk) -> None:
    desk.fill(but=RATE)
    page = parse(desk.get(desk.referent).content)
    (link,) = page.xpath("//section[@id='bilan']//ul[@class='lacking']//a")
    assert (link.get("href"), text(link)) == (f"#v-{RATE}", "Taux de connexion")
    assert page.xpath(f"//*[@id='v-{RATE}']")
    assert desk.act(desk.referent, "statement_give").status_code == 422
    # A reason is as good as a value.
    assert desk.save(desk.referent, RATE, absence="unavailable", why="Panne").status_code == 200
    assert desk.act(desk.referent, "statement_give").status_code == 302


def test_giving_says_who_reads_it_from_then_on_and_they_do(desk: Desk, world: World) -> None:
    desk.fill()
    page = read(desk.get(desk.referent))
    assert f"est lu par le chef de projet ({world.lead})" in page
    assert "Les groupes de moins de cinq personnes n’y paraissent pas." in page
    answer = desk.act(desk.referent, "statement_give")
    assert answer.status_code == 302
    statement = desk.fresh()
    assert (statement.status, statement.given_by_id) == (StatementStatus.GIVEN, desk.referent.pk)
    assert published(desk) == {True}
    page = read(desk.get(world.lead))
    assert "relevé rendu à temps" in page
    assert "80 % (40 sur 50)" in page
    assert f"Rendu par {desk.referent}" in page


def test_given_twice_it_was_given_once(desk: Desk) -> None:
    desk.fill()
    desk.act(desk.referent, "statement_give")
    first = desk.fresh()
    assert desk.act(desk.director, "statement_give").status_code == 302
    assert (desk.fresh().given_by_id, desk.fresh().given_at) == (desk.referent.pk, first.given_at)


def test_late_is_from_the_day_after_and_is_told(desk: Desk) -> None:
    desk.campaign(opens_on=timezone.localdate() - timedelta(days=9), due_on=timezone.localdate() - timedelta(days=2))
    assert "Était à rendre le" in read(desk.get(desk.referent, "statements"))
    desk.fill()
    desk.act(desk.referent, "statement_give")
    assert "relevé rendu après l’échéance" in read(desk.get(desk.referent))


def test_above_small_groups_are_masked_and_the_structure_reads_its_own(desk: Desk, world: World) -> None:
    desk.fill(but=SLOTS)
    parts = {"weekday_day": 217, "weekday_evening": 59, "night": 3, "weekend": 21}
    desk.save(desk.referent, SLOTS, **{f"part-{name}": str(value) for name, value in parts.items()})
    desk.act(desk.referent, "statement_give")
    inside, above = read(desk.get(desk.referent)), read(desk.get(world.lead))
    assert "Nuit, 22 h à 7 h : 3 connexions" in inside
    assert "Nuit, 22 h à 7 h : masqué" in above
    assert "Week-end et jours fériés, 7 h à 22 h : masqué" in above  # the smallest neighbour, for what is left
    assert "217 connexions" in above


def test_an_error_of_consistency_keeps_it_from_being_given_a_warning_does_not(desk: Desk) -> None:
    earlier = desk.earlier(3)
    for row in earlier:  # since the opening
        desk.fill(statement=row)
    desk.fill(but="tickets_handled_count")
    desk.save(desk.referent, "tickets_handled_count", amount="40")
    answer = desk.act(desk.referent, "statement_give")
    assert answer.status_code == 422
    assert "on ne peut pas clore plus de tickets" in read(answer)
    desk.save(desk.referent, "tickets_handled_count", 1, amount="11")
    # Connections that differ by place are to check, no more.
    figure = desk.kept("connections_by_place_count")
    with elevated():
        Figure.objects.filter(pk=figure.pk).update(amount=299)
    assert "À vérifier : les connexions de la période" in read(desk.get(desk.referent))
    assert desk.act(desk.referent, "statement_give").status_code == 302


def test_what_weighs_a_mean_is_set_when_it_is_given_and_taken_away_after(desk: Desk) -> None:
    desk.fill()
    desk.act(desk.referent, "statement_give")
    assert desk.kept("ticket_resolution_days").base == 10
    desk.act(desk.referent, "statement_resume")
    figure = desk.kept("ticket_resolution_days")
    assert figure.base is None
    # Saved as it is, it is no change.
    desk.save(desk.referent, "ticket_resolution_days", figure.version, amount="4")
    assert desk.kept("ticket_resolution_days").version == figure.version
    with elevated():
        Figure.objects.filter(statement=desk.statement, indicator__code="tickets_closed_count").update(amount=0)
    desk.act(desk.referent, "statement_give")
    assert desk.kept("ticket_resolution_days").base is None
    with elevated():
        assert Definition.objects.filter(weighted_by="tickets_closed_count").exists()


def test_sent_back_by_the_lead_a_mean_is_its_own_again(desk: Desk) -> None:
    """Its weight would make the grid take it for a split value, that it can't change."""
    desk.fill()
    desk.act(desk.referent, "statement_give")
    given = desk.fresh()
    with elevated():
        return_statement(statement=given, version=given.version, reason="La somme surprend", by=desk.lead)
    assert desk.kept("ticket_resolution_days").base is None
    assert desk.kept("connection_rate").base == 50


def test_the_direction_does_not_give_what_was_taken_up_again_since_it_read_it(desk: Desk) -> None:
    desk.campaign(validated=True)
    desk.fill()
    desk.act(desk.referent, "statement_submit")
    posted = {"version": form_of(desk.get(desk.director), "statement_give", desk)}
    desk.act(desk.referent, "statement_resume")
    desk.save(desk.referent, "tickets_created_count", desk.kept("tickets_created_count").version, amount="99")
    desk.act(desk.referent, "statement_submit")
    answer = desk.act(desk.director, "statement_give", **posted)
    assert answer.status_code == 409
    assert "relisez-le" in read(answer)
    assert desk.fresh().status == StatementStatus.SUBMITTED
    again = {"version": form_of(answer, "statement_give", desk)}
    assert desk.act(desk.director, "statement_give", **again).status_code == 302
    assert desk.fresh().status == StatementStatus.GIVEN


def form_of(answer: Any, name: str, desk: Desk) -> str:
    """The version that the form to an address holds."""
    [form] = parse(answer.content).xpath(f"//form[@action='{desk.url(name)}']")
    return str(form.xpath("string(.//input[@name='version']/@value)"))


# --- Taken up again --------------------------------------------------------------------------------------------------


def test_taken_back_it_is_read_no_more_and_the_first_day_stays(desk: Desk, world: World) -> None:
    desk.fill()
    desk.act(desk.referent, "statement_give")
    first = desk.fresh().first_given_at
    page = read(desk.get(desk.referent))
    assert "Repris, il n’est plus lu au-dessus de la structure" in page
    assert desk.act(desk.director, "statement_resume").status_code == 302
    statement = desk.fresh()
    assert (statement.status, statement.given_at, statement.first_given_at) == (StatementStatus.OPEN, None, first)
    assert published(desk) == {False}
    assert "80 %" not in read(desk.get(world.lead))
    figure = desk.kept(RATE)
    assert desk.save(desk.referent, RATE, figure.version, amount="41", base="50").status_code == 200
    desk.act(desk.director, "statement_give")
    assert desk.fresh().first_given_at == first
    assert "82 % (41 sur 50)" in read(desk.get(world.lead))


def test_a_given_statement_takes_no_figure(desk: Desk) -> None:
    desk.fill()
    page = desk.get(desk.referent)
    assert page.status_code == 200
    desk.act(desk.director, "statement_give")
    answer = desk.save(desk.referent, RATE, 1, amount="41", base="50")
    assert answer.status_code == 422
    assert "Ce relevé est rendu" in answer.content.decode()
    assert desk.kept(RATE).amount == 40
    assert not parse(desk.get(desk.referent).content).xpath("//form[@data-line]")


# --- The direction has the last word ---------------------------------------------------------------------------------


@pytest.fixture
def validated(desk: Desk) -> Desk:
    desk.campaign(validated=True)
    desk.fill()
    return desk


def test_a_referent_submits_and_the_director_gives(validated: Desk, world: World) -> None:
    assert "Soumettre à la direction" in read(validated.get(validated.referent))
    assert validated.act(validated.referent, "statement_give").status_code == 422
    assert validated.act(validated.referent, "statement_submit").status_code == 302
    assert validated.fresh().status == StatementStatus.SUBMITTED
    assert published(validated) == {False}
    assert "80 % (40 sur 50)" not in read(validated.get(world.lead))
    page = read(validated.get(validated.director))
    assert "À vous de le valider" in page
    assert f"Soumis par {validated.referent}" in page
    assert "À vous de le valider" not in read(validated.get(validated.referent))
    assert validated.act(validated.director, "statement_give").status_code == 302
    assert validated.fresh().given_by_id == validated.director.pk
    assert validated.act(validated.referent, "statement_resume").status_code == 422
    assert "elle seule peut le reprendre" in read(validated.get(validated.referent))


def test_the_director_sends_it_back_with_a_word(validated: Desk) -> None:
    validated.act(validated.referent, "statement_submit")
    assert validated.save(validated.referent, RATE, 1, amount="41", base="50").status_code == 422
    assert validated.act(validated.director, "statement_return", why=" ").status_code == 422
    assert validated.fresh().status == StatementStatus.SUBMITTED
    assert validated.act(validated.director, "statement_return", why="Recompter les tickets").status_code == 302
    page = read(validated.get(validated.referent))
    assert f"{validated.director} vous renvoie ce relevé" in page
    assert "Recompter les tickets" in page
    assert validated.save(validated.referent, RATE, 1, amount="41", base="50").status_code == 200
    validated.act(validated.referent, "statement_submit")
    assert validated.fresh().sent_back_why == ""


def test_who_submitted_takes_it_back(validated: Desk) -> None:
    validated.act(validated.referent, "statement_submit")
    assert validated.act(validated.referent, "statement_resume").status_code == 302
    assert validated.fresh().status == StatementStatus.OPEN


def test_a_director_gives_at_once(validated: Desk) -> None:
    assert "Valider et rendre" in read(validated.get(validated.director))
    assert validated.act(validated.director, "statement_give").status_code == 302
    assert validated.fresh().status == StatementStatus.GIVEN


def test_sending_back_is_the_direction_s_alone(validated: Desk, world: World) -> None:
    validated.act(validated.referent, "statement_submit")
    for user in (validated.referent, world.lead):
        assert validated.act(user, "statement_return", why="Non").status_code == 403


# --- Locks -----------------------------------------------------------------------------------------------------------


def test_a_closed_collection_says_who_can_open_it(desk: Desk, world: World) -> None:
    desk.save(desk.referent, OWN, amount="4")
    desk.campaign(closed_at=timezone.now(), closed_by=world.lead)
    page = read(desk.get(desk.referent))
    assert "La collecte de cette période est close depuis le" in page
    assert f"{world.lead}, chef de projet, peut la rouvrir pour votre structure." in page
    assert "4 réunions" in page  # what was entered is read still
    assert desk.save(desk.referent, OWN, 1, amount="5").status_code == 422
    assert desk.act(desk.director, "statement_give").status_code == 422
    # Reopened for this structure, it goes on.
    desk.change(reopened_until=timezone.localdate())
    assert "Rouvert jusqu’au" in read(desk.get(desk.referent, "statements"))
    assert desk.save(desk.referent, OWN, 1, amount="5").status_code == 200


def test_a_collection_that_is_not_open_yet_says_when(desk: Desk) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    desk.campaign(opens_on=tomorrow)
    assert "La saisie s’ouvre le" in read(desk.get(desk.referent))
    assert desk.save(desk.referent, OWN, amount="5").status_code == 422


def test_another_structure_of_the_same_og_reads_nothing(desk: Desk, world: World) -> None:
    assert desk.get(world.person(Role.ESMS_DIRECTOR)).status_code == 404
    assert desk.get(world.person(Role.ESMS_DIRECTOR), "statements").status_code == 404


def test_weekly_and_quarterly_statements_have_pages_of_their_own(desk: Desk, world: World) -> None:
    today = timezone.localdate()
    for frequency in (Frequency.WEEKLY, Frequency.QUARTERLY):
        period = Period.of(frequency, today).previous
        with elevated():
            campaign = Campaign.objects.create(
                project=desk.esms.project,
                frequency=frequency,
                period_start=period.start,
                opens_on=today,
                due_on=today,
                closes_on=today,
            )
            row = Statement.objects.create(
                project=desk.esms.project, og=desk.esms.og, esms=desk.esms, campaign=campaign
            )
        page = read(desk.get(desk.referent, period=period))
        assert period.label.replace("\xa0", " ").capitalize()[:8] in page
        with elevated():
            row.delete()
