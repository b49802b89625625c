"""Issue: the institution that decided signs a credential of its decision, once, for the learner (step 9)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final
from uuid import UUID

from django.db import transaction

from ecvet.credential.draft import AchievedUnit, CredentialDraft, Link, draft_of_award, draft_of_recognition
from ecvet.credential.issue import issue as sign
from ecvet.credential.keys import IssuerKey
from ecvet.credential.profiles.types import CertificateType
from ecvet.credential.profiles.types import Role as Proof
from ecvet.credential.status.standing import Standing
from ecvet.credit.achievement import Achievement
from ecvet.credit.award import Award
from ecvet.credit.decision import Extent
from ecvet.credit.recognition import Recognition
from ecvet.credit.standing import in_effect
from ecvet.credit.transcript import Transcript
from ecvet.credit.validation import Validation
from ecvet.qualification.qualification import Qualification
from ecvet.record import Address, Person, Recorded, RecordType
from ecvet.saying import say
from ecvet.terms import Identifier, LangString, require
from ecvet_platform.credentials.actions import status_lists
from ecvet_platform.credentials.actions.keys import ISSUERS as ISSUERS
from ecvet_platform.credentials.actions.keys import key_of
from ecvet_platform.credentials.errors import CredentialUnknown, IssuedAlready, NotInEffect, NotYoursToIssue
from ecvet_platform.credentials.store import credentials as store
from ecvet_platform.credentials.store import status as changes
from ecvet_platform.credentials.store.credentials import Issued as Issued
from ecvet_platform.credit.actions import learners, reading
from ecvet_platform.credit.store import cases, facts
from ecvet_platform.credit.store.facts import Fact
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.journal import store as records
from ecvet_platform.people.roles import Actor, Role, has_one_of
from ecvet_platform.qualifications import actions as qualifications

_TYPES = {"recognition": CertificateType.RECOGNISED_UNIT, "award": CertificateType.AWARD}
READERS = (Role.COORDINATOR, Role.COMPETENT_INSTITUTION)
SHOWN: Final = 100
"""Decisions without a credential that a page shows, each with its button."""


@transaction.atomic
def issue(decision: Address, *, actor: Actor) -> Issued:
    """Issue the credential of the recognition or award at an address.

    Raises `CredentialUnknown`, `NotYoursToIssue`, `NotYourRole`, `IssuedAlready`, `NotInEffect`, `DraftIncomplete`.
    """
    fact = _decision(decision, actor)
    if actor.institution != fact.institution:
        raise NotYoursToIssue(institution=institutions.institution(fact.institution).name)
    require(has_one_of(actor, *ISSUERS))
    known = store.of_decision(decision)
    if known is not None:
        raise IssuedAlready(on=known.at.date())
    return made_of(fact, key_of(institutions.institution(fact.institution), by=actor), actor=actor)


def made_of(fact: Fact, key: IssuerKey, *, actor: Actor) -> Issued:
    """The credential of a decision that has none, with the key of its institution; the caller has asked who may.

    Raises `NotInEffect`, `DraftIncomplete`, `KeyUnusable`.
    """
    draft, at = drafted(fact), clock.now()
    place = status_lists.draw(fact.institution)
    made = store.add(
        sign(draft, key, at=at, salts=chance.salt, status=place.reference), decision=fact.address, kind=draft.type,
        learner=fact.learner, issuer=fact.institution, title=draft.title, at=at,
    )  # fmt: skip
    place.give(made.id)
    journal.write(
        "credential.issue", by=actor, subject=fact.learner, record=fact.address,
        detail={"hash": made.hash, "type": made.kind},
    )  # fmt: skip
    return made


def may_issue(decision: Address, *, actor: Actor) -> bool:
    """Whether the page offers the button: the decision is the actor's institution's, and no credential is there yet."""
    fact = facts.one(decision)
    own = fact is not None and fact.institution == actor.institution and bool(has_one_of(actor, *ISSUERS))
    return own and store.of_decision(decision) is None


def of_decision(decision: Address) -> Issued | None:
    """The credential of a decision that the caller was allowed to see."""
    return store.of_decision(decision)


def mine(*, actor: Actor) -> tuple[Issued, ...]:
    """The credentials of the learner, and those that the actor's institution issued, the latest first."""
    found = [one for own in learners.mine(actor) for one in store.of_learner(own)]
    if actor.institution is not None and has_one_of(actor, *READERS):
        found += store.of_issuer(actor.institution)
    return tuple({one.id: one for one in found}.values())


def own(*, actor: Actor) -> tuple[Issued, ...]:
    """The credentials that are the actor's own as a learner, the latest first."""
    return tuple(one for learner in learners.mine(actor) for one in store.of_learner(learner))


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A standing decision about a learner that has no credential yet; `type` is what the credential will be."""

    address: Address
    type: CertificateType
    learner: Identifier
    title: LangString


def awaited(*, actor: Actor) -> tuple[Awaited, ...]:
    """The decisions about the actor as a learner whose credential is still to come, the latest first."""
    return tuple(
        Awaited(address=fact.address, type=_TYPES[fact.kind], learner=fact.learner, title=_title(fact))
        for learner in learners.mine(actor)
        for fact in reversed(facts.of_learner(learner, *_TYPES))
        if store.of_decision(fact.address) is None and _grants(fact)
    )


def still_stands(decision: Address) -> bool:
    """Whether a credential of a decision can still come."""
    fact = facts.one(decision)
    return fact is not None and fact.kind in _TYPES and _grants(fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision of the actor's institution for which a credential could be issued."""

    address: Address
    kind: str
    name: str
    title: LangString
    on: date


def without_credential(*, actor: Actor) -> tuple[tuple[Decided, ...], bool]:
    """The latest standing decisions of the actor's institution that have no credential yet, and whether there are more.

    At most `SHOWN`, the latest first; all of them are found by whoever issues many at once.
    """
    own = actor.institution
    if own is None or not has_one_of(actor, *ISSUERS):
        return (), False
    due = (fact for fact in _without(own) if _grants(fact))
    found = list(islice(due, SHOWN + 1))
    more, found = len(found) > SHOWN, found[:SHOWN]
    names = learners.names(one.learner for one in found)
    return tuple(
        Decided(address=one.address, kind=one.kind, name=names[one.learner], title=_title(one), on=one.on)
        for one in found
    ), more


def _without(institution: Identifier) -> Iterator[Fact]:
    """The decisions of an institution that have no credential, the latest first."""
    for page in facts.pages_of_institution(institution, *_TYPES, latest_first=True):
        issued = store.having(fact.address for _, fact in page)
        yield from (fact for _, fact in page if fact.address not in issued)


def outdated(*, actor: Actor) -> tuple[Issued, ...]:
    """Credentials of the actor's institution that are valid although another decision has replaced theirs (R-RECOG-14).

    Only where a unit of a learner was decided about more than once is anything looked at.
    """
    own = actor.institution
    if own is None or not has_one_of(actor, *ISSUERS):
        return ()
    again = facts.decided_again(own, "recognition")
    issued = store.of_decisions(fact.address for fact in again)
    valid = {one.decision: one for one in issued if one.standing is not Standing.REVOKED}
    return tuple(valid[fact.address] for fact in again if fact.address in valid and not _stands(fact))


def names_of(found: Iterable[Issued]) -> dict[Identifier, str]:
    """What the learners of credentials are called."""
    return learners.names(one.learner for one in found)


def credential(key: UUID, *, actor: Actor) -> tuple[Issued, bytes]:
    """A credential with its bytes as they were signed: for the learner and the issuer. Raises `CredentialUnknown`."""
    found = store.one(key)
    if found is None or not _may_see(found, actor):
        raise CredentialUnknown(name=key)
    data = store.file(key)
    if not data:  # the learner was erased, and the credential with her name
        raise CredentialUnknown(name=key)
    return found, data


def draft_of(decision: Address, *, actor: Actor) -> CredentialDraft:
    """What a credential of a decision says, for other formats. Raises `CredentialUnknown`, `NotInEffect`."""
    return drafted(_decision(decision, actor))


class Held:
    """What is held here about learners (`mobility.actions.learners.rely_on`)."""

    def check(self, learner: Identifier) -> None:
        """Nothing here needs the data: a credential is the learner's own."""

    def forget(self, learner: Identifier) -> None:
        """Forget the credentials, which carry the name, and why any was revoked."""
        store.erase(learner)
        changes.forget_reasons(learner)


def _may_see(found: Issued, actor: Actor) -> bool:
    if learners.acts_as(actor, found.learner):
        return True
    return actor.institution == found.issuer and bool(has_one_of(actor, *READERS))


def _stands(fact: Fact) -> bool:
    if fact.kind == "award":
        return True
    return any(one.address == fact.address for one in in_effect(reading.recognitions(fact.learner)))


def _grants(fact: Fact) -> bool:
    """Whether a decision stands and grants something."""
    if not _stands(fact):
        return False
    return fact.kind == "award" or records.recorded(fact.address, Recognition).value.extent is not Extent.NONE


def _title(fact: Fact) -> LangString:
    if fact.kind == "recognition" and fact.unit is not None:
        return reading.unit(fact.unit).title
    return records.recorded(fact.address, Award).value.title


def _decision(decision: Address, actor: Actor) -> Fact:
    """The decision, for those who have a part in it; for everybody else there is none."""
    fact = facts.one(decision)
    if fact is None or fact.kind not in ("recognition", "award"):
        raise CredentialUnknown(name=decision)
    case = cases.with_record(decision)
    part = {fact.institution, *((case.home, case.hosting, case.body) if case else ())}
    staff = actor.institution in part and bool(actor.roles - {Role.LEARNER})
    if not staff and not learners.acts_as(actor, fact.learner):
        raise CredentialUnknown(name=decision)
    return fact


def drafted(fact: Fact) -> CredentialDraft:
    """What the credential of a decision says. Raises `CredentialUnknown`, `NotInEffect`, `DraftIncomplete`."""
    if fact.qualification is None:
        raise CredentialUnknown(name=fact.address)
    qualification, by = reading.qualification(fact.qualification), institutions.institution(fact.institution)
    person, standing = _person(fact.learner), in_effect(reading.recognitions(fact.learner))
    if fact.kind == "award":
        award = records.recorded(fact.address, Award)
        rests_on = [one for one in standing if one.address in award.value.recognitions]
        recognised = [(one, reading.unit(one.value.unit)) for one in rests_on]
        own = [(one, _achieved(one.value, qualification)) for one in reading.achievements(fact.learner)
               if one.address in award.value.recognitions]  # fmt: skip
        chain = dict.fromkeys(link for one, _ in recognised for link in _chain(one))
        return draft_of_award(award, recognised, qualification, by, person=person, own=own, chain=tuple(chain))
    recognition = records.recorded(fact.address, Recognition)
    if recognition.value.extent is Extent.NONE:
        raise NotInEffect(why=say("it grants nothing"))
    if not any(one.address == recognition.address for one in standing):
        raise NotInEffect(why=say("another decision has taken its place"))
    unit = reading.unit(recognition.value.unit)
    return draft_of_recognition(recognition, unit, qualification, by, person=person, chain=_chain(recognition))


def _achieved(own: Achievement, qualification: Qualification) -> AchievedUnit:
    """A unit passed at home as the certificate shows it; one that is not published here by its code alone."""
    link = next((one for one in qualification.units if one.unit == own.unit), None)
    unit = qualifications.find_unit(own.unit)
    code = own.code or (link.code if link else own.unit)
    return AchievedUnit(
        id=own.unit, code=code, title=unit.value.title if unit else LangString.of(en=code), extent=Extent.FULL,
        outcomes=unit.value.outcomes if unit else (), points=own.points or (link.points if link else None),
        eqf=unit.value.eqf if unit else None,
    )  # fmt: skip


def _chain(recognition: Recorded[Recognition]) -> tuple[Link, ...]:
    """The records before a recognition, back to the agreement or portfolio (spec: chain of proof)."""
    validation = records.recorded(recognition.value.validation, Validation)
    transcript = records.recorded(validation.value.transcript, Transcript)
    spoken = [one for entry in transcript.value.entries for one in entry.assessments]
    portfolio = records.record(transcript.value.basis).type is RecordType.PORTFOLIO
    return (
        Link(Proof.VALIDATION, validation.address), Link(Proof.TRANSCRIPT, transcript.address),
        *(Link(Proof.ASSESSMENT, one) for one in dict.fromkeys(spoken)),
        Link(Proof.PORTFOLIO if portfolio else Proof.AGREEMENT, transcript.value.basis),
    )  # fmt: skip


def _person(learner: Identifier) -> Person | None:
    """Who the learner is; the holder may withhold it when showing the credential."""
    return learners.known(learner).person
