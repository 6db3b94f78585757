# METADATA
# scope: package
# title: A safeguard promised to the public is not in the contract
# description: |
#   A safeguard that the public was told of binds a contractor only when the contract has
#   it, in its own words or by a standard clause.
#
#   Open when nothing quoted from a contract in the case requires the safeguard; passes
#   when a contract requires it or a stricter one. Asks for review when the contract
#   speaks only of safeguards in general. Not applicable to a case without a contract.
# related_resources:
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(m): government contractors"
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(10): safeguards"
#   - ref: https://www.acquisition.gov/far/39.105
#     description: "FAR 39.105, Privacy"
#   - ref: https://www.ecfr.gov/current/title-48/section-3052.204-72
#     description: "HSAR 3052.204-72, Safeguarding of Controlled Unclassified Information"
# custom:
#   id: SAF-001
#   severity: medium
#   topic: safeguard
package pia_check.safeguard.not_in_contract

import data.pia_check.lib

open contains {
	"message": sprintf("%s promises %s. Nothing quoted from a contract in this case requires it.", [
		lib.opening(ids[0]), lib.labels("safeguards", missing),
	]),
	"claims": ids,
} if {
	some [_, missing], positions in unmet
	ids := lib.first_claims(positions)
}

review contains {
	"message": sprintf("%s promises %s; %s requires only %s.", [
		lib.opening(ids[0]), lib.label("safeguards", measure),
		lib.by(general.claim), lib.label("safeguards", general.measure),
	]),
	"claims": array.concat(ids, [general.claim]),
} if {
	some [_, measure], positions in promised
	not required(measure)
	general := broadly(measure)
	ids := lib.first_claims(positions)
}

pass contains {
	"message": sprintf("%s promises %s, and %s requires it.", [
		lib.opening(ids[0]), lib.label("safeguards", measure), lib.by(required(measure)),
	]),
	"claims": array.concat(ids, [required(measure)]),
} if {
	some [_, measure], positions in promised
	ids := lib.first_claims(positions)
}

# promised gathers the passages of a document that promise one measure, for they
# are one question; unmet those that promise the same measures which no contract
# requires.
promised[[lib.claim(id).document, measure]] contains input.position[id] if {
	some id in promises
	some measure in measures(id)
}

unmet[[lib.claim(id).document, missing]] contains input.position[id] if {
	some id in promises
	missing := [measure | some measure in measures(id); not required(measure); not broadly(measure)]
	count(missing) > 0
}

promises := [id |
	count(lib.contracts) > 0
	some id in lib.affirmed("safeguard", "public")
	count(measures(id)) > 0
]

measures(id) := object.get(lib.claim(id).safeguard, "measures", [])

# required returns a contract's claim that requires a measure or a narrower one.
required(measure) := input.covered.safeguard.contract.measures[measure][0]

# broadly returns a contract's claim that requires no more than a measure which
# contains this one. That it speaks of safeguards at all requires none.
broadly(measure) := [{"claim": ids[0], "measure": general} |
	some general, ids in input.named.safeguard.contract.measures
	not general in {measure, "safeguard"}
	lib.is("safeguards", measure, general)
][0]
