"""What a learner holds, read from a file: our short JSON, or a study record of KOSKI (found by its content)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ecvet.errors import EcvetError
from ecvet.terms import Identifier, Period, decimal, identifier, identifier_in

if TYPE_CHECKING:
    from ecvet.correspondence.equivalence import Equivalence
    from ecvet.credit.accumulation import Held
    from ecvet.credit.accumulation.override import Override
    from ecvet.credit.accumulation.parts import PartHeld
    from ecvet.exchange.koski import StudyRecord
    from ecvet.qualification.qualification import Qualification


class EquivalencesUnreadable(EcvetError):
    """A file of equivalences that is not what the commands read."""

    code = "cli.equivalences.unreadable"
    sentence = "{file} is not a list of equivalences: {why}."
    remedy = (
        'Write JSON such as [{{"from": ["A"], "to": ["B"], "by": "https://body.example/", "on": "2024-05-01", '
        '"valid_from": "2024-05-01"}}].'
    )
    status = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Held credit that was read: as it stands, or records of which one is taken for each qualification.

    Beside it manual decisions about the learner, and the sub-areas that are held of units.
    """

    held: "Held | None" = None
    overrides: "tuple[Override, ...]" = ()
    parts: "tuple[PartHeld, ...]" = ()
    records: "tuple[StudyRecord, ...]" = ()

    def record(self, code: str = "") -> "StudyRecord | None":
        """The record for a qualification by the number of its requirements, else the first."""
        fits = [one for one in self.records if one.diary == code]
        return next(iter([*fits, *self.records]), None)

    def towards(self, qualification: "Qualification") -> "Held":
        """What is held, as the qualification names it; every piece knows its unit."""
        record = self.record(qualification.code)
        held = record.held(qualification) if record else self.held
        assert held is not None
        known = {link.code: link.unit for link in qualification.units}
        units = tuple(
            piece if piece.unit else replace(piece, unit=known.get(piece.code, unit_named(piece.code)))
            for piece in held.units
        )
        return replace(held, units=units)


def unit_named(code: str) -> Identifier:
    """An identifier for a unit of which only the code is known."""
    return identifier_in("urn:x-unit:", code)


def read_credit(data: bytes, file: str) -> Credit:
    """Held credit from JSON; numbers may be texts or exact JSON numbers.

    Raises `HeldUnreadable`, `OverrideUnreadable`, `OverrideWithoutBasis`, `PartUnreadable` and the errors of values.
    """
    from ecvet.exchange.errors import HeldUnreadable
    from ecvet.exchange.held_decisions import DECISIONS, read_overrides, read_parts
    from ecvet.exchange.held_file import read_held
    from ecvet.exchange.koski import is_koski, read_koski
    from ecvet.exchange.parsing import read_json, text_of

    tree: Any = read_json(text_of(data, file), file)
    if is_koski(tree):
        records = read_koski(tree, file)
        if not records:
            raise HeldUnreadable(file=file, why="the record has no studies")
        return Credit(records=records)
    beside = {name: tree[name] for name in DECISIONS & tree.keys()} if isinstance(tree, dict) else {}
    held = {name: one for name, one in tree.items() if name not in beside} if beside else tree
    return Credit(
        held=read_held(held, file),
        overrides=read_overrides(beside.get("overrides", []), file),
        parts=read_parts(beside.get("parts", []), file),
    )


def read_equivalences(data: bytes, file: str, *sources: "Qualification | Held") -> "tuple[Equivalence, ...]":
    """Equivalences by the codes of units, for the units of the qualifications and held credit that are given.

    Raises `EquivalencesUnreadable` and the error of a value in it.
    """
    from ecvet.exchange.parsing import read_json, text_of

    tree: Any = read_json(text_of(data, file), file)
    return equivalences_of(tree, file, *sources)


def equivalences_of(tree: Any, file: str, *sources: "Qualification | Held") -> "tuple[Equivalence, ...]":
    """As `read_equivalences`, from parsed JSON."""
    from ecvet.correspondence.equivalence import Equivalence, Ground
    from ecvet.qualification.qualification import Qualification
    from ecvet.terms import LangString

    known: dict[str, Identifier] = {}
    for source in sources:
        if isinstance(source, Qualification):
            known |= {link.code: link.unit for link in source.units}
        else:
            known |= {piece.code: piece.unit for piece in source.units if piece.unit}

    def units(codes: Any) -> frozenset[Identifier]:
        return frozenset(known.get(str(code)) or unit_named(str(code)) for code in codes)

    try:
        found = []
        for one in tree:
            until, decided = one.get("valid_until"), date.fromisoformat(one.get("on") or one["valid_from"])
            valid = Period(date.fromisoformat(one["valid_from"]), date.fromisoformat(until) if until else None)
            found.append(Equivalence(
                from_=units(one["from"]), to=units(one["to"]), by=identifier(one["by"]), on=decided, valid=valid,
                ground=Ground(one.get("ground", Ground.AGREEMENT)), ratio=decimal(one.get("ratio", "1")),
                reason=LangString.of(en=one.get("reason") or "decided outside this file"),
            ))  # fmt: skip
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, EcvetError):
            raise
        raise EquivalencesUnreadable(file=file, why=f"a member is missing or odd ({error})") from error
    return tuple(found)


def day(text: str | None, option: str = "--on") -> date | None:
    """A day written 2024-05-01. Raises a usage error that names the option."""
    import click

    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise click.BadParameter(f"“{text}” is not a day such as 2024-05-01", param_hint=option) from error
