"""Guests at a browser: invited by a coordinator, they find link and code in the mailbox and come in."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.core import mail
from django.test import Client

import stories_of as story
from ecvet.mobility import Role as Part
from ecvet.mobility import Task
from ecvet.terms import Identifier
from ecvet_platform.guests.actions import inviting
from ecvet_platform.people import actions as people
from ecvet_platform.people.roles import Role
from stories_of import Cast

_LINK = re.compile(r"https?://[^/\s]+(/guest/\S+)")
_CODE = re.compile(r"\b(\d{6})\b")
AT_HOME = "https://turin.example/guest/{secret}"


@dataclass
class Caller:
    """Somebody without an account, with a mailbox and a browser."""

    email: str
    client: Client = field(default_factory=Client)

    @property
    def letters(self) -> list[Any]:
        """Everything that came by e-mail."""
        return [one for one in mail.outbox if one.to == [self.email]]

    @property
    def link(self) -> str:
        """The path of the newest link."""
        return [one[1] for one in (_LINK.search(str(letter.body)) for letter in self.letters) if one][-1]

    @property
    def code(self) -> str:
        """The newest code."""
        return [one[1] for one in (_CODE.search(str(letter.body)) for letter in self.letters) if one][-1]

    def come_in(self) -> str:
        """Press for the code and type it; the page of the task."""
        assert self.post("code").status_code == 302
        answer = self.post("enter", code=self.code)
        assert answer.status_code == 302, answer.content.decode()
        return self.see()

    def see(self, step: str = "") -> str:
        """A page behind the link."""
        answer = self.client.get(f"{self.link}{step}")
        assert answer.status_code == 200, answer.content.decode()
        return str(answer.content.decode())

    def post(self, step: str, **data: Any) -> Any:
        """Send a form."""
        return self.client.post(f"{self.link}/{step}", data)


def invite(
    everybody: Cast, thread: Identifier, role: Part = Part.LEARNER, task: Task = Task.SIGN, *, by: str = "Bruno",
    email: str = "guest@example.org", name: str = "Greta", language: str = "en",
) -> Caller:  # fmt: skip
    """Somebody whom a coordinator has invited."""
    inviting.invite(
        thread, role, task, name=name, email=email, language=language, link=AT_HOME, actor=everybody.actor(by)
    )
    return Caller(email)


def everybody_leaves_lyon(everybody: Cast) -> None:
    """The host has nobody on this server any more."""
    office = everybody.actor("Dimitra")
    for name, role in (("Chloé", Role.COORDINATOR), ("Chloé", Role.ASSESSOR), ("Marc", Role.MENTOR)):
        people.take_role(everybody.accounts[name], story.LYON, role, by=office)
