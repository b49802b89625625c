"""What is missing or doubtful in a memorandum (Annex II.2; R-MOU-1 … 5, 7).

Errors keep it from coming into force; warnings want a person's look.
"""

from collections.abc import Iterator, Mapping

from ecvet.partnership.institution import CompetentInstitution, Function
from ecvet.partnership.memorandum import Confirmation, MemorandumOfUnderstanding
from ecvet.saying import Said, say
from ecvet.terms import Country, Finding, Identifier, Severity

Institutions = Mapping[Identifier, CompetentInstitution]

NEEDED_FUNCTIONS = (Function.ASSESS, Function.DOCUMENT, Function.VALIDATE, Function.RECOGNISE)
"""The functions that somebody must carry in each country (R-MOU-7)."""

_UNCONFIRMED = {
    Confirmation.STATUS: say(
        "It does not confirm that its parties accept each other's status as competent institutions."
    ),
    Confirmation.PROCEDURES: say(
        "It does not confirm that the procedures of quality assurance, assessment, validation and recognition satisfy."
    ),
    Confirmation.CONDITIONS: say("It does not confirm the conditions of operation."),
    Confirmation.COMPARABILITY: say("It does not confirm the comparability of the qualifications."),
    Confirmation.ACTORS: say("It does not confirm the other actors and their functions."),
}


def findings(memorandum: MemorandumOfUnderstanding, institutions: Institutions) -> tuple[Finding, ...]:
    """Everything found in a memorandum, errors first. `institutions` are those known, by identifier."""
    checks = (_parties, _confirmations, _comparability, _conditions, _actors, _responsibilities, _grade_tables)
    found = [finding for check in checks for finding in check(memorandum, institutions)]
    return tuple(sorted(found, key=lambda one: [*Severity].index(one.severity)))


def _parties(memorandum: MemorandumOfUnderstanding, institutions: Institutions) -> Iterator[Finding]:
    if len(set(memorandum.parties)) < 2:
        yield _error("R-MOU-1", say("It has fewer than two different parties."), say("Name at least two institutions."))
    for party in dict.fromkeys(memorandum.parties):
        known = institutions.get(party)
        if known is None or not known.competences:
            yield _error(
                "R-MOU-1",
                say("{party} is not known as a competent institution.", party=party),
                say("Enter what it is competent for."),
            )


def _confirmations(memorandum: MemorandumOfUnderstanding, institutions: Institutions) -> Iterator[Finding]:
    for point in Confirmation:
        if point not in memorandum.confirmations:
            yield _error("R-MOU-2", _UNCONFIRMED[point], say("Let the parties confirm it."))


def _comparability(memorandum: MemorandumOfUnderstanding, institutions: Institutions) -> Iterator[Finding]:
    if not memorandum.qualifications:
        yield _error(
            "R-MOU-3", say("It covers no qualification."), say("Name the qualifications with their EQF levels.")
        )
        return
    levels: dict[Country, set[int]] = {}
    for one in memorandum.qualifications:
        if one.eqf is None:
            sentence = say("“{title}” has no EQF level, so nobody can see what it compares with.", title=one.title)
            yield Finding("R-MOU-3", Severity.WARNING, one.qualification, sentence, say("Add its EQF level."))
        else:
            levels.setdefault(one.country, set()).add(one.eqf.level)
    if len({frozenset(found) for found in levels.values()}) > 1:
        told = tuple(f"{country} EQF {'/'.join(map(str, sorted(found)))}" for country, found in levels.items())
        noted = memorandum.comparability_note is not None
        remedy = (
            say("The comment stands in the memorandum.") if noted else say("Say why they are comparable all the same.")
        )
        severity = Severity.WARNING if noted else Severity.ERROR
        sentence = say("The qualifications differ in level: {levels}.", levels=told)
        yield Finding("R-MOU-3", severity, "comparability", sentence, remedy)


def _conditions(memorandum: MemorandumOfUnderstanding, institutions: Institutions) -> Iterator[Finding]:
    if memorandum.objectives is None:
        yield _error("R-MOU-4", say("It states no objectives."), say("Agree on its objectives."))
    if memorandum.valid is None or memorandum.valid.end is None:
        yield _error("R-MOU-4", say("It states no duration."), say("Agree on its duration."))
    if memorandum.review is None:
        sentence = say("It states no arrangement for its review.")
        yield _error("R-MOU-4", sentence, say("Agree on its arrangement for its review."))
    least, most = memorandum.least_weeks, memorandum.most_weeks
    if least is not None and most is not None and least > most:
        sentence = say(
            "A mobility shall last at least {least} and at most {most} weeks, which no stay can.",
            least=least,
            most=most,
        )
        yield _error("R-MOU-8", sentence, say("Correct one of the two."))


def _actors(memorandum: MemorandumOfUnderstanding, institutions: Institutions) -> Iterator[Finding]:
    for actor in memorandum.other_actors:
        if not actor.functions and not actor.covered:
            yield _error(
                "R-MOU-5",
                say("“{name}” is listed without a function.", name=actor.name),
                say("Say what it does, or leave it out."),
            )
    listed = {*memorandum.parties, *(actor.id for actor in memorandum.other_actors)}
    for one in memorandum.responsibilities:
        if one.institution not in listed:
            sentence = say(
                "{institution} has the function “{function}” in {country}, but is not listed.",
                institution=one.institution,
                function=one.function,
                country=one.country,
            )
            yield _error("R-MOU-5", sentence, say("List it among the other actors with its functions."))


def _responsibilities(memorandum: MemorandumOfUnderstanding, institutions: Institutions) -> Iterator[Finding]:
    countries = {institutions[one].country for one in memorandum.parties if one in institutions}
    countries |= {one.country for one in memorandum.qualifications}
    held = {(one.country, one.function) for one in memorandum.responsibilities}
    for country in sorted(countries):
        missing = [function for function in NEEDED_FUNCTIONS if (country, function) not in held]
        if missing:
            sentence = say(
                "In {country} nobody is named for these functions: {functions}.",
                country=country,
                functions=tuple(missing),
            )
            yield Finding("R-MOU-7", Severity.WARNING, country, sentence, say("Name a responsible body for each."))


def _grade_tables(memorandum: MemorandumOfUnderstanding, institutions: Institutions) -> Iterator[Finding]:
    listed = {*memorandum.parties, *(actor.id for actor in memorandum.other_actors)}
    for table in memorandum.grade_tables:
        for who in (table.given_by, table.read_by):
            if who not in listed:
                sentence = say("A table of grades names {institution}, which takes no part.", institution=who)
                yield _error("R-ASSESS-11", sentence, say("Name institutions of the memorandum."))
        if table.given_by == table.read_by:
            sentence = say("A table of grades goes to the institution it comes from.")
            yield _error("R-ASSESS-11", sentence, say("Name two different institutions."))


def _error(rule: str, sentence: Said, remedy: Said) -> Finding:
    return Finding(rule, Severity.ERROR, "memorandum", sentence, remedy)
