"""Every field that the domain's text names for a document stands in its data file, in that order (spec 5.4 to 5.7).

Each line is a field as the text names it, with the keys under which the data file has it, `section.key` where a
repeated section or table has it. Keys of one line may stand in any order; lines follow each other.
"""

from typing import Final

import pytest

from ecvet.partnership.enclosure import ASSESSED, COVERED, TAKEN, TARGETED, Enclosure
from ecvet_platform.documents import fields
from ecvet_platform.documents.fields import Form

ORGANISATION: Final = ("name", "country", "address", "telephone", "fax", "e-mail", "website", "person", "position",
                       "person-telephone", "person-fax", "person-e-mail")  # fmt: skip


def of(prefix: str, keys: tuple[str, ...] = ORGANISATION) -> tuple[str, ...]:
    return tuple(prefix + key for key in keys)


MEMORANDUM: Final = (
    ("header: file code", ("file",)),
    ("1 other objectives", ("objectives",)),
    ("Annex II.2: the five confirmations", ("confirmed",)),
    ("2 organisations signing", of("parties.")),
    ("3 other organisations covered", ("others.name", "others.country", "others.functions", "others.covered")),
    ("comparability of the qualifications", ("comparability",)),
    ("4 country, title (the heading), EQF, NQF",
     ("qualifications.country", "qualifications.eqf", "qualifications.nqf")),
    ("4 units for the mobility phases", ("qualifications.units",)),
    ("4 enclosures", ("qualifications.enclosures",)),
    ("5 who assesses, documents, validates, recognises",
     ("responsibilities.country", "responsibilities.function", "responsibilities.institution")),
    ("toolkit: tools, techniques, templates", ("tools",)),
    ("6 valid until", ("until",)),
    ("toolkit: minimum and maximum duration", ("weeks",)),
    ("7 evaluation and review: date, by whom", ("review",)),
    ("8 signatures", ("signatures.country", "signatures.name", "signatures.role", "signatures.person",
                      "signatures.place", "signatures.at")),
    ("9 additional information", ("additional",)),
    ("10 annexes", ("annexes",)),
)  # fmt: skip

AGREEMENT: Final = (
    ("1 home organisation", of("home.")),
    ("1 hosting organisation", of("hosting.")),
    ("1 tutor or mentor", ("mentors.name", "mentors.institution", "mentors.position")),
    ("1 learner", ("learner", "learner.address", "learner.telephone", "learner.e-mail", "born", "learner.sex")),
    ("1 parents or guardian", ("guardian",)),
    ("1 intermediary organisation", of("intermediary.")),
    ("2 start date", ("start",)), ("2 end date", ("end",)), ("2 length in weeks", ("weeks",)),
    ("Erasmus+ header: mode, programme, project", ("mode", "programme", "project")),
    ("3 title", ("qualification",)), ("3 EQF level", ("eqf",)), ("3 NQF level", ("nqf",)),
    ("3 progress on the pathway", ("progress",)), ("3 enclosures", ("enclosures",)),
    ("4 points to be acquired abroad", ("points",)),
    ("4 units, groups of outcomes, parts of units", ("units.part",)),
    ("4 points of the unit", ("units.home_points", "units.hosting_points")),
    ("4 outcomes", ("units.outcomes",)), ("4 learning activities", ("units.activities",)),
    ("4 enclosures", ("enclosures_outcomes",)),
    ("5 persons responsible", ("assessors.name", "assessors.institution", "assessors.position")),
    ("5 date", ("when",)), ("5 method", ("methods",)), ("5 how and when recorded", ("recorded",)),
    ("5 enclosures", ("enclosures_assessment",)),
    ("Annex II.3: the clause", ("clause",)),
    ("6 responsible for validation", ("validation.name", "validation.institution", "validation.position")),
    ("6 how carried out", ("validation_how",)), ("6 how recorded", ("validation_recorded",)),
    ("6 responsible for recognition", ("recognition.name", "recognition.institution", "recognition.position")),
    ("6 how conducted", ("recognition_how",)),
    ("7 signatures", ("signatures.name", "signatures.role", "signatures.person", "signatures.place", "signatures.at")),
    ("8 additional information", ("additional",)), ("9 annexes", ("annexes",)),
)  # fmt: skip

TRANSCRIPT: Final = (
    ("learner identity", ("learner", "born")), ("home", ("home",)), ("host", ("hosting",)),
    ("reference of the agreement", ("basis",)), ("period", ("period",)),
    ("qualification with levels", ("qualification", "eqf", "nqf")),
    ("unit: version; its title is the heading", ("units.version",)),
    ("whole unit or part", ("units.extent",)),
    ("outcome, kind, result, criteria, strong and weak points",
     ("units.results.outcome", "units.results.kind", "units.results.result", "units.results.remark")),
    ("evidence or task", ("units.assessments.evidence",)), ("method", ("units.assessments.methods",)),
    ("date", ("units.assessments.on",)), ("place", ("units.assessments.place",)),
    ("assessors, name and role", ("units.assessments.assessors",)),
    ("grade, scale, pass mark", ("units.grade", "units.scale")), ("remarks", ("units.remarks",)),
    ("points corresponding", ("units.points",)),
    ("deviations from the agreement", ("deviations",)), ("achieved beyond it", ("additional",)),
    ("signatures of assessor and institution", ("signatures.name", "signatures.person", "signatures.at")),
    ("decisions of home per unit with date and body",
     ("decisions.unit", "decisions.decision", "decisions.body", "decisions.on")),
)  # fmt: skip

PARTNER: Final = ("name", "type", "address", "country", "stamp", "person", "position", "telephone", "e-mail")

EUROPASS: Final = (
    ("national Europass centre", ("reference",)),
    ("1", ("surname",)), ("2", ("first",)), ("3", ("address",)), ("4", ("photograph",)), ("5", ("born",)),
    ("6", ("nationality",)), ("7", ("signature",)),
    ("8", ("issuer",)), ("9", ("number",)), ("10", ("issued",)),
    ("11-16", of("home.", PARTNER)), ("17-22", of("hosting.", PARTNER)),
    ("23", ("objective",)), ("24", ("initiative",)), ("25", ("qualification", "eqf", "nqf")), ("26", ("programme",)),
    ("27", ("from",)), ("28", ("to",)),
    ("29a", ("activities",)), ("30a", ("knowledge", "skills", "competence")), ("31a", ("languages",)),
    ("32a", ("computer",)), ("33a", ("organisational",)), ("34a", ("social",)), ("35a", ("other",)),
    ("36a", ("on",)), ("37a, 38a", ("signed",)),
    ("29b", ("matriculation",)),
    ("30b ff.", ("credit.code", "credit.unit", "credit.duration", "credit.grade", "credit.points")),
    ("signatures", ("signatures.name", "signatures.at")),
)  # fmt: skip

COMPLEMENT: Final = (
    ("who took part", ("learner", "born", "programme", "project", "mode")),
    ("sender", of("home.")), ("host", of("hosting.")), ("what took place", ("start", "end", "agreed", "events.what")),
    ("qualification", ("qualification",)),
    ("what was achieved", ("units.agreed", "units.activities", "units.extent", "units.results.result")),
    ("differences", ("deviations", "additional")), ("recognition", ("clause", "decisions.decision")),
    ("signatures", ("signatures.name",)),
)  # fmt: skip

RECOGNITION: Final = (  # R-RECOG-14
    ("learner", ("learner", "born")), ("unit", ("unit", "qualification")), ("assessed by", ("hosting",)),
    ("extent and outcomes", ("extent", "outcomes")), ("points, grade, use", ("points", "grade", "use")),
    ("body, person, date, ground", ("body", "by", "on", "ground")),
    ("reasons", ("reasons", "explanation")), ("what remains", ("remaining", "way", "task")), ("appeal", ("appeal",)),
    ("signatures", ("signatures.name", "signatures.at")),
)  # fmt: skip

CERTIFICATE: Final = (
    ("unit", ("unit",)), ("qualification and levels", ("qualification", "eqf", "nqf")), ("points", ("points",)),
    ("extent", ("extent",)), ("outcomes", ("outcomes",)), ("body, person, date", ("body", "by", "on", "ground")),
    ("signatures", ("signatures.name",)),
)  # fmt: skip

ACCUMULATION: Final = (
    ("learner and qualification", ("learner", "born", "home", "qualification")),
    ("standing", ("standing", "counted", "reading")), ("held", ("held.unit", "held.points", "held.counts", "held.why")),
    ("missing", ("missing", "undecided", "completion")), ("awards", ("awards",)),
)  # fmt: skip

CASES: Final = {
    "memorandum": (fields.MEMORANDUM, MEMORANDUM), "agreement": (fields.AGREEMENT, AGREEMENT),
    "transcript": (fields.TRANSCRIPT, TRANSCRIPT), "europass": (fields.EUROPASS, EUROPASS),
    "complement": (fields.COMPLEMENT, COMPLEMENT), "recognition": (fields.RECOGNITION, RECOGNITION),
    "certificate": (fields.UNIT_CERTIFICATE, CERTIFICATE), "accumulation": (fields.ACCUMULATION, ACCUMULATION),
}  # fmt: skip


def keys_of(form: Form) -> list[str]:
    """The keys of a form in the order in which they are printed."""
    found = []
    for section in form.sections:
        for field in section.fields:
            name = f"{section.each}.{field.key}" if section.each else field.key
            found += [f"{name}.{key}" for key, _ in field.columns] or [name]
    return found


@pytest.mark.parametrize("name", CASES)
def test_every_field_that_the_text_names_is_in_the_data_file_in_its_order(name: str) -> None:
    form, lines = CASES[name]
    keys, last = keys_of(form), -1
    for said, wanted in lines:
        assert [one for one in wanted if one not in keys] == [], said
        places = [keys.index(one) for one in wanted]
        assert min(places) > last, f"“{said}” stands before what comes before it in the text"
        last = max(places)


@pytest.mark.parametrize("name", CASES)
def test_no_key_stands_twice(name: str) -> None:
    keys = keys_of(CASES[name][0])
    assert len(keys) == len(set(keys))


def test_every_numbered_field_of_europass_mobility_has_its_number() -> None:
    numbered = [field.number for section in fields.EUROPASS.sections for field in section.fields if field.number]
    plain = [one.rstrip("*") for one in numbered]
    assert [one for one in map(str, range(1, 29)) if one not in plain] == []
    assert {"1*", "2*", "8*", "9*", "10*", "11*", "27*", "28*", "29a*", "36a*"} <= set(numbered)


def test_every_box_of_enclosures_belongs_to_a_section() -> None:
    assert {*COVERED, *TAKEN, *TARGETED, *ASSESSED} == set(Enclosure)
