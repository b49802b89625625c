"""Inviting people without an account for a whole group: a link of its own for each agreement, for all or for nobody.

One link stays one link for one agreement, role and task (ADR 0015), also where one mentor is invited for many learners:
each link dies when its own task is done.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from ecvet.mobility import Role, Task
from ecvet.record import Address
from ecvet.terms import Identifier, require
from ecvet_platform.guests.actions import inviting
from ecvet_platform.guests.store.guests import Guest
from ecvet_platform.mobility.actions import groups, learners, together
from ecvet_platform.mobility.actions.groups import Seen
from ecvet_platform.mobility.errors import GroupUnknown
from ecvet_platform.people import store as accounts
from ecvet_platform.people.roles import Actor, has_one_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Somebody to be invited: what the person is called, and the address to which the link goes."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One learner of a group with what somebody may be invited for now; `known` is what is known of whom, by role."""

    thread: Identifier
    called: str
    parts: tuple[tuple[Role, Task], ...]
    known: Mapping[Role, Wanted]


def places(text: Address, *, actor: Actor) -> tuple[Place, ...]:
    """The learners of a group for whom the actor may invite somebody now. Raises `NotYourRole`, `GroupUnknown`."""
    require(has_one_of(actor, *inviting.INVITERS))
    seen = groups.group(text, actor=actor)
    found = (
        Place(
            thread=one, called=line.called, parts=inviting.choices(one, actor=actor), known=_known(seen, one)
        )
        for one, line in seen.lines.items()
    )  # fmt: skip
    return tuple(one for one in found if one.parts)


@transaction.atomic
def invite(
    text: Address, role: Role, task: Task, wanted: Mapping[Identifier, Wanted], *, language: str, link: str,
    actor: Actor,
) -> tuple[Guest, ...]:  # fmt: skip
    """Invite somebody for each of these agreements; all of them or nobody.

    Raises `NotYourRole`, `GroupUnknown`, `NobodyChosen`, and `NotForAll` with what `inviting.invite` raises for each
    learner; then no link is sent.
    """
    require(has_one_of(actor, *inviting.INVITERS))
    lines = groups.group(text, actor=actor).lines
    _belong(wanted, lines)

    def step(one: Identifier) -> Guest:
        who = wanted[one]
        return inviting.invite(
            one, role, task, name=who.name, email=who.email, language=language, link=link, actor=actor
        )  # fmt: skip

    return together.for_each(wanted, step, called=lambda: {one: lines[one].called for one in wanted})


def _belong(wanted: Iterable[Identifier], lines: Iterable[Identifier]) -> None:
    if strangers := sorted(set(wanted) - set(lines)):
        raise GroupUnknown(name=strangers[0])


def _known(seen: Seen, thread: Identifier) -> Mapping[Role, Wanted]:
    """Learner and guardian as they were entered, with the address of an account where they have one."""
    item = next(one.agreement for one in seen.group.members if one.thread == thread)
    found: dict[Role, Wanted] = {}
    if learner := item.party(Role.LEARNER):
        account = learners.known(learner).account
        emails = accounts.emails([account]) if account else {}
        found[Role.LEARNER] = Wanted(name=seen.lines[thread].called, email=emails.get(account, "") if account else "")
    if guardian := item.party(Role.GUARDIAN):
        found[Role.GUARDIAN] = Wanted(
            name=seen.names.get(guardian, ""), email=accounts.emails([guardian]).get(guardian, "")
        )  # fmt: skip
    if item.mentors:
        found[Role.HOSTING] = Wanted(name=item.mentors[0].name, email="")
    return found
