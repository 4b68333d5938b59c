"""The register, its risks and their actions; the plan of action. Each page stands in a structure and in the project."""

from django.urls import URLPattern, path
from django.views import View

from risks.views import actions, plan, register, risk, risk_links

ONE = "registre/<int:number>/"
ACTION = f"{ONE}actions/<uuid:action_id>/"
MINE = "mes-actions/<uuid:action_id>/"

# Address, name, the view in a structure, the view in the project.
_BOTH: tuple[tuple[str, str, type[View], type[View]], ...] = (
    ("registre/", "risk_register", register.StructureRegister, register.ProjectRegister),
    ("registre/noter/", "risk_add", register.StructureAdd, register.ProjectAdd),
    (
        "registre/proposer/<slug:question>/",
        "risk_propose",
        register.StructurePropose,
        register.ProjectPropose,
    ),
    (ONE, "risk", risk.StructureRisk, risk.ProjectRisk),
    (f"{ONE}champs/<slug:field>/", "risk_field", risk.StructureField, risk.ProjectField),
    (f"{ONE}case/", "risk_cell", risk.StructureCell, risk.ProjectCell),
    (f"{ONE}reste/", "risk_residual", risk.StructureResidual, risk.ProjectResidual),
    (f"{ONE}accepter/", "risk_accept", risk.StructureAccept, risk.ProjectAccept),
    (f"{ONE}clore/", "risk_close", risk.StructureClose, risk.ProjectClose),
    (f"{ONE}rouvrir/", "risk_open_again", risk.StructureReopen, risk.ProjectReopen),
    (f"{ONE}relier/", "risk_link", risk_links.StructureLink, risk_links.ProjectLink),
    (
        f"{ONE}liens/<slug:source>/<uuid:key>/retirer/",
        "risk_unlink",
        risk_links.StructureUnlink,
        risk_links.ProjectUnlink,
    ),
    (
        f"{ONE}liens/<slug:source>/<uuid:key>/remettre/",
        "risk_relink",
        risk_links.StructureRelink,
        risk_links.ProjectRelink,
    ),
    (f"{ONE}actions/", "risk_action_add", actions.StructureAddAction, actions.ProjectAddAction),
    (ACTION, "risk_action", actions.StructureAction, actions.ProjectAction),
    (f"{ACTION}champs/<slug:field>/", "risk_action_field", actions.StructureActionField, actions.ProjectActionField),
    (f"{ACTION}commencer/", "risk_action_start", actions.StructureStart, actions.ProjectStart),
    (f"{ACTION}avancement/", "risk_action_follow", actions.StructureFollow, actions.ProjectFollow),
    (f"{ACTION}faite/", "risk_action_finish", actions.StructureFinish, actions.ProjectFinish),
    (f"{ACTION}abandonner/", "risk_action_give_up", actions.StructureGiveUp, actions.ProjectGiveUp),
    (f"{ACTION}reprendre/", "risk_action_resume", actions.StructureResume, actions.ProjectResume),
    (f"{ACTION}retirer/", "risk_action_remove", actions.StructureRemove, actions.ProjectRemove),
    ("plan-d-action/", "risk_plan", plan.StructurePlan, plan.ProjectPlan),
)

structure_patterns: list[URLPattern] = [
    *(path(route, here.as_view(), name=f"esms_{name}") for route, name, here, _ in _BOTH),
    path(f"{ONE}transmettre/", risk.StructureTransmit.as_view(), name="esms_risk_transmit_one"),
    path(f"{ONE}porter/", risk.StructureRaise.as_view(), name="esms_risk_raise"),
    path(f"{ONE}rendre/", risk.StructureReturn.as_view(), name="esms_risk_return"),
]
project_patterns: list[URLPattern] = [
    *(path(route, there.as_view(), name=f"project_{name}") for route, name, _, there in _BOTH),
    path("registre/portes/<uuid:risk_id>/", risk.RaisedRisk.as_view(), name="project_risk_raised"),
    path(MINE, actions.OwnAction.as_view(), name="project_risk_my_action"),
    path(f"{MINE}commencer/", actions.OwnStart.as_view(), name="project_risk_my_action_start"),
    path(f"{MINE}avancement/", actions.OwnFollow.as_view(), name="project_risk_my_action_follow"),
    path(f"{MINE}faite/", actions.OwnFinish.as_view(), name="project_risk_my_action_finish"),
    path(f"{MINE}reprendre/", actions.OwnResume.as_view(), name="project_risk_my_action_resume"),
]
