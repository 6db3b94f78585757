package pia_check.retention.not_in_contract_test

import data.pia_check.build
import data.pia_check.retention.not_in_contract as policy

promise := build.claim("promise", "pia", "retention", "does", {"kind": "temporal", "says": "voice prints are kept for 7 years", "data": ["voice-print"]})

term(categories) := build.claim("term", "contract", "retention", "must", {"kind": "temporal", "says": "it is kept for 7 years", "data": categories})

contract := build.claim("work", "contract", "collection", "must", {"data": ["name"]})

with_lineage(claim, categories) := object.union(claim, {"lineage": {"data": categories}})

test_open_when_the_contract_is_silent if {
	build.named(policy.open) == {["promise"]} with input as build.case_of([promise, contract], [])
}

test_open_when_the_contract_speaks_of_other_data if {
	build.named(policy.open) == {["promise"]} with input as build.case_of([promise, term(["name"])], [])
}

test_pass_when_the_contract_has_a_term if {
	build.named(policy.pass) == {["promise", "term"]} with input as build.case_of([promise, term(["voice-print"])], [])
}

test_pass_when_the_term_is_on_narrower_data if {
	cases := build.case_of([promise, with_lineage(term(["voice-sample"]), ["voice-print", "voice-sample"])], [])
	build.named(policy.pass) == {["promise", "term"]} with input as cases
}

test_pass_when_the_term_is_on_broader_data if {
	cases := build.case_of([with_lineage(promise, ["biometric", "voice-print"]), term(["biometric"])], [])
	build.named(policy.pass) == {["promise", "term"]} with input as cases
}

test_review_when_the_term_is_withheld if {
	cases := build.case_of([promise, object.union(term(["voice-print"]), {"redacted": true})], [])
	build.named(policy.review) == {["promise", "term"]} with input as cases
	policy.pass == set() with input as cases
}

test_fail_is_the_business_of_ret_001 if not data.pia_check.retention.not_in_contract.fail

test_not_applicable_without_a_contract if {
	policy.open == set() with input as build.case_of([promise], [])
	policy.pass == set() with input as build.case_of([promise], [])
}

test_not_applicable_to_a_promise_without_limit if {
	endless := build.retention("endless", "pia", "does", "endless", "permanently")
	policy.open == set() with input as build.case_of([endless, contract], [])
}
