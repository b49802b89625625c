"""Steps of many mobilities, as nodes take them under chaos: each may be asked for again and again, and says when it is
done. A step that is not possible yet is refused by the platform itself, and tried again in the next round.

Executed in a node after `cast.py`, whose names it sees.
"""

# ruff: noqa: F821 — names of `cast.py`
from dataclasses import replace

from ecvet.credit.decision import Reason as Why
from ecvet.credit.decision import ReasonCode
from ecvet.errors import EcvetError
from ecvet.mobility import Outcome as Recognised
from ecvet.mobility import Party, Reason, WhyNot
from ecvet.mobility import Role as Part
from ecvet.partnership import Function, Responsibility
from ecvet.terms import Country, Period
from ecvet_platform.credit.store import facts
from ecvet_platform.federation.models import CameRow, SentRow
from ecvet_platform.journal.models import EntryRow, SignatureRow
from ecvet_platform.mobility.store import agreements as agreement_rows
from ecvet_platform.people import store as accounts_store
from stories_of import STRANGERS

THREE = replace(
    MEMORANDUM, parties=(TURIN, LYON, STRANGERS),
    responsibilities=(
        *MEMORANDUM.responsibilities,
        *(Responsibility(country=Country("DE"), function=one, institution=STRANGERS)
          for one in (Function.ASSESS, Function.DOCUMENT, Function.VALIDATE, Function.RECOGNISE)),
    ),
)  # fmt: skip
GROUND = LangString.of(en="Training act")
_threads = {}


def resume():
    """After a restart: the accounts that are there."""
    for name in ("Office", *MEMBERS):
        found = accounts_store.account_of(f"{name.lower().replace('é', 'e')}@example.org")
        if found is not None:
            accounts[name] = found
    if "Bruno" in accounts:
        people.give_role(accounts["Bruno"], TURIN, Role.COMPETENT_INSTITUTION)


def learner_account(n):
    if f"Alba{n}" not in accounts:
        accounts[f"Alba{n}"] = accounts_store.account_of(f"alba{n}@example.org")
    return accounts[f"Alba{n}"]


def who(name):
    return actor(name)


def run(mobilities):
    """Take the steps of mobilities `[n, thread, [[name, arguments], …]]` one after the other, until one is not possible
    yet; for each how many are done, the thread, and why the next one is not."""
    found = []
    for n, thread, steps in mobilities:
        done, why = 0, None
        for name, arguments in steps:
            try:
                answer = globals_of[name](n, Identifier(thread) if thread else None, **arguments)
            except EcvetError as error:
                answer = error.code
            if answer is not True and not (isinstance(answer, str) and answer.startswith("urn:uuid:")):
                why = answer
                break
            thread = thread or answer
            done += 1
        found.append([done, thread, why])
    return found


def exchange_once(compare=False):
    try:
        return str(exchanging.exchange(compare_now=compare))
    except EcvetError as error:
        return error.code


# ------------------------------------------------------------- papers
def frame():
    """The memorandum of the three, once it is in force."""
    lines = memoranda.lines(actor=actor("Bruno"))
    return lines[0].thread if lines else None


def found_frame(n, thread):
    return frame() or str(memoranda.propose(THREE, actor=actor("Bruno")))


def answered(thread, version, signer, act=Act.ACCEPT):
    known = threads.thread(thread)
    return any((one.object, one.signer, one.act) == (version, signer, act) for one in known.signatures)


def accept_frame(n, thread, name, by):
    if threads.thread(thread) is None:
        return "not here"
    version = latest(thread)
    if not answered(thread, version, by):
        memoranda.answer(thread, version, Act.ACCEPT, actor=actor(name))
    return True


def frame_in_force(n, thread):
    memoranda.in_force_on(thread, clock.today())
    return True


def propose(n, thread, host, broker=None):
    email = f"alba{n}@example.org"
    account = accounts_store.account_of(email)
    if account is None:
        alba(n)
    mine = learners.mine(people.actor(learner_account(n).id))
    for line in agreement_rows.of_learner(mine[0].id):
        return str(line.thread)
    plan = draft(mine[0], memoranda.in_force_on(frame(), clock.today()).address)
    parties = [replace(one, id=Identifier(host)) if one.role is Part.HOSTING else one for one in plan.parties]
    if broker:
        parties.append(Party(role=Part.INTERMEDIARY, id=Identifier(broker)))
    assessment = replace(
        plan.assessment,
        assessors=tuple(replace(one, institution=Identifier(host)) for one in plan.assessment.assessors),
    )
    return str(proposing.put_forward(
        replace(plan, parties=tuple(parties), assessment=assessment), actor=actor("Bruno")
    ))  # fmt: skip


def numbered(thread, version):
    """The address of the version with a number, the latest of those."""
    known = threads.thread(thread)
    found = [one.address for one in known.versions if one.version == version] if known else []
    return found[-1] if found else None


def answer(n, thread, name, by, act="accept", version=1):
    address = numbered(thread, version)
    if address is None:
        return "not here"
    known = threads.thread(thread)
    signer = learner_of(thread) if by == "learner" else Identifier(by)
    if answered(thread, address, signer, Act(act)) or known.seal_of(address) is not None:
        return True
    me = people.actor(learner_account(n).id) if by == "learner" else actor(name)
    signing.answer(thread, address, Act(act), actor=me, reason="" if act == "accept" else "It does not suit us.")
    return True


def learner_of(thread):
    return next(one.id for one in agreement_rows.sides(thread) if one.role == "learner")


def in_force(n, thread, version=1):
    if threads.thread(thread).seal_of(numbered(thread, version)) is None:
        signing.seal(thread, numbered(thread, version), actor=actor("Bruno"))  # the last acceptance came from elsewhere
    return True


def change(n, thread, name, by, days):
    known = threads.thread(thread)
    if any(one.version == 2 and one.author == by for one in known.versions):
        return True
    item = agreements.agreement(thread, actor=actor(name)).item
    if item.address != numbered(thread, 1) or known.seal_of(item.address) is None:
        return "not sealed" if known.seal_of(item.address) is None else True
    period = Period(item.value.period.start, item.value.period.end + timedelta(days=days))
    proposing.change(thread, replace(item.value, period=period), base=item.address, actor=actor(name))
    return True


def end_agreement(n, thread, name):
    known = threads.thread(thread)
    if not known.terminations:
        signing.terminate(thread, actor=actor(name), reason="No more places.", last_day=date(2026, 4, 30))
    return True


# ------------------------------------------------------------- the stay
def tell(n, thread, verb, name, on, reason=None, times=1):
    told = [one for one in agreement_rows.events(thread) if one.verb == verb]
    if len(told) < times:
        stays.tell(
            thread, Verb(verb), on=date.fromisoformat(on), actor=actor(name), reason=Reason(reason) if reason else None
        )
    return True


def close(n, thread, outcome="fully recognised"):
    if any(one.verb is Verb.CLOSE for one in agreement_rows.events(thread)):
        return True
    whole = outcome == "fully recognised"
    stays.close(
        thread, actor=actor("Bruno"), on=clock.today(), recognised=Recognised(outcome), evaluation=GROUND,
        review=GROUND,
        why_not=frozenset() if whole else frozenset({WhyNot.NOT_ACHIEVED}), explanation=None if whole else GROUND,
        outcomes_suitable=True, documentation_sufficient=True,
    )  # fmt: skip
    return True


# ------------------------------------------------------------- credit
def transferred(thread):
    return facts.of_basis(thread, "transcript")


def transfer(n, thread, name, partly=False):
    if transferred(thread):
        return True
    if not facts.of_basis(thread, "assessment"):
        results = achieved()
        if partly:
            results = (replace(results[0], result=Result.NOT_ACHIEVED, criteria=()), *results[1:])
        assess.assess(
            thread, unit=CUTTING, outcomes=results, methods=("practical task",), place="There",
            on=min(clock.today(), date(2026, 5, 28)),
            actor=actor(name), position="teacher",
        )  # fmt: skip
    transcript.transfer(thread, actor=actor(name))
    return True


def correct(n, thread, name):
    if len(transferred(thread)) < 2:
        if not transferred(thread):
            return "not transferred"
        transcript.correct(thread, reason=LangString.of(en="A slip of the pen"), actor=actor(name))
    return True


def acknowledge(n, thread, versions=1):
    if len(transferred(thread)) < versions:
        return "not here"
    case = cases.of_basis(thread)[0]
    if case.result != "acknowledged":
        transcript.acknowledge(thread, actor=actor("Bruno"))
    return True


def contest(n, thread):
    found = transferred(thread)
    if not found:
        return "not here"
    if not facts.of_basis(thread, "appeal"):
        appeal.contest(found[0].address, text=LangString.of(en="I did more"), actor=people.actor(learner_account(n).id))
    return True


def ask(n, thread):
    if not facts.of_basis(thread, "request"):
        validate.ask(
            transferred(thread)[-1].address,
            unit=CUTTING,
            what=LangString.of(en="The grid, please"),
            actor=actor("Bruno"),
        )
    return True


def decide(n, thread, partly=False):
    if facts.of_basis(thread, "validation"):
        return True
    comparison = fully(thread, CUTTING)
    reasons = ()
    if partly:
        first = replace(comparison[0], result=Correspondence.NOT, from_=frozenset())
        comparison = (first, *comparison[1:])
        reasons = (Why(code=ReasonCode.NOT_ACHIEVED, text=GROUND),)
    validate.validate(
        transferred(thread)[-1].address, unit=CUTTING, comparison=comparison, ground=GROUND, actor=actor("Bruno"),
        reasons=reasons,
    )  # fmt: skip
    return True


def recognised(n, thread, refuse=False):
    if facts.of_basis(thread, "recognition"):
        return True
    found = facts.of_basis(thread, "validation")
    more = (
        {"outcomes": frozenset(), "reasons": (Why(code=ReasonCode.OTHER, text=GROUND),), "explanation": GROUND}
        if refuse else {}
    )  # fmt: skip
    recognise.recognise(found[0].address, ground=GROUND, actor=actor("Bruno"), **more)
    return True


def lodge(n, thread):
    if not facts.of_basis(thread, "appeal"):
        one = facts.of_basis(thread, "recognition")[0]
        appeal.appeal(one.address, text=LangString.of(en="I object"), actor=people.actor(learner_account(n).id))
    return True


def answer_appeal(n, thread):
    if len(facts.of_basis(thread, "recognition")) < 2:
        one = facts.of_basis(thread, "appeal")[0]
        recognise.answer_appeal(one.address, ground=GROUND, actor=actor("Bruno"))
    return True


# ------------------------------------------------------------- looking at the end
def told(problem):
    return (problem or {}).get("title", "")


def held():
    """What this node holds: the state of every document, what was sent and what came."""
    names = {*SentRow.objects.values_list("thread", flat=True), *CameRow.objects.values_list("thread", flat=True)}
    return {
        "states": {one: conversation.state(Identifier(one)) for one in sorted(names)},
        "sent": {
            one.id: [one.entity, one.kind, one.outcome, bool(one.receipt), one.why, told(one.problem)]
            for one in SentRow.objects.all()
        },
        "came": [
            [one.message, one.state, told(one.problem), one.kind, one.thread]
            for one in CameRow.objects.all()
        ],
    }  # fmt: skip


def doubled():
    """Effects that stand in the journal twice."""
    seen, twice = set(), []
    for one in EntryRow.objects.exclude(record=None).values_list("verb", "subject", "record", "detail"):
        if one in seen:
            twice.append(one)
        seen.add(one)
    return twice


def proved():
    """Verify the journal and every signature that is kept; how many there are of each."""
    from ecvet.record import Signature, value
    from ecvet.record.canonical import parse_canonical
    from ecvet.terms import require
    from ecvet_platform.institutions.actions import keys

    entries, _ = journal.verify()
    count = 0
    for data in SignatureRow.objects.values_list("bytes", flat=True):
        require(keys.check(value(Signature, parse_canonical(bytes(data)), path="signature")))
        count += 1
    return entries, count


def quiet():
    """How many messages have no receipt yet, and how many entries were not yet looked at."""
    last = EntryRow.objects.order_by("-n").values_list("n", flat=True).first() or 0
    return [SentRow.objects.filter(receipt="").count(), last - messages.position("journal"),
            CameRow.objects.filter(state="held").count()]  # fmt: skip


globals_of = {
    one.__name__: one
    for one in (
        found_frame, accept_frame, frame_in_force, propose, answer, in_force, change, end_agreement, tell, close,
        transfer, correct, acknowledge, contest, ask, decide, recognised, lodge, answer_appeal,
    )
}  # fmt: skip
