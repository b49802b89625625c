"""Two institutions, a memorandum between them, and its thread: the tests of this room take what they need."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ecvet.partnership import (
    Competence,
    CompetentInstitution,
    Confirmation,
    CoveredQualification,
    Function,
    MemorandumOfUnderstanding,
    OtherActor,
    Responsibility,
    Seal,
    Signatory,
    Thread,
    signatories,
)
from ecvet.record import Act, Record, Signature, record
from ecvet.terms import EQFLevel, Identifier, LangString, Period, country

AT = datetime(2024, 1, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TURIN = Identifier("https://turin.example")
LYON = Identifier("https://lyon.example")
SALON = Identifier("https://salon.example")
STRANGER = Identifier("https://stranger.example")
HAIR_IT = Identifier("https://turin.example/qualifications/hair/1")
HAIR_FR = Identifier("https://lyon.example/qualifications/hair/1")
CUTTING = Identifier("https://turin.example/units/cutting/1")
THREAD = Identifier("urn:uuid:0190a1b2-0000-7000-8000-00000000000a")
TODAY = AT.date()
YEARS = Period(date(2024, 1, 1), date(2026, 12, 31))


def text(words: str) -> LangString:
    return LangString.of(en=words)


def institution(id_: Identifier, code: str, *functions: Function) -> CompetentInstitution:
    held = tuple(Competence(function=one, valid=YEARS, source="Act 1/2020") for one in functions or Function)
    return CompetentInstitution(id=id_, name=text(id_), country=country(code), competences=held)


INSTITUTIONS = {one.id: one for one in (institution(TURIN, "IT"), institution(LYON, "FR"))}


def memorandum(**more: Any) -> MemorandumOfUnderstanding:
    made = MemorandumOfUnderstanding(
        parties=(TURIN, LYON),
        objectives=text("Learners achieve units abroad that are recognised at home."),
        valid=YEARS,
        review=text("Every January, by both"),
        confirmations=frozenset(Confirmation),
        qualifications=(
            CoveredQualification(qualification=HAIR_IT, title=text("Hair"), country=country("IT"), eqf=EQFLevel(4),
                                 units=frozenset({CUTTING})),
            CoveredQualification(qualification=HAIR_FR, title=text("Coiffure"), country=country("FR"), eqf=EQFLevel(4)),
        ),
        responsibilities=tuple(
            Responsibility(country=country(code), function=one, institution=who)
            for code, who in (("IT", TURIN), ("FR", LYON))
            for one in (Function.ASSESS, Function.DOCUMENT, Function.VALIDATE, Function.RECOGNISE)
        ),
        other_actors=(OtherActor(id=SALON, name=text("Salon"), country=country("FR"), covered=True),),
    )  # fmt: skip
    return replace(made, **more)


def proposal(prev: Record | None = None, *, author: Identifier = TURIN, at: datetime = AT, **more: Any) -> Record:
    return record(memorandum(**more), thread=THREAD, author=author, at=at, prev=prev)


def signed(version: Record, by: Identifier, act: Act = Act.ACCEPT, *, at: datetime = AT, **more: Any) -> Signature:
    reason = None if act is Act.ACCEPT else "The dates do not suit us."
    made = Signature(object=version.address, signer=by, role="party", act=act, at=at, reason=reason)
    return replace(made, **more)


def thread(*versions: Record, **more: Any) -> Thread:
    return replace(Thread(owner=TURIN, versions=versions), **more)


def sealed(version: Record, *, since: date = TODAY, at: datetime = AT) -> Seal:
    both = (signed(version, TURIN, at=at), signed(version, LYON, at=at))
    return Seal(object=version.address, by=TURIN, at=at, in_force_from=since, signatures=both)


PARTIES: tuple[Signatory, ...] = signatories(memorandum())
