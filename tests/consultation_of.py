"""A consultation for tests: Dimitra's draft, and people of three countries who are asked about it."""

import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.core import mail
from django.test import Client

import stories_of as story
from ecvet.qualification.consultation import Group
from ecvet.terms import Identifier, LangString
from ecvet_platform.consultations.actions import consulting, stakeholders
from ecvet_platform.consultations.actions.consulting import Consultation
from ecvet_platform.consultations.actions.stakeholders import Invitation
from ecvet_platform.drafts.actions import keeping, writing
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.actions import Draft
from stories_of import Cast

DEADLINE: Final = date(2026, 3, 31)
AFTER: Final = date(2026, 4, 1)
LINK: Final = re.compile(r"https?://[^/\s]+(/guest/\S+)")
CODE: Final = re.compile(r"\b(\d{6})\b")
GUEST_LINK: Final = "http://testserver/guest/{secret}"
PAGE: Final = "http://testserver/answer"


@dataclass
class Begun:
    """The office, its draft, and the round on it."""

    office: Actor
    draft: UUID
    item: Consultation

    @property
    def key(self) -> UUID:
        return self.item.id

    def page(self, more: str = "") -> str:
        return f"/consultations/{self.key}{more}"

    def ask(self, name: str, group: str = "school", country: str = "FR", **more: Any) -> str:
        """Ask somebody by link; gives the e-mail address."""
        email = f"{name.lower()}@asked.example"
        given = {"name": name, "email": email, "group": Group(group), "country": country, "language": "en", **more}
        stakeholders.invite(self.key, Invitation(**given), link=GUEST_LINK, page=PAGE, actor=self.office)
        return email


def begin(everybody: Cast, *, minimum: int = 3, asked: str = "Is the practical task long enough?") -> Begun:
    """A draft of the next version of the hairdresser, frozen and open until the deadline."""
    office = everybody.actor("Dimitra")
    published = qualifications.qualification(story.QUALIFICATION).value
    kept = keeping.begin(writing.next_version(published), actor=office)
    for link in kept.draft.qualification.units:
        kept = keeping.change(kept.key, keeping.WHOLE, None, partial(_renewed, unit=link.unit), actor=office)
    item = consulting.begin(
        kept.key, keeping.mark(kept.draft), deadline=DEADLINE, minimum=minimum, asked=LangString.of(en=asked),
        actor=office,
    )  # fmt: skip
    return Begun(office, kept.key, item)


def _renewed(draft: Draft, unit: Identifier) -> Draft:
    return writing.renew_unit(draft, qualifications.unit(unit))


def newest(pattern: re.Pattern[str], email: str) -> str:
    """What the newest e-mail to somebody holds."""
    texts = [str(one.body) for one in mail.outbox if one.to == [email]]
    return [found[1] for text in texts if (found := pattern.search(text))][-1]


def comes_in(email: str) -> tuple[Client, str]:
    """A browser in which a guest has opened the link with the code, and the page of the consultation."""
    client, address = Client(), newest(LINK, email)
    client.post(f"{address}/code")
    assert client.post(f"{address}/enter", {"code": newest(CODE, email)}).status_code == 302
    return client, f"{address}/consultation"
