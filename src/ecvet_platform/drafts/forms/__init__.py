"""What a person may type about a draft. Each form shows a part of it (`of`) and makes the edit of it (`edit`)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, TypeVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecvet.errors import EcvetError
from ecvet.qualification.requirements import Window
from ecvet.terms import EQFLevel, Period
from ecvet_platform.people.telling import tell_all

T = TypeVar("T")

LEVELS: Final = (("", "–"), *((str(one), str(one)) for one in range(1, 9)))


def level(**more: Any) -> forms.ChoiceField:
    """A level of the EQF, or none."""
    return forms.ChoiceField(label=_("EQF level"), required=False, choices=LEVELS, **more)


def eqf(text: str) -> EQFLevel | None:
    """The level that was chosen."""
    return EQFLevel(int(text)) if text else None


def day(label: Any, **more: Any) -> forms.DateField:
    """A day, in the way browsers understand; none is needed."""
    widget = forms.DateInput(format="%Y-%m-%d")
    widget.input_type = "date"
    return forms.DateField(label=label, required=False, widget=widget, **more)


def amount(label: Any, **more: Any) -> forms.DecimalField:
    """An exact amount of points, or none."""
    return forms.DecimalField(
        label=label, required=False, min_value=Decimal(0), max_digits=12, decimal_places=3, **more
    )


def number(label: Any, **more: Any) -> forms.DecimalField:
    """A whole number, or none."""
    return forms.DecimalField(label=label, required=False, min_value=Decimal(0), max_digits=5, decimal_places=0, **more)


def lines(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    """Several things, one in a line."""
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), **more)


def parsed(parse: Callable[[str], T], text: str) -> T:
    """What was typed, read by the core; its refusal is shown at the field. Raises `ValidationError`."""
    try:
        return parse(text)
    except EcvetError as error:
        raise forms.ValidationError(tell_all(error)) from error


def ordered(form: forms.Form, first: str, last: str) -> None:
    """Say at the second of two fields that it lies below the first."""
    least, most = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if least is not None and most is not None and most < least:
        form.add_error(last, gettext("This lies below “%(first)s”. Correct one of the two.")
                       % {"first": form.fields[first].label})  # fmt: skip


def period(start: Any, end: Any) -> Period | None:
    """The days of a validity, where a first one was typed."""
    return Period(start, end) if start else None


def window(data: dict[str, Any], name: str) -> Window | None:
    """The bounds typed under a name; None where there are none. Without zeros behind the last figure."""
    least, most = (data[f"{end}_{name}"] for end in ("least", "most"))
    return None if least is None and most is None else Window(_plain(least), _plain(most))


def windowed(name: str, bounds: Window | None) -> dict[str, Any]:
    """What the two fields of a name show of its bounds."""
    ends = (None, None) if bounds is None else (_plain(bounds.minimum), _plain(bounds.maximum))
    return {f"least_{name}": ends[0], f"most_{name}": ends[1]}


def _plain(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(format(value.normalize(), "f"))
