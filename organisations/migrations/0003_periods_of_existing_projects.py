"""Projects that stood before phases had dates get their seven periods, empty."""

from django.db import migrations

from common.database import data_migration

PHASES = ("framing", "purchase", "preparation", "pilot", "rollout", "usage", "routine")


def add_periods(apps, schema_editor):
    Project = apps.get_model("organisations", "Project")
    PhasePeriod = apps.get_model("organisations", "PhasePeriod")
    with data_migration():
        for project in Project.objects.all():
            PhasePeriod.objects.bulk_create(PhasePeriod(project=project, phase=phase) for phase in PHASES)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_phases_waves_and_rights")]
    operations = [migrations.RunPython(add_periods, migrations.RunPython.noop)]
