"""What can be wrong with what entities say of themselves and of each other; one family, `TrustError`."""

from ecvet.errors import EcvetError


class TrustError(EcvetError):
    """A statement on which nothing can be built."""

    code = "federation.trust.fails"
    sentence = "This cannot be trusted."
    remedy = "Ask the institution and, where it has one, its superior to publish their statements again."
    status = 422


class StatementUnreadable(TrustError):
    """A token that is not of the type, form or size that is read."""

    code = "federation.statement.unreadable"
    sentence = "The {what} is unreadable: {why}."
    remedy = "Publish it as a signed token as docs/integrate/network.md shows, and try its vectors."


class StatementForged(TrustError):
    """A token that none of the keys that count has signed."""

    code = "federation.statement.forged"
    sentence = "The {what} of {issuer} was not signed by it: {why}."
    remedy = "Do not rely on it; compare the keys of {issuer} by telephone before anything else."
    status = 403


class StatementOutOfTime(TrustError):
    """A token that is not valid at the moment for which it is asked."""

    code = "federation.statement.out-of-time"
    sentence = "The {what} of {issuer} holds from {start} until {end}, not at {at}."
    remedy = "Fetch it again; {issuer} renews what it states about every day."


class ChainBroken(TrustError):
    """No way from an entity to one of the anchors that were chosen."""

    code = "federation.trust.no-way-to-an-anchor"
    sentence = "No chain of statements leads from {entity} to an anchor of yours: {why}."
    remedy = "Confirm the partner bilaterally by comparing the short code, or add the anchor of its country."


class ConstraintBroken(TrustError):
    """A superior speaks about an entity about which it may not."""

    code = "federation.trust.constraint-broken"
    sentence = "What {issuer} states about {subject} goes beyond its limits: {why}."
    remedy = "Ask the superior of {issuer} whether its limits are right; nothing is relied on until then."
    status = 403


class PolicyContradicts(TrustError):
    """Two superiors demand what cannot hold together (OpenID Federation 1.0, invalid_policy)."""

    code = "federation.policy.contradicts"
    sentence = "The policies for “{parameter}” contradict each other: {why}."
    remedy = "Ask the superior further down to demand what the one above it allows."


class PolicyNotMet(TrustError):
    """Metadata that a policy does not let pass (OpenID Federation 1.0, invalid_metadata)."""

    code = "federation.policy.not-met"
    sentence = "The metadata “{parameter}” does not meet the policy: {why}."
    remedy = "Publish metadata as the superiors demand them."


class MarkMissing(TrustError):
    """Nobody who is trusted says that an entity might do this on that day."""

    code = "federation.trust.mark-missing"
    sentence = "{entity} has no mark for “{function}” of {qualification} on {on}: {why}."
    remedy = "Ask {entity} for the mark of its competent institution, or let two people confirm what it may do."
    status = 403


class CodeDiffers(TrustError):
    """The short code that two people compared is not the same on both sides."""

    code = "federation.trust.code-differs"
    sentence = "The codes differ: here it is {expected}."
    remedy = "Do not confirm the partner: somebody may stand between you. Fetch its keys again and compare once more."
    status = 409


class KeyNotFollowed(TrustError):
    """A change of keys that the keys known until now do not vouch for."""

    code = "federation.trust.keys-not-followed"
    sentence = "{entity} shows keys that nobody vouches for: {why}."
    remedy = "Ask for a rotation signed with the old key, or compare the short code by telephone again."
    status = 409
