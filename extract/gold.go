package extract

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/pia-check/pia-check/claims"
)

// Gold is what a careful reader finds in one document, for measuring.
type Gold struct {
	File     string `yaml:"-"`
	Document string `yaml:"document"`
	Kind     string `yaml:"kind"`
	// Labelled says by topic where the labels are complete.
	Labelled map[string]Ranges `yaml:"labelled"`
	Claims   []GoldClaim       `yaml:"claims"`
	Traps    []GoldClaim       `yaml:"traps"`
}

// GoldClaim is a labelled claim, or a trap: a sentence that looks like one.
type GoldClaim struct {
	Topic    string `yaml:"topic"`
	Page     int    `yaml:"page"`
	Quote    string `yaml:"quote"`
	Modality string `yaml:"modality"`
	Period   string `yaml:"period"`
	From     string `yaml:"from"`
	Why      string `yaml:"why"`

	Data       []string `yaml:"data"`
	Recipients []string `yaml:"recipients"`
	Purposes   []string `yaml:"purposes"`
	Sources    []string `yaml:"sources"`
	Acts       []string `yaml:"acts"`
	Measures   []string `yaml:"measures"`
	Triggers   []string `yaml:"triggers"`
	Clauses    []string `yaml:"clauses"`

	Rest map[string]any `yaml:",inline"`
}

// scalars returns the values of a labelled claim that are single words.
func (g *GoldClaim) scalars() map[string]string {
	m := map[string]string{"from": g.From}
	for k, v := range g.Rest {
		m[k], _ = v.(string)
	}
	maps.DeleteFunc(m, func(_, v string) bool { return v == "" })
	return m
}

// lists returns the values of a labelled claim that are sets of terms.
func (g *GoldClaim) lists() map[string][]string {
	m := map[string][]string{
		"data": g.Data, "recipients": g.Recipients, "purposes": g.Purposes, "sources": g.Sources,
		"acts": g.Acts, "measures": g.Measures, "triggers": g.Triggers, "clauses": g.Clauses,
	}
	for k, v := range m {
		if len(v) == 0 {
			delete(m, k)
		}
	}
	return m
}

// Ranges are pages, all when All is set.
type Ranges struct {
	All   bool
	Pages [][2]int
}

// UnmarshalYAML reads "all", or a list of [first, last].
func (r *Ranges) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode && n.Value == "all" {
		r.All = true
		return nil
	}
	if err := n.Decode(&r.Pages); err != nil {
		return fmt.Errorf("line %d: write all, or page ranges such as [[1, 8], [12, 12]]", n.Line)
	}
	return nil
}

func (r Ranges) holds(page int) bool {
	return r.All || slices.ContainsFunc(r.Pages, func(p [2]int) bool { return p[0] <= page && page <= p[1] })
}

// ReadGold reads every *.yaml of a folder of labels.
func ReadGold(dir string) ([]Gold, claims.Problems) {
	var problems claims.Problems
	files, _ := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if len(files) == 0 {
		problems.Addf(claims.Pos{File: filepath.ToSlash(dir)}, "no labels: no *.yaml in this folder")
	}
	var list []Gold
	for _, file := range files {
		g := Gold{File: filepath.ToSlash(file)}
		text, err := os.ReadFile(file)
		if err == nil {
			dec := yaml.NewDecoder(bytes.NewReader(text))
			dec.KnownFields(true)
			err = dec.Decode(&g)
		}
		if err == nil {
			err = g.check()
		}
		if err != nil {
			problems.Addf(claims.Pos{File: g.File}, "%v", err)
			continue
		}
		list = append(list, g)
	}
	return list, problems
}

func (g *Gold) check() error {
	if g.Document == "" {
		return errors.New("names no document")
	}
	if _, ok := claims.KindOf(g.Kind); !ok {
		return fmt.Errorf("kind %q is not one of %s", g.Kind, strings.Join(kindNames(), ", "))
	}
	for _, list := range [][]GoldClaim{g.Claims, g.Traps} {
		for i, c := range list {
			if claims.TopicOf(c.Topic) == nil || strings.TrimSpace(c.Quote) == "" {
				return fmt.Errorf("claim %d (%q) needs a topic that is built in, and a quote", i+1, c.Quote)
			}
		}
	}
	return nil
}

var wordForm = regexp.MustCompile(`[\p{L}\p{N}]+`)

func quoteWords(s string) []string { return wordForm.FindAllString(strings.ToLower(s), -1) }

// overlap returns which share of the shorter quote's words the two have in
// common.
func overlap(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	counts := map[string]int{}
	for _, w := range a {
		counts[w]++
	}
	common := 0
	for _, w := range b {
		if counts[w] > 0 {
			counts[w]--
			common++
		}
	}
	return float64(common) / float64(min(len(a), len(b)))
}
