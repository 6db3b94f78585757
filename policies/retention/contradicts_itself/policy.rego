# METADATA
# scope: package
# title: A document gives several retention periods for the same data
# description: |
#   A document that keeps the same data for 7 years in one place and for 15 in another
#   tells its reader neither.
#
#   Asks for review of every two periods of one document that are certainly different
#   lengths, for the same data from the same event: a person must say which one holds, or
#   which records each is for.
# related_resources:
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(4): notice of each system of records"
#   - ref: https://georgewbush-whitehouse.archives.gov/omb/memoranda/m03-22.html
#     description: "OMB Memorandum M-03-22, guidance on the privacy provisions of the E-Government Act of 2002"
#   - ref: https://www.ecfr.gov/current/title-36/part-1225
#     description: "36 CFR part 1225, Scheduling Records"
# custom:
#   id: RET-005
#   severity: medium
#   topic: retention
package pia_check.retention.contradicts_itself

import data.pia_check.lib

review contains {
	"message": sprintf("%s contradicts itself: it says that %s, and that %s.", [
		lib.opening(one.id), lib.kept(one.id), lib.kept(other.id),
	]),
	"claims": [one.id, other.id],
} if {
	some document, claims in stated
	count(claims) > 1
	some one in claims
	some other in claims
	input.position[one.id] < input.position[other.id]
	one.from == other.from
	one.data == other.data
	apart(one.days, other.days)
}

# What each document says of how long data is kept, where that has a length.
stated := {document.id: [length |
	some side in ["public", "binding", "observed"]
	some id in lib.affirmed("retention", side)
	claim := lib.claim(id)
	claim.document == document.id
	length := {
		"id": id, "days": claim.retention.days,
		"from": object.get(claim.retention, "from", ""),
		"data": {category | some category in claim.retention.data},
	}
] |
	some document in input.documents
}

apart(a, b) if a.max < b.min

apart(a, b) if a.min > b.max
