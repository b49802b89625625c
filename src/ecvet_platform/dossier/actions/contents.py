"""Everything that is held about a learner, gathered from all rooms for herself and her guardian (R-DATA-2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from ecvet.credit.achievement import Achievement
from ecvet.record import Address
from ecvet.terms import Identifier, LangString
from ecvet_platform.credentials.actions import issue
from ecvet_platform.credentials.store import credentials
from ecvet_platform.credit.actions import accumulate, ahead, learners
from ecvet_platform.credit.actions.accumulate import Standing
from ecvet_platform.credit.actions.ahead import Ahead
from ecvet_platform.credit.actions.documents.printing import PRINTED
from ecvet_platform.credit.store import cases, facts
from ecvet_platform.credit.store.cases import Case
from ecvet_platform.credit.store.facts import Fact
from ecvet_platform.dossier.errors import DossierUnknown
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import learners as learning
from ecvet_platform.mobility.actions.learners import Known as Known
from ecvet_platform.mobility.store import agreements
from ecvet_platform.mobility.store.agreements import Line
from ecvet_platform.mobility.store.learners import Enrolment, enrolments
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications import actions as qualifications


class Kind(StrEnum):
    """What a document of the record is."""

    AGREEMENT = "agreement"
    PORTFOLIO = "portfolio"
    ASSESSMENT = "assessment"
    TRANSCRIPT = "transcript"
    REQUEST = "request"
    VALIDATION = "validation"
    RECOGNITION = "recognition"
    APPEAL = "appeal"
    ACHIEVEMENT = "achievement"
    AWARD = "award"
    CREDENTIAL = "credential"


_CREDENTIAL: Final = "credential:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One document of the record. `id` names it in a share link: the address of its record, or the credential's key.

    `printed` says whether there is a PDF of it; `thread` is that of an agreement or portfolio.
    """

    id: str
    kind: Kind
    title: LangString
    on: date
    by: Identifier
    address: Address | None = None
    thread: Identifier | None = None
    credential: UUID | None = None
    printed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """One unit on its way: where it stands, and who acts next."""

    case: Case
    title: LangString
    ahead: Ahead | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A learner's whole record; `names` are those of institutions, `titles` of qualifications, `called` of units."""

    learner: Known
    enrolments: tuple[Enrolment, ...]
    agreements: tuple[Line, ...]
    units: tuple[UnitLine, ...]
    standings: tuple[Standing, ...]
    items: tuple[Item, ...]
    names: Mapping[Identifier, str]
    titles: Mapping[Identifier, LangString]
    called: Mapping[str, LangString]

    def of_kind(self, *kinds: str) -> tuple[Item, ...]:
        """The documents of these kinds, the first one first."""
        return tuple(one for one in self.items if one.kind in kinds)


def mine(actor: Actor) -> tuple[Known, ...]:
    """The learners as whom somebody reads a record: herself, and those whose guardian she is."""
    found = (*learning.mine(actor), *learning.wards(actor))
    return tuple({one.id: one for one in found}.values())


def owned(learner: Identifier, actor: Actor) -> Known:
    """The learner, for herself and her guardian. Raises `DossierUnknown` for everybody else, staff included."""
    if not learners.acts_as(actor, learner):
        raise DossierUnknown(name=learner)
    return learners.known(learner)


def dossier(learner: Identifier, *, actor: Actor) -> Dossier:
    """The whole record, for the learner and her guardian. Raises `DossierUnknown`."""
    found, lines, known = owned(learner, actor), agreements.of_learner(learner), cases.of_learner(learner)
    followed, all_items = enrolments(learner), items(learner)
    titles = qualifications.titles({one.qualification for one in followed} | {case.qualification for case in known})
    wanted = [one.qualification for one in followed if one.until is None and one.qualification in titles]
    who = {found.home, *(one.by for one in all_items), *(side for line in lines for side in (line.home, line.hosting))}
    who |= {side for case in known for side in (case.hosting, case.home, case.body)}
    return Dossier(
        learner=found, enrolments=followed, agreements=lines, items=all_items, titles=titles,
        units=tuple(UnitLine(case=one, title=_unit_title(one.unit), ahead=ahead.ahead(one)) for one in known),
        standings=tuple(accumulate.progress(learner, name, actor=actor) for name in dict.fromkeys(wanted)),
        names=institutions.names(who), called={code: title for name in wanted for code, title in _called(name)},
    )  # fmt: skip


def items(learner: Identifier) -> tuple[Item, ...]:
    """The documents of a learner's record in the order of their days; the caller has checked who asks."""
    agreed = [
        Item(
            id=address, kind=Kind.AGREEMENT, title=LangString.of(en=line.title), on=line.starts, by=line.home,
            address=address, thread=line.thread, printed=True,
        )
        for line in agreements.of_learner(learner)
        for address in [line.in_force or line.head]
    ]  # fmt: skip
    said = [
        Item(
            id=fact.address, kind=Kind(fact.kind), on=fact.on, by=fact.institution, address=fact.address,
            title=_title(fact), thread=fact.basis, printed=fact.kind in PRINTED,
        )
        for fact in facts.of_learner(learner)
    ]  # fmt: skip
    issued = [
        Item(id=f"{_CREDENTIAL}{one.id}", kind=Kind.CREDENTIAL, title=one.title, on=one.at.date(), by=one.issuer,
             credential=one.id)
        for one in credentials.of_learner(learner)
    ]  # fmt: skip
    return tuple(sorted([*agreed, *said, *issued], key=lambda one: one.on))


def credential(key: UUID, *, actor: Actor) -> bytes:
    """The bytes of a credential as they were signed. Raises `CredentialUnknown`."""
    return issue.credential(key, actor=actor)[1]


def today() -> date:
    """The day on which a record is read."""
    return clock.today()


def _title(fact: Fact) -> LangString:
    """What a document is about: its unit, else its qualification; a unit that is not published by the code it has."""
    if fact.unit is not None:
        title = _unit_title(fact.unit)
        if fact.kind == Kind.ACHIEVEMENT and str(title) == fact.unit:
            return LangString.of(en=records.recorded(fact.address, Achievement).value.code or fact.unit)
        return title
    found = qualifications.find(fact.qualification) if fact.qualification else None
    return found.value.title if found else LangString.of(en=fact.kind.capitalize())


def _called(qualification: Identifier) -> Iterator[tuple[str, LangString]]:
    """The codes of a qualification's units with their titles."""
    units = {one.value.id: one.value.title for one in qualifications.units_of(qualification)}
    for link in qualifications.qualification(qualification).value.units:
        if link.unit in units:
            yield link.code, units[link.unit]


def _unit_title(name: Identifier) -> LangString:
    found = qualifications.find_unit(name)
    return found.value.title if found else LangString.of(en=name)
