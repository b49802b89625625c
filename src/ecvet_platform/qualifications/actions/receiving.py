"""Units and qualifications as institutions on servers of their own have published them: kept, never changed.

They come beside the agreement that names them, so that who assesses can read what is to be assessed. Whoever calls has
proved that the record is signed by its author.
"""

from django.db import transaction

from ecvet.qualification import Qualification, Unit, may_follow
from ecvet.record import Record, RecordType, value
from ecvet.terms import require
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal.chain import By
from ecvet_platform.qualifications import store


@transaction.atomic
def published(item: Record, *, by: By) -> bool:
    """Keep a published unit or qualification version; whether it was new.

    Raises `PublishedNeverChanges` for another content under the same identifier, `VersionDoesNotFollow`,
    `TermsUnreadable`.
    """
    return _unit(item, by) if item.type is RecordType.UNIT else _qualification(item, by)


def _unit(item: Record, by: By) -> bool:
    said = value(Unit, item.terms)
    if (known := store.unit(said.id)) is not None:
        require(may_follow(known.value, said))
        return False
    store.add_unit(said, item)
    journal.write("unit.publish", by=by, subject=said.id, record=item.address, detail={"thread": item.thread})
    return True


def _qualification(item: Record, by: By) -> bool:
    said = value(Qualification, item.terms)
    if (known := store.qualification(said.id)) is not None:
        require(may_follow(known.value, said))
        return False
    units = [found.value for link in said.units if (found := store.unit(link.unit)) is not None]
    store.add_qualification(said, units, item, at=clock.now())
    journal.write("qualification.publish", by=by, subject=said.id, record=item.address, detail={"thread": item.thread})
    return True
