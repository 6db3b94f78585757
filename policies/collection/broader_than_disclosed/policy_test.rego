package pia_check.collection.broader_than_disclosed_test

import data.pia_check.build
import data.pia_check.collection.broader_than_disclosed as policy

told := build.claim("told", "pia", "collection", "does", {"data": ["name"]})

done := build.claim("done", "foia-record", "collection", "does", {"data": ["voice-print"]})

held(others) := build.case_of([told, done], [["collection", build.entry(done, {"data": "voice-print"}, others)]])

other(relation) := build.other(told, {"data": "name"}, relation)

silent := build.case_of([done], [["collection", build.entry(done, {"data": "voice-print"}, [])]])

test_fail_when_broader if {
	build.named(policy.fail) == {["told", "done"]} with input as held([other({"data": "broader"})])
}

test_pass_when_within if {
	build.named(policy.pass) == {["told", "done"]} with input as held([other({"data": "narrower"})])
}

test_review_when_overlapping if {
	build.named(policy.review) == {["told", "done"]} with input as held([other({"data": "overlapping"})])
}

test_message_names_what_was_told if {
	some finding in policy.fail with input as held([other({"data": "broader"})])
	contains(finding.message, "voice print, which is broader than what the public was told of: name")
}

test_open_when_the_public_side_is_silent if build.named(policy.open) == {["done"]} with input as silent

test_undisclosed_is_the_business_of_col_001 if policy.fail == set() with input as held([])

test_not_applicable_to_public_claims_alone if {
	cases := build.case_of([build.claim("x", "pia", "collection", "does", {"data": ["name"]})], [])
	policy.fail == set() with input as cases
	policy.pass == set() with input as cases
	policy.review == set() with input as cases
	policy.open == set() with input as cases
}
