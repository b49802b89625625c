"""The learner, by pseudonym: personal data stay outside every record (R-DATA-2)."""

from dataclasses import dataclass
from datetime import date

from ecvet.record import Person, PersonRef
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
