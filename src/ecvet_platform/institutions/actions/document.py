"""A memorandum as a document: its fields in the words of its own language."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from ecvet.partnership import MemorandumOfUnderstanding
from ecvet.partnership.enclosure import COVERED
from ecvet.partnership.grades import GradeTable
from ecvet.partnership.memorandum import Confirmation
from ecvet.terms import Identifier
from ecvet_platform.documents import actions as documents
from ecvet_platform.documents.fields import MEMORANDUM
from ecvet_platform.documents.values import Document, Row, said
from ecvet_platform.institutions import words
from ecvet_platform.institutions.actions import memoranda, register, signed
from ecvet_platform.institutions.actions.memoranda import Memorandum
from ecvet_platform.institutions.actions.scales import SCALES
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.people.language import country, day, number, speaking
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications import actions as qualifications


def memorandum(
    thread: Identifier, *, actor: Actor, check_at: str, language: str = "",
    form: documents.Format = documents.Format.PDF,
) -> bytes:  # fmt: skip
    """The version that speaks for a memorandum, in the memorandum's own language when none is asked for.

    For whoever may see its page. `check_at` is the address of the page that checks a record, up to the record's own
    address. Raises `MemorandumUnknown`, `LanguageUnknown`, `CharacterMissing`.
    """
    found = memoranda.memorandum(thread, actor=actor)
    spoken = documents.language(language or found.item.value.language)
    with speaking(spoken):
        return documents.made(_document(found, spoken, check_at), form)


def _document(found: Memorandum, language: str, check_at: str) -> Document:
    item, address = found.item.value, found.item.address
    version = next(one for one in found.versions if one.record.address == address)
    concerned = (*item.parties, *(one.institution for one in item.responsibilities), found.owner)
    concerned += tuple(who for one in item.grade_tables for who in (one.given_by, one.read_by))
    names = register.names(concerned)
    title = f"{MEMORANDUM.title}: {' · '.join(names[one] for one in item.parties)}"
    valid = item.valid
    return Document(
        form=MEMORANDUM, language=language, title=title, on=clock.today(), record=records.record_bytes(address),
        address=address, signatures=version.signatures, verification=check_at + address, sealer=found.owner,
        sealed_by=names[found.owner], status=str(words.STATES[version.state]),
        values={
            "file": found.thread,
            "objectives": said(item.objectives, language),
            "confirmed": tuple(str(words.CONFIRMATIONS[one]) for one in Confirmation if one in item.confirmations),
            "parties": tuple(signed.institution(one, "") | {"title": names[one]} for one in item.parties),
            "others": tuple(
                {
                    "name": said(one.name, language), "country": country(one.country),
                    "functions": tuple(str(words.FUNCTIONS[each]) for each in one.functions),
                    "covered": signed.yes_or_no(one.covered),
                }
                for one in item.other_actors
            ),
            "comparability": said(item.comparability_note, language),
            "qualifications": tuple(_qualifications(item, language)),
            "responsibilities": tuple(
                {
                    "country": country(one.country), "function": str(words.FUNCTIONS[one.function]),
                    "institution": names[one.institution],
                }
                for one in item.responsibilities
            ),
            "grades": tuple(_grades(one, names, language) for one in item.grade_tables),
            "tools": said(item.tools, language), "from": day(valid.start) if valid else "",
            "until": day(valid.end) if valid and valid.end else "",
            "weeks": _weeks(item), "review": said(item.review, language),
            "signatures": signed.rows(version.signatures, {}, names),
            "additional": said(item.additional, language),
            "annexes": tuple(one.hash for one in version.record.annexes),
        },
    )  # fmt: skip


def _qualifications(item: MemorandumOfUnderstanding, language: str) -> list[Row]:
    units = {name for one in item.qualifications for name in one.units}
    known = {name: unit.value for name in units if (unit := qualifications.find_unit(name))}
    return [
        {
            "title": said(one.title, language), "country": country(one.country), "eqf": signed.level(one.eqf),
            "nqf": str(one.nqf or ""), "enclosures": signed.enclosed(one.enclosures, COVERED),
            "units": tuple(
                said(known[name].title, language) if name in known else name for name in sorted(one.units)
            ) or signed.all_units(),
        }
        for one in item.qualifications
    ]  # fmt: skip


def _grades(table: GradeTable, names: Mapping[Identifier, str], language: str) -> Row:
    """A table of grades in one row: from whom to whom, both scales with their pass marks, the days, grade for grade."""
    scales = {one.id: one.name for one in SCALES}
    marks = ((table.scale, table.passes_from), (table.home_scale, table.home_passes_from))
    given, read = (
        _("%(scale)s, passes from %(passes)s")
        % {"scale": scales[scale].in_(language, "en") if scale in scales else scale, "passes": mark}
        for scale, mark in marks
    )
    until = day(table.valid.end) if table.valid.end else "…"
    return {
        "given": (names[table.given_by], given), "read": (names[table.read_by], read),
        "holds": f"{day(table.valid.start)} – {until}",
        "pairs": " · ".join(f"{one.grade} = {one.read_as}" for one in table.pairs),
    }  # fmt: skip


def _weeks(item: MemorandumOfUnderstanding) -> str:
    if item.least_weeks is None and item.most_weeks is None:
        return ""
    return f"{number(item.least_weeks)} – {number(item.most_weeks)}"
