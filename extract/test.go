package extract

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
)

// Test holds every rule against its examples. It returns how many examples
// there are, and what each that fails shows, with its place in the rule file.
func (x *Rules) Test() (examples int, failures claims.Problems) {
	for _, r := range x.List {
		for _, e := range r.Match {
			examples++
			if problem := x.testMatch(r, &e); problem != "" {
				failures.Addf(e.Pos, "rule %q: %s", r.ID, problem)
			}
		}
		for _, e := range r.NoMatch {
			examples++
			if found := x.drafts(&e, r); len(found) > 0 {
				failures.Addf(e.Pos, "rule %q must not match %q, but gives %s", r.ID, e.Text, Describe(&found[0]))
			}
		}
	}
	for _, c := range x.contexts {
		for _, e := range c.match {
			examples++
			if !x.inContext(c, x.analyse(e.Text)) {
				failures.Addf(e.Pos, "context %q must match %q, but doesn't", c.label, e.Text)
			}
		}
		for _, e := range c.noMatch {
			examples++
			if x.inContext(c, x.analyse(e.Text)) {
				failures.Addf(e.Pos, "context %q must not match %q", c.label, e.Text)
			}
		}
	}
	failures.Sort()
	return examples, failures
}

// testMatch says what is wrong when a rule is held against an example that it
// must match.
func (x *Rules) testMatch(r *Rule, e *Example) string {
	found := x.drafts(e, r)
	if len(found) == 0 {
		return fmt.Sprintf("must match %q, but doesn't; `pia-check extract --explain` shows what stands in the way", e.Text)
	}
	wrong := ""
	for i := range found {
		if wrong = differs(&found[i], e.Gives); wrong == "" {
			return ""
		}
	}
	return fmt.Sprintf("%q gives %s, not %s", e.Text, Describe(&found[0]), wrong)
}

// drafts returns what a rule drafts from an example.
func (x *Rules) drafts(e *Example, r *Rule) []claims.Claim {
	return x.only(r).Extract(exampleDocument(e), kindOr(e.Kind)).Claims
}

func kindOr(kind string) string {
	if kind == "" {
		return "pia"
	}
	return kind
}

// exampleDocument makes a document of an example, in a section that is about
// what the example says.
func exampleDocument(e *Example) *document.Document {
	d, err := document.Parse(context.Background(), "example.txt", []byte(e.Text), document.Options{})
	if err != nil {
		return &document.Document{Text: e.Text, Pages: []document.Page{{Number: 1, End: len(e.Text)}}}
	}
	if e.About != "" {
		d.Sections = append([]document.Section{{Level: 1, About: e.About}}, d.Sections...)
	}
	return d
}

// differs says which expected value a claim hasn't got, "" when it has all.
func differs(c *claims.Claim, gives map[string][]string) string {
	for _, key := range slices.Sorted(maps.Keys(gives)) {
		want := slices.Sorted(slices.Values(gives[key]))
		var got []string
		if key == "modality" {
			got = []string{c.Modality}
		} else {
			got = slices.Sorted(slices.Values(valueTexts(c.Values[key])))
		}
		if !slices.Equal(got, want) {
			return key + " " + strings.Join(want, " ")
		}
	}
	return ""
}

// valueTexts returns a value as texts.
func valueTexts(v any) []string {
	switch v := v.(type) {
	case nil:
		return nil
	case []string:
		return v
	case claims.Period:
		return []string{v.Written}
	}
	return []string{fmt.Sprint(v)}
}

// Describe says a claim in a line: its topic, modality and values.
func Describe(c *claims.Claim) string {
	var parts []string
	if topic := claims.TopicOf(c.Topic); topic != nil {
		for _, f := range topic.Fields {
			if texts := valueTexts(c.Values[f.Name]); len(texts) > 0 {
				parts = append(parts, f.Name+" "+strings.Join(texts, ", "))
			}
		}
	}
	return fmt.Sprintf("%s (%s): %s", c.Topic, c.Modality, strings.Join(parts, "; "))
}
