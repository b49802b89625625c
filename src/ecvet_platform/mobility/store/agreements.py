"""Rows ↔ the index of learning agreements and of what was told about their stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from ecvet.mobility import LearningAgreement, MobilityEvent, MobilityReview, Reason, Role, State, assessing
from ecvet.partnership import AgreementState, Evaluation, Signatory
from ecvet.record import Address, Record
from ecvet.terms import Identifier
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.models import AgreementRow, PartyRow, StayEntryRow
from ecvet_platform.qualifications.naming import fold, fold_all, key_of
from ecvet_platform.qualifications.paging import day, one_of, page, words

EVENT: Final = "event"
EVALUATION: Final = "evaluation"
REVIEW: Final = "review"
ASSESSING: Final = "assessing"
"""The part of an institution that assesses in the host's place and signs nothing."""
_LINE: Final = (
    "thread", "learner_id", "home", "hosting", "qualification", "title", "memorandum", "head", "in_force", "proposed",
    "state", "stay", "starts", "ends", "group", "learner__name",
    "respond_by", "reason",
)  # fmt: skip

_LINES: Final = """
SELECT a.thread, a.learner_id, a.home, a.hosting, a.qualification, a.title, a.memorandum, a.head, a.in_force,
    a.proposed, a.state, a.stay, DATE(a.starts), DATE(a.ends), a."group", l.name, a.respond_by,
    a.reason
FROM mobility_agreement a JOIN mobility_learner l ON l.id = a.learner_id
WHERE a.thread IN (SELECT agreement_id FROM mobility_party WHERE party"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an agreement stands, as the core computed it from its thread."""

    head: Address
    in_force: Address | None
    proposed: Address | None
    state: AgreementState
    waiting: frozenset[Signatory]
    respond_by: date | None = None


class Line(NamedTuple):
    """One agreement as lists show it; the dates are those of the version in force, else of the latest."""

    thread: Identifier
    learner: Identifier
    home: Identifier
    hosting: Identifier
    qualification: Identifier
    title: str
    memorandum: Address | None
    head: Address
    in_force: Address | None
    proposed: Address | None
    state: str
    stay: str | None
    starts: date
    ends: date | None
    group: Address | None
    name: str
    respond_by: date | None = None
    reason: str = ""

    @property
    def called(self) -> str:
        """The learner's name, or the pseudonym once it was erased."""
        return self.name or self.learner

    @property
    def key(self) -> UUID:
        """The key in addresses."""
        return key_of(self.thread)


def party(item: LearningAgreement, role: Role) -> Identifier:
    """Who has a role in an agreement that the core has let pass: home, hosting institution and learner are there."""
    found = item.party(role)
    assert found is not None, "a proposed agreement has its three parties (R-LA-1)"
    return found


def put(
    thread: Identifier, item: LearningAgreement, standing: Standing, *, stay: State | None, at: datetime,
    names: Iterable[str], concerned: Iterable[LearningAgreement] = (),
) -> None:  # fmt: skip
    """Write the index of an agreement anew.

    `item` is the version that speaks for it; the parties of the versions `concerned` may see it too.
    """
    row, _ = AgreementRow.objects.update_or_create(
        thread=thread,
        defaults={
            "learner_id": party(item, Role.LEARNER), "home": party(item, Role.HOME),
            "hosting": party(item, Role.HOSTING),
            "qualification": item.qualification, "title": str(item.qualification_title), "memorandum": item.memorandum,
            "head": standing.head, "in_force": standing.in_force, "proposed": standing.proposed,
            "state": standing.state.value, "stay": stay.value if stay else None, "starts": item.period.start,
            "ends": item.period.end, "respond_by": standing.respond_by, "group": item.group, "changed": at,
            "folded": fold_all(item.qualification_title, *(unit.title for unit in item.units), *names),
        },
    )  # fmt: skip
    sides = dict.fromkeys((side.role.value, side.id) for one in (item, *concerned) for side in one.parties)
    for one in (item, *concerned):
        if (assessor := assessing(one)) not in {None, party(one, Role.HOSTING)}:
            sides[(ASSESSING, assessor)] = None
    waiting = {(one.role, one.id) for one in standing.waiting}
    PartyRow.objects.filter(agreement=row).delete()
    PartyRow.objects.bulk_create(
        PartyRow(agreement=row, role=role, party=name, waiting=(role, name) in waiting) for role, name in sides
    )


def set_stay(thread: Identifier, stay: State, *, at: datetime, reason: Reason | None = None) -> None:
    """Note where the stay stands, and why it stopped where it did."""
    why = reason.value if reason else ""
    AgreementRow.objects.filter(thread=thread).update(stay=stay.value, reason=why, changed=at)


def line(thread: Identifier) -> Line | None:
    """One agreement's line."""
    row = AgreementRow.objects.filter(thread=thread).values_list(*_LINE).first()
    return Line(*row) if row else None


def sides(thread: Identifier) -> frozenset[Signatory]:
    """Everybody who has a part in an agreement."""
    rows = PartyRow.objects.filter(agreement_id=thread).values_list("role", "party")
    return frozenset(Signatory(role=role, id=Identifier(party)) for role, party in rows)


def of(
    parties: Iterable[Identifier], *, search: str = "", state: str = "", stay: str = "",
    learner: Identifier | None = None, skip: int = 0, limit: int = 50,
) -> tuple[tuple[Line, ...], int]:  # fmt: skip
    """The agreements in which one of these has a part, the latest change first, and how many there are."""
    own = list(parties)
    also, wanted = words(search, "a.folded", "l.folded")
    narrowed = {"a.state": state, "a.stay": stay, "a.learner_id": learner}
    chosen = {column: value for column, value in narrowed.items() if value}
    also = "".join(f" AND {one} = %s" for one in chosen) + also
    sql, values = f"{_LINES} {one_of(own)}){also} ORDER BY a.changed DESC, a.thread", [*own, *chosen.values(), *wanted]
    found, count = page(sql, values, skip=skip, limit=limit, reading={12: day, 13: day, 16: day})
    return tuple(map(Line._make, found)), count


def after(parties: Iterable[Identifier], cursor: Identifier | None, limit: int) -> tuple[Line, ...]:
    """The same in the order in which they were begun, after a cursor."""
    rows = _found(parties, "", "", "", None).filter(thread__gt=cursor or "").order_by("thread")
    return tuple(Line(*row) for row in rows.values_list(*_LINE)[:limit])


def of_learner(name: Identifier) -> tuple[Line, ...]:
    """All agreements of a learner, the first one first."""
    rows = AgreementRow.objects.filter(learner_id=name).order_by("starts", "thread").values_list(*_LINE)
    return tuple(Line(*row) for row in rows)


def of_group(text: Address, institution: Identifier) -> tuple[Line, ...]:
    """The agreements made from a common text in which an institution has a part, by the learners' names."""
    mine = PartyRow.objects.filter(party=institution).values("agreement_id")
    rows = AgreementRow.objects.filter(group=text, thread__in=mine).order_by("learner__folded", "thread")
    return tuple(Line(*row) for row in rows.values_list(*_LINE))


def last_between(home: Identifier, hosting: Identifier) -> Address | None:
    """The head of the latest agreement between two institutions."""
    rows = AgreementRow.objects.filter(home=home, hosting=hosting).order_by("-changed")
    found = rows.values_list("head", flat=True).first()
    return Address(found) if found else None


def waits_for(parties: Iterable[Identifier]) -> tuple[tuple[Identifier, Role, Line], ...]:
    """The agreements that wait for the signature of one of these, with the role in which."""
    rows = PartyRow.objects.filter(party__in=list(parties), waiting=True).order_by("agreement__starts", "agreement_id")
    found = rows.values_list("party", "role", *(f"agreement__{name}" for name in _LINE))
    return tuple((Identifier(row[0]), Role(row[1]), Line(*row[2:])) for row in found)


def missing(
    parties: Iterable[Identifier], *, limit: int = 50
) -> tuple[tuple[Line, tuple[tuple[Role, Identifier], ...]], ...]:  # fmt: skip
    """The agreements in which one of these has a part and others have still to sign: who, in which role."""
    own = list(parties)
    mine = PartyRow.objects.filter(party__in=own).values("agreement_id")
    rows = PartyRow.objects.filter(agreement_id__in=mine, waiting=True).exclude(party__in=own)
    found: dict[Line, list[tuple[Role, Identifier]]] = {}
    ordered = rows.order_by("agreement__starts", "agreement_id", "id")
    for row in ordered.values_list("role", "party", *(f"agreement__{name}" for name in _LINE))[:limit]:
        found.setdefault(Line(*row[2:]), []).append((Role(row[0]), Identifier(row[1])))
    return tuple((line, tuple(who)) for line, who in found.items())


def awaited(*, after: Identifier | None, limit: int) -> tuple[Line, ...]:
    """All agreements that wait for somebody's signature, in the order in which they were begun, after a cursor."""
    rows = AgreementRow.objects.exclude(proposed=None).filter(parties__waiting=True, thread__gt=after or "").distinct()
    return tuple(Line(*row) for row in rows.order_by("thread").values_list(*_LINE)[:limit])


def ready_to_seal(home: Identifier) -> tuple[Line, ...]:
    """A home institution's agreements with a proposed version that everybody has accepted."""
    rows = AgreementRow.objects.filter(home=home).exclude(proposed=None).exclude(parties__waiting=True)
    return tuple(Line(*row) for row in rows.order_by("starts", "thread").values_list(*_LINE))


def stays(
    *, home: Identifier | None = None, hosting: Identifier | None = None, among: Iterable[State]
) -> tuple[Line, ...]:
    """The stays of a home or hosting institution that stand in one of these states."""
    rows = AgreementRow.objects.filter(stay__in=[one.value for one in among])
    if home is not None:
        rows = rows.filter(home=home)
    if hosting is not None:
        rows = rows.filter(hosting=hosting)
    return tuple(Line(*row) for row in rows.order_by("starts", "thread").values_list(*_LINE))


# ------------------------------------------------------------- the stay
def add_entry(thread: Identifier, kind: str, item: Record) -> Address:
    """Keep a record about the stay, in the order of telling."""
    address = records.keep(item)
    position = StayEntryRow.objects.filter(agreement_id=thread).count()
    StayEntryRow.objects.create(agreement_id=thread, kind=kind, position=position, record=address)
    return address


def entries(thread: Identifier) -> tuple[Address, ...]:
    """The records about a stay, in the order of telling."""
    rows = StayEntryRow.objects.filter(agreement_id=thread).order_by("position")
    return tuple(Address(address) for address in rows.values_list("record", flat=True))


def events(thread: Identifier) -> tuple[MobilityEvent, ...]:
    """What happened during a stay, in the order in which it was told."""
    return records.values_of(_entries(thread, EVENT), MobilityEvent)


def told(thread: Identifier) -> tuple[Address, ...]:
    """The addresses of what was told of a stay, in that order."""
    return _entries(thread, EVENT)


def evaluations(thread: Identifier) -> tuple[Evaluation, ...]:
    """The entries of the quality cycle about a stay."""
    return tuple(records.recorded(address, Evaluation).value for address in _entries(thread, EVALUATION))


def review(thread: Identifier) -> MobilityReview | None:
    """The last review of a stay."""
    found = [records.recorded(address, MobilityReview).value for address in _entries(thread, REVIEW)]
    return found[-1] if found else None


def _entries(thread: Identifier, kind: str) -> tuple[Address, ...]:
    rows = StayEntryRow.objects.filter(agreement_id=thread, kind=kind).order_by("position")
    return tuple(Address(address) for address in rows.values_list("record", flat=True))


def _found(
    parties: Iterable[Identifier], search: str, state: str, stay: str, learner: Identifier | None
) -> "QuerySet[AgreementRow]":
    parts = PartyRow.objects.filter(party__in=list(parties)).values("agreement_id")
    rows = AgreementRow.objects.filter(thread__in=parts)
    if state:
        rows = rows.filter(state=state)
    if stay:
        rows = rows.filter(stay=stay)
    if learner is not None:
        rows = rows.filter(learner_id=learner)
    for word in fold(search).split():
        rows = rows.filter(Q(folded__contains=word) | Q(learner__folded__contains=word))
    return rows
