"""Our own format: pleasant by hand, exact, read back as it was written, and strict about what it does not know."""

import pytest

from core.exchange.samples import EPERUSTEET, OPENECVET, OURS, eperusteet
from ecvet.credit.accumulation import Held, accumulate
from ecvet.errors import EcvetError
from ecvet.exchange import FileDangerous, FileNotUnderstood, read_qualification, write_ecvet_file
from ecvet.qualification.combination import Group, OpenSlot, Role, Window
from ecvet.qualification.unit import OutcomeKind
from ecvet.record.errors import TermsUnreadable
from ecvet.terms import EQFLevel, LangString, Points, decimal

COOK, UNITS = read_qualification(OURS.encode(), "cook.yaml")


def test_a_file_written_by_hand_becomes_exact_values() -> None:
    assert COOK.title == LangString.of(en="Cook", fi="Kokki", authoritative="fi")
    assert (COOK.points, COOK.eqf) == (Points.of(60, "fi-osp"), EQFLevel(4))
    assert COOK.rules.root.points == Window(decimal(60), decimal(60))
    options = COOK.rules.root.children[1]
    assert isinstance(options, Group)
    assert (options.points, options.count) == (Window(decimal(20), decimal(40)), Window(decimal(2), None))
    local = options.children[2]
    assert isinstance(local, OpenSlot)
    assert (local.points, local.accepts) == (Window(None, decimal(15)), ("local-unit",))
    area = COOK.rules.root.children[2]
    assert isinstance(area, Group)
    assert (area.role, area.code) == (Role.AREA, "1")
    assert COOK.rules.barred[0].at_most == 1
    assert COOK.rules.overlays[0].which.level_from == 3
    link = COOK.link("C")
    assert link is not None
    assert (link.unit, link.weight) == ("https://other.example/units/C", decimal("12.5"))


def test_units_stand_in_the_file_or_elsewhere_and_parts_get_their_numbers() -> None:
    assert [one.code for one in UNITS] == ["007", "B", "D"]
    kitchen = UNITS[0]
    assert (kitchen.id, kitchen.institution) == ("https://body.example/cook/units/007", "https://body.example/")
    assert [(one.id, one.kind) for one in kitchen.outcomes] == [
        ("1", OutcomeKind.SKILLS), ("hygiene", OutcomeKind.KNOWLEDGE)]  # fmt: skip
    assert kitchen.outcomes[0].criteria[0].id == "1"


def test_the_rules_of_a_file_can_be_decided() -> None:
    assert accumulate(COOK, Held.of({"007": 30, "B": 20, "D": 0}, [10])).complete is False, "level 3 is not shown"


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize("data", [OURS.encode(), eperusteet(), OPENECVET])
def test_what_is_written_reads_back_equal(data: bytes, as_json: bool) -> None:
    values = read_qualification(data, "any")
    written = write_ecvet_file(*values, as_json=as_json)
    assert read_qualification(written, "again") == values
    assert written == write_ecvet_file(*read_qualification(written, "again"), as_json=as_json)


def test_a_path_of_the_file_can_be_named_but_no_other() -> None:
    written = write_ecvet_file(*read_qualification(eperusteet(), "x"))
    assert read_qualification(written, "x", "reformi")[0].path == "reformi"
    with pytest.raises(FileNotUnderstood, match="no path “ops”"):
        read_qualification(written, "x", "ops")


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (("format: ecvet/1", "format: ecvet/2"), FileNotUnderstood, "only ecvet/1 is known"),
        (("format: ecvet/1", "format: other"), FileNotUnderstood, "no known format"),
        (("code: COOK", "code: COOK\n  colour: red"), TermsUnreadable, "unknown member “colour”"),
        (("language: en", "language: en\ncolour: red"), TermsUnreadable, "unknown member “colour”"),
        (("code: COOK", "code: COOK\n  code: COOK"), FileDangerous, "“code” stands twice"),
        (("points: 20..40", "points: 40..20"), EcvetError, "contains nothing"),
        (("points: 20..40", "points: -5"), EcvetError, "not an amount"),
        (("country: FI", "country: [FI]"), EcvetError, ""),
        (("{unit: B}, ", "B, "), TermsUnreadable, "not a unit, group or open slot"),
        (("code: D, title", "title"), TermsUnreadable, "“code” is missing"),
        (("institution: https://body.example/\n", ""), EcvetError, ""),
        (("rules:", "rulez:"), TermsUnreadable, "unknown member “rulez”"),
        (("barred: [", "barred: [*a, "), FileDangerous, "aliases"),
        (("title: Baking", "title: [Baking"), FileNotUnderstood, "not YAML; look at line"),
        (("title: Baking", "title: !!python/object:os.system x"), FileDangerous, "YAML tags"),
        (("title: Baking", "title: !!set [x]"), FileDangerous, "YAML tags"),
        (("{code: B,", "{[1]: 2, code: B,"), FileNotUnderstood, "a name is not a text"),
    ],
)
def test_what_is_wrong_is_refused_with_one_sentence(
    change: tuple[str, str], error: type[EcvetError], words: str
) -> None:
    assert change[0] in OURS
    with pytest.raises(error) as refused:
        read_qualification(OURS.replace(*change, 1).encode(), "cook.yaml")
    assert words in str(refused.value)
    assert refused.value.what_to_do


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", FileNotUnderstood, "empty"),
        (b"\xff\xfe\x00", FileNotUnderstood, "UTF-8"),
        (b"{", FileNotUnderstood, "not JSON"),
        (b"[1, 2]", FileNotUnderstood, "no known format"),
        (b'{"a": NaN}', FileNotUnderstood, "NaN"),
        (b'{"a": 1, "a": 2}', FileDangerous, "stands twice"),
        (b'{"a":' * 200 + b"1" + b"}" * 200, FileDangerous, "too deep"),
        (b"[" * 100_000, FileDangerous, "too deep"),
        (b"a: " + b"[" * 5_000, FileDangerous, "too deep"),
        (b"a: " + b"[" * 200 + b"]" * 200, FileDangerous, "too deep"),
        (b"a" * (4 * 1024 * 1024 + 1), FileDangerous, "larger than 4 MB"),
        (b"a: 1\n---\nb: 2", FileNotUnderstood, "not YAML"),
        (b"just words", FileNotUnderstood, "no known format"),
        (b"a: 1\n\0", FileNotUnderstood, "not YAML"),
        (b"a: [b, b, b, b, b, b, b, b]", FileDangerous, "more than 9 parts"),
        (b'{"a": "\\ud800"}', FileDangerous, "half a character"),
        (b'{"\\udfff": 1}', FileDangerous, "half a character"),
    ],
)
def test_hostile_and_broken_bytes_are_refused(
    monkeypatch: pytest.MonkeyPatch, data: bytes, error: type[EcvetError], words: str
) -> None:
    if "parts" in words:
        monkeypatch.setattr("ecvet.exchange.parsing.MAX_YAML_PARTS", 9)
    with pytest.raises(error) as refused:
        read_qualification(data, "file")
    assert words in str(refused.value)


def test_half_a_character_in_yaml_is_refused_by_whichever_parser_there_is() -> None:
    with pytest.raises((FileDangerous, FileNotUnderstood), match=r"half a character|not YAML"):
        read_qualification(b'a: "\\ud800"', "file")


def test_the_sample_of_a_foreign_format_is_not_changed_by_reading() -> None:
    before = eperusteet()
    read_qualification(before, "x")
    assert before == eperusteet()
    assert EPERUSTEET["id"] == 4711
