"""Who reads which rows of indicators. See docs/indicators.md."""

from common.policies import PROJECT_ROWS, STRUCTURE_ROWS, in_scope

INSIDE = in_scope("esms_id", "esms_ids")
# Who reads the indicators of every structure of the project, without its inside: lead, COSTRAT, COMOP.
OF_THE_PROJECT = in_scope("project_id", "indicator_project_ids")
# Where a statement stands, targets, alerts: who follows the structure, and who reads its figures.
FOLLOWED = f"{STRUCTURE_ROWS} or {OF_THE_PROJECT}"
# A figure is its structure's own until its statement is given; those of the project itself are read by its readers.
FIGURE_ROWS = f"{INSIDE} or (published and ({FOLLOWED}))"
# A split may tell of a handful of people: nobody above the structure reads its cells but masked (`aggregates`).
CELL_ROWS = f"{INSIDE} or (esms_id is null and {OF_THE_PROJECT})"
# A target of the project or of a wave is everybody's; that of a structure is read with its figures.
TARGET_ROWS = f"(esms_id is null and {PROJECT_ROWS}) or {FOLLOWED}"
# A vendor's key is the lead's; a structure's is its own people's.
KEY_ROWS = f"{INSIDE} or (esms_id is null and {OF_THE_PROJECT}) or {in_scope('project_id', 'structure_project_ids')}"
