"""Certificates of authorities that this platform trusts with seals and time-stamps: files that its operator puts."""

from pathlib import Path
from typing import Final

from django.conf import settings

SEALS: Final = "seals"
TIMES: Final = "time-stamps"


def files(kind: str) -> dict[str, bytes]:
    """The certificates of `ECVET_DATA/trust/<kind>` by their names, in PEM; none without the folder."""
    folder = Path(settings.DATA) / "trust" / kind
    if not folder.is_dir():
        return {}
    found = sorted(one for one in folder.iterdir() if one.suffix.lower() in (".pem", ".crt"))
    return {one.name: one.read_bytes() for one in found}
