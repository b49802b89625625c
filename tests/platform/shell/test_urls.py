"""Addresses are found by their first word, and found as if every room were asked."""

import re

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, include, path, resolve, reverse
from django.urls.resolvers import RegexPattern

from ecvet_platform.shell import urls

KEY = "01890a5d-ac96-774b-bcce-b302099a8057"
EXAMPLES = {"uuid": KEY, "int": "1", "str": "word", "slug": "word", "path": "word", "": "word"}


def paths() -> list[str]:
    found = []
    for room in urls.urlpatterns:
        if isinstance(room, urls.Room):
            for one in room.url_patterns:
                assert isinstance(one, URLPattern)
                found.append(re.sub(r"<(?:(\w+):)?\w+>", lambda part: EXAMPLES[part[1] or ""], str(one.pattern)))
    return found


def test_every_address_leads_where_it_would_if_all_rooms_were_asked_in_turn() -> None:
    others = [one for one in urls.urlpatterns if not isinstance(one, urls.Room)]
    every = URLResolver(RegexPattern(r"^/"), [*others, *(path("", include(module)) for module in urls.ROOMS)])
    assert len(paths()) > 150
    for one in paths():
        found, plain = resolve(f"/{one}"), every.resolve(f"/{one}")
        same = ("func", "args", "kwargs", "view_name", "route", "app_names", "namespaces", "captured_kwargs")
        assert [getattr(found, name) for name in same] == [getattr(plain, name) for name in same], one


@pytest.mark.parametrize(
    "wrong", ["/agreements", "/agreementsx/", "/agreements//", "/no/", "//", "/credit/x/y/z", "/%3Cuuid:key%3E/"]
)
def test_an_address_that_no_room_has_is_not_found(wrong: str) -> None:
    with pytest.raises(Resolver404):
        resolve(wrong)


def test_addresses_are_made_as_before() -> None:
    assert reverse("mobility:agreement", kwargs={"key": KEY}) == f"/agreements/{KEY}"
