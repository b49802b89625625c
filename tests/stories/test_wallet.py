"""A credential goes into a wallet, is shown to an employer, and is revoked: people on pages, the wallet by HTTP."""

from collections.abc import Callable
from datetime import date

import pytest

from albas_story import DECIDED, Story
from ecvet.terms import Identifier
from ecvet_platform.people.roles import Role
from simulators.wallet import Wallet
from stories.visitor import Visitor


@pytest.fixture
def story(site: str) -> Story:
    return Story().begin()


def test_a_credential_is_put_into_a_wallet_shown_and_revoked(
    story: Story, visitor: Callable[..., Visitor], turn_to: Callable[[date], None], settings: object
) -> None:
    story.through(story.agree())
    story.add("Ewa", Identifier("https://employer.example/"), Role.VERIFIER)
    turn_to(DECIDED)
    dimitra, alba, ewa = (visitor(one, story.accounts[one].email) for one in ("Dimitra", "Alba", "Ewa"))
    wallet = Wallet(settings.SITE)  # type: ignore[attr-defined]

    # not issued yet: the wallet gets it later
    alba.go("/wallet/").sees("Not issued yet").press("Put into your wallet: Cutting").sees("Type the six digits")
    link = alba.page.get_by_role("link", name="Open in a wallet").get_attribute("href")
    digits = alba.page.locator("dl.summary dd").first.inner_text()
    wallet.redeem(wallet.read(link).code, digits)
    transaction = wallet.ask("recognised-unit").body["transaction_id"]
    dimitra.go("/credentials/").press("Issue: Cutting, Alba Rossi").sees("The credential is issued")
    assert wallet.fetch(transaction).status == 200
    alba.go("/wallet/").sees("Handed over")

    # an employer asks, and sees at once whether it is genuine
    ewa.go("/verify").follow("Ask a wallet").press("Ask").sees("There is a problem")
    ewa.page.get_by_label("Recognised unit").check()
    ewa.press("Ask").sees("Let the learner read this picture")
    asked = ewa.page.get_by_role("link", name="Open in a wallet").get_attribute("href")
    assert wallet.present(asked).status == 200
    ewa.follow("See whether it has answered").sees("Genuine: issued by Regional authority.", "withheld by the holder")

    # it was a mistake
    dimitra.go("/credentials/")
    dimitra.page.locator("input[name=credential]").check()
    dimitra.press("Suspend, reinstate or revoke those chosen").press("Look through").sees("There is a problem")
    dimitra.page.get_by_label("Revoke for good").check()
    dimitra.fill("Reason", "Issued for another learner by mistake").press("Look through").sees(
        "Nothing has been changed"
    )
    dimitra.press("Do it for 1 credential").sees("1 credential: Revoked.")
    alba.go("/credentials/").sees("Revoked")
    ewa.page.reload()
    ewa.sees("Not verified.", "revoked by its issuer")
