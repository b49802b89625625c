"""Words of the allocation of points: its methods, its criteria, the grounds of a comparison."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecvet.qualification import ComparisonGround, Criterion, Method

Words = dict[str, str | Promise]

METHODS: Final[Words] = {
    Method.MANUAL: _("Typed in, with a reason"),
    Method.PERCENT: _("By percent of the whole"),
    Method.CRITERIA: _("By scores for importance, complexity and effort"),
    Method.TIME: _("By hours of effort of a learner"),
    Method.EXPERTS: _("By the estimates of several experts"),
    Method.OUTCOME_COUNT: _("By the number of learning outcomes (crude)"),
    Method.NATIONAL: _("Converted from national points"),
}

CRITERIA: Final[Words] = {
    Criterion.IMPORTANCE: _("Importance for work, progression or social integration"),
    Criterion.COMPLEXITY: _("Complexity, scope and volume"),
    Criterion.EFFORT: _("Effort of a learner"),
}

GROUNDS: Final[Words] = {
    ComparisonGround.EQF_LEVEL: _("the same EQF level"),
    ComparisonGround.NQF_LEVEL: _("the same national level"),
    ComparisonGround.SIMILAR_OUTCOMES: _("similar outcomes in a related field"),
}

ALLOCATION: Final[dict[str, Any]] = {"methods": METHODS, "criteria": CRITERIA, "grounds": GROUNDS}
"""All of them, for the pages that show an allocation."""
