"""Concepts of ESCO from its files of comma-separated values: skills and occupations with their names in one language.

The files are those that the Commission offers for download, one for each language: the columns `conceptUri` and
`preferredLabel` are needed, `altLabels` (one in a line) is used where it is there.
"""

import csv
import io
from dataclasses import dataclass

from ecvet.errors import EcvetError
from ecvet.exchange.errors import FileNotUnderstood
from ecvet.exchange.parsing import text_of
from ecvet.saying import say
from ecvet.terms import Identifier, identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A concept: its URI, what it is called in the language of the file, and by what other names."""

    id: Identifier
    label: str
    others: tuple[str, ...] = ()


def read_concepts(data: bytes, name: str) -> tuple[Concept, ...]:
    """The concepts of a file, in its order. Raises `FileNotUnderstood`, `FileDangerous`."""
    rows = csv.DictReader(io.StringIO(text_of(data, name), newline=""))
    missing = [one for one in ("conceptUri", "preferredLabel") if one not in (rows.fieldnames or ())]
    if missing:
        raise FileNotUnderstood(name=name, why=say("it has no column “{missing}”", missing=missing[0]))
    found = []
    for number, row in enumerate(rows, 2):
        label = (row["preferredLabel"] or "").strip()
        try:
            concept = identifier((row["conceptUri"] or "").strip())
        except EcvetError as error:
            raise FileNotUnderstood(name=name, why=say("row {number} names no concept", number=number)) from error
        if not label:
            raise FileNotUnderstood(name=name, why=say("row {number} has no preferredLabel", number=number))
        others = tuple(one.strip() for one in (row.get("altLabels") or "").splitlines() if one.strip())
        found.append(Concept(id=concept, label=label, others=others))
    return tuple(found)
