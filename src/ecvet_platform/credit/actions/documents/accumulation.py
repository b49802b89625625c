"""The statement of accumulated credit: what is held on a day, why it counts or not, and what is missing.

No record stands behind it, for accumulation is a view of decisions and decides nothing; what was computed is attached.
"""

from decimal import Decimal

from django.utils.translation import gettext as _

from ecvet.credit.accumulation import Completion, Progress
from ecvet.qualification.qualification import Qualification
from ecvet.record import canonical, plain
from ecvet.terms import Points
from ecvet_platform.credit import words
from ecvet_platform.credit.actions import learners
from ecvet_platform.credit.actions.accumulate import Standing
from ecvet_platform.credit.actions.documents import alike
from ecvet_platform.documents.fields import ACCUMULATION
from ecvet_platform.documents.values import Document, Line, Text
from ecvet_platform.journal import clock
from ecvet_platform.people.language import day, number
from ecvet_platform.people.telling import tell


def document(found: Standing, language: str, page: str) -> Document:
    """The document of where a learner stands today, by the home institution; `page` shows where she stands later."""
    item, progress, about = found.qualification.value, found.progress, alike.learner(found.learner)
    home = learners.home_of(found.learner)
    titles = {link.code: alike.title(link.unit, language) for link in item.units}
    return Document(
        form=ACCUMULATION, language=language, title=f"{ACCUMULATION.title}: {about['learner']}", on=clock.today(),
        lead=_("Made on %(day)s") % {"day": day(clock.today())}, record=_bytes(found), verification=page,
        sealer=home, sealed_by=alike.name(home),
        values={
            **about, **alike.qualification(item, language), "home": alike.name(home), "standing": _standing(found),
            "counted": _counted(progress, item), 
            "reading": str(words.READINGS.get(progress.reading, progress.reading)),
            "held": tuple(
                {
                    "unit": _called(one.piece.code, titles), "points": _amount(one.piece.points, item),
                    "counts": _("Yes") if one.place else _("No"), "why": tell(one.why),
                }
                for one in progress.units
            ),
            "missing": tuple(_missing(one, titles, language) for one in progress.missing) or _("nothing"),
            "undecided": tuple(map(tell, progress.undecided)),
            "completion": _completion(progress.completion, item, titles) if not progress.complete else (),
            "awards": tuple(
                f"{day(one.on)}: {alike.name(one.by.institution)} ({one.by.name})"
                for one in (each.value for each in found.awards)
            ),
        },
    )  # fmt: skip


def _english(sentence: str, language: str) -> Line:
    """What the core says, which is English, so that it is pronounced as such."""
    return Text(sentence, "" if language == "en" else "en")


def _missing(sentence: str, titles: dict[str, Line], language: str) -> Line:
    """What is missing, with the title of a unit that the rules call by its code only."""
    code, _space, rest = sentence.partition(" ")
    found = titles.get(code)
    if found is None or rest.startswith(str(getattr(found, "words", found))):
        return _english(sentence, language)
    return _english(f"{getattr(found, 'words', found)} ({code}) {rest}", language)


def _bytes(found: Standing) -> bytes:
    """What was computed and from which decisions, as canonical JSON."""
    told = {
        "learner": found.learner, "qualification": found.qualification.value.id, "on": clock.today().isoformat(),
        "progress": plain(found.progress), "recognitions": [one.address for one in found.recognitions],
        "achievements": [one.address for one in found.achievements], "awards": [one.address for one in found.awards],
    }  # fmt: skip
    return canonical(told)  # type: ignore[arg-type]  # the plain form of a value is JSON


def _standing(found: Standing) -> str:
    if found.awards:
        return _("Awarded")
    if found.progress.complete is None:
        return _("Undecided")
    return _("Complete") if found.progress.complete else _("Not complete")


def _counted(progress: Progress, item: Qualification) -> str:
    if progress.counted_points is None:
        return _("no points")
    counted = _amount(progress.counted_points, item)
    return f"{counted} / {number(item.points.value)}" if item.points else counted


def _amount(points: Decimal | None, item: Qualification) -> str:
    return "" if points is None else alike.points(Points(points, item.system))


def _called(code: str, titles: dict[str, Line]) -> Line:
    return titles.get(code) or code or _("credit from elsewhere")


def _completion(completion: Completion | None, item: Qualification, titles: dict[str, Line]) -> tuple[str, ...]:
    """The units to add, each with its points."""
    made = []
    for one in completion.add if completion else ():
        called, points = _called(one.piece.code, titles), _amount(one.piece.points, item)
        made.append(f"{called if isinstance(called, str) else called.words}{f' ({points})' if points else ''}")
    return tuple(made)
