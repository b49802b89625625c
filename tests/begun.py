"""A world that is begun once for all tests of a module: each test lives in it as in its own, and all is taken back."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction


@contextmanager
def taken_back(blocker: Any, folder: Path) -> Iterator[None]:
    """What is written within the block, to the database and to the data folder, is gone after it."""
    before, settings.DATA = settings.DATA, folder
    try:
        with blocker.unblock(), transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        settings.DATA = before


def own_folder(begun: Path, folder: Path) -> Path:
    """A copy of the data folder of a world that was begun, in the empty folder of one test."""
    return Path(shutil.copytree(begun, folder, dirs_exist_ok=True))
