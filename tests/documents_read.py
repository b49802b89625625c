"""How the tests read a PDF: its words, its files, its marks, and whether its seal is good."""

import io
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pypdf
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext


def words(pdf: bytes) -> str:
    """All words of all pages, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def files(pdf: bytes) -> dict[str, bytes]:
    """The attached files by name."""
    found = pypdf.PdfReader(io.BytesIO(pdf)).attachments
    return {name: data[0] for name, data in found.items()}


def marks(pdf: bytes) -> str:
    """The metadata (XMP) in which a PDF says which standards it keeps."""
    stream: Any = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Metadata"]
    return str(stream.get_data().decode())


def streams(pdf: bytes) -> list[bytes]:
    """What is drawn on each page, with the marks of what it is."""
    found = (page.get_contents() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return [one.get_data() for one in found if one is not None]


def root(pdf: bytes) -> Any:
    """The catalogue of the document."""
    return pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]


def seal_of(pdf: bytes, anchor: x509.Certificate) -> PdfSignatureStatus:
    """The judgement of pyHanko on the one signature of a file, by an anchor."""
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    trusted = ValidationContext(trust_roots=[asn1.Certificate.load(anchor.public_bytes(Encoding.DER))])
    use = KeyUsageConstraints(key_usage={"digital_signature"}, match_all_key_usages=True)
    judge = partial(validate_pdf_signature, signature, signer_validation_context=trusted, key_usage_settings=use)
    with ThreadPoolExecutor(1) as apart:  # it runs an event loop, and a browser's may run in this thread already
        return apart.submit(judge).result()
