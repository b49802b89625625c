"""Verify: anybody may ask whether a credential is genuine, and of whom (step 10). Nothing of it is kept."""

from itertools import takewhile

from ecvet.credential.errors import NotACredential, Revoked, Step, Suspended
from ecvet.credential.formats.carriers import MAX_BYTES
from ecvet.credential.policy import EVERYDAY, Outcome
from ecvet.credential.status.standing import Standing
from ecvet.credential.steps import StepResult
from ecvet.credential.verify import Report, examine
from ecvet_platform.credentials.actions import known
from ecvet_platform.credentials.actions.sealed_pdf import SealedPdf, judge
from ecvet_platform.credentials.actions.status_lists import Own
from ecvet_platform.credentials.actions.trust import trust
from ecvet_platform.credentials.errors import NothingToVerify
from ecvet_platform.journal import clock


def verify(data: bytes) -> Report:
    """The report on a credential, step by step, by the trust and the status lists of this platform.

    Lists of others are not fetched: their status is unknown. Of a credential that names no list this platform says
    what it knows of the decision. Raises `NothingToVerify`.
    """
    data = data.strip()
    if not data:
        raise NothingToVerify()
    report = examine(data, trust(), EVERYDAY, clock.now(), lists=Own())
    standing = Standing.VALID if report.verified is None else known.standing_of(report.verified)
    return report if standing is Standing.VALID else _refused(report, standing)


def _refused(report: Report, standing: Standing) -> Report:
    """The report as it is when a list had said so: nothing is stated after the step that fails."""
    error = Revoked() if standing is Standing.REVOKED else Suspended()
    before = tuple(takewhile(lambda one: one.step is not Step.STATUS, report.steps))
    return Report((*before, StepResult(Step.STATUS, Outcome.FAIL, error.said, error.code)), error=error)


def seal_of(data: bytes, report: Report) -> SealedPdf | None:
    """The seal of a PDF that carries no credential, by the trust of this platform; None for everything else."""
    if not isinstance(report.error, NotACredential) or not data.lstrip().startswith(b"%PDF-") or len(data) > MAX_BYTES:
        return None
    return judge(data, trust())
