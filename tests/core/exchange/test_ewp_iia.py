"""Inter-institutional agreements: read, their hash checked where that is honest, and a memorandum begun from one."""

from datetime import date
from hashlib import sha256

import pytest

from core.exchange.foreign import HOSTILE, IIA, iia
from ecvet.errors import EcvetError
from ecvet.exchange.errors import NeighbourUnreadable
from ecvet.exchange.ewp_iia import InterInstitutional, memorandum_of, read_iia
from ecvet.terms import EQFLevel, NotAnIdentifier, Period

SPEC = (
    "<student-studies-mobility-spec><sending-hei-id>turin.example</sending-hei-id>{contact}"
    "<receiving-hei-id>nowhere.example</receiving-hei-id>"
    "<receiving-academic-year-id>2023/2024</receiving-academic-year-id>"
    "<receiving-academic-year-id>2024/2025</receiving-academic-year-id><mobilities-per-year>2</mobilities-per-year>"
    "<subject-area><isced-f-code>1012</isced-f-code></subject-area><eqf-level>4</eqf-level>"
    "</student-studies-mobility-spec>"
)
CONDITIONS = "<cooperation-conditions>{}</cooperation-conditions>"
PLAIN = CONDITIONS.format(SPEC.format(contact=""))
CANONICAL = PLAIN.replace("<cooperation-conditions>", f'<cooperation-conditions xmlns="{IIA.format(6)}">')
"""The exclusive canonical form (Exclusive XML Canonicalization 1.0): the namespace stands where it is first used."""

RIGHT = sha256(CANONICAL.encode()).hexdigest()


def only(data: bytes) -> InterInstitutional:
    ((found,), _) = read_iia(data, "iia.xml")
    return found


def test_sides_conditions_and_period_are_read() -> None:
    found = only(iia(6, PLAIN, RIGHT))
    assert [(one.schac, one.id) for one in found.sides] == [("turin.example", "0"), ("nowhere.example", "1")]
    (one,) = found.conditions
    assert (one.kind, one.per_year, one.fields, one.levels) == ("student-studies", "2", ("1012",), (EQFLevel(4),))
    assert found.valid == Period(date(2023, 9, 1), date(2025, 8, 31))
    assert found.in_effect


def test_the_hash_of_version_6_is_checked() -> None:
    assert only(iia(6, PLAIN, RIGHT)).hash_holds is True
    assert only(iia(6, PLAIN, RIGHT.upper())).hash_holds is True
    assert only(iia(6, PLAIN.replace(">2<", ">3<"), RIGHT)).hash_holds is False
    with_contact = CONDITIONS.format(SPEC.format(contact="<sending-contact><name>Kai</name></sending-contact>"))
    assert only(iia(6, with_contact, RIGHT)).hash_holds is True, "contacts are not hashed"
    spaced = PLAIN.replace("<cooperation-conditions>", "<cooperation-conditions  >")
    assert only(iia(6, spaced, RIGHT)).hash_holds is True, "how a tag is typed is not hashed"
    assert only(iia(6, "<cooperation-conditions/>", RIGHT)).hash_holds is False
    assert only(iia(6, "", RIGHT)).hash_holds is None
    assert only(iia(6, PLAIN, "")).hash_holds is None


def test_a_wrong_hash_is_flagged_and_an_unknown_one_too() -> None:
    _, wrong = read_iia(iia(6, PLAIN, "0" * 64), "iia.xml")
    assert any("not that of the conditions" in one.sentence for one in wrong)
    found, unknown = read_iia(iia(7, PLAIN, "0" * 64), "iia.xml")
    assert found[0].hash_holds is None
    assert any("XSLT 2.0" in one.sentence for one in unknown)


def test_a_memorandum_begins_with_parties_and_period_and_confirms_nothing() -> None:
    memorandum, remarks = memorandum_of(only(iia(7, PLAIN, "")))
    assert memorandum.parties == ("urn:schac:turin.example", "urn:schac:nowhere.example")
    assert memorandum.valid == Period(date(2023, 9, 1), date(2025, 8, 31))
    assert memorandum.confirmations == frozenset()
    assert memorandum.qualifications == ()
    assert "turin.example → nowhere.example" in str(memorandum.additional)
    assert {one.subject for one in remarks} == {"conditions", "confirmations", "qualifications", "contacts"}


def test_strange_years_give_no_period_and_a_missing_domain_no_memorandum() -> None:
    strange = only(iia(7, PLAIN.replace("2023/2024", "9999/9999").replace("2024/2025", "later"), "", in_effect="false"))
    assert (strange.valid, strange.in_effect) == (None, False)
    with pytest.raises(NotAnIdentifier):
        memorandum_of(only(iia(7, PLAIN, "").replace(b"<hei-id>turin.example</hei-id>", b"")))


@pytest.mark.parametrize("data", [*HOSTILE.values(), iia(8, "", ""), iia(6, "", "").replace(b"iias-get", b"x")])
def test_what_is_hostile_broken_or_another_version_is_refused(data: bytes) -> None:
    with pytest.raises(EcvetError):
        read_iia(data, "iia.xml")


def test_another_version_is_named_in_the_refusal() -> None:
    with pytest.raises(NeighbourUnreadable, match="version 6 or 7"):
        read_iia(iia(5, "", ""), "iia.xml")
