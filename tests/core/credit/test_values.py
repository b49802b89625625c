"""The shape of credit: a set of outcomes of a person, never a number; records that survive writing and reading."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_type_hints

import pytest

import ecvet
from core.credit.cast import ALBA, ERIK, PORTFOLIO, REMEDY, assessed, recognised, recorded, text, transcript, validated
from ecvet import credit
from ecvet.credit import Assessment, OutcomeResult, OutcomeValidation, Transcript, TranscriptEntry, appeal
from ecvet.qualification.unit import LearningOutcome
from ecvet.record import plain, value
from ecvet.terms import Points

NUMBERS = ("int", "Decimal", "float", "Points")


def dataclasses_of_the_core() -> Iterator[type]:
    for module in pkgutil.walk_packages(ecvet.__path__, "ecvet."):
        if module.name.startswith("ecvet.cli"):
            continue
        for _, found in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if is_dataclass(found) and found.__module__ == module.name:
                yield found


@pytest.mark.rule("R-CREDIT-1")
def test_credit_is_nowhere_a_number() -> None:
    found = list(dataclasses_of_the_core())
    assert len(found) > 60
    for one in found:
        for field in fields(one):
            is_number = any(name in str(field.type) for name in NUMBERS)
            assert not ("credit" in field.name.lower() and is_number), f"{one.__name__}.{field.name}"


@pytest.mark.rule("R-CREDIT-1")
def test_credit_belongs_to_a_person_and_lists_outcomes() -> None:
    for one in (Assessment, Transcript, credit.Validation, credit.Recognition):
        assert "learner" in {field.name for field in fields(one)}
    assert assessed().value.achieved == transcript().value.entries[0].achieved == {"measures", "cuts"}
    assert validated().value.corresponding == recognised().value.outcomes == {"measures", "cuts"}


@pytest.mark.rule("R-POINTS-22", "R-CREDIT-1")
def test_a_single_outcome_has_no_points() -> None:
    for one in (LearningOutcome, OutcomeResult, OutcomeValidation):
        assert "points" not in {field.name for field in fields(one)}
        assert Points not in get_type_hints(one).values()
    assert "points" in {field.name for field in fields(TranscriptEntry)}


def everything() -> dict[str, Any]:
    decision = recognised(remedy=REMEDY)
    return {
        "assessment": assessed().value, "portfolio": PORTFOLIO.value, "transcript": transcript().value,
        "validation": validated().value, "recognition": decision.value,
        "appeal": appeal(decision, text=text("Too few"), by=ALBA, on=decision.value.on),
    }  # fmt: skip


@pytest.mark.parametrize("name", everything())
def test_each_record_reads_back_as_it_was_written(name: str) -> None:
    one = everything()[name]
    assert value(type(one), plain(one)) == one
    assert recorded(one).address == recorded(value(type(one), plain(one))).address


def test_no_record_of_credit_holds_personal_data_so_that_erasing_a_person_breaks_no_chain_and_no_appeal() -> None:
    """Edge case 29: erasure request while an appeal runs. The learner is a pseudonym in every record."""
    learners = {one.learner for one in everything().values()}
    assert learners == {ALBA, ERIK}
    for one in everything().values():
        names = {field.name for field in fields(one)}
        assert not names & {"name", "names", "birth_date", "address", "person", "email", "family_name"}


def test_all_public_names_exist_and_say_what_they_are() -> None:
    for name in credit.__all__:
        found = getattr(credit, name)
        if inspect.isclass(found) or inspect.isfunction(found):
            assert found.__doc__, name
