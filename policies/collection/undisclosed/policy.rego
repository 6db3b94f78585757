# METADATA
# scope: package
# title: Data is collected that the public was not told of
# description: |
#   Holds each category of data that a contract or record shows to be collected against
#   the categories that public documents list. A broader category covers a narrower one:
#   "biometric data" covers voice prints, "facial images" does not.
#
#   Fails for a category that no public document mentions, neither itself nor a broader or
#   narrower one; passes for one that is mentioned. Open when no public document in the
#   case says what is collected. What a public document denies is left to CON-001.
# related_resources:
#   - ref: https://www.govinfo.gov/link/uscode/44/3501
#     description: "E-Government Act of 2002, section 208 (44 U.S.C. 3501 note)"
#   - ref: https://georgewbush-whitehouse.archives.gov/omb/memoranda/m03-22.html
#     description: "OMB Memorandum M-03-22, guidance on the privacy provisions of the E-Government Act of 2002"
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(3): what individuals are told when asked for information"
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(4): notice of each system of records"
# custom:
#   id: COL-001
#   severity: high
#   topic: collection
package pia_check.collection.undisclosed

import data.pia_check.lib

fail contains {
	"message": sprintf("%s that this is collected, though no public document in this case lists it: %s.", [
		lib.practice_opening(id, "provides", "shows"), lib.label("data", category),
	]),
	"claims": array.concat(lib.disclosures("collection"), [id]),
} if {
	count(lib.disclosures("collection")) > 0
	some [id, category] in undisclosed
}

undisclosed contains [entry.claim, entry.at.data] if {
	some entry in lib.practices("collection")
	lib.standing(entry) == "undisclosed"
	not lib.contradicted(entry)
}

pass contains {
	"message": sprintf("%s that this is collected, as the public was told: %s.", [
		lib.practice_opening(entry.claim, "provides", "shows"), lib.label("data", entry.at.data),
	]),
	"claims": array.concat(lib.nearest(entry, "within"), [entry.claim]),
} if {
	some entry in lib.practices("collection")
	lib.standing(entry) == "within"
}

review contains {
	"message": sprintf("%s that this is collected, while the public was told only of personal data in general: %s.", [
		lib.practice_opening(entry.claim, "provides", "shows"), lib.label("data", entry.at.data),
	]),
	"claims": array.concat(lib.nearest(entry, "vague"), [entry.claim]),
} if {
	some entry in lib.practices("collection")
	lib.standing(entry) == "vague"
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
