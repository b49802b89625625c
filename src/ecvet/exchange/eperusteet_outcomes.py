"""Outcomes of units in ePerusteet: those of the unit itself, or those of its sub-areas (osaAlueet), share by share.

A sub-area has a compulsory share and often an optional one, each with points, targets and criteria of its own; each
share becomes a sub-area of the unit (spec: partial attainments). Where several compulsory shares are variants of one
another (mother tongue Finnish, Sámi, Romani …), no single one is compulsory, and none of their outcomes is required
alone. The file does not mark variants; they are the compulsory shares of one area, or of areas whose codes differ only
in their number (VVAI, VVAI3).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ecvet.exchange.eperusteet_texts import names_in, pairs, plain, strip, word
from ecvet.qualification.unit import AssessmentCriterion, LearningOutcome, OutcomeKind, SubArea
from ecvet.terms import LangString, Points, decimal

SYSTEM = "fi-osp"


@dataclass(frozen=True, slots=True)
class _Share:
    """One share of a sub-area: as published, its position, and what it becomes."""

    source: Any
    position: str
    sub_area: SubArea
    required: bool


def outcomes_of(source: Any) -> tuple[LearningOutcome, ...]:
    """The outcomes of a unit: its own, or where it has none those of its sub-areas."""
    return tuple(_outcomes(source)) or tuple(
        replace(one, id=f"{share.position}.{one.id}", required=share.required)
        for share in _shares(source)
        for one in _outcomes(share.source)
    )


def sub_areas_of(source: Any) -> tuple[SubArea, ...]:
    """The shares of a unit's sub-areas, each with a code of its own."""
    return tuple(share.sub_area for share in _shares(source))


def assessment_of(source: Any) -> LangString | None:
    """How a unit is assessed; a common unit says so only by the targets of each of its sub-areas."""
    said = names_in(source.get("ammattitaidonOsoittamistavat") or {}, html=True)
    if said is not None:
        return said
    told: dict[str, list[str]] = {}
    for share in _shares(source):
        targets = [target for _, target in _targets(share.source)]
        for tag, title in share.sub_area.title.texts:
            names = [text for target in targets for tongue, text in target.texts if tongue == tag]
            if names:
                told.setdefault(tag, []).append(f"{title}: {'; '.join(names)}.")
    texts = {tag: " ".join(lines) for tag, lines in told.items()}
    return LangString.of(texts, authoritative="fi" if "fi" in texts else "") if texts else None


def _shares(source: Any) -> Iterator[_Share]:
    areas = [area for area in source.get("osaAlueet") or [] if names_in(area.get("nimi") or {})]
    kinds = Counter(_kind(area, goal) for area in areas for goal in area.get("osaamistavoitteet") or []
                    if goal.get("pakollinen"))  # fmt: skip
    taken: set[str] = set()
    for a, area in enumerate(areas, 1):
        title, goals = names_in(area["nimi"]), area.get("osaamistavoitteet")
        assert title is not None
        for g, goal in enumerate(goals or [area], 1):
            code = base = word(area, "koodiArvo") or str(a)
            number = 1
            while code in taken:
                number += 1
                code = f"{base}.{number}"
            taken.add(code)
            required = bool(goal.get("pakollinen")) and kinds[_kind(area, goal)] == 1
            size = goal.get("laajuus") if goals else None
            points = None if size is None else Points(decimal(plain(size)), SYSTEM)
            name = names_in(goal.get("nimi") or {}) or title
            yield _Share(goal, f"{a}.{g}" if goals else str(a),
                         SubArea(code=code, title=name, points=points, compulsory=required), required)  # fmt: skip


def _kind(area: Any, goal: Any) -> str:
    """What variants of one sub-area have in common: their code without its number, else the area itself."""
    return re.sub(r"\d+$", "", word(goal, "koodiArvo") or word(area, "koodiArvo")) or str(area.get("id"))


def _targets(source: Any) -> Iterator[tuple[Any, LangString]]:
    for area in (source.get("arviointi") or {}).get("arvioinninKohdealueet") or []:
        for target in area.get("arvioinninKohteet") or []:
            if title := names_in(target.get("otsikko") or {}) or names_in(area.get("otsikko") or {}):
                yield target, title


def _outcomes(source: Any) -> Iterator[LearningOutcome]:
    """Assessment targets with their criteria; where there are none, the items of the list of requirements."""
    areas = (source.get("arviointi") or {}).get("arvioinninKohdealueet") or []
    found = False
    for a, area in enumerate(areas, 1):
        for t, target in enumerate(area.get("arvioinninKohteet") or [], 1):
            text = names_in(target.get("otsikko") or {}) or names_in(area.get("otsikko") or {})
            if text is None:
                continue
            found = True
            written = [
                criterion
                for level in target.get("osaamistasonKriteerit") or []
                for criterion in level.get("kriteerit") or []
            ]
            criteria = tuple(AssessmentCriterion(id=f"{a}.{t}.{c}", text=one) for c, one in
                             enumerate(filter(None, map(names_in, written)), 1))  # fmt: skip
            yield LearningOutcome(id=f"{a}.{t}", text=text, kind=OutcomeKind.SKILLS, criteria=criteria,
                                  national_category="arvioinnin kohde")  # fmt: skip
    if found:
        return
    goals = (source.get("valmaTelmaSisalto") or {}).get("osaamistavoite") or []
    for g, goal in enumerate(goals, 1):
        for n, written in enumerate(goal.get("tavoitteet") or [], 1):
            if said := names_in(written):
                found = True
                yield LearningOutcome(id=f"{g}.{n}", text=said, kind=OutcomeKind.SKILLS,
                                      national_category="osaamistavoite")  # fmt: skip
    if found:
        return
    lists = {tag: [line for item in re.findall(r"<li>(.*?)</li>", html, re.S) if (line := strip(item))]
             for tag, html in pairs(source.get("ammattitaitovaatimukset") or _list(source))}  # fmt: skip
    longest = max(lists.values(), key=len, default=[])
    for n in range(len(longest)):
        texts = {tag: items[n] for tag, items in lists.items() if len(items) == len(longest)}
        yield LearningOutcome(id=str(n + 1), text=LangString.of(texts), kind=OutcomeKind.SKILLS,
                              national_category="ammattitaitovaatimus")  # fmt: skip


def _list(source: Any) -> Any:
    """The list of goals of a share, which stands under the name that a whole goal has elsewhere."""
    goals = source.get("tavoitteet")
    return goals if isinstance(goals, dict) else {}
