package pia_check.retention.exceeds_public_test

import data.pia_check.build
import data.pia_check.retention.exceeds_public as policy

promise := build.retention("promise", "pia", "does", "temporal", "for 7 years")

term := build.retention("term", "contract", "may", "endless", "indefinitely")

held(other_claim, claim, duration) := build.case_of([other_claim, claim], [["retention", build.entry(claim, {"data": "personal-data"}, [
	build.other(other_claim, {"data": "personal-data"}, {"data": "equal", "duration": duration}),
])]])

test_fail_when_longer if build.named(policy.fail) == {["promise", "term"]} with input as held(promise, term, "longer")

test_message_names_both_sides_and_values if {
	some finding in policy.fail with input as held(promise, term, "longer")
	contains(finding.message, "pia “pia” says that personal data is kept for 7 years")
	contains(finding.message, "the contract “contract” provides that personal data is kept indefinitely")
}

test_pass_when_shorter_or_equal if {
	build.named(policy.pass) == {["promise", "term"]} with input as held(promise, term, "shorter")
	build.named(policy.pass) == {["promise", "term"]} with input as held(promise, term, "equal")
}

test_review_when_not_ordered if {
	every duration in ["unknown", "different-start", "different-kind", "vague"] {
		build.named(policy.review) == {["promise", "term"]} with input as held(promise, term, duration)
		policy.fail == set() with input as held(promise, term, duration)
		policy.pass == set() with input as held(promise, term, duration)
	}
}

test_open_is_the_business_of_ret_002 if not data.pia_check.retention.exceeds_public.open

test_records_schedules_are_the_business_of_ret_003 if {
	schedule := build.retention("schedule", "records-schedule", "must", "temporal", "for 75 years")
	policy.fail == set() with input as held(promise, schedule, "longer")
}

test_nearer_public_passage_counts if {
	special := object.union(build.retention("special", "pia", "does", "temporal", "for 10 years"), {"lineage": {"data": ["personal-data", "voice-print"]}})
	other_general := build.other(promise, {"data": "personal-data"}, {"data": "narrower", "duration": "longer"})
	other_special := build.other(special, {"data": "voice-print"}, {"data": "equal", "duration": "shorter"})
	cases := build.case_of([promise, special, term], [["retention", build.entry(term, {"data": "voice-print"}, [other_general, other_special])]])
	vocabulary := {"data": {"voice-print": {"label": "voice print", "ancestors": ["personal-data"]}}}
	policy.fail == set() with input as cases with data.vocabulary as vocabulary
	build.named(policy.pass) == {["special", "term"]} with input as cases with data.vocabulary as vocabulary
}

test_not_applicable_to_public_claims_alone if {
	cases := held(promise, build.retention("other", "sorn", "does", "temporal", "for 9 years"), "longer")
	policy.fail == set() with input as cases
	policy.pass == set() with input as cases
	policy.review == set() with input as cases
}

test_one_review_of_several_passages if {
	vague := build.retention("vague", "pia", "does", "indeterminate", "as long as needed")
	event := build.retention("event", "pia", "does", "until-event", "until the visit ends")
	others := [build.other(claim, {"data": "personal-data"}, {"data": "equal", "duration": duration}) |
		some [claim, duration] in [[vague, "vague"], [event, "different-kind"]]
	]
	cases := build.case_of([vague, event, term], [["retention", build.entry(term, {"data": "personal-data"}, others)]])
	build.named(policy.review) == {["vague", "event", "term"]} with input as cases
	some finding in policy.review with input as cases
	contains(finding.message, "says that personal data is kept as long as needed; that personal data is kept until the visit ends; the contract")
}

test_review_of_a_draft_that_may_be_for_other_records if {
	draft := object.union(promise, {"review": "draft"})
	again := build.retention("again", "pia", "does", "temporal", "for 9 years")
	relations := [build.other(draft, {"data": "personal-data"}, {"data": "equal", "duration": "longer"})]
	cases := build.case_of([draft, again, term], [["retention", build.entry(term, {"data": "personal-data"}, relations)]])
	policy.fail == set() with input as cases
	build.named(policy.review) == {["promise", "term"]} with input as cases
	alone := build.case_of([draft, term], [["retention", build.entry(term, {"data": "personal-data"}, relations)]])
	build.named(policy.fail) == {["promise", "term"]} with input as alone
	policy.review == set() with input as alone
}

test_review_of_a_draft_practice_that_may_be_about_other_data if {
	ages := object.union(promise, {"retention": object.union(promise.retention, {"data": ["age"]})})
	draft := object.union(term, {"review": "draft"})
	relations := [build.other(ages, {"data": "age"}, {"data": "narrower", "duration": "longer"})]
	cases := build.case_of([ages, draft], [["retention", build.entry(draft, {"data": "personal-data"}, relations)]])
	policy.fail == set() with input as cases
	build.named(policy.review) == {["promise", "term"]} with input as cases
	read := build.case_of([ages, term], [["retention", build.entry(term, {"data": "personal-data"}, relations)]])
	build.named(policy.fail) == {["promise", "term"]} with input as read
	policy.review == set() with input as read
}
