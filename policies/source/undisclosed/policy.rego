# METADATA
# scope: package
# title: Data comes from a source that the public was not told of
# description: |
#   Holds the third parties that supply data, by a contract or record, against the sources
#   that public documents name. Data that is bought is SRC-002's business.
#
#   Fails for a source that no public document names; passes for one that is disclosed.
#   Asks for review when sources overlap or the disclosure names nobody in particular.
#   Open when no public document in the case says where data comes from.
# related_resources:
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(2): collection from the individual where practicable"
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(4): notice of each system of records"
#   - ref: https://georgewbush-whitehouse.archives.gov/omb/memoranda/m03-22.html
#     description: "OMB Memorandum M-03-22, guidance on the privacy provisions of the E-Government Act of 2002"
# custom:
#   id: SRC-001
#   severity: medium
#   topic: source
package pia_check.source.undisclosed

import data.pia_check.lib

entries := [entry |
	some entry in lib.practices("source")
	not lib.is("actors", entry.at.entity, "commercial-source")
]

fail contains {
	"message": sprintf("%s that %s comes from %s; no public document in this case says so.", [
		lib.practice_opening(id, "provides", "shows"), what(id), lib.label("actors", source),
	]),
	"claims": array.concat(lib.disclosures("source"), [id]),
} if {
	count(lib.disclosures("source")) > 0
	some [id, source] in undisclosed
}

undisclosed contains [entry.claim, entry.at.entity] if {
	some entry in entries
	lib.standing(entry) in {"undisclosed", "exceeds"}
	not lib.contradicted(entry)
}

pass contains result(entry, "within", "as the public was told") if {
	some entry in entries
	lib.standing(entry) == "within"
}

review contains result(entry, word, "which the public documents cover only in part or in general words") if {
	some entry in entries
	word := lib.standing(entry)
	word in {"vague", "overlaps"}
	not lib.contradicted(entry)
}

open contains {
	"message": sprintf("%s that %s comes from %s. No public document in this case says where data comes from.", [
		lib.practice_opening(entry.claim, "provides", "shows"), what(entry.claim), lib.label("actors", entry.at.entity),
	]),
	"claims": [entry.claim],
} if {
	lib.disclosures("source") == []
	some entry in entries
}

what(id) := lib.labels("data", lib.claim(id).source.data)

what(id) := "data" if not lib.claim(id).source.data

result(entry, word, relates) := {
	"message": sprintf("%s that %s comes from %s, %s.", [
		lib.practice_opening(entry.claim, "provides", "shows"), what(entry.claim),
		lib.label("actors", entry.at.entity), relates,
	]),
	"claims": array.concat(lib.nearest(entry, word), [entry.claim]),
}
