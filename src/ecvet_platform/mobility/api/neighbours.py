"""Learning agreements in the form of Erasmus Without Paper, for programs."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Router, UploadedFile

from ecvet.record import plain
from ecvet_platform.mobility.actions import neighbours
from ecvet_platform.people.doors import actor_of, reply
from ecvet_platform.qualifications.naming import thread_of

router = Router(tags=["agreements"])


@router.post("/ewp", summary="Look at an EWP learning agreement")
def look(request: HttpRequest, file: Annotated[UploadedFile, File()]) -> HttpResponse:
    """Whom and what it means here, to propose an agreement from; nothing is kept. For a coordinator of home."""
    data = file.read(neighbours.MOST_BYTES + 1)
    found = neighbours.look(data, name=file.name or "file.xml", actor=actor_of(request))
    return reply({
        "agreements": [
            {"begun": plain(one.begun), "learner": one.learner, "hosting": one.hosting,
             "report": [plain(each) for each in one.remarks]} for one in found.found
        ],
        "answers": [plain(one) for one in found.answers], "report": [plain(one) for one in found.remarks],
    })  # fmt: skip


@router.get("/{uuid:key}/ewp", summary="The agreement in the form of EWP")
def file(request: HttpRequest, key: UUID) -> HttpResponse:
    """XML of EWP 1.2; what it loses stands under `ewp/losses`."""
    found = neighbours.ewp(thread_of(key), actor=actor_of(request))
    return HttpResponse(found.data, content_type="application/xml")


@router.get("/{uuid:key}/ewp/losses", summary="What the EWP file of an agreement loses")
def losses(request: HttpRequest, key: UUID) -> HttpResponse:
    """Part by part, with what to do about it; also what EWP asks for and is not known here."""
    return reply({"report": [plain(one) for one in neighbours.ewp(thread_of(key), actor=actor_of(request)).remarks]})
