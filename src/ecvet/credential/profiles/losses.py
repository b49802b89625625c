"""What an encoding of a draft is, and what it leaves out: losses are listed by the encoder, not hidden."""

from collections.abc import Iterable
from dataclasses import dataclass

from ecvet.credential.formats.strict_json import Claims


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that a draft says and the encoding leaves out, and where it can be found instead."""

    what: str
    instead: str


@dataclass(frozen=True, slots=True)
class Encoding:
    """The claims of a credential, not secured in any way, and the losses."""

    claims: Claims
    losses: tuple[Loss, ...]


def those(possible: Iterable[tuple[object, str, str]]) -> tuple[Loss, ...]:
    """The losses that there are: each with whether there is something to lose, what it is, and where it stands."""
    return tuple(Loss(what, instead) for there, what, instead in possible if there)
