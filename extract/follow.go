package extract

import "slices"

// referring are words with which a sentence goes on about the data of the one before.
var referring = words("they these those it this such")

// follow gives a statement on retention that names no data the data of the sentence
// right before it, where it goes on about that: "They are destroyed after a year."
func follow(list []passage, analyses []*analysis, found [][]finding) {
	for i := 1; i < len(list); i++ {
		if a := analyses[i]; !list[i].continues || len(a.tokens) == 0 || !referring[a.tokens[0].text] || list[i].headings != list[i-1].headings {
			continue
		}
		var terms []string
		for j := range found[i] {
			f := &found[i][j]
			if f.rule.Topic != "retention" || f.values["data"] != nil {
				continue
			}
			if terms == nil {
				terms = spokenOf(analyses[i-1], found[i-1])
			}
			if len(terms) > 0 {
				f.values["data"] = terms
			}
		}
	}
}

// maxSpoken is up to how many categories of data "they" can be.
const maxSpoken = 4

// spokenOf returns the data that a sentence is about: that of its statement on
// retention, or what it names before its first verb.
func spokenOf(a *analysis, found []finding) (terms []string) {
	for _, f := range found {
		if data, ok := f.values["data"].([]string); ok && f.rule.Topic == "retention" {
			return slices.Clone(data)
		}
	}
	verb := slices.IndexFunc(a.groups, func(g group) bool { return !g.bare && !g.infinitive })
	for _, m := range a.mentions {
		if m.list == "data" && (verb < 0 || m.start < a.groups[verb].start) {
			terms = union(terms, []string{m.id})
		}
	}
	if len(terms) > maxSpoken {
		return nil
	}
	return terms
}

// maxLabel is up to how many words before a colon say what follows is about.
const maxLabel = 6

// item returns where the item of a list starts that a finding stands in, and up to
// where what follows may be about it.
func (a *analysis) item(f *finding) (from, to int) {
	to = f.match.end + 6
	for _, at := range a.breaks {
		switch {
		case at <= f.match.start:
			from = at
		case at >= f.match.end:
			return from, min(to, at)
		}
	}
	return from, to
}
