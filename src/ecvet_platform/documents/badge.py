"""The picture of a badge: a square with its title, its lines and who issued it, as PNG or SVG."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from html import escape
from typing import Final

import typst

from ecvet_platform.documents.typeset import LOOK, fonts

_PIXELS: Final = 200


class Picture(StrEnum):
    """As what a badge is drawn."""

    PNG = "png"
    SVG = "svg"


MEDIA_OF: Final = {Picture.PNG: "image/png", Picture.SVG: "image/svg+xml"}
"""The media types of the pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """What stands in the picture, in the language `language`."""

    kind: str
    title: str
    lines: tuple[str, ...]
    by: str
    language: str


def picture(badge: Badge, form: Picture) -> bytes:
    """The picture; an SVG says in its title what a screen reader reads."""
    found = typst.compile(
        LOOK / "badge.typ", root=LOOK, font_paths=fonts(everywhere=True), ignore_system_fonts=True,
        format=form.value, ppi=_PIXELS, sys_inputs={"badge": json.dumps(asdict(badge))},
    )  # fmt: skip
    made = found[0] if isinstance(found, list) else found
    if form is Picture.PNG:
        return made
    named = escape(", ".join((badge.title, *badge.lines, badge.by)))
    end = made.index(b">", made.index(b"<svg"))
    return made[:end] + f' role="img"><title>{named}</title>'.encode() + made[end + 1 :]
