"""The pages of credentials: the learner's list, issuing, and the public page on which anybody verifies one."""

import io
import zipfile
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.credential.verify import Report
from ecvet.errors import EcvetError
from ecvet.record import address
from ecvet_platform.credentials import words
from ecvet_platform.credentials.actions import european, issue, known, losses, record, status, trust
from ecvet_platform.credentials.actions.verify import seal_of
from ecvet_platform.credentials.actions.verify import verify as examine
from ecvet_platform.credentials.forms import VerifyForm
from ecvet_platform.credentials.words import Said, said
from ecvet_platform.institutions.words import ACTS
from ecvet_platform.people.doors import actor_of, public, refuse, show, tell
from ecvet_platform.qualifications.naming import key_of

MEDIA = "application/dc+sd-jwt"


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The learner's credentials, or those that the institution issued, and the decisions that have none yet."""
    actor = actor_of(request)
    found = issue.mine(actor=actor)
    due, more = issue.without_credential(actor=actor)
    return show(
        request, "credentials/list.html", found=found, names=issue.names_of(found), words=words,
        open=due, more=more, key_of=key_of,
        outdated=issue.outdated(actor=actor),
        changeable={one.id for one in found if status.may_change(one, actor=actor)},
    )  # fmt: skip


@require_POST
def issue_one(request: HttpRequest, name: str) -> HttpResponse:
    """Issue the credential of a decision."""
    made = issue.issue(address(name), actor=actor_of(request))
    tell(request, _("The credential is issued; the learner can download it."))
    return HttpResponseRedirect(reverse("credentials:one", kwargs={"key": made.id}))


@require_safe
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a credential says, as verification finds it."""
    actor = actor_of(request)
    found, data = issue.credential(key, actor=actor)
    report = examine(data)
    return show(
        request, "credentials/one.html", found=found, report=report, said=_said(request, report), words=words,
        text=data.decode("ascii"), history=status.history(key), changeable=status.may_change(found, actor=actor),
        may_seal=european.may_seal(found, actor=actor), lost=losses.of_credential(found, actor=actor),
    )  # fmt: skip


@require_safe
def file(request: HttpRequest, key: UUID) -> HttpResponse:
    """The file, byte for byte as it was signed."""
    found, data = issue.credential(key, actor=actor_of(request))
    answer = HttpResponse(data, content_type=MEDIA)
    answer["Content-Disposition"] = f'attachment; filename="{found.kind.value}-{found.hash[8:16]}.sd-jwt"'
    return answer


@require_safe
def unsealed(request: HttpRequest, key: UUID) -> HttpResponse:
    """The European Digital Credential for the institution's seal."""
    answer = HttpResponse(european.for_sealing(key, actor=actor_of(request)), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="european-digital-credential-{key}.json"'
    return answer


@public
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Anybody brings a credential and is told, step by step, whether it is genuine and by whom. Nothing is kept."""
    form, report, sealed = VerifyForm(request.POST or None, request.FILES or None), None, None
    if request.method == "POST" and form.is_valid():
        try:
            given = form.given
            report = examine(given)
            sealed = seal_of(given, report)
        except EcvetError as error:
            refuse(form, error)
    status = 422 if form.errors else 200
    told = _said(request, report) if report else None
    return show(
        request,
        "credentials/verify.html",
        status=status,
        form=form,
        report=report,
        said=told,
        words=words,
        sealed=sealed,
    )


@public
@require_safe
def record_known(request: HttpRequest, name: str) -> HttpResponse:
    """What the QR code of a document leads to: whether its record is kept here, and whether a later one exists."""
    return show(request, "credentials/record.html", found=record.check(address(name)), words=words, acts=ACTS)


@public
@require_safe
def by_hash(request: HttpRequest, name: str) -> HttpResponse:
    """Where the credential with a SHA-256 stands; for who holds the file, no person is named."""
    return show(request, "credentials/known.html", found=known.check(address(name)), words=words)


@public
@require_safe
def trust_directory(request: HttpRequest) -> HttpResponse:
    """The anchor and the register as a ZIP file, for `ecvet verify FILE --trust DIRECTORY`."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in trust.files().items():
            archive.writestr(zipfile.ZipInfo(f"trust/{name}"), data)
    answer = HttpResponse(packed.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="trust.zip"'
    return answer


def _said(request: HttpRequest, report: Report) -> Said | None:
    return said(report.verified, request.LANGUAGE_CODE) if report.verified else None
