package extract

import (
	"fmt"
	"slices"
	"strings"
)

// Explain says what the rules make of a text in a section about the given
// subject: the words that they know in it, the context that keeps it from being
// a claim, and which rule matches on which words.
func (x *Rules) Explain(text, kind, about string) string {
	d := exampleDocument(&Example{Text: text, About: about})
	list := x.passages(d)
	analyses := x.analyses(list, kind)
	x.label(list, analyses, kind)
	var b strings.Builder
	for i := range list {
		p, a := &list[i], analyses[i]
		fmt.Fprintf(&b, "“%s”\n", p.text)
		x.explainWords(&b, a)
		switch {
		case p.label != "":
			fmt.Fprintf(&b, "  no claim: the passage is labelled %s\n", p.label)
			continue
		case len(p.not) > 0:
			fmt.Fprintf(&b, "  no claim of %s: it is about something else\n", strings.Join(p.not, ", "))
		}
		x.explainRules(&b, p, a, kind)
	}
	return b.String()
}

// analyses reads the passages of a document of a kind.
func (x *Rules) analyses(list []passage, kind string) []*analysis {
	all := make([]*analysis, len(list))
	for i := range list {
		all[i] = x.analyse(list[i].text)
		all[i].breakAt(&list[i])
	}
	if kind == "contract" {
		x.mark(all, x.defined(all))
	}
	return all
}

func (a *analysis) words(start, end int) string {
	if start >= end {
		return ""
	}
	return a.text[a.tokens[start].start:a.tokens[end-1].end]
}

// explainWords lists the verbs, terms and values that were found.
func (x *Rules) explainWords(b *strings.Builder, a *analysis) {
	var lines []string
	for i := range a.groups {
		g := &a.groups[i]
		how := []string{strings.Join(g.classes, ", ")}
		if g.mood != plain {
			how = append(how, g.mood)
		}
		if g.negated {
			how = append(how, "not")
		}
		if g.unreal {
			how = append(how, "not said to happen")
		}
		lines = append(lines, fmt.Sprintf("  verb    “%s”: %s\n", a.words(g.start, g.end), strings.Join(how, "; ")))
	}
	for _, m := range a.mentions {
		if m.list != "" {
			lines = append(lines, fmt.Sprintf("  %-7s “%s”: %s\n", m.list, a.words(m.start, m.end), m.id))
		}
	}
	for _, v := range a.values {
		lines = append(lines, fmt.Sprintf("  %-7s “%s”: %s\n", v.kind, a.words(v.start, v.end), v.text))
	}
	b.WriteString(strings.Join(lines, ""))
}

// explainRules lists the matches, and the claims that are drafted from them.
func (x *Rules) explainRules(b *strings.Builder, p *passage, a *analysis, kind string) {
	matches := 0
	for _, po := range x.candidates(a) {
		for _, m := range x.find(po.pattern, a) {
			matches++
			fmt.Fprintf(b, "  rule %s (%s) matches “%s”\n    by %s\n", po.rule.ID, po.rule.Pos, a.words(m.start, m.end), po.pattern.source)
			switch {
			case len(po.rule.Kinds) > 0 && !slices.Contains(po.rule.Kinds, kind):
				fmt.Fprintf(b, "    but counts in documents of kind %s only\n", strings.Join(po.rule.Kinds, ", "))
			case len(po.rule.About) > 0 && !slices.Contains(po.rule.About, p.about):
				fmt.Fprintf(b, "    but counts in sections about %s only\n", strings.Join(po.rule.About, ", "))
			case po.rule.Cell && !p.placed:
				b.WriteString("    but counts in a cell whose column says so only\n")
			}
		}
	}
	if matches == 0 {
		b.WriteString("  no rule matches\n")
	}
	for _, f := range x.findings(p, a, kind) {
		c := f.claim()
		fmt.Fprintf(b, "  claim   %s [%s, confidence %g]\n", Describe(&c), f.rule.ID, f.rule.Confidence)
	}
}
