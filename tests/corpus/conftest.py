"""Every published file is read once for all tests of a process."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import pytest

from ecvet.exchange import read_qualification
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import Unit

Facts = list[tuple[str, dict[str, Any]]]
Cases = list[dict[str, Any]]


class Published(Protocol):
    """A file of the register by its name, and one of its paths."""

    def __call__(self, file: str, path: str | None = None) -> tuple[Qualification, tuple[Unit, ...]]: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("corpus")


@pytest.fixture(scope="session")
def published(corpus: Path) -> Published:
    @cache
    def read(file: str, path: str | None = None) -> tuple[Qualification, tuple[Unit, ...]]:
        return read_qualification((corpus / "register" / "qualifications" / file).read_bytes(), file, path)

    return read


@pytest.fixture(scope="session")
def facts(corpus: Path) -> Facts:
    """What is counted of each published path, with the name of its file."""
    found = json.loads((corpus / "register" / "qualifications" / "FACTS.json").read_text())
    return [(file, fact) for file, paths in found.items() for fact in paths]


@pytest.fixture(scope="session")
def cases(corpus: Path) -> Cases:
    """The learners of whom the verdict is known."""
    found: Cases = json.loads((corpus / "register" / "learner-cases.json").read_text())["cases"]
    return found
