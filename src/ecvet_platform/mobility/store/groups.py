"""Rows ↔ groups: the agreements that name the same common text, counted."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from ecvet.record import Address
from ecvet.terms import Identifier
from ecvet_platform.qualifications.paging import Value, day, page, words

_GROUPS: Final = """
SELECT a."group", MIN(a.title), MIN(a.home), MIN(a.hosting), COUNT(DISTINCT a.hosting), MIN(a.starts), MAX(a.ends),
    COUNT(*), SUM(CASE WHEN a.in_force IS NOT NULL THEN 1 ELSE 0 END),
    SUM(CASE WHEN a.stay IN ('started', 'interrupted') THEN 1 ELSE 0 END), MIN(a.qualification)
FROM mobility_agreement a
WHERE a."group" IS NOT NULL AND (a.home = %s OR a.hosting = %s OR a.thread IN (
    SELECT p.agreement_id FROM mobility_party p WHERE p.party = %s))"""


_FOUND: Final = """
AND a."group" IN (
    SELECT b."group" FROM mobility_agreement b JOIN mobility_learner m ON m.id = b.learner_id
    WHERE b."group" IS NOT NULL"""


@dataclass(frozen=True, slots=True)
class Line:
    """One group as lists show it; `hosting` is one of `hosts` hosting institutions, the days are the first and last."""

    text: Address
    title: str
    home: Identifier
    hosting: Identifier
    hosts: int
    starts: date
    ends: date | None
    learners: int
    in_force: int
    under_way: int
    qualification: Identifier


def groups(
    institution: Identifier, *, search: str = "", skip: int = 0, limit: int = 50
) -> tuple[tuple[Line, ...], int]:
    """The groups in which an institution has a part, the latest change first, and how many there are.

    A search finds groups of which an agreement or a learner has all words; such a group is counted whole.
    """
    values: list[Value] = [institution] * 3
    also, wanted = words(search, "b.folded", "m.folded")
    narrowed = f"{_FOUND}{also})" if also else ""
    sql = f'{_GROUPS}{narrowed} GROUP BY a."group" ORDER BY MAX(a.changed) DESC, a."group"'
    found, count = page(sql, [*values, *wanted], skip=skip, limit=limit, reading={5: day, 6: day})
    return tuple(Line(*row) for row in found), count
