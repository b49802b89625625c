"""EWP learning agreements: read with their changes, begun from, written, and read again up to the losses told."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.credit import cast
from core.exchange.foreign import GET, HOSTILE, SIGNED, UPDATE, agreement, component, signature
from ecvet.errors import EcvetError
from ecvet.exchange.errors import FileDangerous, NeighbourUnreadable
from ecvet.exchange.ewp import EwpFile, read_ewp
from ecvet.exchange.ewp_agreement import (
    Answer,
    Component,
    EwpAgreement,
    Listed,
    Partner,
    Signed,
    Step,
    Student,
    Table,
    agreed,
    to_be,
)
from ecvet.exchange.ewp_learning import Around, Version, begun, told
from ecvet.exchange.ewp_writing import write_ewp
from ecvet.exchange.report import Became
from ecvet.mobility.agreement import AgreedUnit, LearningAgreement, Role
from ecvet.mobility.amendment import Amendment, ChangeReason
from ecvet.terms import EQFLevel, LangString, Period, Points

FIRST = (
    f"<first-version><components-studied>{component('Dough', 'D1', '10.000')}{component('Ovens', 'O1')}"
    f"</components-studied><components-recognized>{component('Baking', 'B1', '15')}</components-recognized>{SIGNED}"
    "</first-version>"
)
DELETED, INSERTED = " status='deleted' reason-code='not-available'", " status='inserted' reason-text='instead'"


def only(data: bytes) -> EwpAgreement:
    (found,) = read_ewp(data, "la.xml").agreements
    return found


def sentences(file: EwpFile) -> str:
    return "\n".join(one.sentence for one in file.remarks)


def titles(components: tuple[Component, ...]) -> list[str]:
    return [one.title for one in components]


def test_a_first_version_is_read() -> None:
    file = read_ewp(agreement(FIRST), "la.xml")
    (found,) = file.agreements
    assert (found.sending.schac, found.receiving.schac, str(found.student)) == (
        "turin.example", "nowhere.example", "Mira Solem",
    )  # fmt: skip
    assert found.period == Period(date(2024, 2, 5), date(2024, 6, 14))
    assert found.eqf == EQFLevel(5)
    assert [(one.title, one.table, one.points) for one in agreed(found)] == [
        ("Dough", Table.STUDIED, (Points.of(10, "ects"),)), ("Ovens", Table.STUDIED, (Points.of(5, "ects"),)),
        ("Baking", Table.RECOGNISED, (Points.of(15, "ects"),)),
    ]  # fmt: skip
    assert found.first is not None
    assert found.first.student_signed == Signed(at=datetime(2024, 1, 10, 11, tzinfo=UTC), name="Ada")
    assert "without cryptography" in sentences(file)
    assert agreed(found) == to_be(found)


def test_changes_are_against_the_first_version_and_not_against_each_other() -> None:
    approved = (
        f"<approved-changes><components-studied>{component('Ovens', 'O1', more=DELETED)}"
        f"{component('Yeast', 'Y1', more=INSERTED)}</components-studied>{SIGNED}</approved-changes>"
    )
    proposed = (
        f"<changes-proposal id='p2'><components-studied>{component('Ovens', 'O1', more=DELETED)}"
        f"{component('Glaze', 'G1', more=INSERTED)}</components-studied>{signature('student-signature')}"
        "<student><family-name>Berg</family-name></student></changes-proposal>"
    )
    file = read_ewp(agreement(FIRST + approved + proposed), "la.xml")
    (found,) = file.agreements
    assert titles(agreed(found)) == ["Dough", "Baking", "Yeast"]
    assert titles(to_be(found)) == ["Dough", "Baking", "Glaze"]
    assert found.proposed is not None
    assert (found.proposed.id, found.proposed.student) == ("p2", Student(family_name="Berg"))
    assert [one.subject for one in file.remarks if "does not repeat" in one.sentence] == ["Yeast"]


def test_a_proposal_alone_is_nothing_agreed() -> None:
    found = only(agreement(FIRST.replace("first-version>", "changes-proposal>")))
    assert agreed(found) == ()
    assert titles(to_be(found)) == ["Dough", "Ovens", "Baking"]


@pytest.mark.parametrize(
    ("days", "period"),
    [
        ("<start-year-month>2024-02</start-year-month><end-year-month>2024-06</end-year-month>",
         Period(date(2024, 2, 1), date(2024, 6, 30))),
        ("<start-year-month>2023-12Z</start-year-month><end-year-month>2024-02</end-year-month>",
         Period(date(2023, 12, 1), date(2024, 2, 29))),
        ("<start-year-month>2024-13</start-year-month><end-year-month>2024-06</end-year-month>", None),
        ("<start-date>2024-06-01</start-date><end-date>2024-02-01</end-date>", None),
    ],
)  # fmt: skip
def test_months_are_told_from_days(days: str, period: Period | None) -> None:
    file = read_ewp(agreement(FIRST, days=days), "la.xml")
    assert file.agreements[0].period == period
    assert ("Only months are said" in sentences(file)) == ("month" in days)
    assert ("first and a last day" in sentences(file)) == (period is None)


def test_a_document_without_a_namespace_is_read_and_flagged() -> None:
    file = read_ewp(agreement(FIRST, space=""), "la.xml")
    assert titles(agreed(file.agreements[0])) == ["Dough", "Ovens", "Baking"]
    assert "no namespace" in sentences(file)
    old = agreement(FIRST.replace("<component>", "<component reason='x'>", 1))
    assert agreed(only(old))[0].reason == "x"


@pytest.mark.parametrize(("kind", "inside"), [(Answer.APPROVE, ""), (Answer.COMMENT, "<comment>Too short</comment>")])
@pytest.mark.parametrize("space", [UPDATE, ""])
def test_an_answer_to_a_proposal_is_read(kind: Answer, inside: str, space: str) -> None:
    data = (
        f"<omobility-las-update-request{f' xmlns={space!r}' if space else ''}><sending-hei-id>turin.example"
        f"</sending-hei-id><{kind}><omobility-id>m-1</omobility-id><changes-proposal-id>p2</changes-proposal-id>{inside}"
        f"{signature('signature')}</{kind}></omobility-las-update-request>"
    )
    (found,) = read_ewp(data.encode(), "u.xml").answers
    assert (found.answer, found.sending, found.mobility, found.proposal) == (kind, "turin.example", "m-1", "p2")
    assert found.comment == ("Too short" if inside else "")


def test_an_empty_response_says_so() -> None:
    file = read_ewp(f"<omobility-las-get-response xmlns='{GET}'/>".encode(), "la.xml")
    assert (file.agreements, file.answers) == ((), ())
    assert "It is empty" in sentences(file)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_or_broken_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(EcvetError) as refused:
        read_ewp(HOSTILE[name], "la.xml")
    dangerous = name in ("bomb", "outside", "million", "deep")
    assert isinstance(refused.value, FileDangerous if dangerous else NeighbourUnreadable), refused.value


@pytest.mark.parametrize(
    "data", [agreement(FIRST, space="urn:other"), agreement(FIRST).replace(b"receiving-hei>", b"x>"), b"<la/>"]
)
def test_what_is_no_learning_agreement_is_refused(data: bytes) -> None:
    with pytest.raises(NeighbourUnreadable):
        read_ewp(data, "la.xml")


# ------------------------------------------------------------- begun from
def test_an_agreement_begins_with_the_units_meant_by_code_or_title() -> None:
    lists = (
        f"<first-version><components-studied>{component('Dough', 'D1')}</components-studied><components-recognized>"
        f"{component('Anything', 'CUT')}{component('COLOUR', 'x')}{component('Baking', 'B1')}</components-recognized>"
        f"{SIGNED}</first-version>"
    )
    found = begun(only(agreement(lists)), cast.HAIRDRESSER, {cast.CUT: cast.CUTTING, cast.COLOUR: cast.COLOURING})
    assert found.units == (cast.CUT, cast.COLOUR)
    assert found.unmatched == ("B1 Baking (5 ECTS)",)
    assert found.activities == "D1 Dough (5 ECTS)"
    assert found.period == Period(date(2024, 2, 5), date(2024, 6, 14))
    assert found.contact == "Kai Berg"


# ------------------------------------------------------------- written
WORDS = st.text("abzAZ09&<>\"'-.;:]()øΨ漢𝄞Ж", min_size=1, max_size=9)
MAYBE = st.just("") | WORDS
SIGNATURES = st.none() | st.builds(Signed, at=st.just(datetime(2024, 1, 2, 3, 4, tzinfo=UTC)), name=MAYBE, email=MAYBE)
COMPONENTS = st.builds(
    Component, table=st.sampled_from(Table), title=WORDS, los_id=MAYBE, code=MAYBE, loi_id=MAYBE, conditions=MAYBE,
    term=st.none() | st.tuples(st.integers(1, 4), st.integers(1, 4)), description=MAYBE, reason=MAYBE,
    points=st.lists(st.builds(Points, st.decimals(0, 60, places=2), st.just("ects")), max_size=2).map(tuple),
    step=st.none() | st.sampled_from(Step), reason_text=MAYBE,
)  # fmt: skip


def listed(**more: st.SearchStrategy[object]) -> st.SearchStrategy[Listed]:
    inside = st.lists(COMPONENTS, max_size=3).map(
        lambda found: tuple(sorted(found, key=lambda one: list(Table).index(one.table)))
    )
    return st.builds(Listed, components=inside, student_signed=SIGNATURES, sending_signed=SIGNATURES, **more)


STUDENTS = st.builds(Student, given_names=WORDS, family_name=WORDS, born=st.dates(date(1980, 1, 1)), citizenship=MAYBE)
PARTNERS = st.builds(Partner, schac=WORDS, unit=MAYBE, given_names=MAYBE, family_name=MAYBE, email=MAYBE)
AGREEMENTS = st.builds(
    EwpAgreement, mobility=WORDS, sending=PARTNERS, receiving=PARTNERS, student=STUDENTS, year=MAYBE, isced=MAYBE,
    period=st.none() | st.just(Period(date(2024, 2, 5), date(2024, 6, 14))), clarification=MAYBE,
    eqf=st.none() | st.builds(EQFLevel, st.integers(1, 8)), first=st.none() | listed(), approved=st.none() | listed(),
    proposed=st.none() | listed(id=WORDS, student=st.none() | STUDENTS), outcomes_url=MAYBE, provisions_url=MAYBE,
)  # fmt: skip


@given(AGREEMENTS)
def test_what_is_written_is_read_again_exactly(one: EwpAgreement) -> None:
    data, _ = write_ewp(one)
    assert read_ewp(data, "la.xml").agreements == (one,)


SIGNER = Signed(at=datetime(2024, 3, 1, 9, tzinfo=UTC), name="Bruno")
ALL = dict.fromkeys((Role.LEARNER, Role.HOME, Role.HOSTING), SIGNER)
AROUND = Around(
    mobility="urn:uuid:1", sending=Partner(schac="turin.example"), receiving=Partner(schac=""), isced="1012",
    student=Student(given_names="Alba", family_name="Rossi", born=date(2005, 5, 20)), titles={},
)  # fmt: skip
COLOURING = cast.agreed(cast.COLOURING, home_points=Points.of(5))


def version(*units: AgreedUnit, **more: object) -> Version:
    return Version(agreement=cast.recorded(cast.agreement(*units, **more)), signed=ALL)


def after(held: list[Version], proposed: Version | None = None) -> EwpAgreement:
    """What others read of the agreement that was told and written."""
    data, _ = write_ewp(told(held, proposed, AROUND)[0])
    return only(data)


def said(one: Version) -> set[tuple[Table, str, tuple[Points, ...]]]:
    return {(c.table, c.title, c.points) for c in to_be(after([one]))}


def now(components: tuple[Component, ...]) -> set[tuple[Table, str, tuple[Points, ...]]]:
    return {(one.table, one.title, one.points) for one in components}


def test_the_first_version_in_force_is_the_first_version() -> None:
    found = after([version(cast.agreed())])
    assert now(agreed(found)) == {
        (Table.STUDIED, "cutting", ()), (Table.RECOGNISED, "cutting", (Points.of(10),)),
    }  # fmt: skip
    assert (found.first.sending_signed, found.approved, found.proposed) == (SIGNER, None, None)  # type: ignore[union-attr]
    assert (found.student.gender, found.year, found.period) == ("0", "2023/2024", cast.STAY)


@pytest.mark.parametrize(
    "then",
    [
        (COLOURING,), (cast.agreed(), COLOURING), (cast.agreed(home_points=Points.of(12)),),
        (cast.agreed(hosting_points=Points.of(7)), COLOURING), (cast.agreed(),),
    ],
)  # fmt: skip
def test_approved_and_proposed_changes_lead_to_what_the_version_says(then: tuple[AgreedUnit, ...]) -> None:
    first, later = version(cast.agreed()), version(*then)
    assert now(agreed(after([first, later]))) == said(later)
    proposal = after([first], later)
    assert now(agreed(proposal)) == said(first)
    assert now(to_be(proposal)) == said(later)
    assert proposal.proposed.id == later.agreement.address  # type: ignore[union-attr]


def test_an_amendment_says_why() -> None:
    why = Amendment(reasons=frozenset({ChangeReason.LANGUAGE}), text=LangString.of(en="Nobody speaks English there"))
    found = after([version(cast.agreed())], version(COLOURING, amendment=why))
    assert {one.reason_text for one in found.proposed.components} == {"Nobody speaks English there"}  # type: ignore[union-attr]


def test_everything_that_is_lost_is_told() -> None:
    first = version(cast.agreed(outcomes={"measures"}, part=True, activities=cast.text("in the salon")))
    later = version(COLOURING, period=Period(date(2024, 5, 6), date(2024, 7, 5)))
    document, losses = told([first, first, later], None, AROUND)
    _, missing = write_ewp(document)
    lost = {one.subject for one in losses if one.became is Became.LOST}
    assert {"outcomes", "assessment", "memorandum", "signature", "period", "versions"} <= lost
    assert {"citizenship", "email", "student-language-skill", "term-id of components", "receiving institution"} <= {
        one.subject for one in missing
    }
    _, losses = told([first], None, AROUND)
    sentences = " ".join(one.sentence for one in losses)
    assert "only a part" in sentences
    assert "learning activities" in sentences


def test_without_any_version_there_is_nothing_to_tell() -> None:
    with pytest.raises(ValueError, match="no version"):
        told([], None, AROUND)


def test_a_virtual_stay_has_virtual_components() -> None:
    one: LearningAgreement = replace(cast.AGREEMENT.value, mode="virtual")
    found = after([Version(agreement=cast.recorded(one), signed={})])
    assert {c.table for c in agreed(found)} == {Table.VIRTUAL, Table.RECOGNISED}
