"""Pages on which a draft is tried before it is published, with a made-up learner or a real one."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ecvet.credit.accumulation import Progress
from ecvet.errors import EcvetError
from ecvet_platform.drafts.actions import keeping, learners, trying
from ecvet_platform.drafts.forms.trying import OTHERS, TrialForm
from ecvet_platform.drafts.pages import called
from ecvet_platform.drafts.pages.describing import writers
from ecvet_platform.people.doors import actor_of, refuse, show
from ecvet_platform.qualifications.naming import key_of


@writers
@require_safe
def try_out(request: HttpRequest, key: UUID) -> HttpResponse:
    """Somebody made up: what she holds is asked for, and nothing of it is kept."""
    actor = actor_of(request)
    kept = keeping.draft(key, actor=actor)
    units = called.units(kept.draft)
    form = TrialForm(request.GET if request.GET else None, item=kept.draft.qualification, units=units,
                     groups=called.groups(kept.draft))  # fmt: skip
    found: Progress | None = None
    if request.GET and form.is_valid():
        try:
            found = trying.tried(kept, form.held(), declared=form.declared, reading=form.reading)
        except EcvetError as error:
            refuse(form, error)
    return show(
        request, "drafts/try.html", status=422 if form.errors else 200, form=form, kept=kept, key=key,
        found=found, titles=units, names=_names(kept, found), others=range(OTHERS),
        learners=[(key_of(who), name) for who, name in learners.candidates(kept, actor=actor).items()],
    )  # fmt: skip


@writers
@require_safe
def try_with(request: HttpRequest, key: UUID, draft: UUID) -> HttpResponse:
    """A real learner of a version before; the look at the learner's record is noted."""
    actor = actor_of(request)
    kept = keeping.draft(draft, actor=actor)
    known = learners.candidates(kept, actor=actor)
    who = next((one for one in known if key_of(one) == key), None)
    if who is None:
        raise Http404
    found = trying.tried(kept, trying.held_by(kept, who, actor=actor))
    return show(
        request, "drafts/try_with.html", kept=kept, key=draft, found=found, titles=called.units(kept.draft),
        names=_names(kept, found), name=known[who],
    )  # fmt: skip


def _names(kept: Any, found: Progress | None) -> dict[str, str]:
    """What the places are called at which something counts."""
    root = kept.draft.qualification.rules.root
    return called.groups(kept.draft) | {root.id: _("The whole")} if found else {}
