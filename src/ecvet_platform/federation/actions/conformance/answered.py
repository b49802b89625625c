"""What a node answers to messages and questions."""

import json
from dataclasses import replace
from typing import Final

from ecvet.federation import (
    Outcome,
    consistent,
    write_batch,
)
from ecvet.terms import Identifier
from ecvet_platform.federation.actions.conformance.probe import (
    Probe,
    Unknown,
    Wrong,
    code_of,
    need,
    note,
    receipt,
    refused,
)

TOO_LONG: Final = 4 * 1024 * 1024 + 1024


def receipts(probe: Probe) -> str:
    """A message to somebody else gets a signed receipt that refuses it."""
    need(probe)
    item = note(probe, to="https://nobody.invalid")
    found = receipt(probe, item)
    if found.outcome is not Outcome.REFUSED:
        raise Wrong(f"a message to somebody else is {found.outcome}", "Refuse what is not for you (5, step 1).")
    probe.receipts.append(found)
    return f"signed by {found.by}, refused as {code_of(found.problem)}"


def sender(probe: Probe) -> str:
    """A message in the name of another is refused."""
    need(probe)
    for _ in range(2):
        found = receipt(probe, replace(note(probe), sender=Identifier("https://nobody.invalid")))
        probe.receipts.append(found)
        if found.outcome is not Outcome.REFUSED:
            raise Wrong(f"a message from somebody else is {found.outcome}", "Refuse what another has signed (5, 2).")
    return f"refused as {code_of(found.problem)}"


def heads(probe: Probe) -> str:
    """The head of the journal in receipts only grows."""
    if len(probe.receipts) < 2:
        raise Unknown("there are not two receipts to compare")
    first, second = (one.head for one in probe.receipts[-2:])
    if second.n < first.n or not consistent(second, first):
        raise Wrong("its journal got shorter or other between two receipts", "Put the last entry of the journal there.")
    return f"the journal has {second.n} entries and only grows"


def kind(probe: Probe) -> str:
    """A message of an unknown kind gets a problem in its place."""
    need(probe)
    text = write_batch([note(probe)]).replace(b'"kind":"note"', b'"kind":"dance"')
    (said,) = json.loads(probe.send("inbox", text).body)["receipts"]
    if isinstance(said, str):
        raise Wrong("a message of an unknown kind has a receipt", "Answer a problem in its place (5).")
    return f"a problem stands in its place: {code_of(said)}"


def batch(probe: Probe) -> str:
    """More than 50 messages are refused."""
    need(probe)
    reply = probe.send("inbox", write_batch([note(probe, to="https://nobody.invalid") for _ in range(51)]))
    return refused(reply, 413, "51 messages at once", "federation.message.too-long")


def size(probe: Probe) -> str:
    """More than 4 MiB are refused."""
    need(probe)
    body = b'{"messages": [], "more": "' + b"x" * TOO_LONG + b'"}'
    return refused(probe.send("inbox", body), 413, "more than 4 MiB", "federation.message.too-long")


def threads(probe: Probe) -> str:
    """What is shared is told."""
    need(probe)
    reply = probe.send("threads")
    said = json.loads(reply.body)
    if reply.status != 200 or not isinstance(said["head"], str) or not isinstance(said["threads"], dict):
        raise Wrong(f"threads answers {reply.status}", 'Answer {"head": …, "threads": {…}}.')
    return f"{len(said['threads'])} threads are shared"


def outbox(probe: Probe) -> str:
    """What was missed can be fetched."""
    need(probe)
    reply = probe.send("outbox")
    said = json.loads(reply.body)
    if reply.status != 200 or not isinstance(said["messages"], list) or not isinstance(said["more"], bool):
        raise Wrong(
            f"outbox answers {reply.status}", 'Answer {"messages": […], "cursor": text, "more": true or false}.'
        )
    return f"{len(said['messages'])} messages to catch up with"


def unknown_object(probe: Probe) -> str:
    """An object that there is not is told to be unknown."""
    need(probe)
    reply = probe.send("objects", more=f"/sha-256:{'0' * 64}")
    return refused(reply, 404, "an object that there is not")
