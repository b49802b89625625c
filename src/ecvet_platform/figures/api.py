"""Figures for programs: the same counts, protected in the same way. A count that is not shown is null."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from ecvet_platform.figures import actions
from ecvet_platform.people.doors import actor_of, reply

router = Router(tags=["figures"])


@router.get("/figures", summary="Stays between countries, times to recognition, reasons, units recognised, open steps")
def figures(request: HttpRequest, since: str = "", until: str = "", year: str = "") -> HttpResponse:
    """Of your institution from `since` to `until`; for a register office of everything in a `year`, protected."""
    actor = actor_of(request)
    scope = actions.scope(actor=actor, since=since, until=until, year=year)
    found = actions.figures(scope, actor=actor)
    return reply({
        "since": scope.since, "until": scope.until, "protected": scope.everything, "flows": [
            {"home": one.name.split(">")[0], "hosting": one.name.split(">")[1], "stays": one.count}
            for one in found.flows
        ],
        "times": [{"days": one.name, "units": one.count} for one in found.times],
        "quarters": [{"quarter": one.name, "median_days": one.median, "units": one.units} for one in found.quarters],
        "reasons": [{"reason": one.name, "decisions": one.count} for one in found.reasons],
        "recognised": [{"qualification": one.name, "units": one.count} for one in found.recognised],
        "open": [
            {"step": verb.value, "ages": [{"days": one.name, "units": one.count} for one in ages]}
            for verb, ages in found.open_steps
        ],
    })  # fmt: skip
