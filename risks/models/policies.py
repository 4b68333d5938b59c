"""Who reads which rows of risks. See docs/risks.md."""

from common.policies import PROJECT_ROWS, in_scope

# The people of the structure; for the project's own assessment, its lead.
INSIDE = f"{in_scope('esms_id', 'esms_ids')} or (esms_id is null and {in_scope('project_id', 'structure_project_ids')})"
# The project lead and the direction of the OG: only once the structure transmitted.
ABOVE = f"({in_scope('project_id', 'structure_project_ids')} or {in_scope('og_id', 'og_ids')})"
# What bodies of the project read: its own register, and what structures raised to it.
OF_THE_PROJECT = in_scope("project_id", "risk_project_ids")


def with_assessment(*conditions: str) -> str:
    """SQL: the assessment that the row names, which the reader may read, is such as one of these conditions says."""
    said = " or ".join(conditions)
    return f"exists (select from risks_assessment assessment where assessment.id = assessment_id and ({said}))"


TRANSMITTED = with_assessment("assessment.status = 'transmitted'")
TOGETHER = with_assessment("assessment.status <> 'answering'")  # nobody answers blind any more
# Of a risk that the reader may read.
OF_A_RISK = f"({PROJECT_ROWS} and exists (select from risks_risk risk where risk.id = risk_id))"
# Of its history: what was written before those above could read the risk stays in the structure.
SINCE_TRANSMITTED = (
    f"{INSIDE} or ({PROJECT_ROWS} and exists (select from risks_risk risk where risk.id = risk_id "
    "and (risk.esms_id is null or risk.transmitted_at <= pgh_created_at)))"
)
