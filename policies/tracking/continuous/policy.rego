# METADATA
# scope: package
# title: Continuous tracking is possible though the public was told otherwise or not at all
# description: |
#   A device that can follow a person at all times is another thing than one that reports
#   at check-ins, whether or not the ability is used.
#
#   Fails when a contract or record shows continuous tracking, or the capability for it,
#   that a public document denies or that no public document mentions; passes when it was
#   disclosed. Asks for review when the denial is narrower, such as a denial of the
#   practice where the record shows the capability. Open when no public document in the
#   case speaks of tracking. A practice that contradicts a denial is told by CON-001, too.
# related_resources:
#   - ref: https://www.govinfo.gov/link/uscode/44/3501
#     description: "E-Government Act of 2002, section 208 (44 U.S.C. 3501 note)"
#   - ref: https://georgewbush-whitehouse.archives.gov/omb/memoranda/m03-22.html
#     description: "OMB Memorandum M-03-22, guidance on the privacy provisions of the E-Government Act of 2002"
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(3): what individuals are told when asked for information"
# custom:
#   id: TRK-002
#   severity: critical
#   topic: tracking
package pia_check.tracking.continuous

import data.pia_check.lib

fail contains {
	"message": sprintf("%s that continuous tracking is %s; %s says that it is not %s.", [
		lib.practice_opening(entry.claim, "provides", "shows"), state(entry.claim), lib.by(other.claim), state(other.claim),
	]),
	"claims": [other.claim, entry.claim],
} if {
	some entry in capabilities
	some other in entry.with
	lib.verdict(entry, other) == "contradicts"
}

fail contains {
	"message": sprintf("%s that continuous tracking is %s; the public documents in this case speak of tracking but not of that.", [
		lib.practice_opening(entry.claim, "provides", "shows"), state(entry.claim),
	]),
	"claims": array.concat(array.slice(spoken, 0, 3), [entry.claim]),
} if {
	some entry in entries
	lib.standing(entry) in {"undisclosed", "exceeds"}
	not denied(entry)
	count(spoken) > 0
}

review contains {
	"message": sprintf("%s that continuous tracking is %s; %s says that it is not %s. Whether the one contradicts the other, a person must judge.", [
		lib.practice_opening(entry.claim, "provides", "shows"), state(entry.claim), lib.by(other.claim), state(other.claim),
	]),
	"claims": [other.claim, entry.claim],
} if {
	some entry in capabilities
	some other in entry.with
	lib.verdict(entry, other) in {"narrows", "earlier"}
	not lib.contradicted(entry)
}

pass contains {
	"message": sprintf("%s that continuous tracking is %s, as the public was told.", [
		lib.practice_opening(entry.claim, "provides", "shows"), state(entry.claim),
	]),
	"claims": array.concat(lib.nearest(entry, "within"), [entry.claim]),
} if {
	some entry in entries
	lib.standing(entry) == "within"
}

open contains {
	"message": sprintf("%s that continuous tracking is %s. No public document in this case speaks of tracking.", [
		lib.practice_opening(entry.claim, "provides", "shows"), state(entry.claim),
	]),
	"claims": [entry.claim],
} if {
	some entry in entries
	spoken == []
}

entries := [entry |
	some entry in lib.practices("tracking")
	entry.at.condition == "continuous"
]

capabilities := [entry |
	some entry in entries
	lib.claim(entry.claim).tracking.mode == "capability"
]

# denied reports whether any public claim denies it, wholly or in part.
denied(entry) if {
	some other in entry.with
	other.polarity == "does-not"
}

spoken := input.topics.tracking.public

state(id) := "possible" if lib.claim(id).tracking.mode == "capability"

state(id) := "done" if lib.claim(id).tracking.mode == "practice"
