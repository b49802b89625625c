"""JSON of wallets and about them, and forms: read strictly, refused in the words of the protocol."""

from collections.abc import Mapping
from typing import Any

from ecvet.credential.errors import VerificationError
from ecvet.credential.formats.strict_json import Claims, parse_object
from ecvet.credential.wallet.errors import WalletMessageUnreadable, WalletRefusal
from ecvet.saying import say

MAX_BYTES = 512 * 1024


def json_object(data: bytes, what: str, no: type[WalletRefusal] = WalletMessageUnreadable) -> Claims:
    """A JSON object. Raises `no`."""
    if len(data) > MAX_BYTES:
        raise no(why=say("“{what}” is larger than {max_bytes} kB", what=what, max_bytes=MAX_BYTES // 1024))
    try:
        return parse_object(data, what)
    except VerificationError as error:
        raise no(why=str(error.facts.get("why", say("“{what}” is not JSON", what=what)))) from error


def text(said: Mapping[str, Any], name: str, *, most: int = 4096) -> str:
    """A member that must be a text. Raises `WalletMessageUnreadable`."""
    found = said.get(name)
    if not isinstance(found, str) or not 0 < len(found) <= most:
        raise WalletMessageUnreadable(why=say("{name} is missing or is no text", name=name))
    return found


def text_if(said: Mapping[str, Any], name: str) -> str | None:
    """A member that may be there, and then is a text. Raises `WalletMessageUnreadable`."""
    return text(said, name) if name in said else None


def texts(said: Mapping[str, Any], name: str, *, needed: bool = True) -> tuple[str, ...]:
    """A member that is a list of texts. Raises `WalletMessageUnreadable`."""
    found = said.get(name)
    if found is None and not needed:
        return ()
    if not isinstance(found, list) or not found or not all(isinstance(one, str) and one for one in found):
        raise WalletMessageUnreadable(why=say("{name} is no list of texts", name=name))
    return tuple(found)


def part(said: Mapping[str, Any], name: str) -> Claims:
    """A member that is an object, empty where there is none. Raises `WalletMessageUnreadable`."""
    found = said.get(name, {})
    if not isinstance(found, dict):
        raise WalletMessageUnreadable(why=say("{name} is no object", name=name))
    return found


def objects(said: Mapping[str, Any], name: str, *, needed: bool = True) -> tuple[Claims, ...]:
    """A member that is a list of objects. Raises `WalletMessageUnreadable`."""
    found = said.get(name)
    if found is None and not needed:
        return ()
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise WalletMessageUnreadable(why=say("{name} is no list of objects", name=name))
    return tuple(found)
