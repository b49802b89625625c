"""PDF, PNG and SVG that carry a credential: found, verified, and refused within limits."""

import json
import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecvet.credential.errors import BeyondLimits, Malformed, NotACredential, VerificationError
from ecvet.credential.formats import carriers
from ecvet.credential.formats.carriers import carried

HEAD = b"\x89PNG\r\n\x1a\n"


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*texts, keyword=b"openbadgecredential", compressed=b"\0"):
    inside = b"".join(chunk(b"iTXt", keyword + b"\0" + compressed + b"\0\0\0" + one) for one in texts)
    return HEAD + chunk(b"IHDR", bytes(13)) + inside + chunk(b"IEND", b"")


def svg(inside, head=b""):
    return (
        head
        + b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">'
        + (inside + b"</svg>")
    )


def pdf(*files, password=None):
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(width=100, height=100)
    for name, data in files:
        writer.add_attachment(name, data)
    if password:
        writer.encrypt(password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def credential(world):
    return world.issue()


def test_a_credential_is_verified_in_whatever_carries_it(world, credential):
    for data in (
        pdf(("record.json", b'{"some": "record"}'), ("credential.sd-jwt", credential)), png(credential),
        svg(b'<openbadges:credential verify="' + credential + b'"/>'),
        svg(b"<openbadges:credential><![CDATA[\n" + credential + b"\n]]></openbadges:credential>"),
    ):  # fmt: skip
        assert carried(data) == credential
        assert world.examine(data).verified
    assert world.examine(png(credential[:-9] + b"x" * 9)).verified is None


def test_an_attachment_is_found_compressed_or_not_and_after_a_later_version(credential):
    packed = zlib.compress(credential)
    plain = b"%%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile /Length %d >>\nstream\n%s\nendstream\nendobj\n"
    flat = (
        b"%%PDF-1.7\n1 0 obj\n<</Length 2 0 R/Filter/FlateDecode/Type/EmbeddedFile>>\nstream\r\n%s\nendstream\nendobj\n"
    )
    assert carried(plain % (len(credential), credential)) == credential
    assert carried(flat % packed) == credential
    assert carried(flat % packed + plain % (len(credential), credential)) == credential  # the same one twice


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (pdf(), "carries no credentials"), (pdf(("a.json", b'{"a": 1}')), "carries no credentials"), (png(), "no"),
        (png(b"a.b.c", b"d.e.f"), "carries 2 credentials"), (pdf(("a", b"a.b.c"), ("b", b"d.e.f")), "2"),
        (svg(b""), "no"), (b"<html><p>no</p></html>", "no"), (pdf(("a", b"a.b.c"), password="secret"), "no"),
        (png(b"a.b.c", keyword=b"openbadges"), "no"),
    ],
)  # fmt: skip
def test_what_carries_none_or_several_is_refused(data, why):
    with pytest.raises(NotACredential, match=why):
        carried(data)


def test_damaged_carriers_are_refused():
    good = png(b"a.b.c")
    for bad in (
        good[:-5],
        good[:60] + b"x" + good[61:],
        HEAD,
        png(b"a.b.c", compressed=b"\1"),
        b"<svg>",
        b"<a><b></a>",
    ):
        with pytest.raises(Malformed):
            carried(bad)


def test_30_entities_of_svg_are_refused_and_nothing_is_fetched():
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(Malformed, match="entities"):
        carried(svg(b"<openbadges:credential>&b;</openbadges:credential>", bomb))
    far = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "file:///etc/passwd">'
    assert carried(svg(b"<openbadges:credential>a.b.c</openbadges:credential>", far)) == b"a.b.c"
    with pytest.raises(Malformed):
        carried(svg(b"<openbadges:credential>&x;</openbadges:credential>"))


@pytest.mark.parametrize("encoding", [b"utf-4", b"shift_jis", b"zlib", b"\xc3\xa9"])
def test_27_a_picture_in_an_encoding_that_is_none_is_refused(encoding):
    with pytest.raises(Malformed, match="not XML"):
        carried(svg(b"", b'<?xml version="1.0" encoding="%s"?>' % encoding))


def test_27_carriers_have_limits(monkeypatch):
    bomb = zlib.compress(b"{" + bytes(carriers.MAX_CARRIED))
    data = b"%%PDF-1.7\n<</Filter/FlateDecode/Type/EmbeddedFile>>\nstream\n%s\nendstream\n" % bomb
    with pytest.raises(BeyondLimits):
        carried(data)
    with pytest.raises(BeyondLimits):
        carried(HEAD + chunk(b"tEXt", b"") * (carriers.MAX_PARTS + 1))
    monkeypatch.setattr(carriers, "MAX_BYTES", 100)
    with pytest.raises(BeyondLimits):
        carried(pdf())


@given(st.sampled_from([b"%PDF-", HEAD, b"<"]), st.binary(max_size=400))
def test_27_no_carrier_raises_anything_else(start, data):
    with pytest.raises(VerificationError):
        carried(start + data)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_27_no_damaged_carrier_raises_anything_else(place, bit):
    for good in (png(b"a.b.c"), svg(b"<openbadges:credential>a.b.c</openbadges:credential>"), _PDF):
        at = place % len(good)
        bad = good[:at] + bytes((good[at] ^ bit,)) + good[at + 1 :]
        if carriers.is_carrier(bad):
            try:
                carried(bad)
            except VerificationError:
                continue


_PDF = pdf(("a", b"a.b.c"))


def test_a_sealed_credential_travels_in_a_pdf(world):
    from core.credential.cast import ISSUED, NOW
    from core.credential.sealing import make_sealing
    from ecvet.credential.issue_sealed import issue_sealed
    from ecvet.credential.policy import EVERYDAY
    from ecvet.credential.trust import Trust
    from ecvet.credential.verify import examine

    sealing = make_sealing()
    sealed = issue_sealed(world.draft, sealing.seal, id="urn:credential:1", at=ISSUED)
    trust = Trust(anchors=(), seal_anchors=(sealing.anchor,))
    assert examine(pdf(("credential.json", sealed)), trust, EVERYDAY, NOW).verified
    assert json.loads(sealed)["payload"].startswith("{")
