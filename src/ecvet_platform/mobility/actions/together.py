"""One step for several learners at once: for all of them or for nobody, with every reason and not only the first."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import transaction

from ecvet.errors import EcvetError
from ecvet.terms import Identifier
from ecvet_platform.mobility.errors import NobodyChosen, NotForAll, Reasons

T = TypeVar("T")


def for_each(
    subjects: Iterable[Identifier], step: Callable[[Identifier], T], *, called: Callable[[], dict[Identifier, str]]
) -> tuple[T, ...]:
    """Take a step for each of these in one transaction; `called` says what they are called, when it is needed.

    Raises `NobodyChosen`, or `NotForAll` with what each refused step raised; then none of them was taken.
    """
    wanted = tuple(dict.fromkeys(subjects))
    if not wanted:
        raise NobodyChosen()
    made: list[T] = []
    reasons: list[tuple[Identifier, EcvetError]] = []
    with transaction.atomic():
        for one in wanted:
            try:
                with transaction.atomic():
                    made.append(step(one))
            except EcvetError as error:
                reasons.append((one, error))
        if reasons:
            names = called()
            told = Reasons((names.get(one, one), error) for one, error in reasons)
            raise NotForAll(count=len(reasons), all=len(wanted), reasons=told)
    return tuple(made)
