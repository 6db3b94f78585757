package extract

import (
	"slices"
	"strings"
)

// listGap is how many words may stand between two terms of a list.
const listGap = 14

// excludes are words behind which a list names what is not meant.
var excludes = words("except excluding excludes besides without unless regardless irrespective")

// The boxes of a form, and the signs for them that tokenize makes of "[X]" and "[ ]".
const (
	tickedBoxes, emptyBoxes = "☒☑✓✔✗✘\uf0fe\uf052", "☐□\uf06f\uf0a8"
	tickedBox, emptyBox     = "☒", "☐"
)

var ticked, unticked = words(strings.Join(strings.Split(tickedBoxes, ""), " ")), words(strings.Join(strings.Split(emptyBoxes, ""), " "))

// unchosen reports whether the box before a term, with some words between, is
// empty.
func (a *analysis) unchosen(at int) bool {
	for i := at - 1; i >= 0 && at-i <= 5; i-- {
		switch {
		case unticked[a.tokens[i].text]:
			return true
		case ticked[a.tokens[i].text]:
			return false
		}
	}
	return false
}

// collect returns the terms of a vocabulary that stand in a row from a token
// on, and where the last ends. A finite verb, a question or a long stretch
// without a term ends the row; what an exception names is passed over.
func (a *analysis) collect(list string, at int) (terms []string, end int) {
	depth := 0 // of parentheses, which explain a term and end no stretch
	skipping := a.unchosen(at)
	last := at
	for i := at; i < len(a.tokens) && (i-last <= listGap || depth > 0 && i-last <= maxGap); {
		t := &a.tokens[i]
		switch {
		case t.mark && t.text == "(":
			depth++
		case t.mark && t.text == ")" && depth > 0:
			depth--
			last = i
		}
		switch {
		case t.mark && unticked[t.text]:
			skipping = true
		case t.text == ";" && i+1 < len(a.tokens) && pronouns[a.tokens[i+1].text]:
			return terms, end // another sentence
		case t.text == ";" || t.mark && ticked[t.text] || slices.Contains(a.breaks, i):
			skipping = false
			last = i // a new item has its own stretch
		case excludes[t.text],
			(t.text == "other" || t.text == "rather") && i+1 < len(a.tokens) && a.tokens[i+1].text == "than",
			t.text == "but" && i+1 < len(a.tokens) && (a.tokens[i+1].text == "not" || a.tokens[i+1].text == "no"),
			t.text == "not" && i+1 < len(a.tokens) && (a.tokens[i+1].text == "including" || a.tokens[i+1].text == "include"):
			skipping = true
		case t.mark && t.text == "?":
			return terms, end
		}
		if list == "actors" && i > at && a.further(i) {
			return terms, end
		}
		if g := a.groupAt[i]; g > 0 && i > at && list != "acts" && a.ends(&a.groups[g-1]) {
			return terms, end
		}
		if g := a.groupAt[i]; g > 0 && i > at && list == "data" && a.groups[g-1].infinitive && (a.tokens[i-1].text == "," || end == i) {
			return terms, end // ", to verify", "information to verify": why
		}
		step := 1
		for _, j := range a.mentionAt[i] {
			m := &a.mentions[j]
			if m.list != list || a.otherwise(m) {
				continue
			}
			step = max(min(m.end, a.inner(list, i, m.end))-i, 1)
			last = m.end
			if skipping {
				break
			}
			if !slices.Contains(terms, m.id) {
				terms = append(terms, m.id)
			}
			end = m.end
			break
		}
		i += step
	}
	return terms, end
}

// loggingOn are words before which "logs" is a verb; enforcers those before which
// "law enforcement" says which they are, not what for.
var (
	loggingOn = words("on in off out onto into")
	enforcers = words("record matter agency officer official personnel partner community database system lookout entity authority organization")
)

// inner returns where within (from, to) another term of a list starts: "locate and
// arrest people" is two purposes.
func (a *analysis) inner(list string, from, to int) int {
	for i := from + 1; i < to; i++ {
		if slices.ContainsFunc(a.mentionAt[i], func(j int32) bool { return a.mentions[j].list == list }) {
			return i
		}
	}
	return to
}

// otherwise reports whether what looks like a term means something else here.
func (a *analysis) otherwise(m *mention) bool {
	switch {
	case m.start > 0 && a.tokens[m.start-1].mark && unticked[a.tokens[m.start-1].text]:
		return true // a choice that isn't made
	case m.list == "data" && m.id == "log-data" && m.end-m.start == 1 && m.end < len(a.tokens) && loggingOn[a.tokens[m.end].text]:
		return true // "logs on to the system"
	case m.list == "purposes" && m.id == "law-enforcement" && m.end-m.start == 2 && m.end < len(a.tokens) && enforcers[a.tokens[m.end].key]:
		return true // the records or the officers of law enforcement
	case m.list == "data" && (a.hyphenated(m.end) || a.regardless(m.start)):
		return true // "at log-in" is about no log
	case m.list == "data" && m.end-m.start == 1: // the verb: "log your address"
		g := a.groupOver(m.start)
		return g != nil && g.head == m.start && g.forms&(baseForm|sForm) != 0
	case m.list == "rights" && a.tokens[m.end-1].text == "right":
		return true // a limited right to use the service
	case m.list == "actors" && m.id == "government" && m.end < len(a.tokens) && governmental[a.tokens[m.end].key]:
		return true // the government's data, its purpose rights
	case m.list == "safeguards" && m.id == "access-control" && m.end-m.start == 2 && a.tokens[m.start].key == "authorized":
		return a.tokens[m.start].capital && a.tokens[m.start+1].capital && !a.tokens[m.start].upper // the Authorized Users, a party
	case m.list == "safeguards" && recorded[m.id] && m.end-m.start <= 3 && m.end < len(a.tokens) && ofMeasure[a.tokens[m.end].key] && a.groupOver(m.end) == nil:
		return true // the records of an investigation
	case m.list == "safeguards" && m.id == "safeguard" && m.end-m.start == 1: // "to safeguard the borders" names none
		g := a.groupOver(m.start)
		return g != nil && g.infinitive && g.mood == plain
	case m.list == "safeguards" && m.id == "training" && m.end-m.start <= 6 && a.word(m.end) == "to" && !protecting[a.word(m.end+1)]:
		return true // "trained to switch the camera on"
	case m.list == "safeguards" && m.start > 1 && recorded[m.id] && a.tokens[m.start-1].text == "of" && ofMeasure[a.tokens[m.start-2].key]:
		return true // the results of background checks
	case m.list == "safeguards" && m.start > 0 && lacking[a.tokens[m.start-1].text]:
		return true // "without encryption"
	case m.list == "safeguards" && entering[m.id] && loggingIn[a.tokens[m.start].text] && presumed(a.tokens, m.start):
		return true // "when you log in with your password"
	case m.list == "safeguards" && pseudonymous[m.id]: // what data is used, not what is done to it
		return a.dataAt(m.end-1) || a.dataAt(m.end)
	case m.list == "actors" && m.id == "public" && m.end < len(a.tokens) && publicly[a.tokens[m.end].text]:
		return true // public health
	case m.id == "individual" && (a.tokens[m.end-1].possessive || !a.given(m.start) || a.withinName(m)):
		return true // the individual's employer, a record of the individual, the Veterans Crisis Line
	case m.list == "actors" && a.tokens[m.end-1].possessive && !a.given(m.start):
		return true // the vendor's operation; but "to the FBI's system"
	case m.list == "actors" && a.nobody(m.start) && m.start > 0:
		return true // shared with nobody, or with those and nobody else
	case m.list == "actors": // "outside DHS" is who doesn't have it yet, "other than DHS" who isn't meant
		i := m.start - 1
		for i > 0 && (a.tokens[i].filler || a.tokens[i].text == "of") {
			i--
		}
		return i >= 0 && a.tokens[i].text == "outside" || i > 0 && a.tokens[i].text == "than" && a.tokens[i-1].text == "other" && (i < 2 || !a.nobody(i-2) && !a.nobody(i-3))
	}
	return false
}

// nobody reports whether "nobody" or "no one" starts at a token.
func (a *analysis) nobody(i int) bool {
	return i >= 0 && (a.tokens[i].text == "nobody" || a.tokens[i].text == "no" && a.word(i+1) == "one")
}

// related are words that leave a hyphenated word about what it starts with.
var related = words("related type types specific level derived like and or")

// hyphenated reports whether the token at goes on the word before it by a hyphen.
func (a *analysis) hyphenated(at int) bool {
	if at >= len(a.tokens) || !a.tokens[at].glued || related[a.tokens[at].text] {
		return false
	}
	return a.text[a.tokens[at].start-1] != '/'
}

// regardless reports whether a token stands behind "regardless of" or the like.
func (a *analysis) regardless(at int) bool {
	for at > 0 && a.tokens[at-1].filler {
		at--
	}
	return at > 1 && a.tokens[at-1].text == "of" && (a.tokens[at-2].text == "regardless" || a.tokens[at-2].text == "irrespective")
}

// pseudonymous are the measures that also say which data is meant: "the hashed
// addresses", "anonymised data".
var pseudonymous = map[string]bool{"anonymisation": true, "de-identification": true, "pseudonymisation": true}

// dataAt reports whether a word for data or a term of it starts at a token.
func (a *analysis) dataAt(i int) bool {
	if i >= len(a.tokens) {
		return false
	}
	switch a.tokens[i].key {
	case "data", "information", "dataset", "record", "metric", "statistic":
		return true
	}
	return slices.ContainsFunc(a.mentionAt[i], func(j int32) bool { return a.mentions[j].list == "data" })
}

// given reports whether a token follows one that says to or from whom.
func (a *analysis) given(at int) bool {
	i := at - 1
	for i >= 0 && a.tokens[i].filler {
		i--
	}
	return i < 0 || giving[a.tokens[i].text] || ticked[a.tokens[i].text]
}

var giving = words("to with from by in into and or , ; : among between via through directly")

// publicly are words before which "public" says which, not who.
var publicly = words("health interest key safety sector fund funds record records good policy service services body bodies authority authorities domain official officials agency agencies school schools affairs law network servant servants facing entity entities website websites notice comment facilities housing")

// withinName reports whether a mention is part of a longer proper name.
func (a *analysis) withinName(m *mention) bool {
	return slices.ContainsFunc(a.values, func(v value) bool {
		return v.kind == "name" && v.start <= m.start && m.end <= v.end && m.end-m.start < v.end-v.start
	})
}

// governmental are words before which "government" says whose, not who.
var governmental = words("purpose data information property record right license system equipment facility contract account source furnished owned issued operated")

// furthers are words behind which a list of recipients or sources is over: when
// and why, not who.
var furthers = words("when where whenever if pursuant provided because so upon while during about regarding concerning")

// further reports whether the token starts why or how something is done.
func (a *analysis) further(i int) bool {
	next := a.word(i + 1)
	switch a.tokens[i].text {
	case "in":
		return next == "order" || next == "accordance" || next == "connection" || next == "consultation" || next == "response" || next == "compliance"
	case "for":
		return next == "purposes" || next == "the" && i+2 < len(a.tokens) && a.tokens[i+2].key == "purpose"
	case "with":
		return i+2 < len(a.tokens) && a.tokens[i+2].key == "approval"
	case "to":
		return next == "the" && i+2 < len(a.tokens) && a.tokens[i+2].key == "extent"
	}
	return furthers[a.tokens[i].text]
}

// ends reports whether a verb ends a list: one that has a subject of its own,
// unlike "which is", "provided by" and "used to".
func (a *analysis) ends(g *group) bool {
	if g.bare || g.infinitive {
		return false
	}
	if g.unreal {
		return true
	}
	if g.start > 0 {
		switch a.tokens[g.start-1].text {
		case "that", "which", "who", "whom", "they", "he", "she", "it", "we", "you", "when", "and/or":
			return false
		}
	}
	return g.passive || g.mood != plain || g.negated || g.forms&sForm != 0
}
