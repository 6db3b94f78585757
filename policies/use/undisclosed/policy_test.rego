package pia_check.use.undisclosed_test

import data.pia_check.build
import data.pia_check.use.undisclosed as policy

told := build.claim("told", "pia", "use", "does", {"purposes": ["supervision"]})

done(purpose) := build.claim("done", "foia-record", "use", "does", {"purposes": [purpose]})

held(purpose, others) := build.case_of([told, done(purpose)], [["use", build.entry(done(purpose), {"purpose": purpose}, others)]])

other(relation) := build.other(told, {"purpose": "supervision"}, relation)

test_fail_when_not_named if build.named(policy.fail) == {["told", "done"]} with input as held("marketing", [])

test_fail_for_arrests_says_so if {
	some finding in policy.fail with input as held("law-enforcement-arrest", [])
	finding.claims == ["told", "done"]
	contains(finding.message, "used to arrest people")
}

test_one_finding_for_arrests if count(policy.fail) == 1 with input as held("law-enforcement-arrest", [])

test_pass_when_disclosed if build.named(policy.pass) == {["told", "done"]} with input as held("supervision", [other({"purpose": "equal"})])

test_review_when_overlapping if build.named(policy.review) == {["told", "done"]} with input as held("audit", [other({"purpose": "overlapping"})])

test_review_of_a_purpose_that_no_term_names if {
	cases := held("stated-purpose", [])
	build.named(policy.review) == {["told", "done"]} with input as cases
	policy.fail == set() with input as cases
	some finding in policy.review with input as cases
	endswith(finding.message, "and whether the public was told so, a person must say.")
}

test_open_when_the_public_side_is_silent if {
	cases := build.case_of([done("audit")], [["use", build.entry(done("audit"), {"purpose": "audit"}, [])]])
	build.named(policy.open) == {["done"]} with input as cases
}

test_not_applicable_to_public_claims_alone if {
	cases := build.case_of([build.claim("x", "pia", "use", "does", {"purposes": ["audit"]})], [])
	policy.fail == set() with input as cases
	policy.pass == set() with input as cases
	policy.review == set() with input as cases
	policy.open == set() with input as cases
}
