"""A learning agreement as a document: every field of the European template that the agreement has."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from ecvet.mobility import LearningAgreement
from ecvet.mobility import Role as Part
from ecvet.mobility.agreement import AgreedUnit, Responsible
from ecvet.partnership import MemorandumOfUnderstanding
from ecvet.partnership.enclosure import ASSESSED, TAKEN, TARGETED
from ecvet.record import Address
from ecvet.terms import Identifier, total
from ecvet_platform.documents import actions as documents
from ecvet_platform.documents.fields import AGREEMENT
from ecvet_platform.documents.values import Cell, Document, Line, Row, Text, said
from ecvet_platform.institutions import words as versions
from ecvet_platform.institutions.actions import register, signed
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.journal.errors import RecordUnknown
from ecvet_platform.mobility import words
from ecvet_platform.mobility.actions import agreements, learners
from ecvet_platform.mobility.actions.agreements import Agreement
from ecvet_platform.mobility.words.cases import CHANGE_REASONS
from ecvet_platform.people import store as accounts
from ecvet_platform.people.language import day, listed, number, speaking
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.words import amount


def agreement(
    thread: Identifier, *, actor: Actor, check_at: str, language: str, form: documents.Format = documents.Format.PDF
) -> bytes:
    """The version that speaks for an agreement as a PDF, sealed by the home institution, or as a Word file.

    For whoever may see its page. `check_at` is the address of the page that checks a record, up to the record's own
    address. Raises `AgreementUnknown`, `LanguageUnknown`, `CharacterMissing`.
    """
    found = agreements.agreement(thread, actor=actor)
    with speaking(documents.language(language)):
        return documents.made(_document(found, language, check_at), form)


def _document(found: Agreement, language: str, check_at: str) -> Document:
    item, address = found.item.value, found.item.address
    version = next(one for one in found.versions if one.record.address == address)
    names = named_in(item)
    home, learner = item.party(Part.HOME), found.learner
    numbered = _("version %(n)s") % {"n": version.record.version}
    assert home is not None, "a proposed agreement has its three parties (R-LA-1)"
    return Document(
        form=AGREEMENT, language=language, title=f"{AGREEMENT.title}: {names[learner]}", on=clock.today(),
        record=records.record_bytes(address), address=address, signatures=version.signatures,
        verification=check_at + address, sealer=home, sealed_by=names[home],
        lead=said(item.qualification_title, language),
        status=f"{versions.STATES[version.state]}, {numbered}",
        values={
            **what_it_says(item, names, language),
            "signatures": signed.rows(version.signatures, words.ROLES, names),
            "changed": _why(item, language),
            "annexes": tuple(one.hash for one in version.record.annexes),
        },
    )  # fmt: skip


def what_it_says(
    item: LearningAgreement, names: Mapping[Identifier, str], language: str
) -> dict[str, Cell | tuple[Row, ...]]:
    """The fields of the terms themselves, the same for an agreement and for the common text of a group."""
    return {
            **_participants(item, names), **_about(item, language),
            "units": tuple(_unit(one, language) for one in item.units), "points": _points(item),
            "assessors": _named(item.assessment.assessors, names), "methods": item.assessment.methods,
            "assessed_at": item.assessment.place,
            "when": said(item.assessment.when, language), "safeguards": said(item.assessment.safeguards, language),
            "recorded": said(item.assessment.recorded_how, language),
            "enclosures_outcomes": signed.enclosed(item.enclosures, TARGETED),
            "enclosures_assessment": signed.enclosed(item.enclosures, ASSESSED),
            "clause": signed.yes_or_no(item.will_recognise),
            "validation": _named(item.validation, names), "recognition": _named(item.recognition, names),
            "validation_how": said(item.validation_how, language),
            "validation_recorded": said(item.validation_recorded, language),
            "recognition_how": said(item.recognition_how, language),
            "due": day(item.decision_due) if item.decision_due else "",
            "additional": said(item.additional, language), "frame": item.memorandum or "",
    }  # fmt: skip


def _participants(item: LearningAgreement, names: Mapping[Identifier, str]) -> dict[str, Cell | tuple[Row, ...]]:
    found: dict[str, Cell | tuple[Row, ...]] = {}
    for part in (Part.HOME, Part.HOSTING, Part.INTERMEDIARY):
        who = item.party(part)
        found |= signed.institution(who, f"{part.value}.") if who else {}
    learner = item.party(Part.LEARNER)
    known = learners.known(learner) if learner else None
    person, guardian = (known.person if known else None), item.party(Part.GUARDIAN)
    return {
        **found, "learner": names[learner] if learner else "", "mentors": _named(item.mentors, names),
        "learner.e-mail": accounts.emails((known.account,)).get(known.account, "") if known and known.account else "",
        "guardian": names[guardian] if guardian else "",
        "born": day(person.birth_date) if person and person.birth_date else "", "place": item.hosting_place,
    }  # fmt: skip


def _why(item: LearningAgreement, language: str) -> Line:
    """Why this version was made, by reasons and in words; nothing in a first one."""
    if item.amendment is None:
        return ""
    reasons = listed(str(text) for name, text in CHANGE_REASONS.items() if name in item.amendment.reasons)
    return f"{reasons}. {said(item.amendment.text, language)}" if item.amendment.text else reasons


def _titles(item: LearningAgreement, language: str) -> Cell:
    """The title, and the same in the language of the partnership where that is another (template, section 3)."""
    here = said(item.qualification_title, language)
    if item.memorandum is None:
        return here
    try:
        agreed = records.recorded(item.memorandum, MemorandumOfUnderstanding).value.language
    except RecordUnknown:  # a memorandum that only another server has
        return here
    there = said(item.qualification_title, agreed)
    if agreed == language or str(there) == str(here) or agreed not in dict(item.qualification_title.texts):
        return here
    return (here, Text(str(there), agreed))


def _about(item: LearningAgreement, language: str) -> dict[str, Cell]:
    weeks = item.period.weeks
    return {
        "start": day(item.period.start), "end": day(item.period.end) if item.period.end else "",
        "weeks": "" if weeks is None else number(weeks), "mode": str(words.MODES.get(item.mode, item.mode)),
        "programme": item.programme, "project": item.project, "qualification": _titles(item, language),
        "enclosures": signed.enclosed(item.enclosures, TAKEN),
        "eqf": signed.level(item.eqf), "nqf": str(item.nqf or ""), "progress": said(item.progress, language),
    }  # fmt: skip


def _unit(agreed: AgreedUnit, language: str) -> Row:
    """A unit with the words of its outcomes, as published; outcomes of a unit unknown here by their names."""
    unit, theirs = qualifications.find_unit(agreed.unit), None
    if agreed.hosting_unit is not None:
        theirs = qualifications.find_unit(agreed.hosting_unit)
    known = {one.id: said(one.text, language) for one in unit.value.outcomes} if unit else {}
    ordered = [one for one in known if one in agreed.outcomes] + sorted(agreed.outcomes - set(known))
    return {
        "title": said(agreed.title, language), "outcomes": tuple(known.get(one, one) for one in ordered),
        "part": _("only a part of the unit") if agreed.part else _("the whole unit"),
        "home_points": amount(agreed.home_points) if agreed.home_points else "",
        "hosting_points": amount(agreed.hosting_points) if agreed.hosting_points else "",
        "hosting_unit": said(theirs.value.title, language) if theirs else agreed.hosting_unit or "",
        "activities": said(agreed.activities, language),
    }  # fmt: skip


def _points(item: LearningAgreement) -> tuple[str, ...]:
    """The points of the whole units, for each credit system apart, since systems are never added up (R-LA-13)."""
    given = [one.home_points for one in item.units if one.home_points and not one.part]
    systems = dict.fromkeys(one.system for one in given)
    return tuple(amount(total((one for one in given if one.system == system), system)) for system in systems)


def _named(people: Iterable[Responsible], names: Mapping[Identifier, str]) -> tuple[Row, ...]:
    return tuple({"name": one.name, "institution": names[one.institution], "position": one.position} for one in people)


def organisations(ids: Iterable[Identifier], memorandum: Address | None) -> dict[Identifier, str]:
    """The names of organisations; of those outside the register, as the memorandum calls its other actors (R-MOU-5).

    One that neither knows is called by its identifier.
    """
    called = register.names(ids)
    if memorandum is None or not any(name == who for who, name in called.items()):
        return called
    try:
        others = records.recorded(memorandum, MemorandumOfUnderstanding).value.other_actors
    except RecordUnknown:  # a memorandum that only another server has
        return called
    outside = {one.id: str(one.name) for one in others}
    return {who: outside.get(who, name) if name == who else name for who, name in called.items()}


def named_in(item: LearningAgreement) -> dict[Identifier, str]:
    """What all those named are called: institutions, guardians and the learner."""
    parties = [party.id for party in item.parties]
    people = (*item.mentors, *item.assessment.assessors, *item.validation, *item.recognition)
    called = organisations((*parties, *(one.institution for one in people)), item.memorandum)
    return {**called, **learners.people_named(parties), **learners.names(parties)}
