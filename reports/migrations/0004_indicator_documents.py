from django.conf import settings
from django.db import migrations, models

import common.policies


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0002_spreadsheet_imports"),
        ("governance", "0003_alerts_of_a_project"),
        ("organisations", "0005_opening_day"),
        ("reports", "0003_risk_documents"),
        ("risks", "0001_initial"),
        ("structures", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="report",
            name="report_of_a_structure",
        ),
        migrations.RemoveConstraint(
            model_name="report",
            name="report_rows",
        ),
        migrations.RemoveConstraint(
            model_name="reportevent",
            name="reports_reportevent_rows",
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
                    ("structure_indicators", "Indicateurs de la structure"),
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
                    ("structure_indicators", "Indicateurs de la structure"),
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
                        ("kind__in", ("habilitation_matrix", "risk_analysis", "structure_indicators")),
                        ("og__isnull", False),
                    ),
                    models.Q(
                        models.Q(
                            ("kind__in", ("habilitation_matrix", "risk_analysis", "structure_indicators")),
                            _negated=True,
                        ),
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
            constraint=common.policies.TenantPolicy(
                elevated_writes=False,
                history=False,
                name="report_rows",
                rows="(esms_id is null and project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and (not kind = 'risks_consolidated' or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]))) or (esms_id is not null and kind = 'habilitation_matrix' and (project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.habilitation_project_ids', true), '')::uuid[])::uuid[]))) or (esms_id is not null and not kind = 'habilitation_matrix' and (esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or ((transmitted or kind = 'structure_indicators') and (project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]))))) or (esms_id is not null and consolidated and project_id = any ((select nullif(current_setting('dui.validated_matrix_project_ids', true), '')::uuid[])::uuid[]))",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportevent",
            constraint=common.policies.TenantPolicy(
                elevated_writes=False,
                history=True,
                name="reports_reportevent_rows",
                rows="(esms_id is null and project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and (not kind = 'risks_consolidated' or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]))) or (esms_id is not null and kind = 'habilitation_matrix' and (project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.habilitation_project_ids', true), '')::uuid[])::uuid[]))) or (esms_id is not null and not kind = 'habilitation_matrix' and (esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or ((transmitted or kind = 'structure_indicators') and (project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])))))",
            ),
        ),
    ]
