# METADATA
# scope: package
# title: The contract allows what the public was told is prohibited
# description: |
#   Public documents say that data may not be sold or disclosed; the contract decides
#   whether it may.
#
#   Fails when a contract or record gives a party the right to do what a public document
#   says is prohibited; passes when the contract prohibits it, too. Asks for review when
#   the contract speaks of more, or of part of it. Open when the case has a contract and
#   nothing quoted from it speaks to the prohibition.
# related_resources:
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(b) and (a)(7): conditions of disclosure and routine uses"
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(m): government contractors"
#   - ref: https://www.acquisition.gov/far/subpart-27.4
#     description: "FAR subpart 27.4, Rights in Data and Copyrights"
# custom:
#   id: RGT-002
#   severity: critical
#   topic: rights
package pia_check.rights.prohibited_act_allowed

import data.pia_check.lib

fail contains {
	"message": sprintf("%s says that this is prohibited: %s; %s %s.", [
		lib.opening(other), acts(other), lib.practice(id, "gives", "shows"), granted(id),
	]),
	"claims": [other, id],
} if {
	some [id, other] in contradicted
}

review contains {
	"message": sprintf("%s says that this is prohibited: %s; %s %s. Whether that includes it, a person must judge.", [
		lib.opening(other.claim), acts(other.claim), lib.practice(entry.claim, "gives", "shows"), granted(entry.claim),
	]),
	"claims": [other.claim, entry.claim],
} if {
	some entry in lib.practices("rights")
	some other in entry.with
	lib.verdict(entry, other) in {"narrows", "overlaps", "earlier"}
	other.polarity == "does-not"
	not contradicted[[entry.claim, other.claim]]
}

pass contains {
	"message": sprintf("%s says that this is prohibited: %s; and so does %s.", [lib.opening(other), acts(other), lib.by(id)]),
	"claims": [other, id],
} if {
	some [id, other] in agreed
}

open contains {
	"message": sprintf("%s says that this is prohibited: %s. Nothing quoted from a contract in this case prohibits or allows it.", [
		lib.opening(id), acts(id),
	]),
	"claims": [id],
} if {
	count(lib.contracts) > 0
	some id in lib.denied("rights", "public")
	not answered[id]
}

contradicted contains [entry.claim, other.claim] if {
	some entry in lib.practices("rights")
	some other in entry.with
	lib.verdict(entry, other) == "contradicts"
}

agreed contains [entry.claim, other.claim] if {
	some entry in input.comparisons.rights
	entry.side == "binding"
	entry.polarity == "does-not"
	some other in entry.with
	other.polarity == "does-not"
	lib.relation(other, "action") in {"equal", "broader"}
	lib.relation(other, "entity") in {"equal", "broader"}
}

# Public claims say the same twice at times, and the comparison keeps one of
# them; so what was answered is known by its acts.
answered[id] := true if {
	some id in lib.denied("rights", "public")
	some act in object.get(lib.claim(id).rights, "acts", ["any-act"])
	answered_acts[act]
}

answered_acts[act] := true if {
	some entry in input.comparisons.rights
	entry.side == "binding"
	some other in entry.with
	other.polarity == "does-not"
	act := object.get(other.at, "action", "any-act")
}

acts(id) := lib.labels("acts", lib.claim(id).rights.acts)

acts(id) := "use of the data" if not lib.claim(id).rights.acts

granted(id) := sprintf("%s%s", [level(id), listed(id)])

level(id) := sprintf("%s rights in the data", [lib.claim(id).rights.rights]) if lib.claim(id).rights.rights

level(id) := "rights in the data" if not lib.claim(id).rights.rights

listed(id) := sprintf(": %s", [acts(id)]) if lib.claim(id).rights.acts

listed(id) := "" if not lib.claim(id).rights.acts
