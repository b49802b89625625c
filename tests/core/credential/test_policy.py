"""Policies compose; an empty composition is refused, because it would accept everything."""

from datetime import timedelta

import pytest

from ecvet.credential.errors import Step
from ecvet.credential.policy import AllOf, AnyOf, Genuine, IssuerIs, NotOlderThan, TypeIs
from ecvet.credential.profiles.types import TYPES, CertificateType

UNIT = TypeIs(frozenset({TYPES[CertificateType.RECOGNISED_UNIT].vct}))
AWARD = TypeIs(frozenset({TYPES[CertificateType.AWARD].vct}))


@pytest.mark.parametrize("composed", [AllOf, AnyOf])
def test_an_empty_composition_is_refused(composed):
    with pytest.raises(ValueError, match="accept everything"):
        composed(())


@pytest.mark.parametrize(
    ("policy", "accepted"),
    [
        (UNIT, True),
        (AWARD, False),
        (AllOf((UNIT, Genuine())), True),
        (AllOf((UNIT, AWARD)), False),
        (AnyOf((AWARD, UNIT)), True),
        (AnyOf((AWARD, AWARD)), False),
        (IssuerIs(frozenset({"https://koulu.example/institutions/1"})), True),
        (IssuerIs(frozenset({"https://other.example"})), False),
    ],
)
def test_a_genuine_credential_is_accepted_only_if_it_is_what_was_asked_for(world, policy, accepted):
    report = world.examine(world.issue(), policy=policy)
    assert bool(report.verified) is accepted
    assert accepted or report.error.step is Step.POLICY


def test_an_old_credential_is_refused_where_age_matters(world):
    assert world.examine(world.issue(), policy=NotOlderThan(timedelta(days=29))).verified
    report = world.examine(world.issue(), policy=NotOlderThan(timedelta(days=28)))
    assert report.error.step is Step.TIME
