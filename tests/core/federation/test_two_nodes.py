"""A model: two institutions and a learner, whose messages are lost, doubled, reordered and damaged on their way.

Whatever happens, nothing has two effects and the owner's seals are the same on both sides as far as they have come;
and once the network is quiet, both hold exactly the same.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.federation.samples import KEYS, key_at, known
from core.mobility.cast import ALBA, CUTTING, END, HAIRDRESSER, LYON, START, STAY, TURIN, at, text
from ecvet.errors import EcvetError
from ecvet.federation import (
    Circumstances,
    Deed,
    JournalHead,
    Kind,
    Line,
    Message,
    Outcome,
    Shared,
    arrived,
    contents,
    examine,
    fits,
    message,
    moment_of_seal,
    open_receipt,
    problem,
    process,
    read,
    receipt_for,
    receive,
    recipients,
    sign_receipt,
    sign_seal,
    sign_termination,
    signatories_of,
    signed_seal,
    state_of,
    taken_back,
)
from ecvet.mobility import AgreedUnit, LearningAgreement, Party, Role
from ecvet.partnership import Termination, head, in_force, may_seal, proposed, seal
from ecvet.record import Act, Address, Record, Signature, SigningKey, address_of, record, sign
from ecvet.record.canonical import JsonObject
from ecvet.terms import Identifier, Period

FIND = key_at()
HEAD = JournalHead(n=1, hash=address_of(b"1"))
KEY: dict[str, SigningKey] = KEYS


def agreement(words: str) -> LearningAgreement:
    return LearningAgreement(
        parties=(Party(role=Role.HOME, id=TURIN), Party(role=Role.HOSTING, id=LYON), Party(role=Role.LEARNER, id=ALBA)),
        period=Period(START, END),
        qualification=HAIRDRESSER,
        qualification_title=text("hairdresser"),
        units=(AgreedUnit(unit=CUTTING, code="cutting", title=text("cutting"), outcomes=frozenset({"cuts"})),),
        additional=text(words),
    )


@dataclass
class Node:
    """One institution: what it holds, what it has sent without a receipt, what has come."""

    me: Identifier
    other: Identifier
    skew: timedelta
    shared: Shared | None = None
    sent: dict[Identifier, Message] = field(default_factory=dict)
    open: dict[Identifier, Message] = field(default_factory=dict)
    line: Line = field(default_factory=Line)
    came: dict[Identifier, Address] = field(default_factory=dict)
    places: dict[int, Message] = field(default_factory=dict)
    receipts: dict[Identifier, str] = field(default_factory=dict)
    done: list[Identifier] = field(default_factory=list)
    outbox: list[Message] = field(default_factory=list)

    def act(self, kind: Kind, n: int, **more) -> bool:
        """Do something here and tell the other side, if the decisions of this side allow it."""
        item = self.write(kind, n, **more)
        found = process(item, self.shared, FIND)
        if found.refused is not None:
            return False
        self.shared = found.shared
        assert self.shared is not None
        assert recipients(self.shared, frozenset({self.me})) == (self.other,)
        self.send(item)
        return True

    def write(self, kind: Kind, n: int, **more) -> Message:
        return message(
            kind,
            id=Identifier(f"urn:uuid:0190a1b2-0000-7000-8000-{n:012x}"),
            sender=self.me,
            to=self.other,
            seq=len(self.sent) + 1,
            thread=STAY,
            **more,
        )

    def send(self, item: Message) -> None:
        self.sent[item.id] = self.open[item.id] = item
        self.outbox.append(item)

    def known(self, item: Message, now: datetime) -> Circumstances:
        place = self.places.get(item.seq)
        return Circumstances(
            caller=item.sender,
            sender=known(self.other),
            here=frozenset({self.me}),
            now=now + self.skew,
            key_at=FIND,
            same_id=self.came.get(item.id),
            same_place=place.digest if place else None,
            line=self.line,
            shared=self.shared,
        )

    def take(self, data: bytes, now: datetime, next_id: Callable[[], int]) -> str:
        """Receive bytes and give the receipt."""
        item = read(data)
        decision = receive(item, self.known(item, now))
        if decision.deed is Deed.REPEAT:
            return self.receipts[item.id]
        assert decision.deed in (Deed.STORE, Deed.HOLD), f"{self.me} refused {item.kind}: {decision.reason}"
        token = sign_receipt(receipt_for(item, Outcome.STORED, at=now, head=HEAD), KEY[self.me])
        self.came[item.id], self.places[item.seq], self.receipts[item.id] = item.digest, item, token
        self.line, ready = arrived(self.line, item.seq)
        assert (decision.deed is Deed.HOLD) == (item.seq not in ready)
        for seq in ready:
            self.process(self.places[seq], now, next_id)
        return token

    def process(self, item: Message, now: datetime, next_id: Callable[[], int]) -> None:
        assert item.id not in self.done, "an effect was doubled"
        self.done.append(item.id)
        assert examine(item, self.known(item, now)) is None
        if item.kind is Kind.ERROR:
            assert item.in_reply_to is not None
            self.shared = taken_back(self.shared, self.sent[item.in_reply_to])
            return
        owner = self.me == TURIN
        found = process(item, self.shared, FIND, from_owner=not owner)
        self.shared = found.shared
        if found.refused is not None:
            assert owner, f"what the owner sent was refused: {found.refused}"
            self.send(self.write(Kind.ERROR, next_id(), in_reply_to=item.id, note=JsonObject(problem(found.refused))))

    def receipted(self, token: str, item: Message) -> None:
        keys = {KEY[self.other].kid: KEY[self.other].public}
        assert fits(open_receipt(token, keys, by=self.other), item)
        self.open.pop(item.id, None)


class TwoNodes(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.now = at(date(2024, 3, 1))
        self.turin = Node(me=TURIN, other=LYON, skew=timedelta(0))
        self.lyon = Node(me=LYON, other=TURIN, skew=timedelta(seconds=45))
        self.nodes = {TURIN: self.turin, LYON: self.lyon}
        self.wire: list[Message] = []
        self.propose(TURIN)

    def tick(self, by: Node) -> datetime:
        self.now += timedelta(seconds=7)
        return self.now + by.skew

    def number(self) -> int:
        self.count += 1
        return self.count

    def after(self, by: Node) -> None:
        self.wire += by.outbox
        by.outbox.clear()

    def signature(self, by: Identifier, version: Address, act: Act, role: Role, when: datetime) -> Signature:
        signer = ALBA if role is Role.LEARNER else by
        reason = "It does not suit us." if act in (Act.REJECT, Act.WITHDRAW) else None
        return sign(Signature(object=version, signer=signer, role=role.value, act=act, at=when, reason=reason), KEY[by])

    # ------------------------------------------------------------ what people do
    @rule(by=st.sampled_from((TURIN, LYON)))
    def propose(self, by: Identifier) -> None:
        node = self.nodes[by]
        when = self.tick(node)
        base: Record | None = None
        if node.shared is not None:
            current = head(node.shared.thread, when.date())
            base = node.shared.thread.version(current) if current else node.shared.thread.versions[-1]
        elif by != TURIN:
            return
        made = record(agreement(f"version {self.number()}"), thread=STAY, author=by, at=when, prev=base)
        role = Role.HOME if by == TURIN else Role.HOSTING
        node.act(
            Kind.PROPOSE,
            self.number(),
            records=(made,),
            signatures=(self.signature(by, made.address, Act.ISSUE, role, when),),
        )
        self.after(node)

    @rule(
        by=st.sampled_from(((TURIN, Role.HOME), (TURIN, Role.LEARNER), (LYON, Role.HOSTING))),
        act=st.sampled_from((Act.ACCEPT, Act.ACCEPT, Act.ACCEPT, Act.REJECT, Act.WITHDRAW)),
        old=st.booleans(),
    )
    def answer(self, by: tuple[Identifier, Role], act: Act, old: bool) -> None:
        node = self.nodes[by[0]]
        if node.shared is None:
            return
        when = self.tick(node)
        found = node.shared.thread.versions[-1] if old else proposed(node.shared.thread, when.date())
        if found is not None:
            made = self.signature(by[0], found.address, act, by[1], when)
            node.act(Kind.SIGN, self.number(), signatures=(made,))
            self.after(node)

    @rule()
    def everybody_accepts_here(self) -> None:
        self.answer((TURIN, Role.HOME), Act.ACCEPT, False)
        self.answer((TURIN, Role.LEARNER), Act.ACCEPT, False)
        self.answer((LYON, Role.HOSTING), Act.ACCEPT, False)

    @rule()
    def seal(self) -> None:
        shared, when = self.turin.shared, self.tick(self.turin)
        found = proposed(shared.thread, when.date()) if shared else None
        if shared is None or found is None:
            return
        moment, among = moment_of_seal(when, shared.thread.signatures), signatories_of(found)
        if not may_seal(shared.thread, found.address, among, by=TURIN, at=moment):
            return
        made = seal(shared.thread, found.address, among, by=TURIN, at=moment, in_force_from=moment.date())
        token = sign_seal(
            signed_seal(made, STAY, replaces=shared.seals[-1].object if shared.seals else None), KEY[TURIN]
        )
        assert self.turin.act(Kind.SEAL, self.number(), signatures=made.signatures, statements=(token,))
        self.after(self.turin)

    @rule(by=st.sampled_from((TURIN, LYON)))
    def end(self, by: Identifier) -> None:
        node = self.nodes[by]
        when = self.tick(node)
        found = in_force(node.shared.thread, when.date()) if node.shared else None
        if found is not None:
            notice = Termination(object=found.address, by=by, at=when, reason="We close.", last_day=END)
            node.act(Kind.SIGN, self.number(), statements=(sign_termination(notice, STAY, KEY[by]),))
            self.after(node)

    # ------------------------------------------------------------ what the network does
    def deliver(self, item: Message, *, receipt_lost: bool = False) -> None:
        receiver, sender = self.nodes[item.to], self.nodes[item.sender]
        token = receiver.take(item.data, self.now, self.number)
        if not receipt_lost:
            sender.receipted(token, item)
        self.after(receiver)

    @precondition(lambda self: self.wire)
    @rule(data=st.data(), twice=st.booleans(), receipt_lost=st.booleans())
    def something_arrives(self, data: st.DataObject, twice: bool, receipt_lost: bool) -> None:
        item = self.wire.pop(data.draw(st.integers(0, len(self.wire) - 1)))
        self.deliver(item, receipt_lost=receipt_lost)
        if twice:
            self.deliver(item, receipt_lost=receipt_lost)

    @precondition(lambda self: self.wire)
    @rule(data=st.data())
    def something_is_lost(self, data: st.DataObject) -> None:
        self.wire.pop(data.draw(st.integers(0, len(self.wire) - 1)))

    @precondition(lambda self: self.wire)
    @rule(data=st.data(), place=st.integers(0, 5000), by=st.integers(1, 255))
    def something_is_damaged(self, data: st.DataObject, place: int, by: int) -> None:
        """Damaged bytes do not fit the digest that was signed; even if they did, nothing of them would count."""
        item = self.wire[data.draw(st.integers(0, len(self.wire) - 1))]
        damaged = bytearray(item.data)
        damaged[place % len(damaged)] ^= by
        node = self.nodes[item.to]
        before = node.shared
        try:
            broken = read(bytes(damaged))
        except EcvetError:
            return
        assert broken.digest != item.digest
        decision = receive(
            broken,
            Circumstances(
                caller=item.sender,
                sender=known(item.sender),
                here=frozenset({node.me}),
                now=self.now,
                key_at=FIND,
                same_id=item.digest,
                line=node.line,
                shared=node.shared,
            ),
        )
        assert decision.deed is not Deed.STORE or broken.id != item.id
        assert node.shared is before

    @rule(by=st.sampled_from((TURIN, LYON)))
    def it_is_sent_again(self, by: Identifier) -> None:
        self.wire += self.nodes[by].open.values()

    # ------------------------------------------------------------ what must always be so
    @invariant()
    def the_seals_are_the_same_as_far_as_they_have_come(self) -> None:
        here = [one.token for one in self.turin.shared.seals] if self.turin.shared else []
        there = [one.token for one in self.lyon.shared.seals] if self.lyon.shared else []
        assert there == here[: len(there)]

    @invariant()
    def nobody_is_convicted(self) -> None:
        for node in self.nodes.values():
            assert node.shared is None or not node.shared.disputed

    def teardown(self) -> None:
        """The network becomes quiet: everything without a receipt is sent again until there is nothing left."""
        for _ in range(200):
            if not self.wire and not self.turin.open and not self.lyon.open:
                break
            waiting = [*self.wire, *self.turin.open.values(), *self.lyon.open.values()]
            self.wire = []
            for item in waiting:
                self.deliver(item)
        assert not self.turin.open
        assert not self.lyon.open
        here, there = self.turin.shared, self.lyon.shared
        assert here is not None
        assert there is not None
        assert state_of(contents(here.thread, (one.token for one in here.seals))) == state_of(
            contents(there.thread, (one.token for one in there.seals))
        )
        today = self.now.date()
        assert in_force(here.thread, today) == in_force(there.thread, today)
        assert proposed(here.thread, today) == proposed(there.thread, today)
        assert not self.lyon.line.waiting
        assert len(self.lyon.done) == len(self.turin.sent)
        assert len(self.turin.done) == len(self.lyon.sent)


TwoNodes.TestCase.settings = settings(settings(), stateful_step_count=40)
TestTwoNodes = TwoNodes.TestCase
