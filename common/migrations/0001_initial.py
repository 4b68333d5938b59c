import uuid

import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
from django.conf import settings
from django.db import migrations, models

import common.ids
import common.models
import common.policies


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Catalogue",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("sha256", models.CharField(max_length=64, verbose_name="empreinte")),
                ("content", models.JSONField(verbose_name="contenu")),
                ("loaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="chargé le")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("code", "version"), name="catalogue_once")],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("project_id", models.UUIDField(verbose_name="projet")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandé par",
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="nature")),
                ("title", models.CharField(max_length=200, verbose_name="intitulé")),
                ("arguments", models.JSONField(default=dict, verbose_name="paramètres")),
                ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de demande")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "En attente"),
                            ("running", "En cours"),
                            ("done", "Prêt"),
                            ("failed", "Échec"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="fait")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="à faire")),
                ("attempt", models.PositiveSmallIntegerField(default=0, verbose_name="essai")),
                ("lease_until", models.DateTimeField(null=True, verbose_name="bail jusqu’au")),
                ("error", models.TextField(blank=True, verbose_name="erreur")),
                (
                    "file",
                    models.FileField(
                        blank=True, max_length=300, upload_to=common.models.job_file_path, verbose_name="fichier"
                    ),
                ),
                ("file_sha256", models.CharField(blank=True, max_length=64, verbose_name="empreinte")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="envoyé le")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="terminé le")),
            ],
            options={
                "indexes": [models.Index(fields=["state", "lease_until"], name="job_to_take_up")],
                "constraints": [
                    models.UniqueConstraint(fields=("project_id", "token"), name="job_asked_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "running"), _negated=True),
                            ("lease_until__isnull", False),
                            _connector="OR",
                        ),
                        name="job_running_has_lease",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("error", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="job_failure_in_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("total"))), name="job_done_within_total"
                    ),
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="job_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JobEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="common.job",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                ("project_id", models.UUIDField(verbose_name="projet")),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandé par",
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="nature")),
                ("title", models.CharField(max_length=200, verbose_name="intitulé")),
                ("arguments", models.JSONField(default=dict, verbose_name="paramètres")),
                ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de demande")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "En attente"),
                            ("running", "En cours"),
                            ("done", "Prêt"),
                            ("failed", "Échec"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField(default=0, verbose_name="essai")),
                ("error", models.TextField(blank=True, verbose_name="erreur")),
                (
                    "file",
                    models.FileField(
                        blank=True, max_length=300, upload_to=common.models.job_file_path, verbose_name="fichier"
                    ),
                ),
                ("file_sha256", models.CharField(blank=True, max_length=64, verbose_name="empreinte")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="terminé le")),
            ],
            options={
                "ordering": ["pgh_id"],
                "abstract": False,
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=True,
                        name="common_jobevent_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkerPulse",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("seen_at", models.DateTimeField(verbose_name="vu le")),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_worker_pulse")],
            },
        ),
    ]
