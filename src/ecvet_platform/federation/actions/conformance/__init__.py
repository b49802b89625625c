"""A conformance test of a node from outside: what it publishes, and how it answers to what is right and what is wrong.

Everything is asked as another node would ask it. Without an own institution that the node knows, only what strangers
may see can be judged; the rest is told to be unknown. Nothing is left behind but messages that must be refused.
"""

from collections.abc import Callable, Iterator
from typing import Final

from ecvet.errors import EcvetError
from ecvet.record import SigningKey
from ecvet_platform.federation.actions.conformance import answered, published, refused
from ecvet_platform.federation.actions.conformance.probe import Finding, Probe, Unknown, Verdict, Wrong

Step = Callable[[Probe], str]

STEPS: Final[dict[str, Step]] = {
    "address": published.address,
    "configuration": published.configuration,
    "TLS": published.tls,
    "validity of the configuration": published.in_time,
    "keys": published.keys,
    "endpoints": published.endpoints,
    "institution": published.institution,
    "versions of schemas": published.majors,
    "rotations": published.rotations,
    "statements": published.statements,
    "unsigned request": refused.unsigned,
    "echo": refused.echo,
    "echo with a body": refused.posted_echo,
    "forged signature": refused.forged,
    "replay": refused.replayed,
    "old request": refused.late,
    "request from the future": refused.early,
    "changed body": refused.changed,
    "other address": refused.elsewhere,
    "receipt": answered.receipts,
    "false sender": answered.sender,
    "head of the journal": answered.heads,
    "unknown kind": answered.kind,
    "too many messages": answered.batch,
    "too long": answered.size,
    "threads": answered.threads,
    "outbox": answered.outbox,
    "unknown object": answered.unknown_object,
}
"""The steps in their order; the first ones need nobody who is known there."""


def check(entity: str, *, sender: str, key: SigningKey, known: bool) -> Iterator[Finding]:
    """Look at a node, step by step, as `sender` with its key. Raises nothing: what goes wrong is a finding."""
    probe = Probe(entity, sender, key, known)
    for name, step in STEPS.items():
        try:
            yield Finding(step=name, verdict=Verdict.OK, said=step(probe))
        except Wrong as wrong:
            yield Finding(step=name, verdict=Verdict.NO, said=wrong.said, remedy=wrong.remedy)
        except Unknown as error:
            yield Finding(step=name, verdict=Verdict.UNKNOWN, said=str(error))
        except EcvetError as error:
            yield Finding(step=name, verdict=Verdict.NO, said=str(error), remedy=error.what_to_do)
        except (ValueError, KeyError, TypeError, AttributeError):
            yield Finding(step=name, verdict=Verdict.NO, said="the answer is not the JSON that was expected",
                          remedy="Answer as docs/integrate/network.md, 3, says.")  # fmt: skip


__all__ = ["STEPS", "Finding", "Verdict", "check"]
