package claims

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"
	"gopkg.in/yaml.v3"
)

// Vocabulary is every named list of terms that claims are written in, ours and
// the user's. It doesn't change after loading, so goroutines share one.
type Vocabulary struct {
	lists map[string]*TermList
}

// TermList is one vocabulary: the terms of data categories, of purposes, ...
type TermList struct {
	Name  string
	Root  string // the term above all others, "" when there is none
	Terms map[string]*Term

	forms map[string]string // lower-case label or form to term
}

// Term is one entry of a vocabulary. Parents are broader terms: whatever is
// said of a parent is said of the term.
type Term struct {
	ID      string   `yaml:"-" json:"id"`
	Label   string   `yaml:"label" json:"label"`
	Parents []string `yaml:"parents" json:"parents,omitempty"`
	IRI     string   `yaml:"iri" json:"iri,omitempty"`
	Forms   []string `yaml:"forms" json:"forms,omitempty"`
	Source  string   `yaml:"source" json:"source,omitempty"`

	// Of clauses only.
	Number     string      `yaml:"number" json:"number,omitempty"`
	Title      string      `yaml:"title" json:"title,omitempty"`
	Date       string      `yaml:"date" json:"date,omitempty"`
	Prescribed string      `yaml:"prescribed" json:"prescribed,omitempty"`
	Implies    []yaml.Node `yaml:"implies" json:"-"`

	Ancestors []string `yaml:"-" json:"ancestors"` // every broader term, sorted
	Pos       Pos      `yaml:"-" json:"-"`

	lineage    map[string]bool // the term and its ancestors
	descendant map[string]bool // every narrower term
	implied    []Claim         // Implies, read

	term        *ast.Term                // ID, shared by every input
	lineageTerm atomic.Pointer[ast.Term] // the list of lineage, once it was needed
}

//go:embed vocabulary/*.yaml
var vocabularyFiles embed.FS

// DefaultVocabulary returns the built-in vocabulary.
var DefaultVocabulary = sync.OnceValue(func() *Vocabulary {
	v, problems := buildVocabulary(nil)
	if len(problems) > 0 {
		panic("claims: built-in vocabulary:\n" + problems.Error()) // embedded, so a fault of the build
	}
	return v
})

// LoadVocabulary returns the built-in vocabulary extended by the user's files.
// A file may add terms and vocabularies, and add parents and forms to terms
// that exist. Every problem of every file is returned.
func LoadVocabulary(files ...string) (*Vocabulary, Problems) {
	if len(files) == 0 {
		return DefaultVocabulary(), nil
	}
	return buildVocabulary(files)
}

func buildVocabulary(files []string) (*Vocabulary, Problems) {
	v := &Vocabulary{lists: map[string]*TermList{}}
	var problems Problems
	names, _ := fs.Glob(vocabularyFiles, "vocabulary/*.yaml")
	for _, name := range names {
		text, _ := vocabularyFiles.ReadFile(name)
		v.add(name, text, &problems)
	}
	for _, name := range files {
		text, err := readLimited(name)
		if err != nil {
			problems.Addf(Pos{File: name}, "%v", err)
			continue
		}
		v.add(name, text, &problems)
	}
	for _, list := range v.Lists() {
		list.link(&problems)
	}
	if len(problems) == 0 {
		v.readImplied(&problems)
	}
	problems.Sort()
	return v, problems
}

var termID = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*$`)

// add reads the vocabularies of one file; several may stand in it as YAML
// documents separated by "---".
func (v *Vocabulary) add(file string, text []byte, problems *Problems) {
	before := len(*problems)
	for _, root := range parseYAML(file, text, problems) {
		d := decoder{file: file, problems: problems}
		m := d.mapping(root, "a vocabulary", "vocabulary", "root", "terms")
		name := d.str(m.get("vocabulary"), "vocabulary")
		if name == "" {
			if len(*problems) == before {
				d.addf(root, `no "vocabulary": name the vocabulary that the terms belong to, such as data`)
			}
			continue
		}
		list := v.lists[name]
		if list == nil {
			list = &TermList{Name: name, Root: d.str(m.get("root"), "root"), Terms: map[string]*Term{}, forms: map[string]string{}}
			v.lists[name] = list
		}
		terms := m.get("terms")
		if terms == nil {
			d.addf(root, `vocabulary %q has no "terms"`, name)
			continue
		}
		for _, entry := range d.pairs(terms, "terms") {
			list.addTerm(&d, entry.key, entry.value)
		}
	}
}

func (l *TermList) addTerm(d *decoder, key, value *yaml.Node) {
	id := key.Value
	if !termID.MatchString(id) {
		d.addf(key, "term %q: write it in lower case with hyphens, such as voice-print", id)
		return
	}
	t := Term{ID: id, Pos: d.pos(key)}
	d.mapping(value, fmt.Sprintf("term %q", id), "label", "parents", "iri", "forms", "source",
		"number", "title", "date", "prescribed", "implies")
	if err := value.Decode(&t); err != nil {
		d.addf(value, "term %q: %s", id, cleanYAMLError(err))
		return
	}
	have := l.Terms[id]
	if have == nil {
		if t.Label == "" {
			t.Label = strings.ReplaceAll(id, "-", " ")
		}
		l.Terms[id] = &t
		return
	}
	// A user's file extends a term; it can't change what ours means.
	for field, changed := range map[string]bool{
		"label": t.Label != "" && t.Label != have.Label,
		"iri":   t.IRI != "" && t.IRI != have.IRI,
	} {
		if changed {
			d.addf(key, "term %q exists with another %s; choose another name for yours", id, field)
		}
	}
	have.Parents = appendNew(have.Parents, t.Parents)
	have.Forms = appendNew(have.Forms, t.Forms)
}

func appendNew(list, more []string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// link resolves parents to ancestors and refuses cycles, unknown parents and
// forms that two terms claim.
func (l *TermList) link(problems *Problems) {
	ids := slices.Sorted(maps.Keys(l.Terms))
	if l.Root != "" && l.Terms[l.Root] == nil {
		l.Terms[l.Root] = &Term{ID: l.Root, Label: strings.ReplaceAll(l.Root, "-", " ")}
		ids = slices.Sorted(maps.Keys(l.Terms))
	}
	for _, id := range ids {
		t := l.Terms[id]
		t.Parents = slices.DeleteFunc(t.Parents, func(p string) bool {
			if l.Terms[p] == nil {
				problems.Addf(t.Pos, "term %q: parent %q is no term of vocabulary %q%s", id, p, l.Name, didYouMean(p, ids))
				return true
			}
			return false
		})
		if len(t.Parents) == 0 && l.Root != "" && id != l.Root {
			t.Parents = []string{l.Root}
		}
		for _, form := range append([]string{t.Label}, t.Forms...) {
			form = strings.ToLower(form)
			if other := l.forms[form]; other != "" && other != id {
				problems.Addf(t.Pos, "term %q: the form %q already belongs to %q", id, form, other)
				continue
			}
			l.forms[form] = id
		}
	}
	const visiting, done = 1, 2
	state := map[string]int{}
	var visit func(id string, path []string)
	visit = func(id string, path []string) {
		t := l.Terms[id]
		switch state[id] {
		case done:
			return
		case visiting:
			cycle := append(path[slices.Index(path, id):], id)
			problems.Addf(t.Pos, "the parents of term %q form a cycle: %s", id, strings.Join(cycle, " -> "))
			return
		}
		state[id] = visiting
		t.term = ast.StringTerm(id)
		t.lineage = map[string]bool{id: true}
		for _, p := range t.Parents {
			visit(p, append(path, id))
			maps.Copy(t.lineage, l.Terms[p].lineage)
		}
		state[id] = done
	}
	for _, id := range ids {
		visit(id, nil)
	}
	for _, id := range ids {
		t := l.Terms[id]
		for a := range t.lineage {
			if a == id {
				continue
			}
			t.Ancestors = append(t.Ancestors, a)
			above := l.Terms[a]
			if above.descendant == nil {
				above.descendant = map[string]bool{}
			}
			above.descendant[id] = true
		}
		slices.Sort(t.Ancestors)
	}
}

// Lists returns the vocabularies ordered by name.
func (v *Vocabulary) Lists() []*TermList {
	return slices.SortedFunc(maps.Values(v.lists), func(a, b *TermList) int { return strings.Compare(a.Name, b.Name) })
}

// List returns the vocabulary of that name, nil when there is none.
func (v *Vocabulary) List(name string) *TermList { return v.lists[name] }

// IDs returns the terms of the list, sorted.
func (l *TermList) IDs() []string { return slices.Sorted(maps.Keys(l.Terms)) }

// Label returns what a reader is shown for a term: its label, or the term
// itself where the list doesn't have it.
func (l *TermList) Label(id string) string {
	if t := l.Terms[id]; t != nil {
		return t.Label
	}
	return strings.ReplaceAll(id, "-", " ")
}

// id returns the term's id, "" where there is no term.
func (t *Term) id() string {
	if t == nil {
		return ""
	}
	return t.ID
}

// Lookup finds a term by its id, label or any of its forms, in any case.
func (l *TermList) Lookup(s string) *Term {
	if t := l.Terms[s]; t != nil {
		return t
	}
	return l.Terms[l.forms[strings.ToLower(s)]]
}

// unknownTerm says that s is no term, and what was probably meant: the term
// that has s as a form ("voiceprints"), or the nearest spelling.
func (l *TermList) unknownTerm(s string) string {
	message := fmt.Sprintf("%q is no term of vocabulary %q", s, l.Name)
	if t := l.Lookup(strings.ReplaceAll(s, "-", " ")); t != nil {
		return message + fmt.Sprintf("; did you mean %q?", t.ID)
	}
	if near := didYouMean(s, l.IDs()); near != "" {
		return message + near
	}
	return message + "; `pia-check vocabulary` lists the terms, --vocabulary adds your own"
}

// Children returns the terms directly below a term, sorted.
func (l *TermList) Children(id string) []string {
	var list []string
	for _, t := range l.IDs() {
		if slices.Contains(l.Terms[t].Parents, id) {
			list = append(list, t)
		}
	}
	return list
}

// Suggest returns the end of an error message about a word that no vocabulary
// knows: the nearest term of any, or "".
func (v *Vocabulary) Suggest(word string) string {
	var ids []string
	for _, l := range v.Lists() {
		ids = append(ids, l.Name)
		ids = append(ids, l.IDs()...)
	}
	return didYouMean(word, ids)
}

// Implied says in a line each what a clause implies, as topic and values.
func (t *Term) Implied() []string {
	var lines []string
	for _, c := range t.implied {
		values, err := json.Marshal(c.Values)
		if err != nil {
			values = []byte(fmt.Sprint(c.Values))
		}
		lines = append(lines, c.Topic+" ("+c.Modality+") "+string(values))
	}
	return lines
}
