import uuid

import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
from django.conf import settings
from django.db import migrations, models

import common.ids
import common.models
import common.policies
import common.together


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0001_initial"),
        ("organisations", "__first__"),
    ]

    operations = [
        common.together.Together(
            operations=[
                migrations.CreateModel(
                    name="SpreadsheetImport",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("project_id", models.UUIDField(verbose_name="projet")),
                        ("kind", models.CharField(max_length=60, verbose_name="nature")),
                        (
                            "file",
                            models.FileField(
                                max_length=300, upload_to=common.models.import_file_path, verbose_name="fichier"
                            ),
                        ),
                        ("file_name", models.CharField(max_length=200, verbose_name="nom du fichier")),
                        ("rows", models.JSONField(default=list, verbose_name="lignes")),
                        (
                            "received_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="déposé le"),
                        ),
                        ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="appliqué le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "received_from",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="déposé par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "import",
                        "constraints": [
                            models.UniqueConstraint(fields=("project_id", "token"), name="import_received_once"),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="import_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpreadsheetImportEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("project_id", models.UUIDField(verbose_name="projet")),
                        ("kind", models.CharField(max_length=60, verbose_name="nature")),
                        (
                            "file",
                            models.FileField(
                                max_length=300, upload_to=common.models.import_file_path, verbose_name="fichier"
                            ),
                        ),
                        ("file_name", models.CharField(max_length=200, verbose_name="nom du fichier")),
                        (
                            "received_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="déposé le"),
                        ),
                        ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="appliqué le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="common.spreadsheetimport",
                            ),
                        ),
                        (
                            "received_from",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="déposé par",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "constraints": [
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=True,
                                name="common_spreadsheetimportevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
