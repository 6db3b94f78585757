package pia_check.coverage.unassessed_test

import data.pia_check.build
import data.pia_check.coverage.unassessed as policy

assessed := build.claim("assessed", "pia", "coverage", "does", {"systems": ["SmartLINK"]})

used := build.claim("used", "report", "coverage", "does", {"systems": ["Veri Watch 2"]})

held(public, others) := build.case_of(array.concat(public, [used]), [["coverage", build.entry(used, {"entity": "veri-watch-2"}, others)]])

test_fail_when_no_assessment_covers_it if {
	build.named(policy.fail) == {["assessed", "used"]} with input as held([assessed], [])
	some finding in policy.fail with input as held([assessed], [])
	contains(finding.message, "Veri Watch 2 is in use or planned")
}

test_fail_when_an_assessment_excludes_it if {
	excluded := build.claim("excluded", "pia", "coverage", "does-not", {"systems": ["Veri Watch 2"]})
	other := build.other(excluded, {"entity": "veri-watch-2"}, {"entity": "equal"})
	build.named(policy.fail) == {["excluded", "used"]} with input as held([excluded], [other])
}

test_pass_when_covered if {
	covered := build.claim("covered", "pia", "coverage", "does", {"systems": ["Veri Watch 2"]})
	other := build.other(covered, {"entity": "veri-watch-2"}, {"entity": "equal"})
	build.named(policy.pass) == {["covered", "used"]} with input as held([covered], [other])
	policy.fail == set() with input as held([covered], [other])
}

test_review_when_only_another_document_names_it if {
	faq := build.claim("faq", "statement", "coverage", "does", {"systems": ["Veri Watch 2"]})
	other := build.other(faq, {"entity": "veri-watch-2"}, {"entity": "equal"})
	build.named(policy.review) == {["faq", "used"]} with input as held([assessed, faq], [other])
	policy.fail == set() with input as held([assessed, faq], [other])
}

test_open_without_an_assessment if build.named(policy.open) == {["used"]} with input as held([], [])

test_not_applicable_to_public_claims_alone if {
	cases := build.case_of([build.claim("x", "pia", "coverage", "does", {"systems": ["SmartLINK"]})], [])
	policy.fail == set() with input as cases
	policy.pass == set() with input as cases
	policy.review == set() with input as cases
	policy.open == set() with input as cases
}
