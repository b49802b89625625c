"""A stranger verifies: another program, without the platform and its database, given one file and one directory."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

VERIFY: Final = (sys.executable, "-c", "from ecvet.cli import main; main()", "verify")


def verify(credential: Path, trust: Path, *, at: datetime) -> dict[str, object]:
    """What `ecvet verify CREDENTIAL --trust TRUST --json` says at a moment."""
    quiet = {name: value for name, value in os.environ.items() if not name.startswith(("ECVET_", "DJANGO_"))}
    said = subprocess.run(
        [*VERIFY, str(credential), "--trust", str(trust), "--at", at.isoformat(), "--json"],
        env=quiet, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    answer = json.loads(said.stdout)
    assert isinstance(answer, dict)
    return answer
