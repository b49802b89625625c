"""Signing agreements in one's own role, bringing them into force, ending them."""

from datetime import date

from django.db import transaction

from ecvet.mobility import LearningAgreement, Mandate, may_sign, read, signatories
from ecvet.mobility import Role as Part
from ecvet.mobility import seal as into_force
from ecvet.partnership import Signatory, in_force, outstanding
from ecvet.record import Act, Address, Signature
from ecvet.saying import say
from ecvet.terms import Identifier, Period, require
from ecvet_platform.institutions.actions import threads
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements
from ecvet_platform.mobility.errors import NotYourPart
from ecvet_platform.people.roles import Actor, has_one_of


# ------------------------------------------------------------- sign and seal
@transaction.atomic
def answer(
    thread: Identifier, version: Address, act: Act, *, actor: Actor, role: Part | None = None, reason: str = ""
) -> None:
    """Accept, reject or withdraw a version in one's own role; `role` chooses where somebody has several.

    A learner's and a guardian's signature is made through the account and with the key of the home institution, which
    the signature's `kid` says. When the home institution accepts last, it brings the version into force.
    Raises `AgreementUnknown`, `NotASignatory`, `NotAuthorised`, `ReasonMissing`, `ProposalStale`, `StepNotPossible`.
    """
    known = agreements.held(thread, actor)
    item = read(known.version(version)).value
    among = signatories(item)
    me = _signatory(item, among, agreements.mine(actor, known), role, act, author=known.version(version).author)
    statement = Signature(
        object=version, signer=me.id, role=me.role, act=act, at=clock.now(), reason=reason.strip() or None
    )
    require(may_sign(known, statement, person=_person(actor, me), mandates=_mandates(actor)))
    key_of = me.id if me.role in agreements.INSTITUTIONS else known.owner
    threads.sign(
        thread, version, thing=agreements.THING, act=act, signatory=me, among=among, key_of=key_of, actor=actor,
        reason=reason.strip(),
    )  # fmt: skip
    now = agreements.seen(thread, actor)
    if act is Act.ACCEPT and me.id == known.owner and not outstanding(now, version, among, clock.now()):
        seal(thread, version, actor=actor)
    agreements.index(thread)


@transaction.atomic
def seal(thread: Identifier, version: Address, *, actor: Actor) -> None:
    """Bring a version that all have accepted into force: the home institution's act (R-LA-1, R-LA-12).

    Raises `NotYourRole`, `NotTheOwner`, `AcceptancesMissing`, `ChangeIsLate`, `StepNotPossible`, `AgreementUnknown`.
    """
    require(has_one_of(actor, *agreements.SIGNERS))
    known = agreements.held(thread, actor)
    made = into_force(known, version, by=agreements.institution(actor), at=clock.now())
    threads.bring_into_force(thread, made, thing=agreements.THING, actor=actor)
    agreements.index(thread)


@transaction.atomic
def terminate(thread: Identifier, *, actor: Actor, reason: str, last_day: date) -> None:
    """End the version in force after a day. Raises `NotASignatory`, `ReasonMissing`, `StepNotPossible` and others."""
    require(has_one_of(actor, *agreements.SIGNERS))
    known = agreements.held(thread, actor)
    version = (in_force(known, clock.today()) or known.versions[-1]).address
    among = signatories(read(known.version(version)).value)
    threads.terminate(
        thread, version, thing=agreements.THING, among=among, by=agreements.institution(actor), actor=actor,
        reason=reason, last_day=last_day,
    )  # fmt: skip
    agreements.index(thread)


# ------------------------------------------------------------- inside
def _signatory(
    item: LearningAgreement, among: tuple[Signatory, ...], mine: frozenset[Signatory], role: Part | None, act: Act,
    *, author: Identifier,
) -> Signatory:  # fmt: skip
    parties = [Signatory(role=party.role.value, id=party.id) for party in item.parties]
    own = [one for one in parties if one in mine and (role is None or one.role == role.value)]
    own.sort(key=lambda one: one not in among)
    if not own:
        raise NotYourPart(verb=act.value, whose=role.value if role else say("those who are named in it"))
    if act is Act.WITHDRAW:
        own.sort(key=lambda one: one.id != author)
    return own[0]


def _person(actor: Actor, me: Signatory) -> Identifier:
    return actor.person if me.role in agreements.INSTITUTIONS else me.id


def _mandates(actor: Actor) -> tuple[Mandate, ...]:
    """A coordinator is authorised by the role that the institution gave, for as long as it is held."""
    if actor.institution is None or not has_one_of(actor, *agreements.SIGNERS):
        return ()
    today = clock.today()
    return (Mandate(institution=actor.institution, person=actor.person, valid=Period(today, today)),)
