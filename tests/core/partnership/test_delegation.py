"""A signature handed to a colleague (7.5, cases 2 and 3): it directs, and locks nobody out."""

from dataclasses import replace

import pytest

from core.partnership.samples import AT, DAY, LYON, PARTIES, TURIN, proposal, signed, text, thread
from ecvet.errors import EcvetError
from ecvet.partnership import Delegation, Thread, delegated, may_delegate, on_behalf
from ecvet.partnership.errors import (
    DelegatedToOneself,
    DelegateNotAuthorised,
    NotASignatory,
    ProposalStale,
    SignatureNotOwed,
)
from ecvet.record import Act
from ecvet.terms import Failure, Identifier

BRUNO, BIANCA, MARC = (Identifier(f"urn:uuid:0190a1b2-0000-7000-8000-00000000000{n}") for n in (1, 2, 3))
FIRST = proposal()
NEXT = proposal(FIRST, additional=text("With a better timetable"))
MADE = Delegation(object=FIRST.address, institution=TURIN, role="party", by=BRUNO, to=BIANCA, at=AT)
OPEN = thread(FIRST)


def refused(known: Thread, made: Delegation) -> type[EcvetError]:
    answer = may_delegate(known, made, PARTIES, authorised={BRUNO, BIANCA})
    assert isinstance(answer, Failure)
    return type(answer.reason)


def test_an_authorised_colleague_may_be_asked_to_sign() -> None:
    assert may_delegate(OPEN, MADE, PARTIES, authorised={BRUNO, BIANCA})


@pytest.mark.parametrize(
    ("known", "made", "error"),
    [
        (OPEN, replace(MADE, to=MARC), DelegateNotAuthorised),
        (OPEN, replace(MADE, to=BRUNO), DelegatedToOneself),
        (OPEN, replace(MADE, by=MARC), NotASignatory),
        (OPEN, replace(MADE, role="home"), NotASignatory),
        (thread(FIRST, signatures=(signed(FIRST, TURIN),)), MADE, SignatureNotOwed),
        (thread(FIRST, signatures=(signed(FIRST, LYON, Act.REJECT),)), MADE, SignatureNotOwed),
        (thread(FIRST, NEXT), MADE, ProposalStale),
    ],
)
def test_what_cannot_be_handed_on(known: Thread, made: Delegation, error: type[EcvetError]) -> None:
    assert refused(known, made) is error


def test_the_last_delegation_holds_and_only_for_its_version() -> None:
    both = (MADE, replace(MADE, by=BIANCA, to=MARC))
    assert delegated(both, FIRST.address, MADE.signatory) == both[1]
    assert delegated(both, NEXT.address, MADE.signatory) is None


def test_a_signature_says_whether_it_was_made_on_behalf_and_another_colleague_may_sign_too() -> None:
    by = {who: signed(FIRST, TURIN, person=who) for who in (BRUNO, BIANCA, MARC)}
    assert on_behalf((MADE,), by[BIANCA]) == MADE
    assert on_behalf((MADE,), by[BRUNO]) is on_behalf((MADE,), by[MARC]) is None
    assert on_behalf((replace(MADE, at=AT + DAY),), by[BIANCA]) is None, "it was handed on after the signature"
