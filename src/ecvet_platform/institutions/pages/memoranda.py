"""Pages of memoranda, for those who have a part in them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.errors import EcvetError
from ecvet.partnership import MemorandumOfUnderstanding
from ecvet.record import Act, Address, address
from ecvet.terms import Identifier, identifier
from ecvet_platform.documents.actions import Format
from ecvet_platform.institutions import words
from ecvet_platform.institutions.actions import answering, asking, document, memoranda, register
from ecvet_platform.institutions.actions.scales import SCALES
from ecvet_platform.institutions.forms import DelegateForm, ReasonForm, TerminationForm
from ecvet_platform.institutions.forms.memoranda import MemorandumForm
from ecvet_platform.journal import clock
from ecvet_platform.people import beside
from ecvet_platform.people.doors import actor_of, check_at, for_roles, printed, refuse, show, tell
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of, thread_of

STEPS = ("accept", "reject", "withdraw", "seal", "terminate", "delegate", "ask-again")


@for_roles(*memoranda.READERS)
@require_safe
def memoranda_list(request: HttpRequest) -> HttpResponse:
    """The memoranda of the institution for which somebody acts."""
    search = request.GET.get("q", "")[:200]
    lines = memoranda.lines(actor=actor_of(request), search=search, limit=200)
    names = register.names(one for line in lines for one in line.parties)
    return show(
        request, "institutions/memoranda.html", lines=lines, names=names, search=search, states=words.STATES,
        kinds=words.STATE_KINDS, key_of=key_of,
    )  # fmt: skip


@for_roles(*memoranda.READERS)
@require_safe
def memorandum(request: HttpRequest, key: UUID) -> HttpResponse:
    """A memorandum: all fields, its versions, who still has to sign, and what the reader may do."""
    return _memorandum(request, key)


@for_roles(*memoranda.READERS)
@require_safe
def pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """The memorandum as a document to keep, print and show, in its own language or the one asked for."""
    data = document.memorandum(
        thread_of(key), actor=actor_of(request), check_at=check_at(request), language=request.GET.get("language", "")
    )
    return printed(data, f"memorandum-{key}")


@for_roles(*memoranda.READERS)
@require_safe
def docx(request: HttpRequest, key: UUID) -> HttpResponse:
    """The memorandum as a document to edit."""
    data = document.memorandum(
        thread_of(key), actor=actor_of(request), check_at=check_at(request), language=request.GET.get("language", ""),
        form=Format.WORD,
    )  # fmt: skip
    return printed(data, f"memorandum-{key}", Format.WORD)


@for_roles(*memoranda.SIGNERS)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Two steps: choose parties and qualifications, then fill in the rest. With a key, a change of what is there."""
    actor = actor_of(request)
    shown = memoranda.memorandum(thread_of(key), actor=actor) if key else None
    base = _base(request, shown) if shown else None
    before = memoranda.version(shown.thread, base, actor=actor) if shown and base else None
    if before is not None and not request.GET.getlist("party"):
        parties, chosen = before.parties, tuple(one.qualification for one in before.qualifications)
    else:
        parties, chosen = _asked(request, "party", actor.institution), _asked(request, "qualification")
    known = register.institutions(parties)
    found = [one for name in chosen if (one := qualifications.find(name))]
    if len(known) < 2 or not found or (request.GET and not {"next", "from"} & request.GET.keys()):
        return _choose(request, before, parties, chosen, actor.institution)
    newest = shown.versions[-1].record.address if shown else None
    seen = address(request.POST.get("newest") or newest) if newest else None
    among: dict[str, Any] = {
        "parties": tuple(known[one] for one in parties if one in known),
        "qualifications": tuple(one.value for one in found), "initial": _initial(before),
        "tables": before.grade_tables if before else (),
        "titles": qualifications.unit_titles(link.unit for one in found for link in one.value.units),
    }  # fmt: skip
    theirs = MemorandumForm(**among)
    typed = beside.taken(request.POST, theirs, request.POST.getlist(beside.TAKE)) if request.method == "POST" else None
    form = MemorandumForm(typed, **among)
    if request.method == "POST" and form.is_valid() and beside.TAKE not in request.POST:
        try:
            made = memoranda.propose(
                form.memorandum(before), actor=actor, thread=shown.thread if shown else None, base=base, newest=seen
            )
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The memorandum was put to its parties; you can sign it now."))
            return HttpResponseRedirect(reverse("institutions:memorandum", kwargs={"key": key_of(made)}))
    return show(
        request, "institutions/propose.html", status=422 if form.errors else 200, form=form, parties=known.values(),
        qualifications=found, change=bool(shown), asked=request.GET.urlencode(), newest=newest, base=base or "",
        both=beside.side_by_side(form, theirs) if seen != newest else (),
    )  # fmt: skip


@for_roles(*memoranda.SIGNERS)
@require_POST
def step(request: HttpRequest, key: UUID, verb: str) -> HttpResponse:
    """One of `STEPS`; what is refused is shown at the form."""
    actor, thread = actor_of(request), thread_of(key)
    version = address(request.POST.get("version", ""))
    kinds: dict[str, type[forms.Form]] = {"terminate": TerminationForm, "reject": ReasonForm, "withdraw": ReasonForm}
    form = (
        DelegateForm(request.POST, colleagues=_choices(actor))
        if verb == "delegate" else kinds.get(verb, forms.Form)(request.POST)
    )  # fmt: skip
    memoranda.memorandum(thread, actor=actor)
    if form.is_valid():
        try:
            _take(verb, thread, version, form.cleaned_data, actor)
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, str(words.DONE.get(verb, words.DONE[""])))
            return HttpResponseRedirect(reverse("institutions:memorandum", kwargs={"key": key}))
    return _memorandum(request, key, form=form, version=version, verb=verb)


def _memorandum(
    request: HttpRequest, key: UUID, *, form: forms.Form | None = None, version: Address | None = None, verb: str = ""
) -> HttpResponse:
    found = memoranda.memorandum(thread_of(key), actor=actor_of(request))
    item = found.item.value
    signers = (one.signer for each in found.versions for one in each.signatures)
    concerned = (*item.parties, *(one.institution for one in item.responsibilities), *signers)
    concerned += tuple(who for one in item.grade_tables for who in (one.given_by, one.read_by))
    named = form if form is not None else forms.Form()
    status = 422 if form is not None else 200
    return show(
        request, "institutions/memorandum.html", status=status, found=found, item=item, key=key, form=named,
        tried=(version, verb), names=register.names(concerned), words=words, key_of=key_of,
        tomorrow=clock.today() + timedelta(days=1), colleagues=_choices(actor_of(request)), today=clock.today(),
        people=asking.people_in(found.versions), scales={one.id: one.name for one in SCALES},
    )  # fmt: skip


def _take(verb: str, thread: Identifier, version: Address, data: dict[str, Any], actor: Actor) -> None:
    if verb == "seal":
        memoranda.seal(thread, version, actor=actor)
    elif verb == "terminate":
        memoranda.terminate(thread, actor=actor, reason=data["reason"], last_day=data["last_day"])
    elif verb == "delegate":
        answering.delegate(thread, version, Identifier(data["to"]), actor=actor)
    elif verb == "ask-again":
        answering.ask_again(thread, version, actor=actor)
    else:
        memoranda.answer(thread, version, Act(verb), actor=actor, reason=data.get("reason", ""))


def _choices(actor: Actor) -> list[tuple[str, str]]:
    return [(one.identifier, one.name) for one in answering.colleagues(actor)]


def _choose(
    request: HttpRequest, before: MemorandumOfUnderstanding | None, parties: tuple[Identifier, ...],
    chosen: tuple[Identifier, ...], own: Identifier | None,
) -> HttpResponse:  # fmt: skip
    search = request.GET.get("q", "")[:200]
    lines = qualifications.lines(search=search, limit=30)
    kept = [one for name in chosen if (one := qualifications.find(name))]
    listed = {one.value.id: str(one.value.title) for one in kept} | {
        line.id: f"{line.title.in_(request.LANGUAGE_CODE, 'en')} ({line.country}, {line.code})" for line in lines
    }
    others, _count = register.page(search=request.GET.get("p", "")[:200], number=1, size=30)
    institutions_ = {**register.names(parties), **{one.id: f"{one.name} ({one.country})" for one in others}}
    return show(
        request, "institutions/choose.html", parties=[(k, v) for k, v in institutions_.items() if k != own], own=own,
        chosen_parties=parties, qualifications=list(listed.items()), chosen=chosen, search=search,
        party_search=request.GET.get("p", ""), change=before is not None, tried="next" in request.GET,
    )  # fmt: skip


def _base(request: HttpRequest, shown: memoranda.Memorandum) -> Address:
    """The version from which a change is made: the one named, else the one proposed, in force, or the last.

    What was named before another version came is that one again.
    """
    newest = shown.versions[-1].record.address
    named = request.POST.get("base") or request.GET.get("from")
    if named and request.POST.get("newest", newest) == newest:
        return address(named)
    return shown.proposed or shown.in_force or newest


def _asked(request: HttpRequest, name: str, *first: Identifier | None) -> tuple[Identifier, ...]:
    given = (identifier(one) for one in request.GET.getlist(name)[:100])
    return tuple(dict.fromkeys((*(one for one in first if one), *given)))


def _initial(before: MemorandumOfUnderstanding | None) -> dict[str, object]:
    return MemorandumForm.of(before) if before else {"start": clock.today()}
