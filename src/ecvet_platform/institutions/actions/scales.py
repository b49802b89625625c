"""The grading scales that are known here, as data: a grade stands on one of them (R-ASSESS-11).

National scales of vocational education; institutions that use none record only whether outcomes were achieved.
"""

from typing import Final

from ecvet.credit.assessment import GradingScale
from ecvet.terms import Identifier, LangString

_BASE: Final = "https://ecvet.example/scales/"

SCALES: Final = (
    GradingScale(
        id=Identifier(_BASE + "pass-fail"), name=LangString.of(en="Passed or failed"),
        values=("failed", "passed"), passes_from="passed",
    ),
    GradingScale(
        id=Identifier(_BASE + "fi-1-5"), name=LangString.of(en="Finland 1 to 5", fi="Suomi 1–5"),
        values=("0", "1", "2", "3", "4", "5"), passes_from="1",
    ),
    GradingScale(
        id=Identifier(_BASE + "it-100"), name=LangString.of(en="Italy, hundredths", it="Italia, centesimi"),
        values=tuple(str(one) for one in range(101)), passes_from="60",
    ),
    GradingScale(
        id=Identifier(_BASE + "fr-20"), name=LangString.of(en="France 0 to 20", fr="France, sur 20"),
        values=tuple(str(one) for one in range(21)), passes_from="10",
    ),
    GradingScale(
        id=Identifier(_BASE + "de-1-6"), name=LangString.of(en="Germany 6 to 1", de="Deutschland, Noten 6 bis 1"),
        values=("6", "5", "4", "3", "2", "1"), passes_from="4",
    ),
    GradingScale(
        id=Identifier(_BASE + "ee-2-5"), name=LangString.of(en="Estonia 2 to 5", et="Eesti, hinded 2–5"),
        values=("2", "3", "4", "5"), passes_from="3",
    ),
    GradingScale(
        id=Identifier(_BASE + "mt-unit"), name=LangString.of(en="Malta, unit grades"),
        values=("fail", "pass", "merit", "distinction"), passes_from="pass",
    ),
)  # fmt: skip
"""Values from worst to best, with the first that passes."""
