# METADATA
# scope: package
# title: A document gives several retention periods for the same data
# description: |
#   A document that keeps the same data for 7 years in one place and for 15 in another
#   tells its reader neither.
#
#   Asks for review of the periods of one document that are certainly different lengths,
#   for the same data from the same event: a person must say which one holds, or which
#   records each is for.
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
	"message": sprintf("%s gives several periods for the same data: it says that %s.", [
		lib.opening(ids[0]),
		concat(", and that ", [lib.kept(id) | some id in ids]),
	]),
	"claims": ids,
} if {
	some _, positions in apart
	ids := lib.first_claims(positions)
}

# apart gathers, by document, event and data, the claims whose length is certainly
# another than the next one's.
apart[key] contains position if {
	some i, length in lengths
	next := lengths[i + 1]
	key := array.slice(length, 0, 3)
	key == array.slice(next, 0, 3)
	length[4] < next[3]
	some position in [length[5], next[5]]
}

# lengths holds the first claim of each length in order, so that the lengths that
# a document gives for the same data follow each other and no claim is held
# against all others.
lengths := [length |
	some i, length in stated
	not repeats(i, length)
]

repeats(i, length) if array.slice(stated[i - 1], 0, 5) == array.slice(length, 0, 5)

# What each document says of how long data is kept, where that has a length:
# document, starting event, data, the least and the most days, the claim's position.
stated := sort([[claim.document, event, {category | some category in claim.retention.data}, days.min, days.max, input.position[id]] |
	some side in ["public", "binding", "observed"]
	some id in lib.affirmed("retention", side)
	claim := lib.claim(id)
	event := object.get(claim.retention, "from", "")
	days := claim.retention.days
])
