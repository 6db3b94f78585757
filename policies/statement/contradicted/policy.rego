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
#   with it, is vague, or was shown before the denial. Open when the case has contracts or
#   records and nothing in them speaks to the denial.
# related_resources:
#   - ref: https://georgewbush-whitehouse.archives.gov/omb/memoranda/m03-22.html
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
	not sweeping(other.claim)
}

fail contains reversed(entry, other) if {
	some [entry, other] in denials
	reversed_verdict(entry, other) == "contradicts"
	not sweeping(entry.claim)
}

# A draft of a denial that doesn't say of which data is often one of less than it
# seems to be, so it fails nothing before a person has read it.
review contains {
	"message": sprintf("%s denies %s and doesn't say of which data; other passages say that it is done. What the denial covers, a person must say.", [
		lib.opening(id), subjects[lib.claim(id).topic],
	]),
	"claims": array.concat([id], lib.first_claims(positions)),
} if {
	some id, positions in swept
}

swept[other.claim] contains input.position[entry.claim] if {
	some [entry, other] in held
	sweeping(other.claim)
	lib.verdict(entry, other) == "contradicts"
}

swept[entry.claim] contains input.position[other.claim] if {
	some [entry, other] in denials
	sweeping(entry.claim)
	reversed_verdict(entry, other) == "contradicts"
}

sweeping(id) if {
	lib.general_draft(id)
	lib.claim(id).topic in {"retention", "collection", "use", "sharing", "source"}
}

review contains result(entry, other, reasons[lib.verdict(entry, other)]) if {
	some [entry, other] in held
}

reasons := {
	"narrows": " That goes beyond what is denied, so it may leave the denied part out.",
	"overlaps": " The two overlap without the one containing the other.",
	"earlier": " The record is older than the denial.",
	"vague": " How long it is done is not said, so it may be what the denial leaves out.",
}

pass contains {
	"message": sprintf("%s denies %s, and so does %s.", [
		lib.opening(other.claim), doing(entry.topic, other.at), lib.by(entry.claim),
	]),
	"claims": [other.claim, entry.claim],
} if {
	some [entry, other] in confirmed
}

open contains {
	"message": sprintf("%s denies %s. No contract or record in this case speaks to that.", [lib.opening(ids[0]), subject]),
	"claims": ids,
} if {
	count(array.concat(input.sides.binding, input.sides.observed)) > 0
	some topic, subject in subjects
	count(spoken(topic)) == 0
	denials := lib.denied(topic, "public")
	some document in {lib.claim(id).document | some id in denials}
	ids := lib.told([id | some id in denials; lib.claim(id).document == document])
}

# The topics whose denials are held here, and what each denies.
subjects := {
	"retention": "keeping certain data",
	"collection": "collecting certain data",
	"tracking": "certain tracking",
	"use": "certain uses of data",
	"sharing": "sharing data with certain recipients",
	"source": "getting data from certain sources",
	"safeguard": "an incident",
}

spoken(topic) := array.concat(input.topics[topic].binding, input.topics[topic].observed)

# Practices and the public denials that they touch.
held := [[entry, other] |
	some entry in affirming
	some other in entry.with
	other.polarity == "does-not"
	not lib.unnamed(other) # what exactly is denied, no term says
	not sale_alone(entry, other)
]

# That data isn't sold denies no other way of giving it to somebody.
sale_alone(entry, other) if {
	other.at.purpose == "sale-of-data"
	not entry.at.purpose
}

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

# A public denial that stands later in the case than the public claim that it
# contradicts: the relation reads the other way round.
denials := [[entry, other] |
	some topic, _ in subjects
	some comparison in input.comparisons[topic]
	comparison.side == "public"
	comparison.polarity == "does-not"
	not lib.unnamed(comparison)
	entry := object.union(comparison, {"topic": topic})
	some other in entry.with
	other.polarity == "does"
]

reversed_verdict(entry, other) := lib.verdict({"polarity": "does", "side": "public"}, {
	"polarity": "does-not", "unbounded": [], "at": entry.at,
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
	"message": sprintf("%s denies %s; %s.%s", [
		lib.opening(other.claim), doing(entry.topic, entry.at), done(entry.claim), reason,
	]),
	"claims": [other.claim, entry.claim],
}

reversed(entry, other) := {
	"message": sprintf("%s denies %s; %s.", [
		lib.opening(entry.claim), doing(entry.topic, other.at), done(other.claim),
	]),
	"claims": [entry.claim, other.claim],
}

done(id) := sprintf("%s says that it is done", [lib.by(id)]) if lib.claim(id).side == "public"

done(id) := lib.practice(id, "provides for it", "shows it") if lib.claim(id).side != "public"

# doing says what is denied, at the terms where the two sides meet.
doing("retention", at) := sprintf("keeping %s", [category(at)])

doing("collection", at) := sprintf("collecting %s", [category(at)])

doing("tracking", at) := "continuous tracking" if at.condition == "continuous"

doing("tracking", at) := sprintf("taking %s %s", [category(at), lib.label("triggers", at.condition)]) if {
	at.condition != "continuous"
}

doing("use", at) := sprintf("using %s for %s", [category(at), lib.label("purposes", at.purpose)])

doing("sharing", at) := sprintf("sharing %s with %s", [category(at), lib.label("actors", at.entity)])

doing("source", at) := sprintf("getting %s from %s", [category(at), lib.label("actors", at.entity)])

doing("safeguard", _) := "such an incident"

category(at) := lib.label("data", at.data)

category(at) := "data" if not at.data
