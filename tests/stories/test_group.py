"""A class of twenty goes abroad: one list, one text, the host signs once; one deviates, one comes home early.

Bruno coordinates at home, Chloé at the host; the learners sign with the link that is e-mailed to them. What Bruno has
to do is counted. In other languages than English the class is smaller.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.core import mail
from django.test import Client

import stories_of as story
from ecvet.mobility import State
from ecvet_platform.documents.sheets import as_xlsx
from ecvet_platform.journal import actions as journal
from ecvet_platform.mobility.actions import agreements, groups
from ecvet_platform.people import actions as people
from effort import Person
from stories.visitor import Visitor
from stories.ways import Way, walked

Come = Callable[..., Visitor]
TurnTo = Callable[[date], None]

HEAD: Final = ("Cognome", "Nome", "Data di nascita", "Indirizzo e-mail", "Matricola", "Classe")
FIRST: Final = (
    "Alessio", "Daria", "Rosa", "Sara", "Tommaso", "Beatrice", "Carlo", "Elena", "Fabio", "Giulia", "Hamid", "Irene",
    "Jacopo", "Katia", "Luca", "Marta", "Nadia", "Omar", "Paola", "Quirino",
)  # fmt: skip
"""Those who do something that others do not come first: so a small class has them, too."""
FAMILY: Final = ("Bianchi", "Greco", "Ferrari", "Conti", "Marino")
CLASS: Final = [
    (FAMILY[number % 5], name, date(2006, 1 + number % 12, 1 + number), f"{name.lower()}@school.example", 700 + number,
     "3A")
    for number, name in enumerate(FIRST)
]  # fmt: skip
AT_A_BROWSER: Final = ("Alessio",)
BEFORE, BEGINS, HOME_EARLY = date(2026, 3, 2), story.STAY.start, date(2026, 4, 27)


@dataclass
class Counting:
    """A person at a browser whose inputs are counted: every field, box, button and link."""

    visitor: Visitor
    inputs: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Callable[..., "Counting"]:
        def do(*args: object, **more: object) -> "Counting":
            getattr(self.visitor, name)(*args, **more)
            if name in ("follow", "press", "fill", "choose", "tick", "upload", "propose", "unfold", "untick"):
                self.inputs.append(f"{name} {args[0] if args else ''}")
            return self

        return do


def link_of(email: str, site: str) -> str:
    """The path of the newest sign-in link that somebody was sent."""
    bodies = [str(one.body) for one in mail.outbox if one.to == [email]]
    found = re.search(r"https?://\S+(/sign-in/\S+)", bodies[-1])
    assert found
    return found[1]


def sign_by_link(email: str) -> int:
    """A learner asks for the link, comes in and signs; how many inputs it took after coming in."""
    browser = Client()
    assert browser.post("/sign-in", {"email": email}).status_code in (200, 302)
    assert browser.post(link_of(email, "")).status_code == 302
    learner = Person(browser).begin("/")
    learner.follow("Sign the learning agreement").press("Sign this version")
    return len(learner.inputs)


@walked()
def test_a_class_goes_abroad_together(visitor: Come, way: Way, turn_to: TurnTo) -> None:
    n, listed = way.learners, as_xlsx("3A", HEAD, CLASS[: way.learners])
    turn_to(BEFORE)
    cast = story.cast()
    story.memorandum_in_force(cast)
    bruno = Counting(visitor("Bruno", "bruno@example.org"))
    bruno.visitor.examiner.typed.update(HEAD)
    chloe = visitor("Chloé", "chloe@example.org")

    # --- a list of the school's own, brought twice
    bruno.visitor.go("/learners/")
    bruno.follow("Enter learners from a list").upload("File", "classe.xlsx", listed)
    bruno.press("Look through it").sees(f"{n} learners can be entered.", "Alessio", "will be entered")
    bruno.press(f"Enter {n} learners").sees(f"{n} learners were entered.")

    # --- one text for all of them
    bruno.press(f"Propose one learning agreement for these {n} learners").press("Continue")
    bruno.fill("First day", story.STAY.start).fill("Last day", story.STAY.end or "").tick(story.UNITS[0].title)
    bruno.press("Put it to all parties")
    bruno.sees(f"Group of {n} learners", f"Hosting institution: {n} signatures are missing.")
    text = bruno.visitor.path.rpartition("/")[2]
    proposed = len(bruno.inputs)

    again = visitor("Bruno", "bruno@example.org")
    again.go("/learners/list").upload("File", "classe.xlsx", listed)
    again.press("Look through it").sees("0 learners can be entered.", f"{n} lines are about people who are known.")

    # --- one deviates: hers alone is changed before anybody signs
    bruno.visitor.go(f"/groups/{text}")
    bruno.follow("Agreement of Daria Greco").follow("Propose a change").fill("Last day", date(2026, 5, 15))
    bruno.propose().sees("The version before and this version")
    bruno.visitor.go(f"/groups/{text}").sees("1 learner has a programme that deviates.", "15 May 2026")

    # --- everybody signs: learners by link, the host in one step, home in one step
    bruno.press(f"Remind those who still have to sign ({n})").sees(f"{n + 1} people were reminded.")
    inputs = []
    for name in FIRST[:n]:
        if name in AT_A_BROWSER:
            learner = visitor(name, f"{name.lower()}@school.example")
            learner.go("/").follow("Sign the learning agreement").press("Sign this version").sees("Done.")
        else:
            inputs.append(sign_by_link(f"{name.lower()}@school.example"))
    assert max(inputs) == 2
    chloe.go("/").follow(f"Sign {n} learning agreements of a group as hosting institution")
    chloe.sees("1 learner has a programme that deviates.", "What all have in common", "Daria Greco", "deviates")
    chloe.press(f"Sign for those ticked ({n})").sees(f"You have signed {n} agreements.")
    before = len(bruno.inputs)
    bruno.visitor.go("/")
    bruno.follow(f"Sign {n} learning agreements of a group as home institution")
    bruno.press(f"Sign for those ticked ({n})")
    bruno.sees(f"You have signed {n} agreements.", f"{n} agreements are in force.")
    signed = proposed + len(bruno.inputs) - before

    # --- the stays: confirmed for all, begun for all but one, who comes later
    bruno.press("Tell it for those ticked").sees(f"It is told for {n} stays.", f"Ready: {n} stays")
    turn_to(BEGINS)
    chloe.go("/").follow(f"{n} stays of a group: The learner has arrived")
    chloe.untick("Tommaso Marino").press("Tell it for those ticked")
    chloe.sees(f"It is told for {n - 1} stays.", f"Under way: {n - 1} stays", "Ready: 1 stay")

    # --- one comes home early; that she ends as planned before the agreed end is refused for everybody
    turn_to(HOME_EARLY)
    chloe.go(f"/groups/{text}")
    chloe.untick(*(f"{name} {family}" for family, name, *_ in CLASS[:n] if name != "Rosa"))
    chloe.choose("What has happened", "The stay has ended").press("Tell it for those ticked")
    chloe.sees("It is not possible for 1 of 1; nothing was done for anybody.", "Rosa Ferrari", "The stay ended on")
    chloe.choose("What has happened", "End the stay early").choose("Reason, for an interruption", "illness")
    chloe.press("Tell it for those ticked")
    chloe.sees("It is told for 1 stay.", "Ended: 1 stay", f"Under way: {n - 2} stays")
    bruno.visitor.go("/groups/").sees(story.HAIRDRESSER.title, str(n))

    # --- a flood: said once, with an outcome for each
    bruno.visitor.go("/agreements/")
    bruno.follow("Tell one event for many stays").choose("Country", "France").press("Find the stays")
    bruno.sees(f"{n - 1} stays are concerned.")
    bruno.choose("What becomes of the stay of Alessio Bianchi", "goes on").press("Look at what will be told")
    bruno.sees("nothing: the stay goes on").press(f"Tell it for {n - 2} stays")
    bruno.sees(f"It is told for {n - 2} stays.")

    found = groups.group(story.Address(text), actor=cast.actor("Bruno"))
    stays = [one.stay for one in found.group.members]
    assert {state: stays.count(state) for state in set(stays)} == {
        State.STARTED: 1, State.INTERRUPTED: n - 3, State.ENDED: 1, State.CANCELLED: 1,
    }  # fmt: skip
    assert list(found.group.deviating) == [one for one, line in found.lines.items() if line.called == "Daria Greco"]
    assert agreements.page(actor=cast.actor("Chloé"))[1] == n
    assert people.actor_with_email("sara@school.example").institution == story.TURIN
    journal.verify()
    print(f"\ninputs of the coordinator for a group of {n}, from the list to all signed: {signed}")
    print(f"  of which until the agreements are proposed: {proposed}; for the one who deviates: 4; a reminder: 1")
    assert signed <= 12, bruno.inputs
