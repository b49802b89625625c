"""On whose word an institution elsewhere may do something, and speak for somebody: people here, marks, its superior."""

from ecvet.federation import EntityConfiguration, Mark, Pin, Resolved
from ecvet.federation.entity import ENTITY_STATEMENT
from ecvet.federation.token import glance
from ecvet.partnership import Competence
from ecvet.terms import Identifier


def confirmed(pins: tuple[Pin, ...], vouched: Resolved | None) -> tuple[Competence, ...]:
    """What an institution may do: by what people here have seen proof of, and by the marks of its chain."""
    seen = [each for pin in pins for each in pin.competences]
    return tuple(dict.fromkeys((*seen, *(in_words(one) for one in (vouched.marks if vouched else ())))))


def in_words(one: Mark) -> Competence:
    """A mark as the list of institutions shows it: with who gave it."""
    found = one.competence
    return Competence(
        function=found.function, valid=found.valid, qualifications=found.qualifications,
        source=f"{one.issuer} {found.source}".strip(),
    )  # fmt: skip


def spoken_for(
    found: EntityConfiguration, pins: tuple[Pin, ...], vouched: Resolved | None
) -> frozenset[Identifier]:  # fmt: skip
    """The institutions for which an entity may speak: itself, those that people have confirmed with its keys, and those
    that its superior names. That it claims others, also in the sight of an anchor, counts for nothing."""
    own = {Identifier(found.id)}.union(*(pin.institutions for pin in pins))
    return frozenset(own | (_stated_by_superior(vouched) if vouched is not None else set()))


# ------------------------------------------------------------- inside
def _stated_by_superior(vouched: Resolved) -> set[Identifier]:
    """The institutions that the superior itself names in its statement, as metadata or as a policy that limits them."""
    if len(vouched.path) < 2:
        return set()
    claims = glance(vouched.tokens[1], ENTITY_STATEMENT, what="statement")
    said = _inner(claims, "metadata", "ecvet_node").get("institutions")
    limits = _inner(claims, "metadata_policy", "ecvet_node").get("institutions")
    rules = limits if isinstance(limits, dict) else {}
    named = said or rules.get("value") or rules.get("subset_of")
    listed = vouched.metadata.get("ecvet_node", {}).get("institutions", [])
    texts = {one for one in named if isinstance(one, str)} if isinstance(named, list) else set()
    return {Identifier(one) for one in listed if one in texts}


def _inner(claims: dict[str, object], *names: str) -> dict[str, object]:
    found: object = claims
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}
