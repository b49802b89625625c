"""Addresses of the pages of credentials; verification and trust are public."""

from django.urls import path

from ecvet_platform.credentials import pages
from ecvet_platform.documents.actions import CHECK

app_name = "credentials"
urlpatterns = [
    path("credentials/", pages.listing, name="list"),
    path("credentials/issue/<str:name>", pages.issue_one, name="issue"),
    path("credentials/<uuid:key>", pages.one, name="one"),
    path("credentials/<uuid:key>/file", pages.file, name="file"),
    path("credentials/<uuid:key>/unsealed", pages.unsealed, name="unsealed"),
    path("verify", pages.verify, name="verify"),
    path(f"{CHECK}<str:name>", pages.known, name="record"),
    path("verify/trust.zip", pages.trust_directory, name="trust"),
]
