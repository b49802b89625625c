"""The families of wallets: the example messages of OpenID4VCI 1.0 and OpenID4VP 1.0, as the specifications print them.

The specifications break long texts over lines and leave parts out with dots; both is mended before a message is read.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from conformance.case import Case, refused, same
from ecvet.credential.errors import WrongType
from ecvet.credential.formats import jws, key_binding, sdjwt
from ecvet.credential.formats.certificates import certificates
from ecvet.credential.formats.key_binding import public_key
from ecvet.credential.formats.strict_json import parse_object
from ecvet.credential.wallet import issuance, presentation, query
from ecvet.credential.wallet.errors import CredentialRequestInvalid
from ecvet.credential.wallet.tokens import thumbprint

Run = Callable[[bytes], object]
OLD = "credentials of the W3C data model 1.1, which no verifier of ours accepts, in a format that is not asked for"


def cases(corpus: Path) -> Iterator[Case]:
    """All messages of both families."""
    for family, runs in (("openid4vci", ISSUANCE), ("openid4vp", PRESENTATION)):
        for file in sorted(one for one in (corpus / family).rglob("*") if one.is_file()):
            name = str(file.relative_to(corpus / family))
            run = next((run for pattern, run in runs if re.fullmatch(pattern, name)), None)
            if name.startswith("sd_jwt_vcld/"):
                yield Case(family, name, lambda file=file: _linked(file))
            elif run is None:
                yield Case(family, name, None, OLD)
            else:
                yield Case(family, name, lambda run=run, file=file: run(mended(file.read_text())))


def mended(text: str) -> bytes:
    """A message without its HTTP head, its texts without line breaks, and something where the dots are."""
    text = text.lstrip()
    body = re.split(r"\n\s*\n", text, maxsplit=1)[1] if text.startswith("HTTP/") else text
    joined = re.sub(r'"[^"]*"', lambda found: re.sub(r"\n\s*", "", found[0]), body)
    some = '{"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {"vct_values": ["b"]}}]}'
    return re.sub(r"\{\s*\.\.\.\s*\}", some, joined).strip().encode()


def _details(data: bytes) -> None:
    assert all(one.configuration for one in issuance.details(data))


def _signed(typ: str) -> Run:
    """A token with its certificate: type, algorithm and signature."""

    def run(data: bytes) -> None:
        token = jws.parse("".join(data.decode().split()), "token")
        jws.check_header(token, typ)
        jws.check_signature(token, certificates(token.header["x5c"]).key)
        if typ.startswith("openidvci"):
            assert issuance.issuer_metadata(token.text).configurations

    return run


def _configurations(data: bytes) -> None:
    assert issuance.configurations(parse_object(data, "metadata"))


def _offer(data: bytes) -> None:
    """It reads, and what is written of it reads the same."""
    found = issuance.offer(data)
    assert found.code or found.by_sign_in
    same(issuance.offer(json.dumps(found.claims).encode()), found)


def _request(data: bytes) -> None:
    """An example from before the final text, which demands credential_configuration_id or credential_identifier."""
    refused(lambda: issuance.credential_request(data, most=10), CredentialRequestInvalid)
    said = {**json.loads(data), "credential_configuration_id": "org.iso.18013.5.1.mDL"}
    assert issuance.credential_request(json.dumps(said).encode(), most=10).proofs


def _response(data: bytes) -> None:
    assert issuance.credential_response(data).credentials


def _keys(data: bytes) -> None:
    """The name of the key is its thumbprint."""
    for one in json.loads(data)["jwks"]["keys"]:
        same(one["kid"].rpartition(":")[2], thumbprint(public_key({"jwk": one})))


def _query(data: bytes) -> None:
    found = query.query(data)
    assert all(one.claims for one in found.credentials)


def _unsecured(data: bytes) -> None:
    """The claims answer a question for them, and not one for others."""
    claims = parse_object(data, "claims")
    asked = query.CredentialQuery(id="a", format=query.FORMAT, claims=(query.ClaimQuery(path=("given_name",)),))
    same(query.missing(asked, claims), ())
    same(
        query.missing(query.CredentialQuery(id="a", format="", claims=(query.ClaimQuery(path=("x",)),)), claims), ("x",)
    )


def _payload(data: bytes) -> None:
    """Every digest of the payload is one that a disclosure could have."""
    said = parse_object(data, "payload")
    assert all(len(jws.decode(one, "digest")) == 32 for one in said["_sd"])
    public_key(said["cnf"])


def _seen(data: bytes) -> None:
    found = presentation.request_seen(data)
    same(found.response_type, "vp_token")
    query.query(json.dumps(found.claims["dcql_query"]).encode())


def _header(data: bytes) -> None:
    """A request signed with RSA is none that HAIP allows (ES256)."""
    token = jws.Token(header=parse_object(data, "header"), payload={}, text=b"", signed=b"", signature=b"")
    refused(lambda: jws.check_header(token, presentation.TYP), WrongType)


def _refusal(data: bytes) -> None:
    same(presentation.answer(data).error, "invalid_request")


def _binding(data: bytes) -> None:
    """What the holder signs has the members that a binding of ours has; transaction data are not asked for."""
    same(set(parse_object(data, "binding")) - {"transaction_data_hashes"}, {"aud", "iat", "nonce", "sd_hash"})


ISSUANCE: tuple[tuple[str, Run], ...] = (
    (r"authorization_details.*", _details),
    (r"credential_issuer_metadata_.*\.json", lambda data: issuance.issuer_metadata(data).configurations),
    (r"credential_issuer_metadata_.*\.txt", _signed("openidvci-issuer-metadata+jwt")),
    (r"wallet_attestation.*", _signed("oauth-client-attestation+jwt")),
    (r"credential_metadata_.*", _configurations),
    (r"credential_offer_.*", _offer),
    (r"credential_request_.*", _request),
    (r"credential_response_.*", _response),
    (r"issuer_jwks.*", _keys),
)

PRESENTATION: tuple[tuple[str, Run], ...] = (
    (r"client_metadata/.*", presentation.formats_supported),
    (r"query_lang/.*|request/dcql_.*", _query),
    (r"request/request_object_.*|digital_credentials_api/signed.*", _seen),
    (r"request/request_header_.*", _header),
    (r"digital_credentials_api/error_.*", _refusal),
    (r"response/kb_jwt.*", _binding),
    (r"credentials/sd_jwt_vc_unsecured.*", _unsecured),
    (r"credentials/sd_jwt_vc\.json", _payload),
)


def _linked(file: Path) -> None:
    """One presentation in parts: the parts are those of the whole, and the whole shows what it should."""
    folder = file.parent

    def joined(name: str) -> str:
        return "".join((folder / name).read_text().split())

    shown = sdjwt.parse(joined("sd_jwt_presentation.txt").encode())
    revealed = sdjwt.reveal(shown).claims
    binding = shown.binding
    assert binding is not None
    said = file.read_bytes()
    match file.name:
        case "sd_jwt_presentation.txt":
            same(key_binding.check(shown, revealed["cnf"]).audience, "https://verifier.example.org")
        case "verified_contents.json":
            same({name: one for name, one in revealed.items() if name != "_sd_alg"}, json.loads(said))
        case "sd_jwt_payload.json":
            same(shown.token.payload, json.loads(said))
        case "sd_jwt_jws_part.txt":
            same(joined(file.name), joined("sd_jwt_presentation.txt").partition("~")[0])
        case "sd_jwt_issuance.txt":
            found = sdjwt.reveal(sdjwt.parse(joined(file.name).encode())).claims
            same(
                found["ld"]["credentialSubject"],
                json.loads((folder / "user_claims.json").read_text())["ld"]["credentialSubject"],
            )
        case "user_claims.json":
            same(json.loads(said)["vct"], revealed["vct"])
        case "kb_jwt_header.json":
            same(binding.header, json.loads(said))
        case "kb_jwt_payload.json":
            same(binding.payload, json.loads(said))
        case "kb_jwt_serialized.txt":
            same(joined(file.name), joined("sd_jwt_presentation.txt").rpartition("~")[2])
        case other:
            raise AssertionError(f"{other} is not known")
