"""An institution elsewhere in the list of institutions, where all rooms look: its name, its keys, what it may do.

The list keeps what was proved. A partner may add keys and end them; it may not give the name of a key to another one,
nor end a key before the moment at which it was last seen in use, nor date a new one before it could have been seen:
otherwise it could unsay what it has signed, or sign what it never said.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from ecvet.federation import EntityConfiguration, open_succession, published
from ecvet.federation.trust_errors import KeyNotFollowed, TrustError
from ecvet.partnership import Competence, CompetentInstitution, Continuation
from ecvet.record import value
from ecvet.saying import say
from ecvet.terms import Identifier, LangString, Period
from ecvet_platform.federation.errors import EnteredHere, NotAnInstitution, SpokenForElsewhere
from ecvet_platform.federation.store import partners as store
from ecvet_platform.federation.store.partners import Known
from ecvet_platform.institutions.store import institutions
from ecvet_platform.institutions.store.institutions import PublicKey
from ecvet_platform.journal import clock

LONGEST_NAME: Final = 300


def described(found: EntityConfiguration) -> CompetentInstitution:
    """The institution as it describes itself, without what it says that it may do or who continues it.

    Raises `NotAnInstitution` where it does not, or for another institution than those for which it claims to speak.
    """
    said = found.metadata.get("ecvet_institution", {}).get("value")
    if not isinstance(said, dict) or found.endpoints is None:
        raise NotAnInstitution(entity=found.id)
    item = value(CompetentInstitution, said, path="institution")
    if item.id not in found.institutions | {Identifier(found.id)}:
        raise NotAnInstitution(entity=found.id)
    short = LangString.of(
        {tag: text[:LONGEST_NAME] for tag, text in item.name.texts}, authoritative=item.name.authoritative
    )  # fmt: skip
    return replace(item, name=short, competences=(), accreditations=(), continued=None, other_ids=item.other_ids[:20])


def may_enter(item: CompetentInstitution, entity: str) -> None:
    """Raise `EnteredHere` for an institution that signs on this server, `SpokenForElsewhere` for one of another."""
    if item.id in institutions.here():
        raise EnteredHere(institution=item.id)
    known = institutions.nodes([item.id]).get(item.id, entity)
    if known != entity:
        raise SpokenForElsewhere(institution=item.id, entity=entity, known=known)


def enter(
    found: EntityConfiguration, *, speaks_for: frozenset[Identifier], before: Known | None,
    competences: Iterable[Competence],
) -> CompetentInstitution:  # fmt: skip
    """Enter what an institution elsewhere says of itself now, with what others say that it may do.

    Raises `NotAnInstitution` for one for which the entity may not speak, `EnteredHere`, `SpokenForElsewhere`,
    `KeyNotFollowed`.
    """
    item = described(found)
    if item.id not in speaks_for:
        raise SpokenForElsewhere(institution=item.id, entity=found.id, known="–")
    may_enter(item, found.id)
    now = tuple(dict.fromkeys(competences))
    held = institutions.institution(item.id)
    item = replace(
        item, competences=_competences(held, before.entered if before else (), now),
        accreditations=held.accreditations if held else (),
        continued=_continued(found) or (held.continued if held else None),
    )  # fmt: skip
    institutions.put(item, contact=institutions.contact(item.id), since=clock.today())
    institutions.settle_at(item.id, found.id)
    store.put_entered(Identifier(found.id), now)
    _keys(item.id, found, seen=before.fetched if before else None)
    return item


def _competences(
    held: CompetentInstitution | None, before: Iterable[Competence], now: tuple[Competence, ...]
) -> tuple[Competence, ...]:  # fmt: skip
    """What a register office has entered stays; what the network says no longer ends today, so that the past stays."""
    today, was = clock.today(), frozenset(before)
    kept: list[Competence] = []
    for one in held.competences if held else ():
        if one in now or one not in was:
            kept.append(one)
        elif one.valid.start <= today:
            last = today if one.valid.end is None else min(today, one.valid.end)
            kept.append(replace(one, valid=Period(one.valid.start, last)))
    return tuple(dict.fromkeys((*kept, *now)))


def _keys(institution: Identifier, found: EntityConfiguration, *, seen: datetime | None) -> None:
    for one in found.keys:
        if one.key.kid.partition("#")[0] != institution:
            continue
        known = institutions.key_named(one.key.kid)
        if known is not None and (known.institution != institution or known.key.jwk.get("x") != one.key.jwk.get("x")):
            raise KeyNotFollowed(
                entity=found.id, why=say("the name {kid} was given to another key before", kid=one.key.kid)
            )
        start = one.since or found.issued
        if known is not None:
            start = known.valid_from
        elif seen is not None:
            start = max(start, seen)
        end = one.until
        if known is not None and known.valid_until is not None and known.valid_until <= clock.now():
            end = known.valid_until
        elif end is not None and seen is not None and known is not None:
            end = max(end, min(seen, clock.now()))
        if end is None or end > start:
            institutions.put_key(PublicKey(key=one.key, institution=institution, valid_from=start, valid_until=end))


def _continued(found: EntityConfiguration) -> Continuation | None:
    """Who continues the institution by its own word: the last succession that one of its keys has signed."""
    said: Continuation | None = None
    for token in published(found.token)[1]:
        try:
            one = open_succession(token, of=found.id, issuer=found.id, keys=found.by_kid).continuation
        except TrustError:
            continue
        said = replace(one, by=institutions.at_node(one.by) or one.by)
    return said
