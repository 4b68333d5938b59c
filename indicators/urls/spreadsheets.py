from django.urls import URLPattern, path

from indicators.views import spreadsheets

structure_patterns: list[URLPattern] = [
    path("fichier/", spreadsheets.FileExportView.as_view(), name="statement_file_export"),
    path("importer/", spreadsheets.FileImportView.as_view(), name="statement_file_import"),
    path("importer/<uuid:import_id>/", spreadsheets.FilePreviewView.as_view(), name="statement_file_preview"),
    path(
        "importer/<uuid:import_id>/annote/", spreadsheets.FileAnnotatedView.as_view(), name="statement_file_annotated"
    ),
]
