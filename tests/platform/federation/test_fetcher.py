"""The way out, on sockets of this machine: what is not allowed is not connected to, and who drips is cut off."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from time import monotonic, sleep  # noqa: TID251 - who drips takes real time
from typing import Any

import pytest

from ecvet.federation import CAPS, Guard
from ecvet.federation.errors import AddressNotAllowed, AnswerNotTaken
from ecvet_platform.federation import fetcher
from ecvet_platform.federation.errors import NoAnswer

ALLOWED = Guard(networks=(ip_network("127.0.0.0/8"),), names=frozenset({"127.0.0.1", "localhost"}))


@pytest.fixture
def serve() -> Iterator[Callable[[Callable[[socket.socket], None]], str]]:
    """A server on this machine that does one thing with one connection."""
    listening: list[socket.socket] = []

    def begin(answer: Callable[[socket.socket], None]) -> str:
        found = socket.create_server(("127.0.0.1", 0))
        listening.append(found)

        def run() -> None:
            try:
                client, _ = found.accept()
                with client:
                    client.recv(65536)
                    answer(client)
            except OSError:
                return

        threading.Thread(target=run, daemon=True).start()
        return f"http://127.0.0.1:{found.getsockname()[1]}/x"

    yield begin
    for one in listening:
        one.close()


def get(address: str) -> fetcher.Reply:
    return fetcher.ask("GET", address, of=address, kind="statement")


def test_addresses_of_this_machine_need_to_be_allowed(settings: Any, serve: Any) -> None:
    address = serve(lambda client: client.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi"))
    settings.NETWORK_GUARD = Guard()
    with pytest.raises(AddressNotAllowed):
        get(address)
    settings.NETWORK_GUARD = Guard(names=frozenset({"127.0.0.1"}))  # the name, but not the network to which it leads
    with pytest.raises(AddressNotAllowed):
        get(address)
    settings.NETWORK_GUARD = ALLOWED
    assert get(address).body == b"hi"


def test_redirections_and_floods_are_not_taken(settings: Any, serve: Any) -> None:
    settings.NETWORK_GUARD = ALLOWED
    moved = serve(lambda client: client.sendall(b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1/\r\n\r\n"))
    with pytest.raises(AnswerNotTaken):
        get(moved)

    def flood(client: socket.socket) -> None:
        client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            client.sendall(b"x" * 65536)

    with pytest.raises(AnswerNotTaken):
        get(serve(flood))


@pytest.mark.parametrize("before", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_who_sends_a_byte_now_and_then_is_cut_off(
    settings: Any, serve: Any, monkeypatch: pytest.MonkeyPatch, before: bytes
) -> None:
    settings.NETWORK_GUARD = ALLOWED
    monkeypatch.setitem(CAPS, "statement", replace(CAPS["statement"], whole=timedelta(seconds=0.6)))

    def drip(client: socket.socket) -> None:
        client.sendall(before)
        while True:
            sleep(0.1)
            client.sendall(b"a")

    start = monotonic()
    with pytest.raises(NoAnswer):
        get(serve(drip))
    assert monotonic() - start < 3
