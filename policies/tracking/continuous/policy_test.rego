package pia_check.tracking.continuous_test

import data.pia_check.build
import data.pia_check.tracking.continuous as policy

denial(mode) := build.claim("denial", "statement", "tracking", "does-not", {"triggers": ["continuous"], "mode": mode})

told := build.claim("told", "pia", "tracking", "does", {"triggers": ["log-in"], "mode": "practice"})

able := build.claim("able", "foia-record", "tracking", "does", {"triggers": ["continuous"], "mode": "capability"})

done := build.claim("done", "foia-record", "tracking", "does", {"triggers": ["continuous"], "mode": "practice"})

held(public, claim, others) := build.case_of(array.concat(public, [claim]), [["tracking", build.entry(claim, {"condition": "continuous"}, others)]])

other(claim, relation) := build.other(claim, {"condition": "continuous"}, relation)

test_fail_when_the_capability_is_denied if {
	cases := held([denial("capability")], able, [other(denial("capability"), {"condition": "equal", "mode": "equal"})])
	build.named(policy.fail) == {["denial", "able"]} with input as cases
}

test_fail_when_it_is_not_mentioned if {
	build.named(policy.fail) == {["told", "able"]} with input as held([told], able, [])
	build.named(policy.fail) == {["told", "done"]} with input as held([told], done, [other(told, {"condition": "broader", "mode": "equal"})])
}

test_review_when_only_the_practice_is_denied if {
	cases := held([denial("practice")], able, [other(denial("practice"), {"condition": "equal", "mode": "broader"})])
	build.named(policy.review) == {["denial", "able"]} with input as cases
	policy.fail == set() with input as cases
}

test_review_when_the_record_is_older if {
	cases := held([denial("capability")], able, [other(denial("capability"), {"condition": "equal", "mode": "equal", "date": "earlier"})])
	build.named(policy.review) == {["denial", "able"]} with input as cases
}

test_pass_when_it_was_disclosed if {
	disclosed := build.claim("disclosed", "pia", "tracking", "does", {"triggers": ["continuous"], "mode": "capability"})
	cases := held([disclosed], able, [other(disclosed, {"condition": "equal", "mode": "equal"})])
	build.named(policy.pass) == {["disclosed", "able"]} with input as cases
}

test_open_when_the_public_side_is_silent if {
	build.named(policy.open) == {["able"]} with input as held([], able, [])
	policy.fail == set() with input as held([], able, [])
}

test_denied_practice_is_the_business_of_con_001 if {
	cases := held([denial("practice")], done, [other(denial("practice"), {"condition": "equal", "mode": "equal"})])
	policy.fail == set() with input as cases
}

test_not_applicable_without_continuous_tracking if {
	cases := build.case_of([build.claim("x", "pia", "tracking", "does", {"triggers": ["log-in"], "mode": "practice"})], [])
	policy.fail == set() with input as cases
	policy.pass == set() with input as cases
	policy.review == set() with input as cases
	policy.open == set() with input as cases
}
