"""One page of a list and how many lines there are on all pages, asked in one query.

The four lists that everybody opens are written in SQL: for fifty lines Django needs longer to make its SQL and its rows
than the database needs to answer. The same SQL runs on SQLite and PostgreSQL; SQLite gives days and keys as text.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import connection

from ecvet_platform.qualifications.naming import fold

Value = str | int
Reading = Callable[[Any], date | UUID | None]


def page(
    sql: str, values: Sequence[Value], *, skip: int, limit: int, reading: Mapping[int, Reading] = MappingProxyType({})
) -> tuple[list[tuple[Any, ...]], int]:  # fmt: skip
    """The rows of a query from `skip` on, at most `limit` of them, and the number of all.

    `reading` says which columns are days or keys. The query has an order, and its own FROM, not that of a query within
    it, begins a line. The number is counted beside the page: a window over all lines would carry them all along.
    """
    columns, within = sql.split("\nFROM ", 1)
    before = columns.count("%s")
    lines = f"(SELECT COUNT(*) FROM (SELECT 1 FROM {within.rpartition(' ORDER BY ')[0]}) AS every_line)"
    counted = f"{columns}, {lines}\nFROM {within} LIMIT %s OFFSET %s"
    with connection.cursor() as cursor:
        cursor.execute(counted, [*values, *values[before:], limit, skip])
        found = cursor.fetchall()
        if found:
            return [_read(row, reading) for row in found], found[0][-1]
        if not skip:
            return [], 0
        cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS lines", values)  # behind the last page no row counts itself
        return [], cursor.fetchone()[0]


def select(sql: str, *values: Value) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def one_of(values: Sequence[object]) -> str:
    """The places of several values: `IN (%s, %s)`; nothing is one of none."""
    return f"IN ({', '.join(['%s'] * len(values)) or 'NULL'})"


def month(column: str) -> str:
    """The month of a day as `2026-05`, in SQL of the database that is here: SQLite keeps days as text."""
    return f"SUBSTR({column}, 1, 7)" if connection.vendor == "sqlite" else f"TO_CHAR({column}, 'YYYY-MM')"


def words(search: str, *columns: str) -> tuple[str, list[str]]:
    """That every word of a search stands in one of these columns, whose text is folded: SQL and values."""
    found = [f"%{_literal(word)}%" for word in fold(search).split()]
    each = " OR ".join(rf"{column} LIKE %s ESCAPE '\'" for column in columns)
    return f" AND ({each})" * len(found), [one for one in found for _ in columns]


def day(value: date | str | None) -> date | None:
    """A day as either database gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def key(value: UUID | str) -> UUID:
    """A key as either database gives it."""
    return UUID(value) if isinstance(value, str) else value


def _read(row: tuple[Any, ...], reading: Mapping[int, Reading]) -> tuple[Any, ...]:
    made = list(row[:-1])
    for place, read in reading.items():
        made[place] = read(made[place])
    return tuple(made)


def _literal(word: str) -> str:
    return word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
