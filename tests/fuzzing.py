"""`make fuzz`: bytes that a fuzzer grows by what the verification does with them (atheris), for a bounded time.

The first byte says what the rest is: a credential as it came, or what is signed, sealed or stamped anew before it is
examined, so that the steps after the proof are reached. Anything but a report ends the run, and its input is kept.
atheris is no requirement of this project: there are wheels for Linux only, and not for every version of Python.
"""

import base64
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["ecvet"]):
    from core.credential import test_any_input as forms
    from ecvet.credential.formats import carriers, jws, sdjwt, vc_jwt
    from ecvet.credential.policy import EVERYDAY, Genuine

FORMS, KEY = forms.FORMS, forms.world().key


def came(data: bytes) -> None:
    """A credential of any form, as it came."""
    forms.look(data, Genuine())


def withheld(data: bytes) -> None:
    """An SD-JWT: its payload, and what its disclosures say, line by line."""
    payload, *said = data.split(b"\n")
    token = forms.signed(jws.dump({"alg": "ES256", "typ": sdjwt.TYP, **KEY.header}), payload, KEY.private).decode()
    forms.look("~".join((token, *map(jws.encode, said), "")).encode(), EVERYDAY, {forms.URI: forms.token_status()})


def token(data: bytes) -> None:
    """A W3C token: its header, and its payload on the next line."""
    header, _, payload = data.partition(b"\n")
    forms.look(forms.signed(header, payload, forms.KEY), Genuine(), forms.bit_status())


def sealed(data: bytes) -> None:
    """A European Digital Credential: the header of its seal, and its text on the next line."""
    header, _, text = data.decode("utf-8", "replace").partition("\n")
    protected = jws.encode(header.encode())
    signature = jws.encode(forms.make_sealing().ec_seal.sign(f"{protected}.{text}".encode()))
    one = {"protected": protected, "signature": signature, "header": {"etsiU": []}}
    forms.look(jws.dump({"payload": text, "signatures": [one]}), Genuine())


def stamped(data: bytes) -> None:
    """A time-stamp in a seal."""
    *_, said = forms.seal_parts()
    tokens = {"sigTst": {"tstTokens": [{"val": base64.b64encode(data).decode()}]}}
    one = {**said["signatures"][0], "header": {"etsiU": [jws.encode(jws.dump(tokens))]}}
    forms.look(jws.dump({**said, "signatures": [one]}), Genuine())


def certified(data: bytes) -> None:
    """A certificate that a token brings."""
    header, payload, _ = forms.parts()
    header = {**header, "x5c": [base64.b64encode(data).decode()]}
    forms.look(forms.signed(jws.dump(header), jws.dump(payload), KEY.private) + b"~", Genuine())


def listed(data: bytes) -> None:
    """The payload of a status list."""
    signed = forms.signed(jws.dump({"alg": "ES256", "typ": "statuslist+jwt", **KEY.header}), data, KEY.private)
    forms.look(forms.whole()["sd-jwt"], EVERYDAY, {forms.URI: signed})
    forms.addressed(data)


def carried(data: bytes) -> None:
    """A file that carries a credential."""
    if carriers.is_carrier(data):
        forms.look(data, Genuine())


WAYS = (came, withheld, token, sealed, stamped, certified, listed, carried)


def seeds() -> list[bytes]:
    """Something right for each way to begin with."""
    whole = forms.whole()
    _, payload, said = forms.parts()
    body, header, _ = forms.seal_parts()
    chain = forms.world().key.chain[0].public_bytes(forms.Encoding.DER)
    over = jws.encode(jws.decode(forms.seal_parts()[2]["signatures"][0]["signature"], "")).encode()
    claims = jws.decode(forms.token_status().decode().split(".")[1], "")
    known = jws.dump({"alg": "Ed25519", "typ": vc_jwt.TYP, "kid": forms.NAME})
    found = [
        *((0, whole[one]) for one in FORMS if one != "sealed"),
        (1, b"\n".join(map(jws.dump, (payload, *said)))),
        (2, known + b"\n" + jws.dump(forms.w3c())),
        (3, jws.dump(header) + b"\n" + jws.dump(body)),
        (4, forms._stamp(over)),
        (5, chain),
        (6, claims),
        *((7, whole[one]) for one in ("png", "svg", "pdf")),
    ]
    return [bytes((way,)) + data for way, data in found]


def one_input(data: bytes) -> None:
    """What the fuzzer calls."""
    if data:
        WAYS[data[0] % len(WAYS)](data[1:])


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (folder / f"seed-{number}").write_bytes(seed)
    atheris.Setup([sys.argv[0], str(folder), f"-artifact_prefix={folder.parent}/found-", *sys.argv[2:]], one_input)
    atheris.Fuzz()
