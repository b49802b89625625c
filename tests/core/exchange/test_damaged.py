"""Documents of neighbours that were damaged somewhere are read or refused in one sentence; they are never a fault."""

import re
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from core.exchange.foreign import SIGNED, agreement, component, course, credit, elmo, iia
from ecvet.errors import EcvetError
from ecvet.exchange.elmo import read_elmo
from ecvet.exchange.elmo_credit import entries
from ecvet.exchange.elmo_document import Dialect, countable, experiences, held
from ecvet.exchange.elmo_writing import write_elmo
from ecvet.exchange.ewp import read_ewp
from ecvet.exchange.ewp_iia import memorandum_of, read_iia
from ecvet.exchange.ewp_learning import begun
from ecvet.exchange.ewp_writing import write_ewp

CHANGED = component("Dough", more=" status='deleted'")
LISTS = (
    f"<first-version><components-studied>{component('Dough')}</components-studied>{SIGNED}</first-version>"
    f"<changes-proposal id='p'><components-studied>{CHANGED}</components-studied>{SIGNED}</changes-proposal>"
)
SOUND = (
    elmo(course("W", "Bakery", credit("60"), inside="<start>2024-01-01</start><status>passed</status>"
                "<level><type>EQF</type><value>5</value></level>", parts=course("P", "Dough", credit("4")))),
    agreement(LISTS), agreement(LISTS, days="<start-year-month>2024-01</start-year-month>"),
    iia(6, "<cooperation-conditions><x><receiving-academic-year-id>2024/2025</receiving-academic-year-id></x>"
        "</cooperation-conditions>", "0"),
)  # fmt: skip
ODD = st.sampled_from(
    [b"", b"0", b"-1", b"9" * 30, b"10.000", b"2024-02-30", b"2024-13", b"99999-01-01", b"0000-00", b"\xff", b"&#0;",
     b"&#x85;", b"&#173;", b"<x/>", b"</x>", b"<!DOCTYPE a>", b"NaN", b"1e9", b" ", b"0001-01-01T00:00:00+14:00",
     b"9999-12-31T23:59:59-14:00", b"9999/9999", "Ã¸".encode()]
)  # fmt: skip
SPOTS = re.compile(rb">([^<]*)<|=['\"]([^'\"]*)['\"]|<([a-zA-Z-]+)>[^<]*</\3>")


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A document with one to five places where something else stands."""
    data = draw(st.sampled_from(SOUND))
    for _ in range(draw(st.integers(1, 5))):
        spots = list(SPOTS.finditer(data))
        spot = draw(st.sampled_from(spots)) if spots else None
        if spot is not None:
            group = 1 if spot[1] is not None else 2 if spot[2] is not None else 0
            data = data[: spot.start(group)] + draw(ODD) + data[spot.end(group) :]
    return data


@given(damaged())
def test_a_damaged_document_is_read_or_refused_and_never_a_fault(data: bytes) -> None:
    with suppress(EcvetError):
        for document in read_elmo(data, "x").documents:
            for told in (countable, experiences, entries, lambda one: held(one, "ects")):
                told(document)
            for dialect in (Dialect.V1, Dialect.V2_1):
                assert read_elmo(write_elmo(document, dialect)[0], "y").documents
    with suppress(EcvetError):
        for agreement_ in read_ewp(data, "x").agreements:
            begun(agreement_, None, {})
            read_ewp(write_ewp(agreement_)[0], "y")
    with suppress(EcvetError):
        for one in read_iia(data, "x")[0]:
            assert one.valid is None or one.valid.start < (one.valid.end or one.valid.start)
            memorandum_of(one)
