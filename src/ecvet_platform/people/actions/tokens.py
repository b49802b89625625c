"""The tokens with which programs act for a person: what there is, and ending it. Making one is `actions.make_token`."""

from django.db import transaction

from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people.actions import notices, self_of
from ecvet_platform.people.errors import TokenUnknown
from ecvet_platform.people.store import Account, tokens
from ecvet_platform.people.store.tokens import Known as Known


def of(person: Account) -> tuple[Known, ...]:
    """The tokens that still act for a person, the latest made first."""
    return tokens.of(person.id, at=clock.now())


def made(person: Account) -> None:
    """Tell a person that a token was made for her."""
    notices.changed(person, notices.TOKEN_MADE)


@transaction.atomic
def end(person: Account, name: str) -> None:
    """End a token of a person, at once. Raises `TokenUnknown`."""
    if not tokens.end(person.id, at=clock.now(), only=name):
        raise TokenUnknown()
    journal.write("person.end-token", by=self_of(person), subject=person.identifier, detail={"tokens": 1})


@transaction.atomic
def end_all(person: Account) -> int:
    """End all tokens of a person; how many there were."""
    count = tokens.end(person.id, at=clock.now())
    if count:
        journal.write("person.end-token", by=self_of(person), subject=person.identifier, detail={"tokens": count})
    return count
