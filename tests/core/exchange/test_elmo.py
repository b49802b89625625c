"""ELMO: every dialect is read, nothing counts twice, nothing is believed, and what is hostile is refused."""

from datetime import date
from decimal import Decimal

import pytest

from core.exchange.foreign import HOSTILE, V1, V2, course, credit, elmo
from ecvet.errors import EcvetError
from ecvet.exchange.elmo import ElmoFile, read_elmo
from ecvet.exchange.elmo_document import Dialect, ElmoDocument, Status, countable, experiences, held
from ecvet.exchange.errors import FileDangerous, NeighbourUnreadable
from ecvet.exchange.report import Became
from ecvet.terms import Points


def only(data: bytes) -> ElmoDocument:
    (found,) = read_elmo(data, "t.xml").documents
    return found


def sentences(file: ElmoFile, became: Became) -> str:
    return "\n".join(one.sentence for one in file.remarks if one.became is became)


@pytest.mark.parametrize(
    ("space", "learner", "dialect"),
    [
        (V1, "<bday>2004-02-29</bday>", Dialect.V1),
        (V1, "<alternativeName>Mira Solem</alternativeName><dateOfBirth>2004-02-29</dateOfBirth>", Dialect.V2_0),
        (V2, "<alternativeName/><dateOfBirth>2004-02-29Z</dateOfBirth>", Dialect.V2_1),
        ("http://purl.org/net/elmo", "<bday dtf='yyyy-MM-dd'>2004-02-29</bday>", Dialect.PURL),
        ("", "<bday>2004-02-29</bday>", Dialect.NONE),
    ],
)
def test_every_dialect_gives_the_same_learner_and_credit(space: str, learner: str, dialect: Dialect) -> None:
    found = only(elmo(course("B1", "Baking", credit("7.50", "ECTS")), space=space, learner=learner))
    assert found.dialect is dialect
    assert (str(found.learner), found.learner.born) == ("Mira Solem", date(2004, 2, 29))
    ((one,), remarks) = countable(found)
    assert (one.points, one.learned.code, remarks) == (Points.of("7.5", "ects"), "B1", ())


def test_the_older_dialect_has_credit_on_the_specification_and_several_issuers_in_a_report() -> None:
    bread = (
        "<learningOpportunitySpecification><title xml:lang='fi'>Leipä</title><title xml:lang='en'/>"
        "<credit><scheme>ECTS</scheme><value>4</value></credit><specifies><learningOpportunityInstance>"
        "<start>2012</start><result scheme='FI'>Hyvä</result></learningOpportunityInstance></specifies>"
        "</learningOpportunitySpecification>"
    )
    data = (
        "<elmo xmlns='http://purl.org/net/elmo'><report><learner><givenNames>Mira</givenNames></learner>"
        f"<issuer><title xml:lang='fi'>Yksi</title></issuer>{bread}"
        f"<issuer><title xml:lang='fi'>Kaksi</title></issuer>{bread}{bread}</report></elmo>"
    )
    file = read_elmo(data.encode(), "t.xml")
    (found,) = file.documents
    assert [(str(one.issuer.title), len(one.learned)) for one in found.reports] == [("Yksi", 1), ("Kaksi", 2)]
    assert found.reports[0].learned[0].grade == "Hyvä"
    assert found.reports[0].learned[0].start is None, "a year is no day"
    assert [one.points.value for one in countable(found)[0]] == [4, 4, 4]
    assert "2 issuers in turn" in sentences(file, Became.FLAGGED)


@pytest.mark.parametrize(("written", "read"), [("10.000", "10"), ("5.0000", "5"), ("9.2857", "9.2857"), (".5", "0.5"),
                                               ("5.", "5"), ("+3", "3"), ("007", "7")])  # fmt: skip
def test_amounts_are_read_as_xml_means_them(written: str, read: str) -> None:
    file = read_elmo(elmo(course("A", "Baking", credit(written))), "t.xml")
    ((one,), _) = countable(file.documents[0])
    assert one.points.value == Decimal(read)
    assert (f"“{written}” was read as" in sentences(file, Became.FLAGGED)) == (written in ("10.000", "5.0000"))


@pytest.mark.parametrize("written", ["7,5", "-3", "1e3", "ten", "", "1.0000000001", "9999999999999"])
def test_what_is_no_amount_is_left_out_and_told(written: str) -> None:
    file = read_elmo(elmo(course("A", "Baking", credit(written))), "t.xml")
    assert countable(file.documents[0])[0] == ()
    assert "was left out" in sentences(file, Became.SKIPPED)


def test_credit_on_a_part_excludes_the_same_scheme_on_what_it_is_a_part_of() -> None:
    part = course("P", "Dough", credit("4"))
    whole = course("W", "Bakery", credit("60") + credit("90", "ecvet"), parts=part)
    counted, remarks = countable(only(elmo(whole)))
    assert [(one.learned.code, str(one.points)) for one in counted] == [("W", "90 ecvet"), ("P", "4 ects")]
    (remark,) = remarks
    assert remark.became is Became.SKIPPED
    assert "60 ects" in remark.sentence


def test_a_part_with_nothing_leaves_the_credit_where_it_stands() -> None:
    counted, remarks = countable(
        only(elmo(course("W", "Bakery", credit("60"), parts=course("P", "Dough", credit("0")))))
    )
    assert [(one.learned.code, one.points.value) for one in counted] == [("W", 60)]
    assert remarks == ()


def test_what_was_not_passed_is_no_credit() -> None:
    failed = course("F", "Failed", credit("5"), inside="<status>failed</status>")
    going = course("G", "Going on", credit("5"), inside="<status>in-progress</status>")
    strange = course("S", "Strange", credit("5"), inside="<status>finished</status>")
    file = read_elmo(elmo(failed, going, strange), "t.xml")
    counted, remarks = countable(file.documents[0])
    assert counted == ()
    assert [one.subject for one in remarks] == ["Failed", "Going on", "Strange"]
    assert "“finished” is not known" in sentences(file, Became.FLAGGED)
    assert [one.status for one in file.documents[0].reports[0].learned] == [
        Status.FAILED, Status.IN_PROGRESS, Status.IN_PROGRESS,
    ]  # fmt: skip


def test_nobody_is_believed_and_no_national_number_is_kept() -> None:
    file = read_elmo(elmo(after="<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/>"), "t.xml")
    assert file.documents[0].signed
    assert "not verified" in sentences(file, Became.FLAGGED)
    assert "290204" not in repr(file)


def test_a_text_that_was_decoded_wrongly_is_flagged_and_kept() -> None:
    wrong = "Brød og høst".encode().decode("latin-1")
    file = read_elmo(elmo(course("A", wrong), course("B", "Brød og høst"), course("C", "Ψωμί")), "t.xml")
    assert str(file.documents[0].reports[0].learned[0].title) == wrong
    flagged = [one.sentence for one in file.remarks if "decoded wrongly" in one.sentence]
    assert len(flagged) == 1
    assert "“Brød og høst” could be meant" in flagged[0]


def test_held_credit_and_experience_follow_from_what_counts() -> None:
    found = only(elmo(course("A", "Baking", credit("5"), inside="<date>2024-01-31</date><resultLabel>B</resultLabel>")))
    (piece,) = held(found, "ects").units
    assert (piece.code, piece.points, piece.grade, piece.origin) == ("A", 5, "B", "University of Nowhere")
    assert piece.gained == date(2024, 1, 31)
    assert held(found, "ecvet").units == ()
    (line,) = experiences(found)
    assert str(line.description) == "Baking (5 ECTS, B) – University of Nowhere"
    assert line.organisation == "University of Nowhere"


def test_a_response_of_ewp_with_several_transcripts_is_read() -> None:
    one = elmo(course("A", "Baking", credit("5"))).decode()
    data = (
        f"<imobility-tors-get-response xmlns='urn:tors'><tor>{one}</tor><tor>{one}</tor></imobility-tors-get-response>"
    )
    assert len(read_elmo(data.encode(), "t.xml").documents) == 2


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_or_broken_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(EcvetError) as refused:
        read_elmo(HOSTILE[name], "t.xml")
    dangerous = name in ("bomb", "outside", "million", "deep")
    assert isinstance(refused.value, FileDangerous if dangerous else NeighbourUnreadable), refused.value
    assert str(refused.value).startswith("t.xml ")


@pytest.mark.parametrize("data", [b"<elmo/>", elmo(space="https://elsewhere.example/elmo"), b"<elmo><learner/></elmo>"])
def test_a_document_that_is_no_transcript_is_refused(data: bytes) -> None:
    with pytest.raises(NeighbourUnreadable):
        read_elmo(data, "t.xml")
