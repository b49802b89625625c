"""The network as it is told to strangers: vectors, schemas and the page are those of the code."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ecvet.errors import catalogue
from ecvet.federation import KINDS
from ecvet.federation.schemas import schemas

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "integrate" / "network.md").read_text(encoding="utf-8")
VECTORS = ROOT / "docs" / "integrate" / "vectors" / "network"


def vectors(name: str) -> Any:
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


def test_vectors_and_schemas_are_those_of_the_code() -> None:
    process = subprocess.run(
        [sys.executable, ROOT / "tools" / "network.py", "--check"], capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr


def test_every_problem_is_told_with_its_status() -> None:
    told = dict(re.findall(r"^\| `(federation\.[a-z.-]+)` \| (\d+) \|", PAGE, re.MULTILINE))
    known = {code: error for code, error in catalogue().items() if code.startswith("federation.")}
    spoken = {code: str(one.status) for code, one in known.items() if one.__module__.startswith("ecvet.")}
    assert spoken.items() <= told.items()  # what the platform says to its own people need not be told to partners
    from ecvet_platform.federation import errors

    answered = {one.code: str(one.status) for one in vars(errors).values() if hasattr(one, "code")}
    assert told.items() <= {**answered, **spoken}.items()


def test_every_kind_is_told() -> None:
    assert {kind.value for kind in KINDS} <= set(re.findall(r"^\| `([a-z]+)` \| ", PAGE, re.MULTILINE))


def test_the_example_of_the_page_is_the_first_vector() -> None:
    first = vectors("requests")["valid"][0]
    assert "\n".join(first["signature_base"]) in PAGE
    assert dict(map(tuple, first["fields"]))["signature"].removeprefix("ecvet=:").removesuffix(":") in PAGE
    assert vectors("small")["short_code"]["code"] in PAGE


def well_formed(item: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    """As much of JSON Schema as the published schemas use."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if schema["$ref"].startswith("#"):
            return well_formed(item, root["$defs"][name], root)
        other = schemas()[name.removesuffix(".json")]
        return well_formed(item, other, other)
    if "anyOf" in schema:
        return any(well_formed(item, one, one if "$defs" in one else root) for one in schema["anyOf"])
    if "enum" in schema:
        return item in schema["enum"]
    if "const" in schema:
        return bool(item == schema["const"])
    match schema.get("type"):
        case "string":
            return isinstance(item, str) and re.search(schema.get("pattern", ""), item) is not None
        case "integer":
            return isinstance(item, int) and schema.get("minimum", 0) <= item
        case "boolean":
            return isinstance(item, bool)
        case "array":
            return (
                isinstance(item, list)
                and schema.get("minItems", 0) <= len(item) <= schema.get("maxItems", len(item))
                and all(well_formed(one, schema["items"], root) for one in item)
            )
        case "object":
            properties, more = schema.get("properties", {}), schema.get("additionalProperties", {})
            return (
                isinstance(item, dict)
                and set(schema.get("required", ())) <= item.keys()
                and all(well_formed(one, properties.get(name, more), root) for name, one in item.items())
            )
    return True


@pytest.mark.parametrize("name", vectors("messages")["valid"])
def test_what_is_valid_is_well_formed(name: str) -> None:
    one, known = vectors("messages")["valid"][name], schemas()
    assert well_formed(one["message"], known["message"], known["message"])
    for item in one["records"]:
        record = json.loads(item["canonical"])
        assert well_formed(record, known["record"], known["record"])
        terms = known["terms-" + record["type"].replace("_", "-")]
        assert well_formed(record["terms"], terms, terms)
    assert all(well_formed(item, known["signature"], known["signature"]) for item in one["signatures"])
    assert not well_formed({**one["message"], "seq": "1"}, known["message"], known["message"])


def test_every_kind_and_every_type_of_token_has_a_vector() -> None:
    kinds = {one["message"]["kind"] for one in vectors("messages")["valid"].values()}
    assert kinds == {kind.value for kind in KINDS}
    types = {one["header"]["typ"] for one in vectors("statements")["valid"].values()}
    assert types == set(re.findall(r"^\| `([a-z-]+\+jwt)` \|", PAGE, re.MULTILINE))
