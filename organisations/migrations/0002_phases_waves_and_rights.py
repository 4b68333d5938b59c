import django.db.models.deletion
import pghistory.utils
from django.db import migrations, models

import common.ids
import common.policies
import common.together


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        common.together.Together(
            operations=[
                migrations.CreateModel(
                    name="Wave",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("name", models.CharField(max_length=60, verbose_name="nom")),
                        ("planned_start", models.DateField(blank=True, null=True, verbose_name="ouverture prévue")),
                        ("planned_end", models.DateField(blank=True, null=True, verbose_name="fin prévue")),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="waves",
                                to="organisations.project",
                                verbose_name="projet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "vague",
                        "ordering": ["position", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "id"), name="wave_in_project"),
                            models.UniqueConstraint(
                                fields=("project", "name"),
                                name="wave_name_once",
                                violation_error_message="Une vague de ce projet porte déjà ce nom.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("planned_start", None),
                                    ("planned_end", None),
                                    ("planned_end__gte", models.F("planned_start")),
                                    _connector="OR",
                                ),
                                name="wave_ends_after_start",
                                violation_error_message="La fin prévue de cette vague vient avant son ouverture.",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="wave_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WaveEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("name", models.CharField(max_length=60, verbose_name="nom")),
                        ("planned_start", models.DateField(blank=True, null=True, verbose_name="ouverture prévue")),
                        ("planned_end", models.DateField(blank=True, null=True, verbose_name="fin prévue")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="organisations.wave",
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
                                name="organisations_waveevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PhasePeriod",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("framing", "Cadrage"),
                                    ("purchase", "Achat"),
                                    ("preparation", "Préparation"),
                                    ("pilot", "Pilote"),
                                    ("rollout", "Généralisation"),
                                    ("usage", "Développement des usages"),
                                    ("routine", "Vie courante"),
                                ],
                                max_length=12,
                                verbose_name="phase",
                            ),
                        ),
                        ("planned_start", models.DateField(blank=True, null=True, verbose_name="début prévu")),
                        ("planned_end", models.DateField(blank=True, null=True, verbose_name="fin prévue")),
                        ("started_on", models.DateField(blank=True, null=True, verbose_name="début réel")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="fin réelle")),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="periods",
                                to="organisations.project",
                                verbose_name="projet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "période",
                        "ordering": ["project", "phase"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "phase"), name="phase_period_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("planned_start", None),
                                    ("planned_end", None),
                                    ("planned_end__gte", models.F("planned_start")),
                                    _connector="OR",
                                ),
                                name="phase_planned_end_after_start",
                                violation_error_message="La fin prévue de cette phase vient avant son début prévu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("started_on", None),
                                    ("ended_on", None),
                                    ("ended_on__gte", models.F("started_on")),
                                    _connector="OR",
                                ),
                                name="phase_ended_after_started",
                                violation_error_message="La fin réelle de cette phase vient avant son début réel.",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="phase_period_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PhasePeriodEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("framing", "Cadrage"),
                                    ("purchase", "Achat"),
                                    ("preparation", "Préparation"),
                                    ("pilot", "Pilote"),
                                    ("rollout", "Généralisation"),
                                    ("usage", "Développement des usages"),
                                    ("routine", "Vie courante"),
                                ],
                                max_length=12,
                                verbose_name="phase",
                            ),
                        ),
                        ("planned_start", models.DateField(blank=True, null=True, verbose_name="début prévu")),
                        ("planned_end", models.DateField(blank=True, null=True, verbose_name="fin prévue")),
                        ("started_on", models.DateField(blank=True, null=True, verbose_name="début réel")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="fin réelle")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="organisations.phaseperiod",
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
                                name="organisations_phaseperiodevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
            ],
        ),
        common.together.Together(
            operations=[
                migrations.AlterModelOptions(
                    name="esms",
                    options={
                        "ordering": ["name"],
                        "permissions": [
                            ("view_own_arbitrations", "Lire les arbitrages qui concernent sa structure"),
                            ("view_alerts", "Lire les alertes"),
                            ("raise_alerts", "Alerter le COMOP"),
                            ("view_structures", "Lire le détail des structures"),
                            ("fill_structures", "Remplir le travail de la structure"),
                            ("validate_structures", "Valider le travail de la structure"),
                            ("view_people", "Voir qui a accès à quoi"),
                            ("manage_team", "Donner et retirer les rôles de son OG ou de son ESMS"),
                        ],
                        "verbose_name": "structure",
                    },
                ),
                migrations.AlterModelOptions(
                    name="og",
                    options={
                        "ordering": ["name"],
                        "permissions": [
                            ("view_own_arbitrations", "Lire les arbitrages qui concernent sa structure"),
                            ("view_alerts", "Lire les alertes"),
                            ("raise_alerts", "Alerter le COMOP"),
                            ("view_structures", "Lire le détail des structures"),
                            ("view_people", "Voir qui a accès à quoi"),
                            ("manage_team", "Donner et retirer les rôles de son OG ou de son ESMS"),
                        ],
                        "verbose_name": "organisme gestionnaire",
                    },
                ),
                migrations.AlterModelOptions(
                    name="project",
                    options={
                        "ordering": ["name"],
                        "permissions": [
                            ("view_project_sheet", "Lire la fiche du projet et la liste des structures"),
                            ("manage_project", "Régler le projet et donner les rôles"),
                            ("view_checklist", "Lire la checklist"),
                            ("view_own_actions", "Lire ses propres actions de la checklist"),
                            ("change_checklist", "Modifier toute la checklist"),
                            ("change_own_actions", "Modifier ses propres actions de la checklist"),
                            ("comment_checklist", "Écrire dans les échanges de la checklist"),
                            ("view_comop_reports", "Lire les rapports du COMOP"),
                            ("view_costrat_reports", "Lire les rapports du COSTRAT"),
                            ("ask_reports", "Demander un rapport"),
                            (
                                "view_decisions",
                                "Lire les décisions, les arbitrages et les questions mises à l’ordre du jour",
                            ),
                            ("view_meetings", "Lire les séances de toutes les instances"),
                            ("view_comop_meetings", "Lire les séances du COMOP"),
                            ("prepare_meetings", "Préparer les séances et enregistrer les décisions"),
                            ("view_alerts", "Lire les alertes"),
                            ("view_own_alerts", "Lire les alertes que l’on a données ou que l’on a en main"),
                            ("raise_alerts", "Alerter le COMOP"),
                            ("raise_own_alerts", "Alerter le COMOP sur ses propres actions"),
                            ("answer_alerts", "Répondre aux alertes du projet"),
                            ("view_structures", "Lire le détail des structures"),
                            ("coordinate_structures", "Suivre et relancer le travail des structures"),
                            ("view_structure_aggregates", "Lire les chiffres d’ensemble des structures"),
                            ("view_common_needs", "Lire l’expression commune des besoins"),
                            ("view_structure_documents", "Lire les documents des structures"),
                            ("view_habilitations", "Lire les matrices d’habilitations des structures"),
                            ("view_validated_matrices", "Lire les matrices d’habilitations une fois validées"),
                            ("view_people", "Voir qui a accès à quoi"),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="esms",
                    name="wave",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="structures",
                        to="organisations.wave",
                        verbose_name="vague de déploiement",
                    ),
                ),
                migrations.AddField(
                    model_name="esmsevent",
                    name="wave",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.wave",
                        verbose_name="vague de déploiement",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="esms",
                    constraint=common.policies.SameTenant(
                        columns=("project_id", "wave_id"),
                        name="esms_wave_same_project",
                        references=("project_id", "id"),
                        table="organisations_wave",
                    ),
                ),
            ],
        ),
    ]
