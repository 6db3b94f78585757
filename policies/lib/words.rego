package pia_check.lib

# label says a term in words; without the vocabulary at hand, the term itself.
label(vocabulary, term) := data.vocabulary[vocabulary][term].label if {
	data.vocabulary[vocabulary][term].label
} else := replace(term, "-", " ")

# labels says a list of terms in words: "a", "a and b", "a, b and c".
labels(vocabulary, terms) := enumerate([label(vocabulary, term) | some term in terms])

# enumerate joins words as a sentence does.
enumerate(words) := words[0] if count(words) == 1

enumerate(words) := sprintf("%s and %s", [concat(", ", array.slice(words, 0, last)), words[last]]) if {
	count(words) > 1
	last := count(words) - 1
}

# practice says of a document that is not public how it stands to what follows:
# "the contract ... lets", "the record ... shows that".
practice(id, allowed, _) := sprintf("%s %s", [by(id), allowed]) if claim(id).side == "binding"

practice(id, _, shown) := sprintf("%s %s", [by(id), shown]) if claim(id).side == "observed"

# kept says what a retention claim has done with which data.
kept(id) := claim(id).retention.says

# practice_opening is practice at the start of a sentence.
practice_opening(id, allowed, shown) := sprintf("The%s", [trim_prefix(practice(id, allowed, shown), "the")])
