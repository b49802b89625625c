"""Lists of learners: looked through line by line, and entered all at once or not at all.

Nothing is kept of a list that is only looked through. A list brought twice enters nobody twice, since whoever is known
at home is recognised (`ecvet.mobility.roster`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from ecvet.mobility import roster
from ecvet.mobility.roster import Acquaintance, Answer, Column, Line
from ecvet.terms import Identifier
from ecvet_platform.documents.sheets import read
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import learners
from ecvet_platform.mobility.actions.proposing import ADULT_AGE
from ecvet_platform.mobility.errors import ColumnUnknown, NotAllRead
from ecvet_platform.mobility.store import learners as store
from ecvet_platform.people import actions as people
from ecvet_platform.people import store as accounts
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import fold

Rows = Sequence[tuple[int, Sequence[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What becomes of each line; `entered` says whether it has become so already."""

    lines: tuple[Line, ...]
    entered: bool = False

    def count(self, answer: Answer) -> int:
        """How many lines are answered so."""
        return len([one for one in self.lines if one.answer == answer])

    @property
    def learners(self) -> tuple[Identifier, ...]:
        """Everybody of the list who is at home now: entered just now, or known before."""
        return tuple(dict.fromkeys(one.learner for one in self.lines if one.learner is not None))


def table(
    data: bytes, *, columns: str = "", encoding: str = "", language: str = "en"
) -> tuple[Rows, tuple[Column | None, ...]]:
    """The rows of a list in a file, and what its columns are: as told, divided by commas, else as guessed.

    Raises what `documents.sheets.read` raises, and `ColumnUnknown`.
    """
    sheet = read(data, encoding=encoding, language=language)
    if not columns.strip():
        return sheet.rows, roster.guess(sheet.head)
    told = [one.strip() for one in columns.split(",")]
    if wrong := [one for one in told if one and one not in set(Column)]:
        raise ColumnUnknown(text=wrong[0][:40], known=", ".join(Column))
    return sheet.rows, tuple(Column(one) if one else None for one in told)


def look(
    rows: Rows, columns: Sequence[Column | None], *, actor: Actor, qualification: Identifier | None = None
) -> Report:
    """What would become of each line. Writes nothing.

    `qualification` is what those follow whose line names none. Raises `NotYourRole`, `LearnerUnknown` without an
    institution, `ColumnsMissing`, `ColumnTwice`.
    """
    home = learners.keeper(actor)
    at = columns.index(Column.QUALIFICATION) if Column.QUALIFICATION in columns else None
    named = {row[at].strip() for _number, row in rows if at < len(row)} if at is not None else set()
    made = roster.read(
        rows, columns, home=home, on=clock.today(), adult_age=ADULT_AGE, qualifications=_published(named - {""}),
        is_address=people.is_address,
    )  # fmt: skip
    lines = tuple(
        replace(one, entry=replace(one.entry, qualification=one.entry.qualification or qualification))
        if one.entry else one for one in made
    )  # fmt: skip
    return Report(lines=roster.recognise(lines, _known(home)))


@transaction.atomic
def enter(
    rows: Rows, columns: Sequence[Column | None], *, actor: Actor, qualification: Identifier | None = None,
    leave_out: bool = False,
) -> Report:  # fmt: skip
    """Enter everybody of a list who is not known, all in one transaction; `leave_out` allows refused lines.

    Raises `NotAllRead`, `QualificationUnknown`, and what `look` raises; then nobody is entered.
    """
    # The entry comes first: the journal's lock lets two bring the same list one after the other.
    journal.write("learner.list", by=actor, subject=learners.keeper(actor), detail={"lines": len(rows)})
    found = look(rows, columns, actor=actor, qualification=qualification)
    if (refused := found.count(Answer.REFUSED)) and not leave_out:
        raise NotAllRead(refused=refused, count=len(found.lines))
    return Report(lines=tuple(_enter(one, actor) for one in found.lines), entered=True)


def usually_followed(actor: Actor) -> Identifier | None:
    """What a learner of the actor's institution has begun to follow last: a guess for the next ones."""
    return store.last_followed(learners.keeper(actor))


# ------------------------------------------------------------- inside
def _enter(line: Line, actor: Actor) -> Line:
    if line.answer is not Answer.READ or line.entry is None:
        return line
    entry = line.entry
    made = learners.enter(
        entry.person, actor=actor, qualification=entry.qualification, email=entry.email, guardian=entry.guardian,
        guardian_email=entry.guardian_email,
    )  # fmt: skip
    return replace(line, learner=made.id)


def _known(home: Identifier) -> Iterable[Acquaintance]:
    found = store.all_of(home)
    emails = accounts.emails(one.account for one in found if one.account)
    return (
        Acquaintance(person=one.person, email=emails.get(one.account, "") if one.account else "", learner=one.id)
        for one in found if one.person
    )  # fmt: skip


def _published(texts: Iterable[str]) -> Mapping[str, Identifier]:
    """The qualification that each text names by identifier, code or title; none where several could be meant."""
    found: dict[str, Identifier] = {}
    for text in texts:
        if (known := qualifications.find(Identifier(text))) is not None:
            found[text] = known.value.id
            continue
        fit = [
            one.id for one in qualifications.lines(search=text[:200], limit=200)
            if fold(text) in {fold(one.code), *(fold(title) for title in dict(one.title.texts).values())}
        ]  # fmt: skip
        if len(fit) == 1:
            found[text] = fit[0]
    return found
