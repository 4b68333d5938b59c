import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
from django.conf import settings
from django.db import migrations, models

import common.ids
import common.policies
import common.together
import indicators.models.campaigns


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("governance", "0003_alerts_of_a_project"),
        ("organisations", "0005_opening_day"),
        ("organisations", "__first__"),
    ]

    operations = [
        common.together.Together(
            operations=[
                migrations.CreateModel(
                    name="Campaign",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "frequency",
                            models.CharField(
                                choices=[
                                    ("weekly", "Chaque semaine"),
                                    ("monthly", "Chaque mois"),
                                    ("quarterly", "Chaque trimestre"),
                                ],
                                max_length=9,
                                verbose_name="fréquence",
                            ),
                        ),
                        ("period_start", models.DateField(verbose_name="période du")),
                        ("opens_on", models.DateField(verbose_name="ouverture")),
                        ("due_on", models.DateField(verbose_name="à rendre le")),
                        ("closes_on", models.DateField(verbose_name="clôture")),
                        ("validated", models.BooleanField(default=False, verbose_name="la direction valide")),
                        (
                            "message",
                            models.TextField(blank=True, max_length=1000, verbose_name="message aux structures"),
                        ),
                        (
                            "extended_why",
                            models.CharField(blank=True, max_length=300, verbose_name="pourquoi la date a changé"),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouverte le"),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="close le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
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
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ouverte par",
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
                        "verbose_name": "campagne de collecte",
                        "ordering": ["-period_start", "frequency"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "id"), name="campaign_in_project_once"),
                            models.UniqueConstraint(
                                fields=("project", "frequency", "period_start"),
                                name="campaign_period_once",
                                violation_error_message="Une campagne existe déjà pour cette période.",
                            ),
                            models.UniqueConstraint(fields=("project", "token"), name="campaign_opened_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_on__lte", models.F("closes_on")), ("opens_on__lte", models.F("due_on"))
                                ),
                                name="campaign_days_in_order",
                                violation_error_message="L’ouverture vient avant l’échéance, et l’échéance avant la clôture.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at", None), ("closed_by", None)),
                                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="campaign_closed_by_somebody",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="campaign_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "frequency",
                            models.CharField(
                                choices=[
                                    ("weekly", "Chaque semaine"),
                                    ("monthly", "Chaque mois"),
                                    ("quarterly", "Chaque trimestre"),
                                ],
                                max_length=9,
                                verbose_name="fréquence",
                            ),
                        ),
                        ("period_start", models.DateField(verbose_name="période du")),
                        ("opens_on", models.DateField(verbose_name="ouverture")),
                        ("due_on", models.DateField(verbose_name="à rendre le")),
                        ("closes_on", models.DateField(verbose_name="clôture")),
                        ("validated", models.BooleanField(default=False, verbose_name="la direction valide")),
                        (
                            "message",
                            models.TextField(blank=True, max_length=1000, verbose_name="message aux structures"),
                        ),
                        (
                            "extended_why",
                            models.CharField(blank=True, max_length=300, verbose_name="pourquoi la date a changé"),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouverte le"),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="close le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
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
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ouverte par",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="indicators.campaign",
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
                                name="indicators_campaignevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Collection",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "frequency",
                            models.CharField(
                                choices=[
                                    ("weekly", "Chaque semaine"),
                                    ("monthly", "Chaque mois"),
                                    ("quarterly", "Chaque trimestre"),
                                ],
                                max_length=9,
                                verbose_name="fréquence",
                            ),
                        ),
                        ("automatic", models.BooleanField(default=True, verbose_name="les campagnes s’ouvrent seules")),
                        (
                            "opens_after",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[django.core.validators.MaxValueValidator(60)],
                                verbose_name="ouverture",
                            ),
                        ),
                        (
                            "due_after",
                            models.PositiveSmallIntegerField(
                                default=10,
                                validators=[django.core.validators.MaxValueValidator(90)],
                                verbose_name="à rendre",
                            ),
                        ),
                        (
                            "closes_after",
                            models.PositiveSmallIntegerField(
                                default=40,
                                validators=[django.core.validators.MaxValueValidator(180)],
                                verbose_name="clôture",
                            ),
                        ),
                        ("validated", models.BooleanField(default=False, verbose_name="la direction valide")),
                        (
                            "phases",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
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
                                ),
                                default=indicators.models.campaigns._concerned,
                                size=None,
                                verbose_name="phases",
                            ),
                        ),
                        (
                            "wave_ids",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.UUIDField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="vagues",
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
                        "verbose_name": "réglage de collecte",
                        "ordering": ["project_id", "frequency"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "frequency"), name="collection_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closes_after__gte", models.F("due_after")),
                                    ("due_after__gt", models.F("opens_after")),
                                ),
                                name="collection_days_in_order",
                                violation_error_message="L’ouverture vient avant l’échéance, et l’échéance avant la clôture.",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="collection_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CollectionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "frequency",
                            models.CharField(
                                choices=[
                                    ("weekly", "Chaque semaine"),
                                    ("monthly", "Chaque mois"),
                                    ("quarterly", "Chaque trimestre"),
                                ],
                                max_length=9,
                                verbose_name="fréquence",
                            ),
                        ),
                        ("automatic", models.BooleanField(default=True, verbose_name="les campagnes s’ouvrent seules")),
                        (
                            "opens_after",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[django.core.validators.MaxValueValidator(60)],
                                verbose_name="ouverture",
                            ),
                        ),
                        (
                            "due_after",
                            models.PositiveSmallIntegerField(
                                default=10,
                                validators=[django.core.validators.MaxValueValidator(90)],
                                verbose_name="à rendre",
                            ),
                        ),
                        (
                            "closes_after",
                            models.PositiveSmallIntegerField(
                                default=40,
                                validators=[django.core.validators.MaxValueValidator(180)],
                                verbose_name="clôture",
                            ),
                        ),
                        ("validated", models.BooleanField(default=False, verbose_name="la direction valide")),
                        (
                            "phases",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
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
                                ),
                                default=indicators.models.campaigns._concerned,
                                size=None,
                                verbose_name="phases",
                            ),
                        ),
                        (
                            "wave_ids",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.UUIDField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="vagues",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="indicators.collection",
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
                                name="indicators_collectionevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Indicator",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("code", models.SlugField(max_length=60, verbose_name="code")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("own", models.BooleanField(default=False, verbose_name="propre au projet")),
                        ("active", models.BooleanField(default=True, verbose_name="suivi")),
                        ("asked", models.BooleanField(default=True, verbose_name="saisi par les structures")),
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
                        "verbose_name": "indicateur",
                        "ordering": ["position", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "id"), name="indicator_in_project_once"),
                            models.UniqueConstraint(
                                fields=("project", "code"),
                                name="indicator_code_once",
                                violation_error_message="Un indicateur de ce projet porte déjà ce code.",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="indicator_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AlertRule",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("code", models.SlugField(max_length=60, verbose_name="code")),
                        ("active", models.BooleanField(default=True, verbose_name="en service")),
                        (
                            "severity",
                            models.CharField(
                                choices=[("warning", "À surveiller"), ("critical", "Critique")],
                                max_length=10,
                                verbose_name="gravité",
                            ),
                        ),
                        (
                            "metric",
                            models.CharField(
                                choices=[
                                    ("value", "La dernière valeur"),
                                    ("share_of_target", "La part de la cible atteinte, en %"),
                                    ("change", "L’écart avec la période précédente"),
                                    ("periods_open", "Le nombre de périodes de suite où cela dure"),
                                    ("gap_to", "L’écart avec un autre indicateur"),
                                    ("level_at_least", "Un niveau au moins aussi grave"),
                                ],
                                max_length=16,
                                verbose_name="regarde",
                            ),
                        ),
                        (
                            "operator",
                            models.CharField(
                                choices=[
                                    ("lt", "moins de"),
                                    ("lte", "au plus"),
                                    ("eq", "égal à"),
                                    ("gte", "au moins"),
                                    ("gt", "plus de"),
                                ],
                                max_length=4,
                                verbose_name="comparaison",
                            ),
                        ),
                        ("threshold", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="seuil")),
                        (
                            "periods",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ],
                                verbose_name="périodes de suite",
                            ),
                        ),
                        (
                            "breakdown_value",
                            models.CharField(blank=True, max_length=40, verbose_name="case de la ventilation"),
                        ),
                        (
                            "only_field",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("phase", "Phase de la structure"),
                                    ("operating_mode", "Mode d’accueil"),
                                    ("medicalised", "Dossier médical"),
                                ],
                                max_length=14,
                                verbose_name="seulement selon",
                            ),
                        ),
                        (
                            "only_values",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="valeurs",
                            ),
                        ),
                        (
                            "unless_operator",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("lt", "moins de"),
                                    ("lte", "au plus"),
                                    ("eq", "égal à"),
                                    ("gte", "au moins"),
                                    ("gt", "plus de"),
                                ],
                                max_length=4,
                                verbose_name="comparaison de l’exception",
                            ),
                        ),
                        (
                            "unless_threshold",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="seuil de l’exception",
                            ),
                        ),
                        ("message", models.CharField(max_length=300, verbose_name="ce que dit l’alerte")),
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
                                verbose_name="écrite par",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rules",
                                to="indicators.indicator",
                                verbose_name="indicateur",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="indicators.indicator",
                                verbose_name="comparé à",
                            ),
                        ),
                        (
                            "unless_indicator",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="indicators.indicator",
                                verbose_name="sauf si",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "règle d’alerte",
                        "ordering": ["indicator__position", "code", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "id"), name="alertrule_in_project_once"),
                            models.UniqueConstraint(fields=("project", "token"), name="alertrule_written_once"),
                            models.CheckConstraint(
                                condition=models.Q(("periods__range", (1, 12))),
                                name="alertrule_periods",
                                violation_error_message="De une à douze périodes de suite.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("metric", "gap_to"), ("other__isnull", False)),
                                    models.Q(models.Q(("metric", "gap_to"), _negated=True), ("other", None)),
                                    _connector="OR",
                                ),
                                name="alertrule_gap_to_another",
                                violation_error_message="Dites avec quel indicateur comparer.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("unless_indicator", None), ("unless_operator", ""), ("unless_threshold", None)
                                    ),
                                    models.Q(
                                        ("unless_indicator__isnull", False),
                                        ("unless_threshold__isnull", False),
                                        models.Q(("unless_operator", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="alertrule_unless_whole",
                                violation_error_message="Une exception nomme un indicateur, une comparaison et un seuil.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "indicator_id"),
                                name="alertrule_indicator_same_project",
                                references=("project_id", "id"),
                                table="indicators_indicator",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "other_id"),
                                name="alertrule_other_same_project",
                                references=("project_id", "id"),
                                table="indicators_indicator",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "unless_indicator_id"),
                                name="alertrule_unless_same_project",
                                references=("project_id", "id"),
                                table="indicators_indicator",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="alertrule_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Definition",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                        ("label", models.CharField(max_length=120, verbose_name="intitulé")),
                        (
                            "phase",
                            models.CharField(
                                choices=[("deployment", "Déploiement"), ("usage", "Usage")],
                                max_length=10,
                                verbose_name="moment",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("count", "Nombre entier"),
                                    ("amount", "Grandeur (jours, euros…)"),
                                    ("ratio", "Taux : un nombre rapporté à un autre"),
                                    ("score", "Note entre deux bornes"),
                                    ("level", "Niveau"),
                                    ("text", "Texte"),
                                ],
                                max_length=8,
                                verbose_name="nature",
                            ),
                        ),
                        ("unit", models.CharField(max_length=30, verbose_name="unité")),
                        ("percent", models.BooleanField(default=True, verbose_name="lu en pourcentage")),
                        (
                            "direction",
                            models.CharField(
                                choices=[
                                    ("higher_better", "Plus c’est haut, mieux c’est"),
                                    ("lower_better", "Plus c’est bas, mieux c’est"),
                                    ("neutral", "Ni l’un ni l’autre"),
                                ],
                                max_length=14,
                                verbose_name="sens",
                            ),
                        ),
                        (
                            "frequency",
                            models.CharField(
                                choices=[
                                    ("weekly", "Chaque semaine"),
                                    ("monthly", "Chaque mois"),
                                    ("quarterly", "Chaque trimestre"),
                                ],
                                max_length=9,
                                verbose_name="fréquence",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("entered", "Saisi par les structures"),
                                    ("computed_from_deployment_units", "Calculé depuis les unités de déploiement"),
                                    ("computed_from_milestones", "Calculé depuis les jalons"),
                                    ("computed_from_training_sessions", "Calculé depuis les sessions de formation"),
                                    (
                                        "computed_from_training_evaluations",
                                        "Calculé depuis les évaluations de formation",
                                    ),
                                    (
                                        "computed_from_accounts",
                                        "Calculé depuis les comptes et la matrice des habilitations",
                                    ),
                                    ("computed_from_budget_lines", "Calculé depuis les lignes de budget"),
                                    ("computed_from_risks", "Calculé depuis le registre des risques"),
                                    ("computed_from_risk_questionnaire", "Calculé depuis le questionnaire de risques"),
                                    ("computed_from_alerts", "Calculé depuis les alertes"),
                                ],
                                default="entered",
                                max_length=40,
                                verbose_name="origine",
                            ),
                        ),
                        (
                            "collected_at",
                            models.CharField(
                                choices=[("esms", "Une structure"), ("project", "Le projet")],
                                default="esms",
                                max_length=8,
                                verbose_name="porte sur",
                            ),
                        ),
                        (
                            "aggregation",
                            models.CharField(
                                choices=[
                                    ("sum", "Somme"),
                                    ("weighted_ratio", "Somme des numérateurs sur somme des dénominateurs"),
                                    ("weighted_mean", "Moyenne pondérée"),
                                    ("max", "La plus grande"),
                                    ("worst_level", "Le niveau le plus grave"),
                                    ("list", "Liste"),
                                ],
                                max_length=14,
                                verbose_name="ensemble",
                            ),
                        ),
                        (
                            "breakdown",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("user_profile", "Profil d’utilisateur"),
                                    ("time_slot", "Tranche horaire"),
                                    ("connection_place", "Lieu de connexion"),
                                    ("handling_mode", "Modalité de traitement du ticket"),
                                    ("risk_level", "Niveau de risque"),
                                    ("budget_item", "Poste de dépense"),
                                    ("attention_level", "Gravité du point d’attention"),
                                ],
                                max_length=16,
                                verbose_name="ventilation",
                            ),
                        ),
                        ("masked", models.BooleanField(default=False, verbose_name="petits groupes masqués")),
                        ("numerator", models.CharField(blank=True, max_length=120, verbose_name="numérateur")),
                        ("denominator", models.CharField(blank=True, max_length=120, verbose_name="dénominateur")),
                        (
                            "minimum",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="minimum"
                            ),
                        ),
                        (
                            "maximum",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="maximum"
                            ),
                        ),
                        (
                            "max_length",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="longueur du texte"),
                        ),
                        ("levels", models.JSONField(blank=True, default=list, verbose_name="niveaux")),
                        (
                            "applies_field",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("phase", "Phase de la structure"),
                                    ("operating_mode", "Mode d’accueil"),
                                    ("medicalised", "Dossier médical"),
                                ],
                                max_length=14,
                                verbose_name="demandé selon",
                            ),
                        ),
                        (
                            "applies_values",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="valeurs",
                            ),
                        ),
                        ("weighted_by", models.CharField(blank=True, max_length=60, verbose_name="pondéré par")),
                        ("about_tickets", models.BooleanField(default=False, verbose_name="porte sur l’assistance")),
                        ("help", models.TextField(blank=True, max_length=600, verbose_name="comment le compter")),
                        ("why", models.CharField(blank=True, max_length=300, verbose_name="pourquoi il change")),
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
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="definitions",
                                to="indicators.indicator",
                                verbose_name="indicateur",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "définition",
                        "ordering": ["indicator_id", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "id"), name="definition_in_project_once"),
                            models.UniqueConstraint(fields=("indicator", "number"), name="definition_number_once"),
                            models.UniqueConstraint(fields=("indicator", "token"), name="definition_written_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "ratio"), _negated=True),
                                    models.Q(
                                        models.Q(("numerator", ""), _negated=True),
                                        models.Q(("denominator", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="definition_ratio_terms",
                                violation_error_message="Dites ce que compte le numérateur et ce que compte le dénominateur.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minimum", None),
                                    ("maximum", None),
                                    ("maximum__gt", models.F("minimum")),
                                    _connector="OR",
                                ),
                                name="definition_bounds_in_order",
                                violation_error_message="Le maximum est au-dessus du minimum.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "indicator_id"),
                                name="definition_indicator_same_project",
                                references=("project_id", "id"),
                                table="indicators_indicator",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="definition_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DefinitionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("number", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                        ("label", models.CharField(max_length=120, verbose_name="intitulé")),
                        (
                            "phase",
                            models.CharField(
                                choices=[("deployment", "Déploiement"), ("usage", "Usage")],
                                max_length=10,
                                verbose_name="moment",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("count", "Nombre entier"),
                                    ("amount", "Grandeur (jours, euros…)"),
                                    ("ratio", "Taux : un nombre rapporté à un autre"),
                                    ("score", "Note entre deux bornes"),
                                    ("level", "Niveau"),
                                    ("text", "Texte"),
                                ],
                                max_length=8,
                                verbose_name="nature",
                            ),
                        ),
                        ("unit", models.CharField(max_length=30, verbose_name="unité")),
                        ("percent", models.BooleanField(default=True, verbose_name="lu en pourcentage")),
                        (
                            "direction",
                            models.CharField(
                                choices=[
                                    ("higher_better", "Plus c’est haut, mieux c’est"),
                                    ("lower_better", "Plus c’est bas, mieux c’est"),
                                    ("neutral", "Ni l’un ni l’autre"),
                                ],
                                max_length=14,
                                verbose_name="sens",
                            ),
                        ),
                        (
                            "frequency",
                            models.CharField(
                                choices=[
                                    ("weekly", "Chaque semaine"),
                                    ("monthly", "Chaque mois"),
                                    ("quarterly", "Chaque trimestre"),
                                ],
                                max_length=9,
                                verbose_name="fréquence",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("entered", "Saisi par les structures"),
                                    ("computed_from_deployment_units", "Calculé depuis les unités de déploiement"),
                                    ("computed_from_milestones", "Calculé depuis les jalons"),
                                    ("computed_from_training_sessions", "Calculé depuis les sessions de formation"),
                                    (
                                        "computed_from_training_evaluations",
                                        "Calculé depuis les évaluations de formation",
                                    ),
                                    (
                                        "computed_from_accounts",
                                        "Calculé depuis les comptes et la matrice des habilitations",
                                    ),
                                    ("computed_from_budget_lines", "Calculé depuis les lignes de budget"),
                                    ("computed_from_risks", "Calculé depuis le registre des risques"),
                                    ("computed_from_risk_questionnaire", "Calculé depuis le questionnaire de risques"),
                                    ("computed_from_alerts", "Calculé depuis les alertes"),
                                ],
                                default="entered",
                                max_length=40,
                                verbose_name="origine",
                            ),
                        ),
                        (
                            "collected_at",
                            models.CharField(
                                choices=[("esms", "Une structure"), ("project", "Le projet")],
                                default="esms",
                                max_length=8,
                                verbose_name="porte sur",
                            ),
                        ),
                        (
                            "aggregation",
                            models.CharField(
                                choices=[
                                    ("sum", "Somme"),
                                    ("weighted_ratio", "Somme des numérateurs sur somme des dénominateurs"),
                                    ("weighted_mean", "Moyenne pondérée"),
                                    ("max", "La plus grande"),
                                    ("worst_level", "Le niveau le plus grave"),
                                    ("list", "Liste"),
                                ],
                                max_length=14,
                                verbose_name="ensemble",
                            ),
                        ),
                        (
                            "breakdown",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("user_profile", "Profil d’utilisateur"),
                                    ("time_slot", "Tranche horaire"),
                                    ("connection_place", "Lieu de connexion"),
                                    ("handling_mode", "Modalité de traitement du ticket"),
                                    ("risk_level", "Niveau de risque"),
                                    ("budget_item", "Poste de dépense"),
                                    ("attention_level", "Gravité du point d’attention"),
                                ],
                                max_length=16,
                                verbose_name="ventilation",
                            ),
                        ),
                        ("masked", models.BooleanField(default=False, verbose_name="petits groupes masqués")),
                        ("numerator", models.CharField(blank=True, max_length=120, verbose_name="numérateur")),
                        ("denominator", models.CharField(blank=True, max_length=120, verbose_name="dénominateur")),
                        (
                            "minimum",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="minimum"
                            ),
                        ),
                        (
                            "maximum",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="maximum"
                            ),
                        ),
                        (
                            "max_length",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="longueur du texte"),
                        ),
                        ("levels", models.JSONField(blank=True, default=list, verbose_name="niveaux")),
                        (
                            "applies_field",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("phase", "Phase de la structure"),
                                    ("operating_mode", "Mode d’accueil"),
                                    ("medicalised", "Dossier médical"),
                                ],
                                max_length=14,
                                verbose_name="demandé selon",
                            ),
                        ),
                        (
                            "applies_values",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="valeurs",
                            ),
                        ),
                        ("weighted_by", models.CharField(blank=True, max_length=60, verbose_name="pondéré par")),
                        ("about_tickets", models.BooleanField(default=False, verbose_name="porte sur l’assistance")),
                        ("help", models.TextField(blank=True, max_length=600, verbose_name="comment le compter")),
                        ("why", models.CharField(blank=True, max_length=300, verbose_name="pourquoi il change")),
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
                                to="indicators.definition",
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
                            "indicator",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="indicators.indicator",
                                verbose_name="indicateur",
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
                                name="indicators_definitionevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AlertRuleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("code", models.SlugField(db_index=False, max_length=60, verbose_name="code")),
                        ("active", models.BooleanField(default=True, verbose_name="en service")),
                        (
                            "severity",
                            models.CharField(
                                choices=[("warning", "À surveiller"), ("critical", "Critique")],
                                max_length=10,
                                verbose_name="gravité",
                            ),
                        ),
                        (
                            "metric",
                            models.CharField(
                                choices=[
                                    ("value", "La dernière valeur"),
                                    ("share_of_target", "La part de la cible atteinte, en %"),
                                    ("change", "L’écart avec la période précédente"),
                                    ("periods_open", "Le nombre de périodes de suite où cela dure"),
                                    ("gap_to", "L’écart avec un autre indicateur"),
                                    ("level_at_least", "Un niveau au moins aussi grave"),
                                ],
                                max_length=16,
                                verbose_name="regarde",
                            ),
                        ),
                        (
                            "operator",
                            models.CharField(
                                choices=[
                                    ("lt", "moins de"),
                                    ("lte", "au plus"),
                                    ("eq", "égal à"),
                                    ("gte", "au moins"),
                                    ("gt", "plus de"),
                                ],
                                max_length=4,
                                verbose_name="comparaison",
                            ),
                        ),
                        ("threshold", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="seuil")),
                        (
                            "periods",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ],
                                verbose_name="périodes de suite",
                            ),
                        ),
                        (
                            "breakdown_value",
                            models.CharField(blank=True, max_length=40, verbose_name="case de la ventilation"),
                        ),
                        (
                            "only_field",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("phase", "Phase de la structure"),
                                    ("operating_mode", "Mode d’accueil"),
                                    ("medicalised", "Dossier médical"),
                                ],
                                max_length=14,
                                verbose_name="seulement selon",
                            ),
                        ),
                        (
                            "only_values",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="valeurs",
                            ),
                        ),
                        (
                            "unless_operator",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("lt", "moins de"),
                                    ("lte", "au plus"),
                                    ("eq", "égal à"),
                                    ("gte", "au moins"),
                                    ("gt", "plus de"),
                                ],
                                max_length=4,
                                verbose_name="comparaison de l’exception",
                            ),
                        ),
                        (
                            "unless_threshold",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="seuil de l’exception",
                            ),
                        ),
                        ("message", models.CharField(max_length=300, verbose_name="ce que dit l’alerte")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="indicators.alertrule",
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
                                verbose_name="écrite par",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="indicators.indicator",
                                verbose_name="indicateur",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="indicators.indicator",
                                verbose_name="comparé à",
                            ),
                        ),
                        (
                            "unless_indicator",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="indicators.indicator",
                                verbose_name="sauf si",
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
                                name="indicators_alertruleevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("code", models.SlugField(db_index=False, max_length=60, verbose_name="code")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("own", models.BooleanField(default=False, verbose_name="propre au projet")),
                        ("active", models.BooleanField(default=True, verbose_name="suivi")),
                        ("asked", models.BooleanField(default=True, verbose_name="saisi par les structures")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="indicators.indicator",
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
                                name="indicators_indicatorevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PushKey",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("label", models.CharField(max_length=80, verbose_name="nom")),
                        ("digest", models.CharField(max_length=64, unique=True, verbose_name="empreinte")),
                        ("hint", models.CharField(max_length=12, verbose_name="début")),
                        (
                            "issued_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="donnée le"),
                        ),
                        ("expires_on", models.DateField(verbose_name="valable jusqu’au")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                        ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="dernier envoi")),
                        (
                            "esms",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisations.esms",
                                verbose_name="structure",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="donnée par",
                            ),
                        ),
                        (
                            "og",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
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
                            "revoked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="retirée par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "clé d’envoi",
                        "ordering": ["-issued_at", "id"],
                        "constraints": [
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="pushkey_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("esms", None), ("og", None), ("place", models.F("project"))),
                                    models.Q(
                                        ("esms__isnull", False), ("og__isnull", False), ("place", models.F("esms"))
                                    ),
                                    _connector="OR",
                                ),
                                name="pushkey_in_place",
                            ),
                            models.UniqueConstraint(fields=("place", "id"), name="pushkey_in_place_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("revoked_at", None), ("revoked_by", None)),
                                    models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="pushkey_revoked_by_somebody",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="pushkey_rows",
                                rows="esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (esms_id is null and project_id = any ((select nullif(current_setting('dui.indicator_project_ids', true), '')::uuid[])::uuid[])) or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Push",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("reference", models.CharField(max_length=80, verbose_name="référence")),
                        ("body_digest", models.CharField(max_length=64, verbose_name="empreinte du contenu")),
                        ("answer", models.JSONField(verbose_name="réponse")),
                        (
                            "received_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="reçu le"),
                        ),
                        (
                            "esms",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
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
                            "key",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pushes",
                                to="indicators.pushkey",
                                verbose_name="clé",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "envoi",
                        "ordering": ["-received_at", "id"],
                        "constraints": [
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="push_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("esms", None), ("og", None), ("place", models.F("project"))),
                                    models.Q(
                                        ("esms__isnull", False), ("og__isnull", False), ("place", models.F("esms"))
                                    ),
                                    _connector="OR",
                                ),
                                name="push_in_place",
                            ),
                            models.UniqueConstraint(fields=("key", "reference"), name="push_once"),
                            common.policies.SameTenant(
                                columns=("place", "key_id"),
                                name="push_key_same_place",
                                references=("place", "id"),
                                table="indicators_pushkey",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="push_rows",
                                rows="esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (esms_id is null and project_id = any ((select nullif(current_setting('dui.indicator_project_ids', true), '')::uuid[])::uuid[])) or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PushKeyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("label", models.CharField(max_length=80, verbose_name="nom")),
                        ("hint", models.CharField(max_length=12, verbose_name="début")),
                        (
                            "issued_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="donnée le"),
                        ),
                        ("expires_on", models.DateField(verbose_name="valable jusqu’au")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
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
                            "issued_by",
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
                                to="indicators.pushkey",
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
                            "revoked_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="retirée par",
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
                                name="indicators_pushkeyevent_rows",
                                rows="esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (esms_id is null and project_id = any ((select nullif(current_setting('dui.indicator_project_ids', true), '')::uuid[])::uuid[])) or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RaisedAlert",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("since", models.DateField(verbose_name="depuis la période du")),
                        (
                            "over_since",
                            models.DateField(blank=True, null=True, verbose_name="terminée à la période du"),
                        ),
                        (
                            "alert",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="governance.alert",
                                verbose_name="alerte",
                            ),
                        ),
                        (
                            "esms",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
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
                            "rule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="raised",
                                to="indicators.alertrule",
                                verbose_name="règle",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "alerte levée par une règle",
                        "ordering": ["-since", "id"],
                        "constraints": [
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="raisedalert_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("esms", None), ("og", None), ("place", models.F("project"))),
                                    models.Q(
                                        ("esms__isnull", False), ("og__isnull", False), ("place", models.F("esms"))
                                    ),
                                    _connector="OR",
                                ),
                                name="raisedalert_in_place",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("over_since", None)),
                                fields=("rule", "place"),
                                name="raisedalert_once_at_a_time",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "rule_id"),
                                name="raisedalert_rule_same_project",
                                references=("project_id", "id"),
                                table="indicators_alertrule",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "alert_id"),
                                name="raisedalert_alert_same_project",
                                references=("project_id", "id"),
                                table="governance_alert",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="raisedalert_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.indicator_project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RaisedAlertEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("since", models.DateField(verbose_name="depuis la période du")),
                        (
                            "over_since",
                            models.DateField(blank=True, null=True, verbose_name="terminée à la période du"),
                        ),
                        (
                            "alert",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="governance.alert",
                                verbose_name="alerte",
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="indicators.raisedalert",
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
                            "rule",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="indicators.alertrule",
                                verbose_name="règle",
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
                                name="indicators_raisedalertevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.indicator_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Statement",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "En cours de saisie"),
                                    ("submitted", "Soumis à la direction"),
                                    ("given", "Rendu"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="soumis le")),
                        ("given_at", models.DateTimeField(blank=True, null=True, verbose_name="rendu le")),
                        (
                            "first_given_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="rendu une première fois le"),
                        ),
                        ("sent_back_at", models.DateTimeField(blank=True, null=True, verbose_name="renvoyé le")),
                        (
                            "sent_back_why",
                            models.CharField(blank=True, max_length=300, verbose_name="pourquoi il est renvoyé"),
                        ),
                        ("reopened_until", models.DateField(blank=True, null=True, verbose_name="rouvert jusqu’au")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="indicators.campaign",
                                verbose_name="campagne",
                            ),
                        ),
                        (
                            "esms",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisations.esms",
                                verbose_name="structure",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="rendu par",
                            ),
                        ),
                        (
                            "og",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
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
                            "sent_back_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="renvoyé par",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="soumis par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "relevé",
                        "ordering": ["campaign_id", "esms_id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("esms", "id"), name="statement_in_structure_once"),
                            models.UniqueConstraint(fields=("campaign", "esms"), name="statement_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "given"), _negated=True),
                                    models.Q(("first_given_at__isnull", False), ("given_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="statement_given_on_a_day",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="statement_same_tenant",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "campaign_id"),
                                name="statement_campaign_same_project",
                                references=("project_id", "id"),
                                table="indicators_campaign",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="statement_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.indicator_project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Figure",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        (
                            "frequency",
                            models.CharField(
                                choices=[
                                    ("weekly", "Chaque semaine"),
                                    ("monthly", "Chaque mois"),
                                    ("quarterly", "Chaque trimestre"),
                                ],
                                max_length=9,
                                verbose_name="fréquence",
                            ),
                        ),
                        ("period_start", models.DateField(verbose_name="période du")),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="valeur"
                            ),
                        ),
                        (
                            "base",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="rapportée à"
                            ),
                        ),
                        ("text", models.TextField(blank=True, max_length=1000, verbose_name="texte")),
                        (
                            "absence",
                            models.CharField(
                                blank=True,
                                choices=[("unavailable", "Non disponible"), ("not_concerned", "Non concerné")],
                                max_length=13,
                                verbose_name="absence",
                            ),
                        ),
                        ("why", models.CharField(blank=True, max_length=300, verbose_name="pourquoi elle manque")),
                        ("comment", models.CharField(blank=True, max_length=500, verbose_name="commentaire")),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("entered", "Saisi"),
                                    ("imported", "Importé d’un fichier"),
                                    ("pushed", "Envoyé par un logiciel"),
                                    ("computed", "Calculé"),
                                ],
                                default="entered",
                                max_length=8,
                                verbose_name="venue par",
                            ),
                        ),
                        ("published", models.BooleanField(default=False, verbose_name="lue au-dessus de la structure")),
                        (
                            "written_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrite le"),
                        ),
                        (
                            "definition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="indicators.definition",
                                verbose_name="définition",
                            ),
                        ),
                        (
                            "esms",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
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
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="écrite par",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="figures",
                                to="indicators.indicator",
                                verbose_name="indicateur",
                            ),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="figures",
                                to="indicators.statement",
                                verbose_name="relevé",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "valeur d’indicateur",
                        "ordering": ["period_start", "indicator_id", "id"],
                        "indexes": [
                            models.Index(
                                fields=["project", "frequency", "period_start", "indicator"],
                                include=("og", "esms", "place", "definition", "amount", "base", "published"),
                                name="figure_dashboard",
                            ),
                            models.Index(
                                condition=models.Q(("base__lt", 5)),
                                fields=["place", "period_start", "frequency", "indicator"],
                                name="figure_few",
                            ),
                            models.Index(fields=["statement"], name="figure_statement"),
                        ],
                        "constraints": [
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="figure_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("esms", None), ("og", None), ("place", models.F("project"))),
                                    models.Q(
                                        ("esms__isnull", False), ("og__isnull", False), ("place", models.F("esms"))
                                    ),
                                    _connector="OR",
                                ),
                                name="figure_in_place",
                            ),
                            models.UniqueConstraint(fields=("place", "id"), name="figure_in_place_once"),
                            models.UniqueConstraint(
                                fields=("place", "indicator", "frequency", "period_start"), name="figure_period_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("absence", ""), ("why", "")),
                                    models.Q(
                                        models.Q(("absence", ""), _negated=True),
                                        models.Q(("why", ""), _negated=True),
                                        ("amount", None),
                                        ("base", None),
                                        ("text", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="figure_there_or_not",
                                violation_error_message="Une valeur non disponible dit pourquoi, et n’a pas de chiffre.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("base", None), ("amount__isnull", False), _connector="OR"),
                                name="figure_both_terms",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("base", None), ("base__gt", 0), _connector="OR"),
                                name="figure_base_positive",
                                violation_error_message="Un dénominateur nul rend le taux sans objet : saisissez « non concerné » plutôt que zéro.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount", None), ("amount__gte", 0), _connector="OR"),
                                name="figure_not_negative",
                                violation_error_message="Une valeur n’est pas négative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("origin", "computed"), _negated=True),
                                    models.Q(("published", True), ("statement", None)),
                                    _connector="OR",
                                ),
                                name="figure_computed_alone",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "indicator_id"),
                                name="figure_indicator_same_project",
                                references=("project_id", "id"),
                                table="indicators_indicator",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "definition_id"),
                                name="figure_definition_same_project",
                                references=("project_id", "id"),
                                table="indicators_definition",
                            ),
                            common.policies.SameTenant(
                                columns=("esms_id", "statement_id"),
                                name="figure_statement_same_structure",
                                references=("esms_id", "id"),
                                table="indicators_statement",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="figure_rows",
                                rows="esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (published and (project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.indicator_project_ids', true), '')::uuid[])::uuid[])))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cell",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("value", models.CharField(max_length=40, verbose_name="case")),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="valeur")),
                        (
                            "base",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="rapportée à"
                            ),
                        ),
                        (
                            "esms",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
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
                            "figure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cells",
                                to="indicators.figure",
                                verbose_name="valeur",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "case d’une ventilation",
                        "ordering": ["figure_id", "value"],
                        "constraints": [
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="cell_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("esms", None), ("og", None), ("place", models.F("project"))),
                                    models.Q(
                                        ("esms__isnull", False), ("og__isnull", False), ("place", models.F("esms"))
                                    ),
                                    _connector="OR",
                                ),
                                name="cell_in_place",
                            ),
                            models.UniqueConstraint(fields=("figure", "value"), name="cell_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount__gte", 0), models.Q(("base", None), ("base__gte", 0), _connector="OR")
                                ),
                                name="cell_not_negative",
                                violation_error_message="Une case n’est pas négative.",
                            ),
                            common.policies.SameTenant(
                                columns=("place", "figure_id"),
                                name="cell_figure_same_place",
                                references=("place", "id"),
                                table="indicators_figure",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="cell_rows",
                                rows="esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (esms_id is null and project_id = any ((select nullif(current_setting('dui.indicator_project_ids', true), '')::uuid[])::uuid[]))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CellEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("value", models.CharField(max_length=40, verbose_name="case")),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="valeur")),
                        (
                            "base",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="rapportée à"
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="indicators.cell",
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
                            "figure",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="indicators.figure",
                                verbose_name="valeur",
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
                                name="indicators_cellevent_rows",
                                rows="esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (esms_id is null and project_id = any ((select nullif(current_setting('dui.indicator_project_ids', true), '')::uuid[])::uuid[]))",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FigureEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        (
                            "frequency",
                            models.CharField(
                                choices=[
                                    ("weekly", "Chaque semaine"),
                                    ("monthly", "Chaque mois"),
                                    ("quarterly", "Chaque trimestre"),
                                ],
                                max_length=9,
                                verbose_name="fréquence",
                            ),
                        ),
                        ("period_start", models.DateField(verbose_name="période du")),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="valeur"
                            ),
                        ),
                        (
                            "base",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="rapportée à"
                            ),
                        ),
                        ("text", models.TextField(blank=True, max_length=1000, verbose_name="texte")),
                        (
                            "absence",
                            models.CharField(
                                blank=True,
                                choices=[("unavailable", "Non disponible"), ("not_concerned", "Non concerné")],
                                max_length=13,
                                verbose_name="absence",
                            ),
                        ),
                        ("why", models.CharField(blank=True, max_length=300, verbose_name="pourquoi elle manque")),
                        ("comment", models.CharField(blank=True, max_length=500, verbose_name="commentaire")),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("entered", "Saisi"),
                                    ("imported", "Importé d’un fichier"),
                                    ("pushed", "Envoyé par un logiciel"),
                                    ("computed", "Calculé"),
                                ],
                                default="entered",
                                max_length=8,
                                verbose_name="venue par",
                            ),
                        ),
                        ("published", models.BooleanField(default=False, verbose_name="lue au-dessus de la structure")),
                        (
                            "written_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrite le"),
                        ),
                        (
                            "definition",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="indicators.definition",
                                verbose_name="définition",
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="indicators.figure",
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
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="écrite par",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="indicators.indicator",
                                verbose_name="indicateur",
                            ),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="indicators.statement",
                                verbose_name="relevé",
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
                                name="indicators_figureevent_rows",
                                rows="esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (published and (project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.indicator_project_ids', true), '')::uuid[])::uuid[])))",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatementEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "En cours de saisie"),
                                    ("submitted", "Soumis à la direction"),
                                    ("given", "Rendu"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="soumis le")),
                        ("given_at", models.DateTimeField(blank=True, null=True, verbose_name="rendu le")),
                        (
                            "first_given_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="rendu une première fois le"),
                        ),
                        ("sent_back_at", models.DateTimeField(blank=True, null=True, verbose_name="renvoyé le")),
                        (
                            "sent_back_why",
                            models.CharField(blank=True, max_length=300, verbose_name="pourquoi il est renvoyé"),
                        ),
                        ("reopened_until", models.DateField(blank=True, null=True, verbose_name="rouvert jusqu’au")),
                        (
                            "campaign",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="indicators.campaign",
                                verbose_name="campagne",
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
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="rendu par",
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
                                to="indicators.statement",
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
                            "sent_back_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="renvoyé par",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="soumis par",
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
                                name="indicators_statementevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.indicator_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Target",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("value", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="cible")),
                        ("from_on", models.DateField(verbose_name="à partir du")),
                        (
                            "esms",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisations.esms",
                                verbose_name="structure",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="targets",
                                to="indicators.indicator",
                                verbose_name="indicateur",
                            ),
                        ),
                        (
                            "og",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
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
                            "wave",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisations.wave",
                                verbose_name="vague",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "cible",
                        "ordering": ["indicator_id", "from_on", "id"],
                        "constraints": [
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="target_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("esms", None), ("og", None), ("place", models.F("project"))),
                                    models.Q(
                                        ("esms__isnull", False), ("og__isnull", False), ("place", models.F("esms"))
                                    ),
                                    _connector="OR",
                                ),
                                name="target_in_place",
                            ),
                            models.UniqueConstraint(
                                fields=("indicator", "place", "wave", "from_on"),
                                name="target_once",
                                nulls_distinct=False,
                                violation_error_message="Une cible est déjà fixée à cette date.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("wave", None), ("esms", None), _connector="OR"),
                                name="target_of_one_thing",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "indicator_id"),
                                name="target_indicator_same_project",
                                references=("project_id", "id"),
                                table="indicators_indicator",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "wave_id"),
                                name="target_wave_same_project",
                                references=("project_id", "id"),
                                table="organisations_wave",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="target_rows",
                                rows="(esms_id is null and project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])) or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.indicator_project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TargetEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("value", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="cible")),
                        ("from_on", models.DateField(verbose_name="à partir du")),
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
                            "indicator",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="indicators.indicator",
                                verbose_name="indicateur",
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
                                to="indicators.target",
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
                            "wave",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="organisations.wave",
                                verbose_name="vague",
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
                                name="indicators_targetevent_rows",
                                rows="(esms_id is null and project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])) or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.indicator_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
