"""The learner, by pseudonym: personal data stay outside every record (R-DATA-2)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from ecvet.mobility.errors import NothingCorrected
from ecvet.record import Person, PersonRef, commitment
from ecvet.terms import Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """A person who learns. `id` is a pseudonym (urn:uuid:…) minted at home; `ref` commits to `person`."""

    id: Identifier
    ref: PersonRef
    person: Person

    def age(self, on: date) -> int | None:
        """Full years on that day, None where the date of birth is not known."""
        born = self.person.birth_date
        if born is None:
            return None
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    def comes_of_age(self, adult_age: int) -> date | None:
        """The first day on which nobody else signs for the learner (R-LA-9); None without a date of birth."""
        born = self.person.birth_date
        if born is None:
            return None
        year = born.year + adult_age
        if (born.month, born.day) == (2, 29) and monthrange(year, 2)[1] == 28:
            return date(year, 3, 1)
        return born.replace(year=year)

    def is_minor(self, adult_age: int, on: date) -> bool:
        """Whether a guardian still speaks for the learner on that day; also where the date of birth is not known."""
        birthday = self.comes_of_age(adult_age)
        return birthday is None or on < birthday


def called_now(learner: Learner, person: Person, salt: bytes) -> Learner:
    """The learner under a new name or a corrected one: the same pseudonym, and a commitment for what is signed next.

    What was signed before keeps the commitment to the name of its day, so that both stay provable (R-DATA-2). Raises
    `NothingCorrected`.
    """
    if person == learner.person:
        raise NothingCorrected()
    return Learner(id=learner.id, ref=commitment(person, salt), person=person)
