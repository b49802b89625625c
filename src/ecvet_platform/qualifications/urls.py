"""Addresses of the register's pages."""

from django.urls import path

from ecvet_platform.qualifications import pages

app_name = "qualifications"
urlpatterns = [
    path("qualifications/", pages.register, name="list"),
    path("qualifications/publish", pages.publish, name="publish"),
    path("qualifications/<uuid:key>", pages.one, name="one"),
    path("qualifications/<uuid:key>/changes", pages.changes, name="changes"),
    path("units/<uuid:key>", pages.unit, name="unit"),
]
