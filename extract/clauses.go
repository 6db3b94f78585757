package extract

import "slices"

// What the clause of a verb says of it: under a condition, of something known,
// as an item of a list.

var pronouns, conjunctions = words("they you we he she it"), words("if unless whether and or")

// maxAside is up to how many words an aside between a modal and its verb has.
const maxAside = 12

// aside returns where the modal stands that the aside which ends with the comma
// at i parts from its verb, -1 for none.
func aside(tokens []token, i int) int {
	for j := i - 1; tokens[i].text == "," && j > 0 && i-j <= maxAside+1; j-- {
		if tokens[j].mark {
			if tokens[j].text == "," && modals[tokens[j-1].text] != "" {
				return j - 1
			}
			return -1
		}
	}
	return -1
}

// measured are words behind which "how" asks for a measure: how long it is kept.
var measured = words("long many much often far")

// timely are words that start a clause of time, about something that is known.
var timely = words("when whenever once after before until while each every any")

// presumed reports whether a verb stands in a clause that says of what or when
// the sentence speaks: "when you submit the form", "people who report a fever",
// "the number that you provide".
func presumed(tokens []token, start int) bool {
	for i := start - 1; i >= 0 && start-i <= 8; i-- {
		t := &tokens[i]
		switch {
		case t.mark, t.text == "then":
			return false
		case i == start-1 && t.text == "who":
			return i > 0 && !tokens[i-1].mark
		case i == start-1 && (t.text == "you" || t.text == "they") && i > 0 && (tokens[i-1].text == ")" || told[tokens[i-1].key]):
			return true
		case i == start-1 && pronouns[t.text] && i > 0 && !timely[tokens[i-1].text] && !conjunctions[tokens[i-1].text]:
			return false // "when you enrol we take your photograph"
		case (t.text == "each" || t.text == "every" || t.text == "any") && tokens[i+1].text != "time":
			continue
		case timely[t.text]:
			return true
		}
	}
	return false
}

// told are words before which "you provide" says which: the information you
// provide.
var told = words("information data detail number address name that which")

// conditional reports whether a verb stands in a clause with if or unless.
func conditional(tokens []token, start int) bool {
	for i := start - 1; i >= 0 && start-i <= 16; i-- {
		switch t := &tokens[i]; {
		case t.mark, t.text == "then", t.text == "that" && (i == 0 || !prepositions[tokens[i-1].text]):
			return false
		case i == start-1 && (t.text == "you" || t.text == "they") && i > 0 && !conjunctions[tokens[i-1].text]:
			return false // "if they agree they are asked"
		case t.text == "if", t.text == "unless", t.text == "whether", t.text == "event" && i > 1 && tokens[i-1].text == "the" && tokens[i-2].text == "in" && tokens[i+1].text != "of":
			return true
		case (t.text == "why" || t.text == "how") && start-i <= 4 && !measured[tokens[i+1].text]:
			return true // "explains how we collect your data"
		}
	}
	return false
}

// opensList returns where the words stand that a list of verbs begins with, "shall
// not (a) sell" or "shall not: sell", -1 where none begins at the mark.
func opensList(tokens []token, mark int) int {
	i := mark
	if letter := enumerator(tokens, i); letter != "" {
		if !firsts[letter] {
			return -1
		}
		i -= 3
		if i >= 0 && tokens[i].text != ":" {
			return i
		}
	}
	if i > 0 && tokens[i].text == ":" {
		return i - 1
	}
	return -1
}

var firsts = words("a i 1")

// ensured reports whether what a token says is what somebody must see to: "shall
// ensure that data is encrypted", "Ensure that staff are trained".
func (a *analysis) ensured(at int) bool {
	for i := min(at, len(a.tokens)) - 1; i >= 0 && at-i <= 30; i-- {
		switch t := &a.tokens[i]; {
		case t.text == ";" || t.text == ".":
			return false
		case ensuring[t.text]:
			if i == 0 || a.tokens[i-1].mark || slices.Contains(a.breaks, i) {
				return true
			}
			mood := modals[a.tokens[i-1].text]
			if mood == "" && i > 1 && a.tokens[i-1].text == "to" {
				mood = semiModals[a.tokens[i-2].text]
			}
			return mood == obliged || mood == future
		}
	}
	return false
}

var ensuring = words("ensure procure guarantee")

// attempted reports a verb of which even the attempt is forbidden: "shall not try to
// learn who it is".
func (a *analysis) attempted(g *group) bool {
	for i := g.start - 1; i > 0 && g.start-i <= 7 && !a.tokens[i].mark; i-- {
		if negations[a.tokens[i].text] {
			return modals[a.tokens[i-1].text] != ""
		}
	}
	return false
}

// inverted gives a verb the modal that stands before its subject, behind a denial:
// "in no event may the vendor sell", "nor shall it sell".
func (g *group) inverted(tokens []token) {
	for i := g.start - 1; i > 0 && g.start-i <= 9 && !tokens[i].mark && !relatives[tokens[i].text]; i-- {
		before := &tokens[i-1]
		if modals[tokens[i].text] != "" && (before.text == "nor" || never[before.key] && i > 1 && tokens[i-2].text == "no") {
			g.mood, g.bare = modals[tokens[i].text], false
			return
		}
	}
}

// enumerator returns the letter or number of "(a)" that ends at a token.
func enumerator(tokens []token, end int) string {
	if end < 2 || tokens[end].text != ")" || tokens[end-2].text != "(" || len(tokens[end-1].text) > 4 {
		return ""
	}
	return tokens[end-1].text
}

// goesOn gives a verb that starts a further item the auxiliaries of the first.
func (g *group) goesOn(tokens []token, mark int, before []group) {
	if tokens[mark].text != ";" && (enumerator(tokens, mark) == "" || g.listed) {
		return
	}
	for i := len(before) - 1; i >= 0; i-- {
		if first := &before[i]; first.listed {
			g.mood, g.negated, g.unreal, g.advised = first.mood, g.negated || first.negated, first.unreal, first.advised
			return
		}
	}
}

// people authorised to do something are told by that from others, which permits
// nothing.
var granted, people = words("authorized authorised permitted allowed entitled required"), words("person people personnel staff employee individual user official officer those anyone representative agent someone")

// ofAnotherThing reports whether data is no object of the act or the ownership that a
// match tells of, but stands in a clause of its own: "shall not use personal devices
// to process data", "owns the servers on which data is kept", "no fee for copying it".
func (a *analysis) ofAnotherThing(m *matched) bool {
	from := -1
	for i := max(m.start, 1); i < m.end; i++ {
		if (a.tokens[i].key == "belong" || a.tokens[i].key == "own") && clausal[a.tokens[i-1].text] {
			return true // reads that belong to a case
		}
	}
	for _, c := range m.captures {
		if g := c.group; g != nil {
			from = max(from, g.end)
			if g.bare && g.forms&ingForm != 0 && !g.negated && a.denied(g) {
				return true
			}
		}
	}
	for _, n := range a.mentions {
		if n.list == "acts" && m.start <= n.start && n.end <= m.end {
			from = max(from, n.end)
		}
	}
	if from < 0 {
		return false
	}
	for i := from; i < m.end; i++ {
		if g := a.groupAt[i]; clausal[a.tokens[i].text] || g > 0 && a.groups[g-1].infinitive && a.tokens[i].text == "to" {
			return true
		}
	}
	for i := m.end; i < len(a.tokens) && i < m.end+3; i++ {
		if t := a.tokens[i].text; t == "unauthorized" || t == "unauthorised" {
			return true // by people who may not: a safeguard
		}
	}
	return false
}

var clausal = words("that which who whom whose where whatever when")
