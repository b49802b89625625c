"""Forgetting an account: name and address go, links and tokens end; its identifier stays and names nobody."""

from ecvet.terms import Identifier
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal.chain import By
from ecvet_platform.people import store
from ecvet_platform.people.roles import Role


def forget_account(account: Identifier, *, by: By) -> bool:
    """Forget the account of an erased learner (R-DATA-2); False where its person also works here in another role.

    Called in the transaction of the erasure.
    """
    person = store.id_of(account)
    if person is None or any(roles - {Role.LEARNER} for roles in store.memberships(person).values()):
        return False
    store.forget(person)
    journal.write("person.forget", by=by, subject=account)
    return True
