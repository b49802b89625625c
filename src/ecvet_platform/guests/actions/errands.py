"""What rooms that come later have guests for: the link, the code and the mails are the same, only the task is theirs.

A room hands in its errand once, when the platform starts. This room never asks what is behind it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from ecvet.terms import Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A task of another room: the sentence that asks for it, the page behind the link, and whether a thread is over.

    `page` is the name of a page that takes the `secret` of the link.
    """

    task: str
    asks: str | Promise
    page: str
    over: Callable[[Identifier], bool]


_errands: dict[str, Errand] = {}


def rely_on(errand: Errand) -> None:
    """Take a room's errand as one that guests are invited for."""
    _errands[errand.task] = errand


def of(task: str) -> Errand | None:
    """The errand with this task; None for the tasks of agreements, which are this room's own."""
    return _errands.get(task)
