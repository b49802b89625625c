"""What is held in common: comparing states, and what a partner may read here (docs/integrate/network.md 3 and 5)."""

import json
import urllib.parse
from typing import Any

from . import forms, rules
from .forms import ProblemError
from .partner import Partner


def states(partner: Partner, entity: str) -> dict[str, str]:
    """The states of the threads shared with an entity."""
    return {
        name: rules.state_of(one.contents)
        for name, one in partner.threads.items()
        if entity in {partner.contacts.entity_of(party) for party in one.institutions}
    }


def compare(partner: Partner, entity: str) -> dict[str, Any]:
    """What the other keeps and what is kept here, where they differ."""
    theirs = json.loads(partner.contacts.fetch("GET", partner.contacts.endpoint(entity, "threads"), entity))
    ours = states(partner, entity)
    assert rules.head_of(theirs["threads"]) == theirs["head"]
    differing = {one for one in {**ours, **theirs["threads"]} if ours.get(one) != theirs["threads"].get(one)}
    return {one: compare_thread(partner, entity, one) for one in sorted(differing)}


def compare_thread(partner: Partner, entity: str, thread: str) -> dict[str, Any]:
    address = f"{partner.contacts.endpoint(entity, 'threads')}/{urllib.parse.quote(thread, safe='')}"
    found = json.loads(partner.contacts.fetch("GET", address, entity))
    assert rules.state_of(found["contents"]) == found["state"]
    ours = partner.threads[thread].contents if thread in partner.threads else set()
    return {"only there": sorted(set(found["contents"]) - ours), "only here": sorted(ours - set(found["contents"]))}


def fetch_object(partner: Partner, entity: str, address: str) -> str:
    data = partner.contacts.fetch("GET", f"{partner.contacts.endpoint(entity, 'objects')}/{address}", entity)
    assert forms.address_of(data) == address
    return data.decode()


def echo(partner: Partner, entity: str) -> Any:
    return json.loads(
        partner.contacts.fetch("POST", partner.contacts.endpoint(entity, "echo"), entity, b'{"heard":true}')
    )


def _endpoint(partner: Partner, entity: str, name: str) -> str:
    return str(partner.contacts.known[entity]["claims"]["metadata"]["ecvet_node"][name])


def outbox(partner: Partner, caller: str, after: str) -> dict[str, Any]:
    start = int(after or 0)
    own = [one["message"] for one in partner.sent if one["message"]["to"] == caller]
    page = own[start : start + 50]
    return {"messages": page, "cursor": str(start + len(page)), "more": start + len(page) < len(own)}


def shared(partner: Partner, caller: str, path: str) -> Any:
    if not path:
        found = states(partner, caller)
        return {"head": rules.head_of(found), "threads": found}
    thread = partner.threads.get(urllib.parse.unquote(path.removeprefix("/")))
    if thread is None or caller not in {partner.contacts.entity_of(one) for one in thread.institutions}:
        raise ProblemError("federation.thread.not-a-party", caller, 403, caller=caller)
    return {
        "owner": thread.owner, "contents": sorted(thread.contents), "state": rules.state_of(thread.contents),
        "seals": thread.seals,
    }  # fmt: skip


def object_at(partner: Partner, caller: str, address: str) -> bytes:
    if address not in partner.objects:
        raise ProblemError("record.address.unreadable", address, 404)
    for one in partner.threads.values():
        if address in (one.contents | one.beside) and caller in map(partner.contacts.entity_of, one.institutions):
            return partner.objects[address]
    raise ProblemError("federation.thread.not-a-party", caller, 403, caller=caller)
