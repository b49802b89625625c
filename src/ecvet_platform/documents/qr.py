"""A QR code as a drawing, sharp at every size, or as a picture of a page (ISO/IEC 18004, error correction M)."""

import base64
import io

import segno


def qr(text: str) -> str:
    """The SVG of the code of a text: black on white, with the quiet margin of four modules that readers need."""
    return str(segno.make(text, error="m", micro=False).svg_inline(border=4, omitsize=True, light="#fff"))


def picture(text: str) -> str:
    """The code of a text as the address of an image that needs no other address (`data:`)."""
    made = io.BytesIO()
    segno.make(text, error="m", micro=False).save(made, kind="png", scale=5, border=4)
    return "data:image/png;base64," + base64.b64encode(made.getvalue()).decode()
