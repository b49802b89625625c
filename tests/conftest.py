"""What all tests share: the corpus of real qualifications, and the database of platform and stories.

The corpus (records and vectors too) lies beside the repository. There is one database for the whole run, so that the
tests of the platform and the stories may run in one process.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# What is asserted never depends on how busy the machine is. `make prove-core` tries far more examples.
settings.register_profile("ecvet", deadline=None, max_examples=15)
settings.register_profile("thorough", deadline=None, max_examples=300)
settings.load_profile("thorough" if os.environ.get("ECVET_THOROUGH") else "ecvet")

ROOT = Path(__file__).parent.parent
PURE = tuple(ROOT / "tests" / folder for folder in ("core", "corpus", "processes"))
CORPUS = Path(os.environ.get("ECVET_CORPUS", ROOT.parent / "shared" / "data"))


def pytest_configure(config: pytest.Config) -> None:
    """Django is there unless only tests of the core are asked for."""
    asked = [(config.invocation_params.dir / argument.partition("::")[0]).resolve() for argument in config.args]
    if not all(any(path.is_relative_to(pure) for pure in PURE) for path in asked):
        import with_django  # noqa: F401


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real input. Tests that need it are marked `corpus`; without it they are skipped with the reason."""
    if not CORPUS.is_dir():
        if os.environ.get("ECVET_REQUIRE_CORPUS"):
            pytest.fail(f"the corpus must be tested here, but it is not at {CORPUS}")
        pytest.skip(f"the corpus is not at {CORPUS}; set ECVET_CORPUS to its folder")
    return CORPUS


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """SQLite in a file of its own, so that threads and writers meet as they do in earnest; else ECVET_TEST_DATABASE."""
    from django.conf import settings
    from django.db import connections

    from ecvet_platform.shell import environment

    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    with tempfile.TemporaryDirectory(prefix="ecvet-test-") as folder:
        url = os.environ.get("ECVET_TEST_DATABASE")
        wanted = environment.database(url or f"sqlite:///{folder}/ecvet.sqlite3")
        wanted["TEST"] = {"NAME": f"test_{wanted['NAME']}{worker}" if url else str(Path(folder) / f"{worker}.sqlite3")}
        settings.DATABASES["default"] = wanted
        connections.__dict__.pop("settings", None)
        connections.__init__()  # type: ignore[misc]
        with _journal_can_be_emptied():
            yield


@contextmanager
def _journal_can_be_emptied() -> Iterator[None]:
    """Tests with real transactions end by emptying all tables, which the journal's triggers rightly refuse."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    from ecvet_platform.journal import triggers

    execute = BaseDatabaseOperations.execute_sql_flush

    def flush(self: Any, statements: Any) -> None:
        with triggers.lifted(self.connection):
            execute(self, statements)

    BaseDatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]
    try:
        yield
    finally:
        BaseDatabaseOperations.execute_sql_flush = execute  # type: ignore[method-assign]
