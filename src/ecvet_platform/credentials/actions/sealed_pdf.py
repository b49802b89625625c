"""Judge the seal of a PDF: whose it is, when it was set, whether anything was changed since, as of that time.

Historic by nature: the certificate is asked about the time of the seal, so a document stays good when its key was
renewed later, and is not when the key had ended before. The time is that of the sealing server itself.
"""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from ecvet.credential.errors import ProofFails, VerificationError
from ecvet.credential.formats.certificates import MAX_CHAIN, Chain, public_key
from ecvet.credential.trust import Trust, check_chain
from ecvet.saying import say


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPdf:
    """The seal of a PDF: who sealed it and when; or the `fact` for which it is not relied on."""

    by: str
    at: datetime | None
    fact: VerificationError | None = None


def judge(pdf: bytes, trust: Trust) -> SealedPdf | None:
    """What the seal of a PDF is worth; None for a file without one, or that cannot be read."""
    with ThreadPoolExecutor(1) as apart:  # pyHanko runs an event loop, and the caller's thread may have one already
        return apart.submit(_judged, pdf, trust).result()


def _judged(pdf: bytes, trust: Trust) -> SealedPdf | None:
    from pyhanko.pdf_utils.misc import PdfError  # here, because few ask and it takes long to be read
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    try:
        found = list(PdfFileReader(io.BytesIO(pdf)).embedded_signatures)
        if not found:
            return None
        last = found[-1]
        at = last.self_reported_timestamp
        last.compute_integrity_info()
        intact, valid = validate_sig_integrity(
            last.signer_info, last.signer_cert, expected_content_type="data", actual_digest=last.compute_digest()
        )
        chain = [last.signer_cert, *last.other_embedded_certs]
    except (PdfError, SignatureValidationError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None  # whatever it is, no seal of ours: those are read
    whole = last.coverage is not None and last.coverage.name == "ENTIRE_FILE"
    if not (intact and valid and whole) or at is None:
        return SealedPdf(by="", at=at, fact=ProofFails(why=say("the document was changed after it was sealed")))
    certificates = tuple(x509.load_der_x509_certificate(one.dump()) for one in chain[:MAX_CHAIN])
    try:
        certified = check_chain(Chain(certificates, public_key(certificates[0])), trust, at)
    except VerificationError as error:
        return SealedPdf(by="", at=at, fact=error)
    entered = trust.known_as(certified.ids)
    return SealedPdf(by=str(entered.name) if entered else certified.name or "", at=at)
