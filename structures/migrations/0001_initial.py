import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
from django.conf import settings
from django.db import migrations, models

import common.french
import common.ids
import common.policies
import common.together
import structures.models.documents
import structures.models.pathway


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0002_phases_waves_and_rights"),
        ("organisations", "__first__"),
    ]

    operations = [
        common.together.Together(
            operations=[
                migrations.CreateModel(
                    name="ResourceCall",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("title", models.CharField(max_length=160, verbose_name="ce qu’il y a à faire")),
                        ("text", models.TextField(blank=True, max_length=2000, verbose_name="présentation")),
                        ("skills", models.JSONField(default=list, verbose_name="compétences recherchées")),
                        ("workload", models.CharField(max_length=160, verbose_name="charge de travail")),
                        ("open_until", models.DateField(verbose_name="ouvert jusqu’au")),
                        (
                            "opened_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouvert le"),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="fermé le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ouvert par",
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
                        "verbose_name": "appel à candidatures",
                        "ordering": ["-opened_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "id"), name="resourcecall_in_project"),
                            models.UniqueConstraint(fields=("project", "token"), name="resourcecall_opened_once"),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="resourcecall_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or project_id in (select project_id from organisations_esmsprofile)",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Application",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("name", models.CharField(max_length=120, verbose_name="nom")),
                        ("email", models.EmailField(max_length=254, verbose_name="adresse professionnelle")),
                        ("function", models.CharField(max_length=120, verbose_name="fonction")),
                        ("skills", models.JSONField(default=list, verbose_name="compétences")),
                        ("own_skills", models.CharField(blank=True, max_length=200, verbose_name="autres compétences")),
                        (
                            "days_per_month",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=3,
                                null=True,
                                verbose_name="disponibilité, en jours par mois",
                            ),
                        ),
                        ("available_from", models.DateField(blank=True, null=True, verbose_name="à partir du")),
                        ("available_until", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                        (
                            "person_agreed_on",
                            models.DateField(blank=True, null=True, verbose_name="accord de la personne le"),
                        ),
                        (
                            "hours_per_month",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="temps dégagé, en heures par mois"
                            ),
                        ),
                        (
                            "compensation",
                            models.CharField(blank=True, max_length=300, verbose_name="comment ce temps est compensé"),
                        ),
                        (
                            "manager_agreed_on",
                            models.DateField(blank=True, null=True, verbose_name="accord de la direction le"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "En préparation"),
                                    ("submitted", "Transmise"),
                                    ("retained", "Retenue"),
                                    ("declined", "Non retenue"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="transmise le")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="réponse du")),
                        ("word", models.CharField(blank=True, max_length=500, verbose_name="un mot du chef de projet")),
                        (
                            "added_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="proposée le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="proposée par",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="réponse de",
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
                            "manager_agreed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="accord donné par",
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
                            "call",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="structures.resourcecall",
                                verbose_name="appel",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "candidature",
                        "ordering": ["name", "added_at"],
                        "indexes": [models.Index(fields=["project", "status"], name="application_by_status")],
                        "constraints": [
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="application_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "call_id"),
                                name="application_same_project",
                                references=("project_id", "id"),
                                table="structures_resourcecall",
                            ),
                            models.UniqueConstraint(fields=("esms", "token"), name="application_added_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "draft"),
                                    models.Q(
                                        ("hours_per_month__gt", 0),
                                        ("manager_agreed_on__isnull", False),
                                        ("person_agreed_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="application_agreed_before_sent",
                                violation_error_message="Il manque un accord, ou le temps dégagé.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("available_from", None),
                                    ("available_until", None),
                                    ("available_until__gte", models.F("available_from")),
                                    _connector="OR",
                                ),
                                name="application_dates",
                                violation_error_message="La fin de la disponibilité vient avant son début.",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="application_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appointment",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("mission", models.TextField(max_length=2000, verbose_name="mission")),
                        (
                            "hours_per_week",
                            models.DecimalField(
                                decimal_places=1, max_digits=3, verbose_name="temps dégagé, en heures par semaine"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="à partir du")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                        (
                            "appointed_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="signée le"),
                        ),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "appointed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="signée par",
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
                            "referent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="référent local",
                            ),
                        ),
                        (
                            "renews",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="renewals",
                                to="structures.appointment",
                                verbose_name="reconduit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lettre de mission",
                        "ordering": ["-starts_on", "-appointed_at"],
                        "constraints": [
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="appointment_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            models.UniqueConstraint(fields=("esms", "id"), name="appointment_of_esms"),
                            common.policies.SameTenant(
                                columns=("esms_id", "renews_id"),
                                name="appointment_renews_same_structure",
                                references=("esms_id", "id"),
                                table="structures_appointment",
                            ),
                            models.UniqueConstraint(fields=("esms", "token"), name="appointment_signed_once"),
                            models.CheckConstraint(
                                condition=models.Q(("hours_per_week__gt", 0)),
                                name="appointment_with_time",
                                violation_error_message="Une mission sans temps dégagé ne se tient pas : indiquez des heures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="appointment_dates",
                                violation_error_message="La fin de la mission vient avant son début.",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="appointment_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AppointmentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("mission", models.TextField(max_length=2000, verbose_name="mission")),
                        (
                            "hours_per_week",
                            models.DecimalField(
                                decimal_places=1, max_digits=3, verbose_name="temps dégagé, en heures par semaine"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="à partir du")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                        (
                            "appointed_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="signée le"),
                        ),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "appointed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="signée par",
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
                                to="structures.appointment",
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
                            "referent",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="référent local",
                            ),
                        ),
                        (
                            "renews",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="structures.appointment",
                                verbose_name="reconduit",
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
                                name="structures_appointmentevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommonNeed",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        ("title", models.CharField(max_length=200, verbose_name="besoin")),
                        (
                            "domain",
                            models.CharField(
                                choices=[
                                    ("personal_project", "Projet personnalisé"),
                                    ("transmissions", "Transmissions et suivi quotidien"),
                                    ("admission", "Admission et dossier administratif"),
                                    ("care", "Soins et dossier médical"),
                                    ("medication", "Circuit du médicament"),
                                    ("schedule", "Agenda, activités et présences"),
                                    ("adverse_events", "Événements indésirables"),
                                    ("billing", "Facturation"),
                                    ("users_access", "Accès des usagers et des proches"),
                                    ("documents", "Documents et éditions"),
                                    ("statistics", "Statistiques et pilotage"),
                                    ("interfaces", "Échanges avec d’autres logiciels"),
                                    ("mobility", "Mobilité et travail hors connexion"),
                                    ("security", "Droits d’accès et sécurité"),
                                    ("ergonomics", "Ergonomie"),
                                    ("accessibility", "Accessibilité"),
                                    ("resumption", "Reprise des données"),
                                    ("other", "Autre domaine"),
                                ],
                                max_length=20,
                                verbose_name="domaine",
                            ),
                        ),
                        ("description", models.TextField(blank=True, max_length=2000, verbose_name="description")),
                        (
                            "priority",
                            models.CharField(
                                choices=[
                                    ("must", "Indispensable"),
                                    ("should", "Important"),
                                    ("could", "Souhaitable"),
                                    ("wont", "Écarté pour l’instant"),
                                ],
                                max_length=10,
                                verbose_name="priorité",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("studied", "À l’étude"),
                                    ("retained", "Retenu au cahier des charges"),
                                    ("out_of_scope", "Hors périmètre"),
                                    ("postponed", "Reporté"),
                                    ("dismissed", "Écarté"),
                                ],
                                default="studied",
                                max_length=15,
                                verbose_name="suite donnée",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, max_length=600, verbose_name="motif")),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouvert le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ouvert par",
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
                        "verbose_name": "besoin commun",
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "id"), name="commonneed_in_project"),
                            models.UniqueConstraint(fields=("project", "number"), name="commonneed_number_once"),
                            models.UniqueConstraint(fields=("project", "token"), name="commonneed_opened_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "dismissed"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="commonneed_dismissed_with_reason",
                                violation_error_message="Dites pourquoi ce besoin commun est écarté.",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="commonneed_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.common_need_project_ids', true), '')::uuid[])::uuid[]) or exists (select from structures_need need where need.common_id = structures_commonneed.id and need.project_id = structures_commonneed.project_id)",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommonNeedEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        ("title", models.CharField(max_length=200, verbose_name="besoin")),
                        (
                            "domain",
                            models.CharField(
                                choices=[
                                    ("personal_project", "Projet personnalisé"),
                                    ("transmissions", "Transmissions et suivi quotidien"),
                                    ("admission", "Admission et dossier administratif"),
                                    ("care", "Soins et dossier médical"),
                                    ("medication", "Circuit du médicament"),
                                    ("schedule", "Agenda, activités et présences"),
                                    ("adverse_events", "Événements indésirables"),
                                    ("billing", "Facturation"),
                                    ("users_access", "Accès des usagers et des proches"),
                                    ("documents", "Documents et éditions"),
                                    ("statistics", "Statistiques et pilotage"),
                                    ("interfaces", "Échanges avec d’autres logiciels"),
                                    ("mobility", "Mobilité et travail hors connexion"),
                                    ("security", "Droits d’accès et sécurité"),
                                    ("ergonomics", "Ergonomie"),
                                    ("accessibility", "Accessibilité"),
                                    ("resumption", "Reprise des données"),
                                    ("other", "Autre domaine"),
                                ],
                                max_length=20,
                                verbose_name="domaine",
                            ),
                        ),
                        ("description", models.TextField(blank=True, max_length=2000, verbose_name="description")),
                        (
                            "priority",
                            models.CharField(
                                choices=[
                                    ("must", "Indispensable"),
                                    ("should", "Important"),
                                    ("could", "Souhaitable"),
                                    ("wont", "Écarté pour l’instant"),
                                ],
                                max_length=10,
                                verbose_name="priorité",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("studied", "À l’étude"),
                                    ("retained", "Retenu au cahier des charges"),
                                    ("out_of_scope", "Hors périmètre"),
                                    ("postponed", "Reporté"),
                                    ("dismissed", "Écarté"),
                                ],
                                default="studied",
                                max_length=15,
                                verbose_name="suite donnée",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, max_length=600, verbose_name="motif")),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouvert le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ouvert par",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="structures.commonneed",
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
                                name="structures_commonneedevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.common_need_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "function",
                            models.CharField(
                                choices=[
                                    ("it_manager", "Responsable informatique"),
                                    ("network_provider", "Prestataire réseau ou maintenance"),
                                    ("current_vendor", "Éditeur du logiciel actuel"),
                                    ("dpo", "Délégué à la protection des données"),
                                    ("quality", "Responsable qualité"),
                                    ("security", "Sécurité du système d’information"),
                                    ("other", "Autre"),
                                ],
                                max_length=20,
                                verbose_name="fonction",
                            ),
                        ),
                        (
                            "organisation",
                            models.CharField(blank=True, max_length=120, verbose_name="organisme ou entreprise"),
                        ),
                        ("name", models.CharField(blank=True, max_length=120, verbose_name="nom")),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="adresse professionnelle ou du service"
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="téléphone professionnel")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="ce qu’il faut savoir")),
                        ("authorised_on", models.DateField(blank=True, null=True, verbose_name="autorisé le")),
                        (
                            "added_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="inscrit le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="inscrit par",
                            ),
                        ),
                        (
                            "authorised_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="autorisé par",
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
                    ],
                    options={
                        "verbose_name": "contact",
                        "ordering": ["function", "organisation", "name"],
                        "constraints": [
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="contact_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            models.UniqueConstraint(fields=("esms", "token"), name="contact_added_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("email", ""), _negated=True),
                                    models.Q(("phone", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="contact_reachable",
                                violation_error_message="Donnez une adresse électronique ou un téléphone.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("organisation", ""), _negated=True),
                                    models.Q(("name", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="contact_named",
                                violation_error_message="Donnez un organisme, un service ou un nom.",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="contact_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "function",
                            models.CharField(
                                choices=[
                                    ("it_manager", "Responsable informatique"),
                                    ("network_provider", "Prestataire réseau ou maintenance"),
                                    ("current_vendor", "Éditeur du logiciel actuel"),
                                    ("dpo", "Délégué à la protection des données"),
                                    ("quality", "Responsable qualité"),
                                    ("security", "Sécurité du système d’information"),
                                    ("other", "Autre"),
                                ],
                                max_length=20,
                                verbose_name="fonction",
                            ),
                        ),
                        (
                            "organisation",
                            models.CharField(blank=True, max_length=120, verbose_name="organisme ou entreprise"),
                        ),
                        ("name", models.CharField(blank=True, max_length=120, verbose_name="nom")),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="adresse professionnelle ou du service"
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="téléphone professionnel")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="ce qu’il faut savoir")),
                        ("authorised_on", models.DateField(blank=True, null=True, verbose_name="autorisé le")),
                        (
                            "added_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="inscrit le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "added_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="inscrit par",
                            ),
                        ),
                        (
                            "authorised_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="autorisé par",
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
                                to="structures.contact",
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
                                name="structures_contactevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentAbsence",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("it_roadmap", "Feuille de route du système d’information"),
                                    ("functional_map", "Cartographie applicative"),
                                    ("network_diagram", "Plan du réseau et inventaire du parc"),
                                    ("record_procedures", "Procédures liées au dossier de l’usager"),
                                    ("it_charter", "Charte informatique"),
                                    ("processing_register", "Registre des traitements"),
                                    ("continuity_plan", "Plan de continuité ou de reprise (PCA, PRA)"),
                                    ("degraded_mode", "Procédure dégradée"),
                                    ("training_material", "Support de formation"),
                                    ("project_document", "Document du projet DUI"),
                                    ("other", "Autre document"),
                                ],
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        ("word", models.CharField(blank=True, max_length=300, verbose_name="un mot")),
                        ("told_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="signalé le")),
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
                            "told_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="signalé par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document signalé absent",
                        "ordering": ["kind"],
                        "constraints": [
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="documentabsence_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            models.UniqueConstraint(fields=("esms", "kind"), name="documentabsence_once"),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="documentabsence_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.document_project_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentAbsenceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("it_roadmap", "Feuille de route du système d’information"),
                                    ("functional_map", "Cartographie applicative"),
                                    ("network_diagram", "Plan du réseau et inventaire du parc"),
                                    ("record_procedures", "Procédures liées au dossier de l’usager"),
                                    ("it_charter", "Charte informatique"),
                                    ("processing_register", "Registre des traitements"),
                                    ("continuity_plan", "Plan de continuité ou de reprise (PCA, PRA)"),
                                    ("degraded_mode", "Procédure dégradée"),
                                    ("training_material", "Support de formation"),
                                    ("project_document", "Document du projet DUI"),
                                    ("other", "Autre document"),
                                ],
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        ("word", models.CharField(blank=True, max_length=300, verbose_name="un mot")),
                        ("told_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="signalé le")),
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
                                to="structures.documentabsence",
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
                            "told_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="signalé par",
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
                                name="structures_documentabsenceevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.document_project_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentRequest",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("message", models.TextField(blank=True, max_length=1000, verbose_name="message")),
                        ("due_on", models.DateField(verbose_name="à répondre avant le")),
                        (
                            "asked_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le"),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
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
                    ],
                    options={
                        "verbose_name": "demande de documents",
                        "ordering": ["-asked_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "id"), name="documentrequest_in_project"),
                            models.UniqueConstraint(fields=("project", "token"), name="documentrequest_asked_once"),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="documentrequest_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and id in (select request_id from structures_requesteddocument))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentRequestEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("message", models.TextField(blank=True, max_length=1000, verbose_name="message")),
                        ("due_on", models.DateField(verbose_name="à répondre avant le")),
                        (
                            "asked_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le"),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
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
                                to="structures.documentrequest",
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
                                name="structures_documentrequestevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and id in (select request_id from structures_requesteddocument))",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StructureDocument",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("it_roadmap", "Feuille de route du système d’information"),
                                    ("functional_map", "Cartographie applicative"),
                                    ("network_diagram", "Plan du réseau et inventaire du parc"),
                                    ("record_procedures", "Procédures liées au dossier de l’usager"),
                                    ("it_charter", "Charte informatique"),
                                    ("processing_register", "Registre des traitements"),
                                    ("continuity_plan", "Plan de continuité ou de reprise (PCA, PRA)"),
                                    ("degraded_mode", "Procédure dégradée"),
                                    ("training_material", "Support de formation"),
                                    ("project_document", "Document du projet DUI"),
                                    ("other", "Autre document"),
                                ],
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="intitulé")),
                        (
                            "place",
                            models.CharField(blank=True, max_length=200, verbose_name="emplacement pour les équipes"),
                        ),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ajouté le")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="retiré le")),
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
                            "esms",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisations.esms",
                                verbose_name="structure",
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
                    ],
                    options={
                        "verbose_name": "document de structure",
                        "ordering": ["title", "added_at"],
                        "indexes": [models.Index(fields=["project", "kind"], name="structuredocument_by_kind")],
                        "constraints": [
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="structuredocument_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            models.UniqueConstraint(fields=("esms", "id"), name="structuredocument_of_esms"),
                            models.UniqueConstraint(fields=("esms", "token"), name="structuredocument_added_once"),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="structuredocument_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.document_project_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentVersion",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        (
                            "file",
                            models.FileField(
                                blank=True,
                                max_length=300,
                                upload_to=structures.models.documents.version_path,
                                verbose_name="fichier",
                            ),
                        ),
                        ("file_name", models.CharField(blank=True, max_length=200, verbose_name="nom du fichier")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="lien")),
                        ("dated_on", models.DateField(blank=True, null=True, verbose_name="date du document")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="à revoir avant le")),
                        (
                            "deposited_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="déposé le"),
                        ),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "deposited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="déposé par",
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
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="structures.structuredocument",
                                verbose_name="document",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version d’un document",
                        "ordering": ["-number"],
                        "constraints": [
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="documentversion_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.SameTenant(
                                columns=("esms_id", "document_id"),
                                name="documentversion_same_structure",
                                references=("esms_id", "id"),
                                table="structures_structuredocument",
                            ),
                            models.UniqueConstraint(fields=("document", "number"), name="documentversion_number_once"),
                            models.UniqueConstraint(fields=("esms", "token"), name="documentversion_deposited_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("link", ""), ("file__gt", "")),
                                    models.Q(("link__gt", ""), ("file", "")),
                                    _connector="OR",
                                ),
                                name="documentversion_file_or_link",
                                violation_error_message="Déposez un fichier ou donnez un lien.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("dated_on", None),
                                    ("valid_until", None),
                                    ("valid_until__gte", models.F("dated_on")),
                                    _connector="OR",
                                ),
                                name="documentversion_dates",
                                violation_error_message="La date de révision vient avant celle du document.",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="documentversion_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.document_project_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HabilitationMatrix",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.PositiveIntegerField(verbose_name="version de la matrice")),
                        ("catalogue_version", models.PositiveIntegerField(verbose_name="version du référentiel")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "En préparation"),
                                    ("shared", "Partagée avec l’encadrement"),
                                    ("approved", "Validée par le directeur"),
                                    ("consolidated", "Consolidée pour l’éditeur"),
                                    ("to_review", "À revoir"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "started_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="commencée le"),
                        ),
                        ("shared_at", models.DateTimeField(blank=True, null=True, verbose_name="partagée le")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="validée le")),
                        ("consolidated_at", models.DateTimeField(blank=True, null=True, verbose_name="consolidée le")),
                        ("sent_back_at", models.DateTimeField(blank=True, null=True, verbose_name="renvoyée le")),
                        (
                            "sent_back_note",
                            models.TextField(blank=True, max_length=2000, verbose_name="ce qu’il faut reprendre"),
                        ),
                        (
                            "og_backup_declared",
                            models.BooleanField(default=False, verbose_name="un suppléant administre depuis l’OG"),
                        ),
                        (
                            "generic_accounts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="comptes génériques ou partagés"),
                        ),
                        (
                            "emergency_profiles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="profils qui ont l’accès d’urgence",
                            ),
                        ),
                        (
                            "emergency_hours",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="durée de l’accès d’urgence, en heures"
                            ),
                        ),
                        (
                            "emergency_reason",
                            models.BooleanField(default=False, verbose_name="l’accès d’urgence demande un motif"),
                        ),
                        (
                            "emergency_logged",
                            models.BooleanField(default=False, verbose_name="l’accès d’urgence est tracé"),
                        ),
                        (
                            "publisher_access",
                            models.BooleanField(default=False, verbose_name="l’éditeur a un accès d’assistance"),
                        ),
                        (
                            "publisher_until",
                            models.DateField(blank=True, null=True, verbose_name="accès de l’éditeur jusqu’au"),
                        ),
                        (
                            "publisher_ticket",
                            models.CharField(blank=True, max_length=80, verbose_name="demande d’assistance"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "approved_by",
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
                            "based_on",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="structures.habilitationmatrix",
                                verbose_name="préparée à partir de",
                            ),
                        ),
                        (
                            "consolidated_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="consolidée par",
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
                                verbose_name="renvoyée par",
                            ),
                        ),
                        (
                            "shared_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="partagée par",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="commencée par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "matrice des habilitations",
                        "ordering": ["esms", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("esms", "id"), name="matrix_in_structure_once"),
                            models.UniqueConstraint(fields=("esms", "number"), name="matrix_number_once"),
                            models.UniqueConstraint(fields=("esms", "token"), name="matrix_started_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ("draft", "shared"))),
                                fields=("esms",),
                                name="matrix_open_once",
                                violation_error_message="Une matrice est déjà en préparation.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["draft", "shared", "approved", "consolidated"])),
                                name="matrix_status_is_stored",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "shared"), _negated=True),
                                    models.Q(("shared_at__isnull", False), ("shared_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="matrix_shared_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ("approved", "consolidated")), _negated=True),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="matrix_approved_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "consolidated"), _negated=True),
                                    models.Q(("consolidated_at__isnull", False), ("consolidated_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="matrix_consolidated_by_somebody",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="matrix_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.SameTenant(
                                columns=("esms_id", "based_on_id"),
                                name="matrix_based_on_same_structure",
                                references=("esms_id", "id"),
                                table="structures_habilitationmatrix",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="matrix_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.habilitation_project_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.validated_matrix_project_ids', true), '')::uuid[])::uuid[]) and status = 'consolidated')",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HabilitationMatrixEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.PositiveIntegerField(verbose_name="version de la matrice")),
                        ("catalogue_version", models.PositiveIntegerField(verbose_name="version du référentiel")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "En préparation"),
                                    ("shared", "Partagée avec l’encadrement"),
                                    ("approved", "Validée par le directeur"),
                                    ("consolidated", "Consolidée pour l’éditeur"),
                                    ("to_review", "À revoir"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "started_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="commencée le"),
                        ),
                        ("shared_at", models.DateTimeField(blank=True, null=True, verbose_name="partagée le")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="validée le")),
                        ("consolidated_at", models.DateTimeField(blank=True, null=True, verbose_name="consolidée le")),
                        ("sent_back_at", models.DateTimeField(blank=True, null=True, verbose_name="renvoyée le")),
                        (
                            "sent_back_note",
                            models.TextField(blank=True, max_length=2000, verbose_name="ce qu’il faut reprendre"),
                        ),
                        (
                            "og_backup_declared",
                            models.BooleanField(default=False, verbose_name="un suppléant administre depuis l’OG"),
                        ),
                        (
                            "generic_accounts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="comptes génériques ou partagés"),
                        ),
                        (
                            "emergency_profiles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="profils qui ont l’accès d’urgence",
                            ),
                        ),
                        (
                            "emergency_hours",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="durée de l’accès d’urgence, en heures"
                            ),
                        ),
                        (
                            "emergency_reason",
                            models.BooleanField(default=False, verbose_name="l’accès d’urgence demande un motif"),
                        ),
                        (
                            "emergency_logged",
                            models.BooleanField(default=False, verbose_name="l’accès d’urgence est tracé"),
                        ),
                        (
                            "publisher_access",
                            models.BooleanField(default=False, verbose_name="l’éditeur a un accès d’assistance"),
                        ),
                        (
                            "publisher_until",
                            models.DateField(blank=True, null=True, verbose_name="accès de l’éditeur jusqu’au"),
                        ),
                        (
                            "publisher_ticket",
                            models.CharField(blank=True, max_length=80, verbose_name="demande d’assistance"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "approved_by",
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
                            "based_on",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="structures.habilitationmatrix",
                                verbose_name="préparée à partir de",
                            ),
                        ),
                        (
                            "consolidated_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="consolidée par",
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
                                to="structures.habilitationmatrix",
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
                            "shared_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="partagée par",
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
                                verbose_name="commencée par",
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
                                name="structures_habilitationmatrixevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.habilitation_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Inventory",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "En cours de saisie"),
                                    ("submitted", "Soumis au directeur"),
                                    ("validated", "Validé par le directeur"),
                                    ("transmitted", "Transmis au chef de projet"),
                                    ("to_complete", "À compléter"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "started_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="commencé le"),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="soumis le")),
                        ("validated_at", models.DateTimeField(blank=True, null=True, verbose_name="validé le")),
                        ("transmitted_at", models.DateTimeField(blank=True, null=True, verbose_name="transmis le")),
                        ("review_on", models.DateField(blank=True, null=True, verbose_name="à revoir avant le")),
                        (
                            "based_on",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="structures.inventory",
                                verbose_name="part de",
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
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="commencé par",
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
                        (
                            "validated_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="validé par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "état des lieux",
                        "ordering": ["esms", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("esms", "id"), name="inventory_in_esms"),
                            models.UniqueConstraint(
                                fields=("esms", "number"),
                                name="inventory_number_once",
                                violation_error_message="Cet état des lieux est déjà commencé.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "transmitted"), _negated=True),
                                fields=("esms",),
                                name="inventory_one_open",
                                violation_error_message="Un état des lieux de cette structure est déjà en cours.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "submitted"), _negated=True),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="inventory_submitted_by_someone",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["validated", "transmitted"]), _negated=True),
                                    models.Q(("validated_at__isnull", False), ("validated_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="inventory_validated_by_someone",
                                violation_error_message="Un état des lieux se transmet une fois validé par la direction.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "transmitted"), _negated=True),
                                    models.Q(
                                        ("review_on__isnull", False),
                                        ("transmitted_at__isnull", False),
                                        ("transmitted_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="inventory_transmitted_by_someone",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="inventory_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.SameTenant(
                                columns=("esms_id", "based_on_id"),
                                name="inventory_based_on_its_own",
                                references=("esms_id", "id"),
                                table="structures_inventory",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="inventory_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InventoryAnswer",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("field", models.CharField(max_length=60, verbose_name="champ")),
                        ("value", models.JSONField(blank=True, null=True, verbose_name="réponse")),
                        ("unknown", models.BooleanField(default=False, verbose_name="ne sait pas")),
                        ("answered", models.BooleanField(default=True, verbose_name="répondu")),
                        (
                            "answered_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="répondu le"),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="répondu par",
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
                            "inventory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="structures.inventory",
                                verbose_name="état des lieux",
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
                    ],
                    options={
                        "verbose_name": "réponse de l’état des lieux",
                        "ordering": ["inventory", "field"],
                        "constraints": [
                            models.UniqueConstraint(fields=("inventory", "field"), name="inventoryanswer_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("unknown", False), models.Q(("answered", True), ("value", None)), _connector="OR"
                                ),
                                name="inventoryanswer_unknown_has_no_value",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("answered", True), ("value", None), _connector="OR"),
                                name="inventoryanswer_taken_away_has_no_value",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="inventoryanswer_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.SameTenant(
                                columns=("esms_id", "inventory_id"),
                                name="inventoryanswer_inventory_same_structure",
                                references=("esms_id", "id"),
                                table="structures_inventory",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="inventoryanswer_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InventoryAnswerEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("field", models.CharField(max_length=60, verbose_name="champ")),
                        ("value", models.JSONField(blank=True, null=True, verbose_name="réponse")),
                        ("unknown", models.BooleanField(default=False, verbose_name="ne sait pas")),
                        ("answered", models.BooleanField(default=True, verbose_name="répondu")),
                        (
                            "answered_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="répondu le"),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="répondu par",
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
                            "inventory",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="structures.inventory",
                                verbose_name="état des lieux",
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
                                to="structures.inventoryanswer",
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
                                name="structures_inventoryanswerevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InventoryCollection",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "opened_on",
                            models.DateField(default=django.utils.timezone.localdate, verbose_name="demandé le"),
                        ),
                        ("due_on", models.DateField(verbose_name="attendu pour le")),
                        ("counts_from", models.DateField(verbose_name="compte ce qui est transmis depuis le")),
                        (
                            "message",
                            models.TextField(blank=True, max_length=1000, verbose_name="message aux structures"),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="motif du report")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "opened_by",
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
                    ],
                    options={
                        "verbose_name": "demande d’états des lieux",
                        "ordering": ["-opened_on", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "token"), name="inventory_collection_opened_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gte", models.F("opened_on"))),
                                name="inventory_collection_due_after_opening",
                                violation_error_message="Cette date est avant le jour de la demande : donnez un jour à venir.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("counts_from__lte", models.F("opened_on"))),
                                name="inventory_collection_counts_from_before",
                                violation_error_message="Ce jour est après celui de la demande : les réponses ne compteraient pas.",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="inventory_collection_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or project_id in (select project_id from organisations_esmsprofile)",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InventoryCollectionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "opened_on",
                            models.DateField(default=django.utils.timezone.localdate, verbose_name="demandé le"),
                        ),
                        ("due_on", models.DateField(verbose_name="attendu pour le")),
                        ("counts_from", models.DateField(verbose_name="compte ce qui est transmis depuis le")),
                        (
                            "message",
                            models.TextField(blank=True, max_length=1000, verbose_name="message aux structures"),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="motif du report")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "opened_by",
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
                                to="structures.inventorycollection",
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
                                name="structures_inventorycollectionevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or project_id in (select project_id from organisations_esmsprofile)",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InventoryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "En cours de saisie"),
                                    ("submitted", "Soumis au directeur"),
                                    ("validated", "Validé par le directeur"),
                                    ("transmitted", "Transmis au chef de projet"),
                                    ("to_complete", "À compléter"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "started_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="commencé le"),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="soumis le")),
                        ("validated_at", models.DateTimeField(blank=True, null=True, verbose_name="validé le")),
                        ("transmitted_at", models.DateTimeField(blank=True, null=True, verbose_name="transmis le")),
                        ("review_on", models.DateField(blank=True, null=True, verbose_name="à revoir avant le")),
                        (
                            "based_on",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="structures.inventory",
                                verbose_name="part de",
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
                                to="structures.inventory",
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
                                verbose_name="commencé par",
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
                                verbose_name="validé par",
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
                                name="structures_inventoryevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InventoryLine",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("field", models.CharField(max_length=60, verbose_name="champ")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("values", models.JSONField(default=dict, verbose_name="valeurs")),
                        ("removed", models.BooleanField(default=False, verbose_name="retirée")),
                        (
                            "written_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrite le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
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
                            "inventory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="structures.inventory",
                                verbose_name="état des lieux",
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
                        "verbose_name": "ligne de l’état des lieux",
                        "ordering": ["inventory", "field", "position", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("esms", "token"), name="inventoryline_added_once"),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="inventoryline_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.SameTenant(
                                columns=("esms_id", "inventory_id"),
                                name="inventoryline_inventory_same_structure",
                                references=("esms_id", "id"),
                                table="structures_inventory",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="inventoryline_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InventoryLineEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("field", models.CharField(max_length=60, verbose_name="champ")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("values", models.JSONField(default=dict, verbose_name="valeurs")),
                        ("removed", models.BooleanField(default=False, verbose_name="retirée")),
                        (
                            "written_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrite le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
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
                            "inventory",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="structures.inventory",
                                verbose_name="état des lieux",
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
                                to="structures.inventoryline",
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
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "constraints": [
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=True,
                                name="structures_inventorylineevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InventoryRemark",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("section", models.CharField(max_length=60, verbose_name="section")),
                        ("field", models.CharField(blank=True, max_length=60, verbose_name="champ")),
                        ("text", models.TextField(max_length=1000, verbose_name="remarque")),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="faite le")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyée le")),
                        ("resolved_at", models.DateTimeField(blank=True, null=True, verbose_name="levée le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
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
                            "inventory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="remarks",
                                to="structures.inventory",
                                verbose_name="état des lieux",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="faite par",
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
                            "resolved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="levée par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "remarque sur l’état des lieux",
                        "ordering": ["inventory", "made_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("esms", "token"), name="inventoryremark_made_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("resolved_at", None), ("resolved_by", None)),
                                    models.Q(
                                        ("resolved_at__isnull", False),
                                        ("resolved_by__isnull", False),
                                        ("sent_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="inventoryremark_resolved_by_someone",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="inventoryremark_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.SameTenant(
                                columns=("esms_id", "inventory_id"),
                                name="inventoryremark_inventory_same_structure",
                                references=("esms_id", "id"),
                                table="structures_inventory",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="inventoryremark_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InventoryRemarkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("section", models.CharField(max_length=60, verbose_name="section")),
                        ("field", models.CharField(blank=True, max_length=60, verbose_name="champ")),
                        ("text", models.TextField(max_length=1000, verbose_name="remarque")),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="faite le")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyée le")),
                        ("resolved_at", models.DateTimeField(blank=True, null=True, verbose_name="levée le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
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
                            "inventory",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="structures.inventory",
                                verbose_name="état des lieux",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="faite par",
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
                                to="structures.inventoryremark",
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
                            "resolved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="levée par",
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
                                name="structures_inventoryremarkevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InventoryThreshold",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("field", models.CharField(max_length=60, verbose_name="champ")),
                        (
                            "threshold",
                            models.DecimalField(
                                blank=True, decimal_places=3, max_digits=10, null=True, verbose_name="seuil"
                            ),
                        ),
                        (
                            "minimum",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=10,
                                null=True,
                                verbose_name="sans descendre sous",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                        ("dated_on", models.DateField(blank=True, null=True, verbose_name="date de la source")),
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
                        "verbose_name": "seuil de l’état des lieux",
                        "ordering": ["field"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "field"),
                                name="inventorythreshold_once",
                                violation_error_message="Ce seuil est déjà remplacé.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("threshold__gte", 0), ("threshold", None), _connector="OR"),
                                name="inventorythreshold_positive",
                                violation_error_message="Un seuil n’est pas négatif.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minimum__gte", 0), ("minimum", None), _connector="OR"),
                                name="inventorythreshold_minimum_positive",
                                violation_error_message="Un seuil n’est pas négatif.",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="inventorythreshold_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InventoryThresholdEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("field", models.CharField(max_length=60, verbose_name="champ")),
                        (
                            "threshold",
                            models.DecimalField(
                                blank=True, decimal_places=3, max_digits=10, null=True, verbose_name="seuil"
                            ),
                        ),
                        (
                            "minimum",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=10,
                                null=True,
                                verbose_name="sans descendre sous",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                        ("dated_on", models.DateField(blank=True, null=True, verbose_name="date de la source")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="structures.inventorythreshold",
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
                                name="structures_inventorythresholdevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MatrixCell",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("profile", models.CharField(max_length=40, verbose_name="profil")),
                        ("domain", models.CharField(max_length=40, verbose_name="domaine")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("none", "Aucun"),
                                    ("read", "Lecture"),
                                    ("write", "Écriture"),
                                    ("validate", "Validation"),
                                    ("admin", "Administration"),
                                ],
                                max_length=10,
                                verbose_name="niveau",
                            ),
                        ),
                        (
                            "perimeter",
                            models.CharField(
                                blank=True,
                                choices=[("unit", "Unité"), ("esms", "ESMS"), ("og", "OG")],
                                max_length=5,
                                verbose_name="périmètre",
                            ),
                        ),
                        (
                            "justification",
                            models.TextField(blank=True, max_length=1000, verbose_name="pourquoi cet accès"),
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
                            "matrix",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cells",
                                to="structures.habilitationmatrix",
                                verbose_name="matrice",
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
                    ],
                    options={
                        "verbose_name": "accès",
                        "ordering": ["matrix", "profile", "domain"],
                        "constraints": [
                            models.UniqueConstraint(fields=("matrix", "profile", "domain"), name="matrixcell_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("level", "none"), _negated=True), ("perimeter", ""), _connector="OR"
                                ),
                                name="matrixcell_none_has_no_perimeter",
                                violation_error_message="Sans accès, il n’y a pas de périmètre.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="matrixcell_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.SameTenant(
                                columns=("esms_id", "matrix_id"),
                                name="matrixcell_of_matrix",
                                references=("esms_id", "id"),
                                table="structures_habilitationmatrix",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="matrixcell_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.habilitation_project_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.validated_matrix_project_ids', true), '')::uuid[])::uuid[]) and exists (select from structures_habilitationmatrix matrix where matrix.id = structures_matrixcell.matrix_id and matrix.esms_id = structures_matrixcell.esms_id and matrix.status = 'consolidated'))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MatrixCellEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("profile", models.CharField(max_length=40, verbose_name="profil")),
                        ("domain", models.CharField(max_length=40, verbose_name="domaine")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("none", "Aucun"),
                                    ("read", "Lecture"),
                                    ("write", "Écriture"),
                                    ("validate", "Validation"),
                                    ("admin", "Administration"),
                                ],
                                max_length=10,
                                verbose_name="niveau",
                            ),
                        ),
                        (
                            "perimeter",
                            models.CharField(
                                blank=True,
                                choices=[("unit", "Unité"), ("esms", "ESMS"), ("og", "OG")],
                                max_length=5,
                                verbose_name="périmètre",
                            ),
                        ),
                        (
                            "justification",
                            models.TextField(blank=True, max_length=1000, verbose_name="pourquoi cet accès"),
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
                            "matrix",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="structures.habilitationmatrix",
                                verbose_name="matrice",
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
                                to="structures.matrixcell",
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
                                name="structures_matrixcellevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.habilitation_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MatrixComment",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("profile", models.CharField(blank=True, max_length=40, verbose_name="profil")),
                        ("domain", models.CharField(blank=True, max_length=40, verbose_name="domaine")),
                        ("text", models.TextField(max_length=2000, verbose_name="remarque")),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrite le"),
                        ),
                        ("resolved_at", models.DateTimeField(blank=True, null=True, verbose_name="traitée le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="écrite par",
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
                            "matrix",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="structures.habilitationmatrix",
                                verbose_name="matrice",
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
                            "resolved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="traitée par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "remarque sur la matrice",
                        "ordering": ["created_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("esms", "token"), name="matrixcomment_written_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("resolved_at", None), ("resolved_by", None)),
                                    models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="matrixcomment_resolved_by_somebody",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="matrixcomment_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.SameTenant(
                                columns=("esms_id", "matrix_id"),
                                name="matrixcomment_of_matrix",
                                references=("esms_id", "id"),
                                table="structures_habilitationmatrix",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="matrixcomment_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MatrixCommentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("profile", models.CharField(blank=True, max_length=40, verbose_name="profil")),
                        ("domain", models.CharField(blank=True, max_length=40, verbose_name="domaine")),
                        ("text", models.TextField(max_length=2000, verbose_name="remarque")),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrite le"),
                        ),
                        ("resolved_at", models.DateTimeField(blank=True, null=True, verbose_name="traitée le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "author",
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
                            "matrix",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="structures.habilitationmatrix",
                                verbose_name="matrice",
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
                                to="structures.matrixcomment",
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
                            "resolved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="traitée par",
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
                                name="structures_matrixcommentevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MatrixProfile",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("profile", models.CharField(max_length=40, verbose_name="profil")),
                        (
                            "users_count",
                            models.PositiveIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(9999)],
                                verbose_name="nombre d’utilisateurs",
                            ),
                        ),
                        (
                            "unused",
                            models.BooleanField(default=False, verbose_name="profil sans objet dans la structure"),
                        ),
                        (
                            "account_days",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(999)],
                                verbose_name="durée des comptes, en jours",
                            ),
                        ),
                        ("comment", models.TextField(blank=True, max_length=500, verbose_name="commentaire")),
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
                            "matrix",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="profiles",
                                to="structures.habilitationmatrix",
                                verbose_name="matrice",
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
                    ],
                    options={
                        "verbose_name": "profil de la matrice",
                        "ordering": ["matrix", "profile"],
                        "constraints": [
                            models.UniqueConstraint(fields=("matrix", "profile"), name="matrixprofile_once"),
                            models.CheckConstraint(
                                condition=models.Q(("unused", False), ("users_count", None), _connector="OR"),
                                name="matrixprofile_unused_without_users",
                                violation_error_message="Un profil sans objet n’a pas d’utilisateurs.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="matrixprofile_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.SameTenant(
                                columns=("esms_id", "matrix_id"),
                                name="matrixprofile_of_matrix",
                                references=("esms_id", "id"),
                                table="structures_habilitationmatrix",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="matrixprofile_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.habilitation_project_ids', true), '')::uuid[])::uuid[]) or (project_id = any ((select nullif(current_setting('dui.validated_matrix_project_ids', true), '')::uuid[])::uuid[]) and exists (select from structures_habilitationmatrix matrix where matrix.id = structures_matrixprofile.matrix_id and matrix.esms_id = structures_matrixprofile.esms_id and matrix.status = 'consolidated'))",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MatrixProfileEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("profile", models.CharField(max_length=40, verbose_name="profil")),
                        (
                            "users_count",
                            models.PositiveIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(9999)],
                                verbose_name="nombre d’utilisateurs",
                            ),
                        ),
                        (
                            "unused",
                            models.BooleanField(default=False, verbose_name="profil sans objet dans la structure"),
                        ),
                        (
                            "account_days",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(999)],
                                verbose_name="durée des comptes, en jours",
                            ),
                        ),
                        ("comment", models.TextField(blank=True, max_length=500, verbose_name="commentaire")),
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
                            "matrix",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="structures.habilitationmatrix",
                                verbose_name="matrice",
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
                                to="structures.matrixprofile",
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
                                name="structures_matrixprofileevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.habilitation_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Need",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        ("title", models.CharField(max_length=200, verbose_name="besoin")),
                        (
                            "domain",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("personal_project", "Projet personnalisé"),
                                    ("transmissions", "Transmissions et suivi quotidien"),
                                    ("admission", "Admission et dossier administratif"),
                                    ("care", "Soins et dossier médical"),
                                    ("medication", "Circuit du médicament"),
                                    ("schedule", "Agenda, activités et présences"),
                                    ("adverse_events", "Événements indésirables"),
                                    ("billing", "Facturation"),
                                    ("users_access", "Accès des usagers et des proches"),
                                    ("documents", "Documents et éditions"),
                                    ("statistics", "Statistiques et pilotage"),
                                    ("interfaces", "Échanges avec d’autres logiciels"),
                                    ("mobility", "Mobilité et travail hors connexion"),
                                    ("security", "Droits d’accès et sécurité"),
                                    ("ergonomics", "Ergonomie"),
                                    ("accessibility", "Accessibilité"),
                                    ("resumption", "Reprise des données"),
                                    ("other", "Autre domaine"),
                                ],
                                max_length=20,
                                verbose_name="domaine",
                            ),
                        ),
                        (
                            "priority",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("must", "Indispensable"),
                                    ("should", "Important"),
                                    ("could", "Souhaitable"),
                                    ("wont", "Écarté pour l’instant"),
                                ],
                                max_length=10,
                                verbose_name="priorité",
                            ),
                        ),
                        ("description", models.TextField(blank=True, max_length=2000, verbose_name="description")),
                        (
                            "serves",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("users", "Usagers"),
                                        ("professionals", "Professionnels"),
                                        ("management", "Direction"),
                                        ("partners", "Partenaires"),
                                    ],
                                    max_length=15,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="à qui il sert",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("workshop", "Atelier"),
                                    ("survey", "Questionnaire"),
                                    ("users", "Usagers, CVS"),
                                    ("regulation", "Réglementation"),
                                    ("managers", "Encadrement"),
                                ],
                                max_length=12,
                                verbose_name="d’où il vient",
                            ),
                        ),
                        ("evolution", models.BooleanField(default=False, verbose_name="demande d’évolution")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Brouillon"),
                                    ("proposed", "Proposé au directeur"),
                                    ("validated", "Validé"),
                                    ("transmitted", "Transmis"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="noté le")),
                        ("validated_at", models.DateTimeField(blank=True, null=True, verbose_name="validé le")),
                        ("transmitted_at", models.DateTimeField(blank=True, null=True, verbose_name="transmis le")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="retiré le")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "À décider"),
                                    ("common", "Porté au niveau commun"),
                                    ("local", "Reste local"),
                                    ("dismissed", "Écarté"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="suite donnée",
                            ),
                        ),
                        ("outcome_reason", models.TextField(blank=True, max_length=600, verbose_name="motif")),
                        ("outcome_at", models.DateTimeField(blank=True, null=True, verbose_name="décidé le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "common",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="needs",
                                to="structures.commonneed",
                                verbose_name="besoin commun",
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
                            "og",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisations.og",
                                verbose_name="OG",
                            ),
                        ),
                        (
                            "outcome_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="décidé par",
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
                            "validated_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="validé par",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="noté par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "besoin",
                        "ordering": ["number"],
                        "indexes": [models.Index(fields=["project", "status", "outcome"], name="need_to_decide")],
                        "constraints": [
                            models.UniqueConstraint(fields=("esms", "id"), name="need_in_esms"),
                            models.UniqueConstraint(fields=("esms", "number"), name="need_number_once"),
                            models.UniqueConstraint(fields=("esms", "token"), name="need_noted_once"),
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="need_has_words",
                                violation_error_message="Un besoin a au moins quelques mots.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["draft"]),
                                    models.Q(
                                        models.Q(("domain", ""), _negated=True),
                                        models.Q(("priority", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="need_complete_once_proposed",
                                violation_error_message="Un besoin proposé ou validé garde son domaine et sa priorité.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["validated", "transmitted"]), _negated=True),
                                    models.Q(("validated_at__isnull", False), ("validated_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="need_validated_by_somebody",
                                violation_error_message="Un besoin est validé par la direction avant d’être transmis.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("removed_at", None),
                                        ("status", "transmitted"),
                                        ("transmitted_at__isnull", False),
                                    ),
                                    models.Q(models.Q(("status", "transmitted"), _negated=True), ("outcome", "")),
                                    _connector="OR",
                                ),
                                name="need_decided_once_transmitted",
                                violation_error_message="Le projet ne décide que des besoins transmis.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("common__isnull", False), ("outcome", "common")),
                                    models.Q(models.Q(("outcome", "common"), _negated=True), ("common", None)),
                                    _connector="OR",
                                ),
                                name="need_common_names_it",
                                violation_error_message="Un besoin porté au niveau commun l’est par un besoin commun.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome__in", ["local", "dismissed"]), _negated=True),
                                    models.Q(("outcome_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="need_kept_back_with_reason",
                                violation_error_message="Dites pourquoi : la structure lira ce motif.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="need_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "common_id"),
                                name="need_common_same_project",
                                references=("project_id", "id"),
                                table="structures_commonneed",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="need_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedCall",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("due_on", models.DateField(verbose_name="à transmettre avant le")),
                        (
                            "message",
                            models.TextField(blank=True, max_length=1000, verbose_name="message aux structures"),
                        ),
                        (
                            "called_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le"),
                        ),
                        (
                            "called_by",
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
                    ],
                    options={
                        "verbose_name": "demande de besoins",
                        "constraints": [
                            models.UniqueConstraint(fields=("project",), name="needcall_once"),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="needcall_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.checklist_project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedCallEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("due_on", models.DateField(verbose_name="à transmettre avant le")),
                        (
                            "message",
                            models.TextField(blank=True, max_length=1000, verbose_name="message aux structures"),
                        ),
                        (
                            "called_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le"),
                        ),
                        (
                            "called_by",
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
                                to="structures.needcall",
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
                                name="structures_needcallevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.checklist_project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedCollection",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "scope",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("all", "Tout l’ESMS"),
                                    ("managers", "L’encadrement"),
                                    ("group", "Un groupe représentatif"),
                                ],
                                max_length=10,
                                verbose_name="qui est consulté",
                            ),
                        ),
                        (
                            "users_voice",
                            models.TextField(
                                blank=True, max_length=600, verbose_name="comment la parole des usagers est entendue"
                            ),
                        ),
                        (
                            "approved_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="périmètre validé le"),
                        ),
                        (
                            "methods",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("survey", "Questionnaire"),
                                        ("workshop", "Atelier"),
                                        ("committee", "Petit comité"),
                                        ("interviews", "Entretiens"),
                                    ],
                                    max_length=12,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="méthodes",
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="début du recueil")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin du recueil")),
                        (
                            "professionals",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="professionnels consultés"),
                        ),
                        (
                            "managers",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="cadres consultés"),
                        ),
                        ("users", models.PositiveIntegerField(blank=True, null=True, verbose_name="usagers consultés")),
                        (
                            "relatives",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="proches consultés"),
                        ),
                        ("shared_on", models.DateField(blank=True, null=True, verbose_name="synthèse diffusée le")),
                        (
                            "shared_how",
                            models.TextField(blank=True, max_length=300, verbose_name="comment elle a été diffusée"),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="périmètre validé par",
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
                    ],
                    options={
                        "verbose_name": "recueil des besoins",
                        "constraints": [
                            models.UniqueConstraint(fields=("esms",), name="needcollection_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("starts_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="needcollection_ends_after_start",
                                violation_error_message="La fin du recueil vient avant son début.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_at", None),
                                    models.Q(
                                        models.Q(("scope", ""), _negated=True),
                                        models.Q(("users_voice", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="needcollection_approved_when_said",
                                violation_error_message="Un périmètre validé dit qui est consulté et comment l’usager est entendu.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="needcollection_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="needcollection_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedCollectionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "scope",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("all", "Tout l’ESMS"),
                                    ("managers", "L’encadrement"),
                                    ("group", "Un groupe représentatif"),
                                ],
                                max_length=10,
                                verbose_name="qui est consulté",
                            ),
                        ),
                        (
                            "users_voice",
                            models.TextField(
                                blank=True, max_length=600, verbose_name="comment la parole des usagers est entendue"
                            ),
                        ),
                        (
                            "approved_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="périmètre validé le"),
                        ),
                        (
                            "methods",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("survey", "Questionnaire"),
                                        ("workshop", "Atelier"),
                                        ("committee", "Petit comité"),
                                        ("interviews", "Entretiens"),
                                    ],
                                    max_length=12,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="méthodes",
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="début du recueil")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin du recueil")),
                        (
                            "professionals",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="professionnels consultés"),
                        ),
                        (
                            "managers",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="cadres consultés"),
                        ),
                        ("users", models.PositiveIntegerField(blank=True, null=True, verbose_name="usagers consultés")),
                        (
                            "relatives",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="proches consultés"),
                        ),
                        ("shared_on", models.DateField(blank=True, null=True, verbose_name="synthèse diffusée le")),
                        (
                            "shared_how",
                            models.TextField(blank=True, max_length=300, verbose_name="comment elle a été diffusée"),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="périmètre validé par",
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
                                to="structures.needcollection",
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
                                name="structures_needcollectionevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        ("title", models.CharField(max_length=200, verbose_name="besoin")),
                        (
                            "domain",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("personal_project", "Projet personnalisé"),
                                    ("transmissions", "Transmissions et suivi quotidien"),
                                    ("admission", "Admission et dossier administratif"),
                                    ("care", "Soins et dossier médical"),
                                    ("medication", "Circuit du médicament"),
                                    ("schedule", "Agenda, activités et présences"),
                                    ("adverse_events", "Événements indésirables"),
                                    ("billing", "Facturation"),
                                    ("users_access", "Accès des usagers et des proches"),
                                    ("documents", "Documents et éditions"),
                                    ("statistics", "Statistiques et pilotage"),
                                    ("interfaces", "Échanges avec d’autres logiciels"),
                                    ("mobility", "Mobilité et travail hors connexion"),
                                    ("security", "Droits d’accès et sécurité"),
                                    ("ergonomics", "Ergonomie"),
                                    ("accessibility", "Accessibilité"),
                                    ("resumption", "Reprise des données"),
                                    ("other", "Autre domaine"),
                                ],
                                max_length=20,
                                verbose_name="domaine",
                            ),
                        ),
                        (
                            "priority",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("must", "Indispensable"),
                                    ("should", "Important"),
                                    ("could", "Souhaitable"),
                                    ("wont", "Écarté pour l’instant"),
                                ],
                                max_length=10,
                                verbose_name="priorité",
                            ),
                        ),
                        ("description", models.TextField(blank=True, max_length=2000, verbose_name="description")),
                        (
                            "serves",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("users", "Usagers"),
                                        ("professionals", "Professionnels"),
                                        ("management", "Direction"),
                                        ("partners", "Partenaires"),
                                    ],
                                    max_length=15,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="à qui il sert",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("workshop", "Atelier"),
                                    ("survey", "Questionnaire"),
                                    ("users", "Usagers, CVS"),
                                    ("regulation", "Réglementation"),
                                    ("managers", "Encadrement"),
                                ],
                                max_length=12,
                                verbose_name="d’où il vient",
                            ),
                        ),
                        ("evolution", models.BooleanField(default=False, verbose_name="demande d’évolution")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Brouillon"),
                                    ("proposed", "Proposé au directeur"),
                                    ("validated", "Validé"),
                                    ("transmitted", "Transmis"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="noté le")),
                        ("validated_at", models.DateTimeField(blank=True, null=True, verbose_name="validé le")),
                        ("transmitted_at", models.DateTimeField(blank=True, null=True, verbose_name="transmis le")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="retiré le")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "À décider"),
                                    ("common", "Porté au niveau commun"),
                                    ("local", "Reste local"),
                                    ("dismissed", "Écarté"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="suite donnée",
                            ),
                        ),
                        ("outcome_reason", models.TextField(blank=True, max_length=600, verbose_name="motif")),
                        ("outcome_at", models.DateTimeField(blank=True, null=True, verbose_name="décidé le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "common",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="structures.commonneed",
                                verbose_name="besoin commun",
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
                            "outcome_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="décidé par",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="structures.need",
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
                            "validated_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="validé par",
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
                                verbose_name="noté par",
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
                                name="structures_needevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedMessage",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("text", models.TextField(max_length=1000, verbose_name="message")),
                        (
                            "written_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrit le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="écrit par",
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
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages",
                                to="structures.need",
                                verbose_name="besoin",
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
                    ],
                    options={
                        "verbose_name": "message sur un besoin",
                        "ordering": ["written_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("need", "token"), name="needmessage_once"),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="needmessage_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.SameTenant(
                                columns=("esms_id", "need_id"),
                                name="needmessage_need_in_esms",
                                references=("esms_id", "id"),
                                table="structures_need",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="needmessage_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedMessageEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("text", models.TextField(max_length=1000, verbose_name="message")),
                        (
                            "written_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrit le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "author",
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
                            "need",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="structures.need",
                                verbose_name="besoin",
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
                                to="structures.needmessage",
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
                                name="structures_needmessageevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PathwayLine",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("action", models.CharField(max_length=60, verbose_name="étape")),
                        (
                            "needs_validation",
                            models.BooleanField(default=False, verbose_name="à valider par la direction"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("to_do", "À faire"),
                                    ("in_progress", "En cours"),
                                    ("submitted", "Soumise au directeur"),
                                    ("done", "Faite"),
                                    ("blocked", "Bloquée"),
                                    ("not_applicable", "Sans objet"),
                                ],
                                default="to_do",
                                max_length=15,
                                verbose_name="état",
                            ),
                        ),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="faite le")),
                        ("evidence", models.TextField(blank=True, max_length=1000, verbose_name="ce qui le montre")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="lien")),
                        (
                            "file",
                            models.FileField(
                                blank=True,
                                max_length=300,
                                upload_to=structures.models.pathway.evidence_path,
                                verbose_name="document",
                            ),
                        ),
                        ("file_name", models.CharField(blank=True, max_length=200, verbose_name="nom du document")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=500, verbose_name="pourquoi elle est sans objet"),
                        ),
                        ("blocker", models.CharField(blank=True, max_length=500, verbose_name="ce qui bloque")),
                        ("returned", models.CharField(blank=True, max_length=500, verbose_name="ce qui manque")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="soumise le")),
                        ("validated_at", models.DateTimeField(blank=True, null=True, verbose_name="validée le")),
                        ("delegated_on", models.DateField(blank=True, null=True, verbose_name="confiée le")),
                        (
                            "delegated_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confiée à",
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
                    ],
                    options={
                        "verbose_name": "étape du parcours",
                        "verbose_name_plural": "étapes du parcours",
                        "constraints": [
                            models.UniqueConstraint(fields=("esms", "action"), name="pathway_line_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("submitted", "done")), _negated=True),
                                    ("done_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="pathway_line_done_on_a_day",
                                violation_error_message="Dites quel jour cette étape a été faite.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("submitted", "done")), _negated=True),
                                    models.Q(("evidence", ""), _negated=True),
                                    models.Q(("link", ""), _negated=True),
                                    models.Q(("file_name", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="pathway_line_done_is_shown",
                                violation_error_message="Dites ce qui montre que c’est fait : quelques mots, un lien ou un document.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "not_applicable"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="pathway_line_without_object_says_why",
                                violation_error_message="Dites pourquoi cette étape est sans objet.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "blocked"), _negated=True),
                                    models.Q(("blocker", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="pathway_line_blocked_says_what",
                                violation_error_message="Dites ce qui bloque.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "submitted"), _negated=True),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="pathway_line_submitted_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("needs_validation", False),
                                    models.Q(("state", "done"), _negated=True),
                                    models.Q(("validated_at__isnull", False), ("validated_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="pathway_line_done_once_validated",
                                violation_error_message="Cette étape n’est faite qu’une fois validée par la direction.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("delegated_to", None),
                                    models.Q(
                                        (
                                            "action__in",
                                            (
                                                "act_cross_phase_gate",
                                                "act_decide_start_date",
                                                "act_apply_pilot",
                                                "act_approve_matrix",
                                                "act_appoint_referent",
                                            ),
                                        ),
                                        _negated=True,
                                    ),
                                    _connector="OR",
                                ),
                                name="pathway_line_not_delegated",
                                violation_error_message="La direction ne peut pas confier cette étape : elle la fait elle-même.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("delegated_on", None), ("delegated_to", None)),
                                    models.Q(("delegated_on__isnull", False), ("delegated_to__isnull", False)),
                                    _connector="OR",
                                ),
                                name="pathway_line_delegated_since",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="pathway_line_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="pathway_line_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PathwayLineEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("action", models.CharField(max_length=60, verbose_name="étape")),
                        (
                            "needs_validation",
                            models.BooleanField(default=False, verbose_name="à valider par la direction"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("to_do", "À faire"),
                                    ("in_progress", "En cours"),
                                    ("submitted", "Soumise au directeur"),
                                    ("done", "Faite"),
                                    ("blocked", "Bloquée"),
                                    ("not_applicable", "Sans objet"),
                                ],
                                default="to_do",
                                max_length=15,
                                verbose_name="état",
                            ),
                        ),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="faite le")),
                        ("evidence", models.TextField(blank=True, max_length=1000, verbose_name="ce qui le montre")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="lien")),
                        (
                            "file",
                            models.FileField(
                                blank=True,
                                max_length=300,
                                upload_to=structures.models.pathway.evidence_path,
                                verbose_name="document",
                            ),
                        ),
                        ("file_name", models.CharField(blank=True, max_length=200, verbose_name="nom du document")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=500, verbose_name="pourquoi elle est sans objet"),
                        ),
                        ("blocker", models.CharField(blank=True, max_length=500, verbose_name="ce qui bloque")),
                        ("returned", models.CharField(blank=True, max_length=500, verbose_name="ce qui manque")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="soumise le")),
                        ("validated_at", models.DateTimeField(blank=True, null=True, verbose_name="validée le")),
                        ("delegated_on", models.DateField(blank=True, null=True, verbose_name="confiée le")),
                        (
                            "delegated_to",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confiée à",
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
                                to="structures.pathwayline",
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
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "constraints": [
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=True,
                                name="structures_pathwaylineevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("about", models.CharField(max_length=300, verbose_name="ce qui est rappelé")),
                        ("message", models.CharField(blank=True, max_length=500, verbose_name="mot qui l’accompagne")),
                        (
                            "asked_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="envoyée le"),
                        ),
                        ("asked_on", models.DateField(default=common.french.today, verbose_name="jour")),
                        ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="reprise le")),
                        ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="lue le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="envoyée par",
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
                            "seen_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="lue par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "relance",
                        "ordering": ["-asked_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("esms", "id"), name="reminder_in_structure"),
                            models.UniqueConstraint(fields=("esms", "token"), name="reminder_sent_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("taken_back_at", None)),
                                fields=("esms", "asked_on"),
                                name="reminder_once_a_day",
                                violation_error_message="Cette structure a déjà été relancée aujourd’hui.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="reminder_of_a_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="reminder_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("about", models.CharField(max_length=300, verbose_name="ce qui est rappelé")),
                        ("message", models.CharField(blank=True, max_length=500, verbose_name="mot qui l’accompagne")),
                        (
                            "asked_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="envoyée le"),
                        ),
                        ("asked_on", models.DateField(default=common.french.today, verbose_name="jour")),
                        ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="reprise le")),
                        ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="lue le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="envoyée par",
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
                                to="structures.reminder",
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
                            "seen_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="lue par",
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
                                name="structures_reminderevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderLetter",
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
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="demandé par",
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
                            "reminder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letters",
                                to="structures.reminder",
                                verbose_name="relance",
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
                    ],
                    options={
                        "verbose_name": "envoi d’une relance",
                        "ordering": ["asked_at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("sent_at", None)),
                                fields=["asked_at"],
                                name="reminder_letter_to_send",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("reminder", "user"), name="reminder_letter_once"),
                            common.policies.SameTenant(
                                columns=("esms_id", "reminder_id"),
                                name="reminder_letter_same_structure",
                                references=("esms_id", "id"),
                                table="structures_reminder",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="reminder_letter_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="reminder_letter_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderLetterEvent",
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
                                to="structures.reminderletter",
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
                            "reminder",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="structures.reminder",
                                verbose_name="relance",
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
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "constraints": [
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=True,
                                name="structures_reminderletterevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequestedDocument",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("it_roadmap", "Feuille de route du système d’information"),
                                    ("functional_map", "Cartographie applicative"),
                                    ("network_diagram", "Plan du réseau et inventaire du parc"),
                                    ("record_procedures", "Procédures liées au dossier de l’usager"),
                                    ("it_charter", "Charte informatique"),
                                    ("processing_register", "Registre des traitements"),
                                    ("continuity_plan", "Plan de continuité ou de reprise (PCA, PRA)"),
                                    ("degraded_mode", "Procédure dégradée"),
                                    ("training_material", "Support de formation"),
                                    ("project_document", "Document du projet DUI"),
                                    ("other", "Autre document"),
                                ],
                                max_length=20,
                                verbose_name="type",
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="requested",
                                to="structures.documentrequest",
                                verbose_name="demande",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document demandé",
                        "ordering": ["kind"],
                        "constraints": [
                            common.policies.SameTenant(
                                columns=("project_id", "og_id", "esms_id"),
                                name="requesteddocument_in_structure",
                                references=("project_id", "og_id", "id"),
                                table="organisations_esms",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "request_id"),
                                name="requesteddocument_same_project",
                                references=("project_id", "id"),
                                table="structures_documentrequest",
                            ),
                            models.UniqueConstraint(fields=("request", "esms", "kind"), name="requesteddocument_once"),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="requesteddocument_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.document_project_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequestedDocumentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("it_roadmap", "Feuille de route du système d’information"),
                                    ("functional_map", "Cartographie applicative"),
                                    ("network_diagram", "Plan du réseau et inventaire du parc"),
                                    ("record_procedures", "Procédures liées au dossier de l’usager"),
                                    ("it_charter", "Charte informatique"),
                                    ("processing_register", "Registre des traitements"),
                                    ("continuity_plan", "Plan de continuité ou de reprise (PCA, PRA)"),
                                    ("degraded_mode", "Procédure dégradée"),
                                    ("training_material", "Support de formation"),
                                    ("project_document", "Document du projet DUI"),
                                    ("other", "Autre document"),
                                ],
                                max_length=20,
                                verbose_name="type",
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
                                to="structures.requesteddocument",
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
                            "request",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="structures.documentrequest",
                                verbose_name="demande",
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
                                name="structures_requesteddocumentevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.document_project_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("name", models.CharField(max_length=120, verbose_name="nom")),
                        ("email", models.EmailField(max_length=254, verbose_name="adresse professionnelle")),
                        ("function", models.CharField(max_length=120, verbose_name="fonction")),
                        ("skills", models.JSONField(default=list, verbose_name="compétences")),
                        ("own_skills", models.CharField(blank=True, max_length=200, verbose_name="autres compétences")),
                        (
                            "days_per_month",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=3,
                                null=True,
                                verbose_name="disponibilité, en jours par mois",
                            ),
                        ),
                        ("available_from", models.DateField(blank=True, null=True, verbose_name="à partir du")),
                        ("available_until", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                        (
                            "person_agreed_on",
                            models.DateField(blank=True, null=True, verbose_name="accord de la personne le"),
                        ),
                        (
                            "hours_per_month",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="temps dégagé, en heures par mois"
                            ),
                        ),
                        (
                            "compensation",
                            models.CharField(blank=True, max_length=300, verbose_name="comment ce temps est compensé"),
                        ),
                        (
                            "manager_agreed_on",
                            models.DateField(blank=True, null=True, verbose_name="accord de la direction le"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "En préparation"),
                                    ("submitted", "Transmise"),
                                    ("retained", "Retenue"),
                                    ("declined", "Non retenue"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="transmise le")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="réponse du")),
                        ("word", models.CharField(blank=True, max_length=500, verbose_name="un mot du chef de projet")),
                        (
                            "added_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="proposée le"),
                        ),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "added_by",
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
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="réponse de",
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
                            "manager_agreed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="accord donné par",
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
                                to="structures.application",
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
                            "call",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="structures.resourcecall",
                                verbose_name="appel",
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
                                name="structures_applicationevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResourceCallEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("title", models.CharField(max_length=160, verbose_name="ce qu’il y a à faire")),
                        ("text", models.TextField(blank=True, max_length=2000, verbose_name="présentation")),
                        ("skills", models.JSONField(default=list, verbose_name="compétences recherchées")),
                        ("workload", models.CharField(max_length=160, verbose_name="charge de travail")),
                        ("open_until", models.DateField(verbose_name="ouvert jusqu’au")),
                        (
                            "opened_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouvert le"),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="fermé le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "opened_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ouvert par",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="structures.resourcecall",
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
                                name="structures_resourcecallevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or project_id in (select project_id from organisations_esmsprofile)",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentVersionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        (
                            "file",
                            models.FileField(
                                blank=True,
                                max_length=300,
                                upload_to=structures.models.documents.version_path,
                                verbose_name="fichier",
                            ),
                        ),
                        ("file_name", models.CharField(blank=True, max_length=200, verbose_name="nom du fichier")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="lien")),
                        ("dated_on", models.DateField(blank=True, null=True, verbose_name="date du document")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="à revoir avant le")),
                        (
                            "deposited_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="déposé le"),
                        ),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "deposited_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="déposé par",
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
                                to="structures.documentversion",
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
                            "document",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="structures.structuredocument",
                                verbose_name="document",
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
                                name="structures_documentversionevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.document_project_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StructureDocumentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("it_roadmap", "Feuille de route du système d’information"),
                                    ("functional_map", "Cartographie applicative"),
                                    ("network_diagram", "Plan du réseau et inventaire du parc"),
                                    ("record_procedures", "Procédures liées au dossier de l’usager"),
                                    ("it_charter", "Charte informatique"),
                                    ("processing_register", "Registre des traitements"),
                                    ("continuity_plan", "Plan de continuité ou de reprise (PCA, PRA)"),
                                    ("degraded_mode", "Procédure dégradée"),
                                    ("training_material", "Support de formation"),
                                    ("project_document", "Document du projet DUI"),
                                    ("other", "Autre document"),
                                ],
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="intitulé")),
                        (
                            "place",
                            models.CharField(blank=True, max_length=200, verbose_name="emplacement pour les équipes"),
                        ),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ajouté le")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="retiré le")),
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
                                to="structures.structuredocument",
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
                                name="structures_structuredocumentevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.document_project_ids', true), '')::uuid[])::uuid[]) or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
