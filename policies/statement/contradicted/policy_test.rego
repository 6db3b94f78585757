package pia_check.statement.contradicted_test

import data.pia_check.build
import data.pia_check.statement.contradicted as policy

denial := build.claim("denial", "statement", "collection", "does-not", {"data": ["voice-print"]})

done(kind) := build.claim("done", kind, "collection", "does", {"data": ["voice-print"]})

held(kind, relation) := build.case_of([denial, done(kind)], [["collection", build.entry(done(kind), {"data": "voice-print"}, [
	build.other(denial, {"data": "voice-print"}, relation),
])]])

test_fail_when_a_record_shows_it if {
	every kind in ["foia-record", "contract", "pia"] {
		build.named(policy.fail) == {["denial", "done"]} with input as held(kind, {"data": "equal"})
	}
}

test_fail_when_the_denial_stands_later_in_the_case if {
	told := build.claim("told", "pia", "collection", "does", {"data": ["voice-print"]})
	cases := build.case_of([told, denial], [["collection", build.entry(denial, {"data": "biometric"}, [
		build.other(told, {"data": "voice-print"}, {"data": "broader"}),
	])]])
	build.named(policy.fail) == {["denial", "told"]} with input as cases
}

test_no_failure_when_the_later_denial_is_narrower if {
	told := build.claim("told", "pia", "collection", "does", {"data": ["biometric"]})
	cases := build.case_of([told, denial], [["collection", build.entry(denial, {"data": "voice-print"}, [
		build.other(told, {"data": "biometric"}, {"data": "narrower"}),
	])]])
	policy.fail == set() with input as cases
}

test_review_when_it_goes_beyond_overlaps_or_is_older if {
	every relation in [{"data": "broader"}, {"data": "overlapping"}, {"data": "equal", "date": "earlier"}, {"data": "equal", "duration": "vague"}] {
		build.named(policy.review) == {["denial", "done"]} with input as held("foia-record", relation)
		policy.fail == set() with input as held("foia-record", relation)
	}
}

test_pass_when_the_contract_denies_it_too if {
	forbidden := build.claim("forbidden", "contract", "collection", "must-not", {"data": ["biometric"]})
	cases := build.case_of([denial, forbidden], [["collection", build.entry(forbidden, {"data": "biometric"}, [
		build.other(denial, {"data": "voice-print"}, {"data": "broader"}),
	])]])
	build.named(policy.pass) == {["denial", "forbidden"]} with input as cases
}

test_open_when_nothing_speaks_to_it if {
	unrelated := build.claim("unrelated", "contract", "use", "must", {"purposes": ["audit"]})
	build.named(policy.open) == {["denial"]} with input as build.case_of([denial, unrelated], [])
}

test_continuous_capability_is_the_business_of_trk_002 if {
	no_tracking := build.claim("denial", "statement", "tracking", "does-not", {"triggers": ["continuous"], "mode": "capability"})
	able := build.claim("able", "foia-record", "tracking", "does", {"triggers": ["continuous"], "mode": "capability"})
	cases := build.case_of([no_tracking, able], [["tracking", build.entry(able, {"condition": "continuous"}, [
		build.other(no_tracking, {"condition": "continuous"}, {"condition": "equal"}),
	])]])
	policy.fail == set() with input as cases
}

# A message for every topic.
said(topic, at, values) := finding.message if {
	no := build.claim("denial", "statement", topic, "does-not", values)
	yes := build.claim("done", "foia-record", topic, "does", values)
	cases := build.case_of([no, yes], [[topic, build.entry(yes, at, [build.other(no, at, {})])]])
	some finding in policy.fail with input as cases with data.vocabulary as {}
}

test_messages if {
	contains(said("retention", {"data": "name"}, {"data": ["name"]}), "denies keeping name")
	contains(said("tracking", {"condition": "continuous"}, {"mode": "practice"}), "denies continuous tracking")
	contains(said("tracking", {"condition": "log-in"}, {"mode": "practice"}), "denies taking data log in")
	contains(said("use", {"purpose": "marketing"}, {}), "denies using data for marketing")
	contains(said("sharing", {"entity": "fbi", "data": "name"}, {}), "denies sharing name with fbi")
	contains(said("source", {"entity": "jail"}, {}), "denies getting data from jail")
	contains(said("safeguard", {}, {"incident": "loss"}), "denies such an incident")
}

test_not_applicable_without_a_denial if {
	cases := build.case_of([done("foia-record")], [["collection", build.entry(done("foia-record"), {"data": "voice-print"}, [])]])
	policy.fail == set() with input as cases
	policy.pass == set() with input as cases
	policy.review == set() with input as cases
	policy.open == set() with input as cases
}

test_no_sale_denies_no_other_sharing if {
	unsold := build.claim("unsold", "notice", "sharing", "does-not", {"recipients": ["third-party"], "purposes": ["sale-of-data"]})
	every at, named in {{"entity": "court"}: set(), {"entity": "court", "purpose": "sale-of-data"}: {["unsold", "given"]}} {
		given := build.claim("given", "contract", "sharing", "does", {"recipients": ["court"]})
		cases := build.case_of([unsold, given], [["sharing", build.entry(given, at, [
			build.other(unsold, {"entity": "third-party", "purpose": "sale-of-data"}, {"entity": "narrower", "purpose": purposes[count(at)]}),
		])]])
		build.named(policy.fail) == named with input as cases
		policy.review == set() with input as cases
	}
}

purposes := {1: "unstated", 2: "equal"}

test_review_of_a_draft_that_denies_all if {
	unshared := object.union(build.claim("unshared", "notice", "sharing", "does-not", {"recipients": ["third-party"]}), {"review": "draft"})
	given := build.claim("given", "pia", "sharing", "does", {"recipients": ["court"]})
	later := build.case_of([unshared, given], [["sharing", build.entry(given, {"entity": "court"}, [
		build.other(unshared, {"entity": "third-party"}, {"entity": "narrower"}),
	])]])
	earlier := build.case_of([given, unshared], [["sharing", build.entry(unshared, {"entity": "third-party"}, [
		build.other(given, {"entity": "court"}, {"entity": "broader"}),
	])]])
	every cases in [later, earlier] {
		policy.fail == set() with input as cases
		build.named(policy.review) == {["unshared", "given"]} with input as cases
	}
}

test_a_denial_that_no_term_names_is_held_against_nothing if {
	unclear := build.claim("denial", "statement", "use", "does-not", {"purposes": ["stated-purpose"]})
	used := build.claim("done", "pia", "use", "does", {"purposes": ["stated-purpose"]})
	cases := build.case_of([unclear, used], [["use", build.entry(used, {"purpose": "stated-purpose"}, [
		build.other(unclear, {"purpose": "stated-purpose"}, {"purpose": "overlapping"}),
	])]])
	policy.fail == set() with input as cases
	policy.review == set() with input as cases
}
