"""Write the schemas and test vectors of the network into docs/integrate. `--check` only says whether they fit.

Everything is made from fixed keys and times, so that the same code writes the same bytes. A second implementation that
reproduces `valid` and refuses `refused` with the same codes speaks the protocol.
"""

import hashlib
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from ecvet.credit import (
    Appeal,
    Assessment,
    Correspondence,
    Decider,
    Extent,
    OutcomeResult,
    OutcomeValidation,
    Result,
    Transcript,
    TranscriptEntry,
    Validation,
)
from ecvet.errors import EcvetError
from ecvet.federation import (
    Constraints,
    DatedKey,
    Endpoints,
    EntityConfiguration,
    HandOver,
    JournalHead,
    Kind,
    Mark,
    Message,
    Outcome,
    Request,
    Rotation,
    SignedSeal,
    SubordinateStatement,
    Succession,
    Tombstone,
    check,
    head_of,
    is_public,
    may_ask,
    message,
    open_configuration,
    problem,
    receipt_for,
    short_code,
    sign,
    sign_configuration,
    sign_hand_over,
    sign_mark,
    sign_receipt,
    sign_rotation,
    sign_seal,
    sign_statement,
    sign_succession,
    sign_termination,
    signature_bytes,
    state_of,
    wait,
    write_batch,
)
from ecvet.federation.carried import carried
from ecvet.federation.message import Beside, from_json, read, read_batch
from ecvet.federation.policy import apply, merge
from ecvet.federation.schemas import DIALECT, of, schemas
from ecvet.federation.signature_base import Signed, signature_base
from ecvet.federation.structured import InnerList, parse_dictionary
from ecvet.federation.token import jwk
from ecvet.mobility import AgreedUnit, LearningAgreement, MobilityEvent, Party, Role, Verb
from ecvet.partnership import CompetentInstitution, Function, MemorandumOfUnderstanding, Termination
from ecvet.qualification import OutcomeKind, Unit
from ecvet.record import (
    Act,
    Person,
    Record,
    Signature,
    SigningKey,
    address_of,
    canonical,
    commitment,
    plain,
    record,
    to_bytes,
)
from ecvet.record import sign as sign_record
from ecvet.record.canonical import JsonObject
from ecvet.terms import Identifier, LangString, Period

FOLDER = Path(__file__).parents[1] / "docs" / "integrate"
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HOME, HOST = Identifier("https://turin.example"), Identifier("https://lyon.example")
ANCHOR = "https://vet.gouv.example"
ALBA = Identifier("urn:uuid:019caa00-0000-7000-8000-00000000a1ba")
MOU, STAY, EVENT, STONE, RESULT, DECIDED, LODGED = (
    Identifier(f"urn:uuid:019caa00-0000-7000-8000-{n:012x}") for n in range(1, 8)
)
CUTTING = Identifier("https://turin.example/units/cutting/1")
QUALIFICATION = Identifier("https://turin.example/qualifications/hair/1")
BESIDE = {"terms-unit": Unit, "terms-assessment": Assessment, "institution": CompetentInstitution}
"""What a partner reads without its being a document of its own: beside a proposal, beside a result, in metadata."""
NONCE = "bm9uY2UtZm9yLXZlY3RvcnM"
SALT = hashlib.sha256(b"ecvet network vectors: salt").digest()
PERSON = Person(names=("Alba",), family_name="Ferri", birth_date=date(2005, 6, 3))
HEAD = JournalHead(n=1042, hash=address_of(b"the last entry of a journal"))


def key(entity: str, name: str = "1") -> SigningKey:
    """The key of an entity: its seed is the SHA-256 of `ecvet network vectors: ` and its name."""
    return SigningKey.from_seed(f"{entity}#{name}", seed(entity, name))


def seed(entity: str, name: str = "1") -> bytes:
    """The secret half of a key of the vectors; for nothing but tests."""
    return hashlib.sha256(f"ecvet network vectors: {entity}#{name}".encode()).digest()


def text(words: str) -> LangString:
    """A text in English."""
    return LangString.of(en=words)


def signed(item: Record, by: Identifier, act: Act, role: str, *, signer: Identifier | None = None) -> Signature:
    """A signature over a record."""
    reason = "The dates do not suit us." if act is Act.REJECT else None
    made = Signature(object=item.address, signer=signer or by, role=role, act=act, at=AT, reason=reason)
    return sign_record(made, key(by))


MEMORANDUM = record(
    MemorandumOfUnderstanding(
        parties=(HOME, HOST),
        objectives=text("Learners achieve units abroad that are recognised at home."),
        valid=Period(date(2026, 1, 1), date(2028, 12, 31)),
    ),
    thread=MOU,
    author=HOME,
    at=AT,
)
AGREEMENT = record(
    LearningAgreement(
        parties=(Party(role=Role.HOME, id=HOME), Party(role=Role.HOSTING, id=HOST), Party(role=Role.LEARNER, id=ALBA)),
        period=Period(date(2026, 5, 4), date(2026, 6, 26)),
        qualification=QUALIFICATION,
        qualification_title=text("Hairdresser"),
        units=(
            AgreedUnit(
                unit=CUTTING,
                code="cutting",
                title=text("Cutting"),
                outcomes=frozenset({"measures", "cuts"}),
            ),
        ),
    ),
    thread=STAY,
    author=HOME,
    at=AT,
    person_ref=commitment(PERSON, SALT),
)
ARRIVED = record(
    MobilityEvent(stay=STAY, verb=Verb.START, on=date(2026, 5, 4), by=Role.HOSTING), thread=EVENT, author=HOST, at=AT
)
TRANSCRIPT = record(
    Transcript(
        learner=ALBA,
        issuer=HOST,
        home=HOME,
        basis=AGREEMENT.address,
        qualification=QUALIFICATION,
        entries=(
            TranscriptEntry(
                unit=CUTTING,
                title=text("Cutting"),
                outcomes=(OutcomeResult(outcome="measures", result=Result.ACHIEVED),),
                assessments=(address_of(b"an assessment that stays with its author"),),
                complete=False,
            ),
        ),
    ),
    thread=RESULT,
    author=HOST,
    at=AT,
)
DECISION = record(
    Validation(
        learner=ALBA,
        transcript=TRANSCRIPT.address,
        unit=CUTTING,
        qualification=QUALIFICATION,
        outcomes=(OutcomeValidation(outcome="measures", result=Correspondence.CORRESPONDS),),
        extent=Extent.PARTIAL,
        by=Decider(institution=HOME, person=Identifier("urn:uuid:019caa00-0000-7000-8000-00000000b7a0"), name="Bruno"),
        on=date(2026, 7, 6),
        ground=text("Study regulations, section 12"),
    ),
    thread=DECIDED,
    author=HOME,
    at=AT,
)
APPEAL = record(
    Appeal(learner=ALBA, decision=DECISION.address, text=text("I have cut as well."), on=date(2026, 7, 20)),
    thread=LODGED,
    author=HOME,
    at=AT,
)
VOID = record(
    Tombstone(object=AGREEMENT.address, thread=STAY, reason="wrong learner"), thread=STONE, author=HOME, at=AT
)
ACCEPTED = (
    signed(AGREEMENT, HOME, Act.ACCEPT, "home"),
    signed(AGREEMENT, HOST, Act.ACCEPT, "hosting"),
    signed(AGREEMENT, HOME, Act.ACCEPT, "learner", signer=ALBA),
)
SEAL = SignedSeal(
    thread=STAY,
    object=AGREEMENT.address,
    by=HOME,
    at=AT,
    in_force_from=AT.date(),
    acceptances=tuple(address_of(signature_bytes(one)) for one in ACCEPTED),
)
NOTICE = Termination(object=AGREEMENT.address, by=HOST, at=AT, reason="The salon closes.", last_day=date(2026, 5, 31))
OVER = HandOver(thread=STAY, owner=HOME, to=HOST, at=AT, issuer=HOME, reason="The school merges.")


def said(kind: Kind, n: int, *, by: Identifier = HOME, seq: int = 1, thread: Identifier = STAY, **more: Any) -> Message:
    """A message of the vectors."""
    to = HOST if by == HOME else HOME
    name = Identifier(f"urn:uuid:019caa00-0000-7000-8000-{0x1000 + n:012x}")
    return message(kind, id=name, sender=by, to=to, seq=seq, thread=thread, **more)


PROPOSED = said(
    Kind.PROPOSE,
    2,
    records=(AGREEMENT,),
    signatures=(signed(AGREEMENT, HOME, Act.ISSUE, "author"),),
    persons=(Beside(ref=commitment(PERSON, SALT), salt=SALT, person=PERSON),),
)
MESSAGES = {
    "propose a memorandum": said(
        Kind.PROPOSE, 1, thread=MOU, records=(MEMORANDUM,), signatures=(signed(MEMORANDUM, HOME, Act.ISSUE, "author"),)
    ),
    "propose a learning agreement, with the person beside it": PROPOSED,
    "sign: accept": said(Kind.SIGN, 3, by=HOST, signatures=ACCEPTED[1:2]),
    "sign: reject with a reason": said(
        Kind.SIGN, 4, by=HOST, signatures=(signed(AGREEMENT, HOST, Act.REJECT, "hosting"),)
    ),
    "sign: give notice": said(Kind.SIGN, 5, by=HOST, seq=2, statements=(sign_termination(NOTICE, STAY, key(HOST)),)),
    "seal": said(Kind.SEAL, 6, seq=2, signatures=ACCEPTED, statements=(sign_seal(SEAL, key(HOME)),)),
    "seal: hand over": said(Kind.SEAL, 7, seq=3, statements=(sign_hand_over(OVER, key(HOME)),)),
    "event": said(
        Kind.EVENT, 8, by=HOST, seq=3, records=(ARRIVED,), signatures=(signed(ARRIVED, HOST, Act.ISSUE, "hosting"),)
    ),
    "result": said(
        Kind.RESULT,
        12,
        by=HOST,
        seq=4,
        records=(TRANSCRIPT,),
        signatures=(signed(TRANSCRIPT, HOST, Act.ISSUE, "hosting"),),
    ),
    "decide": said(
        Kind.DECIDE, 13, seq=7, records=(DECISION,), signatures=(signed(DECISION, HOME, Act.ISSUE, "home"),)
    ),
    "appeal": said(Kind.APPEAL, 14, seq=8, records=(APPEAL,), signatures=(signed(APPEAL, HOME, Act.ISSUE, "home"),)),
    "retract": said(Kind.RETRACT, 9, seq=4, records=(VOID,), signatures=(signed(VOID, HOME, Act.ISSUE, "owner"),)),
    "note": said(Kind.NOTE, 10, seq=5, note=JsonObject({"text": "The bus leaves at nine.", "language": "en"})),
    "error": said(
        Kind.ERROR,
        11,
        seq=6,
        in_reply_to=PROPOSED.id,
        note=JsonObject({"type": "urn:ecvet:problem:partnership.thread.stale"}),
    ),
}


def refusal(read_it: Callable[[], object]) -> str:
    """The code with which something is refused."""
    try:
        read_it()
    except EcvetError as error:
        return error.code
    raise AssertionError("a vector that should be refused is not")


def keys() -> dict[str, Any]:
    """The keys of all vectors, the secret halves too."""
    return {one: {"seed": seed(one).hex(), "jwk": jwk(key(one).public)} for one in (HOME, HOST, ANCHOR)}


def messages() -> dict[str, Any]:
    """Messages of every kind, and some that are refused."""
    good = json.loads(PROPOSED.data)
    bad = {
        "a UUID of another version": {**good, "id": good["id"].replace("-7000-", "-4000-")},
        "no number": {name: one for name, one in good.items() if name != "seq"},
        "number 0": {**good, "seq": 0},
        "an unknown kind": {**good, "kind": "shout"},
        "base64 instead of base64url": {**good, "objects": ["+/+/"]},
        "a floating-point number": {**good, "note": {"weight": 1.5}},
        "too many records": {**good, "objects": ["AA"] * 65},
    }
    spaced = to_bytes(AGREEMENT) + b"\n"
    newer = {**json.loads(to_bytes(AGREEMENT)), "schema": "https://ecvet.example/schema/learning_agreement/2.0"}
    return {
        "valid": {
            name: {
                "message": json.loads(one.data),
                "canonical_bytes": len(one.data),
                "digest": one.digest,
                "records": [{"address": item.address, "canonical": item.data.decode()} for item in one.records],
                "signatures": [plain(item) for item in one.signed],
            }
            for name, one in MESSAGES.items()
        },
        "refused": {
            name: {"message": one, "code": refusal(lambda one=one: from_json(JsonObject(one)))}
            for name, one in bad.items()
        },
        "records_refused": {
            "not canonical": {"bytes": spaced.decode(), "code": refusal(lambda: carried(spaced))},
            "another major version": {
                "bytes": canonical(newer).decode(),
                "code": refusal(lambda: carried(canonical(newer))),
            },
        },
        "batches_refused": {
            one: refusal(lambda one=one: read_batch(one.encode())) for one in ('{"messages":[]}', "[]")
        },
        "truncated": {"bytes": PROPOSED.data[:-1].decode(), "code": refusal(lambda: read(PROPOSED.data[:-1]))},
        "person": {"salt": SALT.hex(), "person": plain(PERSON), "ref": commitment(PERSON, SALT)},
    }


def request_vector(request: Request, by: Identifier) -> dict[str, Any]:
    """A signed request with its signature base."""
    added = sign(request, key(by), at=AT, nonce=NONCE)
    fields = request.fields + added
    field = dict(added)["signature-input"]
    covered = parse_dictionary(field)["ecvet"]
    assert isinstance(covered, InnerList)
    base = signature_base(covered, Signed(fields=fields, method=request.method, target=request.target))
    return {
        "method": request.method,
        "target": request.target,
        "fields": [list(one) for one in fields],
        "body": request.body.decode(),
        "signature_base": base.decode().split("\n"),
    }


def requests() -> dict[str, Any]:
    """Signed requests, and requests that are refused, each with its code."""
    post = Request(
        method="POST",
        target=f"{HOST}/x/v1/inbox",
        fields=(("content-type", "application/json"),),
        body=write_batch((MESSAGES["note"],)),
    )
    get = Request(method="GET", target=f"{HOST}/x/v1/outbox?after=17")
    whole = replace(post, fields=post.fields + sign(post, key(HOME), at=AT, nonce=NONCE))

    def refused(item: Request, *, late: int = 0, seen: bool = False) -> dict[str, Any]:
        code = refusal(
            lambda: check(
                item,
                key_of=lambda name: key(HOME).public if name == key(HOME).kid else None,
                now=AT + timedelta(seconds=late),
                seen=lambda *_: seen,
            )
        )
        return {
            "method": item.method,
            "target": item.target,
            "fields": [list(one) for one in item.fields],
            "body": item.body.decode(),
            "known": [key(HOME).kid],
            "received_after_seconds": late,
            "nonce_seen": seen,
            "code": code,
        }

    stranger = replace(post, fields=post.fields + sign(post, key(HOST), at=AT, nonce=NONCE))
    return {
        "at": plain(AT),
        "valid": [request_vector(post, HOME), request_vector(get, HOME)],
        "refused": {
            "another address": refused(replace(whole, target=whole.target + "/")),
            "another method": refused(replace(whole, method="PUT")),
            "another body": refused(replace(whole, body=b'{"messages":[]}')),
            "no signature": refused(post),
            "a key that is not known": refused(stranger),
            "too late": refused(whole, late=361),
            "from the future": refused(whole, late=-61),
            "replayed": refused(whole, seen=True),
        },
    }


def statements() -> dict[str, Any]:
    """Tokens of every type, by their names, with whose they are."""
    mine = EntityConfiguration(
        id=HOST,
        name="Lycée de Lyon",
        keys=(DatedKey(key=key(HOST).public, since=AT - timedelta(days=9)),),
        issued=AT,
        expires=AT + timedelta(hours=24),
        endpoints=Endpoints.below(HOST),
        superiors=(ANCHOR,),
        marks=(
            sign_mark(
                Mark(
                    issuer=ANCHOR,
                    subject=HOST,
                    function=Function.ASSESS,
                    issued=AT,
                    valid=Period(date(2026, 1, 1), date(2026, 12, 31)),
                    qualifications=frozenset({QUALIFICATION}),
                ),
                key(ANCHOR),
            ),
        ),
    )
    about = SubordinateStatement(
        issuer=ANCHOR,
        subject=HOST,
        keys=(DatedKey(key=key(HOST).public),),
        issued=AT,
        expires=AT + timedelta(hours=24),
        constraints=Constraints(max_path_length=0, permitted=("lyon.example",)),
        policies={"ecvet_node": {"country": {"value": "FR"}}},
    )
    token = sign_configuration(mine, key(HOST))
    stored = receipt_for(PROPOSED, Outcome.STORED, at=AT, head=HEAD)
    why = {"type": "urn:ecvet:problem:federation.message.unfit", "title": "It says nothing.", "status": 422}
    tokens = {
        "entity configuration": token,
        "subordinate statement": sign_statement(about, key(ANCHOR)),
        "trust mark": mine.marks[0],
        "receipt: stored": sign_receipt(stored, key(HOST)),
        "receipt: refused": sign_receipt(
            receipt_for(PROPOSED, Outcome.REFUSED, at=AT, head=HEAD, problem=dict(why)), key(HOST)
        ),
        "seal": sign_seal(SEAL, key(HOME)),
        "notice": sign_termination(NOTICE, STAY, key(HOST)),
        "hand-over": sign_hand_over(OVER, key(HOME)),
        "rotation": sign_rotation(Rotation(entity=HOST, keys=(key(HOST, "2").public,), at=AT), key(HOST)),
        "succession": sign_succession(
            Succession(entity=HOST, by=HOME, since=date(2026, 9, 1), at=AT, issuer=HOST), key(HOST)
        ),
    }
    forged = token[:-8] + "AAAAAAAA"
    return {
        "valid": {name: {"token": one, **_opened(one)} for name, one in tokens.items()},
        "refused": {
            "forged": _configuration_refused(forged, of=HOST, at=AT),
            "of another": _configuration_refused(token, of=HOME, at=AT),
            "two days later": _configuration_refused(token, of=HOST, at=AT + timedelta(days=2)),
        },
    }


def _configuration_refused(token: str, *, of: Identifier, at: datetime) -> dict[str, Any]:
    """A token that is not the entity configuration of an entity at a moment."""
    code = refusal(lambda: open_configuration(token, of=of, at=at))
    return {"token": token, "typ": "entity-statement+jwt", "of": of, "at": plain(at), "code": code}


def _opened(token: str) -> dict[str, Any]:
    from ecvet.credential.formats import jws

    parsed = jws.parse(token, "token")
    return {"header": parsed.header, "claims": parsed.payload}


def small() -> dict[str, Any]:
    """Short code, states and heads, waits, policies, addresses."""
    states = {MOU: state_of([MEMORANDUM.address]), STAY: state_of([AGREEMENT.address, ARRIVED.address])}
    asked = (
        f"{HOST}/x/v1/inbox",
        "https://api.lyon.example/x",
        "http://lyon.example/x",
        "https://lyon.example:8443/x",
        "https://evil.example/x",
        "https://lyon.example/a/../b",
        "https://user@lyon.example/",
    )
    policies = [
        ({"alg": {"subset_of": ["a", "b"]}}, {"alg": {"subset_of": ["b", "c"]}}, {"alg": ["a", "b"]}),
        ({"country": {"value": "FR"}}, {"country": {"essential": True}}, {}),
        ({"country": {"value": "FR"}}, {"country": {"value": "IT"}}, {}),
    ]
    return {
        "short_code": {
            "keys": [jwk(key(HOME).public)["x"], jwk(key(HOST).public)["x"]],
            "code": short_code(key(HOME).public, key(HOST).public),
        },
        "states": {
            "contents": {STAY: [AGREEMENT.address, ARRIVED.address], MOU: [MEMORANDUM.address]},
            "states": states,
            "head": head_of(states),
        },
        "waits": [
            {
                "attempts": n,
                "least_seconds": int(wait(n, 0).total_seconds()),
                "most_seconds": int(wait(n, 999).total_seconds()),
            }
            for n in (1, 2, 3, 5, 8, 10, 20)
        ],
        "policies": [_policy(*one) for one in policies],
        "addresses": {"of": HOST, "asked": {one: bool(may_ask(one, of=HOST)) for one in asked}},
        "ip_addresses": {
            one: is_public(one)
            for one in (
                "93.184.216.34",
                "10.0.0.1",
                "169.254.169.254",
                "::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2606:4700::1111",
            )
        },
    }


def _policy(above: Any, below: Any, metadata: Any) -> dict[str, Any]:
    given = {"above": above, "below": below, "metadata": metadata}
    try:
        merged = merge(above, below)
        return {**given, "merged": merged, "resolved": apply(merged, metadata)}
    except EcvetError as error:
        return {**given, "code": error.code, "problem": problem(error)}


def files() -> dict[Path, str]:
    """All files with what should stand in them."""
    vectors = {"keys": keys, "requests": requests, "messages": messages, "statements": statements, "small": small}
    found = {FOLDER / "vectors" / "network" / f"{name}.json": make() for name, make in vectors.items()}
    told = schemas() | {name: {"$schema": DIALECT, "title": name, **of(value)} for name, value in BESIDE.items()}
    # A member named `kind` is told as the constant that decisions have; of an outcome it is one of three.
    told["terms-unit"]["$defs"]["LearningOutcome"]["properties"]["kind"] = {"enum": [one.value for one in OutcomeKind]}
    found |= {FOLDER / "schemas" / "network" / f"{name}.json": one for name, one in told.items()}
    return {path: json.dumps(one, indent=1, ensure_ascii=False, sort_keys=True) + "\n" for path, one in found.items()}


if __name__ == "__main__":
    stale = [path for path, text_ in files().items() if not path.exists() or path.read_text(encoding="utf-8") != text_]
    if stale and "--check" in sys.argv:
        sys.exit(f"not current: {', '.join(path.name for path in stale)}; run: python tools/network.py")
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files()[path], encoding="utf-8")
