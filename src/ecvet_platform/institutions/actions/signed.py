"""What memoranda, agreements and decisions say alike in documents: institutions, levels, and who signed what when."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from ecvet.partnership.enclosure import Enclosure
from ecvet.partnership.lifecycle import AUTHOR, OWNER
from ecvet.record import Act, Signature
from ecvet.terms import EQFLevel, Identifier
from ecvet_platform.documents.values import Cell
from ecvet_platform.institutions import words
from ecvet_platform.institutions.actions import register
from ecvet_platform.people import store as accounts_of
from ecvet_platform.people.language import country, moment, number
from ecvet_platform.qualifications.naming import key_of


def institution(name: Identifier, prefix: str) -> dict[str, Cell]:
    """The fields of an institution as forms ask for them: name, country, and how to reach it."""
    known, contact = register.institutions((name,)).get(name), register.contact(name)
    made: dict[str, Cell] = {prefix + key: text for key, text in contact.items()}
    made[prefix + "name"] = str(known.name) if known else name
    made[prefix + "country"] = country(known.country) if known else ""
    return made


def rows(
    signatures: Iterable[Signature], roles: Mapping[str, object], names: Mapping[Identifier, str]
) -> tuple[dict[str, Cell], ...]:
    """Who signed a version, in which role, for which country, when, and what was answered.

    A signature here is electronic and has no place; forms on paper have a column for it.
    """
    given = tuple(signatures)
    known = register.institutions({one.signer for one in given})
    countries = {name: country(one.country) for name, one in known.items()}
    said = {AUTHOR: _("author"), OWNER: _("owner"), "party": _("party")} | dict(roles)
    return tuple(
        {
            "role": str(said.get(one.role, one.role)), "country": countries.get(one.signer, ""),
            "name": names.get(one.signer) or _name(one.signer),
            "person": _person(one), "act": _act(one), "at": moment(one.at),
        }
        for one in given
    )  # fmt: skip


def level(eqf: EQFLevel | None) -> str:
    """An EQF level as a number."""
    return "" if eqf is None else number(eqf.level)


def enclosed(given: Iterable[Enclosure], of: Iterable[Enclosure] = Enclosure) -> tuple[str, ...]:
    """What is enclosed in one section of a form, in the order of its boxes."""
    return tuple(str(words.ENCLOSURES[one]) for one in of if one in set(given))


def yes_or_no(answer: bool) -> str:
    """Yes or no in the language of the document."""
    return _("Yes") if answer else _("No")


def all_units() -> str:
    """What stands where no unit is named."""
    return _("all units")


def _act(one: Signature) -> str:
    if one.role == OWNER and one.act is Act.ISSUE:
        return _("brought it into force")
    how = f" ({words.LEVELS[one.level]})" if one.level else ""
    return str(words.ACTS[one.act]) + how + (f": {one.reason}" if one.reason else "")


def _person(one: Signature) -> str:
    """Who acted through an account; without one the signature's level says how the act is known."""
    return "" if one.level or one.person is None or one.person == one.signer else _name(one.person)


def _name(name: Identifier) -> str:
    if not name.startswith("urn:uuid:"):
        return register.names((name,))[name]
    known = accounts_of.account(key_of(name))
    return known.name if known else name
