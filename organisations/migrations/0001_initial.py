import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
import pghistory.utils
from django.conf import settings
from django.db import migrations, models

import common.ids
import common.policies


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="adresse")),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("short_name", models.CharField(max_length=40, verbose_name="nom court")),
                (
                    "kind",
                    models.CharField(
                        choices=[("single_og", "OG unique"), ("multi_og", "Multi-OG")],
                        max_length=12,
                        verbose_name="type",
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
                        default="framing",
                        max_length=12,
                        verbose_name="phase",
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=2000, verbose_name="en quelques mots")),
                ("product", models.CharField(blank=True, max_length=120, verbose_name="DUI choisi")),
                ("publisher", models.CharField(blank=True, max_length=120, verbose_name="éditeur")),
                ("started_on", models.DateField(verbose_name="début")),
                ("planned_end_on", models.DateField(blank=True, null=True, verbose_name="fin prévue")),
                (
                    "budget_voted",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="budget voté, en euros"
                    ),
                ),
            ],
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
                    ("view_costrat_reports", "Lire les rapports du COSTRAT"),
                    ("ask_reports", "Demander un rapport"),
                    ("view_structures", "Lire le détail des structures"),
                    ("view_people", "Voir qui a accès à quoi"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned_end_on", None), ("planned_end_on__gte", models.F("started_on")), _connector="OR"
                        ),
                        name="project_ends_after_start",
                        violation_error_message="La fin prévue vient avant le début.",
                    ),
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="project_rows",
                        rows="id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectEvent",
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
                        to="organisations.project",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("slug", models.SlugField(db_index=False, max_length=60, verbose_name="adresse")),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("short_name", models.CharField(max_length=40, verbose_name="nom court")),
                (
                    "kind",
                    models.CharField(
                        choices=[("single_og", "OG unique"), ("multi_og", "Multi-OG")],
                        max_length=12,
                        verbose_name="type",
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
                        default="framing",
                        max_length=12,
                        verbose_name="phase",
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=2000, verbose_name="en quelques mots")),
                ("product", models.CharField(blank=True, max_length=120, verbose_name="DUI choisi")),
                ("publisher", models.CharField(blank=True, max_length=120, verbose_name="éditeur")),
                ("started_on", models.DateField(verbose_name="début")),
                ("planned_end_on", models.DateField(blank=True, null=True, verbose_name="fin prévue")),
                (
                    "budget_voted",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="budget voté, en euros"
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
                        name="organisations_projectevent_rows",
                        rows="id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OG",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ogs",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="nom")),
                ("short_name", models.CharField(max_length=60, verbose_name="nom court")),
                ("legal_form", models.CharField(blank=True, max_length=120, verbose_name="forme juridique")),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="ville")),
                ("finess_ej", models.CharField(blank=True, max_length=9, verbose_name="FINESS de l’entité juridique")),
                ("siren", models.CharField(blank=True, max_length=9, verbose_name="SIREN")),
            ],
            options={
                "verbose_name": "organisme gestionnaire",
                "ordering": ["name"],
                "permissions": [
                    ("view_structures", "Lire le détail des structures"),
                    ("view_people", "Voir qui a accès à quoi"),
                    ("manage_team", "Donner et retirer les rôles de son OG ou de son ESMS"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "id"), name="og_in_project"),
                    models.UniqueConstraint(
                        fields=("project", "name"),
                        name="og_name_once",
                        violation_error_message="Un OG de ce projet porte déjà ce nom.",
                    ),
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="og_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OGEvent",
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
                        to="organisations.og",
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
                ("name", models.CharField(max_length=160, verbose_name="nom")),
                ("short_name", models.CharField(max_length=60, verbose_name="nom court")),
                ("legal_form", models.CharField(blank=True, max_length=120, verbose_name="forme juridique")),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="ville")),
                ("finess_ej", models.CharField(blank=True, max_length=9, verbose_name="FINESS de l’entité juridique")),
                ("siren", models.CharField(blank=True, max_length=9, verbose_name="SIREN")),
            ],
            options={
                "ordering": ["pgh_id"],
                "abstract": False,
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=True,
                        name="organisations_ogevent_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ESMS",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="esms",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "og",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="esms",
                        to="organisations.og",
                        verbose_name="OG",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, verbose_name="adresse")),
                ("name", models.CharField(max_length=160, verbose_name="nom")),
                ("category", models.CharField(max_length=3, verbose_name="catégorie FINESS")),
                (
                    "comop_category",
                    models.CharField(
                        choices=[
                            ("work", "Travail"),
                            ("children", "Enfance"),
                            ("accommodation", "Hébergement"),
                            ("service", "Service"),
                            ("day_care", "Accueil de jour"),
                            ("other", "Autre"),
                        ],
                        max_length=15,
                        verbose_name="catégorie au COMOP",
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="ville")),
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
                        default="framing",
                        max_length=12,
                        verbose_name="phase",
                    ),
                ),
            ],
            options={
                "verbose_name": "structure",
                "ordering": ["name"],
                "permissions": [
                    ("view_structures", "Lire le détail des structures"),
                    ("view_people", "Voir qui a accès à quoi"),
                    ("manage_team", "Donner et retirer les rôles de son OG ou de son ESMS"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "og", "id"), name="esms_in_og"),
                    models.UniqueConstraint(fields=("project", "slug"), name="esms_slug_once"),
                    models.UniqueConstraint(
                        fields=("og", "name"),
                        name="esms_name_once",
                        violation_error_message="Une structure de cet OG porte déjà ce nom.",
                    ),
                    common.policies.SameTenant(
                        columns=("project_id", "og_id"),
                        name="esms_og_same_project",
                        references=("project_id", "id"),
                        table="organisations_og",
                    ),
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="esms_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ESMSEvent",
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
                        to="organisations.esms",
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
                ("slug", models.SlugField(db_index=False, max_length=80, verbose_name="adresse")),
                ("name", models.CharField(max_length=160, verbose_name="nom")),
                ("category", models.CharField(max_length=3, verbose_name="catégorie FINESS")),
                (
                    "comop_category",
                    models.CharField(
                        choices=[
                            ("work", "Travail"),
                            ("children", "Enfance"),
                            ("accommodation", "Hébergement"),
                            ("service", "Service"),
                            ("day_care", "Accueil de jour"),
                            ("other", "Autre"),
                        ],
                        max_length=15,
                        verbose_name="catégorie au COMOP",
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="ville")),
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
                        default="framing",
                        max_length=12,
                        verbose_name="phase",
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
                        name="organisations_esmsevent_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ESMSProfile",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.project"
                    ),
                ),
                (
                    "og",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.og"
                    ),
                ),
                (
                    "esms",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="profile",
                        to="organisations.esms",
                        verbose_name="structure",
                    ),
                ),
                ("finess_et", models.CharField(blank=True, max_length=9, verbose_name="FINESS de l’établissement")),
                ("siret", models.CharField(blank=True, max_length=14, verbose_name="SIRET")),
                ("capacity", models.PositiveIntegerField(blank=True, null=True, verbose_name="capacité")),
                ("staff", models.PositiveIntegerField(blank=True, null=True, verbose_name="professionnels")),
                (
                    "users_to_equip",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="utilisateurs à équiper"),
                ),
            ],
            options={
                "verbose_name": "fiche de structure",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("staff", None),
                            ("users_to_equip", None),
                            ("users_to_equip__lte", models.F("staff")),
                            _connector="OR",
                        ),
                        name="esms_users_within_staff",
                        violation_error_message="Il y a plus d’utilisateurs à équiper que de professionnels.",
                    ),
                    common.policies.SameTenant(
                        columns=("project_id", "og_id", "esms_id"),
                        name="esmsprofile_same_tenant",
                        references=("project_id", "og_id", "id"),
                        table="organisations_esms",
                    ),
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="esmsprofile_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ESMSProfileEvent",
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
                        to="organisations.esmsprofile",
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
                ("finess_et", models.CharField(blank=True, max_length=9, verbose_name="FINESS de l’établissement")),
                ("siret", models.CharField(blank=True, max_length=14, verbose_name="SIRET")),
                ("capacity", models.PositiveIntegerField(blank=True, null=True, verbose_name="capacité")),
                ("staff", models.PositiveIntegerField(blank=True, null=True, verbose_name="professionnels")),
                (
                    "users_to_equip",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="utilisateurs à équiper"),
                ),
            ],
            options={
                "ordering": ["pgh_id"],
                "abstract": False,
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=True,
                        name="organisations_esmsprofileevent_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="adresse électronique")),
                ("first_name", models.CharField(max_length=80, verbose_name="prénom")),
                ("last_name", models.CharField(max_length=80, verbose_name="nom")),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="fonction")),
                ("is_active", models.BooleanField(default=True, verbose_name="compte actif")),
                (
                    "session_epoch",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="génération des sessions"),
                ),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="créé le"),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "ordering": ["last_name", "first_name"],
                "constraints": [
                    models.UniqueConstraint(django.db.models.functions.text.Lower("email"), name="user_email_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ("until", models.DateField(null=True, verbose_name="jusqu’au")),
                (
                    "content_object",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="organisations.project"),
                ),
            ],
            options={
                "unique_together": {("user", "permission", "content_object")},
                "abstract": False,
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=True,
                        history=False,
                        name="projectpermission_rows",
                        rows="user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid)",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OGPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ("until", models.DateField(null=True, verbose_name="jusqu’au")),
                (
                    "content_object",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="organisations.og"),
                ),
            ],
            options={
                "unique_together": {("user", "permission", "content_object")},
                "abstract": False,
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=True,
                        history=False,
                        name="ogpermission_rows",
                        rows="user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid)",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ESMSPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ("until", models.DateField(null=True, verbose_name="jusqu’au")),
                (
                    "content_object",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="organisations.esms"),
                ),
            ],
            options={
                "unique_together": {("user", "permission", "content_object")},
                "abstract": False,
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=True,
                        history=False,
                        name="esmspermission_rows",
                        rows="user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid)",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UserEvent",
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
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="adresse électronique")),
                ("first_name", models.CharField(max_length=80, verbose_name="prénom")),
                ("last_name", models.CharField(max_length=80, verbose_name="nom")),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="fonction")),
                ("is_active", models.BooleanField(default=True, verbose_name="compte actif")),
                (
                    "session_epoch",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="génération des sessions"),
                ),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="créé le"),
                ),
            ],
            options={
                "ordering": ["pgh_id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="personne",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("project_lead", "Chef de projet"),
                            ("costrat", "Membre du COSTRAT"),
                            ("comop", "Membre du COMOP"),
                            ("og_director", "Direction d’OG"),
                            ("esms_director", "Direction d’ESMS"),
                            ("local_referent", "Référent local"),
                            ("dpo", "Délégué à la protection des données"),
                            ("purchasing", "Cellule achat"),
                            ("vendor", "Éditeur"),
                            ("observer", "Observateur"),
                        ],
                        max_length=20,
                        verbose_name="rôle",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "og",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organisations.og",
                        verbose_name="OG",
                    ),
                ),
                (
                    "esms",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organisations.esms",
                        verbose_name="structure",
                    ),
                ),
                ("starts_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="depuis le")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                (
                    "granted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="donné par",
                    ),
                ),
                ("granted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="donné le")),
            ],
            options={
                "verbose_name": "rôle",
                "ordering": ["user__last_name", "user__first_name", "role"],
                "indexes": [models.Index(fields=["project", "role"], name="membership_by_role")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("esms__isnull", False),
                                ("og__isnull", False),
                                ("role__in", ["esms_director", "local_referent"]),
                            ),
                            models.Q(("esms", None), ("og__isnull", False), ("role", "og_director")),
                            models.Q(
                                models.Q(
                                    ("role__in", ["esms_director", "local_referent", "og_director"]), _negated=True
                                ),
                                ("og", None),
                                ("esms", None),
                            ),
                            _connector="OR",
                        ),
                        name="membership_level",
                        violation_error_message="Ce rôle ne se donne pas à ce niveau (projet, OG ou structure).",
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
                        name="membership_dates",
                        violation_error_message="La fin du rôle vient avant son début.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("user", "role", "project", "og", "esms"),
                        name="membership_once",
                        nulls_distinct=False,
                        violation_error_message="Cette personne tient déjà ce rôle.",
                    ),
                    common.policies.SameTenant(
                        columns=("project_id", "og_id"),
                        name="membership_og_same_project",
                        references=("project_id", "id"),
                        table="organisations_og",
                    ),
                    common.policies.SameTenant(
                        columns=("project_id", "og_id", "esms_id"),
                        name="membership_same_tenant",
                        references=("project_id", "og_id", "id"),
                        table="organisations_esms",
                    ),
                    common.policies.TenantPolicy(
                        elevated_writes=True,
                        history=False,
                        name="membership_rows",
                        rows="(project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and role <> 'local_referent') or user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid) or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MembershipEvent",
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
                        to="organisations.membership",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
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
                    "role",
                    models.CharField(
                        choices=[
                            ("project_lead", "Chef de projet"),
                            ("costrat", "Membre du COSTRAT"),
                            ("comop", "Membre du COMOP"),
                            ("og_director", "Direction d’OG"),
                            ("esms_director", "Direction d’ESMS"),
                            ("local_referent", "Référent local"),
                            ("dpo", "Délégué à la protection des données"),
                            ("purchasing", "Cellule achat"),
                            ("vendor", "Éditeur"),
                            ("observer", "Observateur"),
                        ],
                        max_length=20,
                        verbose_name="rôle",
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
                ("starts_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="depuis le")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                (
                    "granted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="donné par",
                    ),
                ),
                ("granted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="donné le")),
            ],
            options={
                "ordering": ["pgh_id"],
                "abstract": False,
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=True,
                        name="organisations_membershipevent_rows",
                        rows="(project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[]) and role <> 'local_referent') or user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid) or project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, verbose_name="adresse électronique")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("project_lead", "Chef de projet"),
                            ("costrat", "Membre du COSTRAT"),
                            ("comop", "Membre du COMOP"),
                            ("og_director", "Direction d’OG"),
                            ("esms_director", "Direction d’ESMS"),
                            ("local_referent", "Référent local"),
                            ("dpo", "Délégué à la protection des données"),
                            ("purchasing", "Cellule achat"),
                            ("vendor", "Éditeur"),
                            ("observer", "Observateur"),
                        ],
                        max_length=20,
                        verbose_name="rôle",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "og",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="organisations.og",
                        verbose_name="OG",
                    ),
                ),
                (
                    "esms",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="organisations.esms",
                        verbose_name="structure",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invité par",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="créée le")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="envoyée le")),
                ("expires_at", models.DateTimeField(verbose_name="valable jusqu’au")),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="acceptée le")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="retirée le")),
            ],
            options={
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        models.F("role"),
                        models.F("project"),
                        models.F("og"),
                        models.F("esms"),
                        condition=models.Q(("accepted_at", None), ("revoked_at", None)),
                        name="invitation_pending_once",
                        nulls_distinct=False,
                        violation_error_message="Une invitation à ce rôle attend déjà une réponse à cette adresse.",
                    ),
                    common.policies.SameTenant(
                        columns=("project_id", "og_id"),
                        name="invitation_og_same_project",
                        references=("project_id", "id"),
                        table="organisations_og",
                    ),
                    common.policies.SameTenant(
                        columns=("project_id", "og_id", "esms_id"),
                        name="invitation_same_tenant",
                        references=("project_id", "og_id", "id"),
                        table="organisations_esms",
                    ),
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="invitation_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvitationEvent",
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
                        to="organisations.invitation",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                ("email", models.EmailField(max_length=254, verbose_name="adresse électronique")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("project_lead", "Chef de projet"),
                            ("costrat", "Membre du COSTRAT"),
                            ("comop", "Membre du COMOP"),
                            ("og_director", "Direction d’OG"),
                            ("esms_director", "Direction d’ESMS"),
                            ("local_referent", "Référent local"),
                            ("dpo", "Délégué à la protection des données"),
                            ("purchasing", "Cellule achat"),
                            ("vendor", "Éditeur"),
                            ("observer", "Observateur"),
                        ],
                        max_length=20,
                        verbose_name="rôle",
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
                    "invited_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invité par",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="créée le")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="envoyée le")),
                ("expires_at", models.DateTimeField(verbose_name="valable jusqu’au")),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="acceptée le")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="retirée le")),
            ],
            options={
                "ordering": ["pgh_id"],
                "abstract": False,
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=True,
                        name="organisations_invitationevent_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.structure_project_ids', true), '')::uuid[])::uuid[]) or og_id = any ((select nullif(current_setting('dui.og_ids', true), '')::uuid[])::uuid[]) or esms_id = any ((select nullif(current_setting('dui.esms_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessReview",
            fields=[
                ("id", models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access_reviews",
                        to="organisations.project",
                        verbose_name="projet",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="relu par",
                    ),
                ),
                ("reviewed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="relu le")),
                ("roles", models.PositiveIntegerField(verbose_name="rôles en cours ce jour-là")),
            ],
            options={
                "verbose_name": "revue des accès",
                "ordering": ["-reviewed_at"],
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=False,
                        name="accessreview_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessReviewEvent",
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
                        to="organisations.accessreview",
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
                    "reviewed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="relu par",
                    ),
                ),
                ("reviewed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="relu le")),
                ("roles", models.PositiveIntegerField(verbose_name="rôles en cours ce jour-là")),
            ],
            options={
                "ordering": ["pgh_id"],
                "abstract": False,
                "constraints": [
                    common.policies.TenantPolicy(
                        elevated_writes=False,
                        history=True,
                        name="organisations_accessreviewevent_rows",
                        rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                    )
                ],
            },
        ),
    ]
