import django.db.models.deletion
from django.db import migrations, models

import common.policies
import common.together


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0002_spreadsheet_imports"),
        ("governance", "0002_complete"),
        ("organisations", "0002_phases_waves_and_rights"),
        ("organisations", "__first__"),
        ("reports", "0001_initial"),
        ("structures", "0001_initial"),
    ]

    operations = [
        common.together.Together(
            operations=[
                migrations.RemoveConstraint(
                    model_name="report",
                    name="report_rows",
                ),
                migrations.RemoveConstraint(
                    model_name="reportevent",
                    name="reports_reportevent_rows",
                ),
                migrations.AddField(
                    model_name="report",
                    name="consolidated",
                    field=models.BooleanField(default=False, verbose_name="de ce qui est consolidé"),
                ),
                migrations.AddField(
                    model_name="report",
                    name="content_sha256",
                    field=models.CharField(blank=True, max_length=64, verbose_name="empreinte"),
                ),
                migrations.AddField(
                    model_name="report",
                    name="esms",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.esms",
                        verbose_name="structure",
                    ),
                ),
                migrations.AddField(
                    model_name="report",
                    name="filters",
                    field=models.CharField(blank=True, max_length=300, verbose_name="filtre"),
                ),
                migrations.AddField(
                    model_name="report",
                    name="issued_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="émis le"),
                ),
                migrations.AddField(
                    model_name="report",
                    name="matrix",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="structures.habilitationmatrix",
                        verbose_name="matrice",
                    ),
                ),
                migrations.AddField(
                    model_name="report",
                    name="meeting",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="governance.meeting",
                        verbose_name="séance",
                    ),
                ),
                migrations.AddField(
                    model_name="report",
                    name="named",
                    field=models.BooleanField(default=False, verbose_name="nomme les personnes"),
                ),
                migrations.AddField(
                    model_name="report",
                    name="og",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.og",
                        verbose_name="OG",
                    ),
                ),
                migrations.AddField(
                    model_name="report",
                    name="sections",
                    field=models.JSONField(blank=True, default=list, verbose_name="parties"),
                ),
                migrations.AddField(
                    model_name="reportevent",
                    name="consolidated",
                    field=models.BooleanField(default=False, verbose_name="de ce qui est consolidé"),
                ),
                migrations.AddField(
                    model_name="reportevent",
                    name="content_sha256",
                    field=models.CharField(blank=True, max_length=64, verbose_name="empreinte"),
                ),
                migrations.AddField(
                    model_name="reportevent",
                    name="esms",
                    field=models.ForeignKey(
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
                migrations.AddField(
                    model_name="reportevent",
                    name="filters",
                    field=models.CharField(blank=True, max_length=300, verbose_name="filtre"),
                ),
                migrations.AddField(
                    model_name="reportevent",
                    name="issued_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="émis le"),
                ),
                migrations.AddField(
                    model_name="reportevent",
                    name="matrix",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="structures.habilitationmatrix",
                        verbose_name="matrice",
                    ),
                ),
                migrations.AddField(
                    model_name="reportevent",
                    name="meeting",
                    field=models.ForeignKey(
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
                migrations.AddField(
                    model_name="reportevent",
                    name="named",
                    field=models.BooleanField(default=False, verbose_name="nomme les personnes"),
                ),
                migrations.AddField(
                    model_name="reportevent",
                    name="og",
                    field=models.ForeignKey(
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
                migrations.AddField(
                    model_name="reportevent",
                    name="sections",
                    field=models.JSONField(blank=True, default=list, verbose_name="parties"),
                ),
                migrations.AlterField(
                    model_name="report",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("costrat_arbitrations", "Rapport d’arbitrages du COSTRAT"),
                            ("comop_follow_up", "Rapport de suivi du COMOP"),
                            ("agenda", "Ordre du jour"),
                            ("minutes", "Compte rendu"),
                            ("checklist_for_costrat", "État de la checklist pour le COSTRAT"),
                            ("checklist", "Checklist du projet"),
                            ("habilitation_matrix", "Matrice des habilitations"),
                        ],
                        max_length=40,
                        verbose_name="document",
                    ),
                ),
                migrations.AlterField(
                    model_name="report",
                    name="since",
                    field=models.DateField(blank=True, null=True, verbose_name="changements depuis le"),
                ),
                migrations.AlterField(
                    model_name="reportevent",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("costrat_arbitrations", "Rapport d’arbitrages du COSTRAT"),
                            ("comop_follow_up", "Rapport de suivi du COMOP"),
                            ("agenda", "Ordre du jour"),
                            ("minutes", "Compte rendu"),
                            ("checklist_for_costrat", "État de la checklist pour le COSTRAT"),
                            ("checklist", "Checklist du projet"),
                            ("habilitation_matrix", "Matrice des habilitations"),
                        ],
                        max_length=40,
                        verbose_name="document",
                    ),
                ),
                migrations.AlterField(
                    model_name="reportevent",
                    name="since",
                    field=models.DateField(blank=True, null=True, verbose_name="changements depuis le"),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("agenda", "minutes")), _negated=True),
                            ("meeting__isnull", False),
                            _connector="OR",
                        ),
                        name="report_of_a_meeting",
                        violation_error_message="Choisissez la séance dont vous voulez le document.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content_sha256", ""), ("issued_at", None)),
                            models.Q(("content_sha256__gt", ""), ("issued_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="report_issued_with_its_fingerprint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("esms__isnull", False), ("kind__in", ("habilitation_matrix",)), ("og__isnull", False)
                            ),
                            models.Q(
                                models.Q(("kind__in", ("habilitation_matrix",)), _negated=True),
                                ("consolidated", False),
                                ("esms", None),
                                ("named", False),
                                ("og", None),
                            ),
                            _connector="OR",
                        ),
                        name="report_of_a_structure",
                        violation_error_message="Choisissez la structure dont vous voulez le document.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "habilitation_matrix"), ("matrix__isnull", False)),
                            models.Q(models.Q(("kind", "habilitation_matrix"), _negated=True), ("matrix", None)),
                            _connector="OR",
                        ),
                        name="report_of_a_matrix",
                        violation_error_message="Choisissez la version de la matrice.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=common.policies.SameTenant(
                        columns=("project_id", "og_id", "esms_id"),
                        name="report_in_structure",
                        references=("project_id", "og_id", "id"),
                        table="organisations_esms",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=common.policies.SameTenant(
                        columns=("esms_id", "matrix_id"),
                        name="report_matrix_same_structure",
                        references=("esms_id", "id"),
                        table="structures_habilitationmatrix",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=common.policies.SameTenant(
                        columns=("project_id", "meeting_id"),
                        name="report_meeting_same_project",
                        references=("project_id", "id"),
                        table="governance_meeting",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="report_rows",
                        rows="(esms_id is null and project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])) or (esms_id is not null and (project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.habilitation_project_ids', true), '')::uuid[])::uuid[]))) or (esms_id is not null and consolidated and project_id = any ((select nullif(current_setting('dui.validated_matrix_project_ids', true), '')::uuid[])::uuid[]))",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reportevent",
                    constraint=common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=True,
                        name="reports_reportevent_rows",
                        rows="(esms_id is null and project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])) or (esms_id is not null and (project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.habilitation_project_ids', true), '')::uuid[])::uuid[])))",
                    ),
                ),
            ],
        ),
    ]
