from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_risk_rights"),
    ]

    operations = [
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
                    ("view_decisions", "Lire les décisions, les arbitrages et les questions mises à l’ordre du jour"),
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
                    ("view_risks", "Lire les risques du projet et les chiffres d’ensemble"),
                    ("manage_risks", "Mener l’analyse des risques et tenir le registre du projet"),
                    ("view_indicators", "Lire les indicateurs de toutes les structures"),
                    ("view_indicator_totals", "Lire les chiffres d’ensemble des indicateurs"),
                    ("view_ticket_totals", "Lire les chiffres d’ensemble de l’assistance"),
                    ("manage_indicators", "Définir les indicateurs, les cibles et les règles, mener les campagnes"),
                    ("view_people", "Voir qui a accès à quoi"),
                ],
            },
        ),
        migrations.AddField(
            model_name="esms",
            name="opened_on",
            field=models.DateField(blank=True, null=True, verbose_name="ouverture du DUI (J0)"),
        ),
        migrations.AddField(
            model_name="esmsevent",
            name="opened_on",
            field=models.DateField(blank=True, null=True, verbose_name="ouverture du DUI (J0)"),
        ),
    ]
