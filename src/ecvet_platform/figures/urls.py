"""Addresses of figures."""

from django.urls import path

from ecvet_platform.figures import pages

app_name = "figures"
urlpatterns = [path("figures/", pages.figures, name="figures")]
