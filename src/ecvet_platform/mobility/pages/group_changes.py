"""Pages of a group that changes its text, and the group as a document."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ecvet.errors import EcvetError
from ecvet.mobility import Role
from ecvet.record import Recorded, address
from ecvet.saying import say
from ecvet.terms import Finding
from ecvet_platform.documents.actions import Format
from ecvet_platform.mobility import words
from ecvet_platform.mobility.actions import agreements, group_changes, group_document, groups, proposing
from ecvet_platform.mobility.actions.groups import Seen
from ecvet_platform.mobility.errors import NotForAll
from ecvet_platform.mobility.forms.agreements import AgreementForm
from ecvet_platform.mobility.forms.groups import refuse_each
from ecvet_platform.mobility.pages.proposing import frame_of, warns
from ecvet_platform.people.doors import actor_of, check_at, for_roles, language_of, printed, refuse, show, tell
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications.naming import key_of


@for_roles(*agreements.SIGNERS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, text: str) -> HttpResponse:
    """A new common text, put to everybody at once; what deviates for one learner stays, and is shown."""
    actor, name = actor_of(request), address(text)
    seen = groups.group(name, actor=actor)
    common, heads = seen.common, group_changes.followers(seen)
    home, hosting = common.party(Role.HOME), common.party(Role.HOSTING)
    assert home is not None
    assert hosting is not None
    frame = frame_of(home, hosting, common.qualification, common)
    form = AgreementForm(request.POST or None, frame=frame, initial=AgreementForm.of(common, frame), change=True)
    findings: tuple[Finding, ...] = ()
    if request.method == "POST" and form.is_valid():
        draft = replace(form.agreement(None, None, common), group=None)
        typed = {one: request.POST.get(f"seen-{key_of(one)}", "") for one in heads}
        try:
            findings = _remarks(seen, Recorded(draft, name), actor)
            if request.POST.get("step") == "propose" and (request.POST.get("seen") or not warns(findings)):
                among = {one: address(version) for one, version in typed.items() if version}
                made = group_changes.change(name, draft, among, actor=actor)
                tell(request, ngettext(
                    "The change was put to all parties of %(count)s agreement; what is in force holds until then.",
                    "The change was put to all parties of %(count)s agreements; what is in force holds until then.",
                    len(among)) % {"count": len(among)})  # fmt: skip
                return HttpResponseRedirect(reverse("mobility:group", kwargs={"text": made}))
        except NotForAll as error:
            refuse_each(form, error)
        except EcvetError as error:
            refuse(form, error)
    deviating = seen.group.deviating
    return show(
        request, "mobility/propose.html", status=422 if form.errors else 200, form=form, findings=findings,
        seen=warns(findings), learners=[seen.lines[one].called for one in heads], change=True, frame=frame, base="",
        newest="", both=(), heads={key_of(one): request.POST.get(f"seen-{key_of(one)}", head)
                                   for one, head in heads.items()},
        keeping=[(seen.lines[one].called, [words.FIELDS.get(each.field, each.field) for each in deviating[one]])
                 for one in heads if one in deviating],
        left=[line.called for one, line in seen.lines.items() if one not in heads],
    )  # fmt: skip


@for_roles(*groups.SEERS)
@require_safe
def pdf(request: HttpRequest, text: str) -> HttpResponse:
    """The common text with a list of the learners, to keep, print and show."""
    return _document(request, text, Format.PDF)


@for_roles(*groups.SEERS)
@require_safe
def docx(request: HttpRequest, text: str) -> HttpResponse:
    """The same to edit."""
    return _document(request, text, Format.WORD)


def _document(request: HttpRequest, text: str, form: Format) -> HttpResponse:
    data = group_document.group(
        address(text), actor=actor_of(request), check_at=check_at(request), language=language_of(request), form=form
    )
    return printed(data, f"group-{text[8:20]}", form)


def _remarks(seen: Seen, draft: Recorded, actor: Actor) -> tuple[Finding, ...]:  # type: ignore[type-arg]
    """What is found in all new versions once, and what is found only in some of them with the learners' names."""
    found: dict[Finding, list[str]] = {}
    made = group_changes.drafts(seen, draft)
    for thread, one in made.items():
        for each in dict.fromkeys(proposing.judge(one, actor=actor, thread=thread).findings):
            found.setdefault(each, []).append(seen.lines[thread].called)
    return tuple(
        one
        if len(who) == len(made)
        else replace(one, sentence=say("{learners}: {finding}", learners=tuple(who), finding=one.sentence))
        for one, who in found.items()
    )
