"""Our learning agreement in the form of Erasmus Without Paper, with everything it loses there; and ours begun from one.

The first version in force becomes `first-version`, what holds now `approved-changes` against it, what is proposed now
`changes-proposal`, named by the address of its record: it changes if and only if the version does. The other way
nothing is agreed by reading: a person chooses the units and everybody signs here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ecvet.exchange.ewp_agreement import (
    Component,
    EwpAgreement,
    Listed,
    Partner,
    Signed,
    Step,
    Student,
    Table,
    to_be,
)
from ecvet.exchange.report import Became, Remark, Report
from ecvet.mobility.agreement import AgreedUnit, LearningAgreement, Role
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import Unit
from ecvet.record import Recorded
from ecvet.terms import Identifier, LangString, Period, decimal_text

PROGRAM: Final = "ecvet"
_TABLES: Final = {"virtual": Table.VIRTUAL, "blended": Table.BLENDED}
_ALWAYS_LOST: Final = (
    ("outcomes", "Which learning outcomes are agreed is not told: EWP knows courses and credits only."),
    ("assessment", "Who assesses, validates and recognises, how and when is not told."),
    ("memorandum", "The memorandum of understanding in whose frame it stands is not told."),
    ("signature", "The signatures are told as names and times only; they prove nothing in EWP."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of an agreement with who signed it in which role, as EWP tells it."""

    agreement: Recorded[LearningAgreement]
    signed: Mapping[Role, Signed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What EWP asks for and the agreement does not say. `titles` are those of units by their identifier."""

    mobility: str
    sending: Partner
    receiving: Partner
    student: Student
    titles: Mapping[Identifier, LangString]
    isced: str = ""
    language: str = ""
    cefr: str = ""


def told(
    held: Sequence[Version], proposed: Version | None, around: Around
) -> tuple[EwpAgreement, tuple[Remark, ...]]:  # fmt: skip
    """The agreement of the versions that came into force, the first one first, and of the one proposed now.

    At least one of the two must be given; else `ValueError`.
    """
    report = Report()
    shown = held[-1] if held else proposed
    if shown is None:
        raise ValueError("there is no version to tell")
    item = shown.agreement.value
    _losses(held, item, report)
    first = held[0] if held else None
    base = _components(first.agreement.value, around) if first else ()
    new: tuple[Component, ...] = ()
    if proposed is not None:
        new = _changes(base, proposed, around) if first else _components(proposed.agreement.value, around)
    return EwpAgreement(
        mobility=around.mobility, sending=around.sending, receiving=around.receiving,
        student=replace(around.student, gender=around.student.gender or "0"), period=item.period,
        year=_year(item.period, report), eqf=item.eqf, isced=around.isced, language=around.language, cefr=around.cefr,
        first=_listed(base, first) if first else None,
        approved=_listed(_changes(base, held[-1], around), held[-1]) if len(held) > 1 else None,
        proposed=replace(_listed(new, proposed), id=proposed.agreement.address) if proposed else None,
    ), report.remarks  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What an agreement of ours can begin with: days, units meant by their code or title, and the rest in words.

    `unmatched` are the components to be recognised for which no unit is found: a person has to choose.
    """

    mobility: str
    sending: str
    receiving: str
    called: str
    period: Period | None
    units: tuple[Identifier, ...]
    unmatched: tuple[str, ...]
    activities: str
    contact: str


def begun(agreement: EwpAgreement, qualification: Qualification | None, units: Mapping[Identifier, Unit]) -> Begun:
    """What of an EWP agreement, as it is to be with what is proposed, an agreement here can begin with."""
    components = to_be(agreement)
    wanted = [one for one in components if one.table is Table.RECOGNISED]
    found: dict[Identifier, None] = {}
    unmatched = []
    for one in wanted:
        meant = _meant(one, qualification, units)
        if meant is None:
            unmatched.append(_named(one))
        else:
            found[meant] = None
    return Begun(
        mobility=agreement.mobility, sending=agreement.sending.schac, receiving=agreement.receiving.schac,
        called=str(agreement.student), period=agreement.period, units=tuple(found), unmatched=tuple(unmatched),
        activities="\n".join(_named(one) for one in components if one.table is not Table.RECOGNISED),
        contact=f"{agreement.receiving.given_names} {agreement.receiving.family_name}".strip(),
    )  # fmt: skip


# ------------------------------------------------------------- inside
def _components(item: LearningAgreement, around: Around) -> tuple[Component, ...]:
    """For each unit what is studied abroad and what is recognised at home."""
    return tuple(
        one for unit in item.units for one in (_studied(unit, item, around), _recognised(unit, item))
    )  # fmt: skip


def _studied(unit: AgreedUnit, item: LearningAgreement, around: Around) -> Component:
    table = _TABLES.get(item.mode, Table.STUDIED)
    title = around.titles.get(unit.hosting_unit, unit.title) if unit.hosting_unit else unit.title
    return Component(
        table=table, title=str(title), code=unit.code, points=(unit.hosting_points,) if unit.hosting_points else (),
        description=str(unit.activities or title) if table is not Table.STUDIED else "",
    )  # fmt: skip


def _recognised(unit: AgreedUnit, item: LearningAgreement) -> Component:
    return Component(
        table=Table.RECOGNISED, title=str(unit.title), code=unit.code,
        points=(unit.home_points,) if unit.home_points else (),
        conditions="" if item.will_recognise else "The home institution does not promise recognition.",
    )  # fmt: skip


def _changes(base: Sequence[Component], version: Version, around: Around) -> tuple[Component, ...]:
    """What a version does to the first one. A component whose credits changed is deleted and inserted."""
    now = _components(version.agreement.value, around)
    why = version.agreement.value.amendment
    text = str(why.text) if why and why.text else ", ".join(sorted(why.reasons)) if why else ""
    gone = (replace(one, step=Step.DELETED, reason_text=text) for one in base if one not in now)
    come = (replace(one, step=Step.INSERTED, reason_text=text) for one in now if one not in base)
    return (*gone, *come)


def _listed(components: tuple[Component, ...], version: Version) -> Listed:
    return Listed(
        components=components, student_signed=version.signed.get(Role.LEARNER),
        sending_signed=version.signed.get(Role.HOME), receiving_signed=version.signed.get(Role.HOSTING),
    )  # fmt: skip


def _year(period: Period, report: Report) -> str:
    """The academic year in which a stay begins, where it begins in autumn."""
    first = period.start.year if period.start.month > 7 else period.start.year - 1
    guess = f"It is told as {first}/{first + 1}, as if the year of the host began in autumn."
    report.note(Became.FLAGGED, "receiving-academic-year-id", guess)
    return f"{first}/{first + 1}"


def _losses(held: Sequence[Version], item: LearningAgreement, report: Report) -> None:
    for subject, sentence in _ALWAYS_LOST:
        report.note(Became.LOST, subject, sentence, "Send the PDF or the signed record beside it.")
    if held and held[0].agreement.value.period != held[-1].agreement.value.period:
        report.note(Became.LOST, "period", "EWP tells the days that hold now; those agreed first are not told.")
    if len(held) > 2:
        report.note(Became.LOST, "versions", "The versions between the first and the one in force are not told.")
    for one in item.units:
        if one.part:
            report.note(Became.LOST, str(one.title), "That only a part of the unit is agreed is not told.")
        if one.activities and item.mode not in _TABLES:
            report.note(Became.LOST, str(one.title), "Its learning activities are not told.")
    for role in (Role.GUARDIAN, Role.INTERMEDIARY):
        if item.party(role):
            report.note(Became.LOST, role, "EWP knows three signatories; this one is not told.")


def _meant(one: Component, qualification: Qualification | None, units: Mapping[Identifier, Unit]) -> Identifier | None:
    """The unit with the code of the component, else the only one with its title."""
    link = qualification.link(one.code) if qualification and one.code else None
    if link is not None and link.unit in units:
        return link.unit
    title = one.title.casefold()
    same = [id_ for id_, unit in units.items() if title in {text.casefold() for _, text in unit.title.texts}]
    return same[0] if len(same) == 1 else None


def _named(one: Component) -> str:
    amounts = ", ".join(f"{decimal_text(points.value)} {points.system.upper()}" for points in one.points)
    code = f"{one.code} " if one.code else ""
    return f"{code}{one.title} ({amounts})" if amounts else f"{code}{one.title}"
