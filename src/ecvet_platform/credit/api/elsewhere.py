"""Transcripts of universities and for universities (ELMO), for programs."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Router
from ninja.files import UploadedFile

from ecvet.exchange.elmo_writing import MEDIA
from ecvet.record import address, plain
from ecvet_platform.credit.actions import elsewhere
from ecvet_platform.credit.actions.documents import elmo
from ecvet_platform.people.doors import actor_of, reply
from ecvet_platform.qualifications.naming import thread_of

router = Router(tags=["credit"])


@router.get("/records/{str:name}/elmo", summary="A transcript with its decisions, or a decision, as ELMO")
def file(request: HttpRequest, name: str, version: str = "2.1") -> HttpResponse:
    """XML of ELMO 2.1 or 1.7; what it does not tell stands under `elmo/losses`."""
    found = elmo.of_record(address(name), actor=actor_of(request), version=version)
    answer = HttpResponse(found.data, content_type=MEDIA)
    answer["Content-Disposition"] = f'attachment; filename="elmo-{version}-{name[8:24]}.xml"'
    return answer


@router.get("/records/{str:name}/elmo/losses", summary="What the ELMO file of a record loses")
def losses(request: HttpRequest, name: str, version: str = "2.1") -> HttpResponse:
    """Part by part, with what to do about it."""
    found = elmo.of_record(address(name), actor=actor_of(request), version=version)
    return reply({"transcript": found.transcript, "version": version, "report": [plain(one) for one in found.remarks]})


@router.post("/portfolios/{uuid:key}/elmo", summary="Bring a university's transcript to a portfolio")
def bring(
    request: HttpRequest, key: UUID, file: Annotated[UploadedFile, File()], dry_run: bool = True, same: bool = False
) -> HttpResponse:
    """With `dry_run`, the default, only the report; else the file becomes evidence and its lines a new version.

    409 where it is about somebody else, or brings nothing new.
    """
    thread, actor, name = thread_of(key), actor_of(request), file.name or "file.xml"
    data = file.read(elsewhere.MOST_BYTES + 1)
    found = elsewhere.look(thread, data, name=name, actor=actor)
    told: dict[str, Any] = {
        "new": [plain(one) for one in found.new], "report": [plain(one) for one in found.remarks],
        "others": [plain(one) for one in found.others],
    }  # fmt: skip
    if dry_run:
        return reply({**told, "version": None})
    done = elsewhere.put(thread, data, name=name, actor=actor, same=same)
    return reply({**told, "version": done.basis.address}, 201)
