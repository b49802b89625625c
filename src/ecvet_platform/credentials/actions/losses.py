"""What each form of a credential leaves out, for the institution that issues: listed by the encoders, never hidden."""

from dataclasses import dataclass
from enum import StrEnum

from ecvet.credential.draft import CredentialDraft
from ecvet.credential.errors import DraftIncomplete
from ecvet.credential.profiles import edc, open_badges, sdjwt_vc
from ecvet.credential.profiles.losses import Loss
from ecvet.partnership.institution import CompetentInstitution
from ecvet_platform.credentials.actions.issue import ISSUERS, Issued, draft_of
from ecvet_platform.credentials.errors import NotInEffect
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import clock
from ecvet_platform.people.roles import Actor, has_one_of


class Form(StrEnum):
    """The forms in which the platform writes a credential."""

    SD_JWT = "sd-jwt"
    BADGE = "open-badge"
    EUROPEAN = "european"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What one form leaves out; `impossible` where it cannot be written at all, and why."""

    form: Form
    losses: tuple[Loss, ...] = ()
    impossible: str = ""


def of_credential(found: Issued, *, actor: Actor) -> tuple[Lost, ...]:
    """The losses of a credential for those who issue for its institution; none for others, or when it was replaced."""
    if actor.institution != found.issuer or not has_one_of(actor, *ISSUERS):
        return ()
    try:
        draft = draft_of(found.decision, actor=actor)
    except NotInEffect:
        return ()
    return losses(draft, institutions.institution(found.issuer))


def losses(draft: CredentialDraft, by: CompetentInstitution) -> tuple[Lost, ...]:
    """The losses of a draft, form by form."""
    at = clock.now()
    named = str(by.name)
    written = (
        Lost(form=Form.SD_JWT, losses=sdjwt_vc.encode(draft).losses),
        Lost(form=Form.BADGE, losses=open_badges.encode(draft, id="urn:uuid:0", at=at).losses),
    )
    try:
        seal = edc.SealFacts(named, named, "", by.country)
        found = Lost(form=Form.EUROPEAN, losses=edc.encode(draft, seal, id="urn:uuid:0", at=at).losses)
    except DraftIncomplete as error:
        found = Lost(form=Form.EUROPEAN, impossible=str(error))
    return (*written, found)
