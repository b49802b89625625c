"""The cast of the demonstration: invented institutions and people, with keys that everybody knows.

THESE ARE DEMO KEYS. Every key, salt and pseudonym follows from a public text (`seed`), so that documentation and tests
come out the same everywhere. Whoever reads this file can sign in the name of each of these institutions: never use a
key, a salt or an anchor from here for anything real. Names of institutions stand under `.example` (RFC 2606).
"""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Final
from uuid import UUID

from ecvet.credential.keys import Authority, IssuerKey, certify, make_authority, private_key
from ecvet.examples import BODY_AND_PAINT, CLAY_PLASTERING, HAIRDRESSING, MENS_HAIR, VEHICLE, qualification
from ecvet.mobility import Learner
from ecvet.partnership import Competence, CompetentInstitution, Function
from ecvet.record import Person, SigningKey, commitment
from ecvet.terms import Country, Identifier, LangString, Period, country

_FINNISH: Final = frozenset({qualification(HAIRDRESSING)[0].id, qualification(VEHICLE)[0].id})
_MALTESE: Final = frozenset({qualification(MENS_HAIR)[0].id, qualification(BODY_AND_PAINT)[0].id})
_CLAY: Final = frozenset({qualification(CLAY_PLASTERING)[0].id})
_SINCE: Final = Period(date(2016, 8, 1))


def seed(name: str, length: int = 32) -> bytes:
    """Up to 64 bytes that follow from a name. Public, therefore for demonstration only."""
    return hashlib.sha512(f"ecvet demonstration, no secret: {name}".encode()).digest()[:length]


def _institution(
    name: str, title: LangString, land: str, source: str, rights: dict[frozenset[Identifier], tuple[Function, ...]]
) -> CompetentInstitution:
    competences = tuple(
        Competence(function=function, valid=_SINCE, qualifications=about, source=source)
        for about, functions in rights.items()
        for function in functions
    )
    return CompetentInstitution(id=Identifier(name), name=title, country=country(land), competences=competences)


COLLEGE: Final = _institution(
    "https://tampere.example/",
    LangString.of(en="Näsi Vocational College, Tampere", fi="Näsin ammattiopisto, Tampere"),
    "FI",
    "licence to provide vocational education (invented)",
    {_FINNISH: (Function.ASSESS, Function.DOCUMENT, Function.VALIDATE, Function.RECOGNISE)},
)
"""The home institution of Alba, Onni and Liisa."""

BOARD: Final = _institution(
    "https://board.tampere.example/",
    LangString.of(en="Pirkka Qualifications Board", fi="Pirkan tutkintolautakunta"),
    "FI",
    "decision on competent institutions (invented)",
    {_FINNISH: (Function.DESIGN, Function.ALLOCATE, Function.RECOGNISE, Function.AWARD)},
)
"""The competent institution in Finland: it describes and awards qualifications, recognises, and hears appeals."""

INSTITUTE: Final = _institution(
    "https://malta.example/",
    LangString.of(en="Saint Elmo Institute of Crafts, Malta", mt="Istitut tas-Snajja' Sant'Iermu, Malta"),
    "MT",
    "licence of a further education institution (invented)",
    {
        _FINNISH: (Function.ASSESS, Function.DOCUMENT),
        _MALTESE: tuple(Function),
    },
)
"""The hosting institution; for qualifications of its own it has every function."""

CLAY_SCHOOL: Final = _institution(
    "https://clay.example/",
    LangString.of(en="School of Clay Building", de="Schule für Lehmbau"),
    "DE",
    "agreement of the clay building partnership (invented)",
    {_CLAY: tuple(Function)},
)
"""It awards clay plastering, also for what was learned on the job."""

INSTITUTIONS: Final = (COLLEGE, BOARD, INSTITUTE, CLAY_SCHOOL)

SALON: Final = Identifier("https://salon.malta.example/")
"""The salon in Valletta where Alba and Onni work. No competent institution."""
EMPLOYER: Final = Identifier("https://employer.example/")
"""Erik's firm, a stranger to all of this. No competent institution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Somebody who acts. `roles` are words that the platform knows: coordinator, assessor, mentor, learner …"""

    id: Identifier
    name: str
    email: str
    institution: Identifier
    roles: tuple[str, ...]
    position: str = ""


def _figure(name: str, institution: Identifier, *roles: str, position: str = "", family: str = "") -> Figure:
    plain = name.lower().replace("é", "e")
    host = institution.removeprefix("https://").rstrip("/")
    return Figure(
        id=Identifier(f"{institution}people/{plain}"), name=f"{name} {family}".strip(), email=f"{plain}@{host}",
        institution=institution, roles=roles, position=position,
    )  # fmt: skip


BRUNO: Final = _figure("Bruno", COLLEGE.id, "coordinator", family="Salmi", position="international coordinator")
HELMI: Final = _figure("Helmi", COLLEGE.id, "assessor", family="Laine", position="teacher of hairdressing")
CHLOE: Final = _figure("Chloé", INSTITUTE.id, "assessor", "coordinator", family="Borg", position="head of assessment")
PAWLU: Final = _figure("Pawlu", INSTITUTE.id, "competent_institution", family="Zammit", position="registrar")
MARCO: Final = _figure("Marco", SALON, "mentor", family="Vella", position="master hairdresser")
DIMITRA: Final = _figure(
    "Dimitra", BOARD.id, "competent_institution", "register_office", family="Aalto", position="senior officer"
)
GEORG: Final = _figure(
    "Georg", CLAY_SCHOOL.id, "competent_institution", "coordinator", "assessor", family="Lehmann",
    position="master plasterer",
)  # fmt: skip
ERIK: Final = _figure("Erik", EMPLOYER, "verifier", family="Berg", position="personnel manager")
MARI: Final = _figure("Mari", COLLEGE.id, family="Niemi", position="Liisa's mother")

FIGURES: Final = (BRUNO, HELMI, CHLOE, PAWLU, MARCO, DIMITRA, GEORG, ERIK, MARI)
"""All who act and do not learn. Mari has no role in an institution: she signs as Liisa's guardian."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CastLearner:
    """A learner of the story: the value of the core, and what its home institution knows besides.

    `home` keeps the learner; `follows` is the qualification version towards which credit counts, since `since`.
    """

    figure: Figure
    learner: Learner
    home: Identifier
    example: str
    since: date
    salt: bytes = field(repr=False)
    guardian: Figure | None = None

    @property
    def follows(self) -> Identifier:
        """The qualification version that the learner works towards."""
        return qualification(self.example)[0].id


def _learner(
    name: str, family: str, born: date, home: Identifier, example: str, *, since: date, guardian: Figure | None = None
) -> CastLearner:
    salt, person = seed(f"salt of {name}"), Person(names=(name,), family_name=family, birth_date=born)
    pseudonym = Identifier(UUID(bytes=seed(f"pseudonym of {name}", 16), version=4).urn)
    learner = Learner(id=pseudonym, ref=commitment(person, salt), person=person)
    return CastLearner(
        figure=_figure(name, home, "learner", family=family), learner=learner, home=home, example=example, since=since,
        salt=salt, guardian=guardian,
    )  # fmt: skip


ALBA: Final = _learner("Alba", "Lindqvist", date(2005, 6, 3), COLLEGE.id, HAIRDRESSING, since=date(2022, 8, 10))
ONNI: Final = _learner("Onni", "Korhonen", date(2006, 2, 17), COLLEGE.id, HAIRDRESSING, since=date(2023, 8, 9))
LIISA: Final = _learner("Liisa", "Niemi", date(2008, 3, 14), COLLEGE.id, VEHICLE, since=date(2024, 8, 7), guardian=MARI)
FARID: Final = _learner("Farid", "Rahimi", date(1989, 11, 22), CLAY_SCHOOL.id, CLAY_PLASTERING, since=date(2025, 1, 8))

LEARNERS: Final = (ALBA, ONNI, LIISA, FARID)

KEYS_VALID: Final = (datetime(2022, 1, 1, tzinfo=UTC), datetime(2044, 1, 1, tzinfo=UTC))
"""From when to when certificates of the cast hold."""


@cache
def signing_key(who: Identifier) -> SigningKey:
    """The public demo key with which an institution, a learner or a guardian signs records (Ed25519)."""
    return SigningKey.from_seed(f"{who}#demo", seed(f"signing key of {who}"))


@cache
def authority() -> Authority:
    """The invented authority whose certificate a verifier of the story trusts. A demo key, too."""
    start, end = KEYS_VALID
    key = private_key(seed("key of the authority", 48))
    return make_authority("Demonstration authority, no secret key", Country("EU"), key, serial=1, start=start, end=end)


@cache
def issuer_key(institution: CompetentInstitution) -> IssuerKey:
    """The public demo key with which an institution issues credentials (P-256), certified by `authority`."""
    start, end = KEYS_VALID
    private = private_key(seed(f"issuer key of {institution.id}", 48))
    certificate = certify(
        authority(), institution.id, str(institution.name), institution.country, private.public_key(),
        serial=int.from_bytes(seed(f"serial of {institution.id}", 8), "big") >> 1 | 1, start=start, end=end,
    )  # fmt: skip
    return IssuerKey(kid=f"{institution.id}#issuer-demo", private=private, chain=(certificate,))
