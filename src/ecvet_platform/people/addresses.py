"""Addresses of pages by their names. A list has one for each row, so what they have in common is looked up once."""

from functools import cache, lru_cache
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, reverse

_ANY: Final = UUID(int=0)


def address(name: str, /, **arguments: object) -> str:
    """The address of a page by its name: `address("mobility:agreement", key=…)`."""
    if not arguments:
        return _plain(name, get_script_prefix(), settings.ROOT_URLCONF)
    (argument, value), *others = arguments.items()
    if others or not isinstance(value, UUID):
        return _named(name, tuple(arguments.items()), get_script_prefix(), settings.ROOT_URLCONF)
    before, after = _around(name, argument, get_script_prefix(), settings.ROOT_URLCONF)
    return f"{before}{value}{after}"


def pattern(name: str, argument: str = "key") -> str:
    """The address of a page with a place for the key, for lists: `pattern("mobility:agreement") % key`."""
    before, after = _around(name, argument, get_script_prefix(), settings.ROOT_URLCONF)
    return f"{before.replace('%', '%%')}%s{after.replace('%', '%%')}"


@cache
def _plain(name: str, _prefix: str, _addresses: str) -> str:
    return reverse(name)


@lru_cache(maxsize=4096)
def _named(name: str, arguments: tuple[tuple[str, object], ...], _prefix: str, _addresses: str) -> str:
    return reverse(name, kwargs=dict(arguments))


@cache
def _around(name: str, argument: str, _prefix: str, _addresses: str) -> tuple[str, str]:
    """What stands before and after the key, or a word, in the addresses of a page."""
    before, _, after = reverse(name, kwargs={argument: _ANY}).partition(str(_ANY))
    return before, after
