package extract

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/pia-check/pia-check/claims"
)

// ruleLoader reads rule files. Patterns are compiled when all files are read,
// since they may use the verbs and named patterns of any.
type ruleLoader struct {
	x         *Rules
	problems  *claims.Problems
	file      string
	ids       map[string]claims.Pos
	pending   []pendingPattern
	nounVerbs []string
	macros    map[string]string // by file and name
}

type pendingPattern struct {
	source string
	pos    claims.Pos
	into   *[]*pattern
}

func (l *ruleLoader) addf(n *yaml.Node, format string, args ...any) {
	l.problems.Addf(l.pos(n), format, args...)
}

func (l *ruleLoader) pos(n *yaml.Node) claims.Pos {
	if n == nil {
		return claims.Pos{File: l.file}
	}
	return claims.Pos{File: l.file, Line: n.Line, Column: n.Column}
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// parse reads one file of rules.
func (l *ruleLoader) parse(file string, text []byte) {
	l.file = file
	var doc yaml.Node
	if err := yaml.Unmarshal(bytes.TrimPrefix(text, []byte("\ufeff")), &doc); err != nil {
		pos := claims.Pos{File: file}
		message := err.Error()
		if m := yamlLine.FindStringSubmatch(message); m != nil {
			pos.Line, _ = strconv.Atoi(m[1])
			message = m[2]
		}
		l.problems.Addf(pos, "not valid YAML: %s", message)
		return
	}
	if len(doc.Content) == 0 {
		l.addf(nil, "is empty; a rule file has the key rules, see docs/extract.md")
		return
	}
	sections := map[string]func(*yaml.Node){
		"rules": l.each(l.rule), "values": l.each(l.value), "contexts": l.each(l.context), "headings": l.each(l.heading),
		"kinds": l.each(l.kind), "languages": l.languages, "verbs": l.verbs, "nouns": l.nouns, "ambiguous": l.ambiguous, "generic": l.generic, "evident": l.evident, "parts": l.parts, "patterns": l.named,
	}
	for key, value := range l.pairs(doc.Content[0], "a rule file") {
		read := sections[key.Value]
		if read == nil {
			l.addf(key, "unknown key %q; a rule file may have %s", key.Value, strings.Join(slices.Sorted(maps.Keys(sections)), ", "))
			continue
		}
		read(value)
	}
}

// pairs yields the keys and values of a mapping, telling what is no mapping
// and keys that stand twice.
func (l *ruleLoader) pairs(n *yaml.Node, what string) func(func(key, value *yaml.Node) bool) {
	return func(yield func(key, value *yaml.Node) bool) {
		if n.Kind != yaml.MappingNode {
			l.addf(n, "%s must be a mapping of keys to values", what)
			return
		}
		seen := map[string]bool{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if seen[key.Value] {
				l.addf(key, "%s: the key %q stands twice; keep one", what, key.Value)
				continue
			}
			seen[key.Value] = true
			if !yield(key, n.Content[i+1]) {
				return
			}
		}
	}
}

func (l *ruleLoader) each(read func(*yaml.Node)) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.SequenceNode {
			l.addf(n, "must be a list")
			return
		}
		for _, item := range n.Content {
			read(item)
		}
	}
}

// str returns a text; a problem when the node is something else or empty.
func (l *ruleLoader) str(n *yaml.Node, what string) string {
	if n.Kind != yaml.ScalarNode || strings.TrimSpace(n.Value) == "" {
		l.addf(n, "%s must be a text", what)
		return ""
	}
	return n.Value
}

// strs returns a list of texts; a single text counts as a list of one.
func (l *ruleLoader) strs(n *yaml.Node, what string) []string {
	if n.Kind == yaml.ScalarNode {
		return []string{l.str(n, what)}
	}
	var list []string
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		l.addf(n, "%s must be a list", what)
		return nil
	}
	for _, item := range n.Content {
		list = append(list, l.str(item, what))
	}
	return list
}

// oneOf tells values that are none of the allowed.
func (l *ruleLoader) oneOf(n *yaml.Node, what string, values, allowed []string) {
	for _, v := range values {
		if v != "" && !slices.Contains(allowed, v) {
			l.addf(n, "%s %q is not one of %s", what, v, strings.Join(allowed, ", "))
		}
	}
}

func kindNames() []string {
	names := make([]string, len(claims.Kinds))
	for i, k := range claims.Kinds {
		names[i] = k.Name
	}
	return names
}

func (l *ruleLoader) patterns(n *yaml.Node, into *[]*pattern) {
	for _, item := range l.nodes(n) {
		l.pending = append(l.pending, pendingPattern{item.Value, l.pos(item), into})
	}
}

// nodes returns the texts of a list, or the one text.
func (l *ruleLoader) nodes(n *yaml.Node) []*yaml.Node {
	list := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		list = n.Content
	}
	for _, item := range list {
		l.str(item, "a pattern")
	}
	return list
}

var ruleID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

func (l *ruleLoader) rule(n *yaml.Node) {
	r := &Rule{Confidence: 0.8, Yields: map[string]string{}, Pos: l.pos(n)}
	has := map[string]bool{}
	what := "a rule"
	var topic *claims.Topic
	var yields *yaml.Node
	for key, value := range l.pairs(n, what) {
		has[key.Value] = true
		switch key.Value {
		case "id":
			r.ID = l.str(value, "id")
			what = fmt.Sprintf("rule %q", r.ID)
			if !ruleID.MatchString(r.ID) {
				l.addf(value, "id %q: use lower-case letters, digits and hyphens", r.ID)
			}
			if first, taken := l.ids[r.ID]; taken {
				l.addf(value, "the id %q is taken by the rule at %s; give this one another", r.ID, first)
			}
			l.ids[r.ID] = l.pos(value)
		case "topic":
			r.Topic = l.str(value, "topic")
			if topic = claims.TopicOf(r.Topic); topic == nil {
				l.addf(value, "%s: topic %q is not built in; the topics are %s", what, r.Topic, strings.Join(topicNames(), ", "))
			}
		case "doc":
			r.Doc = l.str(value, "doc")
		case "confidence":
			c, err := strconv.ParseFloat(value.Value, 64)
			if err != nil || c <= 0 || c > 1 {
				l.addf(value, "%s: confidence %q is not a number above 0 and up to 1", what, value.Value)
			}
			r.Confidence = c
		case "about":
			r.About = l.strs(value, "about")
		case "kinds":
			r.Kinds = l.strs(value, "kinds")
			l.oneOf(value, what+": kind", r.Kinds, kindNames())
		case "modality":
			r.Modality = l.str(value, "modality")
			l.oneOf(value, what+": modality", []string{r.Modality}, claims.Modalities)
		case "plain":
			r.Plain = value.Value == "true"
		case "specific":
			r.Specific = l.strs(value, "specific")
		case "unless":
			r.Unless = l.strs(value, "unless")
			l.oneOf(value, what+": unless", r.Unless, topicNames())
		case "affirms":
			r.Affirms = value.Value == "true"
		case "fragment":
			r.Fragment = value.Value == "true"
		case "cell":
			r.Cell = value.Value == "true"
		case "weak":
			r.Weak = value.Value == "true"
		case "patterns":
			l.patterns(value, &r.patterns)
		case "yields":
			yields = value
			for k, v := range l.pairs(value, "yields") {
				r.Yields[k.Value] = l.str(v, "yields "+k.Value)
			}
		case "match":
			r.Match = l.examples(value, "match")
		case "no-match":
			r.NoMatch = l.examples(value, "no-match")
		default:
			l.addf(key, "%s: unknown key %q; a rule has id, topic, doc, confidence, about, kinds, modality, plain, affirms, fragment, cell, weak, unless, specific, patterns, yields, match, no-match", what, key.Value)
		}
	}
	for _, key := range []string{"id", "topic", "patterns", "match"} {
		if !has[key] {
			hint := ""
			if key == "match" {
				hint = "; give a sentence that it must match, with the values that this gives"
			}
			l.addf(n, "%s has no %s%s", what, key, hint)
		}
	}
	if topic == nil {
		return
	}
	for _, k := range slices.Sorted(maps.Keys(r.Yields)) {
		if err := yieldable(topic, k, r.Yields[k], l.x.vocabulary); err != nil {
			l.addf(yields, "%s: yields: %v", what, err)
		}
	}
	l.x.List = append(l.x.List, r)
}

// yieldable says what is wrong with a constant that a rule yields.
func yieldable(topic *claims.Topic, field, value string, v *claims.Vocabulary) error {
	f := topic.Field(field)
	if f == nil {
		var names []string
		for _, f := range topic.Fields {
			names = append(names, f.Name)
		}
		return fmt.Errorf("topic %s has no %q; it has %s", topic.Name, field, strings.Join(names, ", "))
	}
	for _, s := range strings.Fields(value) {
		switch f.Type {
		case "term", "terms":
			if v.List(f.Vocabulary).Terms[s] == nil {
				return fmt.Errorf("%s: %q is no term of vocabulary %q", field, s, f.Vocabulary)
			}
		case "period":
			if _, err := claims.ParsePeriod(s); err != nil {
				return fmt.Errorf("%s %w", field, err)
			}
		case "enum":
			if !slices.Contains(f.Values, s) {
				return fmt.Errorf("%s %q is not one of %s", field, s, strings.Join(f.Values, ", "))
			}
		}
	}
	return nil
}

func topicNames() []string {
	var names []string
	for _, t := range claims.Topics() {
		names = append(names, t.Name)
	}
	return names
}

// examples reads a list of texts, or of mappings with text, about, kind, gives.
func (l *ruleLoader) examples(n *yaml.Node, what string) []Example {
	list := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		list = n.Content
	}
	var examples []Example
	for _, item := range list {
		e := Example{Pos: l.pos(item)}
		if item.Kind == yaml.ScalarNode {
			e.Text = l.str(item, what)
			examples = append(examples, e)
			continue
		}
		for key, value := range l.pairs(item, "an example") {
			switch key.Value {
			case "text":
				e.Text = l.str(value, "text")
			case "about":
				e.About = l.str(value, "about")
			case "kind":
				e.Kind = l.str(value, "kind")
				l.oneOf(value, "kind", []string{e.Kind}, kindNames())
			case "gives":
				e.Gives = map[string][]string{}
				for k, v := range l.pairs(value, "gives") {
					e.Gives[k.Value] = l.strs(v, "gives "+k.Value)
				}
			default:
				l.addf(key, "unknown key %q; an example has text, about, kind, gives", key.Value)
			}
		}
		examples = append(examples, e)
	}
	return examples
}
