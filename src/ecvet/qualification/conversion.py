"""Points of one credit system in another, by a dated table of a competent institution (Annex II.4; R-POINTS-13, 14).

There is no factor for a whole system: in 2015 Finland made 120 study weeks 180 competence points, but of the parts 90
became 135, 20 became 35 and 10 stayed 10. Tables are directed. There is no way back, and no way over a third system,
unless a table of its own states it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ecvet.qualification.errors import ConversionNotInForce, ConversionNotStated
from ecvet.qualification.points import Input
from ecvet.saying import say
from ecvet.terms import Identifier, LangString, Period, Points, decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionRow:
    """What the points of one unit or part become. `code` names it in the qualification.

    With `in_proportion` the authority also states that smaller amounts within this part convert in the same proportion.
    """

    code: str
    given: Points
    becomes: Points
    in_proportion: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """An arrangement to convert the points of one version of a qualification, unit by unit (R-POINTS-14).

    `whole` is the row of the total; `rule` says in words what the arrangement is; `by` is the authority.
    """

    id: Identifier
    qualification: Identifier
    from_system: str
    to_system: str
    rule: LangString
    by: Identifier
    valid: Period
    whole: ConversionRow
    rows: tuple[ConversionRow, ...]
    source: str = ""

    def __post_init__(self) -> None:
        for row in (self.whole, *self.rows):
            if row.given.system != self.from_system or row.becomes.system != self.to_system or not row.given.value:
                raise ConversionNotStated(
                    what=say(
                        "row “{code}” from {from_system} to {to_system}",
                        code=row.code,
                        from_system=self.from_system,
                        to_system=self.to_system,
                    )
                )


def convert(points: Points, code: str, table: Conversion, on: date) -> Points:
    """What the points of a unit or part become by the table (R-POINTS-13).

    Raises `ConversionNotInForce`; `ConversionNotStated` for another system, an unknown unit, an amount that the table
    does not name, or one whose proportion is no exact decimal.
    """
    if on not in table.valid:
        raise ConversionNotInForce(conversion=table.id, valid=table.valid, on=on)
    for row in (table.whole, *table.rows):
        if row.code != code or row.given.system != points.system:
            continue
        if points == row.given:
            return row.becomes
        if row.in_proportion and points.value < row.given.value:
            return _in_proportion(points, row)
    raise ConversionNotStated(
        what=say(
            "{points} of “{code}” to {to_system} by {id}",
            points=points,
            code=code,
            to_system=table.to_system,
            id=table.id,
        )
    )


def conversion_for(
    tables: Iterable[Conversion], *, qualification: Identifier, from_system: str, to_system: str, on: date
) -> Conversion:
    """The table that converts directly in this direction, for this qualification, on that day (R-POINTS-14).

    Raises `ConversionNotStated`: tables are neither reversed nor chained.
    """
    wanted = (qualification, from_system, to_system)
    for table in tables:
        if (table.qualification, table.from_system, table.to_system) == wanted and on in table.valid:
            return table
    raise ConversionNotStated(
        what=say(
            "{qualification} from {from_system} to {to_system} on {on}",
            qualification=qualification,
            from_system=from_system,
            to_system=to_system,
            on=on,
        )
    )


def converted_inputs(points: Iterable[tuple[str, Points]], table: Conversion, on: date) -> tuple[Input, ...]:
    """The inputs of `Method.NATIONAL`: the units' national points, converted one by one. Raises as `convert` does."""
    return tuple(Input(code=code, value=convert(one, code, table, on).value, by=table.id) for code, one in points)


def _in_proportion(points: Points, row: ConversionRow) -> Points:
    exact = Fraction(points.value) * Fraction(row.becomes.value) / Fraction(row.given.value)
    scaled = exact * 10**9
    if scaled.denominator != 1:
        raise ConversionNotStated(
            what=say("{points} of “{code}”: the proportion gives no exact amount", points=points, code=row.code)
        )
    return Points(decimal(_decimal_text(int(scaled))), row.becomes.system)


def _decimal_text(billionths: int) -> str:
    whole, rest = divmod(billionths, 10**9)
    return f"{whole}.{rest:09d}"
