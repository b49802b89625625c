"""A learner asks that who she is be forgotten, and her home institution answers: granted, or refused with a remedy.

What goes, what stays and why, and what makes an answer is decided by `ecvet.credit.erasure`. The journal is told that
there was a request and how it was answered, never in whose words.
"""

from collections.abc import Mapping
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ecvet.credit.erasure import ERASED, KEPT, Need, Refusal, answer_by, may_refuse
from ecvet.terms import Identifier, require
from ecvet_platform.credit.actions import forgetting, learners
from ecvet_platform.dossier.actions.contents import owned
from ecvet_platform.dossier.errors import ErasureAnswered, ErasureAskedAlready, ErasureUnknown
from ecvet_platform.dossier.store import erasures as store
from ecvet_platform.dossier.store.erasures import Answer as Answer
from ecvet_platform.dossier.store.erasures import Erasure as Erasure
from ecvet_platform.dossier.words import PARTS, WHY_KEPT
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import learners as learning
from ecvet_platform.mobility.actions.learners import KEEPERS
from ecvet_platform.people import store as people
from ecvet_platform.people.roles import Actor, has_one_of
from ecvet_platform.people.store import Account


@transaction.atomic
def ask(learner: Identifier, *, words: str, actor: Actor) -> Erasure:
    """Ask for erasure, in words or without. For the learner and her guardian.

    Raises `DossierUnknown`, `ErasureAskedAlready`.
    """
    found = owned(learner, actor)
    now = clock.now()
    made = store.add(
        learner=learner, home=found.home, by=actor.person, words=words.strip(), asked=now, due=answer_by(now.date())
    )
    if made is None:
        raise ErasureAskedAlready()
    journal.write("erasure.ask", by=actor, subject=learner, detail={"request": made.id.urn, "due": made.due})
    return made


@transaction.atomic
def grant(key: UUID, *, actor: Actor) -> Erasure:
    """Erase the learner's data and say so: to her by e-mail, since afterwards she can no longer sign in.

    For the coordinator of the home institution. Raises `ErasureUnknown`, `ErasureAnswered`, `StillNeeded`,
    `LearnerStillBound`.
    """
    found = _open(key, actor)
    asker = _asker(found)
    store.answer(key, Answer.GRANTED, by=actor.person, at=clock.now())
    learning.erase(found.learner, actor=actor)  # taken back with the answer where something still needs the data
    detail = {"request": key.urn, "erased": [one.name.lower() for one in ERASED],
              "kept": [one.name.lower() for one in KEPT]}  # fmt: skip
    journal.write("erasure.grant", by=actor, subject=found.learner, detail=detail)
    _tell(asker, granted=True)
    return _kept(key)


@transaction.atomic
def refuse(key: UUID, refusal: Refusal, *, actor: Actor) -> Erasure:
    """Refuse with a ground, the reason in words and a remedy. For the coordinator of the home institution.

    Raises `ErasureUnknown`, `ErasureAnswered`, `RefusalUnexplained`, `NothingNeedsThem`.
    """
    found = _open(key, actor)
    require(may_refuse(refusal, forgetting.needed(found.learner)))
    store.answer(
        key, Answer.REFUSED, by=actor.person, at=clock.now(), ground=refusal.ground.value,
        reason=refusal.reason.strip(), remedy=refusal.remedy.strip(),
    )  # fmt: skip
    detail = {"request": key.urn, "ground": refusal.ground}
    journal.write("erasure.refuse", by=actor, subject=found.learner, detail=detail)
    _tell(_asker(found), granted=False)
    return _kept(key)


# ------------------------------------------------------------- read
def of_learner(learner: Identifier, *, actor: Actor) -> tuple[Erasure, ...]:
    """A learner's requests with their answers, the latest first. Raises `DossierUnknown`."""
    owned(learner, actor)
    return store.of_learner(learner)


def request(key: UUID, *, actor: Actor) -> tuple[Erasure, str, Mapping[Need, int]]:
    """A request for those who answer it: with the learner's name, and for what the data are still needed.

    Raises `ErasureUnknown`.
    """
    found = _for(key, actor)
    return found, learners.known(found.learner).called, forgetting.needed(found.learner)


def to_answer(*, actor: Actor, only_open: bool = False) -> tuple[tuple[Erasure, str], ...]:
    """The requests to the actor's institution with the learners' names, the open ones first."""
    if actor.institution is None or not has_one_of(actor, *KEEPERS):
        return ()
    found = store.of_home(actor.institution, only_open=only_open)
    names = learners.names(one.learner for one in found)
    return tuple((one, names[one.learner]) for one in found)


# ------------------------------------------------------------- inside
def _for(key: UUID, actor: Actor) -> Erasure:
    found = store.one(key)
    if found is None or found.home != actor.institution or not has_one_of(actor, *KEEPERS):
        raise ErasureUnknown(name=key)
    return found


def _open(key: UUID, actor: Actor) -> Erasure:
    found = _for(key, actor)
    if found.answer is not Answer.OPEN:
        raise ErasureAnswered()
    return found


def _kept(key: UUID) -> Erasure:
    found = store.one(key)
    assert found is not None, "it was there a moment ago, and nothing is ever deleted"
    return found


def _asker(found: Erasure) -> Account | None:
    key = people.id_of(found.by)
    return people.account(key) if key else None


def _tell(asker: Account | None, *, granted: bool) -> None:
    """Send the answer when it is certain. A refusal's words stay on the platform: e-mail is read by others."""
    if asker is None:
        return
    with translation.override(asker.language or "en"):
        if granted:
            subject = _("Your data were erased")
            gone = "\n".join(f"- {PARTS[one]}" for one in ERASED)
            kept = "\n".join(f"- {PARTS[one]}: {WHY_KEPT[one]}" for one in KEPT)
            body = _("You asked for it. These were erased:\n\n%(gone)s\n\nThese are kept:\n\n%(kept)s")
            body = body % {"gone": gone, "kept": kept}
        else:
            subject = _("Your request for erasure was answered")
            body = _("Your data cannot be erased now. Sign in and open your record to read why, and what you can do.")
    transaction.on_commit(lambda: send_mail(subject, body + "\n", None, [asker.email]), robust=True)
