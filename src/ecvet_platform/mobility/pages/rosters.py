"""Pages of lists of learners: bring a file, look through it line by line, enter all, propose an agreement for them."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ecvet.errors import EcvetError
from ecvet.mobility import roster
from ecvet.mobility.roster import Answer, Column
from ecvet_platform.documents.sheets import FORMATS, read
from ecvet_platform.mobility import words
from ecvet_platform.mobility.actions import learners, rosters
from ecvet_platform.mobility.forms.rosters import ListForm, RosterForm, packed, unpacked
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of


@for_roles(*learners.KEEPERS)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a list; then look through it as often as needed, and enter who is read."""
    if "table" in request.POST:
        return _look_through(request)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = read(form.content(), encoding=form.cleaned_data["encoding"], language=request.LANGUAGE_CODE)
        except EcvetError as error:
            refuse(form, error, "file")
        else:
            guessed = roster.guess(sheet.head, {str(words.COLUMNS[one]): one for one in Column})
            data = {f"column-{number}": one.value for number, one in enumerate(guessed) if one is not None}
            usual = rosters.usually_followed(actor_of(request)) if Column.QUALIFICATION not in guessed else None
            return _shown(request, _form(request, {**data, "table": packed(sheet), "qualification": usual or ""}))
    return show(request, "mobility/bring.html", status=422 if form.errors else 200, form=form)


@for_roles(*learners.KEEPERS)
@require_safe
def template(request: HttpRequest, ending: str) -> HttpResponse:
    """An empty list to be filled in, with the columns in the reader's language."""
    format_, heads = FORMATS[ending], roster.titles(request.LANGUAGE_CODE)
    answer = HttpResponse(format_.write(_("Learners"), heads.values(), ()), content_type=format_.media)
    answer["Content-Disposition"] = f'attachment; filename="learners.{ending}"'
    return answer


def _look_through(request: HttpRequest) -> HttpResponse:
    try:
        form = _form(request, request.POST.dict())
    except EcvetError as error:
        again = ListForm({})
        again.errors.clear()
        refuse(again, error)
        return show(request, "mobility/bring.html", status=error.status, form=again)
    return _shown(request, form, enter=request.POST.get("step") == "enter")


def _form(request: HttpRequest, data: dict[str, str]) -> RosterForm:
    sheet, language = unpacked(data["table"]), request.LANGUAGE_CODE
    offered = qualifications.lines(limit=200)
    return RosterForm(data, sheet=sheet, qualifications=offered, language=language)


def _shown(request: HttpRequest, form: RosterForm, *, enter: bool = False) -> HttpResponse:
    actor, report = actor_of(request), None
    if form.is_valid():
        rows, columns, follows = form.sheet.rows, form.columns(), form.follows()
        try:
            report = (
                rosters.enter(rows, columns, actor=actor, qualification=follows, leave_out=True) if enter
                else rosters.look(rows, columns, actor=actor, qualification=follows)
            )  # fmt: skip
        except EcvetError as error:
            refuse(form, error)
    counts = {one: report.count(one) for one in Answer} if report else {}
    return show(
        request, "mobility/roster.html", status=422 if form.errors else 200, form=form, sheet=form.sheet,
        report=report, counts=counts, words=words, keys=[key_of(one) for one in report.learners] if report else (),
    )  # fmt: skip
