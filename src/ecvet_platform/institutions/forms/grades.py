"""Tables of grades in a memorandum: whose grades, on which scales, with which pass marks, one grade in a line."""

from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecvet.credit.grading import table_holds
from ecvet.partnership import CompetentInstitution
from ecvet.partnership.grades import GradePair, GradeTable
from ecvet.terms import Failure, Identifier, Period
from ecvet_platform.institutions.actions.scales import SCALES
from ecvet_platform.institutions.forms import DateInput
from ecvet_platform.people.doors import refuse

_NAMES: Final = ("between", "scale", "passes", "home", "home_passes", "from", "until", "pairs")
_NEEDED: Final = ("between", "scale", "home", "from", "pairs")


class GradeTablesForm(forms.Form):
    """The fields of table n are grades-n-between … grades-n-pairs; a table whose lines are emptied is taken out."""

    def add_tables(self, parties: tuple[CompetentInstitution, ...], tables: tuple[GradeTable, ...]) -> None:
        """Fields for the tables that are there, and for as many more as there are directions between two parties."""
        language = get_language() or "en"
        named = {one.id: str(one.name) for one in parties}
        ways = [(f"{a} {b}", f"{named[a]} → {named[b]}") for a, b in permutations(named, 2)]
        scales = [("", "–"), *((one.id, one.name.in_(language, "en")) for one in SCALES)]
        self.tables = len(tables) + 2
        for n in range(self.tables):
            made: Mapping[str, forms.Field] = {
                "between": forms.ChoiceField(
                    label=_("Whose grades, read by whom"), required=False, choices=[("", "–"), *ways]
                ),
                "scale": forms.ChoiceField(label=_("Scale of the grades given"), required=False, choices=scales),
                "passes": forms.CharField(
                    label=_("Passes from"), required=False, max_length=20,
                    help_text=_("Empty for the pass mark of the scale."),
                ),
                "home": forms.ChoiceField(label=_("Scale on which they are read"), required=False, choices=scales),
                "home_passes": forms.CharField(
                    label=_("Passes there from"), required=False, max_length=20,
                    help_text=_("Empty for the pass mark of the scale."),
                ),
                "from": forms.DateField(label=_("Holds from"), required=False, widget=DateInput()),
                "until": forms.DateField(label=_("Holds until"), required=False, widget=DateInput()),
                "pairs": forms.CharField(
                    label=_("Grades"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 6}),
                    help_text=_("One in a line: the grade given, an equals sign, the grade it is read as: 14 = 82"),
                ),
            }  # fmt: skip
            for name, field in made.items():
                self.fields[f"grades-{n}-{name}"] = field

    @property
    def grade_rows(self) -> Iterator[tuple[int, str, tuple[BoundField, ...]]]:
        """Each table by its number from one on, between whom it is if that is known, and its fields."""
        for n in range(self.tables):
            bounds = tuple(self[f"grades-{n}-{name}"] for name in _NAMES)
            choices = dict(self.fields[f"grades-{n}-between"].choices)  # type: ignore[attr-defined]
            chosen = bounds[0].value()
            yield n + 1, str(choices.get(chosen, "")) if chosen else "", bounds

    def check_tables(self, data: dict[str, Any]) -> None:
        """Complete, days in their order, grades on their scales; what is wrong is said at its field."""
        self.grade_tables: tuple[GradeTable, ...] = ()
        for n in range(self.tables):
            given = {name: data.get(f"grades-{n}-{name}") for name in _NAMES}
            if not any(given[name] for name in _NAMES if name not in ("from", "until")):
                continue
            if not given["pairs"] and f"grades-{n}-pairs" not in self.errors and self._was_there(n):
                continue
            missing = [name for name in _NEEDED if not given[name] and f"grades-{n}-{name}" not in self.errors]
            for name in missing:
                self.add_error(f"grades-{n}-{name}", _("Needed for a table of grades."))
            if given["from"] and given["until"] and given["until"] < given["from"]:
                self.add_error(f"grades-{n}-until", _("The last day lies before the first. Correct one of the two."))
            elif not missing and not any(f"grades-{n}-{name}" in self.errors for name in _NAMES):
                self._read(n, given)

    def _was_there(self, n: int) -> bool:
        return bool(self.initial.get(f"grades-{n}-pairs"))

    def _read(self, n: int, given: dict[str, Any]) -> None:
        lines = [line.partition("=") for line in given["pairs"].splitlines() if line.strip()]
        if any(not grade.strip() or not read.strip() for grade, _sign, read in lines):
            self.add_error(f"grades-{n}-pairs", _("Each line needs a grade, an equals sign and another grade."))
            return
        marks = {one.id: one.passes_from for one in SCALES}
        by, to = given["between"].split(" ")
        table = GradeTable(
            given_by=Identifier(by), read_by=Identifier(to), scale=Identifier(given["scale"]),
            home_scale=Identifier(given["home"]), valid=Period(given["from"], given["until"]),
            passes_from=given["passes"].strip() or marks[given["scale"]],
            home_passes_from=given["home_passes"].strip() or marks[given["home"]],
            pairs=tuple(GradePair(grade=grade.strip(), read_as=read.strip()) for grade, _sign, read in lines),
        )  # fmt: skip
        answer = table_holds(table, SCALES)
        if isinstance(answer, Failure):
            refuse(self, answer.reason, f"grades-{n}-pairs")
        else:
            self.grade_tables += (table,)


def tables_shown(tables: tuple[GradeTable, ...]) -> dict[str, Any]:
    """What the form shows of the tables of a memorandum that is to be changed."""
    found: dict[str, Any] = {}
    for n, one in enumerate(tables):
        values = (
            f"{one.given_by} {one.read_by}", one.scale, one.passes_from, one.home_scale, one.home_passes_from,
            one.valid.start, one.valid.end, "\n".join(f"{each.grade} = {each.read_as}" for each in one.pairs),
        )  # fmt: skip
        found |= {f"grades-{n}-{name}": value for name, value in zip(_NAMES, values, strict=True)}
    return found
