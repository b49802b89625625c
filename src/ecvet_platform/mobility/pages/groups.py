"""Pages of groups: the list, and one group with who has signed, who deviates, and every step for those ticked."""

from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ecvet.errors import EcvetError
from ecvet.mobility import GroupStep, Role, Verb
from ecvet.record import Address, address
from ecvet.terms import Identifier
from ecvet_platform.institutions import words as documents
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import clock
from ecvet_platform.mobility import words
from ecvet_platform.mobility.actions import group_changes, group_reminders
from ecvet_platform.mobility.actions import groups as actions
from ecvet_platform.mobility.actions.agreements import SIGNERS
from ecvet_platform.mobility.actions.groups import Seen
from ecvet_platform.mobility.errors import GroupUnknown, NotForAll
from ecvet_platform.mobility.forms.groups import GroupEventForm, refuse_each
from ecvet_platform.mobility.forms.stays import WITH_REASON
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show, tell
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of, thread_of

SIZE = 50


@for_roles(*actions.SEERS)
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """The groups in which the reader's institution has a part."""
    search = request.GET.get("q", "")[:200]
    number = int(text) if (text := request.GET.get("page", "1")).isdecimal() and 0 < len(text) < 6 else 1
    lines, count = actions.page(actor=actor_of(request), search=search, number=max(number, 1), size=SIZE)
    return show(
        request, "mobility/groups.html", lines=lines, count=count, page=number, pages=-(-count // SIZE), search=search,
        address="?" + urlencode({"q": search} if search else {}),
        names=register.names(one for line in lines for one in (line.home, line.hosting)),
        titles=qualifications.titles(line.qualification for line in lines),
    )  # fmt: skip


@for_roles(*actions.SEERS)
@require_http_methods(["GET", "POST"])
def group(request: HttpRequest, text: str) -> HttpResponse:
    """One group; a step is taken for those ticked, for all of them or for nobody."""
    actor, name = actor_of(request), address(text)
    try:
        seen = actions.group(name, actor=actor)
    except GroupUnknown:
        later = group_changes.newer(name, actor=actor)
        if later is None:
            raise
        return HttpResponseRedirect(reverse("mobility:group", kwargs={"text": later}))
    verbs = tuple(Verb(one) for one in seen.steps if one in set(Verb))
    step = request.POST.get("step", "")
    form = GroupEventForm(
        request.POST if step == "tell" else None, verbs=verbs,
        initial={"verb": verbs[0] if verbs else "", "on": clock.today()},
    )  # fmt: skip
    refused: forms.Form = form if step == "tell" else forms.Form({})
    if request.method == "POST" and refused.is_valid():
        try:
            _take(request, name, step, seen, form, actor)
        except NotForAll as error:
            refuse_each(refused, error)
        except EcvetError as error:
            refuse(refused, error)
        else:
            return HttpResponseRedirect(reverse("mobility:group", kwargs={"text": name}))
    return _shown(request, name, seen, form, refused, verbs)


def _take(request: HttpRequest, name: Address, step: str, seen: Seen, form: GroupEventForm, actor: Actor) -> None:
    """The step, for those ticked whom it concerns. Raises what the actions raise."""
    ticked = {thread_of(UUID(one)) for one in request.POST.getlist("member")}
    verb = form.cleaned_data["verb"] if step == "tell" else step
    among = tuple(one for one in seen.steps.get(verb, ()) if one in ticked)
    versions = {one: address(request.POST.get(f"seen-{key_of(one)}", "")) for one in among}
    if step == GroupStep.SIGN:
        count = actions.sign(name, versions, actor=actor)
        done = ngettext("You have signed %(count)s agreement.", "You have signed %(count)s agreements.", count)
    elif step == GroupStep.SEAL:
        count = actions.seal(name, versions, actor=actor)
        done = ngettext("%(count)s agreement is in force.", "%(count)s agreements are in force.", count)
    elif step == GroupStep.REMIND:
        done, count = _remind(request, name, among, seen, actor)
    else:
        data = form.cleaned_data
        count = actions.tell(
            name, among, Verb(verb), on=data["on"], actor=actor, reason=data["reason"], remainder=data["remainder"],
            note=register.said(data["note"], request.LANGUAGE_CODE),
        )  # fmt: skip
        done = ngettext("It is told for %(count)s stay.", "It is told for %(count)s stays.", count)
    tell(request, done % {"count": count})


def _remind(
    request: HttpRequest, name: Address, among: tuple[Identifier, ...], seen: Seen, actor: Actor
) -> tuple[str, int]:
    site = request.build_absolute_uri(reverse("start"))
    made = group_reminders.remind(name, among, site=site, actor=actor)
    if made.unreached:
        called = ", ".join(seen.lines[one].called for one in made.unreached)
        tell(request, _("Nobody can be reached by e-mail for: %(names)s. Invite guests or bring papers there.")
             % {"names": called})  # fmt: skip
    if made.earlier:
        tell(request, _("Whoever was reminded today is not reminded again before tomorrow."))
    return ngettext("%(count)s person was reminded.", "%(count)s people were reminded.", made.people), made.people


def _shown(
    request: HttpRequest, name: Address, seen: Seen, form: GroupEventForm, refused: forms.Form, verbs: tuple[Verb, ...]
) -> HttpResponse:
    common = seen.common
    ticked = set(request.POST.getlist("member")) if request.method == "POST" else None
    units = {one.unit: found.value for one in common.units if (found := qualifications.find_unit(one.unit))}
    parties = {party.id for one in seen.group.members for party in one.agreement.parties}
    names = {**register.names(parties), **seen.names}
    columns = [role for role in Role if any(p.role is role for m in seen.group.members for p in m.agreement.parties)]
    return show(
        request, "mobility/group.html", status=422 if refused.errors else 200, form=refused, event_form=form, seen=seen,
        common=common, item=common, text=name, members=seen.group.members, lines=seen.lines, names=names, units=units,
        may_change=bool(actor_of(request).roles & set(SIGNERS)) and bool(group_changes.followers(seen)),
        steps=seen.steps, verbs=verbs, roles=columns, deviating=seen.group.deviating, words=words, documents=documents,
        key_of=key_of, ticked=ticked, with_reason=WITH_REASON, waiting=seen.group.waiting,
        titles={one.unit: one.title for m in seen.group.members for one in m.agreement.units},
        outcomes={outcome.id: str(outcome.text) for unit in units.values() for outcome in unit.outcomes},
        counts={state: len([1 for one in seen.group.members if one.stay == state]) for state in words.STATES},
        in_force=len([1 for one in seen.group.members if one.in_force]),
    )  # fmt: skip
