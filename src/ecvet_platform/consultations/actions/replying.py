"""The office answers comments, alone or several together, with the reason and what was changed because of them."""

from uuid import UUID

from django.db import transaction

from ecvet.qualification.consultation import Reply, Verdict, may_reply
from ecvet.terms import Identifier, LangString, require
from ecvet_platform.consultations.actions import consulting
from ecvet_platform.consultations.store import consultations as store
from ecvet_platform.consultations.store import stakeholders
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.people.roles import Actor


@transaction.atomic
def reply(
    key: UUID, verdict: Verdict, reason: LangString, comments: tuple[str, ...], *, actor: Actor,
    places: tuple[str, ...] = (),
) -> Reply:  # fmt: skip
    """Answer comments, each named as response and place. A later reply takes the place of an earlier one.

    Raises `NotYourRole`, `ConsultationUnknown`, `ConsultationRunning`, `ConsultationClosed`, `CommentUnknown`.
    """
    item = consulting.office(key, actor=actor, to_change=True)
    names = tuple((one.partition("/")[0], one.partition("/")[2]) for one in dict.fromkeys(comments))
    made = Reply(verdict=verdict, reason=reason, comments=names, places=places, on=clock.today())
    require(may_reply(item.round, made, stakeholders.responses(key), clock.today()))
    name = chance.uuid7()
    store.add_reply(name, key, made, at=clock.now(), by=actor.person)
    detail = {"reply": Identifier(name.urn), "verdict": verdict, "comments": len(names)}
    journal.write("consultation.reply", by=actor, subject=item.thread, detail=detail)
    return made
