"""Docstrings keep their word: what they say is raised exists, and is an error."""

import builtins
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import ecvet
from ecvet.errors import EcvetError, catalogue

RAISES = re.compile(r"[Rr]aises ([^.:;]*)")
NAMED = re.compile(r"`([A-Z][A-Za-z]+)`")


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(ecvet.__path__, "ecvet."):
        yield importlib.import_module(found.name)


def docstrings(module: ModuleType) -> Iterator[tuple[str, str]]:
    """The place and text of every docstring that is written in a module."""
    yield module.__name__, inspect.getdoc(module) or ""
    for name, item in vars(module).items():
        if getattr(item, "__module__", None) != module.__name__:
            continue
        yield f"{module.__name__}:{name}", getattr(item, "__doc__", None) or ""
        if inspect.isclass(item):
            for inner, member in vars(item).items():
                text = getattr(getattr(member, "__func__", member), "__doc__", None)
                if callable(getattr(member, "__func__", member)) or isinstance(member, property):
                    yield f"{module.__name__}:{name}.{inner}", text or ""


def test_every_error_that_a_docstring_names_exists() -> None:
    texts = [one for module in modules() for one in docstrings(module)]
    known = {error.__name__ for error in catalogue().values()} | {EcvetError.__name__}
    known |= {error.__name__ for error in _families(EcvetError)}
    known |= {name for name, one in vars(builtins).items() if inspect.isclass(one) and issubclass(one, BaseException)}
    named = [(place, name) for place, text in texts for part in RAISES.findall(text) for name in NAMED.findall(part)]
    assert len(named) > 100
    assert [(place, name) for place, name in named if name not in known] == []


def _families(error: type[EcvetError]) -> Iterator[type[EcvetError]]:
    for one in error.__subclasses__():
        yield one
        yield from _families(one)


def test_every_public_function_and_class_says_what_it_is() -> None:
    silent = [
        f"{module.__name__}:{name}"
        for module in modules()
        for name, item in vars(module).items()
        if not name.startswith("_")
        and (inspect.isfunction(item) or inspect.isclass(item))
        and item.__module__ == module.__name__
        and not (item.__doc__ or "").strip()
    ]
    assert silent == []
