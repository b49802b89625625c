"""The learner's own record: everything held about her, for herself alone; to take away; and who looked."""

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from albas_story import BEFORE, DECIDED, Story
from ecvet.record import Person
from ecvet_platform.credentials.actions import issue
from ecvet_platform.credit.actions import evidence
from ecvet_platform.dossier.actions import contents, looks
from ecvet_platform.dossier.actions.contents import Kind
from ecvet_platform.dossier.errors import DossierUnknown
from ecvet_platform.journal import store as records
from ecvet_platform.journal.chance import uuid7
from ecvet_platform.mobility.actions import learners
from ecvet_platform.people import actions as people
from ecvet_platform.people.store import Account
from ecvet_platform.qualifications.naming import key_of
from ecvet_platform.shell.looks import LOOKS, looked_at

SignIn = Callable[[Account], Client]


def told(story: Story) -> str:
    """Alba's way from the agreement to the credential; her key."""
    decision = story.through(story.agree())
    story.own()
    with story.on(DECIDED):
        issue.issue(decision.address, actor=story.actor("Dimitra"))
    return str(key_of(story.alba))


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


# ------------------------------------------------------------- reading
@pytest.mark.rule("R-DATA-2")
def test_a_learner_reads_everything_that_is_held_about_her(story: Story, signed_in: SignIn):
    key = told(story)
    with story.on(DECIDED):
        client = signed_in(story.accounts["Alba"])
        assert client.get("/record/").headers["Location"] == f"/record/{key}"
        page = text_of(client.get(f"/record/{key}"))
        kinds = {one.kind for one in contents.items(story.alba)}
    assert kinds >= {
        Kind.AGREEMENT, Kind.ASSESSMENT, Kind.TRANSCRIPT, Kind.VALIDATION, Kind.RECOGNITION, Kind.ACHIEVEMENT,
        Kind.CREDENTIAL,
    }  # fmt: skip
    for words in ("Alba Rossi", "Cutting", "Lycée de Lyon", "15 of 15 points count", "Nobody but you has looked"):
        assert words in page
    assert "The unit is complete and booked" in page or "It counts" in page


def test_the_record_says_what_is_missing_and_who_acts_next(story: Story, signed_in: SignIn):
    thread = story.agree()
    story.assess(thread)
    key = key_of(story.alba)
    with story.on(DECIDED):
        page = text_of(signed_in(story.accounts["Alba"]).get(f"/record/{key}"))
        assert "The transcript is missing" in page
        assert "Lycée de Lyon acts next: Issue the transcript." in page
    story.transfer(thread)
    with story.on(DECIDED):
        page = text_of(signed_in(story.accounts["Alba"]).get(f"/record/{key}"))
    assert "Scuola di Torino acts next: Validate." in page
    assert "Not complete" in page
    assert "Colouring, 5 points" in page, "what is missing is told by its title"


@pytest.mark.parametrize("name", ["Bruno", "Chloé", "Dimitra", "Erik", "Fiona", "Mallory"])
@pytest.mark.parametrize("page", ["", "/looks", "/export", "/share", "/erasure"])
def test_nobody_else_reaches_the_record_by_any_door(story: Story, signed_in: SignIn, name: str, page: str):
    other_learner(story)
    key = key_of(story.alba)
    with story.on(DECIDED):
        client = signed_in(story.accounts[name])
        answer = client.get(f"/record/{key}{page}")
        assert answer.status_code == 404
        assert "Rossi" not in text_of(answer)
        if page == "":
            for door in ("", "/export", "/looks", "/links", "/erasures"):
                refused = client.get(f"/api/v1/records-of-mine/{key}{door}")
                assert refused.status_code == 404, door
                assert "Rossi" not in text_of(refused)


def other_learner(story: Story) -> None:
    """Mallory learns at the same school, and is nobody's business but hers, and Alba none of hers."""
    with story.on(BEFORE):
        learners.enter(
            Person(names=("Mallory",), family_name="Verdi"), actor=story.actor("Bruno"), email="mallory@example.org"
        )
    story.accounts["Mallory"] = people.register(email="mallory@example.org", name="Mallory Verdi")
    story.at_home["Mallory"] = story.at_home["Alba"]


def test_a_stranger_signs_in_first(story: Story):
    assert Client().get(f"/record/{key_of(story.alba)}").status_code == 302


def test_a_guardian_reads_the_record_of_her_ward(story: Story, signed_in: SignIn):
    with story.on(BEFORE):
        ward = learners.enter(
            Person(names=("Eero",), family_name="Bianchi"), actor=story.actor("Bruno"), guardian="Mari",
            guardian_email="mari@example.org",
        )  # fmt: skip
        mari = people.register(email="mari@example.org", name="Mari")
        client = signed_in(mari)
        assert "Eero Bianchi" in text_of(client.get(f"/record/{ward.key}"))
        assert client.get(f"/record/{key_of(story.alba)}").status_code == 404


def test_who_is_no_learner_is_told_so(story: Story, signed_in: SignIn):
    with story.on(DECIDED):
        page = text_of(signed_in(story.accounts["Erik"]).get("/record/"))
    assert "No learner&#39;s record belongs to this account" in page or "No learner's record" in page


# ------------------------------------------------------------- taking away
@pytest.mark.rule("R-DATA-2")
def test_everything_is_taken_away_as_one_file_with_the_records_as_they_were_signed(story: Story, signed_in: SignIn):
    thread = story.agree()
    with story.on(DECIDED):
        evidence.bring(thread, b"I did it", name="note.txt", actor=story.actor("Alba"))
    decision = story.through(thread)
    with story.on(DECIDED):
        issue.issue(decision.address, actor=story.actor("Dimitra"))
        client = signed_in(story.accounts["Alba"])
        answer = client.get(f"/record/{key_of(story.alba)}/export")
        data = b"".join(answer.streaming_content)  # type: ignore[arg-type]
        again = b"".join(client.get(f"/record/{key_of(story.alba)}/export").streaming_content)  # type: ignore[arg-type]
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        found = {name: archive.read(name) for name in names}
    person = json.loads(found["person.json"])
    assert person["person"]["family_name"] == "Rossi"
    assert person["account"]["email"] == "alba@example.org"
    kept = next(name for name in names if "recognition" in name and "signatures" not in name)
    assert found[kept] == records.record_bytes(decision.address)
    assert any(name.endswith(".sd-jwt") for name in names)
    assert found[next(name for name in names if name.startswith("evidence/"))] == b"I did it"
    assert {
        "booked-units.json",
        "looks.json",
        "links.json",
        "journal.json",
        "progress-HAIR.json",
        "wallets.json",
        "credential-status.json",
    } <= set(names)
    page = found["index.html"].decode()
    assert all(f'href="{name}"' in page for name in names if name != "index.html")
    assert data == again


# ------------------------------------------------------------- who looked
def test_every_look_of_staff_is_noted_and_shown_to_the_learner(story: Story, signed_in: SignIn):
    key = told(story)
    with story.on(DECIDED):
        bruno = signed_in(story.accounts["Bruno"])
        assert bruno.get(f"/learners/{key}").status_code == 200
        assert bruno.get(f"/api/v1/learners/{key}").status_code == 200
        assert bruno.get(f"/learners/{key}/credit").status_code == 200
        alba = signed_in(story.accounts["Alba"])
        alba.get(f"/learners/{key}/credit")
        seen, count = looks.of_learner(story.alba, actor=story.actor("Alba"))
        page = text_of(alba.get(f"/record/{key}/looks"))
    assert count == 3, "her own looks are not noted"
    assert {one.who for one in seen} == {"Bruno"}
    assert {one.institution for one in seen} == {"Scuola di Torino"}
    assert "Bruno" in page
    assert "Your data and progress" in page


def test_a_look_that_was_refused_is_none(story: Story, signed_in: SignIn):
    with story.on(DECIDED):
        assert signed_in(story.accounts["Erik"]).get(f"/learners/{key_of(story.alba)}").status_code == 404
        assert looks.of_learner(story.alba, actor=story.actor("Alba"))[1] == 0


def test_looks_at_agreements_cases_records_and_credentials_are_noted(story: Story, signed_in: SignIn):
    thread = story.agree()
    decision = story.through(thread)
    with story.on(DECIDED):
        made = issue.issue(decision.address, actor=story.actor("Dimitra"))
        case = contents.dossier(story.alba, actor=story.actor("Alba")).units[0].case
        dimitra = signed_in(story.accounts["Dimitra"])
        for address in (
            f"/credit/{key_of(thread)}", f"/credit/cases/{case.id}", f"/credit/records/{decision.address}",
            f"/credentials/{made.id}", f"/api/v1/records/{decision.address}", f"/api/v1/credentials/{made.id}",
        ):  # fmt: skip
            assert dimitra.get(address).status_code == 200, address
        seen, _ = looks.of_learner(story.alba, actor=story.actor("Alba"))
    assert [one.what for one in reversed(seen)] == ["thread", "case", "record", "credential", "record", "credential"]


def test_nobody_reads_who_looked_at_somebody_else(story: Story):
    for name in ("Bruno", "Dimitra", "Erik"):
        with pytest.raises(DossierUnknown):
            looks.of_learner(story.alba, actor=story.actor(name))


NOT_ABOUT_A_LEARNER = (
    "qualifications/", "units/", "institutions/", "memoranda/", "people/", "sign-in/", "portfolios/new/", "verify/",
    "record/", "records-of-mine/", "shared/", "erasures/", "credentials/issue/", "awards/", "verifications/",
    "guest/", "guests/", "drafts/", "consultations/", "papers/<uuidstr:paper>/", "lists/", "groups/",
    "calendar/", "languages/", "me/", "you/", "status/", "wallet/", "ask-a-wallet/",
    "keys/", "credentials/batches/", "network/",
)  # fmt: skip
"""Beginnings of addresses with a key: not about a learner, her own, a guest's own, or such as act and show nothing.

Lists and groups show of many learners only how their agreements stand, runs of credentials only how many there are.
What a wallet shows, the learner has just shown herself.
"""


def routes(resolver: URLResolver, before: str = "") -> list[str]:
    found: list[str] = []
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        found += routes(one, path) if isinstance(one, URLResolver) else [path]
    return found


def test_every_address_with_a_key_is_noted_or_known_not_to_be_about_a_learner():
    known = routes(get_resolver())
    open_ones = [
        path
        for path in known
        if "<" in path and not looked_at(path) and not path.removeprefix("api/v1/").startswith(NOT_ABOUT_A_LEARNER)
    ]
    assert open_ones == []
    assert {what for _, what in LOOKS} == set(looks.SUBJECTS)


def test_what_is_about_nobody_is_noted_for_nobody(story: Story):
    for what in looks.SUBJECTS:
        looks.note(what, str(uuid7()), actor=story.actor("Bruno"))
    assert looks.of_learner(story.alba, actor=story.actor("Alba"))[1] == 0
