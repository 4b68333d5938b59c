"""Who may read and change which actions (product.md), each role on all hundred of them."""

import pytest
import yaml

from checklist import catalogue as reference
from checklist.enums import Letter
from checklist.models import Action, ActionPerson, RaciEntry
from checklist.rights import may_change, may_read, rights_in, with_letters
from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import User
from organisations.services import end
from tests.factories import ActionPersonFactory, MembershipFactory
from tests.harness.world import World

pytestmark = pytest.mark.django_db

SOURCE = yaml.safe_load(reference.PATH.read_text(encoding="utf-8"))
RACI = {
    action["number"]: action["raci"]
    for step in SOURCE["steps"]
    for group in step["groups"]
    for action in group["actions"]
}
EVERYTHING = set(RACI)


def held_by(actor: str, letters: str = "RACI") -> set[str]:
    return {number for number, raci in RACI.items() if any(actor in raci[letter] for letter in letters)}


CHANGES = {
    Role.PROJECT_LEAD: EVERYTHING,
    Role.COSTRAT: held_by("costrat", "RA"),
    Role.COMOP: held_by("comop", "RA"),
    Role.OG_DIRECTOR: held_by("og_directors", "RA"),
    Role.ESMS_DIRECTOR: held_by("og_directors", "RA"),
    Role.LOCAL_REFERENT: set(),
    Role.DPO: {"5.2.2", "5.2.3"},
    Role.PURCHASING: {"3.1.3", "3.1.4", "3.1.5", "3.3.1", "3.3.2"},
    Role.VENDOR: set(),
    Role.OBSERVER: set(),
}
READS = dict.fromkeys(Role, EVERYTHING) | {
    Role.PURCHASING: held_by("purchasing") | set(),
    Role.VENDOR: None,  # no permission opens the pages; see the route walker
}


@pytest.fixture(autouse=True)
def nobody_named(world: World) -> None:
    """The world names a person on one action; here only the bodies count."""
    with elevated():
        ActionPerson.objects.filter(project=world.project).delete()


def what(world: World, user: User) -> tuple[set[str], set[str]]:
    """The numbers that this person may read, and change: once by the pages' way, once by the list's."""
    with acting_as(user.pk) as access:
        rights = rights_in(world.project, user, access)
        found = with_letters(Action.objects.filter(project=world.project), user).prefetch_related("raci", "people")
        actions = list(with_letters(found, user))
        reads = {action.number for action in actions if may_read(rights, action)}
        changes = {action.number for action in actions if may_change(rights, action)}
        in_the_list = {
            action.number for action in actions if rights.may_change(list(action.raci.all()), list(action.people.all()))
        }
        assert changes == in_the_list
        return reads, changes


@pytest.mark.parametrize("role", Role)
def test_each_role_changes_what_the_raci_gives_it(world: World, role: Role) -> None:
    assert what(world, world.person(role))[1] == CHANGES[role]


@pytest.mark.parametrize("role", [role for role in Role if READS[role] is not None])
def test_each_role_reads_what_the_product_says(world: World, role: Role) -> None:
    assert what(world, world.person(role))[0] == READS[role]


def test_the_raci_leaves_each_actor_something_and_nobody_but_the_lead_everything() -> None:
    """So that the two tests above can tell roles apart."""
    assert all(0 < len(numbers) < 60 for role, numbers in CHANGES.items() if numbers and role != Role.PROJECT_LEAD)


def test_a_person_named_acteur_may_change_that_action_and_no_other(world: World) -> None:
    user = world.person(Role.DPO)
    ActionPersonFactory(action=world.action("1.1.1"), user=user, letter=Letter.A)
    assert what(world, user)[1] == {"5.2.2", "5.2.3", "1.1.1"}


@pytest.mark.parametrize("letter", [Letter.C, Letter.I])
def test_a_person_named_consulted_or_informed_changes_nothing_more(world: World, letter: Letter) -> None:
    user = world.person(Role.DPO)
    ActionPersonFactory(action=world.action("1.1.1"), user=user, letter=letter)
    assert what(world, user)[1] == {"5.2.2", "5.2.3"}


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.LOCAL_REFERENT, Role.VENDOR])
def test_who_only_reads_changes_nothing_even_when_named(world: World, role: Role) -> None:
    ActionPersonFactory(action=world.action("1.1.1"), user=world.person(role), letter=Letter.R)
    assert what(world, world.person(role))[1] == set()


def test_purchasing_reads_an_action_on_which_it_is_named(world: World) -> None:
    user = world.person(Role.PURCHASING)
    assert "1.1.1" not in what(world, user)[0]
    ActionPersonFactory(action=world.action("1.1.1"), user=user, letter=Letter.I)
    assert "1.1.1" in what(world, user)[0]


def test_two_roles_add_up(world: World) -> None:
    user = world.person(Role.COMOP)
    MembershipFactory(user=user, role=Role.DPO, target=world.project)
    assert what(world, user)[1] == held_by("comop", "RA") | {"5.2.2", "5.2.3"}


def test_a_role_that_ends_takes_its_actions_with_it(world: World) -> None:
    user = world.person(Role.COMOP)
    dpo = MembershipFactory(user=user, role=Role.DPO, target=world.project)
    end(dpo)
    assert what(world, user)[1] == held_by("comop", "RA")


def test_a_letter_in_another_project_gives_nothing_here(world: World) -> None:
    user = world.foreign.people[Role.PROJECT_LEAD]
    MembershipFactory(user=user, role=Role.OBSERVER, target=world.project)
    assert what(world, user)[1] == set()


def test_letters_are_read_without_regard_to_who_wrote_them_last(world: World) -> None:
    """A letter moved by the database is followed: rights are computed, never stored."""
    with elevated():
        RaciEntry.objects.filter(action__number="5.2.2", actor="dpo", project=world.project).update(actor="comop")
    assert what(world, world.person(Role.DPO))[1] == {"5.2.3"}
    assert "5.2.2" in what(world, world.person(Role.COMOP))[1]
