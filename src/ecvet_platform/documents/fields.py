"""The fields of each document, as data: correct a heading, a label or the order here and nowhere else.

A form is a list of sections, a section a list of fields. The rooms give values by the keys; what they leave out is
shown empty, or not at all where the field says `if_given`; a Word file, which people fill in by hand, shows all. A
section with `each` is printed once for every row of that value, under the row's own title. `mark` says where the text
of the section comes from: "S" is read in the source named, "K" is known from use and awaits a look at the original, "D"
is our own design. Labels are translated by gettext.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise


@dataclass(frozen=True, slots=True)
class Field:
    """One field, or with `columns` (key and label each) a table.

    `spare` are columns that are left out where no row has anything in them. `number` is what the form itself prints
    before the field, with an asterisk where it is compulsory there.
    """

    key: str
    label: Label
    columns: tuple[tuple[str, Label], ...] = ()
    if_given: bool = False
    spare: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with fields below it; `under` makes it part of the section before. `text` is said before the fields."""

    heading: Label
    fields: tuple[Field, ...] = ()
    each: str = ""
    under: bool = False
    text: Label = ""
    mark: str = "S"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One kind of document: `kind` names its template in `look/`, `source` says whose fields these are."""

    kind: str
    title: Label
    source: str
    sections: tuple[Section, ...]


def _institution(who: str, *, always: bool = True) -> tuple[Field, ...]:
    return (
        Field(f"{who}name", _("Name"), if_given=not always),
        Field(f"{who}country", _("Country"), if_given=not always),
        Field(f"{who}address", _("Address"), if_given=True), Field(f"{who}telephone", _("Telephone"), if_given=True),
        Field(f"{who}fax", _("Fax"), if_given=True), Field(f"{who}e-mail", _("E-mail"), if_given=True),
        Field(f"{who}website", _("Website"), if_given=True), Field(f"{who}person", _("Contact person"), if_given=True),
        Field(f"{who}position", _("Position"), if_given=True),
        Field(f"{who}person-telephone", _("Telephone of the contact person"), if_given=True),
        Field(f"{who}person-fax", _("Fax of the contact person"), if_given=True),
        Field(f"{who}person-e-mail", _("E-mail of the contact person"), if_given=True),
    )  # fmt: skip


def _partner(who: str, first: int) -> tuple[Field, ...]:
    """A partner of Europass Mobility: six numbered fields; the first of them has three lines."""
    return (
        Field(f"{who}name", _("Name"), number=f"{first}*"),
        Field(f"{who}type", _("Type of organisation"), number=f"{first}", if_given=True),
        Field(f"{who}address", _("Address"), number=f"{first}", if_given=True),
        Field(f"{who}country", _("Country"), number=f"{first}"),
        Field(f"{who}stamp", _("Stamp or signature"), number=f"{first + 1}*", if_given=True),
        Field(f"{who}person", _("Reference person or mentor"), number=f"{first + 2}*", if_given=True),
        Field(f"{who}position", _("Title or position"), number=f"{first + 3}", if_given=True),
        Field(f"{who}telephone", _("Telephone"), number=f"{first + 4}", if_given=True),
        Field(f"{who}e-mail", _("E-mail"), number=f"{first + 5}", if_given=True),
    )  # fmt: skip


_LEVELS: Final = (
    Field("eqf", _("EQF level"), if_given=True), Field("nqf", _("Level in the national framework"), if_given=True),
)  # fmt: skip
_NAMED: Final = (("name", _("Name")), ("institution", _("Organisation")), ("position", _("Position")))
_LEARNER: Final = (Field("learner", _("Learner")), Field("born", _("Date of birth"), if_given=True))
_SIGNATURES: Final = Section(
    heading=_("Signatures"), mark="K",
    fields=(Field("signatures", _("Who signed this version, and when"), (
        ("role", _("Role")), ("country", _("Country")), ("name", _("Name")), ("person", _("Person who acted")),
        ("act", _("Answer")), ("place", _("Place")), ("at", _("Date and time"))),
        spare=("country", "person", "place")),),
)  # fmt: skip
_RESULTS: Final = Field("results", _("Results"), (
    ("outcome", _("Learning outcome")), ("kind", _("Kind")), ("result", _("Result")),
    ("remark", _("Criteria and remarks"))), spare=("kind", "remark"))  # fmt: skip
_ASSESSMENTS: Final = Field("assessments", _("Assessments"), (
    ("evidence", _("Evidence")), ("methods", _("Methods")), ("on", _("Date")), ("place", _("Place")),
    ("assessors", _("Assessors"))), spare=("evidence",))  # fmt: skip
_DECISION: Final = Section(
    heading=_("Decision"), mark="D",
    fields=(
        Field("body", _("Deciding body")), Field("by", _("Decided by")), Field("on", _("Date of the decision")),
        Field("ground", _("Ground")),
    ),
)  # fmt: skip

MEMORANDUM: Final = Form(
    kind="memorandum", title=_("Memorandum of understanding"),
    source="European ECVET template of 2013 (copy of 2017); Recommendation 2009/C 155/02, Annex II.2",
    sections=(
        Section(heading=_("Objectives"), text=_(
            "The competent institutions named below establish mutual trust between them. They accept each other's "
            "procedures of assessment, validation and recognition, so that learners can transfer credit."
        ), fields=(Field("file", _("File code")), Field("objectives", _("Other objectives")),
                   Field("confirmed", _("The parties confirm")))),
        Section(heading=_("Organisations signing the memorandum"), fields=()),
        Section(heading=_("Organisation"), each="parties", under=True, fields=_institution("")),
        Section(heading=_("Other organisations"), mark="S", fields=(
            Field("others", _("Organisations covered or taking part"),
                  (("name", _("Name")), ("country", _("Country")), ("functions", _("Functions")),
                   ("covered", _("Covered by the memorandum"))), if_given=True),)),
        Section(heading=_("Qualifications covered"), mark="K", fields=(
            Field("comparability", _("Comment on levels"), if_given=True),)),
        Section(heading=_("Qualification"), each="qualifications", under=True, mark="K", fields=(
            Field("country", _("Country")), Field("eqf", _("EQF level")),
            Field("nqf", _("Level in the national framework"), if_given=True),
            Field("units", _("Units open to mobility")), Field("enclosures", _("Enclosures"), if_given=True))),
        Section(heading=_("Assessment, documentation, validation and recognition"), mark="K", text=_(
            "The parties agree on who assesses, documents, validates and recognises in each country, as said here."
        ), fields=(
            Field("responsibilities", _("Who is responsible in each country"),
                  (("country", _("Country")), ("function", _("Function")), ("institution", _("Institution")))),
            Field("grades", _("How grades are read"),
                  (("given", _("Grades of")), ("read", _("Read by")), ("holds", _("Valid")), ("pairs", _("Grades"))),
                  if_given=True),
            Field("tools", _("Tools and templates of assessment and documentation"), if_given=True))),
        Section(heading=_("Validity"), mark="K", fields=(
            Field("from", _("Valid from"), if_given=True), Field("until", _("Valid until")),
            Field("weeks", _("Length of a stay in weeks"), if_given=True))),
        Section(heading=_("Evaluation and review"), mark="K", fields=(Field("review", _("When and by whom")),)),
        _SIGNATURES,
        Section(heading=_("Additional information and annexes"), mark="K", fields=(
            Field("additional", _("Additional information"), if_given=True),
            Field("annexes", _("Annexes"), if_given=True))),
    ),
)  # fmt: skip

AGREEMENT: Final = Form(
    kind="agreement", title=_("Learning agreement"),
    source="European ECVET template, Erasmus+ version of June 2014; Recommendation 2009/C 155/02, Annex II.3",
    sections=(
        Section(heading=_("Participants"), fields=()),
        Section(heading=_("Home institution"), under=True, fields=_institution("home.")),
        Section(heading=_("Hosting institution"), under=True, fields=(
            *_institution("hosting."),
            Field("mentors", _("Tutor or mentor"), _NAMED, if_given=True, spare=("position",)),
            Field("place", _("Place of learning"), if_given=True))),
        Section(heading=_("Learner"), under=True, fields=(
            Field("learner", _("Name")), Field("born", _("Date of birth")),
            Field("learner.address", _("Address"), if_given=True),
            Field("learner.telephone", _("Telephone"), if_given=True),
            Field("learner.e-mail", _("E-mail"), if_given=True), Field("learner.sex", _("Sex"), if_given=True),
            Field("guardian", _("Parent or legal guardian"), if_given=True))),
        Section(heading=_("Intermediary organisation"), under=True, fields=_institution("intermediary.", always=False)),
        Section(heading=_("Duration"), fields=(
            Field("start", _("First day")), Field("end", _("Last day")), Field("weeks", _("Length in weeks")),
            Field("mode", _("Mode"), if_given=True), Field("programme", _("Programme"), if_given=True),
            Field("project", _("Project"), if_given=True))),
        Section(heading=_("Qualification being taken"), fields=(
            Field("qualification", _("Title")), *_LEVELS,
            Field("progress", _("Progress on the learning pathway"), if_given=True),
            Field("enclosures", _("Enclosures"), if_given=True))),
        Section(heading=_("Learning outcomes to be achieved"), fields=(
            Field("points", _("Points to be acquired"), if_given=True),)),
        Section(heading=_("Unit"), each="units", under=True, fields=(
            Field("part", _("Extent")), Field("home_points", _("Points of the whole unit at home"), if_given=True),
            Field("hosting_points", _("Points at the hosting institution"), if_given=True),
            Field("outcomes", _("Learning outcomes")),
            Field("hosting_unit", _("Unit of the hosting institution"), if_given=True),
            Field("activities", _("Learning activities"), if_given=True))),
        Section(heading=_("What is enclosed"), under=True, fields=(
            Field("enclosures_outcomes", _("Enclosures"), if_given=True),)),
        Section(heading=_("Assessment and documentation"), mark="K", fields=(
            Field("assessors", _("Responsible for assessment"), _NAMED, spare=("position",)),
            Field("when", _("When")), Field("assessed_at", _("Place"), if_given=True), Field("methods", _("Methods")),
            Field("safeguards", _("Quality of assessment"), if_given=True),
            Field("recorded", _("How and when it is recorded")),
            Field("enclosures_assessment", _("Enclosures"), if_given=True))),
        Section(heading=_("Validation and recognition"), mark="K", text=_(
            "The home institution should validate and recognise what is achieved and positively assessed."
        ), fields=(
            Field("clause", _("Recognition clause")),
            Field("validation", _("Responsible for validation"), _NAMED, spare=("position",)),
            Field("validation_how", _("How validation is carried out"), if_given=True),
            Field("validation_recorded", _("How and when validated achievements are recorded"), if_given=True),
            Field("recognition", _("Responsible for recognition"), _NAMED, spare=("position",)),
            Field("recognition_how", _("How recognition is carried out"), if_given=True),
            Field("due", _("Decision due"), if_given=True))),
        _SIGNATURES,
        Section(heading=_("Additional information and annexes"), mark="K", fields=(
            Field("changed", _("Why it is changed"), if_given=True),
            Field("additional", _("Additional information"), if_given=True),
            Field("frame", _("Memorandum of understanding")), Field("annexes", _("Annexes"), if_given=True))),
    ),
)  # fmt: skip


def _common(section: Section) -> bool:
    """Whether a section of the agreement says the same for a whole group."""
    return section is not _SIGNATURES and section.heading not in ("Learner",)


GROUP: Final = Form(
    kind="agreement", title=_("Learning programme of a group"),
    source="Erasmus+ Beneficiary Module: a learning programme with a list of participants; fields of the agreement",
    sections=(
        *(one for one in AGREEMENT.sections if _common(one)),
        Section(heading=_("Learners"), mark="D", text=_(
            "Each learner has an agreement of an own, which alone is signed and recognised; it may deviate from this."
        ), fields=(Field("learners", _("Who takes part, and how the agreement stands"), (
            ("name", _("Name")), ("born", _("Date of birth")), ("state", _("Agreement")),
            ("deviates", _("Deviates in"))), spare=("born", "deviates")),)),
    ),
)  # fmt: skip

TRANSCRIPT: Final = Form(
    kind="transcript", title=_("Personal transcript"),
    source="no official template; fields after the ECVET toolkit and the learning agreement",
    sections=(
        Section(heading=_("Learner and institutions"), mark="D", fields=(
            *_LEARNER, Field("home", _("Home institution")), Field("hosting", _("Assessing institution")),
            Field("basis", _("Rests on")), Field("period", _("Period"), if_given=True),
            Field("qualification", _("Qualification")),
            *_LEVELS, Field("corrects", _("Corrects"), if_given=True), Field("reason", _("Reason"), if_given=True))),
        Section(heading=_("Units and learning outcomes"), mark="D", fields=()),
        Section(heading=_("Unit"), each="units", under=True, mark="D", fields=(
            Field("version", _("Version of the unit"), if_given=True), Field("extent", _("Extent")), _RESULTS,
            _ASSESSMENTS, Field("grade", _("Grade"), if_given=True),
            Field("scale", _("Grading scale"), if_given=True), Field("remarks", _("Remarks"), if_given=True),
            Field("points", _("Points that correspond"), if_given=True))),
        Section(heading=_("Differences from the agreement"), mark="D", fields=(
            Field("deviations", _("Differences")),
            Field("additional", _("Achieved beyond the agreement"), if_given=True))),
        _SIGNATURES,
        Section(heading=_("Validation and recognition at home"), mark="D", fields=(
            Field("decisions", _("Decisions so far"), (
                ("unit", _("Unit")), ("decision", _("Decision")), ("body", _("Body")), ("on", _("Date")))),)),
    ),
)  # fmt: skip

COMPLEMENT: Final = Form(
    kind="complement", title=_("Learning agreement complement"),
    source="Erasmus+ 2021-2027, complement to the learning agreement: known from use, the original was not obtained",
    sections=(
        Section(heading=_("Participants"), mark="K", fields=(
            *_LEARNER, Field("programme", _("Programme"), if_given=True), Field("project", _("Project"), if_given=True),
            Field("mode", _("Mode"), if_given=True))),
        Section(heading=_("Home institution"), under=True, mark="K", fields=_institution("home.")),
        Section(heading=_("Hosting institution"), under=True, mark="K", fields=(
            *_institution("hosting."), Field("mentors", _("Tutor or mentor"), _NAMED, if_given=True),
            Field("place", _("Place of learning"), if_given=True))),
        Section(heading=_("The stay"), mark="K", fields=(
            Field("start", _("First day")), Field("end", _("Last day")), Field("agreed", _("What was agreed")),
            Field("events", _("What happened during the stay"), (
                ("on", _("Date")), ("what", _("What")), ("by", _("By")), ("reason", _("Reason")),
                ("remark", _("Remarks"))), spare=("reason", "remark")),
            Field("remainder", _("What was not reached"), if_given=True))),
        Section(heading=_("Qualification being taken"), mark="K", fields=(
            Field("qualification", _("Title")), *_LEVELS)),
        Section(heading=_("Units and learning outcomes"), mark="K", fields=()),
        Section(heading=_("Unit"), each="units", under=True, mark="K", fields=(
            Field("agreed", _("What was agreed"), if_given=True),
            Field("hosting_unit", _("Unit of the hosting institution"), if_given=True),
            Field("activities", _("Learning activities"), if_given=True), Field("extent", _("Achieved")),
            Field("points", _("Points that correspond"), if_given=True), _RESULTS,
            Field("grade", _("Grade"), if_given=True), Field("scale", _("Grading scale"), if_given=True),
            _ASSESSMENTS, Field("remarks", _("Remarks"), if_given=True))),
        Section(heading=_("Differences from the agreement"), mark="K", fields=(
            Field("deviations", _("Differences")),
            Field("additional", _("Achieved beyond the agreement"), if_given=True))),
        Section(heading=_("Validation and recognition"), mark="K", text=_(
            "The home institution should validate and recognise what is achieved and positively assessed."
        ), fields=(
            Field("clause", _("Recognition clause")),
            Field("decisions", _("Decisions so far"), (
                ("unit", _("Unit")), ("decision", _("Decision")), ("body", _("Body")), ("on", _("Date")))))),
        Section(heading=_("Rests on"), mark="D", fields=(
            Field("agreement", _("Learning agreement")), Field("transcript", _("Personal transcript"), if_given=True),
            Field("told", _("What happened during the stay"), if_given=True))),
        _SIGNATURES,
    ),
)  # fmt: skip

RECOGNITION: Final = Form(
    kind="decision", title=_("Decision on recognition"),
    source="Recommendation 2009/C 155/02, Annex I(h); what a decision carries (R-RECOG-14)",
    sections=(
        Section(heading=_("Learner and unit"), mark="D", fields=(
            *_LEARNER, Field("unit", _("Unit")), Field("qualification", _("Qualification")),
            Field("hosting", _("Assessing institution")))),
        Section(heading=_("What is decided"), mark="D", fields=(
            Field("extent", _("Recognised")), Field("outcomes", _("Learning outcomes recognised"), if_given=True),
            Field("points", _("Points"), if_given=True), Field("grade", _("Grade"), if_given=True),
            Field("grade_table", _("Grade taken from"), if_given=True),
            Field("use", _("Counts as")),
            Field("replaced", _("Takes the place of"), if_given=True))),
        _DECISION,
        Section(heading=_("Reasons and remedy"), mark="D", fields=(
            Field("reasons", _("Reasons"), if_given=True), Field("explanation", _("Explanation"), if_given=True),
            Field("method", _("How other points were found"), if_given=True),
            Field("remaining", _("What remains to be examined"), if_given=True),
            Field("way", _("By which way"), if_given=True),
            Field("task", _("Task that completes the unit"), if_given=True),
            Field("appeal", _("Last day of appeal"), if_given=True))),
        _SIGNATURES,
    ),
)  # fmt: skip

UNIT_CERTIFICATE: Final = Form(
    kind="certificate", title=_("Certificate of a unit of learning outcomes"),
    source="Recommendation 2009/C 155/02, Annex I(d), (h); Annex II.1",
    sections=(
        Section(heading=_("Unit"), mark="D", fields=(
            Field("unit", _("Unit")), Field("qualification", _("Qualification")), *_LEVELS,
            Field("points", _("Points"), if_given=True), Field("extent", _("Extent")),
            Field("outcomes", _("Learning outcomes")),
            Field("grade", _("Grade"), if_given=True))),
        _DECISION,
        _SIGNATURES,
    ),
)  # fmt: skip

AWARD: Final = Form(
    kind="certificate", title=_("Statement of award"),
    source="Recommendation 2009/C 155/02, Annex I(a), (d)",
    sections=(
        Section(heading=_("Qualification"), mark="D", fields=(
            Field("qualification", _("Qualification")), *_LEVELS, Field("points", _("Points"), if_given=True),
            Field("units", _("Units"), (
                ("title", _("Unit")), ("points", _("Points")), ("way", _("How it was achieved")), ("on", _("Date"))),
                spare=("points",)))),
        _DECISION,
        _SIGNATURES,
    ),
)  # fmt: skip

ACCUMULATION: Final = Form(
    kind="accumulation", title=_("Statement of accumulated credit"),
    source="Recommendation 2009/C 155/02, Annex I(b), (c)",
    sections=(
        Section(heading=_("Learner and qualification"), mark="D", fields=(
            *_LEARNER, Field("home", _("Home institution")), Field("qualification", _("Qualification")), *_LEVELS,
            Field("standing", _("Where the learner stands")), Field("counted", _("Points that count")),
            Field("reading", _("Reading of the rules")))),
        Section(heading=_("What is held"), mark="D", fields=(
            Field("held", _("What is held, and why it counts or not"), (
                ("unit", _("Unit")), ("points", _("Points")), ("counts", _("Counts")), ("why", _("Why"))),
                spare=("points",)),)),
        Section(heading=_("What is missing"), mark="D", fields=(
            Field("missing", _("Missing")), Field("undecided", _("Undecided"), if_given=True),
            Field("completion", _("The cheapest way to finish"), if_given=True))),
        Section(heading=_("Qualifications awarded"), mark="D", fields=(
            Field("awards", _("Awarded"), if_given=True),)),
    ),
)  # fmt: skip

EUROPASS: Final = Form(
    kind="europass", title=_("Europass Mobility fields"),
    source="Europass Mobility form (2004, 2013); the revised form of 2023 merges it with the learning agreement",
    sections=(
        Section(heading=_("Reference"), fields=(
            Field("reference", _("Reference number of the national Europass centre"), if_given=True),)),
        Section(heading=_("Holder"), fields=(
            Field("surname", _("Surname"), number="1*"), Field("first", _("First names"), number="2*"),
            Field("address", _("Address"), number="3", if_given=True),
            Field("photograph", _("Photograph"), number="4", if_given=True),
            Field("born", _("Date of birth"), number="5", if_given=True),
            Field("nationality", _("Nationality"), number="6", if_given=True),
            Field("signature", _("Signature of the holder"), number="7", if_given=True))),
        Section(heading=_("Issuer"), fields=(
            Field("issuer", _("Organisation"), number="8*"), Field("number", _("Mobility number"), number="9*"),
            Field("issued", _("Date of issue"), number="10*"))),
        Section(heading=_("Sending partner"), fields=_partner("home.", 11)),
        Section(heading=_("Host partner"), fields=_partner("hosting.", 17)),
        Section(heading=_("The mobility experience"), mark="K", fields=(
            Field("objective", _("Objective"), number="23"),
            Field("initiative", _("Initiative"), number="24", if_given=True),
            Field("qualification", _("Qualification"), number="25"), *_LEVELS,
            Field("programme", _("Programme"), number="26", if_given=True),
            Field("from", _("First day"), number="27*"), Field("to", _("Last day"), number="28*"))),
        Section(heading=_("Skills acquired"), mark="K", fields=(
            Field("activities", _("Activities and tasks"), number="29a*"),
            Field("knowledge", _("Knowledge"), number="30a", if_given=True),
            Field("skills", _("Skills"), number="30a", if_given=True),
            Field("competence", _("Competence"), number="30a", if_given=True),
            Field("languages", _("Language skills"), number="31a", if_given=True),
            Field("computer", _("Computer skills"), number="32a", if_given=True),
            Field("organisational", _("Organisational skills"), number="33a", if_given=True),
            Field("social", _("Social skills"), number="34a", if_given=True),
            Field("other", _("Other learning outcomes"), number="35a", if_given=True),
            Field("on", _("Date"), number="36a*"),
            Field("signed", _("Signatures of the mentor and of the holder"), number="37a, 38a*", if_given=True))),
        Section(heading=_("Units, grades and credit"), mark="K", fields=(
            Field("matriculation", _("Learner number"), number="29b", if_given=True),
            Field("credit", _("Units and points"), (
                ("code", _("Code")), ("unit", _("Unit")), ("extent", _("Extent")), ("duration", _("Duration")),
                ("grade", _("Grade")), ("points", _("Points"))), number="30b",
                spare=("code", "duration", "grade", "points")))),
        _SIGNATURES,
    ),
)  # fmt: skip

CONSULTATION: Final = Form(
    kind="consultation", title=_("Report of a consultation"),
    source="Our own; the Recommendation asks for participation of stakeholders and prescribes no form",
    sections=(
        Section(heading=_("Method"), mark="D", fields=(
            Field("qualification", _("Draft qualification")), Field("institution", _("Consulted by")),
            Field("round", _("Round")), Field("asked", _("What was asked"), if_given=True),
            Field("opened", _("Open from")), Field("deadline", _("Open until")),
            Field("snapshot", _("The text that everybody commented on (SHA-256)")),
            Field("scale", _("Scale of opinions")), Field("hidden", _("Anonymity")))),
        Section(heading=_("Participants"), mark="D", fields=(
            Field("turnout", _("Invited and answered")),
            Field("groups", _("By group"), (
                ("of", _("Group")), ("invited", _("Invited")), ("answered", _("Answered")))),
            Field("countries", _("By country"), (
                ("of", _("Country")), ("invited", _("Invited")), ("answered", _("Answered")))),)),
        Section(heading=_("Results"), mark="D", fields=(
            Field("results", _("Opinions by place, most disagreement first"), (
                ("of", _("Place")), ("agree", _("Agree")), ("agree_with_changes", _("Agree with changes")),
                ("disagree", _("Disagree")), ("no_opinion", _("No opinion")))),
            Field("by_group", _("All opinions by group"), (
                ("of", _("Group")), ("agree", _("Agree")), ("agree_with_changes", _("Agree with changes")),
                ("disagree", _("Disagree")), ("no_opinion", _("No opinion")))),
            Field("by_country", _("All opinions by country"), (
                ("of", _("Country")), ("agree", _("Agree")), ("agree_with_changes", _("Agree with changes")),
                ("disagree", _("Disagree")), ("no_opinion", _("No opinion")))),)),
        Section(heading=_("Comments and decisions"), fields=(), mark="D"),
        Section(heading=_("Decision"), each="decisions", under=True, mark="D", fields=(
            Field("verdict", _("Decision")), Field("reason", _("Reason"), if_given=True),
            Field("comments", _("Comments"), (
                ("place", _("Place")), ("who", _("From")), ("opinion", _("Opinion")), ("comment", _("Comment")))),
            Field("places", _("Changed because of it"), if_given=True))),
        Section(heading=_("What was changed"), mark="D", fields=(
            Field("changes", _("Differences between the text that was consulted on and the present one"), (
                ("place", _("Place")), ("how", _("How")), ("before", _("Before")), ("after", _("After")))),)),
    ),
)  # fmt: skip

FORMS: Final = (
    MEMORANDUM, AGREEMENT, GROUP, TRANSCRIPT, COMPLEMENT, RECOGNITION, UNIT_CERTIFICATE, AWARD, ACCUMULATION, EUROPASS,
    CONSULTATION,
)  # fmt: skip

FRAME: Final[dict[str, Label]] = {
    "page": _("Page {page} of {pages}"),
    "proof": _("How to check this document"),
    "status": _("Status"),
    "qr": _("QR code of the page that checks this document: {address}"),
    "page_at": _("Page for checking"),
    "address": _("Address of the record"),
    "files": _("Attached files"),
    "files_text": _("The record itself, byte for byte (record.json), and its signatures (signatures.json)."),
    "record_text": _("The data of this statement (record.json)."),
    "record": _("The record as it was signed"),
    "signatures": _("The signatures over the record"),
    "seal": _("Seal"),
    "sealed": _("Sealed electronically by {name}."),
    "unsealed": _("This copy carries no electronic seal. The record and its signatures are the proof."),
    "reason": _("Seal of the institution"),
}
"""The words around every document."""
