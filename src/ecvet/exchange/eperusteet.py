"""Qualification requirements of the Finnish National Agency for Education, as the ePerusteet service publishes them.

A file may hold several paths (ops, naytto, reformi) with different rules over the same units; one is read at a time.
Only what has a meaning here is taken: names in three languages, points, the tree with its bounds and roles, outcomes
and criteria, validity. The meaning of the tree is not published; see `ecvet.qualification.reading`.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from ecvet.exchange.eperusteet_outcomes import SYSTEM, assessment_of, outcomes_of, sub_areas_of
from ecvet.exchange.eperusteet_texts import names_in, plain, word
from ecvet.exchange.errors import FileNotUnderstood, PathNotChosen, PathUnknown
from ecvet.qualification.combination import Combination, Group, Node, OpenSlot, Role, UnitPlace
from ecvet.qualification.qualification import Qualification, UnitLink
from ecvet.qualification.requirements import Window
from ecvet.qualification.unit import Unit
from ecvet.saying import say
from ecvet.terms import Country, EQFLevel, Identifier, LangString, NQFLevel, Period, Points, decimal

SERVICE: Final = "https://eperusteet.opintopolku.fi/eperusteet-service/api"
AGENCY: Final = Identifier("https://www.oph.fi/")
LEVELS: Final = {"koulutustyyppi_1": 4, "koulutustyyppi_11": 4, "koulutustyyppi_12": 5}
"""Levels of the Finnish framework (Decree 120/2017): vocational 4, further 4, specialist 5."""
ROLES: Final = {"osaamisala": Role.AREA, "tutkintonimike": Role.TITLE, "vieras": Role.FOREIGN}
OPEN: Final = "määrittelemätön"
CODES: Final = ("osaamisalakoodiArvo", "tutkintonimikekoodi", "arvo")


def is_eperusteet(tree: object) -> bool:
    """Whether parsed JSON looks like a published requirement of ePerusteet."""
    return isinstance(tree, dict) and "suoritustavat" in tree and "tutkinnonOsat" in tree


def read_eperusteet(tree: Any, name: str, path: str | None) -> tuple[Qualification, tuple[Unit, ...]]:
    """One path of a published requirement. Raises `PathNotChosen`, `PathUnknown`, `FileNotUnderstood`."""
    try:
        return _Reader(tree, name, path).read()
    except (KeyError, TypeError, AttributeError, ValueError, ArithmeticError) as error:
        raise FileNotUnderstood(
            name=name, why=say("its ePerusteet structure lacks a part or is odd ({error})", error=error)
        ) from error


class _Reader:
    def __init__(self, tree: Any, name: str, path: str | None):
        self.tree, self.name = tree, name
        paths = {way["suoritustapakoodi"]: way for way in tree["suoritustavat"] if way.get("rakenne")}
        if path is None and len(paths) > 1:
            raise PathNotChosen(name=name, paths=", ".join(sorted(paths)), first=min(paths))
        if not paths or (path is not None and path not in paths):
            raise PathUnknown(name=name, path=path or "", paths=", ".join(sorted(paths)) or "none")
        self.path = path or next(iter(paths))
        self.way = paths[self.path]
        self.sources = {str(unit["id"]): unit for unit in tree["tutkinnonOsat"]}
        self.references = {str(link["id"]): link for link in self.way["tutkinnonOsaViitteet"]}

    def read(self) -> tuple[Qualification, tuple[Unit, ...]]:
        tree = self.tree
        units, links = {}, {}
        for reference in self.references.values():
            source = self.sources.get(str(reference["_tutkinnonOsa"]))
            if source is not None and source["koodiArvo"] not in links:
                unit = self._unit(source)
                units[unit.code], links[unit.code] = unit, self._link(unit, reference)
        self.titles = {code: unit.title for code, unit in units.items()}
        root = self._node(self.way["rakenne"])
        if not isinstance(root, Group):
            raise FileNotUnderstood(name=self.name, why=say("its root is not a group"))
        level = LEVELS.get(tree.get("koulutustyyppi") or "")
        title = names_in(tree["nimi"]) or LangString.of(fi=tree["diaarinumero"])
        fixed = root.points and root.points.minimum == root.points.maximum and root.points.minimum
        return Qualification(
            id=Identifier(f"{SERVICE}/perusteet/{tree['id']}#{self.path}"),
            code=word(tree, "diaarinumero") or str(tree["id"]),
            title=title,
            institution=AGENCY,
            country=Country("FI"),
            rules=Combination(root=root),
            units=tuple(links.values()),
            version=str((tree.get("globalVersion") or {}).get("aikaleima") or "1"),
            path=self.path,
            eqf=EQFLevel(level) if level else None,
            nqf=NQFLevel("FiNQF", str(level)) if level else None,
            system=SYSTEM,
            points=Points(fixed, SYSTEM) if fixed else None,
            valid=_period(tree.get("voimassaoloAlkaa"), tree.get("voimassaoloLoppuu")),
            transition_end=_day(tree.get("siirtymaPaattyy")),
            unit_based=True,
        ), tuple(units.values())

    def _link(self, unit: Unit, reference: Any) -> UnitLink:
        least, most = reference.get("laajuus"), reference.get("laajuusMaksimi")
        return UnitLink(
            code=unit.code,
            unit=unit.id,
            points=None if least is None else Points(decimal(plain(least)), SYSTEM),
            most=None if most is None else Points(decimal(plain(most)), SYSTEM),
        )

    def _node(self, node: Any) -> Node:
        title, text = names_in(node.get("nimi") or {}), names_in(node.get("kuvaus") or {}, html=True)
        name = word(node, "tunniste")
        if "_tutkinnonOsaViite" in node:
            reference = self.references.get(str(node["_tutkinnonOsaViite"]), {})
            source = self.sources.get(str(reference.get("_tutkinnonOsa")), {})
            code = word(source, "koodiArvo") or f"?{node['_tutkinnonOsaViite']}"
            return UnitPlace(unit=code, compulsory=bool(node.get("pakollinen")), id=name,
                             title=title or self.titles.get(code), text=text)  # fmt: skip
        rule = node.get("muodostumisSaanto") or {}
        points, count = _window(rule.get("laajuus")), _window(rule.get("koko"))
        if node.get("rooli") == OPEN and not node.get("osat"):
            return OpenSlot(
                points=points, count=None, compulsory=bool(node.get("pakollinen")), id=name, title=title, text=text
            )
        named = node.get("osaamisala") or node.get("tutkintonimike") or {}
        return Group(
            children=tuple(self._node(child) for child in node.get("osat") or ()),
            points=points,
            count=count,
            compulsory=bool(node.get("pakollinen")),
            role=ROLES.get(node.get("rooli") or "", Role.DEFINED),
            code=next((code for name in CODES if (code := word(named, name))), ""),
            id=name,
            title=title or names_in(named.get("nimi") or {}),
            text=text,
        )

    def _unit(self, source: Any) -> Unit:
        code, title = word(source, "koodiArvo"), names_in(source["nimi"])
        return Unit(
            id=Identifier(f"{SERVICE}/tutkinnonosat/{source['id']}"),
            code=code,
            title=title or LangString.of(fi=code),
            institution=AGENCY,
            outcomes=outcomes_of(source),
            assessment=assessment_of(source),
            version=word(source, "muokattu") or "1",
            sub_areas=sub_areas_of(source),
        )


def _window(bounds: Any) -> Window | None:
    if not bounds or (bounds.get("minimi") is None and bounds.get("maksimi") is None):
        return None
    least, most = bounds.get("minimi"), bounds.get("maksimi")
    return Window(*(None if bound is None else decimal(plain(bound)) for bound in (least, most)))


def _day(milliseconds: str | None) -> date | None:
    """Midnight in Finland, two or three hours before midnight UTC, as the day meant."""
    if milliseconds is None:
        return None
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(milliseconds), hours=3)).date()


def _period(start: str | None, end: str | None) -> Period | None:
    first, last = _day(start), _day(end)
    return Period(first, last) if first else None
