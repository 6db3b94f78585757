# METADATA
# scope: package
# title: The contract gives rights in the data beyond the purposes that the public was told
# description: |
#   Public documents name purposes; unlimited rights in data are rights to use it for any
#   purpose whatever.
#
#   Fails when a contract gives unlimited rights while public documents name purposes;
#   asks for review of government-purpose rights, which are limited by who uses the data
#   and not by what for; passes for limited and restricted rights. Open when no public
#   document in the case names purposes.
# related_resources:
#   - ref: https://www.acquisition.gov/far/subpart-27.4
#     description: "FAR subpart 27.4, Rights in Data and Copyrights"
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(3): what individuals are told when asked for information"
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(m): government contractors"
# custom:
#   id: RGT-001
#   severity: high
#   topic: rights
package pia_check.rights.exceed_purposes

import data.pia_check.lib

fail contains result("unlimited", ids, "so nothing in it holds the data to those purposes") if {
	some ["unlimited", ids] in granted
	count(lib.disclosures("use")) > 0
	not any_purpose
}

review contains result("government-purpose", ids, "so any government purpose is allowed") if {
	some ["government-purpose", ids] in granted
	count(lib.disclosures("use")) > 0
	not any_purpose
}

pass contains result(level, ids, "which keeps within them") if {
	some [level, ids] in granted
	count(lib.disclosures("use")) > 0
	level in {"limited", "restricted"}
}

pass contains result(level, ids, "and the public was told so") if {
	some [level, ids] in granted
	level in {"unlimited", "government-purpose"}
	any_purpose
}

open contains {
	"message": sprintf("%s gives %s rights in the data. No public document in this case names purposes to hold that against.", [
		lib.opening(ids[0]), level,
	]),
	"claims": ids,
} if {
	some [level, ids] in granted
	lib.disclosures("use") == []
}

# granted holds the rights that each document of the binding side gives, with the
# first passages that do.
granted := [[level, lib.told(ids)] |
	giving := [lib.claim(id) | some id in lib.affirmed("rights", "binding")]
	some [document, level] in {[this.document, this.rights.rights] | some this in giving}
	ids := [this.id | some this in giving; this.document == document; this.rights.rights == level]
]

purposes := {purpose |
	some id in lib.affirmed("use", "public")
	some purpose in lib.claim(id).use.purposes
}

any_purpose if "any-purpose" in purposes

result(level, ids, consequence) := {
	"message": sprintf("The public was told that data is used for %s; %s gives %s rights in the data, %s.", [
		lib.labels("purposes", purposes), lib.by(ids[0]), level, consequence,
	]),
	"claims": array.concat(lib.disclosures("use"), ids),
}
