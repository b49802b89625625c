"""The short code, pins, and what happens to keys: renewed, re-issued, moved, lost, stolen."""

from dataclasses import replace
from datetime import date

import pytest

from core.federation.samples import AT, HOUR, configuration, key_of
from core.partnership.samples import HAIR_FR, LYON, TURIN, YEARS
from ecvet.federation import (
    DatedKey,
    Pin,
    Rotation,
    Succession,
    Trust,
    followed,
    key_finder,
    may_act,
    may_pin,
    open_rotation,
    open_succession,
    published,
    reissued,
    short_code,
    sign_rotation,
    sign_succession,
    standing,
)
from ecvet.federation.trust_errors import KeyNotFollowed, StatementForged, StatementUnreadable
from ecvet.partnership import Competence, Function

A, B, C = (key_of(one).public for one in (TURIN, LYON, "https://mallory.example"))
OLD, NEW, EVIL = key_of(LYON), key_of(LYON, "2"), key_of(LYON, "evil")
PIN = Pin(
    entity=LYON, keys={OLD.kid: OLD.public}, at=AT, by=TURIN, institutions=frozenset({LYON}),
    competences=(Competence(function=Function.ASSESS, valid=YEARS, qualifications=frozenset({HAIR_FR})),),
)  # fmt: skip


def test_the_short_code_is_the_same_on_both_sides_and_another_for_others():
    code = short_code(A, B)
    assert code == short_code(B, A)
    assert [len(one) for one in code.split()] == [5] * 6
    assert code.replace(" ", "").isdigit()
    assert len({code, short_code(A, C), short_code(B, C)}) == 3


def test_a_partner_is_confirmed_by_the_code_that_was_heard():
    code = short_code(A, B)
    assert may_pin(A, B, heard=code)
    assert may_pin(B, A, heard=code.replace(" ", ""))
    assert not may_pin(A, C, heard=code)
    assert not may_pin(A, B, heard="")


def test_levels():
    now = configuration(LYON)
    assert standing(LYON, AT).level is Trust.UNKNOWN
    found = standing(LYON, AT, pin=PIN, configuration=now)
    assert found.level is Trust.CONFIRMED
    assert may_act(found, Function.ASSESS, HAIR_FR, AT.date(), institution=LYON)
    assert not may_act(found, Function.AWARD, HAIR_FR, AT.date(), institution=LYON)
    assert not may_act(standing(LYON, AT), Function.ASSESS, HAIR_FR, AT.date(), institution=LYON)
    assert standing(LYON, AT, pin=replace(PIN, withdrawn=AT)).level is Trust.UNKNOWN
    assert standing(LYON, AT - HOUR, pin=PIN).level is Trust.UNKNOWN


def test_a_pinned_partner_cannot_add_an_institution_to_itself():
    greedy = configuration(LYON, institutions=frozenset({TURIN}))
    assert not standing(LYON, AT, pin=PIN, configuration=greedy).speaks_for(TURIN)


def test_keys_count_under_the_names_of_their_entity_and_in_their_time_only():
    ended = DatedKey(key=NEW.public, until=AT - HOUR)
    now = configuration(LYON, OLD, keys=(DatedKey(key=OLD.public), DatedKey(key=key_of(TURIN, "x").public), ended))
    find = key_finder([standing(LYON, AT, pin=PIN, configuration=now), standing(TURIN, AT)])
    assert find(OLD.kid, AT) == OLD.public
    assert find(LYON, AT) == OLD.public
    assert find(f"{TURIN}#x", AT) is None
    assert find(TURIN, AT) is None
    assert find(NEW.kid, AT) is None
    assert find(NEW.kid, AT - 2 * HOUR) == NEW.public


# ---------------------------------------------------------------- rotation
def test_new_keys_are_followed_while_a_known_key_signs():
    both = configuration(LYON, OLD, NEW)
    pin, found = followed(PIN, both.token, at=AT)
    assert set(pin.keys) == {OLD.kid, NEW.kid}
    later = configuration(LYON, NEW, keys=(DatedKey(key=NEW.public), DatedKey(key=OLD.public, until=AT - HOUR)))
    pin, found = followed(pin, later.token, at=AT)
    assert set(pin.keys) == {NEW.kid}
    assert found.key(OLD.kid, AT - 2 * HOUR) is not None


def test_a_rotation_signed_with_the_old_key_is_followed():
    said = Rotation(entity=LYON, keys=(NEW.public,), at=AT)
    token = sign_rotation(said, OLD)
    assert open_rotation(token, of=LYON, keys=PIN.keys).keys == (NEW.public,)
    pin, _ = followed(PIN, configuration(LYON, NEW).token, at=AT, rotations=(token,))
    assert set(pin.keys) == {NEW.kid}


def test_a_rotation_of_a_rotation_is_followed_in_any_order():
    third = key_of(LYON, "3")
    first = sign_rotation(Rotation(entity=LYON, keys=(NEW.public,), at=AT), OLD)
    second = sign_rotation(Rotation(entity=LYON, keys=(third.public,), at=AT), NEW)
    pin, _ = followed(PIN, configuration(LYON, third).token, at=AT, rotations=(second, first))
    assert set(pin.keys) == {third.kid}


def test_keys_for_which_nobody_vouches_are_not_followed():
    with pytest.raises(KeyNotFollowed):
        followed(PIN, configuration(LYON, EVIL).token, at=AT)
    with pytest.raises(KeyNotFollowed):
        followed(PIN, configuration(LYON, EVIL).token, at=AT,
                 rotations=(sign_rotation(Rotation(entity=LYON, keys=(EVIL.public,), at=AT), EVIL),))  # fmt: skip


def test_two_rotations_of_one_key_prove_a_thief():
    both = [sign_rotation(Rotation(entity=LYON, keys=(one.public,), at=AT), OLD) for one in (NEW, EVIL)]
    for configured in (NEW, EVIL):
        with pytest.raises(KeyNotFollowed, match="two"):
            followed(PIN, configuration(LYON, configured).token, at=AT, rotations=both)


def test_rotations_travel_in_the_configuration():
    token = sign_rotation(Rotation(entity=LYON, keys=(NEW.public,), at=AT), OLD)
    now = configuration(LYON, NEW, metadata={"ecvet_node": {"rotations": [token, 7]}})
    assert published(now.token) == ((token,), ())
    pin, _ = followed(PIN, now.token, at=AT, rotations=published(now.token)[0])
    assert set(pin.keys) == {NEW.kid}


def test_a_rotation_of_another_entity_does_not_count():
    with pytest.raises(StatementForged):
        open_rotation(sign_rotation(Rotation(entity=TURIN, keys=(NEW.public,), at=AT), OLD), of=LYON, keys=PIN.keys)


def test_lost_keys_come_back_by_a_superior_or_the_telephone_only():
    new = {NEW.kid: NEW.public}
    with pytest.raises(KeyNotFollowed):
        reissued(PIN, new, by_superior=False, compared=False)
    assert reissued(PIN, new, by_superior=True, compared=False).keys == new
    assert reissued(PIN, new, by_superior=False, compared=True).keys == new


def test_an_institution_that_moved_is_continued():
    said = Succession(entity=LYON, by=TURIN, since=date(2024, 9, 1), at=AT, issuer=LYON, source="Arrêté 12")
    token = sign_succession(said, OLD)
    found = open_succession(token, of=LYON, issuer=LYON, keys=PIN.keys)
    assert replace(found, token="") == said
    assert (found.continuation.by, found.continuation.since) == (TURIN, date(2024, 9, 1))
    with pytest.raises(StatementForged):
        open_succession(token, of=TURIN, issuer=LYON, keys=PIN.keys)
    with pytest.raises(StatementUnreadable):
        open_succession(sign_succession(replace(said, by=LYON), OLD), of=LYON, issuer=LYON, keys=PIN.keys)
