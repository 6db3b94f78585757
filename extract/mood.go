package extract

import (
	"cmp"
	"slices"

	"github.com/pia-check/pia-check/claims"
)

// How a statement is put: as a practice, a duty, a permission or a denial.

// put tells how a finding is put, by its verb, its topic and its rule. It returns
// "" where the words deny nothing after all.
func (f *finding) put(g *group, p *passage, a *analysis, kind string) string {
	modality := f.putInTopic(modalityOf(g, a, &f.match, kind), g, a, kind)
	denial := claims.Polarity(modality) == "does-not"
	switch {
	case denial && (f.rule.Affirms || g != nil && !binding(kind) && a.hedged(g, &f.match, f.rule.Topic)),
		f.rule.Affirms && f.rule.Topic == "use" && a.refused(&f.match):
		return ""
	case denial && g != nil && (a.limits(g) || f.rule.Topic == "retention" && !binding(kind) && hasClass(g, "destroy")):
		return "" // what isn't removed is kept, which denies nothing
	case denial && f.rule.Topic == "retention" && a.otherThan(&f.match):
		return "" // not kept for other purposes
	}
	if modality == "must" && !binding(kind) && needs[a.tokens[g.start].text] {
		modality = "does" // "we need to keep your name": nobody is bound
	}
	if own := f.rule.Modality; own != "" && (g == nil || modality == "does" || claims.TopicOf(f.rule.Topic).Permission && modality == "must" ||
		own == "does" && claims.Polarity(modality) == "does") {
		modality = own
	}
	if kind == "sorn" && p.about == "sharing" && f.rule.Topic == "sharing" && modality == "does" {
		modality = "may" // a routine use is a permission
	}
	return modality
}

// putInTopic tells what a modality amounts to in the topic of a finding.
func (f *finding) putInTopic(modality string, g *group, a *analysis, kind string) string {
	switch topic := f.rule.Topic; {
	case topic == "retention" && g != nil && f.rule.Modality == "does" && claims.Polarity(modality) == "does-not" && hasClass(g, "destroy"):
		modality = "does" // what is never destroyed is kept
	case topic == "sharing" && f.rule.Modality == "does":
		modality = "does" // with nobody but those
	case topic == "safeguard" && modality == "may" && a.permitsOnly(g):
		if modality = "does"; binding(kind) {
			modality = "must"
		}
	case topic == "safeguard" && modality == "does" && binding(kind) && a.listedDuty(&f.match),
		topic == "tracking" && modality == "does" && binding(kind) && a.ruled(g):
		modality = "must"
	case topic == "collection" && g != nil && modality == "does-not" && a.voluntary(g):
		modality = "may"
	case topic == "use" && modality == "may" && a.follows(g, &f.match):
		modality = "does"
	}
	if f.rule.Topic == "retention" && modality == "does" && kind == "records-schedule" {
		modality = "must" // whatever its words, a schedule binds
	}
	return modality
}

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

// ruled reports a verb of a relative clause in a sentence that lays down a duty:
// "shall carry tablets that log their position".
func (a *analysis) ruled(g *group) bool {
	if g == nil || g.start == 0 || a.tokens[g.start-1].text != "that" && a.tokens[g.start-1].text != "which" {
		return false
	}
	for i := range a.groups {
		if duty := &a.groups[i]; duty.end <= g.start && (duty.mood == obliged || duty.mood == future) {
			return !duty.negated
		}
	}
	return false
}
