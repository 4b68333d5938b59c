from django.urls import path

from reports import views

urlpatterns = [
    path("", views.ReportsView.as_view(), name="reports"),
    path("demander/<slug:document>/", views.AskView.as_view(), name="report_ask"),
    path("verifier/", views.VerifyView.as_view(), name="report_verify"),
    path("<int:number>/", views.ReportView.as_view(), name="report"),
    path("<int:number>/recommencer/", views.RetryView.as_view(), name="report_retry"),
    path("<int:number>/document/", views.DownloadView.as_view(), name="report_download"),
]
