"""The records behind a credential, as one file: with it `ecvet verify --bundle` says who confirmed what, and when."""

from uuid import UUID

from ecvet.record import Json, canonical, parse_canonical, plain, to_bytes
from ecvet_platform.credentials.actions import issue
from ecvet_platform.credentials.actions.issue import Issued
from ecvet_platform.journal import store as records
from ecvet_platform.journal.errors import RecordUnknown
from ecvet_platform.people.roles import Actor


def bundle(key: UUID, *, actor: Actor) -> tuple[Issued, bytes]:
    """Records and signatures of a credential's chain of proof, for the learner and the issuer.

    A record that is not here any more is left out: whoever verifies is told of the gap. Raises `CredentialUnknown`,
    `NotInEffect`.
    """
    found, _ = issue.credential(key, actor=actor)
    kept: list[Json] = []
    signed: list[Json] = []
    for link in issue.draft_of(found.decision, actor=actor).chain:
        try:
            kept.append(parse_canonical(to_bytes(records.record(link.address))))
        except RecordUnknown:
            continue
        signed += [plain(one) for one in records.signatures(link.address)]
    return found, canonical({"records": kept, "signatures": signed})
