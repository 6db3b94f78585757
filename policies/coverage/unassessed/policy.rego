# METADATA
# scope: package
# title: A technology is in use that no privacy impact assessment covers
# description: |
#   Holds the systems and technologies that contracts, records and reports name against
#   those that privacy impact assessments cover.
#
#   Fails for a technology that no assessment in the case covers, or that an assessment
#   says it does not cover; passes for one that is covered. Open when no assessment in the
#   case says what it covers. Asks for review when only another public document names the
#   technology.
# related_resources:
#   - ref: https://www.govinfo.gov/link/uscode/44/3501
#     description: "E-Government Act of 2002, section 208 (44 U.S.C. 3501 note)"
#   - ref: https://georgewbush-whitehouse.archives.gov/omb/memoranda/m03-22.html
#     description: "OMB Memorandum M-03-22, guidance on the privacy provisions of the E-Government Act of 2002"
#   - ref: https://www.federalregister.gov/documents/2016/07/28/2016-17872/revision-of-omb-circular-no-a-130-managing-information-as-a-strategic-resource
#     description: "OMB Circular A-130, Managing Information as a Strategic Resource"
# custom:
#   id: COV-001
#   severity: high
#   topic: coverage
package pia_check.coverage.unassessed

import data.pia_check.lib

fail contains {
	"message": sprintf("%s that %s is in use or planned; no privacy impact assessment in this case covers it.", [
		lib.practice_opening(id, "provides", "shows"), name(id, slug),
	]),
	"claims": array.concat(array.slice(assessed, 0, 3), [id]),
} if {
	count(assessed) > 0
	some [id, slug] in uncovered
	not mentioned[slug]
}

review contains {
	"message": sprintf("%s that %s is in use or planned; %s names it, but no privacy impact assessment in this case covers it.", [
		lib.practice_opening(id, "provides", "shows"), name(id, slug), lib.by(mentioned[slug]),
	]),
	"claims": [mentioned[slug], id],
} if {
	count(assessed) > 0
	some [id, slug] in uncovered
}

uncovered contains [entry.claim, entry.at.entity] if {
	some entry in lib.practices("coverage")
	not covered(entry)
}

# By technology, a public document other than an assessment that names it.
mentioned := {slug: sort(ids)[0] | some slug, ids in mentions}

mentions[entry.at.entity] contains other.claim if {
	some entry in lib.practices("coverage")
	some other in entry.with
	other.kind != "pia"
	other.polarity == "does"
}

pass contains {
	"message": sprintf("%s that %s is in use or planned, and %s covers it.", [
		lib.practice_opening(entry.claim, "provides", "shows"), name(entry.claim, entry.at.entity), lib.by(other.claim),
	]),
	"claims": [other.claim, entry.claim],
} if {
	some entry in lib.practices("coverage")
	some other in entry.with
	covers(other)
}

open contains {
	"message": sprintf("%s that %s is in use or planned. No privacy impact assessment in this case says what it covers.", [
		lib.practice_opening(entry.claim, "provides", "shows"), name(entry.claim, entry.at.entity),
	]),
	"claims": [entry.claim],
} if {
	assessed == []
	some entry in lib.practices("coverage")
}

covered(entry) if {
	some other in entry.with
	covers(other)
}

covers(other) if {
	other.kind == "pia"
	other.polarity == "does"
}

assessed := [id |
	some id in input.topics.coverage.public
	lib.claim(id).kind == "pia"
]

# name returns a technology as the claim writes it.
name(id, slug) := [system |
	some system in lib.claim(id).coverage.systems
	trim(regex.replace(lower(system), `[^a-z0-9\x{80}-\x{10ffff}]+`, "-"), "-") == slug
][0]
