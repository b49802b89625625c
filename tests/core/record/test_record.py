"""Records: complete versions in a chain, signed apart, naming no person."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

import pytest

from ecvet.record import (
    Act,
    Annex,
    Person,
    Record,
    RecordType,
    Signature,
    SigningKey,
    VerificationKey,
    canonical,
    check_signature,
    commitment,
    follows,
    from_bytes,
    plain,
    record,
    sign,
    to_bytes,
    value,
)
from ecvet.record.canonical import JsonObject
from ecvet.record.errors import (
    NotCanonical,
    SignatureDoesNotFit,
    SignatureExpired,
    TermsUnreadable,
    VersionDoesNotFollow,
)
from ecvet.terms import Failure, Identifier, Success

AT = datetime(2024, 5, 1, 12, tzinfo=UTC)
SCHOOL = Identifier("https://school.example")
THREAD = Identifier("urn:uuid:0190a1b2-0000-7000-8000-000000000001")
KEY = SigningKey.from_seed("https://school.example#1", b"\x01" * 32)
OTHER = SigningKey.from_seed("https://school.example#2", b"\x02" * 32)
ALBA = Person(names=("Alba",), family_name="Vidal", birth_date=date(2006, 3, 9))


@dataclass(frozen=True, slots=True)
class Note:
    record_type: ClassVar[RecordType] = RecordType.TRANSCRIPT
    text: str


def first(text: str = "one", **more: object) -> Record:
    return record(Note(text), thread=THREAD, author=SCHOOL, at=AT, **more)  # type: ignore[arg-type]


def second(text: str = "two") -> Record:
    return record(Note(text), thread=THREAD, author=SCHOOL, at=AT + timedelta(days=1), prev=first())


def statement(act: Act = Act.ACCEPT, **more: object) -> Signature:
    made = Signature(object=first().address, signer=SCHOOL, role="home", act=act, at=AT)
    return replace(made, **more)  # type: ignore[arg-type]


def test_the_same_value_has_the_same_bytes_and_address_for_ever() -> None:
    assert first() == first()
    assert first().address == first().address
    assert first().address != first("another").address
    assert to_bytes(first()).startswith(b'{"author":"https://school.example","created":"2024-05-01T12:00:00Z"')
    assert first().schema.endswith("/transcript/1.0")


def test_the_bytes_are_made_once_and_are_no_part_of_the_value() -> None:
    asked, untouched = first(), first()
    assert to_bytes(asked) is to_bytes(asked)
    assert asked == untouched
    assert plain(asked) == plain(untouched)
    other = replace(asked, created=AT + timedelta(days=1))
    assert to_bytes(other) != to_bytes(asked)
    assert other.address != asked.address


def test_a_record_is_read_back_from_its_bytes_and_its_terms_by_their_type() -> None:
    annex = Annex(hash=first().address, media="application/pdf", size=10)
    made = first(annexes=(annex,))
    assert from_bytes(to_bytes(made)) == made
    assert value(Note, from_bytes(to_bytes(made)).terms) == Note("one")
    with pytest.raises(TermsUnreadable):
        from_bytes(to_bytes(made), lambda found: value(Annex, found.terms))


def test_bytes_written_in_an_unusual_way_are_refused() -> None:
    written = plain(first())
    assert isinstance(written, dict)
    with pytest.raises(TermsUnreadable, match="unusual"):
        from_bytes(canonical({**written, "annexes": []}))
    with pytest.raises(TermsUnreadable, match="unknown member"):
        from_bytes(canonical({**written, "comment": "hello"}))
    with pytest.raises(NotCanonical):
        from_bytes(to_bytes(first()) + b"\n")


def test_terms_are_an_object() -> None:
    class Words(tuple):  # type: ignore[type-arg]
        record_type = RecordType.TRANSCRIPT

    with pytest.raises(TypeError, match="object"):
        record(Words(["a"]), thread=THREAD, author=SCHOOL, at=AT)


def test_a_version_follows_the_one_it_names() -> None:
    assert second().version == 2
    assert second().prev == first().address
    assert follows(second(), first())
    assert not follows(second(), first("another"))
    assert not follows(replace(second(), version=3), first())
    assert not follows(replace(second(), thread=SCHOOL), first())
    assert not follows(replace(second(), type=RecordType.MOU), first())


def test_a_first_version_has_no_predecessor_and_a_later_one_has() -> None:
    for wrong in ({"version": 2}, {"version": 0}, {"prev": first().address}):
        with pytest.raises(VersionDoesNotFollow):
            replace(first(), **wrong)  # type: ignore[arg-type]


def test_a_value_of_another_type_cannot_continue_a_thread() -> None:
    @dataclass(frozen=True, slots=True)
    class Other:
        record_type: ClassVar[RecordType] = RecordType.AWARD
        text: str

    with pytest.raises(VersionDoesNotFollow, match="another thread"):
        record(Other("x"), thread=THREAD, author=SCHOOL, at=AT, prev=first())


def test_a_signature_fits_its_statement_and_its_key() -> None:
    signed = sign(statement(), KEY)
    assert ".." in signed.jws
    assert check_signature(signed, KEY.public, at=AT) == Success()
    assert sign(statement(), KEY) == signed, "the same statement and key give the same signature"
    assert value(Signature, plain(signed)) == signed


@pytest.mark.parametrize(
    "change",
    [
        {"object": second().address},
        {"act": Act.ISSUE},
        {"role": "hosting"},
        {"signer": Identifier("https://stranger.example")},
        {"at": AT + timedelta(seconds=1)},
        {"reason": "because"},
        {"jws": ""},
        {"jws": "a.b.c"},
        {"jws": "a..b.c"},
        {"jws": "e30..AA"},
        {"jws": "é..é"},
    ],
    ids=lambda change: " ".join(change),
)
def test_a_signature_over_anything_else_does_not_fit(change: dict[str, object]) -> None:
    answer = check_signature(replace(sign(statement(), KEY), **change), KEY.public, at=AT)  # type: ignore[arg-type]
    assert isinstance(answer, Failure)
    assert isinstance(answer.reason, SignatureDoesNotFit)


def test_a_signature_by_another_key_or_under_another_name_does_not_fit() -> None:
    signed = sign(statement(), KEY)
    assert not check_signature(signed, OTHER.public, at=AT)
    renamed = VerificationKey(OTHER.kid, KEY.public.jwk)
    answer = check_signature(signed, renamed, at=AT)
    assert isinstance(answer, Failure)
    assert "names another key" in str(answer.reason)


def test_a_signature_expires() -> None:
    signed = sign(statement(expires=AT + timedelta(days=60)), KEY)
    assert check_signature(signed, KEY.public, at=AT + timedelta(days=60))
    late = check_signature(signed, KEY.public, at=AT + timedelta(days=60, seconds=1))
    assert isinstance(late, Failure)
    assert isinstance(late.reason, SignatureExpired)


@pytest.mark.parametrize("act", [Act.REJECT, Act.WITHDRAW])
def test_to_reject_or_withdraw_needs_a_reason(act: Act) -> None:
    with pytest.raises(ValueError, match="reason"):
        sign(statement(act), KEY)
    assert sign(statement(act, reason="The dates are wrong."), KEY).jws


def test_a_private_key_never_prints_itself() -> None:
    assert repr(KEY) == "SigningKey(https://school.example#1)"
    assert "d" not in KEY.public.jwk


def test_a_commitment_hides_the_person_and_binds_to_it() -> None:
    salt = b"\x07" * 32
    assert commitment(ALBA, salt) == commitment(replace(ALBA), salt)
    assert commitment(ALBA, salt) != commitment(ALBA, b"\x08" * 32)
    assert commitment(ALBA, salt) != commitment(replace(ALBA, family_name="Vidal i Puig"), salt)
    assert str(ALBA) == "Alba Vidal"
    with pytest.raises(ValueError, match="32 bytes"):
        commitment(ALBA, b"short")


@pytest.mark.rule("R-DATA-2")
def test_erasing_person_and_salt_leaves_a_chain_that_verifies_and_names_nobody() -> None:
    beside: dict[str, tuple[Person, bytes]] = {}
    ref = commitment(ALBA, b"\x07" * 32)
    beside[ref] = (ALBA, b"\x07" * 32)
    one = first(person_ref=ref)
    two = record(Note("two"), thread=THREAD, author=SCHOOL, at=AT, prev=one, person_ref=ref)
    stored = [to_bytes(one), to_bytes(two)]
    signature = sign(statement(object=two.address), KEY)
    assert commitment(*beside[ref]) == ref, "while it is kept, the person can be shown to be the one meant"

    del beside[ref]
    for data in stored:
        assert b"Alba" not in data
        assert b"Vidal" not in data
        assert b"2006" not in data
    again = [from_bytes(data) for data in stored]
    assert follows(again[1], again[0])
    assert signature.object == again[1].address
    assert check_signature(signature, KEY.public, at=AT)


@pytest.mark.rule("R-DATA-2")
def test_a_record_has_no_place_for_a_person() -> None:
    written = plain(first())
    assert isinstance(written, dict)
    with pytest.raises(TermsUnreadable, match="unknown member “person”"):
        value(Record, JsonObject({**written, "person": plain(ALBA)}))
