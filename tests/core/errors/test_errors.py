"""The catalogue of facts that stand in the way."""

import importlib
import pkgutil
import re

import pytest

import ecvet
from ecvet.errors import EcvetError, catalogue, facts_of
from ecvet.terms import LevelOutOfRange, NotPoints


def known() -> list[type[EcvetError]]:
    for module in pkgutil.walk_packages(ecvet.__path__, "ecvet."):
        importlib.import_module(module.name)
    return [error for error in catalogue().values() if error.__module__.startswith("ecvet.")]


@pytest.mark.parametrize("error", known(), ids=lambda error: error.code)
def test_every_fact_has_a_dotted_code_a_sentence_a_remedy_and_a_status(error: type[EcvetError]) -> None:
    assert re.fullmatch(r"[a-z-]+(\.[a-z-]+)+", error.code)
    assert 400 <= error.status < 600
    assert error.__doc__
    filled = error(**dict.fromkeys(facts_of(error), "something"))
    for text in (str(filled), filled.what_to_do):
        assert not re.search(r"\{\w+\}", text), "a fact was not filled in"
        assert not text[0].islower() or error.sentence.startswith("{")
    assert error.sentence.endswith((".", "}"))
    assert error.remedy.endswith((".", "…"))


def test_codes_are_listed_in_order_and_each_once() -> None:
    assert list(catalogue()) == sorted(catalogue())
    assert all(catalogue()[error.code] is error for error in known())


def test_a_code_is_never_used_twice() -> None:
    with pytest.raises(TypeError, match="reuses the code"):

        class Again(EcvetError):
            code, sentence, remedy = NotPoints.code, "Again.", "Choose another."


def test_a_fact_without_remedy_is_no_fact() -> None:
    with pytest.raises(TypeError, match="needs a code, a sentence and a remedy"):

        class Mute(EcvetError):
            code, sentence = "test.mute", "Mute."


def test_an_error_needs_its_facts() -> None:
    with pytest.raises(TypeError, match="NotPoints needs text"):
        NotPoints()


def test_errors_with_the_same_code_and_facts_are_equal() -> None:
    assert NotPoints(text="x") == NotPoints(text="x")
    assert hash(NotPoints(text="x")) == hash(NotPoints(text="x"))
    assert NotPoints(text="x") != NotPoints(text="y")
    assert NotPoints(text="x") != LevelOutOfRange(level=9)
    assert NotPoints(text="x") != "x"


def test_an_error_speaks_as_a_problem() -> None:
    assert LevelOutOfRange(level=9).as_problem() == {
        "code": "terms.level.out-of-range",
        "title": "There is no EQF level 9.",
        "remedy": LevelOutOfRange.remedy,
        "status": 422,
        "facts": {"level": "9"},
    }
