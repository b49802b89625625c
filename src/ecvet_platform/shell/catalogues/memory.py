"""The translation memory of a language as TMX 1.4b: what translators' own programs read and write.

A unit carries our key and state as properties, so that it comes back to its place; a unit of another memory is taken
where its English is the text of ours.
"""

import re
from collections.abc import Iterable
from typing import Final
from xml.etree import ElementTree as Tree

from babel.messages.catalog import Catalog, Message

from ecvet_platform.shell.catalogues import files, tables, work

_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_FORMS: Final = "\u2028"
"""Between the number forms of one text: Unicode's line separator, which no text has."""


def write(catalog: Catalog, code: str, chosen: Iterable[Message]) -> bytes:
    """The texts with what is translated of them."""
    root = Tree.Element("tmx", version="1.4")
    Tree.SubElement(
        root, "header", creationtool="ecvet", creationtoolversion="1", segtype="block", adminlang="en", srclang="en",
        datatype="plaintext", attrib={"o-tmf": "gettext"},
    )  # fmt: skip
    body = Tree.SubElement(root, "body")
    for one in chosen:
        unit = Tree.SubElement(body, "tu", tuid=work.key(one))
        Tree.SubElement(unit, "prop", type="x-state").text = tables.state(one)
        for language, text in (("en", files.forms(one.id)), (code, files.forms(one.string))):
            if any(text):
                variant = Tree.SubElement(unit, "tuv", {_LANG: language})
                Tree.SubElement(variant, "seg").text = _FORMS.join(text)
    Tree.indent(root)
    return bytes(Tree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def parse(data: bytes, code: str, catalog: Catalog) -> tables.Given:
    """The translations of a memory. Raises `ValueError` for what is no TMX, or declares entities of its own."""
    if re.search(rb"<!ENTITY", data):
        raise ValueError("the file declares entities")
    try:
        root = Tree.fromstring(data)
    except Tree.ParseError as error:
        raise ValueError(f"the file is no XML: {error}") from error
    if root.tag != "tmx":
        raise ValueError("the file is no TMX")
    keys = {work.key(one) for one in catalog if one.id}
    english = {files.forms(one.id)[0]: work.key(one) for one in catalog if one.id and not one.context}
    found: tables.Given = {}
    for unit in root.iter("tu"):
        said = {_base(one): "".join(seg.itertext()) for one in unit.iter("tuv") if (seg := one.find("seg")) is not None}
        name = unit.get("tuid", "")
        name = name if name in keys else english.get(said.get("en", "").split(_FORMS)[0], "")
        if name and said.get(code):
            found[name] = (tuple(said[code].split(_FORMS)), unit.findtext("prop[@type='x-state']", ""))
    return found


def _base(variant: Tree.Element) -> str:
    return (variant.get(_LANG) or variant.get("lang") or "").partition("-")[0].casefold()
