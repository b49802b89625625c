"""A small world: one agency that certifies, one school that recognises and awards, and everybody who would cheat."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from ecvet.credential import keys
from ecvet.credential.draft import CredentialDraft, Link, Role, draft_of_recognition
from ecvet.credential.formats import jws, sdjwt
from ecvet.credential.issue import issue
from ecvet.credential.policy import EVERYDAY, Policy
from ecvet.credential.trust import Trust
from ecvet.credential.verify import Report, examine
from ecvet.credit.decision import Decider, Extent
from ecvet.credit.recognition import Recognition
from ecvet.partnership.institution import Competence, CompetentInstitution, Function
from ecvet.qualification.combination import Combination, Group, UnitPlace
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import LearningOutcome, OutcomeKind, Unit
from ecvet.record import Address, Person, Recorded
from ecvet.terms import Country, EQFLevel, Identifier, LangString, NQFLevel, Period, Points

START, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
ISSUED = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
SCHOOL = Identifier("https://koulu.example/institutions/1")


def address_for(name: str) -> Address:
    """A well-formed address; the record is nobody's business here."""
    from ecvet.record import address_of

    return address_of(name.encode())


def salts() -> Callable[[], bytes]:
    """Salts that are new at every call, and the same in every run."""
    counter = itertools.count()
    return lambda: next(counter).to_bytes(16, "big")


def chance(seed: int) -> Callable[[int], int]:
    """Chance that is the same in every run: numbers below a limit."""
    counter = itertools.count()
    return lambda below: int.from_bytes(sha256(f"{seed} {next(counter)}".encode()).digest(), "big") % below


@dataclass(frozen=True)
class World:
    """Who is there. Everything is made once; tests change copies."""

    authority: keys.Authority
    key: keys.IssuerKey
    holder: ec.EllipticCurvePrivateKey
    stranger: ec.EllipticCurvePrivateKey
    school: CompetentInstitution
    unit: Unit
    qualification: Qualification
    recognition: Recorded[Recognition]
    person: Person

    @property
    def draft(self) -> CredentialDraft:
        chain = (
            Link(Role.VALIDATION, self.recognition.value.validation),
            Link(Role.TRANSCRIPT, address_for("transcript")),
            Link(Role.ASSESSMENT, address_for("assessment")),
            Link(Role.AGREEMENT, address_for("agreement")),
        )
        return draft_of_recognition(
            self.recognition, self.unit, self.qualification, self.school, person=self.person, chain=chain
        )

    @property
    def trust(self) -> Trust:
        return Trust(anchors=(self.authority.certificate,), register=(self.school,))

    def issue(self, **more: Any) -> bytes:
        return issue(self.draft, self.key, **{"at": ISSUED, "salts": salts(), **more})

    def claims(self, **changed: Any) -> dict[str, Any]:
        """The claims of the school's credential, as the school signs them, with changes."""
        from ecvet.credential.profiles.sdjwt_vc import encode

        return {**encode(self.draft).claims, "iat": int(ISSUED.timestamp()), **changed}

    def signed(
        self, claims: dict[str, Any], *, header: dict[str, Any] | None = None, disclosures: tuple[str, ...] = (),
        key: ec.EllipticCurvePrivateKey | None = None,
    ) -> bytes:  # fmt: skip
        """Whatever the holder of a key may sign, sensible or not."""
        token = jws.serialise({"typ": sdjwt.TYP, **self.key.header, **(header or {})}, claims, key or self.key.private)
        return "~".join((token, *disclosures, "")).encode()

    def certificate(self, **changed: Any) -> x509.Certificate:
        given: dict[str, Any] = {"serial": 7, "start": START, "end": END, **changed}
        return keys.certify(self.authority, SCHOOL, "Koulu", Country("FI"), self.key.private.public_key(), **given)

    def examine(
        self, data: bytes, *, trust: Trust | None = None, policy: Policy = EVERYDAY, at: datetime = NOW
    ) -> Report:
        return examine(data, trust or self.trust, policy, at)


def make_world() -> World:
    """The world, made anew."""
    authority = keys.make_authority(
        "Opetushallitus", Country("FI"), keys.private_key(b"agency" * 8), serial=1, start=START, end=END
    )
    private = keys.private_key(b"school" * 8)
    certificate = keys.certify(
        authority, SCHOOL, "Koulu Oy", Country("FI"), private.public_key(), serial=2, start=START, end=END
    )
    qualification_id = Identifier("https://agency.example/qualifications/hairdressing/2")
    competences = tuple(
        Competence(function=one, valid=Period(date(2025, 1, 1), date(2028, 12, 31)),
                   qualifications=frozenset({qualification_id}), source="Act 531/2017")
        for one in (Function.RECOGNISE, Function.AWARD)
    )  # fmt: skip
    unit = Unit(
        id=Identifier("https://agency.example/units/colour/3"),
        code="COLOUR",
        title=LangString.of(fi="Hiusten värjääminen", en="Colouring hair"),
        institution=SCHOOL,
        outcomes=(
            LearningOutcome(id="o1", text=LangString.of(en="plans a colouring"), kind=OutcomeKind.SKILLS),
            LearningOutcome(id="o2", text=LangString.of(en="knows the chemistry"), kind=OutcomeKind.KNOWLEDGE),
        ),
    )
    recognition = Recognition(
        learner=Identifier("urn:uuid:9f1b6a52-0000-4000-8000-000000000001"),
        validation=address_for("validation"),
        unit=unit.id,
        qualification=qualification_id,
        extent=Extent.FULL,
        outcomes=unit.outcome_ids,
        by=Decider(institution=SCHOOL, person=Identifier("urn:uuid:bruno"), name="Bruno Bianchi"),
        on=date(2026, 5, 3),
        ground=LangString.of(en="The outcomes correspond."),
        points=Points.of("35", "ecvet"),
    )
    return World(
        authority=authority,
        key=keys.IssuerKey(kid="school-1", private=private, chain=(certificate,)),
        holder=keys.private_key(b"holder" * 8),
        stranger=keys.private_key(b"erik!!" * 8),
        school=CompetentInstitution(
            id=SCHOOL, name=LangString.of(fi="Koulu", en="The School"), country=Country("FI"), competences=competences
        ),
        unit=unit,
        qualification=Qualification(
            id=qualification_id,
            code="HAIR",
            title=LangString.of(fi="Hiusala", en="Hairdressing"),
            institution=SCHOOL,
            country=Country("FI"),
            rules=Combination(root=Group(children=(UnitPlace(unit="COLOUR"),))),
            eqf=EQFLevel(4),
            nqf=NQFLevel("FiNQF", "4"),
        ),
        recognition=Recorded(recognition, address_for("recognition")),
        person=Person(names=("Alba",), family_name="Álvarez", birth_date=date(2007, 3, 2)),
    )
