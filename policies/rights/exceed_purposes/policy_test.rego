package pia_check.rights.exceed_purposes_test

import data.pia_check.build
import data.pia_check.rights.exceed_purposes as policy

told(purposes) := build.claim("told", "pia", "use", "does", {"purposes": purposes})

granted(level) := build.claim("granted", "contract", "rights", "may", {"rights": level, "holder": "ice"})

held(purposes, level) := build.case_of([told(purposes), granted(level)], [])

test_fail_for_unlimited_rights if build.named(policy.fail) == {["told", "granted"]} with input as held(["supervision"], "unlimited")

test_review_for_government_purpose_rights if {
	build.named(policy.review) == {["told", "granted"]} with input as held(["supervision"], "government-purpose")
}

test_pass_for_lesser_rights if {
	every level in ["limited", "restricted"] {
		build.named(policy.pass) == {["told", "granted"]} with input as held(["supervision"], level)
	}
}

test_pass_when_any_purpose_was_disclosed if {
	build.named(policy.pass) == {["told", "granted"]} with input as held(["any-purpose"], "unlimited")
	policy.fail == set() with input as held(["any-purpose"], "unlimited")
}

test_open_without_public_purposes if build.named(policy.open) == {["granted"]} with input as build.case_of([granted("unlimited")], [])

test_one_finding_for_what_a_contract_grants_twice if {
	again := object.union(granted("unlimited"), {"id": "again"})
	lesser := object.union(granted("limited"), {"id": "lesser"})
	cases := build.case_of([told(["supervision"]), granted("unlimited"), lesser, again], [])
	build.named(policy.fail) == {["told", "granted", "again"]} with input as cases
	build.named(policy.pass) == {["told", "lesser"]} with input as cases
}

test_each_contract_has_its_own if {
	task_order := object.union(granted("unlimited"), {"id": "order", "document": "order"})
	cases := build.case_of([told(["supervision"]), granted("unlimited"), task_order], [])
	build.named(policy.fail) == {["told", "granted"], ["told", "order"]} with input as cases
}

test_not_applicable_without_rights if {
	cases := build.case_of([told(["supervision"])], [])
	policy.fail == set() with input as cases
	policy.pass == set() with input as cases
	policy.review == set() with input as cases
	policy.open == set() with input as cases
}
