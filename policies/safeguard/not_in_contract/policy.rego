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
	"message": sprintf("%s promises %s. Nothing quoted from a contract in this case requires %s.", [
		lib.opening(ids[0]), lib.labels("safeguards", missing), pronoun(missing),
	]),
	"claims": ids,
} if {
	some promised in promises
	missing := [measure | some [measure, _] in promised; not required(measure); not broadly(measure)]
	ids := lib.first_claims({input.position[ids[0]] | some [measure, ids] in promised; measure in missing})
}

pronoun(measures) := "it" if count(measures) == 1

pronoun(measures) := "them" if count(measures) > 1

review contains {
	"message": sprintf("%s promises %s; %s requires only %s.", [
		lib.opening(ids[0]), lib.label("safeguards", measure),
		lib.by(general.claim), lib.label("safeguards", general.measure),
	]),
	"claims": array.concat(ids, [general.claim]),
} if {
	some promised in promises
	some [measure, ids] in promised
	not required(measure)
	general := broadly(measure)
}

pass contains {
	"message": sprintf("%s promises %s, and %s requires it.", [
		lib.opening(ids[0]), lib.label("safeguards", measure), lib.by(required(measure)),
	]),
	"claims": array.concat(ids, [required(measure)]),
} if {
	some promised in promises
	some [measure, ids] in promised
}

# promises holds the measures that each public document promises, each with the
# first passages that do: they are one question.
promises := [[[measure, lib.told(ids)] |
	some measure, named in input.named.safeguard[document.kind].measures
	ids := [id | some id in named; lib.claim(id).document == document.id]
	count(ids) > 0
] |
	count(lib.contracts) > 0
	some document in input.documents
	document.side == "public"
]

# required returns a contract's claim that requires a measure or a narrower one.
required(measure) := input.covered.safeguard.contract.measures[measure][0]

# broadly returns a contract's claim that requires no more than a measure which
# contains this one. That it speaks of safeguards at all requires none.
broadly(measure) := [{"claim": ids[0], "measure": general} |
	some general, ids in input.named.safeguard.contract.measures
	not general in {measure, "safeguard"}
	lib.is("safeguards", measure, general)
][0]
