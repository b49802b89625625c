"""Which texts need translation: those of pages and code, what the core says, and what the imported errors say."""

import ast
import copy
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from ecvet.errors import catalogue

_METHODS: Final = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
_KEYWORDS: Final = {
    "_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}  # fmt: skip
_SAID: Final = {"say": None, "say_many": (1, 2), "Template": None}
"""What the core says is a template written in one of these calls (`ecvet.saying`)."""
_ENGLISH_ONLY: Final = ("cli", "examples", "population", "rules")
"""Rooms of the core that only commands speak for."""
_OPTIONS: Final = {
    "**/templates/**.html": {
        "trimmed": "true",
        "newstyle_gettext": "true",
        "silent": "false",
        "extensions": "jinja2.ext.do",
    }
}
CORE: Final = "core"
"""The area of what the core's errors say."""


def of_code(platform: Path) -> Catalog:
    """The texts of the platform's pages and code, with file and line."""
    found = Catalog(project="ecvet", charset="utf-8", fuzzy=False)
    keywords = {**_KEYWORDS, **_SAID}
    texts = extract_from_dir(platform, _METHODS, _OPTIONS, keywords, ("Translators:",), strip_comment_tags=True)
    for file, line, message, comments, context in texts:
        found.add(message, None, [(file, line)], auto_comments=comments, context=context)
    return found


def of_core(core: Path) -> Catalog:
    """What the core says beside its errors, with the module that says it."""
    found = Catalog(project="ecvet", charset="utf-8", fuzzy=False)
    for file, line, message, comments, context in extract_from_dir(core, [("**.py", "python")], {}, _SAID):
        if message and not file.startswith(_ENGLISH_ONLY):
            module = "ecvet." + file.removesuffix(".py").replace("/", ".")
            found.add(message, None, [(module, line)], auto_comments=comments, context=context)
    return found


def extract(platform: Path, core: Path) -> Catalog:
    """All texts that need translation. Errors are those of the modules imported by now, under their module's name."""
    found = joined(of_code(platform), of_core(core))
    for error in catalogue().values():
        for sentence in (error.sentence, error.remedy):
            found.add(sentence, None, [(error.__module__, 1)])
    return found


def of_forms(code: str) -> Catalog:
    """What Django's forms say, for a language that Django itself does not speak; nothing for the others."""
    found = Catalog(project="ecvet", charset="utf-8", fuzzy=False)
    spoken = Path(django.__file__).parent / "conf" / "locale"
    if (spoken / code).is_dir():
        return found
    with (spoken / "en" / "LC_MESSAGES" / "django.po").open("rb") as file:
        for one in read_po(file, locale="en"):
            places = {place for place, _ in one.locations}
            if one.id and places & {"forms/fields.py", "core/validators.py"}:
                found.add(one.id, None, [("shell", 1)], context=one.context)
    return found


def joined(template: Catalog, more: Catalog) -> Catalog:
    """A template with the texts of another; the first stays as it is."""
    if not len(more):
        return template
    both = copy.deepcopy(template)
    for one in more:
        if one.id and not both.get(one.id if isinstance(one.id, str) else one.id[0], one.context):
            both.add(one.id, None, one.locations, context=one.context)
    return both


def areas(locations: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """The rooms in which a text is used, by the files or modules that say it."""
    return tuple(sorted({_area(place) for place, _ in locations}))


def _area(place: str) -> str:
    if "/" in place or place.endswith(".py"):
        return place.partition("/")[0].removesuffix(".py")
    parts = place.split(".")  # a module, as errors name theirs; a bare name is an area already
    if parts[0] == "ecvet_platform":
        return parts[1]
    return CORE if parts[0] == "ecvet" else place


def overlooked(platform: Path) -> Iterator[str]:
    """Calls of gettext in code that the extraction does not see: within an f-string, or with a text put together.

    A call with a name (a word of a table, an error's sentence) is left alone: its text is found where it is written.
    """
    known = {one.id if isinstance(one.id, str) else one.id[0] for one in of_code(platform)}
    for file in sorted(platform.rglob("*.py")):
        for call, text in _calls(ast.parse(file.read_text(encoding="utf-8"))):
            if text is None:
                yield f"{file.relative_to(platform)}:{call.lineno}: the text is put together, so it cannot be found"
            elif text not in known:
                yield f"{file.relative_to(platform)}:{call.lineno}: “{text}” is not found; take it out of the f-string"


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str | None]]:
    """Calls of what a module imports from Django's translation, with their text; None when it is put together."""
    names = {
        name.asname or name.name: name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if "gettext" in name.name
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in names:
            continue
        text = node.args[1 if "pgettext" in names[node.func.id] else 0]
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield node, text.value
        elif isinstance(text, ast.JoinedStr | ast.BinOp):
            yield node, None
