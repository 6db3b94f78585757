# METADATA
# scope: package
# title: An incident shows that a promised safeguard failed
# description: |
#   Holds incidents that records and reports show against the safeguards that public
#   documents, contracts and laws promise.
#
#   Fails when an incident stands against a promise; passes when a record shows that there
#   was no incident. Open when no document in the case promises a safeguard. Asks for
#   review when the promises concern other measures than those that failed.
# related_resources:
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(10): safeguards"
#   - ref: https://www.federalregister.gov/documents/2016/07/28/2016-17872/revision-of-omb-circular-no-a-130-managing-information-as-a-strategic-resource
#     description: "OMB Circular A-130, Managing Information as a Strategic Resource"
#   - ref: https://georgewbush-whitehouse.archives.gov/omb/memoranda/m03-22.html
#     description: "OMB Memorandum M-03-22, guidance on the privacy provisions of the E-Government Act of 2002"
# custom:
#   id: SAF-002
#   severity: high
#   topic: safeguard
package pia_check.safeguard.incident

import data.pia_check.lib

fail contains result(id, relevant(id)) if {
	some id in incidents
	count(relevant(id)) > 0
}

review contains result(id, array.slice(promises, 0, 3)) if {
	some id in incidents
	count(promises) > 0
	relevant(id) == []
}

pass contains {
	"message": sprintf("%s that no such incident happened.", [lib.practice_opening(id, "says", "shows")]),
	"claims": array.concat(array.slice(promises, 0, 3), [id]),
} if {
	some id in lib.denied("safeguard", "observed")
	lib.claim(id).safeguard.incident
	count(promises) > 0
}

open contains {
	"message": sprintf("%s shows an incident: %s%s. No document in this case promises a safeguard to hold that against.", [
		lib.opening(id), lib.label("incidents", lib.claim(id).safeguard.incident), affected(id),
	]),
	"claims": [id],
} if {
	some id in incidents
	promises == []
}

incidents := [id |
	some id in lib.affirmed("safeguard", "observed")
	lib.claim(id).safeguard.incident
]

# What the public was told, and what law and contracts promise.
promises := [id |
	some side in ["public", "binding"]
	some id in lib.affirmed("safeguard", side)
	lib.claim(id).safeguard.measures
]

# relevant returns up to three promises of the measures that failed; where the
# record doesn't say which failed, any promise.
relevant(id) := array.slice(promises, 0, 3) if not lib.claim(id).safeguard.measures

relevant(id) := array.slice(
	[promise |
		some measure in lib.claim(id).lineage.measures
		some kind in ["pia", "sorn", "notice", "statement", "contract", "records-schedule", "statute"]
		promise := input.named.safeguard[kind].measures[measure][0]
	],
	0, 3,
) if {
	lib.claim(id).safeguard.measures
}

affected(id) := sprintf(", %d people affected", [lib.claim(id).safeguard.affected])

affected(id) := "" if not lib.claim(id).safeguard.affected

result(id, against) := {
	"message": sprintf("%s promises %s; %s an incident: %s%s.", [
		lib.opening(against[0]), lib.labels("safeguards", lib.claim(against[0]).safeguard.measures),
		lib.practice(id, "speaks of", "shows"), lib.label("incidents", lib.claim(id).safeguard.incident), affected(id),
	]),
	"claims": array.concat(against, [id]),
}
