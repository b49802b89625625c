"""Learners: entered by their home institution, enrolled in a qualification version, erased when nothing binds them.

Who may see a learner: the people of the home institution who work with learners, and the learner.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from django.db import transaction

from ecvet.mobility import Learner, State, called_now
from ecvet.qualification import may_begin
from ecvet.record import Person, commitment
from ecvet.saying import say
from ecvet.terms import Identifier, require
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.journal.chain import By
from ecvet_platform.mobility.errors import LearnerErased, LearnerStillBound, LearnerUnknown
from ecvet_platform.mobility.store import agreements
from ecvet_platform.mobility.store import learners as store
from ecvet_platform.mobility.store.learners import Enrolment
from ecvet_platform.mobility.store.learners import Known as Known
from ecvet_platform.mobility.store.learners import Line as Line
from ecvet_platform.people import actions as people
from ecvet_platform.people import store as accounts_of
from ecvet_platform.people.forgetting import forget_account
from ecvet_platform.people.roles import Actor, Role, has_one_of
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of

KEEPERS: Final = (Role.COORDINATOR,)
"""Who enters learners and keeps their data."""

STAFF: Final = (Role.COORDINATOR, Role.ASSESSOR, Role.COMPETENT_INSTITUTION, Role.REGISTER_OFFICE)
"""Who may look at the learners of their own institution."""

ADULT_AGE: Final = 18
"""The age of majority in every member state of the Union."""

OVER: Final = frozenset({State.CLOSED, State.CANCELLED, State.NO_SHOW})


class Holder(Protocol):
    """A later room that holds personal data of learners."""

    def check(self, learner: Identifier) -> None:
        """Raise what still needs the data."""
        ...

    def forget(self, learner: Identifier) -> None:
        """Forget who the learner is, in this transaction."""
        ...


_holders: list[Holder] = []


def rely_on(holder: Holder) -> None:
    """Ask a later room before a learner is erased, and let it forget too; called once, when the platform starts."""
    _holders.append(holder)


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerFile:
    """A learner with everything that has been followed."""

    learner: Known
    enrolments: tuple[Enrolment, ...]
    former: tuple[Person, ...] = ()


@transaction.atomic
def enter(
    person: Person, *, actor: Actor, qualification: Identifier | None = None, since: date | None = None,
    email: str = "", guardian: str = "", guardian_email: str = "",
) -> Known:  # fmt: skip
    """Enter a learner of the actor's institution, with an account when an e-mail address is given.

    The pseudonym and the salt are drawn here. Raises `NotYourRole`, `LearnerUnknown` without an institution,
    `QualificationUnknown`, `NotYetInForce`, `NoLongerBegun`, `AddressUnreadable`.
    """
    home = keeper(actor)
    if qualification is not None:
        require(may_begin(qualifications.qualification(qualification).value, since or clock.today()))
    account = None
    if email:
        made = people.register(email=email, name=str(person), by=actor)
        people.give_role(made, home, Role.LEARNER, by=actor)
        account = made.identifier
    adult = people.register(email=guardian_email, name=guardian or guardian_email, by=actor) if guardian_email else None
    salt = chance.salt()
    learner = Learner(id=chance.new_identifier(), ref=commitment(person, salt), person=person)
    store.add(
        learner, home=home, salt=salt, account=account, guardian=adult.identifier if adult else None, at=clock.now()
    )
    if qualification is not None:
        store.enrol(learner.id, qualification, since or clock.today())
    journal.write("learner.enter", by=actor, subject=learner.id, detail={"home": home, "follows": qualification})
    return _at_home(learner.id, actor)


@transaction.atomic
def enrol(learner: Identifier, qualification: Identifier, *, since: date, actor: Actor) -> None:
    """Let a learner follow a qualification version from a day on (R-QUAL-5).

    Raises `NotYourRole`, `LearnerUnknown`, `LearnerErased`, `QualificationUnknown`, `NotYetInForce`, `NoLongerBegun`.
    """
    keeper(actor)
    known = _at_home(learner, actor)
    _living(known)
    require(may_begin(qualifications.qualification(qualification).value, since))
    store.enrol(learner, qualification, since)
    detail = {"qualification": qualification, "since": since}
    journal.write("learner.enrol", by=actor, subject=learner, detail=detail)


@transaction.atomic
def rename(learner: Identifier, person: Person, *, actor: Actor) -> Known:
    """Call a learner otherwise from now on, or correct a mistake (Regulation (EU) 2016/679, Article 16).

    What was signed keeps the name of its day. Raises `NotYourRole`, `LearnerUnknown`, `LearnerErased`,
    `NothingCorrected`.
    """
    keeper(actor)
    salt = chance.salt()
    store.rename(called_now(_living(_at_home(learner, actor)), person, salt), salt=salt, at=clock.now())
    journal.write("learner.rename", by=actor, subject=learner)
    return _at_home(learner, actor)


@transaction.atomic
def erase(learner: Identifier, *, actor: Actor) -> None:
    """Forget who a learner is, in every room, and the account that was only hers; records still verify (R-DATA-2).

    Raises `LearnerStillBound` while a stay is not over, `StillNeeded` while a result, decision or appeal is open.
    """
    keeper(actor)
    forget(_at_home(learner, actor), by=actor)


def forget(known: Known, *, by: By) -> None:
    """Forget a learner at the word of her home, wherever that is; the caller has checked whose word it is.

    Raises `LearnerStillBound`, `StillNeeded`.
    """
    learner = known.id
    bound = [one for one in agreements.of_learner(learner) if one.stay is not None and State(one.stay) not in OVER]
    if bound:
        raise LearnerStillBound(name=learner, count=len(bound))
    for one in _holders:
        one.check(learner)
    store.erase(learner, at=clock.now())
    for one in _holders:
        one.forget(learner)
    if known.account is not None and not store.concerns(known.account):
        forget_account(known.account, by=by)
    journal.write("learner.erase", by=by, subject=learner)


# ------------------------------------------------------------- read
def learner(name: Identifier, *, actor: Actor) -> LearnerFile:
    """A learner for those who may see one. Raises `LearnerUnknown`."""
    return LearnerFile(
        learner=_visible(name, actor), enrolments=store.enrolments(name),
        former=tuple(one.person for one in store.former(name)),
    )  # fmt: skip


def mine(actor: Actor) -> tuple[Known, ...]:
    """The learners as whom the actor has signed in."""
    return store.of_account(actor.person)


def named(actor: Actor) -> tuple[Identifier, ...]:
    """The same by their pseudonyms."""
    return store.ids_of_account(actor.person)


def wards(actor: Actor) -> tuple[Known, ...]:
    """The learners for whom the actor is the guardian, as long as they are minors (R-LA-9)."""
    return tuple(one for one in store.of_guardian(actor.person) if guardian(one) is not None)


def guardian(of: Known) -> Identifier | None:
    """Who speaks for a learner today beside herself: the guardian until she comes of age, then nobody (R-LA-9)."""
    grown = of.learner is not None and not of.learner.is_minor(ADULT_AGE, clock.today())
    return None if grown else of.guardian


def page(*, actor: Actor, search: str = "", number: int = 1, size: int = 50) -> tuple[tuple[Known, ...], int]:
    """One page of the learners of the actor's institution, and how many there are. Raises `NotYourRole`."""
    require(has_one_of(actor, *STAFF))
    if actor.institution is None:
        return (), 0
    return store.of_home(actor.institution, search=search, skip=(number - 1) * size, limit=size)


def roll(*, actor: Actor, search: str = "", number: int = 1, size: int = 50) -> tuple[tuple[Line, ...], int]:
    """The same as lines of a list, with what each learner follows today. Raises `NotYourRole`."""
    require(has_one_of(actor, *STAFF))
    if actor.institution is None:
        return (), 0
    return store.lines(actor.institution, clock.today(), search=search, skip=(number - 1) * size, limit=size)


def lines(*, actor: Actor, after: Identifier | None = None, limit: int = 50) -> tuple[Known, ...]:
    """The same from a cursor on. Raises `NotYourRole`."""
    require(has_one_of(actor, *STAFF))
    return store.after(actor.institution, after, limit) if actor.institution else ()


def names(learners: Iterable[Identifier]) -> Mapping[Identifier, str]:
    """What learners are called, for those who may see the agreements that name them."""
    return store.names(learners)


def people_named(accounts: Iterable[Identifier]) -> Mapping[Identifier, str]:
    """What guardians are called, who are known by their accounts."""
    keys = {name: key_of(name) for name in accounts if name.startswith("urn:uuid:")}
    return {name: found.name for name, key in keys.items() if (found := accounts_of.account(key)) is not None}


def followed(learners: Iterable[Identifier], on: date) -> Mapping[Identifier, Identifier]:
    """The qualification version that each learner follows on a day."""
    return store.followed(learners, on)


def known(name: Identifier) -> Known:
    """A learner, for other rooms' decisions; they have checked who asks. Raises `LearnerUnknown`."""
    found = store.learner(name)
    if found is None:
        raise LearnerUnknown(name=name)
    return found


def present(name: Identifier) -> Learner:
    """The core's learner, for decisions about something new. Raises `LearnerUnknown`, `LearnerErased`."""
    return _living(known(name))


# ------------------------------------------------------------- inside
def keeper(actor: Actor) -> Identifier:
    """The institution whose learners somebody keeps. Raises `NotYourRole`, `LearnerUnknown`."""
    require(has_one_of(actor, *KEEPERS))
    if actor.institution is None:
        raise LearnerUnknown(name=say("without an institution"))
    return actor.institution


def _at_home(name: Identifier, actor: Actor) -> Known:
    found = store.learner(name)
    if found is None or found.home != actor.institution:
        raise LearnerUnknown(name=name)
    return found


def _visible(name: Identifier, actor: Actor) -> Known:
    found = store.learner(name)
    if found is None:
        raise LearnerUnknown(name=name)
    if found.account == actor.person or (found.home == actor.institution and has_one_of(actor, *STAFF)):
        return found
    raise LearnerUnknown(name=name)


def _living(found: Known) -> Learner:
    if found.learner is None:
        raise LearnerErased(name=found.id)
    return found.learner
