"""What if …: the 32 edge cases of mobility (spec: workflow, 7.5), each with its answer, for the page and for the docs.

`docs/people/cases.md` prints the same table (`tools/reference.py`); pages where a case is at hand lead to its line.
Each case names the tests that prove its answer; `tests/contracts/test_cases.py` checks that they exist.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case: what happens, what the platform does, who acts, the rule or its source, and the tests."""

    happens: Words
    answer: Words
    acts: Words
    rule: str
    tests: tuple[str, ...]


CASES: Final[dict[int, Case]] = {
    1: Case(
        happens=_("On the first day the host has other tasks than agreed."),
        answer=_("The host or home proposes a change with its reasons; both versions stand side by side. What is in "
                 "force stays in force until all have signed, and an assessment follows the version of its day."),
        acts=_("coordinator of the host or at home; then all who sign"), rule="R-LA-12",
        tests=("tests/platform/cases/test_changed_agreements.py::"
               "test_the_host_proposes_other_tasks_on_the_first_day_and_says_why",),
    ),
    2: Case(
        happens=_("Whoever was to sign has left, or is the wrong person."),
        answer=_("Anybody whom the institution has authorised signs; a signature that is owed can be handed to a "
                 "named colleague, and nobody is locked out by that."),
        acts=_("any coordinator of that institution"), rule="R-LA-1",
        tests=("tests/platform/mobility/test_asking.py::"
               "test_a_signature_is_handed_to_a_colleague_who_sees_it_and_signs",),
    ),
    3: Case(
        happens=_("The company's tutor changes."),
        answer=_("A new tutor is a change of the agreement. The parties sign it; neither the old nor the new tutor "
                 "does."),
        acts=_("coordinator of the host or at home; then all who sign"), rule="R-LA-10, R-LA-12",
        tests=("tests/core/mobility/test_changes.py::"
               "test_a_new_tutor_is_a_change_signed_by_the_parties_not_by_tutors",),
    ),
    4: Case(
        happens=_("One party declines after others have signed."),
        answer=_("The version ends as declined, with its reason. The next one is made from it without typing "
                 "anything again; signatures under the declined one count for nothing else."),
        acts=_("coordinator at home"), rule="R-LA-12",
        tests=("tests/platform/mobility/test_asking.py::"
               "test_after_a_decline_the_next_version_is_made_from_the_declined_one",),
    ),
    5: Case(
        happens=_("The dates are changed."),
        answer=_("Dates are read from the version in force and kept nowhere else: lists, tables, calendars, "
                 "reminders and documents show the new ones as soon as the change is in force, and the old ones "
                 "until then."),
        acts=_("nobody; it follows"), rule="R-LA-11, R-LA-12",
        tests=("tests/platform/cases/test_changed_agreements.py::"
               "test_changed_dates_reach_lists_tables_and_what_waits_once_they_are_in_force",),
    ),
    6: Case(
        happens=_("A stay ends early, and later nobody knows why."),
        answer=_("An early end cannot be told without its reason, nor as an ordinary end. The reason stays on the "
                 "page of the stay, in lists and tables, and in the API, also when the stay is closed."),
        acts=_("the host, or home where the host cannot be reached"), rule="R-ASSESS-7, R-QA-3",
        tests=("tests/platform/cases/test_changed_agreements.py::"
               "test_the_reason_of_an_early_end_is_there_for_everybody_also_when_the_stay_is_closed",),
    ),
    7: Case(
        happens=_("An agreement is made anew and overlaps with the declined or cancelled one."),
        answer=_("Versions that were declined, withdrawn or replaced and stays that were cancelled do not count as "
                 "overlapping; a true overlap is a warning and blocks nothing."),
        acts=_("coordinator at home"), rule="R-LA-4",
        tests=("tests/platform/mobility/test_asking.py::"
               "test_an_overlap_with_another_host_is_warned_of_and_a_cancelled_stay_is_none",),
    ),
    8: Case(
        happens=_("A signature arrives for a proposal that has been replaced."),
        answer=_("It is refused, nothing is written, and the answer names and links the version that is current."),
        acts=_("whoever signs, under the current version"), rule="R-LA-12",
        tests=("tests/platform/mobility/test_agreements.py::"
               "test_a_late_signature_of_a_replaced_version_names_the_current_head",),
    ),
    9: Case(
        happens=_("A learner signs the new version before the refusal of the old one arrives."),
        answer=_("Every statement names one version. The refusal ends the old one only; the signature on the new one"
                 " counts, whatever the clocks say."),
        acts=_("nobody; it follows"), rule="R-LA-12",
        tests=("tests/platform/mobility/test_asking.py::"
               "test_a_rejection_of_the_old_version_that_comes_after_a_signature_of_the_new_one_changes_nothing",),
    ),
    10: Case(
        happens=_("A second agreement is made for the same learner, host and time."),
        answer=_("A warning names the other agreement before it is proposed; who has a reason may go on."),
        acts=_("coordinator at home"), rule="R-LA-4",
        tests=("tests/platform/mobility/test_agreements.py::"
               "test_a_second_agreement_with_the_same_host_in_the_same_time_is_warned_of",),
    ),
    11: Case(
        happens=_("The learner is a minor, or comes of age during the stay."),
        answer=_("A guardian signs too and reads along until the birthday. What was proposed before keeps its "
                 "signatures; from that day on the learner signs and appeals alone, and the guardian's part ends."),
        acts=_("guardian and learner; then the learner alone"), rule="R-LA-9",
        tests=("tests/platform/cases/test_people.py::test_who_comes_of_age_during_the_stay_signs_alone_from_then_on",
               "tests/platform/mobility/test_guardians.py::test_a_minors_guardian_signs_too"),
    ),
    12: Case(
        happens=_("Twenty learners have one programme, and one of them deviates."),
        answer=_("Each has an agreement of her own from one common text. The one is changed alone, stays in the "
                 "group, and is shown with what differs."),
        acts=_("coordinator at home"), rule="R-LA-8",
        tests=("tests/platform/mobility/test_groups.py::"
               "test_one_deviates_stays_in_the_group_and_is_shown_as_deviating",),
    ),
    13: Case(
        happens=_("An intermediary organises the stay."),
        answer=_("It is a party, signs, and sees the agreement. It is never offered as assessor, and an assessment "
                 "by its people is refused."),
        acts=_("coordinator at home names it; it signs"), rule="R-LA-10, R-ASSESS-2",
        tests=("tests/platform/cases/test_third_parties.py::test_an_intermediary_signs_and_assesses_nothing",),
    ),
    14: Case(
        happens=_("A school assesses practice in a company that is not its own."),
        answer=_("The agreement names the school as the institution that assesses. Its assessors find the stay, "
                 "assess and issue the transcript; the company hosts, signs and tells of the stay."),
        acts=_("coordinator at home names it; an assessor of the school"), rule="R-LA-10, R-MOU-5, R-ASSESS-4",
        tests=("tests/platform/cases/test_third_parties.py::"
               "test_a_school_assesses_practice_in_a_company_that_hosts_the_learner",),
    ),
    15: Case(
        happens=_("A unit is achieved only in part."),
        answer=_("The achieved outcomes are transferred and can be recognised. Points belong to the whole unit; a "
                 "part carries none unless a stated rule gives it a share, the same for each outcome or by the weights "
                 "that the unit or the deciding body states. Rule, weights and rounding stay in the decision."),
        acts=_("home validates and recognises in part"), rule="R-CREDIT-5, R-CREDIT-6",
        tests=("tests/platform/cases/test_credit.py::test_of_a_part_the_outcomes_are_transferred_and_the_points_are_not",
               "tests/platform/cases/test_credit.py::"
               "test_a_part_has_its_share_of_the_points_only_by_a_rule_that_is_named",
               "tests/platform/cases/test_credit.py::"
               "test_the_share_of_a_part_is_by_the_weights_that_the_body_states",
               "tests/core/credit/test_granting.py::"
               "test_a_part_is_recognised_without_points_or_with_the_share_of_a_stated_policy"),
    ),
    16: Case(
        happens=_("The same unit is earned twice, in two countries."),
        answer=_("Both results stay in the record. Towards one qualification the unit counts once; the second "
                 "recognition is refused and names the first."),
        acts=_("nobody; it follows"), rule="R-RECOG-8, R-COMP-5",
        tests=("tests/platform/cases/test_credit.py::"
               "test_a_unit_earned_in_two_countries_counts_once_and_it_is_said_why",),
    ),
    17: Case(
        happens=_("Home gives the unit 10 points, the host 7; or the host has no such unit."),
        answer=_("The points of home count; those of the host stand beside them. Home unit and host unit are paired "
                 "in the agreement, outcome by outcome."),
        acts=_("home decides"), rule="R-RECOG-3, R-LA-13",
        tests=("tests/platform/cases/test_credit.py::"
               "test_points_of_home_count_and_those_of_the_host_are_shown_beside_them",),
    ),
    18: Case(
        happens=_("There are no points at all, only weights or none."),
        answer=_("Points are optional everywhere. Units, outcomes and the rules of the qualification decide; a "
                 "sentence says that nothing is missing."),
        acts=_("nobody; it follows"), rule="R-POINTS-1",
        tests=("tests/core/credit/test_transfer.py::test_a_qualification_without_points_gives_a_transcript_without_points",
               "tests/core/credit/test_circumstances.py::test_without_points_it_is_said_that_nothing_is_missing"),
    ),
    19: Case(
        happens=_("Grade scales differ, and so does the pass mark."),
        answer=_("The grade stays on the host's scale, named with its pass mark, in the transcript and on the page. "
                 "A memorandum can hold dated tables, grade for grade with both pass marks: what they give is a "
                 "proposal, and the grade at home is a decision of a person."),
        acts=_("home, where it gives grades"), rule="R-ASSESS-6, R-ASSESS-11",
        tests=("tests/platform/cases/test_credit.py::test_a_grade_is_shown_on_the_scale_of_the_host_with_its_pass_mark",
               "tests/platform/cases/test_credit.py::"
               "test_a_grade_at_home_stands_on_a_known_scale_beside_that_of_the_host",
               "tests/core/credit/test_grading.py::"
               "test_the_grade_at_home_is_a_decision_of_its_own_and_the_original_stays",
               "tests/platform/cases/test_grade_tables.py::"
               "test_the_table_of_the_memorandum_proposes_and_a_person_takes_it"),
    ),
    20: Case(
        happens=_("Whoever assesses may not do so on that day, or loses the function later."),
        answer=_("Without the function on the day of the assessment it is refused, with the day. A later loss takes "
                 "nothing away; a sentence says so."),
        acts=_("another body that holds the function; the register office"), rule="R-RECOG-14, R-ASSESS-2",
        tests=("tests/platform/cases/test_credit.py::test_a_function_lost_after_the_assessment_takes_nothing_away",),
    ),
    21: Case(
        happens=_("The host corrects the transcript after recognition."),
        answer=_("A new version with its reason; the old one stays. The recognition is put up for review, and "
                 "nothing booked changes before home has validated and decided anew."),
        acts=_("the host corrects; home looks at it again"), rule="R-TRANS-4, R-RECOG-5",
        tests=("tests/platform/cases/test_credit.py::test_a_corrected_transcript_puts_the_decision_up_for_review",),
    ),
    22: Case(
        happens=_("Recognition is refused although the agreement promised it."),
        answer=_("The refusal needs a reason and a remedy. Learner and host read what was withheld, that it was "
                 "promised, and until when the learner may appeal; a person decides on the appeal."),
        acts=_("the learner, by the last day of appeal"), rule="R-VALID-4, R-LA-5, R-RECOG-14",
        tests=("tests/platform/cases/test_credit.py::"
               "test_a_refusal_of_what_was_promised_names_the_remedy_and_its_last_day",),
    ),
    23: Case(
        happens=_("The learner has travelled, and the agreement was never fully signed."),
        answer=_("The arrival is told as a fact, and everybody is asked to sign now. A version marked as retroactive"
                 " holds from the first day; nothing is assessed before one is in force."),
        acts=_("all who have not signed"), rule="R-LA-7",
        tests=("tests/platform/cases/test_changed_agreements.py::"
               "test_who_travelled_before_all_had_signed_is_helped_by_a_retroactive_version",),
    ),
    24: Case(
        happens=_("The memorandum expires or is ended during the stay."),
        answer=_("The agreement keeps its terms until its own end, and its changes stay in that frame; a new "
                 "agreement needs a memorandum in force. The page says since when it has ended."),
        acts=_("the institutions renew it"), rule="R-MOU-10",
        tests=("tests/platform/cases/test_institutions.py::"
               "test_an_agreement_keeps_its_terms_when_the_memorandum_ends_during_the_stay",),
    ),
    25: Case(
        happens=_("A school merges, moves to another provider, or is renamed."),
        answer=_("The register office enters who continues it, since when, and by which decision. Its page leads to "
                 "the successor, whose people act for it; what was signed goes on, and nothing new is agreed with "
                 "it."),
        acts=_("register office; then the successor's people"), rule="R-RECOG-14",
        tests=("tests/platform/cases/test_institutions.py::"
               "test_the_successors_people_go_on_with_what_a_school_had_begun",),
    ),
    26: Case(
        happens=_("A partner's server was away for weeks and returns with an old state."),
        answer=_("Servers do not yet exchange documents by themselves. Whoever sends something made from an old "
                 "version is refused with the current one; nothing is overwritten, and who was away reads on from a "
                 "cursor."),
        acts=_("the partner, who reads on and signs the current version"), rule="R-LA-12",
        tests=("tests/platform/cases/test_institutions.py::"
               "test_what_was_made_from_an_old_state_is_refused_and_names_the_current_one",),
    ),
    27: Case(
        happens=_("A link in an e-mail is opened by a scanner, expires, or the mailbox is lost."),
        answer=_("Opening changes nothing: a code comes by a second e-mail. An expired link is renewed by a click "
                 "and goes to the same address; the coordinator can withdraw it and invite another address."),
        acts=_("the guest; the coordinator who invited"), rule="R-EUR-2",
        tests=("tests/platform/guests/test_links.py::test_scanners_that_open_every_address_do_no_harm",
               "tests/platform/guests/test_links.py::"
               "test_an_expired_link_is_renewed_by_a_click_and_the_new_one_goes_to_the_same_address"),
    ),
    28: Case(
        happens=_("A learner changes her name, has only one, or none in Latin letters."),
        answer=_("Names are kept in the person's own script. Records carry a pseudonym, so a new name changes "
                 "nothing that was signed; what is made from now on carries it, and both names are found."),
        acts=_("coordinator at home"), rule="R-DATA-2; Regulation (EU) 2016/679, Article 16",
        tests=("tests/platform/cases/test_people.py::"
               "test_a_new_name_is_carried_from_now_on_and_what_was_signed_still_holds",
               "tests/platform/cases/test_people.py::"
               "test_a_single_name_in_another_script_goes_through_pages_and_documents"),
    ),
    29: Case(
        happens=_("A learner asks for erasure while her appeal runs."),
        answer=_("It cannot be granted before the appeal is decided. The answer says so with the reason and when to "
                 "ask again; nothing is lost meanwhile."),
        acts=_("coordinator at home answers within a month"), rule="R-DATA-2",
        tests=("tests/platform/dossier/test_erasing.py::"
               "test_while_an_appeal_runs_erasure_cannot_be_granted_by_any_door",),
    ),
    30: Case(
        happens=_("Force majeure strikes a whole region."),
        answer=_("Stays are found by country, place, host and period. One event is told of all of them, with an "
                 "outcome for each learner; who cannot be concerned is named before anything is written."),
        acts=_("the host or home"), rule="R-ASSESS-7",
        tests=("tests/platform/mobility/test_befalling.py::"
               "test_an_event_over_a_region_has_an_outcome_for_each_learner",),
    ),
    31: Case(
        happens=_("The learner changes the qualification at home during the stay."),
        answer=_("What was agreed still counts towards the one agreed. The page says so and offers a change to the "
                 "new qualification, with the units that both have already ticked."),
        acts=_("coordinator at home; then all who sign"), rule="R-RECOG-9, R-LA-12",
        tests=("tests/platform/cases/test_changed_agreements.py::"
               "test_who_follows_another_qualification_is_offered_a_change_to_it",
               "tests/core/credit/test_recognise.py::"
               "test_a_learner_who_changes_the_qualification_during_the_stay_is_recognised_towards_the_new_one"),
    ),
    32: Case(
        happens=_("Two coordinators change the same draft."),
        answer=_("The second sees both versions side by side, keeps what was typed, and takes over what she wants, "
                 "field by field. Nothing is written before."),
        acts=_("the second of the two"), rule="R-LA-12",
        tests=("tests/platform/mobility/test_beside.py::test_the_second_sees_both_and_nothing_is_written",),
    ),
}  # fmt: skip
"""All cases by their number in the list."""
