"""What all tests share: the corpus of real qualifications, records and vectors that lies beside the repository."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORPUS = Path(os.environ.get("ECVET_CORPUS", ROOT.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real input. Tests that need it are marked `corpus` and skipped with the reason where it is absent."""
    if not CORPUS.is_dir():
        if os.environ.get("ECVET_REQUIRE_CORPUS"):
            pytest.fail(f"the corpus must be tested here, but it is not at {CORPUS}")
        pytest.skip(f"the corpus is not at {CORPUS}; set ECVET_CORPUS to its folder")
    return CORPUS
