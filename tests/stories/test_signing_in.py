"""Signing in by a passkey, and by the code of an app without JavaScript; proving it is you before what is signed."""

import re
from base64 import b32decode
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Final

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import expect

from ecvet.examples.cast import BRUNO, DIMITRA
from ecvet_platform.journal import clock
from ecvet_platform.people import totp
from ecvet_platform.people.providers import Provider
from ecvet_platform.qualifications.naming import key_of
from stories import world
from stories.visitor import LINK, Visitor, noon

Come = Callable[..., Visitor]
DAY: Final = date(2026, 11, 30)
DEVICE: Final = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


class Hour:
    """The hour of that day, which the story moves on, for the server too."""

    def __init__(self) -> None:
        self.at: datetime = noon(DAY)

    def later(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)
        clock._fixed = self.at


@pytest.fixture
def hour(site: str) -> Any:
    with clock.fixed(noon(DAY)):
        world.begin()
        yield Hour()


def people_of(institution: str) -> str:
    return f"/institutions/{key_of(institution)}/people"


def test_a_passkey_signs_in_and_confirms(visitor: Come, hour: Hour) -> None:
    bruno = visitor("Bruno", BRUNO.email, java_script_enabled=True)
    bruno.come_in()
    device = bruno.context.new_cdp_session(bruno.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    bruno.go("/you/").sees("You have none").follow("Set up a passkey").fill("Name of the passkey", "my laptop")
    bruno.press("Set up the passkey").sees("The passkey is set up", "my laptop", "this session")

    leave(bruno)
    bruno.page.goto(f"{bruno.site}/sign-in?next=/you/")
    bruno.press("Sign in with a passkey").sees("Signing in", "by a passkey")

    hour.later(20)
    bruno.since = clock.now()
    bruno.go(people_of(BRUNO.institution)).fill("Name", "Nina Conti").fill("E-mail address", "nina@turin.example")
    bruno.tick("Workplace mentor")
    bruno.press("Enter").sees("Confirm that it is you", "What you have typed is kept")
    bruno.press("Confirm with a passkey").sees("Nina Conti is entered", "Workplace mentor", "Has a second factor.")

    press(bruno.go("/you/"), "^Switch off").sees("Switched off")
    press(bruno, "^Remove").sees("This is the only way in which you could still sign in")


def press(who: Visitor, pattern: str) -> Visitor:
    """Press a button whose name goes on after what is seen of it."""
    return who._click(who.page.locator("main").get_by_role("button", name=re.compile(pattern)))


def leave(who: Visitor) -> None:
    who.page.locator("header summary", has_text=who.page.locator("header summary").last.inner_text()).last.click()
    with who.page.expect_navigation(wait_until="load"):
        who.page.locator("header").get_by_role("button", name="Sign out").click()


def by_link(who: Visitor) -> Visitor:
    """Ask for a link and press it, up to the question for the code."""
    who.page.goto(f"{who.site}/sign-in")
    who.fill("E-mail", who.email).press("Send me a link")
    found = LINK.search(str(mail.outbox[-1].body))
    assert found
    who.page.goto(found[0])
    return who.press("Sign in").sees("One step is left")


def test_an_app_works_without_javascript_and_keeps_what_was_typed(visitor: Come, hour: Hour) -> None:
    dimitra = visitor("Dimitra", DIMITRA.email)
    dimitra.go("/you/").follow("Set up an authenticator app").sees("Secret")
    secret = b32decode(dimitra.page.locator(".summary dd").first.inner_text().replace(" ", ""))

    def code() -> str:
        return totp.code_at(secret, int(clock.now().timestamp()) // totp.STEP)

    dimitra.fill("Code", "123").press("Use this app from now on").sees("There is a problem", "This code is not right")
    dimitra.fill("Code", code()).press("Use this app from now on").sees("Your recovery codes")
    kept = dimitra.page.locator(".codes code").all_inner_texts()
    assert len(kept) == 10
    dimitra.follow("I have kept them").sees("In use", "10 recovery codes are left")

    leave(dimitra)
    hour.later(1)
    by_link(dimitra).fill("Code", code()).press("Sign in")
    expect(dimitra.page.get_by_role("heading", level=1)).to_have_text("What waits for you")

    hour.later(20)
    dimitra.since = clock.now()
    dimitra.go(people_of(DIMITRA.institution)).fill("Name", "Ivo Ilić").fill("E-mail address", "ivo@office.example")
    dimitra.tick("Verifier").press("Enter").sees("Confirm that it is you")
    dimitra.fill("Code", "000000").press("Confirm").sees("There is a problem")
    dimitra.fill("Code", kept[0]).press("Confirm").sees("Ivo Ilić is entered")

    demands = dimitra.page.get_by_role("group", name=re.compile("A second factor is needed of"))
    demands.get_by_label("Coordinator").check()
    dimitra.press("Keep").sees("What is demanded is kept")


def test_an_operator_looks_with_a_reason(visitor: Come, hour: Hour, settings: Any) -> None:
    settings.PROVIDERS = (Provider(name="school", title="School account", issuer="https://a.example", client_id="x"),)
    call_command("operator", "olga@server.example", "--name", "Olga")
    olga = visitor("Olga", "olga@server.example")
    olga.go("/you/codes")
    secret = b32decode(olga.page.locator(".summary dd").first.inner_text().replace(" ", ""))
    olga.fill("Code", totp.code_at(secret, int(clock.now().timestamp()) // totp.STEP))
    olga.press("Use this app from now on")
    olga.go(f"/institutions/{key_of(BRUNO.institution)}").follow("Look as staff").press("Look as staff").sees(
        "There is a problem"
    )
    olga.fill("Reason", "The school asked us why a page does not open.").tick("30 minutes").press("Look as staff")
    olga.sees("You look as staff at what", "Nothing can be changed").press("End the look")
    olga.sees("You no longer look as staff")
    visitor("Erik").go("/sign-in").sees("Sign in with School account", "Passkeys need JavaScript")
