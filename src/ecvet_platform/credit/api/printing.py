"""The documents of credit as PDF, for programs: PDF/UA-1 and PDF/A-3a with the record attached."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router

from ecvet.record import address
from ecvet.terms import Identifier
from ecvet_platform.credit.actions.documents import printing
from ecvet_platform.documents.actions import format_of
from ecvet_platform.people.doors import actor_of, check_at, language_of, printed
from ecvet_platform.qualifications.naming import key_of, thread_of

router = Router(tags=["credit"])


@router.get("/learners/{uuid:key}/progress/document", summary="The statement of accumulated credit as a PDF")
def statement(request: HttpRequest, key: UUID, qualification: str, language: str = "") -> HttpResponse:
    """PDF/UA-1 and PDF/A-3a with what was computed attached; sealed where the home institution has a key."""
    wanted = Identifier(qualification)
    page = reverse("credit:progress", kwargs={"key": key, "qualification": key_of(wanted)})
    data = printing.of_progress(
        thread_of(key), wanted, actor=actor_of(request), page=request.build_absolute_uri(page),
        language=language or language_of(request),
    )  # fmt: skip
    return printed(data, f"credit-{key}")


@router.get("/agreements/{uuid:key}/europass", summary="The fields of Europass Mobility for a stay as a PDF")
def europass(request: HttpRequest, key: UUID, language: str = "") -> HttpResponse:
    """404 before the transcript is issued."""
    data = printing.of_stay(
        thread_of(key), actor=actor_of(request), check_at=check_at(request), language=language or language_of(request)
    )
    return printed(data, f"europass-{key}")


@router.get("/agreements/{uuid:key}/complement", summary="The complement of an agreement as a PDF, or as docx to edit")
def complement(request: HttpRequest, key: UUID, language: str = "", format: str = "pdf") -> HttpResponse:  # noqa: A002
    """409 before the stay has ended; sealed by the hosting institution; a Word file proves nothing."""
    form = format_of(format)
    data = printing.of_complement(
        thread_of(key), actor=actor_of(request), check_at=check_at(request), language=language or language_of(request),
        form=form,
    )  # fmt: skip
    return printed(data, f"complement-{key}", form)


@router.get("/records/{str:name}/document", summary="A transcript, decision or award as a PDF")
def document(request: HttpRequest, name: str, language: str = "") -> HttpResponse:
    """PDF/UA-1 and PDF/A-3a with the record attached; sealed where the institution that issued it has a key."""
    data = printing.of_record(
        address(name), actor=actor_of(request), check_at=check_at(request), language=language or language_of(request)
    )
    return printed(data, f"record-{name[8:24]}")


@router.get("/records/{str:name}/certificate", summary="The certificate of a recognised unit as a PDF")
def certificate(request: HttpRequest, name: str, language: str = "") -> HttpResponse:
    """409 for a decision that recognises nothing or does not stand any more."""
    data = printing.of_unit(
        address(name), actor=actor_of(request), check_at=check_at(request), language=language or language_of(request)
    )
    return printed(data, f"certificate-{name[8:24]}")
