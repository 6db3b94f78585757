package pia_check.sharing.recipient_undisclosed_test

import data.pia_check.build
import data.pia_check.sharing.recipient_undisclosed as policy

told := build.claim("told", "pia", "sharing", "does", {"recipients": ["ice"], "purposes": ["supervision"]})

done := build.claim("done", "foia-record", "sharing", "does", {"recipients": ["fbi"], "data": ["geolocation"]})

held(others) := build.case_of([told, done], [["sharing", build.entry(done, {"entity": "fbi", "data": "geolocation"}, others)]])

other(relation) := build.other(told, {"entity": "ice"}, relation)

test_fail_when_the_recipient_is_not_named if {
	build.named(policy.fail) == {["told", "done"]} with input as held([])
	some finding in policy.fail with input as held([])
	contains(finding.message, "geolocation goes to")
}

test_fail_when_the_purposes_exceed if {
	cases := held([other({"entity": "equal", "purpose": "broader"})])
	build.named(policy.fail) == {["told", "done"]} with input as cases
	some finding in policy.fail with input as cases
	contains(finding.message, "for supervision")
}

test_one_finding_per_recipient_whatever_the_data if {
	cases := build.case_of([told, done], [
		["sharing", build.entry(done, {"entity": "fbi", "data": "geolocation"}, [])],
		["sharing", build.entry(done, {"entity": "fbi", "data": "name"}, [])],
	])
	count(policy.fail) == 1 with input as cases
}

test_pass_when_disclosed if build.named(policy.pass) == {["told", "done"]} with input as held([other({"entity": "narrower"})])

test_review_when_nobody_in_particular_is_named if {
	general := object.union(other({"entity": "narrower"}), {"unbounded": ["entity"]})
	build.named(policy.review) == {["told", "done"]} with input as held([general])
}

test_open_when_the_public_side_is_silent if {
	cases := build.case_of([done], [["sharing", build.entry(done, {"entity": "fbi"}, [])]])
	build.named(policy.open) == {["done"]} with input as cases
}

test_message_without_purposes_or_data if {
	plain := build.claim("told", "pia", "sharing", "does", {"recipients": ["ice"]})
	bare := build.claim("done", "contract", "sharing", "may", {"recipients": ["fbi"]})
	cases := build.case_of([plain, bare], [["sharing", build.entry(bare, {"entity": "fbi"}, [build.other(plain, {"entity": "ice"}, {"entity": "broader"})])]])
	some finding in policy.fail with input as cases
	contains(finding.message, "provides that data goes to")
}

test_not_applicable_to_public_claims_alone if {
	cases := build.case_of([build.claim("x", "pia", "sharing", "does", {"recipients": ["ice"]})], [])
	policy.fail == set() with input as cases
	policy.pass == set() with input as cases
	policy.review == set() with input as cases
	policy.open == set() with input as cases
}
