"""Published versions never change."""

from dataclasses import replace

import pytest

from core.qualification.samples import qualification, text, unit
from ecvet.qualification import may_follow
from ecvet.qualification.errors import DoesNotReplace, PublishedNeverChanges
from ecvet.terms import Failure, Identifier

NEXT = Identifier("https://school.example/next/2")


@pytest.mark.rule("R-QUAL-5", "R-UNIT-12")
@pytest.mark.parametrize("published", [qualification(), unit("A")], ids=["qualification", "unit"])
def test_a_published_version_changes_only_by_a_new_one_that_replaces_it(published) -> None:  # type: ignore[no-untyped-def]
    assert may_follow(published, published)
    changed = replace(published, title=text("Another title"))
    assert may_follow(published, changed) == Failure(PublishedNeverChanges(id=published.id))
    assert may_follow(published, replace(changed, id=NEXT)) == Failure(DoesNotReplace(id=NEXT, published=published.id))
    assert may_follow(published, replace(changed, id=NEXT, replaces=published.id))
    with pytest.raises(AttributeError):
        published.title = text("Another title")
