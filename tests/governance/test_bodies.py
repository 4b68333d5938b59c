"""Bodies and seats: who is appointed, what they may then read, what they answer, and what the pages say of it."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.scope import elevated
from governance.enums import BodyKind, Representation
from governance.models import Body, Mandate
from governance.selectors.bodies import own_seats_to_answer, seats_to_answer
from governance.services import (
    answer_seat,
    appoint,
    appoint_member,
    change_seat,
    close_group,
    create_group,
    end_seat,
    set_up_bodies,
    update_body,
)
from organisations.access import acting_as
from organisations.enums import ROLE_PERMISSIONS, ComopCategory, Level, Permission, ProjectKind, Role
from organisations.models import Membership, Project, ProjectPermission, User
from organisations.services import sync_permissions
from tests.factories import (
    BodyFactory,
    ESMSFactory,
    MandateFactory,
    MembershipFactory,
    OGFactory,
    ProjectFactory,
    UserFactory,
)
from tests.harness.htmx import HTMX, parse, text
from tests.harness.queries import counted
from tests.harness.threads import together
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db
PAGE = f"/projets/{SLUG}/gouvernance/instances/"
TODAY = timezone.localdate


def plain(answer: HttpResponse) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def heading(answer: HttpResponse) -> str:
    return text(parse(answer.content).xpath("//h1")[0]).replace("\xa0", " ").replace("\u202f", " ")


def body(world: World, kind: BodyKind = BodyKind.COMOP) -> Body:
    with elevated():
        return Body.objects.select_related("project").get(project=world.project, kind=kind)


def member(world: World, role: Role = Role.OBSERVER) -> User:
    """Somebody who takes part in the project and sits nowhere."""
    user = UserFactory()
    MembershipFactory(user=user, role=role, target=world.project)
    return user


def give(world: World, user: User, on: Body | None = None, **values: object) -> Mandate:
    given = {"og": world.own.ogs[0], "comop_category": ComopCategory.WORK, **values}
    with elevated():
        return appoint(body=on or body(world), user=user, appointed_by=world.lead, **given)


def fresh(seat: Mandate) -> Mandate:
    with elevated():
        return Mandate.objects.select_related("body__project", "user", "substitute").get(pk=seat.pk)


def roles(world: World, user: User, role: Role = Role.COMOP) -> list[tuple[date, date | None]]:
    """From when to when this person holds the role, what is over left out."""
    with elevated():
        rows = Membership.objects.filter(user=user, project=world.project, role=role).order_by("starts_on")
        return [(row.starts_on, row.ends_on) for row in rows if row.ends_on is None or row.ends_on >= TODAY()]


def permissions(world: World, user: User) -> dict[str, date | None]:
    with elevated():
        rows = ProjectPermission.objects.filter(user=user, content_object=world.project).select_related("permission")
        return {row.permission.codename: row.until for row in rows}


def in_step(*people: User) -> bool:
    """Whether the permissions of these people are those that their memberships give."""
    with elevated():
        return sync_permissions([user.pk for user in people]) == 0


# --- A seat gives its role -------------------------------------------------------------------------------------------


def test_a_seat_gives_the_role_of_its_body_and_a_guest_gets_none(world: World) -> None:
    sits, guest = member(world), member(world)
    give(world, sits)
    give(world, guest, invited=True)
    assert roles(world, sits) == [(TODAY(), None)]
    assert Permission.ANSWER_ALERTS in permissions(world, sits)
    assert roles(world, guest) == []
    assert in_step(sits, guest)


def test_a_seat_with_an_end_gives_a_role_with_the_same_end(world: World) -> None:
    user, last = member(world), TODAY() + timedelta(days=40)
    give(world, user, ends_on=last)
    assert roles(world, user) == [(TODAY(), last)]
    assert permissions(world, user)[Permission.ANSWER_ALERTS] == last
    assert in_step(user)


def test_a_seat_to_come_gives_a_role_to_come(world: World) -> None:
    user, first = member(world), TODAY() + timedelta(days=10)
    give(world, user, starts_on=first)
    assert roles(world, user) == [(first, None)]
    assert Permission.ANSWER_ALERTS not in permissions(world, user)
    assert in_step(user)


def test_the_role_lasts_as_long_as_the_last_of_its_seats(world: World) -> None:
    user, soon, late = member(world), TODAY() + timedelta(days=10), TODAY() + timedelta(days=90)
    give(world, user, ends_on=soon)
    second = give(world, user, comop_category=ComopCategory.CHILDREN, ends_on=late)
    assert roles(world, user) == [(TODAY(), late)]
    with acting_as(world.lead.pk):
        change_seat(seat=fresh(second), version=1, ends_on=None, substitute=None, changed_by=world.lead)
    assert roles(world, user) == [(TODAY(), None)]
    assert permissions(world, user)[Permission.ANSWER_ALERTS] is None
    assert in_step(user)


def test_two_seats_apart_are_two_roles_apart(world: World) -> None:
    user, soon, later = member(world), TODAY() + timedelta(days=10), TODAY() + timedelta(days=60)
    give(world, user, ends_on=soon)
    give(world, user, starts_on=later)
    assert roles(world, user) == [(TODAY(), soon), (later, None)]
    assert in_step(user)


def test_a_role_does_not_last_until_a_seat_to_come(world: World) -> None:
    user, ahead = member(world), TODAY() + timedelta(days=60)
    held = give(world, user, starts_on=TODAY() - timedelta(days=30))
    with elevated():
        Membership.objects.filter(user=user, role=Role.COMOP).update(starts_on=TODAY() - timedelta(days=30))
    give(world, user, starts_on=ahead, comop_category=ComopCategory.SERVICE)
    with acting_as(world.lead.pk):
        end_seat(seat=fresh(held), version=1, ended_by=world.lead)
    assert roles(world, user) == [(ahead, None)]
    assert in_step(user)
    with acting_as(user.pk) as access:
        assert not access.in_project(world.project, Permission.ANSWER_ALERTS)


def test_a_substitute_reads_what_they_vote_on_and_no_longer_once_replaced(world: World) -> None:
    titular, first, second = member(world), member(world), member(world)
    seat = give(world, titular, substitute=first)
    assert Permission.VIEW_DECISIONS in permissions(world, first)
    with acting_as(world.lead.pk):
        change_seat(seat=fresh(seat), version=1, ends_on=None, substitute=second, changed_by=world.lead)
    assert (roles(world, first), roles(world, second)) == ([], [(TODAY(), None)])
    with acting_as(world.lead.pk):
        end_seat(seat=fresh(seat), version=2, ended_by=world.lead)
    assert (roles(world, titular), roles(world, second)) == ([], [])
    assert in_step(titular, first, second)


def test_the_role_stays_while_another_seat_of_the_body_is_held(world: World) -> None:
    user = member(world)
    first = give(world, user)
    second = give(world, user, comop_category=ComopCategory.CHILDREN)
    with acting_as(world.lead.pk):
        end_seat(seat=fresh(first), version=1, ended_by=world.lead)
    assert roles(world, user) == [(TODAY(), None)]
    with acting_as(world.lead.pk):
        end_seat(seat=fresh(second), version=1, ended_by=world.lead)
    assert roles(world, user) == []
    assert Permission.ANSWER_ALERTS not in permissions(world, user)
    assert list(Mandate.objects.active().filter(user=user)) == []
    assert in_step(user)


def test_a_role_on_one_body_is_not_touched_by_a_seat_on_the_other(world: World) -> None:
    user = member(world)
    on_comop = give(world, user)
    give(world, user, body(world, BodyKind.COSTRAT), comop_category="")
    with acting_as(world.lead.pk):
        end_seat(seat=fresh(on_comop), version=1, ended_by=world.lead)
    assert roles(world, user) == []
    assert roles(world, user, Role.COSTRAT) == [(TODAY(), None)]


def test_a_working_group_gives_no_role(world: World) -> None:
    user = member(world)
    give(world, user, world.own.governance.group)
    assert set(permissions(world, user)) == {Permission.VIEW_PROJECT, *permissions(world, world.person(Role.OBSERVER))}


def test_who_is_to_be_the_vendor_is_appointed_no_more(world: World) -> None:
    user = member(world)
    MembershipFactory(user=user, role=Role.VENDOR, target=world.project, starts_on=TODAY() + timedelta(days=9))
    with pytest.raises(DomainError, match="L’éditeur siège comme invité"):
        give(world, user)


@pytest.mark.parametrize("as_substitute", [False, True])
def test_the_vendor_sits_as_a_guest_only(world: World, as_substitute: bool) -> None:
    vendor = world.person(Role.VENDOR)
    people = {"user": member(world), "substitute": vendor} if as_substitute else {"user": vendor}
    with pytest.raises(DomainError, match="L’éditeur siège comme invité"):
        give(world, **people)
    give(world, vendor, invited=True)
    assert set(permissions(world, vendor)) == set(ROLE_PERMISSIONS[Role.VENDOR][Level.PROJECT])


# --- Appointing ------------------------------------------------------------------------------------------------------


def appointed(world: World, user: User, **values: object) -> list[Mandate]:
    given = {
        "body": body(world),
        "user": user,
        "appointed_by": world.lead,
        "representation": Representation.STRUCTURE_TYPE,
        "og": world.own.ogs[0],
        "esms": None,
        "categories": [ComopCategory.WORK],
        "territory": "",
        "substitute": None,
        "votes": False,
        "invited": False,
        "starts_on": TODAY(),
        "ends_on": None,
        "token": uuid.uuid4(),
        **values,
    }
    with acting_as(world.lead.pk):
        return appoint_member(**given)


def test_one_person_carries_two_categories_and_the_form_posted_twice_appoints_once(world: World) -> None:
    user, token = member(world), uuid.uuid4()
    both = [ComopCategory.WORK, ComopCategory.ACCOMMODATION]
    first = appointed(world, user, categories=both, token=token)
    assert [seat.comop_category for seat in first] == both
    assert appointed(world, user, categories=both, token=token) == first
    assert fresh(first[0]).accepted_at is None


def test_a_structure_brings_its_og_along(world: World) -> None:
    structure = world.own.structures[0]
    (seat,) = appointed(
        world, member(world), representation=Representation.OWN_ESMS, og=None, esms=structure, categories=[]
    )
    assert (seat.og_id, seat.esms_id) == (structure.og_id, structure.pk)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"representation": None}, "representation"),
        ({"representation": Representation.OWN_ESMS}, "esms"),
        ({"representation": Representation.TERRITORY}, "territory"),
        ({"categories": []}, "categories"),
        ({"og": None}, "og"),
        ({"og": None, "representation": Representation.TERRITORY, "territory": "Le nord", "votes": True}, "og"),
        ({"ends_on": date(2020, 1, 1)}, "ends_on"),
    ],
)
def test_a_seat_says_in_what_name_and_until_when(world: World, values: dict[str, object], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        appointed(world, member(world), **values)
    assert refused.value.field == field


def test_an_outsider_neither_sits_nor_stands_in(world: World) -> None:
    for values in ({"user": UserFactory()}, {"user": member(world), "substitute": UserFactory()}):
        with pytest.raises(DomainError, match="ne prend pas part au projet"):
            appointed(world, **values)


def test_the_same_seat_is_held_once_in_the_same_days(world: World) -> None:
    user = member(world)
    appointed(world, user, ends_on=TODAY() + timedelta(days=30))
    with pytest.raises(DomainError, match="tient déjà ce siège"):
        appointed(world, user, ends_on=TODAY() + timedelta(days=5))
    appointed(world, user, starts_on=TODAY() + timedelta(days=31))
    with pytest.raises(DomainError, match="Un invité ne vote pas"):
        give(world, member(world), invited=True, votes=True)
    with pytest.raises(DomainError, match="La suppléance revient à une autre personne"):
        give(world, other := member(world), substitute=other)


def test_who_appoints_themselves_is_not_asked(world: World) -> None:
    (seat,) = appointed(world, world.lead)
    assert fresh(seat).accepted_at is not None


# --- Answering -------------------------------------------------------------------------------------------------------


def test_an_accepted_seat_is_asked_no_more(world: World) -> None:
    user = member(world)
    seat = give(world, user)
    with acting_as(user.pk) as access:
        assert seats_to_answer(user, access) == [seat]
        answer_seat(seat=fresh(seat), accepts=True)
        answer_seat(seat=fresh(seat), accepts=True)  # posted twice
        assert seats_to_answer(user, access) == []
        with pytest.raises(DomainError, match="Vous avez déjà accepté ce siège"):
            answer_seat(seat=fresh(seat), accepts=False, reason="Trop loin.")
    assert roles(world, user) == [(TODAY(), None)]


def test_a_declined_seat_no_longer_counts_and_the_role_goes_with_it(world: World) -> None:
    user, stands_in = member(world), member(world)
    seat = give(world, user, substitute=stands_in)
    with acting_as(user.pk):
        with pytest.raises(DomainError, match="Dites pourquoi") as refused:
            answer_seat(seat=fresh(seat), accepts=False, reason=" ")
        assert refused.value.field == "reason"
        answer_seat(seat=fresh(seat), accepts=False, reason="Trop loin.")
    declined = fresh(seat)
    assert (declined.decline_reason, declined.accepted_at) == ("Trop loin.", None)
    assert list(Mandate.objects.active().filter(user=user)) == []
    assert (roles(world, user), roles(world, stands_in)) == ([], [])
    assert in_step(user, stands_in)
    give(world, user)  # and may be given again
    assert roles(world, user) == [(TODAY(), None)]


def test_what_waits_for_an_answer_is_asked_across_projects_of_that_person_alone(world: World) -> None:
    user, other = member(world), ProjectFactory()
    MembershipFactory(user=user, role=Role.OBSERVER, target=other)
    here = give(world, user)
    elsewhere = MandateFactory(body=BodyFactory(project=other), user=user)
    over = give(
        world, user, comop_category=ComopCategory.CHILDREN, starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 9)
    )
    group = BodyFactory(project=world.project, kind=BodyKind.WORKING_GROUP, name="Finie", closed_on=TODAY())
    give(world, user, group)
    with acting_as(user.pk) as access:
        found = seats_to_answer(user, access)
        assert {seat.pk for seat in found} == {here.pk, elsewhere.pk}
        assert over not in found
        assert [seat.pk for seat in own_seats_to_answer(user, world.project)] == [here.pk]
    with acting_as(world.lead.pk) as access:
        assert seats_to_answer(world.lead, access) == []


# --- Changing --------------------------------------------------------------------------------------------------------


def test_two_people_do_not_overwrite_each_other(world: World) -> None:
    seat = give(world, member(world))
    with acting_as(world.lead.pk):
        change_seat(seat=fresh(seat), version=1, ends_on=TODAY(), substitute=None, changed_by=world.lead)
        with pytest.raises(Conflict):
            change_seat(seat=fresh(seat), version=1, ends_on=None, substitute=None, changed_by=world.lead)
        with pytest.raises(Conflict):
            end_seat(seat=fresh(seat), version=1, ended_by=world.lead)


def test_a_seat_that_is_over_changes_no_more(world: World) -> None:
    seat = give(world, member(world))
    with acting_as(world.lead.pk):
        end_seat(seat=fresh(seat), version=1, ended_by=world.lead)
        for refused in (
            lambda: change_seat(seat=fresh(seat), version=2, ends_on=None, substitute=None, changed_by=world.lead),
            lambda: end_seat(seat=fresh(seat), version=2, ended_by=world.lead),
            lambda: answer_seat(seat=fresh(seat), accepts=True),
        ):
            with pytest.raises(DomainError, match="déjà pris fin"):
                refused()


def test_the_database_holds_what_the_services_do(world: World) -> None:
    user = member(world)
    with pytest.raises(IntegrityError, match="mandate_guest_does_not_vote"), elevated():
        Mandate.objects.bulk_create(
            [Mandate(project=world.project, body=body(world), user=user, invited=True, votes=True)]
        )


# --- Bodies and groups -----------------------------------------------------------------------------------------------


def test_a_new_project_gets_both_bodies_once_as_the_catalogue_has_them() -> None:
    project, lead = ProjectFactory(), UserFactory()
    MembershipFactory(user=lead, role=Role.PROJECT_LEAD, target=project)
    with acting_as(lead.pk):
        costrat, comop = set_up_bodies(project=project)
        assert set_up_bodies(project=project) == []
    assert (costrat.convocation_days, costrat.minutes_days, costrat.quorum_percent) == (15, 10, 60)
    assert (comop.convocation_days, comop.minutes_days, comop.quorum_percent) == (7, 5, 50)
    assert (costrat.chair, comop.chair, costrat.secretary) == (None, lead, lead)


def test_a_group_ends_with_its_seats(world: World) -> None:
    token = uuid.uuid4()
    values = {"name": "Formation", "purpose": "", "closes_on": None, "token": token}
    with acting_as(world.lead.pk):
        group = create_group(project=world.project, **values)
        assert create_group(project=world.project, **values) == group
        with pytest.raises(DomainError, match="porte déjà ce nom"):
            create_group(project=world.project, **{**values, "token": uuid.uuid4()})
        with pytest.raises(DomainError, match="un jour à venir"):
            create_group(project=world.project, name="Autre", purpose="", closes_on=TODAY(), token=uuid.uuid4())
    seat = give(world, member(world), group, comop_category="")
    with acting_as(world.lead.pk):
        close_group(body=group, version=1)
        with pytest.raises(DomainError, match="Ce groupe est dissous"):
            appointed(world, member(world), body=fresh(seat).body)
        with pytest.raises(DomainError, match="dure autant que le projet"):
            close_group(body=body(world), version=1)
    assert list(Mandate.objects.active().filter(body=group)) == []


def test_a_seat_ends_before_its_group(world: World) -> None:
    closes = TODAY() + timedelta(days=30)
    group = BodyFactory(project=world.project, kind=BodyKind.WORKING_GROUP, name="Courte", closed_on=closes)
    (seat,) = appointed(world, member(world), body=group, ends_on=None)
    assert seat.ends_on == closes - timedelta(days=1)
    with pytest.raises(DomainError, match="sera dissous avant"):
        appointed(world, member(world), body=group, ends_on=closes)


def test_settings_are_saved_field_by_field_and_meet_their_limits(world: World) -> None:
    with acting_as(world.lead.pk):
        held = body(world)
        update_body(held, version=1, frequency_months=2)
        update_body(body(world), version=1, convocation_days=9)  # another field: no conflict
        with pytest.raises(Conflict):
            update_body(body(world), version=1, frequency_months=4)
        with pytest.raises(DomainError, match="Le quorum est une part"):
            update_body(body(world), version=body(world).version, quorum_percent=101)


@pytest.mark.django_db(transaction=True)
def test_two_seats_that_end_at_the_same_moment_take_their_role_with_them(world: World) -> None:
    user = member(world)
    seats = [give(world, user, comop_category=category) for category in list(ComopCategory)[:4]]

    def end(number: int) -> None:
        with acting_as(world.lead.pk):
            end_seat(seat=fresh(seats[number]), version=1, ended_by=world.lead)

    together(len(seats), end)
    assert roles(world, user) == []
    assert in_step(user)


# --- Pages -----------------------------------------------------------------------------------------------------------


def test_the_list_says_what_each_body_is_for_and_what_its_rule_says(world: World, lead: Client) -> None:
    page = plain(lead.get(PAGE))
    assert heading(lead.get(PAGE)) == "Le COSTRAT et le COMOP ont chacun quatre points à revoir"
    assert "Instance de décision du plus haut niveau" in page
    assert "Le COMOP compte un membre : il en faut au moins quatre. Et trois autres points à revoir." in page
    assert "1 membre, dont 1 vote" in page
    assert "Reprise" in page
    assert "Ouvrir un groupe de travail" in page


def test_everybody_in_the_project_reads_bodies_and_only_the_lead_is_offered_to_change_them(
    world: World, client_as: Callable
) -> None:
    for role in Role:
        client = client_as(world.person(role))
        for address in (PAGE, f"{PAGE}costrat/", f"{PAGE}comop/", f"{PAGE}{world.own.governance.group.pk}/"):
            answer = client.get(address)
            assert answer.status_code == 200
            assert ("Nommer quelqu’un" in plain(answer) or address == PAGE) == (
                role is Role.PROJECT_LEAD or address == PAGE
            )
        shown = parse(client.get(f"{PAGE}comop/").content)
        assert bool(shown.xpath("//form[contains(@action, '/reglages/')]")) == (role is Role.PROJECT_LEAD)
        assert ("Chaque mois" in text(shown)) == (role is not Role.PROJECT_LEAD)


def test_a_project_without_bodies_offers_to_create_them(client_as: Callable) -> None:
    project, lead, observer = ProjectFactory(slug="nouveau"), UserFactory(), UserFactory()
    MembershipFactory(user=lead, role=Role.PROJECT_LEAD, target=project)
    MembershipFactory(user=observer, role=Role.OBSERVER, target=project)
    address = "/projets/nouveau/gouvernance/instances/"
    assert "Le projet attend ses instances" in plain(client_as(observer).get(address))
    client = client_as(lead)
    assert "Créer le COSTRAT et le COMOP" in plain(client.get(address))
    answer = plain(client.post(f"{address}creer/", follow=True))
    assert "Le COSTRAT et le COMOP sont créés" in answer
    assert "Personne ne siège encore au COSTRAT" in answer


def test_each_seat_shows_its_two_hats(world: World, lead: Client) -> None:
    costrat = body(world, BodyKind.COSTRAT)
    structure = world.own.structures[0]
    for values, hats in (
        ({"votes": True, "comop_category": ""}, ["Parle pour son OG : Amont", "Vote, et cherche avec les autres"]),
        ({"esms": structure, "comop_category": ""}, ["Parle pour sa structure : Foyer", "ne vote pas"]),
        ({"comop_category": ComopCategory.WORK}, ["Parle pour les structures « Travail » (Amont)"]),
        ({"comop_category": "", "territory": "Le plateau"}, ["Parle pour un territoire : Le plateau"]),
        ({"comop_category": "", "invited": True}, ["Éclaire les échanges, ne vote pas"]),
    ):
        user = member(world)
        give(world, user, costrat, **values)
        shown = parse(lead.get(f"{PAGE}costrat/").content)
        mine = next(item for item in shown.xpath("//ul[contains(@class, 'seats')]/li") if str(user) in text(item))
        for hat in hats:
            assert hat in text(mine).replace("\xa0", " ")


def appoint_form(world: World, user: User, **values: object) -> dict[str, object]:
    return {
        "user": user.pk,
        "place": "siege",
        "representation": Representation.STRUCTURE_TYPE,
        "og": world.own.ogs[1].pk,
        "categories": [ComopCategory.ACCOMMODATION],
        "starts_on": TODAY().isoformat(),
        "token": uuid.uuid4(),
        **values,
    }


def test_the_map_names_who_is_unheard_and_leads_to_naming_a_voice(world: World, lead: Client) -> None:
    page = parse(lead.get(f"{PAGE}comop/").content)
    link = next(item for item in page.xpath("//a") if "Hébergement » (Aval)" in text(item).replace("\xa0", " "))
    form = parse(lead.get(link.get("href")).content)
    assert form.xpath("//select[@name='og']/option[@selected]/@value") == [str(world.own.ogs[1].pk)]
    assert form.xpath("//input[@name='categories'][@checked]/@value") == [ComopCategory.ACCOMMODATION]
    user = member(world)
    answer = lead.post(f"{PAGE}comop/nommer/", appoint_form(world, user), follow=True)
    assert f"{user} siège au COMOP : sa réponse est attendue." in plain(answer)
    cells = {
        text(row.xpath("./th")[0]): {cell.get("data-label"): text(cell) for cell in row.xpath("./td")}
        for row in parse(answer.content).xpath("//figure[@data-chart='heat']//tbody/tr")
    }
    assert cells == {
        "Amont": {"Travail": "Personne", "Hébergement": "Personne"},
        "Aval": {"Travail": "Sans objet", "Hébergement": str(user)},
    }


def test_what_is_refused_is_said_and_what_was_chosen_stays(world: World, lead: Client) -> None:
    user = member(world)
    answer = lead.post(f"{PAGE}comop/nommer/", appoint_form(world, user, categories=[]))
    assert answer.status_code == 422
    assert "Choisissez au moins une catégorie" in plain(answer)
    page = parse(answer.content)
    assert page.xpath("//select[@name='user']/option[@selected]/@value") == [str(user.pk)]


@pytest.mark.parametrize("name", ["user", "substitute", "og", "esms"])
def test_an_id_of_another_project_is_no_choice(world: World, lead: Client, name: str) -> None:
    foreign = {
        "user": world.foreign.people[Role.COMOP].pk,
        "substitute": world.foreign.people[Role.COMOP].pk,
        "og": world.foreign.ogs[0].pk,
        "esms": world.foreign.structures[0].pk,
    }
    posted = appoint_form(world, member(world)) | {name: foreign[name]}
    assert lead.post(f"{PAGE}comop/nommer/", posted).status_code == 422


def test_a_guest_is_named_without_a_title(world: World, lead: Client) -> None:
    vendor = world.person(Role.VENDOR)
    posted = appoint_form(world, vendor, place="invite", representation="", categories=[], og="")
    assert lead.post(f"{PAGE}comop/nommer/", posted).status_code == 302
    assert "Éclaire les échanges, ne vote pas" in plain(lead.get(f"{PAGE}comop/"))


def test_a_person_is_asked_answers_and_the_lead_reads_it(world: World, client_as: Callable, lead: Client) -> None:
    user = member(world)
    seat = give(world, user)
    client = client_as(user)
    assert "Un siège attend votre réponse" in plain(client.get(PAGE))
    assert "Un siège attend votre réponse" in plain(client.get(f"{PAGE}comop/"))
    asked = client.get(f"{PAGE}sieges/{seat.pk}/")
    assert "On vous propose de siéger au COMOP" in heading(asked)
    assert "Vous y parlez pour les structures « Travail » (Amont)." in plain(asked)
    assert "Parle pour les structures « Travail » (Amont)." in plain(lead.get(f"{PAGE}sieges/{seat.pk}/"))
    answer = client.post(f"{PAGE}sieges/{seat.pk}/reponse/", {"answer": "oui"}, follow=True)
    assert "C’est noté : vous siégez au COMOP." in plain(answer)
    assert "Un siège attend votre réponse" not in plain(answer)
    assert "Accepté le" in plain(lead.get(f"{PAGE}sieges/{seat.pk}/"))


def test_who_declines_says_why_and_stays_signed_in(world: World, client_as: Callable, lead: Client) -> None:
    user = member(world)
    seat = give(world, user)
    client, elsewhere = client_as(user), client_as(user)
    address = f"{PAGE}sieges/{seat.pk}/reponse/"
    refused = client.post(address, {"answer": "non", "reason": ""})
    assert (refused.status_code, "Dites pourquoi" in plain(refused)) == (422, True)
    answer = client.post(address, {"answer": "non", "reason": "Trop loin."}, follow=True)
    assert answer.status_code == 200
    assert "C’est noté : vous ne siégez pas au COMOP." in plain(answer)
    assert elsewhere.get(PAGE).status_code == 302  # the other sessions of that person are over
    assert "Trop loin." in plain(lead.get(f"{PAGE}sieges/{seat.pk}/"))
    shown = plain(lead.get(f"{PAGE}comop/"))
    assert "Sièges passés ou déclinés" in shown
    assert "Décliné le" in shown


def test_who_only_had_that_seat_is_brought_home(world: World, client_as: Callable) -> None:
    user = UserFactory()
    seat = give(world, user)
    client = client_as(user)
    answer = client.post(f"{PAGE}sieges/{seat.pk}/reponse/", {"answer": "non", "reason": "Je pars."})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    assert client.get(PAGE).status_code == 404


def test_a_seat_is_answered_by_nobody_else(world: World, client_as: Callable, lead: Client) -> None:
    seat = give(world, member(world))
    address = f"{PAGE}sieges/{seat.pk}/"
    for client in (lead, client_as(world.person(Role.COMOP))):
        assert client.post(f"{address}reponse/", {"answer": "oui"}).status_code == 403
    assert client_as(world.person(Role.COMOP)).get(address).status_code == 403
    assert fresh(seat).accepted_at is None


def test_the_lead_changes_and_ends_a_seat_from_its_page(world: World, lead: Client) -> None:
    user, stands_in = UserFactory(), member(world)
    seat = give(world, user)
    address = f"{PAGE}sieges/{seat.pk}/"
    assert "C’est son seul rôle dans le projet" in plain(lead.get(address))
    last = TODAY() + timedelta(days=20)
    posted = {"substitute": stands_in.pk, "ends_on": last.isoformat(), "version": 1}
    assert "C’est enregistré." in plain(lead.post(address, posted, follow=True))
    assert (fresh(seat).substitute, fresh(seat).ends_on) == (stands_in, last)
    late = lead.post(address, {"substitute": "", "ends_on": "", "version": 1})
    assert late.status_code == 409
    assert "Quelqu’un vient de changer ce siège" in plain(late)
    past = lead.post(address, {"substitute": "", "ends_on": "2020-01-01", "version": 2})
    assert (past.status_code, "Ce jour est passé" in plain(past)) == (422, True)
    ended = plain(lead.post(f"{address}fin/", {"version": 2}, follow=True))
    assert f"Le siège de {user} au COMOP a pris fin." in ended
    assert "Ce siège a pris fin : il ne change plus." in plain(lead.get(address))
    assert lead.post(f"{address}fin/", {"version": 3}).status_code == 422


def test_the_lead_may_end_their_own_seat_and_stays_signed_in(world: World, lead: Client) -> None:
    seat = give(world, world.lead)
    answer = lead.post(f"{PAGE}sieges/{seat.pk}/fin/", {"version": 1}, follow=True)
    assert "a pris fin" in plain(answer)


def test_a_setting_saves_itself_and_the_title_follows(world: World, lead: Client) -> None:
    costrat = body(world, BodyKind.COSTRAT)
    assert "Le chef de projet ne siège pas au COSTRAT" in plain(lead.get(f"{PAGE}costrat/"))
    address = f"{PAGE}costrat/reglages/secretary/"
    answer = lead.post(address, {"secretary": world.lead.pk, "version": costrat.version}, **HTMX)
    assert "Enregistré à" in text(parse(answer.content))
    page = plain(lead.get(f"{PAGE}costrat/"))
    assert "Le chef de projet ne siège pas au COSTRAT" not in page
    assert f"Secrétariat : « {world.lead} »" in page


@pytest.mark.parametrize(
    ("field", "value"), [("quorum_percent", "120"), ("frequency_months", "0"), ("proxies_each", "beaucoup")]
)
def test_a_setting_beyond_its_limits_is_refused_in_words(world: World, lead: Client, field: str, value: str) -> None:
    answer = lead.post(f"{PAGE}comop/reglages/{field}/", {field: value, "version": 1}, **HTMX)
    assert answer.status_code == 422
    assert "Rien n’est enregistré : écrivez un nombre" in text(parse(answer.content)).replace("\xa0", " ")


def test_somebody_who_does_not_sit_there_does_not_chair(world: World, lead: Client) -> None:
    for user in (member(world), world.foreign.people[Role.COMOP]):
        posted = {"chair": user.pk, "version": 1}
        assert lead.post(f"{PAGE}comop/reglages/chair/", posted, **HTMX).status_code == 422


def test_two_leads_who_name_a_chair_read_each_other(world: World, lead: Client) -> None:
    seated = world.person(Role.COMOP)
    lead.post(f"{PAGE}comop/reglages/chair/", {"chair": world.lead.pk, "version": 1}, **HTMX)
    answer = lead.post(f"{PAGE}comop/reglages/chair/", {"chair": seated.pk, "version": 1}, **HTMX)
    assert answer.status_code == 409
    form = parse(answer.content)
    assert str(seated) in text(form)
    assert form.xpath("//input[@name='chair']/@value") == [str(seated.pk)]  # and may be posted as it is


def test_a_group_is_opened_and_closed_from_the_pages(world: World, lead: Client) -> None:
    posted = {"name": "Formation", "purpose": "Préparer le plan.", "token": uuid.uuid4()}
    page = plain(lead.post(f"{PAGE}nouveau-groupe/", posted, follow=True))
    assert "Le groupe « Formation » est ouvert" in page
    assert "Personne ne siège encore dans le groupe « Formation »" in page
    taken = lead.post(f"{PAGE}nouveau-groupe/", {**posted, "token": uuid.uuid4()})
    assert (taken.status_code, "porte déjà ce nom" in plain(taken)) == (422, True)
    with elevated():
        group = Body.objects.get(name="Formation")
    assert lead.post(f"{PAGE}{group.pk}/dissoudre/", {"version": 9}).status_code == 409
    closed = plain(lead.post(f"{PAGE}{group.pk}/dissoudre/", {"version": 1}, follow=True))
    assert "1 groupe dissous" in closed
    shown = plain(lead.get(f"{PAGE}{group.pk}/"))
    assert "Le groupe « Formation » est dissous" in shown
    assert "Nommer quelqu’un" not in shown


@pytest.mark.parametrize("code", ["costrat", "comop"])
def test_a_committee_is_not_dissolved(world: World, lead: Client, code: str) -> None:
    assert lead.post(f"{PAGE}{code}/dissoudre/", {"version": 1}).status_code == 404


def test_a_single_og_is_not_asked_which(world: World, client_as: Callable) -> None:
    project, lead = ProjectFactory(slug="seul", kind=ProjectKind.SINGLE_OG), UserFactory()
    MembershipFactory(user=lead, role=Role.PROJECT_LEAD, target=project)
    structure = ESMSFactory(og=OGFactory(project=project))
    BodyFactory(project=project, kind=BodyKind.COMOP)
    client, address = client_as(lead), "/projets/seul/gouvernance/instances/comop/"
    assert "Personne ne représente Structure" in plain(client.get(address))
    posted = {
        "user": lead.pk,
        "place": "siege",
        "representation": Representation.STRUCTURE_TYPE,
        "categories": [structure.comop_category],
        "starts_on": TODAY().isoformat(),
        "token": uuid.uuid4(),
    }
    assert not parse(client.get(f"{address}nommer/").content).xpath("//select[@name='og']")
    assert client.post(f"{address}nommer/", posted).status_code == 302
    with elevated():
        assert Mandate.objects.get(user=lead).og_id == structure.og_id
    assert "n’a qu’un représentant de catégorie" in plain(client.get(address))


def test_what_somebody_writes_is_shown_as_text(world: World, lead: Client) -> None:
    group = BodyFactory(
        project=world.project, kind=BodyKind.WORKING_GROUP, name="<b>Gras</b>", purpose="<script>alert(1)</script>"
    )
    give(world, member(world), group, comop_category="", territory="<b>Gras</b>")
    for address in (PAGE, f"{PAGE}{group.pk}/"):
        page = lead.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>Gras" not in page


# --- Queries ---------------------------------------------------------------------------------------------------------


def one_more(world: World) -> None:
    """A group, seats there and on the COMOP with substitutes, an OG with a structure, a seat of the lead to answer."""
    structure = ESMSFactory(og=OGFactory(project=world.project))
    group = BodyFactory(
        project=world.project,
        kind=BodyKind.WORKING_GROUP,
        name=f"Groupe {uuid.uuid4()}",
        chair=UserFactory(),
        secretary=UserFactory(),
    )
    give(world, UserFactory(), group, og=structure.og, esms=structure, substitute=UserFactory())
    for invited in (False, True):
        give(world, member(world), og=structure.og, esms=structure, invited=invited, substitute=UserFactory())
    give(world, member(world), starts_on=TODAY() + timedelta(days=9))
    give(world, member(world), starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 9))
    with elevated():
        Mandate.objects.create(project=world.project, body=body(world), user=world.lead, og=structure.og)
        Body.objects.filter(pk=body(world).pk).update(chair=UserFactory(), version=body(world).version + 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["", "comop/", "comop/nommer/", "groupe", "siege"])
def test_the_number_of_rows_does_not_change_the_number_of_queries(world: World, lead: Client, what: str) -> None:
    seat = give(world, member(world), substitute=member(world))
    what = {"groupe": f"{world.own.governance.group.pk}/", "siege": f"sieges/{seat.pk}/"}.get(what, what)
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            one_more(world)
        with counted() as queries:
            assert lead.get(f"{PAGE}{what}").status_code == 200
        counts.append(queries)
    assert [len(queries) for queries in counts] == [len(counts[0])] * 3, "\n".join(counts[-1])


@pytest.mark.django_db(transaction=True)
def test_what_waits_for_an_answer_is_one_query(world: World) -> None:
    user = member(world)
    for _ in range(3):
        project = ProjectFactory()
        MembershipFactory(user=user, role=Role.OBSERVER, target=project)
        MandateFactory(body=BodyFactory(project=project), user=user)
    with acting_as(user.pk) as access, counted() as queries:
        found = seats_to_answer(user, access)
        assert {type(seat.project) for seat in found} == {Project}
        assert len([str(seat.body) for seat in found]) == 3
    assert len(queries) == 1
