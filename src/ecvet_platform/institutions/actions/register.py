"""The list of institutions: entering them with what they may do, and reading who is who."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from ecvet.partnership import CompetentInstitution, Function, empowered, may
from ecvet.partnership import may_agree as agreeable
from ecvet.record import Act, Address
from ecvet.terms import Failure, Identifier, LangString, Success, require
from ecvet_platform.institutions.actions import keys
from ecvet_platform.institutions.errors import InstitutionUnknown
from ecvet_platform.institutions.store import institutions as store
from ecvet_platform.institutions.store.institutions import Line, PublicKey
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people.roles import Actor, Role, Vouched, has_one_of

AUTHOR = "author"
"""The role in which an institution signs what it says alone: a publication, an event, a decision."""


RECEIVER = "receiver"
"""The role in which an institution signs that something has reached it."""


@transaction.atomic
def enter(item: CompetentInstitution, *, actor: Actor, contact: Mapping[str, str] | None = None) -> None:
    """Enter an institution, or what is known of it now, and make its first keys. For a register office.

    Raises `NotYourRole`.
    """
    require(has_one_of(actor, Role.REGISTER_OFFICE))
    before = store.institution(item.id)
    kept = store.contact(item.id) if contact is None else contact
    store.put(item, contact=kept, since=clock.today())
    journal.write("institution.enter", by=actor, subject=item.id, detail={"value": item, "before": before})
    keys.give(item, by=actor)


def institution(name: Identifier) -> CompetentInstitution:
    """An institution by its identifier. Raises `InstitutionUnknown`."""
    found = store.institution(name)
    if found is None:
        raise InstitutionUnknown(name=name)
    return found


def institutions(ids: Iterable[Identifier]) -> dict[Identifier, CompetentInstitution]:
    """Institutions by identifier; those unknown here are left out."""
    return store.institutions(ids)


def with_key(key: UUID) -> CompetentInstitution:
    """The institution whose key stands in an address. Raises `InstitutionUnknown`."""
    found = store.id_of(key)
    if found is None:
        raise InstitutionUnknown(name=str(key))
    return institution(found)


def here_with_key(key: str) -> Identifier | None:
    """The institution of this server whose key stands in an address, if there is one."""
    try:
        found = store.id_of(UUID(key))
    except ValueError:
        return None
    return found if found is not None and not store.nodes([found]) else None


def here() -> frozenset[Identifier]:
    """The institutions that sign on this server."""
    return store.here()


def contact(name: Identifier) -> dict[str, str]:
    """How to reach an institution."""
    return store.contact(name)


def public_keys(name: Identifier) -> tuple[PublicKey, ...]:
    """All public keys of an institution, the oldest first."""
    return store.keys(name)


def elsewhere(ids: Iterable[Identifier]) -> dict[Identifier, str]:
    """Those among these institutions that sign on servers of their own, with the addresses of these."""
    return store.nodes(ids)


def names(ids: Iterable[Identifier]) -> dict[Identifier, str]:
    """The names of institutions; one that is unknown here is called by its identifier."""
    return store.names(ids)


def country_of(ids: Iterable[Identifier]) -> dict[Identifier, str]:
    """The countries of institutions by their code; those unknown here are left out."""
    return store.country_of(ids)


def lines(*, search: str = "", country: str = "", after: str = "", limit: int = 50) -> tuple[Line, ...]:
    """The list from a cursor on."""
    return store.lines(search=search, country=country, after=after, limit=limit)


def page(*, search: str = "", country: str = "", number: int = 1, size: int = 50) -> tuple[tuple[Line, ...], int]:
    """One page of the list by name, and how many there are on all pages."""
    return store.page(search=search, country=country, skip=(number - 1) * size, limit=size)


def countries() -> tuple[str, ...]:
    """The countries of the institutions here."""
    return store.countries()


def said(text: str, language: str) -> LangString | None:
    """What a person typed, in the language of the page; None where nothing was."""
    return LangString.of({language: text}) if text.strip() else None


def may_do(name: Identifier, function: Function, qualification: Identifier | None, on: date) -> Success | Failure:
    """Whether an institution holds a function for a qualification on a day (R-RECOG-14); a no for one unknown here."""
    found = store.institution(name)
    return Failure(InstitutionUnknown(name=name)) if found is None else may(found, function, qualification, on)


def may_agree(name: Identifier) -> Success | Failure:
    """Whether something new may be agreed with an institution today; one that is unknown here is let pass."""
    found = store.institution(name)
    return Success() if found is None else agreeable(found, clock.today())


def issue(item: Address, institution: Identifier, vouched: Vouched | None = None) -> None:
    """Sign a record as its author, in this transaction. Raises `KeyMissing`."""
    keys.sign_for(institution, item, role=AUTHOR, act=Act.ISSUE, vouched=vouched)


def issue_for(item: Address, learner: Identifier, home: Identifier, *, person: Identifier) -> None:
    """Sign a record of a learner with the key of her home, as the signature says. Raises `KeyMissing`."""
    keys.sign_for(home, item, role="learner", act=Act.ISSUE, signer=learner, person=person)


def acknowledge(item: Address, institution: Identifier) -> None:
    """Sign that an institution has received a record, in this transaction. Raises `KeyMissing`."""
    keys.sign_for(institution, item, role=RECEIVER, act=Act.ACKNOWLEDGE)


class ForTheRegister:
    """What the room of qualifications needs of this one (`qualifications.actions.rely_on`)."""

    def issue(self, item: Address, institution: Identifier) -> None:
        """Sign a record as its author."""
        issue(item, institution)

    def name_of(self, institution: Identifier) -> str:
        """What an institution is called."""
        return names((institution,))[institution]

    def empowered(self, function: Function, qualification: Identifier, on: date) -> frozenset[Identifier]:
        """The institutions that hold the function for the qualification on that day."""
        return empowered(store.institutions().values(), function, qualification, on)
