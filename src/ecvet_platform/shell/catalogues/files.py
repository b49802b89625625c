"""The .po files: one for each language, written so that people can review them; compiled into the data folder.

A machine's draft is shown to readers like any other text, but carries the translator's comment `machine draft`, which
every gettext tool keeps, until a person confirms it. Instead of places in the code, which change daily, an entry names
the areas (rooms) that use it. What changes by itself (the hour, the version of the tool) is not written.
"""

import os
from io import BytesIO
from pathlib import Path
from typing import IO, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from ecvet_platform.shell.catalogues.extraction import areas

DRAFT: Final = "machine draft"
LOCALE: Final = Path(__file__).parent.parent / "locale"
_HEAD: Final = (
    "# Translations of ecvet. How to translate: docs/develop/translating.md\n"
    "# “machine draft” marks what no reader of the language has confirmed."
)
_CHANGING: Final = (
    b'"POT-Creation-Date:', b'"PO-Revision-Date:', b'"Last-Translator:', b'"Generated-By:', b'"Report-Msgid-Bugs-To:',
    b'"Language-Team:',
)  # fmt: skip

_NUMBERS: Final = {"hu": (2, "(n != 1)")}
"""Where Babel's number forms are not those of CLDR and Django."""


def path(code: str, source: Path = LOCALE) -> Path:
    """Where the texts of a language lie."""
    return source / code / "LC_MESSAGES" / "django.po"


def read(code: str, source: Path = LOCALE) -> Catalog:
    """The texts of a language. Raises `OSError` where there are none."""
    with path(code, source).open("rb") as file:
        return _read(file)


def write(catalog: Catalog, code: str, source: Path = LOCALE) -> None:
    """Write the texts of a language, in the order of the English ones."""
    catalog.header_comment = _HEAD
    for one in catalog:
        one.locations = [(area, None) for area in areas(one.locations)]  # type: ignore[misc]
    out = BytesIO()
    write_po(out, catalog, width=0, include_lineno=False, sort_output=True)
    lines = (line for line in out.getvalue().splitlines(keepends=True) if not line.startswith(_CHANGING))
    po = path(code, source)
    po.parent.mkdir(parents=True, exist_ok=True)
    half = po.with_name(f"{po.name}.{os.getpid()}")
    half.write_bytes(b"".join(lines))
    half.replace(po)


def update(template: Catalog, code: str, source: Path = LOCALE) -> Catalog:
    """Bring a language up to date with the code, or begin it; texts that are gone are dropped."""
    catalog = read(code, source) if path(code, source).exists() else _new(code)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    for one in catalog:
        if one.id and not any(forms(one.string)):
            mark(one, drafted=False)
    write(catalog, code, source)
    return catalog


def _new(code: str) -> Catalog:
    catalog = Catalog(locale=code, project="ecvet", version="", fuzzy=False)
    if code in _NUMBERS:
        catalog._num_plurals, catalog._plural_expr = _NUMBERS[code]  # type: ignore[assignment]
    return catalog


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """A text, or the forms of one that counts something; an empty one where there is none."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def is_draft(one: Message) -> bool:
    """Whether a machine drafted it and no person has confirmed it."""
    return DRAFT in one.user_comments


def mark(one: Message, *, drafted: bool) -> None:
    """Set or remove the mark of a machine's draft; other comments of translators stay."""
    one.user_comments = [comment for comment in one.user_comments if comment != DRAFT] + [DRAFT] * drafted


def compile_all(source: Path, target: Path) -> tuple[str, ...]:
    """Compile what is newer than its compiled form; the languages compiled. Raises `OSError` if it cannot write."""
    done = []
    for po in sorted(source.glob("*/LC_MESSAGES/django.po")):
        mo = target / po.relative_to(source).with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            mo.parent.mkdir(parents=True, exist_ok=True)
            half = mo.with_name(f"{mo.name}.{os.getpid()}")
            with po.open("rb") as read, half.open("wb") as written:
                write_mo(written, _read(read))
            half.replace(mo)  # another process may be reading or compiling the same
            done.append(po.parts[-3])
    return tuple(done)


def _read(file: IO[bytes]) -> Catalog:
    return read_po(file, locale=Path(file.name).parts[-3])
