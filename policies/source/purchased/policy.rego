# METADATA
# scope: package
# title: Data is bought from data brokers without the public having been told
# description: |
#   Records that are bought and combined with what a programme collects say more about a
#   person than either, and nobody was asked for them.
#
#   Fails when a contract or record shows data from a data broker or another commercial
#   source that no public document names; passes when the purchase is disclosed. Asks for
#   review when sources overlap or the disclosure names nobody in particular. Open when no
#   public document in the case says where data comes from.
# related_resources:
#   - ref: https://www.govinfo.gov/link/uscode/44/3501
#     description: "E-Government Act of 2002, section 208 (44 U.S.C. 3501 note)"
#   - ref: https://georgewbush-whitehouse.archives.gov/omb/memoranda/m03-22.html
#     description: "OMB Memorandum M-03-22, guidance on the privacy provisions of the E-Government Act of 2002"
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(4): notice of each system of records"
# custom:
#   id: SRC-002
#   severity: high
#   topic: source
package pia_check.source.purchased

import data.pia_check.lib

entries := [entry |
	some entry in lib.practices("source")
	lib.is("actors", entry.at.entity, "commercial-source")
]

fail contains finding if some finding in lib.sources_undisclosed(entries)

pass contains finding if some finding in lib.sources_standing(entries, {"within"})

review contains finding if {
	some finding in lib.sources_standing(entries, {"vague", "overlaps"})
}

open contains finding if some finding in lib.sources_unanswered(entries)
