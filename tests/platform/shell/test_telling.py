"""Everything that the core says is found by the catalogues, said whole, and told in the reader's language."""

import ast
import pkgutil
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.test import Client
from django.utils import translation

import ecvet
from ecvet.credit.accumulation.errors import TreeUnusable
from ecvet.errors import catalogue
from ecvet.mobility import Role, Verb
from ecvet.mobility.stay_errors import EventOutOfOrder
from ecvet.partnership import Function
from ecvet.record.lifecycle import StepNotYours
from ecvet.saying import Said, say, say_many
from ecvet.terms import Finding, LangString, Points, Severity
from ecvet_platform.people.telling import tell, tell_all
from ecvet_platform.shell.catalogues import extraction, files
from ecvet_platform.shell.catalogues.__main__ import CORE, PLATFORM

ENGLISH_ONLY = ("cli", "examples", "population", "rules")
SAYING = {"say", "say_many", "Template"}
CLAUSES = ("why",)
COMMANDS = ("shell/story", "shell/environment", "shell/command", "shell/begin", "shell/tables", "shell/catalogues")
"""What only those read who run a server, in English."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for root in (CORE, PLATFORM):
        for file in sorted(root.rglob("*.py")):
            place = file.relative_to(root).as_posix()
            if not place.startswith((*ENGLISH_ONLY, *COMMANDS)) and "management" not in place:
                yield f"{root.name}/{place}", ast.parse(file.read_text(encoding="utf-8"))


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node


def saying(tree: ast.Module) -> set[str]:
    """What a module takes from `ecvet.saying`; other rooms have a `said` or `say` of their own."""
    return {name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "ecvet.saying"
            for name in node.names}  # fmt: skip


@pytest.fixture(scope="module")
def found() -> set[str]:
    for one in pkgutil.walk_packages(ecvet.__path__, "ecvet."):
        if one.name.split(".")[1] not in ENGLISH_ONLY:
            import_module(one.name)
    return {form for one in extraction.extract(PLATFORM, CORE) if one.id for form in files.forms(one.id)}


def test_every_error_of_the_core_is_extracted(found: set[str]) -> None:
    said = {
        text for error in catalogue().values() for text in (error.sentence, error.remedy)
        if error.__module__.split(".")[:1] == ["ecvet"] and error.__module__.split(".")[1] not in ENGLISH_ONLY
    }  # fmt: skip
    assert len(said) > 200
    assert said - found == set()


def test_every_sentence_said_anywhere_is_written_where_it_is_said_and_extracted(found: set[str]) -> None:
    """The first argument is one literal, never put together: what a catalogue cannot find, no language can say."""
    many = 0
    for place, tree in modules():
        for name, call in calls(tree):
            if name not in SAYING & saying(tree):
                continue
            for text in call.args:
                many += 1
                assert isinstance(text, ast.Constant), f"{place}:{call.lineno}: the template is put together"
                assert text.value in found, f"{place}:{call.lineno}: not extracted"
    assert many > 500


def test_a_finding_is_said_and_nothing_else() -> None:
    """The types prove it: a finding takes `Said`, which only `say`, a table of templates or an error makes."""
    assert Finding.__annotations__["sentence"] is Said
    assert Finding.__annotations__["remedy"] is Said
    for place, tree in modules():
        for name, call in calls(tree):
            if name == "Said" and "Said" in saying(tree) and place != "ecvet/errors.py":
                assert [ast.unparse(one) for one in call.args] == ["''"], f"{place}:{call.lineno}: use say"


def test_no_fact_is_put_together_of_words() -> None:
    """What fills a place is a value, a term, or a clause that is said: no f-string with words, no sum of texts."""
    errors = {one.__name__ for one in catalogue().values()}
    for place, tree in modules():
        for name, call in calls(tree):
            if name not in errors | SAYING:
                continue
            for fact in call.keywords:
                parts = [fact.value]
                while parts:
                    one = parts.pop()
                    where = f"{place}:{call.lineno}: {fact.arg}"
                    if isinstance(one, ast.IfExp):
                        parts += [one.body, one.orelse]
                    elif isinstance(one, ast.JoinedStr):
                        words = [str(part.value) for part in one.values if isinstance(part, ast.Constant)]
                        assert not re.search(r"[A-Za-z]{2,} | [A-Za-z]{2,}", "".join(words)), where
                    elif isinstance(one, ast.Constant) and isinstance(one.value, str) and fact.arg in CLAUSES:
                        raise AssertionError(f"{where}: say it")


def test_a_clause_ends_its_sentence_after_a_colon(found: set[str]) -> None:
    """So the sentence before it and the clause are each whole, in whatever order a language has its words."""
    for text in found:
        if "{why}" in text:
            assert re.search(r"(: |\) |because |^){why}(\.|;|$)", text), text


def test_facts_are_told_as_the_language_writes_them() -> None:
    with translation.override("el"):
        assert tell(say("{on}: {share}", on=date(2026, 3, 1), share=Decimal("0.5"))) == "1 Μαρτίου 2026: 0,5"
        assert tell(say("{name}", name=LangString.of(en="Hair", el="Μαλλιά"))) == "Μαλλιά"
        assert tell(say("{country}", country="MT")) == "Μάλτα"
        assert tell(say("{verbs}", verbs=(Verb.END, Role.HOME))).count(" και ") == 1
        assert "ECVET" in tell(say("{points}", points=Points.of("7.5")))
        assert tell(say("{function}", function=Function.VALIDATE)) != "validate"
    assert str(say("{on}: {share}", on=date(2026, 3, 1), share=Decimal("0.50"))) == "2026-03-01: 0.5"


def test_a_refusal_of_the_core_is_whole_in_greek() -> None:
    step = StepNotYours(verb=Verb.START, whose=("hosting",), role="home", thing=say("stay"))
    late = EventOutOfOrder(verb=Verb.END, on=date(2026, 3, 1), before=Verb.START, last=date(2026, 3, 5))
    deep = TreeUnusable(why=say("it is more than {most_depth} groups deep", most_depth=50))
    with translation.override("el"):
        for one in (step, late, deep):
            assert re.findall(r"[A-Za-z]{3,}", tell_all(one)) in ([], ["ecvet", "lint"]), tell_all(one)


def test_what_counts_has_the_number_forms_of_the_language() -> None:
    stamps = ("the seal fits, and so does its time-stamp", "the seal fits, and so do its {number} time-stamps")
    assert str(say_many(*stamps, number=1)) == stamps[0]
    assert str(say_many(*stamps, number=3)) == "the seal fits, and so do its 3 time-stamps"


def test_a_said_text_is_its_english_sentence_and_survives_another_process() -> None:
    import pickle

    said = say_many("{number} unit of {name}", "{number} units of {name}", number=3, name="A")
    again = pickle.loads(pickle.dumps(said))
    assert (again, again.facts, again.template) == (said, said.facts, said.template)
    assert Finding("R-1", Severity.FLAG, "A", said) == Finding("R-1", Severity.FLAG, "A", again)


@pytest.mark.django_db
def test_the_api_refuses_in_the_language_that_was_asked_for(client: Client) -> None:
    greek = client.get("/api/v1/qualifications/nothing-here", headers={"accept-language": "el"})
    english = client.get("/api/v1/qualifications/nothing-here", headers={"accept-language": "en"})
    assert greek.json()["code"] == english.json()["code"]
    assert greek.json()["title"] == english.json()["title"] == english.json()["detail"]
    assert re.search(r"[α-ω]{3}", greek.json()["detail"])
    assert re.search(r"[α-ω]{3}", greek.json()["remedy"])
    assert greek.headers["Content-Language"] == "el"
