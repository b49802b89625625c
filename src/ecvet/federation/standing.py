"""How well a partner is known, and what it may do: the three levels of trust, and the evidence kept with every act.

`anchored`: a chain leads to an anchor that was chosen here. `confirmed`: two people have compared the short code by
telephone and this node keeps the key (a pin); no body stands behind it, so what the partner may do is what people here
have confirmed together with the key. `unknown`: anybody; may propose a memorandum and nothing else.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from ecvet.federation.entity import EntityConfiguration
from ecvet.federation.marks import Mark
from ecvet.federation.resolve import Resolved
from ecvet.federation.token import Keys, public_key
from ecvet.federation.trust_errors import CodeDiffers, MarkMissing
from ecvet.partnership import Competence, Function
from ecvet.record import Address, VerificationKey, address_of, canonical, parse_canonical, plain, value
from ecvet.terms import Failure, Identifier, Success

_SCRYPT_N: Final = 1 << 14
_GROUPS, _DIGITS = 6, 5
_CODE: Final = b"ecvet-x-1 short code"


class Trust(StrEnum):
    """How well an entity is known here."""

    ANCHORED = "anchored"
    CONFIRMED = "confirmed bilaterally"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Pin:
    """The keys of an entity that two people have confirmed at a moment, and what they have agreed that it may do.

    `by` is who confirmed it here; `institutions` are those for which it may speak; `competences` are what the people
    here have seen proof of (`source` says which). `withdrawn` ends the pin.
    """

    entity: str
    keys: Keys
    at: datetime
    by: Identifier
    institutions: frozenset[Identifier]
    competences: tuple[Competence, ...] = ()
    withdrawn: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether the pin counts at a moment."""
        return self.at <= at and (self.withdrawn is None or at < self.withdrawn)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is known of an entity at a moment: level, configuration, for whom it speaks, what it may do, and the
    tokens that prove it."""

    entity: str
    at: datetime
    level: Trust
    configuration: EntityConfiguration | None = None
    institutions: frozenset[Identifier] = frozenset()
    marks: tuple[Mark, ...] = ()
    competences: tuple[Competence, ...] = ()
    tokens: tuple[str, ...] = ()

    def speaks_for(self, institution: Identifier) -> bool:
        """Whether the entity may act for an institution."""
        return institution in self.institutions

    def key(self, kid: str, at: datetime) -> VerificationKey | None:
        """The entity's key with a name, if it was in use at a moment."""
        return None if self.configuration is None else self.configuration.key(kid, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was known of a partner when it acted: kept with the act, and enough to check it again for that day.

    `tokens` are the texts that were signed: configuration, statements, marks, the anchor's configuration.
    """

    entity: str
    level: Trust
    at: datetime
    tokens: tuple[str, ...] = ()
    competences: tuple[Competence, ...] = ()

    @property
    def data(self) -> bytes:
        """The canonical bytes in which it is kept."""
        return canonical(plain(self))

    @property
    def address(self) -> Address:
        """The address under which an act refers to it."""
        return address_of(self.data)


def short_code(one: VerificationKey, other: VerificationKey) -> str:
    """Six groups of five digits for two keys, the same on both sides, to be compared by telephone.

    scrypt (RFC 7914; N 2^14, r 8, p 1) over the two raw public keys in the order of their bytes, reduced to 30 decimal
    digits: 10^30 or 2^99.6 codes. Who stands in between and makes up keys for both sides looks for a collision, about
    2^50 keys, and pays some 50 ms and 16 MB for each try: over ten million processor years, before the call.
    """
    raw = sorted(_raw(key) for key in (one, other))
    found = hashlib.scrypt(raw[0] + raw[1], salt=_CODE, n=_SCRYPT_N, r=8, p=1, dklen=32, maxmem=64 * 1024 * 1024)
    digits = f"{int.from_bytes(found, 'big') % 10 ** (_GROUPS * _DIGITS):0{_GROUPS * _DIGITS}d}"
    return " ".join(digits[n : n + _DIGITS] for n in range(0, len(digits), _DIGITS))


def may_pin(ours: VerificationKey, theirs: VerificationKey, *, heard: str) -> Success | Failure:
    """Whether the code that was heard on the telephone is the one of these keys; spaces do not matter."""
    expected = short_code(ours, theirs)
    same = "".join(heard.split()) == expected.replace(" ", "")
    return Success() if same else Failure(CodeDiffers(expected=expected))


def standing(
    entity: str, at: datetime, *, resolved: Resolved | None = None, pin: Pin | None = None,
    configuration: EntityConfiguration | None = None,
) -> Standing:  # fmt: skip
    """What an entity is known as: anchored where a chain holds, else confirmed where a pin holds, else unknown.

    A chain gives the institutions that the (perhaps overridden) metadata name, with the superiors' blessing; a pin
    gives those confirmed with it, whatever the configuration claims since; a stranger speaks for its own id only.
    `configuration` is the current one, opened with the pinned keys (`rotation.followed`) or, for a stranger, its own.
    """
    if resolved is not None:
        listed = resolved.metadata.get("ecvet_node", {}).get("institutions", [])
        return Standing(
            entity=entity, at=at, level=Trust.ANCHORED, configuration=resolved.configuration, marks=resolved.marks,
            institutions=frozenset(map(Identifier, listed)) | {Identifier(entity)}, tokens=resolved.tokens,
            competences=tuple(one.competence for one in resolved.marks),
        )  # fmt: skip
    tokens = () if configuration is None else (configuration.token,)
    if pin is not None and pin.holds(at):
        return Standing(
            entity=entity, at=at, level=Trust.CONFIRMED, configuration=configuration, tokens=tokens,
            institutions=pin.institutions | {Identifier(entity)}, competences=pin.competences,
        )  # fmt: skip
    return Standing(
        entity=entity, at=at, level=Trust.UNKNOWN, configuration=configuration, tokens=tokens,
        institutions=frozenset({Identifier(entity)}),
    )  # fmt: skip


def may_act(
    known: Standing, function: Function, qualification: Identifier | None, on: date, *, institution: Identifier
) -> Success | Failure:
    """Whether the entity may exercise a function for a qualification, as of the day of the act (R-RECOG-14)."""
    held = any(
        one.function is function
        and on in one.valid
        and (not one.qualifications or (qualification is not None and qualification in one.qualifications))
        for one in known.competences
    )
    if known.level is Trust.UNKNOWN:
        why = "nobody has confirmed who it is"
    elif not known.speaks_for(institution):
        why = f"it does not speak for {institution}"
    elif not held:
        why = "none of its marks holds for it on that day"
    else:
        return Success()
    named = qualification or "all qualifications"
    return Failure(MarkMissing(entity=known.entity, function=function, qualification=named, on=on, why=why))


def evidence(known: Standing) -> Evidence:
    """What is kept with an act of the entity."""
    return Evidence(
        entity=known.entity, level=known.level, at=known.at, tokens=known.tokens, competences=known.competences
    )


def evidence_from(data: bytes) -> Evidence:
    """Read evidence that was kept. Raises `NotCanonical`, `TermsUnreadable`."""
    return value(Evidence, parse_canonical(data), path="evidence")


def _raw(key: VerificationKey) -> bytes:
    return public_key(key).public_bytes_raw()
