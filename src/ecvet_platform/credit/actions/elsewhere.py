"""What a university's transcript (ELMO) says, put into a portfolio: context and evidence, never credit.

Nothing of it counts by being brought: an institution looks at the file, asks its issuer, assesses and decides as for
everything else that was learned elsewhere (R-NFIL-3). It is looked at first; then all of it is put in, or nothing.
"""

from dataclasses import dataclass
from typing import Final

from django.db import transaction

from ecvet.credit.portfolio import Experience
from ecvet.exchange.elmo import read_elmo
from ecvet.exchange.elmo_document import Counted, Named, countable, experiences
from ecvet.exchange.errors import FileDangerous
from ecvet.exchange.report import Remark
from ecvet.record import address_of
from ecvet.saying import say
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import evidence, learners, portfolio
from ecvet_platform.credit.actions.reading import Ground
from ecvet_platform.credit.errors import AboutSomebodyElse, NothingNew
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications.naming import fold

MOST_BYTES: Final = 1024 * 1024
MOST_LINES: Final = 300
"""How many lines a file can bring; a whole degree has about a hundred courses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a file says before anything is kept. `new` are the lines that the portfolio does not have.

    `others` are the people it is about whose name or day of birth is not the learner's.
    """

    counted: tuple[Counted, ...]
    new: tuple[Experience, ...]
    remarks: tuple[Remark, ...]
    others: tuple[Named, ...]


def look(thread: Identifier, data: bytes, *, name: str, actor: Actor) -> Look:
    """What a file would bring to a portfolio. Writes nothing.

    Raises `BasisUnknown`, `NeighbourUnreadable`, `FileDangerous`.
    """
    ground = portfolio.portfolio_for(thread, actor)
    if len(data) > MOST_BYTES:
        raise FileDangerous(
            name=name, why=say("it is larger than {most_bytes} MB", most_bytes=MOST_BYTES // 1024 // 1024)
        )
    file, kept = read_elmo(data, name), set(portfolio.value_of(ground).experience)
    counted: list[Counted] = []
    remarks = list(file.remarks)
    new: dict[Experience, None] = {}
    for document in file.documents:
        found, why = countable(document)
        counted += found
        remarks += why
        new |= dict.fromkeys(one for one in experiences(document) if one not in kept)
        if len(new) > MOST_LINES:
            raise FileDangerous(
                name=name, why=say("it has more than {most_lines} parts with credit", most_lines=MOST_LINES)
            )
    return Look(
        counted=tuple(counted), new=tuple(new), remarks=tuple(remarks),
        others=tuple(one.learner for one in file.documents if not _is(ground, one.learner)),
    )  # fmt: skip


@transaction.atomic
def put(thread: Identifier, data: bytes, *, name: str, actor: Actor, same: bool = False) -> Ground:
    """Keep the file as evidence, and what it says as lines of the portfolio, in a new version of it.

    `same` says that a person has looked and the file is about the learner although names or days differ. Raises what
    `look` raises, `AboutSomebodyElse`, `NothingNew`, and what bringing evidence and documenting refuse.
    """
    found = look(thread, data, name=name, actor=actor)
    if found.others and not same:
        raise AboutSomebodyElse(named=found.others[0])
    if not found.new:
        raise NothingNew()
    before = portfolio.value_of(portfolio.portfolio_for(thread, actor))
    if address_of(data) not in {one.annex.hash for one in evidence.of_basis(thread, actor=actor)}:
        evidence.bring(thread, data, name=name, actor=actor)
    return portfolio.document(thread, claims=before.claims, experience=(*before.experience, *found.new), actor=actor)


def _is(ground: Ground, named: Named) -> bool:
    """Whether a file names the learner: the same name, and the same day of birth where both are known."""
    person = learners.known(ground.learner).person
    if person is None:
        return False
    born = person.birth_date is None or named.born is None or person.birth_date == named.born
    return born and fold(str(person)) == fold(str(named))
