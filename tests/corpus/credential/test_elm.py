"""European Digital Credentials against the published shapes: the same verdict, the same number of findings.

The other side is pySHACL over RDF that pyld makes with the published contexts. Samples are changed at random places;
a changed sample that pyld cannot read at all is no credential, and another is made.
"""

import copy
import json
import os
import random  # noqa: TID251 - seeded: the same changes every time
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from pyld import jsonld
from rdflib import Dataset, Graph
from rdflib.exceptions import ParserError
from rdflib.namespace import SH

from core.credential.cast import ISSUED, make_world
from core.credential.test_profiles import FACTS, award, partial
from ecvet.credential.profiles.edc import encode
from ecvet.credential.profiles.elm.nodes import facts
from ecvet.credential.profiles.elm.shapes import check

CHANGED = 250 if os.environ.get("ECVET_THOROUGH") else 5
"""Changed samples for each of the eight beginnings of chance: 2,000 when thorough."""

Credential = dict[str, Any]
Judge = Callable[[Credential], tuple[bool, int]]
VALUES: tuple[Any, ...] = (
    None, 5, 0, -3, 12.5, True, "text", "2020-13-45T00:00:00Z", "2021-01-01", "2021-01-01T00:00:00", "P1Y", "PT40H",
    "http://data.europa.eu/snb/other", "x y", [], {}, {"en": "x"}, {"en": ["a", "b"]}, {"id": "urn:x:1"},
    {"type": "Organisation"}, {"type": ["Identifier"], "notation": "1"}, ["a", "b"], "7", "101", "elm:Person",
    {"@value": "x", "@language": "el"}, {"en": "a", "EN": "b"},
)  # fmt: skip
CLASSES: tuple[Any, ...] = (
    "Concept", "Organisation", "Person", "Note", "LearningAchievement", "Claim", "Unheard", ["Concept", "Note"],
)  # fmt: skip


@pytest.fixture(scope="module")
def published(corpus: Path) -> Judge:
    folder = corpus / "elm" / "shapes-3.2"
    context = json.loads((folder / "edc-ap-context.jsonld").read_text())
    contexts = {
        "https://www.w3.org/2018/credentials/v1": json.loads((folder / "w3c-credentials-v1.jsonld").read_text()),
        "http://data.europa.eu/snb/model/context/edc-ap": context,
        "http://dev.everisdx.io/datamodel/test/edc-ap-context.jsonld": context,
    }
    shapes = Graph()
    for name in ("EDC-generic-no-cv.ttl", "EDC-generic-full.ttl"):
        shapes.parse(folder / name)

    def load(url: str, _options: object) -> dict[str, Any]:
        return {"contentType": None, "contextUrl": None, "documentUrl": url, "document": contexts[url]}

    def judge(credential: Credential) -> tuple[bool, int]:
        text = jsonld.to_rdf(credential, {"documentLoader": load, "format": "application/n-quads"})
        told = Dataset()
        told.parse(data=text, format="nquads")
        graph = Graph()
        for one in told.default_graph:
            graph.add(one)
        conforms, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
        return conforms, len(list(report.objects(next(report.subjects(None, SH.ValidationReport)), SH.result)))

    return judge


@cache
def samples(corpus: Path) -> dict[str, Credential]:
    found = {}
    for file in sorted((corpus / "elm").glob("*/*.json*")):
        said = json.loads(file.read_text())
        said = json.loads(said["payload"]) if "payload" in said else said.get("credential", said)
        if "@context" in said and file.parent.name != "shapes-3.2":  # without its context it is no credential yet
            found[file.name] = said
    return found


def ours(credential: Credential) -> tuple[bool, int]:
    found = check(credential)
    return not found, len(found)


def test_every_published_sample_has_the_verdict_and_the_findings_of_the_shapes(corpus, published):
    assert len(samples(corpus)) > 10
    assert {name: ours(one) for name, one in samples(corpus).items()} == {
        name: published(one) for name, one in samples(corpus).items()
    }


@pytest.mark.parametrize("beginning", range(8))
def test_a_changed_sample_has_them_too(corpus, published, beginning):
    chance = random.Random(2009 + beginning)
    chosen = [one for one in samples(corpus).values() if len(json.dumps(one)) < 400_000]
    same, refused = 0, 0
    while same < CHANGED:
        changed = changed_somewhere(chance.choice(chosen), chance)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                expected = published(changed)
        except (jsonld.JsonLdError, ParserError, TypeError, AttributeError, KeyError, ValueError):
            refused += 1
            continue
        assert ours(changed) == expected, json.dumps(changed)[:2000]
        same += 1
    assert refused < 4 + CHANGED  # the changes are mostly such that there is something to compare


def test_the_facts_are_those_of_the_published_context(corpus):
    context = json.loads((corpus / "elm" / "shapes-3.2" / "edc-ap-context.jsonld").read_text())["@context"]
    members = {name: one for name, one in context.items() if isinstance(one, dict)}
    assert {name: facts().full(one["@id"]) for name, one in members.items()} == {
        name: one.property for name, one in facts().members.items()
    }
    classes = {name: one for name, one in context.items() if isinstance(one, str) and "://" not in one}
    assert classes.keys() == facts().classes.keys() - {"VerifiableCredential", "VerifiablePresentation"}


def changed_somewhere(credential: Credential, chance: random.Random) -> Credential:
    """The credential with something removed, replaced, doubled, moved or of another class, once to three times."""
    found = copy.deepcopy(credential)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        everywhere = [one for one in places(found) if one]
        *way, last = chance.choice(everywhere)
        parent = at(found, way)
        match chance.randrange(8):
            case 0 | 1:
                del parent[last]
            case 2 | 3:
                parent[last] = copy.deepcopy(chance.choice(VALUES))
            case 4:
                parent[last] = [copy.deepcopy(parent[last]), copy.deepcopy(parent[last])]
            case 5:
                parent[last] = copy.deepcopy(at(found, chance.choice(everywhere)))
            case 6 if isinstance(parent, dict):
                other = chance.choice(everywhere)
                if isinstance(other[-1], str):
                    parent[other[-1]] = copy.deepcopy(chance.choice((at(found, other), chance.choice(VALUES))))
            case _:
                if isinstance(parent[last], dict) and "type" in parent[last]:
                    parent[last]["type"] = chance.choice(CLASSES)
    return found


def places(item: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield way
    pairs = item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ()
    for name, value in pairs:
        if name != "@context":
            yield from places(value, (*way, name))


def at(item: Any, way: Any) -> Any:
    for one in way:
        item = item[one]
    return item


@pytest.mark.parametrize("make", [lambda draft: draft, partial, award])
def test_what_is_encoded_here_conforms_to_the_published_shapes(published: Judge, make: Callable[[Any], Any]) -> None:
    claims = encode(make(make_world().draft), FACTS, id="urn:credential:1", at=ISSUED).claims
    assert published(claims) == (True, 0)
