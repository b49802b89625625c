"""One page of a list and how many lines there are on all pages, asked in one query."""

from typing import Any

from django.db.models import Count, QuerySet, Window


def page(rows: "QuerySet[Any]", *members: str, skip: int, limit: int) -> tuple[list[tuple[Any, ...]], int]:
    """These members of the rows from `skip` on, at most `limit` of them, and the number of all rows."""
    found = list(rows.annotate(_all=Window(Count("*"))).values_list(*members, "_all")[skip : skip + limit])
    if found:
        return [row[:-1] for row in found], found[0][-1]
    return [], rows.count() if skip else 0  # behind the last page nothing counts itself
