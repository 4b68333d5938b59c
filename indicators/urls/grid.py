from django.urls import URLPattern, path

from indicators.views import grid

structure_patterns: list[URLPattern] = [
    path("grille/", grid.StatementGridView.as_view(), name="statement_grid"),
    path("grille/case/", grid.StatementCellView.as_view(), name="statement_grid_cell"),
    path("grille/coller/", grid.StatementPasteView.as_view(), name="statement_grid_paste"),
    path("grille/annuler/", grid.StatementUndoView.as_view(), name="statement_grid_undo"),
]
