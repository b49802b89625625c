"""A class of twenty goes abroad: one list, one text, the host signs once; one deviates, one comes home early.

Bruno coordinates at home, Chloé at the host; the learners sign with the link that is e-mailed to them. Everything is
done at browsers without JavaScript, and what Bruno has to do is counted.
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

Come = Callable[..., Visitor]
TurnTo = Callable[[date], None]

HEAD: Final = ("Cognome", "Nome", "Data di nascita", "Indirizzo e-mail", "Matricola", "Classe")
FIRST: Final = (
    "Alessio", "Beatrice", "Carlo", "Daria", "Elena", "Fabio", "Giulia", "Hamid", "Irene", "Jacopo", "Katia", "Luca",
    "Marta", "Nadia", "Omar", "Paola", "Quirino", "Rosa", "Sara", "Tommaso",
)  # fmt: skip
FAMILY: Final = ("Bianchi", "Conti", "Ferrari", "Greco", "Marino")
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


def test_a_class_of_twenty_goes_abroad_together(visitor: Come, site: str, turn_to: TurnTo) -> None:
    turn_to(BEFORE)
    cast = story.cast()
    story.memorandum_in_force(cast)
    bruno = Counting(visitor("Bruno", "bruno@example.org"))
    chloe = visitor("Chloé", "chloe@example.org")

    # --- a list of the school's own, brought twice
    bruno.visitor.go("/learners/")
    bruno.follow("Enter learners from a list").upload("File", "classe.xlsx", as_xlsx("3A", HEAD, CLASS))
    bruno.press("Look through it").sees("20 learners can be entered.", "Alessio", "will be entered")
    bruno.press("Enter 20 learners").sees("20 learners were entered.")

    # --- one text for all of them
    bruno.press("Propose one learning agreement for these 20 learners").press("Continue")
    bruno.fill("First day", story.STAY.start).fill("Last day", story.STAY.end or "").tick("Cutting")
    bruno.press("Put it to all parties").sees("Group of 20 learners", "Hosting institution: 20 signatures are missing.")
    text = bruno.visitor.page.url.rpartition("/")[2]
    proposed = len(bruno.inputs)

    again = visitor("Bruno", "bruno@example.org")
    again.go("/learners/list").upload("File", "classe.xlsx", as_xlsx("3A", HEAD, CLASS))
    again.press("Look through it").sees("0 learners can be entered.", "20 lines are about people who are known.")

    # --- one deviates: hers alone is changed before anybody signs
    bruno.visitor.go(f"/groups/{text}")
    bruno.follow("Agreement of Daria Greco").follow("Propose a change").fill("Last day", date(2026, 5, 15))
    bruno.propose().sees("The version before and this version")
    bruno.visitor.go(f"/groups/{text}").sees("1 learner has a programme that deviates.", "15 May 2026")

    # --- everybody signs: learners by link, the host in one step, home in one step
    bruno.press("Remind those who still have to sign (20)").sees("21 people were reminded.")
    inputs = []
    for name in FIRST:
        if name in AT_A_BROWSER:
            learner = visitor(name, f"{name.lower()}@school.example")
            learner.go("/").follow("Sign the learning agreement").press("Sign this version").sees("Done.")
        else:
            inputs.append(sign_by_link(f"{name.lower()}@school.example"))
    assert max(inputs) == 2
    chloe.go("/").follow("Sign 20 learning agreements of a group as hosting institution")
    chloe.sees("1 learner has a programme that deviates.", "What all have in common", "Daria Greco", "deviates")
    chloe.press("Sign for those ticked (20)").sees("You have signed 20 agreements.")
    before = len(bruno.inputs)
    bruno.visitor.go("/")
    bruno.follow("Sign 20 learning agreements of a group as home institution")
    bruno.press("Sign for those ticked (20)").sees("You have signed 20 agreements.", "20 agreements are in force.")
    signed = proposed + len(bruno.inputs) - before

    # --- the stays: confirmed for all, begun for all but one, who comes later
    bruno.press("Tell it for those ticked").sees("It is told for 20 stays.", "Ready: 20 stays")
    turn_to(BEGINS)
    chloe.go("/").follow("20 stays of a group: The learner has arrived")
    chloe.page.get_by_label("Include Tommaso Marino").uncheck()
    chloe.press("Tell it for those ticked").sees("It is told for 19 stays.", "Under way: 19 stays", "Ready: 1 stay")

    # --- one comes home early; that she ends as planned before the agreed end is refused for everybody
    turn_to(HOME_EARLY)
    chloe.go(f"/groups/{text}")
    for box in chloe.page.get_by_role("checkbox").all():
        box.uncheck()
    chloe.page.get_by_label("Include Rosa Ferrari").check()
    chloe.choose("What has happened", "The stay has ended").press("Tell it for those ticked")
    chloe.sees("It is not possible for 1 of 1; nothing was done for anybody.", "Rosa Ferrari: The stay ended on")
    chloe.choose("What has happened", "End the stay early").choose("Reason, for an interruption", "illness")
    chloe.press("Tell it for those ticked").sees("It is told for 1 stay.", "Ended: 1 stay", "Under way: 18 stays")
    bruno.visitor.go("/groups/").sees("Hairdresser", "20")

    # --- a flood: said once, with an outcome for each
    bruno.visitor.go("/agreements/")
    bruno.follow("Tell one event for many stays").choose("Country", "France").press("Find the stays")
    bruno.sees("19 stays are concerned.")
    bruno.choose("What becomes of the stay of Alessio Bianchi", "goes on").press("Look at what will be told")
    bruno.sees("nothing: the stay goes on").press("Tell it for 18 stays").sees("It is told for 18 stays.")

    found = groups.group(story.Address(text), actor=cast.actor("Bruno"))
    stays = [one.stay for one in found.group.members]
    assert {state: stays.count(state) for state in set(stays)} == {
        State.STARTED: 1, State.INTERRUPTED: 17, State.ENDED: 1, State.CANCELLED: 1,
    }  # fmt: skip
    assert list(found.group.deviating) == [one for one, line in found.lines.items() if line.called == "Daria Greco"]
    assert agreements.page(actor=cast.actor("Chloé"))[1] == 20
    assert people.actor_with_email("sara@school.example").institution == story.TURIN
    journal.verify()
    print(f"\ninputs of the coordinator for a group of 20, from the list to all signed: {signed}")
    print(f"  of which until the agreements are proposed: {proposed}; for the one who deviates: 4; a reminder: 1")
    assert signed <= 12, bruno.inputs
