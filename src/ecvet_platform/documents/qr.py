"""A QR code as a drawing, sharp at every size (ISO/IEC 18004, error correction M)."""

import segno


def qr(text: str) -> str:
    """The SVG of the code of a text: black on white, with the quiet margin of four modules that readers need."""
    return str(segno.make(text, error="m", micro=False).svg_inline(border=4, omitsize=True, light="#fff"))
