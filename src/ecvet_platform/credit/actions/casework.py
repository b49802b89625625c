"""Taking a case on: the core's two life cycles decide what may follow, the row is moved, and nobody is overtaken."""

from ecvet.credit.lifecycle import RECOGNITION, RESULT, RecognitionState, ResultState, Verb
from ecvet.credit.lifecycle import Role as Taking
from ecvet.mobility.agreement import LearningAgreement
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import sides
from ecvet_platform.credit.actions.reading import Ground
from ecvet_platform.credit.errors import CreditUnknown, SomebodyWasFaster
from ecvet_platform.credit.store import cases
from ecvet_platform.credit.store.cases import Case
from ecvet_platform.journal import clock
from ecvet_platform.people.roles import Actor

_SENT = (ResultState.ISSUED, ResultState.ACKNOWLEDGED, ResultState.CORRECTED, ResultState.CONTESTED)


def case_of(ground: Ground, unit: Identifier) -> Case:
    """The case of a home unit on its ground, begun when there is none yet."""
    basis = ground.basis.value
    return cases.open_case(
        basis=ground.thread, path=ground.path, learner=ground.learner, unit=unit, qualification=ground.qualification,
        hosting=ground.hosting, home=ground.home, body=ground.body,
        result=RESULT.after(None, Verb.AGREE, Taking.HOME).value, recognition="",
        due=basis.decision_due if isinstance(basis, LearningAgreement) else None, at=clock.now(),
    )  # fmt: skip


def for_actor(case: Case | None, actor: Actor, name: object) -> Case:
    """A case for somebody who has a part in it. Raises `CreditUnknown` for everybody else."""
    if case is None or not sides.parts(sides.parties(case), actor):
        raise CreditUnknown(name=name)
    return case


def result_state(case: Case) -> ResultState:
    """Where the result stands."""
    return ResultState(case.result)


def recognition_state(case: Case) -> RecognitionState | None:
    """Where the recognition stands; None before a transcript was issued."""
    return RecognitionState(case.recognition) if case.recognition else None


def was_sent(case: Case) -> bool:
    """Whether the result stands in a transcript: then a further assessment waits for a corrected version."""
    return result_state(case) in _SENT


def take(case: Case, verb: Verb, role: Taking, **addresses: str) -> Case:
    """The case after a step, in whichever of the two life cycles knows the verb.

    Raises `StepNotPossible`, `StepNotYours`, or `SomebodyWasFaster`.
    """
    changes: dict[str, str] = dict(addresses)
    if any(one.verb == verb for one in RESULT.steps):
        changes["result"] = RESULT.after(result_state(case), verb, role).value
    follows = verb is Verb.CORRECT and recognition_state(case) is None
    if any(one.verb == verb for one in RECOGNITION.steps) and not follows:
        changes["recognition"] = RECOGNITION.after(recognition_state(case), verb, role).value
    return point(case, **changes)


def point(case: Case, **changes: str) -> Case:
    """The case with its index set anew: latest records, states as the life cycles gave them.

    Raises `SomebodyWasFaster`.
    """
    if not cases.move(case, at=clock.now(), **changes):
        raise SomebodyWasFaster()
    moved = cases.one(case.id)
    assert moved is not None
    return moved


def possible(case: Case, actor: Actor, spoken: frozenset[Identifier] | None = None) -> tuple[Verb, ...]:
    """The steps that the actor can take now: the buttons of the page. `spoken` as in `sides.parts`."""
    of = sides.parties(case)
    steps = [(one.verb, one.by) for one in RESULT.possible(result_state(case))]
    steps += [(one.verb, one.by) for one in RECOGNITION.possible(recognition_state(case))]
    own = (Verb(verb) for verb, by in steps if verb in sides.STEPS and sides.taking(Verb(verb), of) in by)
    return tuple(dict.fromkeys(verb for verb in own if sides.may_take(verb, of, actor, spoken)))
