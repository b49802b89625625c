"""Who is asked: invited by an e-mailed link or with an account, one by one or by a list, reminded, taken back."""

from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from ecvet.qualification.consultation import Group, State, may_respond
from ecvet.saying import say
from ecvet.terms import Country, Identifier, require
from ecvet_platform.consultations.actions import consulting, mails
from ecvet_platform.consultations.actions.consulting import Consultation
from ecvet_platform.consultations.errors import (
    AskedAlready,
    HasAnswered,
    NoSuchAccount,
    StakeholderLineUnreadable,
    StakeholderUnknown,
)
from ecvet_platform.consultations.store import consultations
from ecvet_platform.consultations.store import stakeholders as store
from ecvet_platform.consultations.store.stakeholders import Stakeholder as Stakeholder
from ecvet_platform.consultations.words import ASKS
from ecvet_platform.guests.actions import inviting
from ecvet_platform.guests.actions.errands import Errand
from ecvet_platform.guests.errors import GuestTaskOver, InvitedAlready, TooManyMails
from ecvet_platform.guests.store import guests
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.people import store as accounts
from ecvet_platform.people.errors import AddressUnreadable, LanguageUnknown
from ecvet_platform.people.language import countries
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications.naming import key_of

ROLE: Final = "stakeholder"
TASK: Final = "consult"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Who shall be asked; `member` means with an account, else by an e-mailed link."""

    name: str
    email: str
    group: Group
    country: Country
    language: str
    organisation: str = ""
    member: bool = False


def _over(thread: Identifier) -> bool:
    """Whether a consultation takes no answers any more."""
    found = consultations.one(key_of(thread))
    return found is None or found.round.state(clock.today()) is not State.OPEN


ERRAND: Final = Errand(task=TASK, asks=ASKS, page="consultations:guest", over=_over)


@transaction.atomic
def invite(key: UUID, item: Invitation, *, link: str, page: str, actor: Actor) -> Stakeholder:
    """Ask somebody. `link` is the address for guests with the place {secret}, `page` that for people with an account.

    Raises `NotYourRole`, `ConsultationUnknown`, `ConsultationOver`, `AddressUnreadable`, `LanguageUnknown`,
    `NoSuchAccount`, `AskedAlready`.
    """
    found = consulting.office(key, actor=actor)
    require(may_respond(found.round, clock.today()))
    return _ask(found, item, link=link, page=page, actor=actor)


@transaction.atomic
def invite_all(key: UUID, text: str, *, link: str, page: str, actor: Actor) -> tuple[Stakeholder, ...]:
    """Ask everybody of a list by e-mailed link, or nobody; each line name; e-mail address; group; country; language.

    Raises `StakeholderLineUnreadable` for the first line that cannot be read, and what `invite` raises.
    """
    found = consulting.office(key, actor=actor)
    require(may_respond(found.round, clock.today()))
    made = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                made.append(_ask(found, _read(line, number), link=link, page=page, actor=actor))
            except (AskedAlready, AddressUnreadable) as error:
                raise StakeholderLineUnreadable(number=number, why=str(error).rstrip(".")) from error
    return tuple(made)


@transaction.atomic
def invite_again(key: UUID, *, link: str, page: str, actor: Actor) -> int:
    """Ask everybody of the round before, as far as the address is still known; how many were asked.

    Raises `NotYourRole`, `ConsultationUnknown`, `ConsultationOver`.
    """
    found = consulting.office(key, actor=actor)
    require(may_respond(found.round, clock.today()))
    before = next((one for one in consultations.of_draft(found.draft) if one.number == found.number - 1), None)
    asked = 0
    for one in store.of_consultation(before.id) if before else ():
        email = _email(one)
        if email:
            item = Invitation(
                name=one.name, email=email, group=one.group, country=one.country, language=one.language,
                organisation=one.organisation, member=bool(one.account),
            )  # fmt: skip
            try:
                _ask(found, item, link=link, page=page, actor=actor)
            except AskedAlready:
                continue
            asked += 1
    return asked


@transaction.atomic
def remind(key: UUID, *, link: str, page: str, actor: Actor) -> int:
    """Remind everybody who has not answered; how many were. Whoever got many e-mails today is left in peace.

    Raises `NotYourRole`, `ConsultationUnknown`, `ConsultationOver`.
    """
    found = consulting.office(key, actor=actor)
    require(may_respond(found.round, clock.today()))
    return sum(
        remind_one(found, one, link=link, page=page, actor=actor)
        for one in store.of_consultation(key) if one.submitted is None
    )  # fmt: skip


@transaction.atomic
def withdraw(key: UUID, stakeholder: UUID, *, actor: Actor) -> None:
    """Take an invitation back; the link is dead, name and address are forgotten. What was submitted stays.

    Raises `NotYourRole`, `ConsultationUnknown`, `StakeholderUnknown`, `HasAnswered`.
    """
    found = consulting.office(key, actor=actor, to_change=True)
    one = store.one(stakeholder)
    if one is None or one.consultation != key or one.withdrawn is not None:
        raise StakeholderUnknown()
    if one.submitted is not None:
        raise HasAnswered()
    if one.guest is not None:
        guests.end(one.guest, withdrawn=clock.now())
    store.withdraw(one.id, at=clock.now())
    journal.write("consultation.withdraw", by=actor, subject=found.thread, detail={"stakeholder": _called(one)})


def asked(key: UUID, *, actor: Actor) -> tuple[Stakeholder, ...]:
    """Who is asked, for the office; without what they said. Raises `NotYourRole`, `ConsultationUnknown`."""
    consulting.office(key, actor=actor)
    return tuple(replace(one, views=()) for one in store.of_consultation(key))


def tell_of_report(item: Consultation, *, address: str) -> None:
    """Send everybody who was asked the address of the report; then the addresses of guests are forgotten."""
    for one in store.of_consultation(item.id):
        email = _email(one)
        if email:
            mails.reported(email, one.name, one.language, title=item.title, address=address)
        if one.guest is not None:
            guests.end(one.guest, done=clock.now())


# ------------------------------------------------------------- inside
def _ask(found: Consultation, item: Invitation, *, link: str, page: str, actor: Actor) -> Stakeholder:
    account, guest = "", None
    email, name = item.email.strip().lower(), " ".join(item.name.split())
    if item.language not in dict(settings.LANGUAGES):
        raise LanguageUnknown(code=item.language[:20])
    if item.member:
        known = accounts.account_of(email)
        if known is None:
            raise NoSuchAccount(email=email[:80])
        account = known.identifier
        if store.as_member(found.id, known.identifier) is not None:
            raise AskedAlready()
        until = found.round.deadline
        mails.asked(known.email, name, item.language, title=found.title, until=until, address=page)
    else:
        try:
            made = inviting.welcome(
                found.thread, ROLE, TASK, name=name, email=email, language=item.language, link=link, by=actor,
                of=found.institution,
            )  # fmt: skip
        except InvitedAlready as error:
            raise AskedAlready() from error
        guest = made.id
    one = Stakeholder(
        id=chance.uuid7(), response=chance.uuid4(), consultation=found.id, name=name,
        organisation=" ".join(item.organisation.split()), group=item.group, country=item.country,
        language=item.language, account=account, guest=guest, invited=clock.now(),
    )  # fmt: skip
    store.add(one)
    detail = {"stakeholder": _called(one), "group": one.group, "country": one.country}
    journal.write("consultation.ask", by=actor, subject=found.thread, detail=detail)
    return one


def remind_one(found: Consultation, one: Stakeholder, *, link: str, page: str, actor: Actor) -> bool:
    """Remind somebody who has not answered; whether that was possible, and not too much for today."""
    if one.guest is not None:
        invitation = guests.one(one.guest)
        assert invitation is not None
        try:
            inviting.send_again(invitation, link=link, by=actor)
        except (TooManyMails, GuestTaskOver):
            return False
    else:
        email = _email(one)
        if not email:
            return False
        mails.asked(email, one.name, one.language, title=found.title, until=found.round.deadline, address=page)
    store.note_reminder(one.id, at=clock.now())
    journal.write("consultation.remind", by=actor, subject=found.thread, detail={"stakeholder": _called(one)})
    return True


def _email(one: Stakeholder) -> str:
    """Where somebody is written to; empty where that is forgotten."""
    if one.guest is not None:
        invitation = guests.one(one.guest)
        return invitation.email if invitation else ""
    known = accounts.account(key_of(Identifier(one.account)))
    return known.email if known else ""


def _called(one: Stakeholder) -> Identifier:
    return Identifier(one.id.urn)


def _read(line: str, number: int) -> Invitation:
    """One line of a list. Raises `StakeholderLineUnreadable`."""
    parts = [one.strip() for one in line.split(";")]
    if len(parts) != 5 or not all(parts):
        raise StakeholderLineUnreadable(number=number, why=say("it does not have five parts"))
    name, email, group, country, language = parts
    if group not in set(Group):
        raise StakeholderLineUnreadable(number=number, why=say("there is no group “{group}”", group=group[:40]))
    if country not in dict(countries()):
        raise StakeholderLineUnreadable(number=number, why=say("there is no country “{country}”", country=country[:40]))
    if language not in dict(settings.LANGUAGES):
        raise StakeholderLineUnreadable(
            number=number, why=say("there is no language “{language}” here", language=language[:40])
        )
    return Invitation(name=name, email=email, group=Group(group), country=Country(country), language=language)
