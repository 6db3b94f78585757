package pia_check.source.undisclosed_test

import data.pia_check.build
import data.pia_check.source.undisclosed as policy

vocabulary := {
	"actors": {
		"lexisnexis": {"label": "LexisNexis", "ancestors": ["anyone", "commercial-source", "data-broker"]},
		"jail": {"label": "jails", "ancestors": ["anyone"]},
		"anyone": {"label": "anyone", "ancestors": []},
	},
	"data": {},
}

told := build.claim("told", "pia", "source", "does", {"sources": ["individual"]})

done(source) := build.claim("done", "report", "source", "does", {"sources": [source], "data": ["incarceration-data"]})

held(source, others) := build.case_of([told, done(source)], [["source", build.entry(done(source), {"entity": source}, others)]])

other(relation) := build.other(told, {"entity": "individual"}, relation)

test_fail_when_not_named if {
	build.named(policy.fail) == {["told", "done"]} with input as held("jail", []) with data.vocabulary as vocabulary
}

test_pass_when_disclosed if {
	cases := held("jail", [other({"entity": "equal"})])
	build.named(policy.pass) == {["told", "done"]} with input as cases with data.vocabulary as vocabulary
}

test_review_when_overlapping if {
	cases := held("jail", [other({"entity": "overlapping"})])
	build.named(policy.review) == {["told", "done"]} with input as cases with data.vocabulary as vocabulary
}

test_open_when_the_public_side_is_silent if {
	cases := build.case_of([done("jail")], [["source", build.entry(done("jail"), {"entity": "jail"}, [])]])
	build.named(policy.open) == {["done"]} with input as cases with data.vocabulary as vocabulary
}

test_message_without_data if {
	bare := build.claim("done", "contract", "source", "may", {"sources": ["jail"]})
	cases := build.case_of([told, bare], [["source", build.entry(bare, {"entity": "jail"}, [])]])
	some finding in policy.fail with input as cases with data.vocabulary as vocabulary
	contains(finding.message, "provides that data comes from")
}

test_not_applicable_to_the_other_kind_of_source if {
	policy.fail == set() with input as held("lexisnexis", []) with data.vocabulary as vocabulary
	policy.pass == set() with input as held("lexisnexis", []) with data.vocabulary as vocabulary
	policy.review == set() with input as held("lexisnexis", []) with data.vocabulary as vocabulary
	policy.open == set() with input as held("lexisnexis", []) with data.vocabulary as vocabulary
}

test_not_applicable_to_the_person_concerned if {
	policy.fail == set() with input as held("individual", []) with data.vocabulary as vocabulary
	policy.open == set() with input as held("individual", []) with data.vocabulary as vocabulary
}
