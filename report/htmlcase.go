package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// How much of a case its overview tells; the findings have the rest.
const (
	maxSentences = 50 // of what fails, the most severe first
	maxSaid      = 8  // quotes of one document,
	maxSaidOf    = 2  // and of those, on one topic
)

// htmlView is a case as the page shows it.
type htmlView struct {
	N                        int
	Title, Verdict, Compared string
	Class                    check.Outcome
	Errors                   []string
	Failing                  []htmlFailing
	MoreFailing              int
	Matrix                   *htmlMatrix
	Bars                     *htmlBars
	DocumentsTitle           string
	Documents                []*htmlDocument
	Groups                   []htmlGroup
	NotApplicable            []string // at most a line
	Gone                     []string
}

// htmlFailing is what fails at one severity, a sentence each.
type htmlFailing struct {
	Severity  check.Severity
	Label     string
	Sentences []htmlSentence
}

type htmlSentence struct{ Anchor, Message string }

// htmlGroup is the findings of one outcome.
type htmlGroup struct {
	Outcome check.Outcome
	Label   string
	Count   int
	Entries []*htmlEntry
}

// htmlEntry shows findings that rest on the same claims by the same policy
// over their quotes, which stand there once.
type htmlEntry struct {
	Outcome             check.Outcome
	Severity            check.Severity
	Mark, Title, Policy string
	Findings            []htmlSentence
	Notes               []string
	Baseline            string       // how it stands to the baseline
	Columns             []htmlColumn // what the public was told, and what binds or happened
}

func (v *htmlView) options() []htmlOption {
	list := make([]htmlOption, len(v.Documents))
	for i, d := range v.Documents {
		list[i] = htmlOption{d.Key, d.Title}
	}
	return list
}

// view makes the case's view.
func (h *htmlWriter) view(r *check.Result, s *check.Summary) *htmlView {
	r.Describe()
	v := &htmlView{N: len(h.cases) + 1, Title: caseTitle(r), Errors: problemLines(r.Problems)}
	v.Verdict, v.Class = verdict(r, s)
	b := htmlBuilder{h: h, r: r, v: v, byID: map[string]*htmlDocument{}, figures: map[string]*markup{}}
	b.documents()
	for _, outcome := range shownOutcomes {
		b.group(outcome)
	}
	for i := range r.Superseded {
		b.said(&r.Superseded[i])
	}
	b.failing()
	b.compared(s)
	v.Matrix, v.Bars = b.matrix(), b.scaled()
	v.Gone = gone(r)
	if rest := notApplicable(r, true); rest != "" {
		v.NotApplicable = []string{rest + "."}
	}
	return v
}

// htmlBuilder makes a view.
type htmlBuilder struct {
	h       *htmlWriter
	r       *check.Result
	v       *htmlView
	byID    map[string]*htmlDocument
	figures map[string]*markup // by claim
	bars    htmlBars
}

// group adds the findings of one outcome.
func (b *htmlBuilder) group(outcome check.Outcome) {
	findings := ranked(b.r.Findings, outcome)
	if len(findings) == 0 {
		return
	}
	g := htmlGroup{Outcome: outcome, Label: outcomeLabels[outcome], Count: len(findings)}
	entries := map[string]*htmlEntry{}
	for _, f := range findings {
		b.h.severities[f.Severity]++
		if f.Baseline != "" {
			b.h.states[f.Baseline]++
		}
		key := entryKey(f)
		e := entries[key]
		if e == nil {
			e = b.entry(f)
			entries[key] = e
			g.Entries = append(g.Entries, e)
		}
		anchor := b.h.anchor(f)
		e.Findings = append(e.Findings, htmlSentence{anchor, f.Message})
		b.count(f, anchor)
	}
	b.v.Groups = append(b.v.Groups, g)
}

// entryKey is the same for findings that stand over the same quotes.
func entryKey(f *check.Finding) string {
	parts := append([]string{f.Policy}, remarks(f)...)
	for _, c := range f.Claims {
		parts = append(parts, c.ID)
	}
	return strings.Join(parts, "\x00")
}

func (b *htmlBuilder) entry(f *check.Finding) *htmlEntry {
	e := &htmlEntry{
		Outcome: f.Outcome, Severity: f.Severity, Title: f.Title, Policy: f.Policy, Notes: remarks(f), Baseline: string(f.Baseline),
		Mark: outcomeLabels[f.Outcome],
	}
	if f.Outcome == check.Fail {
		e.Mark = title1(string(f.Severity))
	}
	for i := range f.Claims {
		b.said(&f.Claims[i])
		b.period(&f.Claims[i])
	}
	e.Columns = b.columns(f)
	return e
}

// topicOf is the topic under which a claim stands in a finding: its own, or
// that of the policy where what is missing is a topic that no claim has.
func topicOf(f *check.Finding, c *check.Claim) string {
	if claims.TopicOf(f.Topic) != nil && !slices.ContainsFunc(f.Claims, func(c check.Claim) bool { return c.Topic == f.Topic }) {
		return f.Topic
	}
	return c.Topic
}

// columns shows the two sides of a finding.
func (b *htmlBuilder) columns(f *check.Finding) []htmlColumn {
	var list []htmlColumn
	left, right := columns(f)
	for _, side := range [][]*check.Claim{left, right} {
		column := htmlColumn{Many: len(side) > 1, Alone: len(right) == 0}
		for _, c := range side {
			column.Figures = append(column.Figures, b.figure(f, c))
			column.Many = column.Many || len(c.Citations) > 1
		}
		if len(side) > 0 {
			list = append(list, column)
		}
	}
	return list
}

// htmlColumn is figures below each other.
type htmlColumn struct {
	Figures     []*markup
	Many, Alone bool
}

// figure shows a claim's citations as a finding has them. It is made once for
// all its findings, or twice where it holds a picture, which stands only in the
// first.
func (b *htmlBuilder) figure(f *check.Finding, c *check.Claim) *markup {
	d := b.of(c)
	key := fmt.Sprintf("%s:%d", d.Key, b.h.topic(topicOf(f, c)))
	if have, ok := b.figures[c.ID+key]; ok {
		return have
	}
	view := htmlFigure{document: d, key: key}
	first := false
	for _, cit := range c.Citations {
		v := htmlCitation{Place: place(cit), Section: cit.Section, Quote: cit.Quote, Marks: marks(c, cit), URL: sourceURL(c.Document, cit)}
		if v.Section == d.Title {
			v.Section = "" // the heading of a document of a single part
		}
		v.Picture = b.h.picture(b.r, c.Document, cit)
		first = first || v.Picture != nil && v.Picture.Data != ""
		view.citations = append(view.citations, v)
	}
	figure := &markup{}
	view.markup(figure)
	if !first {
		b.figures[c.ID+key] = figure
	}
	return figure
}

// failing lists what fails in a sentence each.
func (b *htmlBuilder) failing() {
	if len(b.v.Groups) == 0 || b.v.Groups[0].Outcome != check.Fail {
		return
	}
	shown := 0
	for _, e := range b.v.Groups[0].Entries {
		for _, s := range e.Findings {
			if shown == maxSentences {
				b.v.MoreFailing++
				continue
			}
			shown++
			if n := len(b.v.Failing); n == 0 || b.v.Failing[n-1].Severity != e.Severity {
				b.v.Failing = append(b.v.Failing, htmlFailing{Severity: e.Severity, Label: e.Mark})
			}
			last := &b.v.Failing[len(b.v.Failing)-1]
			last.Sentences = append(last.Sentences, s)
		}
	}
}

// compared says in a sentence what was held against what.
func (b *htmlBuilder) compared(s *check.Summary) {
	sides := map[claims.Side]int{}
	for _, d := range b.v.Documents {
		sides[d.Side]++
	}
	var documents, outcomes []string
	for _, side := range claims.Sides {
		if n := sides[side]; n > 0 {
			documents = append(documents, fmt.Sprintf("%d %s", n, side))
		}
	}
	total := 0
	for _, o := range shownOutcomes {
		if n := s.Outcomes[o]; n > 0 {
			total += n
			outcomes = append(outcomes, claims.Count(n, outcomeVerbs[o][0], outcomeVerbs[o][1]))
		}
	}
	if total == 0 {
		return
	}
	b.v.Compared = fmt.Sprintf("Compared: %s %s, in %s. Of these %s.", list(documents),
		map[bool]string{true: "document", false: "documents"}[len(b.v.Documents) == 1],
		claims.Count(total, "comparison", "comparisons"), list(outcomes))
}

// outcomeVerbs say an outcome of one comparison and of several.
var outcomeVerbs = map[check.Outcome][2]string{
	check.Fail: {"does not hold", "do not hold"}, check.Review: {"is for a person to decide", "are for a person to decide"},
	check.Open: {"is open", "are open"}, check.Accepted: {"is accepted", "are accepted"}, check.Pass: {"holds", "hold"},
}

// list joins words as a sentence does.
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
