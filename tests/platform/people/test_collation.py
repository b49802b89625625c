"""Names in the order of a language's readers, in any script, and nothing transliterated."""

import pytest
from django.conf import settings

from ecvet_platform.people.collation import order


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("de", ["Åland", "Oslo", "Österreich", "Ostrava", "Zagreb"]),
        ("sv", ["Oslo", "Zagreb", "Åland", "Ängel", "Österreich"]),
        ("da", ["Zagreb", "Ærø", "Øresund", "Aabenraa", "Ålborg"]),
        ("cs", ["Cyril", "Čapek", "Dana", "Hana", "Cheb", "Ivan"]),
        ("es", ["Ana", "Nuria", "Ñuñoa", "Oscar"]),
        ("et", ["Siim", "Šveits", "Zoja", "Tallinn", "Õie", "Ülle", "Xenia"]),
        ("mt", ["Bertu", "Ċensu", "Carmela", "Gozo", "Għawdex", "Ħamrun", "Żejtun", "Zurrieq"]),
        ("pl", ["Lublin", "Łódź", "Maria", "Zofia", "Źródło", "Żaneta"]),
        ("el", ["Άρης", "Βάσω", "Ωραία", "Alba", "Вера"]),
        ("bg", ["Алба", "Ирина", "Яна", "Alba", "Άρης"]),
        ("fr", ["Emil", "Émile", "Emma"]),
    ],
)
def test_names_are_sorted_as_the_language_does(code: str, names: list[str]):
    assert _sorted(names[::-1], code) == names


@pytest.mark.parametrize("code", dict(settings.LANGUAGES))
def test_any_name_has_one_place(code: str):
    names = ["", " ", "О’Ніл", "李小龍", "محمد", "Alba", "alba", "ÅSE", "Straße", "ﬁ", "\U0001f600", "e\u0301", "é"]
    assert _sorted(names, code) == _sorted(names[::-1], code)
    assert order("Alba", code) < order("Bruno", code) < order("李", code)


def _sorted(names: list[str], code: str) -> list[str]:
    return sorted(names, key=lambda name: order(name, code))
