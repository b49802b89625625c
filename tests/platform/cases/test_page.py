"""The page “What if …”: open to everybody, one section for each case, and no address that leads nowhere."""

import re

import pytest
from django.test import Client

from ecvet_platform.shell.cases import CASES


def test_the_page_tells_every_case_to_everybody(db: None):
    """Case 1: to 32, with who acts and the source."""
    page = Client().get("/what-if").content.decode()
    assert re.findall(r'<h2 id="case-(\d+)">', page) == [str(number) for number in CASES]
    assert page.count("Who acts:") == len(CASES)


@pytest.mark.parametrize("address", ["/", "/what-if"])
def test_every_page_leads_to_it(db: None, address: str):
    """Case 1: from the foot of every page."""
    assert 'href="/what-if"' in Client().get(address).content.decode()
