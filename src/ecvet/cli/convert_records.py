"""Our records in the forms of neighbours: a transcript with its decisions as ELMO, an agreement as EWP has it."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

from ecvet.cli.convert import Converted
from ecvet.cli.records import read_bundle
from ecvet.credential.chain import Bundle
from ecvet.credential.errors import BundleUnreadable
from ecvet.credit.basis import home_unit_of
from ecvet.credit.recognition import Recognition
from ecvet.credit.transcript import Transcript
from ecvet.errors import EcvetError
from ecvet.exchange import elmo_credit, ewp_learning
from ecvet.exchange.elmo_document import Named
from ecvet.exchange.elmo_writing import WRITTEN, write_elmo
from ecvet.exchange.ewp_agreement import Partner, Signed, Student
from ecvet.exchange.ewp_learning import PROGRAM, Version
from ecvet.exchange.ewp_writing import write_ewp
from ecvet.exchange.report import Became, Remark
from ecvet.exchange.schac import schac_of
from ecvet.mobility.agreement import LearningAgreement, Role
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import Unit
from ecvet.record import Act, Record, Recorded, RecordType, value
from ecvet.terms import Identifier

T = TypeVar("T")
_SIGNERS = (Role.HOME, Role.HOSTING, Role.LEARNER)
_UNVERIFIED = Remark(
    became=Became.FLAGGED, subject="records", sentence="The records and their signatures were not verified.",
    remedy="Verify the credential with its bundle: `ecvet verify FILE --bundle …`.",
)  # fmt: skip


def convert(
    path: Path, to: str | None, learner: tuple[str, str, object], *,
    refuse: Callable[[str, tuple[str, ...]], EcvetError],
) -> Converted:  # fmt: skip
    """Records of a folder or bundle. Raises `BundleUnreadable`, `FileUnreadable`, and what `refuse` makes."""
    bundle, born = read_bundle(path, None), cast("date | None", learner[2])
    if transcripts := _standing(bundle, RecordType.TRANSCRIPT):
        known = ("elmo-2.1", *(f"elmo-{one}" for one in WRITTEN if one != "2.1"))
        wanted = to or known[0]
        if wanted not in known:
            raise refuse("a transcript", known)
        named = Named(given_names=learner[0], family_name=learner[1], born=born)
        return _transcript(bundle, transcripts, named, wanted)
    if agreements := _of(bundle, RecordType.LEARNING_AGREEMENT):
        if to not in (None, "ewp"):
            raise refuse("a learning agreement", ("ewp",))
        return _agreement(bundle, agreements, Student(given_names=learner[0], family_name=learner[1], born=born))
    raise BundleUnreadable(why="it has neither a transcript nor a learning agreement")


def _transcript(bundle: Bundle, found: list[Record], learner: Named, wanted: str) -> Converted:
    one = found[0]
    if len(found) > 1:
        raise BundleUnreadable(why=f"it has {len(found)} transcripts of different threads; give them one by one")
    transcript = Recorded(value(Transcript, one.terms), one.address)
    decisions = [
        Recorded(value(Recognition, record.terms), record.address) for record in _of(bundle, RecordType.DECISION)
        if record.terms.get("kind") == Recognition.kind and record.terms.get("learner") == transcript.value.learner
    ]  # fmt: skip
    basis = bundle.records.get(transcript.value.basis)
    from_: dict[Identifier, tuple[Identifier, ...]] = {}
    if basis is not None and basis.type is RecordType.LEARNING_AGREEMENT:
        agreement = value(LearningAgreement, basis.terms)
        for entry in transcript.value.entries:
            home = home_unit_of(agreement, entry.unit)
            if home is not None:
                from_[home] = (*from_.get(home, ()), entry.unit)
    qualifications = {said.id: said for said in _values(bundle, RecordType.QUALIFICATION, Qualification)}
    around = elmo_credit.Around(
        learner=learner, institutions={}, units={said.id: said for said in _values(bundle, RecordType.UNIT, Unit)},
        qualification=qualifications.get(transcript.value.qualification), from_=from_,
    )  # fmt: skip
    latest = max([one, *(bundle.records[each.address] for each in decisions)], key=lambda record: record.created)
    document, losses = elmo_credit.told(
        transcript, decisions, around, issued=one.created, at=latest.created
    )  # fmt: skip
    content, more = write_elmo(document, WRITTEN[wanted.removeprefix("elmo-")])
    return Converted(what="a transcript", to=wanted, content=content, remarks=(_UNVERIFIED, *losses, *more))


def _agreement(bundle: Bundle, found: list[Record], student: Student) -> Converted:
    if len({one.thread for one in found}) > 1:
        raise BundleUnreadable(why="it has learning agreements of several threads; give them one by one")
    signed = {one.address: _signed(bundle, one) for one in found}
    held = [one for one in found if set(_SIGNERS) <= signed[one.address].keys()]
    after = [one for one in found if not held or one.version > held[-1].version]
    versions = {
        one.address: Version(
            agreement=Recorded(value(LearningAgreement, one.terms), one.address), signed=signed[one.address]
        )
        for one in found
    }  # fmt: skip
    item = value(LearningAgreement, found[-1].terms)
    partner = {role: Partner(schac=schac_of(tuple(filter(None, (item.party(role),))))) for role in _SIGNERS}
    units = {said.id: said.title for said in _values(bundle, RecordType.UNIT, Unit)}
    document, losses = ewp_learning.told(
        [versions[one.address] for one in held], versions[after[-1].address] if after else None,
        ewp_learning.Around(mobility=found[0].thread, sending=partner[Role.HOME], receiving=partner[Role.HOSTING],
                            student=student, titles=units),
    )  # fmt: skip
    content, more = write_ewp(document)
    return Converted(what="a learning agreement", to="ewp", content=content, remarks=(_UNVERIFIED, *losses, *more))


def _signed(bundle: Bundle, record: Record) -> dict[Role, Signed]:
    """Who accepted a version, by role."""
    return {
        Role(one.role): Signed(at=one.at, program=PROGRAM) for one in bundle.signatures
        if one.object == record.address and one.act is Act.ACCEPT and one.role in set(Role)
    }  # fmt: skip


def _of(bundle: Bundle, kind: RecordType) -> list[Record]:
    """The records of a type, by thread and version."""
    return sorted(
        (one for one in bundle.records.values() if one.type is kind), key=lambda one: (one.thread, one.version)
    )


def _standing(bundle: Bundle, kind: RecordType) -> list[Record]:
    """The last version of each thread."""
    return list({one.thread: one for one in _of(bundle, kind)}.values())


def _values(bundle: Bundle, kind: RecordType, cls: type[T]) -> Iterable[T]:
    return (value(cls, one.terms) for one in _of(bundle, kind))
