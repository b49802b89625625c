"""What a person may type about one requirement across the tree: a form for each kind, by the table `FORMS`."""

from typing import Any, Final

from ecvet.qualification.across import Kind, Requirement
from ecvet_platform.drafts.forms.across.counting import (
    AgeForm,
    AverageForm,
    DoubleCountForm,
    MinimumGradeForm,
    OverlayForm,
)
from ecvet_platform.drafts.forms.across.stating import Choices, RequirementForm
from ecvet_platform.drafts.forms.across.units import (
    BarredForm,
    BesideUnitsForm,
    CorequisiteForm,
    ExemptionForm,
    PrerequisiteForm,
)

FORMS: Final[dict[Kind, type[RequirementForm]]] = {
    Kind.OVERLAY: OverlayForm,
    Kind.BARRED: BarredForm,
    Kind.PREREQUISITE: PrerequisiteForm,
    Kind.COREQUISITE: CorequisiteForm,
    Kind.EXEMPTION: ExemptionForm,
    Kind.BESIDE_UNITS: BesideUnitsForm,
    Kind.MINIMUM_GRADE: MinimumGradeForm,
    Kind.AVERAGE: AverageForm,
    Kind.AGE: AgeForm,
    Kind.DOUBLE_COUNT: DoubleCountForm,
}


def requirement_form(data: Any, kind: Kind, item: Requirement | None, language: str, *, units: Choices,
                     groups: Choices) -> RequirementForm:  # fmt: skip
    """The form of a requirement, filled in with what is there."""
    initial: dict[str, Any] = {}
    if item is not None:
        title = getattr(item, "title", None)
        initial = {**FORMS[kind].shown(item), "text": item.text.in_(language) if item.text else "",
                   "title": title.in_(language) if title else ""}  # fmt: skip
    return FORMS[kind](data, initial=initial, units=list(units), groups=list(groups))
