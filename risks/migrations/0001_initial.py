import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
from django.conf import settings
from django.db import migrations, models

import common.ids
import common.policies
import common.together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0004_risk_rights"),
        ("organisations", "__first__"),
    ]

    operations = [
        common.together.Together(
            operations=[
                migrations.CreateModel(
                    name="Risk",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        ("title", models.CharField(max_length=200, verbose_name="risque")),
                        ("description", models.TextField(blank=True, max_length=2000, verbose_name="description")),
                        ("cause", models.TextField(blank=True, max_length=1000, verbose_name="cause")),
                        ("consequence", models.TextField(blank=True, max_length=1000, verbose_name="conséquence")),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("organizational", "Organisationnel"),
                                    ("financial", "Financier"),
                                    ("human", "Humain"),
                                    ("legal", "Juridique"),
                                    ("technical", "Technique"),
                                    ("strategic", "Stratégique"),
                                ],
                                max_length=16,
                                verbose_name="catégorie",
                            ),
                        ),
                        ("question", models.CharField(blank=True, max_length=5, verbose_name="question")),
                        (
                            "probability",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4")], verbose_name="probabilité"
                            ),
                        ),
                        (
                            "impact",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4")], verbose_name="impact"
                            ),
                        ),
                        (
                            "residual_probability",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4")],
                                null=True,
                                verbose_name="probabilité après traitement",
                            ),
                        ),
                        (
                            "residual_impact",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4")],
                                null=True,
                                verbose_name="impact après traitement",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "À traiter"),
                                    ("treated", "En traitement"),
                                    ("watched", "Sous surveillance"),
                                    ("closed", "Clos"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "treatment",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("avoid", "Éviter"),
                                    ("reduce", "Réduire"),
                                    ("share", "Partager"),
                                    ("accept", "Accepter"),
                                ],
                                max_length=8,
                                verbose_name="traitement",
                            ),
                        ),
                        ("accepted_on", models.DateField(blank=True, null=True, verbose_name="accepté le")),
                        (
                            "accepted_why",
                            models.TextField(blank=True, max_length=1000, verbose_name="pourquoi il est accepté"),
                        ),
                        (
                            "opened_on",
                            models.DateField(default=django.utils.timezone.localdate, verbose_name="relevé le"),
                        ),
                        ("review_on", models.DateField(blank=True, null=True, verbose_name="à revoir le")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="clos le")),
                        (
                            "closing_note",
                            models.TextField(blank=True, max_length=1000, verbose_name="pourquoi il est clos"),
                        ),
                        ("transmitted_at", models.DateTimeField(blank=True, null=True, verbose_name="transmis le")),
                        ("raised_at", models.DateTimeField(blank=True, null=True, verbose_name="porté au projet le")),
                        (
                            "raised_why",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="pourquoi il est porté au projet"
                            ),
                        ),
                        (
                            "returned_why",
                            models.TextField(blank=True, max_length=1000, verbose_name="pourquoi le projet l’a rendu"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="accepté par",
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
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="relevé par",
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
                            "raised_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="porté au projet par",
                            ),
                        ),
                        (
                            "transmitted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="transmis par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "risque",
                        "ordering": ["place", "number"],
                        "indexes": [models.Index(fields=["project", "status"], name="risk_of_project")],
                        "constraints": [
                            models.UniqueConstraint(fields=("place", "id"), name="risk_in_place_once"),
                            models.UniqueConstraint(fields=("place", "number"), name="risk_number_once"),
                            models.UniqueConstraint(fields=("place", "token"), name="risk_written_once"),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("question", ""), _negated=True),
                                    models.Q(("status", "closed"), _negated=True),
                                ),
                                fields=("place", "question"),
                                name="risk_open_once_a_question",
                                violation_error_message="Un risque est déjà ouvert pour cette question.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("impact__range", (1, 4)), ("probability__range", (1, 4))),
                                name="risk_from_one_to_four",
                                violation_error_message="Probabilité et impact vont de 1 à 4.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("residual_impact", None), ("residual_probability", None)),
                                    models.Q(
                                        ("residual_impact__range", (1, 4)), ("residual_probability__range", (1, 4))
                                    ),
                                    _connector="OR",
                                ),
                                name="risk_residual_has_both",
                                violation_error_message="Ce qui reste après traitement se dit par une probabilité et un impact.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("accepted_by__isnull", False),
                                        ("accepted_on__isnull", False),
                                        ("treatment", "accept"),
                                        models.Q(("accepted_why", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("treatment", "accept"), _negated=True),
                                        ("accepted_by", None),
                                        ("accepted_on", None),
                                        ("accepted_why", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="risk_accepted_by_somebody",
                                violation_error_message="Un risque accepté dit qui l’accepte et pourquoi.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_on__isnull", False),
                                        ("status", "closed"),
                                        models.Q(("closing_note", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("status", "closed"), _negated=True),
                                        ("closed_on", None),
                                        ("closing_note", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="risk_closed_with_a_reason",
                                violation_error_message="Un risque clos dit depuis quand et pourquoi.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("raised_at", None),
                                    models.Q(("raised_by__isnull", False), ("transmitted_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="risk_raised_is_transmitted",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="risk_in_structure",
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
                                name="risk_in_place",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="risk_rows",
                                rows="esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (esms_id is null and project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[])) or (esms_id is null and project_id = any ((select nullif(current_setting('dui.risk_project_ids', true), '')::uuid[])::uuid[])) or (transmitted_at is not null and (project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]))) or (raised_at is not null and project_id = any ((select nullif(current_setting('dui.risk_project_ids', true), '')::uuid[])::uuid[])) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and owner_id = (select nullif(current_setting('dui.user_id', true), '')::uuid))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskAction",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("label", models.CharField(max_length=300, verbose_name="action")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("preventive", "Préventive"), ("corrective", "Corrective")],
                                default="preventive",
                                max_length=10,
                                verbose_name="nature",
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="pour le")),
                        ("started_on", models.DateField(blank=True, null=True, verbose_name="commencée le")),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="faite le")),
                        (
                            "progress",
                            models.PositiveSmallIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="avancement",
                            ),
                        ),
                        ("note", models.TextField(blank=True, max_length=1000, verbose_name="où on en est")),
                        ("given_up_on", models.DateField(blank=True, null=True, verbose_name="abandonnée le")),
                        (
                            "given_up_why",
                            models.CharField(blank=True, max_length=300, verbose_name="pourquoi elle est abandonnée"),
                        ),
                        (
                            "written_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrite le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
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
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="faite par",
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
                            "risk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="actions",
                                to="risks.risk",
                                verbose_name="risque",
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
                    ],
                    options={
                        "verbose_name": "action sur un risque",
                        "ordering": ["risk_id", "written_at", "pk"],
                        "indexes": [models.Index(fields=["owner", "done_on"], name="riskaction_of_owner")],
                        "constraints": [
                            models.UniqueConstraint(fields=("place", "token"), name="riskaction_written_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_on", None), ("progress__lt", 100)),
                                    models.Q(("done_on__isnull", False), ("progress", 100)),
                                    _connector="OR",
                                ),
                                name="riskaction_done_is_all_of_it",
                                violation_error_message="Une action faite l’est à 100 %.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("given_up_on", None), ("given_up_why", "")),
                                    models.Q(
                                        ("given_up_on__isnull", False), models.Q(("given_up_why", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="riskaction_given_up_with_a_reason",
                                violation_error_message="Dites pourquoi l’action est abandonnée.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("done_on", None), ("given_up_on", None), _connector="OR"),
                                name="riskaction_done_or_given_up",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="riskaction_in_structure",
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
                                name="riskaction_in_place",
                            ),
                            common.policies.SameTenant(
                                columns=("place", "risk_id"),
                                name="riskaction_risk_same_place",
                                references=("place", "id"),
                                table="risks_risk",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="riskaction_rows",
                                rows="(project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and exists (select from risks_risk risk where risk.id = risk_id)) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and owner_id = (select nullif(current_setting('dui.user_id', true), '')::uuid))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskActionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("label", models.CharField(max_length=300, verbose_name="action")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("preventive", "Préventive"), ("corrective", "Corrective")],
                                default="preventive",
                                max_length=10,
                                verbose_name="nature",
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="pour le")),
                        ("started_on", models.DateField(blank=True, null=True, verbose_name="commencée le")),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="faite le")),
                        (
                            "progress",
                            models.PositiveSmallIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="avancement",
                            ),
                        ),
                        ("note", models.TextField(blank=True, max_length=1000, verbose_name="où on en est")),
                        ("given_up_on", models.DateField(blank=True, null=True, verbose_name="abandonnée le")),
                        (
                            "given_up_why",
                            models.CharField(blank=True, max_length=300, verbose_name="pourquoi elle est abandonnée"),
                        ),
                        (
                            "written_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrite le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
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
                                verbose_name="faite par",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="risks.riskaction",
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
                            "risk",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="risks.risk",
                                verbose_name="risque",
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
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "constraints": [
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=True,
                                name="risks_riskactionevent_rows",
                                rows="esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (esms_id is null and project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[])) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and exists (select from risks_risk risk where risk.id = risk_id and (risk.esms_id is null or risk.transmitted_at <= pgh_created_at))) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and owner_id = (select nullif(current_setting('dui.user_id', true), '')::uuid))",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskCampaign",
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
                            "kind",
                            models.CharField(
                                choices=[("start", "Début du projet"), ("phase_end", "Fin de phase")],
                                max_length=10,
                                verbose_name="quand",
                            ),
                        ),
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
                        (
                            "message",
                            models.TextField(blank=True, max_length=1000, verbose_name="message aux structures"),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouverte le"),
                        ),
                        ("due_on", models.DateField(verbose_name="à rendre le")),
                        (
                            "extended_why",
                            models.CharField(blank=True, max_length=300, verbose_name="pourquoi la date a changé"),
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
                        "verbose_name": "campagne de risques",
                        "ordering": ["-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "id"), name="riskcampaign_in_project_once"),
                            models.UniqueConstraint(fields=("project", "number"), name="riskcampaign_number_once"),
                            models.UniqueConstraint(fields=("project", "token"), name="riskcampaign_opened_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at", None), ("closed_by", None)),
                                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="riskcampaign_closed_by_somebody",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="riskcampaign_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assessment",
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
                            "status",
                            models.CharField(
                                choices=[
                                    ("answering", "Réponses en cours"),
                                    ("converging", "Mise en commun"),
                                    ("submitted", "Soumise à la direction"),
                                    ("validated", "Validée"),
                                    ("transmitted", "Transmise"),
                                ],
                                default="answering",
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        ("asks_all", models.BooleanField(default=True, verbose_name="toutes les questions")),
                        (
                            "converging_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="mise en commun le"),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="soumise le")),
                        ("validated_at", models.DateTimeField(blank=True, null=True, verbose_name="validée le")),
                        ("transmitted_at", models.DateTimeField(blank=True, null=True, verbose_name="transmise le")),
                        ("sent_back_at", models.DateTimeField(blank=True, null=True, verbose_name="renvoyée le")),
                        (
                            "sent_back_note",
                            models.TextField(blank=True, max_length=2000, verbose_name="ce qu’il faut reprendre"),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="arrêtée le")),
                        (
                            "based_on",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="risks.assessment",
                                verbose_name="à la suite de",
                            ),
                        ),
                        (
                            "converging_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="mise en commun par",
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
                            "sent_back_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="renvoyée par",
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
                                verbose_name="soumise par",
                            ),
                        ),
                        (
                            "transmitted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="transmise par",
                            ),
                        ),
                        (
                            "validated_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="validée par",
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessments",
                                to="risks.riskcampaign",
                                verbose_name="campagne",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "analyse de risques",
                        "ordering": ["campaign", "place"],
                        "indexes": [models.Index(fields=["project", "campaign"], name="assessment_of_campaign")],
                        "constraints": [
                            models.UniqueConstraint(fields=("place", "id"), name="assessment_in_place_once"),
                            models.UniqueConstraint(fields=("place", "campaign"), name="assessment_once_a_campaign"),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("status", "transmitted"), _negated=True), ("closed_at", None)
                                ),
                                fields=("place",),
                                name="assessment_open_once",
                                violation_error_message="Une analyse de risques y est déjà en cours.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "transmitted"), _negated=True),
                                    models.Q(
                                        ("closed_at", None),
                                        ("transmitted_at__isnull", False),
                                        ("transmitted_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="assessment_transmitted_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ("validated", "transmitted")), _negated=True),
                                    models.Q(("validated_at__isnull", False), ("validated_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="assessment_validated_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("asks_all", True), ("based_on__isnull", False), _connector="OR"),
                                name="assessment_keeps_marks_of_another",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="assessment_in_structure",
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
                                name="assessment_in_place",
                            ),
                            common.policies.SameTenant(
                                columns=("place", "based_on_id"),
                                name="assessment_based_on_same_place",
                                references=("place", "id"),
                                table="risks_assessment",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "campaign_id"),
                                name="assessment_campaign_same_project",
                                references=("project_id", "id"),
                                table="risks_riskcampaign",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="assessment_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and exists (select from risks_respondent respondent where respondent.assessment_id = risks_assessment.id and respondent.user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid)))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreedMark",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("question", models.CharField(max_length=5, verbose_name="question")),
                        (
                            "value",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                                verbose_name="note retenue",
                            ),
                        ),
                        ("not_concerned", models.BooleanField(default=False, verbose_name="non concerné")),
                        ("comment", models.TextField(blank=True, max_length=1000, verbose_name="commentaire")),
                        (
                            "carried",
                            models.BooleanField(default=False, verbose_name="gardée de la campagne précédente"),
                        ),
                        (
                            "agreed_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="retenue le"),
                        ),
                        (
                            "agreed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="retenue par",
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
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agreed",
                                to="risks.assessment",
                                verbose_name="analyse",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "note retenue",
                        "ordering": ["assessment", "question"],
                        "constraints": [
                            models.UniqueConstraint(fields=("assessment", "question"), name="agreedmark_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("not_concerned", False), ("value__range", (1, 10))),
                                    models.Q(("not_concerned", True), ("value", None)),
                                    _connector="OR",
                                ),
                                name="agreedmark_from_one_to_ten",
                                violation_error_message="La note retenue va de 1 à 10, ou la question ne concerne pas la structure.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="agreedmark_in_structure",
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
                                name="agreedmark_in_place",
                            ),
                            common.policies.SameTenant(
                                columns=("place", "assessment_id"),
                                name="agreedmark_assessment_same_place",
                                references=("place", "id"),
                                table="risks_assessment",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="agreedmark_rows",
                                rows="esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (esms_id is null and project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[])) or ((project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[])) and exists (select from risks_assessment assessment where assessment.id = assessment_id and (assessment.status = 'transmitted')))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Respondent",
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
                            "capacity",
                            models.CharField(
                                choices=[
                                    ("direction", "Direction"),
                                    ("deputy", "Direction adjointe"),
                                    ("referent", "Référent local"),
                                    ("lead", "Chef de projet"),
                                    ("body", "Membre d’une instance"),
                                ],
                                max_length=10,
                                verbose_name="en qualité de",
                            ),
                        ),
                        (
                            "asked_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le"),
                        ),
                        (
                            "finished_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="réponses terminées le"),
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
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="respondents",
                                to="risks.assessment",
                                verbose_name="analyse",
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="qui répond",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "répondant",
                        "ordering": ["asked_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("id", "user"), name="respondent_is_somebody_once"),
                            models.UniqueConstraint(fields=("place", "id"), name="respondent_in_place_once"),
                            models.UniqueConstraint(
                                fields=("assessment", "user"),
                                name="respondent_once",
                                violation_error_message="Cette personne répond déjà.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="respondent_in_structure",
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
                                name="respondent_in_place",
                            ),
                            common.policies.SameTenant(
                                columns=("place", "assessment_id"),
                                name="respondent_assessment_same_place",
                                references=("place", "id"),
                                table="risks_assessment",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="respondent_rows",
                                rows="esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (esms_id is null and project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[])) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mark",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("question", models.CharField(max_length=5, verbose_name="question")),
                        (
                            "value",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                                verbose_name="note",
                            ),
                        ),
                        ("not_concerned", models.BooleanField(default=False, verbose_name="non concerné")),
                        ("comment", models.TextField(blank=True, max_length=1000, verbose_name="commentaire")),
                        (
                            "answered_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="répondu le"),
                        ),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="marks",
                                to="risks.assessment",
                                verbose_name="analyse",
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="de qui",
                            ),
                        ),
                        (
                            "respondent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="marks",
                                to="risks.respondent",
                                verbose_name="répondant",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "note",
                        "ordering": ["assessment", "respondent", "question"],
                        "constraints": [
                            models.UniqueConstraint(fields=("respondent", "question"), name="mark_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("value", None),
                                    models.Q(("not_concerned", False), ("value__range", (1, 10))),
                                    _connector="OR",
                                ),
                                name="mark_from_one_to_ten",
                                violation_error_message="Une note va de 1 à 10, ou la question ne vous concerne pas.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="mark_in_structure",
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
                                name="mark_in_place",
                            ),
                            common.policies.SameTenant(
                                columns=("place", "assessment_id"),
                                name="mark_assessment_same_place",
                                references=("place", "id"),
                                table="risks_assessment",
                            ),
                            common.policies.SameTenant(
                                columns=("place", "respondent_id"),
                                name="mark_respondent_same_place",
                                references=("place", "id"),
                                table="risks_respondent",
                            ),
                            common.policies.SameTenant(
                                columns=("respondent_id", "user_id"),
                                name="mark_of_its_respondent",
                                references=("id", "user_id"),
                                table="risks_respondent",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="mark_rows",
                                rows="(project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid)) or ((esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (esms_id is null and project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]))) and exists (select from risks_assessment assessment where assessment.id = assessment_id and (assessment.status <> 'answering')))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MarkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("question", models.CharField(max_length=5, verbose_name="question")),
                        (
                            "value",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                                verbose_name="note",
                            ),
                        ),
                        ("not_concerned", models.BooleanField(default=False, verbose_name="non concerné")),
                        ("comment", models.TextField(blank=True, max_length=1000, verbose_name="commentaire")),
                        (
                            "answered_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="répondu le"),
                        ),
                        (
                            "assessment",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="risks.assessment",
                                verbose_name="analyse",
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
                                to="risks.mark",
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
                                verbose_name="de qui",
                            ),
                        ),
                        (
                            "respondent",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="risks.respondent",
                                verbose_name="répondant",
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
                                name="risks_markevent_rows",
                                rows="(project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid))",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RespondentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        (
                            "capacity",
                            models.CharField(
                                choices=[
                                    ("direction", "Direction"),
                                    ("deputy", "Direction adjointe"),
                                    ("referent", "Référent local"),
                                    ("lead", "Chef de projet"),
                                    ("body", "Membre d’une instance"),
                                ],
                                max_length=10,
                                verbose_name="en qualité de",
                            ),
                        ),
                        (
                            "asked_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le"),
                        ),
                        (
                            "finished_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="réponses terminées le"),
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
                            "assessment",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="risks.assessment",
                                verbose_name="analyse",
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
                                to="risks.respondent",
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
                                verbose_name="qui répond",
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
                                name="risks_respondentevent_rows",
                                rows="esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (esms_id is null and project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[])) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid))",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AssessmentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("answering", "Réponses en cours"),
                                    ("converging", "Mise en commun"),
                                    ("submitted", "Soumise à la direction"),
                                    ("validated", "Validée"),
                                    ("transmitted", "Transmise"),
                                ],
                                default="answering",
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        ("asks_all", models.BooleanField(default=True, verbose_name="toutes les questions")),
                        (
                            "converging_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="mise en commun le"),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="soumise le")),
                        ("validated_at", models.DateTimeField(blank=True, null=True, verbose_name="validée le")),
                        ("transmitted_at", models.DateTimeField(blank=True, null=True, verbose_name="transmise le")),
                        ("sent_back_at", models.DateTimeField(blank=True, null=True, verbose_name="renvoyée le")),
                        (
                            "sent_back_note",
                            models.TextField(blank=True, max_length=2000, verbose_name="ce qu’il faut reprendre"),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="arrêtée le")),
                        (
                            "based_on",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="risks.assessment",
                                verbose_name="à la suite de",
                            ),
                        ),
                        (
                            "converging_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="mise en commun par",
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
                                to="risks.assessment",
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
                                verbose_name="renvoyée par",
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
                                verbose_name="soumise par",
                            ),
                        ),
                        (
                            "transmitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="transmise par",
                            ),
                        ),
                        (
                            "validated_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="validée par",
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="risks.riskcampaign",
                                verbose_name="campagne",
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
                                name="risks_assessmentevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskCampaignEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("start", "Début du projet"), ("phase_end", "Fin de phase")],
                                max_length=10,
                                verbose_name="quand",
                            ),
                        ),
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
                        (
                            "message",
                            models.TextField(blank=True, max_length=1000, verbose_name="message aux structures"),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouverte le"),
                        ),
                        ("due_on", models.DateField(verbose_name="à rendre le")),
                        (
                            "extended_why",
                            models.CharField(blank=True, max_length=300, verbose_name="pourquoi la date a changé"),
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
                                db_constraint=False,
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
                                to="risks.riskcampaign",
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
                                name="risks_riskcampaignevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        ("title", models.CharField(max_length=200, verbose_name="risque")),
                        ("description", models.TextField(blank=True, max_length=2000, verbose_name="description")),
                        ("cause", models.TextField(blank=True, max_length=1000, verbose_name="cause")),
                        ("consequence", models.TextField(blank=True, max_length=1000, verbose_name="conséquence")),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("organizational", "Organisationnel"),
                                    ("financial", "Financier"),
                                    ("human", "Humain"),
                                    ("legal", "Juridique"),
                                    ("technical", "Technique"),
                                    ("strategic", "Stratégique"),
                                ],
                                max_length=16,
                                verbose_name="catégorie",
                            ),
                        ),
                        ("question", models.CharField(blank=True, max_length=5, verbose_name="question")),
                        (
                            "probability",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4")], verbose_name="probabilité"
                            ),
                        ),
                        (
                            "impact",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4")], verbose_name="impact"
                            ),
                        ),
                        (
                            "residual_probability",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4")],
                                null=True,
                                verbose_name="probabilité après traitement",
                            ),
                        ),
                        (
                            "residual_impact",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4")],
                                null=True,
                                verbose_name="impact après traitement",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "À traiter"),
                                    ("treated", "En traitement"),
                                    ("watched", "Sous surveillance"),
                                    ("closed", "Clos"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "treatment",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("avoid", "Éviter"),
                                    ("reduce", "Réduire"),
                                    ("share", "Partager"),
                                    ("accept", "Accepter"),
                                ],
                                max_length=8,
                                verbose_name="traitement",
                            ),
                        ),
                        ("accepted_on", models.DateField(blank=True, null=True, verbose_name="accepté le")),
                        (
                            "accepted_why",
                            models.TextField(blank=True, max_length=1000, verbose_name="pourquoi il est accepté"),
                        ),
                        (
                            "opened_on",
                            models.DateField(default=django.utils.timezone.localdate, verbose_name="relevé le"),
                        ),
                        ("review_on", models.DateField(blank=True, null=True, verbose_name="à revoir le")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="clos le")),
                        (
                            "closing_note",
                            models.TextField(blank=True, max_length=1000, verbose_name="pourquoi il est clos"),
                        ),
                        ("transmitted_at", models.DateTimeField(blank=True, null=True, verbose_name="transmis le")),
                        ("raised_at", models.DateTimeField(blank=True, null=True, verbose_name="porté au projet le")),
                        (
                            "raised_why",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="pourquoi il est porté au projet"
                            ),
                        ),
                        (
                            "returned_why",
                            models.TextField(blank=True, max_length=1000, verbose_name="pourquoi le projet l’a rendu"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="accepté par",
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
                            "opened_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="relevé par",
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
                                to="risks.risk",
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
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="porté au projet par",
                            ),
                        ),
                        (
                            "transmitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="transmis par",
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
                                name="risks_riskevent_rows",
                                rows="esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (esms_id is null and project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[])) or (esms_id is null and project_id = any ((select nullif(current_setting('dui.risk_project_ids', true), '')::uuid[])::uuid[])) or (transmitted_at is not null and (project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]))) or (raised_at is not null and project_id = any ((select nullif(current_setting('dui.risk_project_ids', true), '')::uuid[])::uuid[])) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and owner_id = (select nullif(current_setting('dui.user_id', true), '')::uuid))",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskLink",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("source", models.CharField(max_length=30, verbose_name="nature")),
                        ("source_id", models.UUIDField(verbose_name="objet")),
                        ("linked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="relié le")),
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
                            "linked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="relié par",
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
                            "risk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="risks.risk",
                                verbose_name="risque",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lien d’un risque",
                        "ordering": ["risk", "linked_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("risk", "source", "source_id"),
                                name="risklink_once",
                                violation_error_message="Ce lien est déjà là.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="risklink_in_structure",
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
                                name="risklink_in_place",
                            ),
                            common.policies.SameTenant(
                                columns=("place", "risk_id"),
                                name="risklink_risk_same_place",
                                references=("place", "id"),
                                table="risks_risk",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="risklink_rows",
                                rows="(project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and exists (select from risks_risk risk where risk.id = risk_id))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskLinkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("source", models.CharField(max_length=30, verbose_name="nature")),
                        ("source_id", models.UUIDField(verbose_name="objet")),
                        ("linked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="relié le")),
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
                            "linked_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="relié par",
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
                                to="risks.risklink",
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
                            "risk",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="risks.risk",
                                verbose_name="risque",
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
                                name="risks_risklinkevent_rows",
                                rows="esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (esms_id is null and project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[])) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and exists (select from risks_risk risk where risk.id = risk_id and (risk.esms_id is null or risk.transmitted_at <= pgh_created_at)))",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskThresholds",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "moderate_from",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(11),
                                    django.core.validators.MaxValueValidator(99),
                                ],
                                verbose_name="modéré à partir de",
                            ),
                        ),
                        (
                            "certain_from",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(12),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="certain à partir de",
                            ),
                        ),
                        (
                            "action_from",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(2),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                                verbose_name="une action est proposée à partir de la note",
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
                        "verbose_name": "seuils de risque",
                        "constraints": [
                            models.UniqueConstraint(fields=("project",), name="riskthresholds_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("certain_from__gt", models.F("moderate_from")),
                                    ("certain_from__lte", 100),
                                    ("moderate_from__gte", 11),
                                ),
                                name="riskthresholds_in_order",
                                violation_error_message="« Certain » commence plus haut que « modéré », entre 11 et 100.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("action_from__range", (2, 10))),
                                name="riskthresholds_action_mark",
                                violation_error_message="La note qui appelle une action va de 2 à 10.",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="riskthresholds_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskThresholdsEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "moderate_from",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(11),
                                    django.core.validators.MaxValueValidator(99),
                                ],
                                verbose_name="modéré à partir de",
                            ),
                        ),
                        (
                            "certain_from",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(12),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="certain à partir de",
                            ),
                        ),
                        (
                            "action_from",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(2),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                                verbose_name="une action est proposée à partir de la note",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="risks.riskthresholds",
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
                                name="risks_riskthresholdsevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreedMarkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("place", models.UUIDField(verbose_name="lieu")),
                        ("question", models.CharField(max_length=5, verbose_name="question")),
                        (
                            "value",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                                verbose_name="note retenue",
                            ),
                        ),
                        ("not_concerned", models.BooleanField(default=False, verbose_name="non concerné")),
                        ("comment", models.TextField(blank=True, max_length=1000, verbose_name="commentaire")),
                        (
                            "carried",
                            models.BooleanField(default=False, verbose_name="gardée de la campagne précédente"),
                        ),
                        (
                            "agreed_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="retenue le"),
                        ),
                        (
                            "agreed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="retenue par",
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
                                to="risks.agreedmark",
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
                            "assessment",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="risks.assessment",
                                verbose_name="analyse",
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
                                name="risks_agreedmarkevent_rows",
                                rows="esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or (esms_id is null and project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]))",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
