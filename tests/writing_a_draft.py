"""Dimitra at the tree of a draft with two units: what tests of drafts type and press."""

import re
from typing import Any
from uuid import UUID

from django.test import Client

import stories_of as story
from ecvet.qualification.combination import Group
from ecvet_platform.drafts.actions import keeping
from ecvet_platform.qualifications.actions import Draft
from stories_of import Cast

NEW = {"title": "Baker", "language": "en", "code": "BAK", "institution": story.BODY, "country": "IT"}


class Editor:
    """Dimitra at the tree of a draft with two units."""

    def __init__(self, everybody: Cast) -> None:
        self.cast, self.client = everybody, everybody.browser("Dimitra")
        self.base = self.client.post("/drafts/new", NEW).headers["Location"]
        for code in ("DOU", "OVE"):
            self.client.post(f"{self.base}/units", {"code": code, "title": code.title()})

    @property
    def draft(self) -> Draft:
        key = UUID(self.base.rpartition("/")[2])
        return keeping.draft(key, actor=self.cast.actor("Dimitra")).draft

    @property
    def root(self) -> Group:
        return self.draft.qualification.rules.root

    def step(self, verb: str, place: str, client: Client | None = None, **more: str) -> Any:
        return (client or self.client).post(f"{self.base}/rules-step", {"step": verb, "place": place, **more})

    def page(self, path: str = "/rules") -> str:
        return self.client.get(self.base + path).content.decode()

    def save(self, path: str, **typed: Any) -> Any:
        found = re.search(r'name="seen" value="([^"]*)"', self.page(path))
        assert found
        return self.client.post(self.base + path, {"seen": found[1], **typed})
