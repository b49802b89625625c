"""RDF Dataset Canonicalization (W3C RDFC-1.0): one text for every dataset that says the same.

A dataset is a collection of quads whose terms are written as canonical N-Quads: `<iri>`, `_:name`, `"text"^^<datatype>`
or `"text"@tag`; the fourth term is the graph, empty for the default graph. Blank nodes get names of their own that
depend on nothing but what is said about them.

Telling blank nodes apart that look alike costs factorial time, and a few quads can be made to cost years. So the work
is counted, and a dataset that needs more than any credential does is refused within a second (security statement 13).
That, SHA-384 and canonical escapes are why this is not left to a library: none of those tried has a limit.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import permutations
from typing import Final, TypeAlias

from ecvet.credential.errors import BeyondLimits
from ecvet.saying import say

Quad: TypeAlias = tuple[str, str, str, str]
"""Subject, predicate, object and graph, each as canonical N-Quads writes it; no graph is an empty text."""

MAX_WORK: Final = 65_536
"""How many orders of look-alike blank nodes are tried, half a second's work; the W3C vectors tried need less."""

MAX_QUADS: Final = 20_000
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_ESCAPES: Final = {
    **{number: f"\\u{number:04X}" for number in (*range(0x20), 0x7F)},
    **{ord(one): escaped for one, escaped in (
        ("\\", r"\\"), ('"', r"\""), ("\n", r"\n"), ("\r", r"\r"), ("\t", r"\t"), ("\b", r"\b"), ("\f", r"\f"),
    )},
}  # fmt: skip


def literal(text: str, datatype: str = "", language: str = "") -> str:
    """A literal in canonical form; without datatype and language it is a plain text (xsd:string)."""
    said = '"' + text.translate(_ESCAPES) + '"'
    if language:
        return f"{said}@{language}"
    return said if not datatype or datatype == _STRING else f"{said}^^<{datatype}>"


def canonical(quads: Iterable[Quad], digest: str = "sha256") -> str:
    """The canonical N-Quads of a dataset, one line for each quad. Raises `BeyondLimits`."""
    dataset = frozenset(quads)
    if len(dataset) > MAX_QUADS:
        raise BeyondLimits(
            why=say("it makes {number} statements, more than {max_quads}", number=len(dataset), max_quads=MAX_QUADS)
        )
    names = _Canonicalization(dataset, digest).names()
    return "".join(sorted(line(_named(quad, names)) for quad in dataset))


def line(quad: Quad) -> str:
    """A quad as a line of N-Quads."""
    subject, predicate, item, graph = quad
    return f"{subject} {predicate} {item} {graph} .\n" if graph else f"{subject} {predicate} {item} .\n"


def _named(quad: Quad, names: dict[str, str]) -> Quad:
    subject, predicate, item, graph = quad
    return names.get(subject, subject), predicate, names.get(item, item), names.get(graph, graph)


class _Names:
    """Gives out names in order: `_:b0`, `_:b1`, …; a copy goes on by itself (the identifier issuer of the standard)."""

    __slots__ = ("given", "prefix")

    def __init__(self, prefix: str, given: dict[str, str] | None = None) -> None:
        self.prefix, self.given = prefix, {} if given is None else given

    def name(self, node: str) -> str:
        known = self.given.get(node)
        if known is None:
            known = self.given[node] = f"_:{self.prefix}{len(self.given)}"
        return known

    def copy(self) -> "_Names":
        return _Names(self.prefix, dict(self.given))


class _Canonicalization:
    """The state of one canonicalization (RDFC-1.0, section 4)."""

    def __init__(self, dataset: frozenset[Quad], digest: str) -> None:
        self.about: dict[str, list[Quad]] = defaultdict(list)
        for quad in dataset:
            for node in {one for one in (quad[0], quad[2], quad[3]) if one[:2] == "_:"}:
                self.about[node].append(quad)
        self.hash: Callable[[str], str] = lambda text: hashlib.new(digest, text.encode()).hexdigest()
        self.first: dict[str, str] = {}
        self.canonical = _Names("c14n")
        self.work = 0

    def names(self) -> dict[str, str]:
        """The canonical names of all blank nodes (4.4.3)."""
        alike: dict[str, list[str]] = defaultdict(list)
        for node in self.about:
            alike[self._first_degree(node)].append(node)
        for _digest, nodes in sorted(alike.items()):
            if len(nodes) == 1:
                self.canonical.name(nodes[0])
        for _digest, nodes in sorted(alike.items()):
            if len(nodes) > 1:
                found = []
                for node in nodes:
                    if node not in self.canonical.given:
                        issuer = _Names("b")
                        issuer.name(node)
                        found.append(self._n_degree(node, issuer))
                for _hash, issuer in sorted(found, key=lambda one: one[0]):
                    for node in issuer.given:
                        self.canonical.name(node)
        return self.canonical.given

    def _first_degree(self, node: str) -> str:
        """4.6: what is said of a node, whatever the other blank nodes are called."""
        known = self.first.get(node)
        if known is None:
            lines = []
            for quad in self.about[node]:
                subject, predicate, item, graph = (
                    ("_:a" if one == node else "_:z") if one[:2] == "_:" else one for one in quad
                )
                lines.append(line((subject, predicate, item, graph)))
            lines.sort()
            known = self.first[node] = self.hash("".join(lines))
        return known

    def _related(self, node: str, quad: Quad, issuer: _Names, position: str) -> str:
        """4.7: how a node is related to another one."""
        name = self.canonical.given.get(node) or issuer.given.get(node) or self._first_degree(node)
        return self.hash(position + name if position == "g" else position + quad[1] + name)

    def _n_degree(self, node: str, issuer: _Names) -> tuple[str, _Names]:
        """4.8: what is said of a node and of those around it."""
        around: dict[str, list[str]] = defaultdict(list)
        for quad in self.about[node]:
            for position, other in (("s", quad[0]), ("o", quad[2]), ("g", quad[3])):
                if other[:2] == "_:" and other != node:
                    around[self._related(other, quad, issuer, position)].append(other)
        said = []
        for digest, nodes in sorted(around.items()):
            path, issuer = self._shortest(nodes, issuer)
            said += [digest, path]
        return self.hash("".join(said)), issuer

    def _shortest(self, nodes: list[str], issuer: _Names) -> tuple[str, _Names]:
        """4.8, step 5: the first path through some nodes by the order of texts, over all orders of the nodes."""
        best, best_issuer = "", issuer
        for order in permutations(nodes):
            self.work += 1
            if self.work > MAX_WORK:
                raise BeyondLimits(why=say("its nameless parts are too much alike to be told apart"))
            copy, path = issuer.copy(), ""
            later = []
            for one in order:
                known = self.canonical.given.get(one)
                if known is None:
                    if one not in copy.given:
                        later.append(one)
                    known = copy.name(one)
                path += known
                if _worse(path, best):
                    break
            else:
                for one in later:
                    digest, after = self._n_degree(one, copy)
                    path += f"{copy.name(one)}<{digest}>"
                    copy = after
                    if _worse(path, best):
                        break
                else:
                    if not best or path < best:
                        best, best_issuer = path, copy
        return best, best_issuer


def _worse(path: str, best: str) -> bool:
    return bool(best) and len(path) >= len(best) and path > best
