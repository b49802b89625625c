"""Appeal: the learner asks that a decision be taken anew; or contests a transcript (R-RECOG-14)."""

from django.db import transaction

from ecvet.credit.appealing import appeal as decide
from ecvet.credit.lifecycle import Verb
from ecvet.credit.recognition import Appeal, Recognition
from ecvet.credit.transcript import Transcript
from ecvet.credit.validation import Validation
from ecvet.record import Address, Recorded
from ecvet.terms import Identifier, LangString
from ecvet_platform.credit.actions import casework, sides
from ecvet_platform.credit.actions.keeping import keep
from ecvet_platform.credit.errors import CreditUnknown
from ecvet_platform.credit.store import cases, facts
from ecvet_platform.credit.store.facts import Fact
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.people.roles import Actor


@transaction.atomic
def appeal(address: Address, *, text: LangString, actor: Actor) -> Recorded[Appeal]:
    """Lodge an appeal against the recognition, refusal or validation at an address, before its last day.

    Raises `CreditUnknown`, `StepNotYours`, `StepNotPossible`, `AppealTooLate`, `NotYourDecision`.
    """
    fact = facts.one(address)
    if fact is None or fact.kind not in ("recognition", "validation"):
        raise CreditUnknown(name=address)
    case = casework.for_actor(cases.with_record(address), actor, address)
    role = sides.require_step(Verb.APPEAL, sides.parties(case), actor)
    decision: Recorded[Recognition] | Recorded[Validation] = (
        records.recorded(address, Recognition) if fact.kind == "recognition" else records.recorded(address, Validation)
    )
    made = decide(decision, text=text, by=case.learner, on=clock.today())
    kept = _keep(made, fact, actor, case.home)
    casework.take(case, Verb.APPEAL, role, appealed=kept.address)
    return kept


@transaction.atomic
def contest(address: Address, *, text: LangString, actor: Actor) -> Recorded[Appeal]:
    """Contest the transcript at an address; the hosting institution corrects or confirms it. Raises as `appeal`."""
    fact = facts.one(address)
    if fact is None or fact.kind != "transcript" or fact.basis is None:
        raise CreditUnknown(name=address)
    found = [case for case in cases.of_basis(fact.basis) if case.transcript == address]
    case = casework.for_actor(found[0] if found else None, actor, address)
    role = sides.require_step(Verb.CONTEST, sides.parties(case), actor)
    made = decide(records.recorded(address, Transcript), text=text, by=case.learner, on=clock.today())
    kept = _keep(made, fact, actor, case.home)
    for one in found:
        casework.take(one, Verb.CONTEST, role)
    return kept


def _keep(made: Appeal, fact: Fact, actor: Actor, home: Identifier) -> Recorded[Appeal]:
    return keep(
        made, kind="appeal", verb="credit.appeal", actor=actor, learner=made.learner, on=made.on, signed=False,
        basis=fact.basis, unit=fact.unit, qualification=fact.qualification, follows=made.decision,
        home=home,
    )  # fmt: skip
