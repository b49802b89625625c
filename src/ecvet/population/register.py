"""A register of qualifications for deciding over a population: found by name, sent to workers once, as bytes."""

import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePath

from ecvet.errors import EcvetError
from ecvet.exchange import PathNotChosen, read_qualification
from ecvet.population.errors import QualificationAmbiguous, QualificationUnknown
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Qualifications by code, identifier and name of file, with the reading of their rules.

    `explained` asks for more than the verdict. `fingerprint` differs as soon as any file, the reading or this does.
    `packed` are the qualifications, pickled one by one, so that a worker unpacks only those that its learners need;
    `index` leads from a name to their numbers.
    """

    fingerprint: str
    reading: Reading
    explained: bool = False
    packed: tuple[bytes, ...]
    index: Mapping[str, tuple[tuple[str, int], ...]]

    def find(self, name: str, path: str | None) -> Qualification:
        """The one qualification of that name and path. Raises `QualificationUnknown`, `QualificationAmbiguous`."""
        found = {number: its for its, number in self.index.get(name, ()) if path in (None, its)}
        if not found:
            raise QualificationUnknown(name=name[:100], path=f" with the path “{path[:40]}”" if path else "")
        if len(found) > 1:
            every = [_unpack(self.packed[number]) for number in found]
            which = [f"{one.id}" + (f" (path {one.path})" if one.path else "") for one in every]
            raise QualificationAmbiguous(name=name[:100], which=", ".join(sorted(which)))
        return _unpack(self.packed[next(iter(found))])


def read_register(
    files: Iterable[tuple[str, bytes]], reading: Reading = S1, *, explained: bool = False
) -> tuple[Register, tuple[tuple[str, EcvetError], ...]]:
    """The register in files (name and content), all paths of each, and the files that are no qualification, with why.

    Files are read one by one, so that only one of them is in memory.
    """
    seen, packed, refused = sha256(f"{reading.name} {explained}".encode()), dict[bytes, int](), []
    index: dict[str, dict[tuple[str, int], None]] = {}
    for name, data in files:
        seen.update(f"\n{name}\n".encode("utf-8", "surrogateescape") + sha256(data).digest())
        try:
            for one in _every_path(name, data):
                number = packed.setdefault(pickle.dumps(one, protocol=5), len(packed))
                for key in (one.code, str(one.id), PurePath(name).stem):
                    index.setdefault(key, {})[one.path, number] = None
        except EcvetError as error:
            refused.append((name, error))
    named = {key: tuple(found) for key, found in index.items()}
    register = Register(
        fingerprint=seen.hexdigest(), reading=reading, explained=explained, packed=tuple(packed), index=named
    )
    return register, tuple(refused)


def _every_path(name: str, data: bytes) -> Iterator[Qualification]:
    try:
        yield read_qualification(data, name)[0]
    except PathNotChosen as several:
        for path in str(several.facts["paths"]).split(", "):
            yield read_qualification(data, name, path)[0]


@lru_cache(maxsize=256)
def _unpack(packed: bytes) -> Qualification:
    """The same object again for the same bytes, so that its rules are compiled once per process."""
    found = pickle.loads(packed)
    assert isinstance(found, Qualification)
    return found
