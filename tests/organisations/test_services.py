"""What people do with projects, structures, roles and invitations."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from common.errors import Conflict, DomainError, Forbidden
from common.scope import elevated
from organisations import services
from organisations.access import acting_as
from organisations.enums import Permission, Role
from organisations.models import ESMSProfile, Invitation, Membership, Project, User
from tests import factories

GOOD_PASSWORD = "quatre mots sans rapport"


@pytest.fixture
def structure(world):
    return world.own.structures[0]


@pytest.fixture
def profile(structure):
    with elevated():
        return ESMSProfile.objects.get(esms=structure)


def invite(world, by, role, target, email="nouvelle@exemple.fr"):
    with acting_as(by.pk) as access:
        return services.invite(email=email, role=role, target=target, invited_by=by, access=access)


# --- Sheets ---------------------------------------------------------------------------------------------------------


def test_two_people_who_fill_two_fields_keep_both(world, profile):
    """The second one read the sheet before the first one wrote, and both answers stand."""
    with acting_as(world.lead.pk):
        services.update_profile(profile, version=1, capacity=64)
        services.update_profile(ESMSProfile.objects.get(pk=profile.pk), version=1, staff=75)
        kept = ESMSProfile.objects.get(pk=profile.pk)
    assert (kept.capacity, kept.staff, kept.version) == (64, 75, 3)


def test_two_people_who_fill_the_same_field_meet(world, profile):
    with acting_as(world.lead.pk):
        services.update_profile(profile, version=1, capacity=64)
        with pytest.raises(Conflict) as met:
            services.update_profile(profile, version=1, capacity=66)
        assert met.value.current.capacity == 64
        assert met.value.attempted == {"capacity": 66}
        assert ESMSProfile.objects.get(pk=profile.pk).capacity == 64


def test_the_same_answer_twice_is_no_conflict(world, profile):
    with acting_as(world.lead.pk):
        services.update_profile(profile, version=1, capacity=64)
        assert services.update_profile(profile, version=1, capacity=64).version == 2


def test_a_version_that_never_was_is_a_conflict(world, profile):
    with acting_as(world.lead.pk), pytest.raises(Conflict):
        services.update_profile(profile, version=99, capacity=64)


def test_what_the_database_refuses_is_said_in_words(world, profile):
    with acting_as(world.lead.pk), pytest.raises(DomainError, match="plus d’utilisateurs à équiper") as refused:
        services.update_profile(profile, version=1, users_to_equip=500)
    assert refused.value.field == "users_to_equip"


def test_a_project_cannot_end_before_it_starts(world):
    with acting_as(world.lead.pk), pytest.raises(DomainError, match="avant le début"):
        services.update_project(world.project, version=1, planned_end_on=world.project.started_on - timedelta(days=1))


def test_two_structures_of_one_name_have_two_addresses(world):
    upstream, downstream = world.own.ogs
    with acting_as(world.lead.pk):
        one, two = (
            services.add_esms(og=og, name="Les Tilleuls", category="183", comop_category="children")
            for og in (upstream, downstream)
        )
    assert (one.slug, two.slug) == ("les-tilleuls", "les-tilleuls-2")


# --- Invitations ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("giver", "role", "place"),
    [
        (Role.ESMS_DIRECTOR, Role.ESMS_DIRECTOR, "structure"),
        (Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT, "sibling"),
        (Role.OG_DIRECTOR, Role.PROJECT_LEAD, "project"),
        (Role.OG_DIRECTOR, Role.LOCAL_REFERENT, "rival"),
        (Role.LOCAL_REFERENT, Role.LOCAL_REFERENT, "structure"),
        (Role.COSTRAT, Role.OBSERVER, "project"),
        (Role.PROJECT_LEAD, Role.COSTRAT, "project"),
        (Role.PROJECT_LEAD, Role.ESMS_DIRECTOR, "project"),
    ],
)
def test_nobody_gives_a_role_that_is_not_theirs_to_give(world, giver, role, place):
    first, sibling, rival = world.own.structures
    target = {"structure": first, "sibling": sibling, "rival": rival, "project": world.project}[place]
    with pytest.raises(Forbidden):
        invite(world, world.person(giver), role, target)


def test_an_invitation_that_waits_is_not_doubled(world, structure):
    director = world.person(Role.ESMS_DIRECTOR)
    invite(world, director, Role.LOCAL_REFERENT, structure)
    with pytest.raises(DomainError, match="attend déjà une réponse"):
        invite(world, director, Role.LOCAL_REFERENT, structure, email="Nouvelle@Exemple.fr")


def test_an_expired_invitation_does_not_stand_in_the_way(world, structure):
    director = world.person(Role.ESMS_DIRECTOR)
    old = invite(world, director, Role.LOCAL_REFERENT, structure)
    with elevated():
        Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(days=1))
    new = invite(world, director, Role.LOCAL_REFERENT, structure)
    assert services.find_invitation(old.token) is None
    assert services.find_invitation(new.token) == new


def test_who_already_holds_the_role_is_not_invited_to_it(world, structure):
    referent = world.person(Role.LOCAL_REFERENT)
    with pytest.raises(DomainError, match="tient déjà ce rôle"):
        invite(world, world.person(Role.ESMS_DIRECTOR), Role.LOCAL_REFERENT, structure, email=referent.email.upper())


def test_an_invitation_makes_one_account_once(world, structure):
    invitation = invite(world, world.person(Role.ESMS_DIRECTOR), Role.LOCAL_REFERENT, structure)
    answer = {"first_name": "Nina", "last_name": "Nouvelle", "password": GOOD_PASSWORD}
    user = services.accept_invitation(invitation=invitation, user=None, **answer)
    with acting_as(user.pk) as access:
        assert access.in_esms(structure, Permission.VIEW_STRUCTURES)
    with pytest.raises(DomainError, match="plus valable"):
        services.accept_invitation(invitation=invitation, user=None, **answer)
    assert User.objects.filter(email=invitation.email).count() == 1


def test_an_invitation_is_bound_to_its_address(world, structure):
    invitation = invite(world, world.person(Role.ESMS_DIRECTOR), Role.LOCAL_REFERENT, structure)
    with pytest.raises(DomainError, match=r"nouvelle@exemple\.fr"):
        services.accept_invitation(invitation=invitation, user=world.person(Role.VENDOR))


def test_a_weak_password_leaves_nothing_behind(world, structure):
    invitation = invite(world, world.person(Role.ESMS_DIRECTOR), Role.LOCAL_REFERENT, structure)
    with pytest.raises(ValidationError, match="trop court"):
        services.accept_invitation(invitation=invitation, user=None, first_name="N", last_name="N", password="court")
    assert not User.objects.filter(email=invitation.email).exists()
    assert services.find_invitation(invitation.token) == invitation


def test_sending_again_gives_fourteen_days_more(world, structure):
    invitation = invite(world, world.person(Role.ESMS_DIRECTOR), Role.LOCAL_REFERENT, structure)
    with elevated():
        past = timezone.now() - timedelta(days=1)
        Invitation.objects.filter(pk=invitation.pk).update(expires_at=past, sent_at=past)
    assert services.find_invitation(invitation.token) is None
    with acting_as(world.person(Role.ESMS_DIRECTOR).pk):
        services.resend(invitation)
    found = services.find_invitation(invitation.token)
    assert found is not None
    assert found.sent_at is None  # the sender takes it again


def test_an_invitation_that_was_taken_back_is_not_sent_again(world, structure):
    director = world.person(Role.ESMS_DIRECTOR)
    invitation = invite(world, director, Role.LOCAL_REFERENT, structure)
    with acting_as(director.pk):
        services.revoke(invitation)
        with pytest.raises(DomainError, match="retirée"):
            services.resend(invitation)


# --- Ends -----------------------------------------------------------------------------------------------------------


def test_a_role_that_ends_shuts_the_door_and_the_open_sessions(world, structure):
    referent = world.person(Role.LOCAL_REFERENT)
    with elevated():
        membership = Membership.objects.get(user=referent, role=Role.LOCAL_REFERENT)
    before = User.objects.get(pk=referent.pk).get_session_auth_hash()
    services.end(membership)
    with acting_as(referent.pk) as access:
        assert not access.in_esms(structure, Permission.VIEW_STRUCTURES)
        assert not Project.objects.exists()
    assert User.objects.get(pk=referent.pk).get_session_auth_hash() != before


def test_a_role_may_end_later(world, structure):
    referent = world.person(Role.LOCAL_REFERENT)
    with elevated():
        membership = Membership.objects.get(user=referent, role=Role.LOCAL_REFERENT)
    services.end(membership, last_day=timezone.localdate())
    with acting_as(referent.pk) as access:
        assert access.in_esms(structure, Permission.VIEW_STRUCTURES)


def test_a_project_keeps_a_lead(world):
    with elevated():
        membership = Membership.objects.active().get(user=world.lead, role=Role.PROJECT_LEAD)
    with pytest.raises(DomainError, match="garde toujours un chef de projet"):
        services.end(membership)
    other = factories.MembershipFactory(role=Role.PROJECT_LEAD, target=world.project)
    services.end(membership)
    with acting_as(other.user_id) as access:
        assert access.in_project(world.project, Permission.MANAGE_PROJECT)
