"""The page of a person's notices: what was told, how she is told, and the link to her calendar."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ecvet_platform.notices import words
from ecvet_platform.notices.actions import choosing, places
from ecvet_platform.notices.forms import RhythmForm
from ecvet_platform.people.doors import actor_of, show, tell


@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """What was told, and the choice how."""
    actor = actor_of(request)
    form = RhythmForm(request.POST or None, initial={"rhythm": choosing.rhythm(actor)})
    if request.method == "POST" and form.is_valid():
        choosing.choose(form.cleaned_data["rhythm"], actor=actor)
        tell(request, _("Saved."))
        return HttpResponseRedirect(reverse("notices:mine"))
    return _mine(request, form)


@require_POST
def open_calendar(request: HttpRequest) -> HttpResponse:
    """Make a new link to the calendar and show it, this once."""
    secret = choosing.open_calendar(actor_of(request))
    link = request.build_absolute_uri(reverse("calendar", kwargs={"secret": secret}))
    return _mine(request, None, link=link)


@require_POST
def end_calendar(request: HttpRequest) -> HttpResponse:
    """End the link."""
    choosing.end_calendar(actor_of(request))
    tell(request, _("The link is ended; it leads nowhere any more."))
    return HttpResponseRedirect(reverse("notices:mine") + "#calendar")


def _mine(request: HttpRequest, form: RhythmForm | None, *, link: str = "") -> HttpResponse:
    actor = actor_of(request)
    shown = form or RhythmForm(initial={"rhythm": choosing.rhythm(actor)})
    told = [(words.SENTENCES[one.told], places.place(one), one) for one in choosing.mine(actor)
            if one.told in words.SENTENCES]  # fmt: skip
    return show(
        request, "notices/mine.html", status=422 if shown.errors else 200, form=shown, told=told, link=link,
        calendar=choosing.calendar(actor),
    )  # fmt: skip
