"""The seal of an institution over a finished PDF: PAdES baseline B-B (ETSI EN 319 142-1), by pyHanko.

The signature is invisible and lies outside the page, which is the one way in which PDF/A-3 and PDF/UA-1 both allow it.
It certifies the file: a later change breaks it. The time in it is that of the machine, for it says when the copy was
sealed and not when something was decided.
"""

import io
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

from asn1crypto import keys, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ecvet.credential.keys import IssuerKey

FIELD: Final = "Seal"
_ROOM: Final = 8192  # bytes kept free for the signature: two certificates and the attributes fit easily


def seal(pdf: bytes, key: IssuerKey, *, name: str, reason: str) -> bytes:
    """The PDF with a signature of the institution's P-256 key and its certificates; the old bytes stay as they are."""
    place = fields.SigFieldSpec(
        FIELD, readable_field_name=reason,
        invis_sig_settings=fields.InvisSigSettings(set_print_flag=True, box_out_of_bounds=True),
    )  # fmt: skip
    said = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, name=name, reason=reason,
        certify=True, docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )  # fmt: skip
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    sign = partial(signers.sign_pdf, writer, said, _signer(key), new_field_spec=place, bytes_reserved=_ROOM)
    with ThreadPoolExecutor(1) as apart:  # pyHanko runs an event loop, and the caller's thread may have one already
        return bytes(apart.submit(sign).result().getvalue())


def _signer(key: IssuerKey) -> signers.SimpleSigner:
    """The key as pyHanko knows keys: PKCS #8 and DER, never a file."""
    private = key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    own, *others = (x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in key.chain)
    known = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    known.register_multiple(others)
    return signers.SimpleSigner(own, keys.PrivateKeyInfo.load(private), known)
