"""Rows ↔ what proves who a person is: passkeys, the secret of an app, recovery codes, providers' names for her."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ecvet_platform.people.models import CodeKey, Passkey, RecoveryCode, Subject, User
from ecvet_platform.people.proof import Ways


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A passkey. `data` is WebAuthn's attested credential data; `count` the signatures that it has told of."""

    id: UUID
    person: UUID
    credential: str
    data: bytes
    name: str
    count: int
    created: datetime
    used: datetime | None
    suspended: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """By which name a provider knows a person."""

    id: int
    person: UUID
    issuer: str
    subject: str
    since: datetime
    used: datetime


# ------------------------------------------------------------- altogether
def ways(person: UUID) -> Ways:
    """In which ways a person can sign in and prove herself."""
    return ways_of([person])[person]


def ways_of(people: Iterable[UUID]) -> dict[UUID, Ways]:
    """The same for several people, with four queries for all of them."""
    wanted = list(people)
    keys = list(Passkey.objects.filter(user_id__in=wanted, suspended=None).values_list("user_id", flat=True))
    codes = set(CodeKey.objects.filter(user_id__in=wanted).exclude(confirmed=None).values_list("user_id", flat=True))
    known = list(Subject.objects.filter(user_id__in=wanted).values_list("user_id", "issuer"))
    mail = dict(User.objects.filter(id__in=wanted).values_list("id", "by_email"))
    return {
        one: Ways(
            passkeys=keys.count(one), code=one in codes, by_email=mail.get(one, False),
            issuers=frozenset(issuer for person, issuer in known if person == one),
        )
        for one in wanted
    }  # fmt: skip


def forget(person: UUID) -> None:
    """Take all passkeys, codes and providers' names from a person."""
    for table in (Passkey, CodeKey, RecoveryCode, Subject):
        table._default_manager.filter(user_id=person).delete()


# ------------------------------------------------------------- passkeys
def add_passkey(person: UUID, *, credential: str, data: bytes, name: str, count: int, at: datetime) -> bool:
    """Keep a passkey; False where the credential is known already."""
    _, made = Passkey.objects.get_or_create(
        credential=credential, defaults={"user_id": person, "data": data, "name": name, "count": count, "created": at}
    )
    return made


def passkeys(person: UUID) -> tuple[Key, ...]:
    """The passkeys of a person, the oldest first."""
    return tuple(map(_key, Passkey.objects.filter(user_id=person).order_by("created", "id")))


def passkey(credential: str) -> Key | None:
    """The passkey with this credential id, of whoever can sign in."""
    return next(map(_key, Passkey.objects.filter(credential=credential, user__is_active=True)), None)


def use_passkey(key: Key, *, count: int, at: datetime) -> bool:
    """Remember the counter; False where somebody else used the passkey since `key` was read."""
    return Passkey.objects.filter(id=key.id, count=key.count, suspended=None).update(count=count, used=at) > 0


def suspend_passkey(key: Key, *, at: datetime) -> None:
    """Let a passkey sign in nobody any more."""
    Passkey.objects.filter(id=key.id).update(suspended=at)


def rename_passkey(person: UUID, key: UUID, name: str) -> bool:
    """Give a passkey another name; False where the person has none such."""
    return Passkey.objects.filter(id=key, user_id=person).update(name=name) > 0


def remove_passkey(person: UUID, key: UUID) -> bool:
    """Forget a passkey; False where the person has none such."""
    return Passkey.objects.filter(id=key, user_id=person).delete()[0] > 0


def _key(row: Passkey) -> Key:
    return Key(
        id=row.id, person=row.user_id, credential=row.credential, data=bytes(row.data), name=row.name,
        count=row.count, created=row.created, used=row.used, suspended=row.suspended,
    )  # fmt: skip


# ------------------------------------------------------------- codes
def begin_code(person: UUID, sealed: str, *, at: datetime) -> None:
    """Keep the secret of an app that has not shown a code yet; one that is in use stays."""
    CodeKey.objects.filter(user_id=person, confirmed=None).delete()
    CodeKey.objects.get_or_create(user_id=person, defaults={"sealed": sealed, "created": at})


def code_secret(person: UUID, *, confirmed: bool) -> tuple[str, int] | None:
    """The sealed secret and the step of the last code: of the app in use, or of the one about to be."""
    rows = CodeKey.objects.filter(user_id=person, confirmed__isnull=not confirmed)
    return rows.values_list("sealed", "step").first()


def use_step(person: UUID, step: int, *, at: datetime) -> bool:
    """Use up the code of a time step and of all before it; False where it is used already (RFC 6238, 5.2)."""
    mine = CodeKey.objects.filter(user_id=person, step__lt=step)
    mine.filter(confirmed=None).update(confirmed=at)
    return mine.update(step=step) > 0


def remove_code(person: UUID) -> bool:
    """Forget the app and its recovery codes; False where there is none."""
    RecoveryCode.objects.filter(user_id=person).delete()
    return CodeKey.objects.filter(user_id=person).exclude(confirmed=None).delete()[0] > 0


def set_recovery(person: UUID, hashes: Iterable[str]) -> None:
    """Keep new recovery codes in place of the ones before."""
    RecoveryCode.objects.filter(user_id=person).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user_id=person, hash=one) for one in hashes)


def use_recovery(person: UUID, hash_: str, *, at: datetime) -> bool:
    """Use a recovery code up, once."""
    return RecoveryCode.objects.filter(user_id=person, hash=hash_, used=None).update(used=at) > 0


def recovery_left(person: UUID) -> int:
    """How many recovery codes a person has."""
    return RecoveryCode.objects.filter(user_id=person, used=None).count()


# ------------------------------------------------------------- providers
def known_as(issuer: str, subject: str) -> Known | None:
    """Whom a provider means."""
    rows = Subject.objects.filter(issuer=issuer, subject=subject, user__is_active=True)
    return next(map(_known, rows), None)


def subjects(person: UUID) -> tuple[Known, ...]:
    """The providers that know a person."""
    return tuple(map(_known, Subject.objects.filter(user_id=person).order_by("since", "id")))


def add_subject(person: UUID, issuer: str, subject: str, *, at: datetime) -> bool:
    """Remember by which name a provider knows a person; False where the name is somebody's already."""
    _, made = Subject.objects.get_or_create(
        issuer=issuer, subject=subject, defaults={"user_id": person, "since": at, "used": at}
    )
    return made


def use_subject(key: int, *, at: datetime) -> None:
    """Remember that a person came by a provider."""
    Subject.objects.filter(id=key).update(used=at)


def remove_subject(person: UUID, key: int) -> bool:
    """Forget by which name a provider knows a person; False where there is none such."""
    return Subject.objects.filter(id=key, user_id=person).delete()[0] > 0


def _known(row: Subject) -> Known:
    return Known(id=row.id, person=row.user_id, issuer=row.issuer, subject=row.subject, since=row.since, used=row.used)
