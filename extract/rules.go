// Package extract drafts claims from documents by rules that are data
// (rules/*.yaml): patterns over the words of a sentence, the terms of the
// vocabulary, durations, verbs with their modality and negation, and the
// sections in which they count. Every draft rests on a quote that was found in
// its document.
package extract

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/pia-check/pia-check/claims"
)

//go:embed rules/*.yaml
var builtIn embed.FS

// Rules is a compiled set of rules over a vocabulary. It doesn't change after
// loading, so goroutines share one.
type Rules struct {
	List []*Rule

	vocabulary *claims.Vocabulary
	lexicon    *lexicon
	verbs      verbLexicon
	values     []*valueRule
	contexts   []*contextRule
	headings   []*headingRule
	kinds      []*kindRule
	languages  []language
	ambiguous  map[string]bool // words that are data about a person in a list only
	generic    map[string]bool // terms of data that say nothing about which data
	partNames  map[string]bool // headings of parts of a document, in small letters
	evident    map[string]bool // safeguards that are of personal data though a contract names none

	// The keys that stand for words and for the starts of words.
	wordKeys, prefixKeys map[string]string
	byKey                map[string][]patternOf
}

// Rule drafts claims of one topic.
type Rule struct {
	ID, Topic, Doc string
	Confidence     float64
	About          []string // sections in which it counts; anywhere when empty
	Kinds          []string // of documents in which it counts; all when empty
	Modality       string   // where the passage has no verb that gives one
	Plain          bool     // a heading, label or cell may match as a sentence does
	Unless         []string // topics of which the passage has no claim
	Specific       []string // fields that must name more than the broadest term
	Affirms        bool     // drafts no denial
	Fragment       bool     // counts where there is no verb, as in an item of a list
	Cell           bool     // counts in the cells of a table whose column says what they are about
	Weak           bool     // joins another claim of its topic in the same passage
	Yields         map[string]string
	Match          []Example
	NoMatch        []Example
	Pos            claims.Pos

	patterns []*pattern
}

// Example is a text that a rule must match, with values that the claim must
// have, or one that it must not match.
type Example struct {
	Text, About, Kind string
	Gives             map[string][]string
	Pos               claims.Pos
}

// patternOf is a pattern and the rule that it belongs to.
type patternOf struct {
	rule    *Rule
	pattern *pattern
	order   int // among all patterns
}

// valueRule names what certain words mean: "for the life of the contract" is a
// period, "the account is closed" an event.
type valueRule struct {
	part, value string
	patterns    []*pattern
}

// contextRule names passages that are no statement of what is done.
type contextRule struct {
	label          string
	kinds, topics  []string // in which it counts; all when empty
	about          []string // sections in which it counts; all when empty
	patterns       []*pattern
	unless         []*pattern // of a passage that states a practice all the same
	match, noMatch []Example
}

// Built returns the built-in rules over the built-in vocabulary.
var Built = sync.OnceValue(func() *Rules {
	x, problems := Load(claims.DefaultVocabulary())
	if len(problems) > 0 {
		panic("extract: built-in rules:\n" + problems.Error()) // embedded, so a fault of the build
	}
	return x
})

// Load compiles the built-in rules and those of the user's files and folders.
// Every problem of every file is returned, each with its place and what to do.
func Load(v *claims.Vocabulary, paths ...string) (*Rules, claims.Problems) {
	x := &Rules{vocabulary: v, verbs: verbLexicon{}, wordKeys: map[string]string{}, prefixKeys: map[string]string{}, ambiguous: map[string]bool{}, generic: map[string]bool{}, evident: map[string]bool{}, partNames: map[string]bool{}}
	x.lexicon = newLexicon(v)
	var problems claims.Problems
	l := &ruleLoader{x: x, problems: &problems, ids: map[string]claims.Pos{}, macros: map[string]string{}}
	names, _ := fs.Glob(builtIn, "rules/*.yaml")
	for _, name := range names {
		text, _ := builtIn.ReadFile(name)
		l.parse(name, text)
	}
	for _, path := range paths {
		l.readPath(path)
	}
	l.compile()
	x.index()
	problems.Sort()
	return x, problems
}

// Vocabulary returns the vocabulary that the rules are compiled over.
func (x *Rules) Vocabulary() *claims.Vocabulary { return x.vocabulary }

// readPath reads a rule file, or every *.yaml of a folder.
func (l *ruleLoader) readPath(path string) {
	info, err := os.Stat(path)
	if err != nil {
		l.problems.Addf(claims.Pos{File: filepath.ToSlash(path)}, "no such file or folder of rules")
		return
	}
	files := []string{path}
	if info.IsDir() {
		files, _ = filepath.Glob(filepath.Join(path, "*.yaml"))
		if len(files) == 0 {
			l.problems.Addf(claims.Pos{File: filepath.ToSlash(path)}, "holds no rules: no *.yaml in this folder")
		}
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			l.problems.Addf(claims.Pos{File: filepath.ToSlash(file)}, "cannot be read: %v", err)
			continue
		}
		l.parse(filepath.ToSlash(file), text)
	}
}

// index files every pattern under its keys, so that a passage is only held
// against those that could match it.
func (x *Rules) index() {
	x.byKey = map[string][]patternOf{}
	order := 0
	for _, r := range x.List {
		for _, p := range r.patterns {
			for _, k := range p.keys {
				x.byKey[k] = append(x.byKey[k], patternOf{r, p, order})
			}
			order++
		}
	}
}

// only returns the set with a single rule.
func (x *Rules) only(r *Rule) *Rules {
	y := *x
	y.List = []*Rule{r}
	y.index()
	return &y
}

// candidates returns the patterns that could match a passage, in the order of
// the rules.
func (x *Rules) candidates(a *analysis) []patternOf {
	seen := map[*pattern]bool{}
	var list []patternOf
	for key := range a.keys {
		for _, po := range x.byKey[key] {
			if !seen[po.pattern] {
				seen[po.pattern] = true
				list = append(list, po)
			}
		}
	}
	slices.SortFunc(list, func(p, q patternOf) int { return p.order - q.order })
	return list
}

// annotate adds to a passage what the value rules find in it.
func (x *Rules) annotate(a *analysis) {
	for _, v := range x.values {
		for _, p := range v.patterns {
			for _, m := range x.search(p, a, v.part == "purposes") {
				if m.end == m.start {
					continue
				}
				if valueParts[v.part] {
					a.addValue(value{kind: v.part, text: v.value, start: m.start, end: m.end})
				} else {
					a.addMention(mention{v.part, v.value, m.start, m.end})
				}
			}
		}
	}
}

// within reports whether a term is another or narrower than it.
func (x *Rules) within(list, id, term string) bool {
	if id == term {
		return true
	}
	t := x.vocabulary.List(list).Terms[id]
	return t != nil && slices.Contains(t.Ancestors, term)
}

// known says what is wrong with a name in a pattern: a verb class, a
// vocabulary or a term of one.
func (x *Rules) known(kind, name string) error {
	switch kind {
	case "verb":
		for _, w := range x.verbs {
			if slices.Contains(w.classes, name) {
				return nil
			}
		}
		return fmt.Errorf("there is no class of verbs %q; see extract/rules/words.yaml, or add it under verbs", name)
	case "vocabulary":
		if x.vocabulary.List(name) != nil {
			return nil
		}
		return fmt.Errorf("{%s} is no part; it is a vocabulary (`pia-check vocabulary`), or period, schedule, clause, clause-title, clause-date or name", name)
	}
	if list := x.vocabulary.List(kind); list.Terms[name] == nil {
		return fmt.Errorf("%q is no term of vocabulary %q; `pia-check vocabulary %s` lists them", name, kind, kind)
	}
	return nil
}
