# METADATA
# scope: package
# title: A public document gives no limit to how long data is kept
# description: |
#   A period such as "as long as necessary" tells the public nothing that could be
#   checked.
#
#   Asks for review of each public statement without a limit; passes statements that give
#   one.
# related_resources:
#   - ref: https://georgewbush-whitehouse.archives.gov/omb/memoranda/m03-22.html
#     description: "OMB Memorandum M-03-22, guidance on the privacy provisions of the E-Government Act of 2002"
#   - ref: https://www.law.cornell.edu/uscode/text/5/552a
#     description: "Privacy Act of 1974, 5 U.S.C. 552a(e)(4): notice of each system of records"
# custom:
#   id: RET-004
#   severity: low
#   topic: retention
package pia_check.retention.vague

import data.pia_check.lib

review contains {
	"message": sprintf("%s says that %s, which sets no limit that could be checked.", [lib.opening(id), lib.kept(id)]),
	"claims": [id],
} if {
	some id in lib.affirmed("retention", "public")
	lib.claim(id).retention.kind == "indeterminate"
}

pass contains {
	"message": sprintf("%s says that %s.", [lib.opening(id), lib.kept(id)]),
	"claims": [id],
} if {
	some id in lib.affirmed("retention", "public")
	lib.claim(id).retention.kind != "indeterminate"
}
