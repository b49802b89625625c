"""Small trees of rules of our own, and the shortest way to write them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ecvet.qualification.combination import Combination, Group, OpenSlot, Role, UnitPlace
from ecvet.qualification.qualification import Qualification, UnitLink
from ecvet.qualification.requirements import Window
from ecvet.terms import Country, Identifier, LangString, Points

BOARD = Identifier("https://board.example/")


def window(least: int | str | None, most: int | str | None = None) -> Window:
    return Window(None if least is None else Decimal(least), None if most is None else Decimal(most))


def exactly(amount: int | str) -> Window:
    return window(amount, amount)


def unit(code: str, *, must: bool = False, **more: Any) -> UnitPlace:
    return UnitPlace(unit=code, compulsory=must, **more)


def group(*children: UnitPlace | OpenSlot | Group, name: str = "", **more: Any) -> Group:
    title = LangString.of(en=name) if name else None
    return Group(children=children, id=name, title=title, **more)


def area(code: str, *children: UnitPlace | OpenSlot | Group, **more: Any) -> Group:
    return Group(children=children, role=Role.AREA, code=code, id=f"area-{code}", **more)


def slot(least: int | None = None, most: int | None = None, **more: Any) -> OpenSlot:
    bounds = None if least is None and most is None else window(least, most)
    return OpenSlot(points=bounds, **more)


def link(code: str, size: Any) -> UnitLink:
    least, most = size if isinstance(size, tuple) else (size, None)
    return UnitLink(
        code=code,
        unit=Identifier(f"https://board.example/units/{code}"),
        points=None if least is None else Points.of(str(least)),
        most=None if most is None else Points.of(str(most)),
    )


def qualification(
    root: Group, sizes: Mapping[str, Any] | None = None, total: int | None = None, **across: Any
) -> Qualification:
    rules = Combination(root=root, **across)
    known = sizes if sizes is not None else dict.fromkeys(rules.units, 10)
    return Qualification(
        id=Identifier("https://board.example/qualification"),
        code="Q",
        title=LangString.of(en="Qualification"),
        institution=BOARD,
        country=Country("FI"),
        rules=rules,
        units=tuple(link(code, size) for code, size in known.items()),
        points=None if total is None else Points.of(total),
    )
