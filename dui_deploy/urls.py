"""Every address of the application. French, readable, stable; a tenant's are under its project."""

from django.urls import include, path

from dui_deploy import pages, views
from dui_deploy.demo.signin import DemoSignInView
from indicators import urls as indicators_urls
from organisations import urls as organisations_urls
from reports import urls as reports_urls
from risks import urls as risks_urls
from structures import urls as structures_urls

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("compte/", include("dui_deploy.account.urls")),
    path("demonstration/", DemoSignInView.as_view(), name="demo_signin"),
    path("aide/", pages.HelpPage.as_view(), name="help"),
    path("accessibilite/", pages.AccessibilityPage.as_view(), name="accessibility"),
    path("donnees-personnelles/", pages.PersonalDataPage.as_view(), name="personal_data"),
    path("", include("governance.urls.feeds")),
    path("", include(indicators_urls.push_patterns)),
    path("", include("organisations.urls")),
    path("projets/<slug:slug>/", include(organisations_urls.project_patterns)),
    path("projets/<slug:slug>/", views.ProjectOverview.as_view(), name="project"),
    path("projets/<slug:slug>/checklist/", include("checklist.urls")),
    path("projets/<slug:slug>/gouvernance/", include("governance.urls")),
    path("projets/<slug:slug>/suivi/", include(structures_urls.project_patterns)),
    path("projets/<slug:slug>/structures/<slug:esms_slug>/", include(structures_urls.structure_patterns)),
    path("projets/<slug:slug>/risques/", include(risks_urls.project_patterns)),
    path("projets/<slug:slug>/structures/<slug:esms_slug>/risques/", include(risks_urls.structure_patterns)),
    path("projets/<slug:slug>/indicateurs/", include(indicators_urls.project_patterns)),
    path("projets/<slug:slug>/structures/<slug:esms_slug>/indicateurs/", include(indicators_urls.structure_patterns)),
    path("projets/<slug:slug>/rapports/", include("reports.urls")),
    path("projets/<slug:slug>/structures/<slug:esms_slug>/", include(reports_urls.structure_patterns)),
]

handler400 = "dui_deploy.errors.bad_request"
handler403 = "dui_deploy.errors.forbidden"
handler404 = "dui_deploy.errors.not_found"
handler429 = "dui_deploy.errors.too_many_requests"  # django-allauth's
handler500 = "dui_deploy.errors.server_error"
