"""Our own format for one qualification with its units, `ecvet/1`: pleasant by hand, in YAML or JSON, read and written.

    format: ecvet/1
    language: en                       # of texts that are given as plain text
    qualification: {id: https://body.example/cook, code: COOK, title: Cook, institution: https://body.example/,
                    country: FI, system: fi-osp, points: 60, eqf: 4}
    rules:
      points: 60                       # a window: 60 is exactly, 40..80, 40.. and ..80 are ranges
      parts:
        - {unit: A, compulsory: true}
        - group: Options
          points: 20..40
          parts: [{unit: B}, {unit: C}, {open: Local units, points: 5..15, accepts: [local-unit]}]
      barred: [{units: [B, C]}]        # overlays, prerequisites … stand beside the parts of the root
    units:
      - {code: A, title: {en: Kitchen work, fi: Keittiötyö}, points: 30, outcomes: [{text: cook soup, kind: skills}]}
      - {code: B, title: Baking, points: 10, most: 20}
      - {code: C, unit: https://body.example/units/C, points: 10}    # described elsewhere

Every other member is that of the value in `plain` form. A unit without `id` is named by the qualification and its code;
outcomes and criteria without `id` get their number. Raises `FileNotUnderstood`, or the error of the value itself.
"""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import yaml

from ecvet.errors import EcvetError
from ecvet.exchange.errors import FileNotUnderstood
from ecvet.qualification.combination import Combination, Group, OpenSlot, UnitPlace
from ecvet.qualification.qualification import Qualification, RequiredOutcome
from ecvet.qualification.requirements import Window
from ecvet.qualification.unit import AssessmentCriterion, LearningOutcome, Unit
from ecvet.record.errors import TermsUnreadable
from ecvet.record.values import plain, value
from ecvet.saying import say
from ecvet.terms import EQFLevel, LangString, Points

FORMAT: Final = "ecvet/1"
_LINK: Final = ("points", "most", "weight")
_NODES: Final = (("unit", UnitPlace), ("open", OpenSlot), ("group", Group))


def is_ecvet_file(tree: object) -> bool:
    """Whether a parsed file says that it is in this format."""
    return isinstance(tree, dict) and str(tree.get("format", "")).startswith("ecvet/")


def read_ecvet_file(tree: Any, name: str, path: str | None = None) -> tuple[Qualification, tuple[Unit, ...]]:
    """A qualification and the units described in the file. Raises `FileNotUnderstood`, `TermsUnreadable` and others."""
    if tree.get("format") != FORMAT:
        raise FileNotUnderstood(
            name=name,
            why=say("its format is “{found}”, and only {format} is known", found=tree.get("format"), format=FORMAT),
        )
    try:
        whole = {"format", "language", "qualification", "rules", "units"}
        if strange := sorted(tree.keys() - whole):
            raise TermsUnreadable(path="the file", why=say("unknown member “{strange}”", strange=strange[0]))
        head = dict(tree["qualification"])
        shaper = _Shaper(tree.get("language", "en"), head.get("system", "ecvet"))
        rules = dict(tree["rules"])
        across = {field.name for field in fields(Combination)} - {"root"}
        head["rules"] = {name: rules.pop(name) for name in sorted(across & rules.keys())} | {"root": rules}
        items = [_unit_item(dict(item), head, number) for number, item in enumerate(tree.get("units") or [], 1)]
        head["units"] = [{"code": item["code"], "unit": item["id"], **{key: item[key] for key in _LINK if key in item}}
                         for item in items]  # fmt: skip
        described = [{key: one for key, one in item.items() if key not in _LINK} for item in items if "title" in item]
        qualification = value(Qualification, shaper.shape(Qualification, head), "qualification")
        units = tuple(value(Unit, shaper.shape(Unit, item), f"unit {item['code']}") for item in described)
    except EcvetError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise FileNotUnderstood(
            name=name, why=say("a member is missing or of the wrong kind ({error})", error=error)
        ) from error
    if path is not None and path != qualification.path:
        raise FileNotUnderstood(name=name, why=say("it has no path “{path}”", path=path))
    return qualification, units


def write_ecvet_file(qualification: Qualification, units: tuple[Unit, ...] = (), *, as_json: bool = False) -> bytes:
    """The file of a qualification and the units described with it; reading it gives equal values."""
    head: Any = _tidy(plain(qualification), qualification.system)
    rules = head.pop("rules")
    root = rules.pop("root")
    if (title := root.pop("group", True)) is not True:
        root = {"title": title, **root}
    links = head.pop("units", [])
    described = {unit.id: _tidy(plain(unit), qualification.system) for unit in units}
    tree = {
        "format": FORMAT,
        "language": qualification.title.authoritative,
        "qualification": head,
        "rules": {**root, **rules},
        "units": [_link_item(link, described) for link in links],
    }
    if as_json:
        return json.dumps(tree, ensure_ascii=False, indent=2).encode()
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=120).encode()


def _unit_item(item: dict[str, Any], head: dict[str, Any], number: int) -> dict[str, Any]:
    if "code" not in item:
        raise TermsUnreadable(path=f"units[{number}]", why=say("the member “code” is missing"))
    item["id"] = item.pop("unit", None) or item.get("id") or f"{head['id']}/units/{item['code']}"
    if "title" in item:
        item.setdefault("institution", head["institution"])
    return item


def _link_item(link: dict[str, Any], described: dict[Any, Any]) -> dict[str, Any]:
    unit = described.get(link["unit"])
    size: dict[str, Any] = {key: link[key] for key in _LINK if key in link}
    return {**unit, **size} if unit else link


class _Shaper:
    """Turns what is pleasant to write into the plain form, led by the types of the values."""

    def __init__(self, language: str, system: str):
        self.language, self.system = language, system

    def shape(self, kind: Any, item: Any) -> Any:
        """The plain form of `item`, which should become a `kind`."""
        sugar: dict[Any, Callable[[str], Any]] = {
            Window: _window,
            LangString: lambda text: {self.language: text},
            Points: lambda text: {"value": text, "system": self.system},
            EQFLevel: lambda text: {"level": int(text)},
            int: int,
        }
        origin, arguments = get_origin(kind), get_args(kind)
        if origin in (Union, UnionType):
            choices = [one for one in arguments if one is not NoneType]
            return self.shape(choices[0], item) if len(choices) == 1 else self._node(item)
        if origin in (tuple, frozenset) and isinstance(item, list):
            return [self._numbered(arguments[0], one, n) for n, one in enumerate(item, 1)]
        if isinstance(item, str):
            return sugar[kind](item) if kind in sugar else item
        if is_dataclass(kind) and isinstance(item, dict) and kind is not LangString:
            hints = get_type_hints(kind)
            if kind is Combination:
                return {name: self._node(one) if name == "root" else self.shape(hints.get(name), one)
                        for name, one in item.items()}  # fmt: skip
            return {name: self.shape(hints.get(name), one) for name, one in item.items() if one is not None}
        return item

    def _numbered(self, kind: Any, item: Any, number: int) -> Any:
        """Parts of a list that need an id and have none are numbered."""
        if kind in (LearningOutcome, AssessmentCriterion, RequiredOutcome) and isinstance(item, dict):
            item = {"id": str(number), **item}
        return self.shape(kind, item)

    def _node(self, item: Any) -> Any:
        """A part of the tree: its kind follows from the member that names it."""
        if not isinstance(item, dict):
            raise TermsUnreadable(
                path="rules", why=say("a part is “{item}” and not a unit, group or open slot", item=str(item)[:40])
            )
        item = dict(item)
        kind = next((kind for name, kind in _NODES if name in item), Group)
        if kind is not UnitPlace and (title := item.pop(kind.kind, True)) is not True:
            item["title"] = title
        if "parts" in item:
            item["children"] = item.pop("parts")
        return {"kind": kind.kind, **self.shape(kind, {key: one for key, one in item.items() if key != "kind"})}


def _window(text: str) -> dict[str, str]:
    least, dots, most = (part.strip() for part in text.partition(".."))
    bounds = {"minimum": least, "maximum": most if dots else least}
    return {name: bound for name, bound in bounds.items() if bound}


def _tidy(item: Any, system: str) -> Any:
    """The pleasant form of what is plain: windows and points as texts, parts named by what they are."""
    if isinstance(item, list):
        return [_tidy(one, system) for one in item]
    if not isinstance(item, dict):
        return item
    if item and item.keys() <= {"minimum", "maximum"}:
        least, most = item.get("minimum", ""), item.get("maximum", "")
        return least if least == most else f"{least}..{most}"
    if item.keys() == {"value", "system"} and item["system"] == system:
        return item["value"]
    kind = item.get("kind") if item.get("kind") in ("unit", "open", "group") else None
    found = {name: _tidy(one, system) for name, one in item.items() if one is not False or not kind}
    if kind:
        found = {name: one for name, one in found.items() if name != "kind" and (name, one) != ("role", "defined")}
    if kind in ("open", "group"):
        found = {kind: found.pop("title", True), **found}
    if "children" in found:
        found["parts"] = found.pop("children")
    return found
