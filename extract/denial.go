package extract

import (
	"slices"
	"strings"

	"github.com/pia-check/pia-check/claims"
)

// What makes a statement a denial, and which denials deny nothing.

// hedged reports a denial that is not the sentence's own: it stands in a relative
// clause, is made with "without", or has an exception. That data goes to nobody
// "except as the law requires" is a denial, unless the exception names somebody.
func (a *analysis) hedged(g *group, m *matched, topic string) bool {
	if a.tokens[g.start].text == "do" && opens(g, a) {
		return true // a demand: do not use
	}
	if topic == "sharing" && g.mood == allowed && a.ofOthers(g) {
		return true
	}
	for i := g.start - 1; i >= 0 && g.start-i <= 4; i-- {
		switch t := a.tokens[i].text; t {
		case "that":
			if i > 0 && assuring[a.tokens[i-1].text] {
				continue // "we ensure that your data is not disclosed"
			}
			if topic != "retention" || i > 0 && !a.tokens[i-1].mark {
				return true // else which: "that footage is not kept"
			}
		case "which", "who", "where", "whose", "without", "neither", "while", "whereas", "although", "because", "than":
			return true
		case ",", ";", ":", ".":
			i = 0
		}
	}
	for i := g.start; i < len(a.tokens) && a.tokens[i].text != ";"; i++ {
		if topic == "sharing" && !a.namesRecipient(i) && !a.names("data", i) {
			return false // an exception that names neither who nor what
		}
		next := a.word(i + 1)
		switch t := a.tokens[i].text; {
		case t == "but" && (next == "for" || next == "only"),
			places[t] && i < g.end+6 && hasClass(g, "keep"), // kept elsewhere, then
			topic == "collection" && elsewhere[t] && i < m.end+6,
			topic == "retention" && (t == "in" || t == "within") && i < g.end+3 && hasClass(g, "keep") && i+1 < len(a.tokens) && a.tokens[i+1].upper, // of a system that is named
			topic == "retention" && (t == "alongside" || t == "together" || t == "outside" && i < g.end+14 && hasClass(g, "keep")),
			topic != "sharing" && t == "any" && next == "other",
			t == "except", t == "unless", t == "excepting", t == "besides",
			t == "save" && (next == "for" || next == "as" || next == "where"), t == "apart" && next == "from", t == "aside" && next == "from",
			t == "other" && next == "than", t == "until", t == "otherwise" && i >= g.end, t == "only" && i < m.end, t == "beyond", t == "necessarily":
			return true
		}
	}
	return false
}

var assuring = words("ensure ensures confirm confirms promise promises guarantee guarantees assure assures agree agrees warrant warrants certify certifies")

var others = words("recipient recipients party parties contractor contractors vendor vendors partner partners provider providers processor processors")

// ofOthers reports whether a verb says what those may not do who have received
// data, which denies nothing that the system does.
func (a *analysis) ofOthers(g *group) bool {
	for i := g.start - 1; i >= 0 && g.start-i <= 3 && !a.tokens[i].mark; i-- {
		if others[a.tokens[i].text] {
			return true
		}
	}
	return false
}

// otherThan reports whether a match is about all purposes but one that follows:
// "shall not retain or use the data for any purpose other than the services".
func (a *analysis) otherThan(m *matched) bool {
	for i := m.start; i+1 < len(a.tokens) && i < m.end+12 && !stops(&a.tokens[i]); i++ {
		if t, next := a.tokens[i].text, a.tokens[i+1].text; (t == "purpose" || t == "purposes" || t == "reason") && (next == "other" || next == "not" || next == "except") {
			return true
		}
	}
	return false
}

// voluntary reports a denial whose exception is what the person gives: "we don't
// collect your name unless you choose to provide it".
func (a *analysis) voluntary(g *group) bool {
	for i := g.end; i < len(a.tokens) && a.tokens[i].text != ";"; i++ {
		if a.tokens[i].text != "unless" {
			continue
		}
		for j := range a.groups {
			if v := &a.groups[j]; v.start > i && v.start <= i+8 && hasClass(v, "provide") && !v.passive && !v.negated {
				return true
			}
		}
	}
	return false
}

// names reports whether a term of a vocabulary stands at a token or behind it.
func (a *analysis) names(list string, from int) bool {
	return slices.ContainsFunc(a.mentions, func(m mention) bool { return m.list == list && m.id != "individual" && m.start >= from })
}

// namesRecipient reports whether somebody is named at a token or behind it other
// than as the one who orders it: "unless a judge orders us to".
func (a *analysis) namesRecipient(from int) bool {
	return slices.ContainsFunc(a.mentions, func(m mention) bool {
		return m.list == "actors" && m.id != "individual" && m.start >= from && !(m.end < len(a.tokens) && ordering[a.tokens[m.end].text])
	})
}

var ordering = words("order orders ordered require requires directs compels commands demands")

// places are where data may not be kept though it is kept elsewhere.
var places = words("server servers backend layer")

// elsewhere are words behind which data that isn't held here, or longer, is held
// all the same.
var elsewhere = words("locally longer permanently indefinitely afterwards thereafter after device devices phone phones cache kiosk camera cameras")

// vague reports a denial that doesn't say of which data, and a heading that names
// safeguards but no measure, or one in a word: "Backups."
func (f *finding) vague(a *analysis) bool {
	if f.rule.Topic == "safeguard" && len(a.tokens) <= 2 && a.fragment() && strings.HasSuffix(a.text, ".") {
		return true
	}
	if list, _ := f.values["measures"].([]string); len(list) == 1 && list[0] == "safeguard" && (a.fragment() || len(a.tokens) <= 3) {
		return len(a.tokens) <= 9 || !strings.HasSuffix(a.text, ".") // a sentence may have a verb that we don't know
	}
	if f.rule.Topic != "use" || claims.Polarity(f.modality) != "does-not" || f.values["data"] != nil {
		return false
	}
	if list, _ := f.values["purposes"].([]string); slices.Contains(list, "automated-decisions") {
		return false // whatever data they rest on
	}
	from := max(clauseStart(a, f), f.match.start-8)
	if t := a.tokens[f.match.start].text; t == "and" || t == "but" || t == "or" {
		from = 0 // "the data is used for this and is not used for that"
	}
	for _, t := range a.tokens[from:f.match.end] {
		if ofSome[t.key] {
			return false
		}
	}
	return true
}

// refused reports whether a match that rests on no verb of ours has a denial in it
// or right before it: "this does not help us", "we don't look at it".
func (a *analysis) refused(m *matched) bool {
	if slices.ContainsFunc(m.captures, func(c capture) bool { return c.group != nil }) {
		return false
	}
	return slices.ContainsFunc(a.tokens[max(0, m.start-2):m.end], func(t token) bool { return negations[t.text] })
}

// ofSome are words that leave no doubt which data a denial is about.
var ofSome = words("data information record nothing it they this them these footage recording register roster log image read result score file list report system app tool camera drone video photo photograph detail point number template plate clip audio")

// bounds reports a denial that sets a limit: "is not kept longer than 30 days",
// "will not be destroyed until 7 years after".
func bounds(a *analysis, g *group, m *matched) bool {
	if hasClass(g, "destroy") {
		for _, t := range a.tokens[m.start:m.end] {
			if t.text == "until" {
				return true
			}
		}
	}
	if hasClass(g, "keep") && g.end < m.end && slices.ContainsFunc(a.tokens[g.end:m.end], func(t token) bool { return t.text == "beyond" || t.text == "past" }) {
		return true
	}
	for _, c := range m.captures {
		if c.kind != "period" {
			continue
		}
		if hasClass(g, "destroy") {
			return true
		}
		for i := g.end; i < c.end && i < len(a.tokens); i++ {
			switch a.tokens[i].text {
			case "longer", "beyond", "more", "exceeding", "exceed", "past", "after", "over", "except":
				return true
			}
		}
	}
	return false
}

// movable are words for what data may not be kept on, though it is kept.
var movable = words("media medium device devices laptop laptops drive drives computers portable removable usb")

// limits reports a denial that says how long at most or on what, not that
// nothing is kept.
func (a *analysis) limits(g *group) bool {
	if !hasClass(g, "keep") {
		return false
	}
	for _, t := range a.tokens[g.end:min(g.end+3, len(a.tokens))] {
		if t.text == "longer" || t.text == "beyond" || t.text == "past" {
			return true
		}
	}
	for _, t := range a.tokens[g.end:min(g.end+16, len(a.tokens))] {
		if t.text == "outside" || t.text == "offshore" {
			return true // where, not whether
		}
	}
	if !g.passive {
		return false
	}
	for i, t := range a.tokens[g.end:min(g.end+6, len(a.tokens))] {
		if movable[t.text] && i > 0 {
			return true // "shall not be stored on portable media"
		}
	}
	return false
}

// opens reports whether a verb starts its sentence.
func opens(g *group, a *analysis) bool {
	if g.start > 0 && a.tokens[g.start].glued {
		if first := a.groupOver(g.start - 1); first != nil {
			return opens(first, a) // delete/destroy
		}
	}
	if g.start > 0 && a.tokens[g.start-1].text == "then" {
		return g.start == 1 || a.tokens[g.start-2].mark || a.tokens[g.start-2].text == "and" // 2 years, then destroy
	}
	return g.start == 0 || a.tokens[g.start-1].mark || slices.Contains(a.breaks, g.start)
}

// denied reports a denial outside the verb group: "no data is shared",
// "collects no data", "none of the records are". "No longer than" is none.
func (a *analysis) denied(g *group) bool {
	if a.opensWithNever() && !slices.ContainsFunc(a.tokens[:g.start], func(t token) bool { return neverUpTo[t.text] }) {
		return true
	}
	for i := g.start - 1; i >= 0 && g.start-i <= 12; i-- {
		t := a.tokens[i].text
		if t == ";" || t == ":" || t == "." || t == "," && g.bare && g.forms&ingForm == 0 || preventing[t] {
			break // "no access to the system, or to data kept there", "nothing prevents"
		}
		if a.noAt(i) || (g.bare || a.tokens[g.start].text == "being") && g.start-i <= 7 && (negations[t] || t == "unable" || t == "incapable") {
			return true // "is not capable of tracking"
		}
		if first := a.groupOver(i); first != nil {
			if g.joined {
				return a.denied(first) // "neither party shall sell or share it"
			}
			break
		}
	}
	for i := g.end; i < len(a.tokens) && i < g.end+2; i++ {
		if a.tokens[i].text != "nor" && a.noAt(i) {
			return true
		}
	}
	// "We do not use cookies to collect names."
	for i := range a.groups {
		if before := &a.groups[i]; g.infinitive && before.end <= g.start && g.start-before.end <= 6 && before.negated && hasClass(before, "use") {
			return true
		}
	}
	return false
}

// opensWithNever reports a sentence that starts with "at no time" or the like, with
// the words of never; neverUpTo are those up to which that holds.
func (a *analysis) opensWithNever() bool {
	return len(a.tokens) > 2 && (a.tokens[0].text == "at" || a.tokens[0].text == "in" || a.tokens[0].text == "under") && a.tokens[1].text == "no" && never[a.tokens[2].key]
}

var never, neverUpTo = words("time point event case circumstance way"), words("unless except without if that which who ;")

func (a *analysis) noAt(i int) bool {
	next := a.word(i + 1)
	switch a.tokens[i].text {
	case "no":
		switch next {
		case "event":
			return i > 0 && a.tokens[i-1].text == "in" && i+2 < len(a.tokens) && modals[a.tokens[i+2].text] != "" // in no event shall
		case "longer", "later", "more", "less", "fewer", "earlier", "sooner", "matter", "doubt", "cost", "charge", ".", "":
			return false
		}
		return true
	case "none", "nothing", "nor", "neither":
		return true
	}
	return false
}

// gerund reads what stands before "retaining": without, from, prohibited from.
func (g *group) gerund(tokens []token) {
	at := g.start
	if at > 0 && tokens[at-1].mark {
		at = opensList(tokens, at-1) + 1 // prohibited from: (a) selling
	}
	for j := at - 1; j >= 0 && at-j < 3; j-- {
		switch tokens[j].text {
		case "without":
			g.negated = true
			return
		case "from":
			for k := j - 1; k >= 0 && j-k < 4; k-- {
				if semiModals[tokens[k].text] == "not" || preventing[tokens[k].text] {
					if k > 0 && (negations[tokens[k-1].text] || nothing(tokens[:k])) {
						g.mood = allowed
						return
					}
					g.negated, g.mood, g.listed = true, obliged, at < g.start
					return
				}
			}
			return
		}
	}
}

var preventing = words("prohibit prohibits prohibiting prevent prevents preventing preclude precludes precluding")

// nothing reports whether a sentence opens with words such as "nothing in this
// agreement", which turn what they forbid into a permission.
func nothing(tokens []token) bool {
	return slices.ContainsFunc(tokens[max(0, len(tokens)-14):], func(t token) bool { return t.text == "nothing" })
}
