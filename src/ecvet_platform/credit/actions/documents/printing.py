"""Print a record of credit, or where a learner stands, for whoever may see it."""

from ecvet.credit.award import Award
from ecvet.credit.decision import Extent
from ecvet.credit.recognition import Recognition
from ecvet.credit.standing import in_effect
from ecvet.credit.transcript import Transcript
from ecvet.record import Address
from ecvet.saying import say
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import accumulate, looking, reading, sides
from ecvet_platform.credit.actions.documents import (
    accumulation,
    certificate,
    complement,
    decision,
    europass,
    transcript,
)
from ecvet_platform.credit.errors import CreditUnknown, NothingToCertify, StayNotEnded
from ecvet_platform.credit.store import facts
from ecvet_platform.credit.store.cases import Path
from ecvet_platform.credit.store.facts import Fact
from ecvet_platform.documents import actions as documents
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import stays
from ecvet_platform.people.language import speaking
from ecvet_platform.people.roles import Actor

PRINTED = frozenset({"transcript", "recognition", "award"})
"""The kinds of records that have a document."""


def of_record(address: Address, *, actor: Actor, check_at: str, language: str) -> bytes:
    """The PDF of a transcript, of a decision on recognition or of an award, for those who have a part in it.

    `check_at` is the address of the page that checks a record, up to the record's own address. Raises `CreditUnknown`
    for everybody else and for a record that has no document, `LanguageUnknown`, `CharacterMissing`.
    """
    fact = _fact(address, actor)
    with speaking(documents.language(language)):
        if fact.kind == "transcript":
            made = transcript.document(fact, records.recorded(address, Transcript), language, check_at)
        elif fact.kind == "recognition":
            made = decision.document(records.recorded(address, Recognition), language, check_at)
        else:
            made = certificate.of_award(records.recorded(address, Award), language, check_at)
        return documents.pdf(made)


def of_unit(address: Address, *, actor: Actor, check_at: str, language: str) -> bytes:
    """The certificate of the unit that a decision recognised. Raises as `of_record`, and `NothingToCertify`."""
    fact = _fact(address, actor)
    if fact.kind != "recognition":
        raise CreditUnknown(name=address)
    decided = records.recorded(address, Recognition)
    if decided.value.extent is Extent.NONE:
        raise NothingToCertify(why=say("it recognises nothing"))
    if all(one.address != address for one in in_effect(reading.recognitions(fact.learner))):
        raise NothingToCertify(why=say("another decision has taken its place"))
    with speaking(documents.language(language)):
        return documents.pdf(certificate.of_unit(decided, language, check_at))


def of_stay(thread: Identifier, *, actor: Actor, check_at: str, language: str) -> bytes:
    """The fields of Europass Mobility for a stay, once its transcript is issued, for whoever may see the agreement.

    Raises `BasisUnknown`, `NotInForce`, `CreditUnknown` before the transcript and for a portfolio, `LanguageUnknown`.
    """
    found = sides.ground_for(thread, actor)
    if found.path is not Path.MOBILITY:
        raise CreditUnknown(name=thread)
    issued = reading.require_transcript(found)
    with speaking(documents.language(language)):
        return documents.pdf(europass.document(found, issued, language, check_at))


def of_complement(
    thread: Identifier, *, actor: Actor, check_at: str, language: str, form: documents.Format = documents.Format.PDF
) -> bytes:
    """The complement of a learning agreement, what was done and achieved, once the stay has ended.

    For whoever has a part in the credit under the agreement; sealed by the hosting institution, or as a Word file.
    Raises `BasisUnknown`, `NotInForce`, `CreditUnknown` for a portfolio, `StayNotEnded`, `LanguageUnknown`,
    `CharacterMissing`.
    """
    found = sides.ground_for(thread, actor)
    if found.path is not Path.MOBILITY:
        raise CreditUnknown(name=thread)
    stay, ending = stays.course(thread)
    if stay.left is None:
        raise StayNotEnded()
    with speaking(documents.language(language)):
        return documents.made(complement.document(found, stay, ending, language, check_at), form)


def has_complement(thread: Identifier, *, actor: Actor) -> bool:
    """Whether there is a complement of an agreement for the actor: which links a page shows."""
    if not sides.may_see(thread, actor) or reading.ground(thread).path is not Path.MOBILITY:
        return False
    return stays.course(thread)[0].left is not None


def of_progress(
    learner: Identifier, qualification: Identifier, *, actor: Actor, page: str, language: str
) -> bytes:  # fmt: skip
    """The statement of what a learner has accumulated towards a qualification today, for whoever may see the page.

    `page` is the address of the page of progress, which shows what holds later. Raises `CreditUnknown`,
    `QualificationUnknown`, `LanguageUnknown`, `CharacterMissing`.
    """
    found = accumulate.progress(learner, qualification, actor=actor)
    with speaking(documents.language(language)):
        return documents.pdf(accumulation.document(found, language, page))


def _fact(address: Address, actor: Actor) -> Fact:
    looking.record(address, actor=actor)  # only for those who may have the record itself
    fact = facts.one(address)
    if fact is None or fact.kind not in PRINTED:
        raise CreditUnknown(name=address)
    return fact
