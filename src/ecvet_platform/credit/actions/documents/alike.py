"""What all documents of credit say alike: learner, qualification, decision, outcomes, signatures."""

from collections.abc import Iterable, Mapping
from typing import Any

from ecvet.credit.assessment import Grade
from ecvet.credit.decision import Decider
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import Unit
from ecvet.record import Address
from ecvet.terms import Identifier, LangString, Period, Points
from ecvet_platform.credit.actions import learners
from ecvet_platform.credit.actions.scales import SCALES
from ecvet_platform.documents.values import Cell, Line, Value, said
from ecvet_platform.institutions.actions import register, signed
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.people.language import day
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.words import amount


def of_record(address: Address, check_at: str, issuer: Identifier) -> dict[str, Any]:
    """The members of a document that every record gives in the same way."""
    return {
        "address": address, "record": records.record_bytes(address), "signatures": records.signatures(address),
        "verification": check_at + address, "sealer": issuer, "sealed_by": name(issuer), "on": clock.today(),
    }  # fmt: skip


def learner(who: Identifier) -> dict[str, Line]:
    """Name and date of birth, as far as they are still known."""
    known = learners.known(who)
    born = known.person.birth_date if known.person else None
    return {"learner": known.called, "born": day(born) if born else ""}


def name(institution: Identifier) -> str:
    """What an institution is called."""
    return register.names((institution,))[institution]


def qualification(item: Qualification, language: str) -> dict[str, Line]:
    """Title and levels."""
    return {
        "qualification": said(item.title, language), "eqf": signed.level(item.eqf), "nqf": str(item.nqf or ""),
    }  # fmt: skip


def decision(by: Decider, on: Any, ground: LangString, language: str) -> dict[str, Line]:
    """Who decided what for whom, when, on which ground (R-RECOG-14)."""
    person = f"{by.name}, {by.position}" if by.position else by.name
    return {"body": name(by.institution), "by": person, "on": day(on), "ground": said(ground, language)}


def signatures(address: Address) -> Value:
    """Who signed the record, and when."""
    found = records.signatures(address)
    return signed.rows(found, {}, register.names(one.signer for one in found))


def outcomes(unit: Unit, wanted: Iterable[str], language: str) -> tuple[Line, ...]:
    """The words of outcomes in the order of the unit; one that it does not have by its name."""
    left = set(wanted)
    known = [said(one.text, language) for one in unit.outcomes if one.id in left]
    return (*known, *sorted(left - unit.outcome_ids))


def title(unit: Identifier, language: str, titles: Mapping[Identifier, LangString] | None = None) -> Line:
    """The title of a unit as published, else as somebody wrote it, else its name."""
    found = qualifications.find_unit(unit)
    if found is not None:
        return said(found.value.title, language)
    return said((titles or {}).get(unit), language) or unit


def points(given: Points | None) -> str:
    """Points with their system; nothing where there are none (R-POINTS-1)."""
    return "" if given is None else amount(given)


def period(given: Period | None) -> str:
    """From the first day to the last."""
    return "" if given is None else f"{day(given.start)} – {day(given.end) if given.end else '…'}"


def grade(given: Grade | None, language: str) -> dict[str, Cell]:
    """A grade as it was given, with its scale from worst to best and the first value that passes (R-ASSESS-11)."""
    if given is None:
        return {}
    scale = next((one for one in SCALES if one.id == given.scale), None)
    if scale is None:
        return {"grade": given.value, "scale": given.scale}
    span = f"{scale.values[0]} … {scale.values[-1]} (≥ {scale.passes_from})"
    return {"grade": given.value, "scale": (said(scale.name, language), span)}
