import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pghistory.utils
from django.conf import settings
from django.db import migrations, models

import common.ids
import common.policies


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Body",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bodies",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("costrat", "COSTRAT"), ("comop", "COMOP")], max_length=10, verbose_name="instance"
                    ),
                ),
                ("frequency_months", models.PositiveSmallIntegerField(default=1, verbose_name="périodicité en mois")),
                (
                    "quorum_percent",
                    models.PositiveSmallIntegerField(default=50, verbose_name="quorum en pour cent du poids"),
                ),
            ],
            options={
                "verbose_name": "instance",
                "constraints": [
                    models.UniqueConstraint(fields=("project", "kind"), name="body_once"),
                    models.UniqueConstraint(fields=("project", "id"), name="body_in_project"),
                    models.CheckConstraint(
                        condition=models.Q(("quorum_percent__gte", 0), ("quorum_percent__lte", 100)),
                        name="body_quorum_is_a_share",
                        violation_error_message="Le quorum est une part du poids, de 0 à 100 %.",
                    ),
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="body_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BodyEvent",
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
                        to="governance.body",
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
                    "kind",
                    models.CharField(
                        choices=[("costrat", "COSTRAT"), ("comop", "COMOP")], max_length=10, verbose_name="instance"
                    ),
                ),
                ("frequency_months", models.PositiveSmallIntegerField(default=1, verbose_name="périodicité en mois")),
                (
                    "quorum_percent",
                    models.PositiveSmallIntegerField(default=50, verbose_name="quorum en pour cent du poids"),
                ),
            ],
            options={
                "ordering": ["pgh_id"],
                "abstract": False,
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=True,
                        name="governance_bodyevent_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.project"
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mandates",
                        to="governance.body",
                        verbose_name="instance",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="personne",
                    ),
                ),
                (
                    "og",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organisations.og",
                        verbose_name="OG représenté",
                    ),
                ),
                (
                    "representation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("structure_type", "Représentant d’un type de structure"),
                            ("territory", "Représentant d’un territoire"),
                            ("og_ambassador", "Ambassadeur de son OG"),
                            ("own_esms", "Représentant de son ESMS"),
                        ],
                        max_length=20,
                        verbose_name="à quel titre",
                    ),
                ),
                (
                    "comop_category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("work", "Travail"),
                            ("children", "Enfance"),
                            ("accommodation", "Hébergement"),
                            ("service", "Service"),
                            ("day_care", "Accueil de jour"),
                            ("other", "Autre"),
                        ],
                        max_length=15,
                        verbose_name="catégorie représentée",
                    ),
                ),
                ("votes", models.BooleanField(default=False, verbose_name="vote")),
                ("invited", models.BooleanField(default=False, verbose_name="invité")),
                ("starts_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="depuis le")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
            ],
            options={
                "verbose_name": "mandat",
                "ordering": ["user__last_name", "user__first_name"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("body", "user", "og", "comop_category"),
                        name="mandate_once",
                        nulls_distinct=False,
                        violation_error_message="Cette personne tient déjà ce siège.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("invited", True), ("votes", True), _negated=True),
                        name="mandate_guest_does_not_vote",
                        violation_error_message="Un invité ne vote pas.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            (
                                "ends_on__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("starts_on"), "-", models.Value(1)
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="mandate_dates",
                        violation_error_message="La fin du mandat vient avant son début.",
                    ),
                    common.policies.SameTenant(
                        columns=("project_id", "body_id"),
                        name="mandate_body_same_project",
                        references=("project_id", "id"),
                        table="governance_body",
                    ),
                    common.policies.SameTenant(
                        columns=("project_id", "og_id"),
                        name="mandate_og_same_project",
                        references=("project_id", "id"),
                        table="organisations_og",
                    ),
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="mandate_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MandateEvent",
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
                        to="governance.mandate",
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
                    "og",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.og",
                        verbose_name="OG représenté",
                    ),
                ),
                (
                    "representation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("structure_type", "Représentant d’un type de structure"),
                            ("territory", "Représentant d’un territoire"),
                            ("og_ambassador", "Ambassadeur de son OG"),
                            ("own_esms", "Représentant de son ESMS"),
                        ],
                        max_length=20,
                        verbose_name="à quel titre",
                    ),
                ),
                (
                    "comop_category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("work", "Travail"),
                            ("children", "Enfance"),
                            ("accommodation", "Hébergement"),
                            ("service", "Service"),
                            ("day_care", "Accueil de jour"),
                            ("other", "Autre"),
                        ],
                        max_length=15,
                        verbose_name="catégorie représentée",
                    ),
                ),
                ("votes", models.BooleanField(default=False, verbose_name="vote")),
                ("invited", models.BooleanField(default=False, verbose_name="invité")),
                ("starts_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="depuis le")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
            ],
            options={
                "ordering": ["pgh_id"],
                "abstract": False,
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=True,
                        name="governance_mandateevent_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
    ]
