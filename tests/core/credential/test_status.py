"""Taking back what was issued: who may, why it must be said, and places that tell nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.credential.cast import SCHOOL, chance
from ecvet.credential.errors import StatusListFull, StatusNotYours, StatusReasonMissing
from ecvet.credential.status.allocation import SIZE, allocate, open_list, stir
from ecvet.credential.status.standing import STATUS, Standing, StatusChange, Verb, change, standing
from ecvet.credit.decision import Decider
from ecvet.record import StepNotPossible
from ecvet.terms import Failure, Identifier, LangString

BRUNO = Decider(institution=SCHOOL, person=Identifier("urn:uuid:bruno"), name="Bruno Bianchi")
WHY = LangString.of(en="The assessment was annulled.")
LIST = "https://koulu.example/status/1"


def do(verb, changes=(), by=BRUNO, reason=WHY):
    return change(verb, changes, issuer=SCHOOL, by=by, on=date(2026, 6, 1), reason=reason)


def after(*verbs):
    changes = []
    for verb in verbs:
        changes.append(do(verb, changes))
    return changes


def test_a_credential_is_valid_until_its_issuer_decides_otherwise():
    assert standing([]) is Standing.VALID


@pytest.mark.parametrize(
    ("verbs", "stands"),
    [
        (["suspend"], Standing.SUSPENDED),
        (["suspend", "reinstate"], Standing.VALID),
        (["suspend", "revoke"], Standing.REVOKED),
        (["revoke"], Standing.REVOKED),
        (["suspend", "reinstate", "suspend", "revoke"], Standing.REVOKED),
    ],
)
def test_what_stands_is_found_along_the_changes(verbs, stands):
    changes = after(*map(Verb, verbs))
    assert standing(changes) is stands
    assert changes[-1].to is stands


def test_a_change_says_who_when_and_why():
    assert do(Verb.REVOKE) == StatusChange(
        verb=Verb.REVOKE, to=Standing.REVOKED, by=BRUNO, on=date(2026, 6, 1), reason=WHY
    )


@pytest.mark.parametrize("verb", Verb)
def test_what_was_revoked_stays_revoked(verb):
    answer = do(verb, after(Verb.REVOKE))
    assert isinstance(answer, Failure)
    assert isinstance(answer.reason, StepNotPossible)
    assert STATUS.is_final(Standing.REVOKED)


def test_what_is_not_suspended_cannot_be_reinstated():
    assert not do(Verb.REINSTATE)


def test_another_institution_cannot_change_the_status():
    stranger = Decider(institution=Identifier("https://other.example"), person=Identifier("urn:uuid:erik"), name="Erik")
    answer = do(Verb.REVOKE, by=stranger)
    assert isinstance(answer.reason, StatusNotYours)


def test_a_status_is_not_changed_without_a_reason():
    assert isinstance(do(Verb.SUSPEND, reason=None).reason, StatusReasonMissing)


# ------------------------------------------------------------------ places


@given(st.integers(0, 2**32), st.integers(0, 16))
def test_19_a_place_is_given_once_and_never_to_a_decoy(seed, decoys):
    draw = chance(seed)
    listed = open_list(LIST, draw, decoys=decoys, size=64)
    used = []
    for _ in range(32 - decoys):
        used.append(allocate(listed, used, draw))
    assert len(set(used)) == len(used)
    assert not set(used) & listed.decoys.keys()
    with pytest.raises(StatusListFull, match="no place left"):
        allocate(listed, used, draw)


def test_19_places_depend_on_chance_alone_and_not_on_the_order_of_issuing():
    drawn = []

    def scripted(below):
        drawn.append(below)
        return (7, 3, 3, 99)[len(drawn) - 1]

    listed = open_list(LIST, scripted, decoys=0)
    assert [allocate(listed, set(), scripted), allocate(listed, {7}, scripted), allocate(listed, {7, 3}, scripted)] == [
        7,
        3,
        99,
    ]
    assert set(drawn) == {SIZE}


def test_19_a_new_list_carries_decoys_of_every_standing():
    listed = open_list(LIST, chance(1))
    assert len(listed.decoys) == 1024
    assert set(listed.decoys.values()) == set(Standing)
    assert max(listed.decoys) > SIZE / 2 > min(listed.decoys)


def test_19_decoys_change_between_editions_and_revoked_ones_stay_revoked():
    listed = open_list(LIST, chance(1))
    stirred = stir(listed, chance(2), 200)
    assert stirred.decoys.keys() == listed.decoys.keys()
    changed = {place for place in listed.decoys if listed.decoys[place] != stirred.decoys[place]}
    assert 50 < len(changed) <= 200
    assert not any(listed.decoys[place] is Standing.REVOKED for place in changed)


def test_a_list_of_decoys_only_is_not_opened():
    with pytest.raises(ValueError, match="more places than decoys"):
        open_list(LIST, chance(1), decoys=40, size=100)


def test_a_list_without_decoys_is_left_as_it_is():
    listed = open_list(LIST, chance(1), decoys=0)
    assert stir(listed, chance(1), 5) == listed
