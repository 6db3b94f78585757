# METADATA
# scope: package
# title: A recommendation of an overseer has not been carried out
# description: |
#   Overseers such as GAO and inspectors general recommend; what became of it shows
#   whether the public's assurance rests on anything.
#
#   Fails for a recommendation that is open, acknowledged, carried out in part or
#   rejected; passes for one that is carried out. Of several claims about one
#   recommendation the latest dated document decides; where their order is not known and
#   they disagree, a person must. Open when no claim says what became of it.
# related_resources:
#   - ref: https://www.federalregister.gov/documents/2016/07/28/2016-17872/revision-of-omb-circular-no-a-130-managing-information-as-a-strategic-resource
#     description: "OMB Circular A-130, Managing Information as a Strategic Resource"
#   - ref: https://www.govinfo.gov/link/uscode/44/3501
#     description: "E-Government Act of 2002, section 208 (44 U.S.C. 3501 note)"
# custom:
#   id: OVR-001
#   severity: medium
#   topic: oversight
package pia_check.oversight.recommendation_open

import data.pia_check.lib

fail contains result(recommendation, ids, words[status]) if {
	some recommendation, ids in by_recommendation
	statuses := latest(ids)
	count(statuses) == 1
	some status in statuses
	status != "implemented"
}

pass contains result(recommendation, ids, words.implemented) if {
	some recommendation, ids in by_recommendation
	latest(ids) == {"implemented"}
}

review contains result(recommendation, ids, "the documents disagree about what became of it, and their order is not known") if {
	some recommendation, ids in by_recommendation
	count(latest(ids)) > 1
}

open contains result(recommendation, ids, "no document in this case says what became of it") if {
	some recommendation, ids in by_recommendation
	latest(ids) == set()
}

words := {
	"open": "it is open",
	"acknowledged": "it was acknowledged, and nothing in this case says that it was carried out",
	"partially-implemented": "it was carried out only in part",
	"rejected": "it was rejected",
	"implemented": "it was carried out",
}

# The claims about each recommendation. (A partial object of sets would be built
# by adding one claim at a time to a copy.)
by_recommendation := {recommendation: object.keys(ids) |
	some recommendation, ids in object.union_n([{lib.claim(id).oversight.recommendation: {id: true}} |
		some side in ["public", "binding", "observed"]
		some id in lib.affirmed("oversight", side)
	])
}

# latest returns the statuses that the latest dated documents give; of undated
# ones all count.
latest(ids) := statuses if {
	stated := {id | some id in ids; lib.claim(id).oversight.status}
	dates := {lib.claim(id).date | some id in stated}
	newest := max(dates | {""})
	statuses := {lib.claim(id).oversight.status |
		some id in stated
		object.get(lib.claim(id), "date", newest) == newest
	}
}

result(recommendation, ids, outcome) := {
	"message": sprintf("Recommendation %s: %s.", [recommendation, outcome]),
	"claims": array.slice(sort([id | some id in ids]), 0, 8),
}
