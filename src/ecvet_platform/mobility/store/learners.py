"""Rows ↔ learners: the person and the salt in one row, to be erased together; which qualification each follows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from ecvet.mobility import Learner
from ecvet.record import Person, PersonRef, canonical, plain, value
from ecvet.record.canonical import parse_canonical
from ecvet.terms import Identifier
from ecvet_platform.mobility.models import EnrolmentRow, FormerNameRow, LearnerRow
from ecvet_platform.qualifications.naming import fold, key_of
from ecvet_platform.qualifications.paging import one_of, page, select, words

_LINES: Final = """
SELECT l.id, l.name, (
    SELECT e.qualification FROM mobility_enrolment e
    WHERE e.learner_id = l.id AND e.since <= %s AND (e.until IS NULL OR e.until > %s)
    ORDER BY e.since DESC, e.id DESC LIMIT 1
)
FROM mobility_learner l WHERE l.home = %s"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A learner as the platform knows one: `person` is None once erased; `account` signs in as this learner."""

    id: Identifier
    home: Identifier
    ref: PersonRef
    person: Person | None
    account: Identifier | None
    guardian: Identifier | None
    created: datetime
    erased: datetime | None

    @property
    def key(self) -> UUID:
        """The key in addresses."""
        return key_of(self.id)

    @property
    def called(self) -> str:
        """The learner's name, or the pseudonym once it was erased."""
        return str(self.person) if self.person else self.id

    @property
    def learner(self) -> Learner | None:
        """The core's learner, while the person is known."""
        return Learner(id=self.id, ref=self.ref, person=self.person) if self.person else None


class Line(NamedTuple):
    """A learner as lists show one: what she is called (empty once erased), and the qualification version followed."""

    id: Identifier
    name: str
    follows: Identifier | None

    @property
    def key(self) -> UUID:
        """The key in addresses."""
        return key_of(self.id)

    @property
    def called(self) -> str:
        """The learner's name, or the pseudonym once it was erased."""
        return self.name or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """Which version of which qualification a learner follows, and since when."""

    qualification: Identifier
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerName:
    """A name that a learner had, until when, and the commitment and salt that records of that time rest on."""

    person: Person
    ref: PersonRef
    salt: bytes
    until: datetime


def add(learner: Learner, *, home: Identifier, salt: bytes, account: Identifier | None, guardian: Identifier | None,
        at: datetime) -> None:  # fmt: skip
    """Keep a learner."""
    LearnerRow.objects.create(
        id=learner.id, home=home, account=account, ref=learner.ref, person=canonical(plain(learner.person)).decode(),
        name=str(learner.person), salt=salt, folded=fold(str(learner.person)), guardian=guardian, created=at,
    )  # fmt: skip


def besides(name: Identifier) -> tuple[tuple[PersonRef, bytes, Person], ...]:
    """What records about a learner commit to, now and before: commitment, salt and person; nothing once erased."""
    row = LearnerRow.objects.filter(id=name).first()
    if row is None or row.person is None or row.salt is None:
        return ()
    own = (PersonRef(row.ref), bytes(row.salt), _person(row.person))
    return (own, *((one.ref, one.salt, one.person) for one in former(name)))


def rename(learner: Learner, *, salt: bytes, at: datetime) -> None:
    """Call a learner otherwise from now on; the name before stays beside, with its salt, and is found too."""
    row = LearnerRow.objects.get(id=learner.id)
    assert row.person is not None, "who was erased is not called otherwise"
    FormerNameRow.objects.create(learner=row, ref=row.ref, person=row.person, salt=row.salt, until=at)
    row.ref, row.salt = learner.ref, salt
    row.person, row.name = canonical(plain(learner.person)).decode(), str(learner.person)
    row.folded = fold(f"{learner.person} {' '.join(str(one.person) for one in former(learner.id))}")
    row.save()


def former(name: Identifier) -> tuple[FormerName, ...]:
    """The names that a learner had, the first one first; none once erased."""
    return tuple(
        FormerName(person=_person(row.person), ref=PersonRef(row.ref), salt=bytes(row.salt), until=row.until)
        for row in FormerNameRow.objects.filter(learner_id=name)
    )


def erase(name: Identifier, *, at: datetime) -> None:
    """Forget who a learner is: person, earlier names, salts, what is searched, and the account's tie."""
    FormerNameRow.objects.filter(learner_id=name).delete()
    LearnerRow.objects.filter(id=name).update(person=None, name="", salt=None, folded="", account=None, erased=at)


def learner(name: Identifier) -> Known | None:
    """A learner by pseudonym."""
    row = LearnerRow.objects.filter(id=name).first()
    return _known(row) if row else None


def learners(names: Iterable[Identifier]) -> dict[Identifier, Known]:
    """Learners by pseudonym."""
    return {Identifier(row.id): _known(row) for row in LearnerRow.objects.filter(id__in=list(names))}


def names(names: Iterable[Identifier]) -> dict[Identifier, str]:
    """What learners are called; the pseudonym once one was erased."""
    wanted = list(dict.fromkeys(names))
    found = select(f"SELECT id, name FROM mobility_learner WHERE id {one_of(wanted)}", *wanted)
    return {Identifier(one): name or one for one, name in found}


def ids_of_account(account: Identifier, *, guarded: bool = False) -> tuple[Identifier, ...]:
    """The learners that one account signs in as; with `guarded` also those whose guardian has it."""
    own = "account = %s OR guardian = %s" if guarded else "account = %s"
    found = select(f"SELECT id FROM mobility_learner WHERE {own} ORDER BY id", *[account] * (1 + guarded))
    return tuple(Identifier(name) for (name,) in found)


def of_account(account: Identifier) -> tuple[Known, ...]:
    """The learners that one account signs in as; usually one."""
    return tuple(_known(row) for row in LearnerRow.objects.filter(account=account).order_by("id"))


def of_guardian(account: Identifier) -> tuple[Known, ...]:
    """The learners whose guardian has this account."""
    return tuple(_known(row) for row in LearnerRow.objects.filter(guardian=account, erased=None).order_by("id"))


def salt(name: Identifier) -> bytes | None:
    """The salt of the commitment to a learner; None once erased."""
    found = LearnerRow.objects.filter(id=name).values_list("salt", flat=True).first()
    return bytes(found) if found else None


def concerns(account: Identifier) -> bool:
    """Whether an account still belongs to a learner or a guardian."""
    return LearnerRow.objects.filter(Q(account=account) | Q(guardian=account)).exists()


def of_home(home: Identifier, *, search: str = "", skip: int = 0, limit: int = 50) -> tuple[tuple[Known, ...], int]:
    """The learners of a home institution by name, and how many there are."""
    rows = _at(home, search)
    return tuple(_known(row) for row in rows[skip : skip + limit]), rows.count()


def lines(home: Identifier, on: date, *, search: str = "", skip: int = 0, limit: int) -> tuple[tuple[Line, ...], int]:
    """The same as lines of a list, with what each follows on a day."""
    also, wanted = words(search, "l.folded")
    sql = f"{_LINES}{also} ORDER BY l.folded, l.id"
    found, count = page(sql, [on.isoformat(), on.isoformat(), home, *wanted], skip=skip, limit=limit)
    return tuple(map(Line._make, found)), count


def all_of(home: Identifier) -> tuple[Known, ...]:
    """Every learner of a home institution whose person is known."""
    return tuple(_known(row) for row in LearnerRow.objects.filter(home=home, erased=None).order_by("id"))


def last_followed(home: Identifier) -> Identifier | None:
    """The qualification version that a learner of a home institution has begun to follow last."""
    rows = EnrolmentRow.objects.filter(learner__home=home).order_by("-id").values_list("qualification", flat=True)
    found = rows.first()
    return Identifier(found) if found else None


def following(qualifications: Iterable[Identifier], *, limit: int = 500) -> tuple[Known, ...]:
    """The learners who follow one of these qualification versions now, by name."""
    rows = LearnerRow.objects.filter(enrolments__qualification__in=list(qualifications), enrolments__until=None)
    return tuple(_known(row) for row in rows.distinct().order_by("folded", "id")[:limit])


def after(home: Identifier, cursor: Identifier | None, limit: int) -> tuple[Known, ...]:
    """The learners of a home institution in the order in which they were entered, after a cursor."""
    rows = LearnerRow.objects.filter(home=home, id__gt=cursor or "")
    return tuple(_known(row) for row in rows.order_by("id")[:limit])


# ------------------------------------------------------------- enrolment
def enrol(name: Identifier, qualification: Identifier, since: date) -> None:
    """Begin to follow a qualification version; the one followed before ends that day."""
    EnrolmentRow.objects.filter(learner_id=name, until=None).update(until=since)
    EnrolmentRow.objects.create(learner_id=name, qualification=qualification, since=since)


def enrolments(name: Identifier) -> tuple[Enrolment, ...]:
    """Everything a learner has followed, the first one first."""
    rows = EnrolmentRow.objects.filter(learner_id=name).order_by("since", "id")
    return tuple(
        Enrolment(qualification=Identifier(row.qualification), since=row.since, until=row.until) for row in rows
    )


def followed(names: Iterable[Identifier], on: date) -> dict[Identifier, Identifier]:
    """The qualification version that each of these learners follows on a day."""
    rows = _held(EnrolmentRow.objects.filter(learner_id__in=list(names)), on).order_by("since", "id")
    return {Identifier(who): Identifier(what) for who, what in rows.values_list("learner_id", "qualification")}


def _held(rows: "QuerySet[EnrolmentRow]", on: date) -> "QuerySet[EnrolmentRow]":
    return rows.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


def _at(home: Identifier, search: str) -> "QuerySet[LearnerRow]":
    rows = LearnerRow.objects.filter(home=home)
    for word in fold(search).split():
        rows = rows.filter(folded__contains=word)
    return rows.order_by("folded", "id")


def _person(text: str) -> Person:
    return value(Person, parse_canonical(text.encode()), path="person")


def _known(row: LearnerRow) -> Known:
    return Known(
        id=Identifier(row.id), home=Identifier(row.home), ref=PersonRef(row.ref),
        person=_person(row.person) if row.person else None,
        account=Identifier(row.account) if row.account else None,
        guardian=Identifier(row.guardian) if row.guardian else None, created=row.created, erased=row.erased,
    )  # fmt: skip
