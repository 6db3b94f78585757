package pia_check.lib_test

import data.pia_check.lib

public(polarity, relation, unbounded) := {
	"claim": "p", "document": "pia", "kind": "pia", "polarity": polarity,
	"at": {}, "relation": relation, "unbounded": unbounded,
}

practice(side) := {"claim": "c", "document": "d", "side": side, "kind": "contract", "polarity": "does", "at": {}, "with": []}

verdict(polarity, relation) := lib.verdict(practice("binding"), public(polarity, relation, []))

# The sixteen cells of entity and data where both sides say that it is done.

test_agreeing_equal_equal if verdict("does", {"entity": "equal", "data": "equal"}) == "within"

test_agreeing_equal_narrower if verdict("does", {"entity": "equal", "data": "narrower"}) == "within"

test_agreeing_equal_broader if verdict("does", {"entity": "equal", "data": "broader"}) == "exceeds"

test_agreeing_equal_overlapping if verdict("does", {"entity": "equal", "data": "overlapping"}) == "overlaps"

test_agreeing_narrower_equal if verdict("does", {"entity": "narrower", "data": "equal"}) == "within"

test_agreeing_narrower_narrower if verdict("does", {"entity": "narrower", "data": "narrower"}) == "within"

test_agreeing_narrower_broader if verdict("does", {"entity": "narrower", "data": "broader"}) == "exceeds"

test_agreeing_narrower_overlapping if verdict("does", {"entity": "narrower", "data": "overlapping"}) == "overlaps"

test_agreeing_broader_equal if verdict("does", {"entity": "broader", "data": "equal"}) == "exceeds"

test_agreeing_broader_narrower if verdict("does", {"entity": "broader", "data": "narrower"}) == "exceeds"

test_agreeing_broader_broader if verdict("does", {"entity": "broader", "data": "broader"}) == "exceeds"

test_agreeing_broader_overlapping if verdict("does", {"entity": "broader", "data": "overlapping"}) == "overlaps"

test_agreeing_overlapping_equal if verdict("does", {"entity": "overlapping", "data": "equal"}) == "overlaps"

test_agreeing_overlapping_narrower if verdict("does", {"entity": "overlapping", "data": "narrower"}) == "overlaps"

test_agreeing_overlapping_broader if verdict("does", {"entity": "overlapping", "data": "broader"}) == "overlaps"

test_agreeing_overlapping_overlapping if verdict("does", {"entity": "overlapping", "data": "overlapping"}) == "overlaps"

# The sixteen cells where the public was told that it is not done.

test_opposing_equal_equal if verdict("does-not", {"entity": "equal", "data": "equal"}) == "contradicts"

test_opposing_equal_narrower if verdict("does-not", {"entity": "equal", "data": "narrower"}) == "contradicts"

test_opposing_equal_broader if verdict("does-not", {"entity": "equal", "data": "broader"}) == "narrows"

test_opposing_equal_overlapping if verdict("does-not", {"entity": "equal", "data": "overlapping"}) == "overlaps"

test_opposing_narrower_equal if verdict("does-not", {"entity": "narrower", "data": "equal"}) == "contradicts"

test_opposing_narrower_narrower if verdict("does-not", {"entity": "narrower", "data": "narrower"}) == "contradicts"

test_opposing_narrower_broader if verdict("does-not", {"entity": "narrower", "data": "broader"}) == "narrows"

test_opposing_narrower_overlapping if verdict("does-not", {"entity": "narrower", "data": "overlapping"}) == "overlaps"

test_opposing_broader_equal if verdict("does-not", {"entity": "broader", "data": "equal"}) == "narrows"

test_opposing_broader_narrower if verdict("does-not", {"entity": "broader", "data": "narrower"}) == "narrows"

test_opposing_broader_broader if verdict("does-not", {"entity": "broader", "data": "broader"}) == "narrows"

test_opposing_broader_overlapping if verdict("does-not", {"entity": "broader", "data": "overlapping"}) == "overlaps"

test_opposing_overlapping_equal if verdict("does-not", {"entity": "overlapping", "data": "equal"}) == "overlaps"

test_opposing_overlapping_narrower if verdict("does-not", {"entity": "overlapping", "data": "narrower"}) == "overlaps"

test_opposing_overlapping_broader if verdict("does-not", {"entity": "overlapping", "data": "broader"}) == "overlaps"

test_opposing_overlapping_overlapping if verdict("does-not", {"entity": "overlapping", "data": "overlapping"}) == "overlaps"

# Each further dimension widens the table.

test_purpose_equal if {
	verdict("does", {"purpose": "equal"}) == "within"
	verdict("does-not", {"purpose": "equal"}) == "contradicts"
}

test_purpose_narrower if {
	verdict("does", {"purpose": "narrower"}) == "within"
	verdict("does-not", {"purpose": "narrower"}) == "contradicts"
}

test_purpose_broader if {
	verdict("does", {"purpose": "broader"}) == "exceeds"
	verdict("does-not", {"purpose": "broader"}) == "narrows"
}

test_purpose_overlapping if {
	verdict("does", {"purpose": "overlapping"}) == "overlaps"
	verdict("does-not", {"purpose": "overlapping"}) == "overlaps"
}

test_purpose_unstated if {
	verdict("does", {"purpose": "unstated"}) == "within"
	verdict("does-not", {"purpose": "unstated"}) == "contradicts"
}

# A denial for one purpose leaves open what is done without saying why.
test_purpose_of_the_denial_alone if {
	denial := object.union(public("does-not", {"purpose": "unstated"}, []), {"at": {"purpose": "marketing"}})
	lib.verdict(practice("binding"), denial) == "narrows"
}

test_condition_equal if {
	verdict("does", {"condition": "equal"}) == "within"
	verdict("does-not", {"condition": "equal"}) == "contradicts"
}

test_condition_narrower if {
	verdict("does", {"condition": "narrower"}) == "within"
	verdict("does-not", {"condition": "narrower"}) == "contradicts"
}

test_condition_broader if {
	verdict("does", {"condition": "broader"}) == "exceeds"
	verdict("does-not", {"condition": "broader"}) == "narrows"
}

test_condition_overlapping if {
	verdict("does", {"condition": "overlapping"}) == "overlaps"
	verdict("does-not", {"condition": "overlapping"}) == "overlaps"
}

test_condition_unstated if {
	verdict("does", {"condition": "unstated"}) == "within"
	verdict("does-not", {"condition": "unstated"}) == "contradicts"
}

test_action_equal if {
	verdict("does", {"action": "equal"}) == "within"
	verdict("does-not", {"action": "equal"}) == "contradicts"
}

test_action_narrower if {
	verdict("does", {"action": "narrower"}) == "within"
	verdict("does-not", {"action": "narrower"}) == "contradicts"
}

test_action_broader if {
	verdict("does", {"action": "broader"}) == "exceeds"
	verdict("does-not", {"action": "broader"}) == "narrows"
}

test_action_overlapping if {
	verdict("does", {"action": "overlapping"}) == "overlaps"
	verdict("does-not", {"action": "overlapping"}) == "overlaps"
}

test_action_unstated if {
	verdict("does", {"action": "unstated"}) == "within"
	verdict("does-not", {"action": "unstated"}) == "contradicts"
}

test_mode_equal if {
	verdict("does", {"mode": "equal"}) == "within"
	verdict("does-not", {"mode": "equal"}) == "contradicts"
}

test_mode_narrower if {
	verdict("does", {"mode": "narrower"}) == "within"
	verdict("does-not", {"mode": "narrower"}) == "contradicts"
}

test_mode_broader if {
	verdict("does", {"mode": "broader"}) == "exceeds"
	verdict("does-not", {"mode": "broader"}) == "narrows"
}

test_mode_overlapping if {
	verdict("does", {"mode": "overlapping"}) == "overlaps"
	verdict("does-not", {"mode": "overlapping"}) == "overlaps"
}

test_mode_unstated if {
	verdict("does", {"mode": "unstated"}) == "within"
	verdict("does-not", {"mode": "unstated"}) == "contradicts"
}

test_overlapping_outweighs_broader if {
	verdict("does", {"purpose": "overlapping", "condition": "broader"}) == "overlaps"
	verdict("does-not", {"purpose": "overlapping", "condition": "broader"}) == "overlaps"
}

test_exceeding_data_stays_exceeding_whatever_the_purpose if verdict("does", {"data": "broader", "purpose": "equal"}) == "exceeds"

test_disclosure_in_general_words_is_vague if {
	lib.verdict(practice("binding"), public("does", {"data": "narrower"}, ["data"])) == "vague"
}

test_broader_than_general_words_exceeds if {
	lib.verdict(practice("binding"), public("does", {"data": "narrower", "purpose": "broader"}, ["data"])) == "exceeds"
}

test_record_older_than_the_denial if {
	lib.verdict(practice("observed"), public("does-not", {"date": "earlier"}, [])) == "earlier"
}

test_record_younger_than_the_denial if {
	lib.verdict(practice("observed"), public("does-not", {"date": "later"}, [])) == "contradicts"
}

test_record_of_unknown_date if {
	lib.verdict(practice("observed"), public("does-not", {"date": "unknown"}, [])) == "contradicts"
}

test_vague_retention_against_a_denial if {
	lib.verdict(practice("observed"), public("does-not", {"duration": "vague", "date": "earlier"}, [])) == "vague"
}

test_older_contract_still_binds if {
	lib.verdict(practice("binding"), public("does-not", {"date": "earlier"}, [])) == "contradicts"
}

test_duration_is_the_retention_policies_business if verdict("does", {"duration": "longer"}) == "within"

test_denied_practice_has_no_verdict if {
	not lib.verdict(object.union(practice("binding"), {"polarity": "does-not"}), public("does", {}, []))
}

test_standing_is_the_best_verdict if {
	entry := object.union(practice("binding"), {"with": [
		public("does", {"data": "broader"}, []),
		public("does", {"data": "narrower"}, []),
		public("does-not", {"data": "equal"}, []),
	]})
	lib.standing(entry) == "within"
	lib.contradicted(entry)
	lib.nearest(entry, "exceeds") == ["p"]
}

test_standing_of_what_nobody_mentions if lib.standing(practice("binding")) == "undisclosed"

test_enumerate if {
	lib.enumerate(["a"]) == "a"
	lib.enumerate(["a", "b"]) == "a and b"
	lib.enumerate(["a", "b", "c"]) == "a, b and c"
}

test_label_falls_back_to_the_term if {
	lib.label("data", "voice-print") == "voice print" with data.vocabulary as {}
}

test_label_comes_from_the_vocabulary if {
	lib.label("actors", "fbi") == "the FBI" with data.vocabulary as {"actors": {"fbi": {"label": "the FBI", "ancestors": []}}}
}

test_is if {
	lib.is("data", "a", "a")
	lib.is("data", "a", "b") with data.vocabulary as {"data": {"a": {"label": "a", "ancestors": ["b"]}}}
	not lib.is("data", "b", "a") with data.vocabulary as {"data": {"b": {"label": "b", "ancestors": []}}}
}
