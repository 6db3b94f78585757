package pia_check.retention.vague_test

import data.pia_check.build
import data.pia_check.retention.vague as policy

test_review_when_there_is_no_limit if {
	claim := build.retention("a", "pia", "does", "indeterminate", "until no longer needed")
	build.named(policy.review) == {["a"]} with input as build.case_of([claim], [])
	policy.pass == set() with input as build.case_of([claim], [])
}

test_pass_when_there_is_a_limit if {
	claim := build.retention("a", "pia", "does", "temporal", "for 7 years")
	build.named(policy.pass) == {["a"]} with input as build.case_of([claim], [])
	policy.review == set() with input as build.case_of([claim], [])
}

test_fail_and_open_never_since_vague_words_are_for_a_person if {
	not data.pia_check.retention.vague.fail
	not data.pia_check.retention.vague.open
}

test_not_applicable_to_contracts if {
	claim := build.retention("a", "contract", "may", "indeterminate", "until no longer needed")
	policy.review == set() with input as build.case_of([claim], [])
	policy.pass == set() with input as build.case_of([claim], [])
}
