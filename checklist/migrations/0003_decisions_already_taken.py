"""Actions that a body decides, and were OK before decisions were recorded: each gets one that says so."""

from django.db import migrations

from common.database import data_migration

DECIDED = ("2.1.3", "2.6.2", "3.2.6", "3.3.3", "3.3.4", "4.4.4")


def record(apps, schema_editor):
    Action = apps.get_model("checklist", "Action")
    Body = apps.get_model("governance", "Body")
    Decision = apps.get_model("governance", "Decision")
    with data_migration("checklist_action"):
        actions = Action.objects.filter(number__in=DECIDED)
        for action in actions.filter(status="ok").order_by("project", "done_on", "number"):
            body, _ = Body.objects.get_or_create(project_id=action.project_id, kind="costrat")
            known = Decision.objects.filter(project_id=action.project_id, year=action.done_on.year).count()
            action.decision = Decision.objects.create(
                project_id=action.project_id,
                body=body,
                year=action.done_on.year,
                number=known + 1,
                decided_on=action.done_on,
                title=action.label[:200],
                text="Reprise : cette action était déjà OK quand les décisions ont commencé à être citées.",
            )
            action.decided_by = "costrat"
            action.save()
        actions.filter(decided_by="").update(decided_by="costrat")


class Migration(migrations.Migration):
    dependencies = [("checklist", "0002_complete"), ("governance", "0002_complete")]
    operations = [migrations.RunPython(record, migrations.RunPython.noop)]
