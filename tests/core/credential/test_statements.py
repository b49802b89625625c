"""The statements on security that no other file proves, and the page that lists them all."""

import re
import socket
from pathlib import Path

import pytest

from core.credential.test_status_lists import both, check
from core.credential.test_status_lists import listed as listed  # a fixture
from core.credential.test_w3c import as_jcs, as_jwt, look
from core.credential.test_w3c import trust as trust  # a fixture
from ecvet.credential.formats.vocabularies import CREDENTIALS, PINNED
from ecvet.credential.status.standing import Standing

HERE = Path(__file__).parent
FOLDERS = (HERE, *(HERE.parents[1] / "platform" / room for room in ("credentials", "wallets")))
PAGE = HERE.parents[2] / "docs" / "develop" / "security-statements.md"


def test_every_statement_has_its_tests_or_a_reason():
    rows = re.findall(r"^\| (\d+) \| [^|]+ \| (tests|not (?:here|yet): .+)", PAGE.read_text(), re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 33))
    code = "".join(f.read_text() for folder in FOLDERS for f in folder.glob("*.py"))
    names = re.findall(r"^def test_((?:\d\d_(?:and_)?)+)", code, re.MULTILINE)
    tested = {int(number) for name in names for number in re.findall(r"\d\d", name)}
    assert tested == {int(number) for number, where in rows if where == "tests"}


def test_09_nothing_is_fetched_while_verifying(world, trust, listed, monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("somebody called"))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("somebody looked up a name"))
    for data, lists in both(world, listed, Standing.VALID):
        assert check(world, data, lists).verified
    for data in (as_jwt(), as_jcs()):
        assert look(data, trust).verified


def test_10_every_vocabulary_is_pinned_by_its_hash():
    assert all(re.fullmatch("[0-9a-f]{64}", one) for one in PINNED.values())
    assert PINNED[CREDENTIALS].startswith("59955ced6697d61e")  # as VCDM 2.0 prints it
