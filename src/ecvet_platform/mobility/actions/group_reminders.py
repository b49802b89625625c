"""Reminding those of a group who still have to sign: one e-mail to each person, however many agreements wait for her.

No e-mail names a learner or a matter; it leads to the start page, where after signing in everything that waits is
listed. Nobody is reminded of the same agreement twice on one day.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecvet.mobility import Role as Part
from ecvet.partnership import Signatory
from ecvet.record import Address
from ecvet.terms import Identifier
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, groups
from ecvet_platform.mobility.errors import GroupUnknown, NobodyChosen
from ecvet_platform.mobility.store import learners
from ecvet_platform.people import store as accounts
from ecvet_platform.people.language import speaking
from ecvet_platform.people.roles import Actor
from ecvet_platform.people.store import Account
from ecvet_platform.qualifications.naming import key_of

VERB = "agreement.remind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """How many people got an e-mail, and the agreements whose signatories cannot be reached by one."""

    people: int
    unreached: tuple[Identifier, ...]
    earlier: tuple[Identifier, ...]


@transaction.atomic
def remind(text: Address, among: Iterable[Identifier], *, site: str, actor: Actor) -> Reminded:
    """Remind everybody whose signature is missing under these agreements; `site` is the address of the start page.

    Raises `GroupUnknown`, `NobodyChosen`.
    """
    seen = groups.group(text, actor=actor)
    wanted = tuple(dict.fromkeys(among))
    if not wanted:
        raise NobodyChosen()
    if strangers := [one for one in wanted if one not in seen.lines]:
        raise GroupUnknown(name=strangers[0])
    by = agreements.institution(actor)
    earlier = tuple(one for one in wanted if _reminded_today(one))
    letters: dict[Account, int] = {}
    unreached: list[Identifier] = []
    for member in seen.group.members:
        missing = [one for one in member.waiting if one.id != by]
        if member.thread not in wanted or member.thread in earlier or not missing:
            continue
        for signatory in missing:
            found = _people(signatory)
            unreached += [] if found else [member.thread]
            for person in found:
                letters[person] = letters.get(person, 0) + 1
        journal.write(VERB, by=actor, subject=member.thread, detail={"roles": sorted({one.role for one in missing})})
    name = register.names((by,))[by]
    for person, count in letters.items():
        _write(person, count, institution=name, site=site)
    return Reminded(people=len(letters), unreached=tuple(dict.fromkeys(unreached)), earlier=earlier)


def _reminded_today(thread: Identifier) -> bool:
    told = journal.read(subject=thread)
    return any(one.verb == VERB and one.at.date() == clock.today() for one in told)


def _people(signatory: Signatory) -> tuple[Account, ...]:
    """Whoever can sign in for a signatory."""
    if signatory.role in agreements.INSTITUTIONS:
        return accounts.members(signatory.id, *agreements.SIGNERS)
    known = learners.learner(signatory.id) if signatory.role == Part.LEARNER else None
    account = known.account if known else signatory.id if signatory.role == Part.GUARDIAN else None
    found = accounts.account(key_of(account)) if account else None
    return (found,) if found else ()


def _write(person: Account, count: int, *, institution: str, site: str) -> None:
    with speaking(person.language or "en"):
        subject = _("%(institution)s asks for your signature") % {"institution": institution}
        waits = ngettext(
            "%(count)s learning agreement waits for your signature.",
            "%(count)s learning agreements wait for your signature.", count,
        ) % {"count": count}  # fmt: skip
        how = _("Sign in with the link that is sent to this address, and follow what waits for you:")
        ignore = _("If you do not know what this is about, do nothing.")
    body = f"{waits}\n\n{how}\n{site}\n\n{ignore}\n"
    transaction.on_commit(
        lambda: send_mail(" ".join(subject.split()), body, None, [person.email]), robust=True
    )  # fmt: skip
