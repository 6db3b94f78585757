# METADATA
# scope: package
# title: Data is kept longer than the public was told
# description: |
#   Holds what contracts and records say of how long data is kept against what public
#   documents say of the same data. Where a public document speaks of narrower data, that
#   passage counts.
#
#   Fails when the contract or record allows longer than the public document says; passes
#   when it keeps within. Asks for review when the two can't be ordered: periods that
#   start at different events, end at an event, or are vague. Records schedules are
#   compared by RET-003.
# related_resources:
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(4): notice of each system of records"
#   - ref: https://georgewbush-whitehouse.archives.gov/omb/memoranda/m03-22.html
#     description: "OMB Memorandum M-03-22, guidance on the privacy provisions of the E-Government Act of 2002"
#   - ref: https://www.law.cornell.edu/uscode/text/44/chapter-33
#     description: "Federal Records Act, 44 U.S.C. chapter 33: disposal of records"
# custom:
#   id: RET-001
#   severity: high
#   topic: retention
package pia_check.retention.exceeds_public

import data.pia_check.lib

fail contains finding if {
	some ["fail", finding] in compared
	not unsettled(finding.claims)
}

pass contains finding if some ["pass", finding] in compared

review contains finding if {
	some findings in doubtful
	count(findings) == 1
	some finding in findings
}

# Several passages of one public document that the same practice can't be ordered
# with are one question.
review contains {
	"message": sprintf("%s says %s; %s %s. The periods can't be ordered, so a person must say whether more is allowed than was told.", [
		lib.opening(told[0]), concat("; ", [sprintf("that %s", [words]) | some words in says]),
		lib.practice(practice, "provides that", "shows that"), lib.kept(practice),
	]),
	"claims": array.concat(told, [practice]),
} if {
	some [practice, _], findings in doubtful
	count(findings) > 1
	told := lib.first_claims({input.position[finding.claims[0]] | some finding in findings})
	says := [lib.kept(id) | some i, id in told; not repeated(told, i)]
}

repeated(list, i) if {
	some j, id in list
	j < i
	lib.kept(id) == lib.kept(list[i])
}

# A draft that doesn't say which data it is about may be about other records: a
# promise of a document that gives several periods, or a practice that is held
# against a promise about certain data.
review contains object.union(finding, {"message": message}) if {
	some ["fail", finding] in compared
	reason := unsettled(finding.claims)
	message := sprintf("%s %s", [finding.message, reason])
}

unsettled([promise, practice]) := "The former document gives several periods, and which records this one is for, a person must say." if {
	lib.general_draft(promise)
	lib.several_periods(promise)
} else := "Whether the latter is about the same data, a person must say." if {
	lib.general_draft(practice)
	not lib.general_data(promise)
}

# doubtful gathers what asks for review by the practice and the public document.
doubtful[[finding.claims[1], lib.claim(finding.claims[0]).document]] contains finding if {
	some ["review", finding] in compared
}

# What each relation of the periods means, and what is said of it.
meaning := {
	"longer": ["fail", ""],
	"shorter": ["pass", ""],
	"equal": ["pass", ""],
	"unknown": ["review", " Which is longer depends on the calendar."],
	"different-start": ["review", " The two periods start at different events."],
	"different-kind": ["review", " The two periods end in different ways, so neither is certainly longer."],
	"vague": ["review", " One of the two gives no limit."],
}

compared := [[outcome, {"message": message, "claims": [other.claim, entry.claim]}] |
	verbs := {"binding": " provides that ", "observed": " shows that "}
	some entry in input.comparisons.retention
	verb := verbs[entry.side]
	entry.polarity == "does"
	entry.kind != "records-schedule"
	some other in entry.with
	other.polarity == "does"
	not overridden(entry, other)
	[outcome, reason] := meaning[other.relation.duration]
	message := concat("", [
		"The ", other.document_name, " says that ", other.says,
		"; the ", entry.document_name, verb, entry.says, ".", reason,
	])
]

# A public document that keeps data in general for one time and some of it for
# another means the latter where both touch.
overridden(entry, other) if {
	other.relation.data == "narrower"
	some nearer in entry.with
	nearer.document == other.document
	nearer.relation.data in {"equal", "narrower"}
	nearer.at.data != other.at.data
	lib.is("data", nearer.at.data, other.at.data)
}
