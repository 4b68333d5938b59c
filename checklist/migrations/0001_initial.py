import uuid

import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
from django.conf import settings
from django.db import migrations, models

import checklist.models
import common.ids
import common.policies


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("common", "0001_initial"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Checklist",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "catalogue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="common.catalogue"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("project",), name="checklist_once"),
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="checklist_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistEvent",
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
                        to="checklist.checklist",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "catalogue",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="common.catalogue",
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
                        name="checklist_checklistevent_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                ("title", models.CharField(max_length=200, verbose_name="intitulé")),
            ],
            options={
                "verbose_name": "étape",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "number"), name="step_once"),
                    models.UniqueConstraint(fields=("project", "id"), name="step_in_project"),
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="step_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepEvent",
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
                        to="checklist.step",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                ("title", models.CharField(max_length=200, verbose_name="intitulé")),
            ],
            options={
                "ordering": ["pgh_id"],
                "abstract": False,
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=True,
                        name="checklist_stepevent_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="groups",
                        to="checklist.step",
                        verbose_name="étape",
                    ),
                ),
                ("number", models.CharField(max_length=10, verbose_name="numéro")),
                ("title", models.CharField(max_length=200, verbose_name="intitulé")),
                ("position", models.PositiveIntegerField(verbose_name="rang")),
            ],
            options={
                "verbose_name": "bloc",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "number"), name="group_once"),
                    models.UniqueConstraint(fields=("project", "id"), name="group_in_project"),
                    common.policies.SameTenant(
                        columns=("project_id", "step_id"),
                        name="group_step_same_project",
                        references=("project_id", "id"),
                        table="checklist_step",
                    ),
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="group_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupEvent",
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
                        to="checklist.group",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="checklist.step",
                        verbose_name="étape",
                    ),
                ),
                ("number", models.CharField(max_length=10, verbose_name="numéro")),
                ("title", models.CharField(max_length=200, verbose_name="intitulé")),
                ("position", models.PositiveIntegerField(verbose_name="rang")),
            ],
            options={
                "ordering": ["pgh_id"],
                "abstract": False,
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=True,
                        name="checklist_groupevent_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actions",
                        to="checklist.group",
                        verbose_name="bloc",
                    ),
                ),
                ("number", models.CharField(max_length=10, verbose_name="numéro")),
                ("label", models.CharField(max_length=300, verbose_name="intitulé")),
                ("objective", models.CharField(blank=True, max_length=300, verbose_name="objectif")),
                ("position", models.PositiveIntegerField(verbose_name="rang")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("todo", "À faire"),
                            ("in_progress", "En cours"),
                            ("ok", "OK"),
                            ("ko", "KO"),
                            ("na", "Sans objet"),
                        ],
                        default="todo",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("status_at", models.DateTimeField(blank=True, null=True, verbose_name="état depuis le")),
                (
                    "status_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="état donné par",
                    ),
                ),
                (
                    "not_applicable_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="pourquoi sans objet"),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="échéance")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="fait le")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="en bref")),
                ("ko_blocker", models.TextField(blank=True, max_length=1000, verbose_name="ce qui bloque")),
                ("ko_unblock", models.TextField(blank=True, max_length=1000, verbose_name="ce qui la débloquerait")),
                (
                    "ko_owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="qui le peut",
                    ),
                ),
                ("ko_review_on", models.DateField(blank=True, null=True, verbose_name="on la regarde à nouveau le")),
            ],
            options={
                "verbose_name": "action",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "number"), name="action_once"),
                    models.UniqueConstraint(fields=("project", "id"), name="action_in_project"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "na"), _negated=True),
                            models.Q(("not_applicable_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="action_na_has_reason",
                        violation_error_message="Dites pourquoi cette action est sans objet.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status", "ok"), ("done_on", None), _connector="OR"),
                        name="action_done_only_when_ok",
                        violation_error_message="Seule une action OK a une date de réalisation.",
                    ),
                    common.policies.SameTenant(
                        columns=("project_id", "group_id"),
                        name="action_group_same_project",
                        references=("project_id", "id"),
                        table="checklist_group",
                    ),
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="action_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionEvent",
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
                        to="checklist.action",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="checklist.group",
                        verbose_name="bloc",
                    ),
                ),
                ("number", models.CharField(max_length=10, verbose_name="numéro")),
                ("label", models.CharField(max_length=300, verbose_name="intitulé")),
                ("objective", models.CharField(blank=True, max_length=300, verbose_name="objectif")),
                ("position", models.PositiveIntegerField(verbose_name="rang")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("todo", "À faire"),
                            ("in_progress", "En cours"),
                            ("ok", "OK"),
                            ("ko", "KO"),
                            ("na", "Sans objet"),
                        ],
                        default="todo",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("status_at", models.DateTimeField(blank=True, null=True, verbose_name="état depuis le")),
                (
                    "status_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="état donné par",
                    ),
                ),
                (
                    "not_applicable_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="pourquoi sans objet"),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="échéance")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="fait le")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="en bref")),
                ("ko_blocker", models.TextField(blank=True, max_length=1000, verbose_name="ce qui bloque")),
                ("ko_unblock", models.TextField(blank=True, max_length=1000, verbose_name="ce qui la débloquerait")),
                (
                    "ko_owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="qui le peut",
                    ),
                ),
                ("ko_review_on", models.DateField(blank=True, null=True, verbose_name="on la regarde à nouveau le")),
            ],
            options={
                "ordering": ["pgh_id"],
                "abstract": False,
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=True,
                        name="checklist_actionevent_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RaciEntry",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="raci",
                        to="checklist.action",
                        verbose_name="action",
                    ),
                ),
                (
                    "letter",
                    models.CharField(
                        choices=[("R", "Responsable"), ("A", "Acteur"), ("C", "Consulté"), ("I", "Informé")],
                        max_length=1,
                        verbose_name="lettre",
                    ),
                ),
                (
                    "actor",
                    models.CharField(
                        choices=[
                            ("costrat", "COSTRAT"),
                            ("comop", "COMOP"),
                            ("project_lead", "Chef de projet"),
                            ("og_directors", "OG / Directeurs"),
                            ("business_referents", "Référents métiers"),
                            ("user_referents", "Référents utilisateurs"),
                            ("purchasing", "Cellule achat"),
                            ("vendor", "Éditeur"),
                            ("dpo", "DPD"),
                        ],
                        max_length=20,
                        verbose_name="acteur",
                    ),
                ),
            ],
            options={
                "verbose_name": "rôle RACI",
                "constraints": [
                    models.UniqueConstraint(fields=("action", "letter", "actor"), name="raci_once"),
                    common.policies.SameTenant(
                        columns=("project_id", "action_id"),
                        name="raci_action_same_project",
                        references=("project_id", "id"),
                        table="checklist_action",
                    ),
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="raci_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RaciEntryEvent",
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
                        to="checklist.racientry",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="checklist.action",
                        verbose_name="action",
                    ),
                ),
                (
                    "letter",
                    models.CharField(
                        choices=[("R", "Responsable"), ("A", "Acteur"), ("C", "Consulté"), ("I", "Informé")],
                        max_length=1,
                        verbose_name="lettre",
                    ),
                ),
                (
                    "actor",
                    models.CharField(
                        choices=[
                            ("costrat", "COSTRAT"),
                            ("comop", "COMOP"),
                            ("project_lead", "Chef de projet"),
                            ("og_directors", "OG / Directeurs"),
                            ("business_referents", "Référents métiers"),
                            ("user_referents", "Référents utilisateurs"),
                            ("purchasing", "Cellule achat"),
                            ("vendor", "Éditeur"),
                            ("dpo", "DPD"),
                        ],
                        max_length=20,
                        verbose_name="acteur",
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
                        name="checklist_racientryevent_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionPerson",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="checklist.action",
                        verbose_name="action",
                    ),
                ),
                (
                    "letter",
                    models.CharField(
                        choices=[("R", "Responsable"), ("A", "Acteur"), ("C", "Consulté"), ("I", "Informé")],
                        default="A",
                        max_length=1,
                        verbose_name="lettre",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="personne",
                    ),
                ),
            ],
            options={
                "verbose_name": "personne nommée",
                "constraints": [
                    models.UniqueConstraint(fields=("action", "user", "letter"), name="action_person_once"),
                    common.policies.SameTenant(
                        columns=("project_id", "action_id"),
                        name="action_person_same_project",
                        references=("project_id", "id"),
                        table="checklist_action",
                    ),
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="action_person_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionPersonEvent",
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
                        to="checklist.actionperson",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="checklist.action",
                        verbose_name="action",
                    ),
                ),
                (
                    "letter",
                    models.CharField(
                        choices=[("R", "Responsable"), ("A", "Acteur"), ("C", "Consulté"), ("I", "Informé")],
                        default="A",
                        max_length=1,
                        verbose_name="lettre",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="personne",
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
                        name="checklist_actionpersonevent_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="checklist.action",
                        verbose_name="action",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="auteur",
                    ),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="message")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrit le")),
                ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
            ],
            options={
                "verbose_name": "message",
                "ordering": ["created_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "token"), name="comment_posted_once"),
                    common.policies.SameTenant(
                        columns=("project_id", "action_id"),
                        name="comment_action_same_project",
                        references=("project_id", "id"),
                        table="checklist_action",
                    ),
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="comment_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommentEvent",
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
                        to="checklist.comment",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="checklist.action",
                        verbose_name="action",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="auteur",
                    ),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="message")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrit le")),
                ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
            ],
            options={
                "ordering": ["pgh_id"],
                "abstract": False,
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=True,
                        name="checklist_commentevent_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deliverable",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliverables",
                        to="checklist.group",
                        verbose_name="bloc",
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="résultat")),
                ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
            ],
            options={
                "verbose_name": "résultat",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("group", "label"), name="deliverable_once"),
                    models.UniqueConstraint(fields=("project", "id"), name="deliverable_in_project"),
                    common.policies.SameTenant(
                        columns=("project_id", "group_id"),
                        name="deliverable_group_same_project",
                        references=("project_id", "id"),
                        table="checklist_group",
                    ),
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="deliverable_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliverableEvent",
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
                        to="checklist.deliverable",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="checklist.group",
                        verbose_name="bloc",
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="résultat")),
                ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
            ],
            options={
                "ordering": ["pgh_id"],
                "abstract": False,
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=True,
                        name="checklist_deliverableevent_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deposit",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "deliverable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deposits",
                        to="checklist.deliverable",
                        verbose_name="résultat",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("file", "Document"), ("link", "Lien"), ("waiver", "Dispense")],
                        max_length=6,
                        verbose_name="nature",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True, max_length=300, upload_to=checklist.models.deposit_path, verbose_name="document"
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="nom du fichier")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="lien")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="pourquoi s’en dispenser")),
                (
                    "deposited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="déposé par",
                    ),
                ),
                ("deposited_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="déposé le")),
                ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
            ],
            options={
                "verbose_name": "dépôt",
                "ordering": ["-deposited_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "token"), name="deposit_posted_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "file"),
                                models.Q(("file_name", ""), _negated=True),
                                ("link", ""),
                                ("reason", ""),
                            ),
                            models.Q(
                                ("kind", "link"),
                                models.Q(("link", ""), _negated=True),
                                ("file_name", ""),
                                ("reason", ""),
                            ),
                            models.Q(
                                ("kind", "waiver"),
                                models.Q(("reason", ""), _negated=True),
                                ("file_name", ""),
                                ("link", ""),
                            ),
                            _connector="OR",
                        ),
                        name="deposit_is_one_thing",
                        violation_error_message="Déposez un document, ou un lien, ou dites pourquoi vous vous en dispensez.",
                    ),
                    common.policies.SameTenant(
                        columns=("project_id", "deliverable_id"),
                        name="deposit_deliverable_same_project",
                        references=("project_id", "id"),
                        table="checklist_deliverable",
                    ),
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="deposit_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DepositEvent",
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
                        to="checklist.deposit",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "deliverable",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="checklist.deliverable",
                        verbose_name="résultat",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("file", "Document"), ("link", "Lien"), ("waiver", "Dispense")],
                        max_length=6,
                        verbose_name="nature",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True, max_length=300, upload_to=checklist.models.deposit_path, verbose_name="document"
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="nom du fichier")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="lien")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="pourquoi s’en dispenser")),
                (
                    "deposited_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="déposé par",
                    ),
                ),
                ("deposited_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="déposé le")),
                ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
            ],
            options={
                "ordering": ["pgh_id"],
                "abstract": False,
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=True,
                        name="checklist_depositevent_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
    ]
