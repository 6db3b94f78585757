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

between(entry_claim, relations) := [
	"retention",
	build.entry(entry_claim, {"data": "personal-data"}, [
	build.other(claim, {"data": "personal-data"}, relation) |
		some [claim, relation] in relations
	]),
]

test_pass_only_when_the_other_document_gives_the_period_too if {
	more := build.retention("more", "pia", "does", "temporal", "for 75 years")
	cases := build.case_of([pia, more, sorn], [between(sorn, [
		[pia, {"data": "equal", "duration": "longer"}],
		[more, {"data": "equal", "duration": "equal"}],
	])])
	build.named(policy.pass) == {["more", "sorn"]} with input as cases
	policy.review == set() with input as cases
}

test_not_applicable_to_an_exception_from_one_of_several_periods if {
	more := build.retention("more", "pia", "does", "temporal", "for 15 years")
	cases := build.case_of([pia, more, sorn], [between(sorn, [[pia, {"data": "narrower", "duration": "longer"}]])])
	policy.review == set() with input as cases
	lone := build.case_of([pia, sorn], [between(pia, [[sorn, {"data": "broader", "duration": "longer"}]])])
	build.named(policy.review) == {["sorn", "pia"]} with input as lone
}

test_not_applicable_when_neither_gives_a_limit if {
	one := build.retention("one", "pia", "does", "indeterminate", "until no longer needed")
	other := build.retention("other", "sorn", "does", "indeterminate", "for an unstated time")
	cases := build.case_of([one, other], [between(other, [[one, {"data": "equal", "duration": "vague"}]])])
	policy.review == set() with input as cases
}
