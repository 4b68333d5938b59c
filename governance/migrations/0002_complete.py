import uuid

import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
from django.conf import settings
from django.db import migrations, models

import common.ids
import common.policies
import common.together
import governance.models.agreements
import governance.models.arbitrations


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0001_initial"),
        ("organisations", "0002_phases_waves_and_rights"),
        ("organisations", "__first__"),
    ]

    operations = [
        common.together.Together(
            operations=[
                migrations.CreateModel(
                    name="Meeting",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        ("agenda", models.CharField(blank=True, max_length=40, verbose_name="ordre du jour type")),
                        ("starts_at", models.DateTimeField(verbose_name="début")),
                        (
                            "duration_minutes",
                            models.PositiveSmallIntegerField(default=90, verbose_name="durée en minutes"),
                        ),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="lieu")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="lien de visioconférence")),
                        ("objective", models.CharField(blank=True, max_length=300, verbose_name="objet")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "En préparation"),
                                    ("convened", "Convoquée"),
                                    ("in_session", "En séance"),
                                    ("closed", "Close"),
                                    ("cancelled", "Annulée"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        ("series", models.UUIDField(blank=True, null=True, verbose_name="série")),
                        ("sequence", models.PositiveSmallIntegerField(default=0, verbose_name="envois")),
                        ("convened_at", models.DateTimeField(blank=True, null=True, verbose_name="convoquée le")),
                        ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="ouverte le")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="close le")),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="annulée le")),
                        (
                            "cancel_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="motif de l’annulation"),
                        ),
                        ("quorum_reached", models.BooleanField(blank=True, null=True, verbose_name="quorum atteint")),
                        (
                            "represented_percent",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="part représentée, en %",
                            ),
                        ),
                        (
                            "minutes_sent_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="compte rendu envoyé le"),
                        ),
                        (
                            "minutes_approved_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="compte rendu approuvé le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="governance.body",
                                verbose_name="instance",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="close par",
                            ),
                        ),
                        (
                            "minutes_approved_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approves",
                                to="governance.meeting",
                                verbose_name="approuvé en",
                            ),
                        ),
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
                            "second_call_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.meeting",
                                verbose_name="seconde convocation de",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "séance",
                        "ordering": ["-starts_at"],
                        "indexes": [models.Index(fields=["project", "starts_at"], name="meeting_by_day")],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "id"), name="meeting_in_project"),
                            models.UniqueConstraint(fields=("project", "number"), name="meeting_number_once"),
                            models.UniqueConstraint(fields=("project", "token"), name="meeting_planned_once"),
                            models.CheckConstraint(
                                condition=models.Q(("duration_minutes__gte", 10), ("duration_minutes__lte", 600)),
                                name="meeting_duration",
                                violation_error_message="Une séance dure de dix minutes à dix heures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["draft", "cancelled"]),
                                    ("convened_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="meeting_convened_first",
                                violation_error_message="Une séance se tient une fois convoquée.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "closed"), _negated=True),
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("opened_at__isnull", False),
                                        ("quorum_reached__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="meeting_closed_after_session",
                                violation_error_message="Une séance se clôt après s’être tenue.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "cancelled"), _negated=True),
                                    models.Q(("cancelled_at__isnull", False), ("cancel_reason__gt", "")),
                                    _connector="OR",
                                ),
                                name="meeting_cancelled_for_a_reason",
                                violation_error_message="Dites pourquoi la séance est annulée.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minutes_approved_at", None), ("minutes_sent_at__isnull", False), _connector="OR"
                                ),
                                name="minutes_sent_before_approved",
                                violation_error_message="Un compte rendu s’approuve une fois envoyé.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "body_id"),
                                name="meeting_body_same_project",
                                references=("project_id", "id"),
                                table="governance_body",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "second_call_of_id"),
                                name="meeting_second_call_same_project",
                                references=("project_id", "id"),
                                table="governance_meeting",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "minutes_approved_in_id"),
                                name="meeting_approved_in_same_project",
                                references=("project_id", "id"),
                                table="governance_meeting",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="meeting_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and status <> 'draft')",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("label", models.CharField(max_length=300, verbose_name="point")),
                        (
                            "detail",
                            models.TextField(blank=True, max_length=2000, verbose_name="ce qu’il faut savoir avant"),
                        ),
                        ("minutes", models.PositiveSmallIntegerField(default=10, verbose_name="durée en minutes")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("information", "Information"),
                                    ("discussion", "Échange"),
                                    ("decision", "Décision"),
                                ],
                                default="discussion",
                                max_length=12,
                                verbose_name="nature",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=30, verbose_name="vient de")),
                        ("source_id", models.UUIDField(blank=True, null=True, verbose_name="objet d’origine")),
                        ("notes", models.TextField(blank=True, max_length=4000, verbose_name="ce qui s’est dit")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("to_treat", "À traiter"),
                                    ("treated", "Traité"),
                                    ("postponed", "Reporté à la séance suivante"),
                                ],
                                default="to_treat",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "carried_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.agendaitem",
                                verbose_name="reporté de",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="porté par",
                            ),
                        ),
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="governance.meeting",
                                verbose_name="séance",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "point de l’ordre du jour",
                        "ordering": ["position", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "id"), name="item_in_project"),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__lte", 300)),
                                name="item_minutes",
                                violation_error_message="Un point dure cinq heures au plus.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source", ""), _negated=True),
                                fields=("meeting", "source", "source_id"),
                                name="item_source_once",
                                violation_error_message="Ce sujet est déjà à l’ordre du jour de cette séance.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "meeting_id"),
                                name="item_meeting_same_project",
                                references=("project_id", "id"),
                                table="governance_meeting",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "carried_from_id"),
                                name="item_carried_same_project",
                                references=("project_id", "id"),
                                table="governance_agendaitem",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="item_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and owner_id = (select nullif(current_setting('dui.user_id', true), '')::uuid) and (source <> 'arbitration' or exists (select from governance_arbitration arbitration where arbitration.id = source_id)))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItemEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("label", models.CharField(max_length=300, verbose_name="point")),
                        (
                            "detail",
                            models.TextField(blank=True, max_length=2000, verbose_name="ce qu’il faut savoir avant"),
                        ),
                        ("minutes", models.PositiveSmallIntegerField(default=10, verbose_name="durée en minutes")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("information", "Information"),
                                    ("discussion", "Échange"),
                                    ("decision", "Décision"),
                                ],
                                default="discussion",
                                max_length=12,
                                verbose_name="nature",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=30, verbose_name="vient de")),
                        ("source_id", models.UUIDField(blank=True, null=True, verbose_name="objet d’origine")),
                        ("notes", models.TextField(blank=True, max_length=4000, verbose_name="ce qui s’est dit")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("to_treat", "À traiter"),
                                    ("treated", "Traité"),
                                    ("postponed", "Reporté à la séance suivante"),
                                ],
                                default="to_treat",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "carried_from",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.agendaitem",
                                verbose_name="reporté de",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="porté par",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.agendaitem",
                            ),
                        ),
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
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.meeting",
                                verbose_name="séance",
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
                                name="governance_agendaitemevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and owner_id = (select nullif(current_setting('dui.user_id', true), '')::uuid) and (source <> 'arbitration' or exists (select from governance_arbitration arbitration where arbitration.id = source_id)))",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        ("decided_on", models.DateField(verbose_name="prise le")),
                        ("title", models.CharField(max_length=200, verbose_name="objet")),
                        ("text", models.TextField(max_length=4000, verbose_name="décision")),
                        (
                            "recorded_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="enregistrée le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="governance.body",
                                verbose_name="instance",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="governance.agendaitem",
                                verbose_name="point de l’ordre du jour",
                            ),
                        ),
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
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="enregistrée par",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="governance.meeting",
                                verbose_name="séance",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "décision",
                        "ordering": ["-decided_on", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "id"), name="decision_in_project"),
                            models.UniqueConstraint(fields=("project", "year", "number"), name="decision_number_once"),
                            models.UniqueConstraint(fields=("project", "token"), name="decision_recorded_once"),
                            common.policies.SameTenant(
                                columns=("project_id", "body_id"),
                                name="decision_body_same_project",
                                references=("project_id", "id"),
                                table="governance_body",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "meeting_id"),
                                name="decision_meeting_same_project",
                                references=("project_id", "id"),
                                table="governance_meeting",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "item_id"),
                                name="decision_item_same_project",
                                references=("project_id", "id"),
                                table="governance_agendaitem",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="decision_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.checklist_project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaRequest",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("question", models.CharField(max_length=300, verbose_name="question")),
                        ("context", models.TextField(blank=True, max_length=2000, verbose_name="contexte")),
                        ("source", models.CharField(blank=True, max_length=30, verbose_name="vient de")),
                        ("source_id", models.UUIDField(null=True, verbose_name="objet")),
                        (
                            "asked_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="proposée le"),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="proposée par",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agenda_requests",
                                to="governance.body",
                                verbose_name="instance",
                            ),
                        ),
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
                            "settled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="settles",
                                to="governance.decision",
                                verbose_name="tranchée par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question à l’ordre du jour",
                        "ordering": ["asked_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("settled_by", None),
                                    ("withdrawn_at", None),
                                    models.Q(("source", ""), _negated=True),
                                ),
                                fields=("project", "body", "source", "source_id"),
                                name="agenda_request_open_once",
                                violation_error_message="Cette question est déjà proposée pour la prochaine séance.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "body_id"),
                                name="agenda_request_body_same_project",
                                references=("project_id", "id"),
                                table="governance_body",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "settled_by_id"),
                                name="agenda_request_decision_same_project",
                                references=("project_id", "id"),
                                table="governance_decision",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="agenda_request_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and asked_by_id = (select nullif(current_setting('dui.user_id', true), '')::uuid))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaRequestEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("question", models.CharField(max_length=300, verbose_name="question")),
                        ("context", models.TextField(blank=True, max_length=2000, verbose_name="contexte")),
                        ("source", models.CharField(blank=True, max_length=30, verbose_name="vient de")),
                        ("source_id", models.UUIDField(null=True, verbose_name="objet")),
                        (
                            "asked_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="proposée le"),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="proposée par",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.body",
                                verbose_name="instance",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.agendarequest",
                            ),
                        ),
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
                            "settled_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.decision",
                                verbose_name="tranchée par",
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
                                name="governance_agendarequestevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and asked_by_id = (select nullif(current_setting('dui.user_id', true), '')::uuid))",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Agreement",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.PositiveIntegerField(verbose_name="version n°")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "En rédaction"),
                                    ("signing", "À la signature"),
                                    ("in_force", "En vigueur"),
                                    ("replaced", "Remplacée"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(blank=True, max_length=1000, verbose_name="ce que cette version change"),
                        ),
                        (
                            "started_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouverte le"),
                        ),
                        (
                            "signing_since",
                            models.DateTimeField(blank=True, null=True, verbose_name="à la signature depuis le"),
                        ),
                        ("in_force_on", models.DateField(blank=True, null=True, verbose_name="en vigueur le")),
                        ("replaced_on", models.DateField(blank=True, null=True, verbose_name="remplacée le")),
                        (
                            "based_on",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.agreement",
                                verbose_name="version d’avant",
                            ),
                        ),
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
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ouverte par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "convention de coopération",
                        "ordering": ["-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "id"), name="agreement_in_project"),
                            models.UniqueConstraint(
                                fields=("project", "number"),
                                name="agreement_number_once",
                                violation_error_message="Cette version de la convention existe déjà.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["draft", "signing"])),
                                fields=("project",),
                                name="agreement_one_under_way",
                                violation_error_message="Une version de la convention est déjà en cours.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "in_force")),
                                fields=("project",),
                                name="agreement_one_in_force",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "in_force"), _negated=True),
                                    ("in_force_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="agreement_in_force_since_a_day",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "based_on_id"),
                                name="agreement_based_on_same_project",
                                references=("project_id", "id"),
                                table="governance_agreement",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="agreement_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementArticle",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        ("code", models.CharField(max_length=40, verbose_name="code")),
                        ("title", models.CharField(max_length=120, verbose_name="titre")),
                        ("guide", models.CharField(blank=True, max_length=300, verbose_name="ce qu’il dit")),
                        ("text", models.TextField(blank=True, max_length=8000, verbose_name="texte")),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="articles",
                                to="governance.agreement",
                                verbose_name="convention",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisations.project",
                                verbose_name="projet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "article",
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("agreement", "code"), name="article_once"),
                            common.policies.SameTenant(
                                columns=("project_id", "agreement_id"),
                                name="article_agreement_same_project",
                                references=("project_id", "id"),
                                table="governance_agreement",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="article_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementArticleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        ("code", models.CharField(max_length=40, verbose_name="code")),
                        ("title", models.CharField(max_length=120, verbose_name="titre")),
                        ("guide", models.CharField(blank=True, max_length=300, verbose_name="ce qu’il dit")),
                        ("text", models.TextField(blank=True, max_length=8000, verbose_name="texte")),
                        (
                            "agreement",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.agreement",
                                verbose_name="convention",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.agreementarticle",
                            ),
                        ),
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
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "constraints": [
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=True,
                                name="governance_agreementarticleevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.PositiveIntegerField(verbose_name="version n°")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "En rédaction"),
                                    ("signing", "À la signature"),
                                    ("in_force", "En vigueur"),
                                    ("replaced", "Remplacée"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(blank=True, max_length=1000, verbose_name="ce que cette version change"),
                        ),
                        (
                            "started_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouverte le"),
                        ),
                        (
                            "signing_since",
                            models.DateTimeField(blank=True, null=True, verbose_name="à la signature depuis le"),
                        ),
                        ("in_force_on", models.DateField(blank=True, null=True, verbose_name="en vigueur le")),
                        ("replaced_on", models.DateField(blank=True, null=True, verbose_name="remplacée le")),
                        (
                            "based_on",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.agreement",
                                verbose_name="version d’avant",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.agreement",
                            ),
                        ),
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
                            "started_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ouverte par",
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
                                name="governance_agreementevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementParty",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="signée le")),
                        ("signatory", models.CharField(blank=True, max_length=120, verbose_name="signataire")),
                        ("capacity", models.CharField(blank=True, max_length=120, verbose_name="en qualité de")),
                        (
                            "file",
                            models.FileField(
                                blank=True,
                                max_length=300,
                                upload_to=governance.models.agreements.signature_path,
                                verbose_name="document signé",
                            ),
                        ),
                        ("file_name", models.CharField(blank=True, max_length=200, verbose_name="nom du document")),
                        ("recorded_at", models.DateTimeField(blank=True, null=True, verbose_name="enregistrée le")),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parties",
                                to="governance.agreement",
                                verbose_name="convention",
                            ),
                        ),
                        (
                            "og",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.og",
                                verbose_name="OG",
                            ),
                        ),
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
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="enregistrée par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "partie",
                        "verbose_name_plural": "parties",
                        "ordering": ["og__name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "id"), name="party_in_project"),
                            models.UniqueConstraint(fields=("agreement", "og"), name="party_once"),
                            models.CheckConstraint(
                                condition=models.Q(("signed_on", None), ("signatory__gt", ""), _connector="OR"),
                                name="party_signed_by_somebody",
                                violation_error_message="Dites qui a signé.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "agreement_id"),
                                name="party_agreement_same_project",
                                references=("project_id", "id"),
                                table="governance_agreement",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id"),
                                name="party_og_same_project",
                                references=("project_id", "id"),
                                table="organisations_og",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="party_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementPartyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="signée le")),
                        ("signatory", models.CharField(blank=True, max_length=120, verbose_name="signataire")),
                        ("capacity", models.CharField(blank=True, max_length=120, verbose_name="en qualité de")),
                        (
                            "file",
                            models.FileField(
                                blank=True,
                                max_length=300,
                                upload_to=governance.models.agreements.signature_path,
                                verbose_name="document signé",
                            ),
                        ),
                        ("file_name", models.CharField(blank=True, max_length=200, verbose_name="nom du document")),
                        ("recorded_at", models.DateTimeField(blank=True, null=True, verbose_name="enregistrée le")),
                        (
                            "agreement",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.agreement",
                                verbose_name="convention",
                            ),
                        ),
                        (
                            "og",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="organisations.og",
                                verbose_name="OG",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.agreementparty",
                            ),
                        ),
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
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="enregistrée par",
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
                                name="governance_agreementpartyevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArbitrationOption",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("label", models.CharField(max_length=120, verbose_name="intitulé")),
                        ("description", models.TextField(blank=True, max_length=1000, verbose_name="description")),
                        (
                            "cost_impact",
                            models.CharField(
                                choices=[
                                    ("favourable", "Favorable"),
                                    ("none", "Sans effet"),
                                    ("low", "Faible"),
                                    ("medium", "Moyen"),
                                    ("high", "Fort"),
                                ],
                                default="none",
                                max_length=10,
                                verbose_name="incidence sur le coût",
                            ),
                        ),
                        (
                            "cost_amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=12,
                                null=True,
                                verbose_name="montant estimé (€)",
                            ),
                        ),
                        (
                            "delay_impact",
                            models.CharField(
                                choices=[
                                    ("favourable", "Favorable"),
                                    ("none", "Sans effet"),
                                    ("low", "Faible"),
                                    ("medium", "Moyen"),
                                    ("high", "Fort"),
                                ],
                                default="none",
                                max_length=10,
                                verbose_name="incidence sur le délai",
                            ),
                        ),
                        (
                            "delay_days",
                            models.SmallIntegerField(blank=True, null=True, verbose_name="décalage estimé (jours)"),
                        ),
                        (
                            "quality_impact",
                            models.CharField(
                                choices=[
                                    ("favourable", "Favorable"),
                                    ("none", "Sans effet"),
                                    ("low", "Faible"),
                                    ("medium", "Moyen"),
                                    ("high", "Fort"),
                                ],
                                default="none",
                                max_length=10,
                                verbose_name="incidence sur la qualité",
                            ),
                        ),
                        (
                            "risk_impact",
                            models.CharField(
                                choices=[
                                    ("favourable", "Favorable"),
                                    ("none", "Sans effet"),
                                    ("low", "Faible"),
                                    ("medium", "Moyen"),
                                    ("high", "Fort"),
                                ],
                                default="none",
                                max_length=10,
                                verbose_name="incidence sur le risque",
                            ),
                        ),
                        ("comment", models.CharField(blank=True, max_length=500, verbose_name="précision")),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisations.project",
                                verbose_name="projet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "option",
                        "ordering": ["position"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("position__gte", 1), ("position__lte", 5)),
                                name="option_five_at_most",
                                violation_error_message="Un arbitrage propose deux à cinq options.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Arbitration",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("governance", "Gouvernance et représentation"),
                                    ("legal_entity", "Personne morale qui porte le contrat"),
                                    ("scope", "Périmètre (ESMS, fonctions, usages)"),
                                    ("budget_change", "Budget et clé de financement"),
                                    ("schedule", "Calendrier, vagues, report"),
                                    ("publisher_choice", "Choix ou remplacement de l’éditeur"),
                                    ("contract", "Contrat et relation avec l’éditeur"),
                                    ("configuration", "Paramétrage commun ou adaptation locale"),
                                    ("data_takeover", "Reprise et conservation des données"),
                                    ("data_protection", "Sécurité et protection des données"),
                                    ("resources", "Ressources humaines et temps dégagé"),
                                    ("pilots", "Sites pilotes et généralisation"),
                                    ("training", "Formation et accompagnement"),
                                    ("og_exit", "Entrée ou sortie d’un OG"),
                                ],
                                max_length=20,
                                verbose_name="nature",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "En instruction"),
                                    ("to_decide", "Inscrit à l’ordre du jour"),
                                    ("decided", "Décidé"),
                                    ("postponed", "Reporté"),
                                    ("withdrawn", "Retiré"),
                                    ("applied", "Décision appliquée"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("question", models.CharField(max_length=300, verbose_name="question posée")),
                        ("context", models.TextField(blank=True, max_length=2000, verbose_name="contexte")),
                        (
                            "consequence",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="effet d’une absence de décision"
                            ),
                        ),
                        ("deadline", models.DateField(blank=True, null=True, verbose_name="à trancher avant le")),
                        (
                            "recommendation",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="recommandation du chef de projet"
                            ),
                        ),
                        ("comop_opinion", models.TextField(blank=True, max_length=1000, verbose_name="avis du COMOP")),
                        (
                            "dpo_opinion",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="avis du délégué à la protection des données"
                            ),
                        ),
                        (
                            "consultation_until",
                            models.DateField(
                                blank=True, null=True, verbose_name="consultation écrite ouverte jusqu’au"
                            ),
                        ),
                        ("quorum_reached", models.BooleanField(blank=True, null=True, verbose_name="quorum atteint")),
                        (
                            "quorum_percent",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="quorum demandé, en %"
                            ),
                        ),
                        (
                            "represented_percent",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="part représentée, en %",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("consensus", "Consensus"),
                                    ("weighted_vote", "Vote pondéré"),
                                    ("chair_casting_vote", "Voix prépondérante de la présidence"),
                                    ("written_consultation", "Consultation écrite"),
                                ],
                                max_length=25,
                                verbose_name="mode de décision",
                            ),
                        ),
                        (
                            "decision_text",
                            models.TextField(blank=True, max_length=4000, verbose_name="texte de la décision"),
                        ),
                        ("reasons", models.TextField(blank=True, max_length=2000, verbose_name="motifs")),
                        (
                            "conditions",
                            models.TextField(blank=True, max_length=1000, verbose_name="réserves et conditions"),
                        ),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="date de la décision")),
                        ("postponed_to", models.DateField(blank=True, null=True, verbose_name="reporté au")),
                        (
                            "postponement_reason",
                            models.TextField(blank=True, max_length=1000, verbose_name="motif du report"),
                        ),
                        (
                            "withdrawal_reason",
                            models.TextField(blank=True, max_length=1000, verbose_name="motif du retrait"),
                        ),
                        ("applied_on", models.DateField(blank=True, null=True, verbose_name="appliquée le")),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouvert le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "cites",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cited_by",
                                to="governance.arbitration",
                                verbose_name="revient sur",
                            ),
                        ),
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
                            "requested_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="demandé par",
                            ),
                        ),
                        (
                            "chosen",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.arbitrationoption",
                                verbose_name="option retenue",
                            ),
                        ),
                        (
                            "recommended",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.arbitrationoption",
                                verbose_name="option recommandée",
                            ),
                        ),
                        (
                            "decision",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="arbitration",
                                to="governance.decision",
                                verbose_name="décision enregistrée",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="arbitrations",
                                to="governance.meeting",
                                verbose_name="séance",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "arbitrage",
                        "ordering": ["-year", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "id"), name="arbitration_in_project"),
                            models.UniqueConstraint(
                                fields=("project", "year", "number"), name="arbitration_number_once"
                            ),
                            models.UniqueConstraint(fields=("project", "token"), name="arbitration_opened_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["decided", "applied"]), _negated=True),
                                    models.Q(
                                        ("chosen__isnull", False),
                                        ("decided_on__isnull", False),
                                        ("decision__isnull", False),
                                        ("decision_text__gt", ""),
                                        ("mode__gt", ""),
                                        ("quorum_reached__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="arbitration_decided_in_full",
                                violation_error_message="Une décision dit l’option retenue, son texte, sa date et son mode.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "postponed"), _negated=True),
                                    models.Q(("postponed_to__isnull", False), ("postponement_reason__gt", "")),
                                    _connector="OR",
                                ),
                                name="arbitration_postponed_to_a_day",
                                violation_error_message="Un report dit à quelle date et pourquoi.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    ("withdrawal_reason__gt", ""),
                                    _connector="OR",
                                ),
                                name="arbitration_withdrawn_for_a_reason",
                                violation_error_message="Dites pourquoi l’arbitrage est retiré.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "to_decide"), _negated=True),
                                    ("meeting__isnull", False),
                                    _connector="OR",
                                ),
                                name="arbitration_to_decide_in_a_meeting",
                                violation_error_message="Un arbitrage se tranche à une séance : choisissez-la.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "meeting_id"),
                                name="arbitration_meeting_same_project",
                                references=("project_id", "id"),
                                table="governance_meeting",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "decision_id"),
                                name="arbitration_decision_same_project",
                                references=("project_id", "id"),
                                table="governance_decision",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "cites_id"),
                                name="arbitration_cites_same_project",
                                references=("project_id", "id"),
                                table="governance_arbitration",
                            ),
                            common.policies.SameTenant(
                                columns=("id", "recommended_id"),
                                name="arbitration_recommends_its_option",
                                references=("arbitration_id", "id"),
                                table="governance_arbitrationoption",
                            ),
                            common.policies.SameTenant(
                                columns=("id", "chosen_id"),
                                name="arbitration_chooses_its_option",
                                references=("arbitration_id", "id"),
                                table="governance_arbitrationoption",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="arbitration_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or (status not in ('draft', 'withdrawn') and exists (select from governance_arbitrationstructure concerns where concerns.arbitration_id = governance_arbitration.id and (concerns.og_id = any ((select nullif(current_setting('dui.arbitration_og_ids', true), '')::uuid[])::uuid[]) or concerns.esms_id = any ((select nullif(current_setting('dui.arbitration_esms_ids', true), '')::uuid[])::uuid[]))))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Alert",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        (
                            "severity",
                            models.CharField(
                                choices=[("warning", "À surveiller"), ("critical", "Critique")],
                                default="warning",
                                max_length=10,
                                verbose_name="gravité",
                            ),
                        ),
                        ("subject", models.CharField(max_length=200, verbose_name="objet")),
                        ("text", models.TextField(max_length=2000, verbose_name="ce qui se passe")),
                        ("source", models.CharField(blank=True, max_length=30, verbose_name="vient de")),
                        ("source_id", models.UUIDField(null=True, verbose_name="objet d’origine")),
                        (
                            "raised_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="donnée le"),
                        ),
                        (
                            "escalated_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="portée au COSTRAT le"),
                        ),
                        ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="réponse lue le")),
                        ("answer", models.TextField(blank=True, max_length=2000, verbose_name="réponse")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="répondu le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="répondu par",
                            ),
                        ),
                        (
                            "escalated_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="portée au COSTRAT par",
                            ),
                        ),
                        (
                            "esms",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.esms",
                                verbose_name="structure",
                            ),
                        ),
                        (
                            "og",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.og",
                                verbose_name="OG",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="prise en main par",
                            ),
                        ),
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
                            "raised_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="donnée par",
                            ),
                        ),
                        (
                            "arbitration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alerts",
                                to="governance.arbitration",
                                verbose_name="arbitrage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "alerte",
                        "ordering": ["-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "number"), name="alert_number_once"),
                            models.UniqueConstraint(fields=("project", "token"), name="alert_raised_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at", None), models.Q(("source", ""), _negated=True)),
                                fields=("project", "source", "source_id"),
                                name="alert_open_once",
                                violation_error_message="Une alerte est déjà ouverte à ce sujet.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answered_at", None), models.Q(("answer", ""), _negated=True), _connector="OR"
                                ),
                                name="alert_closed_by_an_answer",
                                violation_error_message="Une alerte ne se ferme pas sans réponse.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("esms", None), ("og__isnull", False), _connector="OR"),
                                name="alert_of_a_structure_names_its_og",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("escalated_at", None), ("arbitration__isnull", False), _connector="OR"
                                ),
                                name="alert_escalated_to_an_arbitration",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="alert_same_tenant",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "arbitration_id"),
                                name="alert_arbitration_same_project",
                                references=("project_id", "id"),
                                table="governance_arbitration",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="alert_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.alert_project_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and (raised_by_id = (select nullif(current_setting('dui.user_id', true), '')::uuid) or owner_id = (select nullif(current_setting('dui.user_id', true), '')::uuid)))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AlertEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        (
                            "severity",
                            models.CharField(
                                choices=[("warning", "À surveiller"), ("critical", "Critique")],
                                default="warning",
                                max_length=10,
                                verbose_name="gravité",
                            ),
                        ),
                        ("subject", models.CharField(max_length=200, verbose_name="objet")),
                        ("text", models.TextField(max_length=2000, verbose_name="ce qui se passe")),
                        ("source", models.CharField(blank=True, max_length=30, verbose_name="vient de")),
                        ("source_id", models.UUIDField(null=True, verbose_name="objet d’origine")),
                        (
                            "raised_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="donnée le"),
                        ),
                        (
                            "escalated_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="portée au COSTRAT le"),
                        ),
                        ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="réponse lue le")),
                        ("answer", models.TextField(blank=True, max_length=2000, verbose_name="réponse")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="répondu le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="répondu par",
                            ),
                        ),
                        (
                            "escalated_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="portée au COSTRAT par",
                            ),
                        ),
                        (
                            "esms",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="organisations.esms",
                                verbose_name="structure",
                            ),
                        ),
                        (
                            "og",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="organisations.og",
                                verbose_name="OG",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="prise en main par",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.alert",
                            ),
                        ),
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
                            "raised_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="donnée par",
                            ),
                        ),
                        (
                            "arbitration",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.arbitration",
                                verbose_name="arbitrage",
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
                                name="governance_alertevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.alert_project_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and (raised_by_id = (select nullif(current_setting('dui.user_id', true), '')::uuid) or owner_id = (select nullif(current_setting('dui.user_id', true), '')::uuid)))",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Amendment",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("text", models.TextField(max_length=2000, verbose_name="rectificatif")),
                        (
                            "written_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrit le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
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
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="écrit par",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="amendments",
                                to="governance.meeting",
                                verbose_name="séance",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rectificatif",
                        "ordering": ["written_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "token"), name="amendment_written_once"),
                            models.CheckConstraint(
                                condition=models.Q(("text__gt", "")),
                                name="amendment_says_something",
                                violation_error_message="Écrivez ce que le rectificatif corrige.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "meeting_id"),
                                name="amendment_meeting_same_project",
                                references=("project_id", "id"),
                                table="governance_meeting",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="amendment_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AmendmentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("text", models.TextField(max_length=2000, verbose_name="rectificatif")),
                        (
                            "written_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrit le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.amendment",
                            ),
                        ),
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
                            "written_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="écrit par",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.meeting",
                                verbose_name="séance",
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
                                name="governance_amendmentevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArbitrationDocument",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("label", models.CharField(max_length=200, verbose_name="intitulé")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="lien")),
                        (
                            "file",
                            models.FileField(
                                blank=True,
                                max_length=300,
                                upload_to=governance.models.arbitrations.document_path,
                                verbose_name="fichier",
                            ),
                        ),
                        ("file_name", models.CharField(blank=True, max_length=200, verbose_name="nom du fichier")),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ajouté le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ajouté par",
                            ),
                        ),
                        (
                            "arbitration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="documents",
                                to="governance.arbitration",
                                verbose_name="arbitrage",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisations.project",
                                verbose_name="projet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document d’arbitrage",
                        "ordering": ["added_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "token"), name="arbitrationdocument_added_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("link", ""), ("file__gt", "")),
                                    models.Q(("link__gt", ""), ("file", "")),
                                    _connector="OR",
                                ),
                                name="arbitrationdocument_file_or_link",
                                violation_error_message="Déposez un fichier ou donnez un lien.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "arbitration_id"),
                                name="arbitrationdocument_same_project",
                                references=("project_id", "id"),
                                table="governance_arbitration",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="arbitrationdocument_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or exists (select from governance_arbitration arbitration where arbitration.id = governance_arbitrationdocument.arbitration_id and arbitration.project_id = governance_arbitrationdocument.project_id)",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArbitrationDocumentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("label", models.CharField(max_length=200, verbose_name="intitulé")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="lien")),
                        (
                            "file",
                            models.FileField(
                                blank=True,
                                max_length=300,
                                upload_to=governance.models.arbitrations.document_path,
                                verbose_name="fichier",
                            ),
                        ),
                        ("file_name", models.CharField(blank=True, max_length=200, verbose_name="nom du fichier")),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ajouté le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "added_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ajouté par",
                            ),
                        ),
                        (
                            "arbitration",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.arbitration",
                                verbose_name="arbitrage",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.arbitrationdocument",
                            ),
                        ),
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
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "constraints": [
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=True,
                                name="governance_arbitrationdocumentevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArbitrationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("governance", "Gouvernance et représentation"),
                                    ("legal_entity", "Personne morale qui porte le contrat"),
                                    ("scope", "Périmètre (ESMS, fonctions, usages)"),
                                    ("budget_change", "Budget et clé de financement"),
                                    ("schedule", "Calendrier, vagues, report"),
                                    ("publisher_choice", "Choix ou remplacement de l’éditeur"),
                                    ("contract", "Contrat et relation avec l’éditeur"),
                                    ("configuration", "Paramétrage commun ou adaptation locale"),
                                    ("data_takeover", "Reprise et conservation des données"),
                                    ("data_protection", "Sécurité et protection des données"),
                                    ("resources", "Ressources humaines et temps dégagé"),
                                    ("pilots", "Sites pilotes et généralisation"),
                                    ("training", "Formation et accompagnement"),
                                    ("og_exit", "Entrée ou sortie d’un OG"),
                                ],
                                max_length=20,
                                verbose_name="nature",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "En instruction"),
                                    ("to_decide", "Inscrit à l’ordre du jour"),
                                    ("decided", "Décidé"),
                                    ("postponed", "Reporté"),
                                    ("withdrawn", "Retiré"),
                                    ("applied", "Décision appliquée"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("question", models.CharField(max_length=300, verbose_name="question posée")),
                        ("context", models.TextField(blank=True, max_length=2000, verbose_name="contexte")),
                        (
                            "consequence",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="effet d’une absence de décision"
                            ),
                        ),
                        ("deadline", models.DateField(blank=True, null=True, verbose_name="à trancher avant le")),
                        (
                            "recommendation",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="recommandation du chef de projet"
                            ),
                        ),
                        ("comop_opinion", models.TextField(blank=True, max_length=1000, verbose_name="avis du COMOP")),
                        (
                            "dpo_opinion",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="avis du délégué à la protection des données"
                            ),
                        ),
                        (
                            "consultation_until",
                            models.DateField(
                                blank=True, null=True, verbose_name="consultation écrite ouverte jusqu’au"
                            ),
                        ),
                        ("quorum_reached", models.BooleanField(blank=True, null=True, verbose_name="quorum atteint")),
                        (
                            "quorum_percent",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="quorum demandé, en %"
                            ),
                        ),
                        (
                            "represented_percent",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="part représentée, en %",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("consensus", "Consensus"),
                                    ("weighted_vote", "Vote pondéré"),
                                    ("chair_casting_vote", "Voix prépondérante de la présidence"),
                                    ("written_consultation", "Consultation écrite"),
                                ],
                                max_length=25,
                                verbose_name="mode de décision",
                            ),
                        ),
                        (
                            "decision_text",
                            models.TextField(blank=True, max_length=4000, verbose_name="texte de la décision"),
                        ),
                        ("reasons", models.TextField(blank=True, max_length=2000, verbose_name="motifs")),
                        (
                            "conditions",
                            models.TextField(blank=True, max_length=1000, verbose_name="réserves et conditions"),
                        ),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="date de la décision")),
                        ("postponed_to", models.DateField(blank=True, null=True, verbose_name="reporté au")),
                        (
                            "postponement_reason",
                            models.TextField(blank=True, max_length=1000, verbose_name="motif du report"),
                        ),
                        (
                            "withdrawal_reason",
                            models.TextField(blank=True, max_length=1000, verbose_name="motif du retrait"),
                        ),
                        ("applied_on", models.DateField(blank=True, null=True, verbose_name="appliquée le")),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouvert le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "cites",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.arbitration",
                                verbose_name="revient sur",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.arbitration",
                            ),
                        ),
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
                            "requested_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="demandé par",
                            ),
                        ),
                        (
                            "chosen",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.arbitrationoption",
                                verbose_name="option retenue",
                            ),
                        ),
                        (
                            "recommended",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.arbitrationoption",
                                verbose_name="option recommandée",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.decision",
                                verbose_name="décision enregistrée",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.meeting",
                                verbose_name="séance",
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
                                name="governance_arbitrationevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArbitrationOptionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("label", models.CharField(max_length=120, verbose_name="intitulé")),
                        ("description", models.TextField(blank=True, max_length=1000, verbose_name="description")),
                        (
                            "cost_impact",
                            models.CharField(
                                choices=[
                                    ("favourable", "Favorable"),
                                    ("none", "Sans effet"),
                                    ("low", "Faible"),
                                    ("medium", "Moyen"),
                                    ("high", "Fort"),
                                ],
                                default="none",
                                max_length=10,
                                verbose_name="incidence sur le coût",
                            ),
                        ),
                        (
                            "cost_amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=12,
                                null=True,
                                verbose_name="montant estimé (€)",
                            ),
                        ),
                        (
                            "delay_impact",
                            models.CharField(
                                choices=[
                                    ("favourable", "Favorable"),
                                    ("none", "Sans effet"),
                                    ("low", "Faible"),
                                    ("medium", "Moyen"),
                                    ("high", "Fort"),
                                ],
                                default="none",
                                max_length=10,
                                verbose_name="incidence sur le délai",
                            ),
                        ),
                        (
                            "delay_days",
                            models.SmallIntegerField(blank=True, null=True, verbose_name="décalage estimé (jours)"),
                        ),
                        (
                            "quality_impact",
                            models.CharField(
                                choices=[
                                    ("favourable", "Favorable"),
                                    ("none", "Sans effet"),
                                    ("low", "Faible"),
                                    ("medium", "Moyen"),
                                    ("high", "Fort"),
                                ],
                                default="none",
                                max_length=10,
                                verbose_name="incidence sur la qualité",
                            ),
                        ),
                        (
                            "risk_impact",
                            models.CharField(
                                choices=[
                                    ("favourable", "Favorable"),
                                    ("none", "Sans effet"),
                                    ("low", "Faible"),
                                    ("medium", "Moyen"),
                                    ("high", "Fort"),
                                ],
                                default="none",
                                max_length=10,
                                verbose_name="incidence sur le risque",
                            ),
                        ),
                        ("comment", models.CharField(blank=True, max_length=500, verbose_name="précision")),
                        (
                            "arbitration",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.arbitration",
                                verbose_name="arbitrage",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.arbitrationoption",
                            ),
                        ),
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
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "constraints": [
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=True,
                                name="governance_arbitrationoptionevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArbitrationStructure",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "arbitration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="concerns",
                                to="governance.arbitration",
                                verbose_name="arbitrage",
                            ),
                        ),
                        (
                            "esms",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.esms",
                                verbose_name="structure",
                            ),
                        ),
                        (
                            "og",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.og",
                                verbose_name="OG",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisations.project",
                                verbose_name="projet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "structure concernée",
                        "ordering": ["esms__name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("arbitration", "esms"), name="concerned_once"),
                            common.policies.SameTenant(
                                columns=("project_id", "arbitration_id"),
                                name="concerned_arbitration_same_project",
                                references=("project_id", "id"),
                                table="governance_arbitration",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="concerned_esms_same_project",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="concerned_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.arbitration_og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.arbitration_esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArbitrationStructureEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        (
                            "arbitration",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.arbitration",
                                verbose_name="arbitrage",
                            ),
                        ),
                        (
                            "esms",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="organisations.esms",
                                verbose_name="structure",
                            ),
                        ),
                        (
                            "og",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="organisations.og",
                                verbose_name="OG",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.arbitrationstructure",
                            ),
                        ),
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
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "constraints": [
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=True,
                                name="governance_arbitrationstructureevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArbitrationVote",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("unit_id", models.UUIDField(verbose_name="voix de")),
                        (
                            "weight",
                            models.DecimalField(decimal_places=2, max_digits=5, verbose_name="poids à la date du vote"),
                        ),
                        (
                            "choice",
                            models.CharField(
                                choices=[("for", "Pour"), ("against", "Contre"), ("abstention", "Abstention")],
                                max_length=10,
                                verbose_name="vote",
                            ),
                        ),
                        ("comment", models.CharField(blank=True, max_length=500, verbose_name="explication de vote")),
                        ("voted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="voté le")),
                        (
                            "arbitration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="votes",
                                to="governance.arbitration",
                                verbose_name="arbitrage",
                            ),
                        ),
                        (
                            "og",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.og",
                                verbose_name="OG",
                            ),
                        ),
                        (
                            "option",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.arbitrationoption",
                                verbose_name="option soutenue",
                            ),
                        ),
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
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="enregistré par",
                            ),
                        ),
                        (
                            "voter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="votant",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "vote",
                        "ordering": ["-weight", "og__name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("arbitration", "unit_id"),
                                name="vote_once",
                                violation_error_message="Cette voix s’est déjà exprimée.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weight__gte", 0), ("weight__lte", 100)),
                                name="vote_weight_is_a_share",
                                violation_error_message="Le poids d’une voix va de 0 à 100 %%.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("choice", "for"), ("option__isnull", False)),
                                    models.Q(models.Q(("choice", "for"), _negated=True), ("option", None)),
                                    _connector="OR",
                                ),
                                name="vote_for_an_option",
                                violation_error_message="Un vote « pour » dit quelle option il soutient.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "arbitration_id"),
                                name="vote_arbitration_same_project",
                                references=("project_id", "id"),
                                table="governance_arbitration",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id"),
                                name="vote_og_same_project",
                                references=("project_id", "id"),
                                table="organisations_og",
                            ),
                            common.policies.SameTenant(
                                columns=("arbitration_id", "option_id"),
                                name="vote_for_its_option",
                                references=("arbitration_id", "id"),
                                table="governance_arbitrationoption",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="vote_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or exists (select from governance_arbitration arbitration where arbitration.id = governance_arbitrationvote.arbitration_id and arbitration.project_id = governance_arbitrationvote.project_id and arbitration.status in ('decided', 'applied'))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArbitrationVoteEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("unit_id", models.UUIDField(verbose_name="voix de")),
                        (
                            "weight",
                            models.DecimalField(decimal_places=2, max_digits=5, verbose_name="poids à la date du vote"),
                        ),
                        (
                            "choice",
                            models.CharField(
                                choices=[("for", "Pour"), ("against", "Contre"), ("abstention", "Abstention")],
                                max_length=10,
                                verbose_name="vote",
                            ),
                        ),
                        ("comment", models.CharField(blank=True, max_length=500, verbose_name="explication de vote")),
                        ("voted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="voté le")),
                        (
                            "arbitration",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.arbitration",
                                verbose_name="arbitrage",
                            ),
                        ),
                        (
                            "og",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="organisations.og",
                                verbose_name="OG",
                            ),
                        ),
                        (
                            "option",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.arbitrationoption",
                                verbose_name="option soutenue",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.arbitrationvote",
                            ),
                        ),
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
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="enregistré par",
                            ),
                        ),
                        (
                            "voter",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="votant",
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
                                name="governance_arbitrationvoteevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("votes", models.BooleanField(default=False, verbose_name="vote")),
                        ("invited", models.BooleanField(default=False, verbose_name="invité")),
                        (
                            "presence",
                            models.CharField(
                                choices=[
                                    ("expected", "Attendu"),
                                    ("present", "Présent"),
                                    ("remote", "À distance"),
                                    ("excused", "Excusé"),
                                    ("absent", "Absent"),
                                ],
                                default="expected",
                                max_length=10,
                                verbose_name="présence",
                            ),
                        ),
                        (
                            "mandate",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.mandate",
                                verbose_name="mandat",
                            ),
                        ),
                        (
                            "og",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.og",
                                verbose_name="OG",
                            ),
                        ),
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
                            "proxy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="donne pouvoir à",
                            ),
                        ),
                        (
                            "stands_in_for",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="suppléance de",
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
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendances",
                                to="governance.meeting",
                                verbose_name="séance",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "présence",
                        "ordering": ["user__last_name", "user__first_name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "user"),
                                name="attendance_once",
                                violation_error_message="Cette personne est déjà convoquée à cette séance.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("proxy", None),
                                    models.Q(
                                        models.Q(("proxy", models.F("user")), _negated=True),
                                        models.Q(("presence__in", ["present", "remote"]), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="attendance_proxy_of_an_absent",
                                violation_error_message="Seule une personne absente donne pouvoir, et à quelqu’un d’autre.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("invited", True), ("votes", True), _negated=True),
                                name="attendance_guest_does_not_vote",
                                violation_error_message="Un invité ne vote pas.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "meeting_id"),
                                name="attendance_meeting_same_project",
                                references=("project_id", "id"),
                                table="governance_meeting",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "mandate_id"),
                                name="attendance_mandate_same_project",
                                references=("project_id", "id"),
                                table="governance_mandate",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id"),
                                name="attendance_og_same_project",
                                references=("project_id", "id"),
                                table="organisations_og",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="attendance_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AttendanceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("votes", models.BooleanField(default=False, verbose_name="vote")),
                        ("invited", models.BooleanField(default=False, verbose_name="invité")),
                        (
                            "presence",
                            models.CharField(
                                choices=[
                                    ("expected", "Attendu"),
                                    ("present", "Présent"),
                                    ("remote", "À distance"),
                                    ("excused", "Excusé"),
                                    ("absent", "Absent"),
                                ],
                                default="expected",
                                max_length=10,
                                verbose_name="présence",
                            ),
                        ),
                        (
                            "mandate",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.mandate",
                                verbose_name="mandat",
                            ),
                        ),
                        (
                            "og",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="organisations.og",
                                verbose_name="OG",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.attendance",
                            ),
                        ),
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
                            "proxy",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="donne pouvoir à",
                            ),
                        ),
                        (
                            "stands_in_for",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="suppléance de",
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
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.meeting",
                                verbose_name="séance",
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
                                name="governance_attendanceevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid))",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarFeed",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True, verbose_name="empreinte du jeton")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="créé le")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="révoqué le")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="personne",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "abonnement au calendrier",
                        "ordering": ["-created_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at", None)),
                                fields=("user",),
                                name="feed_once",
                                violation_error_message="Un abonnement est déjà ouvert : révoquez-le avant d’en ouvrir un autre.",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="feed_rows",
                                rows="user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid)",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarFeedEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="créé le")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="révoqué le")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.calendarfeed",
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
                                name="governance_calendarfeedevent_rows",
                                rows="user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid)",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DecisionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        ("decided_on", models.DateField(verbose_name="prise le")),
                        ("title", models.CharField(max_length=200, verbose_name="objet")),
                        ("text", models.TextField(max_length=4000, verbose_name="décision")),
                        (
                            "recorded_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="enregistrée le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "body",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.body",
                                verbose_name="instance",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.agendaitem",
                                verbose_name="point de l’ordre du jour",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.decision",
                            ),
                        ),
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
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="enregistrée par",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.meeting",
                                verbose_name="séance",
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
                                name="governance_decisionevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.checklist_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dispatch",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "asked_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le"),
                        ),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyé le")),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="essais")),
                        ("error", models.CharField(blank=True, max_length=300, verbose_name="erreur")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("convocation", "Convocation"),
                                    ("change", "Changement"),
                                    ("agenda", "Ordre du jour modifié"),
                                    ("cancellation", "Annulation"),
                                    ("minutes", "Compte rendu"),
                                    ("consultation", "Consultation écrite"),
                                ],
                                max_length=15,
                                verbose_name="nature",
                            ),
                        ),
                        ("sequence", models.PositiveSmallIntegerField(default=0, verbose_name="envoi n°")),
                        ("message", models.TextField(blank=True, max_length=1000, verbose_name="mot qui l’accompagne")),
                        (
                            "arbitration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dispatches",
                                to="governance.arbitration",
                                verbose_name="arbitrage",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="demandé par",
                            ),
                        ),
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="destinataire",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dispatches",
                                to="governance.meeting",
                                verbose_name="séance",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "envoi",
                        "ordering": ["asked_at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("sent_at", None)), fields=["asked_at"], name="dispatch_to_send"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "user", "kind", "sequence", "arbitration"),
                                name="dispatch_once",
                                nulls_distinct=False,
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "meeting_id"),
                                name="dispatch_meeting_same_project",
                                references=("project_id", "id"),
                                table="governance_meeting",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "arbitration_id"),
                                name="dispatch_arbitration_same_project",
                                references=("project_id", "id"),
                                table="governance_arbitration",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="dispatch_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DispatchEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        (
                            "asked_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le"),
                        ),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyé le")),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="essais")),
                        ("error", models.CharField(blank=True, max_length=300, verbose_name="erreur")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("convocation", "Convocation"),
                                    ("change", "Changement"),
                                    ("agenda", "Ordre du jour modifié"),
                                    ("cancellation", "Annulation"),
                                    ("minutes", "Compte rendu"),
                                    ("consultation", "Consultation écrite"),
                                ],
                                max_length=15,
                                verbose_name="nature",
                            ),
                        ),
                        ("sequence", models.PositiveSmallIntegerField(default=0, verbose_name="envoi n°")),
                        ("message", models.TextField(blank=True, max_length=1000, verbose_name="mot qui l’accompagne")),
                        (
                            "arbitration",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.arbitration",
                                verbose_name="arbitrage",
                            ),
                        ),
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
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.dispatch",
                            ),
                        ),
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
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="destinataire",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.meeting",
                                verbose_name="séance",
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
                                name="governance_dispatchevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid))",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUp",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        ("label", models.CharField(max_length=300, verbose_name="action")),
                        ("due_on", models.DateField(verbose_name="pour le")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("to_do", "À faire"),
                                    ("in_progress", "En cours"),
                                    ("done", "Faite"),
                                    ("dropped", "Abandonnée"),
                                ],
                                default="to_do",
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        ("comment", models.CharField(blank=True, max_length=500, verbose_name="où en est-on")),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="faite le")),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="créée le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "arbitration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="governance.arbitration",
                                verbose_name="arbitrage",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="créée par",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="governance.agendaitem",
                                verbose_name="point",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="responsable",
                            ),
                        ),
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
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="governance.meeting",
                                verbose_name="séance",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "action décidée",
                        "verbose_name_plural": "actions décidées",
                        "ordering": ["due_on", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "number"), name="followup_number_once"),
                            models.UniqueConstraint(fields=("project", "token"), name="followup_created_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("meeting__isnull", False), ("arbitration__isnull", False), _connector="OR"
                                ),
                                name="followup_comes_from_somewhere",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    ("done_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="followup_done_on_a_day",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "meeting_id"),
                                name="followup_meeting_same_project",
                                references=("project_id", "id"),
                                table="governance_meeting",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "item_id"),
                                name="followup_item_same_project",
                                references=("project_id", "id"),
                                table="governance_agendaitem",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "arbitration_id"),
                                name="followup_arbitration_same_project",
                                references=("project_id", "id"),
                                table="governance_arbitration",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="followup_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and owner_id = (select nullif(current_setting('dui.user_id', true), '')::uuid))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUpEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        ("label", models.CharField(max_length=300, verbose_name="action")),
                        ("due_on", models.DateField(verbose_name="pour le")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("to_do", "À faire"),
                                    ("in_progress", "En cours"),
                                    ("done", "Faite"),
                                    ("dropped", "Abandonnée"),
                                ],
                                default="to_do",
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        ("comment", models.CharField(blank=True, max_length=500, verbose_name="où en est-on")),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="faite le")),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="créée le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "arbitration",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.arbitration",
                                verbose_name="arbitrage",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="créée par",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.agendaitem",
                                verbose_name="point",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="responsable",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.followup",
                            ),
                        ),
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
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.meeting",
                                verbose_name="séance",
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
                                name="governance_followupevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and owner_id = (select nullif(current_setting('dui.user_id', true), '')::uuid))",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        ("agenda", models.CharField(blank=True, max_length=40, verbose_name="ordre du jour type")),
                        ("starts_at", models.DateTimeField(verbose_name="début")),
                        (
                            "duration_minutes",
                            models.PositiveSmallIntegerField(default=90, verbose_name="durée en minutes"),
                        ),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="lieu")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="lien de visioconférence")),
                        ("objective", models.CharField(blank=True, max_length=300, verbose_name="objet")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "En préparation"),
                                    ("convened", "Convoquée"),
                                    ("in_session", "En séance"),
                                    ("closed", "Close"),
                                    ("cancelled", "Annulée"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        ("series", models.UUIDField(blank=True, null=True, verbose_name="série")),
                        ("sequence", models.PositiveSmallIntegerField(default=0, verbose_name="envois")),
                        ("convened_at", models.DateTimeField(blank=True, null=True, verbose_name="convoquée le")),
                        ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="ouverte le")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="close le")),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="annulée le")),
                        (
                            "cancel_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="motif de l’annulation"),
                        ),
                        ("quorum_reached", models.BooleanField(blank=True, null=True, verbose_name="quorum atteint")),
                        (
                            "represented_percent",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="part représentée, en %",
                            ),
                        ),
                        (
                            "minutes_sent_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="compte rendu envoyé le"),
                        ),
                        (
                            "minutes_approved_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="compte rendu approuvé le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "body",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.body",
                                verbose_name="instance",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="close par",
                            ),
                        ),
                        (
                            "minutes_approved_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.meeting",
                                verbose_name="approuvé en",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.meeting",
                            ),
                        ),
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
                            "second_call_of",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.meeting",
                                verbose_name="seconde convocation de",
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
                                name="governance_meetingevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and status <> 'draft')",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Minutes",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "summary",
                            models.TextField(blank=True, max_length=4000, verbose_name="ce qu’il faut retenir"),
                        ),
                        (
                            "meeting",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="minutes",
                                to="governance.meeting",
                                verbose_name="séance",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisations.project",
                                verbose_name="projet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "compte rendu",
                        "verbose_name_plural": "comptes rendus",
                        "constraints": [
                            common.policies.SameTenant(
                                columns=("project_id", "meeting_id"),
                                name="minutes_meeting_same_project",
                                references=("project_id", "id"),
                                table="governance_meeting",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="minutes_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MinutesEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "summary",
                            models.TextField(blank=True, max_length=4000, verbose_name="ce qu’il faut retenir"),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.meeting",
                                verbose_name="séance",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.minutes",
                            ),
                        ),
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
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "constraints": [
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=True,
                                name="governance_minutesevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Weighting",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("equal", "Une voix par OG"),
                                    ("esms_count", "Selon le nombre d’ESMS"),
                                    ("capacity", "Selon la capacité"),
                                    ("financial_contribution", "Selon la contribution financière"),
                                    ("custom", "Répartition négociée"),
                                ],
                                max_length=25,
                                verbose_name="méthode",
                            ),
                        ),
                        ("rule", models.TextField(blank=True, max_length=1000, verbose_name="règle de calcul")),
                        (
                            "cap",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="plafond par OG, en %",
                            ),
                        ),
                        (
                            "floor",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="plancher par OG, en %",
                            ),
                        ),
                        ("effective_on", models.DateField(verbose_name="prennent effet le")),
                        (
                            "recorded_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="enregistrés le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="weightings",
                                to="governance.decision",
                                verbose_name="décision",
                            ),
                        ),
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
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="enregistrés par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pondération",
                        "ordering": ["-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "id"), name="weighting_in_project"),
                            models.UniqueConstraint(fields=("project", "number"), name="weighting_number_once"),
                            models.UniqueConstraint(fields=("project", "token"), name="weighting_recorded_once"),
                            common.policies.SameTenant(
                                columns=("project_id", "decision_id"),
                                name="weighting_decision_same_project",
                                references=("project_id", "id"),
                                table="governance_decision",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="weighting_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WeightingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("equal", "Une voix par OG"),
                                    ("esms_count", "Selon le nombre d’ESMS"),
                                    ("capacity", "Selon la capacité"),
                                    ("financial_contribution", "Selon la contribution financière"),
                                    ("custom", "Répartition négociée"),
                                ],
                                max_length=25,
                                verbose_name="méthode",
                            ),
                        ),
                        ("rule", models.TextField(blank=True, max_length=1000, verbose_name="règle de calcul")),
                        (
                            "cap",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="plafond par OG, en %",
                            ),
                        ),
                        (
                            "floor",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="plancher par OG, en %",
                            ),
                        ),
                        ("effective_on", models.DateField(verbose_name="prennent effet le")),
                        (
                            "recorded_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="enregistrés le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "decision",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.decision",
                                verbose_name="décision",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.weighting",
                            ),
                        ),
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
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="enregistrés par",
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
                                name="governance_weightingevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WeightShare",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "basis",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="base de calcul"
                            ),
                        ),
                        ("percent", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="poids en %")),
                        (
                            "og",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.og",
                                verbose_name="OG",
                            ),
                        ),
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
                            "weighting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shares",
                                to="governance.weighting",
                                verbose_name="pondération",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "poids",
                        "ordering": ["-percent", "og__name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("weighting", "og"), name="weight_once"),
                            models.CheckConstraint(
                                condition=models.Q(("percent__gte", 0), ("percent__lte", 100)),
                                name="weight_is_a_share",
                                violation_error_message="Un poids va de 0 à 100 %%.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "weighting_id"),
                                name="weight_weighting_same_project",
                                references=("project_id", "id"),
                                table="governance_weighting",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id"),
                                name="weight_og_same_project",
                                references=("project_id", "id"),
                                table="organisations_og",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="weight_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WeightShareEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        (
                            "basis",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="base de calcul"
                            ),
                        ),
                        ("percent", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="poids en %")),
                        (
                            "og",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="organisations.og",
                                verbose_name="OG",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="governance.weightshare",
                            ),
                        ),
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
                            "weighting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.weighting",
                                verbose_name="pondération",
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
                                name="governance_weightshareevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="arbitrationoption",
            name="arbitration",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="options",
                to="governance.arbitration",
                verbose_name="arbitrage",
            ),
        ),
        common.together.Together(
            operations=[
                migrations.RemoveConstraint(
                    model_name="body",
                    name="body_once",
                ),
                migrations.RemoveConstraint(
                    model_name="mandate",
                    name="mandate_once",
                ),
                migrations.AddField(
                    model_name="body",
                    name="chair",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="présidence",
                    ),
                ),
                migrations.AddField(
                    model_name="body",
                    name="closed_on",
                    field=models.DateField(blank=True, null=True, verbose_name="groupe dissous le"),
                ),
                migrations.AddField(
                    model_name="body",
                    name="convocation_days",
                    field=models.PositiveSmallIntegerField(default=7, verbose_name="délai de convocation en jours"),
                ),
                migrations.AddField(
                    model_name="body",
                    name="minutes_days",
                    field=models.PositiveSmallIntegerField(default=5, verbose_name="délai du compte rendu en jours"),
                ),
                migrations.AddField(
                    model_name="body",
                    name="name",
                    field=models.CharField(blank=True, max_length=80, verbose_name="nom du groupe"),
                ),
                migrations.AddField(
                    model_name="body",
                    name="proxies_each",
                    field=models.PositiveSmallIntegerField(
                        default=1, verbose_name="pouvoirs qu’une personne peut porter"
                    ),
                ),
                migrations.AddField(
                    model_name="body",
                    name="purpose",
                    field=models.TextField(blank=True, max_length=1000, verbose_name="ce que fait le groupe"),
                ),
                migrations.AddField(
                    model_name="body",
                    name="report_days",
                    field=models.PositiveSmallIntegerField(
                        default=5, verbose_name="rapport préparé, en jours avant la séance"
                    ),
                ),
                migrations.AddField(
                    model_name="body",
                    name="secretary",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="secrétariat",
                    ),
                ),
                migrations.AddField(
                    model_name="body",
                    name="version",
                    field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
                ),
                migrations.AddField(
                    model_name="bodyevent",
                    name="chair",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="présidence",
                    ),
                ),
                migrations.AddField(
                    model_name="bodyevent",
                    name="closed_on",
                    field=models.DateField(blank=True, null=True, verbose_name="groupe dissous le"),
                ),
                migrations.AddField(
                    model_name="bodyevent",
                    name="convocation_days",
                    field=models.PositiveSmallIntegerField(default=7, verbose_name="délai de convocation en jours"),
                ),
                migrations.AddField(
                    model_name="bodyevent",
                    name="minutes_days",
                    field=models.PositiveSmallIntegerField(default=5, verbose_name="délai du compte rendu en jours"),
                ),
                migrations.AddField(
                    model_name="bodyevent",
                    name="name",
                    field=models.CharField(blank=True, max_length=80, verbose_name="nom du groupe"),
                ),
                migrations.AddField(
                    model_name="bodyevent",
                    name="proxies_each",
                    field=models.PositiveSmallIntegerField(
                        default=1, verbose_name="pouvoirs qu’une personne peut porter"
                    ),
                ),
                migrations.AddField(
                    model_name="bodyevent",
                    name="purpose",
                    field=models.TextField(blank=True, max_length=1000, verbose_name="ce que fait le groupe"),
                ),
                migrations.AddField(
                    model_name="bodyevent",
                    name="report_days",
                    field=models.PositiveSmallIntegerField(
                        default=5, verbose_name="rapport préparé, en jours avant la séance"
                    ),
                ),
                migrations.AddField(
                    model_name="bodyevent",
                    name="secretary",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="secrétariat",
                    ),
                ),
                migrations.AddField(
                    model_name="bodyevent",
                    name="version",
                    field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
                ),
                migrations.AddField(
                    model_name="mandate",
                    name="accepted_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="accepté le"),
                ),
                migrations.AddField(
                    model_name="mandate",
                    name="decline_reason",
                    field=models.CharField(blank=True, max_length=300, verbose_name="motif du refus"),
                ),
                migrations.AddField(
                    model_name="mandate",
                    name="declined_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="décliné le"),
                ),
                migrations.AddField(
                    model_name="mandate",
                    name="esms",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.esms",
                        verbose_name="structure représentée",
                    ),
                ),
                migrations.AddField(
                    model_name="mandate",
                    name="substitute",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="substitutions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="suppléance",
                    ),
                ),
                migrations.AddField(
                    model_name="mandate",
                    name="territory",
                    field=models.CharField(blank=True, max_length=80, verbose_name="territoire représenté"),
                ),
                migrations.AddField(
                    model_name="mandate",
                    name="version",
                    field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
                ),
                migrations.AddField(
                    model_name="mandateevent",
                    name="accepted_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="accepté le"),
                ),
                migrations.AddField(
                    model_name="mandateevent",
                    name="decline_reason",
                    field=models.CharField(blank=True, max_length=300, verbose_name="motif du refus"),
                ),
                migrations.AddField(
                    model_name="mandateevent",
                    name="declined_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="décliné le"),
                ),
                migrations.AddField(
                    model_name="mandateevent",
                    name="esms",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.esms",
                        verbose_name="structure représentée",
                    ),
                ),
                migrations.AddField(
                    model_name="mandateevent",
                    name="substitute",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="suppléance",
                    ),
                ),
                migrations.AddField(
                    model_name="mandateevent",
                    name="territory",
                    field=models.CharField(blank=True, max_length=80, verbose_name="territoire représenté"),
                ),
                migrations.AddField(
                    model_name="mandateevent",
                    name="version",
                    field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
                ),
                migrations.AlterField(
                    model_name="body",
                    name="kind",
                    field=models.CharField(
                        choices=[("costrat", "COSTRAT"), ("comop", "COMOP"), ("working_group", "Groupe de travail")],
                        max_length=15,
                        verbose_name="instance",
                    ),
                ),
                migrations.AlterField(
                    model_name="body",
                    name="quorum_percent",
                    field=models.PositiveSmallIntegerField(default=50, verbose_name="quorum en pour cent"),
                ),
                migrations.AlterField(
                    model_name="bodyevent",
                    name="kind",
                    field=models.CharField(
                        choices=[("costrat", "COSTRAT"), ("comop", "COMOP"), ("working_group", "Groupe de travail")],
                        max_length=15,
                        verbose_name="instance",
                    ),
                ),
                migrations.AlterField(
                    model_name="bodyevent",
                    name="quorum_percent",
                    field=models.PositiveSmallIntegerField(default=50, verbose_name="quorum en pour cent"),
                ),
                migrations.AddConstraint(
                    model_name="body",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("kind", "working_group"), _negated=True),
                        fields=("project", "kind"),
                        name="body_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="body",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("kind", "working_group")),
                        fields=("project", "name"),
                        name="body_name_once",
                        violation_error_message="Un groupe de travail du projet porte déjà ce nom.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="body",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "working_group"), ("name__gt", "")),
                            models.Q(models.Q(("kind", "working_group"), _negated=True), ("name", "")),
                            _connector="OR",
                        ),
                        name="body_group_has_a_name",
                        violation_error_message="Donnez un nom au groupe de travail.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mandate",
                    constraint=models.UniqueConstraint(fields=("project", "id"), name="mandate_in_project"),
                ),
                migrations.AddConstraint(
                    model_name="mandate",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("declined_at", None), ("ends_on", None)),
                        fields=("body", "user", "og", "comop_category"),
                        name="mandate_once",
                        nulls_distinct=False,
                        violation_error_message="Cette personne tient déjà ce siège.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mandate",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("substitute", None),
                            models.Q(("substitute", models.F("user")), _negated=True),
                            _connector="OR",
                        ),
                        name="mandate_substitute_is_another",
                        violation_error_message="La suppléance revient à une autre personne que le titulaire.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mandate",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("accepted_at", None), ("declined_at", None), _connector="OR"),
                        name="mandate_accepted_or_declined",
                        violation_error_message="Un mandat est accepté ou décliné, pas les deux.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mandate",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("esms", None), ("og__isnull", False), _connector="OR"),
                        name="mandate_of_a_structure_names_its_og",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mandate",
                    constraint=common.policies.SameTenant(
                        columns=("project_id", "og_id", "esms_id"),
                        name="mandate_esms_same_project",
                        references=("project_id", "og_id", "id"),
                        table="organisations_esms",
                    ),
                ),
                migrations.AlterConstraint(
                    model_name="body",
                    name="body_quorum_is_a_share",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("quorum_percent__gte", 0), ("quorum_percent__lte", 100)),
                        name="body_quorum_is_a_share",
                        violation_error_message="Le quorum est une part, de 0 à 100 %%.",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="arbitrationoption",
            constraint=models.UniqueConstraint(fields=("arbitration", "id"), name="option_in_arbitration"),
        ),
        migrations.AddConstraint(
            model_name="arbitrationoption",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("arbitration", "position"),
                name="option_position_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="arbitrationoption",
            constraint=common.policies.SameTenant(
                columns=("project_id", "arbitration_id"),
                name="option_arbitration_same_project",
                references=("project_id", "id"),
                table="governance_arbitration",
            ),
        ),
        migrations.AddConstraint(
            model_name="arbitrationoption",
            constraint=common.policies.TenantPolicy(
                elevated_writes=False,
                history=False,
                name="option_rows",
                rows="project_id = any ((select nullif(current_setting('dui.council_project_ids', true), '')::uuid[])::uuid[]) or exists (select from governance_arbitration arbitration where arbitration.id = governance_arbitrationoption.arbitration_id and arbitration.project_id = governance_arbitrationoption.project_id)",
            ),
        ),
    ]
