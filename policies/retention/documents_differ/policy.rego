# METADATA
# scope: package
# title: Public documents or records schedules give different retention periods
# description: |
#   A privacy impact assessment, a system of records notice, an FAQ and the records
#   schedule describe the same practice, so their periods for the same data must agree.
#
#   Fails when two of them give periods that are certainly different; passes when they
#   agree. Asks for review when the two can't be ordered, when one speaks of narrower data
#   and may be an exception to the other, or when a document gives several periods. A
#   period that the other document gives, too, is settled and held against no further one;
#   neither is one for all data that stands beside others for all data.
# related_resources:
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(4): notice of each system of records"
#   - ref: https://georgewbush-whitehouse.archives.gov/omb/memoranda/m03-22.html
#     description: "OMB Memorandum M-03-22, guidance on the privacy provisions of the E-Government Act of 2002"
#   - ref: https://www.ecfr.gov/current/title-36/part-1225
#     description: "36 CFR part 1225, Scheduling Records"
#   - ref: https://www.law.cornell.edu/uscode/text/44/chapter-33
#     description: "Federal Records Act, 44 U.S.C. chapter 33: disposal of records"
# custom:
#   id: RET-003
#   severity: high
#   topic: retention
package pia_check.retention.documents_differ

import data.pia_check.lib

fail contains result(entry, other, "") if {
	some [entry, other] in compared
	differ(other)
	same_data(other)
	not lib.several_periods(entry.claim)
	not lib.several_periods(other.claim)
}

pass contains result(entry, other, "") if {
	some [entry, other] in compared
	other.relation.duration == "equal"
}

review contains result(entry, other, " One speaks of narrower data than the other, so it may be an exception.") if {
	some [entry, other] in compared
	differ(other)
	not same_data(other)
	telling(entry, other)
}

review contains {
	"message": sprintf("%s. One of them gives several periods for this data, so that they may be for other records.", [
		concat("; ", [told(list, i) | some i, _ in list]),
	]),
	"claims": list,
} if {
	some _, positions in crowded
	list := lib.first_claims(positions)
}

review contains result(entry, other, sprintf(" %s", [reasons[other.relation.duration]])) if {
	some [entry, other] in compared
	telling(entry, other)
	not crowd(entry, other)
	not endless(entry.claim, other.claim)
}

# crowded gathers the periods of two documents for the same data where one of
# them gives several.
crowded[key] contains input.position[id] if {
	some [entry, other] in compared
	telling(entry, other)
	crowd(entry, other)
	not endless(entry.claim, other.claim)
	other.relation.duration != "equal"
	key := [{lib.claim(entry.claim).document, lib.claim(other.claim).document}, entry.at.data]
	some id in [entry.claim, other.claim]
}

crowd(entry, other) if {
	same_data(other)
	any_several(entry, other)
}

# endless reports whether neither of two claims gives a limit, which RET-004
# tells of each.
endless(one, other) if {
	lib.claim(one).retention.kind == "indeterminate"
	lib.claim(other).retention.kind == "indeterminate"
}

told(list, 0) := sprintf("%s says that %s", [lib.opening(list[0]), lib.kept(list[0])])

told(list, i) := sprintf("%s says that %s", [lib.by(list[i]), lib.kept(list[i])]) if {
	i > 0
	lib.claim(list[i]).document != lib.claim(list[i - 1]).document
}

told(list, i) := sprintf("that %s", [lib.kept(list[i])]) if {
	i > 0
	lib.claim(list[i]).document == lib.claim(list[i - 1]).document
}

reasons := {
	"unknown": "Whether the two are the same depends on the calendar.",
	"different-start": "The two periods start at different events.",
	"vague": "One of the two gives no limit.",
}

differ(other) if other.relation.duration in {"shorter", "longer", "different-kind"}

same_data(other) if other.relation.data == "equal"

any_several(entry, _) if lib.several_periods(entry.claim)

any_several(_, other) if lib.several_periods(other.claim)

# telling reports whether a pair that may differ is worth a person's time.
telling(entry, other) if {
	other.relation.data in {"equal", "overlapping"}
	not settled_by(entry.claim, other.claim)
	not settled_by(other.claim, entry.claim)
}

telling(entry, other) if {
	other.relation.data == "narrower"
	not settled_by(entry.claim, other.claim)
	not lib.several_periods(other.claim)
}

telling(entry, other) if {
	other.relation.data == "broader"
	not settled_by(other.claim, entry.claim)
	not lib.several_periods(entry.claim)
}

# settled_by reports whether the document of another claim gives the period of
# the first, too.
settled_by(id, another) if [id, lib.claim(another).document] in settled

settled contains [pair[0], lib.claim(pair[1]).document] if {
	some [entry, other] in compared
	other.relation.duration == "equal"
	some pair in [[entry.claim, other.claim], [other.claim, entry.claim]]
}

compared := [[entry, other] |
	some entry in input.comparisons.retention
	entry.polarity == "does"
	entry_speaks(entry)
	some other in entry.with
	other.polarity == "does"
]

entry_speaks(entry) if entry.side == "public"

entry_speaks(entry) if entry.kind == "records-schedule"

result(entry, other, reason) := {
	"message": sprintf("The %s says that %s; the %s says that %s.%s", [
		other.document_name, other.says, entry.document_name, entry.says, reason,
	]),
	"claims": [other.claim, entry.claim],
}
