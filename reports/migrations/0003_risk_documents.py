import django.db.models.deletion
from django.db import migrations, models

import common.policies
import common.together


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0002_spreadsheet_imports"),
        ("governance", "0002_complete"),
        ("organisations", "0004_risk_rights"),
        ("organisations", "__first__"),
        ("reports", "0002_documents"),
        ("risks", "0001_initial"),
        ("structures", "0001_initial"),
    ]

    operations = [
        common.together.Together(
            operations=[
                migrations.RemoveConstraint(
                    model_name="report",
                    name="report_of_a_structure",
                ),
                migrations.RemoveConstraint(
                    model_name="report",
                    name="report_of_a_matrix",
                ),
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
                    name="assessment",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="risks.assessment",
                        verbose_name="analyse de risques",
                    ),
                ),
                migrations.AddField(
                    model_name="report",
                    name="transmitted",
                    field=models.BooleanField(default=False, verbose_name="de ce qui est transmis"),
                ),
                migrations.AddField(
                    model_name="reportevent",
                    name="assessment",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="risks.assessment",
                        verbose_name="analyse de risques",
                    ),
                ),
                migrations.AddField(
                    model_name="reportevent",
                    name="transmitted",
                    field=models.BooleanField(default=False, verbose_name="de ce qui est transmis"),
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
                            ("risk_analysis", "Analyse de risques"),
                            ("risks_consolidated", "Analyse de risques consolidée"),
                        ],
                        max_length=40,
                        verbose_name="document",
                    ),
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
                            ("risk_analysis", "Analyse de risques"),
                            ("risks_consolidated", "Analyse de risques consolidée"),
                        ],
                        max_length=40,
                        verbose_name="document",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("esms__isnull", False),
                                ("kind__in", ("habilitation_matrix", "risk_analysis")),
                                ("og__isnull", False),
                            ),
                            models.Q(
                                models.Q(("kind__in", ("habilitation_matrix", "risk_analysis")), _negated=True),
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
                            models.Q(
                                models.Q(("kind", "habilitation_matrix"), _negated=True),
                                ("consolidated", False),
                                ("matrix", None),
                            ),
                            _connector="OR",
                        ),
                        name="report_of_a_matrix",
                        violation_error_message="Choisissez la version de la matrice.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("assessment__isnull", False), ("kind", "risk_analysis")),
                            models.Q(
                                models.Q(("kind", "risk_analysis"), _negated=True),
                                ("assessment", None),
                                ("transmitted", False),
                            ),
                            _connector="OR",
                        ),
                        name="report_of_an_assessment",
                        violation_error_message="Choisissez la campagne dont vous voulez l’analyse.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=common.policies.SameTenant(
                        columns=("esms_id", "assessment_id"),
                        name="report_assessment_same_structure",
                        references=("place", "id"),
                        table="risks_assessment",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="report_rows",
                        rows="(esms_id is null and project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and (not kind = 'risks_consolidated' or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]))) or (esms_id is not null and kind = 'habilitation_matrix' and (project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.habilitation_project_ids', true), '')::uuid[])::uuid[]))) or (esms_id is not null and not kind = 'habilitation_matrix' and (esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (transmitted and (project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]))))) or (esms_id is not null and consolidated and project_id = any ((select nullif(current_setting('dui.validated_matrix_project_ids', true), '')::uuid[])::uuid[]))",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reportevent",
                    constraint=common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=True,
                        name="reports_reportevent_rows",
                        rows="(esms_id is null and project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and (not kind = 'risks_consolidated' or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]))) or (esms_id is not null and kind = 'habilitation_matrix' and (project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.habilitation_project_ids', true), '')::uuid[])::uuid[]))) or (esms_id is not null and not kind = 'habilitation_matrix' and (esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (transmitted and (project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])))))",
                    ),
                ),
            ],
        ),
    ]
