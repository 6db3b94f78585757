# METADATA
# scope: package
# title: A contract about personal data lacks a required privacy clause
# description: |
#   FAR 24.104 requires the clauses 52.224-1 and 52.224-2 in contracts that call for the
#   design, development or operation of a system of records on individuals. A contract in
#   a case about personal data is taken for such a contract.
#
#   Fails when clauses quoted from the contract lack one of the two, or when a record says
#   that it is not there; passes when both are there. Asks for review when pages of the
#   contract are withheld. Open when no clause of the contract is quoted at all. Not
#   applicable to a case without a contract or without claims about personal data.
# related_resources:
#   - ref: https://www.acquisition.gov/far/24.104
#     description: "FAR 24.104, contract clauses 52.224-1 and 52.224-2"
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(m): government contractors"
# custom:
#   id: CLS-001
#   severity: high
#   topic: clause
package pia_check.clause.privacy_missing

import data.pia_check.lib

fail contains result(contract, "lacks") if {
	some contract in examined
	count(missing(contract)) > 0
	not withheld(contract)
}

review contains result(contract, "does not show, though pages of it are withheld,") if {
	some contract in examined
	count(missing(contract)) > 0
	withheld(contract)
}

pass contains {
	"message": sprintf("%s contains %s.", [lib.opening(clauses[contract][0]), lib.labels("clauses", required)]),
	"claims": clauses[contract],
} if {
	some contract in examined
	missing(contract) == []
}

open contains {
	"message": sprintf("No clause of %s is quoted in this case, so whether it contains %s is not known.", [
		document_name(contract), lib.labels("clauses", required),
	]),
	"claims": [about_people],
} if {
	some contract in lib.contracts
	not clauses[contract]
	about_people
}

required := ["far-52.224-1", "far-52.224-2"]

# The contracts of a case about personal data, as far as clauses are quoted.
examined := [contract |
	about_people
	some contract in lib.contracts
	clauses[contract]
]

# The claim that shows that the case is about personal data.
about_people := [id |
	some topic in ["collection", "tracking", "retention", "sharing"]
	some side in ["public", "binding", "observed"]
	some id in array.slice(input.topics[topic][side], 0, 1)
][0]

# By contract, up to three claims that quote its clauses.
clauses := {contract: array.slice(ids, 0, 3) |
	some contract in lib.contracts
	ids := [id | some id in quoted; lib.claim(id).document == contract]
	count(ids) > 0
}

quoted := lib.affirmed("clause", "binding")

contained := {contract: {clause | some id in quoted; lib.claim(id).document == contract; some clause in lib.claim(id).clause.clauses} |
	some contract, _ in clauses
}

missing(contract) := [clause | some clause in required; not clause in contained[contract]]

withheld(contract) if {
	some document in input.documents
	document.id == contract
	count(document.redacted) > 0
}

document_name(contract) := [document.name | some document in input.documents; document.id == contract][0]

result(contract, lacks) := {
	"message": sprintf("%s concerns a system that holds personal data and %s %s, which FAR 24.104 requires of contracts to operate a system of records on individuals.", [
		lib.opening(clauses[contract][0]), lacks, lib.labels("clauses", missing(contract)),
	]),
	"claims": array.concat([about_people], clauses[contract]),
}
