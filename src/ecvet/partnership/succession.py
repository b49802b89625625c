"""What becomes of an institution that merges, moves to another provider or is renamed: another continues it.

Signed records keep the name under which they were signed, so nothing is rewritten. From the day on, nothing new is
agreed with the institution that has ended; what runs goes on, and the successor's people act for it.
"""

from collections.abc import Mapping
from datetime import date

from ecvet.partnership.errors import InstitutionContinued, SuccessionCircular
from ecvet.partnership.institution import CompetentInstitution
from ecvet.terms import Failure, Identifier, Success


def may_be_continued(
    institution: Identifier, successor: Identifier, known: Mapping[Identifier, CompetentInstitution]
) -> Success | Failure:
    """Whether another institution may continue this one: not itself, nor one that it has itself continued."""
    one: Identifier | None = successor
    seen = {institution}
    while one is not None:
        if one in seen:
            return Failure(SuccessionCircular(institution=institution, successor=successor))
        seen.add(one)
        found = known.get(one)
        one = found.continued.by if found is not None and found.continued is not None else None
    return Success()


def successor(institution: Identifier, known: Mapping[Identifier, CompetentInstitution], on: date) -> Identifier:
    """Who stands in an institution's place on a day: itself, or the last of those that have continued it."""
    seen = {institution}
    found = known.get(institution)
    while found is not None and found.continued is not None and found.continued.since <= on:
        if found.continued.by in seen:
            break
        institution = found.continued.by
        seen.add(institution)
        found = known.get(institution)
    return institution


def may_agree(institution: CompetentInstitution, on: date) -> Success | Failure:
    """Whether something new may be agreed with an institution: not from the day on which another continues it."""
    done = institution.continued
    if done is not None and done.since <= on:
        return Failure(InstitutionContinued(institution=institution.name, successor=done.by, since=done.since))
    return Success()
