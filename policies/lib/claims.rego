# METADATA
# title: Library
# description: What the policies share. Policies of your own may import it, too.
package pia_check.lib

# claim returns a claim by its id.
claim(id) := input.claims[input.position[id]]

# by names the document of a claim, to go into a sentence.
by(id) := sprintf("the %s", [claim(id).document_name])

# opening is by at the start of a sentence.
opening(id) := sprintf("The %s", [claim(id).document_name])

# affirmed returns the claims of a topic and side that say "does".
affirmed(topic, side) := [id |
	some id in input.topics[topic][side]
	claim(id).polarity == "does"
]

# denied returns the claims of a topic and side that say "does not".
denied(topic, side) := [id |
	some id in input.topics[topic][side]
	claim(id).polarity == "does-not"
]

# disclosures returns up to three public claims of a topic, to stand for what
# the public was told.
disclosures(topic) := array.slice(affirmed(topic, "public"), 0, 3)

# contracts returns the current contracts of the case.
contracts := [document.id |
	some document in input.documents
	document.kind == "contract"
	not document.superseded
]

# practices returns what documents of the binding and the observed side say is
# done or allowed, term by term.
practices(topic) := [entry |
	some entry in input.comparisons[topic]
	entry.side != "public"
	entry.polarity == "does"
]

# is reports whether a term of a vocabulary is another or narrower than it.
is(_, term, broader) if term == broader

is(vocabulary, term, broader) if broader in data.vocabulary[vocabulary][term].ancestors

# first_practices returns the claims of up to three practices of a topic, and
# nothing when there are none.
first_practices(topic) := ids if {
	ids := array.slice([entry.claim | some entry in practices(topic)], 0, 3)
	count(ids) > 0
}

# general_draft reports a draft that doesn't say which data it is about.
general_draft(id) if {
	claim(id).review == "draft"
	general_data(id)
}

# general_data reports whether a claim doesn't say which data it is about.
general_data(id) if {
	this := claim(id)
	object.get(this[this.topic], "data", ["personal-data"]) == ["personal-data"]
}

# first_claims returns the ids of claims by their positions in the case, in order,
# as many as one finding tells of.
first_claims(positions) := told([input.claims[position].id | some position in sort(positions)])

# told returns as many of the passages that say the same as one finding tells of.
told(ids) := array.slice(ids, 0, 8)

# several_periods reports whether the document of a retention claim gives another
# period, too, for the same data.
several_periods(id) if {
	this := claim(id)
	some side in ["public", "binding"]
	some another in affirmed("retention", side)
	claim(another).document == this.document
	claim(another).retention.data == this.retention.data
	claim(another).retention.text != this.retention.text
}
