"""Share links: chosen documents, without an account, until a day; revoked at once, then as if they had never been."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from albas_story import BEFORE, DECIDED, Story
from ecvet.record import Person
from ecvet.terms import Identifier
from ecvet_platform.dossier.actions import contents, looks, sharing
from ecvet_platform.dossier.actions.contents import Item, Kind
from ecvet_platform.dossier.errors import DossierUnknown, ShareOfNothing, ShareTooLong, ShareUnknown, ShareUnusable
from ecvet_platform.dossier.store import shares as store
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import store as records
from ecvet_platform.journal.chance import uuid7
from ecvet_platform.mobility.actions import learners
from ecvet_platform.people.store import Account
from ecvet_platform.qualifications.naming import key_of

SignIn = Callable[[Account], Client]
UNTIL = DECIDED + timedelta(days=30)


def item(story: Story, kind: Kind, learner: Identifier | None = None) -> Item:
    return next(one for one in contents.items(learner or story.alba) if one.kind is kind)


def given(story: Story, *kinds: Kind, until: date = UNTIL) -> str:
    """The secret of a link to Alba's documents of these kinds."""
    chosen = [item(story, kind).id for kind in kinds or (Kind.RECOGNITION,)]
    with story.on(DECIDED):
        return sharing.share(
            story.alba, items=chosen, recipient="Salon Neuville", purpose="My application", until=until,
            actor=story.actor("Alba"),
        )[0]  # fmt: skip


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def plain(answer: object, secret: str) -> str:
    """A page without what differs each time it is made."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text_of(answer)).replace(secret, "")


@pytest.fixture
def decided(story: Story) -> Story:
    """Alba's unit is recognised."""
    story.through(story.agree())
    return story


def test_a_link_shows_the_chosen_documents_without_an_account(decided: Story):
    secret, wanted = given(decided), item(decided, Kind.RECOGNITION)
    other = item(decided, Kind.TRANSCRIPT)
    with decided.on(DECIDED):
        stranger = Client()
        page = text_of(stranger.post(f"/shared/{secret}"))
        assert "Documents of Alba Rossi" in page
        assert "My application" in page
        assert wanted.id in page
        assert other.id not in page
        answer = stranger.post(f"/shared/{secret}", {"document": wanted.id, "form": "record"})
        assert answer.content == records.record_bytes(wanted.address)  # type: ignore[arg-type]
        assert "attachment" in answer["Content-Disposition"]
        assert stranger.post(f"/shared/{secret}", {"document": other.id}).status_code == 410


def test_a_document_is_shown_as_it_is_printed(decided: Story):
    secret = given(decided, Kind.AGREEMENT, Kind.TRANSCRIPT, Kind.ASSESSMENT)
    with decided.on(DECIDED):
        for kind in (Kind.AGREEMENT, Kind.TRANSCRIPT):
            answer = Client().post(f"/shared/{secret}", {"document": item(decided, kind).id, "form": "pdf"})
            assert answer.content.startswith(b"%PDF-")
        refused = Client().post(f"/shared/{secret}", {"document": item(decided, Kind.ASSESSMENT).id, "form": "pdf"})
        assert refused.status_code == 410


def test_looking_at_the_address_changes_nothing_and_reveals_nothing(decided: Story):
    secret = given(decided)
    with decided.on(DECIDED):
        before = journal.verify()
        for _ in range(3):
            answer = Client().get(f"/shared/{secret}")
            assert answer.status_code == 200
            assert "Rossi" not in text_of(answer)
            assert "application" not in text_of(answer)
            assert "no-store" in answer["Cache-Control"]
            assert answer["X-Robots-Tag"] == "noindex"
        assert journal.verify() == before
        assert looks.of_learner(decided.alba, actor=decided.actor("Alba"))[1] == 0


def test_every_use_of_a_link_is_shown_to_the_learner(decided: Story, signed_in: SignIn):
    secret, wanted = given(decided), item(decided, Kind.RECOGNITION)
    with decided.on(DECIDED):
        Client().post(f"/shared/{secret}")
        Client().post(f"/shared/{secret}", {"document": wanted.id, "form": "record"})
        seen, count = looks.of_learner(decided.alba, actor=decided.actor("Alba"))
        page = text_of(signed_in(decided.accounts["Alba"]).get(f"/record/{key_of(decided.alba)}"))
    assert count == 2
    assert [(one.what, one.who, one.link) for one in seen] == [
        ("recognition", "Salon Neuville", True), ("list", "Salon Neuville", True),
    ]  # fmt: skip
    assert "by your link for Salon Neuville" in page


def test_an_ended_link_reveals_nothing_at_once(decided: Story, signed_in: SignIn):
    secret, key = given(decided), key_of(decided.alba)
    with decided.on(DECIDED):
        link = sharing.of_learner(decided.alba, actor=decided.actor("Alba"))[0]
        alba = signed_in(decided.accounts["Alba"])
        assert alba.post(f"/record/{key}/links/{link.id}/end").status_code == 302
        ended, unknown = Client().get(f"/shared/{secret}"), Client().get("/shared/nobody-knows-this")
        for answer in (ended, unknown, Client().post(f"/shared/{secret}")):
            assert answer.status_code == 410
            assert "Rossi" not in text_of(answer)
        assert plain(ended, secret) == plain(unknown, "nobody-knows-this")
        assert looks.of_learner(decided.alba, actor=decided.actor("Alba"))[1] == 0


def test_a_link_ends_with_its_last_day(decided: Story):
    secret = given(decided, until=UNTIL)
    with decided.on(UNTIL):
        sharing.check(secret)
    with decided.on(UNTIL + timedelta(days=1)), pytest.raises(ShareUnusable):
        sharing.look(secret)


def test_of_the_secret_only_the_hash_is_kept_and_the_journal_names_nobody(decided: Story):
    secret = given(decided)
    with decided.on(DECIDED):
        kept = store.of_learner(decided.alba)[0]
        assert secret not in str(kept)
        assert store.with_hash(secret) is None
        entry = journal.read(subject=decided.alba)[-1]
    assert entry.verb == "share.give"
    assert "Salon" not in entry.detail
    assert "application" not in entry.detail


@pytest.mark.parametrize("days", [-1, 366])
def test_a_link_lasts_at_most_a_year_and_never_ended_before_it_began(decided: Story, days: int):
    with pytest.raises(ShareTooLong):
        given(decided, until=DECIDED + timedelta(days=days))


def test_only_documents_of_the_own_record_can_be_shown(decided: Story):
    with decided.on(BEFORE):
        other = learners.enter(Person(names=("Mallory",), family_name="Verdi"), actor=decided.actor("Bruno"))
    alba = decided.actor("Alba")
    for chosen in ([], ["sha-256:" + "0" * 64], [item(decided, Kind.RECOGNITION).id, f"credential:{uuid7()}"]):
        with decided.on(DECIDED), pytest.raises(ShareOfNothing):
            sharing.share(decided.alba, items=chosen, recipient="x", purpose="x", until=UNTIL, actor=alba)
    with decided.on(DECIDED), pytest.raises(DossierUnknown):
        sharing.share(
            other.id, items=[item(decided, Kind.RECOGNITION).id], recipient="x", purpose="x", until=UNTIL, actor=alba
        )


@pytest.mark.parametrize("name", ["Bruno", "Chloé", "Dimitra", "Erik"])
def test_nobody_else_gives_sees_or_ends_links(decided: Story, name: str):
    given(decided)
    link, actor = store.of_learner(decided.alba)[0], decided.actor(name)
    with decided.on(DECIDED):
        with pytest.raises(DossierUnknown):
            sharing.share(decided.alba, items=[], recipient="x", purpose="x", until=UNTIL, actor=actor)
        with pytest.raises(DossierUnknown):
            sharing.of_learner(decided.alba, actor=actor)
        with pytest.raises(DossierUnknown):
            sharing.end(decided.alba, link.id, actor=actor)
        with pytest.raises(ShareUnknown):
            sharing.end(decided.alba, uuid7(), actor=decided.actor("Alba"))


def test_the_form_makes_a_link_and_shows_it_once(decided: Story, signed_in: SignIn):
    key, wanted = key_of(decided.alba), item(decided, Kind.TRANSCRIPT)
    with decided.on(DECIDED):
        alba = signed_in(decided.accounts["Alba"])
        bad = alba.post(f"/record/{key}/share", {"recipient": "Salon", "purpose": "Work", "until": "2031-01-01"})
        assert bad.status_code == 422
        assert "There is a problem" in text_of(bad)
        assert 'value="Salon"' in text_of(bad)
        made = alba.post(
            f"/record/{key}/share",
            {"items": [wanted.id], "recipient": "Salon", "purpose": "Work", "until": UNTIL.isoformat()},
        )
        assert made.status_code == 201
        address = text_of(made).split("http://testserver")[1].split("<")[0].strip()
        assert "Documents of Alba Rossi" in text_of(Client().post(address))
        assert address not in text_of(alba.get(f"/record/{key}"))


def test_a_program_gives_uses_and_ends_a_link(decided: Story, signed_in: SignIn):
    key, wanted = key_of(decided.alba), item(decided, Kind.TRANSCRIPT)
    with decided.on(DECIDED):
        alba = signed_in(decided.accounts["Alba"])
        body = {"items": [wanted.id], "recipient": "Salon", "purpose": "Work", "until": UNTIL.isoformat()}
        made = alba.post(f"/api/v1/records-of-mine/{key}/links", body, content_type="application/json")
        assert made.status_code == 201
        secret, share = made.json()["secret"], made.json()["id"]
        stranger = Client()
        found = stranger.post("/api/v1/shared", {"secret": secret}, content_type="application/json").json()
        assert [one["id"] for one in found["items"]] == [wanted.id]
        assert secret not in text_of(alba.get(f"/api/v1/records-of-mine/{key}/links"))
        assert alba.delete(f"/api/v1/records-of-mine/{key}/links/{share}").status_code == 204
        ended = stranger.post("/api/v1/shared", {"secret": secret}, content_type="application/json")
        assert ended.status_code == 410
        assert ended.json()["type"] == "urn:ecvet:dossier.share.unusable"
