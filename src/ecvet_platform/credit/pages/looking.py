"""Pages to look at: the list of cases, an agreement or portfolio with its units, one case, one record."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ecvet.record import Address, address
from ecvet_platform.credit import words
from ecvet_platform.credit.actions import access, evidence, looking, portfolio, surroundings
from ecvet_platform.credit.actions import listing as listings
from ecvet_platform.credit.actions import record as records
from ecvet_platform.credit.actions.documents import printing
from ecvet_platform.credit.actions.evidence import Evidence
from ecvet_platform.credit.actions.reading import Ground
from ecvet_platform.credit.actions.scales import SCALES
from ecvet_platform.credit.pages.steps import buttons
from ecvet_platform.credit.words.cases import said
from ecvet_platform.credit.words.shares import share_said
from ecvet_platform.documents.actions import Format
from ecvet_platform.people.doors import actor_of, check_at, language_of, printed, show
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications.naming import key_of, thread_of

SIZE = 50


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The cases of the learner, or of the institution for which somebody acts."""
    actor = actor_of(request)
    staff = bool(actor.roles.intersection(access.STAFF))
    number = int(text) if (text := request.GET.get("page", "1")).isdecimal() and 0 < len(text) < 6 else 1
    lines, count = listings.page(actor=actor, number=max(number, 1), size=SIZE)
    return show(
        request, "credit/list.html", lines=lines, words=words, key_of=key_of, staff=staff, page=number,
        pages=-(-count // SIZE), count=count, own=() if staff else records.visible(actor=actor),
    )  # fmt: skip


@require_safe
def ground(request: HttpRequest, key: UUID) -> HttpResponse:
    """An agreement or a portfolio: what was assessed, what was handed over, where each unit stands."""
    view = looking.ground(thread_of(key), actor=actor_of(request))
    kept = portfolio.kept_in(view.ground)
    return show(
        request, "credit/ground.html", view=view, words=words, key_of=key_of, key=key, kept=kept,
        claims=portfolio.claimed(view.ground), files=_files(view.ground, actor_of(request)) if kept else {},
        buttons={one.case.id: buttons(one.case.id, one.verbs) for one in view.units if one.case},
    )  # fmt: skip


def _files(found: Ground, actor: Actor) -> dict[str, Evidence]:
    """The files of a portfolio by their hashes, by which claims name them."""
    return {one.annex.hash: one for one in evidence.of_basis(found.thread, actor=actor)}


@require_safe
def case(request: HttpRequest, key: UUID) -> HttpResponse:
    """One unit of one learner: everything that was said and decided about it."""
    view = looking.case(key, actor=actor_of(request))
    return show(
        request, "credit/case.html", view=view, words=words, key_of=key_of, buttons=buttons(key, view.verbs),
        outcomes={one.id: one for one in view.unit.outcomes}, standing=view.standing,
        unusual=said(surroundings.noted(view), view.unit, SCALES), shares=_shares(view),
        scales={one.id: one.name for one in SCALES},
    )  # fmt: skip


@require_safe
def record(request: HttpRequest, name: str) -> HttpResponse:
    """A record exactly as it was kept and signed."""
    data = looking.record(address(name), actor=actor_of(request))
    answer = HttpResponse(data, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{name[8:24]}.json"'
    return answer


@require_safe
def pdf(request: HttpRequest, name: str) -> HttpResponse:
    """A transcript, a decision or an award as a document to keep, print and show."""
    data = printing.of_record(
        address(name), actor=actor_of(request), check_at=check_at(request), language=language_of(request)
    )
    return printed(data, f"record-{name[8:24]}")


@require_safe
def europass(request: HttpRequest, key: UUID) -> HttpResponse:
    """The fields of Europass Mobility for a stay."""
    data = printing.of_stay(
        thread_of(key), actor=actor_of(request), check_at=check_at(request), language=language_of(request)
    )
    return printed(data, f"europass-{key}")


@require_safe
def complement(request: HttpRequest, key: UUID) -> HttpResponse:
    """The complement of a learning agreement, to keep, print and show."""
    return _complement(request, key, Format.PDF)


@require_safe
def complement_to_edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """The complement of a learning agreement as a document to edit."""
    return _complement(request, key, Format.WORD)


def _complement(request: HttpRequest, key: UUID, form: Format) -> HttpResponse:
    data = printing.of_complement(
        thread_of(key), actor=actor_of(request), check_at=check_at(request), language=language_of(request), form=form
    )
    return printed(data, f"complement-{key}", form)


@require_safe
def certificate(request: HttpRequest, name: str) -> HttpResponse:
    """The certificate of the unit that a decision recognised."""
    data = printing.of_unit(
        address(name), actor=actor_of(request), check_at=check_at(request), language=language_of(request)
    )
    return printed(data, f"certificate-{name[8:24]}")


def _shares(view: looking.CaseView) -> dict[Address, tuple[str, ...]]:
    """How the share of a part was found, for each decision that gave one by a rule."""
    language = get_language() or "en"
    methods = ((one.address, one.value.reconsideration) for one in view.recognitions)
    return {address: share_said(method, view.unit, language) if method else () for address, method in methods}
