package pia_check.collection.undisclosed_test

import data.pia_check.build
import data.pia_check.collection.undisclosed as policy

told := build.claim("told", "pia", "collection", "does", {"data": ["name"]})

done := build.claim("done", "foia-record", "collection", "does", {"data": ["voice-print"]})

held(others) := build.case_of([told, done], [["collection", build.entry(done, {"data": "voice-print"}, others)]])

other(relation) := build.other(told, {"data": "name"}, relation)

silent := build.case_of([done], [["collection", build.entry(done, {"data": "voice-print"}, [])]])

test_fail_when_no_public_document_mentions_it if {
	build.named(policy.fail) == {["told", "done"]} with input as held([])
}

test_pass_when_it_is_disclosed if {
	build.named(policy.pass) == {["told", "done"]} with input as held([other({"data": "narrower"})])
	policy.fail == set() with input as held([other({"data": "narrower"})])
}

test_review_when_only_personal_data_is_disclosed if {
	general := object.union(other({"data": "narrower"}), {"unbounded": ["data"]})
	build.named(policy.review) == {["told", "done"]} with input as held([general])
	policy.fail == set() with input as held([general])
}

test_open_when_the_public_side_is_silent if {
	build.named(policy.open) == {["done"]} with input as silent
	policy.fail == set() with input as silent
}

test_denials_are_the_business_of_con_001 if {
	denial := build.claim("denial", "statement", "collection", "does-not", {"data": ["voice-print"]})
	denied := build.other(denial, {"data": "voice-print"}, {"data": "equal"})
	policy.fail == set() with input as build.case_of([told, denial, done], [["collection", build.entry(done, {"data": "voice-print"}, [denied])]])
}

test_not_applicable_to_public_claims_alone if {
	cases := build.case_of([build.claim("x", "pia", "collection", "does", {"data": ["name"]})], [])
	policy.fail == set() with input as cases
	policy.pass == set() with input as cases
	policy.review == set() with input as cases
	policy.open == set() with input as cases
}
