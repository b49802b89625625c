"""The lists of the European Learning Model whose concepts a credential names, and how a concept is written.

Countries and languages have three letters in the authority tables of the Publications Office of the European Union.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from ecvet.credential.errors import DraftIncomplete
from ecvet.credential.formats.strict_json import Claims
from ecvet.qualification.unit import OutcomeKind
from ecvet.saying import say

AUTHORITY: Final = "http://publications.europa.eu/resource/authority"
SNB: Final = "http://data.europa.eu/snb"
ESCO_SKILL: Final = "http://data.europa.eu/esco/skill/"

_FIRST: Final = "25831c2"
"""How each list of this model is called in its own address."""

_KINDS: Final = {OutcomeKind.KNOWLEDGE: "knowledge", OutcomeKind.SKILLS: "skill"}
"""The list has these two only; competence is in neither."""

ECVET: Final = f"{SNB}/education-credit/60b314e826"
ECTS: Final = f"{SNB}/education-credit/6fcec5c5af"
CREDITS: Final = {ECVET: "ECVET", ECTS: "ECTS"}
"""The two frameworks of the list, by the names that people use."""

_CREDITS: Final = {
    ECVET: "European credit system for vocational education and training",
    ECTS: "European Credit Transfer System",
}


def concept(name: str, scheme: str, label: Mapping[str, str] | None = None) -> Claims:
    """A concept of a list, with its label if one is given."""
    said: Claims = {"id": name, "type": "Concept", "inScheme": {"id": scheme, "type": "ConceptScheme"}}
    if label:
        said["prefLabel"] = dict(label)
    return said


def country(code: str) -> Claims:
    """A country by its two letters. Raises `DraftIncomplete` for one that has no entry here."""
    found = _letters("countries").get(code.upper())
    if found is None:
        raise DraftIncomplete(
            why=say("the country {code} is not in the list of the European Learning Model here", code=code[:8])
        )
    return {**concept(f"{AUTHORITY}/country/{found}", f"{AUTHORITY}/country"), "notation": "country"}


def language(tag: str) -> Claims:
    """A language by its tag (BCP 47); what follows the first hyphen does not count. Raises `DraftIncomplete`."""
    found = _letters("languages").get(tag.partition("-")[0])
    if found is None:
        raise DraftIncomplete(
            why=say("the language {tag} is not in the list of the European Learning Model here", tag=tag[:12])
        )
    return {**concept(f"{AUTHORITY}/language/{found}", f"{AUTHORITY}/language"), "notation": "language"}


def has_language(tag: str) -> bool:
    """Whether a language has an entry."""
    return tag.partition("-")[0] in _letters("languages")


def eqf(level: int) -> Claims:
    """A level of the European Qualifications Framework."""
    return concept(f"{SNB}/eqf/{level}", f"{SNB}/eqf/{_FIRST}", {"en": f"Level {level}"})


def credit_framework(name: str) -> Claims:
    """The framework of credit points (R-DATA-1)."""
    label = {"en": _CREDITS[name]} if name in _CREDITS else None
    return concept(name, f"{SNB}/education-credit/{_FIRST}", label)


def outcome_kind(kind: OutcomeKind) -> Claims | None:
    """What kind an outcome is; None where the list has none for it."""
    found = _KINDS.get(kind)
    return None if found is None else concept(f"{SNB}/skill-type/{found}", f"{SNB}/skill-type/{_FIRST}")


def generic_credential() -> Claims:
    """The kind of credential that all certificates of ours are."""
    return concept(f"{SNB}/credential/e34929035b", f"{SNB}/credential/{_FIRST}", {"en": "Generic"})


def png() -> Claims:
    """The file type of a picture."""
    found = concept(f"{AUTHORITY}/file-type/PNG", f"{AUTHORITY}/file-type", {"en": "PNG"})
    return {**found, "notation": "file-type"}


def base64() -> Claims:
    """The encoding of a picture."""
    return concept(f"{SNB}/encoding/6146cde7dd", f"{SNB}/encoding/{_FIRST}", {"en": "base64"})


@cache
def _letters(table: str) -> dict[str, str]:
    """Three letters by two, read once."""
    said = tomllib.loads(files(__package__).joinpath("lists.toml").read_text(encoding="utf-8"))
    return {**said[table]}
