"""Lists of learners for programs: looked through line by line, entered all at once."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema, UploadedFile

from ecvet.mobility.roster import Answer
from ecvet.terms import Identifier
from ecvet_platform.documents.sheets.reading import MOST_BYTES
from ecvet_platform.mobility.actions import rosters
from ecvet_platform.people.doors import actor_of, language_of, reply
from ecvet_platform.people.telling import problem_of
from ecvet_platform.qualifications.naming import key_of

router = Router(tags=["learners"])


class ListRequest(Schema):
    """How a list of learners is to be understood."""

    columns: str = ""
    qualification: str = ""
    encoding: str = ""
    dry_run: bool = False
    leave_out: bool = False


@router.post("", summary="Enter learners from a list (CSV or Excel), or only look through it")
def enter_list(
    request: HttpRequest, file: Annotated[UploadedFile, File()], how: Annotated[ListRequest, Form()]
) -> HttpResponse:
    """Line by line what becomes of it and why. 422 when lines are refused and `leave_out` is not said: all or nothing.

    `columns` names what each column is, in order and divided by commas, empty for one that is left out; without it the
    names of the columns are guessed in every language.
    """
    rows, columns = rosters.table(
        file.read(MOST_BYTES + 1), columns=how.columns, encoding=how.encoding, language=language_of(request)
    )
    actor, follows = actor_of(request), Identifier(how.qualification) if how.qualification else None
    found = (
        rosters.look(rows, columns, actor=actor, qualification=follows) if how.dry_run
        else rosters.enter(rows, columns, actor=actor, qualification=follows, leave_out=how.leave_out)
    )  # fmt: skip
    lines = [
        {"line": one.number, "answer": one.answer, "why": [problem_of(why) for why in one.why]}
        | ({"learner": one.learner, "key": key_of(one.learner)} if one.learner else {})
        for one in found.lines
    ]  # fmt: skip
    counts = {one.value: found.count(one) for one in Answer}
    return reply({"entered": found.entered, "counts": counts, "lines": lines}, 201 if found.entered else 200)
