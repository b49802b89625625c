"""The European Digital Credential of what was issued, for the institution's seal, which is never on this server."""

import json
from uuid import UUID

from ecvet.credential.profiles.edc import upload
from ecvet.terms import require
from ecvet_platform.credentials.actions import issue
from ecvet_platform.credentials.errors import NotYoursToIssue
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.people.roles import Actor, has_one_of


def may_seal(found: issue.Issued, *, actor: Actor) -> bool:
    """Whether the page offers it: to those who issue for the institution that issued."""
    return actor.institution == found.issuer and bool(has_one_of(actor, *issue.ISSUERS))


def for_sealing(key: UUID, *, actor: Actor) -> bytes:
    """What is given to `ecvet seal`, or uploaded where the institution seals; nothing is sealed here.

    Raises `CredentialUnknown`, `NotYoursToIssue`, `NotYourRole`, `NotInEffect`, and `DraftIncomplete` for a country or
    language that the lists of the European Learning Model do not have.
    """
    found, _ = issue.credential(key, actor=actor)
    institution = institutions.institution(found.issuer)
    if actor.institution != found.issuer:
        raise NotYoursToIssue(institution=institution.name)
    require(has_one_of(actor, *issue.ISSUERS))
    draft = issue.draft_of(found.decision, actor=actor)
    body = upload(draft, institution.country, id=f"urn:credential:{found.id}", at=found.at)
    return json.dumps(body, ensure_ascii=False, indent=1).encode()
