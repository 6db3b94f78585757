package pia_check.safeguard.not_in_contract_test

import data.pia_check.build
import data.pia_check.safeguard.not_in_contract as policy

vocabulary := {"safeguards": {
	"encryption-at-rest": {"label": "encryption at rest", "ancestors": ["encryption", "safeguard"]},
	"encryption": {"label": "encryption", "ancestors": ["safeguard"]},
	"training": {"label": "training", "ancestors": ["safeguard"]},
}}

promise := build.claim("promise", "pia", "safeguard", "does", {"measures": ["encryption-at-rest"]})

term(measures, lineage) := object.union(
	build.claim("term", "contract", "safeguard", "must", {"measures": measures}),
	{"lineage": {"measures": lineage}},
)

test_open_when_the_contract_is_silent if {
	cases := build.case_of([promise, term(["training"], ["training", "safeguard"])], [])
	build.named(policy.open) == {["promise"]} with input as cases with data.vocabulary as vocabulary
}

test_pass_when_the_contract_requires_it if {
	cases := build.case_of([promise, term(["encryption-at-rest"], ["encryption-at-rest", "encryption"])], [])
	build.named(policy.pass) == {["promise", "term"]} with input as cases with data.vocabulary as vocabulary
}

test_pass_when_the_contract_requires_something_stricter if {
	general := build.claim("promise", "pia", "safeguard", "does", {"measures": ["encryption"]})
	cases := build.case_of([general, term(["encryption-at-rest"], ["encryption-at-rest", "encryption"])], [])
	build.named(policy.pass) == {["promise", "term"]} with input as cases with data.vocabulary as vocabulary
}

test_review_when_the_contract_speaks_in_general if {
	cases := build.case_of([promise, term(["encryption"], ["encryption", "safeguard"])], [])
	build.named(policy.review) == {["promise", "term"]} with input as cases with data.vocabulary as vocabulary
	policy.open == set() with input as cases with data.vocabulary as vocabulary
}

test_safeguards_in_general_require_none if {
	cases := build.case_of([promise, term(["safeguard"], ["safeguard"])], [])
	build.named(policy.open) == {["promise"]} with input as cases with data.vocabulary as vocabulary
	policy.review == set() with input as cases with data.vocabulary as vocabulary
}

test_passages_that_promise_the_same_are_one_question if {
	again := object.union(promise, {"id": "again"})
	other := build.claim("other", "notice", "safeguard", "does", {"measures": ["encryption-at-rest"]})
	silent := build.case_of([promise, again, other, term(["training"], ["training", "safeguard"])], [])
	build.named(policy.open) == {["promise"], ["other"]} with input as silent with data.vocabulary as vocabulary
	required := build.case_of([promise, again, term(["encryption-at-rest"], ["encryption-at-rest"])], [])
	build.named(policy.pass) == {["promise", "again", "term"]} with input as required with data.vocabulary as vocabulary
	general := build.case_of([promise, again, term(["encryption"], ["encryption", "safeguard"])], [])
	build.named(policy.review) == {["promise", "again", "term"]} with input as general with data.vocabulary as vocabulary
}

test_open_names_each_measure_that_no_contract_requires if {
	second := build.claim("second", "pia", "safeguard", "does", {"measures": ["training"]})
	cases := build.case_of([promise, second, term(["safeguard"], ["safeguard"])], [])
	build.named(policy.open) == {["promise", "second"]} with input as cases with data.vocabulary as vocabulary
	some finding in policy.open with input as cases with data.vocabulary as vocabulary
	contains(finding.message, "promises encryption at rest and training. Nothing quoted from a contract in this case requires them.")
}

test_fail_never_since_the_contract_may_say_it_elsewhere if not data.pia_check.safeguard.not_in_contract.fail

test_not_applicable_without_a_contract if {
	policy.open == set() with input as build.case_of([promise], [])
	policy.pass == set() with input as build.case_of([promise], [])
	policy.review == set() with input as build.case_of([promise], [])
}
