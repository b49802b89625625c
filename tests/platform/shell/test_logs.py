"""What is logged opens no door."""

import logging

import pytest
from django.conf import settings
from django.test import Client

from ecvet_platform.shell.logs import NoSecrets


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/sign-in/", "/guest/", "/shared/", "/calendar/", "/wallet/offers/", "/wallet/requests/", "/wallet/answers/"],
)
def test_the_secret_of_a_link_is_never_logged(path: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(NoSecrets())
    Client().get(f"{path}Xy12secret")
    logging.getLogger("django.request").warning("Gone: %s", f"{path}Xy12secret/code")
    assert "Xy12secret" not in caplog.text
    assert f"{path}…/code" in caplog.text


def test_every_handler_of_the_platform_takes_secrets_out() -> None:
    assert all(handler["filters"] == ["no-secrets"] for handler in settings.LOGGING["handlers"].values())
