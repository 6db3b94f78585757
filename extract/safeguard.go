package extract

import "slices"

// What safeguards say by words that mean other things elsewhere.

// recorded are the measures whose records are data: a background investigation's,
// the courses taken; ofMeasure the words for such records.
var (
	recorded  = words("background-checks training incident-reporting")
	ofMeasure = words("record file data information result report form history status material certificate")
)

// protecting are what training for the protection of data is to.
var protecting = words("protect safeguard handle keep secure ensure recognize recognise prevent respect maintain treat report identify understand comply raise use")

// lacking are words before a measure that isn't taken.
var lacking = words("without lacking lack lacks lacked insufficient inadequate weak missing absent")

// entering are the measures by which a person enters a system, loggingIn the
// words with which they say so.
var (
	entering  = words("access-control password-protection multi-factor-authentication")
	loggingIn = words("log logs logging login enter enters entering sign signs signing")
)

// measure reports whether a token lies in a safeguard that a match captured.
func (m *matched) measure(at int) bool {
	return slices.ContainsFunc(m.captures, func(c capture) bool { return c.kind == "safeguards" && c.start <= at && at < c.end })
}

// forbids reports whether a denial is the safeguard itself: "not stored outside the
// country", which a term names from its "not" on.
func (m *matched) forbids(a *analysis, g *group) bool {
	return slices.ContainsFunc(m.captures, func(c capture) bool {
		return c.kind == "safeguards" && g.start <= c.start && c.start < g.head && (negations[a.tokens[c.start].text] || a.tokens[c.start].text == "no")
	})
}

// unknownVerb returns the modal before a match that belongs to a verb which no
// class has, as its verb: "shall finish the course". nil when a verb that is
// known stands between the two, or there is no modal.
func (a *analysis) unknownVerb(g *group, m *matched) *group {
	from, to := 0, m.end
	if g != nil {
		from = g.end
	}
	if g == nil || g.start == g.head && g.start >= m.start { // no verb but a noun's: "access codes must be changed"
		to = min(to+4, len(a.tokens))
	}
	for i := to - 1; i >= from; i-- {
		t := &a.tokens[i]
		if t.text == ";" || slices.Contains(a.breaks, i) {
			return nil
		}
		if semiModals[t.text] == obliged && a.word(i+1) == "to" && a.groupOver(i) == nil && !m.measure(i) {
			return &group{start: i, head: i, end: i + 1, mood: obliged} // "agrees to advise its staff"
		}
		if modals[t.text] == "" || a.groupOver(i) != nil {
			continue
		}
		u := &group{start: i, head: i, end: i + 1, mood: modals[t.text], unreal: unreal[t.text], advised: t.text == "should" || t.text == "shouldnt"}
		u.negated = negations[t.text] || negations[a.word(i+1)]
		return u
	}
	return nil
}

// permitsOnly reports a permission that is a safeguard: what only some may do, or
// what a system can do.
func (a *analysis) permitsOnly(g *group) bool {
	for i := range a.tokens[:g.end] {
		if t := a.tokens[i].text; t == "only" || t == "solely" || t == "exclusively" || t == "can" {
			return true
		}
	}
	return false
}

// listedDuty reports whether a match stands in a list that a duty introduces:
// "the Contractor agrees to: cooperate in ...".
func (a *analysis) listedDuty(m *matched) bool {
	at := slices.IndexFunc(a.tokens[:m.start], func(t token) bool { return t.mark && t.text == ":" })
	if len(a.breaks) > 0 && (at < 0 || a.breaks[0] < at) {
		at = a.breaks[0]
	}
	if at <= 0 || at > m.start {
		return false
	}
	for i := max(at-12, 0); i < at; i++ {
		t := a.tokens[i].text
		if modals[t] == obliged || modals[t] == future || semiModals[t] == obliged {
			return true
		}
	}
	return false
}

// withheld leaves out the findings of safeguards that stand back from another topic,
// where the surest of them does from a topic of the passage; those that never stand
// back are left.
func withheld(all []finding) []finding {
	surest := slices.IndexFunc(all, func(f finding) bool { return f.rule.Topic == "safeguard" })
	if surest < 0 || !slices.ContainsFunc(all, func(g finding) bool { return slices.Contains(all[surest].rule.Unless, g.rule.Topic) }) {
		return all
	}
	return slices.DeleteFunc(all, func(f finding) bool { return f.rule.Topic == "safeguard" && len(f.rule.Unless) > 0 })
}
