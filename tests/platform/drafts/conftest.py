import pytest

from stories_of import Cast, begun_cast, everybody, now
from writing_a_draft import Editor

__all__ = ["begun_cast", "everybody", "now"]


@pytest.fixture
def editor(everybody: Cast) -> Editor:
    return Editor(everybody)
