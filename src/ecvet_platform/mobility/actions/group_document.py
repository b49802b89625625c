"""A group as one document: the common text and the list of its learners (R-LA-8).

It is what Erasmus+ calls a learning programme with a list of participants. It replaces no agreement: each learner has
an own one, which is in force when it is signed; the list says how each of them stands.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from ecvet.mobility import Role as Part
from ecvet.record import Address
from ecvet.terms import Identifier
from ecvet_platform.documents import actions as documents
from ecvet_platform.documents.fields import GROUP
from ecvet_platform.documents.values import Document, Row, said
from ecvet_platform.institutions import words as versions
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.mobility import words
from ecvet_platform.mobility.actions import groups, learners
from ecvet_platform.mobility.actions.document import named_in, what_it_says
from ecvet_platform.mobility.actions.groups import Seen
from ecvet_platform.people.language import day, listed, number, speaking
from ecvet_platform.people.roles import Actor


def group(
    text: Address, *, actor: Actor, check_at: str, language: str, form: documents.Format = documents.Format.PDF
) -> bytes:
    """The common text of a group with its learners, as a PDF sealed by the home institution, or as a Word file.

    Raises `GroupUnknown`, `NotYourRole`, `LanguageUnknown`, `CharacterMissing`.
    """
    seen = groups.group(text, actor=actor)
    with speaking(documents.language(language)):
        return documents.made(_document(seen, language, check_at), form)


def _document(seen: Seen, language: str, check_at: str) -> Document:
    item, address, members = seen.common, seen.group.text.address, seen.group.members
    names = named_in(item)
    home = item.party(Part.HOME)
    assert home is not None, "a common text names its home institution (R-LA-1)"
    in_force = sum(one.in_force for one in members)
    return Document(
        form=GROUP, language=language, title=f"{GROUP.title}: {said_title(seen, language)}", on=clock.today(),
        record=records.record_bytes(address), address=address, signatures=records.signatures(address),
        verification=check_at + address, sealer=home, sealed_by=names[home],
        lead=said(item.qualification_title, language),
        status=_("%(n)s learners, %(signed)s agreements in force")
        % {"n": number(len(members)), "signed": number(in_force)},
        values={**what_it_says(item, names, language), "learners": tuple(_learners(seen))},
    )  # fmt: skip


def said_title(seen: Seen, language: str) -> str:
    """What tells this group from others: the host and the first day."""
    hosting = seen.common.party(Part.HOSTING)
    name = register.names((hosting,))[hosting] if hosting else ""
    return f"{name}, {day(seen.common.period.start, language)}"


def _learners(seen: Seen) -> list[Row]:
    deviating = seen.group.deviating
    ids: Mapping[Identifier, Identifier | None] = {
        one.thread: one.agreement.party(Part.LEARNER) for one in seen.group.members
    }
    return [
        {
            "name": seen.lines[thread].called, "born": _born(who),
            "state": str(versions.STATES[seen.lines[thread].state]),
            "deviates": listed(dict.fromkeys(str(words.FIELDS.get(one.field, one.field)) for one in deviating[thread]))
            if thread in deviating else "",
        }
        for thread, who in ids.items()
    ]  # fmt: skip


def _born(learner: Identifier | None) -> str:
    person = learners.known(learner).person if learner else None
    return day(person.birth_date) if person and person.birth_date else ""
