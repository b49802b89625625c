"""Whether a European Digital Credential fits its profile, as one answer: the step “claims” of its verification."""

from typing import Any

from ecvet.credential.errors import ClaimsDoNotFit
from ecvet.credential.profiles.elm.shapes import Fault, check
from ecvet.saying import say


def check_fit(credential: dict[str, Any]) -> None:
    """Raises `ClaimsDoNotFit` with the number of faults and the first; the names are those of the model, no claims."""
    faults = check(credential)
    if faults:
        count = f"{len(faults)} faults, the first" if len(faults) > 1 else "one fault"
        raise ClaimsDoNotFit(
            why=say(
                "against the European Learning Model 3.2 it has {count}: {described}",
                count=count,
                described=described(faults[0]),
            )
        )


def described(fault: Fault) -> str:
    """A fault in words, without the name of its node, which the issuer chose."""
    return f"{_short(fault.property)} of a {_short(fault.of_class)}: {fault.what}"


def _short(name: str) -> str:
    return name.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
