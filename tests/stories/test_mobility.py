"""The main job in a real browser: Alba of Tampere is recognised at home for what she achieved in Malta.

Six people, each at a browser: Bruno coordinates at home, Chloé at the host, where she assesses; Marco, the mentor at
the workplace, has no account and comes in by the links that are e-mailed to him; Dimitra decides for the competent
institution; Alba learns; Erik, a stranger, verifies what Alba gives him.
"""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ecvet.examples import HAIRDRESSING, qualification, source
from ecvet.examples.cast import ALBA, BRUNO, CHLOE, DIMITRA, GEORG, INSTITUTE, MARCO
from ecvet.examples.story import ALBA_AT_HOME, ALBA_IN_MALTA
from ecvet.terms import Identifier, identifier
from ecvet_platform.credit.actions import accumulate
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people.roles import Actor
from stories.guest import by_link
from stories.keyboard import KeyboardVisitor
from stories.visitor import Visitor
from stories.ways import walked
from stories.world import begin

PLAN = ALBA_IN_MALTA
TITLE = qualification(HAIRDRESSING)[0].title
UNIT = PLAN.unit.title
CERTIFIES = "Rules of the board, section 3"


@walked()
def test_a_learner_is_recognised_at_home_for_what_she_achieved_abroad(
    visitor: Callable[..., Visitor], turn_to: Callable[[date], None], tmp_path: Path
) -> None:
    turn_to(PLAN.proposed)
    actors = begin()
    bruno, chloe, dimitra, alba = (visitor(one.name, one.email) for one in (BRUNO, CHLOE, DIMITRA, ALBA.figure))
    marco, erik = visitor("Marco"), visitor("Erik")

    publish(dimitra)
    memorandum(bruno, chloe)
    learner = enter(bruno)
    agreement = agree(bruno, alba, chloe)
    stay(bruno, chloe, marco, agreement, turn_to)
    own_achievements(learner, actors["Bruno"])
    turn_to(PLAN.assessed)
    hand_evidence(chloe, marco, agreement)
    assess(chloe)
    turn_to(PLAN.transferred)
    transfer(chloe, bruno)
    turn_to(PLAN.recognised)
    validate(bruno)
    recognise(dimitra)
    progress(alba)
    award(dimitra)
    file = issue(dimitra, alba)
    verify(erik, file, tmp_path)

    assert journal.verify()[0] > 30
    nobody_else(visitor(GEORG.name, GEORG.email), (bruno, chloe, dimitra, alba))
    at_keyboards = [one for one in (bruno, chloe, dimitra, alba, marco, erik) if isinstance(one, KeyboardVisitor)]
    assert all(one.presses > 5 for one in at_keyboards)


# ------------------------------------------------------------- describe and agree
def publish(dimitra: Visitor) -> None:
    dimitra.go("/").sees("Competent institution", "Nothing waits for you now")
    dimitra.go("/qualifications/").follow("Publish a qualification")
    dimitra.upload("File", "hairdressing.yaml", source(HAIRDRESSING)).press("Look through it")
    dimitra.sees(f"What was found in “{TITLE}”", "This can be published.")
    dimitra.press("Publish").sees(f"“{TITLE}” is published.", "Rules of combination", UNIT)
    dimitra.follow(UNIT).sees("Assessment")


def memorandum(bruno: Visitor, chloe: Visitor) -> None:
    bruno.go("/memoranda/").sees("no memorandum yet").follow("Propose a memorandum")
    bruno.tick(INSTITUTE.name, TITLE).press("Continue")
    bruno.fill("Objectives", "Learners of hairdressing achieve whole units abroad")
    bruno.fill("Valid from", date(2024, 9, 1)).fill("Valid until", date(2027, 8, 31))
    bruno.fill("Review", "Every June by both coordinators").tick_all(within="What we confirm")
    bruno.press("Put it to all parties").sees("The memorandum was put to its parties")
    chloe.go("/").follow("Sign a memorandum of understanding").press("Sign this version")
    bruno.go("/").follow("Sign a memorandum of understanding").press("Sign this version").sees("in force")


def enter(bruno: Visitor) -> Identifier:
    bruno.go("/learners/new")
    bruno.fill("Given names", "Alba").fill("Family name", "Lindqvist").fill("Date of birth", date(2005, 6, 3))
    bruno.fill("E-mail address", ALBA.figure.email).choose("Follows the qualification", TITLE)
    bruno.press("Enter").sees("Alba Lindqvist is entered.")
    pseudonym = bruno.page.get_by_text(re.compile("^urn:uuid:")).inner_text()
    return identifier(pseudonym)


def agree(bruno: Visitor, alba: Visitor, chloe: Visitor) -> str:
    bruno.follow("Propose a learning agreement").tick(INSTITUTE.name).press("Continue")
    bruno.fill("First day", PLAN.period.start).fill("Last day", PLAN.period.end or "").tick(UNIT)
    bruno.fill("Learning activities", "Cutting and shaving in a salon, four days a week")
    bruno.fill("Place of learning", PLAN.place).fill("Mentor at the hosting institution", MARCO.name)
    bruno.fill("Assessor", CHLOE.name).fill("How it is assessed", ", ".join(PLAN.methods))
    bruno.fill("When it is assessed", "In the last week").fill("What ensures the quality", "Two people observe")
    bruno.fill("How results are recorded", "Assessment grid").fill("Who recognises there", DIMITRA.name)
    bruno.choose("Institution that recognises", "Pirkka Qualifications Board")
    bruno.fill("Recognition is decided by", PLAN.recognised).press("Look through it").propose()
    agreement = bruno.path
    alba.go("/").follow("Sign the learning agreement").press("Sign this version").sees("still has to sign")
    chloe.go("/").follow("Sign the learning agreement").press("Sign this version")
    bruno.go("/").follow("Sign the learning agreement").press("Sign this version").sees("in force")
    return agreement


def own_achievements(learner: Identifier, bruno: Actor) -> None:
    """What Alba passed at home before, as the college's own system would enter it; one unit more is typed in later."""
    for one in ALBA_AT_HOME:
        made = one.achievement(ALBA, learner)
        accumulate.enter_achievement(
            learner, unit=made.unit, qualification=made.qualification, actor=bruno, code=made.code,
            points=made.points, sort=made.sort, on=made.on,
        )  # fmt: skip


# ------------------------------------------------------------- stay, assess, transfer
def stay(bruno: Visitor, chloe: Visitor, marco: Visitor, agreement: str, turn_to: Callable[[date], None]) -> None:
    bruno.go(agreement).unfold("Confirm that everything is ready").press("Confirm that everything is ready")
    bruno.sees("ready")
    turn_to(PLAN.period.start)
    invite(chloe, agreement, "tell what happens during the stay, as mentor at the workplace")
    by_link(marco, MARCO.email).sees("What has happened?", "Alba Lindqvist").follow("The learner has arrived")
    marco.press("The learner has arrived").sees("under way")
    chloe.go(agreement).sees("under way")


def hand_evidence(chloe: Visitor, marco: Visitor, agreement: str) -> None:
    """The mentor has no grid to fill in here: he hands over what the assessor shall see."""
    invite(chloe, agreement, "assess at the workplace")
    by_link(marco, MARCO.email).sees("Assess Alba Lindqvist", "Evidence")
    marco.upload("File", "weeks.txt", b"Ten weeks: what she cut and shaved").press("Bring the file").sees("weeks.txt")


def invite(chloe: Visitor, agreement: str, task: str) -> None:
    chloe.go(agreement).follow("Guests and papers").follow("Invite somebody")
    chloe.tick(task).fill("Name", MARCO.name).fill("E-mail address", MARCO.email)
    chloe.press("Send the link").sees(f"The link is on its way to {MARCO.email}.", "waits for the guest")


def assess(chloe: Visitor) -> None:
    chloe.go("/").follow("Assess Alba Lindqvist").follow("Assess", exact=True).sees("weeks.txt")
    chloe.fill("Day of the assessment", PLAN.assessed).tick_all("Achieved")
    chloe.tick_all(within="Criteria that were met").fill("Your position", "head of assessment")
    chloe.press("Record the assessment").sees("The assessment is recorded.", "Assessed")


def transfer(chloe: Visitor, bruno: Visitor) -> None:
    chloe.go("/").follow("The stay has ended").unfold("The stay has ended")
    chloe.fill("On which day", PLAN.period.end or "").press("The stay has ended").sees("as planned")
    chloe.go("/").follow("Issue the transcript").follow("Issue the transcript").press("Issue and sign")
    chloe.sees("The transcript is issued and signed.")
    bruno.go("/credit/").follow(UNIT).follow("Agreement or portfolio").press("Confirm that it has arrived")
    bruno.sees("Transcript received")


# ------------------------------------------------------------- validate, recognise, accumulate, award
def validate(bruno: Visitor) -> None:
    bruno.go("/").follow("Validate").sees("The comparison suggests").tick_all("Corresponds")
    bruno.fill("Ground", "Study regulations of the college, section 12").press("Validate")
    bruno.sees("Validated:")


def recognise(dimitra: Visitor) -> None:
    dimitra.go("/").follow("Recognise or refuse").tick_all(within="Outcomes that are recognised")
    dimitra.tick("towards the qualification").fill("Ground", CERTIFIES).press("Decide")
    dimitra.sees("Decided:", "Unit complete", "35")


def progress(alba: Visitor) -> None:
    alba.go("/").go("/learners/credit/").follow("Alba Lindqvist").sees(UNIT, INSTITUTE.name).follow(TITLE)
    alba.sees("Complete", "180 of 180 points count.")


def award(dimitra: Visitor) -> None:
    dimitra.go("/learners/credit/").follow("Alba Lindqvist").follow(TITLE)
    dimitra.fill("Ground of the award", CERTIFIES).press("Award").sees("The qualification is awarded.", "Awarded on")


# ------------------------------------------------------------- issue and verify
def issue(dimitra: Visitor, alba: Visitor) -> bytes:
    dimitra.go("/credentials/").press(f"Issue: {TITLE}, Alba Lindqvist").sees("The credential is issued")
    dimitra.go("/credentials/").press(f"Issue: {UNIT}, Alba Lindqvist").sees("The credential is issued")
    alba.go("/credentials/").sees(TITLE, UNIT).follow(TITLE).sees("Genuine", "Alba Lindqvist")
    return alba.download("Download")


def verify(erik: Visitor, file: bytes, folder: Path) -> None:
    erik.go("/").go("/verify").upload("File", "award.sd-jwt", file).press("Verify")
    erik.sees("Genuine: issued by Pirkka Qualifications Board.", "Alba Lindqvist", TITLE)
    with zipfile.ZipFile(io.BytesIO(erik.go("/verify").download("Download the trust directory"))) as packed:
        packed.extractall(folder)
    (folder / "award.sd-jwt").write_bytes(file)
    done = subprocess.run(
        [Path(sys.executable).with_name("ecvet"), "verify", "award.sd-jwt", "--trust", "trust", "--json",
         "--at", clock.now().isoformat()],  # the status lists in the trust are of the day of the story
        cwd=folder, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["verified"]
    forged = file.replace(file[200:201], b"A" if file[200:201] != b"A" else b"B", 1)
    erik.go("/verify").fill("Or its text", forged.decode()).press("Verify").sees("Not verified")


# ------------------------------------------------------------- nobody else
def nobody_else(georg: Visitor, people: tuple[Visitor, ...]) -> None:
    """Whoever works elsewhere finds none of the pages that belong to this story alone."""
    own = {re.sub(r"[?#].*", "", one) for person in people for one in person.addresses}
    own = {one for one in own if re.match(r"/(memoranda|learners|agreements|credit|credentials)/.*[0-9a-f]{12}", one)}
    assert len(own) > 12
    georg.go("/")
    assert {one: georg.status(one) for one in own} == dict.fromkeys(own, 404)
