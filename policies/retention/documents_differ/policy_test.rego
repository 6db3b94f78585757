package pia_check.retention.documents_differ_test

import data.pia_check.build
import data.pia_check.retention.documents_differ as policy

pia := build.retention("pia", "pia", "does", "temporal", "for 7 years")

sorn := build.retention("sorn", "sorn", "does", "temporal", "for 75 years")

held(claim, relation) := build.case_of([pia, claim], [["retention", build.entry(claim, {"data": "personal-data"}, [
	build.other(pia, {"data": "personal-data"}, relation),
])]])

test_fail_when_they_differ if {
	every duration in ["longer", "shorter", "different-kind"] {
		build.named(policy.fail) == {["pia", "sorn"]} with input as held(sorn, {"data": "equal", "duration": duration})
	}
}

test_fail_against_the_records_schedule if {
	schedule := build.retention("schedule", "records-schedule", "must", "temporal", "for 75 years")
	build.named(policy.fail) == {["pia", "schedule"]} with input as held(schedule, {"data": "equal", "duration": "longer"})
}

test_pass_when_they_agree if {
	build.named(policy.pass) == {["pia", "sorn"]} with input as held(sorn, {"data": "equal", "duration": "equal"})
}

test_review_when_one_may_be_an_exception if {
	cases := held(sorn, {"data": "narrower", "duration": "longer"})
	build.named(policy.review) == {["pia", "sorn"]} with input as cases
	policy.fail == set() with input as cases
}

test_review_when_not_ordered if {
	every duration in ["unknown", "different-start", "vague"] {
		build.named(policy.review) == {["pia", "sorn"]} with input as held(sorn, {"data": "equal", "duration": duration})
	}
}

test_open_never_since_one_document_may_be_silent if not data.pia_check.retention.documents_differ.open

test_not_applicable_to_contracts if {
	cases := held(build.retention("term", "contract", "may", "endless", "indefinitely"), {"data": "equal", "duration": "longer"})
	policy.fail == set() with input as cases
	policy.pass == set() with input as cases
	policy.review == set() with input as cases
}

test_review_when_a_document_gives_several_periods if {
	more := build.retention("more", "pia", "does", "temporal", "for 15 years")
	cases := build.case_of([pia, sorn, more], [["retention", build.entry(sorn, {"data": "personal-data"}, [
		build.other(pia, {"data": "personal-data"}, {"data": "equal", "duration": "longer"}),
	])]])
	build.named(policy.review) == {["pia", "sorn"]} with input as cases
	policy.fail == set() with input as cases
}
