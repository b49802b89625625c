import pytest

from stories_of import begun_cast, everybody, now

__all__ = ["begun_cast", "everybody", "now"]


@pytest.fixture(autouse=True)
def post_goes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's own transaction never commits; what waits for that is done at once."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda do, **_: do())
