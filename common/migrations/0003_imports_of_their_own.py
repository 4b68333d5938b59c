from django.conf import settings
from django.db import migrations

import common.policies


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0002_spreadsheet_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="spreadsheetimport",
            name="import_rows",
        ),
        migrations.AddConstraint(
            model_name="spreadsheetimport",
            constraint=common.policies.TenantPolicy(
                elevated_writes=False,
                history=False,
                name="import_rows",
                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and received_from_id = (select nullif(current_setting('dui.user_id', true), '')::uuid)",
            ),
        ),
    ]
