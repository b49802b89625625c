"""Which addresses may be contacted: public https ones of the partner itself, and nothing else."""

from ipaddress import ip_network

import pytest

from ecvet.federation.addresses import (
    CAPS,
    Guard,
    is_public,
    location,
    may_ask,
    may_be_entity,
    may_connect,
    may_take,
)
from ecvet.federation.errors import AddressNotAllowed

ENTITY = "https://lyon.example"
FORBIDDEN = (
    "http://lyon.example/x",
    "ftp://lyon.example/",
    "file:///etc/passwd",
    "https://user@lyon.example/",
    "https://lyon.example#a",
    "https://lyon.example:8443/x",
    "https://lyon.example:22/",
    "https://evil.example/",
    "https://lyon.example.evil.example/",
    "https://notlyon.example/",
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://LYON.example/",
    "https://lyon.example/%zz",
    "https://lyon.example/a/../b",
    "https://lyon.example/./x",
    "https://lyon.example/\\x",
    "https://lyon.example/a b",
    "https://lyon.example\n.evil.example/",
    "https://lyon.example:0/",
    "https://lyon.example:99999/",
    "https://lÿon.example/",
    "//lyon.example/",
    "https://",
    "javascript:alert(1)",
    "https://lyon.example/" + "a" * 2000,
)


@pytest.mark.parametrize("address", FORBIDDEN)
def test_what_is_not_the_partners_own_public_address_is_not_asked(address: str):
    assert not may_ask(address, of=ENTITY)


@pytest.mark.parametrize("address", ["https://lyon.example/x/v1/inbox", "https://api.lyon.example/x?a=b%20c", ENTITY])
def test_the_partners_own_addresses_are_asked(address: str):
    assert may_ask(address, of=ENTITY)


@pytest.mark.parametrize("name", ["localhost", "printer.local", "db.internal", "node.home.arpa", "x.onion", "lyon"])
def test_names_of_private_networks_are_no_entities(name: str):
    assert not may_be_entity(f"https://{name}")


@pytest.mark.parametrize(
    "entity",
    [
        "https://lyon.example/a?x=1",
        "https://lyon.example?x=1",
        "https://lyon.example:443",
        "http://lyon.example",
        "https://93.184.216.34",
    ],
)
def test_an_entity_id_has_one_form(entity: str):
    assert not may_be_entity(entity)
    assert may_be_entity("https://host.example/school-1")
    assert may_be_entity("https://lyon.example/")
    assert may_be_entity("https://lyon.example")


PRIVATE = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "203.0.113.9",
    "168.63.129.16",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:db8::1",
    "2001::1",
    "fec0::1",
    "::127.0.0.1",
    "not an address",
    "",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_contacted(address: str):
    assert not is_public(address)
    assert not may_connect(["93.184.216.34", address], host="lyon.example")  # one of them is enough


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "2a00:1450:4001::1"])
def test_public_addresses_are(address: str):
    assert is_public(address)
    assert may_connect([address], host="lyon.example")


def test_a_name_that_leads_nowhere_is_not_contacted():
    assert not may_connect([], host="lyon.example")


def test_an_operator_may_let_a_network_pass_for_tests():
    guard = Guard(networks=(ip_network("127.0.0.0/8"),), names=frozenset({"127.0.0.1"}))
    assert may_ask("http://127.0.0.1:8001/x", of="http://127.0.0.1:8001", guard=guard)
    assert may_connect(["127.0.0.1"], host="127.0.0.1", guard=guard)
    assert not may_connect(["127.0.0.1", "10.0.0.1"], host="127.0.0.1", guard=guard)
    assert not may_ask("http://127.0.0.1:9000/x", of="http://127.0.0.1:8001", guard=guard)


def test_redirections_and_long_answers_are_not_taken():
    assert may_take(200, 10, "statement", address=ENTITY)
    assert not may_take(302, 0, "statement", address=ENTITY)
    assert not may_take(200, CAPS["statement"].bytes + 1, "statement", address=ENTITY)


def test_an_address_is_taken_apart():
    found = location("https://lyon.example:8443/a/b?c=d")
    assert (found.origin, found.path, found.query) == ("https://lyon.example:8443", "/a/b", "c=d")
    assert str(location("https://lyon.example:443")) == "https://lyon.example/"
    with pytest.raises(AddressNotAllowed):
        location("https://lyon.example/%2")
