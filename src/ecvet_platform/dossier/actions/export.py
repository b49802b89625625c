"""The whole record to take away: one ZIP of JSON records as they were signed, files, and a page that lists them."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

import msgspec
from django.template.loader import render_to_string
from django.utils import translation

from ecvet.record import Address, canonical, plain
from ecvet.terms import Identifier
from ecvet_platform.credentials.store import credentials, status
from ecvet_platform.credit.store import evidence, facts, ledger
from ecvet_platform.dossier.actions import contents
from ecvet_platform.dossier.actions.contents import Dossier, owned
from ecvet_platform.dossier.store import erasures, looks, shares
from ecvet_platform.dossier.words import KINDS
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.store import agreements
from ecvet_platform.mobility.store import learners as known
from ecvet_platform.people import store as people
from ecvet_platform.people import telling
from ecvet_platform.people.language import day
from ecvet_platform.people.roles import Actor
from ecvet_platform.wallets.store import copies

IN_MEMORY: Final = 4 * 1024 * 1024
"""What is larger than this lies on disk while it is sent."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the ZIP: its path, what it is in the reader's words, its bytes."""

    path: str
    title: str
    data: bytes


def export(learner: Identifier, *, actor: Actor) -> IO[bytes]:
    """Everything held about a learner, for herself and her guardian (R-DATA-2). Raises `DossierUnknown`.

    The same record gives the same bytes: the ZIP carries no time of its own.
    """
    owned(learner, actor)
    found = contents.dossier(learner, actor=actor)
    made: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    listed: list[tuple[str, str]] = []
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in _entries(found):
            _write(archive, one.path, one.data)
            listed.append((one.path, one.title))
        values = {"found": found, "files": listed, "language": translation.get_language() or "en"}
        page = render_to_string("dossier/index.html", values)
        _write(archive, "index.html", page.encode())
    made.seek(0)
    return made


def _write(archive: zipfile.ZipFile, path: str, data: bytes) -> None:
    info = zipfile.ZipInfo(path)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def _entries(found: Dossier) -> Iterator[Entry]:
    learner = found.learner.id
    yield Entry("person.json", str(KINDS["person"]), _json(_person(found)))
    for line in found.agreements:
        folder = f"agreements/{line.key}"
        for version in records.history(line.thread):
            name = f"{KINDS['agreement']}: {line.title} ({version.version})"
            yield from _record(f"{folder}/version-{version.version}-{version.address[8:16]}", name, version.address)
        for number, address in enumerate(agreements.entries(line.thread), 1):
            yield from _record(f"{folder}/stay-{number}", f"{KINDS['stay']} {number}", address)
    for fact in facts.of_learner(learner):
        title = f"{KINDS[fact.kind]}, {day(fact.on)}"
        yield from _record(f"records/{fact.on}-{fact.kind}-{fact.address[8:16]}", title, fact.address)
    for one in credentials.of_learner(learner):
        path = f"credentials/{one.kind.value}-{one.hash[8:16]}.sd-jwt"
        yield Entry(path, f"{KINDS['credential']}: {one.title}", credentials.file(one.id))
        if made := credentials.badge(one.id):
            yield Entry(f"{path.removesuffix('.sd-jwt')}.badge.json", f"{KINDS['badge']}: {one.title}", made)
    yield Entry("credential-status.json", str(KINDS["status"]), _json(_status(learner)))
    yield Entry("wallets.json", str(KINDS["wallet"]), _json(copies.of_learner(learner)))
    for file in evidence.of_learner(learner):
        data = evidence.read(file.hash)
        if data is not None:
            yield Entry(f"evidence/{file.hash[8:16]}-{file.name}", f"{KINDS['evidence']}: {file.name}", data)
    booked = [plain(one) for one in ledger.of_learner(learner).entries]
    yield Entry("booked-units.json", str(KINDS["ledger"]), _json(booked))
    for standing in found.standings:
        item = standing.qualification.value
        yield Entry(f"progress-{item.code}.json", f"{KINDS['progress']}: {item.title}", _json(standing.progress))
    yield Entry("links.json", str(KINDS["share"]), _json(shares.of_learner(learner)))
    yield Entry("looks.json", str(KINDS["look"]), _json(_looks(learner)))
    yield Entry("erasure.json", str(KINDS["erasure"]), _json(erasures.of_learner(learner)))
    yield Entry("journal.json", str(KINDS["journal"]), _json(list(_journal(found))))


def _record(path: str, title: str, address: Address) -> Iterator[Entry]:
    yield Entry(f"{path}.json", title, records.record_bytes(address))
    signed = [plain(one) for one in records.signatures(address)]
    if signed:
        yield Entry(f"{path}.signatures.json", f"{title}: {KINDS['signatures']}", canonical(signed))


def _status(learner: Identifier) -> list[dict[str, object]]:
    """Where each credential stands, and every decision about it with its reason."""
    issued = credentials.of_learner(learner)
    decided = status.changes(one.id for one in issued)
    return [
        {"credential": one.hash, "standing": one.standing, "changes": [plain(made) for made in decided[one.id]]}
        for one in issued
    ]  # fmt: skip


def _person(found: Dossier) -> dict[str, object]:
    one, salt = found.learner, known.salt(found.learner.id)
    key = people.id_of(one.account) if one.account else None
    account = people.account(key) if key else None
    return {
        "pseudonym": one.id, "person": plain(one.person) if one.person else None, "commitment": one.ref,
        "salt": salt.hex() if salt else None, "home": one.home, "guardian": one.guardian, "entered": one.created,
        "follows": found.enrolments, "former_names": _former(one.id),
        "account": {"email": account.email, "name": account.name, "language": account.language} if account else None,
    }  # fmt: skip


def _former(learner: Identifier) -> list[dict[str, object]]:
    """The names under which records were signed before, with what proves it."""
    return [
        {"person": plain(one.person), "commitment": one.ref, "salt": one.salt.hex(), "until": one.until}
        for one in known.former(learner)
    ]  # fmt: skip


def _looks(learner: Identifier) -> list[looks.Look]:
    found, count = looks.of_learner(learner)
    return list(found) if count <= len(found) else list(looks.of_learner(learner, limit=count)[0])


def _journal(found: Dossier) -> Iterator[dict[str, object]]:
    """What the journal says of the learner and of her agreements and portfolios."""
    threads = {found.learner.id, *(line.thread for line in found.agreements), *(one.case.basis for one in found.units)}
    for subject in sorted(threads):
        after = 0
        while page := journal.read(after=after, subject=subject):
            for entry in page:
                yield {"n": entry.n, "at": entry.at, "verb": entry.verb, "subject": entry.subject, "by": entry.person,
                       "institution": entry.institution, "record": entry.record, "detail": entry.details}  # fmt: skip
            after = page[-1].n


def _json(value: object) -> bytes:
    """A value for a program to read and a person to look at; sentences in her language."""
    return json.dumps(
        msgspec.to_builtins(value, str_keys=True, enc_hook=telling.tell), ensure_ascii=False, indent=2
    ).encode()
