"""What a body may do, as others say it: trust marks for assessing, validating, recognising and awarding.

A mark names the qualifications and the days for which it holds. It is judged as of the day of the act and kept with the
act (`standing.Evidence`), so that a mark that is taken away later does not silently undo what was done while it held
(R-RECOG-14).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from ecvet.credential.formats.strict_json import Claims
from ecvet.federation.token import Keys, glance, moment, open_token, seconds, sign_token, text_of
from ecvet.federation.trust_errors import StatementForged, StatementUnreadable
from ecvet.partnership import Competence, Function
from ecvet.record import SigningKey
from ecvet.saying import say
from ecvet.terms import Identifier, Period, identifier

TRUST_MARK: Final = "trust-mark+jwt"
MARKS: Final[Mapping[Function, str]] = {
    Function.ASSESS: "https://ecvet.example/mark/may-assess",
    Function.VALIDATE: "https://ecvet.example/mark/may-validate",
    Function.RECOGNISE: "https://ecvet.example/mark/may-recognise",
    Function.AWARD: "https://ecvet.example/mark/may-award",
}
"""The type of the mark for each function; the functions are those of competent institutions."""

_FUNCTIONS: Final = {name: function for function, name in MARKS.items()}
_WHAT: Final = "trust mark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """`issuer` says that `subject` may exercise a function, for the qualifications named or for all, within a period.

    `issued` is when it was said; it may speak of days before. `source` is where the decision can be read.
    """

    issuer: str
    subject: str
    function: Function
    valid: Period
    issued: datetime
    qualifications: frozenset[Identifier] = frozenset()
    source: str = ""
    token: str = ""

    @property
    def competence(self) -> Competence:
        """The mark as the rooms of the domain know it."""
        return Competence(
            function=self.function, valid=self.valid, qualifications=self.qualifications, source=self.source
        )

    def covers(self, function: Function, qualification: Identifier | None, on: date) -> bool:
        """Whether it holds for a function and a qualification on a day; without one it must hold for all."""
        listed = not self.qualifications or (qualification is not None and qualification in self.qualifications)
        return self.function is function and on in self.valid and listed


def sign_mark(said: Mark, key: SigningKey) -> str:
    """The mark as its subject publishes it."""
    claims: Claims = {
        "iss": said.issuer, "sub": said.subject, "trust_mark_type": MARKS[said.function], "iat": seconds(said.issued),
        "since": said.valid.start.isoformat(),
    }  # fmt: skip
    if said.valid.end is not None:
        claims["until"] = said.valid.end.isoformat()
        claims["exp"] = seconds(datetime.combine(said.valid.end, datetime.max.time().replace(microsecond=0), UTC))
    if said.qualifications:
        claims["qualifications"] = sorted(said.qualifications)
    if said.source:
        claims["ref"] = said.source
    return sign_token(TRUST_MARK, claims, key)


def open_mark(token: str, *, issuer: str, subject: str, keys: Keys) -> Mark:
    """Read a mark. Its days are judged by `Mark.covers`. Raises `StatementUnreadable`, `StatementForged`."""
    claims = open_token(token, TRUST_MARK, keys, what=_WHAT, issuer=issuer).claims
    if claims.get("iss") != issuer or claims.get("sub") != subject:
        raise StatementForged(what=_WHAT, issuer=issuer, why=say("it is not one for {subject}", subject=subject))
    function = _FUNCTIONS.get(text_of(claims, "trust_mark_type", what=_WHAT))
    if function is None:
        raise StatementUnreadable(what=_WHAT, why=say("it is of a type that says nothing here"))
    issued = moment(claims, "iat", what=_WHAT)
    start = _day(claims, "since") if "since" in claims else issued.date()
    end = _day(claims, "until") if "until" in claims else None
    if "exp" in claims:
        last = moment(claims, "exp", what=_WHAT).date()
        end = last if end is None else min(end, last)
    if end is not None and end < start:
        raise StatementUnreadable(what=_WHAT, why=say("it ends before it begins"))
    return Mark(
        issuer=issuer, subject=subject, function=function, valid=Period(start, end), issued=issued,
        qualifications=frozenset(map(identifier, _texts(claims))), source=str(claims.get("ref", "")), token=token,
    )  # fmt: skip


def claimed(token: str) -> tuple[str, str]:
    """Issuer and type of a mark before it is checked. Raises `StatementUnreadable`."""
    claims = glance(token, TRUST_MARK, what=_WHAT)
    return text_of(claims, "iss", what=_WHAT), text_of(claims, "trust_mark_type", what=_WHAT)


def _texts(claims: Claims) -> list[str]:
    found = claims.get("qualifications", [])
    if not isinstance(found, list) or len(found) > 1000 or not all(isinstance(one, str) for one in found):
        raise StatementUnreadable(what=_WHAT, why=say("“qualifications” is not a list of at most 1000 identifiers"))
    if "qualifications" in claims and not found:
        raise StatementUnreadable(what=_WHAT, why=say("“qualifications” is empty; leave it out for all of them"))
    return found


def _day(claims: Claims, name: str) -> date:
    try:
        return date.fromisoformat(text_of(claims, name, what=_WHAT))
    except ValueError as error:
        raise StatementUnreadable(what=_WHAT, why=say("“{name}” is not a day", name=name)) from error
