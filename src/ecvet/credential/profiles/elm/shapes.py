"""Whether a European Digital Credential has all that its profile demands (ELM 3.2, generic), fault by fault.

The same verdict and the same number of findings as the published shapes, without RDF: the facts of `shapes.toml` become
a table of properties for each class, against which the nodes of the credential are held. A test compares both, on the
published samples and on thousands of changed ones.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from ecvet.credential.profiles.elm.nodes import LANGUAGE, XSD, Literal, Node, Reading, Value, facts

CONCEPT_SCHEME: Final = "http://www.w3.org/2004/02/skos/core#ConceptScheme"
IN_SCHEME: Final = "http://www.w3.org/2004/02/skos/core#inScheme"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is missing or wrong: the node by its name or `_:…`, its class, the property, and what is wrong."""

    node: str
    of_class: str
    property: str
    what: str


class Demand(NamedTuple):
    """What a class demands of the values of one property.

    `classes`: each value is a node of one of them; `literal`: a datatype; `form`: IRI, Literal, claim or issuer;
    `scheme`: each is a concept of this list.
    """

    property: str
    classes: frozenset[str]
    literal: str
    form: str
    least: int
    most: int | None
    unique: bool
    ceiling: int | None
    issuer: bool
    scheme: str


@dataclass(frozen=True, slots=True)
class Shape:
    """The demands of a class by property, and those that are not met by silence."""

    by_property: dict[str, tuple[Demand, ...]]
    needed: tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """The shapes of all classes, the kinds of claims, and what other claims and issuers have."""

    shapes: dict[str, Shape]
    kinds: frozenset[str]
    claim: Shape
    issuer: Shape


def check(credential: dict[str, Any]) -> tuple[Fault, ...]:
    """The faults of a credential, as read from its JSON; none if it has the form that its profile demands."""
    known = profile()
    nodes = Reading(credential).nodes
    faults: list[Fault] = []
    for name, node in nodes.items():
        for one in node.classes:
            shape = known.shapes.get(one)
            if shape is not None:
                _hold(shape, name, node, one, nodes, faults)
    return tuple(faults)


def _hold(shape: Shape, name: str, node: Node, of_class: str, nodes: dict[str, Node], faults: list[Fault]) -> None:
    values, by_property = node.values, shape.by_property
    for demand in shape.needed:
        if demand.property not in values:
            faults.append(Fault(name, of_class, demand.property, "it is missing"))
    for found, held in values.items():
        for demand in by_property.get(found, ()):
            for what in _faults(demand, held, nodes):
                faults.append(Fault(name, of_class, found, what))


def _faults(demand: Demand, held: Iterable[Value], nodes: dict[str, Node]) -> Iterator[str]:
    values = list(held)
    if demand.most is not None and len(values) > demand.most:
        yield f"there are {len(values)} values, at most {demand.most} may be"
    if len(values) < demand.least:
        yield "it is missing"
    if demand.classes:
        for one in values:
            node = nodes.get(one) if isinstance(one, str) else None
            if node is None or demand.classes.isdisjoint(node.classes):
                yield "a value is not of the class that belongs here"
    elif demand.literal:
        for one in values:
            if not _is_literal(one, demand.literal):
                yield "a value is not a text of the kind that belongs here"
    if demand.form:
        for one in values:
            if not _has_form(one, demand.form, nodes):
                yield "a value has not the form that belongs here"
    if demand.scheme:
        for one in values:
            if not _is_listed(one, demand.scheme, nodes):
                yield "a value is not a concept of the list that must be used"
    if demand.unique:
        languages = [one.language for one in values if isinstance(one, Literal) and one.language]
        for _ in {one for one in languages if languages.count(one) > 1}:
            yield "there are two texts in one language"
    if demand.ceiling is not None:
        for one in values:
            if not (isinstance(one, Literal) and _whole(one.text) is not None and int(one.text) <= demand.ceiling):
                yield f"a number is larger than {demand.ceiling}"
    if demand.issuer:
        for one in values:
            if not _conforms(one, profile().issuer, nodes):
                yield "the issuer has no legal identifier (eIDAS)"


def _has_form(value: Value, form: str, nodes: dict[str, Node]) -> bool:
    if form == "IRI":
        return isinstance(value, str) and value[:2] != "_:"
    if form == "Literal":
        return isinstance(value, Literal)
    known = profile()
    node = nodes.get(value) if isinstance(value, str) else None
    return (node is not None and not known.kinds.isdisjoint(node.classes)) or _conforms(value, known.claim, nodes)


def _conforms(value: Value, shape: Shape, nodes: dict[str, Node]) -> bool:
    if not isinstance(value, str):
        return not shape.needed
    faults: list[Fault] = []
    _hold(shape, value, nodes.get(value) or Node(), "", nodes, faults)
    return not faults


def _is_listed(value: Value, scheme: str, nodes: dict[str, Node]) -> bool:
    node = nodes.get(value) if isinstance(value, str) else None
    schemes = node.values.get(IN_SCHEME, {}) if node is not None else {}
    address, _, untyped = scheme.partition(" ")
    if address not in schemes:
        return False
    for one in schemes:
        if not isinstance(one, str) or one[:2] == "_:":
            return False
        if not untyped and (one not in nodes or CONCEPT_SCHEME not in nodes[one].classes):
            return False
    return True


# ------------------------------------------------------------- literals
def _is_literal(value: Value, datatype: str) -> bool:
    if not isinstance(value, Literal) or value.datatype != datatype:
        return False
    if datatype == LANGUAGE:
        return bool(value.language)
    has_form = _LEXICAL.get(datatype)
    return has_form is None or has_form(value.text)


def _whole(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None


def _is_decimal(text: str) -> bool:
    try:
        Decimal(text)
    except InvalidOperation:
        return False
    return True


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True  # a day alone too, as common checkers of the published shapes take it


_DURATION: Final = re.compile(
    r"[+-]?P(?=.)(\d+(?:[.,]\d+)?Y)?(\d+(?:[.,]\d+)?M)?(\d+(?:[.,]\d+)?W)?(\d+(?:[.,]\d+)?D)?"
    r"(T(?=.)(\d+(?:[.,]\d+)?H)?(\d+(?:[.,]\d+)?M)?(\d+(?:[.,]\d+)?S)?)?"
)
_LEXICAL: Final[dict[str, Callable[[str], bool]]] = {
    XSD + "dateTime": _is_moment,
    XSD + "duration": lambda text: _DURATION.fullmatch(text) is not None,
    XSD + "decimal": _is_decimal,
    XSD + "integer": lambda text: _whole(text) is not None,
    XSD + "positiveInteger": lambda text: (_whole(text) or 0) > 0,
    XSD + "boolean": lambda text: text in ("true", "false", "1", "0"),
}


# ------------------------------------------------------------- the facts
@cache
def profile() -> Profile:
    """The demands of the profile, read once."""
    said = tomllib.loads(files(__package__).joinpath("shapes.toml").read_text(encoding="utf-8"))
    lists = said["lists"]
    shapes = {}
    for name in said["classes"].keys() | said["listed"].keys():
        demands = [_demand(one) for one in said["classes"].get(name, ())]
        demands += [_listed(one, lists) for one in said["listed"].get(name, ())]
        shapes[facts().full(name)] = _shape(demands)
    return Profile(
        shapes=shapes, kinds=frozenset(map(facts().full, said["claim"]["kinds"])),
        claim=_shape([_demand(one) for one in said["claim"]["other"]]),
        issuer=_shape([_demand(one) for one in said["issuer"]["other"]]),
    )  # fmt: skip


def _shape(demands: list[Demand]) -> Shape:
    by_property: dict[str, tuple[Demand, ...]] = {}
    for one in demands:
        by_property[one.property] = (*by_property.get(one.property, ()), one)
    return Shape(by_property, tuple(one for one in demands if one.least))


def _demand(line: str) -> Demand:
    name, kind, count, *more = line.split(" ")
    full = facts().full
    is_literal = kind.startswith(("xsd:", "rdf:"))
    is_form = ":" not in kind
    least, _, most = count.partition("..")
    form = kind if is_form and kind != "any" else next((one for one in more if one in ("IRI", "Literal")), "")
    ceiling = next((int(one.removeprefix("at-most-")) for one in more if one.startswith("at-most-")), None)
    return Demand(
        property=full(name), classes=frozenset() if is_literal or is_form else frozenset(map(full, kind.split("|"))),
        literal=full(kind) if is_literal else "", form=form, least=int(least),
        most=None if most == "*" else int(most), unique="unique" in more, ceiling=ceiling, issuer="issuer" in more,
        scheme="",
    )  # fmt: skip


def _listed(line: str, lists: dict[str, str]) -> Demand:
    name, listed, count = line.split(" ")
    return _demand(f"{name} IRI {count}")._replace(scheme=lists[listed])
