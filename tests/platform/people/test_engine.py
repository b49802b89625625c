"""Sessions are what was signed, whoever changes the text or the secret."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from ecvet_platform.people import engine

OTHER = "another secret of at least thirty-two signs"


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    engine._signed.cache_clear()
    yield
    engine._signed.cache_clear()


def test_what_is_kept_comes_back_and_is_nobody_elses() -> None:
    store = engine.SessionStore()
    text = store.encode({"provider": ["a", "b"]})
    first = store.decode(text)
    first["provider"].append("changed by a request")
    assert store.decode(text) == {"provider": ["a", "b"]}


def test_a_changed_text_is_nothing_though_the_true_one_is_known() -> None:
    store = engine.SessionStore()
    text = store.encode({"_auth_user_id": "1"})
    assert store.decode(text)
    assert store.decode(text[:-1] + ("A" if text[-1] != "A" else "B")) == {}
    assert store.decode("") == {}


def test_a_text_is_checked_again_with_other_secrets() -> None:
    store = engine.SessionStore()
    text = store.encode({"x": 1})
    assert store.decode(text) == {"x": 1}
    with override_settings(SECRET_KEY=OTHER, SECRET_KEY_FALLBACKS=[]):
        assert store.decode(text) == {}
        new = store.encode({"x": 2})
    assert store.decode(new) == {}
    with override_settings(SECRET_KEY_FALLBACKS=[OTHER]):
        assert store.decode(new) == {"x": 2}
