"""Small files of the formats that are read: our own words in the structure of each format."""

import copy
import json
from typing import Any

OURS = """
format: ecvet/1
language: en
qualification:
  id: https://body.example/cook
  code: COOK
  title: {en: Cook, fi: Kokki, authoritative: fi}
  institution: https://body.example/
  country: FI
  system: fi-osp
  points: 60
  eqf: 4
  valid: {start: 2024-08-01}
rules:
  title: Cook
  points: 60
  parts:
    - {unit: "007", compulsory: true, title: Kitchen work}
    - group: Options
      points: 20..40
      count: 2..
      parts: [{unit: B}, {unit: C}, {open: Local units, points: ..15, accepts: [local-unit]}]
    - group: Area
      role: competence-area
      code: "1"
      parts: [{unit: D}]
  barred: [{units: [B, C], at_most: 1}]
  overlays: [{which: {level_from: 3}, points: 10.., id: level}]
  prerequisites: [{unit: B, needs: ["007"], text: B builds on it.}]
units:
  - code: "007"
    title: Kitchen work
    points: 30
    assessment: A day in the kitchen
    outcomes:
      - {text: cook soup, kind: skills, criteria: [{text: it is hot}]}
      - {id: hygiene, text: knows hygiene, kind: knowledge}
  - {code: B, title: Baking, points: 10, most: 20}
  - {code: C, unit: https://other.example/units/C, points: 10, weight: 12.5}
  - {code: D, title: Desserts}
"""


def names(fi: str, **more: str) -> dict[str, str]:
    return {"fi": fi, "_id": "1", **more}


def rule(
    points: tuple[int | None, int | None] | None = None, count: tuple[int | None, int | None] | None = None
) -> Any:
    return {
        "laajuus": None if points is None else {"minimi": points[0], "maksimi": points[1], "yksikko": None},
        "koko": None if count is None else {"minimi": count[0], "maksimi": count[1]},
    }


def group(name: str, *below: Any, role: str = "määritelty", **more: Any) -> dict[str, Any]:
    return {"nimi": names(name), "rooli": role, "osat": list(below), "tunniste": name, **more}


def place(reference: int, must: bool = False) -> dict[str, Any]:
    return {"_tutkinnonOsaViite": str(reference), "pakollinen": must, "tunniste": f"place-{reference}"}


_TARGET = {
    "otsikko": names("Työn hallinta", sv="Arbetet"),
    "osaamistasonKriteerit": [{"kriteerit": [names("tekee hyvin"), names("tekee siististi")]}],
}
_UNITS = [
    {"id": 1, "koodiArvo": "100", "nimi": names("Ensimmäinen", sv="Första", en="First"),
     "ammattitaidonOsoittamistavat": names("<p>Näytössä &amp; työssä</p>"),
     "arviointi": {"arvioinninKohdealueet": [
         {"otsikko": names("Alue"), "arvioinninKohteet": [_TARGET, {"otsikko": None}]},
         {"otsikko": None, "arvioinninKohteet": [{"otsikko": None}]}]},
     "osaAlueet": [{"nimi": names("Kieli"), "koodiArvo": "AI", "osaamistavoitteet": [{"pakollinen": True}]},
                   {"nimi": None}]},
    {"id": 2, "koodiArvo": "200", "nimi": names("Toinen"),
     "ammattitaitovaatimukset": names("<ul><li>osaa yksi</li><li>osaa kaksi</li></ul>", sv="<ul><li>kan</li></ul>")},
    {"id": 3, "koodiArvo": "300", "nimi": names("Kolmas"),
     "valmaTelmaSisalto": {"osaamistavoite": [{"tavoitteet": [names("tuntee itsensä"), {}]}]}},
]  # fmt: skip
_TREE = {
    "nimi": None, "rooli": None, "kuvaus": names("<p>Laajuus on 60 osaamispistettä.</p>"),
    "muodostumisSaanto": rule((60, 60)),
    "osat": [
        group("Pakolliset", place(11, True), muodostumisSaanto=rule((40, 40))),
        group("Ala", place(12), place(13), role="osaamisala", osaamisala={"osaamisalakoodiArvo": "1525"},
              muodostumisSaanto=rule(None, (1, 2))),
        group("Nimike", role="tutkintonimike", tutkintonimike={"tutkintonimikekoodi": "10001"}),
        group("Paikallinen", role="määrittelemätön", muodostumisSaanto=rule((None, 20))),
    ],
}  # fmt: skip
EPERUSTEET: dict[str, Any] = {
    "id": 4711,
    "nimi": names("Esimerkkitutkinto", sv="Exempel", en="Example"),
    "diaarinumero": "1/011/2020",
    "koulutustyyppi": "koulutustyyppi_1",
    "voimassaoloAlkaa": 1438376400000,
    "voimassaoloLoppuu": None,
    "siirtymaPaattyy": 1640901600000,
    "globalVersion": {"aikaleima": 5},
    "suoritustavat": [
        {"suoritustapakoodi": "reformi", "rakenne": _TREE, "tutkinnonOsaViitteet": [
            {"id": 11, "laajuus": 40.0, "laajuusMaksimi": None, "_tutkinnonOsa": "1"},
            {"id": 12, "laajuus": 0, "laajuusMaksimi": 15, "_tutkinnonOsa": "2"},
            {"id": 13, "laajuus": None, "laajuusMaksimi": None, "_tutkinnonOsa": "3"},
        ]},
    ],
    "tutkinnonOsat": _UNITS,
}  # fmt: skip


def eperusteet(**changes: Any) -> bytes:
    return json.dumps({**copy.deepcopy(EPERUSTEET), **changes}).encode()


OPENECVET = b"""<?xml version="1.0"?>
<ecvetFramework URI="org.example.weld">
  <qualification URI=""><id>1</id><title>Welder</title>
    <unitList>
      <unit URI=""><id>1</id><title>Cut  metal</title><ecvetPoints>0</ecvetPoints><relativeWeight>40</relativeWeight>
        <learningOutcomeList><title>All</title>
          <learningOutcomeList><title>K</title>
            <learningOutcome><id>7</id><title>Kinds of metal</title></learningOutcome>
            <learningOutcome><id>8</id><title></title></learningOutcome>
            <qualificationFrameworkList>
              <qualificationFramework framework="EQF" frameworkTerm="knowledge"/></qualificationFrameworkList>
          </learningOutcomeList>
          <learningOutcomeList><title>C</title>
            <learningOutcome><id>9</id><title>Works safely</title>
              <achievementCriterion><title>wears gloves</title></achievementCriterion></learningOutcome>
            <qualificationFrameworkList>
              <qualificationFramework framework="EQF" frameworkTerm="competences"/></qualificationFrameworkList>
          </learningOutcomeList>
        </learningOutcomeList>
        <qualificationFrameworkList>
          <qualificationFramework framework="EQF" frameworkLevel="4"/></qualificationFrameworkList>
      </unit>
      <unit URI=""><id>2</id><title>Weld</title><relativeWeight>60</relativeWeight></unit>
    </unitList>
    <wholeEcvetPoints>0</wholeEcvetPoints>
  </qualification>
</ecvetFramework>"""
