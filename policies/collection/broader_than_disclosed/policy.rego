# METADATA
# scope: package
# title: More is collected than the category that the public was told of
# description: |
#   The public document lists a category, the contract or record a broader one: told of
#   facial images, the public has not been told of biometric data.
#
#   Fails when what is collected is broader than everything that is disclosed about it;
#   passes when it is the same or narrower. Asks for review when the two categories
#   overlap without one containing the other.
# related_resources:
#   - ref: https://www.govinfo.gov/link/uscode/44/3501
#     description: "E-Government Act of 2002, section 208 (44 U.S.C. 3501 note)"
#   - ref: https://georgewbush-whitehouse.archives.gov/omb/memoranda/m03-22.html
#     description: "OMB Memorandum M-03-22, guidance on the privacy provisions of the E-Government Act of 2002"
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(3): what individuals are told when asked for information"
# custom:
#   id: COL-002
#   severity: medium
#   topic: collection
package pia_check.collection.broader_than_disclosed

import data.pia_check.lib

fail contains result(entry, "exceeds", "which is broader than") if {
	some entry in lib.practices("collection")
	lib.standing(entry) == "exceeds"
	not lib.contradicted(entry)
}

review contains result(entry, "overlaps", "which overlaps with") if {
	some entry in lib.practices("collection")
	lib.standing(entry) == "overlaps"
	not lib.contradicted(entry)
}

pass contains result(entry, "within", "which keeps within") if {
	some entry in lib.practices("collection")
	lib.standing(entry) == "within"
}

open contains {
	"message": sprintf("%s that data is collected. No public document in this case says what is collected.", [
		lib.practice_opening(ids[0], "provides", "shows"),
	]),
	"claims": ids,
} if {
	lib.disclosures("collection") == []
	ids := lib.first_practices("collection")
}

result(entry, verdict, relates) := {
	"message": sprintf("%s that this is collected: %s, %s what the public was told of: %s.", [
		lib.practice_opening(entry.claim, "provides", "shows"), lib.label("data", entry.at.data), relates, told,
	]),
	"claims": array.concat(nearest, [entry.claim]),
} if {
	nearest := lib.nearest(entry, verdict)
	told := lib.labels("data", {other.at.data |
		some other in entry.with
		other.claim in nearest
	})
}
