"""The published documents of EMREX and EWP: what is counted of them, and what is said of each."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.credit import cast
from core.exchange.test_elmo_writing import AT, TRANSCRIPT, around
from ecvet.exchange.elmo import ElmoFile, read_elmo
from ecvet.exchange.elmo_credit import told
from ecvet.exchange.elmo_document import Dialect, Learned, countable
from ecvet.exchange.elmo_writing import write_elmo
from ecvet.exchange.errors import NeighbourUnreadable
from ecvet.exchange.ewp import read_ewp
from ecvet.exchange.ewp_agreement import agreed, to_be
from ecvet.exchange.ewp_iia import read_iia

FILES = (
    "dk-signed.xml", "dk-unsigned.xml", "ewp-tor-v2-example.xml", "official-example-v1.xml",
    "purl-dialect-fi-complicated.xml",
)  # fmt: skip
Read = Callable[[str], ElmoFile]


@pytest.fixture(scope="module")
def network(corpus: Path) -> Path:
    return corpus / "network"


@pytest.fixture(scope="module")
def facts(network: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((network / "elmo" / "expected.json").read_text())
    return found


def everything(file: ElmoFile) -> list[Learned]:
    return [
        one for document in file.documents for reported in document.reports for top in reported.learned
        for one in top.walk()
    ]  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_elmo_is_read_as_the_facts_say(name: str, network: Path, facts: dict[str, Any]) -> None:
    file, fact = read_elmo((network / "elmo" / name).read_bytes(), name), facts[name]
    (document,) = file.documents
    found = everything(file)
    assert len(found) == fact["learning_opportunity_specifications"]
    assert [(one.system, one.value) for part in found for one in part.points] == [
        (one["scheme"].lower(), Decimal(one["value"])) for one in fact["credits"]
    ]
    if document.dialect is not Dialect.PURL:  # its grades stand in an element of another name, which was not counted
        assert [one.grade for one in found if one.grade] == fact["result_labels"]
    assert [document.learner.family_name] == fact["learner_family_name"]
    assert document.signed == fact["has_xml_signature"]


def test_the_official_example_shows_its_mojibake_and_its_double_credit(network: Path) -> None:
    file = read_elmo((network / "elmo" / "official-example-v1.xml").read_bytes(), "official")
    assert any("Københavns" in one.sentence for one in file.remarks)
    counted, remarks = countable(file.documents[0])
    assert [str(one.points) for one in counted] == ["15 ects", "6 ects"]
    assert any("120 ects" in one.sentence for one in remarks)


def test_the_signed_and_the_unsigned_transcript_say_the_same(network: Path) -> None:
    signed, plain = (
        everything(read_elmo((network / "elmo" / f"dk-{one}.xml").read_bytes(), one)) for one in ("signed", "unsigned")
    )
    assert signed == plain


def test_every_learning_agreement_is_read_or_refused_in_one_sentence(network: Path) -> None:
    read, refused = {}, []
    for file in sorted((network / "ewp-learning-agreement").rglob("*.xml")):
        try:
            read[file.name] = read_ewp(file.read_bytes(), file.name)
        except NeighbourUnreadable:
            refused.append(file.name)
    assert refused == ["Ex3.xml", *(f"0{n}-{name}.part.xml" for n, name in enumerate((
        "initial-version", "comment-proposal", "update-initial-version", "approve-proposal", "signed-first-version",
        "changes-proposal", "approve-proposal"), 1))]  # fmt: skip
    assert {name for name, one in read.items() if any(r.subject == "namespace" for r in one.remarks)} == {
        f"Ex{n}.xml" for n in (1, 2, 4, 5, 6, 7, 8, 9, 10)
    }
    (seven,), (nine,) = read["Ex7.xml"].agreements, read["Ex9.xml"].agreements
    assert {one.same for one in to_be(seven)} == {one.same for one in agreed(nine)}, "what was proposed was approved"
    assert [one.answer for one in read["Ex8.xml"].answers] == ["approve-proposal-v1"]


def test_the_hash_of_an_agreement_is_right_wrong_or_unknown(network: Path) -> None:
    six = (network / "ewp-agreement" / "get-response-v6.xml").read_bytes()
    assert read_iia(six, "6")[0][0].hash_holds is True
    changed = six.replace(b"<total-months-per-year>5<", b"<total-months-per-year>6<")
    assert read_iia(changed, "6")[0][0].hash_holds is False
    for name in ("get-response-v7.xml", "get-response-wrong-hash-v7.xml"):
        assert read_iia((network / "ewp-agreement" / name).read_bytes(), name)[0][0].hash_holds is None


def test_a_transcript_of_ours_follows_the_published_schema_of_elmo_1(corpus: Path) -> None:
    etree: Any = pytest.importorskip("lxml.etree")
    schema = corpus / "elm" / "elmo"
    empty = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{}">{}</xs:schema>'
    beside = {  # what the schema takes from elsewhere, as far as it is used
        "xml.xsd": ("http://www.w3.org/XML/1998/namespace", '<xs:attribute name="lang"/>'),
        "xmldsig": ("http://www.w3.org/2000/09/xmldsig#", '<xs:element name="Signature"/>'),
        "types-address": ("https://github.com/erasmus-without-paper/ewp-specs-types-address/tree/stable-v1",
                          '<xs:complexType name="FlexibleAddress"/>'),
    }  # fmt: skip

    class Beside(etree.Resolver):  # type: ignore[misc]
        def resolve(self, url: str, _public: str, context: Any) -> Any:
            for part, (space, inside) in beside.items():
                if part in url:
                    return self.resolve_string(empty.format(space, inside), context)
            if "ISOCountries" in url:
                return self.resolve_filename(str(schema / "references" / "EUROPASS_ISOCountries_V1.1.xsd"), context)
            return None

    parser = etree.XMLParser()
    parser.resolvers.add(Beside())
    checks = etree.XMLSchema(etree.parse(str(schema / "schema.xsd"), parser))
    decision = cast.recognised(cast.validated(TRANSCRIPT))
    document, _ = told(TRANSCRIPT, (decision,), around(), issued=AT, at=AT)
    data, _ = write_elmo(document, Dialect.V1)
    assert checks.validate(etree.fromstring(data)), checks.error_log
