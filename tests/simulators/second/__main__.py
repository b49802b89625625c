"""The partner as a program: it serves at a port and does what standard input says, one line of JSON each."""

import json
import sys
import urllib.error
from collections.abc import Callable
from datetime import datetime
from typing import Any

from . import people, sharing
from .me import Me
from .partner import Partner
from .serving import serve
from .threads import names_of


def set_clock(partner: Partner, at: str) -> None:
    partner.me.now = datetime.fromisoformat(at)


def seen(partner: Partner, thread: str) -> dict[str, Any]:
    kept = partner.threads[thread]
    return {
        "state": kept.state, "owner": kept.owner, "sealed": kept.sealed, "proposed": kept.proposed,
        "records": [[one["type"], one["terms"].get("kind") or one["terms"].get("verb")]
                    for one in kept.records.values()],
        "acts": [[one["act"], one["role"]] for one in kept.signatures.values()],
        "beside": names_of(partner.objects[one] for one in sorted(kept.beside)),
    }  # fmt: skip


def unhappy(partner: Partner) -> list[Any]:
    """What was not confirmed, and what came back as an error."""
    mine = [
        [one["message"]["kind"], one["outcome"], one["problem"]]
        for one in partner.sent
        if one["outcome"] != "confirmed"
    ]
    return [*mine, *partner.told]


def send_again(partner: Partner, entity: str) -> bool:
    """Send the last message once more, as one whose receipt was lost; whether the very same receipt comes."""
    last = [one for one in partner.sent if one["message"]["to"] == entity][-1]
    before = last["receipt"]
    last["outcome"] = "sent"
    partner.exchange()
    return bool(last["receipt"] == before)


DOES: dict[str, Callable[..., Any]] = {
    "look": lambda partner, **given: partner.contacts.look(**given),
    "confirm": lambda partner, **given: partner.contacts.confirm(**given),
    "exchange": Partner.exchange, "answer": people.answer, "seal": people.seal, "tell": people.tell,
    "transfer": people.transfer, "propose_memorandum": people.propose_memorandum, "compare": sharing.compare,
    "compare_thread": sharing.compare_thread,
    "fetch_object": sharing.fetch_object, "echo": sharing.echo, "set_clock": set_clock, "seen": seen,
    "unhappy": unhappy, "send_again": send_again,
}  # fmt: skip


def main() -> None:
    """Serve until standard input ends; what is called there is done."""
    given = json.loads(sys.argv[1])
    seed, now = bytes.fromhex(given["seed"]), datetime.fromisoformat(given["now"])
    partner = Partner(
        Me(given["entity"], given["institution"], given["name"], given["country"], seed=seed, now=now)
    )  # fmt: skip
    serve(partner, given["port"])
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"result": DOES[asked["call"]](partner, **asked["with"])}
        except urllib.error.HTTPError as failed:
            answer = {"error": f"{failed.url}: {failed.code} {failed.read().decode(errors='replace')}"}
        except Exception as failed:
            answer = {"error": repr(failed)}
        print(json.dumps(answer, default=str), flush=True)


if __name__ == "__main__":
    main()
