package pia_check.rights.prohibited_act_allowed_test

import data.pia_check.build
import data.pia_check.rights.prohibited_act_allowed as policy

promise := build.claim("promise", "statement", "rights", "must-not", {"acts": ["sell", "disclose"]})

granted := build.claim("granted", "contract", "rights", "may", {"rights": "unlimited", "acts": ["use", "disclose"]})

forbidden := build.claim("forbidden", "contract", "rights", "must-not", {"acts": ["sell"]})

held(claim, act, relation) := build.case_of([promise, claim], [["rights", build.entry(claim, {"action": act}, [
	build.other(promise, {"action": "disclose"}, relation),
])]])

test_fail_when_the_contract_allows_it if {
	cases := held(granted, "disclose", {"action": "equal"})
	build.named(policy.fail) == {["promise", "granted"]} with input as cases
	some finding in policy.fail with input as cases with data.vocabulary as {}
	contains(finding.message, "gives unlimited rights in the data: use and disclose")
}

test_pass_when_the_contract_prohibits_it_too if {
	build.named(policy.pass) == {["promise", "forbidden"]} with input as held(forbidden, "sell", {"action": "equal"})
	policy.open == set() with input as held(forbidden, "disclose", {"action": "equal"})
}

test_review_when_the_contract_speaks_of_more if {
	cases := held(granted, "any-act", {"action": "broader"})
	build.named(policy.review) == {["promise", "granted"]} with input as cases
	policy.fail == set() with input as cases
}

test_no_review_beside_a_failure if {
	cases := build.case_of([promise, granted], [
		["rights", build.entry(granted, {"action": "disclose"}, [build.other(promise, {"action": "disclose"}, {"action": "equal"})])],
		["rights", build.entry(granted, {"action": "any-act"}, [build.other(promise, {"action": "disclose"}, {"action": "broader"})])],
	])
	policy.review == set() with input as cases
}

test_open_when_the_contract_is_silent if {
	work := build.claim("work", "contract", "collection", "must", {"data": ["name"]})
	build.named(policy.open) == {["promise"]} with input as build.case_of([promise, work], [])
}

test_messages_without_acts_or_level if {
	general := build.claim("promise", "statement", "rights", "must-not", {"holder": "contractor"})
	bare := build.claim("granted", "contract", "rights", "may", {"holder": "contractor"})
	cases := build.case_of([general, bare], [["rights", build.entry(bare, {"entity": "contractor"}, [
		build.other(general, {"entity": "contractor"}, {"entity": "equal"}),
	])]])
	some finding in policy.fail with input as cases
	contains(finding.message, "use of the data; the contract “contract” gives rights in the data.")
}

test_not_applicable_without_a_prohibition if {
	cases := build.case_of([granted], [["rights", build.entry(granted, {"action": "use"}, [])]])
	policy.fail == set() with input as cases
	policy.pass == set() with input as cases
	policy.review == set() with input as cases
	policy.open == set() with input as cases
}
