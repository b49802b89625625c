"""The ELMO transcript of EMREX: what was assessed and decided, as systems of universities read it, with what it loses.

It is no document of its own standing: nothing in it is signed. The PDF and the record beside it prove what it says.
"""

from dataclasses import dataclass

from ecvet.credit.basis import home_unit_of
from ecvet.credit.recognition import Recognition
from ecvet.credit.transcript import Transcript
from ecvet.credit.validation import Validation
from ecvet.exchange.elmo_credit import Around, told
from ecvet.exchange.elmo_document import Named
from ecvet.exchange.elmo_writing import WRITTEN, write_elmo
from ecvet.exchange.report import Remark
from ecvet.record import Address, Recorded
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import learners, looking, reading
from ecvet_platform.credit.actions.scales import SCALES
from ecvet_platform.credit.errors import CreditUnknown, ElmoVersionUnknown
from ecvet_platform.credit.store import facts
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications import actions as qualifications


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The file in one version of ELMO, the transcript it tells, and what is lost or to be looked at."""

    transcript: Address
    version: str
    data: bytes
    remarks: tuple[Remark, ...]


def of_record(address: Address, *, actor: Actor, version: str = "2.1") -> Exported:
    """ELMO of a transcript with all decisions on it, or of a decision with its transcript, for who has a part in it.

    Raises `CreditUnknown` for everybody else and for other records, `ElmoVersionUnknown`.
    """
    if version not in WRITTEN:
        raise ElmoVersionUnknown(version=version, known=", ".join(WRITTEN))
    looking.record(address, actor=actor)
    transcript, decisions = _found(address)
    document, losses = told(
        transcript, decisions, _around(transcript.value), issued=records.record(transcript.address).created,
        at=clock.now(),
    )  # fmt: skip
    data, more = write_elmo(document, WRITTEN[version])
    return Exported(transcript=transcript.address, version=version, data=data, remarks=(*losses, *more))


def _found(address: Address) -> tuple[Recorded[Transcript], tuple[Recorded[Recognition], ...]]:
    fact = facts.one(address)
    if fact is not None and fact.kind == "transcript":
        transcript = records.recorded(address, Transcript)
        thread = records.record(transcript.value.basis).thread
        return transcript, reading.values(facts.of_basis(thread, "recognition"), Recognition)
    if fact is not None and fact.kind == "recognition":
        decision = records.recorded(address, Recognition)
        validated = records.recorded(decision.value.validation, Validation).value
        return records.recorded(validated.transcript, Transcript), (decision,)
    raise CreditUnknown(name=address)


def _around(item: Transcript) -> Around:
    """What the register and the learner's home know around a transcript."""
    person = learners.known(item.learner).person
    ground = reading.ground(records.record(item.basis).thread)
    from_: dict[Identifier, tuple[Identifier, ...]] = {}
    for entry in item.entries:
        if (home := home_unit_of(ground.basis.value, entry.unit)) is not None:
            from_[home] = (*from_.get(home, ()), entry.unit)
    names = {*from_, *(entry.unit for entry in item.entries)}
    found = qualifications.find(item.qualification)
    return Around(
        learner=Named(
            given_names=" ".join(person.names) if person else "", family_name=person.family_name if person else "",
            born=person.birth_date if person else None,
        ),
        institutions=register.institutions({item.issuer, item.home, ground.body, ground.hosting}),
        units={name: one.value for name in names if (one := qualifications.find_unit(name)) is not None},
        qualification=found.value if found else None, from_=from_, scales={one.id: one.name for one in SCALES},
    )  # fmt: skip
