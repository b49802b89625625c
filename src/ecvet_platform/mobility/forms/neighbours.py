"""The form for a learning agreement of Erasmus Without Paper, and what of it travels to the page of proposing."""

from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ecvet.exchange.ewp_learning import Begun
from ecvet.terms import Identifier
from ecvet_platform.mobility.forms.agreements import Frame
from ecvet_platform.qualifications.naming import key_of

BEGUN: Final = ("start", "end", "activities", "mentor", "unit")
"""What an address says beside who goes where."""

MOST_WORDS: Final = 1500
"""How many signs of activities travel in an address."""


class EwpForm(forms.Form):
    """A learning agreement as another system hands it out."""

    file = forms.FileField(
        label=_("File"), widget=forms.FileInput(),
        help_text=_("A learning agreement of Erasmus Without Paper (XML); at most 2 MB."),
    )  # fmt: skip


def asked(begun: Begun, learner: Identifier | None, hosting: Identifier | None) -> str:
    """The query of the page of proposing; no personal data but the learner's key."""
    said: list[tuple[str, str]] = [("activities", begun.activities[:MOST_WORDS]), ("mentor", begun.contact[:200])]
    if begun.period is not None and begun.period.end is not None:
        said += [("start", begun.period.start.isoformat()), ("end", begun.period.end.isoformat())]
    said += [("unit", str(key_of(one))) for one in begun.units]
    if learner is not None:
        said.append(("learner", str(key_of(learner))))
    if hosting is not None:
        said.append(("hosting", hosting))
    if learner is not None and hosting is not None:
        said.append(("next", "1"))
    return urlencode([pair for pair in said if pair[1]])


def begun_with(query: QueryDict, frame: Frame) -> dict[str, Any]:
    """What an address fills into the form of an agreement, as `asked` wrote it."""
    found: dict[str, Any] = {name: query[name][:4000] for name in BEGUN[:-1] if query.get(name)}
    wanted = set(query.getlist("unit")[:200])
    if wanted:
        found |= {f"unit-{n}": str(key_of(unit.id)) in wanted for n, unit in enumerate(frame.units.values())}
    return found
