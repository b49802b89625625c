"""Verify: anybody may ask whether a credential is genuine, and of whom (step 10). Nothing of it is kept."""

from ecvet.credential.policy import EVERYDAY
from ecvet.credential.verify import Report, examine
from ecvet_platform.credentials.actions.status_lists import Own
from ecvet_platform.credentials.actions.trust import trust
from ecvet_platform.credentials.errors import NothingToVerify
from ecvet_platform.journal import clock


def verify(data: bytes) -> Report:
    """The report on a credential, step by step, by the trust and the status lists of this platform.

    Lists of others are not fetched: their status is unknown. Raises `NothingToVerify`.
    """
    data = data.strip()
    if not data:
        raise NothingToVerify()
    return examine(data, trust(), EVERYDAY, clock.now(), lists=Own())
