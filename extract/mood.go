package extract

import (
	"cmp"
	"slices"
)

// How a statement is put: as a practice, a duty, a permission or a denial.

// modalityOf tells how a statement is put. In contracts and schedules "will"
// binds as "shall" does.
func modalityOf(g *group, a *analysis, m *matched, kind string) string {
	binding := binding(kind)
	if g == nil {
		if binding && a.ensured(m.end) {
			return "must"
		}
		return "does"
	}
	negated := g.negated != a.denied(g)
	if negated && (bounds(a, g, m) || m.forbids(a, g)) {
		negated = false
	}
	mood := g.mood
	if mood == plain && a.opensWithNever() {
		mood = cmp.Or(modals[a.word(3)], plain) // at no time shall it
	}
	switch {
	case !negated && mood == obliged, !negated && mood == future && binding:
		return "must"
	case !negated && mood == allowed:
		return "may"
	case !negated && binding && g.forms&baseForm != 0 && mood == plain && !g.infinitive && !g.passive && opens(g, a):
		return "must" // Destroy after three years.
	case !negated && binding && g.mood == plain && (a.ensured(g.start) || g.bare && a.ensured(m.end)):
		return "must"
	case !negated:
		return "does"
	case mood == obliged, mood == future && binding, mood == plain && binding && a.tokens[g.start].text == "not" && opens(g, a), mood == allowed && (binding || a.tokens[g.start].text == "may"):
		return "must-not"
	case binding && g.bare && a.attempted(g):
		return "must-not"
	}
	return "does-not"
}

// promised reports words that are put as a mere possibility and tell what is done:
// "we would share it only if you ask" in a notice, and what such a title announces.
func (a *analysis) promised(g *group, kind string) bool {
	if a.tokens[0].text == "who" {
		return true // "Who the data might be shared with: the police"
	}
	at := g.start
	for at < g.head && modals[a.tokens[at].text] == "" {
		at++
	}
	return (kind == "notice" || kind == "statement") && g.start > 0 && promises[a.tokens[at].text] && a.tokens[g.start-1].text == "we"
}

// follows reports whether the verb of a match that captured none says what is
// possible by the use, not how it is put: "so that we can answer".
func (a *analysis) follows(g *group, m *matched) bool {
	if slices.ContainsFunc(m.captures, func(c capture) bool { return c.group != nil }) || g.start < m.start {
		return false
	}
	return slices.ContainsFunc(a.tokens[m.start:g.start], func(t token) bool { return t.text == "so" || t.text == "because" })
}

// needs are words that put a practice as something that is needed.
var needs = words("need needs needed")
