import uuid

import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
from django.conf import settings
from django.db import migrations, models

import checklist.models.exchanges
import common.ids
import common.policies
import common.together


class Migration(migrations.Migration):
    dependencies = [
        ("checklist", "0001_initial"),
        ("common", "0002_spreadsheet_imports"),
        ("governance", "0002_complete"),
        ("organisations", "0002_phases_waves_and_rights"),
        ("organisations", "__first__"),
    ]

    operations = [
        common.together.Together(
            operations=[
                migrations.CreateModel(
                    name="ActionDocument",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "file",
                            models.FileField(
                                blank=True,
                                max_length=300,
                                upload_to=checklist.models.exchanges.document_path,
                                verbose_name="document",
                            ),
                        ),
                        ("file_name", models.CharField(blank=True, max_length=200, verbose_name="nom du fichier")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="lien")),
                        ("label", models.CharField(blank=True, max_length=200, verbose_name="intitulé")),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ajouté le")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="retiré le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="documents",
                                to="checklist.action",
                                verbose_name="action",
                            ),
                        ),
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
                        "verbose_name": "document",
                        "ordering": ["added_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "token"), name="action_document_posted_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(models.Q(("file_name", ""), _negated=True), ("link", "")),
                                    models.Q(("file_name", ""), models.Q(("link", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="action_document_is_one_thing",
                                violation_error_message="Déposez un document, ou donnez un lien.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "action_id"),
                                name="action_document_same_project",
                                references=("project_id", "id"),
                                table="checklist_action",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="action_document_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActionDocumentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        (
                            "file",
                            models.FileField(
                                blank=True,
                                max_length=300,
                                upload_to=checklist.models.exchanges.document_path,
                                verbose_name="document",
                            ),
                        ),
                        ("file_name", models.CharField(blank=True, max_length=200, verbose_name="nom du fichier")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="lien")),
                        ("label", models.CharField(blank=True, max_length=200, verbose_name="intitulé")),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ajouté le")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="retiré le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "action",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="checklist.action",
                                verbose_name="action",
                            ),
                        ),
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="checklist.actiondocument",
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
                                name="checklist_actiondocumentevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mention",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mentions",
                                to="checklist.comment",
                                verbose_name="message",
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
                                verbose_name="personne",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mention",
                        "constraints": [
                            models.UniqueConstraint(fields=("comment", "user"), name="mention_once"),
                            common.policies.SameTenant(
                                columns=("project_id", "comment_id"),
                                name="mention_comment_same_project",
                                references=("project_id", "id"),
                                table="checklist_comment",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="mention_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MentionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        (
                            "comment",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="checklist.comment",
                                verbose_name="message",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="checklist.mention",
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
                                name="checklist_mentionevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpinionRequest",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "actor",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("costrat", "COSTRAT"),
                                    ("comop", "COMOP"),
                                    ("project_lead", "Chef de projet"),
                                    ("og_directors", "OG / Directeurs"),
                                    ("business_referents", "Référents métiers"),
                                    ("user_referents", "Référents utilisateurs"),
                                    ("purchasing", "Cellule achat"),
                                    ("vendor", "Éditeur"),
                                    ("dpo", "DPD"),
                                ],
                                max_length=20,
                                verbose_name="acteur",
                            ),
                        ),
                        ("question", models.CharField(blank=True, max_length=500, verbose_name="question")),
                        ("due_on", models.DateField(verbose_name="réponse attendue le")),
                        (
                            "asked_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le"),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retiré le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="opinion_requests",
                                to="checklist.action",
                                verbose_name="action",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="personne",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "demande d’avis",
                        "ordering": ["asked_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "id"), name="opinion_request_in_project"),
                            models.UniqueConstraint(
                                fields=("project", "token", "actor", "user"),
                                name="opinion_asked_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(models.Q(("actor", ""), _negated=True), ("user", None)),
                                    models.Q(("actor", ""), ("user__isnull", False)),
                                    _connector="OR",
                                ),
                                name="opinion_asked_of_one",
                                violation_error_message="Un avis se demande à une instance, à une fonction ou à une personne.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "action_id"),
                                name="opinion_request_action_same_project",
                                references=("project_id", "id"),
                                table="checklist_action",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="opinion_request_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Opinion",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "stance",
                            models.CharField(
                                choices=[
                                    ("favourable", "Favorable"),
                                    ("reserved", "Favorable avec réserves"),
                                    ("unfavourable", "Défavorable"),
                                    ("no_opinion", "Sans avis"),
                                ],
                                max_length=12,
                                verbose_name="avis",
                            ),
                        ),
                        ("text", models.TextField(blank=True, max_length=2000, verbose_name="motif")),
                        ("given_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="donné le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="auteur",
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
                                related_name="opinions",
                                to="checklist.opinionrequest",
                                verbose_name="demande",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "avis",
                        "ordering": ["given_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "token"), name="opinion_given_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stance__in", ["reserved", "unfavourable"]), _negated=True),
                                    models.Q(("text", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="opinion_says_why",
                                violation_error_message="Dites pourquoi : vos réserves, ou ce qui vous y oppose.",
                            ),
                            common.policies.SameTenant(
                                columns=("project_id", "request_id"),
                                name="opinion_request_same_project",
                                references=("project_id", "id"),
                                table="checklist_opinionrequest",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="opinion_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpinionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        (
                            "stance",
                            models.CharField(
                                choices=[
                                    ("favourable", "Favorable"),
                                    ("reserved", "Favorable avec réserves"),
                                    ("unfavourable", "Défavorable"),
                                    ("no_opinion", "Sans avis"),
                                ],
                                max_length=12,
                                verbose_name="avis",
                            ),
                        ),
                        ("text", models.TextField(blank=True, max_length=2000, verbose_name="motif")),
                        ("given_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="donné le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "author",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="auteur",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="checklist.opinion",
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
                                to="checklist.opinionrequest",
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
                                name="checklist_opinionevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpinionRequestEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        (
                            "actor",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("costrat", "COSTRAT"),
                                    ("comop", "COMOP"),
                                    ("project_lead", "Chef de projet"),
                                    ("og_directors", "OG / Directeurs"),
                                    ("business_referents", "Référents métiers"),
                                    ("user_referents", "Référents utilisateurs"),
                                    ("purchasing", "Cellule achat"),
                                    ("vendor", "Éditeur"),
                                    ("dpo", "DPD"),
                                ],
                                max_length=20,
                                verbose_name="acteur",
                            ),
                        ),
                        ("question", models.CharField(blank=True, max_length=500, verbose_name="question")),
                        ("due_on", models.DateField(verbose_name="réponse attendue le")),
                        (
                            "asked_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le"),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retiré le")),
                        ("token", models.UUIDField(default=uuid.uuid4, verbose_name="jeton de saisie")),
                        (
                            "action",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="checklist.action",
                                verbose_name="action",
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
                                to="checklist.opinionrequest",
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
                                blank=True,
                                db_constraint=False,
                                null=True,
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
                                name="checklist_opinionrequestevent_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="nom")),
                        ("query", models.CharField(max_length=300, verbose_name="filtre")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="créé le")),
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="personne",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "vue enregistrée",
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "user", "name"),
                                name="saved_view_once",
                                violation_error_message="Vous avez déjà une vue de ce nom.",
                            ),
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="saved_view_rows",
                                rows="user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid) and project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedViewEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("name", models.CharField(max_length=60, verbose_name="nom")),
                        ("query", models.CharField(max_length=300, verbose_name="filtre")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="créé le")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="checklist.savedview",
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
                                name="checklist_savedviewevent_rows",
                                rows="user_id = (select nullif(current_setting('dui.user_id', true), '')::uuid) and project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Snapshot",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("content", models.JSONField(verbose_name="contenu")),
                        ("taken_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="pris le")),
                        ("restored_at", models.DateTimeField(blank=True, null=True, verbose_name="remis le")),
                        (
                            "after",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.catalogue",
                                verbose_name="version d’après",
                            ),
                        ),
                        (
                            "before",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.catalogue",
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
                            "restored_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="remis par",
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pris par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "instantané",
                        "ordering": ["-taken_at", "-id"],
                        "constraints": [
                            common.policies.TenantPolicy(
                                elevated_writes=False,
                                history=False,
                                name="snapshot_rows",
                                rows="project_id = any ((select nullif(current_setting('dui.project_ids', true), '')::uuid[])::uuid[])",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SnapshotEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=common.ids.new_id, editable=False, serialize=False)),
                        ("content", models.JSONField(verbose_name="contenu")),
                        ("taken_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="pris le")),
                        ("restored_at", models.DateTimeField(blank=True, null=True, verbose_name="remis le")),
                        (
                            "after",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="common.catalogue",
                                verbose_name="version d’après",
                            ),
                        ),
                        (
                            "before",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="common.catalogue",
                                verbose_name="version d’avant",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="checklist.snapshot",
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
                            "restored_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="remis par",
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pris par",
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
                                name="checklist_snapshotevent_rows",
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
                    name="action",
                    options={"ordering": ["group__position", "position"], "verbose_name": "action"},
                ),
                migrations.AddField(
                    model_name="action",
                    name="decided_by",
                    field=models.CharField(
                        blank=True,
                        choices=[("costrat", "COSTRAT"), ("comop", "COMOP")],
                        max_length=10,
                        verbose_name="décidée par",
                    ),
                ),
                migrations.AddField(
                    model_name="action",
                    name="decision",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.decision",
                        verbose_name="décision citée",
                    ),
                ),
                migrations.AddField(
                    model_name="action",
                    name="own",
                    field=models.BooleanField(default=False, verbose_name="propre au projet"),
                ),
                migrations.AddField(
                    model_name="action",
                    name="retired_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="retirée le"),
                ),
                migrations.AddField(
                    model_name="action",
                    name="start_on",
                    field=models.DateField(blank=True, null=True, verbose_name="début"),
                ),
                migrations.AddField(
                    model_name="actionevent",
                    name="decided_by",
                    field=models.CharField(
                        blank=True,
                        choices=[("costrat", "COSTRAT"), ("comop", "COMOP")],
                        max_length=10,
                        verbose_name="décidée par",
                    ),
                ),
                migrations.AddField(
                    model_name="actionevent",
                    name="decision",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.decision",
                        verbose_name="décision citée",
                    ),
                ),
                migrations.AddField(
                    model_name="actionevent",
                    name="own",
                    field=models.BooleanField(default=False, verbose_name="propre au projet"),
                ),
                migrations.AddField(
                    model_name="actionevent",
                    name="retired_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="retirée le"),
                ),
                migrations.AddField(
                    model_name="actionevent",
                    name="start_on",
                    field=models.DateField(blank=True, null=True, verbose_name="début"),
                ),
                migrations.AddField(
                    model_name="comment",
                    name="handled_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="traité le"),
                ),
                migrations.AddField(
                    model_name="comment",
                    name="handled_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="traité par",
                    ),
                ),
                migrations.AddField(
                    model_name="commentevent",
                    name="handled_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="traité le"),
                ),
                migrations.AddField(
                    model_name="commentevent",
                    name="handled_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="traité par",
                    ),
                ),
                migrations.AlterField(
                    model_name="action",
                    name="position",
                    field=models.PositiveIntegerField(verbose_name="rang dans le bloc"),
                ),
                migrations.AlterField(
                    model_name="actionevent",
                    name="position",
                    field=models.PositiveIntegerField(verbose_name="rang dans le bloc"),
                ),
                migrations.AddConstraint(
                    model_name="action",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("retired_at", None), ("own", True), _connector="OR"),
                        name="action_of_the_catalogue_stays",
                        violation_error_message="Une action de l’ANAP ne se retire pas : mettez-la « sans objet ».",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="action",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("start_on", None), ("due_on", None), ("due_on__gte", models.F("start_on")), _connector="OR"
                        ),
                        name="action_due_after_start",
                        violation_error_message="L’échéance vient avant le début.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="action",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ok"), _negated=True),
                            ("decided_by", ""),
                            ("decision__isnull", False),
                            _connector="OR",
                        ),
                        name="action_ok_by_decision",
                        violation_error_message="Cette action ne devient OK qu’en citant une décision enregistrée.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="action",
                    constraint=common.policies.SameTenant(
                        columns=("project_id", "decision_id"),
                        name="action_decision_same_project",
                        references=("project_id", "id"),
                        table="governance_decision",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="comment",
                    constraint=models.UniqueConstraint(fields=("project", "id"), name="comment_in_project"),
                ),
            ],
        ),
    ]
