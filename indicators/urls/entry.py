from django.urls import URLPattern, path

from indicators.views import entry, statements

structure_patterns: list[URLPattern] = [
    path("saisie/", statements.StatementsView.as_view(), name="statements"),
    path("saisie/<str:period>/", entry.StatementView.as_view(), name="statement"),
    path("saisie/<str:period>/rendre/", statements.GiveView.as_view(), name="statement_give"),
    path("saisie/<str:period>/soumettre/", statements.SubmitView.as_view(), name="statement_submit"),
    path("saisie/<str:period>/renvoyer/", statements.ReturnView.as_view(), name="statement_return"),
    path("saisie/<str:period>/reprendre/", statements.ResumeView.as_view(), name="statement_resume"),
    path("saisie/<str:period>/<slug:code>/", entry.FigureView.as_view(), name="statement_figure"),
    path("saisie/<str:period>/<slug:code>/historique/", entry.HistoryView.as_view(), name="statement_history"),
]
