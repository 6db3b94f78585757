package extract

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pia-check/pia-check/cite"
	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
)

// Result is what the rules found in a document.
type Result struct {
	Claims  []claims.Claim // drafts without document, each with its citations verified
	Dropped int            // drafts whose quote didn't stand in the document
}

// finding is a match of a rule in a passage, read as values of its topic.
type finding struct {
	rule     *Rule
	pattern  *pattern
	match    matched
	modality string
	values   map[string]any
	assumed  map[string]bool // values that the rule yields, not the words
}

// Extract drafts the claims of a document of the given kind.
func (x *Rules) Extract(d *document.Document, kind string) Result {
	list := x.passages(d)
	analyses := x.analyses(list, kind)
	x.label(list, analyses, kind)
	own := x.ownAgency(list, analyses, kind)
	var result Result
	found := make([][]finding, len(list))
	for i := range list {
		analyses[i].own = own
		if list[i].label == "" {
			found[i] = x.findings(&list[i], analyses[i], kind)
		}
	}
	if kind == "records-schedule" {
		x.tie(list, analyses, found)
	} else {
		cited(list, analyses, found)
	}
	follow(list, analyses, found)
	m := merger{index: map[string]int{}}
	for i := range list {
		p, a := &list[i], analyses[i]
		for _, f := range found[i] {
			citations := x.cite(d, p, a, &f)
			if len(citations) == 0 {
				result.Dropped++
				continue
			}
			c := f.claim()
			c.Redacted, c.Citations = p.redacted, citations
			m.add(c)
		}
	}
	result.Claims = m.list
	return result
}

// claim returns the draft of a finding, without citations.
func (f *finding) claim() claims.Claim {
	return claims.Claim{
		Topic: f.rule.Topic, Modality: f.modality, Review: "draft", Values: f.values,
		Extracted: &claims.Extracted{Rule: f.rule.ID, Confidence: f.rule.Confidence},
	}
}

// breakAt notes the tokens at which the items of a list start.
func (a *analysis) breakAt(p *passage) {
	for _, part := range p.parts[1:] {
		i := slices.IndexFunc(a.tokens, func(t token) bool { return t.start >= part.start })
		if i >= 0 {
			a.breaks = append(a.breaks, i)
		}
	}
}

// findings returns what the rules find in a passage, in order of its words.
func (x *Rules) findings(p *passage, a *analysis, kind string) []finding {
	var all []finding
	fragment := a.fragment()
	for _, po := range x.candidates(a) {
		r := po.rule
		if len(r.Kinds) > 0 && !slices.Contains(r.Kinds, kind) || len(r.About) > 0 && !slices.Contains(r.About, p.about) {
			continue
		}
		if slices.Contains(p.not, r.Topic) || !r.Plain && (p.kind == document.Heading || p.kind == document.Note) {
			continue
		}
		if !r.Plain && !r.Fragment && (p.runIn && fragment || p.kind == document.Prose && (fragment || titled(p.text)) && p.announces()) {
			continue // a heading that isn't set as one
		}
		if r.Cell && !p.placed || r.Fragment && (!fragment && (len(a.breaks) == 0 || r.Topic != "retention") || strings.HasSuffix(p.text, ":")) {
			continue
		}
		for _, m := range x.find(po.pattern, a) {
			if r.Fragment && !fragment && m.start < a.breaks[0] {
				continue // the items are fragments, what leads up to them isn't
			}
			if f, ok := x.read(po, m, p, a, kind); ok {
				all = append(all, f)
			}
		}
	}
	return x.choose(all, p, a)
}

// fragment reports whether a passage has no verb that says anything.
func (a *analysis) fragment() bool {
	if len(a.tokens) > 0 && pronouns[a.tokens[0].text] {
		return false // its verb is one that we don't know
	}
	if len(a.tokens) > 0 && (ticked[a.tokens[0].text] || unticked[a.tokens[0].text]) && !slices.ContainsFunc(a.tokens, func(t token) bool { return beForms[t.text] }) {
		return true // a form's boxes
	}
	return !slices.ContainsFunc(a.groups, func(g group) bool { return !g.bare && !g.infinitive }) &&
		!slices.ContainsFunc(a.tokens, func(t token) bool {
			return beForms[t.text] || doForms[t.text] || modals[t.text] != "" || t.text == "has" || t.text == "have"
		})
}

// choose keeps the best of findings that say the same, and joins those of one
// topic and modality that name lists.
func (x *Rules) choose(all []finding, p *passage, a *analysis) []finding {
	slices.SortStableFunc(all, func(f, g finding) int {
		return cmp.Or(
			cmp.Compare(g.weight(a), f.weight(a)),
			cmp.Compare(f.match.start, g.match.start),
			cmp.Compare(g.match.end-g.match.start, f.match.end-f.match.start),
		)
	})
	all = withheld(all)
	var kept []finding
	for _, f := range all {
		same := slices.IndexFunc(kept, func(k finding) bool {
			return k.rule.Topic == f.rule.Topic && k.rule.Weak == f.rule.Weak && k.clashes(&f)
		})
		if same < 0 {
			kept = append(kept, f)
			continue
		}
		kept[same].take(&f)
	}
	kept = joinWeak(kept)
	kept = slices.DeleteFunc(kept, func(f finding) bool {
		return slices.ContainsFunc(kept, func(g finding) bool { return g.tells(&f) })
	})
	kept = slices.DeleteFunc(kept, func(f finding) bool {
		return slices.ContainsFunc(kept, func(g finding) bool { return slices.Contains(f.rule.Unless, g.rule.Topic) })
	})
	for i := range kept {
		for name, v := range kept[i].values {
			if list, ok := v.([]string); ok {
				kept[i].values[name] = x.specific(claims.TopicOf(kept[i].rule.Topic).Field(name).Vocabulary, list)
			}
		}
		x.fill(&kept[i], p, a)
	}
	kept = slices.DeleteFunc(kept, func(f finding) bool { return !f.whole() || f.vague(a) })
	slices.SortStableFunc(kept, func(f, g finding) int { return cmp.Compare(f.match.start, g.match.start) })
	return kept
}

// weight ranks findings: by confidence, those that pass over no length of time,
// and those whose verb is spoken of a subject before "a direction to destroy".
func (f *finding) weight(a *analysis) float64 {
	w := f.rule.Confidence
	if g := a.verbOf(&f.match); g != nil && g.infinitive && g.mood == plain {
		w -= 0.2
	}
	if p, ok := f.values["period"].(claims.Period); ok && p.Kind == claims.Temporal {
		w += 0.02 // "after three years or when no longer needed"
	}
	if f.rule.Topic == "retention" && slices.ContainsFunc(a.values, func(v value) bool {
		return v.kind == "period" && strings.HasPrefix(v.text, "P") && f.match.start <= v.start && v.end <= f.match.end && !f.captured(mention{start: v.start, end: v.end})
	}) {
		w -= 0.03 // it reaches over what is said of other data
	}
	return w
}

// tells reports whether a finding says what another one of its passage does, and
// more: "upon termination" the data is deleted "within 90 days of termination",
// "in any case" until a named event rather than until a stated one.
func (f *finding) tells(g *finding) bool {
	until, _ := g.values["until"].(string)
	if until == "" || f.rule.Topic != g.rule.Topic || claims.Polarity(f.modality) != claims.Polarity(g.modality) {
		return false
	}
	if named, _ := f.values["until"].(string); until == claims.StatedEvent {
		return named != "" && named != until
	}
	from, _ := f.values["from"].(string)
	return from == until
}

// joinWeak lets findings of weak rules join another one of their topic.
func joinWeak(list []finding) []finding {
	var kept []finding
	for i, f := range list {
		other := slices.IndexFunc(list, func(g finding) bool { return g.rule.Topic == f.rule.Topic && !g.rule.Weak })
		if !f.rule.Weak || other < 0 {
			kept = append(kept, list[i])
		}
	}
	for _, f := range list {
		if !f.rule.Weak {
			continue
		}
		for i := range kept {
			if kept[i].rule.Topic == f.rule.Topic && !kept[i].rule.Weak {
				kept[i].complete(&f)
			}
		}
	}
	return kept
}

// clashes reports whether two findings of a topic in one passage are one claim:
// of retention those with overlapping words, otherwise those of one modality.
func (f *finding) clashes(g *finding) bool {
	if f.rule.Topic == "retention" || f.rule.Topic == "clause" {
		return f.match.start < g.match.end && g.match.start < f.match.end
	}
	return claims.Polarity(f.modality) == claims.Polarity(g.modality)
}

// take adds the list values of another finding, and values that f lacks.
func (f *finding) take(g *finding) {
	topic := claims.TopicOf(f.rule.Topic)
	if f.rule.Topic == "safeguard" && f.modality == "does" && g.modality == "must" {
		f.modality = "must"
	}
	for i := range topic.Fields {
		name := topic.Fields[i].Name
		have, more := f.values[name], g.values[name]
		if more == nil {
			continue
		}
		if have == nil {
			if f.rule.Topic != "retention" || name != "from" && name != "until" && name != "period" {
				f.values[name] = more
			}
			continue
		}
		if list, ok := have.([]string); ok && f.rule.Topic != "retention" {
			switch {
			case f.rule == g.rule && g.assumed[name] && !f.assumed[name]:
			case f.rule == g.rule && f.assumed[name] && !g.assumed[name]:
				f.values[name] = more
				delete(f.assumed, name)
			default:
				f.values[name] = union(list, more.([]string))
			}
		}
	}
	f.match.start, f.match.end = min(f.match.start, g.match.start), max(f.match.end, g.match.end)
	f.match.captures = append(slices.Clone(f.match.captures), g.match.captures...)
}

// complete adds values that f lacks.
func (f *finding) complete(g *finding) {
	for name, v := range g.values {
		if f.values[name] == nil && name != "from" && name != "until" {
			f.values[name] = v
		}
	}
}

func union(list, more []string) []string {
	list = slices.Clone(list)
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// whole reports whether a finding has what its topic requires.
func (f *finding) whole() bool {
	topic := claims.TopicOf(f.rule.Topic)
	if len(f.values) == 0 {
		return false
	}
	for _, field := range topic.Fields {
		if field.Required == "always" && f.values[field.Name] == nil ||
			field.Required == "affirmed" && f.values[field.Name] == nil && claims.Polarity(f.modality) == "does" {
			return false
		}
	}
	if period, ok := f.values["period"].(claims.Period); ok && period.Written == "until-event" && f.values["until"] == nil {
		return false
	}
	return true
}

// cite returns the citations of a finding: the sentences that it rests on, each
// stretch that can be quoted in one piece. It returns none when a quote doesn't
// stand where it was read.
func (x *Rules) cite(d *document.Document, p *passage, a *analysis, f *finding) []claims.Citation {
	from, to := a.tokens[f.match.start].start, a.tokens[max(f.match.end-1, f.match.start)].end
	for _, c := range f.match.captures {
		from, to = min(from, a.tokens[c.start].start), max(to, a.tokens[c.end-1].end)
	}
	first, last := 0, 0
	for i, part := range p.parts {
		if part.start <= from {
			first = i
		}
		if part.start < to {
			last = i
		}
	}
	if p.answer {
		first, last = 0, 1 // the answer says nothing without its question
	}
	if p.introOnly && last > 0 && len(p.text)-p.parts[1].start > 40 {
		first = 1 // an item that speaks for itself
	}
	sentences := d.Sentences()
	var citations []claims.Citation
	for i := first; i <= last; {
		j, ok := i, false
		var c claims.Citation
		// As many sentences as can be quoted together.
		for end := last; end >= i && !ok; end-- {
			s, e := sentences[p.parts[i].sentence], sentences[p.parts[end].sentence]
			quote := s.Text
			if end > i {
				quote = strings.Join(strings.Fields(d.Text[s.Start:e.End]), " ")
				if len(quote) > maxQuote {
					continue
				}
			} else if len(quote) > maxQuote {
				quote = x.narrow(quote, p, i, from, to)
			}
			c, ok = citation(d, quote, s.Start, e.End)
			j = end
		}
		if !ok {
			return nil
		}
		citations = append(citations, c)
		i = j + 1
	}
	return citations
}

// maxQuote is up to how many bytes a quote is kept whole.
const maxQuote = 900

// narrow cuts a long sentence to the part that a finding rests on, with some
// words before and behind it.
func (x *Rules) narrow(quote string, p *passage, i, from, to int) string {
	offset := p.parts[i].start
	start, end := max(from-offset-200, 0), min(max(to-offset+200, 400), len(quote))
	if start >= len(quote) || end <= start {
		return quote
	}
	if cut := strings.LastIndexAny(quote[start:max(from-offset, start)], ";."); cut >= 0 {
		start += cut + 1
	} else if start > 0 {
		start += strings.IndexByte(quote[start:], ' ') + 1
	}
	if end < len(quote) {
		if cut := strings.LastIndexByte(quote[start:end], ' '); cut > 0 {
			end = start + cut
		}
	}
	return strings.TrimSpace(quote[start:end])
}

// citation verifies a quote in the bytes [from, to) of the document.
func citation(d *document.Document, quote string, from, to int) (claims.Citation, bool) {
	m, ok := cite.FindIn(d, quote, from, to)
	if !ok {
		return claims.Citation{}, false
	}
	c := claims.Citation{Quote: quote, Page: m.Page, Start: d.Characters(m.Start), End: d.Characters(m.End), HasOffsets: true}
	if i := lastSection(d, m.Start); i >= 0 {
		s := d.Sections[i]
		switch {
		case s.Number != "" && cite.SameSection(s.Number, s.Title): // not the G of Appendix G
			c.Section = s.Number
		case len(s.Title) <= 80:
			c.Section = s.Title
		}
	}
	return c, true
}

// lastSection returns the index of the innermost heading at or above an offset,
// -1 when there is none.
func lastSection(d *document.Document, offset int) int {
	i, _ := slices.BinarySearchFunc(d.Sections, offset+1, func(s document.Section, at int) int { return cmp.Compare(s.Start, at) })
	return i - 1
}
