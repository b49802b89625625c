"""Concepts of ESCO from files of comma-separated values."""

import pytest

from ecvet.exchange.errors import FileNotUnderstood
from ecvet.exchange.esco import Concept, read_concepts
from ecvet.terms import Identifier

URI = "http://data.europa.eu/esco/skill/1"


def test_concepts_have_an_address_a_name_and_other_names():
    text = f'conceptType,conceptUri,preferredLabel,altLabels\nKSC,{URI},bake bread,"make bread\nbake loaves"\n'
    assert read_concepts(text.encode(), "skills_en.csv") == (
        Concept(id=Identifier(URI), label="bake bread", others=("make bread", "bake loaves")),
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("conceptUri,label\n", "no column “preferredLabel”"),
        ("conceptUri,preferredLabel\nbread,bake bread\n", "row 2 names no concept"),
        (f"conceptUri,preferredLabel\n{URI},\n", "row 2 has no preferredLabel"),
        ("", "no column “conceptUri”"),
    ],
)
def test_what_is_no_list_of_concepts_is_refused(text: str, why: str):
    with pytest.raises(FileNotUnderstood, match=why):
        read_concepts(text.encode(), "x.csv")
