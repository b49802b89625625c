"""openECVET: units with weights and kinds of outcomes, and hostile XML refused."""

from pathlib import Path

import pytest

from core.exchange.samples import OPENECVET
from ecvet.credit.accumulation import Held, accumulate
from ecvet.errors import EcvetError
from ecvet.exchange import FileDangerous, FileNotUnderstood, PathUnknown, read_qualification
from ecvet.qualification.unit import OutcomeKind
from ecvet.terms import EQFLevel, decimal


def test_units_weights_and_outcomes_are_read() -> None:
    welder, (cut, weld) = read_qualification(OPENECVET, "weld.xml")
    assert (str(welder.title), welder.points) == ("Welder", None)
    assert [(link.points, link.weight) for link in welder.units] == [(None, decimal(40)), (None, decimal(60))]
    assert str(cut.title) == "Cut metal"
    assert cut.eqf == EQFLevel(4)
    assert [(one.id, one.kind) for one in cut.outcomes] == [("7", OutcomeKind.KNOWLEDGE), ("9", OutcomeKind.COMPETENCE)]
    assert str(cut.outcomes[1].criteria[0].text) == "wears gloves"
    assert weld.outcomes == ()
    assert accumulate(welder, Held.of({"1": None, "2": None})).complete
    assert not accumulate(welder, Held.of({"1": None})).complete


BOMB = b"""<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><ecvetFramework>&b;</ecvetFramework>"""


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (BOMB, FileDangerous, "entities"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/hostname"><x/>', FileDangerous, "document type"),
        (b"<a>" * 500, FileDangerous, "too deep"),
        (b"<a><b></a>", FileNotUnderstood, "not well-formed"),
        (b"<a/>", FileNotUnderstood, "not an ECVET framework"),
        (b"<ecvetFramework/>", FileNotUnderstood, "not an ECVET framework"),
        (OPENECVET.replace(b">40<", b">forty<"), EcvetError, "not an amount"),
    ],
)
def test_hostile_and_broken_xml_is_refused(data: bytes, error: type[EcvetError], words: str) -> None:
    with pytest.raises(error) as refused:
        read_qualification(data, "x.xml")
    assert words in str(refused.value)


def test_a_framework_has_one_path_only() -> None:
    with pytest.raises(PathUnknown):
        read_qualification(OPENECVET, "weld.xml", "ops")


def test_a_level_that_is_no_level_is_left_out() -> None:
    for level in ("²", "9", "four", ""):
        data = OPENECVET.replace(b'frameworkLevel="4"', f'frameworkLevel="{level}"'.encode())
        assert read_qualification(data, "weld.xml")[1][0].eqf is None


@pytest.mark.corpus
def test_the_clay_framework(corpus: Path) -> None:
    file = corpus / "register" / "eu" / "openecvet-clay.xml"
    clay, units = read_qualification(file.read_bytes(), file.name)
    assert [link.weight for link in clay.units] == [15, 15, 20, 25, 10, 15]
    assert all(link.points is None for link in clay.units)
    assert [len(unit.outcomes) for unit in units] == [33, 31, 31, 33, 37, 35]
    assert {one.kind for unit in units for one in unit.outcomes} == set(OutcomeKind)
