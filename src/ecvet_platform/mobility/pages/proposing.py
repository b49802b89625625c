"""Pages of proposing: choose learners and host, fill in what is not known already, look at the remarks, propose."""

from contextlib import suppress
from dataclasses import asdict, replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ecvet.errors import EcvetError
from ecvet.mobility import LearningAgreement, Role
from ecvet.record import address
from ecvet.saying import say
from ecvet.terms import Finding, Identifier, Severity, identifier
from ecvet_platform.institutions.actions import memoranda, register
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, filling, learners, proposing
from ecvet_platform.mobility.errors import NotForAll
from ecvet_platform.mobility.forms.agreements import AgreementForm, Frame
from ecvet_platform.mobility.forms.groups import refuse_each
from ecvet_platform.mobility.forms.neighbours import BEGUN, begun_with
from ecvet_platform.people import beside
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show, tell
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of, thread_of


@for_roles(*agreements.SIGNERS)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """A new agreement, or one for each learner of a group from the same text."""
    actor = actor_of(request)
    chosen = tuple(dict.fromkeys(_learner(one) for one in request.GET.getlist("learner")[:200]))
    hosting = identifier(request.GET["hosting"]) if request.GET.get("hosting") else None
    known = [learners.learner(one, actor=actor).learner for one in chosen]
    follows = learners.followed(chosen, clock.today())
    same = {follows.get(one) for one in chosen}
    if "next" not in request.GET or not chosen or hosting is None or len(same) != 1 or None in same:
        return _choose(request, actor, chosen, hosting, mixed=bool(chosen) and (len(same) != 1 or None in same))
    (qualification,) = same
    assert qualification is not None
    assert actor.institution is not None
    frame = frame_of(actor.institution, hosting, qualification)
    form = AgreementForm(
        request.POST or None, frame=frame, initial=_initial(frame, actor) | begun_with(request.GET, frame)
    )
    findings: tuple[Finding, ...] = ()
    if request.method == "POST" and form.is_valid():
        drafts = [form.agreement(one.id, learners.guardian(one)) for one in known]
        try:
            findings = _remarks(drafts, [one.called for one in known], actor)
            if request.POST.get("step") == "propose" and (request.POST.get("seen") or not warns(findings)):
                threads = (
                    (proposing.put_forward(drafts[0], actor=actor),)
                    if len(known) == 1
                    else proposing.put_forward_group(form.agreement(None, None), chosen, actor=actor)
                )
                tell(request, _("The agreement was put to all parties; you can sign it now."))
                return HttpResponseRedirect(_where(threads, actor))
        except NotForAll as error:
            refuse_each(form, error)
        except EcvetError as error:
            refuse(form, error)
    return _form(request, form, findings, names=[one.called for one in known], change=False)


@for_roles(*agreements.SIGNERS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """A complete new version, filled with the one it is made from; all sign it again (R-LA-12).

    It is made from the one proposed, else in force, else the last, or from the one named (a declined one, that nobody
    types again); `?qualification=now` changes it to the qualification that the learner follows today. When another
    version has come since the page was opened, both are shown side by side.
    """
    actor, thread = actor_of(request), thread_of(key)
    found = agreements.agreement(thread, actor=actor)
    newest = found.versions[-1].record.address
    named = request.POST.get("base") or request.GET.get("from")
    usual = found.proposed or found.in_force or newest
    base = address(named) if named and request.POST.get("newest", newest) == newest else usual
    before = agreements.version(thread, base, actor=actor)
    home, hosting = before.party(Role.HOME), before.party(Role.HOSTING)
    assert home is not None
    assert hosting is not None
    now = learners.followed([found.learner], clock.today()).get(found.learner)
    other = now if request.GET.get("qualification") == "now" and now else before.qualification
    frame = frame_of(home, hosting, other, before)
    theirs = AgreementForm(frame=frame, initial=AgreementForm.of(before, frame), change=True)
    typed = beside.taken(request.POST, theirs, request.POST.getlist(beside.TAKE)) if request.method == "POST" else None
    form = AgreementForm(typed, frame=frame, initial=AgreementForm.of(before, frame), change=True)
    seen = address(request.POST.get("newest") or newest)
    findings: tuple[Finding, ...] = ()
    if request.method == "POST" and form.is_valid():
        draft = form.agreement(found.learner, proposing.guardian_still(before), before)
        try:
            findings = (*proposing.judge(draft, actor=actor, thread=thread).findings,
                        *proposing.already(draft, besides=thread))  # fmt: skip
            if _decided(request) and (request.POST.get("seen") or not warns(findings)):
                made = proposing.change(thread, draft, base=base, actor=actor, newest=seen)
                tell(request, _("The change was put to all parties; the agreement in force stays in force until then."))
                return HttpResponseRedirect(reverse("mobility:compare", kwargs={"key": key, "version": made}))
        except EcvetError as error:
            refuse(form, error)
    name = learners.names([found.learner]).get(found.learner, found.learner)
    return _form(
        request, form, findings, names=[name], change=True, base=base, newest=newest,
        both=beside.side_by_side(form, theirs) if seen != newest else (),
    )  # fmt: skip


def _decided(request: HttpRequest) -> bool:
    """Whether it is to be proposed as it stands: not when something was just taken over, which is looked at first."""
    return request.POST.get("step") == "propose" and beside.TAKE not in request.POST


def _form(
    request: HttpRequest, form: AgreementForm, findings: tuple[Finding, ...], *, names: list[str], change: bool,
    base: str = "", newest: str = "", both: tuple[beside.Both, ...] = (),
) -> HttpResponse:  # fmt: skip
    return show(
        request, "mobility/propose.html", status=422 if form.errors else 200, form=form, findings=findings,
        seen=warns(findings), learners=names, change=change, frame=form.frame, base=base, newest=newest, both=both,
    )  # fmt: skip


def _choose(
    request: HttpRequest, actor: Actor, chosen: tuple[Identifier, ...], hosting: Identifier | None, *, mixed: bool
) -> HttpResponse:
    search = request.GET.get("q", "")[:200]
    found, _count = learners.page(actor=actor, search=search, size=100)
    if "all" in request.GET:
        chosen = tuple(dict.fromkeys((*chosen, *(one.id for one in found if one.person is not None))))
    known = {one.id: one.called for one in found} | dict(learners.names(chosen))
    partners = dict.fromkeys(one for line in memoranda.lines(actor=actor, limit=200) for one in line.parties)
    partners.pop(actor.institution or Identifier(""), None)
    only = next(iter(partners)) if len(partners) == 1 and hosting is None else None
    others, _all = register.page(search=request.GET.get("h", "")[:200], number=1, size=100)
    hosts = {**register.names(partners), **{one.id: f"{one.name} ({one.country})" for one in others}}
    hosts.pop(actor.institution or Identifier(""), None)
    return show(
        request, "mobility/choose.html", learners=list(known.items()), chosen=chosen, hosts=list(hosts.items()),
        hosting=hosting or only or "", search=search, host_search=request.GET.get("h", ""), mixed=mixed,
        tried="next" in request.GET,
        begun=[(name, text) for name in BEGUN for text in request.GET.getlist(name)[:200]],
    )  # fmt: skip


def _where(threads: tuple[Identifier, ...], actor: Actor) -> str:
    """The page of what was proposed: an agreement, or the group."""
    text = agreements.line(threads[0], actor=actor).group
    if text is not None:
        return reverse("mobility:group", kwargs={"text": text})
    return reverse("mobility:agreement", kwargs={"key": key_of(threads[0])})


def _learner(text: str) -> Identifier:
    """A learner in an address: the whole pseudonym, or only its key, of which two hundred fit into an address."""
    with suppress(ValueError):
        return thread_of(UUID(text))
    return identifier(text)


def frame_of(
    home: Identifier, hosting: Identifier, qualification: Identifier, before: LearningAgreement | None = None
) -> Frame:
    """What is chosen before the form of an agreement is shown, or what the agreement `before` it stands in."""
    item = qualifications.qualification(qualification).value
    units = {one.value.id: one.value for one in qualifications.units_of(qualification)}
    held = memoranda.between(home, hosting, clock.today())
    if before is not None and before.memorandum and before.memorandum not in {one.address for one in held}:
        held = (memoranda.at(before.memorandum), *held)
    others = {one.id: str(one.name) for found in held for one in found.value.other_actors}
    parties = {who for found in held for who in found.value.parties}
    named = {party.id for party in before.parties if party.role is Role.INTERMEDIARY} if before else set[Identifier]()
    frame = Frame(
        home=home, hosting=hosting, qualification=item, units=units, memoranda=held,
        names={**others, **register.names({home, hosting, item.institution, *parties, *named})},
        intermediaries=frozenset({*others, *parties, *named} - {home, hosting}),
    )  # fmt: skip
    open_units = frame.open_to(held[0].address if held else None)
    return frame if before is not None or not open_units else replace(frame, units=open_units)


def _initial(frame: Frame, actor: Actor) -> dict[str, object]:
    """The last agreement of the two is the pattern; before there is one, what else is known."""
    memorandum = frame.memoranda[0] if frame.memoranda else None
    last = agreements.last_between(frame.home, frame.hosting, actor=actor)
    begun = AgreementForm.of(last, frame, with_learning=False) if last else AgreementForm.usual() | asdict(
        filling.known(
            frame.home, frame.hosting, frame.qualification, memorandum=memorandum.value if memorandum else None,
            actor=actor,
        )
    )  # fmt: skip
    return {**begun, "memorandum": memorandum.address if memorandum else "", "unit-0": len(frame.units) == 1}


def _remarks(drafts: list[LearningAgreement], names: list[str], actor: Actor) -> tuple[Finding, ...]:
    """What is found in all drafts once, and what is found only in some of them with the learners' names."""
    found: dict[Finding, list[str]] = {}
    for draft, name in zip(drafts, names, strict=True):
        for one in dict.fromkeys((*proposing.judge(draft, actor=actor).findings, *proposing.already(draft))):
            found.setdefault(one, []).append(name)
    return tuple(
        one
        if len(who) == len(drafts)
        else replace(one, sentence=say("{names}: {sentence}", names=tuple(who), sentence=one.sentence))
        for one, who in found.items()
    )


def warns(findings: tuple[Finding, ...]) -> bool:
    """Whether somebody should look before it is proposed."""
    return any(one.severity is Severity.WARNING for one in findings)
