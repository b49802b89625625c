"""The learner's own pages: the record, who looked, everything to take away, and links to show documents."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.errors import EcvetError
from ecvet.terms import LangString
from ecvet_platform.credit.words import VERBS
from ecvet_platform.dossier import words
from ecvet_platform.dossier.actions import contents, erasing, looks, sharing
from ecvet_platform.dossier.actions.export import export
from ecvet_platform.dossier.forms import ShareForm
from ecvet_platform.mobility.words import STATE_KINDS, STATES
from ecvet_platform.people.doors import actor_of, refuse, show, tell
from ecvet_platform.people.language import day
from ecvet_platform.qualifications.naming import key_of, thread_of

SIZE = 100


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """To the only record there is; a guardian of several learners chooses."""
    found = contents.mine(actor_of(request))
    if len(found) == 1:
        return HttpResponseRedirect(reverse("dossier:record", kwargs={"key": found[0].key}))
    return show(request, "dossier/choose.html", learners=found)


@require_safe
def record(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everything that is held about a learner: what each thing means, what is missing, who acts next."""
    learner, actor = thread_of(key), actor_of(request)
    seen, count = looks.of_learner(learner, actor=actor, size=3)
    return show(
        request, "dossier/record.html", found=contents.dossier(learner, actor=actor), key=key, key_of=key_of,
        words=words, states=STATES, state_kinds=STATE_KINDS, verbs=VERBS, seen=seen, looks=count,
        shares=sharing.of_learner(learner, actor=actor), requests=erasing.of_learner(learner, actor=actor),
        today=contents.today(),
    )  # fmt: skip


@require_safe
def looked(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who looked at what and when."""
    number = int(text) if (text := request.GET.get("page", "1")).isdecimal() and 0 < len(text) < 6 else 1
    seen, count = looks.of_learner(thread_of(key), actor=actor_of(request), number=max(number, 1), size=SIZE)
    return show(
        request, "dossier/looks.html", seen=seen, count=count, key=key, words=words, page=max(number, 1),
        pages=-(-count // SIZE),
    )  # fmt: skip


@require_safe
def export_all(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Everything as one ZIP file."""
    data = export(thread_of(key), actor=actor_of(request))
    return FileResponse(data, as_attachment=True, filename="record.zip", content_type="application/zip")


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make a link to chosen documents. Its address is shown once, in the answer, and kept nowhere."""
    learner, actor = thread_of(key), actor_of(request)
    contents.owned(learner, actor)
    items = [(one.id, _called(one)) for one in reversed(contents.items(learner))]
    form = ShareForm(request.POST or None, items=items)
    if request.method == "POST" and form.is_valid():
        try:
            secret, made = sharing.share(learner, actor=actor, **form.cleaned_data)
        except EcvetError as error:
            refuse(form, error)
        else:
            address = request.build_absolute_uri(reverse("dossier:shared", kwargs={"secret": secret}))
            return show(request, "dossier/given.html", status=201, address=address, made=made, key=key)
    return show(request, "dossier/share.html", status=422 if form.errors else 200, form=form, key=key, items=items)


@require_POST
def end(request: HttpRequest, key: UUID, share: UUID) -> HttpResponse:
    """End a link at once."""
    sharing.end(thread_of(key), share, actor=actor_of(request))
    tell(request, _("The link has ended. It shows nothing any more."))
    return HttpResponseRedirect(reverse("dossier:record", kwargs={"key": key}))


def _called(item: contents.Item) -> str:
    title: LangString = item.title
    return f"{words.KINDS[item.kind]}: {title.in_(get_language() or 'en', 'en')}, {day(item.on)}"
