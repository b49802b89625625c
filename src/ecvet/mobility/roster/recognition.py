"""Who of a list is known already: by the number that the school gave, the e-mail address, or name and date of birth.

Two people are told apart by what both are known to have and have differently: the number, else the date of birth, else
the address. Where nothing tells two of one name apart, nobody is entered and a person decides; so a list brought twice
enters nobody twice, and two people of one name are never taken for one silently.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ecvet.errors import EcvetError
from ecvet.mobility.roster.columns import plain
from ecvet.mobility.roster.errors import EmailOfAnother, PerhapsThere, ThereAlready, TwiceInTheList
from ecvet.mobility.roster.lines import Answer, Entry, Line
from ecvet.record import Person
from ecvet.terms import Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquaintance:
    """A learner who is known: at home already, or from an earlier `line` of the list."""

    person: Person
    email: str = ""
    learner: Identifier | None = None
    line: int | None = None


def recognise(lines: Iterable[Line], known: Iterable[Acquaintance]) -> tuple[Line, ...]:
    """The same lines, of which those are answered with `KNOWN` or `REFUSED` who are there already."""
    circle = _Circle()
    for one in known:
        circle.add(one)
    found: list[Line] = []
    for line in lines:
        why, who = circle.meets(line.entry) if line.entry is not None else (None, None)
        if line.entry is None or why is None:
            found.append(line)
        else:
            answer = Answer.REFUSED if isinstance(why, EmailOfAnother) else Answer.KNOWN
            found.append(replace(line, answer=answer, why=(why,), learner=who))
        if line.entry is not None and why is None:
            circle.add(Acquaintance(person=line.entry.person, email=line.entry.email, line=line.number))
    return tuple(found)


@dataclass(slots=True)
class _Circle:
    """The known by what they are found with, so that a list of thousands meets thousands quickly."""

    by_number: dict[str, Acquaintance] = field(default_factory=dict)
    by_email: dict[str, list[Acquaintance]] = field(default_factory=dict)
    by_name: dict[str, list[Acquaintance]] = field(default_factory=dict)

    def add(self, one: Acquaintance) -> None:
        if one.person.learner_id:
            self.by_number.setdefault(one.person.learner_id, one)
        if one.email:
            self.by_email.setdefault(one.email, []).append(one)
        self.by_name.setdefault(plain(str(one.person)), []).append(one)

    def meets(self, entry: Entry) -> tuple[EcvetError | None, Identifier | None]:
        """Why the entry is nobody new, and who it is where that is certain; nothing for somebody new."""
        number, name = entry.person.learner_id, plain(str(entry.person))
        if number and number in self.by_number:
            return _there(self.by_number[number], "the learner number")
        same_name = [one for one in self.by_name.get(name, ()) if not _differ(number, one.person.learner_id)]
        for one in self.by_email.get(entry.email, ()) if entry.email else ():
            if one in same_name:
                return _there(one, "the e-mail address")
            return EmailOfAnother(email=entry.email, other=one.person), None
        for one in same_name:
            born, other = entry.person.birth_date, one.person.birth_date
            if born and born == other:
                return _there(one, "name and date of birth")
        for one in same_name:
            if _differ(entry.person.birth_date, one.person.birth_date) or _differ(entry.email, one.email):
                continue
            if entry.person == one.person and entry.email == one.email:
                return _there(one, "the name, all that is known")
            return PerhapsThere(name=one.person), None
        return None, None


def _differ(mine: object, yours: object) -> bool:
    """Whether both are known and are not the same."""
    return bool(mine and yours and mine != yours)


def _there(one: Acquaintance, by: str) -> tuple[EcvetError, Identifier | None]:
    if one.line is not None:
        return TwiceInTheList(name=one.person, line=one.line, by=by), None
    return ThereAlready(name=one.person, by=by), one.learner
