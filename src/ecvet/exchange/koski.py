"""Study records of KOSKI, the national register of completed studies in Finland, as far as they are vocational.

A record holds, for each qualification aimed at, the units with points, grade, the group they were taken for, whether
they were recognised, and parts (sub-areas) of units. Only assessed units are held; of the person nothing is read. What
the record says is taken as it stands; whether the rules accept it is asked elsewhere (`ecvet.credit.accumulation`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ecvet.credit.accumulation.held import Held, Piece
from ecvet.exchange.errors import HeldUnreadable
from ecvet.exchange.koski_groups import declared_place
from ecvet.qualification.lint import TOLERANCE
from ecvet.qualification.qualification import Qualification
from ecvet.saying import say
from ecvet.terms import Finding, Identifier, LangString, Severity, decimal, decimal_text

NATIONAL: Final = "tutkinnonosat"
CHOICE: Final = "tutkinnonosatvalinnanmahdollisuus"
PARTIAL: Final = "ammatillinentutkintoosittainen"
SORTS: Final = {
    "ammatillinenkorkeakouluopintoja": "higher-education",
    "ammatillinenlukionopintoja": "upper-secondary",
    "ammatillinenmuitaopintovalmiuksiatukeviaopintoja": "other-studies",
    "ammatillisentutkinnonosanosaalue": "sub-units",
    "ammatillisentutkinnonosaapienempikokonaisuus": "sub-units",
    "tutkinnonosaapienempikokonaisuus": "sub-units",
}
"""What kind of other credit a part of a record is, by the code of its type; else a local unit or another's unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudiedPart:
    """A part of a unit (sub-area) with its own size; `grade` is empty while it is not assessed."""

    code: str
    points: Decimal | None
    grade: str
    compulsory: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StudiedUnit:
    """One unit of a record. `group` is the national code 1 to 4 of what it was taken for, or empty; `grade` is the
    last passing one, empty while the unit is not assessed; `origin` is the provider, or the diary number of the other
    qualification that it was taken from."""

    code: str
    id: Identifier
    title: LangString
    sort: str
    points: Decimal | None = None
    group: str = ""
    grade: str = ""
    assessed: date | None = None
    recognised: bool = False
    origin: str = ""
    parts: tuple[StudiedPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRecord:
    """One aim of a record: a qualification, or only some units of it (`whole` False).

    `diary` is the number of the national requirements, empty where there are none; `state` the last state of the right
    to study; `confirmed` the day on which the provider confirmed it as finished; `areas` the competence areas chosen.
    """

    code: str
    diary: str
    path: str
    whole: bool
    state: str
    began: date | None
    confirmed: date | None
    areas: tuple[str, ...]
    units: tuple[StudiedUnit, ...]

    @property
    def points(self) -> Decimal:
        """The points of all assessed units together."""
        return sum((unit.points or Decimal(0) for unit in self.units if unit.grade), Decimal(0))

    def held(self, towards: Qualification) -> Held:
        """What is held of it towards a qualification, each piece declared for the group it was taken for.

        Assessed units keep their code; a unit that the rules do not list is other credit of its sort. Where the rules
        have no such group, the piece keeps the national code of the group, and finds no place.
        """
        listed = set(towards.rules.units)
        links = {link.code: link.unit for link in towards.units}
        return Held(units=tuple(
            Piece(
                code=unit.code, points=unit.points, unit=links.get(unit.code, unit.id),
                sort="" if unit.code in listed else unit.sort, grade=unit.grade, gained=unit.assessed,
                recognised=unit.recognised, origin=unit.origin, declared=declared_place(towards, unit.group),
            )
            for unit in self.units if unit.grade
        ))  # fmt: skip

    def findings(self) -> tuple[Finding, ...]:
        """Parts that do not sum to the points of their unit (R-COMP-10); only a warning while it is not assessed."""
        found = []
        for unit in self.units:
            sizes = [part.points for part in unit.parts if part.points is not None]
            together = sum(sizes, Decimal(0))
            if unit.points is None or not sizes or abs(together - unit.points) <= TOLERANCE:
                continue
            severity = Severity.ERROR if unit.grade else Severity.WARNING
            found.append(
                Finding(
                    "R-COMP-10",
                    severity,
                    unit.code,
                    say(
                        "The parts of unit {code} have {together} points together, the unit {points}.",
                        code=unit.code,
                        together=together,
                        points=unit.points,
                    )
                    if unit.grade
                    else say(
                        "The parts of unit {code} have {together} points together, the unit, which is not "
                        "assessed yet, {points}.",
                        code=unit.code,
                        together=together,
                        points=unit.points,
                    ),
                    say("Complete the parts, or correct the points."),
                )
            )
        return tuple(found)


def is_koski(tree: object) -> bool:
    """Whether parsed JSON looks like a record of KOSKI."""
    return isinstance(tree, dict) and isinstance(tree.get("opiskeluoikeudet"), list)


def read_koski(tree: Any, name: str) -> tuple[StudyRecord, ...]:
    """All aims of a record, in its order. Raises `HeldUnreadable`, `NotPoints`."""
    try:
        return tuple(_aim(right, aim) for right in tree["opiskeluoikeudet"] for aim in right.get("suoritukset") or [])
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise HeldUnreadable(
            file=name, why=say("its KOSKI structure lacks a part or is odd ({error})", error=error)
        ) from error


def _aim(right: Any, aim: Any) -> StudyRecord:
    module = aim["koulutusmoduuli"]
    provider = (right.get("oppilaitos") or {}).get("oid") or "1.2.246"
    states = (right.get("tila") or {}).get("opiskeluoikeusjaksot") or []
    return StudyRecord(
        code=_code(module["tunniste"]),
        diary=module.get("perusteenDiaarinumero") or "",
        path=_code(aim.get("suoritustapa")),
        whole=_code(aim["tyyppi"]) != PARTIAL,
        state=_code(max(states, key=lambda one: one["alku"])["tila"]) if states else "",
        began=_day(right.get("alkamispäivä")),
        confirmed=_day((aim.get("vahvistus") or {}).get("päivä")),
        areas=tuple(_code(one["osaamisala"]) for one in aim.get("osaamisala") or []),
        units=tuple(_units(aim, provider)),
    )


def _units(aim: Any, provider: str, group: str = "") -> Iterator[StudiedUnit]:
    """The units of an aim; what stands below a “possibility of choice” is credit of its own, for the same group."""
    for part in aim.get("osasuoritukset") or []:
        module, mine = part["koulutusmoduuli"], _code(part.get("tutkinnonOsanRyhmä")) or group
        identity = module["tunniste"]
        if identity.get("koodistoUri") == CHOICE:
            yield from _units(part, provider, mine)
            continue
        code, national = _code(identity), identity.get("koodistoUri") == NATIONAL
        other = (part.get("tutkinto") or {}).get("perusteenDiaarinumero") or ""
        grade, on = _assessment(part)
        title = {tag: text for tag, text in (identity.get("nimi") or {}).items() if isinstance(text, str) and text}
        yield StudiedUnit(
            code=code,
            id=Identifier(f"urn:x-koodisto:{NATIONAL}:{code}" if national else f"urn:oid:{provider}#{code}"),
            title=LangString.of(title or {"fi": code}),
            sort=SORTS.get(_code(part.get("tyyppi")), "other-qualification" if national or other else "local-unit"),
            points=_points(module),
            group=mine,
            grade=grade,
            assessed=on,
            recognised=bool(part.get("tunnustettu")),
            origin=other or provider,
            parts=tuple(_parts(part)),
        )


def _parts(unit: Any) -> Iterator[StudiedPart]:
    for part in unit.get("osasuoritukset") or []:
        module = part["koulutusmoduuli"]
        yield StudiedPart(code=_code(module["tunniste"]), points=_points(module), grade=_assessment(part)[0],
                          compulsory=bool(module.get("pakollinen")))  # fmt: skip


def _assessment(part: Any) -> tuple[str, date | None]:
    """The grade and day of the last assessment that was passed."""
    passed = [one for one in part.get("arviointi") or [] if one.get("hyväksytty") is not False]
    if not passed:
        return "", None
    last = max(passed, key=lambda one: one.get("päivä") or "")
    return _code(last["arvosana"]), _day(last.get("päivä"))


def _points(module: Any) -> Decimal | None:
    size = (module.get("laajuus") or {}).get("arvo")
    return None if size is None else decimal(decimal_text(decimal(size)))


def _code(coded: Any) -> str:
    return str(coded["koodiarvo"]) if coded else ""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
