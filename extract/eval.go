package extract

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
)

// Score counts how extracted claims of a topic compare with labelled ones. Each
// citation of a claim counts as a claim of its own. A labelled claim is hit when
// the topic is the same and the quotes have at least half of the shorter one's
// words in common, on the same page or the next; it is hit once, and what hits
// it again is repeated, which counts neither way.
type Score struct {
	Gold, Hit, False, Repeated int
	// Of the hits, how many values are right.
	Values, Right map[string]int
}

// Precision, Recall and F1 are from 0 to 1, and 1 where there is nothing to
// find and nothing is found.
func (s *Score) Precision() float64 { return ratio(s.Hit, s.Hit+s.False) }

// Recall is the share of the labelled claims that were hit.
func (s *Score) Recall() float64 { return ratio(s.Hit, s.Gold) }

// F1 is the harmonic mean of the two.
func (s *Score) F1() float64 {
	p, r := s.Precision(), s.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

func (s *Score) add(t *Score) {
	s.Gold, s.Hit, s.False, s.Repeated = s.Gold+t.Gold, s.Hit+t.Hit, s.False+t.False, s.Repeated+t.Repeated
	for k, n := range t.Values {
		s.count(k, n, t.Right[k])
	}
}

func (s *Score) count(value string, n, right int) {
	if s.Values == nil {
		s.Values, s.Right = map[string]int{}, map[string]int{}
	}
	s.Values[value] += n
	s.Right[value] += right
}

// Mistake is a labelled claim that wasn't found, one that was found and isn't
// labelled, or a hit with a wrong value.
type Mistake struct {
	Kind     string // "missed", "false" or "value"
	Document string
	Topic    string
	Page     int
	Quote    string
	Note     string
}

// Evaluation is the outcome of measuring over a folder of labels.
type Evaluation struct {
	ByTopic  map[string]*Score            // by topic
	ByKind   map[string]map[string]*Score // by kind of document, then topic
	Mistakes []Mistake
	Kinds    [2]int // documents whose kind was proposed as labelled, of all
	Dropped  int    // drafts whose quote didn't stand
}

// Evaluate extracts from the labelled documents, which are below root, and
// compares.
func (x *Rules) Evaluate(ctx context.Context, gold []Gold, root string, docs *document.Reader) (*Evaluation, claims.Problems) {
	ev := &Evaluation{ByTopic: map[string]*Score{}, ByKind: map[string]map[string]*Score{}}
	var problems claims.Problems
	for i := range gold {
		g := &gold[i]
		d, err := docs.Open(ctx, filepath.Join(root, filepath.FromSlash(g.Document)))
		if err != nil {
			problems.Addf(claims.Pos{File: g.File}, "%s %v", g.Document, err)
			continue
		}
		if k, _ := x.KindOf(d); k.Name == g.Kind {
			ev.Kinds[0]++
		} else {
			ev.Mistakes = append(ev.Mistakes, Mistake{Kind: "kind", Document: g.Document, Note: fmt.Sprintf("is proposed as %q (%s), labelled %s", k.Name, k.Reason, g.Kind)})
		}
		ev.Kinds[1]++
		r := x.Extract(d, g.Kind)
		ev.Dropped += r.Dropped
		for _, topic := range slices.Sorted(maps.Keys(g.Labelled)) {
			s := x.score(g, topic, r.Claims, ev)
			ev.topic(ev.ByTopic, topic).add(s)
			if ev.ByKind[g.Kind] == nil {
				ev.ByKind[g.Kind] = map[string]*Score{}
			}
			ev.topic(ev.ByKind[g.Kind], topic).add(s)
		}
	}
	return ev, problems
}

func (ev *Evaluation) topic(m map[string]*Score, topic string) *Score {
	if m[topic] == nil {
		m[topic] = &Score{}
	}
	return m[topic]
}

// said is one citation of an extracted claim.
type said struct {
	claim *claims.Claim
	page  int
	quote string
	words []string
	hits  bool
}

// score compares the claims of one topic.
func (x *Rules) score(g *Gold, topic string, list []claims.Claim, ev *Evaluation) *Score {
	s := &Score{}
	var found []said
	for i := range list {
		for _, c := range list[i].Citations {
			if list[i].Topic == topic && g.Labelled[topic].holds(c.Page) {
				found = append(found, said{claim: &list[i], page: c.Page, quote: c.Quote, words: quoteWords(c.Quote)})
			}
		}
	}
	mistake := func(kind string, page int, quote, note string) {
		ev.Mistakes = append(ev.Mistakes, Mistake{kind, g.Document, topic, page, quote, note})
	}
	for i := range g.Claims {
		c := &g.Claims[i]
		if c.Topic != topic {
			continue
		}
		s.Gold++
		best := hit(c, found)
		if best < 0 {
			mistake("missed", c.Page, c.Quote, "")
			continue
		}
		s.Hit++
		values := x.wrongValues(c, hits(c, found))
		for _, value := range slices.Sorted(maps.Keys(values)) {
			s.count(value, 1, 0)
			if wrong := values[value]; wrong == "" {
				s.Right[value]++
			} else {
				mistake("value", c.Page, c.Quote, wrong)
			}
		}
	}
	counted := 0
	for _, f := range found {
		if f.hits {
			counted++
			continue
		}
		note := Describe(f.claim) + " [" + f.claim.Extracted.Rule + "]"
		if i := slices.IndexFunc(g.Traps, func(t GoldClaim) bool { return t.Topic == topic && hits1(&t, &f) }); i >= 0 {
			note += "; a trap: " + g.Traps[i].Why
		}
		s.False++
		mistake("false", f.page, f.quote, note)
	}
	s.Repeated = max(counted-s.Hit, 0)
	return s
}

func hits1(c *GoldClaim, f *said) bool {
	near := c.Page == 0 || f.page-c.Page <= 1 && c.Page-f.page <= 1
	return near && overlap(quoteWords(c.Quote), f.words) >= 0.5
}

// hit marks every citation that hits a labelled claim and returns the best, -1
// for none.
func hit(c *GoldClaim, found []said) int {
	best, share := -1, 0.0
	words := quoteWords(c.Quote)
	for i := range found {
		if !hits1(c, &found[i]) {
			continue
		}
		found[i].hits = true
		if o := overlap(words, found[i].words); o > share {
			best, share = i, o
		}
	}
	return best
}

// hits returns the claims that hit a labelled one, the nearest quotes first.
func hits(c *GoldClaim, found []said) []*claims.Claim {
	words := quoteWords(c.Quote)
	var list []said
	for i := range found {
		if hits1(c, &found[i]) {
			list = append(list, found[i])
		}
	}
	slices.SortStableFunc(list, func(a, b said) int { return cmp.Compare(overlap(words, b.words), overlap(words, a.words)) })
	var out []*claims.Claim
	for _, f := range list {
		out = append(out, f.claim)
	}
	return out
}

// wrongValues says by value what is wrong with it, "" where it is right. Of
// several claims that hit one label, the one that agrees best counts.
func (x *Rules) wrongValues(c *GoldClaim, hits []*claims.Claim) map[string]string {
	var best map[string]string
	least := 99
	for _, h := range hits {
		wrong := map[string]string{}
		if c.Modality != "" {
			wrong["modality"] = differ(c.Modality, h.Modality)
		}
		if c.Period != "" {
			wrong["period"] = wrongPeriod(c.Period, h)
		}
		for field, want := range c.scalars() {
			f := claims.TopicOf(c.Topic).Field(field)
			switch got := valueTexts(h.Values[field]); {
			case f == nil:
			case len(got) == 0:
				wrong[field] = differ(want, "no "+field)
			case f.Vocabulary != "":
				wrong[field] = x.wrongTerms(f, []string{want}, got)
			default:
				wrong[field] = wrongText(f.Name, want, strings.Join(got, ", "))
			}
		}
		for field, want := range c.lists() {
			if f := claims.TopicOf(c.Topic).Field(field); f != nil {
				wrong[field] = x.wrongTerms(f, want, valueTexts(h.Values[field]))
			}
		}
		n := 0
		for _, w := range wrong {
			if w != "" {
				n++
			}
		}
		if n < least {
			best, least = wrong, n
		}
	}
	return best
}

func differ(want, got string) string {
	if want == got {
		return ""
	}
	return fmt.Sprintf("%s, labelled %s", got, want)
}

// wrongText compares texts such as the numbers of records schedules by their
// letters and digits.
func wrongText(field, want, got string) string {
	if slices.Equal(quoteWords(want), quoteWords(got)) {
		return ""
	}
	return field + " " + got + ", labelled " + want
}

func wrongPeriod(want string, c *claims.Claim) string {
	got, ok := c.Values["period"].(claims.Period)
	if !ok {
		return differ(want, "no period")
	}
	p, err := claims.ParsePeriod(want)
	if err == nil && p.Kind == claims.Temporal && got.Kind == claims.Temporal && claims.CompareDurations(p, got) == claims.Equal {
		return ""
	}
	return differ(want, got.Written)
}

// wrongTerms compares sets of terms. A label in plain words counts as the term
// that has it as a form; one that no term has can't be held against anybody.
func (x *Rules) wrongTerms(f *claims.Field, want, got []string) string {
	list := x.vocabulary.List(f.Vocabulary)
	var terms []string
	for _, w := range want {
		if t := list.Lookup(w); t != nil {
			terms = union(terms, []string{t.ID})
		} else if t := list.Lookup(strings.ReplaceAll(w, "-", " ")); t != nil {
			terms = union(terms, []string{t.ID})
		}
	}
	if len(terms) == 0 {
		return ""
	}
	near := func(a string, bs []string) bool {
		return slices.ContainsFunc(bs, func(b string) bool { return list.Relate(a, b) != claims.RelDisjoint })
	}
	for _, t := range terms {
		if !near(t, got) {
			return f.Name + " " + strings.Join(got, ", ") + ", labelled " + strings.Join(want, ", ")
		}
	}
	for _, t := range got {
		if !near(t, terms) && len(terms) == len(want) {
			return f.Name + " " + strings.Join(got, ", ") + ", labelled " + strings.Join(want, ", ")
		}
	}
	return ""
}
