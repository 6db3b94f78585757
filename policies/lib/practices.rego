package pia_check.lib

# How a practice stands to what the public was told, on all dimensions at once.
#
# Entity and data are each equal, narrower, broader or overlapping, read as "the
# practice's term is ... than the public one". The sixteen cells are those of
# PolicyLint (Andow et al., "PolicyLint: Investigating Internal Privacy Policy
# Contradictions on Google Play", USENIX Security 2019), which holds statements
# of one policy against each other; here they hold a practice against a promise.

# Both sides say that it is done: does the practice keep within the disclosure?
agreeing := {
	"equal": {"equal": "within", "narrower": "within", "broader": "exceeds", "overlapping": "overlaps"},
	"narrower": {"equal": "within", "narrower": "within", "broader": "exceeds", "overlapping": "overlaps"},
	"broader": {"equal": "exceeds", "narrower": "exceeds", "broader": "exceeds", "overlapping": "overlaps"},
	"overlapping": {"equal": "overlaps", "narrower": "overlaps", "broader": "overlaps", "overlapping": "overlaps"},
}

# The public was told that it is not done. A practice inside what is denied
# contradicts the denial. One that goes beyond it may leave the denied part out,
# so that the denial narrows it, as an exception does.
opposing := {
	"equal": {"equal": "contradicts", "narrower": "contradicts", "broader": "narrows", "overlapping": "overlaps"},
	"narrower": {"equal": "contradicts", "narrower": "contradicts", "broader": "narrows", "overlapping": "overlaps"},
	"broader": {"equal": "narrows", "narrower": "narrows", "broader": "narrows", "overlapping": "overlaps"},
	"overlapping": {"equal": "overlaps", "narrower": "overlaps", "broader": "overlaps", "overlapping": "overlaps"},
}

# The further dimensions that PolicyLint does not have.
further := ["purpose", "condition", "action", "mode"]

# relation returns how the entry relates in one role; what a side leaves out
# sets no boundary and counts as equal.
relation(other, role) := word if {
	word := object.get(other.relation, role, "equal")
	word != "unstated"
} else := "equal"

# verdict says how an entry that affirms a practice stands to one public claim:
# within, exceeds, overlaps or vague where the public claim affirms;
# contradicts, narrows, overlaps, earlier or vague where it denies.
verdict(entry, other) := agreement(other) if {
	entry.polarity == "does"
	other.polarity == "does"
}

verdict(entry, other) := opposition(entry, other) if {
	entry.polarity == "does"
	other.polarity == "does-not"
}

agreement(other) := widened if {
	base := agreeing[relation(other, "entity")][relation(other, "data")]
	widened := widen_agreement(base, {relation(other, role) | some role in further}, other.unbounded)
}

widen_agreement("within", roles, _) := "exceeds" if {
	"broader" in roles
	not "overlapping" in roles
}

widen_agreement("within", roles, _) := "overlaps" if "overlapping" in roles

widen_agreement("within", roles, unbounded) := "within" if {
	unbounded == []
	count(roles & {"broader", "overlapping"}) == 0
}

# "We collect personal data" discloses nothing in particular.
widen_agreement("within", roles, unbounded) := "vague" if {
	unbounded != []
	count(roles & {"broader", "overlapping"}) == 0
}

widen_agreement(base, _, _) := base if base != "within"

opposition(entry, other) := weakened if {
	base := opposing[relation(other, "entity")][relation(other, "data")]
	weakened := weaken_opposition(base, entry, other, {against_denial(other, role) | some role in further})
}

# against_denial is relation, but that a practice which doesn't say for what purpose it is
# done goes beyond a denial for a certain purpose.
against_denial(other, role) := "broader" if {
	other.relation[role] == "unstated"
	other.at[role]
} else := relation(other, role)

weaken_opposition("contradicts", _, _, roles) := "overlaps" if "overlapping" in roles

weaken_opposition("contradicts", _, _, roles) := "narrows" if {
	"broader" in roles
	not "overlapping" in roles
}

# What a record showed before the denial may have ended by then.
weaken_opposition("contradicts", entry, other, roles) := "earlier" if {
	count(roles & {"broader", "overlapping"}) == 0
	not other.relation.duration == "vague"
	entry.side == "observed"
	other.relation.date == "earlier"
}

# What is kept "as long as needed" may be what the denial calls not kept.
weaken_opposition("contradicts", _, other, roles) := "vague" if {
	count(roles & {"broader", "overlapping"}) == 0
	other.relation.duration == "vague"
}

weaken_opposition("contradicts", entry, other, roles) := "contradicts" if {
	count(roles & {"broader", "overlapping"}) == 0
	not other.relation.duration == "vague"
	not earlier_record(entry, other)
}

weaken_opposition(base, _, _, _) := base if base != "contradicts"

earlier_record(entry, other) if {
	entry.side == "observed"
	other.relation.date == "earlier"
}

# standing says how a practice stands to everything that the public was told:
# the best verdict that any public claim gives it, or undisclosed.
standing(entry) := best if {
	verdicts := {verdict(entry, other) | some other in entry.with; other.polarity == "does"}
	best := [word | some word in ["within", "vague", "exceeds", "overlaps"]; word in verdicts][0]
} else := "overlaps" if unnamed(entry)

else := "undisclosed"

# unnamed reports a practice that is put in words which no term has, so that only
# a person can tell whether the public was told of it.
unnamed(entry) if startswith(entry.at[compared_by[claim(entry.claim).topic]], "stated-")

compared_by := {"use": "purpose", "sharing": "entity", "source": "entity", "tracking": "condition", "collection": "data"}

# relating says how a practice of a standing relates to what the public was told.
relating(word, entry) := "as the public was told" if {
	word == "within"
} else := "and whether the public was told so, a person must say" if {
	unnamed(entry)
} else := "which the public documents cover only in part or in general words"

# contradicted reports whether a public claim denies the practice; that is
# CON-001's to tell, and not the business of what was merely left out.
contradicted(entry) if {
	some other in entry.with
	verdict(entry, other) == "contradicts"
}

# nearest returns the public claims that give a practice its standing, at most
# three; for an unnamed practice that none touches, what the public was told.
nearest(entry, word) := array.slice(near, 0, 3) if {
	near := [other.claim |
		some other in entry.with
		other.polarity == "does"
		verdict(entry, other) == word
	]
	count(near) > 0
} else := disclosures(claim(entry.claim).topic)
