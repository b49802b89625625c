"""Learning agreements and stays as institutions on servers of their own tell them.

The learner of a partner is known here by pseudonym, and by name where the partner sends the person beside the record.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from ecvet.mobility import (
    Learner,
    MobilityEvent,
    after,
    may_tell,
    read,
    signatories,
    stay_of,
)
from ecvet.mobility import Role as Part
from ecvet.partnership import Seal, Termination
from ecvet.record import Person, PersonRef, Record, Signature, value
from ecvet.saying import say
from ecvet.terms import Identifier, require
from ecvet_platform.institutions.actions import received, register, threads
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal.chain import By
from ecvet_platform.mobility.actions import agreements, stays
from ecvet_platform.mobility.actions import learners as keeping
from ecvet_platform.mobility.errors import AgreementUnfit, LearnerNotSent, NotYourPart
from ecvet_platform.mobility.store import agreements as store
from ecvet_platform.mobility.store import learners


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The person to whom records commit, with the salt, as a partner sends them beside a record."""

    ref: PersonRef
    salt: bytes
    person: Person


@transaction.atomic
def version(
    item: Record, signatures: Iterable[Signature], beside: Iterable[Beside] = (), *, by: By, from_owner: bool = False
) -> bool:  # fmt: skip
    """Keep a version of an agreement that its author proposed; whether it was new.

    The first version is the home institution's, which keeps the document. Raises `AgreementUnfit`, `LearnerNotSent`,
    `NotYourPart`, and what `received.version` raises.
    """
    draft, known = read(item).value, threads.thread(item.thread)
    parties = {role: draft.party(role) for role in (Part.HOME, Part.HOSTING, Part.LEARNER)}
    if missing := [role.value for role, who in parties.items() if who is None]:
        raise AgreementUnfit(why=say("it names no {listed}", listed=" and no ".join(missing)))
    home, learner = store.party(draft, Part.HOME), store.party(draft, Part.LEARNER)
    if known is None and item.author != home:
        raise NotYourPart(verb="propose", whose="the home institution")
    if known is not None and (known.owner != home or item.author not in parties.values()):
        raise NotYourPart(verb="propose", whose="the home or the hosting institution")
    if register.elsewhere([home]):
        _meet(learner, home, item.person_ref, tuple(beside))
    elif learners.learner(learner) is None:
        raise LearnerNotSent(learner=learner)
    new = received.version(
        item, signatures, thing=agreements.THING, owner=home, among=signatories(draft), by=by, from_owner=from_owner
    )  # fmt: skip
    agreements.index(item.thread)
    return new


@transaction.atomic
def turn(
    thread: Identifier, said: Signature | Seal | Termination, *, by: By, from_owner: bool = False
) -> bool:  # fmt: skip
    """Keep a signature, seal or notice; whether it was new. Raises what `received.turn` raises."""
    among = signatories(read(received.thread(thread).version(said.object)).value)
    new = received.turn(thread, said, thing=agreements.THING, among=among, by=by, from_owner=from_owner)
    agreements.index(thread)
    return new


@transaction.atomic
def event(item: Record, signatures: Iterable[Signature], *, by: By) -> bool:
    """Keep what a partner tells of a stay; whether it was new.

    Raises `NotYourPart`, `AgreementUnknown`, `StepNotPossible`, `StepNotYours`, `ReasonMissing`, `EventOutOfOrder`,
    `EndsBeforeAgreed`, `NotBeforeAgreedEnd`, `SignatureNotTheirs`.
    """
    told = value(MobilityEvent, item.terms)
    thread = told.stay
    if item.address in store.entries(thread):
        return False
    known = agreements.thread(thread)
    sides = {one.role: one.id for one in store.sides(thread)}
    teller = told.by if told.by in (Part.HOME, Part.HOSTING) else Part.HOME  # home speaks for its learner
    if sides.get(teller.value) != item.author:
        raise NotYourPart(verb="tell what happens", whose=say("the {value} institution", value=teller.value))
    now = after(stay_of(store.events(thread)), told)
    require(may_tell(told, stays.agreed_on(known, told.on)))
    address = store.add_entry(thread, store.EVENT, item)
    received.issued(address, signatures, item.author)
    journal.write(f"stay.{told.verb.value.replace(' ', '-')}", by=by, subject=thread, record=address)
    if now.state is not None:
        store.set_stay(thread, now.state, at=clock.now(), reason=now.reason)
    agreements.index(thread)
    return True


@transaction.atomic
def forgotten(learner: Identifier, *, by: By) -> bool:
    """Forget a partner's learner who was erased at home; whether there was anything to forget (R-DATA-2).

    Records keep her pseudonym and still verify. Raises `NotYourPart`, and while a duty remains here
    `LearnerStillBound`, `StillNeeded`: then her home is told why.
    """
    known = learners.learner(learner)
    if known is None or known.erased is not None:
        return False
    if known.home != by.institution:
        raise NotYourPart(verb="erase", whose="the home institution")
    keeping.forget(known, by=by)
    return True


def _meet(name: Identifier, home: Identifier, ref: PersonRef | None, beside: tuple[Beside, ...]) -> None:
    """Know a partner's learner from now on; what is known is not changed by what another version leaves out."""
    if learners.learner(name) is not None:
        return
    sent = next((one for one in beside if one.ref == ref), None)
    if ref is None or sent is None:
        raise LearnerNotSent(learner=name)
    found = Learner(id=name, ref=ref, person=sent.person)
    learners.add(found, home=home, salt=sent.salt, account=None, guardian=None, at=clock.now())
