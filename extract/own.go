package extract

import "slices"

// titleBytes is how much of a document names whose document it is.
const titleBytes = 400

// kindsOfAgency are terms that name no agency in particular.
var kindsOfAgency = words("police sheriff jail prosecutor immigration-authority government federal-agency law-enforcement-agency state-local-government state-local-law-enforcement foreign-government court congress data-protection-authority intelligence-agency")

// ownAgency returns the agency whose document it is: the first that its title
// names, or the first part of that one which the title names. It is "" where
// none is named, and for a kind that binds two parties.
func (x *Rules) ownAgency(list []passage, analyses []*analysis, kind string) string {
	if binding(kind) || len(list) < 2 {
		return ""
	}
	own, read := "", 0
	for i := range list {
		if read > titleBytes {
			break
		}
		read += len(list[i].text)
		if !analyses[i].fragment() {
			continue // no title
		}
		for _, m := range analyses[i].mentions {
			switch {
			case m.list != "actors" || m.id == own || !x.within("actors", m.id, "government") || kindsOfAgency[m.id]:
			case own == "":
				own = m.id
			case x.within("actors", m.id, own):
				return m.id
			}
		}
	}
	return own
}

// ofAnother reports a verb whose subject is another agency or company, no part of
// the one whose document it is and not at work for it: what the FBI keeps is kept
// by no system of the Coast Guard. What a company or a partner keeps of the data
// that it was given counts, though.
func (x *Rules) ofAnother(a *analysis, g *group, topic string) bool {
	if a.own == "" || g == nil || g.passive || g.bare {
		return false
	}
	return slices.ContainsFunc(a.mentions, func(m mention) bool {
		return m.list == "actors" && m.end == g.start && !kindsOfAgency[m.id] && x.within("actors", m.id, "third-party") &&
			(topic != "retention" || x.within("actors", m.id, "federal-agency")) &&
			!x.within("actors", m.id, "contractor") && !x.within("actors", m.id, a.own) && !x.within("actors", a.own, m.id)
	})
}

// relative reports a verb that only says which: the contractors who have access,
// the information you provide.
func (a *analysis) relative(g *group) bool {
	if g == nil || g.start < 2 {
		return false
	}
	before := &a.tokens[g.start-1]
	if haveForms[before.text] {
		return a.tokens[g.start-2].text == "who" || a.tokens[g.start-2].text == "that" // have access
	}
	return hasClass(g, "own") && (before.text == "who" || before.text == "that") || before.text == "you" && told[a.tokens[g.start-2].key]
}

// toOwn leaves out of the recipients the agency whose document it is where it
// gets data from somebody: as the one who receives or sees it, or from another one
// who stands before the verb. That is a source. What its contractor gives it
// counts, for a contractor holds the data for it.
func (a *analysis) toOwn(recipients []string, m *matched) []string {
	named := slices.ContainsFunc(m.captures, func(c capture) bool {
		return c.kind == "name" && slices.ContainsFunc(a.mentions, func(o mention) bool { return o.id == a.own && c.start <= o.start && o.end <= c.end })
	})
	if a.own == "" || !named && !slices.Contains(recipients, a.own) {
		return recipients
	}
	g := a.verbOf(m)
	subject := slices.ContainsFunc(m.captures, func(c capture) bool {
		return c.name == "recipients" && slices.Contains(c.terms, a.own) && g != nil && (c.start < g.start || g.passive && g.end < c.start && a.tokens[g.end].text == "by")
	})
	giver := slices.ContainsFunc(a.mentions, func(o mention) bool {
		return o.list == "actors" && o.id != a.own && o.id != "contractor" && o.id != "individual" && g != nil && !g.passive && o.end <= g.start
	})
	switch {
	case giver:
		return nil // who else is named there tells something else
	case !subject:
		return recipients
	}
	return slices.DeleteFunc(slices.Clone(recipients), func(t string) bool { return t == a.own })
}

// toParty reports whether a contract speaks of its own contractor, by the name of
// its role, as who receives data: that is what it has to work with. One of several,
// or one that works for the contractor, is another one.
func (a *analysis) toParty(m *matched) bool {
	return slices.ContainsFunc(m.captures, func(c capture) bool {
		return c.name == "recipients" && slices.Contains(c.terms, "contractor") && a.tokens[c.end-1].text == a.tokens[c.end-1].key &&
			(c.start == 0 || !amongSeveral[a.tokens[c.start-1].text])
	})
}

var amongSeveral = words("a an any another other each every its their such independent third-party party")
