package extract

import (
	"slices"
	"strings"

	"github.com/pia-check/pia-check/claims"
)

// read makes a finding of a match: its modality, and the values of its topic.
// ok is false where the words say nothing that happens: could, might, would.
func (x *Rules) read(po patternOf, m matched, p *passage, a *analysis, kind string) (f finding, ok bool) {
	f = finding{rule: po.rule, pattern: po.pattern, match: m, values: map[string]any{}}
	g := a.verbOf(&m)
	listed := g != nil && g.unreal && f.rule.Topic == "collection" && hasClass(g, "contain") // might include
	if g != nil && (g.unreal && !listed || g.condition || g.advised && !binding(kind)) {
		return f, false
	}
	if g != nil && g.presumed && (f.rule.Topic == "collection" || f.rule.Topic == "sharing" && binding(kind)) {
		return f, false
	}
	f.modality = modalityOf(g, a, &m, kind)
	if g != nil && f.rule.Topic == "collection" && f.modality == "does-not" && a.voluntary(g) {
		f.modality = "may"
	} else if claims.Polarity(f.modality) == "does-not" && (po.rule.Affirms || g != nil && !binding(kind) && a.hedged(g, &m, po.rule.Topic)) {
		return f, false
	}
	if claims.Polarity(f.modality) == "does-not" && g != nil && (a.limits(g) || f.rule.Topic == "retention" && !binding(kind) && hasClass(g, "destroy")) {
		return f, false // what isn't removed is kept, which denies nothing
	}
	if claims.Polarity(f.modality) == "does-not" && f.rule.Topic == "retention" && a.otherThan(&m) {
		return f, false // not kept for other purposes
	}
	topic := claims.TopicOf(f.rule.Topic)
	if po.rule.Modality != "" && (g == nil || f.modality == "does" || topic.Permission && f.modality == "must" ||
		po.rule.Modality == "does" && claims.Polarity(f.modality) == "does") {
		f.modality = po.rule.Modality
	}
	for i := range topic.Fields {
		if v := x.valueOf(&topic.Fields[i], &f); v != nil {
			f.values[topic.Fields[i].Name] = v
		}
	}
	if f.rule.Topic == "retention" {
		f.end(g, a)
	}
	for _, c := range m.captures {
		if c.kind == "clause" && f.values["clauses"] == nil {
			f.values["number"] = c.value // the library doesn't have it
		}
	}
	if f.values["clauses"] != nil {
		delete(f.values, "title")
	}
	if list, _ := f.values["purposes"].([]string); f.rule.Topic == "use" && claims.Polarity(f.modality) == "does-not" && slices.Equal(list, []string{"any-purpose"}) {
		return f, false // for no other purpose, which tells of none
	}
	if list, ok := f.values["recipients"].([]string); ok {
		// The person concerned is no recipient of data about them, nor are the sources in public.
		list = slices.DeleteFunc(a.toOwn(list, &m), func(t string) bool { return t == "individual" || t == "public-source" })
		if len(list) == 0 {
			return f, false
		}
		f.values["recipients"] = list
		if kind == "sorn" && p.about == "sharing" && p.marker != "" {
			f.values["routine-use"] = p.marker
		}
	}
	for _, name := range f.rule.Specific {
		list, _ := f.values[name].([]string)
		if !slices.ContainsFunc(list, func(t string) bool { return !x.generic[t] }) {
			return f, false
		}
	}
	return f, true
}

// endings are what verbs of retention say that happens at the end.
var endings = map[string]string{"destroy": "destroy", "return": "return", "anonymise": "anonymise"}

// starters are words behind a length of time that say from when it counts, and
// extensions those before one that counts from the end of another.
var (
	starters   = words("after from following since thereafter afterwards")
	extensions = words("plus +")
)

// end adds to a statement on retention what its verb says that happens to the
// data, and that its length of time counts from an event that no term names.
func (f *finding) end(g *group, a *analysis) {
	if f.values["disposition"] == nil && g != nil && !g.negated {
		for class, does := range endings {
			if hasClass(g, class) {
				f.values["disposition"] = does
			}
		}
	}
	if p, ok := f.values["period"].(claims.Period); !ok || p.Kind != claims.Temporal || f.values["from"] != nil {
		return
	}
	for _, c := range f.match.captures {
		if c.kind != "period" {
			continue
		}
		before, behind := "", ""
		if c.start > 0 {
			before = a.tokens[c.start-1].text
		}
		if c.end < len(a.tokens) {
			behind = a.tokens[c.end].text
		}
		if starters[behind] || extensions[before] || before == "within" && behind == "of" {
			f.values["from"] = claims.StatedEvent
		}
	}
}

// valueOf reads a field from the parts of its name, or else from what the rule
// yields.
func (x *Rules) valueOf(field *claims.Field, f *finding) any {
	var terms []string
	for _, c := range f.match.captures {
		if c.name != field.Name {
			continue
		}
		switch {
		case c.kind == "clause":
			if t := x.vocabulary.List("clauses").Lookup(c.value); t != nil {
				terms = union(terms, []string{t.ID})
			}
		case field.Type == "period":
			if p, err := claims.ParsePeriod(c.value); err == nil {
				return p
			}
		case field.Type == "term":
			return c.terms[0]
		case field.Type == "terms":
			terms = union(terms, c.terms)
		case c.value != "":
			return c.value
		}
	}
	if len(terms) > 0 {
		return x.specific(field.Vocabulary, terms)
	}
	constant, ok := f.rule.Yields[field.Name]
	if !ok {
		return nil
	}
	switch field.Type {
	case "terms":
		return strings.Fields(constant)
	case "period":
		p, err := claims.ParsePeriod(constant)
		if err != nil {
			return nil
		}
		return p
	}
	return constant
}

// specific leaves out the broadest term of a list where others stand beside it:
// "personal information such as names" is about names.
func (x *Rules) specific(list string, terms []string) []string {
	root := x.vocabulary.List(list).Root
	if len(terms) < 2 {
		return terms
	}
	return slices.DeleteFunc(slices.Clone(terms), func(t string) bool { return t == root || strings.HasPrefix(t, unnamed) })
}

// unnamed starts the terms that stand for one that a document states and the
// vocabulary has no name for, such as stated-purpose.
const unnamed = "stated-"

// verbOf returns the verb that carries a match's modality: the first of the
// pattern, or else the last before or in the match.
func (a *analysis) verbOf(m *matched) *group {
	for _, c := range m.captures {
		if c.group != nil {
			return c.group
		}
	}
	var last *group
	for i := range a.groups {
		g := &a.groups[i]
		if g.start >= m.end {
			break
		}
		if !g.bare || last == nil {
			last = g
		}
	}
	return last
}

func binding(kind string) bool {
	k, _ := claims.KindOf(kind)
	return k.Side == claims.Binding
}

// modalityOf tells how a statement is put. In contracts and schedules "will"
// binds as "shall" does.
func modalityOf(g *group, a *analysis, m *matched, kind string) string {
	binding := binding(kind)
	if g == nil {
		return "does"
	}
	negated := g.negated != a.denied(g)
	if negated && bounds(a, g, m) {
		negated = false
	}
	switch {
	case !negated && g.mood == obliged, !negated && g.mood == future && binding:
		return "must"
	case !negated && g.mood == allowed:
		return "may"
	case !negated && binding && g.forms&baseForm != 0 && g.mood == plain && !g.infinitive && !g.passive && opens(g, a):
		return "must" // Destroy after three years.
	case !negated:
		return "does"
	case g.mood == obliged, g.mood == future && binding, g.mood == allowed && (binding || a.tokens[g.start].text == "may"):
		return "must-not"
	}
	return "does-not"
}

// hedged reports a denial that is not the sentence's own: it stands in a relative
// clause, is made with "without", or has an exception. That data goes to nobody
// "except as the law requires" is a denial, unless the exception names somebody.
func (a *analysis) hedged(g *group, m *matched, topic string) bool {
	if a.tokens[g.start].text == "do" && opens(g, a) {
		return true // a demand: do not use
	}
	for i := g.start - 1; i >= 0 && g.start-i <= 4; i-- {
		switch t := a.tokens[i].text; t {
		case "that", "which", "who", "where", "whose", "without", "neither", "while", "whereas", "although", "because", "than":
			return true
		case ",", ";", ":", ".":
			i = 0
		}
	}
	for i := g.start; i < len(a.tokens) && a.tokens[i].text != ";"; i++ {
		if topic == "sharing" && !a.names("actors", i) && !a.names("data", i) {
			return false // an exception that names neither who nor what
		}
		next := ""
		if i+1 < len(a.tokens) {
			next = a.tokens[i+1].text
		}
		switch t := a.tokens[i].text; {
		case t == "but" && (next == "for" || next == "only"),
			places[t] && i < g.end+6 && hasClass(g, "keep"), // kept elsewhere, then
			topic == "collection" && elsewhere[t] && i < m.end+6,
			topic == "retention" && (t == "in" || t == "within") && i < g.end+3 && hasClass(g, "keep") && i+1 < len(a.tokens) && a.tokens[i+1].upper, // of a system that is named
			topic == "retention" && (t == "alongside" || t == "together"),
			t == "except", t == "unless", t == "excepting", t == "besides",
			t == "save" && (next == "for" || next == "as" || next == "where"), t == "apart" && next == "from", t == "aside" && next == "from",
			t == "other" && next == "than", t == "until", t == "otherwise", t == "only" && i < m.end, t == "beyond", t == "necessarily":
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

// places are where data may not be kept though it is kept elsewhere.
var places = words("server servers backend layer")

// elsewhere are words behind which data that isn't held here, or longer, is held
// all the same.
var elsewhere = words("locally longer permanently indefinitely afterwards thereafter after device devices phone phones cache kiosk camera cameras")

// vague reports a denial that doesn't say of which data.
func (f *finding) vague(a *analysis) bool {
	if f.rule.Topic != "use" || claims.Polarity(f.modality) != "does-not" || f.values["data"] != nil {
		return false
	}
	if list, _ := f.values["purposes"].([]string); slices.Contains(list, "automated-decisions") {
		return false // whatever data they rest on
	}
	from := max(clauseStart(a, f), f.match.start-8)
	for _, t := range a.tokens[from:f.match.end] {
		switch t.text {
		case "data", "information", "record", "records", "nothing", "it", "they", "this", "them", "these":
			return false
		}
	}
	return true
}

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
	return g.start == 0 || a.tokens[g.start-1].mark || slices.Contains(a.breaks, g.start)
}

// denied reports a denial outside the verb group: "no data is shared",
// "collects no data", "none of the records are". "No longer than" is none.
func (a *analysis) denied(g *group) bool {
	for i := g.start - 1; i >= 0 && g.start-i <= 12; i-- {
		t := a.tokens[i].text
		if t == ";" || t == ":" || t == "." || t == "," && g.bare && g.forms&ingForm == 0 {
			break // "no access to the system, or to data kept there"
		}
		if a.noAt(i) || (g.bare || a.tokens[g.start].text == "being") && g.start-i <= 7 && (negations[t] || t == "unable" || t == "incapable") {
			return true // "is not capable of tracking"
		}
		if a.groupOver(i) != nil {
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

func (a *analysis) noAt(i int) bool {
	next := ""
	if i+1 < len(a.tokens) {
		next = a.tokens[i+1].text
	}
	switch a.tokens[i].text {
	case "no":
		switch next {
		case "event":
			return i > 0 && a.tokens[i-1].text == "in" && i+2 < len(a.tokens) && modals[a.tokens[i+2].text] != "" // in no event shall
		case "longer", "later", "more", "less", "fewer", "earlier", "sooner", "matter", "doubt", "cost", "charge", ".", "":
			return false
		}
		return true
	case "none", "nothing":
		return true
	case "nor", "neither":
		return true
	}
	return false
}

// groupOver returns the verb group that the token is part of, nil for none.
func (a *analysis) groupOver(i int) *group {
	for j := range a.groups {
		if g := &a.groups[j]; g.start <= i && i < g.end {
			return g
		}
	}
	return nil
}

// fill adds the data that a statement is about where its rule has no part for
// it: the terms in its sentence, or in the heading above; and the number of the
// records schedule that stands in its row of a table.
func (x *Rules) fill(f *finding, p *passage, a *analysis) {
	if f.rule.Topic == "retention" && p.schedule != "" && f.values["records-schedule"] == nil {
		f.values["records-schedule"] = p.schedule
	}
	field := claims.TopicOf(f.rule.Topic).Field("data")
	if field == nil || f.values["data"] != nil {
		return
	}
	terms := f.dataIn(a, clauseStart(a, f), f.match.end+6)
	if len(terms) == 0 {
		terms = f.dataIn(a, 0, f.match.end+6)
	}
	terms = x.specific("data", terms)
	if len(terms) == 0 || len(terms) == 1 && terms[0] == "personal-data" {
		if i := strings.LastIndex(p.headings, " > "); p.headings != "" {
			terms = union(terms, x.dataNamed(strings.TrimPrefix(p.headings[max(i, 0):], " > ")))
		}
	}
	switch {
	case len(terms) > 0 && len(terms) <= 12:
		f.values["data"] = x.specific("data", terms)
	case len(f.values) == 0 && field.Default != "":
		f.values["data"] = []string{field.Default} // nothing is stored
	}
}

// dataNamed returns the categories of data that a heading names: an ambiguous
// word counts beside other data, or alone.
func (x *Rules) dataNamed(heading string) (terms []string) {
	a := x.analyse(heading)
	mentions := a.mentions
	if whole := x.lexicon.find(a.tokens); len(whole) > 0 && whole[0].start == 0 && whole[0].end == len(a.tokens) {
		mentions = whole
	}
	for _, m := range mentions {
		if m.list == "data" && m.id != "personal-data" {
			terms = union(terms, []string{m.id})
		}
	}
	return terms
}

// dataIn returns the categories of data that the tokens [from, to) name apart
// from the parts of the match.
func (f *finding) dataIn(a *analysis, from, to int) (terms []string) {
	for i := range a.mentions {
		m := &a.mentions[i]
		if m.list == "data" && from <= m.start && m.start < to && !f.captured(*m) && !a.otherwise(m) {
			terms = union(terms, []string{m.id})
		}
	}
	return terms
}

// clauseStart returns where the clause of a finding's verb starts.
func clauseStart(a *analysis, f *finding) int {
	g := a.verbOf(&f.match)
	if g == nil {
		return 0
	}
	for i := g.start - 1; i > 0; i-- {
		if t := a.tokens[i].text; t == "," || t == ";" || t == ":" {
			return i
		}
	}
	return 0
}

// captured reports whether a mention lies in a part that gave another value.
func (f *finding) captured(m mention) bool {
	return slices.ContainsFunc(f.match.captures, func(c capture) bool {
		return c.group == nil && c.kind != "data" && c.start < m.end && m.start < c.end
	})
}
