package pia_check.clause.privacy_missing_test

import data.pia_check.build
import data.pia_check.clause.privacy_missing as policy

people := build.claim("people", "pia", "collection", "does", {"data": ["name"]})

clauses(ids) := build.claim("clauses", "contract", "clause", "does", {"clauses": ids})

withheld(cases) := json.patch(cases, [{"op": "replace", "path": "/documents", "value": [object.union(document, {"redacted": [3]}) |
	some document in cases.documents
]}])

test_fail_when_one_is_missing if {
	cases := build.case_of([people, clauses(["far-52.224-1"])], [])
	build.named(policy.fail) == {["people", "clauses"]} with input as cases
	some finding in policy.fail with input as cases with data.vocabulary as {}
	contains(finding.message, "lacks far 52.224 2")
}

test_pass_when_both_are_there if {
	build.named(policy.pass) == {["clauses"]} with input as build.case_of([people, clauses(["far-52.224-1", "far-52.224-2"])], [])
}

test_review_when_pages_are_withheld if {
	cases := withheld(build.case_of([people, clauses(["far-52.224-1"])], []))
	build.named(policy.review) == {["people", "clauses"]} with input as cases
	policy.fail == set() with input as cases
}

test_open_when_no_clause_is_quoted if {
	work := build.claim("work", "contract", "collection", "must", {"data": ["name"]})
	build.named(policy.open) == {["people"]} with input as build.case_of([people, work], [])
}

test_not_applicable_without_a_contract if {
	policy.fail == set() with input as build.case_of([people], [])
	policy.pass == set() with input as build.case_of([people], [])
	policy.review == set() with input as build.case_of([people], [])
	policy.open == set() with input as build.case_of([people], [])
}

test_not_applicable_without_personal_data if {
	policy.fail == set() with input as build.case_of([clauses(["far-52.224-3"])], [])
	policy.open == set() with input as build.case_of([clauses(["far-52.224-3"])], [])
}
