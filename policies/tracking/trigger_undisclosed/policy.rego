# METADATA
# scope: package
# title: Location is taken at moments that the public was not told of
# description: |
#   Holds the events at which location or behaviour is taken, by a contract or record,
#   against those that public documents list. Continuous tracking is TRK-002's business.
#
#   Fails for an event that no public document mentions or that goes beyond what is
#   mentioned; passes for one that is disclosed. Asks for review when they overlap or the
#   disclosure is vague. Open when no public document in the case says when data is taken.
# related_resources:
#   - ref: https://www.govinfo.gov/link/uscode/44/3501
#     description: "E-Government Act of 2002, section 208 (44 U.S.C. 3501 note)"
#   - ref: https://georgewbush-whitehouse.archives.gov/omb/memoranda/m03-22.html
#     description: "OMB Memorandum M-03-22, guidance on the privacy provisions of the E-Government Act of 2002"
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(3): what individuals are told when asked for information"
# custom:
#   id: TRK-001
#   severity: high
#   topic: tracking
package pia_check.tracking.trigger_undisclosed

import data.pia_check.lib

fail contains {
	"message": sprintf("%s that %s is taken %s; the public documents in this case list other moments only.", [
		lib.practice_opening(id, "provides", "shows"), what(id), lib.labels("triggers", triggers),
	]),
	"claims": array.concat(lib.disclosures("tracking"), [id]),
} if {
	count(lib.disclosures("tracking")) > 0
	some id, triggers in undisclosed
}

# undisclosed gathers the moments by the claim that names them.
undisclosed[entry.claim] contains entry.at.condition if {
	some entry in entries
	lib.standing(entry) in {"undisclosed", "exceeds"}
	not lib.contradicted(entry)
}

pass contains result(entry, "within") if {
	some entry in entries
	lib.standing(entry) == "within"
}

review contains result(entry, word) if {
	some entry in entries
	word := lib.standing(entry)
	word in {"vague", "overlaps"}
	not lib.contradicted(entry)
}

open contains {
	"message": sprintf("%s when %s is taken. No public document in this case says when.", [
		lib.practice_opening(ids[0], "says", "shows"), what(ids[0]),
	]),
	"claims": ids,
} if {
	lib.disclosures("tracking") == []
	ids := array.slice([entry.claim | some entry in entries], 0, 3)
	count(ids) > 0
}

entries := [entry |
	some entry in lib.practices("tracking")
	entry.at.condition != "continuous"
]

what(id) := lib.labels("data", lib.claim(id).tracking.data)

what(id) := "data" if not lib.claim(id).tracking.data

result(entry, word) := {
	"message": sprintf("%s that %s is taken %s, %s.", [
		lib.practice_opening(entry.claim, "provides", "shows"), what(entry.claim),
		lib.label("triggers", entry.at.condition), lib.relating(word, entry),
	]),
	"claims": array.concat(lib.nearest(entry, word), [entry.claim]),
}
