"""The small rules of docs/integrate/network.md: whom to ask, policies, the short code, waits, states."""

import hashlib
import ipaddress
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from .forms import ProblemError, address_of, canonical

# ---------------------------------------------------------------------------------------- addresses (section 3)


def may_ask(address: str, entity: str, *, loopback: bool = False) -> bool:
    """An address is asked when it lies on the host of the entity or below; `loopback` is for tests on one machine."""
    one, other = urlsplit(address), urlsplit(entity)
    if one.username or one.password or one.fragment or ".." in one.path.split("/"):
        return False
    if loopback and one.scheme == "http" and one.hostname == "127.0.0.1":
        return other.hostname == "127.0.0.1" and one.port == other.port
    if one.scheme != "https" or not one.hostname or not other.hostname:
        return False
    below = one.hostname == other.hostname or one.hostname.endswith("." + other.hostname)
    return below and (one.port or 443) in (443, other.port or 443)


_TRANSLATED = [ipaddress.ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]


def is_public(text: str) -> bool:
    """No private, loopback, link-local, multicast, documentation or translated address, also inside IPv6."""
    one = ipaddress.ip_address(text)
    if isinstance(one, ipaddress.IPv6Address) and (one.ipv4_mapped or any(one in each for each in _TRANSLATED)):
        return False
    return one.is_global and not one.is_multicast


# ---------------------------------------------------------------------------------------- short code (section 2)


def short_code(one: bytes, other: bytes) -> str:
    made = hashlib.scrypt(b"".join(sorted((one, other))), salt=b"ecvet-x-1 short code", n=16384, r=8, p=1, dklen=32)
    digits = f"{int.from_bytes(made, 'big') % 10**30:030d}"
    return " ".join(re.findall(".{5}", digits))


# ---------------------------------------------------------------------------------------- policies (section 2)


def merged(above: Mapping[str, Any], below: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """One policy of two, metadata by metadata; raises `federation.policy.contradicts`."""
    found = {}
    for name in {**above, **below}:
        one, other = above.get(name, {}), below.get(name, {})
        found[name] = {
            operator: other[operator] if operator not in one
            else one[operator] if operator not in other
            else _both(name, operator, one[operator], other[operator])
            for operator in {**one, **other}
        }  # fmt: skip
    return found


def _both(parameter: str, operator: str, above: Any, below: Any) -> Any:
    if operator in ("value", "default"):
        if above != below:
            raise ProblemError("federation.policy.contradicts", f"two superiors demand another {operator}",
                               parameter=parameter)  # fmt: skip
        return above
    if operator == "essential":
        return above or below
    if operator in ("add", "superset_of"):
        return [*above, *(one for one in below if one not in above)]
    common = [one for one in above if one in below]
    if operator == "one_of" and not common:
        raise ProblemError("federation.policy.contradicts", "no value is left", parameter=parameter)
    return common


def applied(policy: Mapping[str, Mapping[str, Any]], metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Metadata after a policy; raises `federation.policy.not-met`."""
    found = dict(metadata)
    for name, rules in policy.items():
        if "value" in rules:
            found[name] = rules["value"]
        if "add" in rules:
            found[name] = [*found.get(name, []), *(one for one in rules["add"] if one not in found.get(name, []))]
        if "default" in rules:
            found.setdefault(name, rules["default"])
        if name in found:
            here = found[name]
            if "one_of" in rules and here not in rules["one_of"]:
                raise ProblemError("federation.policy.not-met", "another value", parameter=name)
            if "subset_of" in rules:
                found[name] = [one for one in here if one in rules["subset_of"]]
            if "superset_of" in rules and not set(rules["superset_of"]) <= set(found[name]):
                raise ProblemError("federation.policy.not-met", "something is missing", parameter=name)
        elif rules.get("essential"):
            raise ProblemError("federation.policy.not-met", "it is missing", parameter=name)
    return found


# -------------------------------------------------------------------------------------- delivery and states (section 5)


def wait(attempts: int, chance: float) -> float:
    """Seconds after the n-th attempt: between half and all of 2^(n-1) minutes, at most 6 h; `chance` in [0, 1)."""
    whole = min(60 * 2 ** (attempts - 1), 6 * 3600)
    return whole / 2 + whole / 2 * chance


def state_of(contents: Iterable[str]) -> str:
    return address_of(canonical(sorted(contents)))


def head_of(states: Mapping[str, str]) -> str:
    return address_of(canonical([[thread, states[thread]] for thread in sorted(states)]))
