"""Where the analysis of a place stands, marks put together, and what follows."""

from django.urls import URLPattern, path

from risks.views import convergence, questionnaire

TOGETHER = "mise-en-commun/"
structure_patterns: list[URLPattern] = [
    path("", questionnaire.StructureQuestionnaire.as_view(), name="esms_risk_questionnaire"),
    path("soumettre/", questionnaire.StructureSubmit.as_view(), name="esms_risk_submit"),
    path("valider/", questionnaire.StructureValidate.as_view(), name="esms_risk_validate"),
    path("transmettre/", questionnaire.StructureTransmit.as_view(), name="esms_risk_transmit"),
    path("rouvrir/", questionnaire.StructureReopen.as_view(), name="esms_risk_reopen"),
    path("renvoyer/", questionnaire.StructureSendBack.as_view(), name="esms_risk_send_back"),
    path(TOGETHER, convergence.StructureConvergence.as_view(), name="esms_risk_convergence"),
    path(f"{TOGETHER}ouvrir/", convergence.StructureOpen.as_view(), name="esms_risk_convergence_open"),
    path(f"{TOGETHER}medianes/", convergence.StructureMedians.as_view(), name="esms_risk_convergence_medians"),
    path(
        f"{TOGETHER}medianes/<int:moment>/annuler/",
        convergence.StructureMediansUndo.as_view(),
        name="esms_risk_convergence_medians_undo",
    ),
    path(f"{TOGETHER}notes/<slug:question>/", convergence.StructureAgree.as_view(), name="esms_risk_convergence_agree"),
    path(
        f"{TOGETHER}notes/<slug:question>/reprendre/",
        convergence.StructureWithdraw.as_view(),
        name="esms_risk_convergence_withdraw",
    ),
]
project_patterns: list[URLPattern] = [
    path("questionnaire/", questionnaire.ProjectQuestionnaire.as_view(), name="project_risk_questionnaire"),
    path("soumettre/", questionnaire.ProjectSubmit.as_view(), name="project_risk_submit"),
    path("valider/", questionnaire.ProjectValidate.as_view(), name="project_risk_validate"),
    path("arreter/", questionnaire.ProjectTransmit.as_view(), name="project_risk_transmit"),
    path("rouvrir/", questionnaire.ProjectReopen.as_view(), name="project_risk_reopen"),
    path("reprendre/", questionnaire.ProjectSendBack.as_view(), name="project_risk_send_back"),
    path(TOGETHER, convergence.ProjectConvergence.as_view(), name="project_risk_convergence"),
    path(f"{TOGETHER}ouvrir/", convergence.ProjectOpen.as_view(), name="project_risk_convergence_open"),
    path(f"{TOGETHER}medianes/", convergence.ProjectMedians.as_view(), name="project_risk_convergence_medians"),
    path(
        f"{TOGETHER}medianes/<int:moment>/annuler/",
        convergence.ProjectMediansUndo.as_view(),
        name="project_risk_convergence_medians_undo",
    ),
    path(
        f"{TOGETHER}notes/<slug:question>/", convergence.ProjectAgree.as_view(), name="project_risk_convergence_agree"
    ),
    path(
        f"{TOGETHER}notes/<slug:question>/reprendre/",
        convergence.ProjectWithdraw.as_view(),
        name="project_risk_convergence_withdraw",
    ),
]
