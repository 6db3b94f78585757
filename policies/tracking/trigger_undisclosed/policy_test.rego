package pia_check.tracking.trigger_undisclosed_test

import data.pia_check.build
import data.pia_check.tracking.trigger_undisclosed as policy

told := build.claim("told", "pia", "tracking", "does", {"triggers": ["log-in"], "data": ["geolocation"], "mode": "practice"})

done := build.claim("done", "foia-record", "tracking", "does", {"triggers": ["video-call"], "mode": "practice"})

held(others) := build.case_of([told, done], [["tracking", build.entry(done, {"condition": "video-call"}, others)]])

other(relation) := build.other(told, {"condition": "log-in"}, relation)

test_fail_when_not_mentioned if build.named(policy.fail) == {["told", "done"]} with input as held([])

test_fail_when_it_goes_beyond if build.named(policy.fail) == {["told", "done"]} with input as held([other({"condition": "broader"})])

test_pass_when_disclosed if build.named(policy.pass) == {["told", "done"]} with input as held([other({"condition": "equal"})])

test_review_when_overlapping if build.named(policy.review) == {["told", "done"]} with input as held([other({"condition": "overlapping"})])

test_open_when_the_public_side_is_silent if {
	cases := build.case_of([done], [["tracking", build.entry(done, {"condition": "video-call"}, [])]])
	build.named(policy.open) == {["done"]} with input as cases
	policy.fail == set() with input as cases
}

test_message_names_the_data if {
	located := object.union(done, {"tracking": {"triggers": ["video-call"], "data": ["geolocation"], "mode": "practice"}})
	cases := build.case_of([told, located], [["tracking", build.entry(located, {"condition": "video-call"}, [])]])
	some finding in policy.fail with input as cases
	contains(finding.message, "shows that geolocation is taken")
}

test_continuous_is_the_business_of_trk_002 if {
	cases := build.case_of([told, done], [["tracking", build.entry(done, {"condition": "continuous"}, [])]])
	policy.fail == set() with input as cases
}

test_not_applicable_to_public_claims_alone if {
	cases := build.case_of([build.claim("x", "pia", "tracking", "does", {"triggers": ["log-in"], "mode": "practice"})], [])
	policy.fail == set() with input as cases
	policy.pass == set() with input as cases
	policy.review == set() with input as cases
	policy.open == set() with input as cases
}

test_moments_of_one_claim_are_one_finding if {
	twice := build.claim("done", "foia-record", "tracking", "does", {"triggers": ["video-call", "check-in"], "mode": "practice"})
	cases := build.case_of([told, twice], [["tracking", build.entry(twice, {"condition": "video-call"}, [])], ["tracking", build.entry(twice, {"condition": "check-in"}, [])]])
	build.named(policy.fail) == {["told", "done"]} with input as cases
	some finding in policy.fail with input as cases
	contains(finding.message, "is taken at check-ins and during video calls;")
}
