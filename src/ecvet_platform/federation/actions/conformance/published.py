"""What a node publishes."""

from datetime import timedelta
from typing import Final

from django.conf import settings

from ecvet.federation import (
    highest_common,
    location,
    may_be_entity,
    open_configuration,
    open_rotation,
    published,
    well_known,
)
from ecvet.terms import require
from ecvet_platform.federation import fetcher
from ecvet_platform.federation.actions import entering, partners
from ecvet_platform.federation.actions.conformance.probe import Probe, Unknown, Wrong, refused
from ecvet_platform.journal import clock

TYPE: Final = "application/entity-statement+jwt"


def address(probe: Probe) -> str:
    """The address may name an entity."""
    require(may_be_entity(probe.entity, guard=settings.NETWORK_GUARD))
    if location(probe.entity).scheme != "https":
        raise Unknown("plain http, which this server lets pass by ECVET_NETWORK_ALLOWS; others do not")
    return "https, with a public name"


def configuration(probe: Probe) -> str:
    """The configuration is there, readable, and of the right media type."""
    reply = fetcher.ask("GET", well_known(probe.entity), of=probe.entity, kind="statement")
    if reply.status != 200:
        raise Wrong(f"{well_known(probe.entity)} answers {reply.status}", "Publish the entity configuration there.")
    token = reply.body.decode("ascii", "replace").strip()
    probe.found = open_configuration(token, of=probe.entity, at=clock.now(), guard=settings.NETWORK_GUARD)
    media = reply.fields.get("content-type", TYPE).partition(";")[0].strip()
    if media != TYPE:
        raise Wrong(f"its media type is {media}", f"Answer with content-type: {TYPE}.")
    return f"signed by itself, for {probe.found.name}"


def tls(probe: Probe) -> str:
    """It was read by TLS with a trusted certificate."""
    _ = probe.there
    if location(probe.entity).scheme != "https":
        raise Unknown("plain http was asked")
    return "the certificate is trusted, and TLS is 1.2 or newer"


def in_time(probe: Probe) -> str:
    """The configuration is made for about a day, and holds now."""
    found, now = probe.there, clock.now()
    if found.expires - found.issued > timedelta(hours=49):
        raise Wrong(f"it is made for {found.expires - found.issued}", "Make it for 24 hours, so that ended keys end.")
    if found.expires - now < timedelta(minutes=10):
        raise Wrong("it ends within ten minutes", "Make it anew before its end, or whenever it is asked for.")
    return f"it ends on {found.expires:%Y-%m-%d %H:%M} UTC"


def keys(probe: Probe) -> str:
    """It is signed under its own name, and every institution in it has a key for records."""
    found, now = probe.there, clock.now()
    if partners.signer(found).kid.partition("#")[0] != probe.entity:
        raise Wrong("it is signed under the name of somebody else", f"Sign with a key named {probe.entity}#….")
    records = [one for one in found.keys if one.signed(now) and one.key.kid.partition("#")[0] != probe.entity]
    silent = sorted({one for one in found.institutions if one != probe.entity}
                    - {one.key.kid.partition("#")[0] for one in records})  # fmt: skip
    if silent:
        raise Wrong(f"no key signs records for {silent[0]}", f"List the key named {silent[0]}#… too.")
    return f"{len(found.keys)} keys; requests are signed with {partners.signer(found).kid}"


def endpoints(probe: Probe) -> str:
    """All endpoints are named, on its own host."""
    if probe.found is None:
        raise Unknown("the configuration could not be read")
    if probe.found.endpoints is None:
        raise Wrong("it names no endpoints", "Give inbox, outbox, objects, threads and echo under ecvet_node.")
    return "all on the host of the address or below it"  # open_configuration refuses others


def institution(probe: Probe) -> str:
    """It describes the institution for which it speaks."""
    item = entering.described(probe.there)
    return f"{item.name} ({item.country}), {item.id}"


def majors(probe: Probe) -> str:
    """It reads a major version of schemas that is written here."""
    found = highest_common(probe.there.majors)
    if found is None:
        raise Wrong(f"it reads schemas {', '.join(probe.there.majors) or 'of no version'}", "Read version 1 too.")
    return f"both read version {found}"


def rotations(probe: Probe) -> str:
    """Every rotation was signed with a key that is listed."""
    rotations, _ = published(probe.there.token)
    for token in rotations:
        open_rotation(token, of=probe.entity, keys=probe.there.by_kid)
    return f"{len(rotations)} rotations, each signed with a key that is listed"


def statements(probe: Probe) -> str:
    """As a superior it refuses to state something about nobody."""
    if probe.there.fetch is None:
        return "it is no superior"
    reply = fetcher.ask("GET", f"{probe.there.fetch}?sub=https://nobody.invalid", of=probe.entity, kind="statement")
    return refused(reply, 404, "a statement about nobody")
