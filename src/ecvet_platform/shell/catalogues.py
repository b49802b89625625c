"""Translations: the .po files of `shell/locale`, compiled at the start into the data folder where they are older.

Extract with `python -m ecvet_platform.shell.catalogues`: it reads all rooms' templates and code and brings every .po
file up to date. Compiled files are never committed.
"""

import os
from importlib import import_module
from pathlib import Path
from typing import IO, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from ecvet.errors import catalogue

_METHODS: Final = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
_KEYWORDS: Final = {
    "_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}  # fmt: skip


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


def extract(platform: Path) -> Catalog:
    """All texts of the platform that need translation: those of pages and code, and what the imported errors say."""
    found = Catalog(project="ecvet", charset="utf-8", fuzzy=False)
    options = {
        "**/templates/**.html": {
            "trimmed": "true",
            "newstyle_gettext": "true",
            "silent": "false",
            "extensions": "jinja2.ext.do",
        }
    }
    texts = extract_from_dir(platform, _METHODS, options, _KEYWORDS, ("Translators:",), strip_comment_tags=True)
    for file, line, message, comments, context in texts:
        found.add(message, None, [(file, line)], auto_comments=comments, context=context)
    for error in catalogue().values():
        for sentence in (error.sentence, error.remedy):
            found.add(sentence, None, [(error.__module__, 1)])
    return found


def update(platform: Path, source: Path) -> None:
    """Bring every .po file up to date with the code; texts that are gone are dropped."""
    template = extract(platform)
    for po in sorted(source.glob("*/LC_MESSAGES/django.po")):
        with po.open("rb") as file:
            catalog = _read(file)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        with po.open("wb") as file:
            write_po(file, catalog, width=110, include_lineno=False, sort_output=True)


def _read(file: IO[bytes]) -> Catalog:
    return read_po(file, locale=Path(file.name).parts[-3])


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecvet_platform.shell.settings")
    django.setup()
    import_module("ecvet_platform.shell.urls")  # imports every room, and with them their errors
    HERE = Path(__file__).parent
    update(HERE.parent, HERE / "locale")
