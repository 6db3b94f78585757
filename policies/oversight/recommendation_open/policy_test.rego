package pia_check.oversight.recommendation_open_test

import data.pia_check.build
import data.pia_check.oversight.recommendation_open as policy

recommended := build.claim("recommended", "audit", "oversight", "does", {"recommendation": "to mitigate risks"})

answered(id, kind, status) := build.claim(id, kind, "oversight", "does", {"recommendation": "to mitigate risks", "status": status})

dated(claim, date) := object.union(claim, {"date": date})

test_fail_while_it_is_not_carried_out if {
	every status in ["open", "acknowledged", "partially-implemented", "rejected"] {
		cases := build.case_of([recommended, answered("answer", "statement", status)], [])
		build.named(policy.fail) == {["answer", "recommended"]} with input as cases
	}
}

test_pass_when_carried_out if {
	cases := build.case_of([recommended, answered("answer", "statement", "implemented")], [])
	build.named(policy.pass) == {["answer", "recommended"]} with input as cases
}

test_latest_document_decides if {
	cases := build.case_of(
		[
			dated(answered("a", "audit", "open"), "2021"),
			dated(answered("b", "report", "implemented"), "2023"),
		],
		[],
	)
	build.named(policy.pass) == {["a", "b"]} with input as cases
	policy.fail == set() with input as cases
}

test_review_when_undated_documents_disagree if {
	cases := build.case_of([answered("a", "audit", "open"), answered("b", "report", "implemented")], [])
	build.named(policy.review) == {["a", "b"]} with input as cases
	policy.fail == set() with input as cases
	policy.pass == set() with input as cases
}

test_open_when_nobody_says if build.named(policy.open) == {["recommended"]} with input as build.case_of([recommended], [])

test_not_applicable_without_recommendations if {
	cases := build.case_of([build.claim("x", "pia", "collection", "does", {"data": ["name"]})], [])
	policy.fail == set() with input as cases
	policy.pass == set() with input as cases
	policy.review == set() with input as cases
	policy.open == set() with input as cases
}
