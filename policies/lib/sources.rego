package pia_check.lib

# What SRC-001 and SRC-002 say of practices that show a source of data: each
# judges its own kind of source, in the same way.

# sources_undisclosed returns findings for sources that no public document names.
sources_undisclosed(entries) := {{
	"message": sprintf("%s that %s comes from %s; no public document in this case says so.", [
		practice_opening(entry.claim, "provides", "shows"), supplied(entry.claim), label("actors", entry.at.entity),
	]),
	"claims": array.concat(disclosures("source"), [entry.claim]),
} |
	count(disclosures("source")) > 0
	some entry in entries
	standing(entry) in {"undisclosed", "exceeds"}
	not contradicted(entry)
}

# sources_standing returns findings for sources of one of these standings.
sources_standing(entries, words) := {{
	"message": sprintf("%s that %s comes from %s, %s.", [
		practice_opening(entry.claim, "provides", "shows"), supplied(entry.claim),
		label("actors", entry.at.entity), relating(word, entry),
	]),
	"claims": array.concat(nearest(entry, word), [entry.claim]),
} |
	some entry in entries
	word := standing(entry)
	word in words
	not contradicted(entry)
}

# sources_unanswered returns findings for sources where the public side is silent.
sources_unanswered(entries) := {{
	"message": sprintf("%s that %s comes from %s. No public document in this case says where data comes from.", [
		practice_opening(entry.claim, "provides", "shows"), supplied(entry.claim), label("actors", entry.at.entity),
	]),
	"claims": [entry.claim],
} |
	disclosures("source") == []
	some entry in entries
}

supplied(id) := labels("data", claim(id).source.data)

supplied(id) := "data" if not claim(id).source.data
