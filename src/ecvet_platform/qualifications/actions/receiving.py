"""Units as institutions on servers of their own have published them: kept, never changed.

They come beside the agreement that names them, so that who assesses can read what is to be assessed; the qualification
that they belong to stays in the register of its country. Whoever calls has proved that its author has signed it.
"""

from django.db import transaction

from ecvet.qualification import Unit, may_follow
from ecvet.record import Record, value
from ecvet.terms import require
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal.chain import By
from ecvet_platform.qualifications import store


@transaction.atomic
def unit(item: Record, *, by: By) -> bool:
    """Keep a published unit version; whether it was new.

    Raises `PublishedNeverChanges` for another content under the same identifier, `VersionDoesNotFollow`,
    `TermsUnreadable`.
    """
    said = value(Unit, item.terms)
    if (known := store.unit(said.id)) is not None:
        require(may_follow(known.value, said))
        return False
    store.add_unit(said, item)
    journal.write("unit.publish", by=by, subject=said.id, record=item.address, detail={"thread": item.thread})
    return True
