# METADATA
# scope: package
# title: A public statement is contradicted by a record, a contract or another public document
# description: |
#   Holds what public documents say is not done against what contracts, records and other
#   public documents say is done, on any topic. Entity, data, purpose, condition and date
#   are compared at once (PolicyLint's table, policies/lib/practices.rego). Rights in data
#   are RGT-002's, the capability for continuous tracking TRK-002's business.
#
#   Fails when what is done lies within what is denied; passes when a contract or record
#   confirms the denial. Asks for review when it goes beyond the denied part, overlaps
#   with it, or was shown before the denial. Open when the case has contracts or records
#   and nothing in them speaks to the denial.
# related_resources:
#   - ref: https://www.whitehouse.gov/wp-content/uploads/2017/11/203-M-03-22-OMB-Guidance-for-Implementing-the-Privacy-Provisions-of-the-E-Government-Act-of-2002-1.pdf
#     description: "OMB Memorandum M-03-22, guidance on the privacy provisions of the E-Government Act of 2002"
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(3): what individuals are told when asked for information"
#   - ref: https://www.govinfo.gov/link/uscode/44/3501
#     description: "E-Government Act of 2002, section 208 (44 U.S.C. 3501 note)"
# custom:
#   id: CON-001
#   severity: critical
#   topic: statement
package pia_check.statement.contradicted

import data.pia_check.lib

fail contains result(entry, other, "") if {
	some [entry, other] in held
	lib.verdict(entry, other) == "contradicts"
}

fail contains reversed(entry, other) if {
	some [entry, other] in denials
	reversed_verdict(other) == "contradicts"
}

review contains result(entry, other, reasons[lib.verdict(entry, other)]) if {
	some [entry, other] in held
}

reasons := {
	"narrows": " That goes beyond what is denied, so it may leave the denied part out.",
	"overlaps": " The two overlap without the one containing the other.",
	"earlier": " The record is older than the denial.",
}

pass contains {
	"message": sprintf("%s denies %s, and so does %s.", [
		lib.opening(other.claim), subjects[entry.topic], lib.by(entry.claim),
	]),
	"claims": [other.claim, entry.claim],
} if {
	some [entry, other] in confirmed
}

open contains {
	"message": sprintf("%s denies %s. Nothing in this case speaks to that.", [lib.opening(id), subjects[topic]]),
	"claims": [id],
} if {
	count(array.concat(input.sides.binding, input.sides.observed)) > 0
	some topic, _ in subjects
	count(spoken(topic)) == 0
	some id in lib.denied(topic, "public")
}

# What a denial of each topic is a denial of.
subjects := {
	"retention": "keeping data",
	"collection": "collecting data",
	"tracking": "such tracking",
	"use": "such use of data",
	"sharing": "such sharing of data",
	"source": "such a source of data",
	"safeguard": "such an incident or measure",
	"coverage": "covering such a system",
	"clause": "such a clause",
}

spoken(topic) := array.concat(input.topics[topic].binding, input.topics[topic].observed)

# Practices and the public denials that they touch.
held := [[entry, other] |
	some entry in affirming
	some other in entry.with
	other.polarity == "does-not"
]

affirming := [object.union(entry, {"topic": topic}) |
	some topic, _ in subjects
	some entry in input.comparisons[topic]
	entry.polarity == "does"
	not other_business(topic, entry)
]

other_business("tracking", entry) if {
	entry.side != "public"
	entry.at.condition == "continuous"
	lib.claim(entry.claim).tracking.mode == "capability"
}

# Technologies that an assessment says it doesn't cover are COV-001's business.
other_business("coverage", _)

# A public denial that stands later in the case than the public claim that it
# contradicts: the relation reads the other way round.
denials := [[entry, other] |
	some topic, _ in subjects
	topic != "coverage"
	some comparison in input.comparisons[topic]
	comparison.side == "public"
	comparison.polarity == "does-not"
	entry := object.union(comparison, {"topic": topic})
	some other in entry.with
	other.polarity == "does"
]

reversed_verdict(other) := lib.verdict({"polarity": "does", "side": "public"}, {
	"polarity": "does-not", "unbounded": [],
	"relation": {role: turned | some role, word in other.relation; turned := object.get(turn, word, word)},
})

turn := {"narrower": "broader", "broader": "narrower"}

# The other side denies it, too, at least as widely.
confirmed := [[entry, other] |
	some topic, _ in subjects
	some comparison in input.comparisons[topic]
	comparison.side != "public"
	comparison.polarity == "does-not"
	entry := object.union(comparison, {"topic": topic})
	some other in entry.with
	other.polarity == "does-not"
	every role in ["entity", "data", "purpose", "condition", "action", "mode"] {
		lib.relation(other, role) in {"equal", "broader"}
	}
]

result(entry, other, reason) := {
	"message": sprintf("%s denies %s%s; %s that it is done.%s", [
		lib.opening(other.claim), subjects[entry.topic], terms(entry.at),
		verb(entry.claim), reason,
	]),
	"claims": [other.claim, entry.claim],
}

reversed(entry, other) := {
	"message": sprintf("%s denies %s%s; %s that it is done.", [
		lib.opening(entry.claim), subjects[entry.topic], terms(other.at), verb(other.claim),
	]),
	"claims": [entry.claim, other.claim],
}

verb(id) := sprintf("%s says", [lib.by(id)]) if lib.claim(id).side == "public"

verb(id) := lib.practice(id, "provides", "shows") if lib.claim(id).side != "public"

vocabularies := {"entity": "actors", "data": "data", "purpose": "purposes", "condition": "triggers", "action": "safeguards"}

# terms says what is at issue: " (geolocation, during video calls)".
terms(at) := sprintf(" (%s)", [concat(", ", [lib.label(vocabularies[role], at[role]) |
	some role in ["entity", "data", "purpose", "condition", "action"]
	at[role]
])]) if count(at) > 0

terms(at) := "" if count(at) == 0
