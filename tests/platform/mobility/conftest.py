"""Time stands still, and keys lie in a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from stories_of import NOW, Cast, cast

from ecvet_platform.journal import clock


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


@pytest.fixture
def everybody(db: None, settings: object, tmp_path: Path) -> Cast:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    return cast()
