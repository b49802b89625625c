"""Who signs an agreement, and until when: handing the signature on, asking again, the calls that a day brings."""

from ecvet.mobility import read, signatories
from ecvet.partnership import Signatory, respond_by
from ecvet.record import Address
from ecvet.saying import say
from ecvet.terms import Identifier, require
from ecvet_platform.institutions.actions import asking, threads
from ecvet_platform.mobility.actions import agreements
from ecvet_platform.mobility.errors import NotYourPart
from ecvet_platform.mobility.store import agreements as store
from ecvet_platform.people.roles import Actor, has_one_of
from ecvet_platform.people.store import Account


def colleagues(actor: Actor) -> tuple[Account, ...]:
    """To whom the actor may hand the signature of his institution."""
    if actor.institution is None or not has_one_of(actor, *agreements.SIGNERS):
        return ()
    return asking.colleagues(actor.institution, agreements.SIGNERS, besides=actor.person)


def delegate(thread: Identifier, version: Address, to: Identifier, *, actor: Actor) -> None:
    """Hand the signature of the actor's institution to a colleague who may sign for it (7.5, cases 2 and 3).

    Learners and guardians sign for themselves. Raises `NotYourRole`, `NotYourPart`, `AgreementUnknown`, and what
    `institutions.actions.asking.delegate` raises.
    """
    among = _asked(thread, version, actor)
    mine = next((one for one in among if one.id == actor.institution and one.role in agreements.INSTITUTIONS), None)
    if mine is None:
        raise NotYourPart(verb="delegate", whose=say("an institution that signs"))
    asking.delegate(
        thread, version, thing=agreements.THING, signatory=mine, among=among, signers=agreements.SIGNERS, to=to,
        actor=actor,
    )  # fmt: skip


def ask_again(thread: Identifier, version: Address, *, actor: Actor) -> tuple[Signatory, ...]:
    """Send the request again to those who have not signed. Raises `NotYourRole`, `AgreementUnknown`, `AskedToday`."""
    among = _asked(thread, version, actor)
    return asking.ask_again(thread, version, thing=agreements.THING, among=among, actor=actor)


def call_day(*, batch: int = 500) -> int:
    """Make today's calls about all agreements that wait for somebody; how many were made. For a daily task."""
    made, after = 0, None
    while lines := store.awaited(after=after, limit=batch):
        for line in lines:
            known = threads.thread(line.thread)
            assert known is not None
            assert line.proposed is not None
            version = known.version(line.proposed)
            item = read(version).value
            made += asking.call(
                line.thread, version.address, thing=agreements.THING, among=signatories(item),
                until=respond_by(version, item.period.start),
            )  # fmt: skip
        after = lines[-1].thread
    return made


def _asked(thread: Identifier, version: Address, actor: Actor) -> tuple[Signatory, ...]:
    require(has_one_of(actor, *agreements.SIGNERS))
    return signatories(agreements.version(thread, version, actor=actor))
