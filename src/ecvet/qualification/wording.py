"""Remarks on how a learning outcome is written: never a refusal, always something a person may know better.

An outcome is a statement of what a learner knows, understands and is able to do (Recommendation 2009/C 155/02,
Annex I(b)), so that it can be assessed: a verb that nobody can see or hear leaves two assessors to judge differently.
It speaks of what is achieved and not of a course, its hours or its place (R-UNIT-8). The words are data, by language;
an outcome in a language without a list gets no remark about its verbs.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from ecvet.qualification.unit import LearningOutcome, Unit
from ecvet.saying import Said, say
from ecvet.terms import Finding, Severity

MOST_LETTERS: Final = 300
"""Longer outcomes are several, or hold criteria."""

VAGUE: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("know", "knows", "understand", "understands", "be aware of", "is aware of", "be familiar with",
           "is familiar with", "appreciate", "appreciates", "learn", "learns", "have knowledge of", "has knowledge of",
           "have an understanding of", "has an understanding of", "be acquainted with", "is acquainted with"),
    "de": ("kennt", "kennen", "weiss", "wissen", "versteht", "verstehen", "ist vertraut mit", "ist sich bewusst",
           "lernt", "hat kenntnisse"),
    "fr": ("connait", "connaitre", "sait", "savoir", "comprend", "comprendre", "a conscience de",
           "est familiarise avec", "apprend", "apprecie"),
    "es": ("conoce", "conocer", "sabe", "saber", "comprende", "comprender", "entiende", "entender",
           "es consciente de", "esta familiarizado con", "aprende"),
    "it": ("conosce", "conoscere", "sa", "sapere", "comprende", "comprendere", "capisce", "capire",
           "e consapevole di", "ha familiarita con", "impara"),
    "pt": ("conhece", "conhecer", "sabe", "saber", "compreende", "compreender", "entende", "esta ciente de", "aprende"),
    "nl": ("kent", "kennen", "weet", "weten", "begrijpt", "begrijpen", "is bekend met", "is zich bewust van", "leert"),
    "fi": ("tietaa", "tuntee", "ymmartaa", "tiedostaa", "oppii", "on perehtynyt"),
    "sv": ("kanner till", "vet", "forstar", "ar medveten om", "ar bekant med", "lar sig"),
    "da": ("kender", "ved", "forstar", "er bevidst om", "er bekendt med", "laerer"),
    "et": ("teab", "tunneb", "moistab", "on teadlik", "opib"),
    "pl": ("zna", "wie", "rozumie", "jest swiadomy", "uczy sie"),
}  # fmt: skip
"""Verbs without anything to be seen or heard, folded (no accents, no capitals), by the language of the text."""

TEACHING: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("course", "courses", "lesson", "lessons", "lecture", "lectures", "module", "hours of teaching", "semester"),
    "de": ("kurs", "kurse", "unterricht", "vorlesung", "lehrveranstaltung", "semester"),
    "fr": ("cours", "lecon", "lecons", "semestre"),
    "es": ("curso", "clases", "asignatura", "semestre"),
    "it": ("corso", "lezione", "lezioni", "semestre"),
    "fi": ("kurssi", "kurssin", "luento", "oppitunti"),
}
"""Words of teaching, folded: an outcome asks for no course, provider, place or duration (R-UNIT-8)."""


def remarks(outcome: LearningOutcome) -> tuple[Finding, ...]:
    """What may be improved in the wording of one outcome; the subject is its id."""
    return tuple(_remarks(outcome))


def unit_remarks(unit: Unit) -> dict[str, tuple[Finding, ...]]:
    """The remarks on the outcomes of a unit, by their id; outcomes that say the same are remarked on too."""
    found = {one.id: remarks(one) for one in unit.outcomes}
    first: dict[str, str] = {}
    for one in unit.outcomes:
        text = _folded(one.text.in_(one.text.authoritative))
        if text in first:
            same = _flag(
                "R-UNIT-5", one.id, say("It says the same as another outcome of the unit."), say("Keep one of them.")
            )
            found[one.id] = (*found[one.id], same)
        first.setdefault(text, one.id)
    return {name: those for name, those in found.items() if those}


def _remarks(outcome: LearningOutcome) -> Iterator[Finding]:
    text, language = outcome.text.in_(outcome.text.authoritative), outcome.text.authoritative
    verb = _found(text, VAGUE.get(language, ()))
    if verb:
        yield _flag(
            "R-UNIT-1",
            outcome.id,
            say("“{verb}” cannot be seen or heard.", verb=verb),
            say("Say what the learner does that shows it: describes, explains, measures, decides."),
        )
    word = _found(text, TEACHING.get(language, ()))
    if word:
        yield _flag(
            "R-UNIT-8",
            outcome.id,
            say("“{word}” speaks of teaching.", word=word),
            say("Say what is achieved, whatever the way to it."),
        )
    if len(text) > MOST_LETTERS or len([one for one in re.split(r"[.;!?]\s", text.strip()) if one]) > 1:
        yield _flag(
            "R-UNIT-9",
            outcome.id,
            say("It is several sentences, or a long one."),
            say("Make several outcomes of it, or move what says how well into criteria."),
        )


def _found(text: str, words: tuple[str, ...]) -> str:
    if not words:
        return ""
    match = _pattern(words).search(_folded(text))
    return match[0] if match else ""


@lru_cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")


def _folded(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(one for one in spread if not unicodedata.combining(one)).split())


def _flag(rule: str, subject: str, sentence: Said, remedy: Said) -> Finding:
    return Finding(rule, Severity.FLAG, subject, sentence, remedy)
