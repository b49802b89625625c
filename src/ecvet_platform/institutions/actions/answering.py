"""Who answers a memorandum, and until when: handing the signature on, asking again, the calls that a day brings."""

from ecvet.partnership import Signatory, read_memorandum, respond_by, signatories
from ecvet.partnership.errors import NotASignatory
from ecvet.partnership.force import PARTY_ROLE
from ecvet.record import Address
from ecvet.terms import Identifier, require
from ecvet_platform.institutions.actions import asking, memoranda, threads
from ecvet_platform.institutions.store import memoranda as store
from ecvet_platform.people.roles import Actor, has_one_of
from ecvet_platform.people.store import Account


def colleagues(actor: Actor) -> tuple[Account, ...]:
    """To whom the actor may hand the signature of his institution."""
    if actor.institution is None or not has_one_of(actor, *memoranda.SIGNERS):
        return ()
    return asking.colleagues(actor.institution, memoranda.SIGNERS, besides=actor.person)


def delegate(thread: Identifier, version: Address, to: Identifier, *, actor: Actor) -> None:
    """Hand the signature to a colleague. Raises `NotYourRole`, `MemorandumUnknown`, and what `asking.delegate` does."""
    by, among = _asked(thread, version, actor)
    asking.delegate(
        thread, version, thing=memoranda.THING, signatory=Signatory(role=PARTY_ROLE, id=by), among=among,
        signers=memoranda.SIGNERS, to=to, actor=actor,
    )  # fmt: skip


def ask_again(thread: Identifier, version: Address, *, actor: Actor) -> tuple[Signatory, ...]:
    """Send the request again to the parties that have not signed. Raises as `asking.ask_again`, `NotYourRole`."""
    _by, among = _asked(thread, version, actor)
    return asking.ask_again(thread, version, thing=memoranda.THING, among=among, actor=actor)


def call_day(*, batch: int = 500) -> int:
    """Make today's calls about all memoranda that wait for somebody; how many were made. For a daily task."""
    made, after = 0, None
    while lines := store.awaited(after=after, limit=batch):
        for line in lines:
            known = threads.thread(line.thread)
            assert known is not None
            assert line.proposed is not None
            item = known.version(line.proposed)
            made += asking.call(
                line.thread, item.address, thing=memoranda.THING, among=signatories(read_memorandum(item)),
                until=respond_by(item),
            )  # fmt: skip
        after = lines[-1].thread
    return made


def _asked(thread: Identifier, version: Address, actor: Actor) -> tuple[Identifier, tuple[Signatory, ...]]:
    """The institution for which the actor speaks, and whose signatures the version needs."""
    require(has_one_of(actor, *memoranda.SIGNERS))
    among = signatories(memoranda.version(thread, version, actor=actor))
    if actor.institution is None or actor.institution not in {one.id for one in among}:
        raise NotASignatory(signer=actor.person, act="ask", role=PARTY_ROLE)
    return actor.institution, among
