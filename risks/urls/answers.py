from django.urls import URLPattern, path

from risks.views import answers, respondents

structure_patterns: list[URLPattern] = [
    path("repondants/", respondents.StructureRespondents.as_view(), name="esms_risk_respondents"),
    path(
        "repondants/<uuid:respondent>/retirer/",
        respondents.StructureRemove.as_view(),
        name="esms_risk_respondent_remove",
    ),
    path(
        "repondants/<uuid:respondent>/qualite/",
        respondents.StructureCapacity.as_view(),
        name="esms_risk_respondent_capacity",
    ),
    path(
        "repondants/<uuid:person>/remettre/<slug:capacity>/",
        respondents.StructureRestore.as_view(),
        name="esms_risk_respondent_restore",
    ),
    path("repondre/", answers.StructureAnswer.as_view(), name="esms_risk_answer"),
    path("repondre/<int:section>/", answers.StructureSection.as_view(), name="esms_risk_answer_section"),
    path("repondre/question/<slug:question>/", answers.StructureQuestion.as_view(), name="esms_risk_answer_question"),
    path("repondre/terminer/", answers.StructureFinish.as_view(), name="esms_risk_answer_finish"),
    path("repondre/reprendre/", answers.StructureResume.as_view(), name="esms_risk_answer_resume"),
    path("notes/<slug:question>/", answers.StructureMark.as_view(), name="esms_risk_mark"),
]
project_patterns: list[URLPattern] = [
    path("repondants/", respondents.ProjectRespondents.as_view(), name="project_risk_respondents"),
    path(
        "repondants/<uuid:respondent>/retirer/",
        respondents.ProjectRemove.as_view(),
        name="project_risk_respondent_remove",
    ),
    path(
        "repondants/<uuid:person>/remettre/<slug:capacity>/",
        respondents.ProjectRestore.as_view(),
        name="project_risk_respondent_restore",
    ),
    path("repondre/", answers.ProjectAnswer.as_view(), name="project_risk_answer"),
    path("repondre/<int:section>/", answers.ProjectSection.as_view(), name="project_risk_answer_section"),
    path("repondre/question/<slug:question>/", answers.ProjectQuestion.as_view(), name="project_risk_answer_question"),
    path("repondre/terminer/", answers.ProjectFinish.as_view(), name="project_risk_answer_finish"),
    path("repondre/reprendre/", answers.ProjectResume.as_view(), name="project_risk_answer_resume"),
    path("notes/<slug:question>/", answers.ProjectMark.as_view(), name="project_risk_mark"),
]
