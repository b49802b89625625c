"""What people of a hosting institution do: agree, tell of the stay, assess, transfer; and propose a memorandum."""

import json
from collections.abc import Mapping
from typing import Any

from . import forms, messages
from .partner import Partner
from .threads import Thread


def sign(partner: Partner, address: str, role: str, act: str, **more: str) -> bytes:
    statement = {
        "object": address,
        "signer": partner.me.institution,
        "role": role,
        "act": act,
        "at": partner.me.time,
        **more,
    }
    return messages.sign_record(statement, partner.me.key, f"{partner.me.institution}#1")


def record(partner: Partner, kind: str, terms: Mapping[str, Any], **more: Any) -> bytes:
    made = {
        "type": kind, "schema": f"https://ecvet.example/schema/{kind}/1.0", "thread": partner.me.identifier(),
        "version": 1, "author": partner.me.institution, "created": partner.me.time, "terms": dict(terms), **more,
    }  # fmt: skip
    return forms.canonical(made)


def answer(partner: Partner, thread: str, act: str = "accept", reason: str = "") -> str:
    """Accept or reject the version proposed last."""
    kept = partner.threads[thread]
    more = {"reason": reason} if reason else {}
    partner.say(
        thread, "sign", signatures=[sign(partner, kept.proposed, kept.role_of(partner.me.institution), act, **more)]
    )
    return kept.proposed


def seal(partner: Partner, thread: str) -> None:
    """As the owner: bring the proposed version into force with everybody's acceptance."""
    kept = partner.threads[thread]
    acceptances = kept.acceptances(kept.proposed)
    claims = {
        "iss": partner.me.institution, "thread": thread, "object": kept.proposed, "at": partner.me.time,
        "in_force_from": partner.me.time[:10], "acceptances": list(acceptances),
    }  # fmt: skip
    if kept.sealed:
        claims["replaces"] = kept.sealed
    made = forms.token(claims, "ecvet-seal+jwt", partner.me.key, f"{partner.me.institution}#1")
    partner.say(thread, "seal", signatures=[partner.objects[one] for one in acceptances], statements=[made])


def propose_memorandum(partner: Partner, to: str, terms: Mapping[str, Any], *, schema: str = "1.0") -> str:
    """Propose a memorandum to an institution, accepted by ourselves; the thread."""
    parties = {"parties": [partner.me.institution, to]}
    data = record(partner, "mou", parties | dict(terms), schema=f"https://ecvet.example/schema/mou/{schema}")
    address, thread = forms.address_of(data), json.loads(data)["thread"]
    partner.say(
        thread,
        "propose",
        [data],
        [sign(partner, address, "author", "issue"), sign(partner, address, "party", "accept")],
    )
    return str(thread)


def tell(partner: Partner, thread: str, verb: str, on: str, **more: Any) -> str:
    """What happened during the stay, as the hosting institution: all events of one stay form one line."""
    kept = partner.threads[thread]
    line = [(name, one) for name, one in kept.records.items()
            if one["type"] == "mobility_event" and one["author"] == partner.me.institution]  # fmt: skip
    follows = {} if not line else {
        "thread": line[-1][1]["thread"], "version": line[-1][1]["version"] + 1, "prev": line[-1][0],
    }  # fmt: skip
    terms = {"stay": thread, "verb": verb, "on": on, "by": "hosting", "agreement": kept.sealed, **more}
    data = record(partner, "mobility_event", terms, **follows)
    partner.say(thread, "event", [data], [sign(partner, forms.address_of(data), "hosting", "issue")])
    return forms.address_of(data)


def transfer(partner: Partner, thread: str, on: str, assessor: Mapping[str, str]) -> str:
    """Assess every agreed outcome as achieved, and send the transcript with its assessments beside it."""
    kept = partner.threads[thread]
    terms = kept.records[kept.sealed]["terms"]
    learner = next(one["id"] for one in terms["parties"] if one["role"] == "learner")
    plan = terms.get("assessment", {})
    beside, entries, signatures = [], [], []
    for unit in terms["units"]:
        outcomes = [
            {"outcome": one, "result": "achieved",
             "criteria": [{"criterion": each, "met": True} for each in criteria(partner, kept, unit["unit"], one)]}
            for one in unit["outcomes"]
        ]  # fmt: skip
        assessed = record(partner, "assessment", {
            "learner": learner, "unit": unit["unit"], "basis": kept.sealed, "institution": partner.me.institution,
            "outcomes": outcomes, "on": on,
            "methods": plan.get("methods", ["practical task"]), "place": plan.get("place", partner.me.name),
            "assessors": [{"id": partner.me.identifier(), "institution": partner.me.institution, **assessor}],
        })  # fmt: skip
        beside.append(assessed)
        signatures.append(sign(partner, forms.address_of(assessed), "hosting", "issue"))
        entries.append({
            "unit": unit["unit"], "title": unit["title"], "outcomes": outcomes,
            "assessments": [forms.address_of(assessed)], "complete": not unit.get("part", False),
        })  # fmt: skip
    home = next(one["id"] for one in terms["parties"] if one["role"] == "home")
    data = record(partner, "transcript", {
        "learner": learner, "issuer": partner.me.institution, "home": home, "basis": kept.sealed,
        "qualification": terms["qualification"], "entries": entries,
    })  # fmt: skip
    signatures.insert(0, sign(partner, forms.address_of(data), "hosting", "issue"))
    partner.say(thread, "result", [data, *beside], signatures)
    return forms.address_of(data)


def criteria(partner: Partner, kept: Thread, unit: str, outcome: str) -> list[str]:
    """The criteria of an outcome, from the unit that came beside the proposal."""
    for one in kept.beside:
        terms = json.loads(partner.objects[one]).get("terms", {})
        if terms.get("id") == unit:
            described = next(each for each in terms["outcomes"] if each["id"] == outcome)
            return [each["id"] for each in described.get("criteria", ())]
    return []
