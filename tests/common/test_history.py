"""The audit trail: who, when and which request; nothing escapes it and nobody edits it."""

import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone

from checklist.enums import Status
from checklist.models import Action, Comment
from checklist.services import edit, set_status
from common.history import entries
from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import Membership, User
from tests.harness.world import World

pytestmark = pytest.mark.django_db
EXEMPT = {
    "common.Catalogue": "reference data: a version never changes",
    "common.WorkerPulse": "a sign of life every ten seconds",
    "organisations.ProjectPermission": "follows from memberships, which are tracked",
    "organisations.OGPermission": "the same",
    "organisations.ESMSPermission": "the same",
}
OURS = ("common", "organisations", "governance", "checklist", "reports")


def last_event(action: Action):
    with elevated():
        return action.history.order_by("-pgh_id")[0]


def test_each_table_of_ours_is_tracked_or_says_why_not() -> None:
    models = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    tracked = {model for model in models if any(field.name == "history" for field in model._meta.related_objects)}
    events = {model for model in models if hasattr(model, "pgh_label") or model.__name__.endswith("Event")}
    assert {model._meta.label for model in models if model not in tracked | events} == set(EXEMPT)
    assert len(tracked) >= 20


def test_a_change_through_a_page_says_who_when_and_which_request(world: World, lead: Client) -> None:
    action = world.action("2.1.1")
    before = timezone.now() - timedelta(seconds=1)
    answer = lead.post(
        f"/projets/{world.project.slug}/checklist/actions/2.1.1/etat/", {"status": "ok", "version": action.version}
    )
    event = last_event(action)
    assert (event.pgh_label, event.status) == ("update", "ok")
    assert event.pgh_context["user"] == str(world.lead.pk)
    assert event.pgh_context["request"] == answer["X-Request-Id"]
    uuid.UUID(event.pgh_context["request"])
    assert before <= event.pgh_created_at <= timezone.now() + timedelta(seconds=1)


def test_bulk_writes_are_in_it(world: World) -> None:
    with acting_as(world.lead.pk, request_id="groupe"):
        actions = list(Action.objects.filter(number__startswith="3."))
        Action.objects.filter(number__startswith="3.").update(note="D’un coup")
        for action in actions:
            action.note = "Puis d’un autre"
        Action.objects.bulk_update(actions, ["note"])
        created = Comment.objects.bulk_create(
            [Comment(project=world.project, action=actions[0], author=world.lead, text=text) for text in "ab"]
        )
        notes = [
            list(action.history.order_by("pgh_id").values_list("note", "pgh_context__request"))[-2:]
            for action in actions
        ]
        assert len(actions) > 10
        assert all(item == [("D’un coup", "groupe"), ("Puis d’un autre", "groupe")] for item in notes)
        assert all(comment.history.get().pgh_label == "insert" for comment in created)


def test_raw_sql_is_in_it(world: World) -> None:
    with acting_as(world.lead.pk, request_id="brut"), connection.cursor() as cursor:
        cursor.execute("update checklist_action set note = 'En SQL' where number = '2.1.1'")
    event = last_event(world.action("2.1.1"))
    assert (event.note, event.pgh_context) == ("En SQL", {"user": str(world.lead.pk), "request": "brut"})


def test_a_deletion_is_in_it_and_leaves_the_older_lines(world: World) -> None:
    with acting_as(world.lead.pk):
        person = world.own.person
        model = type(person)._meta.get_field("history").related_model
        person_id = person.pk
        person.delete()
        labels = list(model.objects.filter(pgh_obj_id=person_id).order_by("pgh_id").values_list("pgh_label", flat=True))
    assert labels == ["insert", "delete"]


def test_a_write_that_is_undone_leaves_no_line(world: World) -> None:
    action = world.action("2.1.1")
    with pytest.raises(ZeroDivisionError), acting_as(world.lead.pk):
        set_status(action=action, version=action.version, status=Status.OK, user=world.lead)
        1 / 0  # noqa: B018
    assert last_event(action).pgh_label == "insert"


def test_secrets_are_not_kept(world: World) -> None:
    world.lead.set_password("une autre phrase bien longue")
    world.lead.save()
    names = {field.name for field in User._meta.get_field("history").related_model._meta.get_fields()}
    assert not names & {"password", "last_login"}
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(e::text, ' ') from organisations_userevent e")
        assert world.lead.password not in cursor.fetchone()[0]


@pytest.mark.parametrize("statement", ["update {} set pgh_label = 'rien'", "delete from {}", "truncate {}"])
@pytest.mark.parametrize("table", ["checklist_actionevent", "organisations_membershipevent", "organisations_userevent"])
def test_even_the_elevated_role_adds_and_changes_nothing(world: World, statement: str, table: str) -> None:
    from django.db import ProgrammingError

    with pytest.raises(ProgrammingError, match="permission denied"), elevated(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_a_role_given_and_ended_tells_who_did_it(world: World, lead: Client) -> None:
    with elevated():
        membership = Membership.objects.get(user=world.person(Role.OBSERVER))
    with acting_as(world.lead.pk, request_id="fin"):
        from organisations.services import end

        end(membership)
    with elevated():
        event = membership.history.order_by("-pgh_id")[0]
    assert event.ends_on is not None
    assert event.pgh_context == {"user": str(world.lead.pk), "request": "fin"}


def test_the_page_of_the_thing_itself_tells_it_newest_first(world: World, lead: Client) -> None:
    with acting_as(world.person(Role.COSTRAT).pk):
        action = Action.objects.select_related("project").get(number="2.1.1")
        set_status(action=action, version=1, status=Status.IN_PROGRESS, user=world.person(Role.COSTRAT))
    with acting_as(world.lead.pk):
        edit(action=action, version=2, field="note", value="Relancé")
    page = lead.get(f"/projets/{world.project.slug}/checklist/actions/2.1.1/").content.decode()
    told = page[page.index("Historique") :]
    assert told.index("où en est-on") < told.index("En cours (était À faire)")
    assert world.person(Role.COSTRAT).get_full_name() in told
    assert world.lead.get_full_name() in told


def test_entries_of_one_row_leave_out_versions_in_which_nothing_asked_for_changed(world: World) -> None:
    with acting_as(world.lead.pk):
        action = Action.objects.get(number="2.1.1")
        for number in range(4):
            edit(action=action, version=action.version, field="note", value=f"Note {number}")
        lines = entries(action, ("status",))
        assert [line.label for line in lines] == ["insert"]
        notes = [line.changes[0].new for line in entries(action, ("note",), limit=3)]
        assert notes == ["Note 3", "Note 2", "Note 1"]
        assert entries(action, ("note",))[0].who == world.lead.get_full_name()


def test_what_no_person_did_is_the_applications(world: World) -> None:
    action = world.action("2.1.1")
    with elevated():
        Action.objects.filter(pk=action.pk).update(note="Mise à jour")
    with acting_as(world.lead.pk):
        assert entries(Action.objects.get(pk=action.pk), ("note",))[0].who == "L’application"
