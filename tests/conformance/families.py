"""Every family of the corpus's index: those that are run, and why the others are not."""

import re
from collections.abc import Iterator
from pathlib import Path

from conformance import integrity, linked_data, sd_jwt, sealed, status, w3c, wallets
from conformance.case import Case

ABSENT = {
    "edc-shacl": "replaced by profiles/elm: a test compares verdicts and numbers of findings with these shapes",
}


def all_cases(corpus: Path) -> Iterator[Case]:
    """The vectors of all families; `corpus` is the folder of credentials."""
    for module in (sd_jwt, status, integrity, linked_data, w3c, sealed, wallets):
        yield from module.cases(corpus)
    for family, why in ABSENT.items():
        for file in sorted(one for one in (corpus / family).rglob("*") if one.is_file()):
            yield Case(family, file.name, None, why)


def indexed(corpus: Path) -> list[str]:
    """The families that the index names."""
    rows = re.findall(r"^\| ([a-z0-9A-Z-]+) \|", (corpus / "index.md").read_text(), re.MULTILINE)
    return [one for one in rows if one not in ("folder", "---")]
