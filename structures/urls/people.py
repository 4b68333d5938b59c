from django.urls import URLPattern, path

from structures.views import applications, people, people_follow_up

structure_patterns: list[URLPattern] = [
    path("personnes/", people.HomeView.as_view(), name="people_home"),
    path("personnes/contacts/inscrire/", people.ContactAddView.as_view(), name="people_contact_add"),
    path("personnes/contacts/<uuid:contact_id>/", people.ContactView.as_view(), name="people_contact"),
    path(
        "personnes/contacts/<uuid:contact_id>/autoriser/",
        people.ContactAuthoriseView.as_view(),
        name="people_contact_authorise",
    ),
    path(
        "personnes/contacts/<uuid:contact_id>/retirer/",
        people.ContactRemoveView.as_view(),
        name="people_contact_remove",
    ),
    path("personnes/referent/", people.AppointView.as_view(), name="people_appoint"),
    path("personnes/referent/<uuid:letter_id>/", people.LetterView.as_view(), name="people_letter"),
    path(
        "personnes/referent/<uuid:letter_id>/retirer/", people.LetterRemoveView.as_view(), name="people_letter_remove"
    ),
    path("personnes/proposer/", applications.ProposeView.as_view(), name="people_application_add"),
    path(
        "personnes/candidatures/<uuid:application_id>/",
        applications.ApplicationView.as_view(),
        name="people_application",
    ),
    *(
        path(
            f"personnes/candidatures/<uuid:application_id>/{address}/",
            view.as_view(),
            name=f"people_application_{name}",
        )
        for address, view, name in (
            ("accord", applications.AgreementView, "agreement"),
            ("direction", applications.ReleaseView, "release"),
            ("transmettre", applications.SubmitView, "submit"),
            ("reponse", applications.DecideView, "decide"),
            ("retirer", applications.RemoveView, "remove"),
        )
    ),
]
project_patterns: list[URLPattern] = [
    path("personnes/", people_follow_up.FollowUpView.as_view(), name="people_follow_up"),
    path("personnes/export/", people_follow_up.ExportView.as_view(), name="people_follow_up_export"),
    path("personnes/contacts/", people_follow_up.ContactsView.as_view(), name="people_contacts"),
    path("personnes/contacts/export/", people_follow_up.ContactsExportView.as_view(), name="people_contacts_export"),
    path("personnes/appels/ouvrir/", people_follow_up.CallOpenView.as_view(), name="people_call_open"),
    path("personnes/appels/<uuid:call_id>/", people_follow_up.CallView.as_view(), name="people_call"),
    path("personnes/appels/<uuid:call_id>/fermer/", people_follow_up.CallCloseView.as_view(), name="people_call_close"),
]
