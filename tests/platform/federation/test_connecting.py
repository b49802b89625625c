"""Connecting a partner: what counts is the key whose code people compared, and nobody speaks for somebody else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ecvet.errors import EcvetError
from ecvet.federation import Trust
from ecvet.federation.errors import AddressNotAllowed
from ecvet.federation.trust_errors import KeyNotFollowed
from ecvet.partnership import Competence, Function
from ecvet.record import SigningKey
from ecvet.terms import Identifier, Period
from ecvet_platform.federation.actions import connecting, moving, ourselves, partners
from ecvet_platform.federation.errors import CodesDiffer, EnteredHere, NoAnswer, NotAnInstitution, SpokenForElsewhere
from ecvet_platform.federation.store import partners as store
from ecvet_platform.institutions.actions import keys as signing
from ecvet_platform.institutions.actions import register
from ecvet_platform.institutions.errors import SignsElsewhere
from ecvet_platform.institutions.store import institutions
from ecvet_platform.journal import clock
from ecvet_platform.people.errors import NotYourRole
from federation_internet import HERE, Elsewhere, Internet, code_between, key_of
from stories_of import BODY, LYON, NOW, TURIN, Cast, memorandum_in_force

ASSESS = Competence(function=Function.ASSESS, valid=Period(date(2026, 1, 1)), source="decision 12/2025, seen")
AWARD = replace(ASSESS, function=Function.AWARD)


def confirmed(
    people: Cast, other: Elsewhere, *competences: Competence, who: str = "Bruno", of: Identifier = TURIN
) -> None:
    heard = code_between(of, other)
    connecting.confirm(other.entity, heard, actor=people.actor(who), competences=competences)


def test_looking_keeps_nothing(everybody: Cast, internet: Internet, oulu: Elsewhere) -> None:
    found = connecting.look(oulu.entity, actor=everybody.actor("Bruno"))
    assert str(found.item.name) == "Oulu College"
    assert found.code == code_between(TURIN, oulu)
    assert store.everybody() == ()
    assert institutions.institution(oulu.id) is None


def test_a_confirmed_partner_is_an_institution_with_keys_that_signs_elsewhere(
    everybody: Cast, internet: Internet, oulu: Elsewhere
) -> None:
    confirmed(everybody, oulu, ASSESS)
    known = partners.standing(oulu.entity, TURIN, NOW)
    assert known.level is Trust.CONFIRMED
    assert known.speaks_for(oulu.id)
    assert partners.standing(oulu.entity, LYON, NOW).level is Trust.UNKNOWN
    item = register.institution(oulu.id)
    assert item.competences == (ASSESS,)
    assert register.elsewhere([oulu.id]) == {oulu.id: oulu.entity}
    assert [one.key.kid for one in register.public_keys(oulu.id)] == [f"{oulu.id}#1"]
    with pytest.raises(SignsElsewhere):
        signing.signing_key(oulu.id, NOW)


def test_what_a_partner_says_that_it_may_do_counts_for_nothing(
    everybody: Cast, internet: Internet, oulu: Elsewhere
) -> None:
    oulu.more = {"competences": (AWARD,)}
    confirmed(everybody, oulu)
    assert register.institution(oulu.id).competences == ()


def test_another_code_confirms_nothing_and_is_not_told(everybody: Cast, internet: Internet, oulu: Elsewhere) -> None:
    with pytest.raises(CodesDiffer) as refused:
        connecting.confirm(oulu.entity, "1" * 30, actor=everybody.actor("Bruno"))
    assert code_between(TURIN, oulu).split()[0] not in str(refused.value) + refused.value.what_to_do
    assert store.everybody() == ()


def test_who_stands_between_cannot_put_a_key_beside_the_one_that_was_compared(
    everybody: Cast, internet: Internet, oulu: Elsewhere
) -> None:
    """The genuine key is listed, last, so that its code would fit; but the thief's key signed the list."""
    heard = code_between(TURIN, oulu)
    oulu.keys, oulu.key = [key_of(oulu.entity, "1")], "thief"
    with pytest.raises(CodesDiffer):
        connecting.confirm(oulu.entity, heard, actor=everybody.actor("Bruno"))


def test_a_configuration_signed_under_the_name_of_somebody_else_is_none(
    everybody: Cast, internet: Internet, oulu: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = SigningKey("https://other.example#1", key_of("https://other.example").key)
    monkeypatch.setattr(Elsewhere, "signer", property(lambda self: named))
    oulu.keys = [named]
    with pytest.raises(NotAnInstitution):
        connecting.look(oulu.entity, actor=everybody.actor("Bruno"))


def test_an_impostor_cannot_be_an_institution_that_signs_here(everybody: Cast, internet: Internet) -> None:
    impostor = Elsewhere("https://impostor.example", institution=LYON)
    internet.publish(impostor)
    with pytest.raises(EnteredHere):
        connecting.look(impostor.entity, actor=everybody.actor("Bruno"))
    with pytest.raises(EnteredHere):
        confirmed(everybody, impostor)
    assert register.elsewhere([LYON]) == {}


def test_an_impostor_cannot_be_an_institution_of_another_server(
    everybody: Cast, internet: Internet, oulu: Elsewhere
) -> None:
    confirmed(everybody, oulu)
    impostor = Elsewhere("https://impostor.example", institution=oulu.id)
    internet.publish(impostor)
    with pytest.raises(SpokenForElsewhere):
        confirmed(everybody, impostor)
    assert register.elsewhere([oulu.id]) == {oulu.id: oulu.entity}


def test_an_institution_for_which_its_own_node_does_not_speak_is_none(
    everybody: Cast, internet: Internet, oulu: Elsewhere
) -> None:
    oulu.speaks = frozenset({Identifier("https://else.example/")})
    with pytest.raises(NotAnInstitution):
        connecting.look(oulu.entity, actor=everybody.actor("Bruno"))


@pytest.mark.parametrize("entity", [
    "http://oulu.example/node", "https://127.0.0.1/x", "https://localhost/x", "https://10.0.0.1", "file:///etc/passwd",
    "https://printer.local", "https://user@oulu.example", "https://oulu.example:8443x", "", "https://oulu.example/?a=b",
])  # fmt: skip
def test_addresses_that_are_not_public_are_not_asked(everybody: Cast, internet: Internet, entity: str) -> None:
    with pytest.raises(AddressNotAllowed):
        connecting.look(entity, actor=everybody.actor("Bruno"))
    assert internet.asked == []


def test_a_redirection_and_silence_are_told(everybody: Cast, internet: Internet, oulu: Elsewhere) -> None:
    internet.pages[f"{oulu.entity}/.well-known/openid-federation"] = lambda: (302, "")
    with pytest.raises(EcvetError, match="redirects"):
        connecting.look(oulu.entity, actor=everybody.actor("Bruno"))
    with pytest.raises(NoAnswer):
        connecting.look("https://silent.example", actor=everybody.actor("Bruno"))


def test_an_institution_of_this_server_is_no_partner(everybody: Cast, internet: Internet) -> None:
    with pytest.raises(EnteredHere):
        connecting.look(ourselves.entity_of(LYON), actor=everybody.actor("Bruno"))


def test_a_coordinator_does_not_say_that_a_partner_may_award(
    everybody: Cast, internet: Internet, oulu: Elsewhere
) -> None:
    with pytest.raises(NotYourRole):
        confirmed(everybody, oulu, AWARD)
    assert store.everybody() == ()
    confirmed(everybody, oulu, AWARD, who="Dimitra", of=BODY)
    assert register.institution(oulu.id).competences == (AWARD,)


def test_learners_and_mentors_connect_nobody(everybody: Cast, internet: Internet, oulu: Elsewhere) -> None:
    for name in ("Marc", "Alba"):
        with pytest.raises(NotYourRole):
            connecting.look(oulu.entity, actor=everybody.actor(name))


# ------------------------------------------------------------- keys change
def test_keys_follow_a_rotation_for_every_institution_with_a_pin(
    everybody: Cast, internet: Internet, oulu: Elsewhere
) -> None:
    confirmed(everybody, oulu, ASSESS)
    confirmed(everybody, oulu, who="Chloé", of=LYON)
    with clock.fixed(NOW + timedelta(days=3)):
        oulu.renew("2")
        partners.refresh(oulu.entity)
        now = clock.now()
        for institution in (TURIN, LYON):
            pin = store.tie(institution, oulu.entity).pin  # type: ignore[union-attr]
            assert pin is not None
            assert set(pin.keys) == {f"{oulu.entity}#2", f"{oulu.id}#2"}
        assert partners.of_requests(f"{oulu.entity}#2", now) is not None
        assert partners.of_requests(f"{oulu.entity}#1", now) is None
    assert register.institution(oulu.id).competences == (ASSESS,)


def test_keys_for_which_nobody_vouches_are_not_followed(everybody: Cast, internet: Internet, oulu: Elsewhere) -> None:
    confirmed(everybody, oulu)
    oulu.key = "thief"
    with pytest.raises(KeyNotFollowed):
        partners.refresh(oulu.entity)
    known = store.known(oulu.entity)
    assert known is not None
    assert "nobody vouches" in known.why
    assert partners.of_requests(f"{oulu.entity}#thief", NOW) is None
    assert [one.key.kid for one in register.public_keys(oulu.id)] == [f"{oulu.id}#1"]


def test_a_lost_key_is_confirmed_anew_by_telephone(everybody: Cast, internet: Internet, oulu: Elsewhere) -> None:
    confirmed(everybody, oulu, ASSESS)
    oulu.key = "3"
    confirmed(everybody, oulu)
    assert partners.of_requests(f"{oulu.entity}#3", NOW) is not None
    assert register.institution(oulu.id).competences == (ASSESS,)


def test_an_older_configuration_does_not_come_back(everybody: Cast, internet: Internet, oulu: Elsewhere) -> None:
    confirmed(everybody, oulu)
    oulu.issued = NOW - timedelta(hours=5)
    with pytest.raises(KeyNotFollowed, match="older"):
        partners.refresh(oulu.entity)


def test_a_partner_cannot_unsay_what_it_signed_by_ending_a_key_in_the_past(
    everybody: Cast, internet: Internet, oulu: Elsewhere
) -> None:
    oulu.since = NOW - timedelta(days=100)
    confirmed(everybody, oulu)
    with clock.fixed(NOW + timedelta(days=3)):
        oulu.renew("2")
        old = SigningKey(f"{oulu.id}#1", key_of(oulu.entity).key)
        oulu.keys, oulu.until = [old], {old.kid: NOW - timedelta(days=50)}
        partners.refresh(oulu.entity)
    kept = institutions.key_named(old.kid)
    assert kept is not None
    assert kept.valid_until == NOW
    assert partners.key_at(old.kid, NOW - timedelta(days=10)) is not None


def test_a_new_key_cannot_be_dated_before_it_could_be_seen(
    everybody: Cast, internet: Internet, oulu: Elsewhere
) -> None:
    confirmed(everybody, oulu)
    with clock.fixed(NOW + timedelta(days=3)):
        oulu.since = NOW - timedelta(days=400)
        oulu.renew("2")
        partners.refresh(oulu.entity)
    made = institutions.key_named(f"{oulu.id}#2")
    assert made is not None
    assert made.valid_from == NOW


def test_the_name_of_a_key_is_not_given_to_another(everybody: Cast, internet: Internet, oulu: Elsewhere) -> None:
    confirmed(everybody, oulu)
    oulu.keys = [SigningKey(f"{oulu.id}#2", key_of("a").key)]
    partners.refresh(oulu.entity)
    oulu.keys = [SigningKey(f"{oulu.id}#2", key_of("b").key)]
    with pytest.raises(KeyNotFollowed, match="another key before"):
        partners.refresh(oulu.entity)


def test_a_partner_cannot_publish_keys_under_the_name_of_another(
    everybody: Cast, internet: Internet, oulu: Elsewhere
) -> None:
    oulu.keys = [SigningKey(f"{TURIN}#evil", key_of("evil").key)]
    confirmed(everybody, oulu)
    assert institutions.key_named(f"{TURIN}#evil") is None
    assert partners.key_at(f"{TURIN}#evil", NOW) is None


def test_who_withdraws_the_confirmation_knows_the_partner_no_more(
    everybody: Cast, internet: Internet, oulu: Elsewhere
) -> None:
    confirmed(everybody, oulu, ASSESS)
    with clock.fixed(NOW + timedelta(days=1)):
        connecting.withdraw(Identifier(oulu.entity), actor=everybody.actor("Bruno"))
        assert partners.standing(oulu.entity, TURIN, clock.now()).level is Trust.UNKNOWN
    held = register.institution(oulu.id).competences
    assert [one.valid.end for one in held] == [(NOW + timedelta(days=1)).date()]  # what was done until then stays valid
    assert partners.standing(oulu.entity, TURIN, NOW).level is Trust.CONFIRMED


def test_what_the_register_office_entered_stays(everybody: Cast, internet: Internet, oulu: Elsewhere) -> None:
    confirmed(everybody, oulu, ASSESS)
    own = replace(AWARD, source="entered by the office")
    register.enter(replace(register.institution(oulu.id), competences=(ASSESS, own)), actor=everybody.actor("Dimitra"))
    partners.refresh(oulu.entity)
    assert set(register.institution(oulu.id).competences) == {ASSESS, own}


def test_a_stranger_becomes_known_when_it_calls_and_is_entered_nowhere(
    everybody: Cast, internet: Internet, oulu: Elsewhere
) -> None:
    partners.reach_for_key(f"{oulu.entity}#1")
    assert partners.of_requests(f"{oulu.entity}#1", NOW) is not None
    assert partners.standing(oulu.entity, TURIN, NOW).level is Trust.UNKNOWN
    assert institutions.institution(oulu.id) is None
    asked = len(internet.asked)
    partners.reach_for_key(f"{oulu.entity}#guess")
    assert len(internet.asked) == asked  # at most once a minute


# ------------------------------------------------------------- moving
def test_an_institution_moves_to_its_own_server_and_keeps_its_threads(everybody: Cast, internet: Internet) -> None:
    memorandum_in_force(everybody)
    node = Elsewhere("https://lyon.example/node", name="Lycée de Lyon", institution=LYON)
    internet.publish(node)
    heard = code_between(LYON, node)
    with clock.fixed(NOW + timedelta(days=1)):
        for name in ("Bruno", "Erik"):
            with pytest.raises(NotYourRole):
                moving.move(LYON, node.entity, heard, actor=everybody.actor(name))
        with pytest.raises(CodesDiffer):
            moving.move(LYON, node.entity, "0" * 30, actor=everybody.actor("Chloé"))
        moving.move(LYON, node.entity, heard, actor=everybody.actor("Chloé"))
        assert register.elsewhere([LYON]) == {LYON: node.entity}
        assert partners.standing(node.entity, TURIN, clock.now()).level is Trust.CONFIRMED
        with pytest.raises(SignsElsewhere):
            signing.signing_key(LYON, clock.now())
    old, new = register.public_keys(LYON)
    assert old.valid_until == NOW + timedelta(days=1)
    assert new.key.kid == f"{LYON}#1"
    assert new.valid_from >= NOW + timedelta(days=1)
    assert register.institution(LYON).competences[0].function is Function.ASSESS


def test_nobody_moves_an_institution_to_a_server_of_somebody_else(
    everybody: Cast, internet: Internet, oulu: Elsewhere
) -> None:
    with pytest.raises(NotAnInstitution):
        moving.move(LYON, oulu.entity, code_between(LYON, oulu), actor=everybody.actor("Chloé"))


# ------------------------------------------------------------- how institutions here describe themselves
def test_what_is_published_here_can_be_pinned_and_followed(everybody: Cast, internet: Internet) -> None:
    from ecvet.federation import Pin, followed, published

    entity = ourselves.entity_of(TURIN)
    internet.serve(entity)
    before = partners.opened(partners.fetch(entity), entity)
    assert before.institutions == {TURIN, entity}
    assert before.endpoints is not None
    assert before.endpoints.inbox == f"{entity}/x/v1/inbox"
    assert entity.startswith(f"{HERE}/institutions/")
    pin = Pin(entity=entity, keys=before.by_kid, at=NOW, by=TURIN, institutions=frozenset({TURIN}))
    for day in (1, 2):
        with clock.fixed(NOW + timedelta(days=day)):
            signing.renew(TURIN, actor=everybody.actor("Bruno"))
    with clock.fixed(NOW + timedelta(days=3)):
        token = partners.fetch(entity)
        rotations, _ = published(token)
        assert len(rotations) == 2
        now, found = followed(pin, token, at=clock.now(), rotations=rotations)
        assert set(now.keys).isdisjoint(pin.keys)
        assert len(found.keys) == 6
        with pytest.raises(KeyNotFollowed):
            followed(pin, token, at=clock.now())


def test_a_continued_institution_publishes_who_continues_it(everybody: Cast, internet: Internet) -> None:
    from ecvet.federation import open_succession, published
    from ecvet_platform.institutions.actions.entering import let_continue

    office = everybody.actor("Dimitra")
    let_continue(TURIN, by=BODY, since=date(2026, 2, 1), source="regional law 3", with_people=False, actor=office)
    entity = ourselves.entity_of(TURIN)
    internet.serve(entity)
    found = partners.opened(partners.fetch(entity), entity)
    (token,) = published(found.token)[1]
    said = open_succession(token, of=entity, issuer=entity, keys=found.by_kid)
    assert (said.by, said.since, said.source) == (ourselves.entity_of(BODY), date(2026, 2, 1), "regional law 3")


def test_a_partner_that_is_continued_is_known_as_such(everybody: Cast, internet: Internet, oulu: Elsewhere) -> None:
    from ecvet.federation import Succession, sign_succession

    confirmed(everybody, oulu)
    turku = Elsewhere("https://turku.example/node", name="Turku College", institution="https://turku.example/")
    internet.publish(turku)
    confirmed(everybody, turku)
    said = Succession(entity=oulu.entity, by=turku.entity, since=date(2026, 3, 1), at=NOW, issuer=oulu.entity)
    oulu.successions = [sign_succession(said, oulu.signer)]
    partners.refresh(oulu.entity)
    continued = register.institution(oulu.id).continued
    assert continued is not None
    assert continued.by == turku.id
