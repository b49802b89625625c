"""Stays counted between institutions: one query over an index, no line of a learner is read."""

from collections.abc import Sequence
from datetime import date

from ecvet.terms import Identifier
from ecvet_platform.qualifications.paging import one_of, select


def flows(
    since: date, until: date, *, institution: Identifier | None, qualifications: Sequence[Identifier] = ()
) -> tuple[tuple[Identifier, Identifier, int, int], ...]:
    """Home and hosting institution, stays agreed that begin in the period, and learners.

    Only those in which the institution has a side, or of the qualifications; all without an institution.
    """
    sides, values = "", list[str]()
    if institution is not None:
        taught = f" OR qualification {one_of(qualifications)}" if qualifications else ""
        sides = f" AND (home = %s OR hosting = %s{taught})"
        values = [institution, institution, *qualifications]
    found = select(
        f"""SELECT home, hosting, COUNT(*), COUNT(DISTINCT learner_id)
        FROM mobility_agreement WHERE in_force IS NOT NULL AND starts BETWEEN %s AND %s{sides}
        GROUP BY home, hosting""",
        since.isoformat(), until.isoformat(), *values,
    )  # fmt: skip
    return tuple((Identifier(home), Identifier(hosting), count, people) for home, hosting, count, people in found)
