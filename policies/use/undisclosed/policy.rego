# METADATA
# scope: package
# title: Data is used for a purpose that the public was not told of
# description: |
#   Holds the purposes that contracts and records show against those that public documents
#   name. Use for arrests is told in words of its own.
#
#   Fails for a purpose that no public document names, nor one that contains it; passes
#   for one that is disclosed. Asks for review when the purposes overlap or the disclosure
#   is as wide as "any purpose". Open when no public document in the case names purposes.
# related_resources:
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(3): what individuals are told when asked for information"
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(4): notice of each system of records"
#   - ref: https://georgewbush-whitehouse.archives.gov/omb/memoranda/m03-22.html
#     description: "OMB Memorandum M-03-22, guidance on the privacy provisions of the E-Government Act of 2002"
# custom:
#   id: USE-001
#   severity: high
#   topic: use
package pia_check.use.undisclosed

import data.pia_check.lib

fail contains {
	"message": sprintf("%s that data was used for %s; the public documents in this case name other purposes only.", [
		lib.practice_opening(id, "provides", "shows"), lib.label("purposes", purpose),
	]),
	"claims": array.concat(lib.disclosures("use"), [id]),
} if {
	count(lib.disclosures("use")) > 0
	some [id, purpose] in undisclosed
	purpose != "law-enforcement-arrest"
}

fail contains {
	"message": sprintf("%s that data was used to arrest people; no public document in this case says that it may be.", [
		lib.practice_opening(id, "provides", "shows"),
	]),
	"claims": array.concat(lib.disclosures("use"), [id]),
} if {
	count(lib.disclosures("use")) > 0
	some [id, purpose] in undisclosed
	purpose == "law-enforcement-arrest"
}

undisclosed contains [entry.claim, entry.at.purpose] if {
	some entry in lib.practices("use")
	lib.standing(entry) in {"undisclosed", "exceeds"}
	not lib.contradicted(entry)
}

pass contains result(entry, "within") if {
	some entry in lib.practices("use")
	lib.standing(entry) == "within"
}

review contains result(entry, word) if {
	some entry in lib.practices("use")
	word := lib.standing(entry)
	word in {"vague", "overlaps"}
	not lib.contradicted(entry)
}

open contains {
	"message": sprintf("%s what data is used for. No public document in this case names purposes.", [
		lib.practice_opening(ids[0], "says", "shows"),
	]),
	"claims": ids,
} if {
	lib.disclosures("use") == []
	ids := lib.first_practices("use")
}

result(entry, word) := {
	"message": sprintf("%s that data is used for %s, %s.", [
		lib.practice_opening(entry.claim, "provides", "shows"), lib.label("purposes", entry.at.purpose), lib.relating(word, entry),
	]),
	"claims": array.concat(lib.nearest(entry, word), [entry.claim]),
}
