"""Pages that list drafts, begin them, show one as a whole, publish it and throw it away."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.errors import EcvetError
from ecvet.qualification import Description, Standing, standing
from ecvet.qualification.languages import texts
from ecvet.terms import Identifier
from ecvet_platform.drafts.actions import dividing, keeping
from ecvet_platform.drafts.actions.keeping import Kept
from ecvet_platform.drafts.forms.whole import BeginForm
from ecvet_platform.drafts.pages.describing import writers
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import clock
from ecvet_platform.people.doors import actor_of, refuse, show, tell
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.forms import FileForm
from ecvet_platform.qualifications.naming import key_of
from ecvet_platform.qualifications.words import KINDS, ROLES, SEVERITIES
from ecvet_platform.qualifications.words.points import METHODS
from ecvet_platform.qualifications.words.rules import said_across


@writers
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """The drafts of the institution for which somebody acts."""
    lines = keeping.lines(actor=actor_of(request))
    return show(request, "drafts/list.html", lines=lines, names=register.names(one.institution for one in lines))


@writers
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin with a title, a code and the awarding institution."""
    actor = actor_of(request)
    own = next(iter(register.institutions([actor.institution] if actor.institution else []).values()), None)
    initial = {"institution": own.id, "country": own.country} if own else {}
    form = BeginForm(request.POST or None, institutions=_institutions(actor), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = keeping.begin(form.draft(), actor=actor)
        except EcvetError as error:
            refuse(form, error)
        else:
            return _open(kept)
    return show(request, "drafts/begin.html", status=422 if form.errors else 200, form=form, files=False,
                heading=_("Write a qualification"))  # fmt: skip


@writers
@require_http_methods(["GET", "POST"])
def from_file(request: HttpRequest) -> HttpResponse:
    """Begin with what is in a file of any known format."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data, name = form.data_and_name()
        try:
            draft = qualifications.read_file(data, name, form.cleaned_data["path"] or None)
            kept = keeping.begin(draft, actor=actor_of(request))
        except EcvetError as error:
            refuse(form, error)
        else:
            return _open(kept)
    return show(request, "drafts/begin.html", status=422 if form.errors else 200, form=form, files=True,
                heading=_("Begin with a file"))  # fmt: skip


@writers
@require_safe
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """A draft as a whole: what was found, its parts with the ways to write on them, and publishing."""
    actor = actor_of(request)
    kept = keeping.draft(key, actor=actor)
    return _shown(request, kept, keeping.look(kept, actor=actor))


@writers
@require_POST
def publish(request: HttpRequest, key: UUID) -> HttpResponse:
    """Publish the draft as it was seen; what stands in the way is shown."""
    actor = actor_of(request)
    kept = keeping.draft(key, actor=actor)
    try:
        published = keeping.publish(key, request.POST.get("seen", ""), actor=actor)
    except EcvetError as error:
        return _shown(request, kept, keeping.look(kept, actor=actor), refused=error)
    tell(request, _("“%(title)s” is published.") % {"title": published.value.title})
    return HttpResponseRedirect(reverse("qualifications:one", kwargs={"key": key_of(published.value.id)}))


@writers
@require_POST
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw the draft away as it was seen."""
    keeping.discard(key, request.POST.get("seen", ""), actor=actor_of(request))
    tell(request, _("The draft is discarded."))
    return HttpResponseRedirect(reverse("drafts:list"))


def _shown(request: HttpRequest, kept: Kept, description: Description, *,
           refused: EcvetError | None = None) -> HttpResponse:  # fmt: skip
    item = kept.draft.qualification
    units, own = dividing.units_of(kept.draft), {unit.id for unit in kept.draft.units}
    by_unit: dict[str, list[object]] = {}
    for finding in description.findings:
        by_unit.setdefault(finding.subject, []).append(finding)
    tags = {tag for _path, text in texts(kept.draft) for tag, _one in text.texts}
    return show(
        request, "drafts/one.html", status=refused.status if refused else 200, kept=kept, key=kept.key, item=item,
        units=units, own=own, key_of=key_of, across=said_across(item, units),
        description=description, by_unit=by_unit, refused=refused,
        severities=SEVERITIES, kinds=KINDS, roles=ROLES, methods=METHODS, mark=keeping.mark,
        seen=keeping.mark(kept.draft),
        coming=standing(item, clock.today()) is Standing.COMING, by_code={link.code: None for link in item.units},
        institution=register.names((item.institution,))[item.institution],
        spoken=[one for one in settings.LANGUAGES if one[0] in tags],
        unspoken=[one for one in settings.LANGUAGES if one[0] not in tags], main=item.title.authoritative,
    )  # fmt: skip


def _open(kept: Kept) -> HttpResponse:
    return HttpResponseRedirect(reverse("drafts:one", kwargs={"key": kept.key}))


def _institutions(actor: Actor) -> list[tuple[Identifier, str]]:
    """For whom the actor may write: the own institution; a register office for every one."""
    if Role.REGISTER_OFFICE in actor.roles:
        return [(one.id, f"{one.name} ({one.country})") for one in register.lines(limit=2000)]
    return list(register.names((actor.institution,)).items()) if actor.institution else []
