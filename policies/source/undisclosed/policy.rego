# METADATA
# scope: package
# title: Data comes from a source that the public was not told of
# description: |
#   Holds the third parties that supply data, by a contract or record, against the sources
#   that public documents name. Data that is bought is SRC-002's business.
#
#   Fails for a source that no public document names; passes for one that is disclosed.
#   Asks for review when sources overlap or the disclosure names nobody in particular.
#   Open when no public document in the case says where data comes from.
# related_resources:
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(2): collection from the individual where practicable"
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(4): notice of each system of records"
#   - ref: https://georgewbush-whitehouse.archives.gov/omb/memoranda/m03-22.html
#     description: "OMB Memorandum M-03-22, guidance on the privacy provisions of the E-Government Act of 2002"
# custom:
#   id: SRC-001
#   severity: medium
#   topic: source
package pia_check.source.undisclosed

import data.pia_check.lib

entries := [entry |
	some entry in lib.practices("source")
	not lib.is("actors", entry.at.entity, "commercial-source")
	entry.at.entity != "individual" # the person concerned knows what they give
]

fail contains finding if some finding in lib.sources_undisclosed(entries)

pass contains finding if some finding in lib.sources_standing(entries, {"within"})

review contains finding if {
	some finding in lib.sources_standing(entries, {"vague", "overlaps"})
}

open contains finding if some finding in lib.sources_unanswered(entries)
