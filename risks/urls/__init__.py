"""`structure_patterns` go under the address of a structure, `project_patterns` under the project's. A page is named
`esms_<name>` in a structure, `project_<name>` in the project (`places.Place.url`)."""

from django.urls import URLPattern, URLResolver

from risks.urls import answers, campaigns, convergence, reading, register, spreadsheets

structure_patterns: list[URLPattern | URLResolver] = [
    *answers.structure_patterns,
    *convergence.structure_patterns,
    *reading.structure_patterns,
    *register.structure_patterns,
    *spreadsheets.structure_patterns,
]
project_patterns: list[URLPattern | URLResolver] = [
    *campaigns.project_patterns,
    *answers.project_patterns,
    *convergence.project_patterns,
    *reading.project_patterns,
    *register.project_patterns,
    *spreadsheets.project_patterns,
]
