"""Addresses of the pages of notices."""

from django.urls import path

from ecvet_platform.notices import pages

app_name = "notices"
urlpatterns = [
    path("notices/", pages.mine, name="mine"),
    path("notices/calendar", pages.open_calendar, name="open-calendar"),
    path("notices/calendar/end", pages.end_calendar, name="end-calendar"),
]
