"""Memorandum and agreement as documents: from the page and the API, sealed, only for those who may see them."""

import re
from dataclasses import replace
from uuid import UUID

import pytest
from django.test import Client

from documents_read import files, seal_of, words
from ecvet.partnership import OtherActor
from ecvet.record import address
from ecvet.terms import Country, Identifier, LangString
from ecvet_platform.credentials.actions import keys
from ecvet_platform.credentials.models import CertificateRow
from ecvet_platform.credentials.store import keys as key_files
from ecvet_platform.documents.errors import LanguageUnknown
from ecvet_platform.institutions.actions import document as memorandum_printed
from ecvet_platform.institutions.actions import memoranda, register
from ecvet_platform.institutions.errors import MemorandumUnknown
from ecvet_platform.institutions.store import institutions as store
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import agreements
from ecvet_platform.mobility.actions import document as agreement_printed
from ecvet_platform.mobility.errors import AgreementUnknown
from ecvet_platform.mobility.forms.agreements import AgreementForm
from ecvet_platform.qualifications.naming import key_of, thread_of
from stories_of import (
    LYON,
    MEMORANDUM,
    TURIN,
    Cast,
    begun_cast,
    everybody,
    in_force,
    key,
    memorandum_in_force,
    now,
    proposed,
)

__all__ = ["begun_cast", "everybody", "now"]
CHECK = "https://ecvet.example/verify/records/"


def test_an_agreement_says_everything_that_was_signed(everybody: Cast) -> None:
    thread, version = in_force(everybody)
    pdf = agreement_printed.agreement(thread, actor=everybody.actor("Alba"), check_at=CHECK, language="en")
    found = words(pdf)
    for said in (
        "Alba Rossi", "1 July 2006", "Istituto Torino", "Lycée de Lyon", "office@example.org", "6 April 2026",
        "29 May 2026", "Length in weeks 8", "Hairdresser", "Cutting", "can plan Cutting with a client",
        "the whole unit", "40 ECVET points", "Chloé", "teacher", "practical task", "last week", "two assessors", "grid",
        "Bruno", "in force, version 1", "learner", "accepted", CHECK,
    ):  # fmt: skip
        assert said in found, said
    assert files(pdf)["record.json"] == records.record_bytes(version)
    signed = files(pdf)["signatures.json"].decode()
    assert signed.count('"accept"') == 3


def test_the_home_institution_seals_from_its_entry_on(everybody: Cast) -> None:
    thread, _ = in_force(everybody)
    pdf = agreement_printed.agreement(thread, actor=everybody.actor("Alba"), check_at=CHECK, language="en")
    assert "Sealed electronically by Istituto Torino." in words(pdf)
    assert seal_of(pdf, keys.authority().certificate).bottom_line


def test_an_institution_entered_before_keys_came_with_entry_gets_its_own_with_its_first_document(
    everybody: Cast,
) -> None:
    thread, _ = in_force(everybody)
    for file in key_files._folder().glob("*.pem"):
        file.unlink()
    CertificateRow.objects.all().delete()
    for _ in range(2):
        pdf = agreement_printed.agreement(thread, actor=everybody.actor("Alba"), check_at=CHECK, language="en")
        assert seal_of(pdf, keys.authority().certificate).bottom_line
    made = [one for one in journal.read(subject=TURIN, after=0) if one.verb == "credential.certify"]
    assert [one.person for one in made][-1:] == [keys.PLATFORM.person]
    assert len(made) == 2, "once with its entry, once with the document"


def test_a_proposed_agreement_says_that_it_is_not_in_force(everybody: Cast) -> None:
    thread, _ = proposed(everybody)
    pdf = agreement_printed.agreement(thread, actor=everybody.actor("Bruno"), check_at=CHECK, language="en")
    assert "Status: proposed, version 1" in words(pdf)


def test_texts_come_in_the_language_asked_for(everybody: Cast) -> None:
    thread, _ = in_force(everybody)
    bruno = everybody.actor("Bruno")
    assert "Κούρεμα" in words(agreement_printed.agreement(thread, actor=bruno, check_at=CHECK, language="el"))
    with pytest.raises(LanguageUnknown):
        agreement_printed.agreement(thread, actor=bruno, check_at=CHECK, language="tlh")


def test_a_memorandum_is_printed_with_its_functions_and_signatures(everybody: Cast) -> None:
    in_force(everybody)
    bruno = everybody.actor("Bruno")
    (line,) = memoranda.lines(actor=bruno)
    pdf = memorandum_printed.memorandum(line.thread, actor=bruno, check_at=CHECK)
    found = words(pdf)
    for said in (
        "Istituto Torino", "Lycée de Lyon", "Hairdressers learn abroad", "every summer by both coordinators", "France",
        "recognise", "1 January 2026", "31 December 2028", "2 – 26", "Hairdresser", "all units",
        "We accept each other's status as competent institutions.", "party", "accepted",
    ):  # fmt: skip
        assert said in found, said
    assert files(pdf)["record.json"] == records.record_bytes(line.head)


def test_strangers_get_no_document(everybody: Cast) -> None:
    thread, _ = in_force(everybody)
    (line,) = memoranda.lines(actor=everybody.actor("Bruno"))
    erik = everybody.actor("Erik")
    with pytest.raises(AgreementUnknown):
        agreement_printed.agreement(thread, actor=erik, check_at=CHECK, language="en")
    with pytest.raises(MemorandumUnknown):
        memorandum_printed.memorandum(line.thread, actor=erik, check_at=CHECK)
    browser = everybody.browser("Erik")
    assert browser.get(f"/agreements/{key(thread)}/pdf").status_code == 404
    assert Client().get(f"/agreements/{key(thread)}/pdf").status_code == 302


def test_pages_and_api_hand_out_the_same_document(everybody: Cast) -> None:
    thread, version = in_force(everybody)
    (line,) = memoranda.lines(actor=everybody.actor("Bruno"))
    browser = everybody.browser("Bruno")
    for page, api in (
        (f"/agreements/{key(thread)}", f"/api/v1/agreements/{key(thread)}/document"),
        (f"/memoranda/{key_of(line.thread)}", f"/api/v1/memoranda/{key_of(line.thread)}/document"),
    ):
        assert f'href="{page}/pdf"' in browser.get(page).content.decode()
        shown, fetched = browser.get(f"{page}/pdf"), browser.get(f"{api}?language=en")
        assert (shown["Content-Type"], shown.status_code) == ("application/pdf", 200)
        assert shown["Content-Disposition"].startswith("inline")
        assert words(shown.content) == words(fetched.content)
    found = words(browser.get(f"/agreements/{key(thread)}/pdf").content).replace(" ", "")
    assert f"http://testserver/verify/records/{version}" in found
    assert browser.get(f"/agreements/{key(thread)}/pdf?language=xx").status_code == 422


def test_the_qr_code_leads_to_a_public_page_that_names_no_person(everybody: Cast) -> None:
    _, version = in_force(everybody)
    anybody = Client()
    answer = anybody.get(f"/verify/records/{version}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Istituto Torino" in page
    assert "Lycée de Lyon" in page
    assert "Alba" not in page
    assert everybody.alba.id not in page
    assert "1 person has signed it too." in page
    told = anybody.get(f"/api/v1/verifications/records/{version}").json()
    assert (told["type"], told["later"], told["persons"]) == ("learning_agreement", False, 1)
    unknown = address("sha-256:" + "0" * 64)
    assert anybody.get(f"/verify/records/{unknown}").status_code == 404


def test_what_the_template_also_asks_is_typed_read_by_signers_and_printed(everybody: Cast) -> None:
    memorandum_in_force(everybody)
    bruno = everybody.browser("Bruno")
    new = f"/agreements/new?learner={everybody.alba.id}&hosting={LYON}&next=1"
    typed = {
        "start": "2026-04-06", "end": "2026-05-29", "unit-0": "on", "recognises": TURIN, "progress": "Second year",
        "validation_how": "By the class council", "validation_recorded": "In its minutes",
        "recognition_how": "By the head of school", "enclosed_qualification": ["europass", "Europass CV"],
        "enclosed_outcomes": "descriptions of units", "enclosed_assessment": "form of the personal transcript",
        "seen": "1", "step": "propose",
    }  # fmt: skip
    assert "Select a valid choice" in bruno.post(new, typed).content.decode()
    answer = bruno.post(new, typed | {"enclosed_qualification": ["Europass CV", "units already acquired"]})
    assert answer.status_code == 302, answer.content.decode()
    page = bruno.get(answer["Location"]).content.decode()
    thread = thread_of(UUID(answer["Location"].rpartition("/")[2]))
    pdf = words(agreement_printed.agreement(thread, actor=everybody.actor("Alba"), check_at=CHECK, language="en"))
    for said in ("Second year", "By the class council", "In its minutes", "By the head of school", "Europass CV",
                 "units already acquired", "descriptions of units", "form of the personal transcript"):  # fmt: skip
        assert said in page, said
        assert said in pdf, said
    item = agreements.agreement(thread, actor=everybody.actor("Bruno")).item.value
    assert AgreementForm.of_formalities(item)["enclosed_outcomes"] == ["descriptions of units"]


@pytest.mark.parametrize("language", ["en", "fi"])
def test_no_document_shows_a_code_or_a_day_in_figures_alone(everybody: Cast, language: str) -> None:
    thread, _ = in_force(everybody)
    found = words(agreement_printed.agreement(thread, actor=everybody.actor("Alba"), check_at=CHECK, language=language))
    assert re.search(r"\b\d{4}-\d\d-\d\d\b", found) is None
    assert "–" not in found.replace(" – ", " "), "no field is shown that is empty and not needed"


def test_contact_persons_are_entered_shown_with_their_labels_and_printed(everybody: Cast) -> None:
    thread, _ = in_force(everybody)
    item = register.institutions((TURIN,))[TURIN]
    found = {"person": "Anna Neri", "position": "head of office", "person-telephone": "+39 011 1", "fax": "+39 011 2"}
    store.put(item, contact=found, since=clock.today())
    page = everybody.browser("Bruno").get(f"/institutions/{key_of(TURIN)}").content.decode()
    pdf = words(agreement_printed.agreement(thread, actor=everybody.actor("Alba"), check_at=CHECK, language="en"))
    for said in ("Contact person", "Anna Neri", "Position", "head of office", "+39 011 1", "Fax", "+39 011 2"):
        assert said in page, said
        assert said in pdf, said


def test_an_organisation_outside_the_register_has_the_name_that_the_memorandum_gives_it(everybody: Cast) -> None:
    """R-MOU-5: a mentor of a company that only the memorandum knows; one that nobody knows keeps its identifier."""
    salon, nobody = Identifier("https://salon.example"), Identifier("https://nobody.example")
    bruno = everybody.actor("Bruno")
    other = OtherActor(id=salon, name=LangString.of(fr="Salon Étoile"), country=Country("FR"))
    thread = memoranda.propose(replace(MEMORANDUM, other_actors=(other,)), actor=bruno)
    version = memoranda.memorandum(thread, actor=bruno).item.address
    found = agreement_printed.organisations((salon, nobody, TURIN), version)
    assert found == {salon: "Salon Étoile", nobody: nobody, TURIN: "Istituto Torino"}
    assert agreement_printed.organisations((salon,), None) == {salon: salon}
    assert agreement_printed.organisations((salon,), address("sha-256:" + "0" * 64)) == {salon: salon}
