package pia_check.safeguard.incident_test

import data.pia_check.build
import data.pia_check.safeguard.incident as policy

promise := build.claim("promise", "pia", "safeguard", "does", {"measures": ["access-control"]})

incident(values) := build.claim("incident", "report", "safeguard", "does", object.union({"incident": "public-exposure"}, values))

test_fail_against_a_promise if {
	build.named(policy.fail) == {["promise", "incident"]} with input as build.case_of([promise, incident({})], [])
}

test_fail_counts_the_people if {
	some finding in policy.fail with input as build.case_of([promise, incident({"affected": 6000})], [])
	contains(finding.message, "6000 people affected")
}

test_fail_against_the_promise_of_the_measure_that_failed if {
	cases := build.case_of([promise, incident({"measures": ["access-control"]})], [])
	build.named(policy.fail) == {["promise", "incident"]} with input as cases
}

test_fail_against_a_promise_of_the_law if {
	law := build.claim("law", "statute", "safeguard", "must", {"measures": ["confidentiality"]})
	build.named(policy.fail) == {["law", "incident"]} with input as build.case_of([law, incident({})], [])
}

test_review_when_other_measures_failed if {
	cases := build.case_of([promise, incident({"measures": ["backup"]})], [])
	build.named(policy.review) == {["promise", "incident"]} with input as cases
	policy.fail == set() with input as cases
}

test_pass_when_there_was_none if {
	none := build.claim("none", "audit", "safeguard", "does-not", {"incident": "unauthorised-access"})
	build.named(policy.pass) == {["promise", "none"]} with input as build.case_of([promise, none], [])
}

test_open_without_a_promise if build.named(policy.open) == {["incident"]} with input as build.case_of([incident({})], [])

test_not_applicable_without_an_incident if {
	policy.fail == set() with input as build.case_of([promise], [])
	policy.pass == set() with input as build.case_of([promise], [])
	policy.review == set() with input as build.case_of([promise], [])
	policy.open == set() with input as build.case_of([promise], [])
}
