"""The pages of the network: connect in the browser, see how it stands with a partner, do something about it."""

from datetime import timedelta

import pytest
from django.test import Client

from ecvet.federation import Kind, message
from ecvet.terms import Identifier
from ecvet_platform.federation.actions import connecting, ourselves
from ecvet_platform.federation.store import messages
from ecvet_platform.federation.store import partners as store
from ecvet_platform.federation.store.messages import QUARANTINED, Came
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import chance, clock
from ecvet_platform.qualifications.naming import key_of
from ecvet_platform.shell.dashboard import waiting_for
from federation_internet import HERE, Elsewhere, Internet, code_between
from federation_internet import key_of as signing_key
from stories_of import BODY, NOW, TURIN, Cast


@pytest.fixture
def bruno(everybody: Cast, internet: Internet) -> Client:
    return everybody.browser("Bruno")


def connect(people: Cast, other: Elsewhere) -> str:
    known = connecting.confirm(other.entity, code_between(TURIN, other), actor=people.actor("Bruno"))
    return f"/network/partners/{known.key}"


def send(other: Elsewhere, n: int = 1) -> None:
    made = message(
        Kind.NOTE, id=chance.new_identifier(), sender=ourselves.entity_of(TURIN), to=Identifier(other.entity), seq=n,
        thread=Identifier("urn:uuid:019cadc6-9a80-7a4a-83d8-000000000001"), note={"text": "hello"},
    )  # fmt: skip
    messages.add_sent(messages.to_send(made, TURIN, number=n, entry=1, at=clock.now()))


def test_a_partner_is_connected_in_three_steps(bruno: Client, everybody: Cast, oulu: Elsewhere) -> None:
    page = bruno.get("/network/").content.decode()
    assert ourselves.entity_of(TURIN) in page
    looked = bruno.post("/network/connect", {"step": "look", "entity": f" {oulu.entity}/ "})
    text = looked.content.decode()
    assert looked.status_code == 200
    assert "Oulu College" in text
    assert code_between(TURIN, oulu) in text
    assert store.everybody() == ()
    data = {"step": "confirm", "entity": oulu.entity, "heard": code_between(TURIN, oulu), "start": "2026-01-01",
            "functions": ["assess"], "source": "register of providers, seen"}  # fmt: skip
    answer = bruno.post("/network/connect", data)
    assert answer.status_code == 302
    page = bruno.get(answer["Location"]).content.decode()
    assert "Oulu College is connected." in page
    assert "confirmed by telephone" in page
    assert "register of providers, seen" in page
    assert "Oulu College" in bruno.get("/network/?q=oulu").content.decode()
    assert "No partner is connected" in bruno.get("/network/?q=turku").content.decode()


def test_a_wrong_code_is_told_at_its_field_and_what_was_typed_is_kept(bruno: Client, oulu: Elsewhere) -> None:
    data = {"step": "confirm", "entity": oulu.entity, "heard": "12345 12345", "functions": ["assess"],
            "start": "2026-01-01"}  # fmt: skip
    answer = bruno.post("/network/connect", {**data, "source": "seen"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "The code that you typed is not the one of the two institutions." in text
    assert 'value="12345 12345"' in text
    assert store.everybody() == ()
    assert bruno.post("/network/connect", data).status_code == 422  # a function without proof


def test_what_is_no_partner_is_told_at_the_address(bruno: Client, internet: Internet) -> None:
    for entity in ("https://silent.example", "http://10.0.0.1", "", "x" * 600):
        answer = bruno.post("/network/connect", {"step": "look", "entity": entity})
        assert answer.status_code == 422
    assert (
        "does not answer"
        in bruno.post("/network/connect", {"step": "look", "entity": "https://silent.example"}).content.decode()
    )
    assert bruno.get("/network/connect?entity=https://silent.example").status_code == 200  # GET asks nobody
    assert internet.asked == ["https://silent.example/.well-known/openid-federation"] * 2


def test_the_page_of_a_partner_tells_what_became_of_messages(bruno: Client, everybody: Cast, oulu: Elsewhere) -> None:
    page = connect(everybody, oulu)
    send(oulu)
    assert "sent" in bruno.get(page).content.decode()
    with clock.fixed(NOW + timedelta(hours=2)):
        messages.tried(_ids(oulu), at=clock.now(), due=clock.now() + timedelta(hours=1), why="it does not answer")
        text = bruno.get(page).content.decode()
        assert "no answer yet" in text
        assert "It is tried again by itself" in text
    messages.tried(_ids(oulu), at=NOW, due=None, why="HTTP 422: it is too long")
    text = bruno.get(page).content.decode()
    assert "HTTP 422: it is too long" in text
    assert "Nothing more is tried by itself" in text
    titles = [one.title for one in waiting_for(everybody.actor("Bruno"), clock.today())]
    assert "1 message does not reach Oulu College" in titles
    assert bruno.post(f"{page}/again").status_code == 302
    assert messages.sent_to(TURIN, oulu.entity)[0].due == NOW
    messages.arrived(_ids(oulu)[0], at=NOW, receipt="token", outcome="stored", problem=None)
    assert "received there" in bruno.get(page).content.decode()


def test_sending_is_paused_and_resumed(bruno: Client, everybody: Cast, oulu: Elsewhere) -> None:
    page = connect(everybody, oulu)
    send(oulu)
    assert bruno.get(f"{page}/pause").status_code == 405
    bruno.post(f"{page}/pause")
    assert messages.due(clock.now(), limit=10) == ()
    assert "Sending is paused" in bruno.get(page).content.decode()
    bruno.post(f"{page}/resume")
    assert len(messages.due(clock.now(), limit=10)) == 1


def test_a_refresh_that_fails_is_told_on_the_page(
    bruno: Client, everybody: Cast, internet: Internet, oulu: Elsewhere
) -> None:
    page = connect(everybody, oulu)
    oulu.key = "thief"
    answer = bruno.post(f"{page}/refresh")
    assert answer.status_code == 409
    assert "shows keys that nobody vouches for" in answer.content.decode()
    bruno.post(f"{page}/withdraw")
    assert "Nobody vouches for this partner at present" in bruno.get(page).content.decode()


def test_partners_of_others_are_not_seen(everybody: Cast, internet: Internet, oulu: Elsewhere) -> None:
    page = connect(everybody, oulu)
    chloe = everybody.browser("Chloé")
    assert chloe.get(page).status_code == 404
    for verb in ("pause", "again", "refresh", "withdraw"):
        assert chloe.post(f"{page}/{verb}").status_code == 404
    assert everybody.browser("Marc").get("/network/").status_code == 403
    assert everybody.browser("Bruno").get("/network/anchors").status_code == 403
    assert everybody.browser("Bruno").get("/network/statements").status_code == 403


def test_a_strangers_proposal_waits_is_read_and_refused(bruno: Client, everybody: Cast, oulu: Elsewhere) -> None:
    connecting.partners.met(oulu.entity)
    came = _proposal(oulu)
    lines = [one for one in waiting_for(everybody.actor("Bruno"), clock.today()) if one.kind == "network"]
    assert [one.title for one in lines] == ["Look at the proposal of a stranger: Oulu College"]
    page = lines[0].address
    text = bruno.get(page).content.decode()
    assert "Hairdressers learn abroad" in text
    assert "Let it in" not in text
    assert bruno.post(page, {"step": "accept"}).status_code == 422
    assert everybody.browser("Chloé").get(page).status_code == 409
    assert bruno.post(page, {"step": "refuse"}).status_code == 302
    assert messages.came(oulu.entity, came.message).state == "failed"  # type: ignore[union-attr]
    said = messages.sent_to(TURIN, oulu.entity)
    assert [one.kind for one in said] == ["error"]
    assert bruno.get(page).status_code == 409


def test_pages_of_superiors_anchors_and_moving(everybody: Cast, internet: Internet, oulu: Elsewhere) -> None:
    office = everybody.browser("Dimitra")
    looked = office.post("/network/anchors", {"step": "look", "entity": oulu.entity})
    assert code_between(BODY, oulu) in looked.content.decode()
    wrong = office.post("/network/anchors", {"step": "choose", "entity": oulu.entity, "heard": "1"})
    assert wrong.status_code == 422
    right = {"step": "choose", "entity": oulu.entity, "heard": code_between(BODY, oulu)}
    chosen = office.post("/network/anchors", right)
    assert chosen.status_code == 302
    assert oulu.entity in office.get("/network/anchors").content.decode()
    assert office.post("/network/anchors", {"step": "give-up", "entity": oulu.entity}).status_code == 302
    about = ourselves.entity_of(TURIN)
    data = {"step": "state", "entity": about, "functions": ["recognise"], "source": "act 5", "start": "2026-01-01"}
    assert office.post("/network/statements", data).status_code == 422  # a mark ends on a day
    assert office.post("/network/statements", {**data, "end": "2027-01-01"}).status_code == 302
    assert "Istituto Torino" in office.get("/network/statements").content.decode()
    bruno = everybody.browser("Bruno")
    assert bruno.post("/network/superiors", {"step": "name", "entity": ourselves.entity_of(BODY)}).status_code == 302
    assert "act 5" in bruno.get("/network/superiors").content.decode()
    node = Elsewhere("https://turin.example/node", name="Istituto Torino", institution=TURIN)
    internet.publish(node)
    looked = bruno.post("/network/move", {"step": "look", "institution": TURIN, "entity": node.entity})
    code = code_between(TURIN, node)
    assert code in looked.content.decode()
    data = {"step": "move", "institution": TURIN, "entity": node.entity, "heard": code}
    assert bruno.post("/network/move", {**data, "heard": "1"}).status_code == 422
    assert bruno.post("/network/move", data).status_code == 302
    assert register.elsewhere([TURIN]) == {TURIN: node.entity}
    assert bruno.get("/network/").status_code == 404  # its people connect on its own server now


def test_what_is_published_is_public(everybody: Cast, internet: Internet) -> None:
    answer = Client().get(f"{ourselves.entity_of(TURIN).removeprefix(HERE)}/.well-known/openid-federation")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/entity-statement+jwt"
    missing = Client().get(f"/institutions/{key_of(Identifier('https://x.example'))}/.well-known/openid-federation")
    assert (missing.status_code, missing["Content-Type"]) == (404, "application/problem+json")
    assert Client().post(answer.wsgi_request.path).status_code == 405


def _ids(other: Elsewhere) -> list[Identifier]:
    return [one.id for one in messages.sent_to(TURIN, other.entity)]


def _proposal(other: Elsewhere) -> Came:
    from dataclasses import replace

    from ecvet.record import Act, Signature, record, sign
    from stories_of import MEMORANDUM

    terms = replace(MEMORANDUM, parties=(TURIN, other.id))
    made = record(terms, thread=chance.new_identifier(), author=other.id, at=NOW)
    key = signing_key(other.entity)
    signed = sign(Signature(object=made.address, signer=other.id, role="author", act=Act.ISSUE, at=NOW), key)
    item = message(
        Kind.PROPOSE, id=chance.new_identifier(), sender=Identifier(other.entity), to=ourselves.entity_of(TURIN), seq=1,
        thread=made.thread, records=(made,), signatures=(signed,),
    )  # fmt: skip
    came = Came(
        entity=Identifier(other.entity), institution=TURIN, message=item.id, thread=item.thread, seq=1, kind="propose",
        digest=item.digest, data=item.data, at=NOW, state=QUARANTINED, receipt="",
    )  # fmt: skip
    messages.add_came(came)
    return came
