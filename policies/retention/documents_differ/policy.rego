# METADATA
# scope: package
# title: Public documents or records schedules give different retention periods
# description: |
#   A privacy impact assessment, a system of records notice, an FAQ and the records
#   schedule describe the same practice, so their periods for the same data must agree.
#
#   Fails when two of them give periods that are certainly different; passes when they
#   agree. Asks for review when the two can't be ordered, when one speaks of narrower data
#   and may be an exception to the other, or when a document gives several periods.
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
	not several(entry.claim)
	not several(other.claim)
}

pass contains result(entry, other, "") if {
	some [entry, other] in compared
	other.relation.duration == "equal"
}

review contains result(entry, other, " One speaks of narrower data than the other, so it may be an exception.") if {
	some [entry, other] in compared
	differ(other)
	not same_data(other)
}

review contains result(entry, other, " One of them gives several periods for this data, so these two may be for other records.") if {
	some [entry, other] in compared
	differ(other)
	same_data(other)
	any_several(entry, other)
}

review contains result(entry, other, sprintf(" %s", [reasons[other.relation.duration]])) if {
	some [entry, other] in compared
}

reasons := {
	"unknown": "Whether the two are the same depends on the calendar.",
	"different-start": "The two periods start at different events.",
	"vague": "One of the two gives no limit.",
}

differ(other) if other.relation.duration in {"shorter", "longer", "different-kind"}

same_data(other) if other.relation.data == "equal"

any_several(entry, _) if several(entry.claim)

any_several(_, other) if several(other.claim)

# several reports whether the document of a claim gives another period, too, for
# the same data.
several(id) if {
	claim := lib.claim(id)
	some side in ["public", "binding"]
	some another in lib.affirmed("retention", side)
	lib.claim(another).document == claim.document
	lib.claim(another).retention.data == claim.retention.data
	lib.claim(another).retention.text != claim.retention.text
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
