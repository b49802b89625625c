"""A learner, a guardian and a host without accounts sign by link; what they did can be proved, and the link is dead."""

from typing import Any

import pytest

import stories_of as story
from callers import everybody_leaves_lyon, invite
from ecvet.mobility import Role as Part
from ecvet.mobility import Task
from ecvet.partnership import AgreementState
from ecvet.record import Act, Address, Attestation, Level, sealed
from ecvet.terms import Identifier
from ecvet_platform.guests.models import GuestRow
from ecvet_platform.institutions.actions import keys, signed
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import agreements, proposing, signing
from stories_of import Cast


def signature_of(version: Address, role: Part) -> Any:
    (found,) = (one for one in records.signatures(version) if one.role == role.value)
    return found


def attested(version: Address, role: Part) -> Attestation:
    return records.recorded(signature_of(version, role).evidence, Attestation).value


def state(everybody: Cast, thread: Identifier) -> AgreementState:
    return agreements.agreement(thread, actor=everybody.actor("Bruno")).versions[-1].state


@pytest.mark.rule("R-EUR-2")
def test_a_learner_without_account_signs_by_link_and_the_record_says_how_we_know(everybody: Cast):
    thread, version = story.proposed(everybody)
    guest = invite(everybody, thread, language="fr")
    page = guest.come_in()
    assert "Alba Rossi" in page
    assert "can carry out Cutting on a model" in page
    done = guest.post("accept", version=version)
    assert done.status_code == 200
    signature = signature_of(version, Part.LEARNER)
    assert (signature.signer, signature.level) == (everybody.alba.id, Level.GUEST)
    assert keys.kid_of(signature).startswith(story.TURIN), "the key is that of the institution that invited"
    assert keys.check(signature)
    found = attested(version, Part.LEARNER)
    row = GuestRow.objects.get()
    assert (found.shown, found.verb, found.by) == (version, "accept", everybody.accounts["Bruno"].identifier)
    assert found.institution == story.TURIN
    assert found.address == sealed("guest@example.org", bytes(row.salt))
    assert found.checked == story.NOW
    assert found.text.in_("fr") == "J’ai lu cette version du contrat pédagogique et je la signe."
    assert b"guest@" not in records.record_bytes(signature.evidence)
    assert not any("guest@" in entry.detail or "Greta" in entry.detail for entry in journal.read())
    acts = [one for one in journal.read(subject=thread) if one.verb in ("guest.act", "agreement.accept")]
    assert [one.record for one in acts] == [signature.evidence, version]
    assert {"guest", "invited_by", "address", "shown", "text", "checked"} <= acts[0].details.keys()  # type: ignore[union-attr]
    assert acts[1].details["level"] == "guest"  # type: ignore[index, call-overload]
    journal.verify()


def test_when_the_act_is_done_the_link_is_dead_and_the_address_forgotten(everybody: Cast):
    thread, version = story.proposed(everybody)
    guest = invite(everybody, thread)
    guest.come_in()
    guest.post("accept", version=version)
    assert guest.letters[-1].subject == "Thank you: your part is done"
    ((name, data, media),) = guest.letters[-1].attachments
    assert (name, media, data[:5]) == ("agreement.pdf", "application/pdf", b"%PDF-")
    assert version.encode() in data, "the record lies in the document that the guest keeps"
    assert (GuestRow.objects.get().email, GuestRow.objects.get().done) == ("", story.NOW)
    for answer in (
        guest.client.get(guest.link),
        guest.post("reject", version=version, reason="no"),
        guest.post("code"),
    ):
        assert answer.status_code == 410
        assert "Alba" not in answer.content.decode()
    assert "You need do nothing more" in guest.client.get(guest.link).content.decode()


def test_a_guest_declines_with_a_reason_and_not_without(everybody: Cast):
    thread, version = story.proposed(everybody)
    guest = invite(everybody, thread)
    guest.come_in()
    without = guest.post("reject", version=version, reason=" ")
    assert without.status_code == 422
    assert state(everybody, thread) is AgreementState.PROPOSED
    assert not [one for one in journal.read(subject=thread) if one.verb == "guest.act"], "nothing was kept of it"
    assert guest.post("reject", version=version, reason="I am ill").status_code == 200
    assert state(everybody, thread) is AgreementState.REJECTED
    assert signature_of(version, Part.LEARNER).reason == "I am ill"


def test_a_refused_act_leaves_no_attestation(everybody: Cast):
    thread, version = story.proposed(everybody)
    guest = invite(everybody, thread)
    guest.come_in()
    later = story.later(story.draft(everybody.alba, None), story.STAY.end)  # type: ignore[arg-type]
    proposing.change(thread, later, base=version, actor=everybody.actor("Bruno"))
    late = guest.post("accept", version=version)
    assert late.status_code == 422
    assert "Alba Rossi" in late.content.decode(), "the page shows the version that waits now"
    assert not [one for one in journal.read(subject=thread) if one.verb == "guest.act"]


@pytest.mark.rule("R-EUR-2")
def test_a_host_that_has_nobody_here_signs_by_link(everybody: Cast):
    thread, version = story.proposed(everybody)
    everybody_leaves_lyon(everybody)
    guest = invite(everybody, thread, Part.HOSTING)
    guest.come_in()
    assert guest.post("accept", version=version).status_code == 200
    signature = signature_of(version, Part.HOSTING)
    assert (signature.signer, signature.level) == (story.LYON, Level.GUEST)
    assert keys.kid_of(signature).startswith(story.TURIN), "nobody signs with the host's key in its place"
    for name in ("Alba", "Bruno"):
        signing.answer(thread, version, Act.ACCEPT, actor=everybody.actor(name))
    assert state(everybody, thread) is AgreementState.IN_FORCE


def test_coordinators_see_how_a_signature_came_to_be(everybody: Cast):
    thread, version = story.proposed(everybody)
    guest = invite(everybody, thread)
    guest.come_in()
    guest.post("accept", version=version)
    page = everybody.browser("Chloé").get(f"/agreements/{story.key(thread)}").content.decode()
    assert "by e-mailed link and code" in page


def test_the_document_says_how_a_signature_came_to_be(everybody: Cast):
    thread, version = story.proposed(everybody)
    guest = invite(everybody, thread)
    guest.come_in()
    guest.post("accept", version=version)
    rows = signed.rows(records.signatures(version), {}, {})
    assert [row["act"] for row in rows if "link" in str(row["act"])] == ["accepted (by e-mailed link and code)"]


def test_the_document_can_be_kept(everybody: Cast):
    thread, _version = story.proposed(everybody)
    guest = invite(everybody, thread, language="it")
    guest.come_in()
    answer = guest.client.get(f"{guest.link}/pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")


def test_a_mentor_tells_only_what_happens(everybody: Cast):
    thread, version = story.in_force(everybody)
    signing_link = invite(everybody, thread, Part.HOSTING, Task.TELL, by="Chloé")
    page = signing_link.come_in()
    assert "The learner has arrived" in page
    assert signing_link.post("accept", version=version).status_code == 403
    assert signing_link.client.get(f"{signing_link.link}/assess/1").status_code == 403
    assert signing_link.client.get(f"{signing_link.link}/tell/close").status_code == 302, "closing is for home"
    refused = signing_link.post("tell/start", on="")
    assert refused.status_code == 422
    assert signing_link.post("tell/start", on="2026-04-06").status_code == 302
    assert agreements.agreement(thread, actor=everybody.actor("Bruno")).stay.state == "started"
    assert "End the stay early" in signing_link.see()
    early = signing_link.post("tell/end-early", on="2026-04-20", reason="illness", remainder="later", note="Fever")
    assert "your part is done" in early.content.decode()
    assert signing_link.client.get(signing_link.link).status_code == 410
