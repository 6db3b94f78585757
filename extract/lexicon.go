package extract

import (
	"slices"
	"strings"

	"github.com/pia-check/pia-check/claims"
)

// lexicon finds the terms of every vocabulary in a sequence of tokens.
type lexicon struct{ root *lexNode }

type lexNode struct {
	next  map[string]*lexNode
	terms []lexTerm
}

type lexTerm struct {
	list, id string
	acronym  bool // to be found in capitals only: ICE is no ice
}

// mention is a term of a vocabulary at the tokens [start, end).
type mention struct {
	list, id   string
	start, end int
}

// filler are words within a form that a text may leave out or put in: "end of
// contract" is "the end of the contract".
var filler = map[string]bool{"the": true, "a": true, "an": true, "this": true, "that": true, "such": true, "its": true, "their": true, "your": true, "his": true, "her": true}

// passed reports whether a word is one that a form may leave out; the A of
// A-number is none.
func passed(tokens []token, i int) bool {
	return tokens[i].filler && !(i+1 < len(tokens) && tokens[i+1].glued)
}

// prepositions start labels that are read within a sentence: "at log-in".
var prepositions = words("at in on during when while for to of by from")

func newLexicon(v *claims.Vocabulary) *lexicon {
	x := &lexicon{root: &lexNode{}}
	for _, list := range v.Lists() {
		for _, id := range list.IDs() {
			t := list.Terms[id]
			for _, form := range t.Forms {
				x.add(list.Name, id, form)
			}
			if first, _, several := strings.Cut(t.Label, " "); !several || !prepositions[first] {
				x.add(list.Name, id, t.Label)
			}
		}
	}
	return x
}

func (x *lexicon) add(list, id, form string) {
	tokens := tokenize(form)
	n := x.root
	step := func(key string) {
		if n.next == nil {
			n.next = map[string]*lexNode{}
		}
		if n.next[key] == nil {
			n.next[key] = &lexNode{}
		}
		n = n.next[key]
	}
	for i, t := range tokens {
		if t.mark || len(tokens) > 1 && passed(tokens, i) {
			continue
		}
		step(t.key)
		if t.owner && i+1 < len(tokens) {
			step("'") // users' names are no user names
		}
	}
	if n == x.root || slices.ContainsFunc(n.terms, func(t lexTerm) bool { return t.list == list }) {
		return
	}
	acronym := len(tokens) == 1 && tokens[0].upper && len(form) <= 6
	n.terms = append(n.terms, lexTerm{list, id, acronym})
}

// find returns the mentions of terms, in order of their starts. Within one
// vocabulary the longest form counts, and mentions don't overlap.
func (x *lexicon) find(tokens []token) []mention {
	var found []mention
	ends := map[string]int{} // of the last mention of each vocabulary
	var best []mention
	for i := range tokens {
		if tokens[i].mark || passed(tokens, i) {
			continue
		}
		best = best[:0]
		n := x.root
		for j := i; j < len(tokens); j++ {
			t := &tokens[j]
			if t.mark {
				break
			}
			if j > i && passed(tokens, j) {
				continue
			}
			if j > i && tokens[j-1].owner {
				n = n.next["'"]
			}
			if n != nil {
				n = n.next[t.key]
			}
			if n == nil {
				break
			}
			for _, term := range n.terms {
				if term.acronym && !t.upper {
					continue
				}
				m := mention{term.list, term.id, i, j + 1}
				if k := slices.IndexFunc(best, func(b mention) bool { return b.list == m.list }); k >= 0 {
					best[k] = m
				} else {
					best = append(best, m)
				}
			}
		}
		for _, m := range best {
			if i >= ends[m.list] {
				ends[m.list] = m.end
				found = append(found, m)
			}
		}
	}
	return found
}
