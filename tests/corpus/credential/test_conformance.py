"""Every published vector that is run comes out as it should, but for those whose reason is known; none is forgotten."""

import pytest

from conformance.case import Verdict, end
from conformance.families import all_cases, indexed


@pytest.fixture(scope="module")
def ended(corpus):
    return [end(one) for one in all_cases(corpus / "credentials")]


def test_no_vector_fails_for_a_reason_that_is_not_known(ended):
    assert [one for one in ended if one.verdict is Verdict.FAILED and not one.case.why] == []


def test_what_is_known_to_fail_fails_for_written_in_vocabularies_and_by_faults_of_the_processor(ended):
    known = [one for one in ended if one.case.why and one.verdict is not Verdict.NOT_RUN]
    assert {one.case.name for one in known if one.case.family == "vcdm2"} == {
        "credential-context-combo2-ok", "credential-evidence-ok", "credential-termsofuse-id-ok",
        "credential-termsofuse-ok", "presentation-context-combo2-ok",
    }  # fmt: skip
    assert {one.case.family for one in known} == {"vcdm2", "json-ld-toRdf"}
    assert all(one.verdict is Verdict.FAILED for one in known)


def test_every_family_of_the_index_is_told_and_what_is_not_run_has_its_reason(ended, corpus):
    assert {one.case.family for one in ended} == set(indexed(corpus / "credentials"))
    assert all(one.reason for one in ended if one.verdict is Verdict.NOT_RUN)


@pytest.mark.parametrize(
    "family",
    ["sd-jwt", "sd-jwt-spec-yaml", "sd-jwt-vc", "sd-jwt-vc-examples", "token-status-list", "bitstring-status-list",
     "jcs", "did-key", "vc-di-eddsa", "vc-di-ecdsa", "edc-elm3"],
)  # fmt: skip
def test_a_family_that_is_claimed_is_run_whole(ended, family):
    verdicts = [one.verdict for one in ended if one.case.family == family]
    assert verdicts
    assert set(verdicts) == {Verdict.PASSED}
