# METADATA
# scope: package
# title: A retention limit promised to the public is not in the contract
# description: |
#   A limit that the public was told binds a contractor only when the contract has it.
#
#   Open when a public document states how long data is kept and no contract in the case
#   says anything about keeping that data; passes when a contract does (RET-001 judges how
#   long). Not applicable to a case without a contract.
# related_resources:
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(m): government contractors"
#   - ref: https://www.acquisition.gov/far/24.104
#     description: "FAR 24.104, contract clauses 52.224-1 and 52.224-2"
#   - ref: https://www.law.cornell.edu/uscode/text/44/chapter-33
#     description: "Federal Records Act, 44 U.S.C. chapter 33: disposal of records"
# custom:
#   id: RET-002
#   severity: medium
#   topic: retention
package pia_check.retention.not_in_contract

import data.pia_check.lib

open contains {
	"message": sprintf("%s says that %s. Nothing quoted from a contract in this case limits how long it is kept.", [
		lib.opening(id), lib.kept(id),
	]),
	"claims": [id],
} if {
	some id in promises
	not answer(id)
}

pass contains {
	"message": sprintf("%s says that %s, and %s has a term on keeping it.", [
		lib.opening(id), lib.kept(id), lib.by(answer(id)),
	]),
	"claims": [id, answer(id)],
} if {
	some id in promises
	not lib.claim(answer(id)).redacted
}

review contains {
	"message": sprintf("%s says that %s. The passage of %s on keeping it is withheld.", [
		lib.opening(id), lib.kept(id), lib.by(answer(id)),
	]),
	"claims": [id, answer(id)],
} if {
	some id in promises
	lib.claim(answer(id)).redacted
}

promises := [id |
	count(lib.contracts) > 0
	some id in lib.affirmed("retention", "public")
	not lib.claim(id).retention.kind in {"endless", "indeterminate"}
]

# answer returns a contract's claim about keeping the data of a promise, some of
# it, or data that it is part of.
answer(id) := array.concat(
	[term |
		some category in lib.claim(id).retention.data
		term := input.covered.retention.contract.data[category][0]
	],
	[term |
		some category in lib.claim(id).lineage.data
		term := input.named.retention.contract.data[category][0]
	],
)[0]
