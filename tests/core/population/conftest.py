"""The cast of credentials, for issuing many."""

import pytest

from core.credential.cast import World, make_world


@pytest.fixture(scope="session")
def world() -> World:
    return make_world()
