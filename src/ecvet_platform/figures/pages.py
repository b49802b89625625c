"""The page of figures."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ecvet.errors import EcvetError
from ecvet_platform.figures import actions, tables
from ecvet_platform.figures.charts import chart
from ecvet_platform.figures.forms import PeriodForm, YearForm
from ecvet_platform.journal import clock
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show
from ecvet_platform.people.roles import Role


@for_roles(*actions.ROLES)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Each figure as a picture and as a table, with its file."""
    actor = actor_of(request)
    asked = {name: request.GET.get(name, "")[:20] for name in ("since", "until", "year")}
    scope = actions.scope(actor=actor)
    fallback = {"since": scope.since.isoformat(), "until": scope.until.isoformat(), "year": str(scope.since.year)}
    typed = {name: text or fallback[name] for name, text in asked.items()}
    office = Role.REGISTER_OFFICE in actor.roles
    form = YearForm(typed, this_year=clock.today().year) if office else PeriodForm(typed)
    try:
        scope = actions.scope(actor=actor, **typed)
    except EcvetError as error:
        refuse(form, error, "year" if office else "since")
        return show(request, "figures/figures.html", status=422, form=form, found=None, scope=scope)
    found = tables.tables(actions.figures(scope, actor=actor))
    query = urlencode({name: typed[name] for name in form.fields})
    return show(
        request, "figures/figures.html", form=form, found=[(one, chart(one)) for one in found], scope=scope,
        query=query, protection=tables.protection(),
    )  # fmt: skip
