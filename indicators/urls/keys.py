from django.urls import URLPattern, path

from indicators.views import keys, push

structure_patterns: list[URLPattern] = [
    path("cles/", keys.StructureKeysView.as_view(), name="push_keys"),
    path("cles/donner/", keys.StructureIssueView.as_view(), name="push_key_issue"),
    path("cles/<uuid:key_id>/retirer/", keys.StructureRevokeView.as_view(), name="push_key_revoke"),
]
project_patterns: list[URLPattern] = [
    path("cles/", keys.VendorKeysView.as_view(), name="vendor_keys"),
    path("cles/donner/", keys.VendorIssueView.as_view(), name="vendor_key_issue"),
    path("cles/<uuid:key_id>/retirer/", keys.VendorRevokeView.as_view(), name="vendor_key_revoke"),
]
# The addresses that software writes to: of no page, they stand by themselves.
push_patterns: list[URLPattern] = [
    path("api/v1/indicateurs/", push.GuideView.as_view(), name="indicator_push_guide"),
    path("api/v1/indicateurs/openapi.json", push.OpenApiView.as_view(), name="indicator_push_openapi"),
    path("api/v1/indicateurs/releves/", push.PushView.as_view(), name="indicator_push"),
]
