"""Learning agreements of Erasmus Without Paper: ours told in their form, and ours begun from one of theirs.

Reading one writes nothing: it finds learner, host and units, and fills in the page on which a coordinator proposes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ecvet.exchange.errors import FileDangerous
from ecvet.exchange.ewp import read_ewp
from ecvet.exchange.ewp_agreement import EwpAgreement, EwpAnswer, Partner, Signed, Student
from ecvet.exchange.ewp_learning import PROGRAM, Around, Begun, Version, begun, told
from ecvet.exchange.ewp_writing import write_ewp
from ecvet.exchange.report import Became, Remark, Report
from ecvet.exchange.schac import schac_of
from ecvet.mobility import LearningAgreement, Role
from ecvet.partnership.lifecycle import AgreementState
from ecvet.record import Act, Recorded, value
from ecvet.saying import say
from ecvet.terms import Identifier, LangString
from ecvet_platform.institutions.actions import asking, register, threads
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, learners
from ecvet_platform.mobility.store import learners as store
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import fold

MOST_BYTES: Final = 2 * 1024 * 1024
MOST: Final = 50
"""How many agreements of one file are looked at."""

_HELD: Final = (
    AgreementState.IN_FORCE, AgreementState.SUPERSEDED, AgreementState.ENDING, AgreementState.TERMINATED,
)  # fmt: skip


# ------------------------------------------------------------- ours in their form
@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """An agreement as EWP has it, and what is lost or asked for and not known."""

    data: bytes
    remarks: tuple[Remark, ...]


def ewp(thread: Identifier, *, actor: Actor) -> Exported:
    """The versions of an agreement in the form of EWP, for who may see it. Raises `AgreementUnknown`."""
    found = agreements.agreement(thread, actor=actor)
    people = asking.people_in(found.versions)
    held = [_version(one, people) for one in found.versions if one.state in _HELD and not one.waiting]
    waiting = next((one for one in found.versions if one.record.address == found.proposed), None)
    shown = None if held and waiting is None else _version(waiting or found.versions[-1], people)
    document, losses = told(held, shown, _around(thread, found.item.value))
    data, more = write_ewp(document)
    return Exported(data=data, remarks=(*losses, *more))


def _version(one: threads.Version, people: "dict[Identifier, str]") -> Version:
    signed = {
        Role(each.role): Signed(
            at=each.at, program=PROGRAM,
            name=people.get(each.person, "") if each.person and each.role in agreements.INSTITUTIONS else "",
        )
        for each in one.signatures if each.act is Act.ACCEPT and each.role in set(Role)
    }  # fmt: skip
    item = value(LearningAgreement, one.record.terms)
    return Version(agreement=Recorded(item, one.record.address), signed=signed)


def _around(thread: Identifier, item: LearningAgreement) -> Around:
    learner = item.party(Role.LEARNER)
    person = learners.known(learner).person if learner else None
    hosting = (qualifications.find_unit(one.hosting_unit) for one in item.units if one.hosting_unit)
    followed = qualifications.find(item.qualification)
    return Around(
        mobility=thread, sending=_partner(item.party(Role.HOME)), receiving=_partner(item.party(Role.HOSTING)),
        student=Student(
            given_names=" ".join(person.names) if person else "", family_name=person.family_name if person else "",
            born=person.birth_date if person else None,
        ),
        titles={one.value.id: one.value.title for one in hosting if one is not None},
        isced=next(iter(followed.value.isced_f), "") if followed else "",
    )  # fmt: skip


def _partner(name: Identifier | None) -> Partner:
    """An institution by its domain; its own identifier is no domain, so that it is empty where none is entered."""
    known = register.institutions([name]).get(name) if name else None
    return Partner(schac=schac_of((known.id, *known.other_ids)) if known else "")


# ------------------------------------------------------------- theirs, looked at
@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One agreement of a file with whom and what it means here; `learner` and `hosting` are None where nobody is found.

    `called` is the learner's name in the file.
    """

    begun: Begun
    called: str
    learner: Identifier | None
    hosting: Identifier | None
    qualification: LangString | None
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a file says: agreements that can be begun from, answers of a receiving institution, and remarks."""

    found: tuple[Found, ...]
    answers: tuple[EwpAnswer, ...]
    remarks: tuple[Remark, ...]


def look(data: bytes, *, name: str, actor: Actor) -> Look:
    """What agreements here could begin with. Writes nothing.

    Raises `NotYourRole`, `LearnerUnknown` without an institution, `NeighbourUnreadable`, `FileDangerous`.
    """
    home = learners.keeper(actor)
    if len(data) > MOST_BYTES:
        raise FileDangerous(
            name=name, why=say("it is larger than {most_bytes} MB", most_bytes=MOST_BYTES // 1024 // 1024)
        )
    file = read_ewp(data, name)
    if len(file.agreements) > MOST:
        raise FileDangerous(name=name, why=say("it has more than {most} learning agreements", most=MOST))
    ours = tuple(store.all_of(home)) if file.agreements else ()
    return Look(
        found=tuple(_found(one, home, ours) for one in file.agreements), answers=file.answers, remarks=file.remarks
    )


def _found(one: EwpAgreement, home: Identifier, ours: Iterable[learners.Known]) -> Found:
    report, called = Report(), str(one.student)
    learner = _learner(one, ours)
    if learner is None:
        report.note(Became.FLAGGED, called, "No learner of your institution is found with this name and day of birth.",
                    "Enter the learner, or choose her on the next page.")  # fmt: skip
    ids = register.institutions([home])
    own = schac_of((home, *ids[home].other_ids)) if home in ids else ""
    if own != one.sending.schac:
        report.note(Became.FLAGGED, one.sending.schac, "The sending institution is not yours, as far as is known here.",
                    "Only the home institution proposes; enter your domain among your other identifiers.",
                    )  # fmt: skip
    hosting = _institution(one.receiving.schac)
    if hosting is None:
        report.note(Became.FLAGGED, one.receiving.schac, "No institution here has this domain.",
                    "Choose the host on the next page, and let its domain be entered as urn:schac:….")  # fmt: skip
    follows = learners.followed([learner], clock.today()).get(learner) if learner else None
    item = qualifications.find(follows) if follows else None
    units = {unit.value.id: unit.value for unit in qualifications.units_of(follows)} if item and follows else {}
    start = begun(one, item.value if item else None, units)
    for title in start.unmatched if item else ():
        report.note(Became.FLAGGED, title, "No unit of the qualification has this code or title.",
                    "Choose the units that are meant on the next page.")  # fmt: skip
    return Found(
        begun=start, called=called, learner=learner, hosting=hosting,
        qualification=item.value.title if item else None, remarks=report.remarks,
    )  # fmt: skip


def _learner(one: EwpAgreement, ours: Iterable[learners.Known]) -> Identifier | None:
    """The only learner with the name and the day of birth; a name alone is nobody."""
    meant = [
        known.id for known in ours
        if known.person and known.person.birth_date and known.person.birth_date == one.student.born
        and fold(str(known.person)) == fold(str(one.student))
    ]  # fmt: skip
    return meant[0] if len(meant) == 1 else None


def _institution(schac: str) -> Identifier | None:
    """The only institution here that has a domain."""
    if not schac:
        return None
    near = register.institutions(one.id for one in register.lines(search=schac[:200], limit=50))
    meant = [id_ for id_, known in near.items() if schac_of((id_, *known.other_ids)).casefold() == schac.casefold()]
    return meant[0] if len(meant) == 1 else None
