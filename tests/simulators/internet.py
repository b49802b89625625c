"""A whole internet of our own: who stands at which address, and who does not answer. Nothing leaves this machine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ecvet_platform.people.internet import NoAnswer, Reply

Site = Callable[[str, str, Mapping[str, str], Mapping[str, str]], Reply]
"""Given method, address, form and headers, what a site answers."""


@dataclass
class FakeInternet:
    """Sites by the beginning of their addresses; whoever is not there does not answer. `asked` is what was asked."""

    sites: dict[str, Site] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        """Read what stands at an address."""
        return self._ask("GET", url, {}, headers or {})

    def post(self, url: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Reply:
        """Send a form to an address."""
        return self._ask("POST", url, form, headers or {})

    def _ask(self, method: str, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Reply:
        self.asked.append((method, url))
        for beginning, site in self.sites.items():
            if url.startswith(beginning):
                return site(method, url, form, headers)
        raise NoAnswer("nobody is there")
