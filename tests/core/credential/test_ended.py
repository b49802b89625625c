"""Ends of keys: when one may end, how ends are read, and that nothing signed after an end is trusted."""

from datetime import UTC, datetime, timedelta

import pytest

from ecvet.credential.ended import Ended, Why, end_of, fingerprint, last_moment, read_ended
from ecvet.credential.errors import EndNotPossible, IssuerNotTrusted, TrustUnreadable
from ecvet.credential.formats.certificates import Chain
from ecvet.credential.keys import certify, make_authority, private_key
from ecvet.credential.trust import Trust, check_chain
from ecvet.terms import Country, Identifier

NOW = datetime(2026, 7, 10, 12, tzinfo=UTC)
BEGAN = NOW - timedelta(days=400)


def test_a_key_ends_now_and_only_a_compromised_one_earlier():
    assert last_moment(Why.REGULAR, since=BEGAN, now=NOW) == NOW
    back = NOW - timedelta(days=3)
    assert last_moment(Why.COMPROMISED, since=BEGAN, now=NOW, back=back) == back
    for why, at in (
        (Why.REGULAR, back),
        (Why.LOST, back),
        (Why.COMPROMISED, NOW + timedelta(seconds=1)),
        (Why.COMPROMISED, BEGAN - timedelta(seconds=1)),
    ):
        with pytest.raises(EndNotPossible):
            last_moment(why, since=BEGAN, now=NOW, back=at)


def test_what_was_signed_until_the_end_stays_and_nothing_after_it():
    key, own = private_key(bytes(range(40))), private_key(bytes(range(1, 41)))
    anchor = make_authority("A", Country("EU"), key, serial=1, start=BEGAN, end=NOW + timedelta(days=400))
    made = certify(
        anchor, Identifier("https://a.example/"), "School", Country("FR"), own.public_key(),
        serial=2, start=BEGAN, end=NOW + timedelta(days=300),
    )  # fmt: skip
    chain, open_trust = Chain((made,), made.public_key()), Trust(anchors=(anchor.certificate,))
    closed = Trust(anchors=(anchor.certificate,), ended=(Ended(fingerprint(made), NOW),))
    later = NOW + timedelta(seconds=1)
    assert check_chain(chain, open_trust, later) == check_chain(chain, closed, NOW)
    with pytest.raises(IssuerNotTrusted, match="no longer since 2026-07-10 12:00"):
        check_chain(chain, closed, later)
    assert end_of((anchor.certificate,), closed.ended) is None


def test_ends_are_read_whole_or_not_at_all():
    digest = "AB" * 32
    text = f'{{"certificates":[{{"sha256":"{digest}","until":"2026-07-10T12:00:00Z"}}]}}'
    assert read_ended(text.encode()) == (Ended(digest.lower(), NOW),)
    for bad in (text.replace("AB", "", 1), text.replace("Z", ""), text.replace("until", "to"), "{}", "[]", "no",
                '{"certificates":[1]}', text.replace(f'"{digest}"', "7")):  # fmt: skip
        with pytest.raises(TrustUnreadable):
            read_ended(bad.encode())
