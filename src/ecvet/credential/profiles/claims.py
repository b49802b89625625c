"""Whether received claims have the form of their published type: what every certificate says, whoever issued it."""

from collections.abc import Set

from ecvet.credential.errors import ClaimsDoNotFit
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.profiles.types import SHOWN, PublishedType, by_vct, integrity
from ecvet.errors import EcvetError
from ecvet.saying import say
from ecvet.terms import decimal


def check_claims(claims: Claims, withheld: Set[str]) -> PublishedType | None:
    """Whether claims have the form of their published type; None for a type that is not one of ours.

    `withheld` are the names of claims that were disclosed. Raises `ClaimsDoNotFit`.
    """
    kind = by_vct(claims.get("vct"))
    if kind is None:
        return None
    if claims.get("vct#integrity", integrity(kind)) != integrity(kind):
        raise ClaimsDoNotFit(why=say("it means other type metadata than those published"))
    for name in SHOWN:
        if name not in claims:
            raise ClaimsDoNotFit(why=say("“{name}” is missing", name=name))
        if name in withheld:
            raise ClaimsDoNotFit(why=say("“{name}” may not be withheld", name=name))
    ecvet, decision, qualification = claims["ecvet"], claims["decision"], claims["qualification"]
    if not isinstance(ecvet, dict) or not isinstance(ecvet.get("units"), list) or not ecvet["units"]:
        raise ClaimsDoNotFit(why=say("it carries no ECVET information about units"))
    for said in (ecvet, *ecvet["units"]):
        _check_points(said)
    effect = ecvet.get("professional_recognition")
    if not isinstance(effect, dict) or effect.get("effect") is not False:
        raise ClaimsDoNotFit(why=say("it does not say that it has no effect on professional recognition"))
    if not isinstance(decision, dict) or decision.get("by") != claims.get("iss"):
        raise ClaimsDoNotFit(why=say("it was issued by another institution than the one that decided"))
    if not isinstance(qualification, dict) or not isinstance(qualification.get("id"), str):
        raise ClaimsDoNotFit(why=say("it does not say towards which qualification"))
    return kind


def _check_points(said: object) -> None:
    """Points, where there are any, are exact amounts written as texts (R-POINTS-10), never JSON numbers."""
    points = said.get("points") if isinstance(said, dict) else {}
    if points is None:
        return
    amount = points.get("value") if isinstance(points, dict) else None
    try:
        decimal(amount if isinstance(amount, str) else "")
    except EcvetError as error:
        raise ClaimsDoNotFit(why=say("an amount of points is not a decimal number as text")) from error
