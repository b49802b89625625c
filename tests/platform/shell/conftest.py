"""Alba's story, ready to be told in a test."""

from pathlib import Path
from typing import Any

import pytest

from albas_story import Story


@pytest.fixture
def story(db: None, settings: Any, tmp_path: Path) -> Story:
    settings.DATA = tmp_path
    return Story().begin()
