from typing import Any

import pytest

from ecvet_platform.federation import fetcher
from federation_internet import HERE, Elsewhere, Internet
from stories_of import begun_cast, everybody, now

__all__ = ["begun_cast", "everybody", "now"]


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Internet:
    """A small internet; this server is `https://here.example` in it."""
    made = Internet()
    settings.SITE = HERE
    monkeypatch.setattr(fetcher, "ask", made.ask)
    return made


@pytest.fixture
def oulu(internet: Internet) -> Elsewhere:
    """A vocational college with a server of its own."""
    made = Elsewhere("https://oulu.example/node", name="Oulu College", institution="https://oulu.example/")
    internet.publish(made)
    return made
