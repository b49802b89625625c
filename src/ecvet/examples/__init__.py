"""The demonstration as typed values: real qualifications, invented institutions and people, the plan of their story.

Documentation, the platform's demo, `ecvet story` and tests take from here what they need, so that they all tell the
same story. `qualifications/*.yaml` hold the facts of five real qualifications with outcomes of our own; `cast` has the
institutions and people, `story` what they set out to do.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from ecvet.examples.errors import ExampleUnknown
from ecvet.exchange import read_qualification
from ecvet.qualification import Qualification, Unit

__all__ = [
    "BODY_AND_PAINT",
    "CLAY_PLASTERING",
    "HAIRDRESSING",
    "MENS_HAIR",
    "VEHICLE",
    "names",
    "qualification",
    "source",
    "units",
]

HAIRDRESSING: Final = "fi-hairdressing"
VEHICLE: Final = "fi-vehicle"
CLAY_PLASTERING: Final = "clay-plastering"
MENS_HAIR: Final = "mt-mens-hair"
BODY_AND_PAINT: Final = "mt-body-and-paint"


def names() -> tuple[str, ...]:
    """The names of the example qualifications."""
    return (HAIRDRESSING, VEHICLE, CLAY_PLASTERING, MENS_HAIR, BODY_AND_PAINT)


def source(name: str) -> bytes:
    """The file of an example, in the format ecvet/1. Raises `ExampleUnknown`."""
    if name not in names():
        raise ExampleUnknown(name=name, known=", ".join(names()))
    return (files(__name__) / "qualifications" / f"{name}.yaml").read_bytes()


@cache
def qualification(name: str) -> tuple[Qualification, tuple[Unit, ...]]:
    """An example qualification with all its units. Raises `ExampleUnknown`."""
    return read_qualification(source(name), f"{name}.yaml")


@cache
def units(name: str) -> Mapping[str, Unit]:
    """The units of an example by their codes. Raises `ExampleUnknown`."""
    return MappingProxyType({unit.code: unit for unit in qualification(name)[1]})
