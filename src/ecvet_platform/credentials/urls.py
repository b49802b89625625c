"""Addresses of the pages of credentials; verification, trust and status lists are public."""

from django.urls import path

from ecvet_platform.credentials.pages import badges, bulk, keys, published, status
from ecvet_platform.credentials.pages import credentials as pages
from ecvet_platform.documents.actions import CHECK

app_name = "credentials"
urlpatterns = [
    path("credentials/", pages.listing, name="list"),
    path("credentials/issue/<str:name>", pages.issue_one, name="issue"),
    path("credentials/batches/", bulk.choose, name="batches"),
    path("credentials/batches/<uuid:key>", bulk.batch, name="batch"),
    path("credentials/status", status.change, name="status"),
    path("credentials/<uuid:key>", pages.one, name="one"),
    path("credentials/<uuid:key>/file", pages.file, name="file"),
    path("institutions/<uuid:key>/keys", keys.certificates, name="keys"),
    path("institutions/<uuid:key>/keys/renew", keys.renew, name="renew-key"),
    path("institutions/<uuid:key>/keys/<str:kind>/renew", keys.renew, name="renew-key-of"),
    path("keys/", keys.of_platform, name="platform-keys"),
    path("keys/<str:kind>/renew", keys.renew_platform, name="renew-platform"),
    path("institutions/<uuid:key>/did.json", published.did_document, name="did"),
    path("verify/methods.json", published.methods, name="methods"),
    path("status/<uuid:key>", published.status_list, name="status-list"),
    path("status/<uuid:key>/<str:purpose>", published.status_list, name="status-bitstring"),
    path("credentials/<uuid:key>/badge", badges.badge, name="badge"),
    path("credentials/<uuid:key>/badge.png", badges.picture, {"form": "png"}, name="badge-png"),
    path("credentials/<uuid:key>/badge.svg", badges.picture, {"form": "svg"}, name="badge-svg"),
    path("credentials/<uuid:key>/learner-record", badges.learner_record, name="learner-record"),
    path("credentials/<uuid:key>/records", badges.records, name="records"),
    path("credentials/<uuid:key>/unsealed", pages.unsealed, name="unsealed"),
    path("verify", pages.verify, name="verify"),
    path(f"{CHECK}<str:name>", pages.record_known, name="record"),
    path("verify/credentials/<str:name>", pages.by_hash, name="known"),
    path("verify/trust.zip", pages.trust_directory, name="trust"),
]
