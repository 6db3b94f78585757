package pia_check.retention.contradicts_itself_test

import data.pia_check.build
import data.pia_check.retention.contradicts_itself as policy

lasting(id, kind, text, days, values) := object.union(
	build.retention(id, kind, "does", "temporal", text),
	{"retention": object.union({"days": {"min": days, "max": days}, "data": ["personal-data"]}, values)},
)

seven := lasting("a", "pia", "for 7 years", 2556, {})

fifteen := lasting("b", "pia", "for 15 years", 5478, {})

test_review_when_a_document_says_7_and_15_years if {
	build.named(policy.review) == {["a", "b"]} with input as build.case_of([seven, fifteen], [])
	build.named(policy.review) == {["b", "a"]} with input as build.case_of([fifteen, seven], [])
}

test_review_once_for_all_lengths_by_the_first_claim_that_has_each if {
	claims := [fifteen, seven, lasting("c", "pia", "for 84 months", 2556, {}), lasting("d", "pia", "for 30 years", 10957, {})]
	build.named(policy.review) == {["b", "a", "d"]} with input as build.case_of(claims, [])
}

test_not_applicable_to_other_data_or_another_start if {
	photographs := lasting("b", "pia", "for 15 years", 5478, {"data": ["photograph"]})
	policy.review == set() with input as build.case_of([seven, photographs], [])
	later := lasting("b", "pia", "for 15 years", 5478, {"from": "case-closure"})
	policy.review == set() with input as build.case_of([seven, later], [])
}

test_not_applicable_to_equal_periods_and_other_documents if {
	policy.review == set() with input as build.case_of([seven, lasting("b", "pia", "for 84 months", 2556, {})], [])
	policy.review == set() with input as build.case_of([seven, lasting("b", "sorn", "for 15 years", 5478, {})], [])
}

test_fail_and_open_never_since_each_period_may_be_for_other_records if {
	not data.pia_check.retention.contradicts_itself.fail
	not data.pia_check.retention.contradicts_itself.open
}

test_pass_never_since_silence_on_this_is_usual if not data.pia_check.retention.contradicts_itself.pass
