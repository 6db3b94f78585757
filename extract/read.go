package extract

import (
	"slices"
	"strings"

	"github.com/pia-check/pia-check/claims"
)

// read makes a finding of a match: its modality, and the values of its topic.
// ok is false where the words say nothing that happens: could, might, would.
func (x *Rules) read(po patternOf, m matched, p *passage, a *analysis, kind string) (f finding, ok bool) {
	f = finding{rule: po.rule, pattern: po.pattern, match: m, values: map[string]any{}, assumed: map[string]bool{}}
	g := a.verbOf(&m)
	if f.rule.Topic == "safeguard" {
		if unknown := a.unknownVerb(g, &m); unknown != nil {
			g = unknown
		}
	}
	if x.supposed(&f, g, a, kind) || x.elsewhere(&f, g, a) {
		return f, false
	}
	if f.modality = f.put(g, p, a, kind); f.modality == "" {
		return f, false
	}
	return f, x.value(&f, g, p, a, kind)
}

// supposed reports words of what could be, is advised, or stands under a condition.
func (x *Rules) supposed(f *finding, g *group, a *analysis, kind string) bool {
	if g == nil {
		return false
	}
	listed := g.unreal && f.rule.Topic == "collection" && hasClass(g, "contain") // might include
	return g.unreal && !listed && !a.promised(g, kind) || g.condition || g.advised && !binding(kind) ||
		g.presumed && (f.rule.Topic == "collection" || f.rule.Topic == "sharing" && binding(kind))
}

// elsewhere reports words about another thing, agency or party than the rule is for.
func (x *Rules) elsewhere(f *finding, g *group, a *analysis) bool {
	switch f.rule.Topic {
	case "rights":
		if a.ofAnotherThing(&f.match) {
			return true
		}
	case "retention", "collection":
		if x.ofAnother(a, g, f.rule.Topic) {
			return true
		}
	case "sharing":
		if a.relative(g) {
			return true
		}
	}
	return slices.ContainsFunc(f.match.captures, func(c capture) bool { return c.name == "own" && !slices.Contains(c.terms, a.own) })
}

// value reads the values of a finding. It returns false where they say nothing.
func (x *Rules) value(f *finding, g *group, p *passage, a *analysis, kind string) bool {
	topic := claims.TopicOf(f.rule.Topic)
	for i := range topic.Fields {
		if v := x.valueOf(&topic.Fields[i], f); v != nil {
			f.values[topic.Fields[i].Name] = v
		}
	}
	if f.rule.Topic == "retention" {
		f.end(g, a)
	}
	for _, c := range f.match.captures {
		if c.kind == "clause" && f.values["clauses"] == nil {
			f.values["number"] = c.value // the library doesn't have it
		}
	}
	if f.values["clauses"] != nil {
		delete(f.values, "title")
	}
	if list, _ := f.values["purposes"].([]string); f.rule.Topic == "use" && claims.Polarity(f.modality) == "does-not" && slices.Equal(list, []string{"any-purpose"}) {
		return false // for no other purpose, which tells of none
	}
	if list, ok := f.values["recipients"].([]string); ok {
		// The person concerned is no recipient of data about them, nor are the sources in public.
		list = slices.DeleteFunc(a.toOwn(list, &f.match), func(t string) bool { return t == "individual" || t == "public-source" })
		if kind == "contract" && claims.Polarity(f.modality) == "does" && a.toParty(&f.match) {
			list = slices.DeleteFunc(list, func(t string) bool { return t == "contractor" })
		}
		if len(list) == 0 || f.rule.Fragment && f.rule.Modality == "" && slices.Equal(list, []string{"third-party"}) {
			return false // "External organizations" is a title
		}
		f.values["recipients"] = list
		if kind == "sorn" && p.about == "sharing" && p.marker != "" {
			f.values["routine-use"] = p.marker
		}
	}
	if list, ok := f.values["sources"].([]string); ok && slices.Contains(list, a.own) {
		if list = slices.DeleteFunc(slices.Clone(list), func(t string) bool { return t == a.own }); len(list) == 0 {
			return false // what the agency itself submitted
		}
		f.values["sources"] = list
	}
	for _, name := range f.rule.Specific {
		list, _ := f.values[name].([]string)
		if !slices.ContainsFunc(list, func(t string) bool { return !x.generic[t] }) {
			return false
		}
	}
	return true
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
	f.assumed[field.Name] = true
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
	return slices.DeleteFunc(slices.Clone(terms), func(t string) bool { return t == root || claims.Unnamed(t) })
}

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
		if last != nil && g.start == g.head && m.measure(g.head) {
			continue // "shall limit access": the measure's own words
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
	if purposes := f.reasons(a); f.rule.Topic == "sharing" && f.values["purposes"] == nil && len(purposes) > 0 {
		f.values["purposes"] = purposes
	}
	field := claims.TopicOf(f.rule.Topic).Field("data")
	if field == nil || f.values["data"] != nil {
		return
	}
	from, to := a.item(f)
	terms := f.dataIn(a, max(from, clauseStart(a, f)), to)
	if len(terms) == 0 && from > 0 {
		terms = f.dataIn(a, from, to)
	}
	if i := slices.IndexFunc(a.tokens[from:f.match.start], func(t token) bool { return t.text == ":" }); len(terms) == 0 && 0 < i && i <= maxLabel {
		terms = x.dataNamed(a.words(from, from+i))
	}
	if len(terms) == 0 {
		terms = f.dataIn(a, 0, to)
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
	case len(f.values) == 0 && field.Default != "" && !p.placed: // a cell is about its row
		f.values["data"] = []string{field.Default} // nothing is stored
	}
}

// reach is up to how many words behind a match its reason stands.
const reach = 40

// reasons returns the purposes that stand behind the verb of a finding and a word
// that announces them: for research, to prevent fraud, in litigation. Of a denial
// they are its limits, and only "for" announces them.
func (f *finding) reasons(a *analysis) (terms []string) {
	from, least := f.match.start, f.match.end+reach
	if g := a.verbOf(&f.match); g != nil {
		from = g.end
	}
	denial := claims.Polarity(f.modality) == "does-not"
	for _, m := range a.mentions {
		if m.list != "purposes" || m.start < from || m.start > least || f.captured(m) || a.otherwise(&m) {
			continue
		}
		for i := m.start; i > from && !stops(&a.tokens[i]); i-- {
			if t := a.tokens[i-1].text; t == "for" && (!denial || i > m.start-4) || !denial && (announcing[t] || a.tokens[i].text == "to") {
				terms = union(terms, []string{m.id})
				break
			}
		}
	}
	if len(terms) > maxReasons {
		return nil
	}
	return terms
}

// announcing are words behind which a reason stands.
var announcing = words("to in when where if while by purposes purpose")

// maxReasons is how many purposes can be the reasons of one statement.
const maxReasons = 8

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

// promises are the words for what may happen with which a notice says what its
// writer does.
var promises = words("would might could")
