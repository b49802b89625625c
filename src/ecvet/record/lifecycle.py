"""A life cycle as a table: from the one table come the decision, the page's buttons, the API's 409 and the diagram.

Every state change of the domain is a `Step` in a `Lifecycle`; the five tables stand in `partnership.lifecycle`
(versions of memoranda and agreements), `mobility.lifecycle` (the stay), `credit.lifecycle` (results, recognition) and
`credential.status.standing` (what was issued).
An event that the table does not know is refused and changes nothing.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from ecvet.errors import EcvetError
from ecvet.saying import say

S = TypeVar("S", bound=StrEnum)


class StepNotPossible(EcvetError):
    """A verb that the life cycle does not know in this state; the remedy lists those that it knows."""

    code = "lifecycle.step.not-possible"
    sentence = "This {thing} is {state}; it cannot be followed by “{verb}”."
    remedy = "Possible now: {possible}."
    status = 409


class StepNotYours(EcvetError):
    """A verb that is possible in this state, but for somebody else."""

    code = "lifecycle.step.not-yours"
    sentence = "“{verb}” is for {whose}, not for {role}."
    remedy = "Ask {whose} to do it; they find the step on their own page of this {thing}."
    status = 403


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Generic[S]):
    """One arrow: in `state` (None: before anything exists) the `verb` leads `to` another state.

    `by` are the roles that may do it; `guard` says in words what else must be so (the action's decision proves it).
    """

    state: S | None
    verb: str
    to: S
    by: frozenset[str]
    guard: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifecycle(Generic[S]):
    """All arrows of one thing. `thing` is its name in a sentence."""

    thing: str
    steps: tuple[Step[S], ...]

    def possible(self, state: S | None, role: str | None = None) -> tuple[Step[S], ...]:
        """The steps that may follow now, all of them or those of one role: the buttons of a page."""
        return tuple(one for one in self.steps if one.state == state and (role is None or role in one.by))

    def after(self, state: S | None, verb: str, role: str | None = None) -> S:
        """The state that the verb leads to. Raises `StepNotPossible`, or `StepNotYours` when a role is given."""
        found = [one for one in self.possible(state) if one.verb == verb]
        if not found:
            names = tuple(one.verb for one in self.possible(state)) or say("nothing")
            raise StepNotPossible(thing=self.thing, state=state or say("not there yet"), verb=verb, possible=names)
        if role is not None and role not in found[0].by:
            raise StepNotYours(verb=verb, whose=tuple(sorted(found[0].by)), role=role, thing=self.thing)
        return found[0].to

    def is_final(self, state: S) -> bool:
        """Whether nothing can follow any more."""
        return not self.possible(state)

    def mermaid(self) -> str:
        """The table as a Mermaid state diagram, for the documentation."""
        arrows = [
            f"    {_name(one.state)} --> {_name(one.to)}: {one.verb} ({', '.join(sorted(one.by))})"
            for one in self.steps
        ]
        return "\n".join(["stateDiagram-v2", *arrows])


def _name(state: StrEnum | None) -> str:
    return "[*]" if state is None else state.value.replace(" ", "_").replace("-", "_")
