# METADATA
# scope: package
# title: Data goes to somebody whom the public was not told of
# description: |
#   Holds each recipient that a contract or record shows against those that public
#   documents name, together with the data and the purposes of the sharing.
#
#   Fails when no public document names the recipient, or only for less data or for other
#   purposes; passes when it is disclosed. Asks for review when recipients overlap or the
#   disclosure names nobody in particular. Open when no public document in the case says
#   with whom data is shared.
# related_resources:
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(b) and (a)(7): conditions of disclosure and routine uses"
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(4): notice of each system of records"
#   - ref: https://georgewbush-whitehouse.archives.gov/omb/memoranda/m03-22.html
#     description: "OMB Memorandum M-03-22, guidance on the privacy provisions of the E-Government Act of 2002"
# custom:
#   id: SHR-001
#   severity: high
#   topic: sharing
package pia_check.sharing.recipient_undisclosed

import data.pia_check.lib

fail contains {
	"message": sprintf("%s that %s goes to %s; no public document in this case names that recipient.", [
		lib.practice_opening(id, "provides", "shows"), what(id), lib.label("actors", recipient),
	]),
	"claims": array.concat(lib.disclosures("sharing"), [id]),
} if {
	count(lib.disclosures("sharing")) > 0
	some [id, recipient] in undisclosed
}

fail contains {
	"message": sprintf("%s that %s goes to %s, which is more than %s says: to %s%s.", [
		lib.practice_opening(id, "provides", "shows"), what(id), lib.label("actors", recipient),
		lib.by(told), lib.labels("actors", lib.claim(told).sharing.recipients), limits(told),
	]),
	"claims": [told, id],
} if {
	some [id, recipient, told] in exceeded
}

undisclosed contains [entry.claim, entry.at.entity] if {
	some entry in lib.practices("sharing")
	lib.standing(entry) == "undisclosed"
	not lib.contradicted(entry)
}

exceeded contains [entry.claim, entry.at.entity, lib.nearest(entry, "exceeds")[0]] if {
	some entry in lib.practices("sharing")
	lib.standing(entry) == "exceeds"
	not lib.contradicted(entry)
}

pass contains result(entry, "within") if {
	some entry in lib.practices("sharing")
	lib.standing(entry) == "within"
}

review contains result(entry, word) if {
	some entry in lib.practices("sharing")
	word := lib.standing(entry)
	word in {"vague", "overlaps"}
	not lib.contradicted(entry)
}

open contains {
	"message": sprintf("%s with whom data is shared. No public document in this case says with whom.", [
		lib.practice_opening(ids[0], "says", "shows"),
	]),
	"claims": ids,
} if {
	lib.disclosures("sharing") == []
	ids := lib.first_practices("sharing")
}

what(id) := lib.labels("data", lib.claim(id).sharing.data)

what(id) := "data" if not lib.claim(id).sharing.data

limits(id) := sprintf(" for %s", [lib.labels("purposes", lib.claim(id).sharing.purposes)])

limits(id) := "" if not lib.claim(id).sharing.purposes

result(entry, word) := {
	"message": sprintf("%s that %s goes to %s, %s.", [
		lib.practice_opening(entry.claim, "provides", "shows"), what(entry.claim),
		lib.label("actors", entry.at.entity), lib.relating(word, entry),
	]),
	"claims": array.concat(lib.nearest(entry, word), [entry.claim]),
}
