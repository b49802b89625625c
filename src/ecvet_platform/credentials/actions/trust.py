"""The trust of this platform: its anchor, its register and its status lists, for its own use and to take away."""

from datetime import timedelta
from pathlib import Path

from ecvet.credential.did_web import listed
from ecvet.credential.formats.times import stamped
from ecvet.credential.keys import to_pem
from ecvet.credential.trust import Trust
from ecvet.credential.trust_seals import read_anchors
from ecvet.record import Json, canonical, plain
from ecvet_platform.credentials.actions import certifying
from ecvet_platform.credentials.actions.keys import ended
from ecvet_platform.credentials.actions.proof_keys import methods
from ecvet_platform.credentials.actions.status_lists import every
from ecvet_platform.credentials.store import anchors
from ecvet_platform.institutions.store import institutions

ANCHOR_FILE = "anchor.pem"
REGISTER_FILE = "institutions.json"
ENDED_FILE = "ended.json"
METHODS_FILE = "methods.json"
KEYS_FILE = "keys.json"
LISTS = "status"
_SECOND = timedelta(seconds=1)  # times are written in whole seconds; what was signed within the last one counts


def trust() -> Trust:
    """The anchor, the register and who is trusted with seals and time-stamps, as now. Raises `TrustUnreadable`."""
    seals, times = (read_anchors(anchors.files(kind).values()) for kind in (anchors.SEALS, anchors.TIMES))
    return Trust(
        anchors=certifying.anchors(), register=tuple(institutions.institutions().values()), seal_anchors=seals,
        time_anchors=times, ended=ended(), methods=methods(),
    )  # fmt: skip


def files() -> dict[str, bytes]:
    """The files of a trust directory, as `ecvet verify FILE --trust DIRECTORY` reads it; its lists count for a day."""
    found = trust()
    institutions_here = [plain(one) for one in found.register or ()]
    gone: list[Json] = [{"sha256": one.sha256, "until": stamped(one.until)} for one in found.ended]
    return {
        ANCHOR_FILE: b"".join(to_pem(one) for one in found.anchors),
        REGISTER_FILE: canonical({"institutions": institutions_here}),
        METHODS_FILE: canonical(listed(found.methods)),
        KEYS_FILE: canonical({"keys": _record_keys()}),
        **({ENDED_FILE: canonical({"certificates": gone})} if gone else {}),
        **{f"{LISTS}/{one.name}": one.data for one in every()},
        **{
            f"{kind}/{name}": data
            for kind in (anchors.SEALS, anchors.TIMES)
            for name, data in anchors.files(kind).items()
        },
    }


def export(folder: Path) -> None:
    """Write the trust directory."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files().items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)


def _record_keys() -> list[Json]:
    """The keys under records of all institutions, with the time in which each signs."""
    return [
        {
            "signer": one.institution, "kid": one.key.kid, "jwk": dict(one.key.jwk), "from": stamped(one.valid_from),
            **({"until": stamped(one.valid_until + _SECOND)} if one.valid_until else {}),
        }
        for one in institutions.every_key()
    ]  # fmt: skip
