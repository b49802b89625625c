"""Published versions of units and qualifications never change: a change is a new version that replaces the old one."""

from ecvet.qualification.errors import DoesNotReplace, PublishedNeverChanges
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import Unit
from ecvet.terms import Failure, Success


def may_follow(published: Qualification | Unit, new: Qualification | Unit) -> Success | Failure:
    """Whether `new` may be published where `published` stands (R-QUAL-5, R-UNIT-12).

    The same value again is fine, another value under the same identifier is not, and a new version says what it
    replaces. Learners' records keep pointing to the version they began with; whether credit from one version counts in
    another is decided by an equivalence, never by the relation “replaces” alone (`ecvet.correspondence`).
    """
    if new.id == published.id:
        return Success() if new == published else Failure(PublishedNeverChanges(id=published.id))
    if new.replaces != published.id:
        return Failure(DoesNotReplace(id=new.id, published=published.id))
    return Success()
